//! The figures of one report as its plan asks for them: the office's own, this year's and last year's.

use super::facts::SummaryFacts;
use crate::figures::catalogue::Direction;
use crate::reports::figure::{FigureForm, FigureReference};
use crate::reports::reference::{Naming, Teller};
use crate::school_year::SchoolYear;

/// The facts with their words at hand.
pub(super) struct Figures<'a> {
    pub(super) facts: &'a SummaryFacts<'a>,
    pub(super) teller: Teller<'a>,
}

impl<'a> Figures<'a> {
    pub(super) fn new(facts: &'a SummaryFacts<'a>) -> Self {
        Self { facts, teller: Teller::of(facts) }
    }

    /// The year before the one under report.
    pub(super) fn last_year(&self) -> SchoolYear {
        self.facts.year.previous()
    }

    /// Label, measure and decimals of a code.
    pub(super) fn naming(&self, code: &str) -> Naming {
        self.teller.naming(code)
    }

    /// The value of a unit, rounded as it is printed.
    pub(super) fn value(&self, code: &str, unit: &str, year: SchoolYear) -> Option<f64> {
        self.teller.value(code, unit, year)
    }

    /// The office's value.
    pub(super) fn own(&self, code: &str, year: SchoolYear) -> Option<f64> {
        self.value(code, &self.facts.office.unit, year)
    }

    /// A value as a table's cell prints it: without `%`, which stands in the head or the column of measures.
    pub(super) fn cell(&self, code: &str, unit: &str, year: SchoolYear) -> FigureReference {
        self.teller.cell(code, unit, year, FigureForm::Value)
    }

    /// The difference as a signed number for a table's cell: `+120`, `-2,3`, `0`.
    pub(super) fn change_cell(&self, code: &str) -> FigureReference {
        self.teller.cell(code, &self.facts.office.unit, self.facts.year, self.form_of_change(code))
    }

    /// The office's value in a year, as a sentence prints it: `8.493`, `69,6%`.
    pub(super) fn told(&self, code: &str, year: SchoolYear) -> FigureReference {
        self.teller.tell(code, &self.facts.office.unit, year, FigureForm::Value)
    }

    /// The office's figure of this year in a form of words.
    pub(super) fn tell(&self, code: &str, form: FigureForm) -> FigureReference {
        self.teller.tell(code, &self.facts.office.unit, self.facts.year, form)
    }

    /// The difference from last year in words: `tăng 120`, `giảm 2,3 điểm %`, `không đổi`.
    pub(super) fn change(&self, code: &str) -> FigureReference {
        self.tell(code, self.form_of_change(code))
    }

    /// Whether units are missing from the office's figure of a year.
    pub(super) fn lacks_units(&self, code: &str, year: SchoolYear) -> bool {
        self.facts.figures.completeness(code, &self.facts.office.unit, year).is_some_and(|made| made.is_partial())
    }

    /// Of the office's figures named by code and year, how much is there of the one from which most units are missing; none
    /// where none is missing.
    pub(super) fn poorest<'c>(&self, figures: impl Iterator<Item = (&'c str, SchoolYear)>) -> Option<FigureReference> {
        let unit = &self.facts.office.unit;
        let partial = figures.filter_map(|(code, year)| {
            let made = self.facts.figures.completeness(code, unit, year)?;
            made.is_partial().then_some((made.share(), code, year))
        });
        let (_, code, year) = partial.min_by(|a, b| a.0.total_cmp(&b.0))?;
        Some(self.teller.tell(code, unit, year, FigureForm::Coverage))
    }

    /// Whether a code's value reaches its target; `None` without value or target.
    pub(super) fn reaches_target(&self, code: &str) -> Option<bool> {
        let gap = self.tell(code, FigureForm::TargetGap).value?;
        Some(if self.naming(code).direction == Direction::Down { gap <= 0.0 } else { gap >= 0.0 })
    }

    /// Words with the names of office, area and years put in.
    pub(super) fn words(&self, text: &str) -> String {
        let office = &self.facts.office;
        let kind = office.area.split_whitespace().next().unwrap_or_default();
        text.replace("{@office}", &office.name)
            .replace("{@area}", &office.area)
            .replace("{@kind}", kind)
            .replace("{@year}", &self.facts.year.to_string())
            .replace("{@last_year}", &self.last_year().to_string())
            .replace("{@next_year}", &self.facts.year.next().to_string())
    }

    fn form_of_change(&self, code: &str) -> FigureForm {
        if self.naming(code).is_percent() { FigureForm::PointChange } else { FigureForm::Change }
    }
}
