//! Reporting periods (kỳ báo cáo): as of which day, due when.

use jiff::civil::{Date, date};
use serde::{Deserialize, Serialize};

use super::SchoolYear;
use super::calendar::is_within;
use crate::figures::catalogue::{PeriodKind, StatisticalForm};
use crate::vietnamese::short_date;
use crate::{Confidence, Label, Reason, Refusal, Source};

/// A reporting period of a school year.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReportingPeriod {
    /// `2025-2026-DN` (đầu năm), `2025-2026-CN` (cuối năm) or `2025-2026-<slug>`.
    pub code: String,
    /// The year.
    pub year: SchoolYear,
    /// Which kind: decides which forms are due.
    pub kind: PeriodKind,
    /// The forms that a period of the office's own gathers, by code; empty for the two usual ones.
    #[serde(default)]
    pub forms: Vec<String>,
    /// Name in both languages.
    pub label: Label,
    /// The day that the figures describe (thời điểm số liệu).
    pub as_of: Date,
    /// The day by which they are due (hạn nộp), where neither form nor unit has another.
    pub due_on: Date,
}

impl ReportingPeriod {
    /// Start of the year: as of 30 September, due 30 October.
    pub fn start_of_year(year: SchoolYear) -> Self {
        let first = year.first_calendar_year();
        Self {
            code: format!("{year}-DN"),
            year,
            kind: PeriodKind::StartOfYear,
            forms: Vec::new(),
            label: Label { vi: format!("Đầu năm học {year}"), en: format!("Start of school year {year}") },
            as_of: date(first, 9, 30),
            due_on: date(first, 10, 30),
        }
    }

    /// End of the year: as of 31 May, due 30 June.
    pub fn end_of_year(year: SchoolYear) -> Self {
        let second = year.second_calendar_year();
        Self {
            code: format!("{year}-CN"),
            year,
            kind: PeriodKind::EndOfYear,
            forms: Vec::new(),
            label: Label { vi: format!("Cuối năm học {year}"), en: format!("End of school year {year}") },
            as_of: date(second, 5, 31),
            due_on: date(second, 6, 30),
        }
    }

    /// A period that the office sets itself. `slug`: lower-case ASCII letters, digits and single hyphens, at most 40.
    /// `days`: as of which day, due when. `forms`: the codes of the forms that it gathers.
    ///
    /// # Errors
    /// `bad_slug`, `no_name`, `outside_year`, `due_before_as_of`, `no_forms`.
    pub fn custom(
        year: SchoolYear,
        slug: &str,
        label: Label,
        [as_of, due_on]: [Date; 2],
        forms: Vec<String>,
    ) -> Result<Self, Refusal> {
        let mut reasons = Vec::new();
        if !is_slug(slug) {
            let message = format!(
                "Mã kỳ «{slug}» không hợp lệ; chỉ dùng chữ thường không dấu, chữ số và gạch nối (ví dụ so-ket-hk1)."
            );
            reasons.push(Reason::new("bad_slug", message).at("slug"));
        }
        if label.vi.trim().is_empty() {
            reasons.push(Reason::new("no_name", "Kỳ báo cáo chưa có tên.").at("label"));
        }
        if !is_within(year, as_of) {
            let message = format!("Thời điểm số liệu {} nằm ngoài năm học {year}.", short_date(as_of));
            reasons.push(Reason::new("outside_year", message).at("as_of"));
        }
        if due_on < as_of {
            let message = format!("Hạn nộp {} trước thời điểm số liệu {}.", short_date(due_on), short_date(as_of));
            reasons.push(Reason::new("due_before_as_of", message).at("due_on"));
        }
        if forms.is_empty() {
            let message = "Kỳ báo cáo riêng phải gom ít nhất một biểu; hãy đánh dấu các biểu phải nộp.";
            reasons.push(Reason::new("no_forms", message).at("forms"));
        }
        Refusal::unless_empty(reasons)?;
        Ok(Self { code: format!("{year}-{slug}"), year, kind: PeriodKind::Custom, forms, label, as_of, due_on })
    }

    /// Whether the form is due in this period: a usual period gathers the forms of its kind, a period of the office's own
    /// those that were chosen for it.
    pub fn gathers(&self, form: &StatisticalForm) -> bool {
        match self.kind {
            PeriodKind::Custom => self.forms.contains(&form.code),
            usual => form.period == usual,
        }
    }

    /// The year and the kind that a period's code names; none where it is not one.
    pub fn parse_code(code: &str) -> Option<(SchoolYear, PeriodKind)> {
        let (year, rest) = (SchoolYear::parse(code.get(..9)?)?, code.get(9..)?.strip_prefix('-')?);
        let kind = match rest {
            "DN" => PeriodKind::StartOfYear,
            "CN" => PeriodKind::EndOfYear,
            slug if is_slug(slug) => PeriodKind::Custom,
            _ => return None,
        };
        Some((year, kind))
    }

    /// Where the two usual periods come from; an office's own ones have no source but the office.
    pub fn source(&self) -> Option<Source> {
        let text = "Thông tư 24/2018/TT-BGDĐT (theo báo chí về thông tư)".to_owned();
        (self.kind != PeriodKind::Custom).then_some(Source { text, confidence: Confidence::Confirmed })
    }
}

/// Whether what a period of this kind brought in the form is among the figures of the year. A form that is gathered again
/// in a period of another kind than its own would be counted twice.
pub fn counts_in_year(kind: PeriodKind, form: &StatisticalForm) -> bool {
    form.period == kind
}

/// `dn` and `cn` would be mistaken for the two usual periods.
fn is_slug(text: &str) -> bool {
    text.len() <= 40
        && !matches!(text, "dn" | "cn")
        && text
            .split('-')
            .all(|part| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit()))
}
