//! `/hoi-nghi/{id}/bai-viet`: the article, each sentence beside the place of the record on which it stands.

use axum::{
    extract::{Path, State},
    response::Redirect,
};
use domain::conference::{Conference, Sentence, Source, StrangeClaim, places};
use serde::Deserialize;

use super::super::here;
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
        Result,
        web::{CsrfForm, Page, Serde, Value, context},
    },
};

/// `GET /hoi-nghi/{id}/bai-viet`.
pub async fn show(State(office): State<Office>, visitor: Visitor, Path(id): Path<i64>) -> Result<Page> {
    let here = here(&office, &visitor, id, WRITE).await?;
    let kept = article::current(&office, id).await?;
    let log = queries::log(&office, id).await?;
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
    let Kept { title, byline, revision, published_at, view_count, .. } = &kept;
    let own = context! { headline => title, byline, revision, published_at, view_count => Serde(view_count) };
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

/// `POST /hoi-nghi/{id}/bai-viet`.
pub async fn act(
    State(office): State<Office>,
    visitor: Visitor,
    Path(id): Path<i64>,
    CsrfForm(form): CsrfForm<Form>,
) -> Result<Redirect> {
    here(&office, &visitor, id, WRITE).await?;
    let context = visitor.context();
    match form.verb.as_str() {
        "publish" => article::publish(&office, &context, id).await?,
        "withdraw" => article::withdraw(&office, &context, id).await?,
        "redraft" => article::redraft(&office, &context, id).await?,
        _ => {
            let words =
                Words { title: &form.title, byline: &form.byline, texts: &form.sentence, reasons: &form.reason };
            article::keep(&office, &context, id, form.revision, words).await?;
        }
    }
    Ok(Redirect::to(&format!("/hoi-nghi/{id}/bai-viet")))
}
