//! The decided changes: each with its basis, what it did, and the units as they were before.

use domain::organisation::{Unit, operations::Change};

use crate::platform::{
    Context, Error, Result, Transaction,
    db::{Bound, insert_rows},
};

const INSERT: &str = "insert into unit_change (effective_on, verb, basis, decided_by, recorded_at, change, units_before) \
     values ($1, $2, $3, $4, $5, $6, $7) returning id";
const LOAD: &str = "select change, units_before, undone_at from unit_change where id = $1";
const MARK_UNDONE: &str = "update unit_change set undone_at = $2, undone_by = $3 where id = $1";

/// A change as it was recorded.
pub(in crate::organisation) struct Recorded {
    pub(in crate::organisation) change: Change,
    pub(in crate::organisation) before: Vec<Unit>,
    pub(in crate::organisation) is_undone: bool,
}

/// Writes a change and returns its number.
pub(in crate::organisation) async fn insert_change(
    transaction: &mut Transaction,
    context: &Context,
    [verb, basis]: [&str; 2],
    change: &Change,
    before: &[Unit],
) -> Result<i64> {
    let (id,): (i64,) = sqlx::query_as(INSERT)
        .bind(change.on.to_string())
        .bind(verb.to_owned())
        .bind(basis.to_owned())
        .bind(context.actor.name().to_owned())
        .bind(context.stamp())
        .bind(serde_json::to_string(change).map_err(Error::inside)?)
        .bind(serde_json::to_string(before).map_err(Error::inside)?)
        .fetch_one(&mut **transaction)
        .await?;
    let codes = change.units.iter().map(|unit| unit.code.as_str());
    let heirs = change.successions.iter().flat_map(|link| [link.predecessor.as_str(), link.successor.as_str()]);
    let codes: std::collections::BTreeSet<&str> = codes.chain(heirs).collect();
    let rows: Vec<Vec<Bound<'_>>> = codes.into_iter().map(|code| vec![Bound::Whole(id), Bound::Text(code)]).collect();
    insert_rows(&mut **transaction, "insert into unit_change_unit (change_id, unit_code)", &rows, "").await?;
    Ok(id)
}

/// The change with this number.
pub(in crate::organisation) async fn load_change(transaction: &mut Transaction, id: i64) -> Result<Recorded> {
    let row: Option<(String, String, String)> =
        sqlx::query_as(LOAD).bind(id).fetch_optional(&mut **transaction).await?;
    let (change, before, undone_at) = row.ok_or_else(|| Error::NotFound(format!("thay đổi số {id}")))?;
    Ok(Recorded {
        change: serde_json::from_str(&change).map_err(Error::inside)?,
        before: serde_json::from_str(&before).map_err(Error::inside)?,
        is_undone: !undone_at.is_empty(),
    })
}

/// Notes that the change was taken back.
pub(in crate::organisation) async fn mark_undone(
    transaction: &mut Transaction,
    context: &Context,
    id: i64,
) -> Result<()> {
    let query = sqlx::query(MARK_UNDONE).bind(id).bind(context.stamp()).bind(context.actor.name().to_owned());
    query.execute(&mut **transaction).await?;
    Ok(())
}
