//! What a summary report is written from. The caller gathers it; nothing here reads a store.

use std::collections::BTreeMap;

use super::emulation::EmulationFacts;
use crate::Level;
use crate::figures::catalogue::Catalogue;
use crate::reports::reference::Rank;
use crate::school_year::SchoolYear;

/// Where figures come from: any item (`pri_pupil_count.female`) or indicator (`pri_class_size`) of any unit and year.
pub trait FigureSource {
    /// The value, or `None` where there is none. A missing value is never 0.
    fn value(&self, code: &str, unit: &str, year: SchoolYear) -> Option<f64>;

    /// From how many of the expected units the value is made, for items and indicators alike; `None` where that is not known or makes no sense.
    fn completeness(&self, _code: &str, _unit: &str, _year: SchoolYear) -> Option<Completeness> {
        None
    }

    /// The place among the sibling units; `None` where it has no value, or none of them has.
    fn rank(&self, _code: &str, _unit: &str, _year: SchoolYear) -> Option<Rank> {
        None
    }
}

/// A plain table of figures by code, unit and year: for tests, samples and small callers.
impl FigureSource for BTreeMap<(String, String, SchoolYear), f64> {
    fn value(&self, code: &str, unit: &str, year: SchoolYear) -> Option<f64> {
        self.get(&(code.to_owned(), unit.to_owned(), year)).copied()
    }
}

/// How much of a total is there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Completeness {
    /// Units that gave the figure.
    pub reported: u32,
    /// Units that should have.
    pub expected: u32,
}

impl Completeness {
    /// Whether somebody who should have given the figure did not.
    pub fn is_partial(&self) -> bool {
        self.reported < self.expected
    }

    /// How much of the figure is there, from 0 to 1.
    pub fn share(&self) -> f64 {
        f64::from(self.reported) / f64::from(self.expected.max(1))
    }
}

/// From how many schools the report is made.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Coverage {
    /// Schools whose figures are in.
    pub reported: u32,
    /// Schools that should report.
    pub expected: u32,
    /// Names of those whose figures are missing, in the report's order.
    pub missing: Vec<String>,
}

/// The office that reports.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Office {
    /// The unit whose figures are told.
    pub unit: String,
    /// Cơ quan chủ quản, if any.
    pub superior: Option<String>,
    /// `Ủy ban nhân dân phường Long Biên`.
    pub name: String,
    /// `phường Long Biên`.
    pub area: String,
    /// Where it sits, as before the date: `Long Biên`.
    pub place: String,
    /// After the stroke of the number: `BC-UBND`.
    pub document_code: String,
    /// Lines over the signer's name: `TM. ỦY BAN NHÂN DÂN`, `CHỦ TỊCH`.
    pub capacity: Vec<String>,
    /// The signer's name; empty while it is not known.
    pub signer: String,
}

/// A school of the office.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SchoolFacts {
    /// The unit.
    pub unit: String,
    /// Its name.
    pub name: String,
    /// The levels that it teaches.
    pub levels: Vec<Level>,
}

/// A target of the year under report and of the next year, where known.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Target {
    /// What was to be reached in the year under report.
    pub this_year: Option<f64>,
    /// What is to be reached next year.
    pub next_year: Option<f64>,
}

/// All that the report is written from.
pub struct SummaryFacts<'a> {
    /// Who reports.
    pub office: Office,
    /// The year under report.
    pub year: SchoolYear,
    /// All years that trends show, in order, with the year under report as the last.
    pub years: Vec<SchoolYear>,
    /// Only this level; every level that the schools teach where `None`.
    pub level: Option<Level>,
    /// Names, measures and decimals of items and indicators.
    pub catalogue: &'a Catalogue,
    /// The figures.
    pub figures: &'a dyn FigureSource,
    /// The schools in the order in which tables list them.
    pub schools: Vec<SchoolFacts>,
    /// From how many schools the figures come.
    pub coverage: Option<Coverage>,
    /// Targets by item or indicator.
    pub targets: BTreeMap<String, Target>,
    /// Emulation and honours.
    pub emulation: EmulationFacts,
    /// What was typed, by place: `strengths`, `causes` …; with references in the syntax of [`crate::reports::reference`].
    pub texts: BTreeMap<String, String>,
    /// Căn cứ, as typed by the office; nothing is invented.
    pub legal_bases: Vec<String>,
    /// Kính gửi.
    pub addressees: Vec<String>,
    /// Nơi nhận.
    pub recipients: Vec<String>,
    /// Notices at the foot of every page.
    pub notices: Vec<String>,
}

impl SummaryFacts<'_> {
    /// Whether the report speaks of this level: it is asked for (or all are), and a school teaches it.
    pub fn speaks_of(&self, level: Level) -> bool {
        self.level.is_none_or(|only| only == level) && self.schools.iter().any(|school| school.levels.contains(&level))
    }
}
