//! A document as PDF/A-2a and PDF/UA-1, laid out by typst in the way of Decree 30/2020/NĐ-CP.
//!
//! The layout (`layout.typ`) is fixed source; the content reaches it as JSON data and is never read as markup, so
//! nothing that a person types can change the layout or reach a file.

mod view;
mod world;

use std::sync::OnceLock;

use domain::reports::Document;
use jiff::civil::DateTime;
use typst::diag::SourceDiagnostic;
use typst::foundations::{Datetime, Smart};
use typst_pdf::{PdfOptions, PdfStandard, PdfStandards, Timestamp};

use crate::WriteError;

/// A finished PDF.
#[derive(Clone, Debug)]
pub struct Pdf {
    /// The file.
    pub bytes: Vec<u8>,
    /// How many pages it has.
    pub pages: usize,
}

/// Writes a document as PDF.
///
/// `made_at` is the time of making in Vietnam; it stands in the file's properties only.
///
/// # Errors
/// If the layout or the export fails: a fault of ours, not of the content.
pub fn write(document: &Document, made_at: DateTime) -> Result<Pdf, WriteError> {
    let world = world::World::new(document)?;
    let laid_out = typst::compile(&world).output.map_err(|faults| fault(&faults))?;
    let bytes = typst_pdf::pdf(&laid_out, &options(document, made_at)?).map_err(|faults| fault(&faults))?;
    crate::forget_old_work();
    Ok(Pdf { bytes, pages: laid_out.pages().len() })
}

fn options(document: &Document, made_at: DateTime) -> Result<PdfOptions, WriteError> {
    Ok(PdfOptions {
        ident: Smart::Custom(format!("{}|{}|{}", document.issuer.name, document.number_line(), document.subject)),
        creator: Smart::Custom(Some("tongket".to_owned())),
        timestamp: datetime(made_at).and_then(|local| Timestamp::new_local(local, VIETNAM_OFFSET_MINUTES)),
        standards: standards()?.clone(),
        ..PdfOptions::default()
    })
}

const VIETNAM_OFFSET_MINUTES: i32 = 7 * 60;

fn standards() -> Result<&'static PdfStandards, WriteError> {
    static STANDARDS: OnceLock<Result<PdfStandards, String>> = OnceLock::new();
    STANDARDS
        .get_or_init(|| {
            PdfStandards::new(&[PdfStandard::A_2a, PdfStandard::Ua_1]).map_err(|error| error.message().to_string())
        })
        .as_ref()
        .map_err(|cause| WriteError::new("PDF", cause))
}

fn datetime(at: DateTime) -> Option<Datetime> {
    let part = |number: i8| u8::try_from(number).ok();
    Datetime::from_ymd_hms(
        i32::from(at.year()),
        part(at.month())?,
        part(at.day())?,
        part(at.hour())?,
        part(at.minute())?,
        part(at.second())?,
    )
}

fn fault(faults: &[SourceDiagnostic]) -> WriteError {
    let causes: Vec<&str> = faults.iter().map(|fault| fault.message.as_str()).collect();
    WriteError::new("PDF", causes.join("; "))
}

#[cfg(test)]
mod tests;
