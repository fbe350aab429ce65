//! Sendings by the hundred: checked on all cores, stored in batches, one transaction for each batch.
//!
//! The batch is also the way of a single form: there is one road into the revisions. Sending the same content again
//! changes nothing, so an import that was cut off is simply run again.

use std::{
    collections::{BTreeMap, BTreeSet, HashMap},
    sync::Arc,
};

use domain::{
    Level, Reason, Refusal,
    figures::catalogue::StatisticalForm,
    organisation::{Registry, Unit},
    school_year::ReportingPeriod,
    submissions::{CellRemark, FormValues, PeriodState, Sending, SubmissionState, Unexplained},
};

use super::{
    Road, SubmissionKey,
    check::{self, Finding, Rules, Surroundings},
    operations::{expected, load_group},
    packed::{Packed, Shape},
    queries::{self, Compared, ValuesByForm},
    store::{self, Change, NewRevision, Standing, Step},
};
use crate::{
    audit,
    office::Office,
    platform::{Context, Error, Result},
    school_year::calendar::{self, PeriodSheet},
};

/// Sendings in one transaction: enough to make the commit cheap, few enough to keep the memory small.
pub const BATCH_SIZE: usize = 250;

/// Values as they come in.
#[derive(Clone, Debug)]
pub struct Incoming {
    /// Whose, which form, which period.
    pub key: SubmissionKey,
    /// One per cell of the form's present version.
    pub values: FormValues,
    /// By which road.
    pub road: Road,
    /// Name of the file, empty where there is none.
    pub file_name: String,
    /// Reasons of the unit for its warnings.
    pub explanations: Vec<CellRemark>,
    /// One reason for all its warnings; empty where there is none.
    pub reason: String,
    /// What the road itself found wrong, such as cells that could not be read: the checks still run, so that the unit
    /// hears everything at once, but nothing is stored.
    pub faults: Vec<Reason>,
}

/// Whether the verdicts are carried out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Keep {
    /// Accepted values are stored.
    Stored,
    /// Nothing is stored: only the verdict is wanted.
    DryRun,
}

/// A sending that was accepted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Accepted {
    /// The revision that now holds these values; 0 on a dry run.
    pub revision: u32,
    /// False where the same content had been sent before.
    pub is_new: bool,
}

/// What became of one sending.
#[derive(Clone, Debug)]
pub struct Verdict {
    /// Which form.
    pub key: SubmissionKey,
    /// Accepted, or refused with every reason.
    pub outcome: Result<Accepted, Refusal>,
    /// What the checks found, warnings included.
    pub findings: Vec<Finding>,
}

/// Takes sendings in, batch after batch, and remembers what it has seen.
#[derive(Debug)]
pub struct Intake<'a> {
    office: &'a Office,
    context: &'a Context,
    periods: BTreeMap<String, Option<PeriodSheet>>,
    seen: HashMap<SubmissionKey, String>,
}

impl<'a> Intake<'a> {
    /// An intake that has seen nothing.
    pub fn new(office: &'a Office, context: &'a Context) -> Self {
        Self { office, context, periods: BTreeMap::new(), seen: HashMap::new() }
    }

    /// Checks and stores sendings; the verdicts come in the order of the sendings.
    ///
    /// # Errors
    /// Inside faults only; what is wrong with a sending stands in its verdict. Batches before the fault are stored.
    pub async fn accept(&mut self, incoming: Vec<Incoming>, keep: Keep) -> Result<Vec<Verdict>> {
        let mut verdicts = Vec::with_capacity(incoming.len());
        let mut rest = incoming.into_iter().peekable();
        while rest.peek().is_some() {
            let batch: Vec<Incoming> = rest.by_ref().take(BATCH_SIZE).collect();
            verdicts.extend(self.accept_batch(batch, keep).await?);
        }
        Ok(verdicts)
    }

    async fn accept_batch(&mut self, batch: Vec<Incoming>, keep: Keep) -> Result<Vec<Verdict>> {
        for incoming in &batch {
            self.learn_period(&incoming.key.period).await?;
        }
        let registry = self.office.registry().await?;
        let mut candidates = Vec::with_capacity(batch.len());
        for (position, incoming) in batch.into_iter().enumerate() {
            candidates.push(self.candidate(position, incoming, &registry));
        }
        let candidates = self.examine(candidates).await?;
        self.store(candidates, keep).await
    }

