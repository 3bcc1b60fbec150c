//! Sums of many groups while rows stream by, kept narrow so that a row is one step; poured into a [`Cube`] at the end,
//! or before a sum could overflow.

use super::tally::Cells;
use super::{Cube, Sums, Tally};

/// Sums of many groups on one thread.
#[derive(Debug, Default)]
pub struct Groups {
    narrow: Vec<Cells>,
    wide: Vec<Vec<Sums>>,
    /// No sum is above this.
    bound: u64,
}

impl Groups {
    /// The number of a new group.
    pub fn start(&mut self, tally: &Tally) -> usize {
        self.narrow.push(tally.cells());
        self.narrow.len() - 1
    }

    /// Adds sets to a group; `most` is the greatest weight among them.
    pub fn add(&mut self, tally: &Tally, group: usize, masks: &[u16], weights: &[u16], most: u16) {
        let added = masks.len() as u64 * u64::from(most);
        if self.bound + added > u64::from(u32::MAX) {
            self.widen();
        }
        self.bound += added;
        if let Some(cells) = self.narrow.get_mut(group) {
            tally.add(cells, masks, weights);
        }
    }

    fn widen(&mut self) {
        self.wide.resize(self.narrow.len(), Vec::new());
        for (wide, narrow) in self.wide.iter_mut().zip(&mut self.narrow) {
            wide.resize(narrow.len(), [0; super::LANES]);
            for (to, from) in wide.iter_mut().zip(narrow.iter_mut()) {
                to.iter_mut().zip(from.iter_mut()).for_each(|(to, from)| *to += u64::from(std::mem::take(from)));
            }
        }
        self.bound = 0;
    }

    /// Adds the sums of a group to one of a cube.
    pub fn pour(&self, group: usize, cube: &mut Cube, to: usize) {
        cube.grow(to + 1);
        if let Some(narrow) = self.narrow.get(group) {
            cube.add_narrow(to, narrow);
        }
        if let Some(wide) = self.wide.get(group) {
            cube.add_group(to, wide);
        }
    }
}
