//! Dossiers, holds and quotas into the database.

pub(super) mod council;
pub(super) mod honours;

use domain::awards::{
    dossier::{AwardDossier, Facts},
    pack::Choice,
};
use jiff::civil::Date;

use super::operations::Proposal;
use crate::platform::{Context, Error, Result, Transaction};

const INSERT: &str = "insert into award_dossier (unit_code, year, nominee_key, is_person, nominee_name, nominee_post, \
     nominee_unit, award, occasion, achievement, grantor, facts, revision, nominated_at, nominated_by) \
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, 1, $13, $14) returning id";

const AMEND: &str = "update award_dossier set achievement = $3, grantor = $4, facts = $5, revision = revision + 1 \
     where id = $1 and revision = $2";

const KEEP_REVISION: &str = "insert into award_dossier_revision (dossier_id, revision, achievement, grantor, facts, \
     written_at, written_by) values ($1, $2, $3, $4, $5, $6, $7)";

const HOLD: &str = "insert into award_hold (dossier_id, number, since, reason, held_at, held_by) \
     values ($1, $2, $3, $4, $5, $6)";

const RELEASE: &str = "update award_hold set released_on = $2, release_reason = $3, released_by = $4 \
     where dossier_id = $1 and released_on = ''";

const SEND: &str = "update award_dossier set accepted_on = $2, sending_note = $3 where id = $1 and accepted_on = ''";

const SET_QUOTA: &str = "insert into award_quota (unit_code, year, award, percent, rounding, base, set_at, set_by) \
     values ($1, $2, $3, $4, $5, $6, $7, $8) on conflict (unit_code, year, award) do update set \
     percent = excluded.percent, rounding = excluded.rounding, base = excluded.base, set_at = excluded.set_at, \
     set_by = excluded.set_by";

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
    if done.rows_affected() == 0 {
        return Ok(false);
    }
    keep_revision(transaction, context, id, revision + 1, proposal).await?;
    Ok(true)
}

async fn keep_revision(
    transaction: &mut Transaction,
    context: &Context,
    id: i64,
    revision: i64,
    proposal: &Proposal,
) -> Result<()> {
    sqlx::query(KEEP_REVISION)
        .bind(id)
        .bind(revision)
        .bind(proposal.achievement.clone())
        .bind(proposal.grantor.map_or("", Choice::as_str).to_owned())
        .bind(stored(&proposal.facts)?)
        .bind(context.stamp())
        .bind(context.actor.name().to_owned())
        .execute(&mut **transaction)
        .await?;
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
    sqlx::query(HOLD)
        .bind(id)
        .bind(number)
        .bind(since.to_string())
        .bind(reason.to_owned())
        .bind(context.stamp())
        .bind(context.actor.name().to_owned())
        .execute(&mut **transaction)
        .await?;
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
