//! What is asked about letters, articles and what was forgotten.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::{
    office::Office,
    platform::{Error, Result},
};

const WORDS: &str = "select subject, body from conference_letter_words where conference_id = $1";
const SENT: &str = "select addressee, max(queued_at) from conference_letter where conference_id = $1 \
     group by addressee order by addressee";
const ARTICLE: &str = "select conference_id, title, byline, body, revision, changed_at, changed_by, published_at, \
     view_count from conference_article where conference_id = $1";
const PUBLISHED: &str = "select conference_id, title, published_at from conference_article where published_at <> '' \
     order by published_at desc, conference_id desc";
const FORGOTTEN: &str = "select forgotten_at from conference_forgotten where conference_id = $1";

/// The article of a conference.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, sqlx::FromRow)]
pub struct ArticleRow {
    /// The conference.
    pub conference_id: i64,
    /// The headline.
    pub title: String,
    /// Who wrote it.
    pub byline: String,
    /// Its paragraphs as JSON.
    pub body: String,
    /// How often it was written, from 1.
    pub revision: i64,
    /// When it was changed last.
    pub changed_at: String,
    /// By whom.
    pub changed_by: String,
    /// Since when it is public; empty where it is not.
    pub published_at: String,
    /// How often it was read.
    pub view_count: i64,
}

/// An article in the list of those that are public.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct PublishedRow {
    /// The conference.
    pub conference_id: i64,
    /// The headline.
    pub title: String,
    /// Since when it is public.
    pub published_at: String,
}

/// The office's own words for the letters of a conference: subject and body.
///
/// # Errors
/// Where the database cannot be read.
pub async fn words(office: &Office, id: i64) -> Result<Option<(String, String)>> {
    Ok(sqlx::query_as(WORDS).bind(id).fetch_optional(office.db().pool()).await?)
}

/// When a letter last went into the queue, by addressee.
///
/// # Errors
/// Where the database cannot be read.
pub async fn sent(office: &Office, id: i64) -> Result<BTreeMap<String, String>> {
    let rows: Vec<(String, String)> = sqlx::query_as(SENT).bind(id).fetch_all(office.db().pool()).await?;
    Ok(rows.into_iter().collect())
}

/// The article of a conference, where there is one.
///
/// # Errors
/// Where the database cannot be read.
pub async fn article(office: &Office, id: i64) -> Result<Option<ArticleRow>> {
    Ok(sqlx::query_as(ARTICLE).bind(id).fetch_optional(office.db().pool()).await?)
}

/// The public article of a conference.
///
/// # Errors
/// `NotFound` where there is none.
pub async fn public_article(office: &Office, id: i64) -> Result<ArticleRow> {
    let found = article(office, id).await?.filter(|article| !article.published_at.is_empty());
    found.ok_or_else(|| Error::NotFound("bài viết này".to_owned()))
}

/// Every public article, the latest first.
///
/// # Errors
/// Where the database cannot be read.
pub async fn public_articles(office: &Office) -> Result<Vec<PublishedRow>> {
    Ok(sqlx::query_as(PUBLISHED).fetch_all(office.db().pool()).await?)
}

/// When the personal data of a conference's guests were forgotten.
///
/// # Errors
/// Where the database cannot be read.
pub async fn forgotten_at(office: &Office, id: i64) -> Result<Option<String>> {
    let row: Option<(String,)> = sqlx::query_as(FORGOTTEN).bind(id).fetch_optional(office.db().pool()).await?;
    Ok(row.map(|(at,)| at))
}
