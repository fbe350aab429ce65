//! `/hoi-nghi/{id}/diem-danh/quay`: the counter that goes on without a network. The page keeps the list and the scans in the
//! browser, takes badges by camera or keyboard, and sends what it took when the server answers again; each scan has a number
//! of its own, so that sending it again changes nothing.

use std::collections::BTreeMap;

use axum::{
    Json,
    extract::{Path, State},
    http::{HeaderName, header},
    response::{IntoResponse, Response},
};
use domain::{
    Reason,
    conference::{
        Arrival, Command, Conference, Event, FoundBy, Id, Participation, Presence, Road, introduction, time_of_day,
    },
};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::here;
use crate::{
    conference::{SERVE, operations, queries},
    identity::Visitor,
    office::Office,
    platform::{
        Context, Error, Result,
        web::{CsrfForm, Serde, Value, assets, context},
    },
};

/// So many scans are sent at a time.
const SCAN_COUNT_MAX: usize = 200;

/// A scan younger than this when it comes in was sent at once.
const SENT_AT_ONCE_SECONDS_MAX: i64 = 5;

/// A device whose clock is ahead by more than this says nothing about when a scan was taken.
const CLOCK_AHEAD_SECONDS_MAX: i64 = 120;

/// `GET /hoi-nghi/{id}/diem-danh/quay`. The camera is let in on this page alone.
pub async fn show(State(office): State<Office>, visitor: Visitor, Path(id): Path<i64>) -> Result<Response> {
    let here = here(&office, &visitor, id, SERVE).await?;
    let values = {
        let state = here.hall.state().await;
        let venues = state.records.venues.iter();
        let venues: Vec<Value> = venues.map(|(id, venue)| context! { id, name => venue.name.as_str() }).collect();
        let count = state.count();
        context! { venues, count => Serde(count), is_closed => state.closed_at.is_some() }
    };
    let camera = (HeaderName::from_static("permissions-policy"), "camera=(self), geolocation=(), microphone=()");
    Ok(([camera], here.page("conference/counter.html", "registrar", visitor, values)).into_response())
}

/// `GET /hoi-nghi/quay.js`: the worker that keeps the page while there is no network. Its address gives it its reach.
pub async fn worker() -> Response {
    let headers = [(header::CONTENT_TYPE, "text/javascript; charset=utf-8"), (header::CACHE_CONTROL, "no-cache")];
    (headers, assets::content("js/counter-worker.js").unwrap_or_default()).into_response()
}

/// A line of the list as the counter keeps it.
#[derive(Debug, Serialize)]
struct Kept<'a> {
    id: Id,
    who: &'a str,
    shown: String,
    unit: &'a str,
    level: &'static str,
    badge: &'a str,
    /// The group's size; absent for a person.
    heads: Option<u32>,
    is_group: bool,
    /// Who comes in this one's stead; empty where nobody does.
    replaced_by: &'a str,
    /// When and where the first scan was.
    at: String,
    place: String,
}

/// `GET /hoi-nghi/{id}/diem-danh/danh-sach`: the whole list with who is here, for the counter to keep.
pub async fn list(State(office): State<Office>, visitor: Visitor, Path(id): Path<i64>) -> Result<Response> {
    let here = here(&office, &visitor, id, SERVE).await?;
    let state = here.hall.state().await;
    let lines = state.records.participations.iter();
    let substitutes: BTreeMap<Id, &str> =
        lines.filter_map(|(_, line)| Some((line.substitute_for?, line.shown_name()))).collect();
    let kept = |(id, line): (Id, _)| kept(&state, id, line, substitutes.get(&id).copied().unwrap_or_default());
    let lines: Vec<Kept<'_>> = state.protocol_list().into_iter().map(kept).collect();
    let answer = Json(serde_json::json!({ "seq": state.seq, "lines": lines }));
    Ok(([(header::CACHE_CONTROL, "no-store")], answer).into_response())
}

