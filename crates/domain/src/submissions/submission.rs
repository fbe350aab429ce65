//! The verbs of a submission, as pure transitions: each gives the submission after it, or every reason against it.

use serde::{Deserialize, Serialize};

use super::SubmissionState;
use crate::{Reason, Refusal};

/// Whether the reporting period takes changes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PeriodState {
    /// Units may send, the office may judge.
    Open,
    /// Closed (chốt số liệu): nothing changes until it is reopened with a reason.
    Closed,
}

/// A remark on one cell: why it was returned, or why a warning on it is accepted.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CellRemark {
    /// The cell's item; empty where the whole form is meant.
    pub item: String,
    /// The check that warned; empty on a return.
    #[serde(default)]
    pub check: String,
    /// What the person wrote.
    pub reason: String,
}

impl CellRemark {
    /// Whether it says anything.
    pub fn is_blank(&self) -> bool {
        self.reason.trim().is_empty()
    }
}

/// What becomes of warnings that nobody has explained yet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unexplained {
    /// The web form has a place for the reason: without it, no sending.
    Refused,
    /// A workbook has none: the warnings stand until the officer accepts them with a reason, or returns the form.
    Stand,
}

/// One sending, already checked.
#[derive(Clone, Debug)]
pub struct Sending<'a> {
    /// What the checks found that must be mended.
    pub errors: &'a [Reason],
    /// Warnings without a reason.
    pub unexplained: &'a [Reason],
    /// What becomes of those.
    pub rule: Unexplained,
}

/// A unit's form for a period, as it stands.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Submission {
    /// Whose turn it is.
    pub state: SubmissionState,
    /// Number of the latest revision; 0 before the first.
    pub latest_revision: u32,
    /// Number of the approved revision; 0 while none is.
    pub approved_revision: u32,
}

impl Submission {
    /// Keeps unfinished values beside the revisions. A sent form stays sent and a returned one stays returned.
    ///
    /// # Errors
    /// The period is closed, or the figures are approved.
    pub fn save_draft(self, period: PeriodState) -> Result<Self, Refusal> {
        self.changeable_by_unit(period)?;
        let state = match self.state {
            SubmissionState::NotStarted => SubmissionState::Draft,
            state => state,
        };
        Ok(Self { state, ..self })
    }

    /// Sends a new revision.
    ///
    /// # Errors
    /// The period is closed, the figures are approved, an error remains, or a warning lacks its reason.
    pub fn submit(self, period: PeriodState, sending: &Sending<'_>) -> Result<Self, Refusal> {
        self.changeable_by_unit(period)?;
        let mut reasons = sending.errors.to_vec();
        if sending.rule == Unexplained::Refused {
            reasons.extend_from_slice(sending.unexplained);
        }
        Refusal::unless_empty(reasons)?;
        Ok(Self { state: SubmissionState::Submitted, latest_revision: self.latest_revision + 1, ..self })
    }

    /// Gives the form back to the unit with a reason; an approval is withdrawn with it.
    ///
    /// # Errors
    /// The period is closed, nothing has been sent, or no reason is given.
    pub fn return_for_correction(
        self,
        period: PeriodState,
        reason: &str,
        cells: &[CellRemark],
    ) -> Result<Self, Refusal> {
        open(period)?;
        let mut reasons = Vec::new();
        if !matches!(self.state, SubmissionState::Submitted | SubmissionState::Approved) {
            reasons.push(self.not_now("trả lại"));
        }
        if reason.trim().is_empty() && cells.iter().all(CellRemark::is_blank) {
            reasons.push(Reason::new("reason_needed", "Hãy ghi lý do trả lại, chung cho cả biểu hoặc ở từng ô."));
        }
        let blank = cells.iter().filter(|cell| cell.is_blank());
        reasons.extend(blank.map(|cell| {
            Reason::new("reason_needed", "Ô này được đánh dấu trả lại nhưng chưa ghi lý do.").at(cell.item.clone())
        }));
        Refusal::unless_empty(reasons)?;
        Ok(Self { state: SubmissionState::Returned, approved_revision: 0, ..self })
    }

