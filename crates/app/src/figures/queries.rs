//! What pages and commands ask about figures: a unit's indicators with their inputs and what they are made of.

use std::sync::Arc;

use domain::{
    figures::{
        catalogue::{Catalogue, Indicator},
        formula::{Explanation, Items, NullReason, Reference, Value},
        rollup::Made,
    },
    organisation::{Registry, Unit},
    school_year::SchoolYear,
};
use jiff::civil::Date;
use serde::Serialize;

use super::{
    plan::Plan,
    view::{YearView, number_of},
};
use crate::{
    office::Office,
    platform::{Error, Result},
};

/// An item that an indicator reads.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Input {
    /// `code`, `code.option`, with `prev:` and `parent:` where it is of another year or unit.
    pub item: String,
    /// What the indicator reads: the unit's sum over those who count for it; none where nobody reported it.
    pub value: Option<f64>,
    /// Schools inside the unit behind that value.
    pub reported: u32,
    /// Schools inside the unit that owe one.
    pub expected: u32,
    /// Schools whose figures are divided between this unit and others: the sum is an estimate.
    pub apportioned: u32,
}

/// One indicator of one unit.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct IndicatorValue {
    /// Code.
    pub code: String,
    /// Name in Vietnamese.
    pub label: String,
    /// Name in English.
    pub label_en: String,
    /// The group in lists and reports.
    pub group: String,
    /// The value, unrounded.
    pub value: Option<f64>,
    /// Decimals in print.
    pub decimals: u8,
    /// What it counts in.
    pub unit: String,
    /// Why there is no value (`missing`, `undefined`, `not_finite`).
    pub missing: Option<&'static str>,
    /// Schools inside the unit from which the value is made: those that gave all that it needs, the year before included.
    pub reported: u32,
    /// Schools inside the unit that should have.
    pub expected: u32,
    /// Schools whose figures are divided between this unit and others: the value is an estimate.
    pub apportioned: u32,
    /// What it is computed from.
    pub inputs: Vec<Input>,
}

/// Who stands behind a value, as pages tell it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Behind {
    /// Whether somebody who should have reported did not.
    pub is_partial: bool,
    /// Schools from which the value is made.
    pub reported: u32,
    /// Schools that should have reported.
    pub expected: u32,
}

impl IndicatorValue {
    /// Whether somebody who should have reported did not: such a value is shown with n of N, and no change is told of it.
    pub fn is_partial(&self) -> bool {
        self.reported < self.expected
    }

    /// Who stands behind the value.
    pub fn behind(&self) -> Behind {
        Behind { is_partial: self.is_partial(), reported: self.reported, expected: self.expected }
    }
}

/// All indicators of a unit in a year.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct UnitIndicators {
    /// The unit.
    pub unit: String,
    /// The year.
    pub year: SchoolYear,
    /// The day whose units make the map.
    pub on_map: Date,
    /// Schools of the year whose figures no unit of the map has: they ended and nobody took them over.
    pub not_on_map: Vec<LeftOut>,
    /// In the catalogue's order.
    pub indicators: Vec<IndicatorValue>,
}

/// A school whose figures are on no unit of a map.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct LeftOut {
    /// Code.
    pub code: String,
    /// Its last name.
    pub name: String,
}

/// A year on a map on which the unit exists: the day named, else the year's own day, else the unit's nearest.
///
/// # Errors
/// `NotFound` for an unknown unit or year; `not_on_map` where the unit does not exist on the day named.
pub async fn view_with_unit(
    office: &Office,
    year: SchoolYear,
    unit: &str,
    on_map: Option<Date>,
) -> Result<(Arc<YearView>, usize)> {
    let registry = office.registry().await?;
    let known = registry.unit(unit).ok_or_else(|| Error::NotFound(format!("đơn vị mang mã {unit}")))?;
    let mut view = office.warehouse().view(office, year, on_map).await?;
    if on_map.is_none() && view.position(unit).is_none() {
        view = office.warehouse().view(office, year, Some(nearest_day(known, view.day))).await?;
    }
    let position = view.position(unit).ok_or_else(|| {
        let message = format!(
            "{} ({unit}) tồn tại {}; hãy chọn bản đồ của một ngày trong thời gian đó (--on-map).",
            known.latest_name(),
            known.validity
        );
        Error::refused("not_on_map", message)
    })?;
    Ok((view, position))
}

