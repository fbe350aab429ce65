//! A year rolled up over the units of one map, with the year before on the same map, and every indicator of every unit.

use std::{
    borrow::Cow,
    collections::HashMap,
    sync::{Arc, OnceLock},
};

use domain::{
    figures::{
        catalogue::{Catalogue, ItemCode, MissingStrategy},
        formula::{ColumnOutcome, FormulaError, ItemColumns, Items, NullReason, Outcome, Reference, Value},
        rollup::{Alike, Expectations, Forest, Heirs, Layout, Made, RollUp},
    },
    organisation::{Line, Registry},
    school_year::SchoolYear,
};
use jiff::civil::Date;

use super::{alike::SumsAlike, plan::Plan, rows::Rows, year::YearFigures};
use crate::platform::{Error, Result};

const THREAD_COUNT: usize = 2;

/// A year on a map.
#[derive(Clone, Debug)]
pub struct YearView {
    /// The year.
    pub year: SchoolYear,
    /// The day whose units make the map.
    pub day: Date,
    pub(super) catalogue: Arc<Catalogue>,
    pub(super) plan: Arc<Plan>,
    pub(super) forest: Arc<Forest>,
    rows: Rows,
    /// Schools that nobody on the map took over, each with the unit under which it stood.
    left_out: Vec<(usize, String)>,
    pub(super) now: RollUp,
    pub(super) before: Option<RollUp>,
    pub(super) expectations: Expectations,
    pub(super) expectations_before: Option<Expectations>,
    /// By indicator: who is left out of it.
    pub(super) alike: OnceLock<Vec<Alike>>,
    indicators: OnceLock<Vec<Arc<ColumnOutcome>>>,
    indicators_before: OnceLock<Vec<Option<Arc<ColumnOutcome>>>>,
}

impl YearView {
    /// Rolls a year up over the units of a day; figures of units that are gone count where their heirs are.
    ///
    /// # Errors
    /// An inside fault for a register that is not sound.
    pub(super) fn of(
        catalogue: &Arc<Catalogue>,
        plan: &Arc<Plan>,
        registry: &Registry,
        figures: &YearFigures,
        before: Option<&YearFigures>,
        day: Date,
    ) -> Result<Self> {
        let forest = registry.forest_on(Line::Management, day).map_err(Error::inside)?;
        let now = rolled(registry, &forest, figures, day);
        let group_of = || plan.slots().iter().map(|slot| u32::try_from(slot.group).unwrap_or(u32::MAX)).collect();
        let expectations = Expectations::new(now.layout(), &figures.owes(catalogue, plan), group_of());
        let figures_before = before;
        let before = before.map(|before| rolled(registry, &forest, before, day));
        let expectations_before = before
            .as_ref()
            .zip(figures_before)
            .map(|(rollup, figures)| Expectations::new(rollup.layout(), &figures.owes(catalogue, plan), group_of()));
        let has_figures = |unit: usize| {
            now.layout().has_reporter(unit) || before.as_ref().is_some_and(|before| before.layout().has_reporter(unit))
        };
        let rows = Rows::of(&forest, has_figures);
        let left_out = left_out(registry, &forest, figures, day);
        Ok(Self {
            year: figures.year,
            day,
            catalogue: Arc::clone(catalogue),
            plan: Arc::clone(plan),
            forest: Arc::new(forest),
            rows,
            left_out,
            now,
            before,
            expectations,
            expectations_before,
            alike: OnceLock::new(),
            indicators: OnceLock::new(),
            indicators_before: OnceLock::new(),
        })
    }

    /// The units of the map in pre-order.
    pub fn forest(&self) -> &Forest {
        &self.forest
    }

    /// The columns and formulas behind it.
    pub fn plan(&self) -> &Plan {
        &self.plan
    }

    /// Where a unit stands on the map.
    pub fn position(&self, unit: &str) -> Option<usize> {
        self.forest.position(unit)
    }