    /// Accepts the latest revision. Approving what is approved changes nothing.
    ///
    /// # Errors
    /// The figures are locked, the period is closed, nothing is waiting, or warnings stand and no reason for accepting them
    /// is given.
    pub fn approve(self, period: PeriodState, standing_warning_count: u32, reason: &str) -> Result<Self, Refusal> {
        match self.state {
            SubmissionState::Approved => return Ok(self),
            SubmissionState::Locked => {
                let message = "Biểu đã được duyệt và khóa khi chốt kỳ, không còn gì để duyệt. \
                               Nếu cần sửa số liệu, lãnh đạo cơ quan phải mở lại kỳ và ghi lý do.";
                return Err(Refusal::one("locked", message));
            }
            _ => open(period)?,
        }
        if self.state != SubmissionState::Submitted {
            return Err(self.not_now("duyệt").into());
        }
        if standing_warning_count > 0 && reason.trim().is_empty() {
            let message = format!(
                "Còn {standing_warning_count} cảnh báo chưa được giải trình. \
                 Hãy ghi lý do chấp nhận khi duyệt, hoặc trả lại để đơn vị giải trình."
            );
            return Err(Refusal::one("warning_needs_reason", message));
        }
        Ok(Self { state: SubmissionState::Approved, approved_revision: self.latest_revision, ..self })
    }

    /// Makes approved figures immutable when their period is closed.
    ///
    /// # Errors
    /// The period is still open, or the figures are not approved.
    pub fn lock(self, period: PeriodState) -> Result<Self, Refusal> {
        match (self.state, period) {
            (SubmissionState::Locked, _) => Ok(self),
            (_, PeriodState::Open) => {
                Err(Refusal::one("period_open", "Kỳ báo cáo chưa chốt nên số liệu chưa khóa được. Hãy chốt kỳ trước."))
            }
            (SubmissionState::Approved, PeriodState::Closed) => Ok(Self { state: SubmissionState::Locked, ..self }),
            (_, PeriodState::Closed) => Err(self.not_now("khóa").into()),
        }
    }

    /// Makes locked figures approved again when their period is reopened: they still count, and may be returned.
    ///
    /// # Errors
    /// The period is still closed, or no reason is given.
    pub fn unlock(self, period: PeriodState, reason: &str) -> Result<Self, Refusal> {
        open(period)?;
        if reason.trim().is_empty() {
            return Err(Refusal::one("reason_needed", "Hãy ghi lý do mở lại."));
        }
        let state = if self.state == SubmissionState::Locked { SubmissionState::Approved } else { self.state };
        Ok(Self { state, ..self })
    }

    /// Opens approved or locked figures again: they wait for the office's judgement as if just sent.
    ///
    /// # Errors
    /// The period is closed, the figures are neither approved nor locked, or no reason is given.
    pub fn reopen(self, period: PeriodState, reason: &str) -> Result<Self, Refusal> {
        open(period)?;
        let mut reasons = Vec::new();
        if !self.state.counts() {
            reasons.push(self.not_now("mở lại"));
        }
        if reason.trim().is_empty() {
            reasons.push(Reason::new("reason_needed", "Hãy ghi lý do mở lại."));
        }
        Refusal::unless_empty(reasons)?;
        Ok(Self { state: SubmissionState::Submitted, approved_revision: 0, ..self })
    }

    fn changeable_by_unit(self, period: PeriodState) -> Result<(), Refusal> {
        open(period)?;
        if self.state.counts() {
            let message = "Biểu đã được duyệt nên không nhận số liệu mới. \
                           Nếu cần sửa, hãy đề nghị cán bộ phụ trách trả lại hoặc mở lại biểu.";
            return Err(Refusal::one("already_approved", message));
        }
        Ok(())
    }

    fn not_now(self, verb: &str) -> Reason {
        let (state, _) = self.state.label();
        Reason::new("wrong_state", format!("Không {verb} được: biểu đang ở trạng thái «{state}»."))
    }
}

fn open(period: PeriodState) -> Result<(), Refusal> {
    match period {
        PeriodState::Open => Ok(()),
        PeriodState::Closed => Err(Refusal::one(
            "period_closed",
            "Kỳ báo cáo đã chốt. Nếu cần sửa số liệu, lãnh đạo cơ quan phải mở lại kỳ và ghi lý do.",
        )),
    }
}
