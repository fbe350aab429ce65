//! The forms that schools of the same levels fill, with the rules compiled once for all of them.

use std::{collections::BTreeMap, sync::Arc};

use domain::{Level, figures::catalogue::StatisticalForm, school_year::ReportingPeriod};

use super::{
    InventedSchool,
    rules::{Program, Rules},
    sending::Sending,
};
use crate::{
    office::Office,
    platform::{Error, Result},
    shipped,
};

/// What schools of the same levels fill and how.
#[derive(Debug)]
pub(super) struct Kit {
    pub(super) forms: Vec<StatisticalForm>,
    program: Program,
}

/// An invented school with its kit.
pub(super) type Equipped = (InventedSchool, Arc<Kit>);

/// Gives every school its kit.
///
/// # Errors
/// An inside fault that names every element without a rule.
pub(super) fn equip(office: &Office, schools: Vec<InventedSchool>) -> Result<Vec<Equipped>> {
    let rules = Rules::read(shipped::text("demo/rules.toml")?).map_err(Error::Inside)?;
    let catalogue = office.catalogue();
    let mut kits: BTreeMap<Vec<Level>, Arc<Kit>> = BTreeMap::new();
    let equipped = schools.into_iter().map(|school| {
        if let Some(kit) = kits.get(&school.levels) {
            return Ok((school, Arc::clone(kit)));
        }
        let forms: Vec<&StatisticalForm> = catalogue.forms_for(&school.levels).collect();
        let program = rules.compile(catalogue, &forms).map_err(|faults| Error::Inside(faults.join("; ")))?;
        let kit = Arc::new(Kit { forms: forms.into_iter().cloned().collect(), program });
        kits.insert(school.levels.clone(), Arc::clone(&kit));
        Ok((school, kit))
    });
    equipped.collect()
}

/// What one school sends in a period: the forms due with their places among all of its forms, some with a fault.
pub(super) fn sendings<'a>(
    office: &'a Office,
    (school, kit): &'a Equipped,
    period: &'a ReportingPeriod,
) -> impl Iterator<Item = (usize, Sending)> + 'a {
    let numbers = kit.program.run(&school.profile, period.year);
    let due = kit.forms.iter().zip(numbers).enumerate().filter(|(_, (form, _))| form.period == period.kind);
    due.map(|(position, (form, numbers))| {
        (position, Sending::new(office.catalogue(), period, form, &school.code, &numbers))
    })
}
