//! A document as .docx, laid out in the way of Decree 30/2020/NĐ-CP and open to further editing in Word.
//!
//! Headings, tables and pictures carry what assistive technology needs: real heading styles, header rows, descriptions.

mod body;
mod opening;
mod package;
mod page;
mod paragraph;
mod picture;
mod table;
mod xml;

use domain::reports::{Block, Document};
use jiff::civil::DateTime;

use crate::WriteError;

/// Writes a document as .docx.
///
/// `made_at` is the time of making in Vietnam; it stands in the file's properties only.
///
/// # Errors
/// If a chart cannot be drawn or the package cannot be written: a fault of ours, not of the content.
pub fn write(document: &Document, made_at: DateTime) -> Result<Vec<u8>, WriteError> {
    write_together(std::slice::from_ref(document), made_at)
}

/// Writes documents one after another into one file, each with its own page numbers: letters to be printed and posted.
///
/// # Errors
/// As [`write`]; and where there is no document.
pub fn write_together(documents: &[Document], made_at: DateTime) -> Result<Vec<u8>, WriteError> {
    let first = documents.first().ok_or_else(|| WriteError::new("DOCX", "không có văn bản nào"))?;
    let charts: Vec<_> = documents.iter().flat_map(Document::bodies).flatten().filter_map(chart_of).collect();
    let pictures = picture::draw(&charts)?;
    let text = body::documents(documents, &pictures);
    let file = package::write(first, text, &pictures, made_at).map_err(|error| WriteError::new("DOCX", error));
    crate::forget_old_work();
    file
}

fn chart_of(block: &Block) -> Option<&domain::reports::Chart> {
    match block {
        Block::Chart(chart) => Some(chart),
        _ => None,
    }
}

#[cfg(test)]
mod tests;
