//! One cell: required (CK-13), of the right kind, within its limits, and equal to its parts (CK-01).

use std::collections::BTreeMap;

use super::{Finding, Values, number_shown, same, shown};
use crate::figures::catalogue::{ItemCode, Severity, ValueKind};
use crate::figures::formula::Value;

/// What a cell must hold.
#[derive(Debug)]
pub(super) struct CellPlan {
    pub(super) item: ItemCode,
    pub(super) label: String,
    pub(super) value: ValueKind,
    pub(super) required: bool,
    pub(super) total_of: Vec<ItemCode>,
}

impl CellPlan {
    /// Whether the cell is filled, and with what its element takes.
    pub(super) fn check(&self, values: Values<'_>) -> Option<Finding> {
        let Some(value) = values(&self.item) else {
            let message = "chưa có số liệu; nếu không phát sinh, hãy ghi 0";
            return self.required.then(|| self.finding("required", "CK-13", message));
        };
        let (code, message) = match &self.value {
            ValueKind::Count { max } => count_fault(&value, *max)?,
            ValueKind::Decimal { min, max, decimals } => decimal_fault(&value, *min, *max, *decimals)?,
            ValueKind::YesNo => match value {
                Value::Boolean(_) => return None,
                _ => ("not_yes_no", format!("{} không phải Có hoặc Không", shown(&value))),
            },
            ValueKind::Choice { choices } => match &value {
                Value::Text(text) if choices.contains(text) => return None,
                _ => ("not_a_choice", format!("{} không có trong danh sách: {}", shown(&value), choices.join(", "))),
            },
            ValueKind::Text { length_max } => match &value {
                Value::Text(text) if text.chars().count() > usize::from(*length_max) => {
                    ("too_long", format!("dài quá {length_max} chữ; hãy viết gọn lại"))
                }
                _ => return None,
            },
        };
        Some(self.finding(code, code, &message))
    }

    /// Whether a total equals the sum of its parts; waits until all of them are filled.
    pub(super) fn check_total(&self, values: Values<'_>, labels: &BTreeMap<ItemCode, String>) -> Option<Finding> {
        let number = |item: &ItemCode| values(item).and_then(|value| value.to_number());
        if self.total_of.is_empty() {
            return None;
        }
        let total = number(&self.item)?;
        let sum: f64 = self.total_of.iter().map(number).sum::<Option<f64>>()?;
        if same(total, sum) {
            return None;
        }
        let label = |item: &ItemCode| labels.get(item).cloned().unwrap_or_else(|| item.to_string());
        let first = self.total_of.first().map(label).unwrap_or_default();
        let message = format!(
            "ghi {} nhưng {} ô thành phần (từ «{first}») cộng lại được {}, lệch {}; sửa tổng hoặc sửa thành phần",
            number_shown(total),
            self.total_of.len(),
            number_shown(sum),
            number_shown((total - sum).abs())
        );
        let mut finding = self.finding("sum_mismatch", "CK-01", &message);
        finding.items.extend(self.total_of.iter().cloned());
        Some(finding)
    }

    fn finding(&self, code: &'static str, check: &str, message: &str) -> Finding {
        Finding {
            code,
            check: check.to_owned(),
            severity: Severity::Error,
            items: vec![self.item.clone()],
            message: format!("{}: {message}", self.label),
        }
    }
}

type Fault = (&'static str, String);

fn count_fault(value: &Value, max: Option<f64>) -> Option<Fault> {
    let Value::Number(number) = value else { return Some(not_a_number(value)) };
    if number.fract() != 0.0 {
        return Some(("not_whole", format!("{} không phải số nguyên", number_shown(*number))));
    }
    range_fault(*number, Some(0.0), max)
}

fn decimal_fault(value: &Value, min: Option<f64>, max: Option<f64>, decimals: u8) -> Option<Fault> {
    let Value::Number(number) = value else { return Some(not_a_number(value)) };
    let scaled = number * 10f64.powi(i32::from(decimals));
    if !same(scaled, scaled.round()) {
        let message = format!("{} có quá {decimals} chữ số thập phân; hãy làm tròn", number_shown(*number));
        return Some(("out_of_range", message));
    }
    range_fault(*number, min, max)
}

fn not_a_number(value: &Value) -> Fault {
    ("not_a_number", format!("{} không phải là số", shown(value)))
}

fn range_fault(number: f64, min: Option<f64>, max: Option<f64>) -> Option<Fault> {
    let message = match (min, max) {
        (Some(min), _) if number < min => {
            format!("{} nhỏ hơn mức thấp nhất {}", number_shown(number), number_shown(min))
        }
        (_, Some(max)) if number > max => {
            format!("{} lớn hơn mức cao nhất {}", number_shown(number), number_shown(max))
        }
        _ => return None,
    };
    Some(("out_of_range", message))
}
