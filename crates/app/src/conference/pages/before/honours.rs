//! `/hoi-nghi/{id}/khen-thuong`: the run sheet of awards, filled from the honours that were decided for the year.

use axum::{
    extract::{Path, State},
    response::Redirect,
};
use domain::conference::{Award, Command, Conference, Entry, EntryKind, Handing, Id, time_of_day};
use serde::Deserialize;

use super::super::{
    here,
    typed::{Fields, Typed, asked},
};
use crate::{
    conference::{
        RUN,
        operations::{self, honours},
    },
    identity::Visitor,
    office::Office,
    platform::{
        Error, Result,
        web::{CsrfForm, Page, Value, context},
    },
};

/// `GET /hoi-nghi/{id}/khen-thuong`.
pub async fn show(State(office): State<Office>, visitor: Visitor, Path(id): Path<i64>) -> Result<Page> {
    let here = here(&office, &visitor, id, RUN).await?;
    let fresh = honours::fresh(&office, id).await?;
    let values = values(&*here.hall.state().await, &fresh);
    Ok(here.page("conference/honours.html", "plan", visitor, values))
}

fn values(state: &Conference, fresh: &[Award]) -> Value {
    let fresh: Vec<Value> = fresh
        .iter()
        .map(|award| {
            context! {
                award => award.shown_name(), decision => award.decision_number.as_str(),
                granted_by => award.granted_by.as_str(), count => award.recipients.len(),
            }
        })
        .collect();
    let mut awards: Vec<(Id, &Award)> = state.records.awards.iter().collect();
    awards.sort_by_key(|(id, award)| (award.order, *id));
    let sheet: Vec<Value> = awards
        .iter()
        .map(|(id, award)| {
            let presenter = award.presenter.and_then(|line| state.records.participations.get(line));
            let names: Vec<&str> = award.recipients.iter().map(|to| to.name.as_str()).collect();
            context! {
                id, name => award.shown_name(), group => award.group.as_str(), granted_by => award.granted_by.as_str(),
                decision => award.decision_number.as_str(), names => names.join("; "), count => names.len(),
                by => presenter.map_or(award.presenter_words.as_str(), |line| line.shown_name()),
                handed => state.handed.get(id).map_or(0, Vec::len), handings => handings(state, *id, award),
            }
        })
        .collect();
    context! { fresh, sheet }
}

/// Who handed the award to whom, and when; whether somebody else took it.
fn handings(state: &Conference, id: Id, award: &Award) -> Vec<Value> {
    let told = |handing: &Handing| {
        let place = handing.recipient.and_then(|place| usize::try_from(place).ok());
        let to = place.and_then(|place| award.recipients.get(place)).map(|to| to.name.clone());
        context! {
            to, at => time_of_day(handing.at), by => handing.handed_by.as_str(),
            received_by => handing.received_by.as_str(), is_substitute => handing.is_substitute,
        }
    };
    state.handed.get(&id).into_iter().flatten().map(told).collect()
}

/// What is done to the run sheet.
#[derive(Debug, Deserialize)]
#[serde(tag = "verb", rename_all = "snake_case")]
#[allow(missing_docs, reason = "the fields of the page's forms")]
pub enum Act {
    /// Takes over every honour that is not in the sheet yet.
    TakeOver {},
    /// Who hands it over, in which group, at which place.
    Set {
        id: Id,
        #[serde(default)]
        by: String,
        #[serde(default)]
        group: String,
        #[serde(default)]
        place: String,
    },
    Remove {
        id: Id,
    },
}

/// `POST /hoi-nghi/{id}/khen-thuong`.
pub async fn act(
    State(office): State<Office>,
    visitor: Visitor,
    Path(id): Path<i64>,
    CsrfForm(fields): CsrfForm<Fields>,
) -> Result<Redirect> {
    let here = here(&office, &visitor, id, RUN).await?;
    let back = Redirect::to(&format!("/hoi-nghi/{id}/khen-thuong"));
    let mut typed = Typed::default();
    let command = match asked(fields)? {
        Act::TakeOver {} => {
            honours::take_over(&office, &visitor.context(), id).await?;
            return Ok(back);
        }
        Act::Set { id: number, by, group, place } => {
            let known = here.hall.state().await.records.awards.get(number).cloned();
            let known = known.ok_or_else(|| Error::NotFound("khen thưởng này".to_owned()))?;
            let order = typed.number("place", &place).unwrap_or(known.order);
            let (presenter_words, group) = (Typed::words(&by), Typed::words(&group));
            Command::Put(Some(number), Entry::Award(Award { presenter_words, group, order, ..known }))
        }
        Act::Remove { id } => Command::Remove(EntryKind::Award, id),
    };
    typed.done()?;
    operations::command(&office, &visitor.context(), id, command).await?;
    Ok(back)
}
