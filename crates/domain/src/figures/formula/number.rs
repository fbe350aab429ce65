//! Arithmetic as people do it on paper: every operand in its shortest decimal form, the result to the nearest double
//! (formula.md, section 4).
//!
//! Whole numbers up to 2^53, which is nearly all that schools report, take short roads; [`super::decimal`] is the road for
//! everything else, and what the short ones are tested against.

use super::decimal::{self, POWERS, WHOLE_MAX};

/// `a + b`.
#[inline]
pub(super) fn add(a: f64, b: f64) -> f64 {
    if small_whole(a).is_some() && small_whole(b).is_some() { a + b } else { add_any(a, b) }
}

#[cold]
fn add_any(a: f64, b: f64) -> f64 {
    if (is_whole(a) && is_whole(b)) || !(a.is_finite() && b.is_finite()) {
        return a + b;
    }
    decimal::add(a, b)
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
    decimal::multiply(a, b)
}

/// `a / b` to 16 significant digits, half to even.
#[inline]
pub(super) fn divide(a: f64, b: f64) -> f64 {
    if let (Some(whole_a), Some(whole_b)) = (small_whole(a), small_whole(b))
        && let Some(quotient) = signed_quotient(whole_a, whole_b)
    {
        return quotient;
    }
    divide_any(a, b)
}

#[cold]
fn divide_any(a: f64, b: f64) -> f64 {
    if a == 0.0 || b == 0.0 || !(a.is_finite() && b.is_finite()) { a / b } else { decimal::divide(a, b) }
}

/// `a % b`, with the sign of `a`.
pub(super) fn remainder(a: f64, b: f64) -> f64 {
    if a == 0.0 || b == 0.0 || (is_whole(a) && is_whole(b)) || !(a.is_finite() && b.is_finite()) {
        return a % b;
    }
    decimal::remainder(a, b)
}

/// `x` to so many decimals (−10 to 10), half away from zero on the shortest decimal form.
pub fn round(x: f64, decimals: i32) -> f64 {
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
#[inline]
pub(super) fn percentage(a: f64, b: f64) -> Option<f64> {
    if let (Some(whole_a), Some(whole_b)) = (small_whole(a), small_whole(b))
        && whole_a.abs() <= SMALL_WHOLE_MAX / 100
        && let Some(quotient) = signed_quotient(100 * whole_a, whole_b)
    {
        return Some(quotient);
    }
    (b != 0.0).then(|| divide_any(multiply(100.0, a), b))
}

/// The shortest decimal form, without `.0`; very large and very small numbers with an exponent.
pub(super) fn to_text(x: f64) -> String {
    if x == 0.0 {
        "0".to_owned()
    } else if x.is_finite() {
        decimal::to_text(x)
    } else if x.is_nan() {
        "NaN".to_owned()
    } else if x > 0.0 {
        "Infinity".to_owned()
    } else {
        "-Infinity".to_owned()
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

/// Whole numbers up to this are told by a sum and a difference, without a conversion that has to look at every case.
const SMALL_WHOLE_MAX: i64 = 1 << 51;

/// A whole number of the size of most figures.
#[inline]
fn small_whole(x: f64) -> Option<i64> {
    /// Doubles of this size have no fraction: a smaller number added to it is rounded to a whole one, which then stands in
    /// the low bits.
    const GAUGE: f64 = 6_755_399_441_055_744.0;
    let gauged = x + GAUGE;
    (gauged - GAUGE == x && x.abs() <= SMALL_WHOLE_MAX as f64)
        .then(|| gauged.to_bits().wrapping_sub(GAUGE.to_bits()).cast_signed())
}

/// `a / b` of whole numbers to 16 significant digits; none where a longer road is needed, as with 0.
#[inline]
fn signed_quotient(a: i64, b: i64) -> Option<f64> {
    let size = quotient(a.abs(), b.abs())?;
    Some(if (a ^ b) < 0 { -size } else { size })
}

/// `a / b` of whole numbers up to [`SMALL_WHOLE_MAX`]: an estimate in doubles, mended by the exact remainder. The products
/// wrap, but the remainder itself is small, so that its low 64 bits are the whole of it.
#[inline]
fn quotient(a: i64, b: i64) -> Option<f64> {
    let estimate = a as f64 / b as f64;
    let roomy = decimal::places_for(estimate)?;
    let places = roomy.saturating_sub(usize::from(estimate * POWERS[roomy] >= 1e16));
    let mut digits = (estimate * POWERS[places]) as i64;
    let mut rest = a.wrapping_mul(decimal::WRAPPED_POWERS[places]).wrapping_sub(digits.wrapping_mul(b));
    // Nearly always one step either way is enough, and which one no processor can guess: no branch.
    let below = rest >> 63;
    digits += below;
    rest += b & below;
    let above = i64::from(rest >= b);
    digits += above;
    rest -= b * above;
    while rest < 0 {
        digits -= 1;
        rest += b;
    }
    while rest >= b {
        digits += 1;
        rest -= b;
    }
    if !(1_000_000_000_000_000..10_000_000_000_000_000).contains(&digits) {
        return None;
    }
    let twice = 2 * rest;
    digits += i64::from((twice > b) | ((twice == b) & (digits % 2 == 1)));
    // Even ones of the last tenth are doubles too.
    if (digits <= WHOLE_MAX as i64) | (digits % 2 == 0) {
        return Some(digits as f64 / POWERS[places]);
    }
    decimal::nearest_ratio(digits.unsigned_abs().into(), places)
}
