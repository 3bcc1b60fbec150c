//! Recording a change: what is refused, and what the units are afterwards.

use super::*;

fn refused(known: &[BoundaryChange], change: &BoundaryChange) -> &'static str {
    check_change(&NORMS, known, change).map_or_else(|refusal| refusal.code(), |()| "")
}

#[test]
fn a_change_is_taken_only_when_its_day_its_units_and_its_decision_fit() {
    let merge = |on, steps| change(ChangeKind::Merge, on, steps);
    let without_act = |mut c: BoundaryChange| {
        c.decision.act = " ".to_owned();
        c
    };
    let decided_later = |mut c: BoundaryChange| {
        c.decision.day = day("2025-01-02");
        c
    };
    let listed = "2025-01-01";
    let known = [merge(listed, "18535>18502")];
    let table = [
        ("Phú Phong joins Hương Khê", merge(listed, "18535>18502"), ""),
        ("with the one it joins named too", merge(listed, "18535>18502 18502>18502"), ""),
        ("two wards become one", merge(listed, "18076>18077 18077>18077"), ""),
        ("no act", without_act(merge(listed, "18535>18502")), "UNI-001"),
        ("decided after it takes effect", decided_later(merge(listed, "18535>18502")), "UNI-005"),
        ("no such old unit", merge(listed, "99999>18502"), "UNI-002"),
        ("no such new unit", merge(listed, "18535>99999"), "UNI-003"),
        ("a unit of Nghệ An", merge(listed, "16681>18502"), "UNI-006"),
        ("one into itself is no merger", merge(listed, "18502>18502"), "UNI-008"),
        ("two targets are no merger", merge(listed, "18535>18502 18535>18505"), "UNI-008"),
        ("one part is no division", change(ChangeKind::Division, listed, "18535>18502"), "UNI-008"),
        ("a division", change(ChangeKind::Division, listed, "18535>18502 18535>18505"), ""),
        ("before the first list", merge("2019-01-01", "18535>18502"), "UNI-009"),
        ("the crosswalk says it already", merge("2025-07-01", "18553>18547"), "UNI-004"),
        ("Bình Lộc has no row", merge("2025-07-01", "18448>18409"), ""),
        (
            "a list says which units there are",
            creating(merge(listed, "18535>77777"), &[("77777", "Xã", "Mới")]),
            "UNI-012",
        ),
        (
            "a new unit on a day between the lists",
            creating(merge("2024-06-01", "18535>77777 18505>77777"), &[("77777", "Xã", "Mới")]),
            "",
        ),
        (
            "a new unit that nothing goes into",
            creating(merge("2024-06-01", "18535>77777 18505>77777"), &[("77778", "Xã", "Không ai vào")]),
            "UNI-008",
        ),
        (
            "under a code in use",
            creating(merge("2024-06-01", "18535>18553 18505>18553"), &[("18553", "Xã", "Mới")]),
            "UNI-007",
        ),
    ];
    for (why, change, code) in &table {
        assert_eq!(refused(&[], change), *code, "{why}: {:?}", check_change(&NORMS, &[], change));
    }
    let mut again = merge(listed, "18535>18505");
    again.id = BoundaryId(uuid::Uuid::from_u128(77));
    assert_eq!(refused(&known, &again), "UNI-004");
    let mut withdrawn = known.to_vec();
    withdrawn[0].withdrawn = Some(day("2026-01-01"));
    assert_eq!(refused(&withdrawn, &again), "", "what was taken back counts nowhere");
}

#[test]
fn a_recorded_decision_closes_what_was_open() {
    let [first, second, third] = days();
    let joined = change(ChangeKind::Merge, "2025-01-01", "18535>18502");
    let restater = Restater::new(&NORMS, &[joined], Placements::default());
    let lineage = |code, on, to| restater.timeline().lineage(ScopeLevel::Commune, code, on, to).unwrap();
    assert_eq!(lineage("18535", first, second).id(), "whole");
    assert_eq!(lineage("18535", first, third).id(), "whole");
    // Backwards Hương Khê is now made of two, and its neighbours are certain.
    assert_eq!(lineage("18502", second, first).id(), "divided");
    assert!(matches!(restater.place(Subject::commune("18553"), second, first), Placed::In(_)));
}

