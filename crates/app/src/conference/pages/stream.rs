//! What is new, for every screen: server-sent events. A message is the whole public state, numbered by the place of its
//! last event, so a screen that was away is right again with the first message after it is back.

use std::{convert::Infallible, time::Duration};

use axum::{
    extract::{Path, State},
    http::HeaderMap,
    response::{
        IntoResponse, Response,
        sse::{Event, KeepAlive, Sse},
    },
};
use futures_util::stream;

use super::here;
use crate::{
    conference::{live, queries},
    identity::{Right, Visitor},
    office::Office,
    platform::Result,
};

/// How long a screen waits before it connects again, in milliseconds.
const RETRY: Duration = Duration::from_millis(800);

/// A sign of life, so that a proxy does not hang up.
const KEEP_ALIVE: Duration = Duration::from_secs(15);

/// `GET /hoi-nghi/{id}/truc-tiep`.
pub async fn of_desk(
    State(office): State<Office>,
    visitor: Visitor,
    Path(id): Path<i64>,
    headers: HeaderMap,
) -> Result<Response> {
    here(&office, &visitor, id, Right::ReadUnit).await?;
    stream_of(&office, id, &headers).await
}

/// `GET /hn/{token}/truc-tiep`: the same for a delegate.
pub async fn of_phone(State(office): State<Office>, Path(token): Path<String>, headers: HeaderMap) -> Result<Response> {
    let (id, _) = queries::owner(&office, &token).await?;
    stream_of(&office, id, &headers).await
}

async fn stream_of(office: &Office, id: i64, headers: &HeaderMap) -> Result<Response> {
    let seen = headers.get("last-event-id").and_then(|seen| seen.to_str().ok()?.parse().ok());
    let listening = live::listen(office, id, seen).await?;
    let messages = stream::unfold(listening, async |mut listening| {
        let news = listening.next().await?;
        let event = Event::default().id(news.seq.to_string()).retry(RETRY).data(&*news.text);
        Some((Ok::<Event, Infallible>(event), listening))
    });
    let sse = Sse::new(messages).keep_alive(KeepAlive::new().interval(KEEP_ALIVE));
    // nginx would otherwise keep messages back.
    Ok(([("x-accel-buffering", "no")], sse).into_response())
}
