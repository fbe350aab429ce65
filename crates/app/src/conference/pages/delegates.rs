//! `/hoi-nghi/{id}/dai-bieu`: the list in protocol order, pasted lists, the delegates' own addresses.

use axum::{
    extract::{Path, Query, State},
    http::HeaderMap,
    response::Redirect,
};
use domain::{
    conference::{Command, EntryKind, Id, ParticipationRole, Side, introduction},
    vietnamese::{fold, person_sort_key},
};
use serde::Deserialize;

use super::{
    Here, here,
    typed::{Fields, Typed, asked},
};
use crate::{
    conference::{
        RUN,
        operations::{
            self, delegates,
            officers::{self, Officer},
        },
        queries,
    },
    identity::{Right, Visitor},
    office::Office,
    platform::{
        Result,
        web::{CsrfForm, Page, Paged, Value, context},
    },
};

/// So many lines stand on a page.
const ROW_COUNT_MAX: usize = 60;

/// What is looked for.
#[derive(Debug, Default, Deserialize)]
pub struct Asked {
    #[serde(default)]
    tim: String,
    #[serde(default)]
    trang: usize,
}

/// `GET /hoi-nghi/{id}/dai-bieu`.
pub async fn show(
    State(office): State<Office>,
    visitor: Visitor,
    Path(id): Path<i64>,
    Query(asked): Query<Asked>,
    headers: HeaderMap,
) -> Result<Page> {
    let here = here(&office, &visitor, id, Right::ReadUnit).await?;
    let links = if here.runs { queries::links(&office, id).await? } else { std::collections::BTreeMap::new() };
    let host = headers.get("host").and_then(|host| host.to_str().ok()).unwrap_or_default();
    let origin = office.settings().origin(host);
    let wanted = fold(&asked.tim);
    let (rows, found, page, page_count) = {
        let state = here.hall.state().await;
        let list = state.protocol_list();
        let matches = |name: &str| fold(name).contains(&wanted);
        let found: Vec<_> = list
            .into_iter()
            .enumerate()
            .filter(|(_, (_, line))| wanted.is_empty() || matches(line.shown_name()) || matches(&line.unit_name))
            .collect();
        let shown = Paged::of(&found, asked.trang, ROW_COUNT_MAX);
        let row = |(place, (line_id, line)): &(usize, (Id, &domain::conference::Participation))| -> Value {
            context! {
                id => line_id, number => place + 1, shown => introduction(line), side => line.side.as_str(),
                unit => line.unit_name.as_str(), level => line.level.map(|level| level.abbreviation()),
                role => line.role.name(), badge => line.badge.as_str(), is_group => line.is_group(),
                replaced_by => state.substitute_of(*line_id).map(|(_, other)| other.shown_name().to_owned()),
                is_here => state.heads_here(*line_id) > 0, may_vote => line.may_vote,
                answer => state.answers.get(line_id).map(|answer| answer.is_coming),
                link => links.get(line_id).map(|token| format!("{origin}/hn/{token}")),
            }
        };
        let rows: Vec<Value> = shown.rows.into_iter().map(row).collect();
        (rows, found.len(), shown.page, shown.page_count)
    };
    let officers = if here.runs { officers_card(&office, &visitor, &here).await? } else { Value::from(()) };
    let values = context! { rows, found, page, page_count, tim => asked.tim, officers };
    Ok(here.page("conference/delegates.html", "delegates", visitor, values))
}

/// Who holds which role, and whom the form offers.
async fn officers_card(office: &Office, visitor: &Visitor, here: &Here) -> Result<Value> {
    let known = officers::known(office, &visitor.context(), &here.listed.unit_code).await?;
    let state = here.hall.state().await;
    let list = state.protocol_list();
    let of_role = |role: &ParticipationRole| -> Value {
        let held = list.iter().filter(|(_, line)| line.role == *role);
        let held: Vec<Value> =
            held.map(|(id, line)| context! { id, shown => introduction(line), name => line.shown_name() }).collect();
        context! { code => role.as_str(), name => role.name(), held }
    };
    let roles: Vec<Value> = officers::ROLES.iter().map(of_role).collect();
    let people = list.iter().filter(|(_, line)| !line.is_group()).take(OFFERED_COUNT_MAX);
    let mut names: Vec<String> = known.into_iter().map(|holder| holder.name).collect();
    names.extend(people.map(|(_, line)| line.name.clone()));
    names.sort_by_key(|name| person_sort_key(name));
    names.dedup();
    Ok(context! { roles, names })
}

/// So many names of the list are offered while one types.
const OFFERED_COUNT_MAX: usize = 60;

/// What is done to the list.
#[derive(Debug, Deserialize)]
#[serde(tag = "verb", rename_all = "snake_case")]
#[allow(missing_docs, reason = "the fields of the page's forms")]
pub enum Act {
    Paste {
        pasted: String,
        side: String,
        #[serde(default)]
        may_vote: Option<String>,
    },
    Remove {
        id: Id,
    },
    MakeLinks {},
    /// Gives somebody a role.
    Appoint {
        name: String,
        #[serde(default)]
        posts: String,
        role: String,
    },
    /// Takes the role from a line.
    Relieve {
        id: Id,
    },
}

/// `POST /hoi-nghi/{id}/dai-bieu`.
pub async fn act(
    State(office): State<Office>,
    visitor: Visitor,
    Path(id): Path<i64>,
    CsrfForm(fields): CsrfForm<Fields>,
) -> Result<Redirect> {
    let here = here(&office, &visitor, id, RUN).await?;
    let context = visitor.context();
    match asked(fields)? {
        Act::Paste { pasted, side, may_vote } => {
            let side = Side::parse(&side).unwrap_or_default();
            let lines = delegates::read(&pasted, side, may_vote.is_some())?;
            delegates::import(&office, &context, id, lines).await?;
        }
        Act::Remove { id: line } => {
            operations::command(&office, &context, id, Command::Remove(EntryKind::Participation, line)).await?;
        }
        Act::Appoint { name, posts, role } => {
            let mut typed = Typed::default();
            let role = typed.chosen("role", &role, ParticipationRole::parse).unwrap_or_default();
            typed.done()?;
            officers::appoint(&office, &context, id, &Officer { name, posts, role }).await?;
            return Ok(Redirect::to(&format!("/hoi-nghi/{id}/dai-bieu#dieu-hanh")));
        }
        Act::Relieve { id: line } => {
            officers::relieve(&office, &context, id, line).await?;
            return Ok(Redirect::to(&format!("/hoi-nghi/{id}/dai-bieu#dieu-hanh")));
        }
        Act::MakeLinks {} => {
            let named: Vec<Id> = {
                let state = here.hall.state().await;
                state.records.participations.iter().filter(|(_, line)| !line.is_group()).map(|(id, _)| id).collect()
            };
            operations::make_links(&office, &context, id, &named).await?;
        }
    }
    Ok(Redirect::to(&format!("/hoi-nghi/{id}/dai-bieu")))
}
