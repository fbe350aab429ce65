//! `/hoi-nghi`: the office's conferences and a new one.

use axum::{extract::State, response::Redirect};
use serde::Deserialize;

use crate::{
    conference::{
        RUN, live,
        operations::{self, New},
        queries, sheet,
    },
    identity::{Right, Visitor},
    office::Office,
    platform::{
        Error, Result,
        web::{CsrfForm, Page, Serde, context},
    },
};

/// `GET /hoi-nghi`.
pub async fn show(State(office): State<Office>, visitor: Visitor) -> Result<Page> {
    let all = queries::list(&office).await?;
    let may_read = |unit: &str| visitor.may(Right::ReadUnit, unit);
    let conferences: Vec<_> = all.into_iter().filter(|listed| may_read(&listed.unit_code)).collect();
    let runs = visitor.require_somewhere(RUN).is_ok();
    let values = context! { conferences => Serde(&conferences), runs, year => visitor.frame().year.clone() };
    Ok(Page::new("conference/list.html", visitor, values))
}

/// A new conference.
#[derive(Debug, Deserialize)]
pub struct NewForm {
    title: String,
    year: String,
    /// The number of the conference whose programme, venues, jobs and rules are taken over; empty for none.
    #[serde(default)]
    like: String,
}

/// `POST /hoi-nghi`.
pub async fn create(
    State(office): State<Office>,
    visitor: Visitor,
    CsrfForm(form): CsrfForm<NewForm>,
) -> Result<Redirect> {
    let unit_code = visitor.units_with(RUN).first().map(|unit| (*unit).to_owned()).ok_or(Error::Forbidden)?;
    let context = visitor.context();
    let new = New { unit_code, title: form.title, year: form.year };
    let taken = match form.like.trim().parse() {
        Ok(like) => {
            let last = queries::one(&office, like).await?;
            visitor.require(Right::ReadUnit, &last.unit_code)?;
            sheet::clone_commands(&*live::hall(&office, like).await?.state().await)
        }
        Err(_) => Vec::new(),
    };
    let id = operations::create(&office, &context, &new).await?;
    operations::commands(&office, &context, id, taken).await?;
    Ok(Redirect::to(&format!("/hoi-nghi/{id}")))
}
