//! A unit's own sheet: its points, its evidence, its explanations.

use axum::{
    extract::{Path, Query, State},
    response::Redirect,
};
use domain::evaluation::road::{RoadState, Stage};

use super::{
    crumbs,
    lines::Sent,
    opened::{OpenedSheet, SheetForm, SheetPath, SheetQuery},
    own_units,
};
use crate::{
    evaluation::road::{Task, operations},
    identity::{Right, Visitor},
    office::Office,
    platform::{
        Error, Result,
        web::{CsrfForm, Page, Serde, context},
    },
};

/// The stage at which the unit writes now.
fn stage_of(state: RoadState) -> Option<Stage> {
    match state {
        RoadState::Opened => Some(Stage::SelfScore),
        RoadState::Reviewed => Some(Stage::Explanation),
        _ => None,
    }
}

/// `GET /cham-diem/{id}/tu-cham/{unit}?trang=`.
pub async fn show(
    State(office): State<Office>,
    visitor: Visitor,
    Path((id, unit)): SheetPath,
    Query(asked): SheetQuery,
) -> Result<Page> {
    visitor.require(Right::ReadUnit, &unit)?;
    let sheet = OpenedSheet::read(&office, &visitor, id, &unit).await?;
    let (round, state, language) = (&sheet.round, sheet.standing.state, visitor.language());
    let writes = stage_of(state).filter(|_| visitor.may(Right::EnterFigures, &unit));
    let deadline = state.next_stage().and_then(|stage| round.deadlines.of(stage));
    let shared = sheet.values(&office, &visitor, &unit, &sheet.showing(writes, None), asked).await?;
    let values = context! {
        deadline => deadline.map(|day| day.to_string()), changed => Serde(round.set_changed(&office).await?),
        to_check => sheet.row.map_or(0, |row| sheet.found.rechecks(row).len()), ..shared
    };
    Ok(crumbs(Page::new("evaluation/own.html", visitor, values), language, round, false))
}

/// `POST /cham-diem/{id}/tu-cham/{unit}`: saves, sends, explains.
pub async fn act(
    State(office): State<Office>,
    visitor: Visitor,
    Path((id, unit)): SheetPath,
    CsrfForm(pairs): SheetForm,
) -> Result<Redirect> {
    visitor.require(Right::EnterFigures, &unit)?;
    let sent = Sent::of(pairs);
    let sheet = OpenedSheet::read(&office, &visitor, id, &unit).await?;
    let showing = sheet.showing(stage_of(sheet.standing.state), None);
    let (units, context) = (own_units(&visitor), visitor.context());
    let task = Task { round: id, unit: &unit, units: &units };
    let page = sent.field("trang").to_owned();
    let mut next = page.clone();
    match sent.field("verb") {
        verb @ ("save" | "next" | "submit") => {
            let entries = sent.entries(&showing, Stage::SelfScore)?;
            if !entries.is_empty() {
                operations::self_score(&office, &context, task, &entries).await?;
            }
            if verb == "submit" {
                operations::submit_self_score(&office, &context, task).await?;
            } else if verb == "next" {
                next = (page.parse::<usize>().unwrap_or(1) + 1).to_string();
            }
        }
        "explain" => {
            let entries = sent.entries(&showing, Stage::Explanation)?;
            operations::explain(&office, &context, task, &entries).await?;
        }
        verb => return Err(Error::refused("unknown_verb", format!("Không có việc «{verb}». Hãy mở lại trang."))),
    }
    Ok(Redirect::to(&format!("/cham-diem/{id}/tu-cham/{unit}?trang={next}&xong={}", sent.field("verb"))))
}
