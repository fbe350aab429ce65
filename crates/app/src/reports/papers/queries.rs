//! What papers read: lists, one paper, versions of wordings.

use domain::reports::paper::{Inputs, PaperContent};
use serde::Serialize;
use sqlx::FromRow;

use super::frame::LEVEL;
use crate::{
    office::Office,
    platform::{Error, Result},
    reports::{operations::SUMMARY_REPORT, queries::ReportKey},
};

const LIST: &str = "select id, kind, subject, state, changed_at, changed_by from paper \
     where unit_code = $1 and year = $2 order by id desc";

const ONE: &str = "select id, unit_code, year, kind, subject, state, wording_version, inputs, content, content_hash, \
     revision, created_at, changed_at, changed_by from paper where id = $1";

const LATEST_OF_KIND: &str = "select coalesce(max(id), 0) from paper where unit_code = $1 and year = $2 and kind = $3";

const ADOPTED: &str =
    "select id, state, inputs from paper where unit_code = $1 and year = $2 and kind = $3 order by id desc";

const LATEST_FROM_WORD: &str = "select coalesce(max(became_revision), 0) from paper_word_file where paper_id = $1";

const LATEST_WORDING: &str = "select version, body from wording_version where unit_code = $1 and kind = $2 \
     order by version desc limit 1";

const WORDING_HISTORY: &str = "select version, note, written_at, written_by from wording_version \
     where unit_code = $1 and kind = $2 order by version desc";

const WORDING_OF_VERSION: &str = "select body from wording_version where unit_code = $1 and kind = $2 and version = $3";

/// A paper in a list.
#[derive(Clone, Debug, FromRow, Serialize)]
pub struct PaperLine {
    /// Its number here.
    pub id: i64,
    /// Kind, by its name in addresses.
    pub kind: String,
    /// Trích yếu.
    pub subject: String,
    /// State, by its word.
    pub state: String,
    /// When it was changed last.
    pub changed_at: String,
    /// By whom.
    pub changed_by: String,
}

/// A paper whole.
#[derive(Clone, Debug)]
pub struct Paper {
    /// Its number here.
    pub id: i64,
    /// Who issues it.
    pub unit: String,
    /// The school year.
    pub year: String,
    /// Kind, by its name in addresses.
    pub kind: String,
    /// Trích yếu.
    pub subject: String,
    /// State, by its word.
    pub state: String,
    /// The office's version of the wording; 0 for the shipped one.
    pub wording_version: i64,
    /// What was typed.
    pub inputs: Inputs,
    /// What came of it.
    pub content: PaperContent,
    /// SHA-256 of the stored content, in hexadecimal digits.
    pub content_hash: String,
    /// How often it was written, from 1.
    pub revision: i64,
    /// When it was written first.
    pub created_at: String,
    /// When it was changed last.
    pub changed_at: String,
    /// By whom.
    pub changed_by: String,
}

#[derive(FromRow)]
struct PaperRow {
    id: i64,
    unit_code: String,
    year: String,
    kind: String,
    subject: String,
    state: String,
    wording_version: i64,
    inputs: String,
    content: String,
    content_hash: String,
    revision: i64,
    created_at: String,
    changed_at: String,
    changed_by: String,
}

/// A version of a wording in its history.
#[derive(Clone, Debug, FromRow, Serialize)]
pub struct WordingLine {
    /// Number, from 1.
    pub version: i64,
    /// Why it was written.
    pub note: String,
    /// When.
    pub written_at: String,
    /// By whom.
    pub written_by: String,
}

/// The papers of a unit in a year, the latest first.
///
/// # Errors
/// Where the database cannot be read.
pub async fn list(office: &Office, unit: &str, year: &str) -> Result<Vec<PaperLine>> {
    let question = sqlx::query_as(LIST).bind(unit.to_owned()).bind(year.to_owned());
    Ok(question.fetch_all(office.db().pool()).await?)
}

