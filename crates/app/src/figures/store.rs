//! Approved figures from the database, row after row, without keeping the rows.

use futures_util::TryStreamExt;
use sqlx::Row;

use crate::platform::{Db, Result};

const APPROVED: &str = "select s.unit_code, s.form_code, r.figures from submission s
    join revision r on r.unit_code = s.unit_code and r.form_code = s.form_code and r.period_code = s.period_code
        and r.number = s.approved_revision
    where s.period_code = $1 and s.approved_revision > 0";
const APPROVED_OF_UNIT: &str = "select s.unit_code, s.form_code, r.figures from submission s
    join revision r on r.unit_code = s.unit_code and r.form_code = s.form_code and r.period_code = s.period_code
        and r.number = s.approved_revision
    where s.period_code = $1 and s.approved_revision > 0 and s.unit_code = $2";

/// Hands every approved form of a period (of one unit, if one is named) to `take`: unit, form, packed figures.
pub(super) async fn approved(
    db: &Db,
    period: &str,
    unit: Option<&str>,
    mut take: impl FnMut(&str, &str, &[u8]) + Send,
) -> Result<()> {
    let query = match unit {
        None => sqlx::query(APPROVED).bind(period.to_owned()),
        Some(unit) => sqlx::query(APPROVED_OF_UNIT).bind(period.to_owned()).bind(unit.to_owned()),
    };
    let mut rows = query.fetch(db.pool());
    while let Some(row) = rows.try_next().await? {
        let (unit, form, figures): (&str, &str, &[u8]) = (row.try_get(0)?, row.try_get(1)?, row.try_get(2)?);
        take(unit, form, figures);
    }
    Ok(())
}
