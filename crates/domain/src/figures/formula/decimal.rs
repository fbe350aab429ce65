//! The exact road of arithmetic: doubles as decimals.
//!
//! Between a millionth and 2^53, and to 16 digits, the way from a double to its shortest decimal form and back is integer
//! arithmetic; beyond, it goes by text.

/// Every whole number up to this is a double, and its own shortest decimal form.
pub(super) const WHOLE_MAX: u64 = 1 << 53;

/// Powers of ten that are doubles exactly.
pub(super) const POWERS: [f64; 23] = [
    1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20,
    1e21, 1e22,
];

/// The same powers as integers.
const INTEGER_POWERS: [u128; 23] = {
    let mut powers = [1; 23];
    let mut exponent = 1;
    while exponent < powers.len() {
        powers[exponent] = powers[exponent - 1] * 10;
        exponent += 1;
    }
    powers
};

/// The low 64 bits of the same powers.
pub(super) const WRAPPED_POWERS: [i64; 23] = {
    let mut powers = [1i64; 23];
    let mut exponent = 1;
    while exponent < powers.len() {
        powers[exponent] = powers[exponent - 1].wrapping_mul(10);
        exponent += 1;
    }
    powers
};

/// A finite number as `±digits × 10^exponent`.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Decimal {
    negative: bool,
    /// At most 17 digits.
    digits: u64,
    exponent: i32,
}

/// The shortest decimal form of a finite double, without zeros at its end.
pub(super) fn shortest(x: f64) -> Decimal {
    let (digits, exponent) = shortest_in_sixteen(x.abs()).unwrap_or_else(|| shortest_by_text(x.abs()));
    Decimal { negative: x.is_sign_negative(), digits, exponent }.stripped()
}

impl Decimal {
    fn stripped(mut self) -> Self {
        for (power, places) in [(100_000_000, 8), (10_000, 4), (100, 2), (10, 1)] {
            if self.digits.is_multiple_of(power) && self.digits != 0 {
                self.digits /= power;
                self.exponent += places;
            }
        }
        self
    }
}

/// The shortest form in figures: plain from a millionth to below 10^21, else with an exponent.
pub(super) fn to_text(x: f64) -> String {
    let Decimal { negative, digits, exponent } = shortest(x);
    let sign = if negative { "-" } else { "" };
    let figures = digits.to_string();
    let before_point = figures.len() as i32 + exponent;
    let places = exponent.unsigned_abs() as usize;
    match before_point {
        1..=21 if exponent >= 0 => format!("{sign}{figures}{}", "0".repeat(places)),
        1..=21 => {
            let (whole, fraction) = figures.split_at(figures.len() - places);
            format!("{sign}{whole}.{fraction}")
        }
        -5..=0 => format!("{sign}0.{figures:0>places$}"),
        _ => {
            let (first, rest) = figures.split_at(1);
            let point = if rest.is_empty() { "" } else { "." };
            format!("{sign}{first}{point}{rest}e{}", before_point - 1)
        }
    }
}

fn shortest_by_text(size: f64) -> (u64, i32) {
    let text = format!("{size:e}");
    let (mantissa, exponent) = text.split_once('e').unwrap_or((&text, "0"));
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    let digits = format!("{whole}{fraction}").parse().unwrap_or(0);
    let exponent = exponent.parse().unwrap_or(0) - i32::try_from(fraction.len()).unwrap_or(0);
    if digits % 2 == 1
        && lies_halfway(size, whole.len() + fraction.len())
        && by_text((digits - 1).into(), exponent) == size
    {
        return (digits - 1, exponent);
    }
    (digits, exponent)
}

/// Whether a double lies halfway between two decimals of so many digits. Of two such that are read back as the double, the
/// even one is its shortest form (everywhere but in the standard library, which takes the upper one).
fn lies_halfway(size: f64, digits: usize) -> bool {
    let exact = format!("{size:.40e}").replace('.', "");
    let rest = exact.split('e').next().and_then(|exact| exact.get(digits..)).unwrap_or_default();
    rest.strip_prefix('5').is_some_and(|rest| rest.bytes().all(|digit| digit == b'0'))
}

