//! Facts to bytes: .docx, .pdf, .xlsx and .svg from the domain's content model.
//!
//! Page margins, sizes and rules live here (Decree 30/2020/NĐ-CP, annex I); words and numbers live in
//! `domain::reports`. No clock: the time of making is a parameter.

pub mod attachment;
mod balance;
pub mod chart;
mod columns;
pub mod compare;
pub mod docx;
pub mod fonts;
mod headings;
pub mod inspect;
pub mod layout;
pub mod letters;
pub mod listing;
pub mod pdf;
pub mod photo;
pub mod qr;
pub mod signature;
pub mod workbook;

/// Why a document could not be written. The cause is for the log; the message is for people.
#[derive(Debug, thiserror::Error)]
#[error("không dựng được văn bản ({format}): {cause}")]
pub struct WriteError {
    /// `DOCX`, `PDF` …
    pub format: &'static str,
    /// What went wrong inside.
    pub cause: String,
}

impl WriteError {
    fn new(format: &'static str, cause: impl std::fmt::Display) -> Self {
        Self { format, cause: cause.to_string() }
    }
}

/// Keeps what the last few documents shared (layouts, rendered charts) and forgets the rest, so that the memory of a
/// server stays bounded.
fn forget_old_work() {
    const DOCUMENTS_KEPT: usize = 8;
    comemo::evict(DOCUMENTS_KEPT);
}

#[cfg(test)]
mod reading;
