//! Results become public; a correction is a new publication with its reason.

use serde::Serialize;

use super::{
    Claim, Computed, Desk, Entry, NewRecord, RoadState, Stage, Step, UnitRoad,
    entries::{faults, recorded},
};
use crate::{Reason, Refusal};

/// Whose results a unit sees besides its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Sight {
    /// Everyone's.
    All,
    /// Those of its cluster.
    Cluster,
    /// Nobody's.
    OwnOnly,
}

impl Sight {
    /// Every choice.
    pub const ALL: [Self; 3] = [Self::All, Self::Cluster, Self::OwnOnly];

    /// The identifier, as it stands in the database.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::All => "all",
            Self::Cluster => "cluster",
            Self::OwnOnly => "own_only",
        }
    }

    /// The choice with this identifier.
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|sight| sight.as_str() == text)
    }

    /// Whether a unit sees another's result.
    pub fn shows(self, is_own: bool, is_in_cluster: bool) -> bool {
        match self {
            Self::All => true,
            Self::Cluster => is_own || is_in_cluster,
            Self::OwnOnly => is_own,
        }
    }
}

/// Whether the results of these roads may be published: every unit decided, or left out.
///
/// # Errors
/// Every unit that the council has not decided on; none decided; published before.
pub fn publish(roads: &[UnitRoad]) -> Result<(), Refusal> {
    let mut reasons: Vec<Reason> = roads
        .iter()
        .filter(|road| !matches!(road.state, RoadState::Decided | RoadState::LeftOut | RoadState::Published))
        .map(|road| {
            let message = format!(
                "Đơn vị {} đang ở bước «{}»; hãy làm xong hoặc đưa ra khỏi đợt chấm.",
                road.unit,
                road.state.label().0
            );
            Reason::new("out_of_order", message).at(road.unit.clone())
        })
        .collect();
    if reasons.is_empty() && !roads.iter().any(|road| road.state == RoadState::Decided) {
        let message = "Không có kết quả mới để công bố: chưa đơn vị nào được hội đồng quyết định, hoặc đã công bố rồi.";
        reasons.push(Reason::new("nothing_to_publish", message));
    }
    Refusal::unless_empty(reasons)
}

/// Corrects a published result; the caller publishes anew with the same reason.
///
/// # Errors
/// Not published; locked since the time for complaints is over; no reason; nothing that changes; every fault of every
/// entry.
pub fn correct(desk: &Desk<'_>, entries: &[Entry], computed: &[Computed], reason: &str) -> Result<Step, Refusal> {
    let mut reasons = desk.against(Stage::Publication, &[RoadState::Published]);
    reasons.extend(desk.own_unit());
    reasons.extend(faults(&desk.lines(), entries, false));
    if desk.deadlines.is_over(Stage::Publication, desk.today) {
        let message = "Kết quả đã khoá: hết thời gian tiếp nhận khiếu nại. Muốn đính chính, hãy gia hạn bước công bố.";
        reasons.push(Reason::new("locked", message));
    }
    if reason.trim().is_empty() {
        reasons.push(Reason::new("reason_needed", "Đính chính kết quả đã công bố phải ghi lý do.").at("reason"));
    }
    let records = changing(desk.road, entries, computed);
    if records.is_empty() {
        reasons.push(Reason::new("nothing_to_correct", "Không có mục nào thay đổi so với kết quả đã công bố."));
    }
    Refusal::unless_empty(reasons)?;
    Ok(Step { next: RoadState::Published, records })
}

/// Records whose claim is another than the one that counts; of computed lines, what the figures give now.
fn changing(road: &UnitRoad, entries: &[Entry], computed: &[Computed]) -> Vec<NewRecord> {
    let now = |record: NewRecord| match (&record.claim, computed.iter().find(|one| one.line == record.line)) {
        (Some(Claim::Computed(_)), Some(figures)) => figures.recorded(Stage::Publication),
        _ => record,
    };
    let is_new = |record: &NewRecord| {
        record.claim.is_some()
            && road.counting(&record.line).and_then(|old| old.what.claim.as_ref()) != record.claim.as_ref()
    };
    recorded(Stage::Publication, entries).into_iter().map(now).filter(is_new).collect()
}
