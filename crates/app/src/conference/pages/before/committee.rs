//! `/hoi-nghi/{id}/ban-to-chuc`: the organising committee and its jobs — who, what, by when, done.

use axum::{
    extract::{Path, State},
    response::Redirect,
};
use domain::conference::{Command, Conference, Entry, EntryKind, Id, Job};
use jiff::civil::Date;
use serde::Deserialize;

use super::super::{
    carry_out, here,
    typed::{Fields, Typed},
};
use crate::{
    identity::{Right, Visitor},
    office::Office,
    platform::{
        Error, Result,
        web::{CsrfForm, Page, Value, context},
    },
};

/// `GET /hoi-nghi/{id}/ban-to-chuc`.
pub async fn show(State(office): State<Office>, visitor: Visitor, Path(id): Path<i64>) -> Result<Page> {
    let here = here(&office, &visitor, id, Right::ReadUnit).await?;
    let today = visitor.today();
    let values = {
        let state = here.hall.state().await;
        let mut jobs: Vec<(Id, &Job)> = state.records.jobs.iter().collect();
        jobs.sort_by_key(|(id, job)| {
            (job.committee_post.is_empty(), job.done_on.is_some(), job.due_on.is_none(), job.due_on, *id)
        });
        let is_late = |job: &Job| job.done_on.is_none() && job.due_on.is_some_and(|due| due < today);
        let row = |(id, job): &(Id, &Job)| -> Value {
            context! {
                id, what => job.what.as_str(), name => job.name.as_str(), post => job.committee_post.as_str(),
                due_on => job.due_on.map(|day| day.to_string()), done_on => job.done_on.map(|day| day.to_string()),
                is_late => is_late(job),
            }
        };
        let rows: Vec<Value> = jobs.iter().map(row).collect();
        let with_work = jobs.iter().filter(|(_, job)| !job.what.is_empty());
        context! {
            rows, late => jobs.iter().filter(|(_, job)| is_late(job)).count(), count => with_work.clone().count(),
            done => with_work.filter(|(_, job)| job.done_on.is_some()).count(),
        }
    };
    Ok(here.page("conference/committee.html", "plan", visitor, values))
}

/// What is done to the jobs.
#[derive(Debug, Deserialize)]
#[serde(tag = "verb", rename_all = "snake_case")]
#[allow(missing_docs, reason = "the fields of the page's forms")]
pub enum Act {
    Put {
        #[serde(default)]
        id: Option<Id>,
        #[serde(default)]
        what: String,
        #[serde(default)]
        name: String,
        #[serde(default)]
        committee_post: String,
        #[serde(default)]
        due_on: String,
    },
    /// Ticks a job off, or takes the tick back.
    Done {
        id: Id,
    },
    Remove {
        id: Id,
    },
}

/// `POST /hoi-nghi/{id}/ban-to-chuc`.
pub async fn act(
    State(office): State<Office>,
    visitor: Visitor,
    Path(id): Path<i64>,
    CsrfForm(fields): CsrfForm<Fields>,
) -> Result<Redirect> {
    let today = visitor.today();
    carry_out(&office, &visitor, (id, "ban-to-chuc"), fields, |state, asked, typed| command(state, asked, typed, today))
        .await
}

fn command(state: &Conference, asked: Act, typed: &mut Typed, today: Date) -> Result<Command> {
    let job = |id: Id| state.records.jobs.get(id).cloned().ok_or_else(|| Error::NotFound("việc này".to_owned()));
    Ok(match asked {
        Act::Put { id, what, name, committee_post, due_on } => {
            let known = id.map_or_else(|| Ok(Job::default()), job)?;
            let (what, name, committee_post) =
                (Typed::words(&what), Typed::words(&name), Typed::words(&committee_post));
            let due_on = typed.day("due_on", &due_on);
            Command::Put(id, Entry::Job(Job { what, name, committee_post, due_on, ..known }))
        }
        Act::Done { id } => {
            let known = job(id)?;
            let done_on = if known.done_on.is_some() { None } else { Some(today) };
            Command::Put(Some(id), Entry::Job(Job { done_on, ..known }))
        }
        Act::Remove { id } => Command::Remove(EntryKind::Job, id),
    })
}
