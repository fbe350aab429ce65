//! References to figures in typed text, so that a number in a sentence cannot drift from its source.
//!
//! | typed | printed |
//! |---|---|
//! | `[[pri_pupil_count]]` | `8.493` |
//! | `[[pri_completed_rate]]` | `69,6%` |
//! | `[[pri_pupil_count\|tăng giảm]]` | `tăng 120`, `giảm 3`, `không đổi` |
//! | `[[pri_completed_rate\|điểm %]]` | `tăng 2,3 điểm %` (percentages only) |
//! | `[[pri_pupil_count\|tăng giảm %]]` | `tăng 2,3%` (amounts only) |
//! | `[[pri_completed_rate\|chỉ tiêu]]` | `đạt 103,0% (vượt 4,5 điểm %)`, `đạt 98,5% (bằng chỉ tiêu)`, `97,3% (chưa đạt, thấp hơn 1,2 điểm %)` |
//! | `[[pri_completed_rate\|thứ hạng]]` | `đứng thứ 3` |
//! | `[[pri_completed_rate\|đổi hạng]]` | `cao hơn 12 bậc`, `thấp hơn 2 bậc`, `giữ nguyên thứ hạng` |
//! | `[[pri_pupil_count\|giá trị\|90000001\|2024-2025]]` | another unit, another year |
//! | `[[target:pri_completed_rate]]` | the target itself |
//!
//! A form has a Vietnamese word and an English one for scripts ([`super::FigureForm::words`]). Unit and year are the
//! report's own where they are left out. What cannot be read, and a figure that has no value, is printed in brackets
//! and flagged ([`super::FigureReference::is_flagged`]); it is never blanked.

mod changed;
mod document;
mod naming;
mod parse;
mod rank;
mod teller;
mod typed;
mod words;

use std::fmt;

use super::figure::FigureForm;
use crate::school_year::SchoolYear;

pub use changed::{ChangedFigure, FlaggedFigure, Reading, changed, changed_among, flagged};
pub use document::{is_awaited, put_in};
pub use naming::{Naming, Vocabulary};
pub use parse::{Piece, ReferenceFault, pieces};
pub use rank::Rank;
pub use teller::Teller;
pub use typed::{check, paragraphs, runs};

/// What stands before a code where its target is meant.
pub const TARGET: &str = "target:";

/// A reference as typed; what is left out is the report's own.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Reference {
    /// Item or indicator.
    pub code: String,
    /// The form of words.
    pub form: FigureForm,
    /// The unit, where it is not the report's.
    pub unit: Option<String>,
    /// The year, where it is not the report's.
    pub year: Option<SchoolYear>,
}

impl Reference {
    /// A figure of the report's own unit and year.
    pub fn own(code: impl Into<String>, form: FigureForm) -> Self {
        Self { code: code.into(), form, unit: None, year: None }
    }
}

/// The canonical text: reading it gives the same reference.
impl fmt::Display for Reference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let form = if self.form == FigureForm::Value { "" } else { self.form.words().0 };
        let unit = self.unit.as_deref().unwrap_or_default();
        let year = self.year.map(|year| year.to_string()).unwrap_or_default();
        let parts = [self.code.as_str(), form, unit, &year];
        let count = parts.iter().rposition(|part| !part.is_empty()).map_or(0, |last| last + 1);
        write!(f, "[[{}]]", parts[..count].join("|"))
    }
}

#[cfg(test)]
mod tests;
