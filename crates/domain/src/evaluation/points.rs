//! Points of a score, to the hundredth: two decimals inside, one in print.

use std::iter::Sum;
use std::ops::{Add, AddAssign, Sub};

use rust_decimal::{Decimal, RoundingStrategy, prelude::ToPrimitive};
use serde::{Serialize, Serializer};

use crate::vietnamese::format_number;

/// A number of points, kept as whole hundredths so that sums are exact.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Points(i32);

/// What a double that stands for a decimal with a final 5 may lack.
const SHORTFALL: f64 = 1e-7;

/// Added to a number this leaves a whole one: doubles of this size have no fraction (3 × 2⁵¹), and their last bits are the
/// number's. Unlike a call of `round`, or a cast that looks for numbers too large, it is done for several numbers at once.
pub(super) const WHOLE: f64 = 6_755_399_441_055_744.0;

impl Points {
    /// No points.
    pub const ZERO: Self = Self(0);

    /// So many hundredths.
    pub const fn of_hundredths(hundredths: i32) -> Self {
        Self(hundredths)
    }

    /// So many whole points.
    pub const fn whole(points: i32) -> Self {
        Self(points * 100)
    }

    /// The hundredths.
    pub const fn hundredths(self) -> i32 {
        self.0
    }

    /// Points from a number, rounded half away from zero to two decimals; a number too large to be a score is cut.
    #[inline(always)]
    pub fn rounded(points: f64) -> Self {
        let most = f64::from(i32::MAX);
        let hundredths = (points * 100.0 + SHORTFALL.copysign(points)).clamp(-most, most);
        Self((hundredths + WHOLE).to_bits() as i32)
    }

    /// Points that a sheet declares: none where the number has more than two decimals or is below zero.
    pub fn declared(points: f64) -> Option<Self> {
        let read = Self::rounded(points);
        let is_exact = (read.number() - points).abs() < 1e-9 && (0.0..=1e6).contains(&points);
        is_exact.then_some(read)
    }

    /// The points times a weight, rounded half away from zero.
    #[must_use]
    pub fn times(self, weight: Decimal) -> Self {
        if weight == Decimal::ONE {
            return self;
        }
        let exact = (Decimal::from(self.0) * weight).round_dp_with_strategy(0, RoundingStrategy::MidpointAwayFromZero);
        Self(exact.to_i32().unwrap_or(i32::MAX))
    }

    /// The points as a number.
    #[inline(always)]
    pub fn number(self) -> f64 {
        f64::from(self.0) / 100.0
    }

    /// The points as a decimal.
    pub fn decimal(self) -> Decimal {
        Decimal::new(i64::from(self.0), 2).normalize()
    }

    /// The per cent of a maximum, unrounded; none where nothing counts.
    pub fn percent_of(self, max: Self) -> Option<Decimal> {
        (max.0 > 0).then(|| Decimal::from(i64::from(self.0) * 100) / Decimal::from(max.0))
    }

    /// Whether the points are at least so many per cent of a maximum, exactly.
    pub fn is_share_of(self, max: Self, percent: Self) -> bool {
        i64::from(self.0) * 10_000 >= i64::from(percent.0) * i64::from(max.0)
    }

    /// With one decimal, as lists print it: `92,5`.
    pub fn printed(self) -> String {
        format_number(self.number(), 1)
    }
}

/// With as many decimals as there are: `8`, `8,5`, `8,25`.
impl std::fmt::Display for Points {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let decimals = if self.0 % 100 == 0 { 0 } else { 2 - u8::from(self.0 % 10 == 0) };
        f.write_str(&format_number(self.number(), decimals))
    }
}

impl Add for Points {
    type Output = Self;
    fn add(self, other: Self) -> Self {
        Self(self.0.saturating_add(other.0))
    }
}

impl AddAssign for Points {
    fn add_assign(&mut self, other: Self) {
        *self = *self + other;
    }
}

impl Sub for Points {
    type Output = Self;
    fn sub(self, other: Self) -> Self {
        Self(self.0.saturating_sub(other.0))
    }
}

impl Sum for Points {
    fn sum<I: Iterator<Item = Self>>(points: I) -> Self {
        points.fold(Self::ZERO, Add::add)
    }
}

impl Serialize for Points {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_f64(self.number())
    }
}
