//! A result that a superior office gave: `13/13 chỉ tiêu Xuất sắc`, for whom, by whom, in which document.
//!
//! The arithmetic is checked; what the criteria were and whether they were met is the superior office's own word.

use serde::Serialize;

use super::count::GradeCount;
use crate::{Level, Reason, Refusal, school_year::SchoolYear, vietnamese::normalise};

/// A result received from above.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ReceivedResult {
    /// The school year that was graded.
    pub year: SchoolYear,
    /// What it belongs to: one level of schooling, or the whole sector.
    pub scope: Option<Level>,
    /// Levels that are said to have contributed to it.
    pub contributors: Vec<Level>,
    /// How many indicators reached which grade, the best first.
    pub count: GradeCount,
    /// Who graded (`Sở Giáo dục và Đào tạo Hà Nội`).
    pub graded_by: String,
    /// The document that says so, as it is cited.
    pub document: String,
}

impl ReceivedResult {
    /// The result, or every reason why it cannot stand.
    ///
    /// # Errors
    /// Those of [`GradeCount::told`]; `no_grader`, `no_document`: a result without its source cannot be traced.
    pub fn new(
        year: SchoolYear,
        (scope, contributors): (Option<Level>, &[Level]),
        (total, at_least): (u32, &[(&str, u32)]),
        graded_by: &str,
        document: &str,
    ) -> Result<Self, Refusal> {
        let mut reasons = Vec::new();
        let count = GradeCount::told(total, at_least).map_err(|refusal| reasons.extend(refusal.reasons)).ok();
        let (graded_by, document) = (normalise(graded_by), normalise(document));
        if graded_by.is_empty() {
            reasons.push(Reason::new("no_grader", "Hãy ghi cơ quan đã xếp loại.").at("graded_by"));
        }
        if document.is_empty() {
            let message = "Hãy ghi văn bản hoặc nguồn nêu kết quả này, để tra lại được.";
            reasons.push(Reason::new("no_document", message).at("document"));
        }
        Refusal::unless_empty(reasons)?;
        let count = count.ok_or_else(|| Refusal::one("empty", "Chưa ghi số chỉ tiêu."))?;
        Ok(Self { year, scope, contributors: contributors.to_vec(), count, graded_by, document })
    }

    /// As a report says it: `Toàn ngành đạt 13/13 chỉ tiêu Xuất sắc năm học 2023-2024, có phần đóng góp của cấp Trung học cơ sở
    /// (… xếp loại; theo …).`
    pub fn statement(&self) -> String {
        let whom = self.scope.map_or_else(|| "Toàn ngành".to_owned(), |level| format!("Cấp {}", level.label().0));
        let contributed = match self.contributors.as_slice() {
            [] => String::new(),
            levels => {
                let names: Vec<&str> = levels.iter().map(|level| level.label().0).collect();
                format!(", có phần đóng góp của cấp {}", names.join(", "))
            }
        };
        format!(
            "{whom} đạt {} năm học {}{contributed} ({} xếp loại; theo {}).",
            self.count.statement(),
            self.year,
            self.graded_by,
            self.document
        )
    }
}

#[cfg(test)]
mod tests;
