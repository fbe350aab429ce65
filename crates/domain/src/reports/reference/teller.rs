//! Tells a figure in a form of words, from whatever source the figures come.

use std::collections::BTreeMap;

use super::naming::{Naming, Vocabulary};
use super::words::{self, round};
use super::{Rank, TARGET};
use crate::reports::figure::{FigureForm, FigureReference, MISSING};
use crate::reports::summary::{EmulationFacts, FigureSource, SummaryFacts, Target};
use crate::school_year::SchoolYear;

/// The figures of one report with their names: the one place where a number becomes words.
pub struct Teller<'a> {
    vocabulary: Vocabulary,
    figures: &'a dyn FigureSource,
    targets: &'a BTreeMap<String, Target>,
    emulation: &'a EmulationFacts,
    unit: &'a str,
    year: SchoolYear,
}

/// One figure that is asked for.
#[derive(Clone, Copy)]
struct Asked<'q> {
    code: &'q str,
    unit: &'q str,
    year: SchoolYear,
    form: FigureForm,
}

impl<'a> Teller<'a> {
    /// Tells the figures of a report's facts.
    pub fn of(facts: &'a SummaryFacts<'a>) -> Self {
        Self {
            vocabulary: Vocabulary::of(facts.catalogue).with(&facts.emulation),
            figures: facts.figures,
            targets: &facts.targets,
            emulation: &facts.emulation,
            unit: &facts.office.unit,
            year: facts.year,
        }
    }

    /// The names of what can be told.
    pub fn vocabulary(&self) -> &Vocabulary {
        &self.vocabulary
    }

