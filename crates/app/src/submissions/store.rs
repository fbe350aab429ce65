//! Rows <-> submissions: what stands, and every change written as revision, event, remarks and audit line together.

use domain::submissions::{CellRemark, Submission, SubmissionState};
use sqlx::Row;

use super::{Road, SubmissionKey, packed::Packed};
use crate::platform::{
    Context, Db, Result, Transaction,
    db::{Bound, insert_rows, select_in},
};

pub(super) const STANDINGS: &str = "select s.unit_code, s.form_code, s.period_code, s.state, s.latest_revision, \
     s.approved_revision, s.error_count, s.warning_count, s.event_count, s.latest_digest, s.first_sent_at, \
     s.last_sent_at, cast(case when d.saved_at is null then 0 else 1 end as bigint) as has_draft \
     from submission s left join draft d on d.unit_code = s.unit_code and d.form_code = s.form_code \
     and d.period_code = s.period_code where s.unit_code in";
const UPSERT: &str = "insert into submission (unit_code, form_code, period_code, state, latest_revision, \
     approved_revision, error_count, warning_count, event_count, latest_digest, first_sent_at, last_sent_at, changed_at)";
const UPSERT_TAIL: &str = "on conflict (unit_code, form_code, period_code) do update set state = excluded.state, \
     latest_revision = excluded.latest_revision, approved_revision = excluded.approved_revision, \
     error_count = excluded.error_count, warning_count = excluded.warning_count, event_count = excluded.event_count, \
     latest_digest = excluded.latest_digest, first_sent_at = excluded.first_sent_at, \
     last_sent_at = excluded.last_sent_at, changed_at = excluded.changed_at";
const INSERT_REVISION: &str = "insert into revision (unit_code, form_code, period_code, number, form_version, road, \
     figures, texts, sent_at, sent_by, file_name)";
const INSERT_EVENT: &str = "insert into submission_event (unit_code, form_code, period_code, sequence, kind, revision, \
     reason, recorded_at, recorded_by)";
const INSERT_REMARK: &str =
    "insert into cell_remark (unit_code, form_code, period_code, sequence, item, check_code, reason)";
const UPSERT_DRAFT: &str = "insert into draft (unit_code, form_code, period_code, form_version, figures, texts, saved_at, \
     saved_by) values ($1, $2, $3, $4, $5, $6, $7, $8) on conflict (unit_code, form_code, period_code) do update set \
     form_version = excluded.form_version, figures = excluded.figures, texts = excluded.texts, \
     saved_at = excluded.saved_at, saved_by = excluded.saved_by";
const DELETE_DRAFT: &str = "delete from draft where unit_code = $1 and form_code = $2 and period_code = $3";

const LAYOUTS: &str = "select form_code, version, items from form_layout order by form_code, version";
const INSERT_LAYOUT: &str = "insert into form_layout (form_code, version, items)";

/// Every version of every form that was put on record: form, version, items with blanks between.
pub(super) async fn layouts(db: &Db) -> Result<Vec<(String, i64, String)>> {
    Ok(sqlx::query_as(LAYOUTS).fetch_all(db.pool()).await?)
}

/// Puts versions on record; what another process has just put is left as it is.
pub(super) async fn insert_layouts(db: &Db, layouts: &[(String, i64, String)]) -> Result<()> {
    let rows: Vec<Vec<Bound<'_>>> = layouts
        .iter()
        .map(|(form, version, items)| vec![Bound::Text(form), Bound::Whole(*version), Bound::Text(items)])
        .collect();
    let mut transaction = db.begin().await?;
    insert_rows(&mut *transaction, INSERT_LAYOUT, &rows, "on conflict do nothing").await?;
    Ok(transaction.commit().await?)
}

/// A submission as it is stored, with what the rows carry beside the state.
#[derive(Clone, Debug, Default)]
pub(super) struct Standing {
    pub(super) submission: Submission,
    /// Errors of the last draft.
    pub(super) error_count: i64,
    /// Warnings of the latest values that nobody has explained.
    pub(super) warning_count: i64,
    /// Events so far; the next one has this number plus one.
    pub(super) event_count: i64,
    /// Digest of the latest revision.
    pub(super) digest: String,
    pub(super) first_sent_at: String,
    pub(super) last_sent_at: String,
    pub(super) has_draft: bool,
}

