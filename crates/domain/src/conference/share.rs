//! A share of those present, as it is printed: the one place where it is rounded.

use std::fmt;

use crate::vietnamese::format_number;

/// So many of so many.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Share {
    /// So many.
    pub count: u32,
    /// Of so many.
    pub of: u32,
}

impl Share {
    /// In tenths of a percent, rounded half up. What is not all never becomes 100 %, and what is not half never 50 %.
    pub fn tenths(self) -> u32 {
        let (count, of) = (u64::from(self.count), u64::from(self.of.max(1)));
        let rounded = (count * 2_000 + of) / (of * 2);
        let bounded = match (count < of, count * 2 < of) {
            (_, true) => rounded.min(499),
            (true, false) => rounded.min(999),
            (false, false) => rounded,
        };
        u32::try_from(bounded).unwrap_or(u32::MAX)
    }

    /// Whether it is at least so many percent, before any rounding.
    pub fn reaches(self, percent: u8) -> bool {
        u64::from(self.count) * 100 >= u64::from(percent) * u64::from(self.of)
    }

    /// Whether it is more than half, before any rounding.
    pub fn is_majority(self) -> bool {
        u64::from(self.count) * 2 > u64::from(self.of)
    }
}

/// `92,9 %`, `100 %`.
impl fmt::Display for Share {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let tenths = self.tenths();
        let decimals = if tenths.is_multiple_of(10) { 0 } else { 1 };
        write!(f, "{} %", format_number(f64::from(tenths) / 10.0, decimals))
    }
}
