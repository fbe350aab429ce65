//! One submission as its page shows it: what stands, the values, the events with their remarks.

use domain::submissions::{CellRemark, FormValues, Submission, SubmissionState};
use serde::Serialize;

use super::SubmissionKey;
use crate::{
    office::Office,
    platform::{Error, Result},
    submissions::packed::{Shape, Unread},
};

pub(crate) const STANDING: &str = "select state, latest_revision, approved_revision, warning_count, first_sent_at, \
     last_sent_at from submission where unit_code = $1 and form_code = $2 and period_code = $3";
pub(crate) const REVISION: &str = "select form_version, figures, texts from revision where unit_code = $1 and form_code = $2 \
     and period_code = $3 and number = $4";
pub(crate) const DRAFT: &str = "select form_version, figures, texts, saved_at from draft where unit_code = $1 and form_code = $2 and period_code = $3";
pub(crate) const EVENTS: &str = "select sequence, kind, revision, reason, recorded_at, recorded_by \
     from submission_event where unit_code = $1 and form_code = $2 and period_code = $3 order by sequence desc";
pub(crate) const REMARKS: &str = "select sequence, item, check_code, reason from cell_remark where unit_code = $1 \
     and form_code = $2 and period_code = $3 order by sequence, item, check_code";

/// A step, latest first.
#[derive(Clone, Debug, Serialize)]
pub struct Event {
    /// `submitted`, `returned`, `approved`, `locked`, `unlocked`, `reopened`.
    pub kind: String,
    /// The revision meant.
    pub revision: i64,
    /// The reason given.
    pub reason: String,
    /// When.
    pub at: String,
    /// Who.
    pub by: String,
    /// Remarks on cells.
    pub remarks: Vec<CellRemark>,
}

/// A submission with its history.
#[derive(Clone, Debug, Default)]
pub struct History {
    /// Where it stands.
    pub submission: Submission,
    /// Warnings that nobody has explained.
    pub warning_count: i64,
    /// When it was last sent.
    pub last_sent_at: String,
    /// The steps, latest first.
    pub events: Vec<Event>,
}

type Key = (String, String, String);

fn parts(key: &SubmissionKey) -> Key {
    (key.unit.clone(), key.form.clone(), key.period.clone())
}

/// What stands, and every step that led there.
pub async fn history(office: &Office, key: &SubmissionKey) -> Result<History> {
    let (unit, form, period) = parts(key);
    let row: Option<(String, i64, i64, i64, String, String)> =
        sqlx::query_as(STANDING).bind(unit).bind(form).bind(period).fetch_optional(office.db().pool()).await?;
    let Some((state, latest, approved, warning_count, _, last_sent_at)) = row else { return Ok(History::default()) };
    let revision = |number: i64| u32::try_from(number).unwrap_or(0);
    let submission = Submission {
        state: SubmissionState::parse(&state).ok_or_else(|| Error::Inside(format!("state {state}")))?,
        latest_revision: revision(latest),
        approved_revision: revision(approved),
    };
    Ok(History { submission, warning_count, last_sent_at, events: events(office, key).await? })
}

async fn events(office: &Office, key: &SubmissionKey) -> Result<Vec<Event>> {
    let (unit, form, period) = parts(key);
    let remarks: Vec<(i64, String, String, String)> = sqlx::query_as(REMARKS)
        .bind(unit.clone())
        .bind(form.clone())
        .bind(period.clone())
        .fetch_all(office.db().pool())
        .await?;
    let rows: Vec<(i64, String, i64, String, String, String)> =
        sqlx::query_as(EVENTS).bind(unit).bind(form).bind(period).fetch_all(office.db().pool()).await?;
    let remarks_of = |sequence: i64| {
        let own = remarks.iter().filter(move |(number, ..)| *number == sequence);
        own.map(|(_, item, check, reason)| CellRemark {
            item: item.clone(),
            check: check.clone(),
            reason: reason.clone(),
        })
        .collect()
    };
    let event = |(sequence, kind, revision, reason, at, by)| Event {
        kind,
        revision,
        reason,
        at,
        by,
        remarks: remarks_of(sequence),
    };
    Ok(rows.into_iter().map(event).collect())
}

/// Values as they were kept, in the cells of the form's present version.
#[derive(Clone, Debug)]
pub struct Kept {
    /// One for each cell of the present version.
    pub values: FormValues,
    /// What a draft holds that is no value.
    pub unread: Unread,
    /// The version in which they were kept.
    pub version: i64,
    /// When an unfinished form was kept; empty for a revision.
    pub saved_at: String,
}

fn kept(
    office: &Office,
    form: &str,
    (version, figures, texts, saved_at): (i64, Vec<u8>, String, String),
) -> Option<Kept> {
    let form = office.catalogue().form(form)?;
    let figures = office.layouts().in_present_order(&form.code, version, &figures)?;
    let shape = Shape::of(office.catalogue(), form);
    let values = shape.unpack(&figures, &texts).ok()?;
    Some(Kept { values, unread: shape.unread(&texts).ok()?, version, saved_at })
}

/// The values of a revision; `None` where there is none.
pub async fn revision(office: &Office, key: &SubmissionKey, number: u32) -> Result<Option<Kept>> {
    let (unit, form, period) = parts(key);
    let row: Option<(i64, Vec<u8>, String)> = sqlx::query_as(REVISION)
        .bind(unit)
        .bind(form)
        .bind(period)
        .bind(i64::from(number))
        .fetch_optional(office.db().pool())
        .await?;
    Ok(row.and_then(|(version, figures, texts)| kept(office, &key.form, (version, figures, texts, String::new()))))
}

/// The unfinished values.
pub async fn draft(office: &Office, key: &SubmissionKey) -> Result<Option<Kept>> {
    let (unit, form, period) = parts(key);
    let row: Option<(i64, Vec<u8>, String, String)> =
        sqlx::query_as(DRAFT).bind(unit).bind(form).bind(period).fetch_optional(office.db().pool()).await?;
    Ok(row.and_then(|row| kept(office, &key.form, row)))
}
