//! The verbs, one submission at a time: keep a draft, submit, return, approve, lock, reopen.

use domain::{
    Reason, Refusal,
    figures::catalogue::StatisticalForm,
    organisation::Unit,
    school_year::ReportingPeriod,
    submissions::{CellRemark, FormValues, PeriodState, Submission, SubmissionState},
    vietnamese::short_date,
};

use super::{
    SubmissionKey,
    bulk::{Accepted, Incoming, Intake, Keep},
    check::{self, Finding, Surroundings},
    packed::{Shape, Unread},
    queries::{self, Compared},
    store::{self, Change, Standing, Step},
};
use crate::{
    audit,
    office::Office,
    platform::{Context, Error, Result, Transaction},
    school_year::{self, calendar},
};

/// The form with this code.
///
/// # Errors
/// `NotFound`.
pub fn form<'a>(office: &'a Office, code: &str) -> Result<&'a StatisticalForm> {
    office.catalogue().form(code).ok_or_else(|| Error::NotFound(format!("biểu {code}")))
}

/// Whether this unit fills this form for this period.
///
/// # Errors
/// Refused where the form is due in another kind of period, the unit has none of its levels, or did not exist on the
/// date of the figures (CK-16).
pub fn expected(form: &StatisticalForm, period: &ReportingPeriod, unit: &Unit) -> Result<(), Refusal> {
    let mut reasons = Vec::new();
    let (code, name) = (&form.code, unit.name_on(period.as_of));
    if !period.gathers(form) {
        reasons.push(Reason::new("wrong_period", format!("Biểu {code} không thuộc kỳ báo cáo {}.", period.label.vi)));
    }
    if !unit.validity.contains(period.as_of) {
        let message = format!("{name} không hoạt động vào thời điểm số liệu {}.", short_date(period.as_of));
        reasons.push(Reason::new("wrong_unit", message));
    }
    let levels = unit.school.as_ref().map(|school| &school.levels);
    if !levels.is_some_and(|levels| form.levels.is_empty() || form.levels.iter().any(|level| levels.contains(level))) {
        reasons.push(Reason::new("wrong_unit", format!("{name} không có cấp học của biểu {code}.")));
    }
    Refusal::unless_empty(reasons)
}

/// What the checks say of these values, were they sent now.
pub async fn examine(office: &Office, key: &SubmissionKey, values: &FormValues) -> Result<Vec<Finding>> {
    let form = form(office, &key.form)?;
    let sheet = calendar::period(office, &key.period).await?;
    let units = [key.unit.as_str()];
    let compared = Compared::of(&sheet.period);
    let previous = compared.approved_before(office, &units).await?;
    let latest = compared.latest(office, &units).await?;
    let registry = office.registry().await?;
    let school = registry.unit(&key.unit).and_then(|unit| unit.school.as_ref());
    let mut others = queries::of_unit(&latest, &key.unit);
    others.remove(form.code.as_str());
    let surroundings = Surroundings {
        levels: school.map_or(&[], |school| &school.levels),
        previous: queries::of_unit(&previous, &key.unit),
        others,
    };
    Ok(office.rules()?.check(office.catalogue(), &form.code, values, &surroundings))
}

/// Keeps unfinished values, with what was typed and cannot be read. Typing on leaves no audit line each time, beginning does.
///
/// # Errors
/// Refused where the period is closed or the figures are approved.
pub async fn save_draft(
    office: &Office,
    context: &Context,
    key: &SubmissionKey,
    values: &FormValues,
    unread: &Unread,
) -> Result<Vec<Finding>> {
    let form = form(office, &key.form)?;
    let period = calendar::period(office, &key.period).await?.state();
    let findings = examine(office, key, values).await?;
    let packed = Shape::of(office.catalogue(), form).pack_draft(values, unread);
    let mut transaction = office.db().begin().await?;
    let before = store::standing(&mut transaction, key).await?;
    let submission = before.submission.save_draft(period)?;
    let has_begun = submission.state != before.submission.state;
    let after = Standing { submission, error_count: count(&check::errors(&findings)), ..before };
    store::save_draft(&mut transaction, context, key, &after, form.version, &packed).await?;
    if has_begun {
        audit::write(&mut transaction, context, "submissions.save_draft", &key.to_string(), "").await?;
    }
    transaction.commit().await?;
    office.kept().boards.forget().await;
    Ok(findings)
}

