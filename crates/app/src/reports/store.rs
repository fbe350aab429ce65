//! Texts and targets into the database.

use super::emulation::Contribution;
use crate::platform::{
    Context, Result, Transaction,
    db::{
        Bound::{self, Number, Text, Whole},
        execute, insert_rows,
    },
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
    execute(
        transaction,
        WRITE_TEXT,
        &[
            Text(&key.unit),
            Text(&key.year),
            Text(&key.level),
            Text(place),
            Text(body),
            Text(&context.stamp()),
            Text(context.actor.name()),
        ],
    )
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
    execute(
        transaction,
        SET_TARGET,
        &[
            Text(unit),
            Text(year),
            Text(&target.indicator),
            Text(&target.direction),
            Number(target.value),
            Text(&context.stamp()),
            Text(context.actor.name()),
        ],
    )
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
    execute(
        transaction,
        SETTLE_DRAFT,
        &[
            Text(&key.unit),
            Text(&key.year),
            Text(&key.level),
            Text(place),
            Text(finding),
            Text(decision),
            Text(&context.stamp()),
            Text(context.actor.name()),
        ],
    )
    .await?;
    Ok(())
}

pub(super) async fn offer_again(transaction: &mut Transaction, key: &ReportKey, place: &str) -> Result<u64> {
    execute(transaction, OFFER_AGAIN, &[Text(&key.unit), Text(&key.year), Text(&key.level), Text(place)]).await
}

pub(super) async fn keep_reading(
    transaction: &mut Transaction,
    context: &Context,
    key: &ReportKey,
    figures: &str,
) -> Result<()> {
    execute(
        transaction,
        KEEP_READING,
        &[
            Text(context.actor.name()),
            Text(&key.unit),
            Text(&key.year),
            Text(&key.level),
            Text(&context.stamp()),
            Text(figures),
        ],
    )
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
    execute(transaction, DROP_CONTRIBUTIONS, &[Text(unit), Text(year), Text(&format!("{prefix}%"))]).await?;
    let stamp = context.stamp();
    let rows: Vec<Vec<Bound<'_>>> = (1..)
        .zip(figures)
        .map(|(place, one)| {
            vec![
                Text(unit),
                Text(year),
                Text(&one.code),
                Text(&one.label),
                Text(&one.measure),
                Number(one.value),
                Text(&one.source),
                Whole(place),
                Text(&stamp),
                Text(context.actor.name()),
            ]
        })
        .collect();
    let head = "insert into report_contribution (unit_code, year, code, label, measure, value, source, list_order, \
                written_at, written_by)";
    insert_rows(&mut **transaction, head, &rows, "").await?;
    Ok(())
}