/// A step of a submission, kept as a record.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Step {
    Submitted,
    Returned,
    Approved,
    Locked,
    Unlocked,
    Reopened,
}

impl Step {
    pub(super) fn as_str(self) -> &'static str {
        match self {
            Self::Submitted => "submitted",
            Self::Returned => "returned",
            Self::Approved => "approved",
            Self::Locked => "locked",
            Self::Unlocked => "unlocked",
            Self::Reopened => "reopened",
        }
    }
}

/// The values of a new revision.
#[derive(Debug)]
pub(super) struct NewRevision {
    pub(super) form_version: u32,
    pub(super) road: Road,
    pub(super) packed: Packed,
    pub(super) file_name: String,
}

/// One change of state, to be written whole. `after` already counts the event.
#[derive(Debug)]
pub(super) struct Change {
    pub(super) key: SubmissionKey,
    pub(super) after: Standing,
    pub(super) step: Step,
    pub(super) reason: String,
    pub(super) remarks: Vec<CellRemark>,
    pub(super) revision: Option<NewRevision>,
}

/// What stands for these units, in one form and period.
pub(super) async fn standings(
    transaction: &mut Transaction,
    period: &str,
    form: &str,
    units: &[&str],
) -> Result<Vec<(SubmissionKey, Standing)>> {
    let conditions = [("s.period_code", period), ("s.form_code", form)];
    let rows: Vec<StandingRow> = select_in(&mut **transaction, STANDINGS, units, &conditions, "").await?;
    Ok(rows.into_iter().map(|row| (row.0, row.1)).collect())
}

/// What stands for one form; the empty beginning where there is no row yet.
pub(super) async fn standing(transaction: &mut Transaction, key: &SubmissionKey) -> Result<Standing> {
    let found = standings(transaction, &key.period, &key.form, &[&key.unit]).await?;
    Ok(found.into_iter().next().map(|(_, standing)| standing).unwrap_or_default())
}

/// Writes changes of different submissions, many rows to a statement.
pub(super) async fn save(transaction: &mut Transaction, context: &Context, changes: &[Change]) -> Result<()> {
    let (at, by) = (context.stamp(), context.actor.name());
    let submissions: Vec<_> = changes.iter().map(|change| submission_row(&change.key, &change.after, &at)).collect();
    insert_rows(&mut **transaction, UPSERT, &submissions, UPSERT_TAIL).await?;
    let revisions: Vec<_> = changes.iter().filter_map(|change| revision_row(change, &at, by)).collect();
    insert_rows(&mut **transaction, INSERT_REVISION, &revisions, "").await?;
    let events: Vec<_> = changes.iter().map(|change| event_row(change, &at, by)).collect();
    insert_rows(&mut **transaction, INSERT_EVENT, &events, "").await?;
    let remarks: Vec<_> = changes.iter().flat_map(remark_rows).collect();
    insert_rows(&mut **transaction, INSERT_REMARK, &remarks, "").await?;
    for change in changes.iter().filter(|change| change.revision.is_some() && change.after.has_draft) {
        let SubmissionKey { period, form, unit } = &change.key;
        sqlx::query(DELETE_DRAFT)
            .bind(unit.clone())
            .bind(form.clone())
            .bind(period.clone())
            .execute(&mut **transaction)
            .await?;
    }
    Ok(())
}

/// Keeps unfinished values and what their check found.
pub(super) async fn save_draft(
    transaction: &mut Transaction,
    context: &Context,
    key: &SubmissionKey,
    after: &Standing,
    form_version: u32,
    packed: &Packed,
) -> Result<()> {
    let at = context.stamp();
    insert_rows(&mut **transaction, UPSERT, &[submission_row(key, after, &at)], UPSERT_TAIL).await?;
    sqlx::query(UPSERT_DRAFT)
        .bind(key.unit.clone())
        .bind(key.form.clone())
        .bind(key.period.clone())
        .bind(i64::from(form_version))
        .bind(packed.figures.clone())
        .bind(packed.texts.clone())
        .bind(at.clone())
        .bind(context.actor.name().to_owned())
        .execute(&mut **transaction)
        .await?;
    Ok(())
}

