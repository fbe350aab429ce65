//! The catalogue: data elements, statistical forms, indicators, check rules and constants, as read from data packs.
//!
//! An *item* is what a cell of a form holds: an element (`pri_pupil_count`) or one option of it
//! (`pri_pupil_count.female`). Codes are unique in a catalogue; a form's cells have one fixed order per version, and
//! stored revisions rely on it.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::{Label, Level, Source};

/// What a data element counts in (đơn vị tính): `người`, `lớp`, `phòng`, `%`, `triệu đồng` …
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Measure(pub String);

/// How values of units add up to their parents, and periods to a year.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Aggregation {
    /// Added over units and over periods (flows: prizes won, pupils who moved).
    Sum,
    /// The state at the as-of date: added over units, never over periods.
    Last,
    /// Computed from its two parts, never averaged or added.
    Ratio,
    /// Not arithmetic: yes/no, a choice or a text.
    List,
}

/// What may stand in a cell of this element.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "kind", deny_unknown_fields)]
pub enum ValueKind {
    /// A whole number from 0 to `max` (inclusive; no limit where absent).
    Count {
        /// The greatest value that may be entered.
        max: Option<f64>,
    },
    /// A number with decimals.
    Decimal {
        /// The least value.
        min: Option<f64>,
        /// The greatest value.
        max: Option<f64>,
        /// How many decimals are kept.
        decimals: u8,
    },
    /// Có / Không.
    YesNo,
    /// One of a list.
    Choice {
        /// The choices, as printed.
        choices: Vec<String>,
    },
    /// Free text, at most so many characters.
    Text {
        /// The greatest length in characters.
        length_max: u16,
    },
}

/// One disaggregation of an element (girls, grade 1, permanent rooms …).
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ElementOption {
    /// Code after the point.
    pub code: String,
    /// Name.
    pub label: Label,
}

/// A data element (chỉ tiêu thống kê).
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct DataElement {
    /// Unique code, ASCII snake_case.
    pub code: String,
    /// Name in both languages.
    pub label: Label,
    /// What it counts in.
    pub measure: Measure,
    /// How it adds up.
    pub aggregation: Aggregation,
    /// The level of schooling it belongs to; none where it concerns the whole unit.
    pub level: Option<Level>,
    /// What may be entered.
    pub value: ValueKind,
    /// Disaggregations, in the forms' order.
    pub options: Vec<ElementOption>,
    /// Where no form has a cell for it: of every school, it is the greatest of these items that the school gave.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub greatest_of: Vec<ItemCode>,
    /// Where it comes from.
    pub source: Source,
}

/// An element or one option of it: what a cell holds and what a formula reads.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(into = "String", try_from = "String")]
pub struct ItemCode {
    /// The element.
    pub element: String,
    /// The option, if any.
    pub option: Option<String>,
}

impl ItemCode {
    /// Reads `code` or `code.option`.
    pub fn parse(text: &str) -> Option<Self> {
        let (element, option) = match text.split_once('.') {
            Some((element, option)) => (element, Some(option.to_owned())),
            None => (text, None),
        };
        let well_formed = |part: &str| {
            !part.is_empty()
                && part.len() <= 64
                && part.starts_with(|c: char| c.is_ascii_alphanumeric())
                && part.chars().all(|c| c.is_ascii_alphanumeric() || c == '_' || c == '-')
        };
        (well_formed(element) && option.as_deref().is_none_or(well_formed))
            .then(|| Self { element: element.to_owned(), option })
    }
}

impl std::fmt::Display for ItemCode {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match &self.option {
            Some(option) => write!(f, "{}.{option}", self.element),
            None => f.write_str(&self.element),
        }
    }
}

impl From<ItemCode> for String {
    fn from(code: ItemCode) -> Self {
        code.to_string()
    }
}

impl TryFrom<String> for ItemCode {
    type Error = String;
    fn try_from(text: String) -> Result<Self, String> {
        Self::parse(&text).ok_or_else(|| format!("mã «{text}» không đúng dạng «mã» hoặc «mã.phân_tổ»"))
    }
}

