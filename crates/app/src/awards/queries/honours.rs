//! Decisions, and the honours of persons and units over the years.

use domain::{
    awards::{
        dossier::PastAward,
        pack::{Choice, Gender, Occasion},
        statistics::{self, Given, Line},
    },
    school_year::SchoolYear,
};
use serde::Serialize;
use sqlx::AnyConnection;

use super::pack_on;
use crate::{
    office::Office,
    platform::{Error, Result},
};

const DECISIONS: &str = "select id, unit_code, year, council_id, award, paper_id, number, signed_on, granted_by \
     from award_decision where unit_code = $1 and year = $2 order by id";

const DECISION: &str = "select id, unit_code, year, council_id, award, paper_id, number, signed_on, granted_by \
     from award_decision where id = $1";

const OF_NOMINEE: &str = "select id, unit_code, year, nominee_key, is_person, nominee_name, nominee_post, nominee_unit, \
     gender, award, occasion, decision_number, signed_on, granted_by, dossier_id from award where nominee_key = $1 \
     order by year desc, award, id";

const OF_NOMINEES: &str = "select id, unit_code, year, nominee_key, is_person, nominee_name, nominee_post, nominee_unit, \
     gender, award, occasion, decision_number, signed_on, granted_by, dossier_id from award where nominee_key in \
     (select nominee_key from award_dossier where unit_code = $1 and year = $2) order by year desc, award, id";

const OF_UNIT: &str = "select id, unit_code, year, nominee_key, is_person, nominee_name, nominee_post, nominee_unit, \
     gender, award, occasion, decision_number, signed_on, granted_by, dossier_id from award where nominee_unit = $1 \
     order by year desc, is_person, award, nominee_name, id";

const OF_YEAR: &str = "select id, unit_code, year, nominee_key, is_person, nominee_name, nominee_post, nominee_unit, \
     gender, award, occasion, decision_number, signed_on, granted_by, dossier_id from award \
     where unit_code = $1 and year = $2 order by is_person, award, nominee_name, id";

/// A decision: its draft, and number and day once it is signed.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow, Serialize)]
pub struct Decision {
    /// Its number here.
    pub id: i64,
    /// The office.
    pub unit_code: String,
    /// The school year.
    pub year: String,
    /// The council that proposed it.
    pub council_id: i64,
    /// Which award.
    pub award: String,
    /// The draft among the papers.
    pub paper_id: i64,
    /// Number and code; empty while it is not signed.
    pub number: String,
    /// The day of signing.
    pub signed_on: String,
    /// Who granted it.
    pub granted_by: String,
}

/// An honour that was given.
#[derive(Clone, Debug, Default, PartialEq, Eq, sqlx::FromRow, Serialize)]
pub struct Honour {
    /// Its number here.
    pub id: i64,
    /// The office that recorded it.
    pub unit_code: String,
    /// The school year.
    pub year: String,
    /// The recipient's key.
    pub nominee_key: String,
    /// 1 for a person.
    pub is_person: i64,
    /// The recipient.
    pub nominee_name: String,
    /// The post, for a person.
    pub nominee_post: String,
    /// The unit.
    pub nominee_unit: String,
    /// Gender, where known.
    pub gender: String,
    /// Which award.
    pub award: String,
    /// On which occasion.
    pub occasion: String,
    /// Number and code of the decision.
    pub decision_number: String,
    /// Its day.
    pub signed_on: String,
    /// Who granted it.
    pub granted_by: String,
    /// The dossier from which it came; 0 for one recorded from an older decision.
    pub dossier_id: i64,
}

impl Honour {
    /// The honour as a dossier tells it; none where year or occasion cannot be read any more.
    pub(super) fn past(&self) -> Option<PastAward> {
        Some(PastAward {
            award: self.award.clone(),
            year: SchoolYear::parse(&self.year)?,
            occasion: Occasion::parse(&self.occasion)?,
            decision: self.decision_number.clone(),
        })
    }
}

/// The decisions of an office in a year.
///
/// # Errors
/// Where the database cannot be read.
pub async fn decisions(office: &Office, unit: &str, year: &str) -> Result<Vec<Decision>> {
    let question = sqlx::query_as(DECISIONS).bind(unit.to_owned()).bind(year.to_owned());
    Ok(question.fetch_all(office.db().pool()).await?)
}

/// One decision.
///
/// # Errors
/// `NotFound` where there is none.
pub async fn decision(office: &Office, id: i64) -> Result<Decision> {
    let row: Option<Decision> = sqlx::query_as(DECISION).bind(id).fetch_optional(office.db().pool()).await?;
    row.ok_or_else(|| Error::NotFound(format!("quyết định khen thưởng số {id}")))
}

/// The honours of one recipient, the latest first.
///
/// # Errors
/// Where the database cannot be read.
pub async fn of_nominee(office: &Office, key: &str) -> Result<Vec<Honour>> {
    Ok(sqlx::query_as(OF_NOMINEE).bind(key.to_owned()).fetch_all(office.db().pool()).await?)
}

/// The honours of everyone who has a dossier at an office in a year, the latest first.
pub(super) async fn of_nominees(connection: &mut AnyConnection, unit: &str, year: &str) -> Result<Vec<Honour>> {
    Ok(sqlx::query_as(OF_NOMINEES).bind(unit.to_owned()).bind(year.to_owned()).fetch_all(connection).await?)
}

/// The honours of a unit and of its people, the latest first.
///
/// # Errors
/// Where the database cannot be read.
pub async fn of_unit(office: &Office, unit: &str) -> Result<Vec<Honour>> {
    Ok(sqlx::query_as(OF_UNIT).bind(unit.to_owned()).fetch_all(office.db().pool()).await?)
}

/// The honours that an office recorded in a year: collectives first.
///
/// # Errors
/// Where the database cannot be read.
pub async fn of_year(office: &Office, unit: &str, year: &str) -> Result<Vec<Honour>> {
    let mut connection = office.db().pool().acquire().await?;
    load(&mut connection, unit, year).await
}

/// The same inside a transaction.
pub(in crate::awards) async fn load(connection: &mut AnyConnection, unit: &str, year: &str) -> Result<Vec<Honour>> {
    let question = sqlx::query_as(OF_YEAR).bind(unit.to_owned()).bind(year.to_owned());
    Ok(question.fetch_all(connection).await?)
}

/// Statistics of an office's honours in a year: by award, kind of unit, gender.
///
/// # Errors
/// Where the database cannot be read.
pub async fn statistics(office: &Office, unit: &str, year: &str, today: jiff::civil::Date) -> Result<Vec<Line>> {
    let honours = of_year(office, unit, year).await?;
    let registry = office.registry().await?;
    let pack = pack_on(today)?;
    let order: Vec<&str> = pack.awards.iter().map(|award| award.code.as_str()).collect();
    let given = honours.iter().map(|honour| Given {
        award: &honour.award,
        unit_kind: registry.unit(&honour.nominee_unit).map_or("", |unit| unit.kind.as_str()),
        is_person: honour.is_person == 1,
        gender: Gender::parse(&honour.gender),
    });
    Ok(statistics::count(&order, given))
}
