//! A change as somebody asks for it: the verb with what it needs, to be decided on a registry from a day on.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::{
    Change, NewUnit, Part, SchoolEdit, Successor, close_site, correct_name, create, describe_school, dissolve, merge,
    move_under, open_site, rename, split,
};
use crate::Refusal;
use crate::organisation::{Line, Registry, UnitCode};

/// What is to happen.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "verb", rename_all = "snake_case")]
pub enum Decision {
    /// [`create`].
    Create {
        /// The unit.
        unit: NewUnit,
    },
    /// [`rename`].
    Rename {
        /// Which unit.
        code: UnitCode,
        /// Its new name.
        name: String,
    },
    /// [`correct_name`].
    CorrectName {
        /// Which unit.
        code: UnitCode,
        /// The name as it should have been written.
        name: String,
    },
    /// [`move_under`].
    Move {
        /// Which unit.
        code: UnitCode,
        /// On which line.
        line: Line,
        /// The new parent.
        parent: UnitCode,
    },
    /// [`merge`].
    Merge {
        /// The units that end.
        codes: Vec<UnitCode>,
        /// Who takes over.
        into: Successor,
    },
    /// [`split`].
    Split {
        /// The unit that ends.
        code: UnitCode,
        /// Its heirs.
        parts: Vec<Part>,
        /// Each unit below with its heir.
        children: Vec<(UnitCode, UnitCode)>,
    },
    /// [`dissolve`].
    Dissolve {
        /// The unit that ends.
        code: UnitCode,
        /// Its heirs, if any.
        parts: Vec<Part>,
    },
    /// [`describe_school`].
    DescribeSchool {
        /// Which school.
        code: UnitCode,
        /// Its facts.
        facts: SchoolEdit,
    },
    /// [`open_site`].
    OpenSite {
        /// Which school.
        code: UnitCode,
        /// The site's name.
        name: String,
    },
    /// [`close_site`].
    CloseSite {
        /// Which school.
        code: UnitCode,
        /// The site's name.
        name: String,
    },
}

impl Decision {
    /// Decides on the registry as it stands.
    ///
    /// # Errors
    /// Every reason of the verb, in Vietnamese.
    pub fn decide(&self, registry: &Registry, on: Date) -> Result<Change, Refusal> {
        match self {
            Self::Create { unit } => create(registry, unit, on),
            Self::Rename { code, name } => rename(registry, code.as_str(), name, on),
            Self::CorrectName { code, name } => correct_name(registry, code.as_str(), name, on),
            Self::Move { code, line, parent } => move_under(registry, code.as_str(), *line, parent.as_str(), on),
            Self::Merge { codes, into } => {
                let codes: Vec<&str> = codes.iter().map(UnitCode::as_str).collect();
                merge(registry, &codes, into, on)
            }
            Self::Split { code, parts, children } => split(registry, code.as_str(), parts, children, on),
            Self::Dissolve { code, parts } => dissolve(registry, code.as_str(), parts, on),
            Self::DescribeSchool { code, facts } => describe_school(registry, code.as_str(), facts, on),
            Self::OpenSite { code, name } => open_site(registry, code.as_str(), name, on),
            Self::CloseSite { code, name } => close_site(registry, code.as_str(), name, on),
        }
    }

    /// The verb's word, as it stands in audit lines and records.
    pub fn verb(&self) -> &'static str {
        match self {
            Self::Create { .. } => "create",
            Self::Rename { .. } => "rename",
            Self::CorrectName { .. } => "correct_name",
            Self::Move { .. } => "move",
            Self::Merge { .. } => "merge",
            Self::Split { .. } => "split",
            Self::Dissolve { .. } => "dissolve",
            Self::DescribeSchool { .. } => "describe_school",
            Self::OpenSite { .. } => "open_site",
            Self::CloseSite { .. } => "close_site",
        }
    }

    /// The units that the decision is about, by their codes.
    pub fn object(&self) -> String {
        match self {
            Self::Create { unit } => unit.code.0.clone(),
            Self::Merge { codes, .. } => codes.iter().map(UnitCode::as_str).collect::<Vec<_>>().join(" "),
            Self::Rename { code, .. }
            | Self::CorrectName { code, .. }
            | Self::Move { code, .. }
            | Self::Split { code, .. }
            | Self::Dissolve { code, .. }
            | Self::DescribeSchool { code, .. }
            | Self::OpenSite { code, .. }
            | Self::CloseSite { code, .. } => code.0.clone(),
        }
    }
}
