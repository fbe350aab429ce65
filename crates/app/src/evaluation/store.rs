//! The office's own criteria sets into the database.

use super::drafting::Draft;
use crate::platform::{Context, Result, Transaction};

const SAVE: &str = "insert into criteria_set (code, version, unit_code, content, content_hash, based_on, saved_at, \
     saved_by) values ($1, $2, $3, $4, $5, $6, $7, $8)";
const USE: &str = "update criteria_set set in_use_from = $3 where code = $1 and version = $2 and in_use_from = ''";

/// Writes a version.
pub(super) async fn save_set(
    transaction: &mut Transaction,
    context: &Context,
    draft: &Draft,
    (code, version, hash): (&str, i64, &str),
) -> Result<()> {
    sqlx::query(SAVE)
        .bind(code.to_owned())
        .bind(version)
        .bind(draft.unit.clone())
        .bind(draft.text.clone())
        .bind(hash.to_owned())
        .bind(draft.based_on.clone())
        .bind(context.stamp())
        .bind(context.actor.name().to_owned())
        .execute(&mut **transaction)
        .await?;
    Ok(())
}

/// Puts a version into use; whether it was a draft.
pub(super) async fn use_set(
    transaction: &mut Transaction,
    context: &Context,
    code: &str,
    version: i64,
) -> Result<bool> {
    let day = context.today().to_string();
    let query = sqlx::query(USE).bind(code.to_owned()).bind(version).bind(day);
    Ok(query.execute(&mut **transaction).await?.rows_affected() > 0)
}
