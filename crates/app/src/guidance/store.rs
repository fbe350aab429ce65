//! Documents and their relations into the database; the books of numbers are in `store/numbers.rs`.

use domain::guidance::{Link, Relation};
use sqlx::AnyConnection;

use crate::platform::{Context, Result, Transaction};

pub(super) mod files;
pub(super) mod numbers;

const SLUGS: &str = "select slug from guidance_document where slug = $1 or slug like $2";
/// A document that has the key already gives way to one that is saved (`$20`), not to one that is new.
const WRITE: &str = "insert into guidance_document (slug, unit_code, direction, number, number_raw, document_type, \
     type_words, issuer, issuer_unit, issued_on, subject, signer, valid_from, valid_to, source, confidence, note, \
     recorded_at, recorded_by) \
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19) \
     on conflict (slug) do update set unit_code = excluded.unit_code, direction = excluded.direction, \
     number = excluded.number, number_raw = excluded.number_raw, document_type = excluded.document_type, \
     type_words = excluded.type_words, issuer = excluded.issuer, issuer_unit = excluded.issuer_unit, \
     issued_on = excluded.issued_on, subject = excluded.subject, signer = excluded.signer, \
     valid_from = excluded.valid_from, valid_to = excluded.valid_to, source = excluded.source, \
     confidence = excluded.confidence, note = excluded.note where $20 = 'save'";
const INSERT_RELATION: &str = "insert into guidance_relation (from_slug, to_slug, relation, effective_on, source, \
     recorded_at, recorded_by) values ($1, $2, $3, $4, $5, $6, $7) \
     on conflict (from_slug, to_slug, relation) do update set effective_on = excluded.effective_on, \
     source = excluded.source";
const DELETE_RELATION: &str = "delete from guidance_relation where from_slug = $1 and to_slug = $2 and relation = $3";

/// An open end, as it is stored.
pub(super) const NO_END: &str = "9999-12-31";

/// A document as a row of the register.
#[derive(Clone, Debug, Default, PartialEq, Eq, sqlx::FromRow, serde::Serialize)]
pub struct Row {
    /// The key, also the end of its address.
    pub slug: String,
    /// The unit whose register it stands in; empty for a text that ships with the program.
    pub unit_code: String,
    /// `in`, `out` or `law`.
    pub direction: String,
    /// Number and code as they may be written; empty where not known in full.
    pub number: String,
    /// The number as it was typed.
    pub number_raw: String,
    /// The identifier of the kind.
    pub document_type: String,
    /// The kind in the words of who cited it; empty where the kind's own name says it.
    pub type_words: String,
    /// Who issued it.
    pub issuer: String,
    /// The issuer's unit, where it is one of ours.
    pub issuer_unit: String,
    /// The day of issue as ISO text; empty where not known.
    pub issued_on: String,
    /// What it is about.
    pub subject: String,
    /// Who signed.
    pub signer: String,
    /// First day in force; empty where not known.
    pub valid_from: String,
    /// Last day in force; the open end where none is known.
    pub valid_to: String,
    /// Where that is read.
    pub source: String,
    /// How sure it is; empty for what the office recorded itself.
    pub confidence: String,
    /// The office's own note.
    pub note: String,
    /// When it was recorded.
    pub recorded_at: String,
    /// By whom.
    pub recorded_by: String,
}

/// A key that no document has yet, made from this one.
pub(super) async fn free_slug(connection: &mut AnyConnection, wanted: &str) -> Result<String> {
    let rows: Vec<(String,)> =
        sqlx::query_as(SLUGS).bind(wanted.to_owned()).bind(format!("{wanted}-%")).fetch_all(connection).await?;
    let is_free = |slug: &String| !rows.iter().any(|(taken,)| taken == slug);
    let numbered = (2..).map(|number| format!("{wanted}-{number}"));
    Ok(std::iter::once(wanted.to_owned()).chain(numbered).find(is_free).unwrap_or_default())
}

/// Writes a document, new or changed; who recorded it first stays.
pub(super) async fn save(transaction: &mut Transaction, row: &Row) -> Result<()> {
    write(transaction, row, "save").await?;
    Ok(())
}

/// Writes a new document; whether its key was free. Another transaction may have taken the key since it was looked for.
pub(super) async fn insert(transaction: &mut Transaction, row: &Row) -> Result<bool> {
    Ok(write(transaction, row, "insert").await? > 0)
}

/// `how`: `save` or `insert`; gives how many rows were written.
async fn write(transaction: &mut Transaction, row: &Row, how: &str) -> Result<u64> {
    let texts = [
        &row.slug,
        &row.unit_code,
        &row.direction,
        &row.number,
        &row.number_raw,
        &row.document_type,
        &row.type_words,
        &row.issuer,
        &row.issuer_unit,
        &row.issued_on,
        &row.subject,
        &row.signer,
        &row.valid_from,
        &row.valid_to,
        &row.source,
        &row.confidence,
        &row.note,
        &row.recorded_at,
        &row.recorded_by,
    ];
    let query = texts.into_iter().fold(sqlx::query(WRITE), |query, text| query.bind(text.clone()));
    Ok(query.bind(how.to_owned()).execute(&mut **transaction).await?.rows_affected())
}

/// Writes a relation.
pub(super) async fn save_relation(
    transaction: &mut Transaction,
    context: &Context,
    link: &Link,
    source: &str,
) -> Result<()> {
    sqlx::query(INSERT_RELATION)
        .bind(link.from.clone())
        .bind(link.to.clone())
        .bind(link.relation.as_str().to_owned())
        .bind(link.effective_on.map_or_else(String::new, |day| day.to_string()))
        .bind(source.to_owned())
        .bind(context.stamp())
        .bind(context.actor.name().to_owned())
        .execute(&mut **transaction)
        .await?;
    Ok(())
}

/// Takes a relation back; whether it stood.
pub(super) async fn delete_relation(
    transaction: &mut Transaction,
    from: &str,
    to: &str,
    relation: Relation,
) -> Result<bool> {
    let done = sqlx::query(DELETE_RELATION)
        .bind(from.to_owned())
        .bind(to.to_owned())
        .bind(relation.as_str().to_owned())
        .execute(&mut **transaction)
        .await?;
    Ok(done.rows_affected() > 0)
}
