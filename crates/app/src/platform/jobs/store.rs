//! Rows <-> jobs. Every change of a running job names its worker: who lost the lease changes nothing.

use std::sync::Arc;

use serde::Serialize;
use sqlx::Row;

use super::{Job, Meter};
use crate::platform::{Context, Db, Result, Transaction};

const INSERT: &str = "insert into job (kind, payload, asked_by, request, queued_at, run_after) \
     values ($1, $2, $3, $4, $5, $6) returning id";
const INSERT_DUE: &str = "insert into job (kind, alone, asked_by, queued_at, run_after) select $1, $1, 'schedule', $2, $2 \
     where not exists (select 1 from job where kind = $1 and (state in ('waiting', 'running') or queued_at > $3)) \
     on conflict do nothing";
const DUE: &str = "select count(*) from job where (state = 'waiting' and run_after <= $1) \
     or (state = 'running' and lease_until < $1)";
// The condition stands twice: PostgreSQL looks at it again when another worker has just taken the row.
const CLAIM: &str = "update job set state = 'running', worker = $1, lease_until = $2, tries = tries + 1 \
     where id = (select id from job where (state = 'waiting' and run_after <= $3) \
     or (state = 'running' and lease_until < $3) order by run_after, id limit 1) \
     and ((state = 'waiting' and run_after <= $3) or (state = 'running' and lease_until < $3)) \
     returning id, kind, payload, asked_by, request, tries";
const RENEW: &str = "update job set lease_until = $1, done_count = $2, total_count = $3 \
     where id = $4 and worker = $5 and state = 'running'";
const FINISH: &str = "update job set state = 'done', result = $1, finished_at = $2, lease_until = '', last_error = '', \
     done_count = $3, total_count = $4 where id = $5 and worker = $6 and state = 'running'";
const FAIL: &str = "update job set state = $1, run_after = $2, last_error = $3, finished_at = $4, lease_until = '', \
     worker = '' where id = $5 and worker = $6 and state = 'running'";
const STATUS: &str = "select kind, asked_by, state, queued_at, finished_at, tries, done_count, total_count, result, \
     last_error from job where id = $1";
const FORGET: &str = "delete from job where state in ('done', 'failed') and finished_at < $1";
const HEALTH: &str = "select \
     cast(coalesce(sum(case when state = 'failed' then 1 else 0 end), 0) as bigint), \
     cast(coalesce(sum(case when state = 'waiting' and run_after < $1 then 1 else 0 end), 0) as bigint), \
     cast(coalesce(sum(case when state = 'running' and lease_until < $1 then 1 else 0 end), 0) as bigint) from job";

pub(super) async fn insert(transaction: &mut Transaction, context: &Context, kind: &str, payload: &str) -> Result<i64> {
    let now = context.stamp();
    let (id,): (i64,) = sqlx::query_as(INSERT)
        .bind(kind.to_owned())
        .bind(payload.to_owned())
        .bind(context.actor.name().to_owned())
        .bind(context.request.clone())
        .bind(now.clone())
        .bind(now)
        .fetch_one(&mut **transaction)
        .await?;
    Ok(id)
}

pub(super) async fn insert_due(db: &Db, kind: &str, now: &str, before: &str) -> Result<()> {
    sqlx::query(INSERT_DUE)
        .bind(kind.to_owned())
        .bind(now.to_owned())
        .bind(before.to_owned())
        .execute(db.pool())
        .await?;
    Ok(())
}

/// Takes the job whose time came first, if there is one. Looking costs no write lock.
pub(super) async fn claim(db: &Db, worker: &str, now: &str, lease_until: &str) -> Result<Option<Job>> {
    let (due,): (i64,) = sqlx::query_as(DUE).bind(now.to_owned()).fetch_one(db.pool()).await?;
    if due == 0 {
        return Ok(None);
    }
    let row = sqlx::query(CLAIM)
        .bind(worker.to_owned())
        .bind(lease_until.to_owned())
        .bind(now.to_owned())
        .fetch_optional(db.pool())
        .await?;
    let job = |row: sqlx::any::AnyRow| {
        Ok::<_, sqlx::Error>(Job {
            id: row.try_get("id")?,
            kind: row.try_get("kind")?,
            payload: row.try_get("payload")?,
            asked_by: row.try_get("asked_by")?,
            request: row.try_get("request")?,
            tries: row.try_get("tries")?,
            meter: Arc::new(Meter::default()),
        })
    };
    Ok(row.map(job).transpose()?)
}

