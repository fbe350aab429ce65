//! How much of the decree a document can be asked for.

use domain::Label;
use serde::Serialize;

use super::finding::both;

/// How much of the decree a document was asked for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Scope {
    /// An administrative document: all parts.
    #[default]
    Whole,
    /// An annex in a file of its own: no head, no signature.
    Annex,
    /// A Party document (its own layout rules) or an internal text: page and letters only.
    Sheets,
    /// No paper of the decree: none of its parts stands there, as where words are laid on preprinted sheets.
    Nothing,
}

impl Scope {
    /// What was judged, in words.
    pub fn words(self) -> Label {
        match self {
            Self::Whole => both("văn bản hành chính: mọi thành phần thể thức", "an administrative document: all parts"),
            Self::Annex => both("phụ lục để riêng: không có phần đầu và chữ ký", "an annex in a file of its own"),
            Self::Sheets => both(
                "văn bản nội bộ hoặc của Đảng: chỉ khổ giấy, lề, phông chữ và số trang",
                "an internal or Party text: paper, margins, typeface and page numbers only",
            ),
            Self::Nothing => both(
                "không phải văn bản theo Nghị định 30/2020/NĐ-CP: tệp không mang thành phần thể thức nào",
                "no document of Decree 30/2020/NĐ-CP: none of its parts stands in the file",
            ),
        }
    }
}
