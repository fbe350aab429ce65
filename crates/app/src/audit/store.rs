//! Audit lines into the database.

use crate::platform::{Context, Result, Transaction};

const INSERT: &str =
    "insert into audit_line (recorded_at, actor, request, verb, object, detail) values ($1, $2, $3, $4, $5, $6)";

/// Writes one line: `verb` is the room's verb (`submissions.approve`), `object` what it was done to.
pub async fn write(
    transaction: &mut Transaction,
    context: &Context,
    verb: &str,
    object: &str,
    detail: &str,
) -> Result<()> {
    sqlx::query(INSERT)
        .bind(context.stamp())
        .bind(context.actor.name().to_owned())
        .bind(context.request.clone())
        .bind(verb.to_owned())
        .bind(object.to_owned())
        .bind(detail.to_owned())
        .execute(&mut **transaction)
        .await?;
    Ok(())
}
