//! Opening, closing and reopening a year or a period, as records.
//!
//! ```text
//! not open ──open──▶ open ──close──▶ closed ──reopen(reason)──▶ reopened ──close──▶ closed …
//! ```

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::{Reason, Refusal};

/// Where a year or period stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum State {
    /// Planned: nothing is accepted yet.
    NotOpen,
    /// Figures are gathered.
    Open,
    /// Chốt số liệu: nothing changes any more.
    Closed,
    /// Opened again for corrections.
    Reopened,
}

impl State {
    /// The name in both languages.
    pub fn label(self) -> (&'static str, &'static str) {
        match self {
            Self::NotOpen => ("Chưa mở", "Not open"),
            Self::Open => ("Đang mở", "Open"),
            Self::Closed => ("Đã chốt", "Closed"),
            Self::Reopened => ("Mở lại", "Reopened"),
        }
    }

    /// Whether figures may be sent and approved.
    pub fn accepts_figures(self) -> bool {
        matches!(self, Self::Open | Self::Reopened)
    }
}

/// What was done.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum EventKind {
    /// Opened for the first time.
    Opening,
    /// Closed.
    Closure,
    /// Opened again.
    Reopening,
}

/// One record: what, who, when, why.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Event {
    /// What was done.
    pub kind: EventKind,
    /// Who did it.
    pub by: String,
    /// When.
    pub at: Timestamp,
    /// Why; never empty for a reopening, nor for a closure with work left.
    pub reason: String,
}

/// The records of one year or period, oldest first.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Lifecycle {
    events: Vec<Event>,
}

impl Lifecycle {
    /// Takes stored records.
    ///
    /// # Errors
    /// The refusal of the first record that does not follow from those before it.
    pub fn from_events(events: Vec<Event>) -> Result<Self, Refusal> {
        events.into_iter().try_fold(Self::default(), |lifecycle, event| match event.kind {
            EventKind::Opening => lifecycle.opened(&event.by, event.at),
            EventKind::Closure => lifecycle.closed(&event.by, event.at, 0, &event.reason),
            EventKind::Reopening => lifecycle.reopened(&event.by, event.at, &event.reason),
        })
    }

    /// The records.
    pub fn events(&self) -> &[Event] {
        &self.events
    }

    /// Where it stands.
    pub fn state(&self) -> State {
        match self.events.last().map(|event| event.kind) {
            None => State::NotOpen,
            Some(EventKind::Opening) => State::Open,
            Some(EventKind::Closure) => State::Closed,
            Some(EventKind::Reopening) => State::Reopened,
        }
    }

    /// Whether due dates may still change.
    ///
    /// # Errors
    /// `closed` for what is closed or was never opened.
    pub fn open_for_deadlines(&self) -> Result<(), Refusal> {
        let message = "Kỳ này không mở nên không đổi hạn nộp được; nếu đã chốt, hãy mở lại kỳ trước.";
        let fault = (!self.state().accepts_figures()).then(|| Reason::new("closed", message));
        Refusal::unless_empty(fault.into_iter().collect())
    }

    /// Opens it for the first time.
    ///
    /// # Errors
    /// `already_open`, `already_closed`, `no_actor`.
    pub fn opened(self, by: &str, at: Timestamp) -> Result<Self, Refusal> {
        let fault = match self.state() {
            State::NotOpen => None,
            State::Open | State::Reopened => Some(Reason::new("already_open", "Kỳ này đang mở.")),
            State::Closed => Some(Reason::new("already_closed", "Kỳ này đã chốt; hãy dùng «Mở lại» và ghi lý do.")),
        };
        self.record(EventKind::Opening, by, at, "", fault.into_iter().collect())
    }

    /// Closes it. `pending` counts submissions that are neither approved nor excused: with any, a reason is needed.
    ///
    /// # Errors
    /// `not_open`, `already_closed`, `pending_submissions`, `no_actor`, `before_last`.
    pub fn closed(self, by: &str, at: Timestamp, pending: usize, reason: &str) -> Result<Self, Refusal> {
        let mut faults = Vec::new();
        match self.state() {
            State::Open | State::Reopened => {}
            State::NotOpen => faults.push(Reason::new("not_open", "Kỳ này chưa mở nên không thể chốt.")),
            State::Closed => faults.push(Reason::new("already_closed", "Kỳ này đã chốt.")),
        }
        if pending > 0 && reason.trim().is_empty() {
            let message =
                format!("Còn {pending} biểu chưa được duyệt; hãy duyệt hết hoặc ghi lý do chốt khi còn thiếu.");
            faults.push(Reason::new("pending_submissions", message).at("reason"));
        }
        self.record(EventKind::Closure, by, at, reason, faults)
    }

    /// Opens it again for corrections.
    ///
    /// # Errors
    /// `not_closed`, `no_reason`, `no_actor`, `before_last`.
    pub fn reopened(self, by: &str, at: Timestamp, reason: &str) -> Result<Self, Refusal> {
        let mut faults = Vec::new();
        if self.state() != State::Closed {
            faults.push(Reason::new("not_closed", "Chỉ mở lại được kỳ đã chốt."));
        }
        if reason.trim().is_empty() {
            faults.push(Reason::new("no_reason", "Mở lại phải ghi lý do.").at("reason"));
        }
        self.record(EventKind::Reopening, by, at, reason, faults)
    }

    fn record(
        mut self,
        kind: EventKind,
        by: &str,
        at: Timestamp,
        reason: &str,
        mut faults: Vec<Reason>,
    ) -> Result<Self, Refusal> {
        if by.trim().is_empty() {
            faults.push(Reason::new("no_actor", "Thiếu người thực hiện.").at("by"));
        }
        if self.events.last().is_some_and(|last| at < last.at) {
            faults.push(Reason::new("before_last", "Thời điểm này trước lần thay đổi gần nhất.").at("at"));
        }
        Refusal::unless_empty(faults)?;
        self.events.push(Event { kind, by: by.trim().to_owned(), at, reason: reason.trim().to_owned() });
        Ok(self)
    }
}