/// The shortest form where it has 16 digits at most and the number is of an ordinary size.
fn shortest_in_sixteen(size: f64) -> Option<(u64, i32)> {
    if size <= WHOLE_MAX as f64 && (size as u64) as f64 == size {
        return Some((size as u64, 0));
    }
    let (mantissa, shift) = parts(size)?;
    let mut places = places_for(size)?;
    if size * POWERS[places] >= 1e16 {
        places = places.checked_sub(1)?;
    }
    let power = INTEGER_POWERS[places];
    let product = u128::from(mantissa) * power;
    let half = 1 << (shift - 1);
    let rounded_up = ((product + half) >> shift) as u64;
    let is_tie = product & (2 * half - 1) == half;
    let digits = if is_tie { rounded_up & !1 } else { rounded_up };
    // A decimal nearer than half a unit in the last place of the double is read back as the double.
    let reads_back = |digits: u64| 2 * (u128::from(digits) << shift).abs_diff(product) < power;
    let shorter = (digits + 5) / 10 * 10;
    let chosen = if reads_back(shorter) { shorter } else { digits };
    reads_back(chosen).then_some((chosen, -(places as i32)))
}

/// `mantissa / 2^shift` of an ordinary double, not a power of two (whose neighbours are not equally far).
fn parts(size: f64) -> Option<(u64, u32)> {
    const HIDDEN_BIT: u64 = 1 << 52;
    let bits = size.to_bits();
    let mantissa = bits & (HIDDEN_BIT - 1);
    let shift = 1075u32.checked_sub(u32::try_from(bits >> 52).ok()?)?;
    ((1..=76).contains(&shift) && mantissa != 0).then_some((mantissa | HIDDEN_BIT, shift))
}

/// Decimal places that leave 16 or 17 digits before the point.
#[inline]
pub(super) fn places_for(size: f64) -> Option<usize> {
    let binary = (size.to_bits() >> 52) as i64 - 1023;
    // 1233 / 4096 is log10(2) closely enough for 53 bits either way.
    usize::try_from(15 - ((binary * 1233) >> 12)).ok().filter(|places| *places < POWERS.len())
}

/// The double nearest to `±digits × 10^exponent`.
pub(super) fn nearest(negative: bool, digits: u128, exponent: i32) -> f64 {
    let places = usize::try_from(-exponent).ok().filter(|places| *places < POWERS.len());
    let size = places.and_then(|places| nearest_ratio(digits, places)).unwrap_or_else(|| by_text(digits, exponent));
    if negative { -size } else { size }
}

fn by_text(digits: u128, exponent: i32) -> f64 {
    format!("{digits}e{exponent}").parse().unwrap_or(f64::NAN)
}

/// The double nearest to `digits / 10^places`, places at most 22, where both are of an ordinary size.
#[inline]
pub(super) fn nearest_ratio(digits: u128, places: usize) -> Option<f64> {
    // 64 bits convert much faster than 128.
    let rounded = u64::try_from(digits).map_or_else(|_| digits as f64, |digits| digits as f64);
    let candidate = rounded / POWERS[places];
    if digits <= WHOLE_MAX.into() {
        return Some(candidate);
    }
    // Rounded twice, the candidate may be one double off; the exact difference tells.
    let (mantissa, shift) = parts(candidate)?;
    let power = INTEGER_POWERS[places];
    let (exact, candidates) = (digits << shift, u128::from(mantissa) * power);
    let difference = exact.abs_diff(candidates);
    if 2 * difference < power {
        return Some(candidate);
    }
    if 2 * difference == power || 2 * difference >= 3 * power {
        return None;
    }
    Some(if exact > candidates { candidate.next_up() } else { candidate.next_down() })
}

/// `a + b` of finite numbers.
pub(super) fn add(a: f64, b: f64) -> f64 {
    /// So many more digits still fit 128 bits.
    const SHIFT_MAX: usize = 20;
    let (high, low) = match (shortest(a), shortest(b)) {
        (a, b) if a.exponent >= b.exponent => (a, b),
        (a, b) => (b, a),
    };
    if high.digits == 0 || low.digits == 0 {
        return a + b;
    }
    let shift = high.exponent.abs_diff(low.exponent) as usize;
    if shift > SHIFT_MAX {
        return add_far(high, low, shift);
    }
    let (scaled, rest) = (u128::from(high.digits) * INTEGER_POWERS[shift], u128::from(low.digits));
    if high.negative == low.negative {
        nearest(high.negative, scaled + rest, low.exponent)
    } else if scaled == rest {
        0.0
    } else {
        nearest(if scaled > rest { high.negative } else { low.negative }, scaled.abs_diff(rest), low.exponent)
    }
}