/// Renews the lease and says how far the job is; false where the job is no longer this worker's.
pub(super) async fn renew(
    db: &Db,
    id: i64,
    worker: &str,
    lease_until: &str,
    (done, total): (i64, i64),
) -> Result<bool> {
    let changed = sqlx::query(RENEW)
        .bind(lease_until.to_owned())
        .bind(done)
        .bind(total)
        .bind(id)
        .bind(worker.to_owned())
        .execute(db.pool())
        .await?;
    Ok(changed.rows_affected() == 1)
}

pub(super) async fn finish(
    db: &Db,
    id: i64,
    worker: &str,
    result: &str,
    now: &str,
    (done, total): (i64, i64),
) -> Result<()> {
    sqlx::query(FINISH)
        .bind(result.to_owned())
        .bind(now.to_owned())
        .bind(done)
        .bind(total)
        .bind(id)
        .bind(worker.to_owned())
        .execute(db.pool())
        .await?;
    Ok(())
}

/// Puts the job back until `run_after`, or gives it up.
pub(super) async fn fail(
    db: &Db,
    id: i64,
    worker: &str,
    fault: &str,
    now: &str,
    run_after: Option<&str>,
) -> Result<()> {
    let (state, run_after, finished_at) = match run_after {
        Some(again) => ("waiting", again, ""),
        None => ("failed", now, now),
    };
    sqlx::query(FAIL)
        .bind(state)
        .bind(run_after.to_owned())
        .bind(fault.to_owned())
        .bind(finished_at.to_owned())
        .bind(id)
        .bind(worker.to_owned())
        .execute(db.pool())
        .await?;
    Ok(())
}

/// A job as its page shows it.
#[derive(Clone, Debug, Serialize, sqlx::FromRow)]
pub struct Status {
    /// Its kind.
    pub kind: String,
    /// Who asked for it.
    pub asked_by: String,
    /// `waiting`, `running`, `done` or `failed`.
    pub state: String,
    /// When it was asked for.
    pub queued_at: String,
    /// When it was done or given up; empty before.
    pub finished_at: String,
    /// How many times it was begun.
    pub tries: i64,
    /// How far it is.
    pub done_count: i64,
    /// Of so many; 0 while that is not known.
    pub total_count: i64,
    /// The JSON document that it left; empty before.
    pub result: String,
    /// Why it failed last; empty where it never did.
    pub last_error: String,
}

impl Status {
    /// Whether nothing more will happen.
    pub fn is_over(&self) -> bool {
        matches!(self.state.as_str(), "done" | "failed")
    }
}

/// The job with this number.
///
/// # Errors
/// Where the database fails.
pub async fn status(db: &Db, id: i64) -> Result<Option<Status>> {
    Ok(sqlx::query_as(STATUS).bind(id).fetch_optional(db.pool()).await?)
}

/// Forgets jobs that were over before this time; gives how many.
///
/// # Errors
/// Where the database fails.
pub async fn forget_finished(db: &Db, before: &str) -> Result<u64> {
    Ok(sqlx::query(FORGET).bind(before.to_owned()).execute(db.pool()).await?.rows_affected())
}

const PAYLOADS: &str = "select id, payload from job where kind = $1 and state in ('waiting', 'running') order by id";

/// What is asked for by the jobs of a kind that are not over: number and payload.
///
/// # Errors
/// Where the database fails.
pub async fn open_payloads(db: &Db, kind: &str) -> Result<Vec<(i64, String)>> {
    Ok(sqlx::query_as(PAYLOADS).bind(kind.to_owned()).fetch_all(db.pool()).await?)
}

/// How the queue fares.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Health {
    /// Jobs given up.
    pub failed: i64,
    /// Jobs that should have begun by then: no worker runs.
    pub overdue: i64,
    /// Jobs whose worker fell silent by then and that nobody took over.
    pub silent: i64,
}

/// How the queue fares, of what was due before this time.
///
/// # Errors
/// Where the database fails.
pub async fn health(db: &Db, before: &str) -> Result<Health> {
    let (failed, overdue, silent): (i64, i64, i64) =
        sqlx::query_as(HEALTH).bind(before.to_owned()).fetch_one(db.pool()).await?;
    Ok(Health { failed, overdue, silent })
}
