//! The changes that were decided about a unit, latest first.

use serde::Serialize;

use crate::{office::Office, platform::Result};

const OF_UNIT: &str = "select c.id, c.effective_on, c.verb, c.basis, c.decided_by, c.recorded_at, c.undone_at \
     from unit_change c join unit_change_unit u on u.change_id = c.id where u.unit_code = $1 \
     order by c.effective_on desc, c.id desc";

/// A change as the unit's page lists it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, sqlx::FromRow)]
pub struct DecidedChange {
    /// Its number.
    pub id: i64,
    /// The first day on which it holds.
    pub effective_on: String,
    /// The verb (`rename`, `merge` …).
    pub verb: String,
    /// The decision that it rests on, as typed; may be empty.
    pub basis: String,
    /// Who entered it.
    pub decided_by: String,
    /// When.
    pub recorded_at: String,
    /// When it was taken back; empty while it stands.
    pub undone_at: String,
}

/// Every change that touched the unit, latest first.
///
/// # Errors
/// Where the database cannot be read.
pub async fn changes_of(office: &Office, unit: &str) -> Result<Vec<DecidedChange>> {
    Ok(sqlx::query_as(OF_UNIT).bind(unit.to_owned()).fetch_all(office.db().pool()).await?)
}
