//! The three lists of units and the crosswalk hold what `shared` data promised.

use super::{NORMS, day};
use crate::{Level, Successor, Unit, UnitList};

fn ha_tinh(list: &UnitList) -> (usize, usize) {
    let districts = list.children(Level::Province, "42").filter(|u| u.level == Level::District).count();
    (districts, list.communes_below(Level::Province, "42").len())
}

#[test]
fn ha_tinh_has_the_districts_and_communes_of_each_date() {
    let table =
        [("2023-12-31", (13, 216)), ("2024-12-31", (13, 216)), ("2025-01-01", (12, 210)), ("2025-12-31", (0, 69))];
    for (on, expected) in table {
        assert_eq!(ha_tinh(NORMS.units_on(day(on))), expected, "{on}");
    }
}

#[test]
fn the_lists_hold_the_whole_country() {
    let count = |list: &UnitList, level| list.iter().filter(|u| u.level == level).count();
    let table = [("2020-01-01", 63, 705, 10_599), ("2025-01-01", 63, 696, 10_051), ("2025-07-01", 34, 0, 3_321)];
    for (from, provinces, districts, communes) in table {
        let list = NORMS.units_on(day(from));
        assert_eq!(list.from, day(from));
        assert_eq!(count(list, Level::Province), provinces, "{from}");
        assert_eq!(count(list, Level::District), districts, "{from}");
        assert_eq!(count(list, Level::Commune), communes, "{from}");
        assert_eq!(list.has_districts(), districts > 0);
    }
    assert_eq!(NORMS.unit_lists().count(), 3);
}

#[test]
fn ha_tinh_of_2023_is_182_rural_communes_21_wards_and_13_townships() {
    let list = NORMS.units_on(day("2023-12-31"));
    let communes = list.communes_below(Level::Province, "42");
    let of_kind = |kind: &str| communes.iter().filter(|u| u.kind == kind).count();
    assert_eq!((of_kind("Xã"), of_kind("Phường"), of_kind("Thị trấn")), (182, 21, 13));
}

#[test]
fn the_crosswalk_places_whole_communes_names_the_parts_of_divided_ones_and_guesses_nothing() {
    let (from, to) = NORMS.crosswalk_days();
    assert_eq!((from, to), (day("2025-01-01"), day("2025-07-01")));
    let (mut whole, mut divided, mut parts, mut unplaced) = (0, 0, 0, 0);
    for commune in NORMS.units_on(from).iter().filter(|u| u.level == Level::Commune) {
        match NORMS.crosswalk().successor(&commune.code) {
            Successor::Whole(_) => whole += 1,
            Successor::Divided(into) => {
                divided += 1;
                parts += into.len();
            }
            Successor::Unplaced => unplaced += 1,
        }
    }
    // The crosswalk has 9,569 whole rows and 471 divided communes in 1,033 parts. 5 whole rows name no old commune;
    // 9 whole communes and one of two parts are not in the list of 01/01/2025.
    assert_eq!((whole, divided, parts, unplaced), (9_569 - 5 - 9, 471 - 1, 1_033 - 2, 26));
}

#[test]
fn in_ha_tinh_two_communes_are_divided_and_one_waits_for_a_person() {
    let list = NORMS.units_on(day("2025-01-01"));
    let communes = list.communes_below(Level::Province, "42");
    let parts = |code: &str| match NORMS.crosswalk().successor(code) {
        Successor::Divided(into) => into.len(),
        _ => 0,
    };
    let divided: Vec<&str> = communes.iter().map(|u| u.code.as_str()).filter(|code| parts(code) > 0).collect();
    assert_eq!(divided, ["18082", "18796"]);
    assert_eq!((parts("18082"), parts("18796")), (2, 3));
    let unplaced = communes.iter().filter(|u| NORMS.crosswalk().successor(&u.code) == Successor::Unplaced);
    assert_eq!(unplaced.count(), 1);
}

#[test]
fn seven_communes_of_2023_are_gone_from_the_list_of_2025() {
    let (old, new) = (NORMS.units_on(day("2024-12-31")), NORMS.units_on(day("2025-01-01")));
    let gone = old.communes_below(Level::Province, "42").into_iter().filter(|u| new.commune(&u.code).is_none());
    assert_eq!(gone.count(), 7);
}

#[test]
fn every_unit_of_the_lists_has_a_unit_above_it_and_every_new_commune_exists() {
    let told: Vec<String> = NORMS.unit_faults().iter().map(|fault| fault.says().en).collect();
    assert_eq!(told, Vec::<String>::new());
}

#[test]
fn a_day_before_the_first_list_gets_the_first_list_which_says_from_when_it_is() {
    assert_eq!(NORMS.units_on(day("2015-01-01")).from, day("2020-01-01"));
}

#[test]
fn a_unit_without_a_type_is_called_by_its_name_alone() {
    let unit =
        Unit {
            level: Level::District, code: "1".into(), kind: String::new(), name: "Phú Quốc".into(), parent: None
        };
    assert_eq!(unit.full_name(), "Phú Quốc");
}
