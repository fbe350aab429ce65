//! Where those who scored do not agree, unit by unit.

use axum::extract::{Path, Query, State};
use domain::{
    evaluation::road::{differences, lines},
    vietnamese::sort_key,
};
use serde::Serialize;

use super::{crumbs, lines::words, opened::Asked, require_running, word};
use crate::{
    evaluation::road::queries,
    identity::Visitor,
    office::Office,
    platform::{
        Result,
        web::{Page, Paged, Serde, context},
    },
};

/// Differences on one page.
const PAGE_SIZE: usize = 40;

#[derive(Debug, Serialize)]
struct Row {
    unit: String,
    name: String,
    line: String,
    title: String,
    stage: &'static str,
    claim: String,
    against_stage: &'static str,
    against: String,
    points: Option<f64>,
    is_beyond: bool,
    explanation: String,
}

/// `GET /cham-diem/{id}/chenh-lech?trang=`: the largest first.
pub async fn show(
    State(office): State<Office>,
    visitor: Visitor,
    Path(id): Path<i64>,
    Query(asked): Query<Asked>,
) -> Result<Page> {
    let round = queries::round(&office, id).await?;
    require_running(&office, &visitor, &round).await?;
    let (registry, language) = (office.registry().await?, visitor.language());
    let known = lines(&round.set);
    let mut rows = Vec::new();
    for road in queries::roads(&office, id).await? {
        let name =
            registry.unit(&road.unit).map_or(road.unit.as_str(), |unit| unit.name_on(visitor.today())).to_owned();
        for one in differences(&round.set, &road, round.limit()) {
            let Some(line) = known.iter().find(|line| line.code == one.line) else { continue };
            let explained = road.word_at(domain::evaluation::road::Stage::Explanation, &one.line);
            rows.push(Row {
                unit: road.unit.clone(),
                name: name.clone(),
                title: line.title(),
                stage: word(one.stage.label(), language),
                claim: words(line, &one.claim),
                against_stage: word(one.against_stage.label(), language),
                against: words(line, &one.against),
                points: one.points.map(|points| points.number()),
                is_beyond: one.is_beyond,
                explanation: explained.map(|record| record.what.comment.clone()).unwrap_or_default(),
                line: one.line,
            });
        }
    }
    rows.sort_by(|left, right| {
        let size = |row: &Row| row.points.unwrap_or(f64::INFINITY);
        let by_size = size(right).total_cmp(&size(left));
        by_size.then_with(|| {
            (sort_key(&left.name), &left.unit, &left.line).cmp(&(sort_key(&right.name), &right.unit, &right.line))
        })
    });
    let (count, beyond) = (rows.len(), rows.iter().filter(|row| row.is_beyond).count());
    let Paged { rows, page, page_count } = Paged::of(rows, asked.page, PAGE_SIZE);
    let values = context! {
        id, label => Serde(&round.set.label), year => round.row.year.clone(), rows => Serde(&rows), count, beyond, page, page_count,
        limit => round.limit().to_string(),
    };
    Ok(crumbs(Page::new("evaluation/differences.html", visitor, values), language, &round, false))
}
