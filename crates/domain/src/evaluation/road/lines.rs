//! The lines of a sheet as the road carries them: items, bonuses, deductions, events; what may be said of each.

use rust_decimal::{Decimal, prelude::ToPrimitive};

use super::Claim;
use crate::{
    Label, Reason,
    evaluation::{
        Points,
        criteria::{Adjustment, CriteriaSet, Item, Test, Times},
        score::{Mark, Quantity, mark_of_entered, read_by},
    },
};

/// What a line is.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum LineKind<'a> {
    /// Read from figures: nobody enters it.
    Computed(&'a Item),
    /// Entered by people: points, yes or no, a level, a count.
    Judged(&'a Item),
    /// A reason for points on top, so many times.
    Bonus(&'a Adjustment),
    /// A reason for points off, so many times.
    Deduction(&'a Adjustment),
    /// What bars the unit from a grade; recorded by the office, never by the unit.
    Event,
}

/// A line of the sheet.
#[derive(Clone, Debug, PartialEq)]
pub struct Line<'a> {
    /// Code, unique in the set.
    pub code: &'a str,
    /// Printed number; empty below the criteria.
    pub number: String,
    /// Name.
    pub label: &'a Label,
    /// The most points.
    pub max: Points,
    /// What it is.
    pub kind: LineKind<'a>,
}

/// Every line of a set, in the sheet's order: items, bonuses, deductions, events.
pub fn lines(set: &CriteriaSet) -> Vec<Line<'_>> {
    let mut lines = Vec::new();
    for (_, criterion) in set.criteria() {
        let is_single = criterion.items.len() == 1;
        for (place, item) in criterion.items.iter().enumerate() {
            let number = match is_single {
                true => criterion.number.clone(),
                false => format!("{}.{}", criterion.number, place + 1),
            };
            let is_judged = matches!(read_by(item), Some(Quantity::Entered(_)));
            let kind = if is_judged { LineKind::Judged(item) } else { LineKind::Computed(item) };
            lines.push(Line { code: &item.code, number, label: &item.label, max: item.max, kind });
        }
    }
    lines.extend(set.bonuses.iter().map(|one| adjusting(one, LineKind::Bonus(one))));
    lines.extend(set.deductions.iter().map(|one| adjusting(one, LineKind::Deduction(one))));
    lines.extend(set.disqualifiers.iter().map(|event| {
        let (code, label) = (event.code.as_str(), &event.label);
        Line { code, number: String::new(), label, max: Points::ZERO, kind: LineKind::Event }
    }));
    lines
}

fn adjusting<'a>(one: &'a Adjustment, kind: LineKind<'a>) -> Line<'a> {
    let max = one.points_for(one.times_max.map_or(1.0, f64::from));
    Line { code: &one.code, number: String::new(), label: &one.label, max, kind }
}

impl Line<'_> {
    /// Whether figures fill it, so that nobody enters a value.
    pub fn is_computed(&self) -> bool {
        match self.kind {
            LineKind::Computed(_) => true,
            LineKind::Bonus(one) | LineKind::Deduction(one) => one.times == Times::LateForms,
            LineKind::Judged(_) | LineKind::Event => false,
        }
    }

    /// Whether somebody has to say something of it before the unit goes on.
    pub fn is_owed(&self) -> bool {
        matches!(self.kind, LineKind::Judged(_))
    }

    /// The points that a claim comes to; none where they depend on other units or on last year.
    pub fn points(&self, claim: &Claim) -> Option<Points> {
        let value = match claim {
            Claim::Value(value) => *value,
            Claim::Computed(Mark::Scored(points)) => return Some(*points),
            Claim::Computed(_) | Claim::NotApplicable => return None,
        };
        let number = value.to_f64()?;
        match self.kind {
            LineKind::Judged(item) => match mark_of_entered(item, number) {
                Mark::Scored(points) => Some(points),
                Mark::NotApplicable | Mark::None(_) => None,
            },
            LineKind::Bonus(one) => Some(one.points_for(number)),
            LineKind::Deduction(one) => Some(Points::ZERO - one.points_for(number)),
            LineKind::Computed(_) | LineKind::Event => None,
        }
    }

    /// What is wrong with a claim; `by_unit` where the unit itself makes it.
    pub fn faults(&self, claim: &Claim, comment: &str, by_unit: bool) -> Vec<Reason> {
        let mut faults = Vec::new();
        let mut say = |code: &str, what: String| {
            faults.push(Reason::new(code, format!("{}: {what}", self.title())).at(self.code));
        };
        if by_unit && self.kind == LineKind::Event {
            say("office_only", "trường hợp không xét do cơ quan quản lý ghi; đơn vị không tự ghi.".to_owned());
        }
        match claim {
            Claim::NotApplicable if !matches!(self.kind, LineKind::Computed(_) | LineKind::Judged(_)) => {
                say("never_not_applicable", "không đề nghị «không áp dụng»; nếu không có thì để trống.".to_owned());
            }
            Claim::NotApplicable if comment.trim().is_empty() => {
                say("reason_needed", "đề nghị không áp dụng phải ghi lý do.".to_owned());
            }
            Claim::NotApplicable => {}
            Claim::Computed(_) if !self.is_computed() => {
                say("not_computed", "mục này do người chấm, không lấy từ số liệu; hãy ghi điểm.".to_owned());
            }
            Claim::Computed(_) => {}
            Claim::Value(_) if self.is_computed() => say(
                "computed_item",
                "mục này tính từ số liệu đã duyệt, không nhập điểm; nếu số liệu sai, hãy nộp lại biểu.".to_owned(),
            ),
            Claim::Value(value) => {
                if let Some((code, what)) = self.value_fault(*value) {
                    say(code, what);
                }
            }
        }
        faults
    }

    fn value_fault(&self, value: Decimal) -> Option<(&'static str, String)> {
        let shown = value.normalize().to_string().replace('.', ",");
        if value < Decimal::ZERO {
            return Some(("below_zero", format!("{shown} nhỏ hơn 0; hãy nhập số từ 0 trở lên.")));
        }
        if value.normalize().scale() > 2 {
            return Some(("too_many_decimals", format!("{shown} có quá hai chữ số thập phân; hãy làm tròn.")));
        }
        let is_yes_no = value == Decimal::ZERO || value == Decimal::ONE;
        match self.kind {
            LineKind::Judged(item) => match &item.test {
                Test::Evidence if value > item.max.decimal() => Some((
                    "over_maximum",
                    format!("{shown} điểm cao hơn điểm tối đa {}; hãy nhập từ 0 đến {}.", item.max, item.max),
                )),
                Test::YesNo { .. } if !is_yes_no => Some(("not_yes_no", "chỉ ghi 1 (có) hoặc 0 (không).".to_owned())),
                Test::Level { rungs, .. } if !rungs.iter().any(|rung| Some(rung.at) == value.to_f64()) => {
                    let known: Vec<String> =
                        rungs.iter().map(|rung| format!("{} ({})", rung.at, rung.label.vi)).collect();
                    Some(("no_such_level", format!("không có mức {shown}; dùng {}.", known.join(", "))))
                }
                _ => None,
            },
            LineKind::Bonus(one) | LineKind::Deduction(one) => {
                let most = one.times_max.map(Decimal::from);
                if !value.fract().is_zero() {
                    Some(("not_whole", format!("{shown} lần không phải số nguyên; hãy ghi số lần.")))
                } else if most.is_some_and(|most| value > most) {
                    let most = most.unwrap_or_default();
                    Some(("over_maximum", format!("{shown} lần nhiều hơn mức tính tối đa {most} lần.")))
                } else {
                    None
                }
            }
            LineKind::Event if !is_yes_no => Some(("not_yes_no", "chỉ ghi 1 (có) hoặc 0 (không).".to_owned())),
            LineKind::Event | LineKind::Computed(_) => None,
        }
    }

    /// `1.2 Học tập Khá trở lên`.
    pub fn title(&self) -> String {
        match self.number.as_str() {
            "" => self.label.vi.clone(),
            number => format!("{number} {}", self.label.vi),
        }
    }
}
