//! The year on one page.

use axum::{
    extract::Path,
    response::{IntoResponse, Redirect, Response},
};

use super::cycle::Progress;
use crate::{
    identity::{Right, Visitor},
    platform::{
        Error, Result,
        web::{Page, context},
    },
};

/// `GET /`: the current year's page, or what to do first in an office without a year.
pub async fn home(visitor: Visitor) -> Result<Response> {
    visitor.signed_in()?;
    match visitor.frame().year.as_str() {
        "" => Ok(Page::new("school_year/first.html", visitor, context! {}).into_response()),
        year => Ok(Redirect::to(&format!("/nam-hoc/{year}")).into_response()),
    }
}

/// `GET /nam-hoc/{year}`.
pub async fn year(visitor: Visitor, Path(year): Path<String>) -> Result<Page> {
    if !visitor.frame().years.contains(&year) {
        return Err(Error::NotFound(format!("năm học {year}")));
    }
    let judges = visitor.require_somewhere(Right::JudgeFigures).is_ok();
    let next = next(&visitor.frame().progress, judges);
    Ok(Page::new("school_year/year.html", visitor, context! { next }))
}

/// What the page says first: the key of its words and of its one action.
fn next(progress: &Progress, judges: bool) -> &'static str {
    let Some(period) = &progress.period else { return "no-period" };
    match (period.is_open(), progress.is_complete()) {
        (false, _) => "closed",
        (true, true) => "complete",
        (true, false) if judges && progress.waiting_count > 0 => "judge",
        (true, false) if progress.unsent_count + progress.returned_count == 0 => "waiting",
        (true, false) if judges => "remind",
        (true, false) => "fill",
    }
}
