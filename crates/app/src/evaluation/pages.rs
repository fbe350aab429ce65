//! The sets of a year, the ranking under one of them, one unit's sheet, the gap between schools.

pub mod designer;
mod gap;
mod own;
pub mod own_sets;
pub mod received;
pub mod road;
mod sheet;
mod trial;

use std::sync::Arc;

use axum::extract::{Path, Query, State};
use domain::school_year::SchoolYear;
use serde::Deserialize;

use super::{
    queries::{self, Evaluation, UnitResult},
    road::queries as road_queries,
    sets,
};
use crate::{
    identity::Right,
    office::Office,
    platform::{
        Error, Result,
        web::{Page, Paged, Serde, Visitor, context, wording},
    },
};

pub use gap::gap;
pub use sheet::sheet;

/// So many units stand on one page.
const ROWS_MAX: usize = 40;

fn year_of(text: &str) -> Result<SchoolYear> {
    SchoolYear::parse(text).ok_or_else(|| Error::NotFound(format!("năm học {text}")))
}

/// The unit for which the visitor runs evaluation.
fn unit_of(visitor: &Visitor) -> Result<String> {
    visitor.signed_in()?;
    let unit = visitor.units_with(Right::RunEvaluation).first().map(|unit| (*unit).to_owned());
    unit.ok_or(Error::Forbidden)
}

/// `GET /danh-gia/{year}`: the criteria sets in force.
pub async fn list(State(office): State<Office>, visitor: Visitor, Path(text): Path<String>) -> Result<Page> {
    let year = year_of(&text)?;
    let rounds = road_queries::rounds(&office, year).await?;
    let mut visible = Vec::with_capacity(rounds.len());
    for round in &rounds {
        let standings = road_queries::standings(office.db(), round.row.id).await?;
        if standings.iter().any(|one| visitor.may(Right::ReadUnit, &one.unit)) {
            visible.push((round.row.set_code.clone(), round.row.id));
        }
    }
    let opened =
        |set: &str| -> Vec<i64> { visible.iter().filter(|(code, _)| code == set).map(|(_, id)| *id).collect() };
    let own = own::place(&office, &visitor, &rounds).await?;
    let sets: Vec<_> = sets::in_force(&office, year)
        .await?
        .iter()
        .map(|known| {
            let set = &known.set;
            context! {
                code => set.code.clone(), label => Serde(&set.label), fields => set.fields.len(), items => set.items().count(),
                max => set.max.map(|max| max.number()), kind => Serde(set.kind), is_frame => set.is_frame,
                source => set.source.text.clone(), confidence => Serde(set.source.confidence), rounds => opened(&set.code),
                is_own => own.is_judged_by(set), place => Serde(own.under(&set.code)),
                named => Serde(if set.is_frame { set.fields.iter().map(|field| &field.label).collect() } else { Vec::new() }),
            }
        })
        .collect();
    let values = context! { year => year.to_string(), sets, own => own.code() };
    Ok(Page::new("evaluation/list.html", visitor, values).crumb(year.to_string(), format!("/nam-hoc/{year}")))
}

/// Which rows of a ranking.
#[derive(Debug, Default, Deserialize)]
pub struct RankingQuery {
    /// A group's name; all where absent.
    #[serde(default, rename = "nhom")]
    group: String,
    /// The page, from 1.
    #[serde(default, rename = "trang")]
    page: usize,
}

/// `GET /danh-gia/{year}/{set}?nhom=&trang=`: the units that the visitor may read, the best first.
pub async fn ranking(
    State(office): State<Office>,
    visitor: Visitor,
    Path((text, set)): Path<(String, String)>,
    Query(query): Query<RankingQuery>,
) -> Result<Page> {
    let found = evaluated(&office, &visitor, &text, &set).await?;
    let visible = (0..found.units.len()).filter(|row| visitor.may(Right::ReadUnit, &found.units[*row].code));
    let mut rows: Vec<UnitResult> = visible.map(|row| found.result(row)).collect();
    let mut groups: Vec<String> = rows.iter().map(|row| row.group.clone()).filter(|group| !group.is_empty()).collect();
    groups.sort_unstable();
    groups.dedup();
    rows.retain(|row| query.group.is_empty() || row.group == query.group);
    rows.sort_by(|left, right| {
        let key = |row: &UnitResult| (row.group.clone(), row.rank.unwrap_or(u32::MAX));
        key(left).cmp(&key(right))
    });
    let (count, ranked) = (rows.len(), rows.iter().filter(|row| row.rank.is_some()).count());
    let Paged { rows, page, page_count: pages } = Paged::of(rows, query.page, ROWS_MAX);
    let values = context! {
        year => found.year.to_string(), set => found.set.code.clone(), label => Serde(&found.set.label),
        source => found.set.source.text.clone(), confidence => Serde(found.set.source.confidence),
        on_map => found.on_map.to_string(), rows => Serde(&rows), count, ranked, groups, group => query.group, page, pages,
        grades => Serde(grades(&found)), has_fields => found.set.fields.len() > 1,
    };
    let year = &found.year;
    let page = Page::new("evaluation/ranking.html", visitor, values);
    Ok(page.crumb(year.to_string(), format!("/nam-hoc/{year}")))
}

/// The scale as it is printed under the ranking: name and beginning.
fn grades(found: &Evaluation) -> Vec<(String, f64)> {
    found.set.scale.grades.iter().map(|grade| (grade.label.vi.clone(), grade.from.number())).collect()
}

async fn evaluated(office: &Office, visitor: &Visitor, text: &str, set: &str) -> Result<Arc<Evaluation>> {
    queries::evaluate(office, set, year_of(text)?, visitor.context().today()).await
}

/// The way back to the sets of a year.
fn crumbs(page: Page, language: crate::platform::Language, year: SchoolYear) -> Page {
    let label = wording::text(language, "evaluation-sets");
    page.crumb(year.to_string(), format!("/nam-hoc/{year}")).crumb(label, format!("/danh-gia/{year}"))
}
