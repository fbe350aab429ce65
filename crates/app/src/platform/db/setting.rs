//! Facts about this installation, by name (`invented_data`, `office_unit`, `pack_version`).

use super::{Db, Transaction};
use crate::platform::Result;

const READ: &str = "select value from setting where name = $1";
const WRITE: &str =
    "insert into setting (name, value) values ($1, $2) on conflict (name) do update set value = excluded.value";

/// The fact, if it is set.
pub async fn setting(db: &Db, name: &str) -> Result<Option<String>> {
    let row: Option<(String,)> = sqlx::query_as(READ).bind(name.to_owned()).fetch_optional(db.pool()).await?;
    Ok(row.map(|(value,)| value))
}

/// Sets the fact.
pub async fn set_setting(transaction: &mut Transaction, name: &str, value: &str) -> Result<()> {
    sqlx::query(WRITE).bind(name.to_owned()).bind(value.to_owned()).execute(&mut **transaction).await?;
    Ok(())
}
