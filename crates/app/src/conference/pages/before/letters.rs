//! `/hoi-nghi/{id}/thu-moi`: the letters as they would go out; they go when the office has seen them.

use axum::{
    extract::{Path, Query, State},
    http::HeaderMap,
    response::Redirect,
};
use serde::Deserialize;

use super::super::{here, typed::Fields, typed::asked};
use crate::{
    conference::{RUN, operations::letters},
    identity::Visitor,
    office::Office,
    platform::{
        Result, mail,
        web::{CsrfForm, Page, Paged, Serde, context},
    },
};

/// So many letters stand on a page, each in full.
const LETTER_COUNT_MAX: usize = 8;

/// Which page.
#[derive(Debug, Default, Deserialize)]
pub struct Asked {
    #[serde(default)]
    trang: usize,
}

fn origin(office: &Office, headers: &HeaderMap) -> String {
    let host = headers.get("host").and_then(|host| host.to_str().ok()).unwrap_or_default();
    office.settings().origin(host)
}

/// `GET /hoi-nghi/{id}/thu-moi`.
pub async fn show(
    State(office): State<Office>,
    visitor: Visitor,
    Path(id): Path<i64>,
    Query(asked): Query<Asked>,
    headers: HeaderMap,
) -> Result<Page> {
    let here = here(&office, &visitor, id, RUN).await?;
    let outbox = letters::outbox(&office, &visitor.context(), id, &origin(&office, &headers)).await?;
    let (subject, body) = letters::words(&office, id).await?;
    let Paged { rows: shown, page, page_count } = Paged::of(&outbox.letters, asked.trang, LETTER_COUNT_MAX);
    let names: Vec<String> = outbox.without_mail.iter().map(|(_, name)| name.clone()).take(40).collect();
    let values = context! {
        letters => Serde(&shown), count => outbox.letters.len(), fresh => outbox.fresh().count(), seen => outbox.seen.as_str(),
        without_mail => names, without_count => outbox.without_mail.len(),
        units_without_mail => Serde(&outbox.units_without_mail), subject, body, page, page_count,
        has_post => mail::is_configured(),
    };
    Ok(here.page("conference/letters.html", "plan", visitor, values))
}

/// What is done with the letters.
#[derive(Debug, Deserialize)]
#[serde(tag = "verb", rename_all = "snake_case")]
#[allow(missing_docs, reason = "the fields of the page's forms")]
pub enum Act {
    Rewrite { subject: String, body: String },
    Send { seen: String },
}

/// `POST /hoi-nghi/{id}/thu-moi`.
pub async fn act(
    State(office): State<Office>,
    visitor: Visitor,
    Path(id): Path<i64>,
    headers: HeaderMap,
    CsrfForm(fields): CsrfForm<Fields>,
) -> Result<Redirect> {
    here(&office, &visitor, id, RUN).await?;
    let context = visitor.context();
    match asked(fields)? {
        Act::Rewrite { subject, body } => letters::rewrite(&office, &context, id, &subject, &body).await?,
        Act::Send { seen } => drop(letters::send(&office, &context, id, &origin(&office, &headers), &seen).await?),
    }
    Ok(Redirect::to(&format!("/hoi-nghi/{id}/thu-moi")))
}
