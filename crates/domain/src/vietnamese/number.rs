//! Numbers as offices print and type them: decimal comma, points between thousands.

/// Why a text is not a number.
#[derive(Clone, Copy, Debug, PartialEq, thiserror::Error)]
pub enum NumberFault {
    /// Nothing but blanks. Empty is not zero.
    #[error("ô để trống; nếu không có thì nhập 0")]
    Blank,
    /// A dash or a word for "none": it may mean zero or "no data", and the writer must say which.
    #[error(
        "chưa rõ là bằng 0 hay không có số liệu; nếu bằng 0 thì nhập 0; ô không bắt buộc mà chưa có số liệu thì xóa chữ trong ô"
    )]
    NilMark,
    /// Not a number at all.
    #[error("không phải là số; chỉ nhập chữ số, dấu phẩy cho phần thập phân (ví dụ 12,5)")]
    NotANumber,
    /// `1,234`: one and a bit with the Vietnamese comma, over a thousand with the English one.
    #[error("không rõ là {} hay {}; viết lại không có dấu ngăn cách hàng nghìn", format_shortest(*.decimal), format_shortest(*.grouped))]
    Ambiguous {
        /// Read with the decimal comma.
        decimal: f64,
        /// Read with commas between thousands.
        grouped: f64,
    },
}

/// Longer texts are not numbers that an office typed.
const LENGTH_MAX: usize = 40;

/// Reads a number as people type it.
///
/// `1.234` is 1234 (the Vietnamese thousands point wins over a decimal point), `1.234,5` is 1234.5, `12,5` and `12.5`
/// are 12.5, `1 234` is 1234, `98 %` is 98. A point is a decimal mark only where it cannot part thousands. Hard blanks,
/// full-width digits and the typographic minus are accepted.
///
/// # Errors
/// The fault, with a Vietnamese message that says how to mend it; `1,234` is [`NumberFault::Ambiguous`].
pub fn parse_number(text: &str) -> Result<f64, NumberFault> {
    let plain = plain(text);
    let plain = plain.trim();
    if plain.is_empty() {
        return Err(NumberFault::Blank);
    }
    if is_nil_mark(plain) {
        return Err(NumberFault::NilMark);
    }
    if plain.len() > LENGTH_MAX {
        return Err(NumberFault::NotANumber);
    }
    let body = plain.strip_suffix('%').unwrap_or(plain).trim_end();
    let (sign, body) = match body.strip_prefix('-') {
        Some(rest) => (-1.0, rest.trim_start()),
        None => (1.0, body.strip_prefix('+').unwrap_or(body).trim_start()),
    };
    match unsigned(body) {
        Ok(value) => Ok(if value == 0.0 { 0.0 } else { sign * value }),
        Err(NumberFault::Ambiguous { decimal, grouped }) => {
            Err(NumberFault::Ambiguous { decimal: sign * decimal, grouped: sign * grouped })
        }
        Err(fault) => Err(fault),
    }
}

/// Full-width characters narrowed, every blank a space, every dash a minus, invisible characters gone.
fn plain(text: &str) -> String {
    text.chars()
        .filter(|c| !matches!(c, '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}'))
        .map(|c| match c {
            '\u{ff01}'..='\u{ff5e}' => char::from_u32(u32::from(c) - 0xfee0).unwrap_or(c),
            '\u{2010}'..='\u{2015}' | '\u{2212}' => '-',
            c if c.is_whitespace() => ' ',
            c => c,
        })
        .collect()
}

fn is_nil_mark(text: &str) -> bool {
    text.chars().all(|c| matches!(c, '-' | '.' | '…' | '/'))
        || matches!(super::fold(text).as_str(), "khong" | "khong co" | "ko" | "k" | "x" | "n/a")
}

fn unsigned(body: &str) -> Result<f64, NumberFault> {
    let shaped = body.starts_with(|c: char| c.is_ascii_digit())
        && body.ends_with(|c: char| c.is_ascii_digit())
        && body.chars().all(|c| c.is_ascii_digit() || matches!(c, '.' | ',' | ' '));
    if !shaped {
        return Err(NumberFault::NotANumber);
    }
    match (body.contains('.'), body.contains(','), body.contains(' ')) {
        (false, false, false) => read(body),
        (true, true, false) => two_marks(body),
        (points, commas, true) if !(points && commas) => spaced(body),
        (true, false, false) => pointed(body),
        (false, true, false) => commaed(body),
        _ => Err(NumberFault::NotANumber),
    }
}

/// `1.234,5` or `1,234.5`: the mark that comes last, and once, is the decimal one.
fn two_marks(body: &str) -> Result<f64, NumberFault> {
    let (decimal, thousands) = if body.rfind(',') > body.rfind('.') { (',', '.') } else { ('.', ',') };
    let (whole, fraction) = body.split_once(decimal).ok_or(NumberFault::NotANumber)?;
    let digits = ungrouped(whole, thousands).ok_or(NumberFault::NotANumber)?;
    read(&format!("{digits}.{fraction}"))
}

