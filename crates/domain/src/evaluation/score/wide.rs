//! Loops over columns in the widest registers that the processor has, found out when the program runs. Every version does
//! the same arithmetic, number by number, so results are equal to the last bit.

use fearless_simd::{Level, dispatch};

/// Does a loop for several units at once. What it calls has to be inlined: write the closure as `#[inline(always)] || …`.
#[inline(always)]
pub(super) fn wide<R>(work: impl FnOnce() -> R) -> R {
    dispatch!(Level::new(), _ => work())
}

/// Whether it is so of every number.
#[inline(always)]
pub(super) fn all(values: &[f64], is_so: impl Fn(f64) -> bool) -> bool {
    // No early end: the loop has no branch.
    wide(
        #[inline(always)]
        || values.iter().fold(true, |all, value| all & is_so(*value)),
    )
}
