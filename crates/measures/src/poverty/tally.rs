//! The one loop that all households of a country pass through: adds sets of deprivations with their weights, sixteen sums at once.
//! Start with [`Tally::add`].

use super::{ALL, Cube, FamilyPlan, LANES};

/// What a plan makes of each set of deprivations.
#[derive(Debug)]
pub struct Tally {
    /// The bucket of every set; sixteen bits of them, so that no set is beyond the end.
    buckets: Vec<u8>,
    cells: usize,
}

/// Sums of one group before they go into a cube: narrow, so that a whole cell is one step.
#[derive(Debug, Clone)]
pub struct Local {
    cells: Vec<[u32; LANES]>,
    /// Sets added since the last [`Local::clear`] that can still come before a sum could overflow.
    room: usize,
    spilt: Option<Box<Cube>>,
    buckets: usize,
}

/// Weights stay below 2¹⁶, so this many of them stay below 2³².
const ROOM: usize = 1 << 16;

impl Tally {
    pub fn new(plan: &FamilyPlan) -> Self {
        let mut buckets = plan.buckets();
        buckets.resize(1 << 15, 0);
        Self { buckets, cells: plan.cutoffs.len() + 1 }
    }

    /// The bucket of one set.
    pub fn bucket(&self, mask: u16) -> u8 {
        self.buckets.get(usize::from(mask & !ALL)).copied().unwrap_or(0)
    }

    pub fn empty(&self) -> Local {
        Local { cells: vec![[0; LANES]; self.cells], room: ROOM, spilt: None, buckets: self.cells }
    }

    /// Adds sets with their weights, both as little-endian pairs of bytes.
    pub fn add(&self, local: &mut Local, masks: &[[u8; 2]], weights: &[[u8; 2]]) {
        for (masks, weights) in masks.chunks(ROOM / 2).zip(weights.chunks(ROOM / 2)) {
            local.make_room(masks.len());
            for (mask, weight) in masks.iter().zip(weights) {
                self.add_one(local, u16::from_le_bytes(*mask), u32::from(u16::from_le_bytes(*weight)));
            }
        }
    }

    /// Adds one set; the caller has made room.
    #[inline]
    fn add_one(&self, local: &mut Local, mask: u16, weight: u32) {
        let bucket = self.bucket(mask);
        if let Some(sums) = local.cells.get_mut(usize::from(bucket)) {
            let mask = u32::from(mask | ALL);
            for (sum, bit) in sums.iter_mut().zip(BITS) {
                *sum += if mask & bit == 0 { 0 } else { weight };
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

impl Local {
    fn make_room(&mut self, sets: usize) {
        if self.room < sets {
            let mut spilt = self.spilt.take().unwrap_or_else(|| Box::new(Cube::with_buckets(self.buckets, 1)));
            self.pour(&mut spilt, 0);
            self.cells.iter_mut().for_each(|sums| *sums = [0; LANES]);
            self.spilt = Some(spilt);
            self.room = ROOM;
        }
        self.room -= sets;
    }

    fn pour(&self, cube: &mut Cube, group: usize) {
        cube.grow(group + 1);
        for (to, from) in cube.group_mut(group).iter_mut().zip(&self.cells) {
            to.iter_mut().zip(from).for_each(|(to, from)| *to += u64::from(*from));
        }
    }

    /// Adds these sums to one group of a cube.
    pub fn add_to(&self, cube: &mut Cube, group: usize) {
        self.pour(cube, group);
        if let Some(spilt) = &self.spilt {
            cube.add_group(group, spilt.group(0));
        }
    }

    /// Starts anew.
    pub fn clear(&mut self) {
        self.cells.iter_mut().for_each(|sums| *sums = [0; LANES]);
        self.spilt = None;
        self.room = ROOM;
    }
}
