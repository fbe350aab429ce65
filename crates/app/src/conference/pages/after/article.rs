//! `/hoi-nghi/{id}/bai-viet`: the article, each sentence beside the place of the record on which it stands.

use axum::{
    extract::{Path, State},
    response::Redirect,
};
use domain::conference::{Conference, Sentence, Source, places};
use serde::Deserialize;

use super::super::here;
use crate::{
    conference::{
        WRITE,
        operations::article::{self, Edited, Kept},
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
        let sentence = |one: &Edited| -> Value {
            let sources: Vec<Value> = one.drafted.sources.iter().map(source).collect();
            let is_old = !fresh.contains(&one.drafted);
            context! {
                text => one.text.as_str(), drafted => one.drafted.text.as_str(), is_edited => one.text != one.drafted.text,
                is_old, strange => one.strange_numbers(), sources,
            }
        };
        let paragraphs: Vec<Vec<Value>> =
            kept.paragraphs.iter().map(|paragraph| paragraph.iter().map(sentence).collect()).collect();
        context! { paragraphs, photo_count => state.records.media.iter().filter(|(_, media)| !media.sha256.is_empty()).count() }
    };
    let Kept { title, byline, revision, published_at, view_count, .. } = &kept;
    let own = context! { headline => title, byline, revision, published_at, view_count => Serde(view_count) };
    Ok(here.page("conference/article.html", "record", visitor, context! { ..values, ..own }))
}

/// The place of the record in words.
fn named(state: &Conference, source: Source) -> String {
    match source {
        Source::Head => "thông tin chung".to_owned(),
        Source::Report => "nội dung báo cáo".to_owned(),
        Source::Closing => "phần bế mạc".to_owned(),
        Source::Attendance => "điểm danh".to_owned(),
        Source::Entry { register: domain::conference::EntryKind::Participation, id } => {
            let line = state.records.participations.get(id);
            line.map_or_else(|| format!("đại biểu {id}"), |line| line.shown_name().to_owned())
        }
        Source::Entry { register, id } => format!("{} {id}", register.name()),
        Source::Poll { poll } => format!("biểu quyết {poll}"),
        Source::Handed { award } => format!("trao thưởng {award}"),
    }
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
            let texts = (form.title.as_str(), form.byline.as_str(), form.sentence.as_slice());
            article::keep(&office, &context, id, form.revision, texts).await?;
        }
    }
    Ok(Redirect::to(&format!("/hoi-nghi/{id}/bai-viet")))
}
