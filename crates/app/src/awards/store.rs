//! Dossiers, holds and quotas into the database.

pub(super) mod council;
pub(super) mod honours;

use domain::awards::{
    dossier::{AwardDossier, Facts},
    pack::Choice,
};
use jiff::civil::Date;

use super::operations::Proposal;
use crate::platform::{
    Context, Error, Result, Transaction,
    db::{Bound, insert_rows},
};

const INSERT: &str = "insert into award_dossier (unit_code, year, nominee_key, is_person, nominee_name, nominee_post, \
     nominee_unit, award, occasion, achievement, grantor, facts, revision, nominated_at, nominated_by) \
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, 1, $13, $14) returning id";

const AMEND: &str = "update award_dossier set achievement = $3, grantor = $4, facts = $5, revision = revision + 1 \
     where id = $1 and revision = $2";

const KEEP_REVISION: &str = "insert into award_dossier_revision (dossier_id, revision, achievement, grantor, facts, \
     written_at, written_by)";

const HOLD: &str = "insert into award_hold (dossier_id, number, since, reason, held_at, held_by)";

const RELEASE: &str = "update award_hold set released_on = $2, release_reason = $3, released_by = $4 \
     where dossier_id = $1 and released_on = ''";

const SEND: &str = "update award_dossier set accepted_on = $2, sending_note = $3 where id = $1 and accepted_on = ''";

const SET_QUOTA: &str = "insert into award_quota (unit_code, year, award, percent, rounding, base, set_at, set_by) \
     values ($1, $2, $3, $4, $5, $6, $7, $8) on conflict (unit_code, year, award) do update set \
     percent = excluded.percent, rounding = excluded.rounding, base = excluded.base, set_at = excluded.set_at, \
     set_by = excluded.set_by";

const SET_GRANTOR: &str = "insert into award_grantor (unit_code, pack, award, unit_kind, grantor, source, set_at, set_by) \
     values ($1, $2, $3, $4, $5, $6, $7, $8) on conflict (unit_code, pack, award, unit_kind) do update set \
     grantor = excluded.grantor, source = excluded.source, set_at = excluded.set_at, set_by = excluded.set_by";

const CLEAR_GRANTOR: &str = "delete from award_grantor where unit_code = $1 and pack = $2 and award = $3 \
     and unit_kind = $4";

const SET_DEADLINE: &str = "insert into award_deadline (unit_code, year, due_on, set_at, set_by) \
     values ($1, $2, $3, $4, $5) on conflict (unit_code, year) do update set due_on = excluded.due_on, \
     set_at = excluded.set_at, set_by = excluded.set_by";

/// Facts as they are stored.
pub(super) fn stored(facts: &Facts) -> Result<String> {
    serde_json::to_string(facts).map_err(Error::inside)
}

/// Writes a new dossier of an office; gives its number.
pub(super) async fn insert(
    transaction: &mut Transaction,
    context: &Context,
    unit: &str,
    dossier: &AwardDossier,
) -> Result<i64> {
    let nominee = &dossier.nominee;
    let (id,): (i64,) = sqlx::query_as(INSERT)
        .bind(unit.to_owned())
        .bind(dossier.year.to_string())
        .bind(nominee.key.clone())
        .bind(i64::from(nominee.is_person))
        .bind(nominee.name.clone())
        .bind(nominee.post.clone())
        .bind(nominee.unit.clone())
        .bind(dossier.award.clone())
        .bind(dossier.occasion.as_str().to_owned())
        .bind(dossier.achievement.clone())
        .bind(dossier.grantor.map_or("", Choice::as_str).to_owned())
        .bind(stored(&dossier.facts)?)
        .bind(context.stamp())
        .bind(context.actor.name().to_owned())
        .fetch_one(&mut **transaction)
        .await?;
    let proposal =
        Proposal { achievement: dossier.achievement.clone(), grantor: dossier.grantor, facts: dossier.facts.clone() };
    keep_revision(transaction, context, id, 1, &proposal).await?;
    Ok(id)
}

/// Changes what a dossier says; whether it stood at this revision.
pub(super) async fn amend(
    transaction: &mut Transaction,
    context: &Context,
    id: i64,
    revision: i64,
    proposal: &Proposal,
) -> Result<bool> {
    let done = sqlx::query(AMEND)
        .bind(id)
        .bind(revision)
        .bind(proposal.achievement.clone())
        .bind(proposal.grantor.map_or("", Choice::as_str).to_owned())
        .bind(stored(&proposal.facts)?)
        .execute(&mut **transaction)
        .await?;
    let is_done = done.rows_affected() > 0;
    if is_done {
        keep_revision(transaction, context, id, revision + 1, proposal).await?;
    }
    Ok(is_done)
}

