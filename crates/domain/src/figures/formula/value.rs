//! Values and how they turn into one another and compare (formula.md, section 4).

use std::cmp::Ordering;

use super::{Binary, number};

/// A value of a formula. Dates are texts `YYYY-MM-DD`, so that they sort as text.
#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    /// A number; infinities and NaN only while evaluation goes on.
    Number(f64),
    /// A text.
    Text(String),
    /// Yes or no.
    Boolean(bool),
}

impl Value {
    /// As a number: a text that is wholly a number converts, a boolean never does.
    pub fn to_number(&self) -> Option<f64> {
        match self {
            Self::Number(number) => Some(*number),
            Self::Text(text) => number::from_text(text),
            Self::Boolean(_) => None,
        }
    }

    /// As a boolean: a whole number and the texts `true` and `false` in any case convert.
    pub fn to_boolean(&self) -> Option<bool> {
        match self {
            Self::Number(number) => number_to_boolean(*number),
            Self::Text(text) if text.eq_ignore_ascii_case("true") => Some(true),
            Self::Text(text) if text.eq_ignore_ascii_case("false") => Some(false),
            Self::Text(_) => None,
            Self::Boolean(boolean) => Some(*boolean),
        }
    }

    /// As a text: a number in its shortest form, a boolean as `true` or `false`. Every value has a text.
    pub fn to_text(&self) -> String {
        match self {
            Self::Number(number) => number::to_text(*number),
            Self::Text(text) => text.clone(),
            Self::Boolean(boolean) => boolean.to_string(),
        }
    }
}

/// Whether a whole number is other than 0; nothing for a fraction, an infinity or NaN.
pub(super) fn number_to_boolean(number: f64) -> Option<bool> {
    (number.is_finite() && number.fract() == 0.0).then_some(number != 0.0)
}

/// Compares by the first rule that fits; nothing where none does (a fraction against a boolean).
pub(super) fn compare(operator: Binary, left: &Value, right: &Value) -> Option<bool> {
    let ordering = match (left, right) {
        (Value::Text(left), Value::Text(right)) => Some(left.cmp(right)),
        (Value::Number(_), _) | (_, Value::Number(_))
            if let (Some(left), Some(right)) = (left.to_number(), right.to_number()) =>
        {
            left.partial_cmp(&right)
        }
        (Value::Boolean(_), _) | (_, Value::Boolean(_))
            if let (Some(left), Some(right)) = (left.to_boolean(), right.to_boolean()) =>
        {
            Some(left.cmp(&right))
        }
        (Value::Text(_), Value::Number(number)) | (Value::Number(number), Value::Text(_)) if number.is_nan() => None,
        (Value::Text(_), _) | (_, Value::Text(_)) => Some(left.to_text().cmp(&right.to_text())),
        _ => return None,
    };
    Some(holds(operator, ordering))
}

/// Whether two numbers stand in this relation; NaN stands in none but `!=`.
#[inline]
pub(super) fn compare_numbers(operator: Binary, left: f64, right: f64) -> bool {
    holds(operator, left.partial_cmp(&right))
}

#[inline]
fn holds(operator: Binary, ordering: Option<Ordering>) -> bool {
    match operator {
        Binary::Equal => ordering == Some(Ordering::Equal),
        Binary::NotEqual => ordering != Some(Ordering::Equal),
        Binary::Less => ordering == Some(Ordering::Less),
        Binary::LessOrEqual => matches!(ordering, Some(Ordering::Less | Ordering::Equal)),
        Binary::Greater => ordering == Some(Ordering::Greater),
        _ => matches!(ordering, Some(Ordering::Greater | Ordering::Equal)),
    }
}
