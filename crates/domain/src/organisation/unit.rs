//! A unit with its dated names and parents.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::{UnitKind, Validity};
use crate::{Level, Ownership, Reason};

/// Our own key of a unit: opaque, created once, never changed. The statistics office's codes are not keys: 3,316 of them
/// name different places before and after 1 July 2025.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct UnitCode(pub String);

impl UnitCode {
    /// The country, above all provinces.
    pub const COUNTRY: &str = "VN";

    /// The code as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether it can stand in addresses, file names and data packs: 1 to 40 ASCII letters, digits, `.`, `-`, `_`.
    pub fn is_well_formed(&self) -> bool {
        (1..=40).contains(&self.0.len())
            && self.0.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_'))
    }
}

impl From<&str> for UnitCode {
    fn from(text: &str) -> Self {
        Self(text.to_owned())
    }
}

impl std::borrow::Borrow<str> for UnitCode {
    fn borrow(&self) -> &str {
        &self.0
    }
}

impl std::fmt::Display for UnitCode {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

/// A line of authority. A school has a parent on each at the same time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Line {
    /// State management: plan, staff, money, appointments (`managing_unit_id`).
    Management,
    /// Professional guidance: curriculum, tests, quality, statistics (`professional_unit_id`).
    Professional,
}

impl Line {
    /// Both lines.
    pub const ALL: [Line; 2] = [Self::Management, Self::Professional];

    /// The word used in the database, in URLs and in `--line`.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Management => "management",
            Self::Professional => "professional",
        }
    }

    /// The line with this word.
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|line| line.as_str() == text)
    }

    /// The name in Vietnamese, for messages.
    pub fn label(self) -> &'static str {
        match self {
            Self::Management => "quản lý nhà nước",
            Self::Professional => "chỉ đạo chuyên môn",
        }
    }
}

/// The longest name of a unit, in characters: what still fits the head of a form.
pub const NAME_LENGTH_MAX: usize = 250;

/// Why a name is no name that people can write on a form.
pub(super) fn name_fault(name: &str) -> Option<Reason> {
    let length = name.chars().count();
    let message = format!("Tên dài {length} ký tự; tên đơn vị dài nhất {NAME_LENGTH_MAX} ký tự.");
    (length > NAME_LENGTH_MAX).then(|| Reason::new("name_long", message))
}

/// A name and when it was used.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DatedName {
    /// Full name with the kind word (`Phường Long Biên`).
    pub name: String,
    /// When.
    pub validity: Validity,
}

/// A parent on one line and when it was so.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ParentLink {
    /// Which line.
    pub line: Line,
    /// The parent.
    pub parent: UnitCode,
    /// When.
    pub validity: Validity,
}

/// A satellite site of a school (điểm trường).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SatelliteSite {
    /// Its name, usually the hamlet's.
    pub name: String,
    /// When it is used.
    pub validity: Validity,
}

/// What is particular to a school.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct SchoolFacts {
    /// Levels taught, in the order of [`Level::ALL`]; several in a multi-level school.
    pub levels: Vec<Level>,
    /// Who owns it; none where unknown.
    pub ownership: Option<Ownership>,
    /// Sites besides the main one.
    pub sites: Vec<SatelliteSite>,
}

/// A unit over its whole life.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Unit {
    /// Key.
    pub code: UnitCode,
    /// The code given by the statistics office or the Ministry: text, leading zeros kept, never a key.
    pub official_code: Option<String>,
    /// Kind, for life: a unit that changes its kind is another unit with a succession.
    pub kind: UnitKind,
    /// When it exists.
    pub validity: Validity,
    /// Names, oldest first, without overlap.
    pub names: Vec<DatedName>,
    /// Other names under which people look for it.
    pub aliases: Vec<String>,
    /// Parents on both lines, oldest first within a line, without overlap within a line.
    pub parents: Vec<ParentLink>,
    /// For schools.
    pub school: Option<SchoolFacts>,
}

impl Unit {
    /// A unit with one name for its whole life and no parent.
    pub fn new(code: &str, kind: UnitKind, name: &str, validity: Validity) -> Self {
        Self {
            code: code.into(),
            official_code: None,
            kind,
            validity,
            names: vec![DatedName { name: name.to_owned(), validity }],
            aliases: Vec::new(),
            parents: Vec::new(),
            school: None,
        }
    }

    /// The same unit under a parent for its whole life.
    #[must_use]
    pub fn under(mut self, line: Line, parent: &str) -> Self {
        self.parents.push(ParentLink { line, parent: parent.into(), validity: self.validity });
        self
    }

    /// The name on a day; outside the unit's life the nearest one.
    pub fn name_on(&self, day: Date) -> &str {
        let current = self.names.iter().find(|name| name.validity.contains(day));
        let nearest = || match self.validity.from {
            Some(from) if day < from => self.names.first(),
            _ => self.names.last(),
        };
        current.or_else(nearest).map_or(self.code.as_str(), |name| &name.name)
    }

    /// The latest name.
    pub fn latest_name(&self) -> &str {
        self.names.last().map_or(self.code.as_str(), |name| &name.name)
    }

    /// The parent's link on a line on a day.
    pub fn parent_on(&self, line: Line, day: Date) -> Option<&ParentLink> {
        self.parents.iter().find(|link| link.line == line && link.validity.contains(day))
    }
}
