//! The queue of letters in the database.

use super::Letter;
use crate::platform::{
    Db, Result, Transaction,
    db::{Bound, insert_rows},
};

const INSERT: &str = "insert into mail (recipient, subject, body, queued_at)";
const WAITING: &str = "select id, recipient, subject, body from mail where sent_at = '' and tries < $1 \
     order by queued_at, id limit $2";
const MARK_SENT: &str = "update mail set sent_at = $1, tries = tries + 1, last_error = '' where id = $2";
const MARK_FAILED: &str = "update mail set tries = tries + 1, last_error = $1 where id = $2";

pub(super) async fn insert(transaction: &mut Transaction, at: &str, letters: &[Letter]) -> Result<()> {
    let row = |letter: &Letter| [letter.recipient.clone(), letter.subject.clone(), letter.body.clone(), at.to_owned()];
    let rows: Vec<[String; 4]> = letters.iter().map(row).collect();
    let rows: Vec<Vec<Bound<'_>>> = rows.iter().map(|row| row.iter().map(|text| Bound::Text(text)).collect()).collect();
    insert_rows(&mut **transaction, INSERT, &rows, "").await?;
    Ok(())
}

pub(super) async fn waiting(db: &Db, tries_max: i64, count_max: i64) -> Result<Vec<(i64, Letter)>> {
    let rows: Vec<(i64, String, String, String)> =
        sqlx::query_as(WAITING).bind(tries_max).bind(count_max).fetch_all(db.pool()).await?;
    Ok(rows.into_iter().map(|(id, recipient, subject, body)| (id, Letter { recipient, subject, body })).collect())
}

pub(super) async fn mark_sent(db: &Db, id: i64, at: &str) -> Result<()> {
    sqlx::query(MARK_SENT).bind(at.to_owned()).bind(id).execute(db.pool()).await?;
    Ok(())
}

pub(super) async fn mark_failed(db: &Db, id: i64, fault: &str) -> Result<()> {
    sqlx::query(MARK_FAILED).bind(fault.to_owned()).bind(id).execute(db.pool()).await?;
    Ok(())
}
