//! The one loop that all households of a country pass through: adds sets of deprivations with their weights, sixteen sums at once.
//! Start with [`Tally::add`].

use fearless_simd::prelude::*;
use fearless_simd::{Level, dispatch, u16x16, u32x16};

use super::{ALL, Cube, FamilyPlan, LANES, Sums};

/// Sums of one group by bucket, narrow so that a cell is one line of the nearest cache.
pub type Cells = Vec<[u32; LANES]>;

/// The same, half as wide: for stretches with few persons.
pub type Brief = Vec<[u16; LANES]>;

/// What a plan makes of each set of deprivations.
#[derive(Debug)]
pub struct Tally {
    /// The bucket of every set of fifteen bits.
    buckets: Vec<u8>,
    count: usize,
}

impl Tally {
    pub fn new(plan: &FamilyPlan) -> Self {
        let mut buckets = plan.buckets();
        buckets.resize(1 << 15, 0);
        Self { buckets, count: plan.cutoffs.len() + 1 }
    }

    /// The bucket of one set.
    #[inline]
    pub fn bucket(&self, mask: u16) -> u8 {
        self.buckets.get(usize::from(mask & !ALL)).copied().unwrap_or(0)
    }

    /// Sums of nobody.
    pub fn cells(&self) -> Cells {
        vec![[0; LANES]; self.count]
    }

    /// Adds sets with their weights. The caller keeps the sums below 2³².
    pub fn add(&self, cells: &mut Cells, masks: &[u16], weights: &[u16]) {
        dispatch!(Level::new(), simd => self.add_wider(simd, cells, masks, weights));
    }

    #[inline(always)]
    #[expect(clippy::inline_always, reason = "only what is inlined is compiled for the wider registers")]
    fn add_wider<S: Simd>(&self, simd: S, cells: &mut Cells, masks: &[u16], weights: &[u16]) {
        let (bits, nobody) = (u32x16::simd_from(simd, BITS), u32x16::splat(simd, 0));
        for (mask, weight) in masks.iter().zip(weights) {
            if let Some(cell) = cells.get_mut(usize::from(self.bucket(*mask))) {
                let deprived = (u32x16::splat(simd, u32::from(*mask | ALL)) & bits).simd_eq(bits);
                let weight = u32x16::splat(simd, u32::from(*weight));
                *cell = (u32x16::simd_from(simd, *cell) + deprived.select(weight, nobody)).into();
            }
        }
    }

    /// Sums of nobody, half as wide.
    pub fn brief(&self) -> Brief {
        vec![[0; LANES]; self.count]
    }

    /// Adds sets with their weights, little-endian as they stand in a file, while their sum stays below 2¹⁶. Says how many
    /// that were; at least one.
    pub fn add_brief(&self, cells: &mut Brief, masks: &[[u8; 2]], weights: &[[u8; 2]]) -> usize {
        let rows = up_to_full(weights);
        let weights = weights.get(..rows).unwrap_or_default();
        dispatch!(Level::new(), simd => self.add_brief_wider(simd, cells, masks, weights));
        rows
    }

    #[inline(always)]
    #[expect(clippy::inline_always, reason = "only what is inlined is compiled for the wider registers")]
    fn add_brief_wider<S: Simd>(&self, simd: S, cells: &mut Brief, masks: &[[u8; 2]], weights: &[[u8; 2]]) {
        let (bits, nobody) = (u16x16::simd_from(simd, BRIEF_BITS), u16x16::splat(simd, 0));
        for (mask, weight) in masks.iter().zip(weights) {
            let (mask, weight) = (u16::from_le_bytes(*mask) | ALL, u16::from_le_bytes(*weight));
            if let Some(cell) = cells.get_mut(usize::from(self.bucket(mask))) {
                let deprived = (u16x16::splat(simd, mask) & bits).simd_eq(bits);
                let sums = u16x16::simd_from(simd, *cell) + deprived.select(u16x16::splat(simd, weight), nobody);
                *cell = sums.into();
            }
        }
    }
}

/// So many of the weights stay below 2¹⁶ together.
fn up_to_full(weights: &[[u8; 2]]) -> usize {
    let sum = |weights: &[[u8; 2]]| weights.iter().map(|w| u64::from(u16::from_le_bytes(*w))).sum::<u64>();
    let mut rows = weights.len();
    while rows > 1 && sum(weights.get(..rows).unwrap_or_default()) > u64::from(u16::MAX) {
        rows /= 2;
    }
    rows
}

const BRIEF_BITS: [u16; LANES] = [
    1,
    1 << 1,
    1 << 2,
    1 << 3,
    1 << 4,
    1 << 5,
    1 << 6,
    1 << 7,
    1 << 8,
    1 << 9,
    1 << 10,
    1 << 11,
    1 << 12,
    1 << 13,
    1 << 14,
    1 << 15,
];

const BITS: [u32; LANES] = [
    1,
    1 << 1,
    1 << 2,
    1 << 3,
    1 << 4,
    1 << 5,
    1 << 6,
    1 << 7,
    1 << 8,
    1 << 9,
    1 << 10,
    1 << 11,
    1 << 12,
    1 << 13,
    1 << 14,
    1 << 15,
];

impl Cube {
    /// Adds the sums of several groups, from one on.
    pub(super) fn add_narrow_from(&mut self, group: usize, cells: &[Sums]) {
        dispatch!(Level::new(), _ => add_cells(self.cells_from(group), cells));
    }

    /// Adds narrow sums to one group.
    pub fn add_narrow<N: Copy + Into<u32>>(&mut self, group: usize, cells: &[[N; LANES]]) {
        self.grow(group + 1);
        dispatch!(Level::new(), _ => add_cells(self.group_mut(group), cells));
    }
}

/// By value: only then does the compiler see that nothing overlaps, and adds all lanes at once.
#[inline(always)]
#[expect(clippy::inline_always, reason = "only what is inlined is compiled for the wider registers")]
fn sum_of(mut sums: Sums, more: Sums) -> Sums {
    sums.iter_mut().zip(more).for_each(|(sum, more)| *sum += more);
    sums
}

#[inline(always)]
#[expect(clippy::inline_always, reason = "only what is inlined is compiled for the wider registers")]
fn add_cells<N: Copy + Into<u32>>(to: &mut [Sums], from: &[[N; LANES]]) {
    for (to, from) in to.iter_mut().zip(from) {
        // The last lane counts everybody: where it is 0, so are all.
        if from.last().is_some_and(|all| (*all).into() > 0) {
            *to = sum_of(*to, from.map(Into::into));
        }
    }
}
