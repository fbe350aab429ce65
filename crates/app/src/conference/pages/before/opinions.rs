//! `/hoi-nghi/{id}/gop-y`: questions put to those invited before the meeting, and what they wrote.

use axum::{
    extract::{Path, State},
    response::Redirect,
};
use domain::conference::{Command, Conference, Consultation, Entry, EntryKind, Id, Opinion, Readers};
use serde::Deserialize;

use super::{
    super::{
        carry_out, here,
        typed::{Fields, Typed},
    },
    levels,
};
use crate::{
    conference::RUN,
    identity::Visitor,
    office::Office,
    platform::{
        Error, Result,
        web::{CsrfForm, Page, Value, context},
    },
};

/// So many opinions stand under a question; the rest stands in the archive.
const OPINION_COUNT_MAX: usize = 40;

/// `GET /hoi-nghi/{id}/gop-y`.
pub async fn show(State(office): State<Office>, visitor: Visitor, Path(id): Path<i64>) -> Result<Page> {
    let here = here(&office, &visitor, id, RUN).await?;
    let values = values(&*here.hall.state().await);
    Ok(here.page("conference/opinions.html", "plan", visitor, values))
}

fn values(state: &Conference) -> Value {
    let opinions_on = |number: Id| {
        let all = state.records.opinions.iter();
        all.filter(move |(_, opinion)| opinion.consultation == Some(number)).collect::<Vec<_>>()
    };
    let questions: Vec<Value> = state
        .records
        .consultations
        .iter()
        .map(|(number, asked)| {
            let given = opinions_on(number);
            let row = |(id, opinion): &(Id, &Opinion)| {
                let who = opinion.speaker.and_then(|line| state.records.participations.get(line));
                context! {
                    id, unit => opinion.unit_name.as_str(), who => who.map_or("", |line| line.name.as_str()),
                    text => opinion.text.as_str(), answer => opinion.answer.as_str(),
                }
            };
            let opinions: Vec<Value> = given.iter().take(OPINION_COUNT_MAX).map(row).collect();
            context! {
                number, question => asked.question.as_str(), readers => asked.readers.as_str(),
                level => asked.level.map(|level| level.abbreviation()), due_on => asked.due_on.map(|day| day.to_string()),
                count => given.len(), opinions,
            }
        })
        .collect();
    // The draft of the resolution is what is asked about first.
    let draft = if questions.is_empty() { state.draft_resolution().join("\n") } else { String::new() };
    let has_draft = !state.draft_resolution().is_empty();
    context! { questions, levels => levels(), draft, has_draft }
}

/// What is done to the questions.
#[derive(Debug, Deserialize)]
#[serde(tag = "verb", rename_all = "snake_case")]
#[allow(missing_docs, reason = "the fields of the page's forms")]
pub enum Act {
    Ask {
        #[serde(default)]
        question: String,
        #[serde(default)]
        readers: String,
        #[serde(default)]
        level: String,
        #[serde(default)]
        due_on: String,
    },
    Answer {
        id: Id,
        #[serde(default)]
        answer: String,
        #[serde(default)]
        by: String,
    },
    Remove {
        id: Id,
    },
}

/// `POST /hoi-nghi/{id}/gop-y`.
pub async fn act(
    State(office): State<Office>,
    visitor: Visitor,
    Path(id): Path<i64>,
    CsrfForm(fields): CsrfForm<Fields>,
) -> Result<Redirect> {
    carry_out(&office, &visitor, (id, "gop-y"), fields, command).await
}

fn command(state: &Conference, asked: Act, typed: &mut Typed) -> Result<Command> {
    Ok(match asked {
        Act::Ask { question, readers, level, due_on } => {
            let readers = typed.chosen("readers", &readers, Readers::parse).unwrap_or_default();
            let (level, due_on) = (typed.level("level", &level), typed.day("due_on", &due_on));
            let question = Typed::lines(&question).join("\n");
            Command::Put(None, Entry::Consultation(Consultation { question, readers, level, due_on }))
        }
        Act::Answer { id, answer, by } => {
            let known = state.records.opinions.get(id).cloned();
            let known = known.ok_or_else(|| Error::NotFound("ý kiến này".to_owned()))?;
            let (answer, answered_by) = (Typed::words(&answer), Typed::words(&by));
            Command::Put(Some(id), Entry::Opinion(Opinion { answer, answered_by, ..known }))
        }
        Act::Remove { id } => Command::Remove(EntryKind::Consultation, id),
    })
}
