//! What lies beside the log: words of letters, letters that went out, the article, what was forgotten.

use domain::conference::Recorded;

use crate::platform::{
    Context, Error, Result, Transaction,
    db::{
        Bound::{self, Text, Whole},
        execute, insert_rows,
    },
    mail::{self, Queued},
};

const SAVE_WORDS: &str = "insert into conference_letter_words (conference_id, subject, body, changed_at, changed_by) \
     values ($1, $2, $3, $4, $5) on conflict (conference_id) do update set subject = excluded.subject, \
     body = excluded.body, changed_at = excluded.changed_at, changed_by = excluded.changed_by";
const LETTERS_HEAD: &str =
    "insert into conference_letter (conference_id, addressee, recipient, subject, queued_at, queued_by)";
const INSERT_ARTICLE: &str = "insert into conference_article (conference_id, title, byline, body, changed_at, changed_by) \
     values ($1, $2, $3, $4, $5, $6) on conflict (conference_id) do nothing";
const CHANGE_ARTICLE: &str = "update conference_article set title = $3, byline = $4, body = $5, changed_at = $6, \
     changed_by = $7, revision = revision + 1 where conference_id = $1 and revision = $2 and published_at = $8";
const PUBLISH: &str = "update conference_article set published_at = $3, published_by = $4 where conference_id = $1 \
     and revision = $2";
const WITHDRAW: &str = "update conference_article set published_at = '', published_by = '' where conference_id = $1";
const COUNT_VIEW: &str = "update conference_article set view_count = view_count + 1 where conference_id = $1 \
     and published_at <> ''";
const REWRITE_EVENT: &str = "update conference_event set body = $3 where conference_id = $1 and seq = $2 and kind = $4";
const LETTERS: &str = "select recipient, subject, queued_at from conference_letter where conference_id = $1 \
     order by queued_at, addressee, recipient";
const DROP_LETTERS: &str = "delete from conference_letter where conference_id = $1";
const DROP_LINKS: &str = "delete from conference_link where conference_id = $1";
const MARK_FORGOTTEN: &str = "insert into conference_forgotten (conference_id, forgotten_at, event_count) \
     values ($1, $2, $3) on conflict (conference_id) do update set forgotten_at = excluded.forgotten_at, \
     event_count = conference_forgotten.event_count + excluded.event_count";

/// Keeps the office's own words for the letters of a conference.
pub(in crate::conference) async fn save_words(
    transaction: &mut Transaction,
    context: &Context,
    id: i64,
    [subject, body]: [&str; 2],
) -> Result<()> {
    execute(
        transaction,
        SAVE_WORDS,
        &[Whole(id), Text(subject), Text(body), Text(&context.stamp()), Text(context.actor.name())],
    )
    .await?;
    Ok(())
}

/// Writes down that letters went into the queue: addressee, recipient, subject.
pub(in crate::conference) async fn insert_letters(
    transaction: &mut Transaction,
    context: &Context,
    id: i64,
    letters: &[[&str; 3]],
) -> Result<()> {
    let (stamp, actor) = (context.stamp(), context.actor.name().to_owned());
    let row = |letter: &[&'_ str; 3]| letter.map(str::to_owned);
    let owned: Vec<[String; 3]> = letters.iter().map(row).collect();
    let rows: Vec<Vec<Bound<'_>>> = owned
        .iter()
        .map(|[addressee, recipient, subject]| {
            let texts = [addressee, recipient, subject, &stamp, &actor].map(|text| Text(text));
            [Whole(id)].into_iter().chain(texts).collect()
        })
        .collect();
    insert_rows(&mut **transaction, LETTERS_HEAD, &rows, "").await?;
    Ok(())
}

/// Keeps an article: the first one where `revision` is 0; tells whether nobody was first, nor made it public or took it back
/// meanwhile: what stands in public was looked over, what is a draft was not.
pub(in crate::conference) async fn save_article(
    transaction: &mut Transaction,
    context: &Context,
    (id, revision, published_at): (i64, i64, &str),
    [title, byline, body]: [&str; 3],
) -> Result<bool> {
    let stamp = context.stamp();
    let words = [title, byline, body, &stamp, context.actor.name()].map(Text);
    let changed = if revision == 0 {
        let values: Vec<Bound<'_>> = [Whole(id)].into_iter().chain(words).collect();
        execute(transaction, INSERT_ARTICLE, &values).await?
    } else {
        let known = [Whole(id), Whole(revision)].into_iter();
        let values: Vec<Bound<'_>> = known.chain(words).chain([Text(published_at)]).collect();
        execute(transaction, CHANGE_ARTICLE, &values).await?
    };
    Ok(changed == 1)
}

/// Makes this revision of an article public; tells whether it still stands.
pub(in crate::conference) async fn publish(
    transaction: &mut Transaction,
    context: &Context,
    (id, revision): (i64, i64),
) -> Result<bool> {
    let stamp = context.stamp();
    let values = [Whole(id), Whole(revision), Text(&stamp), Text(context.actor.name())];
    Ok(execute(transaction, PUBLISH, &values).await? == 1)
}

/// Takes an article back.
pub(in crate::conference) async fn withdraw(transaction: &mut Transaction, id: i64) -> Result<()> {
    execute(transaction, WITHDRAW, &[Whole(id)]).await?;
    Ok(())
}

/// Counts a reading of a public article.
pub(in crate::conference) async fn count_view(transaction: &mut Transaction, id: i64) -> Result<()> {
    execute(transaction, COUNT_VIEW, &[Whole(id)]).await?;
    Ok(())
}

/// Writes events over those in their places. Only what an event says is blanked: its place, time and kind stand.
pub(in crate::conference) async fn rewrite_events(
    transaction: &mut Transaction,
    id: i64,
    events: &[Recorded],
) -> Result<()> {
    for recorded in events {
        let seq = i64::try_from(recorded.seq).map_err(Error::inside)?;
        let body = serde_json::to_string(&recorded.event).map_err(Error::inside)?;
        execute(transaction, REWRITE_EVENT, &[Whole(id), Whole(seq), Text(&body), Text(recorded.event.kind())]).await?;
    }
    Ok(())
}

/// Forgets the letters and to whom they went and the delegates' own addresses, and writes down that it was done.
pub(in crate::conference) async fn forget(
    transaction: &mut Transaction,
    context: &Context,
    id: i64,
    event_count: usize,
) -> Result<()> {
    let letters: Vec<Queued> = sqlx::query_as(LETTERS).bind(id).fetch_all(&mut **transaction).await?;
    mail::forget(transaction, &letters).await?;
    execute(transaction, DROP_LETTERS, &[Whole(id)]).await?;
    execute(transaction, DROP_LINKS, &[Whole(id)]).await?;
    let count = i64::try_from(event_count).map_err(Error::inside)?;
    execute(transaction, MARK_FORGOTTEN, &[Whole(id), Text(&context.stamp()), Whole(count)]).await?;
    Ok(())
}
