//! The exact road of arithmetic: doubles as decimals, by text.

/// A finite number as `±digits × 10^exponent`.
struct Decimal {
    negative: bool,
    /// At most 17 digits.
    digits: u64,
    exponent: i32,
}

/// The shortest decimal form of a finite double.
fn shortest(x: f64) -> Decimal {
    let text = format!("{:e}", x.abs());
    let (mantissa, exponent) = text.split_once('e').unwrap_or((&text, "0"));
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    let digits = format!("{whole}{fraction}").parse().unwrap_or(0);
    let exponent = exponent.parse().unwrap_or(0) - i32::try_from(fraction.len()).unwrap_or(0);
    Decimal { negative: x.is_sign_negative(), digits, exponent }
}

/// The double nearest to `±digits × 10^exponent`.
pub(super) fn nearest(negative: bool, digits: u128, exponent: i32) -> f64 {
    let size: f64 = format!("{digits}e{exponent}").parse().unwrap_or(f64::NAN);
    if negative { -size } else { size }
}

/// `a + b` of finite numbers.
pub(super) fn add(a: f64, b: f64) -> f64 {
    /// So many more digits still fit 128 bits.
    const SHIFT_MAX: u32 = 20;
    let (high, low) = match (shortest(a), shortest(b)) {
        (a, b) if a.exponent >= b.exponent => (a, b),
        (a, b) => (b, a),
    };
    let shift = high.exponent.abs_diff(low.exponent);
    if high.digits == 0 || low.digits == 0 {
        return a + b;
    }
    if shift > SHIFT_MAX {
        return add_far(&high, &low, shift as usize);
    }
    let signed =
        |number: &Decimal, power: i128| i128::from(number.digits) * if number.negative { -power } else { power };
    let sum = signed(&high, 10i128.pow(shift)) + signed(&low, 1);
    nearest(sum < 0, sum.unsigned_abs(), low.exponent)
}

/// A sum of numbers so far apart that it is longer than 128 bits; `high` is the larger.
fn add_far(high: &Decimal, low: &Decimal, shift: usize) -> f64 {
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
    let (mut digits, rest) = (dividend / divisor, dividend % divisor);
    let mut exponent = a.exponent - b.exponent - shift as i32;
    let mut exact = rest == 0;
    let mut last = 0;
    while digits >= SIXTEEN_DIGITS {
        exact &= last == 0;
        last = digits % 10;
        digits /= 10;
        exponent += 1;
    }
    if last > 5 || (last == 5 && (!exact || digits % 2 == 1)) {
        digits += 1;
    }
    nearest(a.negative != b.negative, digits, exponent)
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
