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
    /// Phụ lục in a file of its own: list of delegates, plan of seats.
    Annex,
    /// Kịch bản điều hành: internal, outside the decree's kinds.
    RunningScript,
    /// Tham luận: outside the decree's kinds.
    ConferencePaper,
    /// Tập tham luận: several of them bound, outside the decree's kinds.
    PaperVolume,
}

/// In which of the decree's models a kind is laid out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Form {
    /// Model 1.4 and 1.7: type name and subject.
    Titled,
    /// Model 1.5: no type name, subject under the number.
    Letter,
    /// Models 1.2 and 1.3: authority line, legal bases, `QUYẾT ĐỊNH:`, articles.
    Decision,
    /// Model 1.9: no place and date, two signatures.
    Minutes,
    /// Model 2.1: an annex in a file of its own.
    Annex,
    /// No model: an internal text with a title and nothing else.
    Internal,
}

impl Form {
    /// Whether it has the head of cells 1 to 4, a signature and recipients.
    pub fn has_head(self) -> bool {
        !matches!(self, Self::Annex | Self::Internal)
    }
}

impl DocumentKind {
    /// Every kind.
    pub const ALL: [DocumentKind; 13] = [
        Self::Report,
        Self::Plan,
        Self::Programme,
        Self::Invitation,
        Self::Letter,
        Self::Submission,
        Self::Notice,
        Self::Decision,
        Self::Minutes,
        Self::Annex,
        Self::RunningScript,
        Self::ConferencePaper,
        Self::PaperVolume,
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
            Self::Annex => "Phụ lục",
            Self::RunningScript => "Kịch bản điều hành",
            Self::ConferencePaper => "Tham luận",
            Self::PaperVolume => "Tập tham luận",
        }
    }

    /// The model in which it is laid out.
    pub fn form(self) -> Form {
        match self {
            Self::Letter => Form::Letter,
            Self::Decision => Form::Decision,
            Self::Minutes => Form::Minutes,
            Self::Annex => Form::Annex,
            Self::RunningScript | Self::ConferencePaper | Self::PaperVolume => Form::Internal,
            _ => Form::Titled,
        }
    }

    /// The printed type name (tên loại, cell 5a); a letter and an annex have none.
    pub fn title(self) -> Option<String> {
        (!matches!(self, Self::Letter | Self::Annex)).then(|| self.name().to_uppercase())
    }

    /// The abbreviation that opens the code of a numbered document; a letter, an annex and internal texts have
    /// none.
    pub fn abbreviation(self) -> Option<&'static str> {
        match self {
            Self::Report => Some("BC"),
            Self::Plan => Some("KH"),
            Self::Programme => Some("CTr"),
            Self::Invitation => Some("GM"),
            Self::Letter | Self::Annex | Self::RunningScript | Self::ConferencePaper | Self::PaperVolume => None,
            Self::Submission => Some("TTr"),
            Self::Notice => Some("TB"),
            Self::Decision => Some("QĐ"),
            Self::Minutes => Some("BB"),
        }
    }
}
