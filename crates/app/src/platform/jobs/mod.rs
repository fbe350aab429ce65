//! Work that is done later: a queue in the database, filled in the transaction of the verb that wants the work.
//!
//! A worker takes a job under a lease that it renews while it works; a job whose worker died is taken again when the
//! lease runs out. What fails is tried again after a growing pause; a refusal is final. Every kind of job stands in
//! `crates/app/src/work.rs`. Jobs run at least once: a handler that is cut off must be able to begin again.

mod store;
mod worker;

use std::{
    future::Future,
    pin::Pin,
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
    time::Duration,
};

use jiff::Timestamp;
use serde::{Serialize, de::DeserializeOwned};

use super::{Actor, Context, Db, Error, Result, Transaction};
use crate::office::Office;

pub use store::{Health, Status, forget_finished, health, open_payloads, status};
pub use worker::{run, run_one};

/// What a handler gives back: a JSON document that the page of the job shows.
pub type Outcome = Result<serde_json::Value>;

/// How a kind of job is done.
pub type Handler = fn(Office, Job) -> Pin<Box<dyn Future<Output = Outcome> + Send>>;

/// A kind of job.
#[derive(Clone, Copy, Debug)]
pub struct Kind {
    /// Its name in the table.
    pub name: &'static str,
    /// How it is done.
    pub handler: Handler,
    /// How often it is done unasked; `None` where it is only done when asked for.
    pub every: Option<Duration>,
}

/// A job in the hands of a worker.
#[derive(Clone, Debug)]
pub struct Job {
    /// Its number.
    pub id: i64,
    /// Its kind.
    pub kind: String,
    /// Who asked for it.
    pub asked_by: String,
    /// The request in which it was asked for.
    pub request: String,
    /// How many times it has been begun, this time included.
    pub tries: i64,
    payload: String,
    meter: Arc<Meter>,
}

/// How far a job is; read by the worker while the handler works.
#[derive(Debug, Default)]
struct Meter {
    done: AtomicU64,
    total: AtomicU64,
}

impl Job {
    /// What was asked for.
    ///
    /// # Errors
    /// An inside fault where it was written by another version.
    pub fn payload<T: DeserializeOwned>(&self) -> Result<T> {
        serde_json::from_str(&self.payload).map_err(Error::inside)
    }

    /// Says how far the work is: `done` of `total`.
    pub fn tell(&self, done: usize, total: usize) {
        self.meter.done.store(done as u64, Ordering::Relaxed);
        self.meter.total.store(total as u64, Ordering::Relaxed);
    }

    /// The circumstances of its verbs: done now, in the name of who asked.
    pub fn context(&self, office: &Office) -> Context {
        let actor = Actor::Person(self.asked_by.clone());
        Context { now: office.settings().clock.now(), actor, request: self.request.clone() }
    }
}

/// Puts a job into the queue, in the transaction of the verb that wants it; gives its number.
///
/// # Errors
/// Where the database fails or the payload is no JSON.
pub async fn enqueue(
    transaction: &mut Transaction,
    context: &Context,
    kind: &str,
    payload: &impl Serialize,
) -> Result<i64> {
    let payload = serde_json::to_string(payload).map_err(Error::inside)?;
    store::insert(transaction, context, kind, &payload).await
}

/// Puts the kinds that are done unasked into the queue where their time has come. Two workers that ask at once put one.
///
/// # Errors
/// Where the database fails.
pub async fn schedule(db: &Db, kinds: &[Kind], now: Timestamp) -> Result<()> {
    for kind in kinds {
        if let Some(every) = kind.every {
            let before = now - jiff::SignedDuration::try_from(every).map_err(Error::inside)?;
            store::insert_due(db, kind.name, &now.to_string(), &before.to_string()).await?;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests;
