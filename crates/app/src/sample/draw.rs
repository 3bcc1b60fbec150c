//! A small generator of numbers that gives the same register every time. Not for secrets.

use super::data::Weights;

/// SplitMix64: one multiplication chain, no state but a counter.
#[derive(Debug, Clone)]
pub(super) struct Draw(u64);

impl Draw {
    pub fn new(seed: u64) -> Self {
        Self(seed)
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// From 0 up to and without `end`; 0 when there is nothing to choose from.
    pub fn below(&mut self, end: u32) -> u32 {
        let drawn = ((self.next() >> 32) * u64::from(end)) >> 32;
        u32::try_from(drawn).unwrap_or(0)
    }

    /// Both ends included.
    pub fn between(&mut self, low: i32, high: i32) -> i32 {
        let span = u32::try_from(high.saturating_sub(low)).map_or(1, |span| span.saturating_add(1));
        low.saturating_add(i32::try_from(self.below(span)).unwrap_or(0))
    }

    /// True so many times in a hundred.
    pub fn percent(&mut self, percent: u32) -> bool {
        self.below(100) < percent
    }

    pub fn one_of<'a, T>(&mut self, items: &'a [T]) -> Option<&'a T> {
        let end = u32::try_from(items.len()).unwrap_or(u32::MAX);
        items.get(usize::try_from(self.below(end)).unwrap_or(0))
    }

    /// One key, by weight.
    pub fn weighted<'a, K>(&mut self, weights: &'a Weights<K>) -> Option<&'a K> {
        let mut drawn = self.below(weights.values().sum());
        for (key, weight) in weights {
            if drawn < *weight {
                return Some(key);
            }
            drawn -= weight;
        }
        weights.keys().next_back()
    }

    pub fn shuffle<T>(&mut self, items: &mut [T]) {
        for end in (1..items.len()).rev() {
            let other = self.below(u32::try_from(end + 1).unwrap_or(u32::MAX));
            items.swap(end, usize::try_from(other).unwrap_or(end));
        }
    }
}

/// Divides a whole by weights so that the parts add up to it (largest remainders first, then the order given).
pub(super) fn divide(whole: u64, weights: &[u64]) -> Vec<u64> {
    let total: u128 = weights.iter().map(|weight| u128::from(*weight)).sum();
    if total == 0 {
        return vec![0; weights.len()];
    }
    let exact = |weight: &u64| u128::from(whole) * u128::from(*weight);
    let part = |weight: &u64| u64::try_from(exact(weight) / total).unwrap_or(0);
    let mut parts: Vec<u64> = weights.iter().map(part).collect();
    let mut order: Vec<usize> = (0..weights.len()).collect();
    order.sort_by_key(|at| std::cmp::Reverse(weights.get(*at).map_or(0, |weight| exact(weight) % total)));
    let mut left = whole - parts.iter().sum::<u64>();
    for at in order {
        if left == 0 {
            break;
        }
        if let Some(part) = parts.get_mut(at) {
            *part += 1;
            left -= 1;
        }
    }
    parts
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_parts_of_a_whole_add_up_to_it() {
        let table: [(u64, &[u64], &[u64]); 4] =
            [(10, &[1, 1, 1], &[4, 3, 3]), (7, &[0, 5, 5], &[0, 4, 3]), (0, &[2, 3], &[0, 0]), (3, &[0, 0], &[0, 0])];
        for (whole, weights, parts) in table {
            assert_eq!(divide(whole, weights), parts, "{whole} by {weights:?}");
        }
    }

    #[test]
    fn the_same_seed_draws_the_same_and_every_value_can_come() {
        let (mut one, mut other) = (Draw::new(1), Draw::new(1));
        let mut seen = [false; 6];
        for _ in 0..200 {
            let drawn = one.below(6);
            assert_eq!(drawn, other.below(6));
            seen[drawn as usize] = true;
        }
        assert!(seen.iter().all(|seen| *seen));
        assert_eq!(Draw::new(5).between(3, 3), 3);
    }
}
