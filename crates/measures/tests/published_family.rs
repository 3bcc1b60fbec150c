//! Nobody can compute back a count that a published family hides: not by adding and subtracting what is shown, not by trying
//! every table that could be true.

#![expect(clippy::indexing_slicing, reason = "a test stops where it fails")]

use measures::suppress::{FamilyRow, Published, Shown, publishable, whole_of};
use proptest::prelude::*;

const LEAST: u64 = 3;
const CUTOFF: u64 = 2;
const INDICATORS: usize = 3;

/// A table as a reader has it: cells of each row (poor, others, all, each indicator, parts), known or not.
struct Table {
    values: Vec<u64>,
    is_known: Vec<bool>,
    rows: usize,
}

const WIDE: usize = 4 + INDICATORS;

fn table(groups: &[FamilyRow], published: &Published) -> Table {
    let whole = whole_of(groups, INDICATORS);
    let (mut values, mut is_known) = (Vec::new(), Vec::new());
    for (row, shown) in groups.iter().zip(&published.groups).chain([(&whole, &published.whole)]) {
        values.extend([row.poor, row.all - row.poor, row.all]);
        values.extend(row.censored.iter().copied().chain([row.parts()]));
        is_known.extend([shown.poor, shown.poor && shown.all, shown.all]);
        is_known.extend(shown.censored.iter().copied().chain([shown.parts]));
    }
    Table { values, is_known, rows: groups.len() }
}

impl Table {
    /// `whole = Σ parts`, everything that adds up in the table.
    fn sums(&self) -> Vec<(usize, Vec<usize>)> {
        let mut sums = Vec::new();
        for row in 0..=self.rows {
            let at = row * WIDE;
            sums.push((at + 2, vec![at, at + 1]));
            sums.push((at + WIDE - 1, (3..3 + INDICATORS).map(|j| at + j).collect()));
        }
        for column in 0..WIDE {
            sums.push((self.rows * WIDE + column, (0..self.rows).map(|row| row * WIDE + column).collect()));
        }
        sums
    }

    /// Whether some households could make this table.
    fn is_possible(values: &[u64]) -> bool {
        values.chunks(WIDE).all(|row| {
            let (poor, parts) = (row[0], row[WIDE - 1]);
            row[3..3 + INDICATORS].iter().all(|count| *count <= poor)
                && poor * CUTOFF <= parts
                && parts <= poor * INDICATORS as u64
        })
    }

    /// The hidden cells that are the same in every possible table near the true one. A cell that is 0 says nothing of anybody.
    fn given_away(&self) -> Vec<usize> {
        let unknown: Vec<usize> = (0..self.values.len()).filter(|cell| !self.is_known[*cell]).collect();
        let mut varies: Vec<bool> = unknown.iter().map(|cell| self.values[*cell] == 0).collect();
        let mut guess = self.values.clone();
        self.walk(&unknown, 0, &mut guess, &mut varies, &mut 400_000);
        unknown.into_iter().zip(varies).filter(|(_, varies)| !varies).map(|(cell, _)| cell).collect()
    }

    fn walk(&self, unknown: &[usize], at: usize, guess: &mut Vec<u64>, varies: &mut [bool], left: &mut u64) {
        if varies.iter().all(|varies| *varies) || *left == 0 {
            return;
        }
        *left -= 1;
        let open = &unknown[at..];
        let fits = self.sums().iter().all(|(whole, parts)| {
            let is_open = |cell: &usize| open.contains(cell);
            let known: u64 = parts.iter().filter(|cell| !is_open(cell)).map(|cell| guess[*cell]).sum();
            let all_known = !parts.iter().any(is_open);
            is_open(whole) || if all_known { known == guess[*whole] } else { known <= guess[*whole] }
        });
        if !fits {
            return;
        }
        let Some(cell) = unknown.get(at) else {
            if Self::is_possible(guess) {
                for (varies, cell) in varies.iter_mut().zip(unknown) {
                    *varies |= guess[*cell] != self.values[*cell];
                }
            }
            return;
        };
        let value = self.values[*cell];
        for other in [value + 1, value.saturating_sub(1), value] {
            guess[*cell] = other;
            self.walk(unknown, at + 1, guess, varies, left);
        }
        guess[*cell] = value;
    }
}

/// Households by their set of deprivations.
fn group() -> impl Strategy<Value = FamilyRow> {
    proptest::collection::vec(prop_oneof![3 => Just(0u64), 3 => 1u64..3, 2 => 3u64..9], 1 << INDICATORS).prop_map(
        |many| {
            let poor = |mask: usize| u64::from(mask.count_ones()) >= CUTOFF;
            let sum =
                |wanted: &dyn Fn(usize) -> bool| (0..many.len()).filter(|mask| wanted(*mask)).map(|m| many[m]).sum();
            FamilyRow {
                all: sum(&|_| true),
                poor: sum(&|mask| poor(mask)),
                censored: (0..INDICATORS).map(|j| sum(&|mask| poor(mask) && mask >> j & 1 == 1)).collect(),
            }
        },
    )
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(250) })]

    #[test]
    fn no_hidden_count_of_a_published_family_can_be_computed_back(groups in proptest::collection::vec(group(), 2..5)) {
        let Some(published) = publishable(&groups, CUTOFF, LEAST) else { return Ok(()) };
        let table = table(&groups, &published);
        for (cell, value) in table.values.iter().enumerate() {
            prop_assert!(!table.is_known[cell] || !(1..LEAST).contains(value), "a small count is shown: cell {cell}");
        }
        prop_assert_eq!(table.given_away(), Vec::<usize>::new());
    }
}

#[test]
fn a_small_group_takes_another_with_it_and_large_ones_stay() {
    let row = |all, poor, censored: [u64; 3]| FamilyRow { all, poor, censored: censored.to_vec() };
    let groups = [
        row(900, 400, [300, 250, 350]),
        row(800, 300, [200, 250, 200]),
        row(40, 20, [20, 15, 10]),
        row(20, 1, [1, 1, 0]),
    ];
    let published = publishable(&groups, CUTOFF, 5);
    let shown: Vec<bool> = published.iter().flat_map(|p| &p.groups).map(Shown::is_everything).collect();
    assert_eq!(shown, [true, true, false, false]);
    assert!(published.is_some_and(|p| p.whole.is_everything() && p.groups[3].all && !p.groups[3].poor));
}

#[test]
fn an_indicator_that_hardly_anybody_lacks_is_shown_for_nobody() {
    let row = |censored: [u64; 3]| FamilyRow { all: 900, poor: 400, censored: censored.to_vec() };
    let groups = [row([300, 398, 200]), row([2, 399, 395])];
    let rare = [row([1, 398, 395]), row([1, 399, 390])];
    let published = publishable(&rare, CUTOFF, 5);
    assert!(published.iter().all(|p| !p.whole.censored[0] && p.whole.poor));
    assert!(publishable(&groups, CUTOFF, 5).is_some_and(|p| p.whole.censored[0] && !p.groups[1].censored[0]));
}
