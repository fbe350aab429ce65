//! Personal data of guests are forgotten a set time after the closing: in the list, in the log, in the letters.

use std::{future::Future, pin::Pin};

use domain::{
    Reason, Refusal,
    conference::{Command, Conference},
};
use jiff::{SignedDuration, Timestamp};

use super::{command, live};
use crate::{
    audit,
    conference::{queries, store},
    office::Office,
    platform::{
        Actor, Context, Result,
        db::{set_setting, setting},
        jobs::{Job, Outcome},
    },
};

/// The kind of the job that forgets what is due.
pub const FORGET: &str = "conference.forget";

/// The setting: so many days after the closing.
const SETTING: &str = "conference_forget_days";

/// Where the office has set no number of days. No text sets one: a default to be confirmed by the office.
pub const DAYS: i64 = 90;

/// After so many days telephone numbers and mail addresses are forgotten.
///
/// # Errors
/// Where the database cannot be read.
pub async fn days(office: &Office) -> Result<i64> {
    let set = setting(office.db(), SETTING).await?;
    Ok(set.and_then(|days| days.parse().ok()).unwrap_or(DAYS))
}

/// Sets the number of days.
///
/// # Errors
/// `days` outside 1 … 3650.
pub async fn set_days(office: &Office, context: &Context, days: i64) -> Result<()> {
    if !(1..=3_650).contains(&days) {
        let message = "Số ngày lưu thông tin cá nhân phải từ 1 đến 3650.";
        return Err(Refusal::from(Reason::new("days", message).at("days")).into());
    }
    let mut transaction = office.db().begin().await?;
    set_setting(&mut transaction, SETTING, &days.to_string()).await?;
    audit::write(&mut transaction, context, "conference.set_forget_days", "setting", &days.to_string()).await?;
    transaction.commit().await?;
    Ok(())
}

/// Forgets the personal data of one conference; tells how many events of its log were blanked.
///
/// First an event says so: every process that keeps the hall in memory folds it in. Then what the older events said is blanked.
///
/// # Errors
/// `not_over` while the conference is not closed; `NotFound`.
pub async fn forget(office: &Office, context: &Context, id: i64) -> Result<usize> {
    command(office, context, id, Command::Forget).await?;
    let log = queries::log(office, id).await?;
    let blanked = Conference::to_forget(&log);
    let mut transaction = office.db().begin().await?;
    store::take(&mut transaction, id).await?;
    store::around::rewrite_events(&mut transaction, id, &blanked).await?;
    store::around::forget(&mut transaction, context, id, blanked.len()).await?;
    let detail = format!("{} việc trong nhật ký", blanked.len());
    audit::write(&mut transaction, context, "conference.forget", &id.to_string(), &detail).await?;
    transaction.commit().await?;
    Ok(blanked.len())
}

/// Forgets what is due: conferences that were closed more than the set number of days ago. Gives their numbers. What keeps
/// one of them from being forgotten keeps no other.
///
/// # Errors
/// Where the database fails; the first fault of a conference, after all others were forgotten.
pub async fn forget_due(office: &Office, context: &Context) -> Result<Vec<i64>> {
    let days = days(office).await?;
    let before = context.now - SignedDuration::from_hours(days.saturating_mul(24));
    let (mut done, mut fault) = (Vec::new(), None);
    for listed in queries::list(office).await?.into_iter().filter(queries::Listed::is_over) {
        match forget_if_due(office, context, listed.id, before).await {
            Ok(true) => done.push(listed.id),
            Ok(false) => {}
            Err(error) => fault = fault.or(Some(error)),
        }
    }
    fault.map_or(Ok(done), Err)
}

/// Forgets a conference that was over before a moment, once; tells whether it did.
async fn forget_if_due(office: &Office, context: &Context, id: i64, before: Timestamp) -> Result<bool> {
    if queries::around::forgotten_at(office, id).await?.is_some() {
        return Ok(false);
    }
    let over_at = live::hall(office, id).await?.state().await.over_at();
    let is_due = over_at.is_some_and(|at| at < before);
    if is_due {
        forget(office, context, id).await?;
    }
    Ok(is_due)
}

/// The job that forgets what is due.
pub fn job(office: Office, job: Job) -> Pin<Box<dyn Future<Output = Outcome> + Send>> {
    Box::pin(async move {
        let context = Context { actor: Actor::Job(FORGET), ..job.context(&office) };
        let done = forget_due(&office, &context).await?;
        Ok(serde_json::json!({ "forgotten": done }))
    })
}
