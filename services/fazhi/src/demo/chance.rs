//! Chance from a fixed seed: the same on every machine, for every matter its own stream.

use rand::{RngExt as _, SeedableRng as _, rngs::ChaCha8Rng};

/// A source of chance for one matter of the plan.
pub(super) struct Chance(ChaCha8Rng);

impl Chance {
    /// The stream of matter `number` under `seed`.
    pub(super) fn new(seed: u64, number: u64) -> Self {
        let mut key = [0; 32];
        key[..8].copy_from_slice(&seed.to_le_bytes());
        key[8..16].copy_from_slice(&number.to_le_bytes());
        Self(ChaCha8Rng::from_seed(key))
    }

    /// A whole number, both ends included.
    pub(super) fn between(&mut self, low: i64, high: i64) -> i64 {
        self.0.random_range(low..=high.max(low))
    }

    /// True in `percent` of a hundred cases.
    pub(super) fn percent(&mut self, percent: u32) -> bool {
        self.0.random_range(0..100) < percent
    }

    /// True in `permille` of a thousand cases.
    pub(super) fn permille(&mut self, permille: u32) -> bool {
        self.0.random_range(0..1000) < permille
    }

    /// One of them; `None` of none.
    pub(super) fn pick<'a, T>(&mut self, of: &'a [T]) -> Option<&'a T> {
        if of.is_empty() { None } else { of.get(self.0.random_range(0..of.len())) }
    }

    /// One of at least one.
    pub(super) fn one<T: Copy, const N: usize>(&mut self, of: [T; N]) -> T {
        const { assert!(N > 0) };
        of[self.0.random_range(0..N)]
    }

    /// One of them, each as often as its weight says; `None` when all weights are 0.
    pub(super) fn weighted<'a, T>(&mut self, of: &'a [T], weight: impl Fn(&T) -> u64) -> Option<&'a T> {
        let total: u64 = of.iter().map(&weight).sum();
        if total == 0 {
            return None;
        }
        let mut left = self.0.random_range(0..total);
        of.iter().find(|t| {
            let w = weight(t);
            if left < w {
                return true;
            }
            left -= w;
            false
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_seed_gives_the_same_numbers_for_ever() {
        let mut chance = Chance::new(2025, 7);
        let numbers: Vec<i64> = (0..6).map(|_| chance.between(0, 999)).collect();
        let mut again = Chance::new(2025, 7);
        assert_eq!(numbers, (0..6).map(|_| again.between(0, 999)).collect::<Vec<_>>());
        let mut other = Chance::new(2025, 8);
        assert_ne!(numbers, (0..6).map(|_| other.between(0, 999)).collect::<Vec<_>>());
    }

    #[test]
    fn weights_of_nothing_pick_nothing() {
        let mut chance = Chance::new(1, 1);
        assert_eq!(chance.weighted(&[1, 2], |_| 0), None);
        assert_eq!(chance.weighted(&[1, 2], |n| u64::from(*n == 2)), Some(&2));
        assert_eq!(chance.pick::<u8>(&[]), None);
    }
}
