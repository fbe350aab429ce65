//! The head of a conference: who holds it, when, about which years, what for; and what its report said.

use jiff::civil::{Date, Time};
use serde::{Deserialize, Serialize};

use crate::{Level, Reason, Refusal, guidance::read_number, school_year::SchoolYear, vietnamese::normalise};

/// What the conference is for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ConferenceKind {
    /// Tổng kết năm học và triển khai nhiệm vụ năm học mới, in one.
    #[default]
    ReviewAndLaunch,
    /// Tổng kết.
    Review,
    /// Triển khai nhiệm vụ.
    Launch,
    /// Sơ kết học kỳ.
    MidYear,
}

impl ConferenceKind {
    /// Every kind.
    pub const ALL: [Self; 4] = [Self::ReviewAndLaunch, Self::Review, Self::Launch, Self::MidYear];

    /// The identifier.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::ReviewAndLaunch => "review_and_launch",
            Self::Review => "review",
            Self::Launch => "launch",
            Self::MidYear => "mid_year",
        }
    }

    /// The kind with this identifier.
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.as_str() == text)
    }
}

/// Part of the day (buổi).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DayPart {
    /// Sáng.
    Morning,
    /// Chiều.
    Afternoon,
    /// Cả ngày.
    WholeDay,
}

impl DayPart {
    /// Every part.
    pub const ALL: [Self; 3] = [Self::Morning, Self::Afternoon, Self::WholeDay];

    /// The identifier.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Morning => "morning",
            Self::Afternoon => "afternoon",
            Self::WholeDay => "whole_day",
        }
    }

    /// The part with this identifier.
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|part| part.as_str() == text)
    }
}

/// One thing that the conference is held for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PurposeKind {
    /// Đánh giá khái quát kết quả.
    Assessment,
    /// Chỉ rõ ưu điểm.
    Strengths,
    /// Tồn tại.
    Shortcomings,
    /// Nguyên nhân.
    Causes,
    /// Rút kinh nghiệm.
    Lessons,
    /// Định hướng chỉ tiêu lớn.
    Targets,
    /// Giải pháp cơ bản.
    Measures,
    /// Để các nhà trường xây dựng kế hoạch.
    SchoolPlans,
}

/// A purpose in words.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Purpose {
    /// Which.
    pub kind: PurposeKind,
    /// The words.
    pub text: String,
}

/// The plan under which the conference is held.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct PlanDocument {
    /// Number and code (`136/KH-UBND`).
    pub document_number: String,
    /// The number as it was typed.
    pub document_number_raw: String,
    /// The day of issue.
    pub issued_on: Option<Date>,
    /// Who issued it: may be another body than the organiser.
    pub issuer: String,
    /// The issuer's unit, where it is one of ours.
    pub issuer_unit_code: String,
}

/// The head of a conference.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Head {
    /// Its title.
    pub title: String,
    /// The same title in other words, as they were found.
    pub title_variants: Vec<String>,
    /// What it is for.
    pub kind: ConferenceKind,
    /// Code of the unit that organises it.
    pub organiser_unit_code: String,
    /// The organiser's name on that day.
    pub organiser_name: String,
    /// Who organises it too.
    pub co_organisers: Vec<String>,
    /// Its level; absent for the whole sector.
    pub level: Option<Level>,
    /// The year that is reviewed.
    pub review_year: Option<SchoolYear>,
    /// The year that is launched.
    pub next_year: Option<SchoolYear>,
    /// The day.
    pub held_on: Option<Date>,
    /// Part of the day.
    pub day_part: Option<DayPart>,
    /// When it is to begin.
    pub starts_at: Option<Time>,
    /// Where.
    pub place: String,
    /// What for.
    pub purposes: Vec<Purpose>,
    /// The plan.
    pub plan: PlanDocument,
}

impl PlanDocument {
    /// The number as it was typed, with the number that the register's grammar reads in it; nothing where nothing was typed.
    ///
    /// # Errors
    /// Where it is no number, or can only be guessed, with what it may be; the place is `plan_number`.
    pub fn numbered(self, typed: &str) -> Result<Self, Refusal> {
        let typed = normalise(typed);
        if typed.is_empty() {
            return Ok(Self { document_number: String::new(), document_number_raw: String::new(), ..self });
        }
        if typed == self.document_number {
            return Ok(self);
        }
        let at = |reason: Reason| reason.at("plan_number");
        let read = read_number(&typed)
            .map_err(|refusal| Refusal { reasons: refusal.reasons.into_iter().map(at).collect() })?;
        let asked = read.remarks.iter().filter(|remark| remark.asks);
        let asked = asked.map(|remark| at(Reason::new(remark.code.clone(), remark.message.clone()))).collect();
        Refusal::unless_empty(asked)?;
        Ok(Self { document_number: read.number.to_string(), document_number_raw: typed, ..self })
    }
}