/// `1 234`, `1 234,5`.
fn spaced(body: &str) -> Result<f64, NumberFault> {
    let (whole, fraction) = body.split_once([',', '.']).unwrap_or((body, "0"));
    let digits = ungrouped(whole, ' ').ok_or(NumberFault::NotANumber)?;
    read(&format!("{digits}.{fraction}"))
}

/// `1.234` is grouped; `12.5` is not.
fn pointed(body: &str) -> Result<f64, NumberFault> {
    match ungrouped(body, '.') {
        Some(digits) => read(&digits),
        None => read(body),
    }
}

/// `12,5` is a decimal, `1,234,567` is English, `1,234` could be both.
fn commaed(body: &str) -> Result<f64, NumberFault> {
    let decimal = read(&body.replacen(',', ".", 1));
    match (ungrouped(body, ','), decimal) {
        (Some(digits), Ok(decimal)) => Err(NumberFault::Ambiguous { decimal, grouped: read(&digits)? }),
        (Some(digits), Err(_)) => read(&digits),
        (None, decimal) => decimal,
    }
}

/// The digits of a number in groups of three after a first group of one to three that does not begin with 0.
fn ungrouped(text: &str, mark: char) -> Option<String> {
    let mut groups = text.split(mark);
    let first = groups.next()?;
    let rest: Vec<&str> = groups.collect();
    let digits_only = |group: &str| group.bytes().all(|byte| byte.is_ascii_digit());
    let grouped = (1..=3).contains(&first.len())
        && !first.starts_with('0')
        && digits_only(first)
        && !rest.is_empty()
        && rest.iter().all(|group| group.len() == 3 && digits_only(group));
    grouped.then(|| text.replace(mark, ""))
}

fn read(digits: &str) -> Result<f64, NumberFault> {
    let well_formed = digits.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.') && !digits.ends_with('.');
    if !well_formed {
        return Err(NumberFault::NotANumber);
    }
    digits.parse().map_err(|_| NumberFault::NotANumber)
}

/// Writes a number with the decimal comma, points between thousands and exactly so many decimals: `1.234,5`.
///
/// Rounds half away from zero on the shortest decimal form of the value, so 0.125 with two decimals is `0,13`.
/// A value that is not finite is written as `–`, the mark for no data.
pub fn format_number(value: f64, decimals: u8) -> String {
    if !value.is_finite() {
        return "–".to_owned();
    }
    let shortest = value.abs().to_string();
    let (whole, fraction) = shortest.split_once('.').unwrap_or((&shortest, ""));
    let (whole, fraction) = rounded(whole, fraction, usize::from(decimals));
    let is_zero = whole.bytes().chain(fraction.bytes()).all(|byte| byte == b'0');
    let sign = if value < 0.0 && !is_zero { "-" } else { "" };
    let comma = if fraction.is_empty() { "" } else { "," };
    format!("{sign}{}{comma}{fraction}", grouped(&whole))
}

fn format_shortest(value: f64) -> String {
    let shortest = value.to_string();
    let decimals = shortest.split_once('.').map_or(0, |(_, fraction)| fraction.len());
    format_number(value, u8::try_from(decimals).unwrap_or(u8::MAX)).replace('.', "")
}

/// Digits rounded to so many decimals, half away from zero.
fn rounded(whole: &str, fraction: &str, decimals: usize) -> (String, String) {
    let mut digits: Vec<u8> =
        whole.bytes().chain(fraction.bytes().chain(std::iter::repeat(b'0')).take(decimals)).collect();
    if fraction.as_bytes().get(decimals).is_some_and(|&digit| digit >= b'5') {
        let carried = digits.iter_mut().rev().find_map(|digit| {
            let is_nine = *digit == b'9';
            *digit = if is_nine { b'0' } else { *digit + 1 };
            (!is_nine).then_some(())
        });
        if carried.is_none() {
            digits.insert(0, b'1');
        }
    }
    let split = digits.len() - decimals;
    let text = |bytes: &[u8]| bytes.iter().map(|&byte| char::from(byte)).collect::<String>();
    (text(&digits[..split]), text(&digits[split..]))
}

fn grouped(whole: &str) -> String {
    let mut result = String::with_capacity(whole.len() * 4 / 3);
    for (place, digit) in whole.chars().enumerate() {
        if place > 0 && (whole.len() - place).is_multiple_of(3) {
            result.push('.');
        }
        result.push(digit);
    }
    result
}

/// Roman numerals for headings (`I`, `II`, `XXII`); outside 1 to 3999 the Arabic digits.
pub fn roman(number: u32) -> String {
    const STEPS: [(u32, &str); 13] = [
        (1000, "M"),
        (900, "CM"),
        (500, "D"),
        (400, "CD"),
        (100, "C"),
        (90, "XC"),
        (50, "L"),
        (40, "XL"),
        (10, "X"),
        (9, "IX"),
        (5, "V"),
        (4, "IV"),
        (1, "I"),
    ];
    if !(1..=3999).contains(&number) {
        return number.to_string();
    }
    let mut rest = number;
    let mut numeral = String::new();
    for (value, letters) in STEPS {
        while rest >= value {
            numeral.push_str(letters);
            rest -= value;
        }
    }
    numeral
}
