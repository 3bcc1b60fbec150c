//! The one loop that all households of a country pass through: adds sets of deprivations with their weights, sixteen sums at once.
//! Start with [`Tally::add`].

use fearless_simd::{Level, dispatch};

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
        dispatch!(Level::new(), _ => self.add_wider(cells, masks, weights));
    }

    #[inline(always)]
    #[expect(clippy::inline_always, reason = "only what is inlined is compiled for the wider registers")]
    fn add_wider(&self, cells: &mut Cells, masks: &[u16], weights: &[u16]) {
        for (mask, weight) in masks.iter().zip(weights) {
            if let Some(sums) = cells.get_mut(usize::from(self.bucket(*mask))) {
                let (mask, weight) = (u32::from(*mask | ALL), u32::from(*weight));
                for (sum, bit) in sums.iter_mut().zip(BITS) {
                    *sum = sum.wrapping_add(if mask & bit == 0 { 0 } else { weight });
                }
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
        dispatch!(Level::new(), _ => self.add_brief_wider(cells, masks, weights.get(..rows).unwrap_or_default()));
        rows
    }

    #[inline(always)]
    #[expect(clippy::inline_always, reason = "only what is inlined is compiled for the wider registers")]
    fn add_brief_wider(&self, cells: &mut Brief, masks: &[[u8; 2]], weights: &[[u8; 2]]) {
        for (mask, weight) in masks.iter().zip(weights) {
            let (mask, weight) = (u16::from_le_bytes(*mask) | ALL, u16::from_le_bytes(*weight));
            if let Some(sums) = cells.get_mut(usize::from(self.bucket(mask))) {
                for (sum, bit) in sums.iter_mut().zip(BRIEF_BITS) {
                    *sum = sum.wrapping_add(if mask & bit == 0 { 0 } else { weight });
                }
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

#[inline(always)]
#[expect(clippy::inline_always, reason = "only what is inlined is compiled for the wider registers")]
fn add_cells<N: Copy + Into<u32>>(to: &mut [Sums], from: &[[N; LANES]]) {
    for (to, from) in to.iter_mut().zip(from) {
        // The last lane counts everybody: where it is 0, so are all.
        if from.last().is_some_and(|all| (*all).into() > 0) {
            to.iter_mut().zip(from).for_each(|(to, from)| *to += (*from).into());
        }
    }
}