    async fn learn_period(&mut self, code: &str) -> Result<()> {
        if !self.periods.contains_key(code) {
            let period = match calendar::period(self.office, code).await {
                Ok(period) => Some(period),
                Err(Error::NotFound(_)) => None,
                Err(fault) => return Err(fault),
            };
            self.periods.insert(code.to_owned(), period);
        }
        Ok(())
    }

    /// Holds a sending against form, period and unit, before any figure is looked at.
    fn candidate(&mut self, position: usize, mut incoming: Incoming, registry: &Registry) -> Candidate {
        let key = &incoming.key;
        let form = self.office.catalogue().form(&key.form);
        let period = self.period(key).map(|sheet| &sheet.period);
        let unit = registry.unit(&key.unit);
        let mut refusal = strangeness(&incoming, form, period, unit);
        let is_known = refusal.is_empty();
        let packed = match form {
            Some(form) if is_known => Shape::of(self.office.catalogue(), form).pack(&incoming.values),
            _ => Packed { figures: Vec::new(), texts: String::new() },
        };
        let digest = packed.digest();
        let earlier = self.seen.entry(key.clone()).or_insert_with(|| digest.clone());
        if *earlier != digest {
            let message = "Trong cùng một lần gửi có tệp khác cho đúng biểu, đơn vị và kỳ này nhưng số liệu khác nhau. \
                           Hãy giữ lại một tệp đúng rồi gửi lại.";
            refusal.push(Reason::new("sent_twice", message));
        }
        refusal.append(&mut incoming.faults);
        let levels = unit.and_then(|unit| unit.school.as_ref()).map_or_else(Vec::new, |school| school.levels.clone());
        Candidate { position, incoming, packed, digest, is_known, levels, refusal, findings: Vec::new() }
    }

    /// Runs the checks on all cores: a unit's forms together, because they are compared with each other.
    async fn examine(&self, mut candidates: Vec<Candidate>) -> Result<Vec<Candidate>> {
        let around = Arc::new(self.around(&candidates).await?);
        candidates.sort_by(|a, b| (&a.incoming.key.unit, a.position).cmp(&(&b.incoming.key.unit, b.position)));
        let share = candidates.len().div_ceil(std::thread::available_parallelism().map_or(2, usize::from)).max(1);
        let rules = self.office.rules()?;
        let mut tasks = Vec::new();
        while !candidates.is_empty() {
            let rest = candidates.split_off(end_of_share(&candidates, share));
            let part = std::mem::replace(&mut candidates, rest);
            let (office, around, rules) = (self.office.clone(), around.clone(), Arc::clone(&rules));
            tasks.push(tokio::task::spawn_blocking(move || examine_part(&office, &rules, &around, part)));
        }
        let mut examined = Vec::new();
        for task in tasks {
            examined.extend(task.await.map_err(Error::inside)?);
        }
        Ok(examined)
    }

    /// The checks that sendings are held against.
    pub(super) fn rules(&self) -> Result<Arc<Rules>> {
        self.office.rules()
    }

    /// Loads what the candidates are compared with.
    async fn around(&self, candidates: &[Candidate]) -> Result<Around> {
        let mut units: Vec<&str> = candidates.iter().map(|candidate| candidate.incoming.key.unit.as_str()).collect();
        units.sort_unstable();
        units.dedup();
        let known = self.periods.values().flatten();
        let periods: BTreeMap<String, Compared> =
            known.map(|sheet| (sheet.period.code.clone(), Compared::of(&sheet.period))).collect();
        let compared = |candidate: &Candidate| periods.get(&candidate.incoming.key.period);
        let wanted: BTreeSet<&Compared> = candidates.iter().filter_map(compared).collect();
        let mut values = BTreeMap::new();
        for compared in wanted {
            let previous = compared.approved_before(self.office, &units).await?;
            values.insert(compared.clone(), (previous, compared.latest(self.office, &units).await?));
        }
        Ok(Around { periods, values })
    }

    fn period(&self, key: &SubmissionKey) -> Option<&PeriodSheet> {
        self.periods.get(&key.period)?.as_ref()
    }

