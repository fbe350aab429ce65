//! `/hoi-nghi/{id}/cu-dai-bieu/{unit}`: an invited unit names its delegates, and who comes in whose stead.

use axum::{
    extract::{Path, State},
    response::Redirect,
};
use domain::conference::{Conference, Id, Phase, introduction};
use serde::Deserialize;

use super::super::typed::{Fields, Typed, asked};
use crate::{
    conference::{
        live,
        operations::invite::{self, Named},
    },
    identity::{Right, Visitor},
    office::Office,
    platform::{
        Result,
        web::{CsrfForm, Page, Value, context, wording},
    },
};

/// `GET /hoi-nghi/{id}/cu-dai-bieu/{unit}`.
pub async fn show(
    State(office): State<Office>,
    visitor: Visitor,
    Path((id, unit)): Path<(i64, String)>,
) -> Result<Page> {
    visitor.require(Right::EnterFigures, &unit)?;
    let hall = live::hall(&office, id).await?;
    let values = values(&*hall.state().await, &unit)?;
    let label = wording::text(visitor.language(), "hall-conferences");
    let page = context! { id, unit_code => unit, ..values };
    Ok(Page::new("conference/naming.html", visitor, page).crumb(label, "/hoi-nghi"))
}

fn values(state: &Conference, unit: &str) -> Result<Value> {
    let of_unit = |id: Id| state.records.quotas.get(id).filter(|quota| quota.unit_code == unit);
    let allotments = state.allotments();
    let own: Vec<_> = allotments.iter().filter_map(|of| Some((of, of_unit(of.quota)?))).collect();
    let Some((_, first)) = own.first() else { return Err(invite::not_invited(unit)) };
    let quotas: Vec<Value> = own
        .iter()
        .map(|(of, quota)| {
            let named: Vec<Value> = of.named.iter().filter_map(|id| row(state, *id)).collect();
            context! {
                level => quota.level.map(|level| level.as_str()), level_name => quota.level.map(|level| level.abbreviation()),
                places => of.delegate_count, left => of.places_left(), named,
            }
        })
        .collect();
    let head = &state.head;
    Ok(context! {
        title => head.title.as_str(), organiser => head.organiser_name.as_str(), place => head.place.as_str(),
        held_on => head.held_on.map(|day| day.to_string()),
        starts_at => head.starts_at.map(|at| at.strftime("%H:%M").to_string()),
        unit_name => first.unit_name.as_str(), quotas, is_planned => state.phase == Phase::Planned && invite::has_a_day(state),
    })
}

fn row(state: &Conference, id: Id) -> Option<Value> {
    let line = state.records.participations.get(id)?;
    let substitute = state.substitute_of(id);
    Some(context! {
        id, name => line.name.as_str(), shown => introduction(line), email => line.email.as_str(),
        answer => state.answers.get(&id).map(|answer| answer.is_coming),
        substitute => substitute.map(|(_, other)| introduction(other)), substitute_id => substitute.map(|(other, _)| other),
    })
}

/// What a unit does.
#[derive(Debug, Deserialize)]
#[serde(tag = "verb", rename_all = "snake_case")]
#[allow(missing_docs, reason = "the fields of the page's forms")]
pub enum Act {
    Name {
        #[serde(default)]
        name: String,
        #[serde(default)]
        posts: String,
        #[serde(default)]
        email: String,
        #[serde(default)]
        phone: String,
        #[serde(default)]
        level: String,
        #[serde(default)]
        stead: String,
    },
    TakeOff {
        id: Id,
    },
}

/// `POST /hoi-nghi/{id}/cu-dai-bieu/{unit}`.
pub async fn act(
    State(office): State<Office>,
    visitor: Visitor,
    Path((id, unit)): Path<(i64, String)>,
    CsrfForm(fields): CsrfForm<Fields>,
) -> Result<Redirect> {
    visitor.require(Right::EnterFigures, &unit)?;
    let context = visitor.context();
    match asked(fields)? {
        Act::Name { name, posts, email, phone, level, stead } => {
            let mut typed = Typed::default();
            let level = typed.level("level", &level);
            let substitute_for = typed.number("stead", &stead);
            typed.done()?;
            let named = Named { name, posts, email, phone, level, substitute_for };
            match substitute_for {
                Some(stead) => {
                    must_be_own(&office, id, &unit, stead).await?;
                    invite::send_in_stead(&office, &context, id, stead, &named).await?
                }
                None => invite::name(&office, &context, id, &unit, &named).await?,
            };
        }
        Act::TakeOff { id: line } => invite::take_off(&office, &context, id, &unit, line).await?,
    }
    Ok(Redirect::to(&format!("/hoi-nghi/{id}/cu-dai-bieu/{unit}")))
}

async fn must_be_own(office: &Office, id: i64, unit: &str, line: Id) -> Result<()> {
    let hall = live::hall(office, id).await?;
    let state = hall.state().await;
    let is_own = state.records.participations.get(line).is_some_and(|known| known.unit_code == unit);
    if is_own { Ok(()) } else { Err(crate::platform::Error::Forbidden) }
}
