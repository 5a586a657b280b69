//! The generator's own dice: keyed by what they decide, so that one more roll for names moves no sector.

use rand::{Rng, SeedableRng};
use rand_xoshiro::Xoshiro256PlusPlus;
use xxhash_rust::xxh3::xxh3_64_with_seed;

/// One stream of rolls.
pub(super) struct Dice(Xoshiro256PlusPlus);

impl Dice {
    /// The stream that decides this.
    pub(super) fn new(seed: u64, what: &str) -> Self {
        let mut state = [0_u8; 32];
        for (word, chunk) in (1_u64..).zip(state.chunks_exact_mut(8)) {
            let mixed = xxh3_64_with_seed(
                what.as_bytes(),
                seed ^ word.wrapping_mul(0x9E37_79B9_7F4A_7C15),
            );
            chunk.copy_from_slice(&mixed.to_le_bytes());
        }
        // xoshiro must not start from zero alone.
        state[0] |= 1;
        Self(Xoshiro256PlusPlus::from_seed(state))
    }

    /// One of `0..bound`, as evenly as a wide product can be; 0 if there is nothing to choose.
    pub(super) fn below(&mut self, bound: usize) -> usize {
        let bound = u128::try_from(bound).unwrap_or(0);
        let wide = u128::from(self.0.next_u64()) * bound;
        usize::try_from(wide >> 64).unwrap_or(0)
    }

    /// One of `low..=high`; `low` if the range is empty.
    pub(super) fn between(&mut self, low: i64, high: i64) -> i64 {
        let span = usize::try_from(high - low + 1).unwrap_or(0);
        low + i64::try_from(self.below(span)).unwrap_or(0)
    }

    /// One of these; none of nothing.
    pub(super) fn one<'a, T>(&mut self, of: &'a [T]) -> Option<&'a T> {
        of.get(self.below(of.len()))
    }

    /// True in `permille` of 1000 cases.
    pub(super) fn chance(&mut self, permille: usize) -> bool {
        self.below(1000) < permille
    }

    /// These in another order.
    pub(super) fn shuffle<T>(&mut self, list: &mut [T]) {
        for last in (1..list.len()).rev() {
            list.swap(last, self.below(last + 1));
        }
    }
}
