//! `/hn/{token}`: the delegate's page. Whoever has the address is the delegate: no account, no cookie. It is a secret, so
//! forms need no other token; nothing here is kept by browsers or told to other sites.

use axum::{
    Json,
    body::Bytes,
    extract::{Path, State},
    http::{HeaderMap, header},
    response::{IntoResponse, Redirect, Response},
};
use domain::conference::{Ballot, Command, Conference, FloorState, Id, Phase, PollState};
use serde::Deserialize;
use serde_json::json;

use super::typed::{Fields, asked};
use crate::{
    conference::{
        live, operations, queries,
        view::{LiveView, PhoneView},
    },
    identity::Visitor,
    office::Office,
    platform::{
        Actor, Context, Error, Result, secrets,
        web::{Page, Serde, Value, context},
    },
};

/// So many letters of a secret ballot's token are its receipt.
const RECEIPT_LENGTH: usize = 10;

/// `GET /hn/{token}`.
pub async fn show(State(office): State<Office>, visitor: Visitor, Path(token): Path<String>) -> Result<Page> {
    let (id, line) = queries::owner(&office, &token).await?;
    draw(&office, visitor, &token, (id, line), "").await
}

async fn draw(office: &Office, visitor: Visitor, token: &str, (id, line): (i64, Id), receipt: &str) -> Result<Page> {
    let hall = live::hall(office, id).await?;
    let values = {
        let state = hall.state().await;
        own(&state, line, visitor.context().now)?
    };
    // A new ballot gets a token of its own; it is not kept, so nothing leads from it to this page.
    let page = context! { token, receipt, ballot_token => secrets::token()?, ..values };
    Ok(Page::new("conference/phone.html", visitor, page))
}

fn own(state: &Conference, line: Id, now: jiff::Timestamp) -> Result<Value> {
    let who = state.records.participations.get(line).ok_or_else(|| Error::NotFound("thư mời này".to_owned()))?;
    let mut requests = state.floor.iter().filter(|(_, request)| request.participation == line);
    let request = requests.next_back().and_then(|(id, request)| match &request.state {
        FloorState::Waiting => {
            let before = state.waiting().take_while(|(waiting, _)| waiting != id).count();
            Some(context! { id, state => "waiting", topic => request.topic.as_str(), before })
        }
        FloorState::Speaking { .. } => Some(context! { id, state => "speaking", topic => request.topic.as_str() }),
        _ => None,
    });
    let open = state.open_poll().filter(|(_, poll)| poll.question.by_devices);
    let poll = open.map(|(id, poll)| {
        context! {
            id, text => poll.question.text.as_str(), is_secret => poll.question.is_secret,
            options => Serde(poll.question.kind.options()), choice_count_max => poll.question.kind.choice_count_max(),
            has_voted => poll.voted.contains(&line), may_vote => who.may_vote,
        }
    });
    let closed = state.polls.iter().rev().find(|(_, poll)| poll.state == PollState::Closed && poll.question.is_secret);
    let live = LiveView::of(state, now);
    Ok(context! {
        line, parts => Serde(PhoneView::of(&live, state).parts),
        who => who.shown_name(), unit => who.unit_name.as_str(), is_here => state.heads_here(line) > 0,
        seat => who.seat.as_str(), badge => who.badge.as_str(), may_vote => who.may_vote,
        title => state.head.title.as_str(), place => state.head.place.as_str(),
        held_on => state.head.held_on.map(|day| day.to_string()),
        starts_at => state.head.starts_at.map(|at| at.strftime("%H:%M").to_string()),
        answer => state.answers.get(&line).map(|answer| answer.is_coming), is_planned => state.phase == Phase::Planned,
        is_over => state.phase.is_over(), live => Serde(live), request, poll,
        topics => state.rules.topics.iter().map(|topic| topic.name.clone()).collect::<Vec<_>>(),
        opened_box => closed.map(|(id, _)| *id),
        papers => state.packet_of(line).into_iter().map(|(_, paper)| Value::from(Serde(paper))).collect::<Vec<_>>(),
    })
}

