//! The files of documents.

use crate::{office::Office, platform::Result};

const OF_DOCUMENT: &str = "select sha256, name, media_type, byte_count, page_count, \
     attached_at, attached_by from guidance_file where slug = $1 order by attached_at, sha256";
const ONE: &str = "select name, media_type from guidance_file where slug = $1 and sha256 = $2";
const WORDS: &str = "select slug, words from guidance_file where words <> '' order by slug, sha256";
const WORDS_OF: &str = "select words from guidance_file where slug = $1 and words <> '' order by sha256";

/// A file as the page shows it.
#[derive(Clone, Debug, sqlx::FromRow, serde::Serialize)]
pub struct FileRow {
    /// The hash of its content, also its address.
    pub sha256: String,
    /// The name under which it came.
    pub name: String,
    /// What it is.
    pub media_type: String,
    /// Its size.
    pub byte_count: i64,
    /// Its pages; 0 where the format has none.
    pub page_count: i64,
    /// When it was attached.
    pub attached_at: String,
    /// By whom.
    pub attached_by: String,
}

/// The files of a document, oldest first.
///
/// # Errors
/// Where the database cannot be read.
pub async fn of_document(office: &Office, slug: &str) -> Result<Vec<FileRow>> {
    Ok(sqlx::query_as(OF_DOCUMENT).bind(slug.to_owned()).fetch_all(office.db().pool()).await?)
}

/// Name and media type of one file of a document.
///
/// # Errors
/// Where the database cannot be read.
pub async fn one(office: &Office, slug: &str, sha256: &str) -> Result<Option<(String, String)>> {
    let query = sqlx::query_as(ONE).bind(slug.to_owned()).bind(sha256.to_owned());
    Ok(query.fetch_optional(office.db().pool()).await?)
}

/// The words of every file that has any, with the document's key.
///
/// # Errors
/// Where the database cannot be read.
pub async fn words(office: &Office) -> Result<Vec<(String, String)>> {
    Ok(sqlx::query_as(WORDS).fetch_all(office.db().pool()).await?)
}

/// The words of a document's files.
///
/// # Errors
/// Where the database cannot be read.
pub async fn words_of(office: &Office, slug: &str) -> Result<String> {
    let rows: Vec<(String,)> = sqlx::query_as(WORDS_OF).bind(slug.to_owned()).fetch_all(office.db().pool()).await?;
    Ok(rows.into_iter().map(|(words,)| words).collect::<Vec<_>>().join("\n"))
}