/// A sum of numbers so far apart that it is longer than 128 bits; `high` is the larger.
fn add_far(high: Decimal, low: Decimal, shift: usize) -> f64 {
    let mut digits: Vec<u8> = high.digits.to_string().bytes().map(|digit| digit - b'0').collect();
    digits.resize(digits.len() + shift, 0);
    let (mut rest, mut carry) = (low.digits, 0);
    for digit in digits.iter_mut().rev() {
        let other = (rest % 10) as i8;
        rest /= 10;
        let sum = *digit as i8 + carry + if high.negative == low.negative { other } else { -other };
        *digit = sum.rem_euclid(10) as u8;
        carry = sum.div_euclid(10);
    }
    let mut text: String = if carry > 0 { "1".to_owned() } else { String::new() };
    text.extend(digits.iter().map(|digit| char::from(b'0' + digit)));
    let size: f64 = format!("{text}e{}", low.exponent).parse().unwrap_or(f64::NAN);
    if high.negative { -size } else { size }
}

/// `a * b` of finite numbers.
pub(super) fn multiply(a: f64, b: f64) -> f64 {
    let (a, b) = (shortest(a), shortest(b));
    let digits = u128::from(a.digits) * u128::from(b.digits);
    nearest(a.negative != b.negative, digits, a.exponent + b.exponent)
}

/// `a / b` of finite numbers other than 0, to 16 significant digits, half to even.
pub(super) fn divide(a: f64, b: f64) -> f64 {
    const SIXTEEN_DIGITS: u128 = 10_000_000_000_000_000;
    let (a, b) = (shortest(a), shortest(b));
    // The dividend gets 38 digits, the most that fit, so that the quotient has 17 at least.
    let shift = 37 - a.digits.ilog10();
    let (dividend, divisor) = (u128::from(a.digits) * 10u128.pow(shift), u128::from(b.digits));
    let (long, rest) = (dividend / divisor, dividend % divisor);
    let dropped = (long / SIXTEEN_DIGITS).ilog10() + 1;
    let power = 10u128.pow(dropped);
    let (mut digits, tail) = (long / power, long % power);
    let half = power / 2;
    if tail > half || (tail == half && (rest != 0 || digits % 2 == 1)) {
        digits += 1;
    }
    nearest(a.negative != b.negative, digits, a.exponent - b.exponent - shift as i32 + dropped as i32)
}

/// `a % b` of finite numbers, `b` not 0, with the sign of `a`.
pub(super) fn remainder(a: f64, b: f64) -> f64 {
    /// A divisor scaled by more is larger than any dividend of 17 digits.
    const SHIFT_MAX: u32 = 20;
    let (negative, whole) = (a.is_sign_negative(), a);
    let (a, b) = (shortest(a), shortest(b));
    let shift = a.exponent.abs_diff(b.exponent);
    if a.exponent < b.exponent {
        if shift > SHIFT_MAX {
            return whole;
        }
        return nearest(negative, u128::from(a.digits) % (u128::from(b.digits) * 10u128.pow(shift)), a.exponent);
    }
    let divisor = u128::from(b.digits);
    let (mut power, mut base, mut left) = (1, 10 % divisor, shift);
    while left > 0 {
        if left % 2 == 1 {
            power = power * base % divisor;
        }
        base = base * base % divisor;
        left /= 2;
    }
    nearest(negative, u128::from(a.digits) % divisor * power % divisor, b.exponent)
}

/// `x`, finite, to so many decimals, half away from zero.
pub(super) fn round(x: f64, decimals: i32) -> f64 {
    let number = shortest(x);
    let dropped = -decimals - number.exponent;
    if dropped <= 0 {
        return x;
    }
    let power = 10u128.checked_pow(dropped.unsigned_abs()).unwrap_or(u128::MAX);
    let digits = u128::from(number.digits);
    let rounded = digits / power + u128::from(digits % power >= power.div_ceil(2));
    nearest(number.negative, rounded, -decimals)
}

#[cfg(test)]
pub(super) mod by_text {
    //! The same by text alone, to test the integer ways against.

    use super::Decimal;

    pub(in super::super) fn shortest(x: f64) -> Decimal {
        let (digits, exponent) = super::shortest_by_text(x.abs());
        Decimal { negative: x.is_sign_negative(), digits, exponent }.stripped()
    }

    pub(in super::super) fn nearest(digits: u128, exponent: i32) -> f64 {
        super::by_text(digits, exponent)
    }
}
