//! Published results: everyone sees the own one, of others what the office decided; officers see all.

use axum::extract::{Path, Query, State};
use serde::Deserialize;

use super::{crumbs, own_units};
use crate::{
    evaluation::{queries::UnitResult, road::queries},
    identity::{Right, Visitor},
    office::Office,
    organisation::clusters,
    platform::{
        Error, Result,
        web::{Page, Paged, Serde, context},
    },
};

/// Rows on one page.
const PAGE_SIZE: usize = 60;

/// Which publication and which page of it.
#[derive(Debug, Default, Deserialize)]
pub struct Asked {
    #[serde(default, rename = "lan")]
    number: i64,
    #[serde(default, rename = "trang")]
    page: usize,
}

/// `GET /cham-diem/{id}/ket-qua?lan=&trang=`.
pub async fn show(
    State(office): State<Office>,
    visitor: Visitor,
    Path(id): Path<i64>,
    Query(asked): Query<Asked>,
) -> Result<Page> {
    let round = queries::round(&office, id).await?;
    let publications = queries::publications(&office, id).await?;
    let latest = round.row.publication_count;
    let number = if (1..=latest).contains(&asked.number) { asked.number } else { latest };
    let members = clusters::members(&office, &round.row.year).await?;
    let own = own_units(&visitor);
    let standings = queries::standings(office.db(), id).await?;
    let takes_part = standings.iter().any(|one| visitor.may(Right::ReadUnit, &one.unit));
    if !takes_part {
        return Err(Error::Forbidden);
    }
    let own_clusters: Vec<&String> = own.iter().filter_map(|unit| members.get(unit)).collect();
    let sight = round.sight();
    let mut rows: Vec<UnitResult> = Vec::new();
    for (unit, content) in queries::results(&office, id, number).await? {
        let is_own = visitor.may(Right::ReadUnit, &unit);
        let is_in_cluster = members.get(&unit).is_some_and(|cluster| own_clusters.contains(&cluster));
        if sight.shows(is_own, is_in_cluster) {
            rows.push(serde_json::from_value(content).map_err(Error::inside)?);
        }
    }
    rows.sort_by_key(|row| (row.group.clone(), row.rank.unwrap_or(u32::MAX), row.unit.clone()));
    let count = rows.len();
    let Paged { rows, page, page_count } = Paged::of(rows, asked.page, PAGE_SIZE);
    let open: Vec<bool> = rows.iter().map(|row| visitor.may(Right::ReadUnit, &row.unit)).collect();
    let values = context! {
        id, label => Serde(&round.set.label), year => round.row.year.clone(), set => round.row.set_code.clone(),
        rows => Serde(&rows), open, count, number, latest, publications => Serde(&publications), sight => sight.as_str(),
        page, page_count, has_groups => rows.iter().any(|row| !row.group.is_empty()),
    };
    let language = visitor.language();
    Ok(crumbs(Page::new("evaluation/results.html", visitor, values), language, &round, false))
}
