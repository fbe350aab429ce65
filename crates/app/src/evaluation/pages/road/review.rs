//! The reviewer's sheet: cross-check, first and second review, final points, corrections.

use axum::{
    extract::{Path, Query, State},
    response::Redirect,
};
use domain::evaluation::road::{RoadState, Stage};

use super::{
    crumbs,
    lines::Sent,
    opened::{OpenedSheet, SheetForm, SheetPath, SheetQuery},
    own_units, word,
};
use crate::{
    evaluation::road::{Task, operations, queries},
    identity::{Right, Visitor},
    office::Office,
    platform::{
        Error, Result,
        web::{CsrfForm, Page, Serde, context},
    },
};

/// What a visitor may do on a unit's sheet.
struct Powers {
    /// The lines given to the visitor's unit for the cross-check; none for an officer.
    assigned: Option<Vec<String>>,
    /// Reviews for the office.
    judges: bool,
    /// Makes points final and corrects.
    runs: bool,
}

async fn powers(office: &Office, visitor: &Visitor, id: i64, unit: &str) -> Result<Powers> {
    visitor.signed_in()?;
    let judges = visitor.may(Right::JudgeFigures, unit);
    let runs = visitor.may(Right::RunEvaluation, unit);
    if judges || runs {
        return Ok(Powers { assigned: None, judges, runs });
    }
    let assigned = queries::assigned(office, id, unit, &own_units(visitor)).await?;
    if assigned.is_none() {
        return Err(Error::Forbidden);
    }
    Ok(Powers { assigned, judges, runs })
}

impl Powers {
    /// The stage at which the visitor writes now.
    fn stage(&self, state: RoadState) -> Option<Stage> {
        match state {
            RoadState::Opened | RoadState::SelfScored if self.assigned.is_some() => Some(Stage::CrossCheck),
            RoadState::Opened | RoadState::SelfScored if self.judges => Some(Stage::Review),
            RoadState::Reviewed | RoadState::Explained if self.judges => Some(Stage::SecondReview),
            RoadState::ReviewedAgain if self.runs => Some(Stage::Finalisation),
            RoadState::Published if self.runs => Some(Stage::Publication),
            _ => None,
        }
    }
}

/// `GET /cham-diem/{id}/tham-dinh/{unit}?trang=`.
pub async fn show(
    State(office): State<Office>,
    visitor: Visitor,
    Path((id, unit)): SheetPath,
    Query(asked): SheetQuery,
) -> Result<Page> {
    let powers = powers(&office, &visitor, id, &unit).await?;
    let sheet = OpenedSheet::read(&office, &visitor, id, &unit).await?;
    let (round, found, language) = (&sheet.round, &sheet.found, visitor.language());
    let (row, state) = (sheet.row, sheet.standing.state);
    let writes = powers.stage(state);
    let showing = sheet.showing(writes, powers.assigned.as_deref());
    let shared = sheet.values(&office, &visitor, &unit, &showing, asked).await?;
    let values = context! {
        stage_name => writes.map(|stage| word(stage.label(), language)),
        deadline => writes.and_then(|stage| round.deadlines.of(stage)).map(|day| day.to_string()),
        steps => Serde(steps(&office, id, &unit, language).await?),
        to_check => Serde(row.map(|row| found.rechecks(row).into_iter().map(|one| one.why).collect::<Vec<_>>()).unwrap_or_default()),
        may_finish => powers.judges && matches!(state, RoadState::Opened | RoadState::SelfScored),
        may_finalise => powers.runs && (state == RoadState::ReviewedAgain || (state == RoadState::Reviewed && !sheet.differs_beyond())),
        may_leave_out => powers.runs && !matches!(state, RoadState::Published | RoadState::LeftOut),
        result => Serde(row.map(|row| found.result(row))), ..shared
    };
    Ok(crumbs(Page::new("evaluation/review.html", visitor, values), language, round, false))
}

/// The steps with the names of their states.
async fn steps(
    office: &Office,
    id: i64,
    unit: &str,
    language: crate::platform::Language,
) -> Result<Vec<queries::StepRow>> {
    let mut steps = queries::steps(office, id, unit).await?;
    for step in &mut steps {
        if let Some(state) = RoadState::parse(&step.state) {
            step.state = word(state.label(), language).to_owned();
        }
    }
    Ok(steps)
}

/// `POST /cham-diem/{id}/tham-dinh/{unit}`: one verb of the office or of a cross-checking unit.
pub async fn act(
    State(office): State<Office>,
    visitor: Visitor,
    Path((id, unit)): SheetPath,
    CsrfForm(pairs): SheetForm,
) -> Result<Redirect> {
    let powers = powers(&office, &visitor, id, &unit).await?;
    let sent = Sent::of(pairs);
    let sheet = OpenedSheet::read(&office, &visitor, id, &unit).await?;
    let showing = sheet.showing(powers.stage(sheet.standing.state), powers.assigned.as_deref());
    let (units, context) = (own_units(&visitor), visitor.context());
    let task = Task { round: id, unit: &unit, units: &units };
    let verb = sent.field("verb");
    let is_allowed = match verb {
        "save" | "next" => powers.judges || powers.assigned.is_some(),
        "finish" | "second" => powers.judges,
        _ => powers.runs,
    };
    if !is_allowed {
        return Err(Error::Forbidden);
    }
    let mut page = sent.field("trang").parse::<usize>().unwrap_or(1);
    match verb {
        "save" | "next" | "finish" => {
            let stage = if powers.assigned.is_some() { Stage::CrossCheck } else { Stage::Review };
            let entries = sent.entries(&showing, stage)?;
            if !entries.is_empty() {
                operations::review(&office, &context, task, powers.assigned.as_deref(), &entries).await?;
            }
            if verb == "finish" {
                operations::finish_review(&office, &context, task).await?;
            } else if verb == "next" {
                page += 1;
            }
        }
        "second" => {
            let entries = sent.entries(&showing, Stage::SecondReview)?;
            operations::second_review(&office, &context, task, &entries).await?;
        }
        "finalise" => {
            let entries = sent.entries(&showing, Stage::Finalisation)?;
            operations::finalise(&office, &context, task, &entries).await?;
        }
        "correct" => {
            let entries = sent.entries(&showing, Stage::Publication)?;
            operations::correct(&office, &context, task, &entries, sent.field("reason")).await?;
        }
        "leave_out" => operations::leave_out(&office, &context, task, sent.field("reason")).await?,
        verb => return Err(Error::refused("unknown_verb", format!("Không có việc «{verb}». Hãy mở lại trang."))),
    }
    Ok(Redirect::to(&format!("/cham-diem/{id}/tham-dinh/{unit}?trang={page}&xong={verb}")))
}