fn nearest_day(unit: &Unit, day: Date) -> Date {
    match (unit.validity.from, unit.validity.to) {
        (Some(from), _) if day < from => from,
        (_, Some(to)) if day > to => to,
        _ => day,
    }
}

/// Every indicator of a unit in a year.
///
/// # Errors
/// As [`view_with_unit`].
pub async fn unit_indicators(
    office: &Office,
    year: SchoolYear,
    unit: &str,
    on_map: Option<Date>,
) -> Result<UnitIndicators> {
    let (view, position) = view_with_unit(office, year, unit, on_map).await?;
    let catalogue = office.catalogue();
    let numbers = 0..catalogue.indicators.len();
    let indicators = numbers.map(|number| value_of(catalogue, &view, position, number)).collect::<Result<_>>()?;
    let registry = office.registry().await?;
    let not_on_map = left_out(&registry, &view, position);
    Ok(UnitIndicators { unit: unit.to_owned(), year, on_map: view.day, not_on_map, indicators })
}

/// The schools of the year under a unit that no unit of the map has, by their last names.
pub fn left_out(registry: &Registry, view: &YearView, position: usize) -> Vec<LeftOut> {
    let name = |code: &str| registry.unit(code).map_or(code, |unit| unit.latest_name()).to_owned();
    view.left_out(position).map(|code| LeftOut { code: code.to_owned(), name: name(code) }).collect()
}

/// One indicator, by its place in the catalogue, of one unit of a view.
///
/// # Errors
/// An inside fault where a formula of the packs cannot be evaluated.
pub fn value_of(catalogue: &Catalogue, view: &YearView, position: usize, number: usize) -> Result<IndicatorValue> {
    let indicator =
        catalogue.indicators.get(number).ok_or_else(|| Error::Inside(format!("indicator number {number}")))?;
    let outcome = number_of(&view.indicator(number)?.outcome(position));
    let made = view.indicator_made(position, number);
    let unit = view.unit(position, number);
    let inputs = view.plan().formulas()[number].references().iter();
    Ok(IndicatorValue {
        code: indicator.code.clone(),
        label: indicator.label.vi.clone(),
        label_en: indicator.label.en.clone(),
        group: indicator.group.clone(),
        value: outcome.ok(),
        decimals: indicator.decimals,
        unit: indicator.measure.0.clone(),
        missing: outcome.err().map(NullReason::as_str),
        reported: made.reported,
        expected: made.expected,
        apportioned: made.apportioned,
        inputs: inputs
            .map(|reference| input(unit.value(reference), view.input_made(position, number, reference), reference))
            .collect(),
    })
}

fn input(value: Option<Value>, made: Made, reference: &Reference) -> Input {
    let value = match value {
        Some(Value::Number(number)) => Some(number),
        Some(Value::Boolean(truth)) => Some(f64::from(u8::from(truth))),
        Some(Value::Text(_)) | None => None,
    };
    let Made { reported, expected, apportioned, .. } = made;
    Input { item: reference.to_string(), value, reported, expected, apportioned }
}

/// How an indicator's value came about, in words and numbers.
///
/// # Errors
/// An inside fault where the view has no such indicator.
pub fn explain(catalogue: &Catalogue, view: &YearView, position: usize, number: usize) -> Result<Explanation> {
    let (indicator, formula) = indicator_with_formula(catalogue, view.plan(), number)?;
    Ok(formula.explain(&view.unit(position, number), catalogue, indicator.missing))
}

fn indicator_with_formula<'a>(
    catalogue: &'a Catalogue,
    plan: &'a Plan,
    number: usize,
) -> Result<(&'a Indicator, &'a domain::figures::formula::Formula)> {
    let found = catalogue.indicators.get(number).zip(plan.formulas().get(number));
    found.ok_or_else(|| Error::Inside(format!("indicator number {number}")))
}