    /// The schools of the year that stood under the unit and are not on the map: they ended and nobody took them over.
    pub fn left_out(&self, position: usize) -> impl Iterator<Item = &str> {
        let beneath = self.forest.subtree(position);
        self.left_out.iter().filter(move |(home, _)| beneath.contains(home)).map(|(_, code)| code.as_str())
    }

    /// A unit's plain sum of an item; none where nothing was reported or the item does not add up.
    pub fn item(&self, position: usize, item: &ItemCode) -> Option<f64> {
        let slot = self.plan.slot(item)?;
        Some(self.now.sum(position, slot)).filter(|sum| !sum.is_nan())
    }

    /// What a unit's figure of an item is made of.
    pub fn made(&self, position: usize, item: &ItemCode) -> Option<Made> {
        let slot = self.plan.slot(item)?;
        let aggregation = self.plan.slots()[slot].aggregation;
        Some(self.now.figure(position, slot, aggregation, MissingStrategy::All, &self.expectations).made)
    }

    /// An indicator (by its place in the catalogue) of all units.
    ///
    /// # Errors
    /// An inside fault where a formula of the packs cannot be evaluated.
    pub fn indicator(&self, number: usize) -> Result<IndicatorColumn<'_>> {
        let outcome = self.all_indicators()?.get(number).ok_or_else(|| Error::Inside(format!("indicator {number}")))?;
        Ok(IndicatorColumn { outcome, rows: &self.rows })
    }

    /// Evaluates every indicator of the catalogue for all units, where that was not done yet, and says how many values
    /// there are: indicators times units.
    ///
    /// # Errors
    /// An inside fault where a formula of the packs cannot be evaluated.
    pub fn evaluate_all(&self) -> Result<usize> {
        Ok(self.all_indicators()?.len() * self.forest.len())
    }

    /// By indicator, evaluated at the first question.
    fn all_indicators(&self) -> Result<&[Arc<ColumnOutcome>]> {
        if let Some(done) = self.indicators.get() {
            return Ok(done);
        }
        let all = vec![true; self.plan.formulas().len()];
        let done = self.evaluate(false, &all)?.into_iter().flatten().collect();
        Ok(self.indicators.get_or_init(|| done))
    }

    /// Last year's value, on the same map, of the indicators that some formula reads under `prev`; none of the others,
    /// and none at all where there is no year before.
    fn all_indicators_before(&self) -> Result<&[Option<Arc<ColumnOutcome>>]> {
        if let Some(done) = self.indicators_before.get() {
            return Ok(done);
        }
        let needed = self.plan.read_before();
        let done = match self.before {
            Some(_) => self.evaluate(true, needed)?,
            None => vec![None; needed.len()],
        };
        Ok(self.indicators_before.get_or_init(|| done))
    }

    /// The wanted indicators of this year, or of the one before.
    fn evaluate(&self, of_year_before: bool, wanted: &[bool]) -> Result<Vec<Option<Arc<ColumnOutcome>>>> {
        let before = if of_year_before { &[] } else { self.all_indicators_before()? };
        let mut done = Vec::with_capacity(wanted.len());
        let codes = self.catalogue.indicators.iter().map(|indicator| indicator.code.as_str());
        let by_code: HashMap<&str, usize> = codes.zip(0..).collect();
        for (number, (indicator, formula)) in self.catalogue.indicators.iter().zip(self.plan.formulas()).enumerate() {
            let outcome = if wanted[number] {
                let alike = if of_year_before { None } else { self.sums_alike(number) };
                let alike = alike.as_ref();
                let source = Source { view: self, of_year_before, done: &done, before, by_code: &by_code, alike };
                let outcome = formula.evaluate_columns(&source, indicator.missing);
                let fault = |error: FormulaError| Error::Inside(format!("{}: {}", indicator.code, error.message));
                Some(Arc::new(outcome.map_err(fault)?))
            } else {
                None
            };
            done.push(outcome);
        }
        Ok(done)
    }

    /// The items of one unit, as the formula of an indicator and its explanation read them.
    pub fn unit(&self, position: usize, number: usize) -> UnitItems<'_> {
        UnitItems {
            view: self,
            position,
            of_year_before: false,
            alike: Some(number).filter(|_| self.hides_figures(number)),
        }
    }

    /// Takes one reporter's new figures: its own units above are added up anew, indicators at the next question.
    pub(super) fn update(&mut self, row: usize, figures: &[f64]) {
        self.now.update(row, figures);
        self.alike = OnceLock::new();
        self.indicators = OnceLock::new();
    }

    /// The same for the year before.
    pub(super) fn update_before(&mut self, row: usize, figures: &[f64]) {
        if let Some(before) = &mut self.before {
            before.update(row, figures);
            self.alike = OnceLock::new();
            self.indicators = OnceLock::new();
            self.indicators_before = OnceLock::new();
        }
    }

    pub(super) fn rollup(&self, previous: bool) -> Option<&RollUp> {
        if previous { self.before.as_ref() } else { Some(&self.now) }
    }

    fn constant(&self, code: &str) -> Option<f64> {
        self.catalogue.constants.get(code).map(|constant| constant.value)
    }
}