    async fn store(&self, mut candidates: Vec<Candidate>, keep: Keep) -> Result<Vec<Verdict>> {
        candidates.sort_by(|a, b| (&a.incoming.key, a.position).cmp(&(&b.incoming.key, b.position)));
        let mut transaction = self.office.db().begin().await?;
        let keys: Vec<SubmissionKey> = candidates.iter().map(|candidate| candidate.incoming.key.clone()).collect();
        let mut standings = BTreeMap::new();
        for group in keys.chunk_by(|a, b| (&a.period, &a.form) == (&b.period, &b.form)) {
            standings.extend(load_group(&mut transaction, group).await?);
        }
        let (mut verdicts, mut changes) = (Vec::new(), Vec::new());
        for candidate in candidates {
            let before = standings.get(&candidate.incoming.key).cloned().unwrap_or_default();
            let (position, verdict, change) = self.decide(candidate, before);
            if let Some(change) = change {
                standings.insert(change.key.clone(), change.after.clone());
                changes.push(change);
            }
            verdicts.push((position, verdict));
        }
        if keep == Keep::Stored && !changes.is_empty() {
            store::save(&mut transaction, self.context, &changes).await?;
            let (object, detail) = match &changes[..] {
                [only] => (only.key.to_string(), String::new()),
                many => (many[0].key.period.clone(), format!("{} biểu", many.len())),
            };
            audit::write(&mut transaction, self.context, "submissions.submit", &object, &detail).await?;
            transaction.commit().await?;
        }
        verdicts.sort_by_key(|(position, _)| *position);
        Ok(verdicts.into_iter().map(|(_, verdict)| verdict).collect())
    }

    fn decide(&self, candidate: Candidate, before: Standing) -> (usize, Verdict, Option<Change>) {
        let Candidate { position, mut incoming, packed, digest, mut refusal, findings, .. } = candidate;
        if !incoming.reason.trim().is_empty() {
            incoming.explanations.extend(check::explain_all(&findings, &incoming.reason));
        }
        let verdict = |outcome, findings| Verdict { key: incoming.key.clone(), outcome, findings };
        let is_same = before.digest == digest && before.submission.latest_revision > 0;
        if is_same && refusal.is_empty() {
            if let Some(reason) = unchanged_after_return(&before, &incoming) {
                return (position, verdict(Err(reason.into()), findings), None);
            }
            if before.submission.state != SubmissionState::Returned {
                let accepted = Accepted { revision: before.submission.latest_revision, is_new: false };
                return (position, verdict(Ok(accepted), findings), None);
            }
        }
        let rule = if incoming.road == Road::Web { Unexplained::Refused } else { Unexplained::Stand };
        let errors = check::errors(&findings);
        let unexplained = check::unexplained(&findings, &incoming.explanations);
        let state = self.period(&incoming.key).map_or(PeriodState::Open, PeriodSheet::state);
        let sending = Sending { errors: &errors, unexplained: &unexplained, rule };
        let submission = match before.submission.submit(state, &sending) {
            Ok(submission) if refusal.is_empty() => submission,
            Ok(_) => return (position, verdict(Err(Refusal { reasons: refusal }), findings), None),
            Err(more) => {
                refusal.extend(more.reasons);
                return (position, verdict(Err(Refusal { reasons: refusal }), findings), None);
            }
        };
        let now = self.context.stamp();
        let after = Standing {
            submission,
            error_count: 0,
            warning_count: i64::try_from(unexplained.len()).unwrap_or(i64::MAX),
            event_count: before.event_count + 1,
            first_sent_at: if before.first_sent_at.is_empty() { now.clone() } else { before.first_sent_at },
            last_sent_at: now,
            digest,
            has_draft: before.has_draft,
        };
        let accepted = Accepted { revision: submission.latest_revision, is_new: true };
        let verdict = verdict(Ok(accepted), findings);
        let change = Change {
            after,
            step: Step::Submitted,
            reason: String::new(),
            remarks: incoming.explanations.into_iter().filter(|remark| !remark.is_blank()).collect(),
            revision: Some(NewRevision {
                form_version: self.office.catalogue().form(&incoming.key.form).map_or(0, |form| form.version),
                road: incoming.road,
                packed,
                file_name: incoming.file_name,
            }),
            key: incoming.key,
        };
        (position, verdict, Some(change))
    }
}

