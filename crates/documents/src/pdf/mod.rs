//! A document as PDF/A-2a and PDF/UA-1, laid out by typst in the way of Decree 30/2020/NĐ-CP.
//!
//! The layout (`layout.typ`) is fixed source; the content reaches it as JSON data and is never read as markup, so
//! nothing that a person types can change the layout or reach a file.

mod badge;
mod view;
mod volume;
mod world;

use std::sync::OnceLock;

use domain::reports::{Certificate, Document};
use jiff::civil::DateTime;
use typst::diag::SourceDiagnostic;
use typst::foundations::{Datetime, Smart};
use typst_pdf::{PdfOptions, PdfStandard, PdfStandards, Timestamp};

use crate::WriteError;

pub use badge::{Badge, BadgeHead, write_badges};
pub use volume::write_volume;

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
    write_together(std::slice::from_ref(document), made_at)
}

/// Writes documents one after another into one PDF, each with its own page numbers: letters to be printed and posted.
///
/// # Errors
/// As [`write`].
pub fn write_together(documents: &[Document], made_at: DateTime) -> Result<Pdf, WriteError> {
    let pdf = laid_out(&world::World::new(documents)?, &identity(documents), made_at);
    crate::forget_old_work();
    pdf
}

/// Writes each document as a PDF of its own, on as many threads as the machine has cores.
///
/// # Errors
/// As [`write`].
pub fn write_each(documents: &[Document], made_at: DateTime) -> Result<Vec<Pdf>, WriteError> {
    /// Documents between two clearings of what the layout remembers.
    const DOCUMENTS_AT_ONCE: usize = 16;
    let threads = std::thread::available_parallelism().map_or(1, usize::from);
    let mut written = Vec::with_capacity(documents.len());
    for batch in documents.chunks(DOCUMENTS_AT_ONCE) {
        let share = batch.len().div_ceil(threads).max(1);
        let write_share = |share: &[Document]| share.iter().map(|document| alone(document, made_at)).collect();
        let shares: Vec<Result<Vec<Pdf>, WriteError>> = std::thread::scope(|scope| {
            let workers: Vec<_> = batch.chunks(share).map(|share| scope.spawn(move || write_share(share))).collect();
            let joined = workers.into_iter().map(std::thread::ScopedJoinHandle::join);
            joined
                .map(|share| share.unwrap_or_else(|_| Err(WriteError::new("PDF", "luồng dựng trang bị dừng"))))
                .collect()
        });
        for share in shares {
            written.extend(share?);
        }
        crate::forget_old_work();
    }
    Ok(written)
}

/// Writes a document in a changed layout, for tests that break it on purpose.
#[cfg(test)]
pub(crate) fn write_changed(document: &Document, made_at: DateTime, change: (&str, &str)) -> Result<Pdf, WriteError> {
    let layout = include_str!("layout.typ");
    assert!(layout.contains(change.0), "the layout has no «{}»", change.0);
    let documents = std::slice::from_ref(document);
    let world = world::World::new(documents)?.in_layout(&layout.replacen(change.0, change.1, 1))?;
    laid_out(&world, &identity(documents), made_at)
}

fn alone(document: &Document, made_at: DateTime) -> Result<Pdf, WriteError> {
    let documents = std::slice::from_ref(document);
    laid_out(&world::World::new(documents)?, &identity(documents), made_at)
}

/// Writes words at their places on preprinted sheets, a page for each.
///
/// # Errors
/// As [`write`].
pub fn write_certificates(
    sheets: &[Certificate],
    title: &str,
    author: &str,
    made_at: DateTime,
) -> Result<Pdf, WriteError> {
    let pdf = laid_out(&world::World::of_certificates(sheets, title, author)?, &format!("{author}|{title}"), made_at);
    crate::forget_old_work();
    pdf
}

fn laid_out(world: &world::World, identity: &str, made_at: DateTime) -> Result<Pdf, WriteError> {
    let compile = |world: &world::World| typst::compile(world).output.map_err(|faults| fault(&faults));
    std::thread::scope(|scope| {
        // What was laid out once is remembered, on whatever thread: the two meet where the second half is ready.
        let helper = world.second_half().map(|half| scope.spawn(move || compile(&half).is_ok()));
        let pdf = compile(world).and_then(|laid_out| {
            if world.is_long() {
                comemo::evict(0);
            }
            let bytes = typst_pdf::pdf(&laid_out, &options(identity, made_at)?).map_err(|faults| fault(&faults))?;
            Ok(Pdf { bytes, pages: laid_out.pages().len() })
        });
        helper.map(std::thread::ScopedJoinHandle::join);
        pdf
    })
}

fn identity(documents: &[Document]) -> String {
    let first = documents.first();
    first.map_or_else(String::new, |d| {
        format!("{}|{}|{}|{}", d.issuer.name, d.number_line(), d.subject, documents.len())
    })
}

fn options(identity: &str, made_at: DateTime) -> Result<PdfOptions, WriteError> {
    Ok(PdfOptions {
        ident: Smart::Custom(identity.to_owned()),
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