fn left_out(registry: &Registry, forest: &Forest, figures: &YearFigures, day: Date) -> Vec<(usize, String)> {
    let gone = figures.reporters().iter().filter(|reporter| {
        forest.position(&reporter.code).is_none() && registry.heirs_on_map(&reporter.code, forest, day) == Heirs::Nobody
    });
    let home = |unit: &domain::organisation::Unit| match forest.position(unit.code.as_str()) {
        Some(position) => Some(position),
        None => match registry.heirs_on_map(unit.code.as_str(), forest, day) {
            Heirs::Whole(position) => Some(position),
            _ => None,
        },
    };
    gone.filter_map(|reporter| {
        let last = registry.unit(&reporter.code)?.validity.to.unwrap_or(day);
        let above = registry.ancestors_on(&reporter.code, Line::Management, last);
        Some((above.into_iter().find_map(home)?, reporter.code.clone()))
    })
    .collect()
}

fn rolled(registry: &Registry, forest: &Forest, figures: &YearFigures, day: Date) -> RollUp {
    let heirs: Vec<Heirs> = figures
        .reporters()
        .iter()
        .map(|reporter| match forest.position(&reporter.code) {
            Some(position) => Heirs::Whole(position),
            None => registry.heirs_on_map(&reporter.code, forest, day),
        })
        .collect();
    RollUp::of(Arc::new(Layout::on_map(forest, &heirs)), figures.columns().clone(), THREAD_COUNT)
}

/// One indicator of all units of a map.
#[derive(Clone, Copy, Debug)]
pub struct IndicatorColumn<'a> {
    outcome: &'a ColumnOutcome,
    rows: &'a Rows,
}

impl IndicatorColumn<'_> {
    /// A unit's value, by its place on the map; NaN where there is none.
    pub fn value(&self, position: usize) -> f64 {
        self.outcome.values()[self.rows.row(position)]
    }

    /// A unit's value, or why there is none.
    pub fn outcome(&self, position: usize) -> Outcome {
        self.outcome.outcome(self.rows.row(position))
    }
}

/// Columns as the formulas of one year read them; indicators that are done can be read like items.
#[derive(Clone, Copy)]
struct Source<'a> {
    view: &'a YearView,
    of_year_before: bool,
    /// This year's, so far.
    done: &'a [Option<Arc<ColumnOutcome>>],
    /// Last year's.
    before: &'a [Option<Arc<ColumnOutcome>>],
    by_code: &'a HashMap<&'a str, usize>,
    /// The sums over those who count, where these are not the plain ones.
    alike: Option<&'a SumsAlike>,
}