/// When in the year a form is due (Circular 24/2018/TT-BGDĐT: two periods a year).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PeriodKind {
    /// As of 30/9, due 30/10.
    StartOfYear,
    /// As of 31/5, due 30/6.
    EndOfYear,
    /// Set by the office.
    Custom,
}

impl PeriodKind {
    /// Every kind, in the order of the year.
    pub const ALL: [Self; 3] = [Self::StartOfYear, Self::EndOfYear, Self::Custom];

    /// The word in packs and databases.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::StartOfYear => "start_of_year",
            Self::EndOfYear => "end_of_year",
            Self::Custom => "custom",
        }
    }

    /// The kind with this word.
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.as_str() == text)
    }
}

/// A statistical form (biểu mẫu thống kê).
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct StatisticalForm {
    /// Unique code (`02-TH-CN`).
    pub code: String,
    /// Grows with every change of its cells.
    pub version: u32,
    /// Title.
    pub title: Label,
    /// The period in which it is due.
    pub period: PeriodKind,
    /// Which schools fill it: those with one of these levels; every school where empty.
    pub levels: Vec<Level>,
    /// The parts, in the order of the paper.
    pub sections: Vec<Section>,
    /// Where it comes from.
    pub source: Source,
}

/// A part of a form with its own columns.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Section {
    /// `I`, `II` …
    pub number: String,
    /// Heading.
    pub title: Label,
    /// Column heads after the label, the measure and the line's code.
    pub columns: Vec<Column>,
    /// Lines, in order.
    pub lines: Vec<Line>,
}

/// A column of a section: the element itself or one option of it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Column {
    /// The option that this column holds; `None` is the element's own value.
    pub option: Option<String>,
    /// Head.
    pub label: Label,
}

/// A line of a section.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Line {
    /// Printed number (`3.6.1`), may be empty.
    pub number: String,
    /// Printed label.
    pub label: Label,
    /// 0 for a main line, 1 for a "-" line, 2 for a "+" line.
    pub indent: u8,
    /// Official "Mã số" of the line, where the form has one.
    pub form_code: Option<String>,
    /// The line's element; a heading has none.
    pub element: Option<String>,
    /// One entry per column of the section: the item of the cell, or `None` where the form bars it (`#`).
    pub cells: Vec<Option<FormCell>>,
}

/// One cell of a form that takes a value.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct FormCell {
    /// What it holds.
    pub item: ItemCode,
    /// Where the cell is the sum of others of the same form, their items: the workbook shows a live total.
    pub total_of: Vec<ItemCode>,
    /// Whether an empty cell is a fault (empty is not zero).
    pub required: bool,
}

impl StatisticalForm {
    /// The cells in their fixed order: section by section, line by line, column by column.
    pub fn cells(&self) -> impl Iterator<Item = &FormCell> {
        self.sections.iter().flat_map(|s| &s.lines).flat_map(|l| &l.cells).flatten()
    }

    /// How many cells take a value.
    pub fn cell_count(&self) -> usize {
        self.cells().count()
    }

    /// Whether its cells hold the same items in the same order as those of another form.
    pub fn has_the_cells_of(&self, other: &Self) -> bool {
        self.cells().map(|cell| &cell.item).eq(other.cells().map(|cell| &cell.item))
    }
}

/// How a formula treats items without a value (formula.md, section 6).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum MissingStrategy {
    /// One missing item makes the result missing.
    #[default]
    Any,
    /// Only if every item is missing.
    All,
    /// The result stands.
    Never,
}

/// Which way is better.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Direction {
    /// More is better.
    Up,
    /// Less is better.
    Down,
    /// Neither: a measure of size.
    Neutral,
}

