//! Where a household lies on another day: by its commune, its village, or a person's word.

use kernel::{HouseholdId, VillageId};

use super::*;

fn village(n: u128) -> VillageId {
    VillageId(uuid::Uuid::from_u128(n))
}

fn household(n: u128) -> HouseholdId {
    HouseholdId(uuid::Uuid::from_u128(n))
}

fn said(placed: &Placed) -> String {
    match placed {
        Placed::In(key) => key.code.clone(),
        Placed::Unplaced { among, .. } => {
            format!("một trong {}", among.iter().map(|k| k.code.as_str()).collect::<Vec<_>>().join(" "))
        }
        Placed::Unresolved { open, .. } => open.why.id().to_owned(),
        Placed::NotListed { code } => format!("không có {code}"),
    }
}

#[test]
fn a_household_of_a_divided_commune_goes_with_its_village_unless_a_person_says_otherwise() {
    let [_, second, third] = days();
    let placements = Placements::new([
        (Placeable::Village(village(1)), third, "18073".to_owned()),
        (Placeable::Household(household(7)), third, "18652".to_owned()),
        // A part that is none: said of nothing.
        (Placeable::Village(village(3)), third, "18999".to_owned()),
    ]);
    let restater = Restater::new(&NORMS, &[], placements);
    let table = [
        (Subject::commune("18082"), "một trong 18073 18652"),
        (Subject::village("18082", village(1)), "18073"),
        (Subject::village("18082", village(2)), "một trong 18073 18652"),
        (Subject::village("18082", village(3)), "một trong 18073 18652"),
        (Subject::household("18082", village(1), household(8)), "18073"),
        (Subject::household("18082", village(1), household(7)), "18652"),
        (Subject::household("18082", village(2), household(7)), "18652"),
        // A placed village of a commune that is not divided goes with the commune.
        (Subject::village("18070", village(1)), "không có 18070"),
        (Subject::village("18553", village(1)), "18547"),
    ];
    for (subject, expected) in table {
        assert_eq!(said(&restater.place(subject, second, third)), expected, "{subject:?}");
    }
}

#[test]
fn the_table_answers_as_one_by_one_for_every_commune_and_level() {
    let [first, second, third] = days();
    let placements = Placements::new([(Placeable::Village(village(1)), third, "18073".to_owned())]);
    let restater = Restater::new(&NORMS, &[], placements);
    for (level, from, to) in [
        (ScopeLevel::Commune, first, third),
        (ScopeLevel::Commune, third, first),
        (ScopeLevel::District, third, first),
        (ScopeLevel::Province, second, third),
    ] {
        let table = restater.table(level, from, to).unwrap();
        for code in communes(from, None) {
            for subject in [Subject::commune(&code), Subject::village(&code, village(1))] {
                let found = table.find(&subject).and_then(|at| table.outcome(at)).unwrap();
                let alone = restater.place_at(level, subject, from, to);
                let is_in = matches!(alone, Placed::In(_));
                assert_eq!(is_in, matches!(found, Placed::In(_)), "{subject:?} {from} → {to}");
                if is_in || subject.village.is_none() {
                    assert_eq!(*found, alone, "{subject:?} {from} → {to}");
                }
            }
        }
    }
    assert!(restater.table(ScopeLevel::District, first, third).is_err(), "there are no districts in 2025-07");
}

#[test]
fn a_commune_of_2025_made_in_one_district_of_2023_goes_back_whole() {
    let [first, _, third] = days();
    let (mut whole, mut divided, mut open) = (Vec::new(), Vec::new(), Vec::new());
    for code in communes(third, Some("42")) {
        match BARE.place_at(ScopeLevel::District, Subject::commune(&code), third, first) {
            Placed::In(_) => whole.push(code),
            Placed::Unplaced { .. } => divided.push(code),
            _ => open.push(code),
        }
    }
    assert_eq!(whole.len() + divided.len() + open.len(), 69);
    // Made of communes of two districts of 2023, and who came from where is told by villages or persons.
    assert_eq!(divided, ["18100", "18115", "18586", "18652", "18685", "18754", "18781", "18814"]);
    // Holds a commune of 01/01/2025 that has a code of 2023 under another name, and no decision says what it was.
    assert_eq!(open, ["18073", "18202", "18223"]);
    assert_eq!(whole.len(), 58);
}

#[test]
fn backwards_a_village_brings_a_mixed_commune_to_its_old_district() {
    let [first, second, third] = days();
    let placements = Placements::new([(Placeable::Village(village(1)), third, "18598".to_owned())]);
    let restater = Restater::new(&NORMS, &[], placements);
    let back = |subject| restater.place_at(ScopeLevel::District, subject, third, first);
    assert_eq!(said(&back(Subject::village("18100", village(1)))), "448");
    assert!(matches!(back(Subject::commune("18100")), Placed::Unplaced { .. }));
    let old = restater.place(Subject::village("18100", village(1)), third, second);
    assert_eq!(said(&old), "18598");
}

#[test]
fn backwards_a_commune_near_one_that_went_nobody_knows_where_is_not_placed_as_a_commune() {
    let [first, second, _] = days();
    // Phú Phong of Hương Khê is gone: its households may be in any commune of Hương Khê.
    let placed = BARE.place(Subject::commune("18553"), second, first);
    assert_eq!(said(&placed), "một trong 18553 18535");
    assert_eq!(said(&BARE.place_at(ScopeLevel::District, Subject::commune("18553"), second, first)), "444");
    // Nothing of Vũ Quang is open.
    assert_eq!(said(&BARE.place(Subject::commune("18313"), second, first)), "18313");
}