/// Sends values as a new revision; the same content as before is no new revision.
///
/// # Errors
/// Refused with every error that the checks find, and with every warning that lacks a reason where the road asks for
/// one at once; refused where the period is closed or the figures are approved.
pub async fn submit(office: &Office, context: &Context, incoming: Incoming) -> Result<Accepted> {
    let verdicts = Intake::new(office, context).accept(vec![incoming], Keep::Stored).await?;
    let verdict = verdicts.into_iter().next().ok_or_else(|| Error::Inside("no verdict".to_owned()))?;
    Ok(verdict.outcome?)
}

/// Gives the form back with a reason, for the whole or on cells.
///
/// # Errors
/// Refused where nothing is waiting, the period is closed, or no reason is given.
pub async fn return_for_correction(
    office: &Office,
    context: &Context,
    key: &SubmissionKey,
    reason: &str,
    cells: &[CellRemark],
) -> Result<Submission> {
    let form = form(office, &key.form)?;
    let known = |item: &str| form.cells().any(|cell| cell.item.to_string() == item);
    if let Some(stray) = cells.iter().find(|cell| !known(&cell.item)) {
        let message = format!("Biểu {} không có ô «{}».", form.code, stray.item);
        return Err(Error::refused("unknown_item", message));
    }
    let note = Note { verb: "submissions.return_for_correction", step: Step::Returned, reason, remarks: cells };
    judge(office, context, key, &note, |before, period| {
        before.submission.return_for_correction(period, reason, cells).map_err(Error::from)
    })
    .await
}

/// Accepts what is waiting; a reason is needed where warnings stand unexplained.
///
/// # Errors
/// Refused where nothing is waiting, the period is closed, or warnings stand and no reason is given.
pub async fn approve(office: &Office, context: &Context, key: &SubmissionKey, reason: &str) -> Result<Submission> {
    let note = Note { verb: "submissions.approve", step: Step::Approved, reason, remarks: &[] };
    judge(office, context, key, &note, |before, period| {
        let standing = u32::try_from(before.warning_count).unwrap_or(u32::MAX);
        before.submission.approve(period, standing, reason).map_err(Error::from)
    })
    .await
}

/// Opens approved or locked figures again, with a reason.
///
/// # Errors
/// Refused where the figures are not approved, the period is closed, or no reason is given.
pub async fn reopen(office: &Office, context: &Context, key: &SubmissionKey, reason: &str) -> Result<Submission> {
    let note = Note { verb: "submissions.reopen", step: Step::Reopened, reason, remarks: &[] };
    judge(office, context, key, &note, |before, period| before.submission.reopen(period, reason).map_err(Error::from))
        .await
}

/// How a judgement is put on record.
struct Note<'a> {
    verb: &'static str,
    step: Step,
    reason: &'a str,
    remarks: &'a [CellRemark],
}

/// Loads, lets the rule decide, saves with its event and audit line. What changes nothing leaves no trace.
async fn judge(
    office: &Office,
    context: &Context,
    key: &SubmissionKey,
    note: &Note<'_>,
    decide: impl FnOnce(&Standing, PeriodState) -> Result<Submission>,
) -> Result<Submission> {
    form(office, &key.form)?;
    if office.registry().await?.unit(&key.unit).is_none() {
        return Err(Error::NotFound(format!("đơn vị {}", key.unit)));
    }
    let period = calendar::period(office, &key.period).await?.state();
    let mut transaction = office.db().begin().await?;
    let before = store::standing(&mut transaction, key).await?;
    let after = decide(&before, period)?;
    if after != before.submission {
        let change = change(key, before, after, note);
        store::save(&mut transaction, context, &[change]).await?;
        audit::write(&mut transaction, context, note.verb, &key.to_string(), note.reason).await?;
        transaction.commit().await?;
    }
    Ok(after)
}

fn change(key: &SubmissionKey, before: Standing, after: Submission, note: &Note<'_>) -> Change {
    let accepted = note.step == Step::Approved;
    Change {
        key: key.clone(),
        after: Standing {
            submission: after,
            event_count: before.event_count + 1,
            warning_count: if accepted { 0 } else { before.warning_count },
            ..before
        },
        step: note.step,
        reason: note.reason.trim().to_owned(),
        remarks: note.remarks.to_vec(),
        revision: None,
    }
}

/// What became of many approvals.
#[derive(Debug, Default)]
pub struct Approvals {
    /// Approved now, or before.
    pub approved: Vec<SubmissionKey>,
    /// Left as they were, with the reasons.
    pub refused: Vec<(SubmissionKey, Refusal)>,
}

/// Approves everything of the list that may be approved; the rest is left as it is and named with its reasons.
pub async fn approve_many(
    office: &Office,
    context: &Context,
    keys: &[SubmissionKey],
    reason: &str,
) -> Result<Approvals> {
    let note = Note { verb: "submissions.approve_many", step: Step::Approved, reason, remarks: &[] };
    many(office, context, keys, &note, |before, period| {
        before.submission.approve(period, u32::try_from(before.warning_count).unwrap_or(u32::MAX), reason)
    })
    .await
}

