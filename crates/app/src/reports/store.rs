//! Texts and targets into the database.

use crate::platform::{Context, Result, Transaction};

const WRITE_TEXT: &str = "insert into report_text (unit_code, year, level, place, body, written_at, written_by) \
     values ($1, $2, $3, $4, $5, $6, $7) \
     on conflict (unit_code, year, level, place) do update set \
     body = excluded.body, written_at = excluded.written_at, written_by = excluded.written_by";

const SET_TARGET: &str = "insert into target (unit_code, year, indicator_code, direction, value, set_at, set_by) \
     values ($1, $2, $3, $4, $5, $6, $7) \
     on conflict (unit_code, year, indicator_code) do update set \
     direction = excluded.direction, value = excluded.value, set_at = excluded.set_at, set_by = excluded.set_by";

/// Which report a text belongs to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReportKey {
    /// The unit that reports.
    pub unit: String,
    /// The school year, `2024-2025`.
    pub year: String,
    /// The level of schooling; empty for the whole sector.
    pub level: String,
}

pub(super) async fn write_text(
    transaction: &mut Transaction,
    context: &Context,
    key: &ReportKey,
    place: &str,
    body: &str,
) -> Result<()> {
    sqlx::query(WRITE_TEXT)
        .bind(key.unit.clone())
        .bind(key.year.clone())
        .bind(key.level.clone())
        .bind(place.to_owned())
        .bind(body.to_owned())
        .bind(context.stamp())
        .bind(context.actor.name().to_owned())
        .execute(&mut **transaction)
        .await?;
    Ok(())
}

pub(super) async fn set_target(
    transaction: &mut Transaction,
    context: &Context,
    unit: &str,
    year: &str,
    target: &super::queries::Target,
) -> Result<()> {
    sqlx::query(SET_TARGET)
        .bind(unit.to_owned())
        .bind(year.to_owned())
        .bind(target.indicator.clone())
        .bind(target.direction.clone())
        .bind(target.value)
        .bind(context.stamp())
        .bind(context.actor.name().to_owned())
        .execute(&mut **transaction)
        .await?;
    Ok(())
}
