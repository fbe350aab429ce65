//! Figures put into print: labels, measures, values, differences — each as a reference that keeps what it stands for.

use std::collections::BTreeMap;

use rust_decimal::prelude::ToPrimitive;
use rust_decimal::{Decimal, RoundingStrategy};

use super::facts::{SummaryFacts, Target};
use crate::figures::catalogue::{Catalogue, Direction, ValueKind};
use crate::reports::figure::{FigureForm, FigureReference, MISSING};
use crate::school_year::SchoolYear;
use crate::vietnamese::format_number;

/// What the catalogue says of a code.
#[derive(Clone, Debug)]
pub(super) struct Naming {
    pub(super) label: String,
    pub(super) measure: String,
    pub(super) decimals: u8,
    pub(super) direction: Direction,
}

impl Naming {
    fn is_percent(&self) -> bool {
        self.measure == "%"
    }
}

/// The facts with their names at hand.
pub(super) struct Figures<'a> {
    pub(super) facts: &'a SummaryFacts<'a>,
    names: BTreeMap<String, Naming>,
}

impl<'a> Figures<'a> {
    pub(super) fn new(facts: &'a SummaryFacts<'a>) -> Self {
        Self { facts, names: names(facts.catalogue) }
    }

    /// The year before the one under report.
    pub(super) fn last_year(&self) -> SchoolYear {
        self.facts.year.previous()
    }

    /// Label, measure and decimals of a code; a code that the catalogue does not know is its own label.
    pub(super) fn naming(&self, code: &str) -> Naming {
        self.names.get(code).cloned().unwrap_or_else(|| Naming {
            label: code.to_owned(),
            measure: String::new(),
            decimals: 0,
            direction: Direction::Neutral,
        })
    }

    /// The value of a unit, rounded as it is printed: what a reader adds or subtracts by hand agrees with what we print.
    pub(super) fn value(&self, code: &str, unit: &str, year: SchoolYear) -> Option<f64> {
        let value = self.facts.figures.value(code, unit, year).filter(|value| value.is_finite())?;
        Some(round(value, self.naming(code).decimals))
    }

    /// The office's value.
    pub(super) fn own(&self, code: &str, year: SchoolYear) -> Option<f64> {
        self.value(code, &self.facts.office.unit, year)
    }

    /// The target of a code.
    pub(super) fn target(&self, code: &str) -> Target {
        self.facts.targets.get(code).copied().unwrap_or_default()
    }

    /// A value as a table's cell prints it: without `%`, which stands in the head or the column of measures.
    pub(super) fn cell(&self, code: &str, unit: &str, year: SchoolYear) -> FigureReference {
        let value = self.value(code, unit, year);
        self.reference(code, unit, year, FigureForm::Value, value, |naming, value| {
            format_number(value, naming.decimals)
        })
    }

    /// A value as a sentence prints it: `8.493`, `69,6%`.
    pub(super) fn told(&self, code: &str, year: SchoolYear) -> FigureReference {
        let value = self.own(code, year);
        self.reference(code, &self.facts.office.unit, year, FigureForm::Value, value, |naming, value| {
            let percent = if naming.is_percent() { "%" } else { "" };
            format!("{}{percent}", format_number(value, naming.decimals))
        })
    }

    /// The difference from last year in words: `tăng 120`, `giảm 2,3 điểm %`, `không thay đổi`.
    pub(super) fn change(&self, code: &str) -> FigureReference {
        let percent = self.naming(code).is_percent();
        let form = if percent { FigureForm::PointChange } else { FigureForm::Change };
        self.reference(
            code,
            &self.facts.office.unit,
            self.facts.year,
            form,
            self.difference(code),
            |naming, difference| {
                let points = if percent { " điểm %" } else { "" };
                match direction_word(difference) {
                    None => "không thay đổi".to_owned(),
                    Some(word) => format!("{word} {}{points}", format_number(difference.abs(), naming.decimals)),
                }
            },
        )
    }

    /// The difference as a signed number for a table's cell: `+120`, `-2,3`, `0`.
    pub(super) fn change_cell(&self, code: &str) -> FigureReference {
        let percent = self.naming(code).is_percent();
        let form = if percent { FigureForm::PointChange } else { FigureForm::Change };
        self.reference(
            code,
            &self.facts.office.unit,
            self.facts.year,
            form,
            self.difference(code),
            |naming, difference| {
                let sign = if difference > 0.0 { "+" } else { "" };
                format!("{sign}{}", format_number(difference, naming.decimals))
            },
        )
    }