async fn keep_revision(
    transaction: &mut Transaction,
    context: &Context,
    id: i64,
    revision: i64,
    proposal: &Proposal,
) -> Result<()> {
    let (facts, at) = (stored(&proposal.facts)?, context.stamp());
    let row = vec![
        Bound::Whole(id),
        Bound::Whole(revision),
        Bound::Text(&proposal.achievement),
        Bound::Text(proposal.grantor.map_or("", Choice::as_str)),
        Bound::Text(&facts),
        Bound::Text(&at),
        Bound::Text(context.actor.name()),
    ];
    insert_rows(&mut **transaction, KEEP_REVISION, &[row], "").await?;
    Ok(())
}

/// Puts a dossier on hold; `number` is the first that it has free.
pub(super) async fn hold(
    transaction: &mut Transaction,
    context: &Context,
    (id, number): (i64, i64),
    since: Date,
    reason: &str,
) -> Result<()> {
    let (since, at) = (since.to_string(), context.stamp());
    let texts = [since.as_str(), reason, &at, context.actor.name()].map(Bound::Text);
    let row = [Bound::Whole(id), Bound::Whole(number)].into_iter().chain(texts).collect();
    insert_rows(&mut **transaction, HOLD, &[row], "").await?;
    Ok(())
}

/// Ends the hold that stands.
pub(super) async fn release(
    transaction: &mut Transaction,
    context: &Context,
    id: i64,
    on: Date,
    reason: &str,
) -> Result<()> {
    sqlx::query(RELEASE)
        .bind(id)
        .bind(on.to_string())
        .bind(reason.to_owned())
        .bind(context.actor.name().to_owned())
        .execute(&mut **transaction)
        .await?;
    Ok(())
}

/// Marks a dossier as accepted on a day; whether it was a draft.
pub(super) async fn send(transaction: &mut Transaction, id: i64, accepted_on: Date, note: &str) -> Result<bool> {
    let done = sqlx::query(SEND)
        .bind(id)
        .bind(accepted_on.to_string())
        .bind(note.to_owned())
        .execute(&mut **transaction)
        .await?;
    Ok(done.rows_affected() > 0)
}

/// An office's own quota on an award in a year.
#[derive(Clone, Debug)]
pub(super) struct OwnQuota<'a> {
    pub(super) unit: &'a str,
    pub(super) year: &'a str,
    pub(super) award: &'a str,
    pub(super) percent: String,
    pub(super) rounding: &'a str,
    pub(super) base: Option<u32>,
}

/// Sets a quota in place of the pack's.
pub(super) async fn set_quota(transaction: &mut Transaction, context: &Context, own: &OwnQuota<'_>) -> Result<()> {
    sqlx::query(SET_QUOTA)
        .bind(own.unit.to_owned())
        .bind(own.year.to_owned())
        .bind(own.award.to_owned())
        .bind(own.percent.clone())
        .bind(own.rounding.to_owned())
        .bind(own.base.map_or(-1, i64::from))
        .bind(context.stamp())
        .bind(context.actor.name().to_owned())
        .execute(&mut **transaction)
        .await?;
    Ok(())
}

/// A row of an office's matrix of grantors, without who grants.
#[derive(Clone, Copy, Debug)]
pub(super) struct MatrixCell<'a> {
    pub(super) unit: &'a str,
    pub(super) pack: &'a str,
    pub(super) award: &'a str,
    pub(super) unit_kind: &'a str,
}

type Statement = sqlx::query::Query<'static, sqlx::Any, sqlx::any::AnyArguments>;

fn at_cell(sql: &'static str, cell: MatrixCell<'_>) -> Statement {
    let words = [cell.unit, cell.pack, cell.award, cell.unit_kind];
    words.iter().fold(sqlx::query(sql), |query, word| query.bind((*word).to_owned()))
}

/// Keeps who grants an award to units of a kind, and in which text the office found it.
pub(super) async fn set_grantor(
    transaction: &mut Transaction,
    context: &Context,
    cell: MatrixCell<'_>,
    (grantor, source): (&str, &str),
) -> Result<()> {
    let words = [grantor.to_owned(), source.to_owned(), context.stamp(), context.actor.name().to_owned()];
    let query = words.into_iter().fold(at_cell(SET_GRANTOR, cell), sqlx::query::Query::bind);
    query.execute(&mut **transaction).await?;
    Ok(())
}

/// Empties a cell of the matrix; whether anything stood there.
pub(super) async fn clear_grantor(transaction: &mut Transaction, cell: MatrixCell<'_>) -> Result<bool> {
    Ok(at_cell(CLEAR_GRANTOR, cell).execute(&mut **transaction).await?.rows_affected() > 0)
}

/// Keeps until when dossiers of a year are to be sent.
pub(super) async fn set_deadline(
    transaction: &mut Transaction,
    context: &Context,
    (unit, year): (&str, &str),
    due_on: Date,
) -> Result<()> {
    let words =
        [unit.to_owned(), year.to_owned(), due_on.to_string(), context.stamp(), context.actor.name().to_owned()];
    let query = words.into_iter().fold(sqlx::query(SET_DEADLINE), sqlx::query::Query::bind);
    query.execute(&mut **transaction).await?;
    Ok(())
}
