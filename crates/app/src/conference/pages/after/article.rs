//! `/hoi-nghi/{id}/bai-viet`: the article, each sentence beside the place of the record on which it stands.

use axum::{
    extract::{Path, State},
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use domain::{
    Reason,
    conference::{Conference, Sentence, Source, StrangeClaim, places},
};
use serde::Deserialize;

use super::super::{Here, here};
use crate::{
    conference::{
        WRITE,
        operations::{
            article::{self, Edited, Kept, Words},
            claims::{self, named},
        },
        queries,
    },
    identity::Visitor,
    office::Office,
    platform::{
        Error, Result,
        web::{CsrfForm, Page, Serde, Value, context},
    },
};

/// `GET /hoi-nghi/{id}/bai-viet`.
pub async fn show(State(office): State<Office>, visitor: Visitor, Path(id): Path<i64>) -> Result<Page> {
    let here = here(&office, &visitor, id, WRITE).await?;
    let kept = article::current(&office, id).await?;
    draw(&office, visitor, &here, &kept, &[]).await
}

/// The page of an article, with the reasons for which it was refused.
async fn draw(office: &Office, visitor: Visitor, here: &Here, kept: &Kept, reasons: &[Reason]) -> Result<Page> {
    let log = queries::log(office, here.listed.id).await?;
    let places = places(&log);
    let values = {
        let state = here.hall.state().await;
        let fresh: Vec<Sentence> = state.article().paragraphs.into_iter().flatten().collect();
        let source = |source: &Source| context! { name => named(&state, *source), seq => places.get(source) };
        let lookup = state.lookup(claims::abbreviations()?);
        let sentence = |one: &Edited| {
            let sources: Vec<Value> = one.drafted.sources.iter().map(source).collect();
            let is_old = !fresh.contains(&one.drafted);
            let strange = lookup.strange_claims(&one.text, &one.drafted);
            let may_be_kept = strange.iter().any(|one| one.claim.kind.may_be_kept());
            context! {
                text => one.text.as_str(), drafted => one.drafted.text.as_str(), is_edited => one.text != one.drafted.text,
                is_old, strange => told(&state, &strange), may_be_kept, reason => one.reason.as_str(), sources,
            }
        };
        let paragraphs = kept.paragraphs.iter();
        let paragraphs: Vec<Vec<Value>> =
            paragraphs.map(|paragraph| paragraph.iter().map(sentence).collect()).collect();
        let strange_title = told(&state, &claims::of_headline(&state, &lookup, &kept.title));
        context! { paragraphs, strange_title, photo_count => state.records.media.iter().filter(|(_, media)| !media.sha256.is_empty()).count() }
    };
    let Kept { title, byline, revision, published_at, view_count, .. } = kept;
    let own = context! { reasons => Serde(reasons), headline => title, byline, revision, published_at, view_count => Serde(view_count) };
    Ok(here.page("conference/article.html", "record", visitor, context! { ..values, ..own }))
}

/// Each claim with where else the record says it.
fn told(state: &Conference, strange: &[StrangeClaim]) -> Vec<Value> {
    let told = |one: &StrangeClaim| {
        let elsewhere = one.elsewhere.map(|source| named(state, source));
        context! { kind => one.claim.kind.as_str(), text => one.claim.text.as_str(), elsewhere }
    };
    strange.iter().map(told).collect()
}

/// What is done to the article.
#[derive(Debug, Deserialize)]
pub struct Form {
    /// `keep`, `redraft`, `publish` or `withdraw`.
    verb: String,
    #[serde(default)]
    revision: i64,
    #[serde(default)]
    title: String,
    #[serde(default)]
    byline: String,
    #[serde(default)]
    sentence: Vec<String>,
    #[serde(default)]
    reason: Vec<String>,
}

/// `POST /hoi-nghi/{id}/bai-viet`: what is refused is shown again as it was typed, with a place for every reason.
pub async fn act(
    State(office): State<Office>,
    visitor: Visitor,
    Path(id): Path<i64>,
    CsrfForm(form): CsrfForm<Form>,
) -> Result<Response> {
    let here = here(&office, &visitor, id, WRITE).await?;
    let Form { verb, revision, title, byline, sentence, reason } = &form;
    let (context, words) = (visitor.context(), Words { title, byline, texts: sentence, reasons: reason });
    let done = match verb.as_str() {
        "publish" => article::publish(&office, &context, id, *revision).await,
        "withdraw" => article::withdraw(&office, &context, id).await,
        "redraft" => article::redraft(&office, &context, id, *revision).await,
        _ => article::keep(&office, &context, id, *revision, words).await,
    };
    let refusal = match done {
        Ok(()) => return Ok(Redirect::to(&format!("/hoi-nghi/{id}/bai-viet")).into_response()),
        Err(Error::Refused(refusal)) => refusal,
        Err(fault) => return Err(fault),
    };
    let kept = article::current(&office, id).await?;
    // What was typed belongs to the revision that was read, whatever stands there now.
    let kept = match verb.as_str() {
        "publish" | "withdraw" | "redraft" => kept,
        _ if words.fit(&kept) => Kept { revision: *revision, ..kept.reworded(words) },
        _ => return Err(refusal.into()),
    };
    let page = draw(&office, visitor, &here, &kept, &refusal.reasons).await?;
    Ok(page.status(StatusCode::UNPROCESSABLE_ENTITY).into_response())
}
