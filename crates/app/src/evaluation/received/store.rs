//! Received results into and out of the database.

use domain::{
    Level,
    evaluation::{count::GradeCount, received::ReceivedResult},
    school_year::SchoolYear,
};

use super::Recorded;
use crate::{
    office::Office,
    platform::{Context, Error, Result, Transaction},
};

const INSERT: &str = "insert into received_result (unit_code, year, scope, contributors, total, counts, graded_by, \
     document, correction, recorded_at, recorded_by) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11) returning id";

const OF_YEAR: &str = "select id, scope, contributors, total, counts, graded_by, document, correction, recorded_at, \
     recorded_by from received_result where unit_code = $1 and year = $2 order by id desc";

#[derive(sqlx::FromRow)]
struct Row {
    id: i64,
    scope: String,
    contributors: String,
    total: i64,
    counts: String,
    graded_by: String,
    document: String,
    correction: String,
    recorded_at: String,
    recorded_by: String,
}

pub(super) async fn insert(
    transaction: &mut Transaction,
    context: &Context,
    unit: &str,
    result: &ReceivedResult,
    correction: &str,
) -> Result<i64> {
    let contributors: Vec<&str> = result.contributors.iter().map(|level| level.as_str()).collect();
    let (id,): (i64,) = sqlx::query_as(INSERT)
        .bind(unit.to_owned())
        .bind(result.year.to_string())
        .bind(result.scope.map_or("", Level::as_str).to_owned())
        .bind(contributors.join(" "))
        .bind(i64::from(result.count.total))
        .bind(serde_json::to_string(&result.count.at_least).map_err(Error::inside)?)
        .bind(result.graded_by.clone())
        .bind(result.document.clone())
        .bind(correction.to_owned())
        .bind(context.stamp())
        .bind(context.actor.name().to_owned())
        .fetch_one(&mut **transaction)
        .await?;
    Ok(id)
}

pub(super) async fn of_year(office: &Office, unit: &str, year: SchoolYear) -> Result<Vec<Recorded>> {
    let question = sqlx::query_as(OF_YEAR).bind(unit.to_owned()).bind(year.to_string());
    let rows: Vec<Row> = question.fetch_all(office.db().pool()).await?;
    rows.into_iter().map(|row| recorded(row, year)).collect()
}

fn recorded(row: Row, year: SchoolYear) -> Result<Recorded> {
    let total = u32::try_from(row.total).map_err(Error::inside)?;
    let at_least = serde_json::from_str(&row.counts).map_err(Error::inside)?;
    let result = ReceivedResult {
        year,
        scope: Level::parse(&row.scope),
        contributors: row.contributors.split(' ').filter_map(Level::parse).collect(),
        count: GradeCount { total, unknown: 0, at_least },
        graded_by: row.graded_by,
        document: row.document,
    };
    Ok(Recorded {
        id: row.id,
        result,
        correction: row.correction,
        recorded_at: row.recorded_at,
        recorded_by: row.recorded_by,
        is_superseded: false,
    })
}
