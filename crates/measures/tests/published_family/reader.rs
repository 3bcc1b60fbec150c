//! A reader of published tables, who tries every register that is a step away from the true one.

use std::collections::HashMap;

use measures::suppress::{FamilyRow, Shown};

use crate::{CUTOFF, Counts, WIDE, is_known, with};

/// For each sum that changes of some groups can come to: the counts, a bit each, that are another number on some way to it.
pub type Sums = HashMap<Counts, u128>;

/// Whether there are households with these counts: whoever is poor lacks each indicator at most once and `CUTOFF` of them at
/// least. No more is needed: deal the deprivations out to the poor in turns, one indicator after the other.
pub fn is_of_a_register(counts: &Counts) -> bool {
    let [poor, all, lacking @ .., parts] = counts;
    (0..=*all).contains(poor)
        && lacking.iter().all(|many| (0..=*poor).contains(many))
        && lacking.iter().sum::<i64>() == *parts
        && *parts >= i64::from(CUTOFF) * poor
}

/// A group as it was published, and all that a reader knows of it.
pub struct Group {
    pub counts: Counts,
    pub known: Vec<bool>,
    /// A reader knows that a hidden count is not 0, except in a group of which no indicator is shown.
    least: Counts,
}

impl Group {
    pub fn new(row: &FamilyRow, shown: &Shown) -> Self {
        let all = [row.poor, row.all].into_iter().chain(row.censored.clone()).chain([row.parts()]);
        let counts: Counts = std::array::from_fn(|at| i64::try_from(all.clone().nth(at).unwrap_or(0)).unwrap_or(0));
        let is_bare = !shown.parts && shown.censored.iter().all(|shown| !shown);
        let least = std::array::from_fn(|at| i64::from(counts[at] > 0 && !(is_bare && at >= 2)));
        Self { counts, known: is_known(shown), least }
    }

    /// An indicator that is not shown of the whole is shown of no group, not even as 0.
    pub fn below(mut self, whole: &[bool]) -> Self {
        for at in (2..WIDE).filter(|at| !whole[*at]) {
            self.least[at] = 0;
        }
        self
    }

    /// Whether a reader must take these counts for possible. Those who are not poor are a hidden count as well, and not 0.
    fn may_have(&self, counts: &Counts) -> bool {
        let [poor, all, ..] = self.counts;
        let others = i64::from(all > poor && !(self.known[0] && self.known[1]));
        is_of_a_register(counts)
            && counts[1] - counts[0] >= others
            && (0..WIDE)
                .all(|at| if self.known[at] { counts[at] == self.counts[at] } else { counts[at] >= self.least[at] })
    }

    /// What may become of the counts when none moves by more than one, the parts excepted: they follow. That is far enough:
    /// hidden cells protect each other in circles, and a circle is gone round in steps of one. In a group without indicators
    /// a household comes or goes.
    fn changes(&self) -> Vec<Counts> {
        let mut changes = vec![[0; WIDE]];
        for at in (0..WIDE - 1).filter(|at| !self.known[*at]) {
            changes = changes.into_iter().flat_map(|change| [-1, 0, 1].map(|by| with(change, at, by))).collect();
        }
        for change in &mut changes {
            change[WIDE - 1] = change[2..WIDE - 1].iter().sum();
        }
        changes.retain(|change| self.may_have(&plus(&self.counts, change)));
        changes
    }

    /// The changes, with the bits of what they move: those of the group at this place.
    pub fn sums(&self, place: usize) -> Sums {
        self.changes().into_iter().map(|change| (change, bits(&change, place))).collect()
    }

    /// Groups below this one, added up: what becomes of it by their changes, as far as its own line allows.
    pub fn above(&self, below: &[Sums], place: usize) -> Sums {
        let mut sums = add_up(below);
        sums.retain(|change, _| self.may_have(&plus(&self.counts, change)));
        for (change, moved) in &mut sums {
            *moved |= bits(change, place);
        }
        sums
    }

    /// Hidden counts that are the same number in every register found.
    pub fn unmoved(&self, moved: u128, place: usize) -> Vec<usize> {
        let is_open = |at: &usize| !self.known[*at] && self.counts[*at] > 0 && moved & bit(place, *at) == 0;
        (0..WIDE).filter(is_open).collect()
    }
}

fn bit(place: usize, at: usize) -> u128 {
    1 << (place * WIDE + at)
}

fn bits(change: &Counts, place: usize) -> u128 {
    (0..WIDE).filter(|at| change[*at] != 0).map(|at| bit(place, at)).sum()
}

fn plus(one: &Counts, other: &Counts) -> Counts {
    std::array::from_fn(|at| one[at] + other[at])
}

fn add_up(groups: &[Sums]) -> Sums {
    let mut sums = Sums::from([([0; WIDE], 0)]);
    for group in groups {
        let mut next = Sums::new();
        for (from, before) in &sums {
            for (change, moved) in group {
                *next.entry(plus(from, change)).or_default() |= before | moved;
            }
        }
        sums = next;
    }
    sums
}

/// What moves when the groups together leave alone what is shown of their whole. The last group makes good for the others.
pub fn moved_unseen(groups: &[Sums], whole: &[bool]) -> u128 {
    let seen = |change: &Counts| -> Counts { std::array::from_fn(|at| if whole[at] { change[at] } else { 0 }) };
    let of_sight = |group: &Sums| {
        let mut sums = Sums::new();
        for (change, moved) in group {
            *sums.entry(seen(change)).or_default() |= moved;
        }
        sums
    };
    let groups: Vec<Sums> = groups.iter().map(of_sight).collect();
    let Some((last, others)) = groups.split_last() else { return 0 };
    let others = add_up(others);
    let both = |(change, moved): (&Counts, &u128)| others.get(&change.map(|by| -by)).map(|before| before | moved);
    last.iter().filter_map(both).fold(0, |all, moved| all | moved)
}