#[test]
fn units_made_between_the_lists_stand_until_the_next_list() {
    let made =
        creating(change(ChangeKind::Merge, "2024-06-01", "18535>77777 18505>77777"), &[("77777", "Xã", "Hương Phong")]);
    let timeline = Timeline::new(&NORMS, std::slice::from_ref(&made));
    assert_eq!(timeline.epochs().len(), 4);
    let on = |iso, code| timeline.unit(ScopeLevel::Commune, code, day(iso)).map(|(unit, _)| unit.full_name());
    assert_eq!(on("2024-05-31", "77777"), None);
    assert_eq!(on("2024-06-01", "77777").as_deref(), Some("Xã Hương Phong"));
    assert_eq!(on("2024-06-01", "18535"), None);
    assert_eq!(on("2025-01-01", "77777"), None);
    let parent = timeline.epoch(day("2024-06-01")).unwrap();
    assert_eq!(parent.units.parent(parent.units.commune("77777").unwrap()).unwrap().code, "444");
    let after = timeline.lineage(ScopeLevel::Commune, "18505", day("2023-12-31"), day("2024-12-31")).unwrap();
    assert_eq!(after.id(), "whole");
    // The list of 01/01/2025 does not have it, and nobody said what became of it.
    let later = timeline.lineage(ScopeLevel::Commune, "77777", day("2024-12-31"), day("2025-01-01")).unwrap();
    assert_eq!(later.id(), "unresolved");
}

#[test]
fn a_rename_keeps_the_unit_under_another_name() {
    let renamed = creating(change(ChangeKind::Rename, "2026-03-01", "18547>18547"), &[("18547", "Xã", "Tên mới")]);
    assert_eq!(refused(&[], &change(ChangeKind::Rename, "2026-03-01", "18547>18547")), "UNI-008");
    assert_eq!(refused(&[], &renamed), "");
    let timeline = Timeline::new(&NORMS, &[renamed]);
    let lineage = timeline.lineage(ScopeLevel::Commune, "18547", day("2025-12-31"), day("2026-03-01")).unwrap();
    assert_eq!(lineage.id(), "whole");
    let back = timeline.lineage(ScopeLevel::Commune, "18547", day("2026-03-01"), day("2025-12-31")).unwrap();
    assert_eq!(back.id(), "whole");
}

#[test]
fn a_level_begins_and_ends_by_decision() {
    let mut begins =
        creating(change(ChangeKind::LevelBegins, "2027-01-01", "18547>901 18562>901"), &[("901", "Khu vực", "Một")]);
    begins.level = ScopeLevel::District;
    assert_eq!(refused(&[], &begins), "");
    let timeline = Timeline::new(&NORMS, std::slice::from_ref(&begins));
    let units = &timeline.epoch(day("2027-01-01")).unwrap().units;
    assert_eq!(units.communes_below(Level::District, "901").len(), 2);
    assert_eq!(units.communes_below(Level::Province, "42").len(), 69, "no commune is lost");

    let mut ends = change(ChangeKind::LevelEnds, "2028-01-01", "");
    ends.level = ScopeLevel::District;
    assert_eq!(refused(&[], &ends), "UNI-011", "there are no districts to end");
    assert_eq!(refused(std::slice::from_ref(&begins), &ends), "");
    let timeline = Timeline::new(&NORMS, &[begins, ends]);
    let units = &timeline.epoch(day("2028-01-01")).unwrap().units;
    assert!(units.get(Level::District, "901").is_none());
    assert_eq!(units.communes_below(Level::Province, "42").len(), 69);
    let ended = timeline.lineage(ScopeLevel::District, "901", day("2027-01-01"), day("2028-01-01")).unwrap();
    assert!(matches!(ended, Lineage::Unresolved { open: Unresolved { why: Why::LevelEnded, .. }, .. }), "{ended:?}");
}

#[test]
fn an_older_change_is_refused_when_a_later_one_needs_the_unit() {
    let later = creating(change(ChangeKind::Merge, "2026-06-01", "18547>77777 18562>77777"), &[("77777", "Xã", "Mới")]);
    let older = change(ChangeKind::Merge, "2026-01-01", "18547>18562");
    assert_eq!(refused(std::slice::from_ref(&later), &older), "UNI-010");
    let divided = creating(
        change(ChangeKind::Division, "2026-09-01", "77777>77778 77777>77779"),
        &[("77778", "Xã", "Đông"), ("77779", "Xã", "Tây")],
    );
    let known = [later.clone(), divided];
    assert_eq!(check_withdrawal(&NORMS, &known, &later).map_err(|r| r.code()), Err("UNI-010"));
    assert_eq!(check_withdrawal(&NORMS, &known, &known[1]), Ok(()));
}
