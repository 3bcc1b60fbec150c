//! Nobody can compute back a count that a published family hides: for each hidden count there is another register, with other
//! households, that publishes exactly the same table and in which that count is another number.

#![expect(clippy::indexing_slicing, reason = "a test stops where it fails")]

use std::collections::HashMap;

use measures::suppress::{FamilyRow, Shown, publishable, publishable_below, whole_of};
use proptest::prelude::*;

const LEAST: u64 = 3;
const CUTOFF: u32 = 2;
const INDICATORS: usize = 3;
const SETS: usize = 1 << INDICATORS;
/// Counts of a row: poor, all, each indicator, parts.
const WIDE: usize = 3 + INDICATORS;

/// Households of each group by their set of deprivations.
type Register = Vec<[u64; SETS]>;

fn counts_of(mask: usize) -> [i64; WIDE] {
    let is_poor = mask.count_ones() >= CUTOFF;
    let mut counts = [0; WIDE];
    counts[1] = 1;
    if is_poor {
        counts[0] = 1;
        (0..INDICATORS).for_each(|j| counts[2 + j] = i64::from(mask >> j & 1 == 1));
        counts[WIDE - 1] = i64::from(mask.count_ones());
    }
    counts
}

fn row(group: &[u64; SETS]) -> FamilyRow {
    let mut sums = [0u64; WIDE];
    for (mask, many) in group.iter().enumerate() {
        sums.iter_mut().zip(counts_of(mask)).for_each(|(sum, count)| *sum += many * count.unsigned_abs());
    }
    FamilyRow { poor: sums[0], all: sums[1], censored: sums[2..2 + INDICATORS].to_vec() }
}

fn is_known(shown: &Shown) -> Vec<bool> {
    [shown.poor, shown.all].into_iter().chain(shown.censored.iter().copied()).chain([shown.parts]).collect()
}

/// A table as it was published, and all that a reader knows.
struct Table {
    values: Vec<u64>,
    known: Vec<bool>,
    /// A reader knows that a hidden count is not 0, except in a group of which no indicator is shown.
    may_be_nothing: Vec<bool>,
}

fn table(groups: &[FamilyRow], shown: &[Shown]) -> Table {
    let cells = |row: &FamilyRow| {
        [row.poor, row.all].into_iter().chain(row.censored.clone()).chain([row.parts()]).collect::<Vec<_>>()
    };
    let bare = |shown: &Shown| !shown.parts && shown.censored.iter().all(|shown| !shown);
    Table {
        values: groups.iter().flat_map(cells).collect(),
        known: shown.iter().flat_map(is_known).collect(),
        may_be_nothing: shown.iter().flat_map(|shown| (0..WIDE).map(|at| bare(shown) && at >= 2)).collect(),
    }
}

/// One household that is another: its kind before, and what the change does to every count.
struct Step {
    from: (usize, usize),
    change: Vec<i64>,
}

fn steps(register: &Register) -> Vec<Step> {
    let kinds = || (0..register.len()).flat_map(|group| (0..SETS).map(move |mask| (group, mask)));
    let mut steps = Vec::new();
    for from in kinds().filter(|(group, mask)| register[*group][*mask] > 0) {
        for to in kinds().filter(|to| *to != from) {
            let mut change = vec![0; register.len() * WIDE];
            for ((group, mask), sign) in [(from, -1), (to, 1)] {
                let cells = change[group * WIDE..(group + 1) * WIDE].iter_mut();
                cells.zip(counts_of(mask)).for_each(|(cell, count)| *cell += sign * count);
            }
            steps.push(Step { from, change });
        }
    }
    steps
}

impl Table {
    /// What a reader sees of a change: shown counts, and the sums of all groups, which stand in the whole's line.
    fn seen(&self, whole: &[bool], change: &[i64]) -> Vec<i64> {
        let shown = change.iter().zip(&self.known).filter(|(_, known)| **known).map(|(change, _)| *change);
        let sums = (0..WIDE).filter(|at| whole[*at]).map(|at| change.iter().skip(at).step_by(WIDE).sum());
        shown.chain(sums).collect()
    }

    fn is_possible(&self, change: &[i64]) -> bool {
        self.values.iter().zip(change).enumerate().all(|(cell, (value, change))| {
            let count = i64::try_from(*value).unwrap_or(i64::MAX) + change;
            count >= i64::from(*value > 0 && !self.known[cell] && !self.may_be_nothing[cell])
        })
    }

