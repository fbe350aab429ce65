//! The verbs on units. Each is decided by `domain::organisation` on the registry as it stands, inside one transaction.

use std::collections::HashSet;

use domain::{
    Refusal,
    organisation::{
        Line, Registry, Succession, Unit, UnitCode,
        operations::{self as decide, Change, NewUnit, Part, Successor},
    },
};
use jiff::civil::Date;

use super::store;
use crate::{
    audit,
    office::Office,
    platform::{Context, Result, Transaction},
};

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
    let (units, unchanged): (Vec<Unit>, Vec<Unit>) =
        units.into_iter().partition(|unit| known.unit(unit.code.as_str()) != Some(unit));
    let successions: Vec<Succession> = successions.into_iter().filter(|link| !is_known(&known, link)).collect();
    let changed = units.iter().filter(|unit| known.unit(unit.code.as_str()).is_some()).count();
    let imported = Imported {
        added: units.len() - changed,
        changed,
        unchanged: unchanged.len(),
        successions_added: successions.len(),
    };
    let on = context.today();
    save(&mut transaction, &known, &Change { on, units, successions }).await?;
    let detail = serde_json::json!(imported).to_string();
    audit::write(&mut transaction, context, "organisation.import", "", &detail).await?;
    transaction.commit().await?;
    Ok(imported)
}

fn is_known(registry: &Registry, link: &Succession) -> bool {
    registry.successors(link.predecessor.as_str()).any(|known| known == link)
}

/// Creates a unit from a day on.
///
/// # Errors
/// Every reason of [`decide::create`].
pub async fn create(office: &Office, context: &Context, unit: &NewUnit, on: Date) -> Result<Change> {
    let decide = |registry: &Registry| decide::create(registry, unit, on);
    change(office, context, "organisation.create", unit.code.as_str(), decide).await
}

/// Gives a unit another name from a day on.
///
/// # Errors
/// Every reason of [`decide::rename`].
pub async fn rename(office: &Office, context: &Context, code: &str, name: &str, on: Date) -> Result<Change> {
    change(office, context, "organisation.rename", code, |registry| decide::rename(registry, code, name, on)).await
}

/// Puts a unit under another parent on one line from a day on.
///
/// # Errors
/// Every reason of [`decide::move_under`].
pub async fn move_under(
    office: &Office,
    context: &Context,
    code: &str,
    line: Line,
    parent: &str,
    on: Date,
) -> Result<Change> {
    let decide = |registry: &Registry| decide::move_under(registry, code, line, parent, on);
    change(office, context, "organisation.move", code, decide).await
}

/// Merges units into one from a day on.
///
/// # Errors
/// Every reason of [`decide::merge`].
pub async fn merge(office: &Office, context: &Context, codes: &[&str], into: &Successor, on: Date) -> Result<Change> {
    let decide = |registry: &Registry| decide::merge(registry, codes, into, on);
    change(office, context, "organisation.merge", &codes.join(" "), decide).await
}

/// Divides a unit among several from a day on; `children` says which heir each unit below goes to.
///
/// # Errors
/// Every reason of [`decide::split`].
pub async fn split(
    office: &Office,
    context: &Context,
    code: &str,
    parts: &[Part],
    children: &[(UnitCode, UnitCode)],
    on: Date,
) -> Result<Change> {
    let decide = |registry: &Registry| decide::split(registry, code, parts, children, on);
    change(office, context, "organisation.split", code, decide).await
}

/// Ends a unit, with heirs or without.
///
/// # Errors
/// Every reason of [`decide::dissolve`].
pub async fn dissolve(office: &Office, context: &Context, code: &str, parts: &[Part], on: Date) -> Result<Change> {
    change(office, context, "organisation.dissolve", code, |registry| decide::dissolve(registry, code, parts, on)).await
}

async fn change(
    office: &Office,
    context: &Context,
    verb: &str,
    object: &str,
    decide: impl FnOnce(&Registry) -> Result<Change, Refusal>,
) -> Result<Change> {
    let mut transaction = office.db().begin().await?;
    let known = store::load(&mut transaction).await?;
    let change = decide(&known)?;
    save(&mut transaction, &known, &change).await?;
    let detail = serde_json::json!({ "on": change.on, "successions": change.successions }).to_string();
    audit::write(&mut transaction, context, verb, object, &detail).await?;
    transaction.commit().await?;
    Ok(change)
}

/// Writes a change that leaves a sound registry; a unit keeps its place in lists, new ones come last.
async fn save(transaction: &mut Transaction, known: &Registry, change: &Change) -> Result<()> {
    let after = known.with(change)?;
    let changed: HashSet<&UnitCode> = change.units.iter().map(|unit| &unit.code).collect();
    let touched: Vec<(usize, &Unit)> =
        after.units().iter().enumerate().filter(|(_, unit)| changed.contains(&unit.code)).collect();
    store::save(transaction, &touched, known).await?;
    let successions: Vec<&Succession> = change.successions.iter().collect();
    store::save_successions(transaction, &successions).await
}
