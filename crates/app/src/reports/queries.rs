//! What reports read: typed texts and targets.

use std::collections::BTreeMap;

pub use super::store::ReportKey;
use crate::{office::Office, platform::Result};

const TEXTS: &str = "select place, body from report_text \
     where unit_code = $1 and year = $2 and level = $3 and body <> '' order by place";

const TARGETS: &str = "select indicator_code, direction, value from target \
     where unit_code = $1 and year = $2 order by indicator_code";

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