/// What a delegate does.
#[derive(Debug, Deserialize)]
#[serde(tag = "verb", rename_all = "snake_case")]
#[allow(missing_docs, reason = "the fields of the page's forms")]
pub enum Act {
    Answer {
        is_coming: String,
        #[serde(default)]
        note: String,
    },
    Request {
        #[serde(default)]
        topic: String,
    },
    Withdraw {
        request: Id,
    },
    Vote {
        poll: Id,
        #[serde(default)]
        choice: Vec<u8>,
        #[serde(default)]
        ballot_token: String,
    },
}

/// `POST /hn/{token}`.
pub async fn act(
    State(office): State<Office>,
    visitor: Visitor,
    Path(token): Path<String>,
    headers: HeaderMap,
    body: Bytes,
) -> Result<Response> {
    let (id, line) = queries::owner(&office, &token).await?;
    let unreadable = |_| Error::refused("form", "Không đọc được mẫu đã gửi; hãy tải lại trang.");
    let act: Act = asked(serde_html_form::from_bytes::<Fields>(&body).map_err(unreadable)?)?;
    let context = Context { actor: Actor::Person(format!("delegate-{line}")), ..visitor.context() };
    let mut receipt = String::new();
    let command = match act {
        Act::Answer { is_coming, note } => Command::Answer { participation: line, is_coming: is_coming == "yes", note },
        Act::Request { topic } => Command::RequestFloor { participation: line, topic, is_from_desk: false },
        Act::Withdraw { request } => {
            must_be_own(&office, id, line, request).await?;
            Command::WithdrawRequest(request)
        }
        Act::Vote { poll, choice, ballot_token } => {
            receipt = ballot_token.chars().take(RECEIPT_LENGTH).collect();
            Command::Vote(Ballot { poll, participation: line, choices: choice, token: ballot_token })
        }
    };
    let is_secret = match &command {
        Command::Vote(ballot) => {
            let hall = live::known_hall(&office, id).await?;
            let state = hall.state().await;
            state.polls.get(&ballot.poll).is_some_and(|poll| poll.question.is_secret)
        }
        _ => false,
    };
    operations::command(&office, &context, id, command).await?;
    if headers.get(header::ACCEPT).is_some_and(|accepted| accepted == "application/json") {
        let receipt = if is_secret { receipt.as_str() } else { "" };
        return Ok(Json(json!({ "taken": true, "receipt": receipt })).into_response());
    }
    if is_secret {
        // Shown once and in no address: nothing but the voter's own note leads from here to the ballot.
        return Ok(draw(&office, visitor, &token, (id, line), &receipt).await?.into_response());
    }
    Ok(Redirect::to(&format!("/hn/{token}")).into_response())
}

async fn must_be_own(office: &Office, id: i64, line: Id, request: Id) -> Result<()> {
    let hall = live::hall(office, id).await?;
    let state = hall.state().await;
    let is_own = state.floor.get(&request).is_some_and(|asked| asked.participation == line);
    if is_own { Ok(()) } else { Err(Error::Forbidden) }
}

/// `GET /hn/{token}/phieu/{poll}`: every ballot of a secret poll that is closed, by receipt. A voter looks for their own in
/// the whole list, so that asking does not tell which one it is.
pub async fn ballots(State(office): State<Office>, Path((token, poll)): Path<(String, Id)>) -> Result<Response> {
    let (id, _) = queries::owner(&office, &token).await?;
    let hall = live::hall(&office, id).await?;
    let state = hall.state().await;
    let closed = state.polls.get(&poll).filter(|poll| poll.state == PollState::Closed && poll.question.is_secret);
    let closed = closed.ok_or_else(|| Error::NotFound("hòm phiếu này".to_owned()))?;
    let options = closed.question.kind.options();
    let lines: Vec<String> = closed
        .opened_box
        .iter()
        .map(|ballot| {
            let receipt: String = ballot.token.chars().take(RECEIPT_LENGTH).collect();
            let chosen = ballot.choices.iter().filter_map(|choice| options.get(usize::from(*choice)).copied());
            format!("{receipt}\t{}\n", chosen.collect::<Vec<_>>().join(", "))
        })
        .collect();
    let text = format!("{}\n{}\n{}", closed.question.text, closed.sentence().unwrap_or_default(), lines.concat());
    Ok(([(header::CONTENT_TYPE, "text/plain; charset=utf-8"), (header::CACHE_CONTROL, "no-store")], text)
        .into_response())
}
