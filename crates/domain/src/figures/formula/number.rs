//! Arithmetic as people do it on paper: every operand in its shortest decimal form, the result to the nearest double
//! (formula.md, section 4).
//!
//! Whole numbers up to 2^53, which is nearly all that schools report, take short roads; [`super::decimal`] is the road for
//! everything else, and what the short ones are tested against.

use super::decimal::{self, POWERS, WHOLE_MAX};

/// `a + b`.
pub(super) fn add(a: f64, b: f64) -> f64 {
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
pub(super) fn divide(a: f64, b: f64) -> f64 {
    if a == 0.0 || b == 0.0 || !(a.is_finite() && b.is_finite()) {
        return a / b;
    }
    let whole = (is_whole(a) && is_whole(b)).then(|| quotient(a.abs() as u64, b.abs() as u64)).flatten();
    match whole {
        Some(quotient) if (a < 0.0) == (b < 0.0) => quotient,
        Some(quotient) => -quotient,
        None => decimal::divide(a, b),
    }
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
pub(super) fn percentage(a: f64, b: f64) -> Option<f64> {
    (b != 0.0).then(|| divide(multiply(100.0, a), b))
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

/// `a / b` of whole numbers from 1 to 2^53: an estimate in doubles, mended by the exact remainder. The products wrap, but
/// the remainder itself is small, so that its low 64 bits are the whole of it.
fn quotient(a: u64, b: u64) -> Option<f64> {
    let estimate = a as f64 / b as f64;
    let mut places = decimal::places_for(estimate)?;
    if estimate * POWERS[places] >= 1e16 {
        places = places.checked_sub(1)?;
    }
    let mut digits = (estimate * POWERS[places]) as i64;
    let divisor = b as i64;
    let product = (a as i64).wrapping_mul(decimal::WRAPPED_POWERS[places]);
    let mut rest = product.wrapping_sub(digits.wrapping_mul(divisor));
    while rest < 0 {
        digits -= 1;
        rest += divisor;
    }
    while rest >= divisor {
        digits += 1;
        rest -= divisor;
    }
    if !(1_000_000_000_000_000..10_000_000_000_000_000).contains(&digits) {
        return None;
    }
    let twice = 2 * rest;
    digits += i64::from(twice > divisor || (twice == divisor && digits % 2 == 1));
    if digits <= WHOLE_MAX as i64 {
        return Some(digits as f64 / POWERS[places]);
    }
    decimal::nearest_ratio(digits.unsigned_abs().into(), places)
}
