//! The verbs on units. Each is decided by `domain::organisation` on the registry as it stands, inside one transaction.

mod people;

use std::collections::HashSet;

use domain::organisation::{
    Registry, Row, Succession, Unit, UnitCode,
    operations::{Change, Decision, Effect, effects},
    school_list::{self, Reading},
};
use jiff::civil::Date;

use super::store;
use crate::{
    audit,
    office::Office,
    platform::{Context, Error, Result, Transaction},
};

pub use people::{Appointing, Choice, PersonChoice, TermKey, add_post, appoint, correct_term, end_term, rename_person};

/// What an import did.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, serde::Serialize)]
pub struct Imported {
    /// Units that were not known.
    pub added: usize,
    /// Units whose record differed from what was known; replaced.
    pub changed: usize,
    /// Units already known exactly so.
    pub unchanged: usize,
    /// Successions that were not known.
    pub successions_added: usize,
}

/// Takes units and successions into the registry, all of them or none. Doing it again changes nothing.
///
/// # Errors
/// Every reason of `domain::organisation::check` against the registry as it would be.
pub async fn import(
    office: &Office,
    context: &Context,
    units: Vec<Unit>,
    successions: Vec<Succession>,
) -> Result<Imported> {
    let mut transaction = office.db().begin().await?;
    let known = store::load(&mut transaction).await?;
    let units = units.into_iter().map(Row::unnumbered).collect();
    let imported = take(&mut transaction, &known, units, successions).await?;
    let detail = serde_json::json!(imported).to_string();
    audit::write(&mut transaction, context, "organisation.import", "", &detail).await?;
    transaction.commit().await?;
    Ok(imported)
}

/// Takes a list of schools into the registry, all of them or none, each with a first day and its history kept
/// ([`school_list::fitted`]). A trial stores nothing.
///
/// # Errors
/// Every reason of the reading and of [`school_list::fitted`], or of `domain::organisation::check`, with the rows.
pub async fn import_list(
    office: &Office,
    context: &Context,
    reading: impl Into<Reading>,
    is_trial: bool,
) -> Result<(Imported, Vec<Row<Unit>>)> {
    let mut transaction = office.db().begin().await?;
    let known = store::load(&mut transaction).await?;
    let settled = school_list::fitted(reading.into(), &known)?;
    let imported = take(&mut transaction, &known, settled.clone(), Vec::new()).await?;
    if !is_trial {
        let detail = serde_json::json!(imported).to_string();
        audit::write(&mut transaction, context, "organisation.import", "", &detail).await?;
        transaction.commit().await?;
    }
    Ok((imported, settled))
}

async fn take(
    transaction: &mut Transaction,
    known: &Registry,
    units: Vec<Row<Unit>>,
    successions: Vec<Succession>,
) -> Result<Imported> {
    let successions: Vec<Succession> = successions.into_iter().filter(|link| !is_known(known, link)).collect();
    let links = successions.iter().cloned().map(Row::unnumbered).collect();
    let after = known.with_rows(units.clone(), links)?;
    let (units, unchanged): (Vec<_>, Vec<_>) =
        units.into_iter().partition(|row| known.unit(row.record.code.as_str()) != Some(&row.record));
    let changed = units.iter().filter(|row| known.unit(row.record.code.as_str()).is_some()).count();
    let imported = Imported {
        added: units.len() - changed,
        changed,
        unchanged: unchanged.len(),
        successions_added: successions.len(),
    };
    let units: Vec<Unit> = units.into_iter().map(|row| row.record).collect();
    save(transaction, known, &after, &units, &successions).await?;
    Ok(imported)
}

fn is_known(registry: &Registry, link: &Succession) -> bool {
    registry.successors(link.predecessor.as_str()).any(|known| known == link)
}

