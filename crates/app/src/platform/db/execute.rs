//! One statement that writes, with its values.

use super::{Bound, Transaction};
use crate::platform::Result;

/// Carries a statement out; tells how many rows it touched.
///
/// # Errors
/// Where the database refuses or fails.
pub async fn execute(transaction: &mut Transaction, sql: &'static str, values: &[Bound<'_>]) -> Result<u64> {
    let query = values.iter().fold(sqlx::query(sql), |query, value| value.bind_to(query));
    Ok(query.execute(&mut **transaction).await?.rows_affected())
}
