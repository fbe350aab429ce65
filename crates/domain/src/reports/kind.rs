//! Kinds of documents, with the names and abbreviations of Decree 30/2020/NĐ-CP, annex III.

use serde::{Deserialize, Serialize};

/// A kind of document of the school year's cycle.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DocumentKind {
    /// Báo cáo.
    Report,
    /// Kế hoạch.
    Plan,
    /// Chương trình.
    Programme,
    /// Giấy mời.
    Invitation,
    /// Công văn: has no type name and no type in its code.
    Letter,
    /// Tờ trình.
    Submission,
    /// Thông báo.
    Notice,
    /// Quyết định (cá biệt).
    Decision,
    /// Biên bản.
    Minutes,
}

impl DocumentKind {
    /// Every kind.
    pub const ALL: [DocumentKind; 9] = [
        Self::Report,
        Self::Plan,
        Self::Programme,
        Self::Invitation,
        Self::Letter,
        Self::Submission,
        Self::Notice,
        Self::Decision,
        Self::Minutes,
    ];

    /// The name of the type as it stands in a sentence (`Báo cáo`); a letter is `Công văn`.
    pub fn name(self) -> &'static str {
        match self {
            Self::Report => "Báo cáo",
            Self::Plan => "Kế hoạch",
            Self::Programme => "Chương trình",
            Self::Invitation => "Giấy mời",
            Self::Letter => "Công văn",
            Self::Submission => "Tờ trình",
            Self::Notice => "Thông báo",
            Self::Decision => "Quyết định",
            Self::Minutes => "Biên bản",
        }
    }

    /// The printed type name (tên loại, cell 5a); a letter has none.
    pub fn title(self) -> Option<String> {
        (self != Self::Letter).then(|| self.name().to_uppercase())
    }

    /// The abbreviation that opens the code of a numbered document; a letter has none.
    pub fn abbreviation(self) -> Option<&'static str> {
        match self {
            Self::Report => Some("BC"),
            Self::Plan => Some("KH"),
            Self::Programme => Some("CTr"),
            Self::Invitation => Some("GM"),
            Self::Letter => None,
            Self::Submission => Some("TTr"),
            Self::Notice => Some("TB"),
            Self::Decision => Some("QĐ"),
            Self::Minutes => Some("BB"),
        }
    }
}
