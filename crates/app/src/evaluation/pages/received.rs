//! `/danh-gia/{year}/cap-tren`: results that a superior office gave, with their documents.

use axum::{
    extract::{Path, State},
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use domain::{Level, Reason, Refusal, evaluation::received::ReceivedResult, school_year::SchoolYear};
use serde::{Deserialize, Serialize};

use super::year_of;
use crate::{
    evaluation::received,
    identity::Right,
    office::Office,
    platform::{
        Error, Result,
        web::{CsrfForm, Page, Serde, Visitor, context, wording},
    },
};

/// A result as it is typed.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
pub struct Typed {
    #[serde(default)]
    scope: String,
    #[serde(default)]
    contributors: Vec<String>,
    #[serde(default)]
    total: String,
    #[serde(default)]
    excellent: String,
    #[serde(default)]
    good: String,
    #[serde(default)]
    graded_by: String,
    #[serde(default)]
    document: String,
    #[serde(default)]
    correction: String,
}

/// A recorded result as the page shows it.
#[derive(Debug, Serialize)]
struct Line {
    statement: String,
    document: String,
    correction: String,
    recorded_at: String,
    recorded_by: String,
    is_superseded: bool,
}

async fn draw(office: &Office, visitor: Visitor, year: SchoolYear, typed: &Typed, reasons: &[Reason]) -> Result<Page> {
    let unit = visitor.frame().unit_code.clone();
    visitor.require(Right::ReadUnit, &unit)?;
    let line = |one: received::Recorded| Line {
        statement: one.result.statement(),
        document: one.result.document.clone(),
        correction: one.correction,
        recorded_at: one.recorded_at,
        recorded_by: one.recorded_by,
        is_superseded: one.is_superseded,
    };
    let lines: Vec<Line> = received::of_year(office, &unit, year).await?.into_iter().map(line).collect();
    let is_english = visitor.language().as_str() == "en";
    let named = |level: &Level| (level.as_str(), if is_english { level.label().1 } else { level.label().0 });
    let levels: Vec<(&str, &str)> = Level::ALL.iter().map(named).collect();
    let status = if reasons.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    let values = context! {
        year => year.to_string(), typed => Serde(typed), lines => Serde(&lines), levels => Serde(levels),
        reasons => Serde(reasons), unit_name => visitor.frame().unit_name.clone(),
        may_write => visitor.may(Right::WriteReport, &unit),
    };
    let label = wording::text(visitor.language(), "step-evaluation");
    let page = Page::new("evaluation/received.html", visitor, values).status(status);
    Ok(page.crumb(year.to_string(), format!("/nam-hoc/{year}")).crumb(label, format!("/danh-gia/{year}")))
}

/// `GET /danh-gia/{year}/cap-tren`.
pub async fn show(State(office): State<Office>, visitor: Visitor, Path(text): Path<String>) -> Result<Page> {
    let year = year_of(&text)?;
    draw(&office, visitor, year, &Typed::default(), &[]).await
}

/// `POST /danh-gia/{year}/cap-tren`: records a result, or shows the form again with its faults.
pub async fn record(
    State(office): State<Office>,
    visitor: Visitor,
    Path(text): Path<String>,
    CsrfForm(typed): CsrfForm<Typed>,
) -> Result<Response> {
    let year = year_of(&text)?;
    let unit = visitor.frame().unit_code.clone();
    visitor.require(Right::WriteReport, &unit)?;
    let done = match read(year, &typed) {
        Ok(result) => received::record(&office, &visitor.context(), &unit, &result, &typed.correction).await,
        Err(refusal) => Err(refusal.into()),
    };
    match done {
        Ok(_) => Ok(Redirect::to(&format!("/danh-gia/{year}/cap-tren")).into_response()),
        Err(Error::Refused(refusal)) => {
            Ok(draw(&office, visitor, year, &typed, &refusal.reasons).await?.into_response())
        }
        Err(error) => Err(error),
    }
}

fn read(year: SchoolYear, typed: &Typed) -> Result<ReceivedResult, Refusal> {
    let mut reasons = Vec::new();
    let mut whole = |at: &str, text: &str| {
        let text = text.trim();
        if text.is_empty() {
            return None;
        }
        let number = text.parse::<u32>().ok();
        if number.is_none() {
            reasons.push(Reason::new("not_a_number", format!("«{text}» không phải là số chỉ tiêu.")).at(at));
        }
        number
    };
    let total = whole("total", &typed.total);
    let excellent = whole("excellent", &typed.excellent);
    let good = whole("good", &typed.good);
    Refusal::unless_empty(reasons)?;
    let named = [("Xuất sắc", excellent), ("Tốt", good)];
    let counts: Vec<(&str, u32)> = named.into_iter().filter_map(|(name, count)| Some((name, count?))).collect();
    let levels: Vec<Level> = typed.contributors.iter().filter_map(|code| Level::parse(code)).collect();
    let whom = (Level::parse(&typed.scope), levels.as_slice());
    ReceivedResult::new(year, whom, (total.unwrap_or(0), &counts), &typed.graded_by, &typed.document)
}
