//! `/hoi-nghi/{id}/nhat-ky`: the log in words. Sentences of the article lead here, to the event on which they stand.

use std::collections::HashMap;

use axum::extract::{Path, Query, State};
use domain::conference::{Conference, Entry, Event, Id, Part, Recorded};
use serde::Deserialize;

use super::super::here;
use crate::{
    conference::queries,
    identity::{Right, Visitor, queries::accounts},
    office::Office,
    platform::{
        Result, clock,
        web::{Page, Paged, Value, context},
    },
};

/// So many events stand on a page.
const EVENT_COUNT_MAX: usize = 80;

/// Which page; the one of an event where it is named.
#[derive(Debug, Default, Deserialize)]
pub struct Asked {
    #[serde(default)]
    trang: usize,
    #[serde(default)]
    viec: Option<usize>,
}

/// `GET /hoi-nghi/{id}/nhat-ky`.
pub async fn show(
    State(office): State<Office>,
    visitor: Visitor,
    Path(id): Path<i64>,
    Query(asked): Query<Asked>,
) -> Result<Page> {
    let here = here(&office, &visitor, id, Right::ReadUnit).await?;
    let log = queries::log(&office, id).await?;
    let of_event = asked.viec.map(|seq| seq.saturating_sub(1) / EVENT_COUNT_MAX + 1);
    let Paged { rows: shown, page, page_count } = Paged::of(&log, of_event.unwrap_or(asked.trang), EVENT_COUNT_MAX);
    let people = accounts(&office).await?;
    let names: HashMap<&str, &str> =
        people.iter().map(|account| (account.user_name.as_str(), account.name.as_str())).collect();
    let rows: Vec<Value> = {
        let state = here.hall.state().await;
        shown.into_iter().map(|recorded| row(&state, &names, recorded)).collect()
    };
    let values = context! { rows, count => log.len(), page, page_count, wanted => asked.viec };
    Ok(here.page("conference/log.html", "record", visitor, values))
}

fn row(state: &Conference, names: &HashMap<&str, &str>, recorded: &Recorded) -> Value {
    let by = recorded.actor.as_str();
    let at = clock::in_vietnam(recorded.at);
    context! {
        seq => recorded.seq, day => at.date().to_string(), at => at.strftime("%H:%M:%S").to_string(),
        kind => recorded.event.kind(), what => told(state, &recorded.event),
        actor => if recorded.event.is_of_a_delegate() { "" } else { names.get(by).copied().unwrap_or(by) },
    }
}

/// What an event is about, in the words of the record. Of ballots nothing but that they were cast.
fn told(state: &Conference, event: &Event) -> String {
    let line = |id: Id| {
        let known = state.records.participations.get(id);
        known.map_or_else(|| format!("đại biểu {id}"), |line| line.shown_name().to_owned())
    };
    let item = |id: Id| state.records.items.get(id).map_or_else(String::new, |item| item.shown_title().to_owned());
    let poll = |id: Id| state.polls.get(&id).map_or_else(String::new, |poll| poll.question.text.clone());
    match event {
        Event::PartSet { part } => match part {
            Part::Head(head) => head.title.clone(),
            Part::Rules(_) => "quy định của hội nghị".to_owned(),
            Part::Report(_) => "nội dung báo cáo".to_owned(),
            Part::Closing(_) => "phần bế mạc".to_owned(),
        },
        Event::EntryPut { id, content } => put(*id, content),
        Event::EntryRemoved { register, id } => format!("{} số {id}", register.name()),
        Event::Answered { participation, is_coming, .. } => {
            format!("{}: {}", line(*participation), if *is_coming { "dự" } else { "không dự" })
        }
        Event::CheckedIn { participation, .. } | Event::Left { participation } => line(*participation),
        Event::ItemStarted { item: id } | Event::ItemEnded { item: id } | Event::ItemSkipped { item: id, .. } => {
            item(*id)
        }
        Event::FloorRequested { participation, topic, .. } => {
            format!("{} {topic}", line(*participation)).trim().to_owned()
        }
        Event::PollOpened { question, .. } => question.text.clone(),
        Event::HandsKeyed { poll: id, .. }
        | Event::BallotCast { poll: id, .. }
        | Event::SecretBallotMarked { poll: id, .. }
        | Event::PollClosed { poll: id, .. }
        | Event::PollCancelled { poll: id, .. } => poll(*id),
        Event::AwardHanded { award, .. } => {
            state.records.awards.get(*award).map_or_else(String::new, |award| award.shown_name().to_owned())
        }
        Event::Adjourned { reason } => reason.clone(),
        Event::RecordedAfterwards { basis } => basis.clone(),
        _ => String::new(),
    }
}

/// An entry by its name, where it has one, else by its number.
fn put(id: Id, entry: &Entry) -> String {
    let name = match entry {
        Entry::Participation(line) => line.shown_name(),
        Entry::AgendaItem(item) => item.shown_title(),
        Entry::Award(award) => award.shown_name(),
        Entry::Venue(venue) => &venue.name,
        _ => "",
    };
    let kind = entry.kind().name();
    if name.trim().is_empty() { format!("{kind} số {id}") } else { format!("{kind} {}", name.trim()) }
}
