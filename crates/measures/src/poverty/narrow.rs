//! Sums of many groups while rows stream by; poured into a [`Cube`] at the end.

use super::{Cells, Cube, Tally};

/// Sums of many groups on one thread.
#[derive(Debug, Default)]
pub struct Groups {
    cells: Vec<Cells>,
    /// No sum is above this.
    pub people: u64,
}

impl Groups {
    /// The number of a new group.
    pub fn start(&mut self, tally: &Tally) -> usize {
        self.cells.push(tally.cells());
        self.cells.len() - 1
    }

    /// Adds sets to a group.
    pub fn add(&mut self, tally: &Tally, group: usize, masks: &[u16], weights: &[u16]) {
        self.people += weights.iter().map(|weight| u64::from(*weight)).sum::<u64>();
        if let Some(cells) = self.cells.get_mut(group) {
            tally.add(cells, masks, weights);
        }
    }

    /// Adds the sums of a group to one of a cube.
    pub fn pour(&self, group: usize, cube: &mut Cube, to: usize) {
        if let Some(cells) = self.cells.get(group) {
            cube.add_narrow(to, cells);
        }
    }
}