    /// Hidden counts that no register of the same published table has otherwise, among those a few households away.
    fn given_away(&self, whole: &[bool], register: &Register) -> Vec<usize> {
        let mut open: Vec<usize> =
            (0..self.values.len()).filter(|cell| !self.known[*cell] && self.values[*cell] > 0).collect();
        let steps = steps(register);
        let mut by_sight: HashMap<Vec<i64>, Vec<usize>> = HashMap::new();
        for (at, step) in steps.iter().enumerate() {
            by_sight.entry(self.seen(whole, &step.change)).or_default().push(at);
        }
        let opposite = |change: &[i64]| self.seen(whole, change).into_iter().map(|n| -n).collect::<Vec<i64>>();
        let mut take = |some: &[&Step]| {
            let mut change = vec![0; self.values.len()];
            let mut left: HashMap<(usize, usize), u64> = HashMap::new();
            for step in some {
                change.iter_mut().zip(&step.change).for_each(|(sum, change)| *sum += change);
                *left.entry(step.from).or_default() += 1;
            }
            let has_them = left.iter().all(|((group, mask), many)| register[*group][*mask] >= *many);
            if has_them && self.is_possible(&change) {
                open.retain(|cell| change[*cell] == 0);
            }
            open.is_empty()
        };
        for step in &steps {
            for other in by_sight.get(&opposite(&step.change)).into_iter().flatten() {
                if take(&[step, &steps[*other]]) {
                    return Vec::new();
                }
            }
        }
        for (at, first) in steps.iter().enumerate() {
            for second in &steps[at..] {
                let change: Vec<i64> = first.change.iter().zip(&second.change).map(|(a, b)| a + b).collect();
                for third in by_sight.get(&opposite(&change)).into_iter().flatten() {
                    if take(&[first, second, &steps[*third]]) {
                        return Vec::new();
                    }
                }
            }
        }
        open
    }
}

fn register() -> impl Strategy<Value = Register> {
    let many = prop_oneof![3 => Just(0u64), 3 => 1u64..3, 2 => 3u64..9];
    let group = proptest::array::uniform8(many);
    proptest::collection::vec(group, 2..5)
}

/// Small counts stay hidden for good; `of` says from which size on a count may be worked out.
fn holds(register: &Register, whole: &Shown, shown: &[Shown], of: u64) -> Result<(), TestCaseError> {
    let groups: Vec<FamilyRow> = register.iter().map(row).collect();
    let table = table(&groups, shown);
    for (cell, value) in table.values.iter().enumerate() {
        prop_assert!(!table.known[cell] || !(1..LEAST).contains(value), "a small count is shown: cell {cell}");
    }
    let given = table.given_away(&is_known(whole), register);
    let given: Vec<usize> = given.into_iter().filter(|cell| table.values[*cell] < of).collect();
    prop_assert_eq!(given, Vec::<usize>::new());
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, max_shrink_iters: 60, ..ProptestConfig::with_cases(150) })]

    #[test]
    fn for_each_hidden_count_another_register_publishes_the_same_table(register in register()) {
        let groups: Vec<FamilyRow> = register.iter().map(row).collect();
        if let Some(published) = publishable(&groups, u64::from(CUTOFF), LEAST) {
            holds(&register, &published.whole, &published.groups, u64::MAX)?;
        }
    }

    /// A district's communes, where the province's table already hides some of the district. Two indicators that are shown
    /// only together can be told apart where everybody poor lacks both; that speaks of no small number.
    #[test]
    fn what_is_hidden_above_is_hidden_below(register in register(), hidden in 0..INDICATORS) {
        let groups: Vec<FamilyRow> = register.iter().map(row).collect();
        let censored: Vec<bool> = (0..INDICATORS).map(|j| j != hidden && j != (hidden + 1) % INDICATORS).collect();
        let above = Shown { all: true, poor: true, parts: true, censored };
        if let Some(published) = publishable_below(&groups, Some(&above), u64::from(CUTOFF), LEAST) {
            for shown in &published.groups {
                prop_assert!(!shown.censored[hidden]);
            }
            holds(&register, &published.whole, &published.groups, LEAST)?;
        }
        let bare = Shown { poor: false, ..above };
        prop_assert_eq!(publishable_below(&groups, Some(&bare), u64::from(CUTOFF), LEAST), None);
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
    let published = publishable(&groups, 2, 5);
    let shown: Vec<bool> = published.iter().flat_map(|p| &p.groups).map(Shown::is_everything).collect();
    assert_eq!(shown, [true, true, false, false]);
    assert!(published.is_some_and(|p| p.whole.is_everything() && p.groups[3].all && !p.groups[3].poor));
    assert_eq!(whole_of(&groups, 3).poor, 721);
}

#[test]
fn an_indicator_that_hardly_anybody_lacks_is_shown_for_nobody() {
    let row = |censored: [u64; 3]| FamilyRow { all: 900, poor: 400, censored: censored.to_vec() };
    let rare = [row([1, 398, 395]), row([1, 399, 390])];
    let published = publishable(&rare, 2, 5);
    assert!(published.iter().all(|p| !p.whole.censored[0] && p.whole.poor));
    let in_one = [row([300, 398, 200]), row([2, 399, 395])];
    assert!(publishable(&in_one, 2, 5).is_some_and(|p| p.whole.censored[0] && !p.groups[1].censored[0]));
}
