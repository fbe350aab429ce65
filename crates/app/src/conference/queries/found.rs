//! What is asked about articles that were found elsewhere.

use serde::Serialize;

use crate::{office::Office, platform::Result};

const ONE: &str = "select conference_id, title, published_on, source, body, taken_at, taken_by, shown_at, view_count, \
     revision from conference_found_article where conference_id = $1";
const SHOWN: &str = "select conference_id, title, published_on, source from conference_found_article \
     where shown_at <> '' order by published_on desc, conference_id desc";

/// A found article as it is kept.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, sqlx::FromRow)]
pub struct FoundRow {
    /// The conference.
    pub conference_id: i64,
    /// The headline; empty where it has none.
    pub title: String,
    /// The day of posting there as ISO text; empty where it is not known.
    pub published_on: String,
    /// Where it was found, in words.
    pub source: String,
    /// What was read from it, and its original, as JSON.
    pub body: String,
    /// When it was taken over.
    pub taken_at: String,
    /// By whom.
    pub taken_by: String,
    /// Since when it is public here; empty where it is not.
    pub shown_at: String,
    /// How often it was read here.
    pub view_count: i64,
    /// How often it was written.
    pub revision: i64,
}

/// A found article in the list of those that are public.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct ShownRow {
    /// The conference.
    pub conference_id: i64,
    /// The headline; empty where it has none.
    pub title: String,
    /// The day of posting there as ISO text; empty where it is not known.
    pub published_on: String,
    /// Where it was found, in words.
    pub source: String,
}

/// The found article of a conference, where there is one.
///
/// # Errors
/// Where the database cannot be read.
pub async fn one(office: &Office, id: i64) -> Result<Option<FoundRow>> {
    Ok(sqlx::query_as(ONE).bind(id).fetch_optional(office.db().pool()).await?)
}

/// Every found article that is public, the latest posting first.
///
/// # Errors
/// Where the database cannot be read.
pub async fn shown(office: &Office) -> Result<Vec<ShownRow>> {
    Ok(sqlx::query_as(SHOWN).fetch_all(office.db().pool()).await?)
}
