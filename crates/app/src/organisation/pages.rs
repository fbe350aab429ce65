//! Finding a unit, and a unit's page: where it stands, its names, whom it took over from and who took over from it.

use axum::extract::{Path, Query, State};
use domain::organisation::{Line, UnitCode};
use serde::{Deserialize, Serialize};

use super::queries::{self, Brief, Dated};
use crate::{
    identity::{Right, Visitor},
    office::Office,
    platform::{
        Result,
        web::{Page, Serde, context, wording},
    },
};

/// So many units are shown for one question.
const FOUND_MAX: usize = 30;

/// So many units below are shown; more are found by searching.
const CHILDREN_MAX: usize = 150;

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
        hits.push(Hit {
            code: unit.code.0.clone(),
            matched: found.name,
            name: unit.name_on(day).to_owned(),
            kind: [vi, en],
            parent: parent.map_or("", |parent| parent.name_on(day)).to_owned(),
            is_valid: found.is_valid,
        });
    }
    let own = registry.unit(&visitor.frame().unit_code).map(|unit| queries::brief(unit, today));
    let values = context! { q => asked.q, hits => Serde(&hits), own => Serde(&own), found_max => FOUND_MAX };
    Ok(Page::new("organisation/search.html", visitor, values))
}

/// A line of authority with its parents over time.
#[derive(Clone, Debug, Serialize)]
struct Authority {
    line: &'static str,
    parents: Vec<Dated>,
}

/// `GET /don-vi/{code}`: a unit, also one that is gone.
pub async fn show(State(office): State<Office>, visitor: Visitor, Path(code): Path<String>) -> Result<Page> {
    let today = visitor.today();
    let sheet = queries::unit_sheet(&office, &code, Line::Management, None, today).await?;
    let registry = office.registry().await?;
    let lines: Vec<Authority> = Line::ALL
        .into_iter()
        .filter_map(|line| {
            let parents = queries::parents_over_time(&registry, registry.unit(&code)?, line);
            (!parents.is_empty()).then_some(Authority { line: line.as_str(), parents })
        })
        .collect();
    let above: Vec<Brief> = registry
        .ancestors_on(&code, Line::Management, sheet.on)
        .into_iter()
        .rev()
        .filter(|unit| unit.code.as_str() != UnitCode::COUNTRY)
        .map(|unit| queries::brief(unit, sheet.on))
        .collect();
    let (vi, en) = sheet.kind.label();
    let values = context! {
        kind => [vi, en],
        lines => Serde(&lines),
        child_count => sheet.children.len(),
        children => Serde(&sheet.children[..sheet.children.len().min(CHILDREN_MAX)]),
        rows => sheet.predecessors.len().max(sheet.successors.len()).max(1),
        is_gone => sheet.valid_to.is_some_and(|to| to < today),
        may_read => visitor.may(Right::ReadUnit, &code),
        unit => Serde(&sheet),
    };
    let label = wording::text(visitor.language(), "units");
    let page = Page::new("organisation/unit.html", visitor, values).crumb(label, "/don-vi");
    Ok(above.into_iter().fold(page, |page, unit| page.crumb(unit.name, format!("/don-vi/{}", unit.code))))
}
