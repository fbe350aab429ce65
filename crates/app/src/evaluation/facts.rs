//! The numbers that scoring asks for, from the year and the year before on one map.

use std::{borrow::Cow, collections::HashMap, sync::Arc};

use domain::{
    Level,
    evaluation::score::{Facts, NoValue, Quantity},
    figures::{
        catalogue::{Catalogue, ItemCode},
        formula::Outcome,
    },
    organisation::Registry,
};

use super::sending::Sending;
use crate::figures::{YearView, queries};

/// Units of one map as rows, their numbers as columns.
#[derive(Clone, Debug)]
pub(super) struct UnitFacts {
    pub(super) catalogue: Arc<Catalogue>,
    pub(super) now: Arc<YearView>,
    pub(super) before: Option<Arc<YearView>>,
    /// Where each unit stands on the map.
    pub(super) positions: Vec<usize>,
    /// By position.
    pub(super) sending: Vec<Sending>,
    /// By level, by position: whether the unit or a school under it teaches the level.
    pub(super) teaches: Vec<Vec<bool>>,
    /// What people entered and the road made final.
    pub(super) entered: Entered,
}

/// What people entered and the road made final, by unit in the order of the rows.
#[derive(Clone, Debug, Default)]
pub(super) struct Entered {
    /// By line: values.
    pub(super) values: HashMap<String, Vec<f64>>,
    /// By line: 1 where it was agreed that the line does not apply.
    pub(super) excused: HashMap<String, Vec<f64>>,
    /// Forms sent late as they were counted when points were made final; NaN where they were not.
    pub(super) late_forms: Vec<f64>,
}

/// By level, by position: whether the unit or a school under it teaches the level.
pub(super) fn teaches(registry: &Registry, view: &YearView) -> Vec<Vec<bool>> {
    let forest = view.forest();
    let schools: Vec<Option<&[Level]>> = forest
        .codes()
        .map(|code| registry.unit(code).and_then(|unit| unit.school.as_ref()).map(|school| school.levels.as_slice()))
        .collect();
    let of_level = |level: Level| {
        let mut teaches: Vec<bool> =
            schools.iter().map(|school| school.is_some_and(|levels| levels.contains(&level))).collect();
        for position in (0..forest.len()).rev().filter(|position| teaches[*position]).collect::<Vec<_>>() {
            forest.ancestors(position).for_each(|above| teaches[above] = true);
        }
        teaches
    };
    Level::ALL.map(of_level).into()
}

impl UnitFacts {
    fn view(&self, previous: bool) -> Option<&YearView> {
        if previous { self.before.as_deref() } else { Some(&self.now) }
    }

    fn number(&self, code: &str) -> Option<usize> {
        self.catalogue.indicators.iter().position(|indicator| indicator.code == code)
    }

    fn item(&self, item: &ItemCode, previous: bool, position: usize) -> Option<f64> {
        self.view(previous)?.item(position, item)
    }

    /// How many forms a unit sent late by what is known now, whatever was made final.
    pub(super) fn late_forms_now(&self, unit: usize) -> f64 {
        self.sending[self.positions[unit]].late()
    }

    fn late_forms(&self, unit: usize) -> f64 {
        let made_final = self.entered.late_forms.get(unit).copied().filter(|count| count.is_finite());
        made_final.unwrap_or_else(|| self.late_forms_now(unit))
    }

    /// One quantity as a function of the row; none where no unit has it.
    fn reader<'a>(&'a self, quantity: &'a Quantity) -> Option<Box<dyn Fn(usize) -> f64 + 'a>> {
        let at = |unit: usize| self.positions[unit];
        Some(match quantity {
            Quantity::Indicator { code, previous } => {
                let column = self.view(*previous)?.indicator(self.number(code)?).ok()?;
                Box::new(move |unit| column.value(at(unit)))
            }
            Quantity::Item { item, previous } => {
                self.now.plan().slot(item)?;
                Box::new(move |unit| self.item(item, *previous, at(unit)).unwrap_or(f64::NAN))
            }
            Quantity::Timeliness => Box::new(move |unit| self.sending[at(unit)].timeliness()),
            Quantity::Completeness => Box::new(move |unit| self.sending[at(unit)].completeness()),
            Quantity::LateForms => Box::new(|unit| self.late_forms(unit)),
            Quantity::Teaches(level) => {
                let place = Level::ALL.iter().position(|known| known == level)?;
                Box::new(move |unit| f64::from(u8::from(self.teaches[place][at(unit)])))
            }
            Quantity::Entered(line) => {
                let values = self.entered.values.get(line)?;
                Box::new(move |unit| values[unit])
            }
            Quantity::Excused(line) => {
                let values = self.entered.excused.get(line)?;
                Box::new(move |unit| values[unit])
            }
        })
    }
}

impl Facts for UnitFacts {
    fn unit_count(&self) -> usize {
        self.positions.len()
    }

    fn column(&self, quantity: &Quantity) -> Option<Cow<'_, [f64]>> {
        let value = self.reader(quantity)?;
        Some(Cow::Owned((0..self.positions.len()).map(value).collect()))
    }

    fn value(&self, quantity: &Quantity, unit: usize) -> Option<f64> {
        self.reader(quantity).map(|value| value(unit))
    }

    fn why_none(&self, quantity: &Quantity, unit: usize) -> NoValue {
        match quantity {
            Quantity::Indicator { code, previous: false } => {
                let column = self.number(code).and_then(|number| self.now.indicator(number).ok());
                match column.map(|column| column.outcome(self.positions[unit])) {
                    Some(Outcome::Null(reason)) => reason.into(),
                    _ => NoValue::Missing,
                }
            }
            Quantity::Entered(_) | Quantity::Excused(_) => NoValue::NotEntered,
            _ => NoValue::Missing,
        }
    }

    fn working(&self, quantity: &Quantity, unit: usize) -> Option<String> {
        let Quantity::Indicator { code, previous } = quantity else { return None };
        let view = self.view(*previous)?;
        let explained = queries::explain(&self.catalogue, view, self.positions[unit], self.number(code)?).ok()?;
        Some(explained.working)
    }

    fn constant(&self, code: &str) -> Option<f64> {
        self.catalogue.constants.get(code).map(|constant| constant.value)
    }
}
