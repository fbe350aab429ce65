//! From the unit's own points to the final ones.

use std::sync::Arc;

use domain::{
    Refusal,
    evaluation::road::{Computed, Desk, Entry, Person, Stage, Step, UnitRoad},
    organisation::Registry,
};

use jiff::civil::Date;

use crate::{
    audit,
    evaluation::{
        queries::evaluate,
        road::{
            Task,
            queries::{self, Round, Standing},
            store,
        },
    },
    office::Office,
    platform::{Context, Error, Result, Transaction},
};

/// Everything that a step needs. It is read before the step's transaction, which takes the step only where nobody has
/// taken another meanwhile.
pub(super) struct AtWork<'a> {
    pub(super) round: Round,
    road: UnitRoad,
    standing: Standing,
    registry: Arc<Registry>,
    person: Person,
    task: Task<'a>,
    today: Date,
}

impl<'a> AtWork<'a> {
    pub(super) async fn read(office: &Office, context: &Context, task: Task<'a>) -> Result<Self> {
        let round = queries::round(office, task.round).await?;
        let registry = office.registry().await?;
        let person = Person { name: context.actor.name().to_owned(), units: task.units.to_vec() };
        let (road, standing) = queries::road(office, task.round, task.unit).await?;
        Ok(Self { round, road, standing, registry, person, task, today: context.today() })
    }

    pub(super) fn desk(&self) -> Desk<'_> {
        Desk {
            set: &self.round.set,
            deadlines: &self.round.deadlines,
            limit: self.round.limit(),
            today: self.today,
            person: &self.person,
            unit: self.registry.unit(self.task.unit),
            road: &self.road,
        }
    }

    /// Keeps a step with its audit line; the caller commits.
    pub(super) async fn keep(
        &self,
        transaction: &mut Transaction,
        context: &Context,
        (verb, reason): (&str, &str),
        step: &Step,
    ) -> Result<()> {
        store::take(transaction, context, self.task, &self.standing, step, reason).await?;
        let object = format!("{}/{}", self.task.round, self.task.unit);
        let detail = format!("{} mục, {} {reason}", step.records.len(), step.next.as_str());
        audit::write(transaction, context, verb, &object, detail.trim()).await
    }
}

/// Takes a step that needs nothing but the road.
async fn step(
    office: &Office,
    context: &Context,
    task: Task<'_>,
    (verb, reason): (&str, &str),
    decide: impl FnOnce(&Desk<'_>) -> Result<Step, Refusal>,
) -> Result<()> {
    let work = AtWork::read(office, context, task).await?;
    let step = decide(&work.desk())?;
    let mut transaction = office.db().begin().await?;
    work.keep(&mut transaction, context, (verb, reason), &step).await?;
    Ok(transaction.commit().await?)
}

/// What the figures give for a unit now.
pub(super) async fn computed(office: &Office, context: &Context, task: Task<'_>) -> Result<Vec<Computed>> {
    let round = queries::round(office, task.round).await?;
    let found = evaluate(office, &round.row.set_code, round.year, context.today()).await?;
    let row = found.row(task.unit);
    let row = row.ok_or_else(|| Error::NotFound(format!("đơn vị {} trên bản đồ của năm học", task.unit)))?;
    Ok(found.computed(row))
}

/// The unit writes down its own points; it may do so again until it sends them.
///
/// # Errors
/// As [`Desk::self_score`]; `changed_meanwhile` where somebody else wrote on the sheet.
pub async fn self_score(office: &Office, context: &Context, task: Task<'_>, entries: &[Entry]) -> Result<()> {
    step(office, context, task, ("evaluation.self_score", ""), |desk| desk.self_score(entries)).await
}

/// The unit sends its points.
///
/// # Errors
/// As [`Desk::submit_self_score`].
pub async fn submit_self_score(office: &Office, context: &Context, task: Task<'_>) -> Result<()> {
    let computed = computed(office, context, task).await?;
    step(office, context, task, ("evaluation.submit_self_score", ""), |desk| desk.submit_self_score(&computed)).await
}

/// A reviewer says what the points should be; `assigned` names a cross-checking unit's lines, none where the office
/// itself reviews.
///
/// # Errors
/// As [`Desk::review`].
pub async fn review(
    office: &Office,
    context: &Context,
    task: Task<'_>,
    assigned: Option<&[String]>,
    entries: &[Entry],
) -> Result<()> {
    let stage = if assigned.is_some() { Stage::CrossCheck } else { Stage::Review };
    let lines = assigned.filter(|lines| !lines.iter().any(String::is_empty));
    step(office, context, task, ("evaluation.review", ""), |desk| desk.review(stage, lines, entries)).await
}

/// The office ends the first review.
///
/// # Errors
/// As [`Desk::finish_review`].
pub async fn finish_review(office: &Office, context: &Context, task: Task<'_>) -> Result<()> {
    step(office, context, task, ("evaluation.finish_review", ""), |desk| desk.finish_review()).await
}

/// The unit explains differences.
///
/// # Errors
/// As [`Desk::explain`].
pub async fn explain(office: &Office, context: &Context, task: Task<'_>, entries: &[Entry]) -> Result<()> {
    step(office, context, task, ("evaluation.explain", ""), |desk| desk.explain(entries)).await
}

/// The office reviews again.
///
/// # Errors
/// As [`Desk::second_review`].
pub async fn second_review(office: &Office, context: &Context, task: Task<'_>, entries: &[Entry]) -> Result<()> {
    step(office, context, task, ("evaluation.second_review", ""), |desk| desk.second_review(entries)).await
}

/// The office makes points final; figures are frozen as they stand.
///
/// # Errors
/// As [`Desk::finalise`].
pub async fn finalise(office: &Office, context: &Context, task: Task<'_>, entries: &[Entry]) -> Result<()> {
    let computed = computed(office, context, task).await?;
    step(office, context, task, ("evaluation.finalise", ""), |desk| desk.finalise(entries, &computed)).await
}

/// Takes a unit out of the round.
///
/// # Errors
/// As [`Desk::leave_out`].
pub async fn leave_out(office: &Office, context: &Context, task: Task<'_>, reason: &str) -> Result<()> {
    step(office, context, task, ("evaluation.leave_out", reason.trim()), |desk| desk.leave_out(reason)).await
}
