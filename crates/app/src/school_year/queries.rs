//! School years, their periods and how far the forms of a period are.

use std::collections::HashMap;

use domain::{
    school_year::{ReportingPeriod, SchoolYear},
    submissions::PeriodState,
};

use super::{
    calendar::{self, PeriodSheet},
    store,
};
use crate::{office::Office, platform::Result};

const YEARS: &str = "select year from school_year order by year desc";

const SEMESTERS: &str = "select number, starts_on, ends_on from semester where year = $1 order by number";

// A period counts the schools of the day that its figures describe, whatever has become of them since.

const SCHOOLS_BY_LEVELS: &str = "select levels, count(*) as n from unit \
     where levels <> '' and valid_from <= $1 and valid_to >= $1 group by levels order by levels";

const FORMS_BY_STATE: &str = "select s.state, count(*) as n from submission s join unit u on u.code = s.unit_code \
     where s.period_code = $1 and u.valid_from <= $2 and u.valid_to >= $2 group by s.state order by s.state";

const SENDING_SCHOOLS: &str = "select count(distinct s.unit_code) from submission s \
     join unit u on u.code = s.unit_code where s.period_code = $1 and u.valid_from <= $2 and u.valid_to >= $2 \
     and s.state in ('submitted', 'returned', 'approved', 'locked')";

// The same, beneath one unit. What stands beneath it is read on that day too, or, where the unit had ended or was still to
// begin, on the nearest day of its life: the schools of an office younger than the period are those that it took over.

const SCHOOLS_BY_LEVELS_BENEATH: &str = "with recursive root (code, day) as (select code, \
     case when valid_from > $1 then valid_from when valid_to < $1 then valid_to else $1 end from unit where code = $2), \
     beneath (code) as (select code from root union \
     select p.unit_code from unit_parent p join beneath b on b.code = p.parent_code \
     where p.valid_from <= (select day from root) and p.valid_to >= (select day from root)) \
     select u.levels, count(*) as n from unit u join beneath b on b.code = u.code \
     where u.levels <> '' and u.valid_from <= $1 and u.valid_to >= $1 group by u.levels order by u.levels";

const FORMS_BY_STATE_BENEATH: &str = "with recursive root (code, day) as (select code, \
     case when valid_from > $2 then valid_from when valid_to < $2 then valid_to else $2 end from unit where code = $3), \
     beneath (code) as (select code from root union \
     select p.unit_code from unit_parent p join beneath b on b.code = p.parent_code \
     where p.valid_from <= (select day from root) and p.valid_to >= (select day from root)) \
     select s.state, count(*) as n from submission s join beneath b on b.code = s.unit_code \
     join unit u on u.code = s.unit_code where s.period_code = $1 and u.valid_from <= $2 and u.valid_to >= $2 \
     group by s.state order by s.state";

const SENDING_SCHOOLS_BENEATH: &str = "with recursive root (code, day) as (select code, \
     case when valid_from > $2 then valid_from when valid_to < $2 then valid_to else $2 end from unit where code = $3), \
     beneath (code) as (select code from root union \
     select p.unit_code from unit_parent p join beneath b on b.code = p.parent_code \
     where p.valid_from <= (select day from root) and p.valid_to >= (select day from root)) \
     select count(distinct s.unit_code) from submission s join beneath b on b.code = s.unit_code \
     join unit u on u.code = s.unit_code where s.period_code = $1 and u.valid_from <= $2 and u.valid_to >= $2 \
     and s.state in ('submitted', 'returned', 'approved', 'locked')";

/// A reporting period with where it stands.
#[derive(Clone, Debug, serde::Serialize)]
pub struct PeriodRow {
    /// Its code (`2025-2026-CN`).
    pub code: String,
    /// What people call it, in Vietnamese.
    pub label: String,
    /// The same in English; empty where the office gave none.
    pub label_en: String,
    /// The day as of which the figures are.
    pub as_of: String,
    /// The day by which they are due, with the time that was given since.
    pub due_on: String,
    /// Whether nothing changes any more.
    pub is_closed: bool,
    /// As the domain knows it, with everything that was decided about it.
    #[serde(skip)]
    pub sheet: PeriodSheet,
}

