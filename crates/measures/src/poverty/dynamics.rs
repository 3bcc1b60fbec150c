//! What became of the same households between two snapshots: out of poverty, into it, stayed. Whole numbers, pure functions.

use std::collections::BTreeMap;

/// How many households (or persons) went from one class to another; classes in the order of the norms.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Transitions {
    /// `counts[from][to]`; one row and column more than classes: households that were not there.
    counts: Vec<Vec<u64>>,
}

/// Counts of moves over a line between classes.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Moves {
    /// Poor before, not poor now.
    pub out: u64,
    /// Not poor before, poor now.
    pub into: u64,
    pub stayed_poor: u64,
    pub stayed_not_poor: u64,
    /// Poor now, not there before: a new or moved household.
    pub appeared_poor: u64,
    /// Poor before, not there now.
    pub vanished_poor: u64,
}

impl Transitions {
    /// Pairs the classes of two snapshots by household; `weight` is 1 for households or their persons.
    pub fn between<K: Ord>(
        classes: usize,
        before: &BTreeMap<K, u8>,
        now: &BTreeMap<K, u8>,
        weight: impl Fn(&K) -> u64,
    ) -> Self {
        let mut transitions = Self { counts: vec![vec![0; classes + 1]; classes + 1] };
        for (household, from) in before {
            let to = now.get(household).map_or(classes, |class| usize::from(*class));
            transitions.count(usize::from(*from), to, weight(household));
        }
        for (household, to) in now.iter().filter(|(household, _)| !before.contains_key(*household)) {
            transitions.count(classes, usize::from(*to), weight(household));
        }
        transitions
    }

    fn count(&mut self, from: usize, to: usize, weight: u64) {
        if let Some(cell) = self.counts.get_mut(from).and_then(|row| row.get_mut(to)) {
            *cell += weight;
        }
    }

    /// How many went from one class to another; the number of classes stands for "not there".
    pub fn of(&self, from: usize, to: usize) -> u64 {
        self.counts.get(from).and_then(|row| row.get(to)).copied().unwrap_or(0)
    }

    /// The classes that a person can be in.
    pub fn classes(&self) -> usize {
        self.counts.len() - 1
    }

    /// Moves over the line around the classes that `is_poor`.
    pub fn moves(&self, is_poor: impl Fn(usize) -> bool) -> Moves {
        let absent = self.classes();
        let mut moves = Moves::default();
        for from in 0..=absent {
            for to in 0..=absent {
                let field = match (from == absent, to == absent, is_poor(from), is_poor(to)) {
                    (true, true, ..) | (true, false, _, false) | (false, true, false, _) => continue,
                    (true, false, _, true) => &mut moves.appeared_poor,
                    (false, true, true, _) => &mut moves.vanished_poor,
                    (false, false, true, false) => &mut moves.out,
                    (false, false, false, true) => &mut moves.into,
                    (false, false, true, true) => &mut moves.stayed_poor,
                    (false, false, false, false) => &mut moves.stayed_not_poor,
                };
                *field += self.of(from, to);
            }
        }
        moves
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn everybody_of_two_years_is_in_one_place_of_the_matrix() {
        let before = BTreeMap::from([(1, 0), (2, 0), (3, 2), (4, 1), (5, 0)]);
        let now = BTreeMap::from([(1, 0), (2, 2), (3, 0), (4, 1), (6, 0)]);
        let size = |household: &i32| u64::try_from(*household).unwrap() * 10;
        let transitions = Transitions::between(3, &before, &now, size);
        let moves = transitions.moves(|class| class == 0);
        assert_eq!(
            moves,
            Moves { out: 20, into: 30, stayed_poor: 10, stayed_not_poor: 40, appeared_poor: 60, vanished_poor: 50 }
        );
        let all: u64 =
            (0..=3).flat_map(|from| (0..=3).map(move |to| (from, to))).map(|(f, t)| transitions.of(f, t)).sum();
        assert_eq!(all, 10 + 20 + 30 + 40 + 50 + 60);
    }
}
