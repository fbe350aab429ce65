//! The line markup in which wording templates write a paper: one line, one thing; nothing nests.
//!
//! | line | what |
//! |---|---|
//! | `@trích-yếu …`, `@kính-gửi …`, `@thẩm-quyền …`, `@căn-cứ …`, `@nơi-nhận …` | parts before and after the text |
//! | `@ký TM. A / KT. B / C \| Họ tên`, `@ký-trái THƯ KÝ \| Họ tên` | signatures |
//! | `@phụ-lục Tên`, `@phụ-lục ngang \| Tên`, `@ban-hành Quy chế \| Tên`, `@kèm-theo …` | annexes |
//! | `#Phần`, `#Chương`, `#Mục`, `#Tiểu-mục`, `#I`, `#Điều`, `#1`, `#a` and a title | numbered headings |
//! | `+Điều`, `+1`, `+a` and words | numbered paragraphs |
//! | `- …` · `> …` · other lines | list · middle of the line · paragraphs |
//! | `\|= 1 giữa \| 6`, `\|\| đầu \| đầu`, `\| ô \| ô`, `\|# nhóm`, `\|+ tổng \| …`, `\|> tên bảng`, `\|< ghi chú` | tables |
//! | `@sang-trang` · `@khổ 297 210`, `@ô x y rộng căn cỡ [đậm] \| chữ` | page break · places on a preprinted sheet |
//!
//! Inside a line `**bold**`, `*italic*`, and `\` before a mark that is meant as a letter ([`escaped`]). Every number of
//! a heading is counted, never typed.

mod inline;
mod parser;
mod places;
mod tables;

use super::block::Block;
use super::certificate::Certificate;
use super::document::{Annex, Signature};

pub use inline::escaped;
pub use parser::parse;

/// A fault of a text in markup, for the person who writes the template.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("Dòng {line}: {message}")]
pub struct MarkupFault {
    /// Line, from 1.
    pub line: usize,
    /// What is wrong and how to mend it.
    pub message: String,
}

/// What a text in markup says.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Sheet {
    /// Trích yếu.
    pub subject: String,
    /// Kính gửi.
    pub addressees: Vec<String>,
    /// Thẩm quyền ban hành.
    pub authority: Option<String>,
    /// Căn cứ.
    pub legal_bases: Vec<String>,
    /// The text.
    pub body: Vec<Block>,
    /// Annexes.
    pub annexes: Vec<Annex>,
    /// The document that a loose annex goes with.
    pub attached_to: Option<String>,
    /// Who signs, where the template says it.
    pub signature: Option<Signature>,
    /// Who signs at the left.
    pub secretary: Option<Signature>,
    /// Nơi nhận.
    pub recipients: Vec<String>,
    /// Texts on a preprinted sheet, where the template is one.
    pub certificate: Option<Certificate>,
}

#[cfg(test)]
mod tests;
