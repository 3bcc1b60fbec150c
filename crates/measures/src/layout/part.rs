//! What one thread has counted of the figures file, until the threads' parts are put together.

use super::by::By;
use super::row::Household;
use crate::poverty::{Brief, Cube, FamilyPlan, LANES};

pub(super) struct Part {
    /// Communes are counted from this one on.
    pub(super) first: u32,
    pub(super) people: u64,
    communes: Cube,
    cubes: Vec<Cube>,
}

/// The whole and all units follow from the communes, which are fewer than the stretches of alike households.
fn follows_from_communes(by: &By<'_>) -> bool {
    matches!(by, By::Whole | By::Unit(_) | By::Commune)
}

impl Part {
    pub(super) fn new(plan: &FamilyPlan, by: &[By<'_>], first: u32, communes: usize) -> Self {
        let mut part =
            Self { first, people: 0, communes: Cube::new(plan, 0), cubes: vec![Cube::new(plan, 0); by.len()] };
        if by.iter().any(follows_from_communes) {
            part.communes.reserve(communes.saturating_sub(first as usize));
        }
        part
    }

    /// Adds the sums of households that are alike.
    pub(super) fn add(&mut self, by: &[By<'_>], alike: &Household, sums: &Brief) {
        self.people += sums.iter().map(|sums| u64::from(sums[LANES - 1])).sum::<u64>();
        if by.iter().any(follows_from_communes) {
            self.communes.add_narrow(alike.commune.saturating_sub(self.first) as usize, sums);
        }
        for (cube, by) in self.cubes.iter_mut().zip(by).filter(|(_, by)| !follows_from_communes(by)) {
            if let Some(group) = by.group(alike) {
                cube.add_narrow(group, sums);
            }
        }
    }

    /// Sums the communes up to what follows from them.
    pub(super) fn roll_up(&mut self, by: &[By<'_>]) {
        for place in 0..self.communes.groups() {
            let commune = self.first + u32::try_from(place).unwrap_or(u32::MAX);
            let alike = Household { commune, ..Household::default() };
            for (cube, by) in self.cubes.iter_mut().zip(by).filter(|(_, by)| matches!(by, By::Whole | By::Unit(_))) {
                if let Some(group) = by.group(&alike) {
                    cube.add_group(group, self.communes.group(place));
                }
            }
        }
    }

    /// Adds this part to the sum of those before it.
    pub(super) fn add_to(mut self, sum: &mut [Cube], by: &[By<'_>]) {
        let first = self.first as usize;
        let is_moved = first == 0 && by.iter().filter(|by| matches!(by, By::Commune)).count() == 1;
        for ((sum, cube), by) in sum.iter_mut().zip(&mut self.cubes).zip(by) {
            match by {
                By::Commune if is_moved && sum.groups() == 0 => std::mem::swap(sum, &mut self.communes),
                By::Commune => sum.add_from(first, &self.communes),
                _ if sum.groups() == 0 => std::mem::swap(sum, cube),
                _ => sum.add_from(0, cube),
            }
        }
    }
}
