//! What reports read: typed texts and targets.

use std::collections::{BTreeMap, BTreeSet};

use domain::reports::reference::Reading;

use super::emulation::Contribution;
pub use super::store::ReportKey;
use crate::{
    office::Office,
    platform::{Error, Result},
};

const TEXTS: &str = "select place, body from report_text \
     where unit_code = $1 and year = $2 and level = $3 and body <> '' order by place";

const TARGETS: &str = "select indicator_code, direction, value from target \
     where unit_code = $1 and year = $2 order by indicator_code";

const SETTLED: &str = "select place, finding from report_draft \
     where unit_code = $1 and year = $2 and level = $3 order by place, finding";

const READING: &str = "select read_at, figures from report_reading \
     where user_name = $1 and unit_code = $2 and year = $3 and level = $4";

const CONTRIBUTIONS: &str = "select code, label, measure, value, source from report_contribution \
     where unit_code = $1 and year = $2 order by list_order, code";

/// A target of a unit for a year.
#[derive(Clone, Debug, PartialEq)]
pub struct Target {
    /// The indicator.
    pub indicator: String,
    /// `at_least`, `at_most` or `exactly`.
    pub direction: String,
    /// The value to reach, in the indicator's measure.
    pub value: f64,
}

/// The typed texts of a report by place.
pub async fn texts(office: &Office, key: &ReportKey) -> Result<BTreeMap<String, String>> {
    let rows: Vec<(String, String)> = sqlx::query_as(TEXTS)
        .bind(key.unit.clone())
        .bind(key.year.clone())
        .bind(key.level.clone())
        .fetch_all(office.db().pool())
        .await?;
    Ok(rows.into_iter().collect())
}

/// The targets of a unit for a year, by indicator.
pub async fn targets(office: &Office, unit: &str, year: &str) -> Result<Vec<Target>> {
    let rows: Vec<(String, String, f64)> =
        sqlx::query_as(TARGETS).bind(unit.to_owned()).bind(year.to_owned()).fetch_all(office.db().pool()).await?;
    Ok(rows.into_iter().map(|(indicator, direction, value)| Target { indicator, direction, value }).collect())
}

/// The sentences that were kept or dropped, as place and finding.
pub async fn settled(office: &Office, key: &ReportKey) -> Result<BTreeSet<(String, String)>> {
    let rows: Vec<(String, String)> = sqlx::query_as(SETTLED)
        .bind(key.unit.clone())
        .bind(key.year.clone())
        .bind(key.level.clone())
        .fetch_all(office.db().pool())
        .await?;
    Ok(rows.into_iter().collect())
}

/// What a person saw when reading a report last.
#[derive(Clone, Debug)]
pub struct LastReading {
    /// When, as stored.
    pub read_at: String,
    /// Every number of it.
    pub figures: Reading,
}

/// The last reading of a report by a person; none where they have not marked one.
pub async fn last_reading(office: &Office, key: &ReportKey, user_name: &str) -> Result<Option<LastReading>> {
    let row: Option<(String, String)> = sqlx::query_as(READING)
        .bind(user_name.to_owned())
        .bind(key.unit.clone())
        .bind(key.year.clone())
        .bind(key.level.clone())
        .fetch_optional(office.db().pool())
        .await?;
    row.map(|(read_at, figures)| {
        let figures = serde_json::from_str(&figures).map_err(Error::inside)?;
        Ok(LastReading { read_at, figures })
    })
    .transpose()
}

/// The figures that rooms after the report handed over for a unit and a year.
pub(super) async fn contributions(office: &Office, unit: &str, year: &str) -> Result<Vec<Contribution>> {
    let question = sqlx::query_as(CONTRIBUTIONS).bind(unit.to_owned()).bind(year.to_owned());
    let rows: Vec<(String, String, String, f64, String)> = question.fetch_all(office.db().pool()).await?;
    let figure = |(code, label, measure, value, source)| Contribution { code, label, measure, value, source };
    Ok(rows.into_iter().map(figure).collect())
}
