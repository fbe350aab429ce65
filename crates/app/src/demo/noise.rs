//! Repeatable noise: the same school, item and year always give the same number, on every machine.

/// A number that looks random, from any number of keys.
pub(super) fn mix(keys: &[u64]) -> u64 {
    let mut state = 0x9e37_79b9_7f4a_7c15_u64;
    for key in keys {
        state = (state ^ key).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        state = (state ^ (state >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        state ^= state >> 31;
    }
    state
}

/// A fraction in [0, 1).
pub(super) fn unit(keys: &[u64]) -> f64 {
    (mix(keys) >> 11) as f64 / (1_u64 << 53) as f64
}

/// A deviation in [-1, 1), small ones more often than large ones.
pub(super) fn deviation(keys: &[u64]) -> f64 {
    let state = mix(keys);
    unit(&[state, 1]) + unit(&[state, 2]) - 1.0
}

/// The key of a text.
pub(super) fn key(text: &str) -> u64 {
    let bytes: Vec<u64> = text.bytes().map(u64::from).collect();
    mix(&bytes)
}
