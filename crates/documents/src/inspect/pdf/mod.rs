//! Reads a PDF: letters with their places become lines, columns, table cells and paragraphs.

mod columns;
mod content;
mod font;
mod guard;
mod lines;
mod paragraphs;
mod sheet;

use std::panic::{AssertUnwindSafe, catch_unwind};

use domain::Refusal;
use hayro_syntax::{LoadPdfError, Pdf};

use super::model::{Format, Paper};
use super::{damaged, encrypted, too_large};
use content::{Budget, Marks};

/// A page as drawn.
struct Drawn {
    width_pt: f64,
    height_pt: f64,
    marks: Marks,
}

/// Reads a PDF.
pub(super) fn read(bytes: &[u8]) -> Result<Paper, Refusal> {
    guard::admit(bytes)?;
    // A stranger's file may break an assumption of the parser: that is the file's fault, not the server's end.
    let pages = catch_unwind(AssertUnwindSafe(|| drawn(bytes))).unwrap_or_else(|_| Err(damaged("cấu trúc PDF sai")))?;
    let pages: Vec<lines::Page> = pages.iter().map(lines::page).collect();
    let sheets = sheet::sheets(&pages);
    let paragraphs = paragraphs::paragraphs(&pages, &sheets);
    Ok(Paper { format: Format::Pdf, sheets, paragraphs })
}

fn drawn(bytes: &[u8]) -> Result<Vec<Drawn>, Refusal> {
    let pdf = Pdf::new(bytes.to_vec()).map_err(|error| match error {
        LoadPdfError::Decryption(_) => encrypted("Mở bằng phần mềm đọc PDF, bỏ mật khẩu"),
        LoadPdfError::Invalid => damaged("không đọc được cấu trúc PDF"),
    })?;
    let pages = pdf.pages();
    if pages.len() > guard::PAGES_MAX {
        return Err(too_large(&format!("Tệp có {} trang, vượt mức {}.", pages.len(), guard::PAGES_MAX)));
    }
    let mut budget = Budget::new();
    let draw = |page: &hayro_syntax::page::Page<'_>| {
        let (width, height) = page.render_dimensions();
        content::check_streams(page, &mut budget)?;
        let marks = content::marks(page, &mut budget)?;
        Ok(Drawn { width_pt: f64::from(width), height_pt: f64::from(height), marks })
    };
    pages.iter().map(draw).collect()
}
