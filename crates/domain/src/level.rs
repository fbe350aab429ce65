//! Levels of schooling and ownership of schools.

use serde::{Deserialize, Serialize};

/// A level of schooling (cấp học, bậc học).
///
/// Source: `nursery` to `upper_secondary` from the forms 01-MN-ĐN and 02-TH-ĐN and Circular 22/2021/TT-BGDĐT.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Level {
    /// Mầm non: nursery and kindergarten together.
    Preschool,
    /// Tiểu học: grades 1 to 5.
    Primary,
    /// Trung học cơ sở: grades 6 to 9.
    LowerSecondary,
    /// Trung học phổ thông: grades 10 to 12.
    UpperSecondary,
    /// Giáo dục thường xuyên.
    Continuing,
}

impl Level {
    /// Every level, in the order in which reports list them.
    pub const ALL: [Level; 5] =
        [Self::Preschool, Self::Primary, Self::LowerSecondary, Self::UpperSecondary, Self::Continuing];

    /// The glossary's identifier, as it stands in data packs, URLs and the database.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Preschool => "preschool",
            Self::Primary => "primary",
            Self::LowerSecondary => "lower_secondary",
            Self::UpperSecondary => "upper_secondary",
            Self::Continuing => "continuing",
        }
    }

    /// The level with this identifier.
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|level| level.as_str() == text)
    }

    /// The level's name in both languages.
    pub fn label(self) -> (&'static str, &'static str) {
        match self {
            Self::Preschool => ("Mầm non", "Preschool"),
            Self::Primary => ("Tiểu học", "Primary"),
            Self::LowerSecondary => ("Trung học cơ sở", "Lower secondary"),
            Self::UpperSecondary => ("Trung học phổ thông", "Upper secondary"),
            Self::Continuing => ("Giáo dục thường xuyên", "Continuing education"),
        }
    }

    /// The short form that schools' names begin with (MN, TH, THCS, THPT, GDTX).
    pub fn abbreviation(self) -> &'static str {
        match self {
            Self::Preschool => "MN",
            Self::Primary => "TH",
            Self::LowerSecondary => "THCS",
            Self::UpperSecondary => "THPT",
            Self::Continuing => "GDTX",
        }
    }
}

/// Who owns a school (loại hình).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Ownership {
    /// Công lập.
    Public,
    /// Tư thục.
    Private,
    /// Dân lập: on the statistical forms of preschools only.
    PeopleFounded,
}

impl Ownership {
    /// Every kind of ownership, in the forms' order.
    pub const ALL: [Ownership; 3] = [Self::Public, Self::Private, Self::PeopleFounded];

    /// The glossary's identifier.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Public => "public",
            Self::Private => "private",
            Self::PeopleFounded => "people_founded",
        }
    }

    /// The ownership with this identifier.
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|ownership| ownership.as_str() == text)
    }

    /// The name in both languages.
    pub fn label(self) -> (&'static str, &'static str) {
        match self {
            Self::Public => ("Công lập", "Public"),
            Self::Private => ("Tư thục", "Private"),
            Self::PeopleFounded => ("Dân lập", "People-founded"),
        }
    }
}