impl Source<'_> {
    fn own(&self, item: &ItemCode, previous: bool) -> Option<Cow<'_, [f64]>> {
        // Two years back is beyond what a view holds.
        if previous && self.of_year_before {
            return None;
        }
        if let (None, Some(&number)) = (&item.option, self.by_code.get(item.element.as_str())) {
            if self.alike.is_some() {
                let inner = Source { of_year_before: previous || self.of_year_before, ..*self };
                let missing = self.view.catalogue.indicators.get(number)?.missing;
                let outcome = self.view.plan.formulas().get(number)?.evaluate_columns(&inner, missing);
                return Some(Cow::Owned(outcome.ok()?.into_values()));
            }
            let known = if previous { self.before } else { self.done };
            return Some(Cow::Borrowed(known.get(number)?.as_ref()?.values()));
        }
        let slot = self.view.plan.slot(item)?;
        let (rollup, slot) = self.view.summed(self.alike, slot, previous || self.of_year_before)?;
        Some(Cow::Owned(self.view.rows.units().map(|unit| rollup.sum(unit, slot)).collect()))
    }
}

impl ItemColumns for Source<'_> {
    fn rows(&self) -> usize {
        self.view.rows.len()
    }

    fn column(&self, reference: &Reference) -> Option<Cow<'_, [f64]>> {
        let own = self.own(&reference.item, reference.previous)?;
        if !reference.parent {
            return Some(own);
        }
        Some(Cow::Owned(self.view.rows.parents().map(|parent| parent.map_or(f64::NAN, |row| own[row])).collect()))
    }

    fn constant(&self, code: &str) -> Option<f64> {
        self.view.constant(code)
    }
}

/// The items of one unit.
#[derive(Clone, Copy, Debug)]
pub struct UnitItems<'a> {
    view: &'a YearView,
    position: usize,
    of_year_before: bool,
    /// The indicator over whose reporters the sums are, where these are not the plain ones.
    alike: Option<usize>,
}

impl UnitItems<'_> {
    fn indicator(&self, number: usize, position: usize, previous: bool) -> Option<Outcome> {
        let view = self.view;
        if self.alike.is_some() {
            let inner = Self { position, of_year_before: previous || self.of_year_before, ..*self };
            let missing = view.catalogue.indicators.get(number)?.missing;
            return view.plan.formulas().get(number)?.evaluate(&inner, missing).ok();
        }
        match previous {
            true => Some(view.all_indicators_before().ok()?.get(number)?.as_ref()?.outcome(view.rows.row(position))),
            false => Some(view.indicator(number).ok()?.outcome(position)),
        }
    }
}

impl Items for UnitItems<'_> {
    fn value(&self, reference: &Reference) -> Option<Value> {
        let view = self.view;
        if reference.previous && self.of_year_before {
            return None;
        }
        let position = match reference.parent {
            true => view.forest.parent(self.position).filter(|_| view.rows.has_parent(self.position))?,
            false => self.position,
        };
        if let Some(number) = view.number_of(&reference.item) {
            let outcome = self.indicator(number, position, reference.previous)?;
            return if let Outcome::Value(value) = outcome { Some(value) } else { None };
        }
        let slot = view.plan.slot(&reference.item)?;
        let sum = view.sum_at(self.alike, slot, reference.previous || self.of_year_before, position)?;
        (!sum.is_nan()).then_some(Value::Number(sum))
    }

    fn constant(&self, code: &str) -> Option<Value> {
        self.view.constant(code).map(Value::Number)
    }
}

/// The number of an outcome, or why there is none.
pub(super) fn number_of(outcome: &Outcome) -> Result<f64, NullReason> {
    match outcome {
        Outcome::Value(Value::Number(number)) => Ok(*number),
        Outcome::Value(Value::Boolean(truth)) => Ok(f64::from(u8::from(*truth))),
        Outcome::Value(Value::Text(_)) => Err(NullReason::Undefined),
        Outcome::Null(reason) => Err(*reason),
    }
}
