//! The queue of letters in the database.

use super::{Letter, Queue, Queued};
use crate::platform::{
    Db, Result, Transaction,
    db::{Bound, execute, insert_rows},
};

const INSERT: &str = "insert into mail (recipient, subject, body, queued_at)";
const WAITING: &str = "select id, tries, recipient, subject, body from mail where sent_at = '' and tries < $1 \
     and next_try_at <= $2 order by queued_at, id limit $3";
const CLAIM: &str = "update mail set tries = tries + 1, next_try_at = $1 where id = $2 and tries = $3 and sent_at = ''";
const MARK_SENT: &str = "update mail set sent_at = $1, last_error = '' where id = $2";
const MARK_FAILED: &str = "update mail set last_error = $1 where id = $2";
const FORGET: &str = "delete from mail where recipient = $1 and subject = $2 and queued_at = $3";
const COUNTS: &str = "select cast(coalesce(sum(case when tries < $1 then 1 else 0 end), 0) as bigint), \
     cast(coalesce(sum(case when tries >= $1 then 1 else 0 end), 0) as bigint) from mail where sent_at = ''";

pub(super) async fn insert(transaction: &mut Transaction, at: &str, letters: &[Letter]) -> Result<()> {
    let row = |letter: &Letter| [letter.recipient.clone(), letter.subject.clone(), letter.body.clone(), at.to_owned()];
    let rows: Vec<[String; 4]> = letters.iter().map(row).collect();
    let rows: Vec<Vec<Bound<'_>>> = rows.iter().map(|row| row.iter().map(|text| Bound::Text(text)).collect()).collect();
    insert_rows(&mut **transaction, INSERT, &rows, "").await?;
    Ok(())
}

pub(super) async fn waiting(db: &Db, tries_max: i64, now: &str, count_max: i64) -> Result<Vec<(i64, i64, Letter)>> {
    let rows: Vec<(i64, i64, String, String, String)> =
        sqlx::query_as(WAITING).bind(tries_max).bind(now.to_owned()).bind(count_max).fetch_all(db.pool()).await?;
    let letter = |(id, tries, recipient, subject, body)| (id, tries, Letter { recipient, subject, body });
    Ok(rows.into_iter().map(letter).collect())
}

/// Takes a letter for one try; false where another worker was first.
pub(super) async fn claim(db: &Db, id: i64, tries: i64, next_try_at: &str) -> Result<bool> {
    let query = sqlx::query(CLAIM).bind(next_try_at.to_owned()).bind(id).bind(tries);
    Ok(query.execute(db.pool()).await?.rows_affected() == 1)
}

pub(super) async fn counts(db: &Db, tries_max: i64) -> Result<Queue> {
    let (waiting, given_up): (i64, i64) = sqlx::query_as(COUNTS).bind(tries_max).fetch_one(db.pool()).await?;
    Ok(Queue { waiting, given_up })
}

pub(super) async fn mark_sent(db: &Db, id: i64, at: &str) -> Result<()> {
    sqlx::query(MARK_SENT).bind(at.to_owned()).bind(id).execute(db.pool()).await?;
    Ok(())
}

pub(super) async fn forget(transaction: &mut Transaction, letter: &Queued) -> Result<()> {
    let Queued { recipient, subject, queued_at } = letter;
    let texts = [recipient.as_str(), subject, queued_at];
    execute(transaction, FORGET, &texts.map(Bound::Text)).await.map(|_| ())
}

pub(super) async fn mark_failed(db: &Db, id: i64, fault: &str) -> Result<()> {
    sqlx::query(MARK_FAILED).bind(fault.to_owned()).bind(id).execute(db.pool()).await?;
    Ok(())
}
