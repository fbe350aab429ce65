//! `/hn/{token}/thu-moi`: the invitation of one participant, without an account — answer, substitute, documents, opinions,
//! and the certificate afterwards. The address is the key, as on the page of the hall.

use axum::{
    body::Bytes,
    extract::{Path, State},
    http::header,
    response::{IntoResponse, Redirect, Response},
};
use domain::{
    conference::{Command, Conference, Entry, Id, Opinion, Phase, introduction},
    vietnamese::normalise,
};
use serde::Deserialize;

use super::super::typed::{Fields, asked};
use crate::{
    conference::{
        live,
        operations::{
            self,
            invite::{self, Named},
            packet, tables,
        },
        queries,
    },
    identity::Visitor,
    office::Office,
    platform::{
        Actor, Context, Error, Result,
        web::{Page, Serde, Value, context, file},
    },
};

/// The longest opinion, in characters.
const OPINION_LENGTH_MAX: usize = 5_000;

/// `GET /hn/{token}/thu-moi`.
pub async fn show(State(office): State<Office>, visitor: Visitor, Path(token): Path<String>) -> Result<Page> {
    let (id, line) = queries::owner(&office, &token).await?;
    let hall = live::hall(&office, id).await?;
    let values = values(&*hall.state().await, line)?;
    Ok(Page::new("conference/invitation.html", visitor, context! { token, ..values }))
}

fn values(state: &Conference, line: Id) -> Result<Value> {
    let who = state.records.participations.get(line).ok_or_else(|| Error::NotFound("thư mời này".to_owned()))?;
    let head = &state.head;
    let time = |at: jiff::civil::Time| at.strftime("%H:%M").to_string();
    let items: Vec<Value> = state
        .programme()
        .zip(state.schedule())
        .map(|((_, item), slot)| context! { at => slot.starts_at.map(time), title => item.shown_title() })
        .collect();
    let packet: Vec<Value> = state
        .packet_of(line)
        .into_iter()
        .map(|(number, paper)| {
            let has_file = !paper.sha256.is_empty();
            context! { number, title => paper.title.as_str(), address => paper.address.as_str(), has_file }
        })
        .collect();
    let questions: Vec<Value> = state
        .records
        .consultations
        .iter()
        .filter(|(_, asked)| may_answer(asked, who))
        .map(|(number, asked)| {
            let given = answer_of(state, number, line).map(|(_, opinion)| opinion.text.as_str());
            let due_on = asked.due_on.map(|day| day.to_string());
            context! { number, question => asked.question.as_str(), due_on, given }
        })
        .collect();
    let answer = state.answers.get(&line);
    Ok(context! {
        who => introduction(who), unit => who.unit_name.as_str(), seat => who.seat.as_str(), badge => who.badge.as_str(),
        title => head.title.as_str(), organiser => head.organiser_name.as_str(), place => head.place.as_str(),
        held_on => head.held_on.map(|day| day.to_string()), starts_at => head.starts_at.map(time),
        is_planned => state.phase == Phase::Planned, is_over => state.phase.is_over(),
        was_here => state.attendance.contains_key(&line), may_send => !who.is_group(),
        answer => answer.map(|answer| answer.is_coming), note => answer.map(|answer| answer.note.clone()),
        substitute => state.substitute_of(line).map(|(_, other)| introduction(other)),
        items, packet => Serde(&packet), questions => Serde(&questions),
    })
}

fn may_answer(asked: &domain::conference::Consultation, who: &domain::conference::Participation) -> bool {
    let as_paper = domain::conference::HandOut {
        readers: asked.readers,
        level: asked.level,
        ..domain::conference::HandOut::default()
    };
    as_paper.may_be_read_by(who)
}

/// What this line has answered to a question before.
fn answer_of(state: &Conference, question: Id, line: Id) -> Option<(Id, &Opinion)> {
    let mut opinions = state.records.opinions.iter();
    opinions.find(|(_, opinion)| opinion.consultation == Some(question) && opinion.speaker == Some(line))
}

/// What an invited person does.
#[derive(Debug, Deserialize)]
#[serde(tag = "verb", rename_all = "snake_case")]
#[allow(missing_docs, reason = "the fields of the page's forms")]
pub enum Act {
    Answer {
        is_coming: String,
        #[serde(default)]
        note: String,
    },
    Substitute {
        #[serde(default)]
        name: String,
        #[serde(default)]
        posts: String,
        #[serde(default)]
        email: String,
    },
    Opinion {
        question: String,
        #[serde(default)]
        text: String,
    },
}

