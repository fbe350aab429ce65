//! Articles that were found elsewhere into the database.

use crate::platform::{
    Context, Result, Transaction,
    db::{
        Bound::{Text, Whole},
        execute,
    },
};

const SAVE: &str = "insert into conference_found_article \
     (conference_id, title, published_on, source, body, taken_at, taken_by) values ($1, $2, $3, $4, $5, $6, $7) \
     on conflict (conference_id) do update set title = excluded.title, published_on = excluded.published_on, \
     source = excluded.source, body = excluded.body, taken_at = excluded.taken_at, taken_by = excluded.taken_by, \
     view_count = 0";
const MEND: &str = "update conference_found_article set body = $2 where conference_id = $1";
const SHOW: &str = "update conference_found_article set shown_at = $2, shown_by = $3 where conference_id = $1";
const COUNT_VIEW: &str = "update conference_found_article set view_count = view_count + 1 where conference_id = $1 \
     and shown_at <> ''";

/// Keeps a found article: headline, day of posting, where it was found, body. Nobody has read it here yet, whatever stood in
/// its place before.
pub(in crate::conference) async fn save(
    transaction: &mut Transaction,
    context: &Context,
    id: i64,
    [title, published_on, source, body]: [&str; 4],
) -> Result<()> {
    let stamp = context.stamp();
    let texts = [title, published_on, source, body, &stamp, context.actor.name()].map(Text);
    let values: Vec<_> = [Whole(id)].into_iter().chain(texts).collect();
    execute(transaction, SAVE, &values).await?;
    Ok(())
}

/// Writes its body anew.
pub(in crate::conference) async fn mend(transaction: &mut Transaction, id: i64, body: &str) -> Result<()> {
    execute(transaction, MEND, &[Whole(id), Text(body)]).await?;
    Ok(())
}

/// Makes it public, or takes it back where the time is empty.
pub(in crate::conference) async fn show(transaction: &mut Transaction, id: i64, [at, by]: [&str; 2]) -> Result<()> {
    execute(transaction, SHOW, &[Whole(id), Text(at), Text(by)]).await?;
    Ok(())
}

/// Counts a reading here.
pub(in crate::conference) async fn count_view(transaction: &mut Transaction, id: i64) -> Result<()> {
    execute(transaction, COUNT_VIEW, &[Whole(id)]).await?;
    Ok(())
}