fn submission_row<'a>(key: &'a SubmissionKey, after: &'a Standing, at: &'a str) -> Vec<Bound<'a>> {
    vec![
        Bound::Text(&key.unit),
        Bound::Text(&key.form),
        Bound::Text(&key.period),
        Bound::Text(after.submission.state.as_str()),
        Bound::Whole(after.submission.latest_revision.into()),
        Bound::Whole(after.submission.approved_revision.into()),
        Bound::Whole(after.error_count),
        Bound::Whole(after.warning_count),
        Bound::Whole(after.event_count),
        Bound::Text(&after.digest),
        Bound::Text(&after.first_sent_at),
        Bound::Text(&after.last_sent_at),
        Bound::Text(at),
    ]
}

fn revision_row<'a>(change: &'a Change, at: &'a str, by: &'a str) -> Option<Vec<Bound<'a>>> {
    let revision = change.revision.as_ref()?;
    Some(vec![
        Bound::Text(&change.key.unit),
        Bound::Text(&change.key.form),
        Bound::Text(&change.key.period),
        Bound::Whole(change.after.submission.latest_revision.into()),
        Bound::Whole(revision.form_version.into()),
        Bound::Text(revision.road.as_str()),
        Bound::Bytes(&revision.packed.figures),
        Bound::Text(&revision.packed.texts),
        Bound::Text(at),
        Bound::Text(by),
        Bound::Text(&revision.file_name),
    ])
}

fn event_row<'a>(change: &'a Change, at: &'a str, by: &'a str) -> Vec<Bound<'a>> {
    vec![
        Bound::Text(&change.key.unit),
        Bound::Text(&change.key.form),
        Bound::Text(&change.key.period),
        Bound::Whole(change.after.event_count),
        Bound::Text(change.step.as_str()),
        Bound::Whole(change.after.submission.latest_revision.into()),
        Bound::Text(&change.reason),
        Bound::Text(at),
        Bound::Text(by),
    ]
}

fn remark_rows(change: &Change) -> impl Iterator<Item = Vec<Bound<'_>>> {
    change.remarks.iter().map(|remark| {
        vec![
            Bound::Text(&change.key.unit),
            Bound::Text(&change.key.form),
            Bound::Text(&change.key.period),
            Bound::Whole(change.after.event_count),
            Bound::Text(&remark.item),
            Bound::Text(&remark.check),
            Bound::Text(&remark.reason),
        ]
    })
}

struct StandingRow(SubmissionKey, Standing);

impl<'r> sqlx::FromRow<'r, sqlx::any::AnyRow> for StandingRow {
    fn from_row(row: &'r sqlx::any::AnyRow) -> sqlx::Result<Self> {
        let number = |name: &str| row.try_get::<i64, _>(name);
        let revision = |name: &str| number(name).map(|value| u32::try_from(value).unwrap_or(0));
        let word: String = row.try_get("state")?;
        let state = SubmissionState::parse(&word)
            .ok_or_else(|| sqlx::Error::Decode(format!("unknown state of a submission: {word}").into()))?;
        let standing = Standing {
            submission: Submission {
                state,
                latest_revision: revision("latest_revision")?,
                approved_revision: revision("approved_revision")?,
            },
            error_count: number("error_count")?,
            warning_count: number("warning_count")?,
            event_count: number("event_count")?,
            digest: row.try_get("latest_digest")?,
            first_sent_at: row.try_get("first_sent_at")?,
            last_sent_at: row.try_get("last_sent_at")?,
            has_draft: number("has_draft")? != 0,
        };
        let key = SubmissionKey {
            period: row.try_get("period_code")?,
            form: row.try_get("form_code")?,
            unit: row.try_get("unit_code")?,
        };
        Ok(Self(key, standing))
    }
}