/// An indicator (chỉ số): a formula over items.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Indicator {
    /// Unique code.
    pub code: String,
    /// Name.
    pub label: Label,
    /// What the result counts in (`%`, `người/lớp` …).
    pub measure: Measure,
    /// Decimals in print.
    pub decimals: u8,
    /// The level it speaks of.
    pub level: Option<Level>,
    /// Which way is better.
    pub direction: Direction,
    /// The formula (formula.md).
    pub formula: String,
    /// Treatment of missing items.
    pub missing: MissingStrategy,
    /// Whether the value may exceed 100 where the measure is `%` (CK-12).
    pub over_100: bool,
    /// A group for lists and the report (`scale`, `staff`, `results`, `facilities` …).
    pub group: String,
    /// Where it comes from.
    pub source: Source,
}

/// How grave a broken check is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Severity {
    /// Must be mended before the form is accepted.
    Error,
    /// Accepted only with a reason.
    Warning,
}

/// What a check compares.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "kind", deny_unknown_fields)]
pub enum CheckKind {
    /// `left` must be in relation to `right` (both formulas), inside one form.
    Relation {
        /// Left side.
        left: String,
        /// `==`, `<=`, `>=`, `<` or `>`.
        operator: String,
        /// Right side.
        right: String,
    },
    /// The same, over several forms of the unit and year; checked once every form is there.
    CrossForm {
        /// Left side.
        left: String,
        /// `==`, `<=` or `>=`.
        operator: String,
        /// Right side.
        right: String,
    },
    /// The item moved by more than `percent` % and at least `least` against last year (CK-09).
    Jump {
        /// The item.
        item: ItemCode,
        /// Relative change that alerts, in per cent.
        percent: f64,
        /// Smallest absolute change that alerts.
        least: f64,
    },
}

/// A check rule (kiểm tra số liệu).
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct CheckRule {
    /// Unique code.
    pub code: String,
    /// What must hold, for people.
    pub label: Label,
    /// The comparison.
    pub check: CheckKind,
    /// How grave.
    pub severity: Severity,
    /// Where it comes from.
    pub source: Source,
}

/// A constant `C{code}` fixed in the catalogue.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Constant {
    /// Its value.
    pub value: f64,
    /// What it is.
    pub label: Label,
    /// Where it comes from.
    pub source: Source,
}

/// All that is counted.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Catalogue {
    /// Data elements in pack order.
    pub elements: Vec<DataElement>,
    /// Forms in pack order.
    pub forms: Vec<StatisticalForm>,
    /// Indicators in an order in which none precedes what it needs.
    pub indicators: Vec<Indicator>,
    /// Check rules in pack order.
    pub checks: Vec<CheckRule>,
    /// Constants by code.
    pub constants: BTreeMap<String, Constant>,
}

impl Catalogue {
    /// The element with this code.
    pub fn element(&self, code: &str) -> Option<&DataElement> {
        self.elements.iter().find(|element| element.code == code)
    }

    /// The form with this code.
    pub fn form(&self, code: &str) -> Option<&StatisticalForm> {
        self.forms.iter().find(|form| form.code == code)
    }

    /// The indicator with this code.
    pub fn indicator(&self, code: &str) -> Option<&Indicator> {
        self.indicators.iter().find(|indicator| indicator.code == code)
    }

    /// The name of an element, of an option of it, or of an indicator.
    pub fn item_label(&self, item: &ItemCode) -> Option<Label> {
        let Some(element) = self.element(&item.element) else {
            return self.indicator(&item.element).map(|indicator| indicator.label.clone());
        };
        let option = item.option.as_ref().and_then(|code| element.options.iter().find(|option| option.code == *code));
        Some(option.map_or_else(
            || element.label.clone(),
            |option| Label {
                vi: format!("{}: {}", element.label.vi, option.label.vi),
                en: format!("{}: {}", element.label.en, option.label.en),
            },
        ))
    }

    /// The forms that a school with these levels fills, in pack order.
    pub fn forms_for<'a>(&'a self, levels: &'a [Level]) -> impl Iterator<Item = &'a StatisticalForm> {
        self.forms.iter().filter(move |form| form.levels.is_empty() || form.levels.iter().any(|l| levels.contains(l)))
    }
}
