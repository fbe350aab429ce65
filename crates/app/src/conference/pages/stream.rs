//! What is new, for every screen: server-sent events. A message is the whole public state, numbered by the place of its
//! last event, so a screen that was away is right again with the first message after it is back.

use std::{convert::Infallible, time::Duration};

use axum::{
    body::{Body, Bytes},
    extract::{Path, State},
    http::{HeaderMap, header},
    response::{IntoResponse, Response},
};
use futures_util::stream;

use super::here;
use crate::{
    conference::{
        live::{self, Audience},
        queries,
    },
    identity::{Right, Visitor},
    office::Office,
    platform::Result,
};

/// A sign of life is sent after so long a silence, so that a proxy does not hang up.
const KEEP_ALIVE: Duration = Duration::from_secs(15);
const SIGN_OF_LIFE: Bytes = Bytes::from_static(b":\n\n");

/// `GET /hoi-nghi/{id}/truc-tiep`.
pub async fn of_desk(
    State(office): State<Office>,
    visitor: Visitor,
    Path(id): Path<i64>,
    headers: HeaderMap,
) -> Result<Response> {
    here(&office, &visitor, id, Right::ReadUnit).await?;
    stream_of(&office, id, Audience::Desk, &headers).await
}

/// `GET /hn/{token}/truc-tiep`: the same for a delegate.
pub async fn of_phone(State(office): State<Office>, Path(token): Path<String>, headers: HeaderMap) -> Result<Response> {
    let (id, _) = queries::owner(&office, &token).await?;
    stream_of(&office, id, Audience::Phone, &headers).await
}

async fn stream_of(office: &Office, id: i64, audience: Audience, headers: &HeaderMap) -> Result<Response> {
    let seen = headers.get("last-event-id").and_then(|seen| seen.to_str().ok()?.parse().ok());
    let listening = live::listen(office, id, audience, seen).await?;
    let messages = stream::unfold(listening, async |mut listening| {
        let frame = match tokio::time::timeout(KEEP_ALIVE, listening.next()).await {
            Ok(news) => news?.frame,
            Err(_) => SIGN_OF_LIFE,
        };
        Some((Ok::<Bytes, Infallible>(frame), listening))
    });
    // nginx would otherwise keep messages back.
    let headers = [
        (header::CONTENT_TYPE, "text/event-stream"),
        (header::CACHE_CONTROL, "no-cache"),
        (header::HeaderName::from_static("x-accel-buffering"), "no"),
    ];
    Ok((headers, Body::from_stream(messages)).into_response())
}
