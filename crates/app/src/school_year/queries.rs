//! School years, their periods and how far the forms of a period are.

use std::collections::HashMap;

use crate::{office::Office, platform::Result};

const YEARS: &str = "select year from school_year order by year desc";

const PERIODS: &str = "select p.code, p.kind, p.label, p.label_en, p.as_of, p.due_on, \
     coalesce((select c.kind from period_closure c where c.period_code = p.code order by c.sequence desc limit 1), '') \
     as closure from reporting_period p where p.year = $1 order by p.due_on, p.code";

const SCHOOLS_BY_LEVELS: &str = "select levels, count(*) as n from unit \
     where levels <> '' and valid_from <= $1 and valid_to >= $1 group by levels order by levels";

const FORMS_BY_STATE: &str =
    "select state, count(*) as n from submission where period_code = $1 group by state order by state";

const SENDING_SCHOOLS: &str = "select count(distinct unit_code) from submission \
     where period_code = $1 and state in ('submitted', 'returned', 'approved', 'locked')";

// The same, beneath one unit.

const SCHOOLS_BY_LEVELS_BENEATH: &str = "with recursive beneath (code) as (select cast($2 as text) union \
     select p.unit_code from unit_parent p join beneath b on b.code = p.parent_code \
     where p.valid_from <= $1 and p.valid_to >= $1) \
     select u.levels, count(*) as n from unit u join beneath b on b.code = u.code \
     where u.levels <> '' and u.valid_from <= $1 and u.valid_to >= $1 group by u.levels order by u.levels";

const FORMS_BY_STATE_BENEATH: &str = "with recursive beneath (code) as (select cast($2 as text) union \
     select p.unit_code from unit_parent p join beneath b on b.code = p.parent_code \
     where p.valid_from <= $3 and p.valid_to >= $3) \
     select s.state, count(*) as n from submission s join beneath b on b.code = s.unit_code \
     where s.period_code = $1 group by s.state order by s.state";

const SENDING_SCHOOLS_BENEATH: &str = "with recursive beneath (code) as (select cast($2 as text) union \
     select p.unit_code from unit_parent p join beneath b on b.code = p.parent_code \
     where p.valid_from <= $3 and p.valid_to >= $3) \
     select count(distinct s.unit_code) from submission s join beneath b on b.code = s.unit_code \
     where s.period_code = $1 and s.state in ('submitted', 'returned', 'approved', 'locked')";

/// A reporting period as stored.
#[derive(Clone, Debug, sqlx::FromRow, serde::Serialize)]
pub struct PeriodRow {
    /// Its code (`2025-2026-CN`).
    pub code: String,
    /// When in the year (`end_of_year`).
    pub kind: String,
    /// What people call it, in Vietnamese.
    pub label: String,
    /// The same in English; empty where the office gave none.
    pub label_en: String,
    /// The day as of which the figures are.
    pub as_of: String,
    /// The day by which they are due.
    pub due_on: String,
    /// The latest record: `closed`, `reopened`, or empty.
    pub closure: String,
}

impl PeriodRow {
    /// Whether figures may still change.
    pub fn is_open(&self) -> bool {
        self.closure != "closed"
    }
}

/// Whose figures are looked at.
#[derive(Clone, Copy, Debug)]
pub enum Scope<'a> {
    /// The whole installation.
    Everything,
    /// The unit with this code and all beneath it.
    Beneath(&'a str),
}

/// Every year of the office, latest first.
pub async fn years(office: &Office) -> Result<Vec<String>> {
    let rows: Vec<(String,)> = sqlx::query_as(YEARS).fetch_all(office.db().pool()).await?;
    Ok(rows.into_iter().map(|(year,)| year).collect())
}

/// The periods of a year, earliest due first.
pub async fn periods(office: &Office, year: &str) -> Result<Vec<PeriodRow>> {
    Ok(sqlx::query_as(PERIODS).bind(year.to_owned()).fetch_all(office.db().pool()).await?)
}

/// How many schools there are on this day for each set of levels (`primary lower_secondary`).
pub async fn schools_by_levels(office: &Office, scope: Scope<'_>, day: &str) -> Result<Vec<(String, i64)>> {
    let query = match scope {
        Scope::Everything => sqlx::query_as(SCHOOLS_BY_LEVELS).bind(day.to_owned()),
        Scope::Beneath(unit) => sqlx::query_as(SCHOOLS_BY_LEVELS_BENEATH).bind(day.to_owned()).bind(unit.to_owned()),
    };
    Ok(query.fetch_all(office.db().pool()).await?)
}

/// How many forms of a period are in each state; a form never touched is in none.
pub async fn forms_by_state(
    office: &Office,
    scope: Scope<'_>,
    period: &str,
    day: &str,
) -> Result<HashMap<String, i64>> {
    let query = match scope {
        Scope::Everything => sqlx::query_as(FORMS_BY_STATE).bind(period.to_owned()),
        Scope::Beneath(unit) => {
            sqlx::query_as(FORMS_BY_STATE_BENEATH).bind(period.to_owned()).bind(unit.to_owned()).bind(day.to_owned())
        }
    };
    let rows: Vec<(String, i64)> = query.fetch_all(office.db().pool()).await?;
    Ok(rows.into_iter().collect())
}

/// How many schools have sent at least one form of a period.
pub async fn sending_school_count(office: &Office, scope: Scope<'_>, period: &str, day: &str) -> Result<i64> {
    let query = match scope {
        Scope::Everything => sqlx::query_as(SENDING_SCHOOLS).bind(period.to_owned()),
        Scope::Beneath(unit) => {
            sqlx::query_as(SENDING_SCHOOLS_BENEATH).bind(period.to_owned()).bind(unit.to_owned()).bind(day.to_owned())
        }
    };
    let (count,): (i64,) = query.fetch_one(office.db().pool()).await?;
    Ok(count)
}