fn kept<'a>(state: &Conference, id: Id, line: &'a Participation, replaced_by: &'a str) -> Kept<'a> {
    let presence = state.attendance.get(&id).filter(|presence| presence.is_here());
    Kept {
        id,
        who: line.shown_name(),
        shown: introduction(line),
        unit: &line.unit_name,
        level: line.level.map_or("", |level| level.abbreviation()),
        badge: &line.badge,
        heads: line.head_count,
        is_group: line.is_group(),
        replaced_by: if line.is_group() { "" } else { replaced_by },
        at: presence.map_or_else(String::new, taken_at),
        place: presence.map_or_else(String::new, |presence| place(state, presence)),
    }
}

/// When somebody was taken: by the device's clock where it was not connected.
fn taken_at(presence: &Presence) -> String {
    time_of_day(presence.scanned_at.unwrap_or(presence.at))
}

/// Where somebody was taken: the desk, and the venue where there are several.
fn place(state: &Conference, presence: &Presence) -> String {
    let venue = presence.venue.and_then(|venue| state.records.venues.get(venue)).map(|venue| venue.name.as_str());
    let parts = [Some(presence.desk.as_str()).filter(|desk| !desk.is_empty()), venue];
    parts.into_iter().flatten().collect::<Vec<_>>().join(", ")
}

/// What a counter sends.
#[derive(Debug, Deserialize)]
pub struct Form {
    /// The desk's name.
    #[serde(default)]
    ban: String,
    /// The venue's number; empty for the person's own.
    #[serde(default)]
    diem_cau: String,
    /// The scans as JSON.
    luot: String,
}

/// A scan as the counter took it.
#[derive(Debug, Deserialize)]
struct Scan {
    /// Its own number, drawn by the counter.
    scan: String,
    /// The line that was ticked.
    #[serde(default)]
    line: Option<Id>,
    /// How that line was found.
    #[serde(default)]
    road: Option<Road>,
    /// What the camera read or somebody typed: a badge, an address of a delegate, a name.
    #[serde(default)]
    who: String,
    #[serde(default)]
    heads: Option<u32>,
    /// When, by the device's clock.
    #[serde(default)]
    at: Option<Timestamp>,
}

/// What came of a scan.
#[derive(Debug, Serialize)]
struct Outcome {
    scan: String,
    /// `taken` (now or before under the same number), `already` (by another scan) or `refused`.
    state: &'static str,
    line: Option<Id>,
    who: String,
    at: String,
    place: String,
    message: String,
}

/// `POST /hoi-nghi/{id}/diem-danh/dong-bo`: takes the scans one by one; what is refused does not keep the others.
pub async fn sync(
    State(office): State<Office>,
    visitor: Visitor,
    Path(id): Path<i64>,
    CsrfForm(form): CsrfForm<Form>,
) -> Result<Response> {
    let here = here(&office, &visitor, id, SERVE).await?;
    let unreadable = |_| Error::refused("form", "Không đọc được các lượt quét; hãy tải lại trang quầy.");
    let scans: Vec<Scan> = serde_json::from_str(&form.luot).map_err(unreadable)?;
    if scans.len() > SCAN_COUNT_MAX {
        return Err(Error::refused("too_many", format!("Mỗi lần gửi tối đa {SCAN_COUNT_MAX} lượt quét.")));
    }
    let context = visitor.context();
    let venue = form.diem_cau.trim().parse().ok();
    // All wait together, in their order, so that they share a commit.
    let mut arrivals = Vec::with_capacity(scans.len());
    for scan in &scans {
        let found_by = found_by(&office, &*here.hall.state().await, id, scan).await;
        arrivals.push(arrival(scan, found_by, (&form.ban, venue), context.now));
    }
    let asked = arrivals.into_iter().map(|arrival| take(&office, &context, id, arrival));
    let answers = futures_util::future::join_all(asked).await;
    let state = here.hall.state().await;
    let outcomes = scans.iter().zip(answers).map(|(scan, answer)| outcome(&state, scan, answer));
    Ok(Json(outcomes.collect::<Result<Vec<_>>>()?).into_response())
}