impl Head {
    /// How long before the conference its plan was issued, in days.
    pub fn planning_lead_days(&self) -> Option<i32> {
        let (issued, held) = (self.plan.issued_on?, self.held_on?);
        held.since(issued).ok().map(|span| span.get_days())
    }

    pub(super) fn faults(&self) -> Vec<Reason> {
        let mut reasons = Vec::new();
        if self.title.trim().is_empty() {
            reasons.push(Reason::new("no_title", "Hãy ghi tên hội nghị.").at("title"));
        }
        if self.organiser_unit_code.is_empty() && self.organiser_name.trim().is_empty() {
            reasons.push(Reason::new("no_organiser", "Hãy chọn đơn vị tổ chức.").at("organiser"));
        }
        if let (Some(review), Some(next)) = (self.review_year, self.next_year)
            && next <= review
        {
            let message = format!("Năm học triển khai ({next}) phải sau năm học tổng kết ({review}).");
            reasons.push(Reason::new("years", message).at("next_year"));
        }
        if self.planning_lead_days().is_some_and(|days| days < 0) {
            let message = "Kế hoạch tổ chức ban hành sau ngày họp; hãy kiểm tra hai ngày.";
            reasons.push(Reason::new("plan_after_conference", message).at("plan_issued_on"));
        }
        reasons
    }
}

/// How the year came out as a whole.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum OverallResult {
    /// Hoàn thành xuất sắc nhiệm vụ năm học.
    Excellent,
    /// Hoàn thành tốt.
    Good,
    /// Hoàn thành.
    Fulfilled,
    /// Chưa hoàn thành.
    NotFulfilled,
}

/// So many of so many emulation indicators, with a grade.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct ScoreSummary {
    /// So many met.
    pub met: u32,
    /// Of so many.
    pub total: u32,
    /// The grade.
    pub result_grade: String,
    /// Whose score it is: a level's or the whole sector's.
    pub scope: String,
}

impl ScoreSummary {
    /// `13/13 chỉ tiêu thi đua xếp loại xuất sắc (toàn ngành)`.
    pub fn words(&self) -> String {
        let scope = if self.scope.is_empty() { String::new() } else { format!(" ({})", self.scope) };
        format!("{}/{} chỉ tiêu thi đua xếp loại {}{scope}", self.met, self.total, self.result_grade)
    }
}

/// A section of the report, by the identifier of its place in the outline.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct ReportSection {
    /// `conditions`, `results`, `shortcomings`, `orientation` …
    pub section: String,
    /// What it said.
    pub text: String,
}

/// What the report said at the conference.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct ReportFacts {
    /// Its title as it was read.
    pub title: String,
    /// The year reviewed.
    pub review_year: Option<SchoolYear>,
    /// The year launched.
    pub next_year: Option<SchoolYear>,
    /// The year in a sentence.
    pub overview: String,
    /// How the year came out.
    pub overall_result: Option<OverallResult>,
    /// Fields with outstanding results, in the order named.
    pub highlights: Vec<String>,
    /// Whether that list goes on (`…`).
    pub list_is_open: bool,
    /// To whose results they count.
    pub contributes_to: String,
    /// The emulation indicators.
    pub score_summary: Option<ScoreSummary>,
    /// Its sections.
    pub sections: Vec<ReportSection>,
}

impl ReportFacts {
    pub(super) fn faults(&self) -> Vec<Reason> {
        let score = self.score_summary.iter().filter(|score| score.met > score.total);
        score
            .map(|score| {
                let message = format!("Số chỉ tiêu đạt ({}) lớn hơn tổng số ({}).", score.met, score.total);
                Reason::new("score", message).at("score_met")
            })
            .collect()
    }
}

/// How the conference closed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Closing {
    /// What is said of it, a sentence each: its mood, what it resolves.
    pub remarks: Vec<String>,
}
