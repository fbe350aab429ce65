//! Articles that were found elsewhere into the database.

use crate::platform::{Context, Result, Transaction};

const SAVE: &str = "insert into conference_found_article \
     (conference_id, title, published_on, source, body, taken_at, taken_by) values ($1, $2, $3, $4, $5, $6, $7) \
     on conflict (conference_id) do update set title = excluded.title, published_on = excluded.published_on, \
     source = excluded.source, body = excluded.body, taken_at = excluded.taken_at, taken_by = excluded.taken_by";
const MEND: &str = "update conference_found_article set body = $2 where conference_id = $1";
const SHOW: &str = "update conference_found_article set shown_at = $2, shown_by = $3 where conference_id = $1";
const COUNT_VIEW: &str = "update conference_found_article set view_count = view_count + 1 where conference_id = $1 \
     and shown_at <> ''";

/// Keeps a found article: headline, day of posting, where it was found, body.
pub(in crate::conference) async fn save(
    transaction: &mut Transaction,
    context: &Context,
    id: i64,
    texts: [&str; 4],
) -> Result<()> {
    let mut query = sqlx::query(SAVE).bind(id);
    for text in texts {
        query = query.bind(text.to_owned());
    }
    query.bind(context.stamp()).bind(context.actor.name().to_owned()).execute(&mut **transaction).await?;
    Ok(())
}

/// Writes its body anew.
pub(in crate::conference) async fn mend(transaction: &mut Transaction, id: i64, body: &str) -> Result<()> {
    sqlx::query(MEND).bind(id).bind(body.to_owned()).execute(&mut **transaction).await?;
    Ok(())
}

/// Makes it public, or takes it back where the time is empty.
pub(in crate::conference) async fn show(transaction: &mut Transaction, id: i64, [at, by]: [&str; 2]) -> Result<()> {
    sqlx::query(SHOW).bind(id).bind(at.to_owned()).bind(by.to_owned()).execute(&mut **transaction).await?;
    Ok(())
}

/// Counts a reading here.
pub(in crate::conference) async fn count_view(transaction: &mut Transaction, id: i64) -> Result<()> {
    sqlx::query(COUNT_VIEW).bind(id).execute(&mut **transaction).await?;
    Ok(())
}
