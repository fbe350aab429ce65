//! Like for like: the same units in every year, across mergers.

use serde::Serialize;

/// Why a unit is not compared over the years.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum LeftOut {
    /// It has no value in some year: it was opened, closed, or did not report.
    Incomplete,
    /// In some year its figures are divided between units: an estimate, not its own.
    Apportioned,
}

/// The units that can be compared over all years.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Panel {
    /// The units, by their place.
    pub units: Vec<usize>,
    /// The others and why.
    pub left_out: Vec<(usize, LeftOut)>,
}

impl Panel {
    /// The units that have a value in every year and were never apportioned. All years must stand on one map: then a
    /// merged school's past is the sum of what went into it, and comparing is fair.
    ///
    /// A unit without any value in any year is no unit of this comparison and is not listed.
    pub fn of(years: &[&[f64]], is_apportioned: impl Fn(usize) -> bool) -> Self {
        let unit_count = years.first().map_or(0, |year| year.len());
        let mut panel = Self { units: Vec::new(), left_out: Vec::new() };
        for unit in 0..unit_count {
            match years.iter().filter(|year| year[unit].is_finite()).count() {
                0 => {}
                _ if is_apportioned(unit) => panel.left_out.push((unit, LeftOut::Apportioned)),
                known if known < years.len() => panel.left_out.push((unit, LeftOut::Incomplete)),
                _ => panel.units.push(unit),
            }
        }
        panel
    }

    /// A year's values of the panel's units alone.
    pub fn values(&self, year: &[f64]) -> Vec<f64> {
        self.units.iter().map(|unit| year[*unit]).collect()
    }
}
