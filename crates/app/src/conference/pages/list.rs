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
        web::{CsrfForm, Page, Serde, Value, context},
    },
};

/// `GET /hoi-nghi`.
pub async fn show(State(office): State<Office>, visitor: Visitor) -> Result<Page> {
    let all = queries::list(&office).await?;
    let may_read = |unit: &str| visitor.may(Right::ReadUnit, unit);
    let (conferences, others): (Vec<_>, Vec<_>) = all.into_iter().partition(|listed| may_read(&listed.unit_code));
    let invited = invited(&office, &visitor, &others).await?;
    let runs = visitor.require_somewhere(RUN).is_ok();
    let year = visitor.frame().year.clone();
    let values = context! { conferences => Serde(&conferences), invited, runs, year };
    Ok(Page::new("conference/list.html", visitor, values))
}

/// Conferences of other units to which the visitor's own units are invited: they name their delegates.
async fn invited(office: &Office, visitor: &Visitor, others: &[queries::Listed]) -> Result<Vec<Value>> {
    let own = visitor.units_with(Right::EnterFigures);
    let mut found = Vec::new();
    for listed in others.iter().filter(|listed| !own.is_empty() && !listed.is_over()) {
        let hall = live::hall(office, listed.id).await?;
        let state = hall.state().await;
        if !operations::invite::has_a_day(&state) {
            continue;
        }
        for allotment in state.allotments() {
            let quota = state.records.quotas.get(allotment.quota);
            let Some(quota) = quota.filter(|quota| own.contains(&quota.unit_code.as_str())) else { continue };
            found.push(context! {
                id => listed.id, title => listed.title.as_str(), held_on => listed.held_on.as_str(),
                unit => quota.unit_code.as_str(), unit_name => quota.unit_name.as_str(), left => allotment.places_left(),
            });
        }
    }
    Ok(found)
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
    let last = match form.like.trim().parse() {
        Ok(like) => {
            let last = queries::one(&office, like).await?;
            visitor.require(Right::ReadUnit, &last.unit_code)?;
            Some(live::hall(&office, like).await?.state().await.clone())
        }
        Err(_) => None,
    };
    let id = operations::create(&office, &context, &new).await?;
    if let Some(last) = last {
        let head = live::hall(&office, id).await?.state().await.head.clone();
        operations::commands(&office, &context, id, sheet::clone_commands(&last, &head)).await?;
    }
    Ok(Redirect::to(&format!("/hoi-nghi/{id}")))
}
