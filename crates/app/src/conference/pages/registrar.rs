//! `/hoi-nghi/{id}/diem-danh`: the registrar's desk — a badge scanned or typed, a name, a tick in the list.

use axum::{
    extract::{Path, Query, State},
    response::{IntoResponse, Redirect, Response},
};
use domain::{
    Refusal,
    conference::{Arrival, Command, Event, FoundBy, Id, Road, introduction, time_of_day},
    vietnamese::fold,
};
use serde::{Deserialize, Serialize};

use super::here;
use crate::{
    conference::{SERVE, operations, view::LiveView},
    identity::Visitor,
    office::Office,
    platform::{
        Error, Result, secrets,
        web::{CsrfForm, Page, Serde, Value, context},
    },
};

/// So many lines of the list stand on the page: more are found by typing.
const ROW_COUNT_MAX: usize = 15;

/// Where the desk is and what is looked for.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
pub struct Asked {
    /// The desk's name.
    #[serde(default)]
    ban: String,
    /// Part of a name or unit.
    #[serde(default)]
    tim: String,
    /// The line that was just taken.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    xong: Option<Id>,
}

/// `GET /hoi-nghi/{id}/diem-danh`.
pub async fn show(
    State(office): State<Office>,
    visitor: Visitor,
    Path(id): Path<i64>,
    Query(asked): Query<Asked>,
) -> Result<Page> {
    let here = here(&office, &visitor, id, SERVE).await?;
    let wanted = fold(&asked.tim);
    let values = {
        let state = here.hall.state().await;
        let matches = |line: &domain::conference::Participation| {
            wanted.is_empty() || fold(line.shown_name()).contains(&wanted) || fold(&line.unit_name).contains(&wanted)
        };
        let list = state.protocol_list();
        let mut found: Vec<_> = list.iter().filter(|(_, line)| matches(line)).collect();
        let replaced = state.replaced();
        // Who is still to come stands first.
        found.sort_by_key(|(line, _)| state.heads_here(*line) > 0 || replaced.contains(line));
        let row = |(line_id, line): &&(Id, &domain::conference::Participation)| -> Result<Value> {
            let presence = state.attendance.get(line_id).filter(|presence| presence.is_here());
            let substitute = state.substitute_of(*line_id).filter(|_| replaced.contains(line_id));
            Ok(context! {
                replaced_by => substitute.map(|(_, other)| other.shown_name().to_owned()),
                may_return => substitute.is_some_and(|(other, _)| !state.attendance.contains_key(&other)),
                id => line_id, shown => introduction(line), unit => line.unit_name.as_str(),
                is_group => line.is_group(), head_count => line.head_count,
                since => presence.map(|presence| time_of_day(presence.at)),
                heads => presence.map(|presence| presence.heads),
                scan => secrets::request_code(),
            })
        };
        let rows: Vec<Value> = found.iter().take(ROW_COUNT_MAX).map(row).collect::<Result<_>>()?;
        let done = asked.xong.and_then(|line| {
            let presence = state.attendance.get(&line)?;
            let who = state.records.participations.get(line)?;
            Some(context! { who => introduction(who), unit => who.unit_name.as_str(), at => time_of_day(presence.at) })
        });
        context! {
            rows, found => found.len(), done, live => Serde(LiveView::of(&state, visitor.context().now)),
        }
    };
    let own = context! { asked => Serde(&asked), scan => secrets::request_code() };
    Ok(here.page("conference/registrar.html", "registrar", visitor, context! { ..values, ..own }))
}

/// Somebody arrives, or leaves.
#[derive(Debug, Deserialize)]
pub struct Form {
    /// `check_in`, `leave`, `substitute` or `return_place`.
    verb: String,
    /// The scan's own number.
    #[serde(default)]
    scan: String,
    #[serde(default)]
    ban: String,
    /// A badge's code or a name.
    #[serde(default)]
    who: String,
    #[serde(default)]
    line: Option<Id>,
    #[serde(default)]
    heads: String,
    /// Who comes in the line's stead.
    #[serde(default)]
    name: String,
}

impl Form {
    fn command(&self, is_badge: bool) -> Command {
        let (found_by, road) = match self.line {
            Some(line) => (FoundBy::Line(line), Road::List),
            None if is_badge => (FoundBy::Badge(self.who.clone()), Road::Badge),
            None => (FoundBy::Name(self.who.clone()), Road::Name),
        };
        match (self.verb.as_str(), self.line) {
            ("leave", Some(line)) => Command::Leave(line),
            ("substitute", Some(stead)) => Command::Substitute {
                client_id: self.scan.clone(),
                stead,
                name: self.name.clone(),
                posts: Vec::new(),
                desk: self.ban.clone(),
            },
            ("return_place", _) => Command::ReturnPlace(self.arrival(found_by, road)),
            _ => Command::CheckIn(self.arrival(found_by, road)),
        }
    }

    fn arrival(&self, found_by: FoundBy, road: Road) -> Arrival {
        Arrival {
            client_id: self.scan.clone(),
            found_by,
            road,
            desk: self.ban.clone(),
            venue: None,
            heads: self.heads.trim().parse().ok(),
            scanned_at: None,
        }
    }
}

/// `POST /hoi-nghi/{id}/diem-danh`.
pub async fn act(
    State(office): State<Office>,
    visitor: Visitor,
    Path(id): Path<i64>,
    CsrfForm(form): CsrfForm<Form>,
) -> Result<Response> {
    let here = here(&office, &visitor, id, SERVE).await?;
    let is_badge = {
        let state = here.hall.state().await;
        let who = form.who.trim();
        state.records.participations.iter().any(|(_, line)| !who.is_empty() && line.badge.eq_ignore_ascii_case(who))
    };
    let done = operations::command(&office, &visitor.context(), id, form.command(is_badge)).await;
    let back = |asked: &Asked| -> Result<Response> {
        let query = serde_html_form::to_string(asked).map_err(Error::inside)?;
        Ok(Redirect::to(&format!("/hoi-nghi/{id}/diem-danh?{query}")).into_response())
    };
    match done {
        Ok(done) => {
            let taken = done.events.iter().find_map(|event| match event {
                Event::CheckedIn { participation, .. } => Some(*participation),
                _ => None,
            });
            back(&Asked { ban: form.ban, tim: String::new(), xong: taken })
        }
        // Several of that name, or nobody with exactly these words: the list below shows whom the desk may mean.
        Err(Error::Refused(refusal))
            if refusal.reasons.iter().all(|reason| {
                ["several_of_that_name", "unknown_name"].contains(&reason.code.as_str()) && form.line.is_none()
            }) =>
        {
            back(&Asked { ban: form.ban, tim: form.who, xong: None })
        }
        // The place is a substitute's who has not come: the line below lets the desk choose.
        Err(Error::Refused(refusal)) if to_choose(&refusal).is_some() => {
            let line = to_choose(&refusal).and_then(|line| line.parse().ok());
            let state = here.hall.state().await;
            let who = line.and_then(|line: Id| state.records.participations.get(line));
            let tim = who.map_or(form.who, |who| who.shown_name().to_owned());
            back(&Asked { ban: form.ban, tim, xong: None })
        }
        Err(error) => Err(error),
    }
}

/// The line of which the desk must say who comes.
fn to_choose(refusal: &Refusal) -> Option<&str> {
    let reason = refusal.reasons.iter().find(|reason| reason.code == "replaced_by_absent")?;
    Some(reason.at.as_str())
}
