//! What one thread has counted of the figures file, until the threads' parts are put together.

use super::by::By;
use super::row::Household;
use crate::poverty::{Brief, Cube};

/// What one thread has counted.
pub(super) struct Part {
    /// Communes are counted from this one on.
    pub(super) first: u32,
    pub(super) people: u64,
    pub(super) cubes: Vec<Cube>,
}

impl Part {
    pub(super) fn reserve(&mut self, by: &[By<'_>], communes: usize) {
        let by_commune = self.cubes.iter_mut().zip(by).filter(|(_, by)| matches!(by, By::Commune));
        by_commune.for_each(|(cube, _)| cube.reserve(communes.saturating_sub(self.first as usize)));
    }

    pub(super) fn add(&mut self, by: &[By<'_>], alike: &Household, sums: &Brief) {
        for (cube, by) in self.cubes.iter_mut().zip(by) {
            let group = match by {
                By::Commune => alike.commune.checked_sub(self.first).map(|place| place as usize),
                by => by.group(alike),
            };
            if let Some(group) = group {
                cube.add_narrow(group, sums);
            }
        }
    }

    pub(super) fn add_to(self, sum: &mut [Cube], by: &[By<'_>]) {
        for ((sum, cube), by) in sum.iter_mut().zip(self.cubes).zip(by) {
            let first = if matches!(by, By::Commune) { self.first as usize } else { 0 };
            if sum.groups() == 0 && first == 0 {
                *sum = cube;
                continue;
            }
            for group in 0..cube.groups() {
                sum.add_group(first + group, cube.group(group));
            }
        }
    }
}
