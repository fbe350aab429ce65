//! The reporting periods of a year: when figures are due, what is open, closing and opening again.

use axum::{
    extract::{Path, State},
    response::{IntoResponse, Redirect, Response},
};
use domain::{
    Label,
    school_year::{Event, ReportingPeriod, SchoolCalendar, SchoolYear},
};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::{
    identity::{Right, Visitor},
    office::Office,
    platform::{
        Error, Result,
        web::{CsrfForm, Page, Serde, context, wording},
    },
    school_year::{
        calendar,
        cycle::{self, Progress},
        operations, queries,
    },
    submissions,
};

/// A period with how far it is and what was decided about it.
#[derive(Debug, Serialize)]
struct Listed {
    progress: Progress,
    events: Vec<Event>,
}

fn known_year(text: &str) -> Result<SchoolYear> {
    SchoolYear::parse(text).ok_or_else(|| Error::NotFound(format!("năm học {text}")))
}

/// `GET /nam-hoc/{year}/ky-bao-cao`.
pub async fn show(State(office): State<Office>, visitor: Visitor, Path(year): Path<String>) -> Result<Page> {
    if !visitor.frame().years.contains(&year) {
        return Err(Error::NotFound(format!("năm học {year}")));
    }
    let scope = visitor.frame().scope(&office).await?;
    let mut periods = Vec::new();
    for period in queries::periods(&office, &year).await? {
        let events = calendar::period(&office, &period.code).await?.lifecycle.events().to_vec();
        periods.push(Listed { progress: cycle::progress_of(&office, scope, period, visitor.today()).await?, events });
    }
    let runs = visitor.may(Right::RunYear, &visitor.frame().unit_code);
    let up = format!("{} {year}", wording::text(visitor.language(), "school-year"));
    let next = known_year(&year)?.next().to_string();
    let can_open_next = runs && !visitor.frame().years.contains(&next);
    let href = format!("/nam-hoc/{year}");
    let values = context! { periods => Serde(&periods), runs, next, can_open_next };
    Ok(Page::new("school_year/periods.html", visitor, values).crumb(up, href))
}

/// What is done to the periods of a year.
#[derive(Debug, Deserialize)]
#[serde(tag = "verb", rename_all = "snake_case")]
pub enum Change {
    /// Chốt số liệu.
    Close {
        /// The period.
        period: String,
        /// Why, where forms are still pending.
        #[serde(default)]
        reason: String,
    },
    /// Opens a closed period again.
    Reopen {
        /// The period.
        period: String,
        /// Why.
        #[serde(default)]
        reason: String,
    },
    /// More time for everyone.
    Extend {
        /// The period.
        period: String,
        /// The new last day.
        until: Date,
        /// Why.
        #[serde(default)]
        reason: String,
    },
    /// A period that the office sets itself.
    Add {
        /// The last part of its code.
        slug: String,
        /// Its name.
        label: String,
        /// The day that the figures describe.
        as_of: Date,
        /// The day by which they are due.
        due_on: Date,
    },
}

/// `POST /nam-hoc/{year}/ky-bao-cao`.
pub async fn change(
    State(office): State<Office>,
    visitor: Visitor,
    Path(year): Path<String>,
    CsrfForm(change): CsrfForm<Change>,
) -> Result<Response> {
    visitor.require(Right::RunYear, &visitor.frame().unit_code)?;
    let context = visitor.context();
    match change {
        Change::Close { period, reason } => {
            let pending = pending_count(&office, &visitor, &year, &period).await?;
            submissions::operations::close_period(&office, &context, &period, pending, &reason).await?;
        }
        Change::Reopen { period, reason } => {
            submissions::operations::reopen_period(&office, &context, &period, &reason).await?;
        }
        Change::Extend { period, until, reason } => {
            operations::extend(&office, &context, &period, [None, None], until, &reason).await?;
        }
        Change::Add { slug, label, as_of, due_on } => {
            let label = Label { en: label.clone(), vi: label };
            let period = ReportingPeriod::custom(known_year(&year)?, &slug, label, as_of, due_on)?;
            operations::add_period(&office, &context, &period).await?;
        }
    }
    Ok(Redirect::to(&format!("/nam-hoc/{year}/ky-bao-cao")).into_response())
}

async fn pending_count(office: &Office, visitor: &Visitor, year: &str, code: &str) -> Result<usize> {
    let period = queries::periods(office, year).await?.into_iter().find(|period| period.code == code);
    let period = period.ok_or_else(|| Error::NotFound(format!("kỳ báo cáo {code}")))?;
    let scope = visitor.frame().scope(office).await?;
    let progress = cycle::progress_of(office, scope, period, visitor.today()).await?;
    Ok(usize::try_from(progress.pending_count()).unwrap_or(0))
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
    visitor.require(Right::RunYear, &visitor.frame().unit_code)?;
    let year = SchoolYear::read(&form.year).map_err(domain::Refusal::from)?;
    operations::open(&office, &visitor.context(), &SchoolCalendar::usual(year)).await?;
    Ok(Redirect::to(&format!("/nam-hoc/{year}/ky-bao-cao")).into_response())
}
