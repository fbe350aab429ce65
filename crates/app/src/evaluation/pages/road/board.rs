//! The board of a round: who is where, who is late, what comes next.

use axum::{
    extract::{Path, Query, State},
    http::{HeaderMap, header},
    response::Redirect,
};
use domain::{
    evaluation::road::{RoadState, Stage},
    vietnamese::sort_key,
};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::{crumbs, own_units, require_running, runs, word};
use crate::{
    evaluation::road::{Round, operations, queries, reminders},
    identity::{Right, Visitor},
    office::Office,
    organisation::clusters,
    platform::{
        Error, Result,
        web::{CsrfForm, Page, Paged, Serde, context},
    },
};

/// Units on one page.
const PAGE_SIZE: usize = 24;

/// What the address asks for.
#[derive(Debug, Default, Deserialize)]
pub struct Asked {
    #[serde(default, rename = "tt")]
    state: String,
    #[serde(default, rename = "trang")]
    page: usize,
    #[serde(default, rename = "xong")]
    done: String,
}

/// A unit on the board.
#[derive(Debug, Serialize)]
struct Row {
    code: String,
    name: String,
    cluster: String,
    state: &'static str,
    state_name: &'static str,
    due_on: String,
    is_late: bool,
    /// The visitor may open the unit's own sheet.
    is_readable: bool,
    /// The visitor may open the reviewer's sheet.
    is_reviewed: bool,
}

/// `GET /cham-diem/{id}?tt=&trang=`.
pub async fn show(
    State(office): State<Office>,
    visitor: Visitor,
    Path(id): Path<i64>,
    Query(asked): Query<Asked>,
) -> Result<Page> {
    let round = queries::round(&office, id).await?;
    let rows = rows(&office, &visitor, &round).await?;
    let language = visitor.language();
    let states: Vec<(&str, &str, usize)> = RoadState::ALL
        .into_iter()
        .map(|state| {
            let count = rows.iter().filter(|row| row.state == state.as_str()).count();
            (state.as_str(), word(state.label(), language), count)
        })
        .collect();
    let late = rows.iter().filter(|row| row.is_late).count();
    let is_shown = |row: &Row| match asked.state.as_str() {
        "" => true,
        "late" => row.is_late,
        state => row.state == state,
    };
    let all = rows.len();
    let found: Vec<Row> = rows.into_iter().filter(is_shown).collect();
    let Paged { rows: shown, page, page_count } = Paged::of(found, asked.page, PAGE_SIZE);
    let today = visitor.today();
    let stages: Vec<(&str, &str, String, bool)> = Stage::ALL
        .into_iter()
        .map(|stage| {
            let day = round.deadlines.of(stage).map_or_else(String::new, |day| day.to_string());
            (stage.as_str(), word(stage.label(), language), day, round.deadlines.is_over(stage, today))
        })
        .collect();
    let values = context! {
        id, year => round.row.year.clone(), set => round.row.set_code.clone(), label => Serde(&round.set.label),
        version => round.row.set_version, rows => Serde(&shown), states => Serde(&states), stages => Serde(&stages), asked => asked.state, page, page_count,
        count => all, late, runs => runs(&office, &visitor, &round).await?, done => asked.done,
        changed => Serde(round.set_changed(&office).await?), published => round.row.publication_count,
    };
    Ok(crumbs(Page::new("evaluation/board.html", visitor, values), language, &round, true))
}

/// The units that the visitor may see or was given to check, by state and name.
async fn rows(office: &Office, visitor: &Visitor, round: &Round) -> Result<Vec<Row>> {
    let (registry, today, language) = (office.registry().await?, visitor.today(), visitor.language());
    let members = clusters::members(office, &round.row.year).await?;
    let own = own_units(visitor);
    let given: Vec<String> = queries::assignments(office, round.row.id)
        .await?
        .into_iter()
        .filter(|one| own.contains(&one.reviewer_code))
        .map(|one| one.unit_code)
        .collect();
    let mut rows = Vec::new();
    for standing in queries::standings(office.db(), round.row.id).await? {
        let is_readable = visitor.may(Right::ReadUnit, &standing.unit);
        let is_given = given.contains(&standing.unit);
        if !is_readable && !is_given {
            continue;
        }
        let stage = standing.state.next_stage();
        let due_on = stage.and_then(|stage| round.deadlines.of(stage));
        let judges =
            [Right::JudgeFigures, Right::RunEvaluation].iter().any(|right| visitor.may(*right, &standing.unit));
        let name = registry.unit(&standing.unit).map_or(standing.unit.as_str(), |unit| unit.name_on(today)).to_owned();
        rows.push(Row {
            cluster: members.get(&standing.unit).cloned().unwrap_or_default(),
            code: standing.unit,
            name,
            state: standing.state.as_str(),
            state_name: word(standing.state.label(), language),
            due_on: due_on.map_or_else(String::new, |day| day.to_string()),
            is_late: due_on.is_some_and(|day| today > day),
            is_readable,
            is_reviewed: judges || is_given,
        });
    }
    rows.sort_by_cached_key(|row| (RoadState::parse(row.state), sort_key(&row.name), row.code.clone()));
    Ok(rows)
}

/// What the office does with the round.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Deed {
    verb: String,
    unit: Vec<String>,
    stage: String,
    until: String,
    reason: String,
    lines: String,
}

/// `POST /cham-diem/{id}`: reminds, extends, says who checks whom.
pub async fn act(
    State(office): State<Office>,
    visitor: Visitor,
    Path(id): Path<i64>,
    headers: HeaderMap,
    CsrfForm(deed): CsrfForm<Deed>,
) -> Result<Redirect> {
    let round = queries::round(&office, id).await?;
    require_running(&office, &visitor, &round).await?;
    let context = visitor.context();
    let done = match deed.verb.as_str() {
        "remind" if deed.unit.is_empty() => {
            return Err(Error::refused("nothing_chosen", "Hãy đánh dấu ít nhất một đơn vị rồi làm lại."));
        }
        "remind" => {
            let host = headers.get(header::HOST).and_then(|host| host.to_str().ok()).unwrap_or("localhost");
            let origin = office.settings().origin(host);
            format!("nhac-{}", reminders::remind(&office, &context, id, &deed.unit, &origin).await?)
        }
        "extend" => {
            let stage = Stage::parse(&deed.stage)
                .ok_or_else(|| Error::refused("unknown_stage", "Hãy chọn bước cần gia hạn."))?;
            let until: Date = deed
                .until
                .trim()
                .parse()
                .map_err(|_| Error::refused("not_a_date", "Ngày gia hạn không phải ngày; hãy chọn lại."))?;
            operations::extend(&office, &context, id, (stage, until), &deed.reason).await?;
            "gia-han".to_owned()
        }
        "assign" => {
            let assignments = operations::read_assignments(&deed.lines)?;
            operations::assign(&office, &context, id, &assignments).await?;
            format!("giao-{}", assignments.len())
        }
        "ring" => format!("giao-{}", operations::assign_ring(&office, &context, id).await?),
        verb => return Err(Error::refused("unknown_verb", format!("Không có việc «{verb}». Hãy mở lại trang."))),
    };
    Ok(Redirect::to(&format!("/cham-diem/{id}?xong={done}")))
}