async fn take(office: &Office, context: &Context, id: i64, arrival: Arrival) -> Result<operations::Done> {
    operations::command(office, context, id, Command::CheckIn(arrival)).await
}

/// Whom a scan means. A badge may carry the delegate's own address.
async fn found_by(office: &Office, state: &Conference, id: i64, scan: &Scan) -> (FoundBy, Road) {
    if let Some(line) = scan.line {
        return (FoundBy::Line(line), scan.road.unwrap_or(Road::List));
    }
    let who = scan.who.trim();
    if let Some((_, token)) = who.rsplit_once("/hn/")
        && let Ok((conference, line)) = queries::owner(office, token.trim_end_matches('/')).await
        && conference == id
    {
        return (FoundBy::Line(line), Road::Badge);
    }
    let is_badge = state.records.participations.iter().any(|(_, line)| line.badge.eq_ignore_ascii_case(who));
    if is_badge && !who.is_empty() {
        (FoundBy::Badge(who.to_owned()), Road::Badge)
    } else {
        (FoundBy::Name(who.to_owned()), Road::Name)
    }
}

fn arrival(
    scan: &Scan,
    (found_by, road): (FoundBy, Road),
    (desk, venue): (&str, Option<Id>),
    now: Timestamp,
) -> Arrival {
    // A scan that is sent at once needs no second time beside the server's own.
    let is_late = |at: &Timestamp| now.duration_since(*at).as_secs() > SENT_AT_ONCE_SECONDS_MAX;
    let is_sound = |at: &Timestamp| at.duration_since(now).as_secs() <= CLOCK_AHEAD_SECONDS_MAX;
    Arrival {
        client_id: scan.scan.clone(),
        found_by,
        road,
        desk: desk.to_owned(),
        venue,
        heads: scan.heads,
        scanned_at: scan.at.filter(is_sound).filter(is_late),
    }
}

fn outcome(state: &Conference, scan: &Scan, answer: Result<operations::Done>) -> Result<Outcome> {
    let told = |kind, line: Option<Id>, message: String| {
        let presence = line.and_then(|line| state.attendance.get(&line));
        let who = line.and_then(|line| state.records.participations.get(line));
        Outcome {
            scan: scan.scan.clone(),
            state: kind,
            line,
            who: who.map_or_else(String::new, introduction),
            at: presence.map_or_else(String::new, taken_at),
            place: presence.map_or_else(String::new, |presence| place(state, presence)),
            message,
        }
    };
    match answer {
        Ok(done) => {
            let taken = done.events.iter().find_map(|event| match event {
                Event::CheckedIn { participation, .. } => Some(*participation),
                _ => None,
            });
            // Nothing new: this very scan was taken before.
            let line = taken.or_else(|| state.scans.get(&scan.scan).copied());
            Ok(told("taken", line, String::new()))
        }
        // Not a fault of the scan: the counter keeps it and sends it again.
        Err(Error::Refused(refusal)) if refusal.reasons.iter().any(is_passing) => Err(Error::Refused(refusal)),
        Err(Error::Refused(refusal)) => {
            let is_here = refusal.reasons.iter().any(|reason| reason.code == "already_here");
            let line = scan.line.or_else(|| line_of_badge(state, &scan.who)).filter(|_| is_here);
            let messages: Vec<&str> = refusal.reasons.iter().map(|reason| reason.message.as_str()).collect();
            Ok(told(if is_here { "already" } else { "refused" }, line, messages.join(" ")))
        }
        Err(fault) => Err(fault),
    }
}

fn is_passing(reason: &Reason) -> bool {
    ["not_written", "stopping"].contains(&reason.code.as_str())
}

fn line_of_badge(state: &Conference, who: &str) -> Option<Id> {
    let who = who.trim();
    let mut lines = state.records.participations.iter();
    lines.find(|(_, line)| !who.is_empty() && line.badge.eq_ignore_ascii_case(who)).map(|(id, _)| id)
}
