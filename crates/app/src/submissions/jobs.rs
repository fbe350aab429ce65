//! Slow work of the room: sendings too large to wait for, and clearing away what nobody needs any more.

use std::{collections::BTreeSet, future::Future, path::PathBuf, pin::Pin, sync::Arc};

use domain::organisation::{Line, Registry};
use jiff::{ToSpan, civil::Date};
use serde::{Deserialize, Serialize};
use serde_json::json;

use super::{
    bulk::Keep,
    marked,
    sources::Sources,
    workbooks::{self, FileReport, Permitted, Terms},
};
use crate::{
    audit,
    office::Office,
    platform::{
        Context, Error, Result,
        jobs::{self, Job, Outcome},
        secrets,
    },
};

/// The kind of the job that takes in workbooks.
pub const IMPORT: &str = "submissions.import";
/// The kind of the job that clears away.
pub const CLEAN: &str = "submissions.clean";
/// Files of one sending that the page waits for; more of them become a job.
pub const FILES_AT_ONCE_MAX: usize = 20;
/// Reports that the result of a job keeps: those with problems come first.
const REPORTS_MAX: usize = 200;
/// Days for which the result of a job is kept.
const RESULT_DAYS: i64 = 30;

type Work = Pin<Box<dyn Future<Output = Outcome> + Send>>;

/// A sending put aside.
#[derive(Debug, Serialize, Deserialize)]
struct Sending {
    /// Names the folder of the files and that of the marked copies.
    token: String,
    /// Names of the files as sent, in order; the files are called by their numbers.
    files: Vec<String>,
    /// One reason for every warning.
    reason: String,
    /// Units at which the sender may enter figures, with all beneath them.
    units: Vec<String>,
}

fn folder(office: &Office, token: &str) -> PathBuf {
    office.folder().join("files").join("incoming").join(token)
}

/// Puts a sending aside and asks for its import; gives the job's number.
///
/// # Errors
/// Where the files cannot be kept; nothing is asked for then.
pub async fn put_aside(
    office: &Office,
    context: &Context,
    files: Vec<(String, Vec<u8>)>,
    reason: String,
    units: Vec<String>,
) -> Result<i64> {
    let token = secrets::token()?;
    let into = folder(office, &token);
    tokio::fs::create_dir_all(&into).await?;
    let mut names = Vec::with_capacity(files.len());
    for (position, (name, bytes)) in files.into_iter().enumerate() {
        tokio::fs::write(into.join(position.to_string()), bytes).await?;
        names.push(name);
    }
    let count = names.len();
    let sending = Sending { token, files: names, reason, units };
    let mut transaction = office.db().begin().await?;
    let id = jobs::enqueue(&mut transaction, context, IMPORT, &sending).await?;
    audit::write(&mut transaction, context, "submissions.put_aside", &id.to_string(), &format!("{count} tệp")).await?;
    transaction.commit().await?;
    Ok(id)
}

/// Takes in what was put aside. Cut off, it begins again: what was stored is found unchanged.
pub fn import(office: Office, job: Job) -> Work {
    Box::pin(async move {
        let sending: Sending = job.payload()?;
        let from = folder(&office, &sending.token);
        let mut files = Vec::with_capacity(sending.files.len());
        for (position, name) in sending.files.iter().enumerate() {
            files.push((name.clone(), tokio::fs::read(from.join(position.to_string())).await?));
        }
        let sources = Sources::in_memory(files);
        let context = job.context(&office);
        let total = sources.file_count();
        job.tell(0, total);
        let terms = Terms {
            mark_into: Some(marked::folder(&office, &sending.token)),
            reason: sending.reason.clone(),
            permitted: permitted(office.registry().await?, sending.units.iter().cloned().collect(), context.today()),
            ..Terms::plain(Keep::Stored)
        };
        let reports = workbooks::import(&office, &context, sources, &terms, |done| job.tell(done, total)).await?;
        job.tell(reports.len(), reports.len());
        tokio::fs::remove_dir_all(&from).await?;
        Ok(result(&sending.token, reports))
    })
}

/// What the page shows: all counted, those with problems first.
fn result(token: &str, mut reports: Vec<FileReport>) -> serde_json::Value {
    let accepted = reports.iter().filter(|report| report.accepted).count();
    let all = reports.len();
    reports.sort_by_key(|report| (report.accepted, report.problems.is_empty()));
    reports.truncate(REPORTS_MAX);
    reports.iter_mut().for_each(FileReport::hide_folder);
    json!({ "token": token, "accepted": accepted, "refused": all - accepted, "all": all, "reports": reports })
}

/// The units at which the sender may enter figures: these and all beneath them today, on either line.
fn permitted(registry: Arc<Registry>, units: BTreeSet<String>, today: Date) -> Permitted {
    Some(Arc::new(move |unit: &str| {
        let above =
            |line| registry.ancestors_on(unit, line, today).into_iter().any(|u| units.contains(u.code.as_str()));
        units.contains(unit) || above(Line::Management) || above(Line::Professional)
    }))
}

/// The sendings put aside whose files are no longer there: job numbers.
///
/// # Errors
/// Where the database fails.
pub async fn without_files(office: &Office) -> Result<Vec<i64>> {
    let mut found = Vec::new();
    for (id, payload) in jobs::open_payloads(office.db(), IMPORT).await? {
        let sending: Sending = serde_json::from_str(&payload).map_err(Error::inside)?;
        let from = folder(office, &sending.token);
        if (0..sending.files.len()).any(|position| !from.join(position.to_string()).is_file()) {
            found.push(id);
        }
    }
    Ok(found)
}

/// Clears away old marked copies, sendings whose job is gone, and results of old jobs.
pub fn clean(office: Office, job: Job) -> Work {
    Box::pin(async move {
        let now = job.context(&office).now;
        let copies = marked::clean(&office, now).await?;
        let before = now - (RESULT_DAYS * 24).hours();
        let results = jobs::forget_finished(office.db(), &before.to_string()).await?;
        let incoming = office.folder().join("files").join("incoming");
        let sendings = tokio::task::spawn_blocking(move || marked::clean_folder(&incoming, now)).await;
        Ok(json!({ "copies": copies, "sendings": sendings.map_err(Error::inside)??, "results": results }))
    })
}

#[cfg(test)]
mod tests;