/// A sending on its way to a verdict.
#[derive(Debug)]
struct Candidate {
    position: usize,
    incoming: Incoming,
    packed: Packed,
    digest: String,
    /// Form, period and unit are as they should be: the checks can run.
    is_known: bool,
    levels: Vec<Level>,
    refusal: Vec<Reason>,
    findings: Vec<Finding>,
}

/// What is wrong with form, period and unit.
fn strangeness(
    incoming: &Incoming,
    form: Option<&StatisticalForm>,
    period: Option<&ReportingPeriod>,
    unit: Option<&Unit>,
) -> Vec<Reason> {
    let SubmissionKey { period: period_code, form: form_code, unit: unit_code } = &incoming.key;
    let mut reasons = Vec::new();
    let mut say = |code: &str, message: String| reasons.push(Reason::new(code, message));
    if form.is_none() {
        say("unknown_form", format!("Không có biểu «{form_code}» trong danh mục."));
    }
    if period.is_none() {
        say("wrong_period", format!("Không có kỳ báo cáo «{period_code}»."));
    }
    if unit.is_none() {
        say("wrong_unit", format!("Không có đơn vị «{unit_code}»."));
    }
    let (Some(form), Some(period), Some(unit)) = (form, period, unit) else { return reasons };
    if form.cell_count() != incoming.values.len() {
        say("old_version", format!("Số ô không khớp phiên bản hiện hành của biểu {form_code}."));
    }
    reasons.extend(expected(form, period, unit).err().map(|refusal| refusal.reasons).unwrap_or_default());
    reasons
}

/// A returned form that comes back unchanged is refused, unless its unit explains why nothing had to change.
fn unchanged_after_return(before: &Standing, incoming: &Incoming) -> Option<Reason> {
    let explains = incoming.explanations.iter().any(|remark| !remark.is_blank());
    (before.submission.state == SubmissionState::Returned && !explains).then(|| {
        let message = "Biểu đã được trả lại để sửa nhưng số liệu gửi lên không thay đổi ô nào. \
                       Hãy sửa các ô được nêu lý do, hoặc giải trình vì sao giữ nguyên.";
        Reason::new("unchanged_after_return", message)
    })
}

/// Where the share ends without parting a unit.
fn end_of_share(candidates: &[Candidate], share: usize) -> usize {
    let unit = |position: usize| candidates.get(position).map(|candidate| &candidate.incoming.key.unit);
    let mut end = share.min(candidates.len());
    while end < candidates.len() && unit(end) == unit(end - 1) {
        end += 1;
    }
    end
}

/// What candidates are compared with.
#[derive(Debug)]
struct Around {
    /// What a period is compared with, by its code.
    periods: BTreeMap<String, Compared>,
    /// Last year's approved and this year's latest values.
    values: BTreeMap<Compared, (ValuesByForm, ValuesByForm)>,
}

/// Checks units one after the other; a form that passes stands beside the unit's next ones.
fn examine_part(office: &Office, rules: &Rules, around: &Around, mut part: Vec<Candidate>) -> Vec<Candidate> {
    for position in 0..part.len() {
        let (done, rest) = part.split_at_mut(position);
        if let Some(candidate) = rest.first_mut().filter(|candidate| candidate.is_known) {
            candidate.findings = findings(office, rules, around, done, candidate);
        }
    }
    part
}

fn findings(
    office: &Office,
    rules: &Rules,
    around: &Around,
    done: &[Candidate],
    candidate: &Candidate,
) -> Vec<Finding> {
    let key = &candidate.incoming.key;
    let Some(compared) = around.periods.get(&key.period) else { return Vec::new() };
    let Some((previous, latest)) = around.values.get(compared) else { return Vec::new() };
    let mut others = queries::of_unit(latest, &key.unit);
    let passed = |other: &&Candidate| {
        around.periods.get(&other.incoming.key.period) == Some(compared)
            && other.refusal.is_empty()
            && check::errors(&other.findings).is_empty()
    };
    let same_unit = done.iter().rev().take_while(|other| other.incoming.key.unit == key.unit);
    others.extend(same_unit.filter(passed).map(|other| (other.incoming.key.form.as_str(), &other.incoming.values)));
    others.remove(key.form.as_str());
    let surroundings =
        Surroundings { levels: &candidate.levels, previous: queries::of_unit(previous, &key.unit), others };
    rules.check(office.catalogue(), &key.form, &candidate.incoming.values, &surroundings)
}
