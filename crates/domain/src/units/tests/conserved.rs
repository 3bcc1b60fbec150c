//! Whatever is restated, nobody is lost and nobody counted twice.

use proptest::prelude::*;

use super::*;

fn row(commune: &str, counts: &[i64]) -> CountRow {
    CountRow { commune: commune.to_owned(), village: None, household: None, counts: counts.to_vec() }
}

#[test]
fn every_old_commune_of_the_crosswalk_is_counted_once_for_the_whole_country() {
    let [_, second, third] = days();
    let mut codes: Vec<&str> = NORMS.crosswalk().old_communes().collect();
    codes.extend(BARE.timeline().epoch(second).unwrap().units.iter().filter_map(|u| {
        let has_row = NORMS.crosswalk().successor(&u.code) != norms::Successor::Unplaced;
        (u.level == Level::Commune && !has_row).then_some(u.code.as_str())
    }));
    codes.sort_unstable();
    assert_eq!(codes.len(), 10_051 + 10);
    let rows: Vec<CountRow> = (0..).zip(&codes).map(|(n, code)| row(code, &[1, n])).collect();
    let restated = restate(&BARE, &rows, (second, third), ScopeLevel::Commune).unwrap();
    assert!(restated.is_conserved());
    assert_eq!(restated.total[0], 10_061);
    let left = restated.left_over();
    // Divided; without a row; rows of the crosswalk that name no commune of the list.
    assert_eq!((left.unplaced[0], left.unresolved[0], left.not_listed[0]), (470, 26, 10));
    let units = restated.rows.iter().filter(|row| matches!(row.of, RowOf::Unit(_))).count();
    // 3,321 without the five islands that had no commune, and those all of whose communes are divided or not listed.
    assert_eq!(units, 3_277);
}

#[test]
fn a_province_told_by_the_69_communes_of_2025_keeps_its_sum() {
    let [first, _, third] = days();
    let rows: Vec<CountRow> = communes(first, Some("42")).iter().map(|code| row(code, &[100])).collect();
    let restated = restate(&BARE, &rows, (first, third), ScopeLevel::Commune).unwrap();
    let left = restated.left_over();
    assert_eq!((restated.total[0], left.unplaced[0], left.unresolved[0]), (21_600, 200, 1_200));
    assert!(restated.is_conserved());
    let lost = Restated { rows: restated.rows[1..].to_vec(), ..restated };
    assert!(!lost.is_conserved(), "the check sees a row that is missing");
}

#[test]
fn no_sum_of_counts_is_too_large() {
    let [first, ..] = days();
    let rows = [row("18553", &[i64::MAX]), row("18553", &[i64::MAX])];
    let restated = restate(&BARE, &rows, (first, first), ScopeLevel::Commune).unwrap();
    assert_eq!(restated.total[0], 2 * i128::from(i64::MAX));
    assert!(restated.is_conserved());
}

fn any_code() -> impl Strategy<Value = String> {
    prop_oneof![
        8 => proptest::sample::select(communes(days()[0], None)),
        2 => proptest::sample::select(communes(days()[2], None)),
        1 => "[0-9]{5}",
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]
    #[test]
    fn restating_loses_nobody(
        rows in proptest::collection::vec((any_code(), proptest::collection::vec(0..10_000i64, 1..4)), 0..200),
        from in 0..3usize,
        to in 0..3usize,
        level in prop_oneof![Just(ScopeLevel::Commune), Just(ScopeLevel::Province)],
    ) {
        let rows: Vec<CountRow> = rows.iter().map(|(code, counts)| row(code, counts)).collect();
        let restated = restate(&BARE, &rows, (days()[from], days()[to]), level).unwrap();
        prop_assert!(restated.is_conserved());
        let came: i128 = rows.iter().flat_map(|r| &r.counts).map(|n| i128::from(*n)).sum();
        prop_assert_eq!(restated.total.iter().sum::<i128>(), came);
    }
}

#[test]
fn the_country_is_counted_as_the_shared_data_says() {
    let count = crosswalk_count(&NORMS, &BARE);
    assert_eq!((count.whole_rows, count.divided, count.parts), (9_569, 471, 1_033));
    assert_eq!((count.without_old, count.without_row, count.not_listed), (5, 26, 10));
    assert_eq!(count.first_list_without_row, 567);
    let steps = step_counts(&BARE);
    let unknown: Vec<usize> = steps.iter().map(|step| step.unknown.values().sum()).collect();
    assert_eq!(unknown, [334 + 560, 26]);
}

#[test]
fn one_household_in_every_commune_is_found_again_between_any_two_lists() {
    let found = conserved(&BARE);
    assert_eq!(found.len(), 16, "three levels between three lists, no districts in the last");
    for told in found {
        assert!(told.holds, "{told:?}");
        assert_eq!(told.communes, told.placed + told.unplaced + told.unresolved, "{told:?}");
    }
}
