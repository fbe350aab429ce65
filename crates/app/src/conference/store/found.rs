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
     view_count = 0, revision = conference_found_article.revision + 1 \
     where conference_found_article.revision = $8 and conference_found_article.shown_at = ''";
const MEND: &str = "update conference_found_article set body = $3, revision = revision + 1 where conference_id = $1 \
     and revision = $2";
const SHOW: &str = "update conference_found_article set shown_at = $3, shown_by = $4 where conference_id = $1 \
     and revision = $2";
const HIDE: &str = "update conference_found_article set shown_at = '', shown_by = '' where conference_id = $1";
const COUNT_VIEW: &str = "update conference_found_article set view_count = view_count + 1 where conference_id = $1 \
     and shown_at <> ''";

/// Keeps a found article: headline, day of posting, where it was found, body. Nobody has read it here yet, whatever stood in
/// its place before. Tells whether that was this revision (0 where nothing was there) and is not public.
pub(in crate::conference) async fn save(
    transaction: &mut Transaction,
    context: &Context,
    (id, revision): (i64, i64),
    [title, published_on, source, body]: [&str; 4],
) -> Result<bool> {
    let stamp = context.stamp();
    let texts = [title, published_on, source, body, &stamp, context.actor.name()].map(Text);
    let values: Vec<_> = [Whole(id)].into_iter().chain(texts).chain([Whole(revision)]).collect();
    Ok(execute(transaction, SAVE, &values).await? == 1)
}

/// Writes its body anew; tells whether this revision still stood.
pub(in crate::conference) async fn mend(
    transaction: &mut Transaction,
    (id, revision): (i64, i64),
    body: &str,
) -> Result<bool> {
    Ok(execute(transaction, MEND, &[Whole(id), Whole(revision), Text(body)]).await? == 1)
}

/// Makes this revision public; tells whether it still stands.
pub(in crate::conference) async fn show(
    transaction: &mut Transaction,
    (id, revision): (i64, i64),
    [at, by]: [&str; 2],
) -> Result<bool> {
    Ok(execute(transaction, SHOW, &[Whole(id), Whole(revision), Text(at), Text(by)]).await? == 1)
}

/// Takes it back.
pub(in crate::conference) async fn hide(transaction: &mut Transaction, id: i64) -> Result<()> {
    execute(transaction, HIDE, &[Whole(id)]).await?;
    Ok(())
}

/// Counts a reading here.
pub(in crate::conference) async fn count_view(transaction: &mut Transaction, id: i64) -> Result<()> {
    execute(transaction, COUNT_VIEW, &[Whole(id)]).await?;
    Ok(())
}
