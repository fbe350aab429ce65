//! Rules between items, and jumps against last year (CK-09).

use super::{Finding, Lookup, Values, number_shown, same};
use crate::figures::catalogue::{ItemCode, MissingStrategy, Severity};
use crate::figures::formula::{Formula, Outcome, Value};
use crate::vietnamese::format_number;

/// How the two sides of a rule must stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Operator {
    Equal,
    AtMost,
    AtLeast,
    Less,
    Greater,
}

impl Operator {
    /// The loader lets only these operators through; `==` is the strictest reading of anything else.
    pub(super) fn of(text: &str) -> Self {
        match text {
            "<=" => Self::AtMost,
            ">=" => Self::AtLeast,
            "<" => Self::Less,
            ">" => Self::Greater,
            _ => Self::Equal,
        }
    }

    fn holds(self, left: f64, right: f64) -> bool {
        match self {
            Self::Equal => same(left, right),
            Self::AtMost => left <= right || same(left, right),
            Self::AtLeast => left >= right || same(left, right),
            Self::Less => left < right && !same(left, right),
            Self::Greater => left > right && !same(left, right),
        }
    }

    fn wording(self) -> &'static str {
        match self {
            Self::Equal => "phải bằng",
            Self::AtMost => "không được lớn hơn",
            Self::AtLeast => "không được nhỏ hơn",
            Self::Less => "phải nhỏ hơn",
            Self::Greater => "phải lớn hơn",
        }
    }
}

/// What to do about a finding of this severity.
fn mend(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "hãy sửa số sai",
        Severity::Warning => "nếu số đúng, hãy ghi lý do",
    }
}

/// A rule with its formulas parsed.
#[derive(Clone, Debug)]
pub(super) struct RulePlan {
    pub(super) code: String,
    pub(super) label: String,
    pub(super) severity: Severity,
    pub(super) left: Formula,
    pub(super) operator: Operator,
    pub(super) right: Formula,
    /// Every item that either side reads, in the order of the text.
    pub(super) items: Vec<ItemCode>,
}

impl RulePlan {
    /// Checks the rule where both sides have a number: an empty cell is told as such, not as a broken rule.
    pub(super) fn check(&self, lookup: &Lookup<'_>) -> Option<Finding> {
        let (left, right) = (number(&self.left, lookup)?, number(&self.right, lookup)?);
        if self.operator.holds(left, right) {
            return None;
        }
        let message = format!(
            "{}: {} {} {}, đang lệch {}; {}",
            self.label,
            number_shown(left),
            self.operator.wording(),
            number_shown(right),
            number_shown((left - right).abs()),
            mend(self.severity)
        );
        Some(Finding {
            code: "rule_broken",
            check: self.code.clone(),
            severity: self.severity,
            items: self.items.clone(),
            message,
        })
    }
}

fn number(formula: &Formula, lookup: &Lookup<'_>) -> Option<f64> {
    match formula.evaluate(lookup, MissingStrategy::Any) {
        Ok(Outcome::Value(Value::Number(number))) => Some(number),
        _ => None,
    }
}

/// A jump alert.
#[derive(Clone, Debug)]
pub(super) struct JumpPlan {
    pub(super) code: String,
    pub(super) label: String,
    pub(super) severity: Severity,
    pub(super) item: ItemCode,
    pub(super) percent: f64,
    pub(super) least: f64,
}

impl JumpPlan {
    /// Alerts where the item moved by at least `least` and by more than `percent` % of last year's value; from 0, any
    /// move of at least `least` alerts.
    pub(super) fn check(&self, values: Values<'_>, last_year: Values<'_>) -> Option<Finding> {
        let now = values(&self.item)?.to_number()?;
        let before = last_year(&self.item)?.to_number()?;
        let moved = (now - before).abs();
        let share = 100.0 * moved / before.abs();
        if moved < self.least || share <= self.percent || moved == 0.0 {
            return None;
        }
        let direction = if now > before { "tăng" } else { "giảm" };
        let relative = if before == 0.0 { String::new() } else { format!(" ({} %)", format_number(share, 1)) };
        let message = format!(
            "{}: năm nay {}, năm trước {}, {direction} {}{relative}, quá mức báo động {} %; {}",
            self.label,
            number_shown(now),
            number_shown(before),
            number_shown(moved),
            number_shown(self.percent),
            mend(self.severity)
        );
        Some(Finding {
            code: "jump",
            check: self.code.clone(),
            severity: self.severity,
            items: vec![self.item.clone()],
            message,
        })
    }
}