/// `POST /hn/{token}/thu-moi`.
pub async fn act(
    State(office): State<Office>,
    visitor: Visitor,
    Path(token): Path<String>,
    body: Bytes,
) -> Result<Redirect> {
    let (id, line) = queries::owner(&office, &token).await?;
    let unreadable = |_| Error::refused("form", "Không đọc được mẫu đã gửi; hãy tải lại trang rồi gửi lại.");
    let act: Act = asked(serde_html_form::from_bytes::<Fields>(&body).map_err(unreadable)?)?;
    let context = Context { actor: Actor::Person(format!("delegate-{line}")), ..visitor.context() };
    match act {
        Act::Answer { is_coming, note } => {
            invite::answer(&office, &context, id, line, (is_coming == "yes", note)).await?;
        }
        Act::Substitute { name, posts, email } => {
            let named = Named { name, posts, email, ..Named::default() };
            invite::send_in_stead(&office, &context, id, line, &named).await?;
        }
        Act::Opinion { question, text } => {
            let question =
                question.trim().parse().map_err(|_| Error::NotFound("nội dung xin ý kiến này".to_owned()))?;
            let command = opinion(&*live::hall(&office, id).await?.state().await, question, line, &text)?;
            operations::command(&office, &context, id, command).await?;
        }
    }
    Ok(Redirect::to(&format!("/hn/{token}/thu-moi")))
}

fn opinion(state: &Conference, question: Id, line: Id, text: &str) -> Result<Command> {
    let unknown = || Error::NotFound("nội dung xin ý kiến này".to_owned());
    let who = state.records.participations.get(line).ok_or_else(unknown)?;
    let asked = state.records.consultations.get(question).filter(|asked| may_answer(asked, who)).ok_or_else(unknown)?;
    if state.phase != Phase::Planned {
        let message = "Hội nghị đã khai mạc nên việc góp ý trước đã đóng; hãy đăng ký phát biểu tại hội trường.";
        return Err(Error::refused("not_planned", message));
    }
    let text = normalise(text);
    let length = text.chars().count();
    if length > OPINION_LENGTH_MAX {
        let message = format!("Ý kiến dài {length} ký tự; tối đa {OPINION_LENGTH_MAX}.");
        return Err(Error::refused("too_long", message));
    }
    let opinion = Opinion {
        is_before: true,
        consultation: Some(question),
        speaker: Some(line),
        unit_code: who.unit_code.clone(),
        unit_name: who.unit_name.clone(),
        unit_kind: who.unit_kind,
        level: who.level,
        topic: asked.question.lines().next().unwrap_or_default().chars().take(300).collect(),
        text,
        ..Opinion::default()
    };
    Ok(Command::Put(answer_of(state, question, line).map(|(given, _)| given), Entry::Opinion(opinion)))
}

/// `GET /hn/{token}/tai-lieu/{number}`: a file of the packet, for whom it is meant.
pub async fn document(State(office): State<Office>, Path((token, number)): Path<(String, Id)>) -> Result<Response> {
    let (id, line) = queries::owner(&office, &token).await?;
    let hall = live::hall(&office, id).await?;
    let paper = {
        let state = hall.state().await;
        let mut own = state.packet_of(line).into_iter();
        own.find(|(known, _)| *known == number).map(|(_, paper)| paper.clone())
    };
    let paper = paper.ok_or_else(|| Error::NotFound("tài liệu này".to_owned()))?;
    let stored = packet::open(&office, &paper).await?;
    Ok(file(stored.kind, &stored.name, stored.bytes))
}

/// `GET /hn/{token}/chung-nhan.pdf`: the own certificate of attendance.
pub async fn certificate(
    State(office): State<Office>,
    visitor: Visitor,
    Path(token): Path<String>,
) -> Result<Response> {
    let (id, line) = queries::owner(&office, &token).await?;
    let bytes = tables::certificates(&office, &visitor.context(), id, Some(line)).await?;
    let headers = [(header::CONTENT_TYPE, "application/pdf"), (header::CACHE_CONTROL, "private, no-store")];
    Ok((headers, bytes).into_response())
}
