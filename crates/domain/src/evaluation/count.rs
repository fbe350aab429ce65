//! The sentence a whole year works for: `13/13 chỉ tiêu xuất sắc`, with its nested counts.

use serde::Serialize;

use super::{criteria::CriteriaSet, score::FieldGrade};
use crate::{Reason, Refusal};

/// How many of the fields that apply reached each grade or a better one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct GradeCount {
    /// The fields that apply.
    pub total: u32,
    /// Fields without a grade yet.
    pub unknown: u32,
    /// The best first: the grade's name and how many fields are at it or better.
    pub at_least: Vec<(String, u32)>,
}

impl GradeCount {
    /// Counts a unit's fields; the lowest grade of the scale is not counted, since everything is at least that.
    pub fn of(set: &CriteriaSet, grades: &[FieldGrade]) -> Self {
        let count = |wanted: &dyn Fn(&FieldGrade) -> bool| {
            u32::try_from(grades.iter().filter(|grade| wanted(grade)).count()).unwrap_or(u32::MAX)
        };
        let scale = &set.field_scale.grades;
        let told = scale.iter().enumerate().take(scale.len().saturating_sub(1));
        let at_least = told.map(|(place, grade)| {
            let reached = |grade: &FieldGrade| matches!(grade, FieldGrade::Graded(own) if *own <= place);
            (grade.label.vi.clone(), count(&reached))
        });
        Self {
            total: count(&|grade| *grade != FieldGrade::NotApplicable),
            unknown: count(&|grade| *grade == FieldGrade::Unknown),
            at_least: at_least.collect(),
        }
    }

    /// A count that a superior office told: what counts is its own word, only the arithmetic is checked.
    ///
    /// # Errors
    /// `over_total` where a count is above the total, `not_nested` where a wider one is smaller (`13/13 xuất sắc và tốt`
    /// beside `11/13 xuất sắc` is right, the other way round is not), `empty` where nothing is counted.
    pub fn told(total: u32, at_least: &[(&str, u32)]) -> Result<Self, Refusal> {
        let mut reasons = Vec::new();
        if total == 0 || at_least.is_empty() {
            reasons.push(Reason::new("empty", "Chưa ghi tổng số chỉ tiêu hoặc chưa ghi số chỉ tiêu đạt mức nào."));
        }
        for (grade, count) in at_least.iter().filter(|(_, count)| *count > total) {
            let message = format!("{count}/{total} chỉ tiêu {grade}: số đạt lớn hơn tổng số; hãy xem lại.");
            reasons.push(Reason::new("over_total", message).at(*grade));
        }
        for pair in at_least.windows(2).filter(|pair| pair[1].1 < pair[0].1) {
            let (better, worse) = (pair[0], pair[1]);
            let message = format!(
                "Số chỉ tiêu từ mức {} trở lên ({}) không thể ít hơn số chỉ tiêu {} ({}).",
                worse.0, worse.1, better.0, better.1
            );
            reasons.push(Reason::new("not_nested", message).at(worse.0));
        }
        Refusal::unless_empty(reasons)?;
        let at_least = at_least.iter().map(|(grade, count)| ((*grade).to_owned(), *count)).collect();
        Ok(Self { total, unknown: 0, at_least })
    }

    /// `13/13 chỉ tiêu Xuất sắc`; `13/13 chỉ tiêu Xuất sắc, Tốt (trong đó 11/13 Xuất sắc)`.
    ///
    /// The widest grade told is the first that all reached, or the second where none is; better ones follow in brackets.
    pub fn statement(&self) -> String {
        let full = self.at_least.iter().position(|(_, count)| *count == self.total);
        let widest = full.unwrap_or_else(|| 1.min(self.at_least.len().saturating_sub(1)));
        let Some((_, count)) = self.at_least.get(widest) else { return String::new() };
        let names: Vec<&str> = self.at_least[..=widest].iter().map(|(name, _)| name.as_str()).collect();
        let mut text = format!("{count}/{} chỉ tiêu {}", self.total, names.join(", "));
        let better: Vec<String> = (1..=widest)
            .rev()
            .map(|end| format!("{}/{} {}", self.at_least[end - 1].1, self.total, names[..end].join(", ")))
            .collect();
        if !better.is_empty() {
            text.push_str(&format!(" (trong đó {})", better.join("; ")));
        }
        if self.unknown > 0 {
            text.push_str(&format!("; {} chỉ tiêu chưa đủ số liệu", self.unknown));
        }
        text
    }
}
