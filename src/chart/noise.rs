//! Grain without chance: the same place always has the same speck.

/// Mixes numbers into one that looks random (the finalizer of SplitMix64).
pub fn hash(parts: &[i64]) -> u64 {
    let mut state = 0x9e37_79b9_7f4a_7c15_u64;
    for part in parts {
        state = state
            .wrapping_add(part.cast_unsigned())
            .wrapping_add(0x9e37_79b9_7f4a_7c15);
        state = (state ^ (state >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        state = (state ^ (state >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        state ^= state >> 31;
    }
    state
}

/// A share from 0.0 up to 1.0.
pub fn unit(parts: &[i64]) -> f32 {
    (hash(parts) >> 40) as f32 / (1_u64 << 24) as f32
}

/// The number a name stands for.
pub fn name(text: &str) -> i64 {
    let bytes: Vec<i64> = text.bytes().map(i64::from).collect();
    hash(&bytes).cast_signed()
}
