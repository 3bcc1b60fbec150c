//! Counts from which every figure of a family follows: for each group and bucket, the weight of the households and of those
//! deprived in each indicator. Whole numbers, so sums come out the same in any order and on any number of threads.

use super::FamilyPlan;

/// Sums of one group and bucket: deprived in indicator 0, 1, … 14, and last all households. Spare ones stay 0.
pub const LANES: usize = 16;

/// One cell of sums, in persons or in households, as the plan says. People of a country are fewer than 2³²; whoever fills a
/// cube sees to that, see [`crate::Fault::TooManyPeople`].
pub type Sums = [u32; LANES];

/// The bit that every household has, beside those of its deprivations.
pub const ALL: u16 = 1 << 15;

/// The counts of several groups.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cube {
    buckets: usize,
    /// `groups × buckets` cells.
    cells: Vec<Sums>,
}

impl Cube {
    /// An empty cube for so many groups.
    pub fn new(plan: &FamilyPlan, groups: usize) -> Self {
        Self::with_buckets(plan.cutoffs.len() + 1, groups)
    }

    pub(super) fn with_buckets(buckets: usize, groups: usize) -> Self {
        Self { buckets, cells: vec![[0; LANES]; buckets * groups] }
    }

    pub fn groups(&self) -> usize {
        self.cells.len() / self.buckets
    }

    pub fn buckets(&self) -> usize {
        self.buckets
    }

    /// Takes the memory for so many groups at once, so that growing to them does not move what is there.
    pub fn reserve(&mut self, groups: usize) {
        self.cells.reserve((groups * self.buckets).saturating_sub(self.cells.len()));
    }

    /// Makes room for at least so many groups.
    pub fn grow(&mut self, groups: usize) {
        if groups > self.groups() {
            self.cells.resize(groups * self.buckets, [0; LANES]);
        }
    }

    /// The cells of one group by bucket; empty when there is no such group.
    pub fn group(&self, group: usize) -> &[Sums] {
        self.cells.get(group * self.buckets..(group + 1) * self.buckets).unwrap_or(&[])
    }

    /// The cells of one group by bucket, to be added to.
    pub fn group_mut(&mut self, group: usize) -> &mut [Sums] {
        self.cells.get_mut(group * self.buckets..(group + 1) * self.buckets).unwrap_or_default()
    }

    pub(super) fn cells_from(&mut self, group: usize) -> &mut [Sums] {
        self.cells.get_mut(group * self.buckets..).unwrap_or_default()
    }

    /// Adds the cells of a group of another cube to one of this, which grows where it must.
    pub fn add_group(&mut self, group: usize, other: &[Sums]) {
        self.add_narrow(group, other);
    }

    /// Adds a cube of the same groups.
    pub fn add(&mut self, other: &Self) {
        self.add_from(0, other);
    }

    /// Adds a cube whose first group is that of a later place here.
    pub fn add_from(&mut self, first: usize, other: &Self) {
        self.grow(first + other.groups());
        self.add_narrow_from(first, &other.cells);
    }

    /// The cube of coarser groups: `to` names the new group of each old one; `None` leaves it out.
    #[must_use]
    pub fn rolled_up(&self, groups: usize, to: impl Fn(usize) -> Option<usize>) -> Self {
        let mut coarse = Self::with_buckets(self.buckets, groups);
        for group in 0..self.groups() {
            if let Some(target) = to(group) {
                coarse.add_group(target, self.group(group));
            }
        }
        coarse
    }

    /// The same groups with each bucket holding what is in it and in all above: the poor of each cut-off at once.
    #[must_use]
    pub fn from_bucket_up(&self) -> Self {
        let mut summed = self.clone();
        for cells in summed.cells.chunks_exact_mut(self.buckets) {
            let mut above = [0; LANES];
            for cell in cells.iter_mut().rev() {
                cell.iter_mut().zip(&above).for_each(|(sum, above)| *sum += above);
                above = *cell;
            }
        }
        summed
    }

    /// Counts households with one set of deprivations, with their weight: their persons, or their number. `false`, and nothing
    /// changes, when the group would have 2³² people.
    pub fn count(&mut self, group: usize, bucket: u8, mask: u16, weight: u32) -> bool {
        self.grow(group + 1);
        let Some(sums) = self.group_mut(group).get_mut(usize::from(bucket)) else { return false };
        // The last sum is the largest.
        if all_of(sums) + u64::from(weight) > u64::from(u32::MAX) {
            return false;
        }
        for (lane, sum) in sums.iter_mut().enumerate() {
            *sum += weight * u32::from((mask | ALL) >> lane & 1);
        }
        true
    }

    /// Takes back what [`Cube::count`] counted; `false`, and nothing changes, when it cannot have been counted.
    pub fn uncount(&mut self, group: usize, bucket: u8, mask: u16, weight: u32) -> bool {
        let Some(sums) = self.group_mut(group).get_mut(usize::from(bucket)) else { return false };
        let taken = |lane: usize| weight * u32::from((mask | ALL) >> lane & 1);
        if sums.iter().enumerate().any(|(lane, sum)| *sum < taken(lane)) {
            return false;
        }
        sums.iter_mut().enumerate().for_each(|(lane, sum)| *sum -= taken(lane));
        true
    }
}

/// The weight of all households of a cell.
pub fn all_of(sums: &Sums) -> u64 {
    u64::from(sums[LANES - 1])
}

/// The weight of those deprived in one indicator.
pub fn deprived_of(sums: &Sums, indicator: usize) -> u64 {
    sums.get(indicator).copied().map_or(0, u64::from)
}
