//! `/truong/{code}`: the principal's view — what is due, what came back, what was approved.

use axum::extract::{Path, State};
use domain::organisation::UnitCode;
use serde::Serialize;

use crate::{
    identity::{Right, Visitor},
    office::Office,
    platform::{
        Error, Result,
        web::{Page, Serde, context},
    },
    school_year::{self, calendar::PeriodSheet},
    submissions::{
        SubmissionKey,
        queries::{self, board::SchoolRow, history},
    },
};

/// Years shown: the present one and the one before.
const YEARS_SHOWN: usize = 2;

/// A period with the school's forms.
#[derive(Serialize)]
struct PeriodView {
    code: String,
    label: String,
    due_on: String,
    is_open: bool,
    row: SchoolRow,
    titles: Vec<String>,
    /// By form: its own due date, empty where it is the period's.
    dues: Vec<String>,
    /// Why each returned form came back.
    returns: Vec<(String, String)>,
}

/// `GET /truong/{code}`.
pub async fn show(State(office): State<Office>, visitor: Visitor, Path(code): Path<String>) -> Result<Page> {
    visitor.require(Right::ReadUnit, &code)?;
    let registry = office.registry().await?;
    let unit = registry.unit(&code).filter(|unit| unit.school.is_some());
    let unit = unit.ok_or_else(|| Error::NotFound(format!("trường {code}")))?;
    let mut periods = Vec::new();
    for year in school_year::queries::years(&office).await?.iter().take(YEARS_SHOWN) {
        for period in school_year::queries::periods(&office, year).await?.iter().rev() {
            periods.extend(period_view(&office, &visitor, &period.sheet, &code).await?);
        }
    }
    let values = context! {
        enters => visitor.may(Right::EnterFigures, &code),
        name => unit.latest_name(),
        periods => Serde(&periods),
        code => code,
    };
    Ok(Page::new("submissions/school.html", visitor, values))
}

async fn period_view(
    office: &Office,
    visitor: &Visitor,
    sheet: &PeriodSheet,
    school: &str,
) -> Result<Option<PeriodView>> {
    let language = visitor.language().as_str();
    let PeriodSheet { period, deadlines, .. } = sheet;
    let board = queries::board::board(office, sheet, visitor.today(), |unit| unit == school).await?;
    let Some(row) = board.rows.into_iter().next() else { return Ok(None) };
    let mut returns = Vec::new();
    for form in row.forms.iter().filter(|form| form.state == "returned") {
        let history = history::history(office, &SubmissionKey::new(&period.code, &form.form, school)).await?;
        let last = history.events.iter().find(|event| event.kind == "returned");
        let said = last.and_then(|event| {
            let cells = event.remarks.iter().map(|remark| remark.reason.clone());
            std::iter::once(event.reason.clone()).chain(cells).reduce(|said, more| continued(&said, &more))
        });
        returns.push((form.form.clone(), said.unwrap_or_default()));
    }
    let unit = UnitCode::from(school);
    let due_on = deadlines.due_for(Some(&unit));
    let dues = row.forms.iter().map(|form| deadlines.due_on(&form.form, &unit));
    let title = |code: &str| office.catalogue().form(code).map(|form| form.title.in_language(language).to_owned());
    Ok(Some(PeriodView {
        titles: row.forms.iter().map(|form| title(&form.form).unwrap_or_default()).collect(),
        label: period.label.in_language(language).to_owned(),
        due_on: due_on.to_string(),
        dues: dues.map(|due| if due == due_on { String::new() } else { due.to_string() }).collect(),
        is_open: sheet.state() == domain::submissions::PeriodState::Open,
        code: period.code.clone(),
        row: SchoolRow::clone(&row),
        returns,
    }))
}

/// One reason after another: a full stop ends the first, else a semicolon parts them.
fn continued(said: &str, more: &str) -> String {
    match (said.trim(), more.trim()) {
        (said, "") => said.to_owned(),
        ("", more) => more.to_owned(),
        (said, more) if said.ends_with(['.', '!', '?', ';']) => format!("{said} {more}"),
        (said, more) => format!("{said}; {more}"),
    }
}

#[cfg(test)]
mod tests;
