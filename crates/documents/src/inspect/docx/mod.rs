//! Reads a .docx: every paragraph with the look that Word would give it.

mod body;
mod drawing;
mod numbering;
mod package;
mod section;
mod styles;

use domain::Refusal;

use super::damaged;
use super::model::{Format, Paper};
use body::Reader;
use package::Package;

/// Twips in a millimetre.
const TWIPS_PER_MM: f64 = 1440.0 / 25.4;

/// Reads a .docx.
pub(super) fn read(bytes: &[u8]) -> Result<Paper, Refusal> {
    let package = Package::open(bytes)?;
    let body = package
        .root("word/document.xml")
        .and_then(|root| root.child("w:body"))
        .ok_or_else(|| damaged("thiếu phần thân văn bản"))?;
    let theme = package.root("word/theme/theme1.xml");
    let styles = styles::Styles::new(package.root("word/styles.xml"), theme);
    let numbering = numbering::Numbering::new(package.root("word/numbering.xml"));
    let mut reader = Reader::new(&styles, numbering, section::rooms(body));
    reader.flow(body);
    let paragraphs = reader.finish();
    let sheets = section::sheets(&package, &styles, body, &paragraphs);
    Ok(Paper { format: Format::Docx, sheets, paragraphs })
}
