//! What a unit of one list is in another, for the whole country and for Hà Tĩnh.

use std::collections::BTreeMap;

use proptest::prelude::*;

use super::*;

fn told(on: Day, to: Day, province: Option<&str>) -> BTreeMap<String, usize> {
    let mut counts = BTreeMap::new();
    for code in communes(on, province) {
        let lineage = BARE.timeline().lineage(ScopeLevel::Commune, &code, on, to).unwrap();
        let id = match &lineage {
            Lineage::Unresolved { open, .. } => open.why.id().to_owned(),
            other => other.id().to_owned(),
        };
        *counts.entry(id).or_insert(0) += 1;
    }
    counts
}

fn counts(expected: &[(&str, usize)]) -> BTreeMap<String, usize> {
    expected.iter().map(|(id, n)| ((*id).to_owned(), *n)).collect()
}

#[test]
fn every_commune_of_the_country_is_the_same_whole_divided_or_said_to_be_unknown() {
    let [first, second, third] = days();
    // 9,569 whole rows: 9,555 are of communes of the list of 01/01/2025 (by name the same 1,2xx, or another); 5 have no old code, 9
    // name no commune of that list. 471 divided communes: one is not in that list.
    let walked = told(second, third, None);
    assert_eq!(walked["divided"], 470);
    assert_eq!(walked["same"] + walked["whole"], 9_555);
    assert_eq!(walked["no_row"], 26);
    let listed = told(first, second, None);
    assert_eq!(listed, counts(&[("same", 10_039 - 334), ("renamed", 334), ("gone", 560)]));
}

#[test]
fn in_ha_tinh_seven_communes_of_2023_are_gone_and_five_codes_bear_another_name() {
    let [first, second, third] = days();
    assert_eq!(told(first, second, Some("42")), counts(&[("same", 204), ("renamed", 5), ("gone", 7)]));
    let walked = told(second, third, Some("42"));
    assert_eq!((walked["same"] + walked["whole"], walked["divided"], walked["no_row"]), (207, 2, 1));
    let through = told(first, third, Some("42"));
    assert_eq!((through["renamed"], through["gone"], through["divided"]), (5, 7, 2));
    assert_eq!(through.values().sum::<usize>(), 216);
}

#[test]
fn the_units_of_ha_tinh_are_told_one_by_one() {
    let [first, second, third] = days();
    let table = [
        // level, code, on, to, what, units
        (ScopeLevel::Commune, "18082", second, third, "divided", "18073 18652"),
        (ScopeLevel::Commune, "18796", second, third, "divided", "18754 18823 18832"),
        (ScopeLevel::Commune, "18082", first, third, "divided", "18073 18652"),
        (ScopeLevel::Commune, "18535", first, second, "unresolved", ""),
        (ScopeLevel::Commune, "18535", first, third, "unresolved", ""),
        // The code of Nguyễn Du became that of Bắc Hà: a code says nothing.
        (ScopeLevel::Commune, "18077", first, second, "unresolved", ""),
        // Two official spellings of one commune.
        (ScopeLevel::Commune, "18691", first, second, "same", "18691"),
        (ScopeLevel::Commune, "18553", first, first, "same", "18553"),
        (ScopeLevel::District, "448", first, second, "unresolved", ""),
        (ScopeLevel::District, "444", first, second, "same", "444"),
        (ScopeLevel::District, "444", second, third, "unresolved", ""),
        (ScopeLevel::Province, "42", first, third, "same", "42"),
        (ScopeLevel::Province, "42", third, first, "same", "42"),
        (ScopeLevel::Province, "02", second, third, "whole", "08"),
        // Bình Lộc is of 2025 and nothing says from what.
        (ScopeLevel::Commune, "18448", second, first, "unresolved", ""),
        (ScopeLevel::Commune, "18448", second, third, "unresolved", ""),
    ];
    for (level, code, on, to, what, units) in table {
        let lineage = BARE.timeline().lineage(level, code, on, to).unwrap();
        let found: Vec<&str> = lineage.units().iter().map(|key| key.code.as_str()).collect();
        assert_eq!((lineage.id(), found.join(" ").as_str()), (what, units), "{code} {on} → {to}: {lineage:?}");
    }
    assert_eq!(BARE.timeline().lineage(ScopeLevel::Commune, "99999", first, third), None);
}

#[test]
fn an_ended_level_and_a_missing_row_say_which_they_are() {
    let [first, second, third] = days();
    let why = |level, code: &str, on, to| match BARE.timeline().lineage(level, code, on, to).unwrap() {
        Lineage::Unresolved { open, .. } => open.why,
        other => panic!("{code}: {other:?}"),
    };
    assert_eq!(why(ScopeLevel::District, "444", second, third), Why::LevelEnded);
    assert_eq!(why(ScopeLevel::District, "448", first, second), Why::Gone);
    assert_eq!(why(ScopeLevel::Commune, "18448", second, third), Why::NoRow);
    assert_eq!(why(ScopeLevel::Commune, "18077", first, second), Why::Renamed);
    assert_eq!(why(ScopeLevel::Commune, "26732", third, second), Why::NoOrigin);
}

fn any_commune() -> impl Strategy<Value = String> {
    proptest::sample::select(communes(days()[0], None))
}

proptest! {
    #[test]
    fn two_steps_put_end_to_end_are_one(code in any_commune()) {
        let [first, second, third] = days();
        let timeline = BARE.timeline();
        let lineage = |code: &str, on, to| timeline.lineage(ScopeLevel::Commune, code, on, to).unwrap();
        let whole_way = lineage(&code, first, third);
        let half_way = lineage(&code, first, second);
        let mut reached: Vec<UnitKey> = Vec::new();
        let mut is_open = matches!(half_way, Lineage::Unresolved { .. });
        for key in half_way.units() {
            let rest = lineage(&key.code, second, third);
            is_open |= matches!(rest, Lineage::Unresolved { .. });
            reached.extend(rest.units().iter().cloned());
        }
        reached.sort();
        reached.dedup();
        prop_assert_eq!(whole_way.units(), reached.as_slice());
        prop_assert_eq!(matches!(whole_way, Lineage::Unresolved { .. }), is_open);
    }

    #[test]
    fn a_unit_is_among_the_origins_of_what_it_became(code in any_commune()) {
        let [first, _, third] = days();
        let timeline = BARE.timeline();
        for key in timeline.lineage(ScopeLevel::Commune, &code, first, third).unwrap().units() {
            let back = timeline.lineage(ScopeLevel::Commune, &key.code, third, first).unwrap();
            prop_assert!(back.units().iter().any(|origin| origin.code == code), "{} from {:?}", key.code, back);
        }
    }

    #[test]
    fn on_its_own_day_every_unit_is_itself(code in any_commune()) {
        let on = days()[0];
        let lineage = BARE.timeline().lineage(ScopeLevel::Commune, &code, on, on).unwrap();
        prop_assert_eq!(lineage.id(), "same");
    }
}
