//! Content to bytes: one file for what stands alone; for letters to many one PDF, one DOCX, or a zip of PDFs.

use std::{
    io::{Cursor, Write},
    sync::Arc,
};

use documents::{
    WriteError,
    letters::{self, Boxed},
};
use domain::{
    reports::{Document, paper::PaperContent},
    vietnamese,
};
use jiff::civil::DateTime;
use zip::{ZipWriter, write::SimpleFileOptions};

use super::queries::Paper;
use crate::{
    platform::{Context, Error, Result, clock},
    reports::operations::Written,
};

/// In which form a paper is taken away.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Bundle {
    /// For editing on; letters to many stand in it one after another.
    Docx,
    /// For keeping and printing; letters to many stand in it one after another.
    Pdf,
    /// A zip with a PDF for each letter.
    Zip,
}

impl Bundle {
    /// The form of this name.
    pub fn parse(name: &str) -> Option<Self> {
        [Self::Docx, Self::Pdf, Self::Zip].into_iter().find(|bundle| bundle.extension() == name)
    }

    /// The file name's ending.
    pub fn extension(self) -> &'static str {
        match self {
            Self::Docx => "docx",
            Self::Pdf => "pdf",
            Self::Zip => "zip",
        }
    }

    /// The media type.
    pub fn media_type(self) -> &'static str {
        match self {
            Self::Docx => "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
            Self::Pdf => "application/pdf",
            Self::Zip => "application/zip",
        }
    }
}

/// Writes a paper, off the threads that serve.
///
/// # Errors
/// Refused where the paper does not come in this form.
pub async fn write(paper: Arc<Paper>, bundle: Bundle, context: &Context) -> Result<Written> {
    let made_at = clock::in_vietnam(context.now);
    tokio::task::spawn_blocking(move || draw(&paper.content, &paper.subject, bundle, made_at))
        .await
        .map_err(Error::inside)?
}

/// The lines of a paper with letters that the typeface lacks, which its PDF shows as boxes.
pub fn boxed_letters(content: &PaperContent) -> Vec<Boxed> {
    match content {
        PaperContent::Documents(documents) => letters::in_documents(documents),
        PaperContent::Certificates(sheets) => letters::in_certificates(sheets),
    }
}

/// Writes content in a form.
///
/// # Errors
/// Refused where the content does not come in this form.
pub fn draw(content: &PaperContent, subject: &str, bundle: Bundle, made_at: DateTime) -> Result<Written> {
    let whole = |pdf: documents::pdf::Pdf| Written { bytes: pdf.bytes, page_count: Some(pdf.pages) };
    let inside = |fault: WriteError| Error::inside(fault);
    match (content, bundle) {
        (PaperContent::Documents(documents), _) if documents.is_empty() => {
            Err(Error::refused("no_content", "Văn bản chưa có người nhận nào; hãy nhập danh sách rồi tạo lại."))
        }
        (PaperContent::Documents(documents), Bundle::Docx) => {
            let bytes = documents::docx::write_together(documents, made_at).map_err(inside)?;
            Ok(Written { bytes, page_count: None })
        }
        (PaperContent::Documents(documents), Bundle::Pdf) => {
            Ok(whole(documents::pdf::write_together(documents, made_at).map_err(inside)?))
        }
        (PaperContent::Documents(documents), Bundle::Zip) => zip(documents, made_at),
        (PaperContent::Certificates(sheets), Bundle::Pdf) => {
            Ok(whole(documents::pdf::write_certificates(sheets, subject, "", made_at).map_err(inside)?))
        }
        (PaperContent::Certificates(_), _) => {
            Err(Error::refused("unknown_format", "Chữ in trên phôi chỉ có dạng PDF, vì vị trí phải đúng từng milimét."))
        }
    }
}

fn zip(documents: &[Document], made_at: DateTime) -> Result<Written> {
    let written = documents::pdf::write_each(documents, made_at).map_err(Error::inside)?;
    let page_count = written.iter().map(|pdf| pdf.pages).sum();
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    // A PDF is compressed already.
    let stored = SimpleFileOptions::default().compression_method(zip::CompressionMethod::Stored);
    for (number, (document, pdf)) in (1..).zip(documents.iter().zip(&written)) {
        zip.start_file(format!("{number:03}-{}.pdf", name_of(document)), stored).map_err(Error::inside)?;
        zip.write_all(&pdf.bytes)?;
    }
    let bytes = zip.finish().map_err(Error::inside)?.into_inner();
    Ok(Written { bytes, page_count: Some(page_count) })
}

/// A file name from the first bold words of a letter: the guest.
fn name_of(document: &Document) -> String {
    use domain::reports::{Block, Emphasis, Run};
    let bold = document.body.iter().find_map(|block| match block {
        Block::Paragraph(runs) => runs.iter().find_map(|run| match run {
            Run::Text { text, emphasis: Emphasis::Bold } => Some(text.as_str()),
            _ => None,
        }),
        _ => None,
    });
    slug(bold.unwrap_or("van-ban"))
}

/// Lower case, no accents, words joined by hyphens, at most sixty letters.
pub(super) fn slug(text: &str) -> String {
    let plain = vietnamese::unaccented(text);
    let words: Vec<&str> =
        plain.split(|letter: char| !letter.is_ascii_alphanumeric()).filter(|word| !word.is_empty()).collect();
    words.join("-").chars().take(60).collect()
}