    /// The unit whose report it is.
    pub fn unit(&self) -> &'a str {
        self.unit
    }

    /// The year under report.
    pub fn year(&self) -> SchoolYear {
        self.year
    }

    /// Label, measure, decimals and direction of a code.
    pub fn naming(&self, code: &str) -> Naming {
        self.vocabulary.naming(code)
    }

    /// A value, rounded as it is printed: what a reader adds or subtracts by hand agrees with what we print.
    pub fn value(&self, code: &str, unit: &str, year: SchoolYear) -> Option<f64> {
        let value = match code.strip_prefix(TARGET) {
            Some(code) => self.target(code, unit, year),
            None => match self.emulation.figure(code).filter(|_| unit == self.unit) {
                Some(known) => known.values.get(&year).copied(),
                None => self.figures.value(code, unit, year),
            },
        };
        Some(round(value.filter(|value| value.is_finite())?, self.naming(code).decimals))
    }

    /// What a code was to reach in a year: known for the report's own unit, this year and next.
    pub fn target(&self, code: &str, unit: &str, year: SchoolYear) -> Option<f64> {
        let target = self.targets.get(code).filter(|_| unit == self.unit)?;
        if year == self.year {
            target.this_year
        } else if year == self.year.next() {
            target.next_year
        } else {
            None
        }
    }

    /// The place among the sibling units.
    pub fn rank(&self, code: &str, unit: &str, year: SchoolYear) -> Option<Rank> {
        self.figures.rank(code, unit, year)
    }

    /// A figure as a sentence prints it.
    pub fn tell(&self, code: &str, unit: &str, year: SchoolYear, form: FigureForm) -> FigureReference {
        let asked = Asked { code, unit, year, form };
        self.reference(asked, |value| self.words(asked, value))
    }

    /// A figure as a table's cell prints it: values without `%`, changes with a sign.
    pub fn cell(&self, code: &str, unit: &str, year: SchoolYear, form: FigureForm) -> FigureReference {
        let asked = Asked { code, unit, year, form };
        let naming = self.naming(code);
        self.reference(asked, |value| match form {
            FigureForm::Value => crate::vietnamese::format_number(value, naming.decimals),
            FigureForm::Change | FigureForm::PointChange => words::signed(&naming, value),
            _ => self.words(asked, value),
        })
    }

    /// The same figure as it is now, in the style in which it was printed.
    pub fn again(&self, old: &FigureReference) -> FigureReference {
        let asked = Asked { code: &old.code, unit: &old.unit, year: old.year, form: old.form };
        let in_sentence = old.value.is_some_and(|value| {
            old.printed.ends_with('%')
                || (old.form != FigureForm::Value && old.printed == self.words(asked, value))
                || old.form.has_two_facts()
        });
        if in_sentence {
            self.tell(&old.code, &old.unit, old.year, old.form)
        } else {
            self.cell(&old.code, &old.unit, old.year, old.form)
        }
    }

    fn reference(&self, asked: Asked<'_>, print: impl Fn(f64) -> String) -> FigureReference {
        let value = self.amount(asked);
        FigureReference {
            code: asked.code.to_owned(),
            unit: asked.unit.to_owned(),
            year: asked.year,
            form: asked.form,
            value,
            printed: value.map_or_else(|| MISSING.to_owned(), print),
        }
    }

    /// Whether somebody's figures are missing from a value.
    fn is_partial(&self, code: &str, unit: &str, year: SchoolYear) -> bool {
        self.figures.completeness(code, unit, year).is_some_and(|made| made.is_partial())
    }

    /// The number behind a form: a value, a difference, a place.
    ///
    /// A figure of a part of the units is a figure, and its completeness is told beside it; a difference between two
    /// years is none while either lacks a unit, for it would be told of the work and be of the count.
    fn amount(&self, asked: Asked<'_>) -> Option<f64> {
        let Asked { code, unit, year, form } = asked;
        if form.compares_years() && [year, year.previous()].iter().any(|year| self.is_partial(code, unit, *year)) {
            return None;
        }
        let decimals = self.naming(code).decimals;
        let now = || self.value(code, unit, year);
        let last = || self.value(code, unit, year.previous());
        let place = |year| self.rank(code, unit, year).map(|rank| f64::from(rank.place));
        match form {
            FigureForm::Value => now(),
            FigureForm::Change | FigureForm::PointChange => Some(round(now()? - last()?, decimals)),
            FigureForm::RelativeChange => {
                let last = last().filter(|last| *last != 0.0)?;
                Some(round((now()? - last) / last * 100.0, 1))
            }
            FigureForm::TargetGap => self.gap(asked),
            FigureForm::TargetResult => self.gap(asked).and_then(|_| now()),
            FigureForm::Rank | FigureForm::RankOf => place(year),
            FigureForm::RankChange => Some(place(year.previous())? - place(year)?),
            FigureForm::Coverage => {
                self.figures.completeness(code, unit, year).map(|completeness| f64::from(completeness.reported))
            }
        }
    }

    fn gap(&self, asked: Asked<'_>) -> Option<f64> {
        let Asked { code, unit, year, .. } = asked;
        let decimals = self.naming(code).decimals;
        let target = round(self.target(code, unit, year)?, decimals);
        Some(round(self.value(code, unit, year)? - target, decimals))
    }

    fn words(&self, asked: Asked<'_>, value: f64) -> String {
        let naming = self.naming(asked.code);
        let Asked { code, unit, year, form } = asked;
        match form {
            FigureForm::Value => naming.printed(value),
            FigureForm::Change | FigureForm::PointChange => words::change(&naming, value),
            FigureForm::RelativeChange => words::relative_change(value),
            FigureForm::TargetGap => words::target_gap(&naming, value),
            FigureForm::TargetResult => words::target_result(&naming, value, self.gap(asked).unwrap_or_default()),
            FigureForm::Rank => format!("đứng thứ {value}"),
            FigureForm::RankOf => {
                let of = self.rank(code, unit, year).map_or(0, |rank| rank.of);
                format!("đứng thứ {value}/{of}")
            }
            FigureForm::RankChange => words::rank_change(value),
            FigureForm::Coverage => {
                let expected = self.figures.completeness(code, unit, year).map_or(0, |made| made.expected);
                format!("{value}/{expected}")
            }
        }
    }
}
