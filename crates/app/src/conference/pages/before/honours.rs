//! `/hoi-nghi/{id}/khen-thuong`: the run sheet of awards, filled from the honours that were decided for the year.

use axum::{
    extract::{Path, State},
    response::Redirect,
};
use domain::conference::{Award, Command, Conference, Entry, EntryKind, Id, Recipient};
use serde::Deserialize;

use super::super::{
    here,
    typed::{Fields, Typed, asked},
};
use crate::{
    awards::queries::{self as awards, honours::Honour},
    conference::{RUN, operations},
    identity::Visitor,
    office::Office,
    platform::{
        Error, Result,
        web::{CsrfForm, Page, Value, context},
    },
};

/// Honours of one award under one decision: a line of the run sheet.
#[derive(Clone, Debug)]
struct Decided {
    award: String,
    decision: String,
    signed_on: String,
    granted_by: String,
    recipients: Vec<(String, String)>,
}

/// `GET /hoi-nghi/{id}/khen-thuong`.
pub async fn show(State(office): State<Office>, visitor: Visitor, Path(id): Path<i64>) -> Result<Page> {
    let here = here(&office, &visitor, id, RUN).await?;
    let decided = decided(&office, &here.listed.unit_code, &here.listed.year).await?;
    let values = values(&*here.hall.state().await, &decided);
    Ok(here.page("conference/honours.html", "plan", visitor, values))
}

async fn decided(office: &Office, unit: &str, year: &str) -> Result<Vec<Decided>> {
    let mut found: Vec<Decided> = Vec::new();
    for honour in awards::honours::of_year(office, unit, year).await? {
        let title = title_of(&honour);
        let recipient = (honour.nominee_name.clone(), honour.nominee_unit.clone());
        let same = |one: &&mut Decided| one.award == title && one.decision == honour.decision_number;
        match found.iter_mut().find(same) {
            Some(known) => known.recipients.push(recipient),
            None => found.push(Decided {
                award: title,
                decision: honour.decision_number,
                signed_on: honour.signed_on,
                granted_by: honour.granted_by,
                recipients: vec![recipient],
            }),
        }
    }
    Ok(found)
}

/// What the pack of its day calls the award; its code where no pack knows it.
fn title_of(honour: &Honour) -> String {
    let day = honour.signed_on.parse().ok();
    let pack = day.and_then(|day| awards::pack_on(day).ok());
    let known = pack.and_then(|pack| pack.award(&honour.award));
    known.map_or_else(|| honour.award.clone(), |award| award.label.vi.clone())
}

fn values(state: &Conference, decided: &[Decided]) -> Value {
    let is_listed = |one: &Decided| {
        let mut awards = state.records.awards.iter();
        awards.any(|(_, award)| award.shown_name() == one.award && award.decision_number == one.decision)
    };
    let fresh: Vec<Value> = decided
        .iter()
        .filter(|one| !is_listed(one))
        .map(|one| {
            context! { award => one.award.as_str(), decision => one.decision.as_str(), granted_by => one.granted_by.as_str(), count => one.recipients.len() }
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
                handed => state.handed.get(id).map_or(0, Vec::len),
            }
        })
        .collect();
    context! { fresh, sheet }
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
    let mut typed = Typed::default();
    let commands = match asked(fields)? {
        Act::TakeOver {} => {
            let decided = decided(&office, &here.listed.unit_code, &here.listed.year).await?;
            taken_over(&*here.hall.state().await, &decided)
        }
        Act::Set { id: number, by, group, place } => {
            let known = here.hall.state().await.records.awards.get(number).cloned();
            let known = known.ok_or_else(|| Error::NotFound("khen thưởng này".to_owned()))?;
            let order = typed.number("place", &place).unwrap_or(known.order);
            let (presenter_words, group) = (Typed::words(&by), Typed::words(&group));
            vec![Command::Put(Some(number), Entry::Award(Award { presenter_words, group, order, ..known }))]
        }
        Act::Remove { id } => vec![Command::Remove(EntryKind::Award, id)],
    };
    typed.done()?;
    operations::commands(&office, &visitor.context(), id, commands).await?;
    Ok(Redirect::to(&format!("/hoi-nghi/{id}/khen-thuong")))
}

fn taken_over(state: &Conference, decided: &[Decided]) -> Vec<Command> {
    let is_listed = |one: &&Decided| {
        let mut awards = state.records.awards.iter();
        awards.any(|(_, award)| award.shown_name() == one.award && award.decision_number == one.decision)
    };
    let before = u32::try_from(state.records.awards.len()).unwrap_or(u32::MAX);
    let fresh = decided.iter().filter(|one| !is_listed(one));
    let award = |(one, place): (&Decided, u32)| Award {
        order: before.saturating_add(place),
        award_title: one.award.clone(),
        granted_by: one.granted_by.clone(),
        decision_number: one.decision.clone(),
        decided_on: one.signed_on.parse().ok(),
        recipients: one
            .recipients
            .iter()
            .map(|(name, unit)| Recipient { name: name.clone(), unit_code: unit.clone(), ..Recipient::default() })
            .collect(),
        ..Award::default()
    };
    fresh.zip(1_u32..).map(award).map(|award| Command::Put(None, Entry::Award(award))).collect()
}
