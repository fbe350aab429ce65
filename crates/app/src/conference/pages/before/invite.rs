//! `/hoi-nghi/{id}/moi`: units with their quotas and what they answered, guests in protocol order.

use axum::{
    extract::{Path, Query, State},
    response::Redirect,
};
use domain::{
    conference::{
        Allotment, Command, Conference, Entry, EntryKind, Id, Participation, ParticipationRole, Quota, Side,
        introduction,
    },
    vietnamese::{fold, sort_key},
};
use serde::Deserialize;

use super::{
    super::{
        here,
        typed::{Fields, Typed, asked},
    },
    levels,
};
use crate::{
    conference::{
        RUN,
        operations::{
            self,
            delegates::post,
            invite::{self, Invited},
        },
    },
    identity::Visitor,
    office::Office,
    platform::{
        Error, Result,
        web::{CsrfForm, Page, Paged, Serde, Value, context},
    },
};

/// So many units stand on a page.
const UNIT_COUNT_MAX: usize = 40;

/// The parts of the page.
const UNITS: &str = "units";
const GUESTS: &str = "guests";

/// Which units are shown.
#[derive(Debug, Default, Deserialize)]
pub struct Shown {
    #[serde(default)]
    tim: String,
    #[serde(default)]
    trang: usize,
}

/// `GET /hoi-nghi/{id}/moi`.
pub async fn show(
    State(office): State<Office>,
    visitor: Visitor,
    Path(id): Path<i64>,
    Query(shown): Query<Shown>,
) -> Result<Page> {
    let here = here(&office, &visitor, id, RUN).await?;
    let values = values(&*here.hall.state().await, &shown);
    Ok(here.page("conference/invite.html", "plan", visitor, values))
}

fn values(state: &Conference, shown: &Shown) -> Value {
    let allotments = state.allotments();
    let places: u32 = allotments.iter().map(|of| of.delegate_count).sum();
    let named: usize = allotments.iter().map(|of| of.named.len()).sum();
    let coming: u32 = allotments.iter().map(|of| of.coming).sum();
    let wanted = fold(&shown.tim);
    let with_quota = allotments.iter().filter_map(|of| Some((of, state.records.quotas.get(of.quota)?)));
    let mut found: Vec<_> = with_quota.filter(|(_, quota)| fold(&quota.unit_name).contains(&wanted)).collect();
    found.sort_by_cached_key(|(of, quota)| (sort_key(&quota.unit_name), quota.level, of.quota));
    let Paged { rows, page, page_count } = Paged::of(found, shown.trang, UNIT_COUNT_MAX);
    let row = |(of, quota): &(&Allotment, &Quota)| -> Value {
        context! {
            id => of.quota, unit => quota.unit_name.as_str(), code => quota.unit_code.as_str(),
            level => quota.level.map(|level| level.abbreviation()), places => of.delegate_count,
            named => of.named.len(), coming => of.coming, not_coming => of.not_coming,
        }
    };
    let units: Vec<Value> = rows.iter().map(row).collect();
    let list = state.protocol_list();
    let guests: Vec<Value> = list
        .iter()
        .filter(|(_, line)| line.side == Side::Guest)
        .enumerate()
        .map(|(place, (id, line))| {
            let substitute = state.substitute_of(*id).map(|(_, other)| other.shown_name().to_owned());
            let answer = state.answers.get(id);
            context! {
                id, number => place + 1, shown => introduction(line), unit => line.unit_name.as_str(),
                role => line.role.name(), email => line.email.as_str(), is_placed => line.list_order.is_some(),
                answer => answer.map(|answer| answer.is_coming), note => answer.map(|answer| answer.note.clone()), substitute,
            }
        })
        .collect();
    let roles = [ParticipationRole::Guest, ParticipationRole::DirectingGuest, ParticipationRole::AwardPresenter];
    let roles: Vec<(&str, &str)> = roles.iter().map(|role| (role.as_str(), role.name())).collect();
    context! {
        units, guests, places, named, coming, levels => levels(), roles => Serde(&roles),
        unit_count => allotments.len(), tim => shown.tim.as_str(), page, page_count,
    }
}

