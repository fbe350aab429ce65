//! The road in the browser: opening a set, the board, a unit's own sheet, the reviewer's sheet, differences, the council,
//! results.

pub mod board;
pub mod council;
pub mod differences;
pub mod evidence;
mod lines;
pub mod open;
mod opened;
pub mod own;
pub mod results;
pub mod review;

use domain::school_year::SchoolYear;

use crate::{
    evaluation::road::{Round, queries},
    identity::Right,
    office::Office,
    platform::{
        Error, Language, Result,
        web::{Page, Visitor, wording},
    },
};

/// The units at which the visitor has any task: nobody judges one of these.
fn own_units(visitor: &Visitor) -> Vec<String> {
    visitor.units_with(Right::ReadUnit).into_iter().map(str::to_owned).collect()
}

/// Whether the visitor runs a round: at the office that opened it, or at every unit of it where that office is no more.
async fn runs(office: &Office, visitor: &Visitor, round: &Round) -> Result<bool> {
    if visitor.may(Right::RunEvaluation, &round.row.unit_code) {
        return Ok(true);
    }
    let standings = queries::standings(office.db(), round.row.id).await?;
    Ok(!standings.is_empty() && standings.iter().all(|one| visitor.may(Right::RunEvaluation, &one.unit)))
}

/// That the visitor runs a round.
async fn require_running(office: &Office, visitor: &Visitor, round: &Round) -> Result<()> {
    visitor.signed_in()?;
    if runs(office, visitor, round).await? { Ok(()) } else { Err(Error::Forbidden) }
}

/// A label of the domain in the visitor's language.
fn word((vietnamese, english): (&'static str, &'static str), language: Language) -> &'static str {
    if language.as_str() == "en" { english } else { vietnamese }
}

/// The way back: the year, its sets, the round.
fn crumbs(page: Page, language: Language, round: &Round, is_board: bool) -> Page {
    let year: SchoolYear = round.year;
    let label = wording::text(language, "evaluation-sets");
    let page = page.crumb(year.to_string(), format!("/nam-hoc/{year}")).crumb(label, format!("/danh-gia/{year}"));
    if is_board {
        return page;
    }
    page.crumb(round.set.label.in_language(language.as_str()).to_owned(), format!("/cham-diem/{}", round.row.id))
}