/// Locks every approved form of a closed period; doing it again changes nothing.
///
/// # Errors
/// Refused while the period is open.
pub async fn lock(office: &Office, context: &Context, period: &str) -> Result<Vec<SubmissionKey>> {
    if calendar::period(office, period).await?.state() == PeriodState::Open {
        return Err(Submission { state: SubmissionState::Approved, ..Submission::default() }
            .lock(PeriodState::Open)
            .err()
            .map_or(Error::Forbidden, Error::from));
    }
    let keys = queries::keys_in_state(office, period, SubmissionState::Approved).await?;
    let note = Note { verb: "submissions.lock", step: Step::Locked, reason: "", remarks: &[] };
    let done = many(office, context, &keys, &note, |before, period| before.submission.lock(period)).await?;
    Ok(done.approved)
}

/// Closes a period and locks its approved figures: from here on a correction needs the period reopened.
///
/// # Errors
/// As [`school_year::operations::close`]. Should the lock be cut off, it is done again by [`lock`]: a closed period takes
/// no change in the meantime.
pub async fn close_period(
    office: &Office,
    context: &Context,
    period: &str,
    pending: usize,
    reason: &str,
) -> Result<Vec<SubmissionKey>> {
    school_year::operations::close(office, context, period, pending, reason).await?;
    lock(office, context, period).await
}

/// Reopens a period with the reason and makes its locked figures approved again, so that they may be returned.
///
/// # Errors
/// As [`school_year::operations::reopen`].
pub async fn reopen_period(
    office: &Office,
    context: &Context,
    period: &str,
    reason: &str,
) -> Result<Vec<SubmissionKey>> {
    school_year::operations::reopen(office, context, period, reason).await?;
    let keys = queries::keys_in_state(office, period, SubmissionState::Locked).await?;
    let note = Note { verb: "submissions.unlock", step: Step::Unlocked, reason, remarks: &[] };
    let done = many(office, context, &keys, &note, |before, period| before.submission.unlock(period, reason)).await?;
    Ok(done.approved)
}

/// The same verb on many submissions: one transaction, one audit line, one record each.
async fn many(
    office: &Office,
    context: &Context,
    keys: &[SubmissionKey],
    note: &Note<'_>,
    decide: impl Fn(&Standing, PeriodState) -> Result<Submission, Refusal>,
) -> Result<Approvals> {
    let mut keys = keys.to_vec();
    keys.sort();
    keys.dedup();
    let (mut result, mut changes) = (Approvals::default(), Vec::new());
    let mut periods = std::collections::BTreeMap::new();
    for key in &keys {
        if !periods.contains_key(&key.period) {
            periods.insert(key.period.clone(), calendar::period(office, &key.period).await?.state());
        }
    }
    let mut transaction = office.db().begin().await?;
    for group in keys.chunk_by(|a, b| (&a.period, &a.form) == (&b.period, &b.form)) {
        let mut standings = load_group(&mut transaction, group).await?;
        for key in group {
            let before = standings.remove(key).unwrap_or_default();
            let period = periods.get(&key.period).copied().unwrap_or(PeriodState::Closed);
            match decide(&before, period) {
                Err(refusal) => {
                    result.refused.push((key.clone(), refusal));
                    continue;
                }
                Ok(after) if after != before.submission => changes.push(change(key, before, after, note)),
                Ok(_) => {}
            }
            result.approved.push(key.clone());
        }
    }
    if !changes.is_empty() {
        store::save(&mut transaction, context, &changes).await?;
        let object = changes.first().map(|change| change.key.period.clone()).unwrap_or_default();
        let detail = format!("{} biểu. {}", changes.len(), note.reason);
        audit::write(&mut transaction, context, note.verb, &object, detail.trim()).await?;
        transaction.commit().await?;
    }
    Ok(result)
}

/// What stands for keys of one form and period.
pub(super) async fn load_group(
    transaction: &mut Transaction,
    group: &[SubmissionKey],
) -> Result<std::collections::BTreeMap<SubmissionKey, Standing>> {
    let Some(first) = group.first() else { return Ok(std::collections::BTreeMap::new()) };
    let units: Vec<&str> = group.iter().map(|key| key.unit.as_str()).collect();
    Ok(store::standings(transaction, &first.period, &first.form, &units).await?.into_iter().collect())
}

fn count<T>(items: &[T]) -> i64 {
    i64::try_from(items.len()).unwrap_or(i64::MAX)
}
