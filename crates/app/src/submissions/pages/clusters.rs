//! `/nam-hoc/{year}/cum`: the emulation clusters of a year, by which the board may be read.

use std::collections::BTreeMap;

use axum::{
    extract::{Path, State},
    response::{IntoResponse, Redirect, Response},
};
use domain::vietnamese::sort_key;
use serde::{Deserialize, Serialize};

use crate::{
    identity::{Right, Visitor},
    office::Office,
    organisation::clusters,
    platform::{
        Error, Result,
        web::{CsrfForm, Page, Serde, context, wording},
    },
};

/// Schools whose lines are written out to be changed; of more, only the clusters are shown.
const LINES_MAX: usize = 120;

/// A cluster with its schools.
#[derive(Serialize)]
struct Listed {
    name: String,
    schools: Vec<String>,
}

/// `GET /nam-hoc/{year}/cum`.
pub async fn show(State(office): State<Office>, visitor: Visitor, Path(year): Path<String>) -> Result<Page> {
    if !visitor.frame().years.contains(&year) {
        return Err(Error::NotFound(format!("năm học {year}")));
    }
    let members = clusters::members(&office, &year).await?;
    let registry = office.registry().await?;
    let today = visitor.today();
    let is_seen = |code: &str| visitor.may(Right::ReadUnit, code);
    let schools = registry.units().iter().filter(|unit| unit.school.is_some() && unit.validity.contains(today));
    let mut schools: Vec<(&str, &str)> =
        schools.map(|unit| (unit.code.as_str(), unit.name_on(today))).filter(|(code, _)| is_seen(code)).collect();
    schools.sort_by_cached_key(|(code, name)| (sort_key(name), *code));
    let mut by_cluster: BTreeMap<(String, &str), Vec<String>> = BTreeMap::new();
    for (code, name) in &schools {
        if let Some(cluster) = members.get(*code) {
            by_cluster.entry((sort_key(cluster), cluster)).or_default().push((*name).to_owned());
        }
    }
    let line =
        |(code, name): &(&str, &str)| format!("{code}; {}; {name}", members.get(*code).map_or("", String::as_str));
    let lines: Vec<String> = schools.iter().take(LINES_MAX).map(line).collect();
    let listed: Vec<Listed> =
        by_cluster.into_iter().map(|((_, name), schools)| Listed { name: name.to_owned(), schools }).collect();
    let runs = visitor.may(Right::RunYear, &visitor.frame().unit_code);
    let up = format!("{} {year}", wording::text(visitor.language(), "school-year"));
    let href = format!("/nam-hoc/{year}");
    let values = context! {
        year => year,
        clusters => Serde(&listed),
        lines => if schools.len() <= LINES_MAX { lines.join("\n") } else { String::new() },
        school_count => schools.len(),
        runs => runs,
    };
    Ok(Page::new("submissions/clusters.html", visitor, values).crumb(up, href))
}

/// The lines to be taken in.
#[derive(Debug, Deserialize)]
pub struct Lines {
    lines: String,
}

/// `POST /nam-hoc/{year}/cum`.
pub async fn change(
    State(office): State<Office>,
    visitor: Visitor,
    Path(year): Path<String>,
    CsrfForm(form): CsrfForm<Lines>,
) -> Result<Response> {
    visitor.require(Right::RunYear, &visitor.frame().unit_code)?;
    if !visitor.frame().years.contains(&year) {
        return Err(Error::NotFound(format!("năm học {year}")));
    }
    let entries = clusters::read_lines(&form.lines)?;
    for (unit, _) in &entries {
        visitor.require(Right::ReadUnit, unit)?;
    }
    clusters::set(&office, &visitor.context(), &year, &entries).await?;
    Ok(Redirect::to(&format!("/nam-hoc/{year}/cum")).into_response())
}
