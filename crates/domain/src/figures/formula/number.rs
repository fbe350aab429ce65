//! Arithmetic as people do it on paper: every operand in its shortest decimal form, the result to the nearest double
//! (formula.md, section 4).
//!
//! Whole numbers up to 2^53 and numbers of a few decimals take roads that need no text; [`super::decimal`] is the exact
//! road for everything else, and what the fast roads are tested against.

use super::decimal;

/// Every whole number up to this is a double, and its own shortest decimal form.
const WHOLE_MAX: u64 = 1 << 53;

/// Powers of ten that are doubles exactly.
const POWERS: [f64; 23] = [
    1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20,
    1e21, 1e22,
];

/// `a + b`.
pub(super) fn add(a: f64, b: f64) -> f64 {
    let sum = a + b;
    if (is_whole(a) && is_whole(b)) || !(a.is_finite() && b.is_finite()) {
        return sum;
    }
    scaled_sum(a, b).unwrap_or_else(|| decimal::add(a, b))
}

/// `a - b`.
pub(super) fn subtract(a: f64, b: f64) -> f64 {
    add(a, -b)
}

/// `a * b`.
pub(super) fn multiply(a: f64, b: f64) -> f64 {
    if (is_whole(a) && is_whole(b)) || !(a.is_finite() && b.is_finite()) {
        return a * b;
    }
    scaled_product(a, b).unwrap_or_else(|| decimal::multiply(a, b))
}

/// `a / b` to 16 significant digits, half to even.
pub(super) fn divide(a: f64, b: f64) -> f64 {
    if a == 0.0 || b == 0.0 || !(a.is_finite() && b.is_finite()) {
        return a / b;
    }
    scaled_quotient(a, b).unwrap_or_else(|| decimal::divide(a, b))
}

/// `a % b`, with the sign of `a`.
pub(super) fn remainder(a: f64, b: f64) -> f64 {
    if a == 0.0 || b == 0.0 || (is_whole(a) && is_whole(b)) || !(a.is_finite() && b.is_finite()) {
        return a % b;
    }
    decimal::remainder(a, b)
}

/// `x` to so many decimals (−10 to 10), half away from zero on the shortest decimal form.
pub(super) fn round(x: f64, decimals: i32) -> f64 {
    const SAFE_MAX: f64 = 1e12;
    const TOO_NEAR_HALF: f64 = 1e-3;
    if !x.is_finite() || (decimals >= 0 && is_whole(x)) {
        return x;
    }
    if let Some(power) = usize::try_from(decimals).ok().and_then(|decimals| POWERS.get(decimals)) {
        let scaled = x.abs() * power;
        if scaled < SAFE_MAX {
            let below = (scaled as u64) as f64;
            let past_half = scaled - below - 0.5;
            // Near a half the double and its shortest decimal form may lie on different sides.
            if past_half.abs() > TOO_NEAR_HALF {
                let rounded = if past_half > 0.0 { below + 1.0 } else { below };
                return (rounded / power).copysign(x);
            }
        }
    }
    decimal::round(x, decimals)
}

/// `100 * a / b`; none if `b` is 0.
pub(super) fn percentage(a: f64, b: f64) -> Option<f64> {
    (b != 0.0).then(|| divide(multiply(100.0, a), b))
}

/// The shortest decimal form, without `.0`; very large and very small numbers with an exponent.
pub(super) fn to_text(x: f64) -> String {
    let size = x.abs();
    if x == 0.0 {
        "0".to_owned()
    } else if x.is_nan() {
        "NaN".to_owned()
    } else if x.is_infinite() {
        if x > 0.0 { "Infinity".to_owned() } else { "-Infinity".to_owned() }
    } else if (1e-6..1e21).contains(&size) {
        format!("{x}")
    } else {
        format!("{x:e}")
    }
}

/// How many characters at the start are a number of the language (section 1); 0 where none is.
pub(super) fn literal_length(characters: &[char]) -> usize {
    let whole = match characters.first() {
        Some('0') => 1,
        _ => digits(characters, 0),
    };
    with_fraction_and_exponent(characters, whole)
}

/// The number that a text wholly is: blanks at the ends, one sign and leading zeros allowed.
pub(super) fn from_text(text: &str) -> Option<f64> {
    let trimmed = text.trim_matches([' ', '\t', '\r', '\n']);
    let unsigned: Vec<char> = trimmed.strip_prefix(['+', '-']).unwrap_or(trimmed).chars().collect();
    let length = with_fraction_and_exponent(&unsigned, digits(&unsigned, 0));
    if length == 0 || length != unsigned.len() { None } else { trimmed.parse().ok() }
}

fn digits(characters: &[char], from: usize) -> usize {
    characters[from..].iter().take_while(|c| c.is_ascii_digit()).count()
}

fn with_fraction_and_exponent(characters: &[char], whole: usize) -> usize {
    let mut length = whole;
    if characters.get(length) == Some(&'.') {
        let fraction = digits(characters, length + 1);
        if whole + fraction == 0 {
            return 0;
        }
        length += 1 + fraction;
    }
    if length > 0 && matches!(characters.get(length), Some('e' | 'E')) {
        let sign = usize::from(matches!(characters.get(length + 1), Some('+' | '-')));
        let exponent = characters.get(length + 1 + sign).map_or(0, |_| digits(characters, length + 1 + sign));
        if exponent > 0 {
            length += 1 + sign + exponent;
        }
    }
    length
}

