//! Papers and wordings into the database.

use crate::platform::{Context, Result, Transaction};

const INSERT: &str = "insert into paper (unit_code, year, kind, subject, state, wording_version, inputs, content, \
     content_hash, revision, created_at, created_by, changed_at, changed_by) \
     values ($1, $2, $3, $4, 'draft', $5, $6, $7, $8, 1, $9, $10, $9, $10) returning id";

const CHANGE: &str = "update paper set subject = $3, wording_version = $4, inputs = $5, content = $6, \
     content_hash = $7, revision = revision + 1, changed_at = $8, changed_by = $9 \
     where id = $1 and revision = $2 and state in ('draft', 'returned')";

const KEEP_REVISION: &str = "insert into paper_revision (paper_id, revision, wording_version, inputs, content_hash, \
     written_at, written_by) values ($1, $2, $3, $4, $5, $6, $7)";

const INSERT_WORDING: &str = "insert into wording_version (unit_code, kind, version, body, note, written_at, written_by) \
     values ($1, $2, $3, $4, $5, $6, $7) on conflict (unit_code, kind, version) do nothing";

/// What a paper says, ready to be stored.
#[derive(Debug)]
pub(super) struct Composed {
    pub(super) subject: String,
    pub(super) wording_version: i64,
    pub(super) inputs: String,
    pub(super) content: String,
    pub(super) content_hash: String,
}

pub(super) async fn insert(
    transaction: &mut Transaction,
    context: &Context,
    (unit, year, kind): (&str, &str, &str),
    composed: &Composed,
) -> Result<i64> {
    let (id,): (i64,) = sqlx::query_as(INSERT)
        .bind(unit.to_owned())
        .bind(year.to_owned())
        .bind(kind.to_owned())
        .bind(composed.subject.clone())
        .bind(composed.wording_version)
        .bind(composed.inputs.clone())
        .bind(composed.content.clone())
        .bind(composed.content_hash.clone())
        .bind(context.stamp())
        .bind(context.actor.name().to_owned())
        .fetch_one(&mut **transaction)
        .await?;
    keep_revision(transaction, context, id, 1, composed).await?;
    Ok(id)
}

/// Changes a paper that is still at `revision` and with its writer; tells whether it was.
pub(super) async fn change(
    transaction: &mut Transaction,
    context: &Context,
    id: i64,
    revision: i64,
    composed: &Composed,
) -> Result<bool> {
    let changed = sqlx::query(CHANGE)
        .bind(id)
        .bind(revision)
        .bind(composed.subject.clone())
        .bind(composed.wording_version)
        .bind(composed.inputs.clone())
        .bind(composed.content.clone())
        .bind(composed.content_hash.clone())
        .bind(context.stamp())
        .bind(context.actor.name().to_owned())
        .execute(&mut **transaction)
        .await?;
    if changed.rows_affected() == 0 {
        return Ok(false);
    }
    keep_revision(transaction, context, id, revision + 1, composed).await?;
    Ok(true)
}

async fn keep_revision(
    transaction: &mut Transaction,
    context: &Context,
    id: i64,
    revision: i64,
    composed: &Composed,
) -> Result<()> {
    sqlx::query(KEEP_REVISION)
        .bind(id)
        .bind(revision)
        .bind(composed.wording_version)
        .bind(composed.inputs.clone())
        .bind(composed.content_hash.clone())
        .bind(context.stamp())
        .bind(context.actor.name().to_owned())
        .execute(&mut **transaction)
        .await?;
    Ok(())
}

/// Adds a version; tells whether nobody else has added the same number meanwhile.
pub(super) async fn insert_wording(
    transaction: &mut Transaction,
    context: &Context,
    (unit, kind, version): (&str, &str, i64),
    body: &str,
    note: &str,
) -> Result<bool> {
    let added = sqlx::query(INSERT_WORDING)
        .bind(unit.to_owned())
        .bind(kind.to_owned())
        .bind(version)
        .bind(body.to_owned())
        .bind(note.to_owned())
        .bind(context.stamp())
        .bind(context.actor.name().to_owned())
        .execute(&mut **transaction)
        .await?;
    Ok(added.rows_affected() == 1)
}
