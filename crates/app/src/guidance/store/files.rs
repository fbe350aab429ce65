//! Files of documents into the database.

use documents::attachment::Attachment;

use crate::platform::{Context, Result, Transaction};

const INSERT: &str = "insert into guidance_file (slug, sha256, name, media_type, byte_count, page_count, words, \
     attached_at, attached_by) values ($1, $2, $3, $4, $5, $6, $7, $8, $9) on conflict (slug, sha256) do nothing";
const DELETE: &str = "delete from guidance_file where slug = $1 and sha256 = $2";
const HOLDERS: &str = "select count(*) from guidance_file where sha256 = $1";

/// Writes a file's line; whether the document did not have it yet.
pub(in crate::guidance) async fn insert(
    transaction: &mut Transaction,
    context: &Context,
    [slug, sha256, name]: [&str; 3],
    byte_count: usize,
    attachment: &Attachment,
) -> Result<bool> {
    let whole = |count: usize| i64::try_from(count).unwrap_or(i64::MAX);
    let done = sqlx::query(INSERT)
        .bind(slug.to_owned())
        .bind(sha256.to_owned())
        .bind(name.to_owned())
        .bind(attachment.kind.media_type().to_owned())
        .bind(whole(byte_count))
        .bind(whole(attachment.page_count.unwrap_or(0)))
        .bind(attachment.words.clone())
        .bind(context.stamp())
        .bind(context.actor.name().to_owned())
        .execute(&mut **transaction)
        .await?;
    Ok(done.rows_affected() > 0)
}

/// Takes a file's line away; whether it stood.
pub(in crate::guidance) async fn delete(transaction: &mut Transaction, slug: &str, sha256: &str) -> Result<bool> {
    let query = sqlx::query(DELETE).bind(slug.to_owned()).bind(sha256.to_owned());
    Ok(query.execute(&mut **transaction).await?.rows_affected() > 0)
}

/// How many documents have this file.
pub(in crate::guidance) async fn holder_count(transaction: &mut Transaction, sha256: &str) -> Result<i64> {
    let (count,): (i64,) = sqlx::query_as(HOLDERS).bind(sha256.to_owned()).fetch_one(&mut **transaction).await?;
    Ok(count)
}