/// Whether this is a whole number whose shortest decimal form is itself.
#[inline]
pub(super) fn is_whole(x: f64) -> bool {
    let whole = x as i64;
    whole as f64 == x && whole.unsigned_abs() <= WHOLE_MAX
}

/// `digits / 10^places` where that is exactly the shortest decimal form, at most 4 places and 14 digits.
fn scaled(x: f64) -> Option<(i64, usize)> {
    const DIGITS_MAX: u64 = 100_000_000_000_000;
    (0..=4).find_map(|places| {
        let nearest = (x * POWERS[places] + 0.5f64.copysign(x)) as i64;
        (nearest.unsigned_abs() < DIGITS_MAX && nearest as f64 / POWERS[places] == x).then_some((nearest, places))
    })
}

const INTEGERS: [i64; 5] = [1, 10, 100, 1_000, 10_000];

fn scaled_sum(a: f64, b: f64) -> Option<f64> {
    let ((a, a_places), (b, b_places)) = (scaled(a)?, scaled(b)?);
    let places = a_places.max(b_places);
    unscaled(a * INTEGERS[places - a_places] + b * INTEGERS[places - b_places], places)
}

fn scaled_product(a: f64, b: f64) -> Option<f64> {
    let sign = a * b;
    let ((a, a_places), (b, b_places)) = (scaled(a)?, scaled(b)?);
    unscaled(a.checked_mul(b)?, a_places + b_places).map(|product| product.copysign(sign))
}

fn unscaled(digits: i64, places: usize) -> Option<f64> {
    (digits.unsigned_abs() <= WHOLE_MAX).then(|| digits as f64 / POWERS[places])
}

fn scaled_quotient(a: f64, b: f64) -> Option<f64> {
    let whole = if is_whole(a) && is_whole(b) {
        quotient(a.abs() as u64, b.abs() as u64)?
    } else {
        let ((a, a_places), (b, b_places)) = (scaled(a)?, scaled(b)?);
        let places = a_places.max(b_places);
        let a = a.unsigned_abs() * INTEGERS[places - a_places].unsigned_abs();
        let b = b.unsigned_abs() * INTEGERS[places - b_places].unsigned_abs();
        if a.max(b) > WHOLE_MAX {
            return None;
        }
        quotient(a, b)?
    };
    Some(if (a < 0.0) == (b < 0.0) { whole } else { -whole })
}

/// `a / b` of whole numbers from 1 to 2^53: an estimate in doubles, mended by the exact remainder. The products wrap, but
/// the remainder itself is small, so that its low 64 bits are the whole of it.
fn quotient(a: u64, b: u64) -> Option<f64> {
    const SIXTEEN_DIGITS: std::ops::Range<u64> = 1_000_000_000_000_000..10_000_000_000_000_000;
    let estimate = a as f64 / b as f64;
    let mut places = places_for(estimate)?;
    if estimate * POWERS[places] >= 1e16 {
        places = places.checked_sub(1)?;
    }
    let power = POWERS[places];
    let mut digits = (estimate * power) as u64;
    let ten_power = 10u64.wrapping_pow(u32::try_from(places).ok()?);
    let mut rest = a.wrapping_mul(ten_power).wrapping_sub(digits.wrapping_mul(b)) as i64;
    let divisor = i64::try_from(b).ok()?;
    while rest < 0 {
        digits -= 1;
        rest += divisor;
    }
    while rest >= divisor {
        digits += 1;
        rest -= divisor;
    }
    if !SIXTEEN_DIGITS.contains(&digits) {
        return None;
    }
    let twice = 2 * rest;
    digits += u64::from(twice > divisor || (twice == divisor && digits % 2 == 1));
    Some(nearest(digits, places))
}

/// Decimal places that give the estimate 16 or 17 digits before the point.
fn places_for(estimate: f64) -> Option<usize> {
    const BIAS: i64 = 1023;
    let binary = i64::try_from(estimate.to_bits() >> 52).ok()? - BIAS;
    // 1233 / 4096 is log10(2) closely enough for 53 bits either way.
    usize::try_from(15 - ((binary * 1233) >> 12)).ok().filter(|places| *places < POWERS.len())
}

/// The double nearest to `digits / 10^places`, for 16 digits at most.
fn nearest(digits: u64, places: usize) -> f64 {
    if digits <= WHOLE_MAX {
        return digits as f64 / POWERS[places];
    }
    // 54 bits round twice; the exact difference tells which neighbour is right.
    let candidate = digits as f64 / POWERS[places];
    let bits = candidate.to_bits();
    let shift = 1075 - (bits >> 52) as i64;
    let (mantissa, Some(power)) = (bits & (WHOLE_MAX / 2 - 1) | (WHOLE_MAX / 2), 10i128.checked_pow(places as u32))
    else {
        return candidate;
    };
    // Below a power of two the neighbours are nearer; that and the far ends are left to the exact road.
    if !(0..=70).contains(&shift) || mantissa == WHOLE_MAX / 2 {
        return decimal::nearest(false, u128::from(digits), -(places as i32));
    }
    let difference = (i128::from(digits) << shift) - i128::from(mantissa) * power;
    let half = power / 2;
    match difference.abs().cmp(&half) {
        std::cmp::Ordering::Less => candidate,
        std::cmp::Ordering::Equal if mantissa % 2 == 0 => candidate,
        _ => f64::from_bits(if difference > 0 { bits + 1 } else { bits - 1 }),
    }
}
