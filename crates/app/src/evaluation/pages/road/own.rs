//! A unit's own sheet: its points, its evidence, its explanations.

use std::collections::BTreeSet;

use axum::{
    extract::{Path, Query, State},
    response::Redirect,
};
use domain::evaluation::road::{RoadState, Stage, differences};
use serde::Deserialize;

use super::{
    crumbs,
    lines::{LINES_MAX, Sent, Showing, views},
    own_units, word,
};
use crate::{
    evaluation::{
        queries::evaluate,
        road::{Task, operations, queries},
    },
    identity::{Right, Visitor},
    office::Office,
    platform::{
        Error, Result,
        web::{CsrfForm, Page, Serde, context},
    },
};

/// Which page of the sheet.
#[derive(Debug, Default, Deserialize)]
pub struct Asked {
    #[serde(default, rename = "trang")]
    pub(super) page: usize,
    #[serde(default, rename = "xong")]
    pub(super) done: String,
}

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
    Path((id, unit)): Path<(i64, String)>,
    Query(asked): Query<Asked>,
) -> Result<Page> {
    visitor.require(Right::ReadUnit, &unit)?;
    let round = queries::round(&office, id).await?;
    let (road, standing) = queries::road(&office, id, &unit).await?;
    let found = evaluate(&office, &round.row.set_code, round.year, visitor.today()).await?;
    let row = found.row(&unit);
    let computed = row.map(|row| found.computed(row)).unwrap_or_default();
    let files = queries::evidence(&office, id, &unit).await?;
    let language = visitor.language();
    let writes = stage_of(standing.state).filter(|_| visitor.may(Right::EnterFigures, &unit));
    let differing: BTreeSet<String> =
        differences(&round.set, &road, round.limit()).into_iter().map(|one| one.line).collect();
    let set = &round.set;
    let showing = Showing { set, road: &road, computed: &computed, files: &files, language, writes, assigned: None };
    let lines = views(&showing, &differing);
    let page_count = lines.len().div_ceil(LINES_MAX).max(1);
    let page = asked.page.clamp(1, page_count);
    let shown: Vec<_> = lines.into_iter().skip((page - 1) * LINES_MAX).take(LINES_MAX).collect();
    let registry = office.registry().await?;
    let name = registry.unit(&unit).map_or(unit.as_str(), |known| known.name_on(visitor.today())).to_owned();
    let deadline = standing.state.next_stage().and_then(|stage| round.deadlines.of(stage));
    let values = context! {
        id, unit => unit.clone(), name, year => round.row.year.clone(), set => round.row.set_code.clone(),
        label => Serde(&round.set.label), state => standing.state.as_str(), state_name => word(standing.state.label(), language),
        lines => Serde(&shown), page, page_count, difference_count => differing.len(),
        writes => writes.map(Stage::as_str), deadline => deadline.map(|day| day.to_string()),
        done => asked.done, changed => Serde(round.set_changed(&office).await?),
        to_check => row.map_or(0, |row| found.rechecks(row).len()),
    };
    Ok(crumbs(Page::new("evaluation/own.html", visitor, values), language, &round, false))
}

/// `POST /cham-diem/{id}/tu-cham/{unit}`: saves, sends, explains.
pub async fn act(
    State(office): State<Office>,
    visitor: Visitor,
    Path((id, unit)): Path<(i64, String)>,
    CsrfForm(pairs): CsrfForm<Vec<(String, String)>>,
) -> Result<Redirect> {
    visitor.require(Right::EnterFigures, &unit)?;
    let (round, sent) = (queries::round(&office, id).await?, Sent::of(pairs));
    let (road, standing) = queries::road(&office, id, &unit).await?;
    let files = queries::evidence(&office, id, &unit).await?;
    let found = evaluate(&office, &round.row.set_code, round.year, visitor.today()).await?;
    let computed = found.row(&unit).map(|row| found.computed(row)).unwrap_or_default();
    let showing = Showing {
        set: &round.set,
        road: &road,
        computed: &computed,
        files: &files,
        language: visitor.language(),
        writes: stage_of(standing.state),
        assigned: None,
    };
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
