//! The year on one page.

pub mod periods;
mod steps;
mod waiting;

use axum::{
    extract::{Path, State},
    response::{IntoResponse, Redirect, Response},
};
use domain::school_year::SchoolYear;
use serde::Serialize;

use super::{cycle::Progress, queries};
use crate::{
    figures::{self, queries::Behind},
    identity::{Right, Visitor},
    office::Office,
    platform::{
        Error, Result,
        web::{Page, Serde, context},
    },
};

/// The indicators that say most about a year, in the order of the page.
const HIGHLIGHTS: [&str; 4] = ["pupil_total", "sec_learning_good_share", "standard_school_rate", "prize_high_total"];

/// `GET /`: the current year's page, or what to do first in an office without a year.
pub async fn home(visitor: Visitor) -> Result<Response> {
    visitor.signed_in()?;
    match visitor.frame().year.as_str() {
        "" => {
            let suggested = SchoolYear::of_day(visitor.today()).map(|year| year.to_string());
            Ok(Page::new("school_year/first.html", visitor, context! { suggested }).into_response())
        }
        year => Ok(Redirect::to(&format!("/nam-hoc/{year}")).into_response()),
    }
}

/// `GET /nam-hoc/{year}`.
pub async fn year(State(office): State<Office>, visitor: Visitor, Path(year): Path<String>) -> Result<Page> {
    if !visitor.frame().years.contains(&year) {
        return Err(Error::NotFound(format!("năm học {year}")));
    }
    let judges = visitor.require_somewhere(Right::JudgeFigures).is_ok();
    let enters = visitor.require_somewhere(Right::EnterFigures).is_ok();
    let next = next(&visitor.frame().progress, judges, enters);
    let semesters = queries::semesters(&office, &year).await?;
    let highlights = highlights(&office, &visitor.frame().unit_code, &year).await?;
    let steps = steps::counted(&office, &visitor, &year).await?;
    let waiting = waiting::papers(&office, &visitor, &year).await?;
    let values = context! {
        next, waiting, semesters => Serde(&semesters), highlights => Serde(&highlights), steps => Serde(&steps),
    };
    Ok(Page::new("school_year/year.html", visitor, values))
}

/// An indicator of the year beside the year before.
#[derive(Debug, Serialize)]
struct Highlight {
    code: String,
    vi: String,
    en: String,
    measure: String,
    decimals: u8,
    value: f64,
    #[serde(flatten)]
    behind: Behind,
    /// The change on last year: percentage points for a percentage, else in the measure itself; none while a school is
    /// missing from either year.
    change: Option<f64>,
    /// Who stands behind last year's value; none where there is no such value.
    before: Option<Behind>,
}

/// What the approved figures say of the unit; empty before the first approval.
async fn highlights(office: &Office, unit_code: &str, year: &str) -> Result<Vec<Highlight>> {
    let Some(year) = SchoolYear::parse(year) else { return Ok(Vec::new()) };
    let Some((view, position)) = view(office, year, unit_code).await? else { return Ok(Vec::new()) };
    let before = self::view(office, year.previous(), unit_code).await?;
    let catalogue = office.catalogue();
    let mut found = Vec::new();
    for code in HIGHLIGHTS {
        let Some(number) = catalogue.indicators.iter().position(|indicator| indicator.code == code) else { continue };
        let now = figures::queries::value_of(catalogue, &view, position, number)?;
        let Some(value) = now.value else { continue };
        let earlier = match &before {
            Some((view, position)) => Some(figures::queries::value_of(catalogue, view, *position, number)?),
            None => None,
        };
        let earlier = earlier.and_then(|earlier| Some((earlier.value?, earlier.behind())));
        let behind = now.behind();
        let whole = earlier.filter(|(_, before)| !before.is_partial && !behind.is_partial);
        found.push(Highlight {
            behind,
            before: earlier.map(|(_, before)| before),
            code: now.code,
            vi: now.label,
            en: now.label_en,
            measure: now.unit,
            decimals: now.decimals,
            value,
            change: whole.map(|(earlier, _)| value - earlier),
        });
    }
    Ok(found)
}

type View = (std::sync::Arc<figures::YearView>, usize);

/// The year's figures with the unit's place in them; none where the unit is on no map of the year.
async fn view(office: &Office, year: SchoolYear, unit_code: &str) -> Result<Option<View>> {
    match figures::queries::view_with_unit(office, year, unit_code, None).await {
        Ok(found) => Ok(Some(found)),
        Err(Error::NotFound(_) | Error::Refused(_)) => Ok(None),
        Err(error) => Err(error),
    }
}

/// What the page says first: the key of its words and of its one action.
fn next(progress: &Progress, judges: bool, enters: bool) -> &'static str {
    let Some(period) = &progress.period else { return "no-period" };
    match (!period.is_closed, progress.is_complete()) {
        (false, _) => "closed",
        (true, true) => "complete",
        (true, false) if judges && progress.waiting_count > 0 => "judge",
        (true, false) if progress.unsent_count + progress.returned_count == 0 => "waiting",
        (true, false) if judges => "remind",
        (true, false) if enters => "fill",
        (true, false) => "look",
    }
}
