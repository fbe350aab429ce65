//! The council, publication, corrections.

use domain::evaluation::road::{self, Decided, Entry, RoadState, Sitting, Step, UnitRoad};

use super::scoring::{AtWork, computed};
use crate::{
    audit,
    evaluation::{
        queries::{Evaluation, evaluate},
        road::{
            Task,
            queries::{self, Standing},
            store,
        },
    },
    office::Office,
    platform::{Context, Error, Result, Transaction},
};

/// Records a sitting of the council: units on which enough agreed are decided, the others go back to the second review.
///
/// # Errors
/// As [`Sitting::decide`]; `another_council` where another sitting was recorded since this one's papers were made.
pub async fn council_decide(office: &Office, context: &Context, round: i64, sitting: &Sitting) -> Result<()> {
    let known = queries::round(office, round).await?;
    let standings = queries::standings(office.db(), round).await?;
    let recorded = u32::try_from(known.row.sitting_count).map_err(Error::inside)?;
    let decided = sitting.decide(&known.set, known.rules(), &bare(&standings), recorded, context.today())?;
    let mut transaction = office.db().begin().await?;
    store::sit(&mut transaction, context, round, sitting).await?;
    move_units(&mut transaction, context, round, &standings, &decided).await?;
    let detail = format!("phiên {}, {} đơn vị", recorded + 1, decided.len());
    audit::write(&mut transaction, context, "evaluation.council_decide", &round.to_string(), &detail).await?;
    Ok(transaction.commit().await?)
}

/// Where the units stand, without what was said of them.
fn bare(standings: &[Standing]) -> Vec<UnitRoad> {
    standings.iter().map(|one| UnitRoad { state: one.state, ..UnitRoad::begin(&one.unit) }).collect()
}

async fn move_units(
    transaction: &mut Transaction,
    context: &Context,
    round: i64,
    standings: &[Standing],
    decided: &[Decided],
) -> Result<()> {
    for one in decided {
        let Some(from) = standings.iter().find(|standing| standing.unit == one.unit) else { continue };
        let task = Task { round, unit: &one.unit, units: &[] };
        let step = Step { next: one.next, records: Vec::new() };
        let reason = if one.next == RoadState::ReviewedAgain { "Hội đồng không thông qua" } else { "" };
        store::take(transaction, context, task, from, &step, reason).await?;
    }
    Ok(())
}

/// Publishes the results of a round; gives the publication's number.
///
/// # Errors
/// As [`road::publish`].
pub async fn publish(office: &Office, context: &Context, round: i64) -> Result<i64> {
    let known = queries::round(office, round).await?;
    let standings = queries::standings(office.db(), round).await?;
    road::publish(&bare(&standings))?;
    let found = evaluate(office, &known.row.set_code, known.year, context.today()).await?;
    let results = results(&found, &standings)?;
    let decided: Vec<Decided> = standings
        .iter()
        .filter(|one| one.state == RoadState::Decided)
        .map(|one| Decided { unit: one.unit.clone(), next: RoadState::Published })
        .collect();
    let mut transaction = office.db().begin().await?;
    let published = (round, known.row.publication_count);
    let number = store::publish(&mut transaction, context, published, "", &results).await?;
    move_units(&mut transaction, context, round, &standings, &decided).await?;
    let detail = format!("lần {number}, {} đơn vị", results.len());
    audit::write(&mut transaction, context, "evaluation.publish", &round.to_string(), &detail).await?;
    transaction.commit().await?;
    Ok(number)
}

/// What is published of every unit as it stands now: results of those that are decided, and who was left out and why.
fn results(found: &Evaluation, standings: &[Standing]) -> Result<Vec<(String, String)>> {
    let is_told = |unit: &str| {
        let told = [RoadState::Decided, RoadState::Published, RoadState::LeftOut];
        standings.iter().any(|one| one.unit == unit && told.contains(&one.state))
    };
    let rows = (0..found.units.len()).filter(|row| is_told(&found.units[*row].code));
    rows.map(|row| {
        let mut result = found.result(row);
        if result.state != RoadState::LeftOut.as_str() {
            result.state = RoadState::Published.as_str().to_owned();
        }
        Ok((result.unit.clone(), serde_json::to_string(&result).map_err(Error::inside)?))
    })
    .collect()
}

/// Corrects one unit's published result; all results are published anew with the reason. Gives the publication's number.
///
/// # Errors
/// As [`road::correct`].
pub async fn correct(
    office: &Office,
    context: &Context,
    task: Task<'_>,
    entries: &[Entry],
    reason: &str,
) -> Result<i64> {
    let computed = computed(office, context, task).await?;
    let work = AtWork::read(office, context, task).await?;
    let step = road::correct(&work.desk(), entries, &computed, reason)?;
    let (known, reason) = (&work.round, reason.trim());
    let found = evaluate(office, &known.row.set_code, known.year, context.today()).await?;
    let standings = queries::standings(office.db(), task.round).await?;
    let results = results(&found.with_records(task.unit, &step.records), &standings)?;
    let mut transaction = office.db().begin().await?;
    work.keep(&mut transaction, context, ("evaluation.correct", reason), &step).await?;
    let published = (task.round, known.row.publication_count);
    let number = store::publish(&mut transaction, context, published, reason, &results).await?;
    let detail = format!("lần {number}: {reason}");
    audit::write(&mut transaction, context, "evaluation.publish", &task.round.to_string(), &detail).await?;
    transaction.commit().await?;
    Ok(number)
}