impl From<PeriodSheet> for PeriodRow {
    fn from(sheet: PeriodSheet) -> Self {
        let ReportingPeriod { code, label, as_of, .. } = &sheet.period;
        Self {
            code: code.clone(),
            label: label.vi.clone(),
            label_en: label.en.clone(),
            as_of: as_of.to_string(),
            due_on: sheet.deadlines.due_for(None).to_string(),
            is_closed: sheet.state() == PeriodState::Closed,
            sheet,
        }
    }
}

/// A semester as it was set.
#[derive(Clone, Debug, sqlx::FromRow, serde::Serialize)]
pub struct SemesterRow {
    /// First or second.
    pub number: i64,
    /// Its first day.
    pub starts_on: String,
    /// Its last day.
    pub ends_on: String,
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

/// The semesters of a year.
pub async fn semesters(office: &Office, year: &str) -> Result<Vec<SemesterRow>> {
    Ok(sqlx::query_as(SEMESTERS).bind(year.to_owned()).fetch_all(office.db().pool()).await?)
}

/// The periods of a year, earliest set due date first.
pub async fn periods(office: &Office, year: &str) -> Result<Vec<PeriodRow>> {
    let Some(known) = SchoolYear::parse(year) else { return Ok(Vec::new()) };
    let mut connection = office.db().pool().acquire().await?;
    let mut periods = store::periods(&mut connection, known).await?;
    periods.sort_by(|a, b| (a.due_on, &a.code).cmp(&(b.due_on, &b.code)));
    let mut found = Vec::with_capacity(periods.len());
    for period in periods {
        found.push(calendar::sheet(&mut connection, period).await?.into());
    }
    Ok(found)
}

/// How many schools there are on this day for each set of levels (`primary lower_secondary`).
pub async fn schools_by_levels(office: &Office, scope: Scope<'_>, day: &str) -> Result<Vec<(String, i64)>> {
    let query = match scope {
        Scope::Everything => sqlx::query_as(SCHOOLS_BY_LEVELS).bind(day.to_owned()),
        Scope::Beneath(unit) => sqlx::query_as(SCHOOLS_BY_LEVELS_BENEATH).bind(day.to_owned()).bind(unit.to_owned()),
    };
    Ok(query.fetch_all(office.db().pool()).await?)
}

/// How many forms of a period are in each state, of the schools of this day; a form never touched is in none.
pub async fn forms_by_state(
    office: &Office,
    scope: Scope<'_>,
    period: &str,
    day: &str,
) -> Result<HashMap<String, i64>> {
    let (text, unit) = match scope {
        Scope::Everything => (FORMS_BY_STATE, None),
        Scope::Beneath(unit) => (FORMS_BY_STATE_BENEATH, Some(unit)),
    };
    let query = sqlx::query_as(text).bind(period.to_owned()).bind(day.to_owned());
    let query = match unit {
        Some(unit) => query.bind(unit.to_owned()),
        None => query,
    };
    let rows: Vec<(String, i64)> = query.fetch_all(office.db().pool()).await?;
    Ok(rows.into_iter().collect())
}

/// How many schools of this day have sent at least one form of a period.
pub async fn sending_school_count(office: &Office, scope: Scope<'_>, period: &str, day: &str) -> Result<i64> {
    let (text, unit) = match scope {
        Scope::Everything => (SENDING_SCHOOLS, None),
        Scope::Beneath(unit) => (SENDING_SCHOOLS_BENEATH, Some(unit)),
    };
    let query = sqlx::query_as(text).bind(period.to_owned()).bind(day.to_owned());
    let query = match unit {
        Some(unit) => query.bind(unit.to_owned()),
        None => query,
    };
    let (count,): (i64,) = query.fetch_one(office.db().pool()).await?;
    Ok(count)
}
