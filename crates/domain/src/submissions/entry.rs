//! What a person types into a cell, read by the element's kind of value; the same rules as in a workbook.

use super::Value;
use crate::figures::catalogue::ValueKind;
use crate::figures::formula::round;
use crate::vietnamese::{NumberFault, fold, format_number, normalise, parse_number};

/// Why a typed text is no value of the element. Codes are those of workbook problems.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EntryFault {
    /// The stable word.
    pub code: &'static str,
    /// What is wrong and how to mend it.
    pub message: String,
}

impl EntryFault {
    fn new(code: &'static str, message: impl Into<String>) -> Self {
        Self { code, message: message.into() }
    }
}

/// Reads a typed text; blank is no value.
///
/// # Errors
/// The fault, with a Vietnamese message that says how to mend it.
pub fn read_entry(kind: &ValueKind, text: &str) -> Result<Option<Value>, EntryFault> {
    if text.trim().is_empty() {
        return Ok(None);
    }
    match kind {
        ValueKind::Count { .. } | ValueKind::Decimal { .. } => {
            number(text).and_then(|number| read_number(kind, number)).map(Some)
        }
        ValueKind::YesNo => yes_no(text).map(|value| Some(Value::Boolean(value))),
        ValueKind::Choice { choices } => choice(text, choices),
        ValueKind::Text { length_max } => free_text(text, *length_max),
    }
}

/// Holds a number, typed or from a spreadsheet's cell, to the element's kind: a count is whole and not below 0; a decimal
/// is first rounded to the element's decimals, half away from zero, and then held to its limits. An element that is not
/// a number reads it as typed text.
///
/// # Errors
/// As [`read_entry`].
pub fn read_number(kind: &ValueKind, number: f64) -> Result<Value, EntryFault> {
    let blank = || EntryFault::new("not_a_number", "Ô không có số. Nhập lại số liệu.");
    if !number.is_finite() {
        return Err(blank());
    }
    match kind {
        ValueKind::Count { .. } if number.fract() != 0.0 => {
            Err(EntryFault::new("not_whole", format!("Phải là số nguyên, đang là {}.", printed_number(number))))
        }
        ValueKind::Count { max } => within(number, Some(0.0), *max),
        ValueKind::Decimal { min, max, decimals } => within(round(number, i32::from(*decimals).min(10)), *min, *max),
        _ => read_entry(kind, &printed_number(number))?.ok_or_else(blank),
    }
}

/// A value as it is printed into a field: the same text reads back to the same value.
pub fn printed(value: &Value) -> String {
    match value {
        Value::Number(number) => printed_number(*number),
        Value::Text(text) => text.clone(),
        Value::Boolean(true) => "Có".to_owned(),
        Value::Boolean(false) => "Không".to_owned(),
    }
}

fn printed_number(value: f64) -> String {
    let shortest = value.to_string();
    let decimals = shortest.split_once('.').map_or(0, |(_, fraction)| fraction.len());
    // «1,001» may be meant as a thousand and one: with a further nought it is read back as what it is.
    let is_doubtful = decimals == 3 && (1.0..1000.0).contains(&value.abs());
    format_number(value, u8::try_from(decimals + usize::from(is_doubtful)).unwrap_or(u8::MAX))
}

fn number(text: &str) -> Result<f64, EntryFault> {
    parse_number(text).map_err(|fault| match fault {
        NumberFault::Ambiguous { .. } => EntryFault::new("ambiguous_number", format!("«{}»: {fault}.", text.trim())),
        _ => EntryFault::new("not_a_number", format!("«{}»: {fault}.", text.trim())),
    })
}

fn within(value: f64, min: Option<f64>, max: Option<f64>) -> Result<Value, EntryFault> {
    let outside = |message: String| Err(EntryFault::new("out_of_range", message));
    match (min, max) {
        (Some(min), _) if value < min => {
            outside(format!("{} nhỏ hơn mức thấp nhất là {}.", printed_number(value), printed_number(min)))
        }
        (_, Some(max)) if value > max => {
            outside(format!("{} lớn hơn mức cao nhất là {}.", printed_number(value), printed_number(max)))
        }
        // Minus zero is 0.
        _ => Ok(Value::Number(value + 0.0)),
    }
}

fn yes_no(text: &str) -> Result<bool, EntryFault> {
    match fold(text).as_str() {
        "co" | "x" | "1" | "true" | "dung" => Ok(true),
        "khong" | "0" | "false" | "sai" => Ok(false),
        _ => Err(EntryFault::new("not_a_choice", format!("«{}»: chỉ chọn Có hoặc Không.", text.trim()))),
    }
}

fn choice(text: &str, choices: &[String]) -> Result<Option<Value>, EntryFault> {
    let wanted = fold(text);
    match choices.iter().find(|choice| fold(choice) == wanted) {
        Some(choice) => Ok(Some(Value::Text(choice.clone()))),
        None => {
            let message = format!("«{}» không có trong danh sách: {}.", text.trim(), choices.join(", "));
            Err(EntryFault::new("not_a_choice", message))
        }
    }
}

fn free_text(text: &str, length_max: u16) -> Result<Option<Value>, EntryFault> {
    let text = normalise(text);
    let length = text.chars().count();
    if length > usize::from(length_max) {
        let message = format!("Văn bản dài {length} ký tự, chỉ nhận tối đa {length_max}.");
        return Err(EntryFault::new("text_too_long", message));
    }
    Ok((!text.is_empty()).then_some(Value::Text(text)))
}
