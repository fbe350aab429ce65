//! The functions by name: how many arguments each takes, and which names of DHIS2 are known but not offered.

use std::ops::RangeInclusive;

/// A function of the language (formula.md, sections 8 and 9).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[allow(missing_docs)] // the names are the language's own
pub enum Function {
    If,
    IsNull,
    IsNotNull,
    FirstNonNull,
    Greatest,
    Least,
    Log,
    Log10,
    RemoveZeros,
    Is,
    Contains,
    ContainsItems,
    Prev,
    Parent,
    Round,
    Pct,
}

const MANY: usize = usize::MAX;

impl Function {
    /// Every function, in the order of the manual.
    pub const ALL: [Self; 16] = [
        Self::If,
        Self::IsNull,
        Self::IsNotNull,
        Self::FirstNonNull,
        Self::Greatest,
        Self::Least,
        Self::Log,
        Self::Log10,
        Self::RemoveZeros,
        Self::Is,
        Self::Contains,
        Self::ContainsItems,
        Self::Prev,
        Self::Parent,
        Self::Round,
        Self::Pct,
    ];

    /// The function with this name; case counts.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|function| function.name() == name)
    }

    /// The name as written in a formula.
    pub fn name(self) -> &'static str {
        match self {
            Self::If => "if",
            Self::IsNull => "isNull",
            Self::IsNotNull => "isNotNull",
            Self::FirstNonNull => "firstNonNull",
            Self::Greatest => "greatest",
            Self::Least => "least",
            Self::Log => "log",
            Self::Log10 => "log10",
            Self::RemoveZeros => "removeZeros",
            Self::Is => "is",
            Self::Contains => "contains",
            Self::ContainsItems => "containsItems",
            Self::Prev => "prev",
            Self::Parent => "parent",
            Self::Round => "round",
            Self::Pct => "pct",
        }
    }

    /// How many arguments it takes.
    pub fn arity(self) -> RangeInclusive<usize> {
        match self {
            Self::If => 3..=3,
            Self::IsNull | Self::IsNotNull | Self::Log10 | Self::RemoveZeros | Self::Prev | Self::Parent => 1..=1,
            Self::FirstNonNull | Self::Greatest | Self::Least => 1..=MANY,
            Self::Log | Self::Round => 1..=2,
            Self::Is | Self::Contains | Self::ContainsItems => 2..=MANY,
            Self::Pct => 2..=2,
        }
    }

    /// The number of arguments in words, for a message.
    pub(super) fn arity_in_words(self) -> String {
        let arity = self.arity();
        match (*arity.start(), *arity.end()) {
            (least, most) if least == most => format!("đúng {least}"),
            (least, MANY) => format!("ít nhất {least}"),
            (least, most) => format!("từ {least} đến {most}"),
        }
    }

    /// Whether items inside its arguments are null when they have no value, and are not counted.
    pub(super) fn tests_null(self) -> bool {
        matches!(self, Self::IsNull | Self::IsNotNull | Self::FirstNonNull)
    }
}

/// Functions of DHIS2 that are known but not offered.
const UNSUPPORTED: [&str; 12] = [
    "avg",
    "count",
    "max",
    "median",
    "min",
    "percentileCont",
    "stddev",
    "stddevPop",
    "stddevSamp",
    "subExpression",
    "sum",
    "variance",
];

/// Modifiers that DHIS2 writes after an item and a point.
const MODIFIERS: [&str; 6] = ["aggregationType", "maxDate", "minDate", "periodOffset", "stageOffset", "yearToDate"];

/// Letters before a brace that name kinds of items of DHIS2.
const ITEM_KINDS: [&str; 7] = ["D", "A", "I", "N", "R", "OUG", "V"];

/// Whether this is a function of DHIS2 that is not offered.
pub(super) fn is_unsupported(name: &str) -> bool {
    UNSUPPORTED.contains(&name) || name.starts_with("normDist")
}

/// Whether this is a dot modifier of DHIS2.
pub(super) fn is_modifier(name: &str) -> bool {
    MODIFIERS.contains(&name)
}

/// Whether a brace after this word opens an item of DHIS2 that is not offered.
pub(super) fn is_foreign_item(word: &str) -> bool {
    ITEM_KINDS.contains(&word)
}