/// What a decision would do from a day on; nothing is stored.
///
/// # Errors
/// Every reason of [`Decision::decide`].
pub async fn preview(office: &Office, decision: &Decision, on: Date) -> Result<(Change, Vec<Effect>)> {
    let registry = office.registry().await?;
    let change = decision.decide(&registry, on)?;
    let effects = effects(&registry, &change);
    Ok((change, effects))
}

/// Carries out a decision from a day on: units, successions, the terms that end with a unit, the record with its basis
/// (`Quyết định số 12/QĐ-UBND ngày …`) and one audit line, all or nothing.
///
/// # Errors
/// Every reason of [`Decision::decide`].
pub async fn apply(
    office: &Office,
    context: &Context,
    decision: &Decision,
    on: Date,
    basis: &str,
) -> Result<(Change, Vec<Effect>)> {
    let mut transaction = office.db().begin().await?;
    let known = store::load(&mut transaction).await?;
    let change = decision.decide(&known, on)?;
    let effects = effects(&known, &change);
    let after = known.with(&change)?;
    save(&mut transaction, &known, &after, &change.units, &change.successions).await?;
    for effect in &effects {
        if let Effect::Ended { unit, last_day } = effect {
            store::end_terms(&mut transaction, &unit.code, *last_day).await?;
        }
    }
    let before: Vec<Unit> = change.units.iter().filter_map(|unit| known.unit(unit.code.as_str()).cloned()).collect();
    let number =
        store::insert_change(&mut transaction, context, [decision.verb(), basis.trim()], &change, &before).await?;
    let detail = serde_json::json!({
        "number": number, "on": change.on, "basis": basis.trim(), "successions": change.successions,
    });
    let verb = format!("organisation.{}", decision.verb());
    audit::write(&mut transaction, context, &verb, &decision.object(), &detail.to_string()).await?;
    transaction.commit().await?;
    Ok((change, effects))
}

/// Takes a change back that nothing has touched since. Terms that ended with a unit stay ended.
///
/// # Errors
/// `NotFound`; `undone_already`, `changed_since`, `in_use` (a unit that the change created is used by now).
pub async fn undo(office: &Office, context: &Context, number: i64) -> Result<()> {
    let mut transaction = office.db().begin().await?;
    let recorded = store::load_change(&mut transaction, number).await?;
    if recorded.is_undone {
        return Err(Error::refused("undone_already", "Thay đổi này đã được hủy trước đó."));
    }
    let known = store::load(&mut transaction).await?;
    let (change, before) = (&recorded.change, &recorded.before);
    let after = known.without(change, before)?;
    store::remove_successions(&mut transaction, &change.successions).await?;
    save(&mut transaction, &known, &after, before, &[]).await?;
    let is_new = |unit: &&Unit| !before.iter().any(|known| known.code == unit.code);
    let created: Vec<&str> = change.units.iter().filter(is_new).map(|unit| unit.code.as_str()).collect();
    store::forget(&mut transaction, &created).await?;
    store::mark_undone(&mut transaction, context, number).await?;
    let object: Vec<&str> = before.iter().map(|unit| unit.code.as_str()).collect();
    let detail = serde_json::json!({ "number": number, "created": created }).to_string();
    audit::write(&mut transaction, context, "organisation.undo", &object.join(" "), &detail).await?;
    transaction.commit().await?;
    Ok(())
}

/// Writes the units of a sound registry that changed; a unit keeps its place in lists, new ones come last.
async fn save(
    transaction: &mut Transaction,
    known: &Registry,
    after: &Registry,
    changed: &[Unit],
    successions: &[Succession],
) -> Result<()> {
    let codes: HashSet<&UnitCode> = changed.iter().map(|unit| &unit.code).collect();
    let touched: Vec<(usize, &Unit)> =
        after.units().iter().enumerate().filter(|(_, unit)| codes.contains(&unit.code)).collect();
    store::save(transaction, &touched, known).await?;
    store::save_successions(transaction, &successions.iter().collect::<Vec<_>>()).await
}
