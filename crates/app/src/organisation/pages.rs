//! Finding a unit; the pages of one unit, of changes, of people and of lists stand in their own files.

pub mod change;
pub mod list;
pub mod people;
pub mod unit;

use axum::extract::{Query, State};
use domain::organisation::Line;
use serde::{Deserialize, Serialize};

use super::queries;
use crate::{
    identity::{Right, Visitor},
    office::Office,
    platform::{
        Result,
        web::{Page, Serde, context},
    },
};

/// So many units are shown for one question.
const FOUND_MAX: usize = 30;

/// What is looked for.
#[derive(Clone, Debug, Default, Deserialize)]
pub struct Asked {
    #[serde(default)]
    q: String,
}

/// A unit in the list of what was found.
#[derive(Clone, Debug, Serialize)]
struct Hit {
    code: String,
    matched: String,
    name: String,
    kind: [&'static str; 2],
    parent: String,
    is_valid: bool,
}

/// `GET /don-vi?q=`: units by name or code, with or without accents, also by names they no longer bear.
pub async fn search(State(office): State<Office>, visitor: Visitor, Query(asked): Query<Asked>) -> Result<Page> {
    let today = visitor.today();
    let registry = office.registry().await?;
    let mut hits = Vec::new();
    for found in queries::search(&office, &asked.q, today, FOUND_MAX).await? {
        let Some(unit) = registry.unit(found.unit.as_str()) else { continue };
        let day = queries::nearest_day(unit.validity, today);
        let parent = registry.parent_on(unit.code.as_str(), Line::Management, day);
        let (vi, en) = unit.kind.label();
        let name = unit.name_on(day).to_owned();
        let is_code = unit.code.as_str() == asked.q.trim();
        hits.push(Hit {
            code: unit.code.0.clone(),
            matched: if is_code { name.clone() } else { found.name },
            name,
            kind: [vi, en],
            parent: parent.map_or("", |parent| parent.name_on(day)).to_owned(),
            is_valid: found.is_valid,
        });
    }
    let own = registry.unit(&visitor.frame().unit_code).map(|unit| queries::brief(unit, today));
    let values = context! { q => asked.q, hits => Serde(&hits), own => Serde(&own), found_max => FOUND_MAX,
    may_change => visitor.require_somewhere(Right::ManageUnits).is_ok() };
    Ok(Page::new("organisation/search.html", visitor, values))
}
