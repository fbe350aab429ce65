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

use super::{
    live::{self, Hall},
    queries::{self, Listed},
};
use crate::{
    identity::{Right, Visitor},
    office::Office,
    platform::{
        Result,
        web::{Page, Serde, Value, context, wording},
    },
};

/// A conference that the visitor may see, or run.
struct Here {
    listed: Listed,
    hall: Arc<Hall>,
    runs: bool,
}

/// The conference, for a visitor who has this right at its unit.
async fn here(office: &Office, visitor: &Visitor, id: i64, right: Right) -> Result<Here> {
    let listed = queries::one(office, id).await?;
    visitor.require(right, &listed.unit_code)?;
    let hall = live::hall(office, id).await?;
    let runs = visitor.may(super::RUN, &listed.unit_code);
    Ok(Here { listed, hall, runs })
}

impl Here {
    /// A page of this conference, with its tabs.
    fn page(&self, template: &'static str, tab: &'static str, visitor: Visitor, values: Value) -> Page {
        let ours = context! { conference => Serde(&self.listed), tab, runs => self.runs };
        let label = wording::text(visitor.language(), "hall-conferences");
        Page::new(template, visitor, context! { ..ours, ..values }).crumb(label, "/hoi-nghi")
    }
}
