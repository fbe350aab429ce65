//! The reporting periods of a year: when figures are due, what is open, more time, closing and opening again.

mod form;

use axum::{
    extract::{Path, State},
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use domain::{
    Reason,
    organisation::Registry,
    school_year::{EventKind, SchoolCalendar, SchoolYear},
};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

pub use form::PeriodForm;

use crate::{
    identity::{Right, Role, Visitor, queries::units_with},
    office::Office,
    platform::{
        Error, Result, clock,
        web::{CsrfForm, Page, Serde, context, wording},
    },
    school_year::{
        calendar::PeriodSheet,
        cycle::{self, Progress},
        operations,
        queries::{self, PeriodRow},
    },
};

/// So many schools are offered for choice beside a field.
const CHOICES_MAX: usize = 60;

/// A period with how far it is and what was decided about it.
#[derive(Debug, Serialize)]
struct Listed {
    progress: Progress,
    /// The day that was set first, where more time was given since.
    first_due_on: String,
    /// The forms that are due in it.
    forms: Vec<DueForm>,
    log: Vec<LogLine>,
}

/// A form that is due in a period.
#[derive(Debug, Serialize)]
struct DueForm {
    code: String,
    title: String,
    /// Its own due date; empty where it is the period's.
    due_on: String,
}

/// One line of what was decided about a period.
#[derive(Debug, Serialize)]
struct LogLine {
    on: Date,
    /// `opening`, `closure`, `reopening`, `extension`.
    what: &'static str,
    by: String,
    reason: String,
    /// More time: until when, for which form and which school; empty for all.
    until: String,
    form: String,
    unit: String,
}

fn known_year(text: &str) -> Result<SchoolYear> {
    SchoolYear::parse(text).ok_or_else(|| Error::NotFound(format!("năm học {text}")))
}

/// `GET /nam-hoc/{year}/ky-bao-cao`.
pub async fn show(State(office): State<Office>, visitor: Visitor, Path(year): Path<String>) -> Result<Page> {
    draw(&office, visitor, &year, &PeriodForm::default(), &[]).await
}

/// `POST /nam-hoc/{year}/ky-bao-cao`.
pub async fn change(
    State(office): State<Office>,
    visitor: Visitor,
    Path(year): Path<String>,
    CsrfForm(form): CsrfForm<PeriodForm>,
) -> Result<Response> {
    require_keeper(&office, &visitor).await?;
    match form.carry_out(&office, &visitor, known_year(&year)?).await {
        Ok(()) => Ok(Redirect::to(&format!("/nam-hoc/{year}/ky-bao-cao")).into_response()),
        Err(Error::Refused(refusal)) => {
            let page = draw(&office, visitor, &year, &form, &refusal.reasons).await?;
            Ok(page.status(StatusCode::UNPROCESSABLE_ENTITY).into_response())
        }
        Err(error) => Err(error),
    }
}

/// Whether the visitor keeps the periods. They are those of every school here: where an officer works at a unit above the
/// visitor's, they are that unit's to open, move and close.
async fn keeps_periods(office: &Office, visitor: &Visitor) -> Result<bool> {
    let own = &visitor.frame().unit_code;
    let Some(account) = visitor.account().filter(|_| visitor.may(Right::RunYear, own)) else { return Ok(false) };
    let offices = units_with(office, Role::Officer, visitor.today()).await?;
    let mut above = account.superiors(own, visitor.today()).filter(|unit| offices.iter().any(|code| code == unit));
    Ok(above.all(|unit| visitor.may(Right::RunYear, unit)))
}

async fn require_keeper(office: &Office, visitor: &Visitor) -> Result<()> {
    visitor.signed_in()?;
    if keeps_periods(office, visitor).await? { Ok(()) } else { Err(Error::Forbidden) }
}

async fn draw(office: &Office, visitor: Visitor, year: &str, form: &PeriodForm, reasons: &[Reason]) -> Result<Page> {
    if !visitor.frame().years.iter().any(|known| known == year) {
        return Err(Error::NotFound(format!("năm học {year}")));
    }
    let language = visitor.language().as_str();
    let mut periods = Vec::new();
    for period in queries::periods(office, year).await? {
        periods.push(listed(office, &visitor, period).await?);
    }
    let runs = keeps_periods(office, &visitor).await?;
    let next = known_year(year)?.next().to_string();
    let can_open_next = runs && !visitor.frame().years.contains(&next);
    let all_forms: Vec<[&str; 2]> =
        office.catalogue().forms.iter().map(|form| [form.code.as_str(), form.title.in_language(language)]).collect();
    let schools = if runs { schools(office, &visitor).await? } else { Vec::new() };
    let reasons: Vec<Reason> = reasons.iter().map(|reason| form.at_field(reason)).collect();
    let values = context! {
        periods => Serde(&periods),
        semesters => Serde(&queries::semesters(office, year).await?),
        schools => Serde(&schools),
        all_forms => Serde(&all_forms),
        runs, next, can_open_next,
        form => Serde(form),
        reasons => Serde(&reasons),
        bad => reasons.iter().map(|reason| reason.at.clone()).collect::<Vec<_>>(),
    };
    let up = format!("{} {year}", wording::text(visitor.language(), "school-year"));
    Ok(Page::new("school_year/periods.html", visitor, values).crumb(up, format!("/nam-hoc/{year}")))
}

async fn listed(office: &Office, visitor: &Visitor, row: PeriodRow) -> Result<Listed> {
    let language = visitor.language().as_str();
    let registry = office.registry().await?;
    let log = log(&registry, &row.sheet);
    let PeriodSheet { period, deadlines, .. } = &row.sheet;
    let due = office.catalogue().forms.iter().filter(|form| period.gathers(form));
    let forms = due
        .map(|form| {
            let own = deadlines.forms.iter().find(|own| own.form == form.code);
            DueForm {
                code: form.code.clone(),
                title: form.title.in_language(language).to_owned(),
                due_on: own.map_or_else(String::new, |own| own.due_on.to_string()),
            }
        })
        .collect();
    let first_due_on = period.due_on.to_string();
    let scope = visitor.frame().scope(office).await?;
    let progress = cycle::progress_of(office, scope, row, visitor.today()).await?;
    let is_moved = progress.period.as_ref().is_some_and(|period| period.due_on != first_due_on);
    Ok(Listed { progress, first_due_on: if is_moved { first_due_on } else { String::new() }, forms, log })
}

/// What was decided about a period, by day.
fn log(registry: &Registry, sheet: &PeriodSheet) -> Vec<LogLine> {
    let event = |event: &domain::school_year::Event| LogLine {
        on: clock::date_in_vietnam(event.at),
        what: match event.kind {
            EventKind::Opening => "opening",
            EventKind::Closure => "closure",
            EventKind::Reopening => "reopening",
        },
        by: event.by.clone(),
        reason: event.reason.clone(),
        until: String::new(),
        form: String::new(),
        unit: String::new(),
    };
    let mut lines: Vec<LogLine> = sheet.lifecycle.events().iter().map(event).collect();
    lines.extend(sheet.deadlines.extensions.iter().map(|extension| LogLine {
        on: extension.on,
        what: "extension",
        by: extension.by.clone(),
        reason: extension.reason.clone(),
        until: extension.until.to_string(),
        form: extension.form.clone().unwrap_or_default(),
        unit: extension.unit.as_ref().map_or_else(String::new, |unit| {
            registry.unit(unit.as_str()).map_or_else(|| unit.0.clone(), |unit| unit.latest_name().to_owned())
        }),
    }));
    lines.sort_by_key(|line| line.on);
    lines
}

/// The schools that are offered for choice: none where they are too many for a list.
async fn schools(office: &Office, visitor: &Visitor) -> Result<Vec<[String; 2]>> {
    let (registry, today) = (office.registry().await?, visitor.today());
    let ours = registry.units().iter().filter(|unit| unit.school.is_some() && unit.validity.contains(today));
    let ours = ours.filter(|unit| visitor.may(Right::ReadUnit, unit.code.as_str())).take(CHOICES_MAX + 1);
    let found: Vec<[String; 2]> = ours.map(|unit| [unit.code.0.clone(), unit.name_on(today).to_owned()]).collect();
    Ok(if found.len() > CHOICES_MAX { Vec::new() } else { found })
}

/// The form that opens a year.
#[derive(Debug, Deserialize)]
pub struct NewYear {
    year: String,
}

/// `POST /nam-hoc`: opens a year with its usual calendar and periods.
pub async fn open_year(
    State(office): State<Office>,
    visitor: Visitor,
    CsrfForm(form): CsrfForm<NewYear>,
) -> Result<Response> {
    require_keeper(&office, &visitor).await?;
    let year = SchoolYear::read(&form.year).map_err(domain::Refusal::from)?;
    operations::open(&office, &visitor.context(), &SchoolCalendar::usual(year)).await?;
    Ok(Redirect::to(&format!("/nam-hoc/{year}/ky-bao-cao")).into_response())
}
