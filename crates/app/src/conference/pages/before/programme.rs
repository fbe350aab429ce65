//! `/hoi-nghi/{id}/chuong-trinh`: every item with its time, who does it, the running total and what is in its way.

use axum::{
    extract::{Path, State},
    response::Redirect,
};
use domain::conference::{AgendaItem, Clash, Command, Conference, Entry, Id, ItemKind};
use serde::Deserialize;

use super::{
    super::{
        carry_out, here,
        typed::{Fields, Typed},
    },
    people,
};
use crate::{
    identity::{Right, Visitor},
    office::Office,
    platform::{
        Error, Result,
        web::{CsrfForm, Page, Serde, Value, context},
    },
};

/// `GET /hoi-nghi/{id}/chuong-trinh`.
pub async fn show(State(office): State<Office>, visitor: Visitor, Path(id): Path<i64>) -> Result<Page> {
    let here = here(&office, &visitor, id, Right::ReadUnit).await?;
    let values = values(&*here.hall.state().await);
    Ok(here.page("conference/programme.html", "plan", visitor, values))
}

fn values(state: &Conference) -> Value {
    let slots = state.schedule();
    let clashes = state.clashes();
    let mut total = 0;
    let rows: Vec<Value> = state
        .programme()
        .zip(&slots)
        .enumerate()
        .map(|(place, ((id, item), slot))| {
            total += u32::from(item.minutes.unwrap_or(0));
            let line = item.presenter.and_then(|id| state.records.participations.get(id));
            let time = |at: Option<jiff::civil::Time>| at.map(|at| at.strftime("%H:%M").to_string());
            let own = clashes.iter().filter(|(of, _)| *of == id);
            let clashes: Vec<Value> = own.map(|(_, clash)| told(state, *clash)).collect();
            context! {
                id, number => place + 1, title => item.shown_title(), own_title => item.title.as_str(),
                starts_at => time(slot.starts_at), ends_at => time(slot.ends_at), set_at => time(item.starts_at),
                minutes => item.minutes, total, clashes, kind => item.kind.as_str(),
                by => line.map_or(item.presenter_words.as_str(), |line| line.shown_name()),
                presenter => item.presenter, presenter_words => item.presenter_words.as_str(), paper => item.paper,
            }
        })
        .collect();
    let papers: Vec<Value> = state
        .records
        .papers
        .iter()
        .map(|(id, paper)| {
            context! { id, title => paper.shown_title(), unit => paper.unit_name.as_str() }
        })
        .collect();
    let kinds: Vec<(&str, &str, &str)> =
        ItemKind::ALL.iter().map(|kind| (kind.as_str(), kind.label().0, kind.label().1)).collect();
    let is_planned = state.phase == domain::conference::Phase::Planned;
    context! {
        rows, total, people => Serde(&people(state)), papers, kinds => Serde(&kinds), is_planned,
        clash_count => clashes.len(),
    }
}

/// A clash as the page words it: its key and the other item or person.
fn told(state: &Conference, clash: Clash) -> Value {
    let item = |id: Id| state.records.items.get(id).map_or_else(String::new, |item| item.shown_title().to_owned());
    let line = |id: Id| state.records.participations.get(id).map_or_else(String::new, |line| line.name.clone());
    let (key, other) = match clash {
        Clash::Overlap { other } => ("overlap", item(other)),
        Clash::SamePerson { other } => ("same-person", item(other)),
        Clash::NotComing => ("not-coming", String::new()),
        Clash::AtAnotherVenue => ("another-venue", String::new()),
        Clash::TwoPlaces { other } => ("two-places", line(other)),
        Clash::NobodyNamed => ("nobody", String::new()),
        Clash::NotCleared => ("not-cleared", String::new()),
        Clash::NoLength => ("no-length", String::new()),
        Clash::PastTheDay => ("past-the-day", String::new()),
    };
    context! { key, other }
}

/// An item as it is typed.
#[derive(Debug, Deserialize)]
#[allow(missing_docs, reason = "the fields of the page's form")]
pub struct Form {
    #[serde(default)]
    item: Option<Id>,
    #[serde(default)]
    kind: String,
    #[serde(default)]
    title: String,
    #[serde(default)]
    starts_at: String,
    #[serde(default)]
    minutes: String,
    #[serde(default)]
    presenter: String,
    #[serde(default)]
    by: String,
    #[serde(default)]
    paper_of: String,
}

/// `POST /hoi-nghi/{id}/chuong-trinh`: changes an item, or adds one.
pub async fn act(
    State(office): State<Office>,
    visitor: Visitor,
    Path(id): Path<i64>,
    CsrfForm(fields): CsrfForm<Fields>,
) -> Result<Redirect> {
    carry_out(&office, &visitor, (id, "chuong-trinh"), fields, command).await
}

fn command(state: &Conference, form: Form, typed: &mut Typed) -> Result<Command> {
    let known = match form.item {
        Some(item) => {
            let known = state.records.items.get(item).cloned();
            known.ok_or_else(|| Error::NotFound("mục chương trình này".to_owned()))?
        }
        None => AgendaItem {
            kind: typed.chosen("kind", &form.kind, ItemKind::parse).unwrap_or_default(),
            ..AgendaItem::default()
        },
    };
    let item = AgendaItem {
        title: Typed::words(&form.title),
        starts_at: typed.time("starts_at", &form.starts_at),
        minutes: typed.number("minutes", &form.minutes),
        presenter: typed.number("presenter", &form.presenter),
        presenter_words: Typed::words(&form.by),
        paper: typed.number("paper_of", &form.paper_of),
        ..known
    };
    Ok(Command::Put(form.item, Entry::AgendaItem(item)))
}