/// One paper.
///
/// # Errors
/// `NotFound` where there is none.
pub async fn paper(office: &Office, id: i64) -> Result<Paper> {
    let row: Option<PaperRow> = sqlx::query_as(ONE).bind(id).fetch_optional(office.db().pool()).await?;
    let row = row.ok_or_else(|| Error::NotFound(format!("văn bản số {id}")))?;
    Ok(Paper {
        id: row.id,
        unit: row.unit_code,
        year: row.year,
        kind: row.kind,
        subject: row.subject,
        state: row.state,
        wording_version: row.wording_version,
        inputs: serde_json::from_str(&row.inputs).map_err(Error::inside)?,
        content: serde_json::from_str(&row.content).map_err(Error::inside)?,
        content_hash: row.content_hash,
        revision: row.revision,
        created_at: row.created_at,
        changed_at: row.changed_at,
        changed_by: row.changed_by,
    })
}

/// The number of the latest paper of a kind; none where there is none.
///
/// # Errors
/// Where the database cannot be read.
pub async fn latest_of_kind(office: &Office, unit: &str, year: &str, kind: &str) -> Result<Option<i64>> {
    let question = sqlx::query_as(LATEST_OF_KIND).bind(unit.to_owned()).bind(year.to_owned()).bind(kind.to_owned());
    let (id,): (i64,) = question.fetch_one(office.db().pool()).await?;
    Ok(Some(id).filter(|id| *id > 0))
}

/// A summary report on the road of papers.
#[derive(Clone, Debug, Serialize)]
pub struct Adopted {
    /// The paper's number here.
    pub id: i64,
    /// State, by its word.
    pub state: String,
}

/// The latest paper that adopted this summary report; none where none did.
///
/// # Errors
/// Where the database cannot be read.
pub async fn adopted(office: &Office, key: &ReportKey) -> Result<Option<Adopted>> {
    let question = sqlx::query_as(ADOPTED).bind(key.unit.clone()).bind(key.year.clone()).bind(SUMMARY_REPORT);
    let rows: Vec<(i64, String, String)> = question.fetch_all(office.db().pool()).await?;
    for (id, state, inputs) in rows {
        let inputs: Inputs = serde_json::from_str(&inputs).map_err(Error::inside)?;
        if inputs.get(LEVEL).map_or("", |level| level.trim()) == key.level {
            return Ok(Some(Adopted { id, state }));
        }
    }
    Ok(None)
}

/// Whether the paper as it stands carries words that were edited in Word: its form would not bring them back.
///
/// # Errors
/// Where the database cannot be read.
pub async fn is_from_word(office: &Office, paper: &Paper) -> Result<bool> {
    let (revision,): (i64,) = sqlx::query_as(LATEST_FROM_WORD).bind(paper.id).fetch_one(office.db().pool()).await?;
    Ok(revision == paper.revision)
}

/// The office's latest version of a wording and its body.
pub(super) async fn latest_wording(office: &Office, unit: &str, kind: &str) -> Result<Option<(i64, String)>> {
    let question = sqlx::query_as(LATEST_WORDING).bind(unit.to_owned()).bind(kind.to_owned());
    Ok(question.fetch_optional(office.db().pool()).await?)
}

/// The office's versions of a wording, the latest first.
///
/// # Errors
/// Where the database cannot be read.
pub async fn wording_history(office: &Office, unit: &str, kind: &str) -> Result<Vec<WordingLine>> {
    let question = sqlx::query_as(WORDING_HISTORY).bind(unit.to_owned()).bind(kind.to_owned());
    Ok(question.fetch_all(office.db().pool()).await?)
}

/// The body of one version of a wording.
///
/// # Errors
/// `NotFound` where there is none.
pub async fn wording_body(office: &Office, unit: &str, kind: &str, version: i64) -> Result<String> {
    let question = sqlx::query_as(WORDING_OF_VERSION).bind(unit.to_owned()).bind(kind.to_owned()).bind(version);
    let row: Option<(String,)> = question.fetch_optional(office.db().pool()).await?;
    row.map(|(body,)| body).ok_or_else(|| Error::NotFound(format!("phiên bản {version} của mẫu {kind}")))
}
