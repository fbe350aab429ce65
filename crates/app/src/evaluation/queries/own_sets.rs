//! The criteria sets that the office made itself.

use crate::{office::Office, platform::Result};

const IN_USE: &str = "select code, version, unit_code, content, content_hash, based_on, in_use_from, saved_at, saved_by \
     from criteria_set where in_use_from <> '' order by code, version";

const ALL: &str = "select code, version, unit_code, content, content_hash, based_on, in_use_from, saved_at, saved_by \
     from criteria_set order by code, version";
const VERSIONS: &str = "select code, version, unit_code, content, content_hash, based_on, in_use_from, saved_at, \
     saved_by from criteria_set where code = $1 order by version";

/// A version of an office's own set.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct OwnSet {
    /// Code, the same over its versions.
    pub code: String,
    /// Version, from 1.
    pub version: i64,
    /// The office that made it.
    pub unit_code: String,
    /// Its text.
    pub content: String,
    /// Hash of the text.
    pub content_hash: String,
    /// The set that it was copied from.
    pub based_on: String,
    /// The day from which it may be opened; empty while it is a draft.
    pub in_use_from: String,
    /// When it was saved.
    pub saved_at: String,
    /// By whom.
    pub saved_by: String,
}

/// Every version that was taken into use, by code and version.
///
/// # Errors
/// Where the database cannot be read.
pub async fn in_use(office: &Office) -> Result<Vec<OwnSet>> {
    Ok(sqlx::query_as(IN_USE).fetch_all(office.db().pool()).await?)
}

/// Every version, drafts too, by code and version.
///
/// # Errors
/// Where the database cannot be read.
pub async fn all(office: &Office) -> Result<Vec<OwnSet>> {
    Ok(sqlx::query_as(ALL).fetch_all(office.db().pool()).await?)
}

/// The versions of one set, drafts too, oldest first.
///
/// # Errors
/// Where the database cannot be read.
pub async fn versions(office: &Office, code: &str) -> Result<Vec<OwnSet>> {
    Ok(sqlx::query_as(VERSIONS).bind(code.to_owned()).fetch_all(office.db().pool()).await?)
}
