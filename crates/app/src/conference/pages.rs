//! The conference in the browser: preparing, the desks of the hall, the projector, the delegate's phone, the record,
//! what follows it.

pub mod after;
pub mod before;
pub mod counter;
pub mod delegates;
pub mod desk;
mod desk_view;
pub mod list;
pub mod phone;
pub mod plan;
pub mod projector;
pub mod record;
pub mod registrar;
pub mod stream;
mod typed;

use std::sync::Arc;

use axum::response::Redirect;
use domain::conference::{Command, Conference, EntryKind};
use serde::de::DeserializeOwned;

use super::{
    RUN,
    live::{self, Hall},
    operations,
    queries::{self, Listed},
};
use crate::{
    identity::{Right, Visitor},
    office::Office,
    platform::{
        Error, Result,
        web::{CsrfUpload, Page, Serde, Value, context, wording},
    },
};
use typed::{Fields, Typed};

/// A conference that the visitor may see, or run.
struct Here {
    listed: Listed,
    hall: Arc<Hall>,
    runs: bool,
    /// The desks at which the visitor may sit, by the last parts of their addresses.
    desks: Vec<&'static str>,
}

/// The desks of the hall by the last parts of their addresses, with the right that each takes.
const DESKS: [(&str, Right); 5] = [
    ("dieu-hanh", super::RUN),
    ("chu-toa", super::CHAIR),
    ("thu-ky", super::SERVE),
    ("trao-thuong", super::SERVE),
    ("diem-danh", super::SERVE),
];

/// The conference, for a visitor who has this right at its unit.
async fn here(office: &Office, visitor: &Visitor, id: i64, right: Right) -> Result<Here> {
    let listed = queries::one(office, id).await?;
    visitor.require(right, &listed.unit_code)?;
    let hall = live::hall(office, id).await?;
    let may = |right: Right| visitor.may(right, &listed.unit_code);
    let (runs, desks) = (may(super::RUN), DESKS.into_iter().filter(|(_, right)| may(*right)).map(|(desk, _)| desk));
    let desks = desks.collect();
    Ok(Here { listed, hall, runs, desks })
}

impl Here {
    /// A page of this conference, with its tabs.
    fn page(&self, template: &'static str, tab: &'static str, visitor: Visitor, values: Value) -> Page {
        let conference = context! { desks => self.desks.clone(), ..Value::from(Serde(&self.listed)) };
        let ours = context! { conference, tab, runs => self.runs };
        let label = wording::text(visitor.language(), "hall-conferences");
        Page::new(template, visitor, context! { ..ours, ..values }).crumb(label, "/hoi-nghi")
    }
}

/// Carries out what a form asks of the conference, as `decide` reads it, and leads back to its page.
async fn carry_out<A: DeserializeOwned>(
    office: &Office,
    visitor: &Visitor,
    (id, page): (i64, &str),
    fields: Fields,
    decide: impl FnOnce(&Conference, A, &mut Typed) -> Result<Command>,
) -> Result<Redirect> {
    let here = here(office, visitor, id, RUN).await?;
    let asked = typed::asked(fields)?;
    let mut typed = Typed::default();
    let command = decide(&*here.hall.state().await, asked, &mut typed)?;
    typed.done()?;
    operations::command(office, &visitor.context(), id, command).await?;
    Ok(Redirect::to(&format!("/hoi-nghi/{id}/{page}")))
}

/// What an upload form asks for when it takes an entry out instead of bringing files.
fn removal(upload: &CsrfUpload, kind: EntryKind) -> Result<Option<Command>> {
    if upload.field("verb") != "remove" {
        return Ok(None);
    }
    let id = upload.field("id").parse().map_err(|_| Error::NotFound(format!("{} này", kind.name())))?;
    Ok(Some(Command::Remove(kind, id)))
}
