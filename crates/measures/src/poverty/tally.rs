//! The one loop that all households of a country pass through: adds sets of deprivations with their weights, sixteen sums at once.
//! Start with [`Tally::add`].

use super::{ALL, Cube, FamilyPlan, LANES};

/// Sums of one group by bucket, narrow so that a cell is one line of the nearest cache.
pub type Cells = Vec<[u32; LANES]>;

/// What a plan makes of each set of deprivations.
#[derive(Debug)]
pub struct Tally {
    /// The bucket of every set of fifteen bits.
    buckets: Vec<u8>,
    count: usize,
}

/// Weights stay below 2¹⁶, so this many of them stay below 2³².
pub const AT_ONCE: usize = 1 << 16;

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

    /// Adds sets with their weights. The caller keeps the sums below 2³², see [`AT_ONCE`].
    #[inline]
    pub fn add(&self, cells: &mut Cells, sets: impl Iterator<Item = (u16, u16)>) {
        for (mask, weight) in sets {
            let bucket = self.bucket(mask);
            if let Some(sums) = cells.get_mut(usize::from(bucket)) {
                let (mask, weight) = (u32::from(mask | ALL), u32::from(weight));
                for (sum, bit) in sums.iter_mut().zip(BITS) {
                    *sum = sum.wrapping_add(if mask & bit == 0 { 0 } else { weight });
                }
            }
        }
    }
}

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
    /// Adds narrow sums to one group.
    pub fn add_narrow(&mut self, group: usize, cells: &Cells) {
        self.grow(group + 1);
        for (to, from) in self.group_mut(group).iter_mut().zip(cells) {
            to.iter_mut().zip(from).for_each(|(to, from)| *to += u64::from(*from));
        }
    }
}
