//! A worker: takes one job after the other, keeps its lease while it works, puts on record what became of it.

use std::{future::Future, sync::atomic::Ordering, time::Duration};

use jiff::SignedDuration;

use super::{Job, Kind, Outcome, schedule, store};
use crate::{
    office::Office,
    platform::{Error, Result, secrets},
    work,
};

/// How long a silent worker keeps its job.
const LEASE: SignedDuration = SignedDuration::from_secs(60);
/// How often progress is written; the lease is renewed with it.
const BEAT: Duration = Duration::from_secs(1);
/// How often an idle worker looks for work.
const LOOK: Duration = Duration::from_secs(1);
/// How long a worker waits when the database does not answer.
const TROUBLE: Duration = Duration::from_secs(10);
/// After so many tries a job is given up.
const TRIES_MAX: i64 = 6;
/// Letters of an error that are kept.
const FAULT_LENGTH_MAX: usize = 500;

/// Works until `stop`: jobs of every kind in `work.rs`, also those done unasked.
pub async fn run(office: Office, stop: impl Future<Output = ()>) {
    let kinds = work::kinds();
    let name = worker_name();
    tokio::pin!(stop);
    loop {
        let pause = match turn(&office, &kinds, &name).await {
            Ok(true) => Duration::ZERO,
            Ok(false) => LOOK,
            Err(fault) => {
                tracing::error!(%fault, "the queue of jobs cannot be read");
                TROUBLE
            }
        };
        tokio::select! {
            () = &mut stop => return,
            () = tokio::time::sleep(pause) => {}
        }
    }
}

async fn turn(office: &Office, kinds: &[Kind], name: &str) -> Result<bool> {
    schedule(office.db(), kinds, office.settings().clock.now()).await?;
    work_one(office, kinds, name).await
}

/// Does the job whose time came first; false where there is none.
///
/// # Errors
/// Where the database fails; what is wrong with the job itself stands in its row.
pub async fn run_one(office: &Office, kinds: &[Kind]) -> Result<bool> {
    work_one(office, kinds, &worker_name()).await
}

/// A name that no other worker has, of this machine or another.
fn worker_name() -> String {
    format!("{}-{}", std::process::id(), secrets::request_code())
}

async fn work_one(office: &Office, kinds: &[Kind], worker: &str) -> Result<bool> {
    let now = office.settings().clock.now();
    let Some(job) = store::claim(office.db(), worker, &now.to_string(), &(now + LEASE).to_string()).await? else {
        return Ok(false);
    };
    let outcome = match kinds.iter().find(|kind| kind.name == job.kind) {
        Some(kind) => attend(office, kind, &job, worker).await,
        None => Some(Err(Error::Inside(format!("no such kind of job: {}", job.kind)))),
    };
    if let Some(outcome) = outcome {
        record(office, &job, worker, outcome).await?;
    }
    Ok(true)
}

/// Runs the handler beside the heart beat; nothing where the lease was lost and somebody else has the job.
async fn attend(office: &Office, kind: &Kind, job: &Job, worker: &str) -> Option<Outcome> {
    // A task of its own, so that a panic of the handler is a failure of the job and not of the worker.
    let mut handler = tokio::spawn((kind.handler)(office.clone(), job.clone()));
    let mut beat = tokio::time::interval(BEAT);
    beat.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
    loop {
        tokio::select! {
            finished = &mut handler => return Some(finished.unwrap_or_else(|fault| Err(Error::inside(fault)))),
            _ = beat.tick() => {
                let lease_until = (office.settings().clock.now() + LEASE).to_string();
                match store::renew(office.db(), job.id, worker, &lease_until, counts(job)).await {
                    Ok(true) => {}
                    Ok(false) => {
                        tracing::warn!(job = job.id, "the lease was lost; another worker has the job");
                        handler.abort();
                        return None;
                    }
                    Err(fault) => tracing::error!(job = job.id, %fault, "the lease could not be renewed"),
                }
            }
        }
    }
}

fn counts(job: &Job) -> (i64, i64) {
    let read = |count: &std::sync::atomic::AtomicU64| i64::try_from(count.load(Ordering::Relaxed)).unwrap_or(i64::MAX);
    (read(&job.meter.done), read(&job.meter.total))
}

async fn record(office: &Office, job: &Job, worker: &str, outcome: Outcome) -> Result<()> {
    let now = office.settings().clock.now();
    match outcome {
        Ok(result) => {
            store::finish(office.db(), job.id, worker, &result.to_string(), &now.to_string(), counts(job)).await
        }
        Err(fault) => {
            let is_final = matches!(fault, Error::Refused(_) | Error::NotFound(_)) || job.tries >= TRIES_MAX;
            tracing::warn!(job = job.id, kind = %job.kind, tries = job.tries, is_final, %fault, "a job failed");
            let again = (!is_final).then(|| (now + pause(job.tries)).to_string());
            let text: String = fault.to_string().chars().take(FAULT_LENGTH_MAX).collect();
            store::fail(office.db(), job.id, worker, &text, &now.to_string(), again.as_deref()).await
        }
    }
}

/// The pause before the next try: 15 seconds, doubled each time, at most an hour.
pub(super) fn pause(tries: i64) -> SignedDuration {
    let doublings = u32::try_from(tries.clamp(1, 9)).unwrap_or(1) - 1;
    SignedDuration::from_secs((15 << doublings).min(3600))
}

/// What a worker of that name would take at this moment, for tests of two workers.
#[cfg(test)]
pub(super) async fn claim_as(office: &Office, worker: &str, now: jiff::Timestamp) -> Option<Job> {
    let lease_until = (now + LEASE).to_string();
    store::claim(office.db(), worker, &now.to_string(), &lease_until).await.unwrap_or_default()
}