    /// The difference from last year as a share of it: `tăng 2,3%`. Only for amounts.
    pub(super) fn relative_change(&self, code: &str) -> FigureReference {
        let share = self.own(code, self.last_year()).filter(|last| *last != 0.0).zip(self.difference(code));
        let share = share.map(|(last, difference)| round(difference / last * 100.0, 1));
        let form = FigureForm::RelativeChange;
        self.reference(code, &self.facts.office.unit, self.facts.year, form, share, |_, share| {
            direction_word(share).map_or_else(
                || "không thay đổi".to_owned(),
                |word| format!("{word} {}%", format_number(share.abs(), 1)),
            )
        })
    }

    /// The difference from the target in words: `vượt chỉ tiêu 4,5 điểm %`.
    pub(super) fn target_gap(&self, code: &str) -> FigureReference {
        let naming = self.naming(code);
        let gap = self.own(code, self.facts.year).zip(self.target(code).this_year);
        let gap = gap.map(|(value, target)| round(value - target, naming.decimals));
        self.reference(code, &self.facts.office.unit, self.facts.year, FigureForm::TargetGap, gap, |naming, gap| {
            let points = if naming.is_percent() { " điểm %" } else { "" };
            let amount = format!("{}{points}", format_number(gap.abs(), naming.decimals));
            match (direction_word(gap), naming.direction) {
                (None, _) => "đúng bằng chỉ tiêu".to_owned(),
                (Some("tăng"), Direction::Down) => format!("cao hơn mức khống chế {amount}"),
                (Some(_), Direction::Down) => format!("thấp hơn mức khống chế {amount}"),
                (Some("tăng"), _) => format!("vượt chỉ tiêu {amount}"),
                (Some(_), _) => format!("thấp hơn chỉ tiêu {amount}"),
            }
        })
    }

    /// Whether a code's value reaches its target; `None` without value or target.
    pub(super) fn reaches_target(&self, code: &str) -> Option<bool> {
        let (value, target) = self.own(code, self.facts.year).zip(self.target(code).this_year)?;
        Some(if self.naming(code).direction == Direction::Down { value <= target } else { value >= target })
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

    fn difference(&self, code: &str) -> Option<f64> {
        let (now, then) = self.own(code, self.facts.year).zip(self.own(code, self.last_year()))?;
        Some(round(now - then, self.naming(code).decimals))
    }

    fn reference(
        &self,
        code: &str,
        unit: &str,
        year: SchoolYear,
        form: FigureForm,
        value: Option<f64>,
        print: impl Fn(&Naming, f64) -> String,
    ) -> FigureReference {
        let printed = value.map_or_else(|| MISSING.to_owned(), |value| print(&self.naming(code), value));
        FigureReference { code: code.to_owned(), unit: unit.to_owned(), year, form, value, printed }
    }
}

fn direction_word(difference: f64) -> Option<&'static str> {
    if difference > 0.0 {
        Some("tăng")
    } else if difference < 0.0 {
        Some("giảm")
    } else {
        None
    }
}

/// Rounds half away from zero on the shortest decimal form.
pub(super) fn round(value: f64, decimals: u8) -> f64 {
    let exact: Option<Decimal> = value.to_string().parse().ok();
    exact
        .and_then(|exact| {
            exact.round_dp_with_strategy(u32::from(decimals), RoundingStrategy::MidpointAwayFromZero).to_f64()
        })
        .unwrap_or(value)
}

fn names(catalogue: &Catalogue) -> BTreeMap<String, Naming> {
    let mut names = BTreeMap::new();
    for element in &catalogue.elements {
        let decimals = match element.value {
            ValueKind::Decimal { decimals, .. } => decimals,
            _ => 0,
        };
        let naming = |label: String| Naming {
            label,
            measure: element.measure.0.clone(),
            decimals,
            direction: Direction::Neutral,
        };
        for option in &element.options {
            let label = format!("{}: {}", element.label.vi, option.label.vi);
            names.insert(format!("{}.{}", element.code, option.code), naming(label));
        }
        names.insert(element.code.clone(), naming(element.label.vi.clone()));
    }
    for indicator in &catalogue.indicators {
        let naming = Naming {
            label: indicator.label.vi.clone(),
            measure: indicator.measure.0.clone(),
            decimals: indicator.decimals,
            direction: indicator.direction,
        };
        names.insert(indicator.code.clone(), naming);
    }
    names
}
