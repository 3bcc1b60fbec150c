//! Ids that are the same in every run, and in the order in which they were drawn.

use std::sync::atomic::{AtomicU64, Ordering};

use kernel::Ids;
use uuid::Uuid;

/// Counts; two worlds with different seeds never draw the same id.
#[derive(Debug)]
pub struct SeededIds {
    seed: u64,
    next: AtomicU64,
}

impl SeededIds {
    pub fn new(seed: u32) -> Self {
        Self { seed: u64::from(seed), next: AtomicU64::new(1) }
    }
}

impl Ids for SeededIds {
    fn next(&self) -> Uuid {
        let drawn = self.next.fetch_add(1, Ordering::Relaxed);
        // Shaped like UUIDv7: version and variant bits in place, the counter where the milliseconds stand.
        let high = ((drawn & 0xffff_ffff_ffff) << 16) | 0x7000;
        let low = 0x8000_0000_0000_0000 | self.seed;
        Uuid::from_u64_pair(high, low)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_grow_and_repeat_in_every_run() {
        let (one, other) = (SeededIds::new(7), SeededIds::new(7));
        let drawn: Vec<Uuid> = (0..3).map(|_| one.next()).collect();
        assert!(drawn.is_sorted());
        assert_eq!(drawn, (0..3).map(|_| other.next()).collect::<Vec<_>>());
        assert_eq!(drawn[0].get_version_num(), 7);
    }
}
