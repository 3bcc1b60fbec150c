//! What many households add to one cell: a number, and everything that keeps it from being told. Sums of parts add up to the sum
//! of the whole, in any order. Start with [`Sum`].

use super::{Cell, Contribution, Gap};

/// A cell while it is counted.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Sum {
    count: i64,
    /// One of each kind, the most telling first; most cells have none.
    gaps: Option<Box<Gaps>>,
}

#[derive(Debug, Clone, Default, PartialEq, Eq)]
struct Gaps(Vec<Gap>);

impl Sum {
    pub fn add(&mut self, more: Contribution) {
        match more {
            Contribution::Count(n) => self.count += n,
            Contribution::Gap(gap) => self.gaps.get_or_insert_default().add(gap),
        }
    }

    pub fn merge(&mut self, other: &Self) {
        self.count += other.count;
        for gap in other.gaps.iter().flat_map(|gaps| &gaps.0) {
            self.add(Contribution::Gap(*gap));
        }
    }

    /// The number, or the first reason why there is none.
    pub fn cell(&self) -> Cell {
        match self.gaps.as_ref().and_then(|gaps| gaps.0.first()) {
            Some(gap) => Cell::Gap(*gap),
            None => Cell::Count(self.count),
        }
    }
}

impl Gaps {
    fn add(&mut self, gap: Gap) {
        let kind = std::mem::discriminant(&gap);
        if let Some(known) = self.0.iter_mut().find(|known| std::mem::discriminant(*known) == kind) {
            *known = known.plus(gap);
        } else {
            self.0.push(gap);
            self.0.sort_unstable();
        }
    }
}

/// Adds row to row, column by column.
pub(super) fn merge_row(into: &mut [Sum], from: &[Sum]) {
    for (sum, more) in into.iter_mut().zip(from) {
        sum.merge(more);
    }
}