/// What is done to the invitations.
#[derive(Debug, Deserialize)]
#[serde(tag = "verb", rename_all = "snake_case")]
#[allow(missing_docs, reason = "the fields of the page's forms")]
pub enum Act {
    /// Every school of a level.
    InviteSchools {
        #[serde(default)]
        level: String,
        delegate_count: String,
    },
    /// Units by their names, which need not be schools: one a line, with its number.
    InviteUnits {
        pasted: String,
    },
    /// Changes one unit's number.
    SetQuota {
        id: Id,
        delegate_count: String,
    },
    RemoveQuota {
        id: Id,
    },
    AddGuest {
        name: String,
        #[serde(default)]
        posts: String,
        #[serde(default)]
        unit_name: String,
        #[serde(default)]
        email: String,
        #[serde(default)]
        role: String,
    },
    MoveGuest {
        id: Id,
        direction: String,
    },
    RemoveGuest {
        id: Id,
    },
}

/// `POST /hoi-nghi/{id}/moi`.
pub async fn act(
    State(office): State<Office>,
    visitor: Visitor,
    Path(id): Path<i64>,
    CsrfForm(fields): CsrfForm<Fields>,
) -> Result<Redirect> {
    let here = here(&office, &visitor, id, RUN).await?;
    let context = visitor.context();
    let back = |part: &str| Ok(Redirect::to(&format!("/hoi-nghi/{id}/moi#{part}")));
    let mut typed = Typed::default();
    let (part, commands) = match asked(fields)? {
        Act::InviteSchools { level, delegate_count } => {
            let level = typed.level("level", &level);
            let delegate_count = typed.number("delegate_count", &delegate_count).unwrap_or(0);
            typed.done()?;
            invite::invite_schools(&office, &context, id, &Invited { level, delegate_count }).await?;
            return back(UNITS);
        }
        Act::SetQuota { id: number, delegate_count } => {
            let known = here.hall.state().await.records.quotas.get(number).cloned();
            let known = known.ok_or_else(|| Error::NotFound("đơn vị được mời này".to_owned()))?;
            let delegate_count = typed.number("delegate_count", &delegate_count).unwrap_or(known.delegate_count);
            (UNITS, vec![Command::Put(Some(number), Entry::Quota(Quota { delegate_count, ..known }))])
        }
        Act::InviteUnits { pasted } => {
            let quotas = invite::read(&office, &context, &pasted).await?;
            invite::invite(&office, &context, id, quotas).await?;
            return back(UNITS);
        }
        Act::RemoveQuota { id } => (UNITS, vec![Command::Remove(EntryKind::Quota, id)]),
        Act::AddGuest { name, posts, unit_name, email, role } => {
            let posts = posts.split(',').map(Typed::words).filter(|title| !title.is_empty());
            let guest = Participation {
                name: Typed::words(&name),
                address_form: "đồng chí".to_owned(),
                posts: posts.map(|title| post(&title)).collect(),
                unit_name: Typed::words(&unit_name),
                email: email.trim().to_owned(),
                role: typed.chosen("role", &role, ParticipationRole::parse).unwrap_or(ParticipationRole::Guest),
                side: Side::Guest,
                ..Participation::default()
            };
            typed.done()?;
            invite::add_guest(&office, &context, id, guest).await?;
            return back(GUESTS);
        }
        Act::MoveGuest { id, direction } => (GUESTS, moved(&*here.hall.state().await, id, &direction)),
        Act::RemoveGuest { id } => (GUESTS, vec![Command::Remove(EntryKind::Participation, id)]),
    };
    typed.done()?;
    operations::commands(&office, &context, id, commands).await?;
    back(part)
}

/// A guest goes a place up or down: every guest is then placed by hand, in the order that the page shows.
fn moved(state: &Conference, guest: Id, direction: &str) -> Vec<Command> {
    let list = state.protocol_list();
    let mut order: Vec<Id> = list.iter().filter(|(_, line)| line.side == Side::Guest).map(|(id, _)| *id).collect();
    if let Some(place) = order.iter().position(|id| *id == guest) {
        let other = if direction == "up" { place.checked_sub(1) } else { Some(place + 1) };
        if let Some(other) = other.filter(|other| *other < order.len()) {
            order.swap(place, other);
        }
    }
    let placed = order.iter().zip(1_u32..).filter_map(|(id, place)| {
        let line = state.records.participations.get(*id)?;
        let line = Participation { list_order: Some(place), ..line.clone() };
        (state.records.participations.get(*id) != Some(&line)).then_some((*id, line))
    });
    placed.map(|(id, line)| Command::Put(Some(id), Entry::Participation(line))).collect()
}
