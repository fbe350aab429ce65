//! Texts and targets into the database.

use super::emulation::Contribution;
use crate::platform::{
    Context, Result, Transaction,
    db::{Bound, insert_rows},
};

const WRITE_TEXT: &str = "insert into report_text (unit_code, year, level, place, body, written_at, written_by) \
     values ($1, $2, $3, $4, $5, $6, $7) \
     on conflict (unit_code, year, level, place) do update set \
     body = excluded.body, written_at = excluded.written_at, written_by = excluded.written_by";

const SET_TARGET: &str = "insert into target (unit_code, year, indicator_code, direction, value, set_at, set_by) \
     values ($1, $2, $3, $4, $5, $6, $7) \
     on conflict (unit_code, year, indicator_code) do update set \
     direction = excluded.direction, value = excluded.value, set_at = excluded.set_at, set_by = excluded.set_by";

const SETTLE_DRAFT: &str = "insert into report_draft \
     (unit_code, year, level, place, finding, decision, decided_at, decided_by) values ($1, $2, $3, $4, $5, $6, $7, $8) \
     on conflict (unit_code, year, level, place, finding) do update set \
     decision = excluded.decision, decided_at = excluded.decided_at, decided_by = excluded.decided_by";

const OFFER_AGAIN: &str = "delete from report_draft where unit_code = $1 and year = $2 and level = $3 and place = $4";

const KEEP_READING: &str = "insert into report_reading (user_name, unit_code, year, level, read_at, figures) \
     values ($1, $2, $3, $4, $5, $6) \
     on conflict (user_name, unit_code, year, level) do update set \
     read_at = excluded.read_at, figures = excluded.figures";

const DROP_CONTRIBUTIONS: &str = "delete from report_contribution where unit_code = $1 and year = $2 and code like $3";

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

pub(super) async fn settle_draft(
    transaction: &mut Transaction,
    context: &Context,
    key: &ReportKey,
    place: &str,
    finding: &str,
    decision: &str,
) -> Result<()> {
    sqlx::query(SETTLE_DRAFT)
        .bind(key.unit.clone())
        .bind(key.year.clone())
        .bind(key.level.clone())
        .bind(place.to_owned())
        .bind(finding.to_owned())
        .bind(decision.to_owned())
        .bind(context.stamp())
        .bind(context.actor.name().to_owned())
        .execute(&mut **transaction)
        .await?;
    Ok(())
}

pub(super) async fn offer_again(transaction: &mut Transaction, key: &ReportKey, place: &str) -> Result<u64> {
    let done = sqlx::query(OFFER_AGAIN)
        .bind(key.unit.clone())
        .bind(key.year.clone())
        .bind(key.level.clone())
        .bind(place.to_owned())
        .execute(&mut **transaction)
        .await?;
    Ok(done.rows_affected())
}

pub(super) async fn keep_reading(
    transaction: &mut Transaction,
    context: &Context,
    key: &ReportKey,
    figures: &str,
) -> Result<()> {
    sqlx::query(KEEP_READING)
        .bind(context.actor.name().to_owned())
        .bind(key.unit.clone())
        .bind(key.year.clone())
        .bind(key.level.clone())
        .bind(context.stamp())
        .bind(figures.to_owned())
        .execute(&mut **transaction)
        .await?;
    Ok(())
}

/// Puts a room's figures of a unit and a year in place of those that it handed over before.
pub(super) async fn replace_contributions(
    transaction: &mut Transaction,
    context: &Context,
    (unit, year): (&str, &str),
    prefix: &str,
    figures: &[Contribution],
) -> Result<()> {
    sqlx::query(DROP_CONTRIBUTIONS)
        .bind(unit.to_owned())
        .bind(year.to_owned())
        .bind(format!("{prefix}%"))
        .execute(&mut **transaction)
        .await?;
    let stamp = context.stamp();
    let rows: Vec<Vec<Bound<'_>>> = (1..)
        .zip(figures)
        .map(|(place, one)| {
            vec![
                Bound::Text(unit),
                Bound::Text(year),
                Bound::Text(&one.code),
                Bound::Text(&one.label),
                Bound::Text(&one.measure),
                Bound::Number(one.value),
                Bound::Text(&one.source),
                Bound::Whole(place),
                Bound::Text(&stamp),
                Bound::Text(context.actor.name()),
            ]
        })
        .collect();
    let head = "insert into report_contribution (unit_code, year, code, label, measure, value, source, list_order, \
                written_at, written_by)";
    insert_rows(&mut **transaction, head, &rows, "").await?;
    Ok(())
}
