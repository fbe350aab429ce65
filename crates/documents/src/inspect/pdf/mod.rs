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
use hayro_syntax::{LoadPdfError, Pdf, page::Page};

use super::model::{Format, Paper};
use super::{damaged, encrypted, too_large};
use content::{Budget, Fonts, Marks};

const BROKEN: &str = "cấu trúc PDF sai";

/// From so many pages on two threads share the reading.
const PAGES_FOR_TWO: usize = 6;

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
    let pages = catch_unwind(AssertUnwindSafe(|| pages(bytes))).unwrap_or_else(|_| Err(damaged(BROKEN)))?;
    let sheets = sheet::sheets(&pages);
    let paragraphs = paragraphs::paragraphs(&pages, &sheets);
    Ok(Paper { format: Format::Pdf, sheets, paragraphs })
}

fn pages(bytes: &[u8]) -> Result<Vec<lines::Page>, Refusal> {
    let pdf = Pdf::new(bytes.to_vec()).map_err(|error| match error {
        LoadPdfError::Decryption(_) => encrypted("Mở bằng phần mềm đọc PDF, bỏ mật khẩu"),
        LoadPdfError::Invalid => damaged("không đọc được cấu trúc PDF"),
    })?;
    let pages = pdf.pages();
    if pages.len() > guard::PAGES_MAX {
        return Err(too_large(&format!("Tệp có {} trang, vượt mức {}.", pages.len(), guard::PAGES_MAX)));
    }
    let budget = Budget::new();
    if pages.len() < PAGES_FOR_TWO {
        return drawn(pages, &budget);
    }
    let (front, back) = pages.split_at(pages.len() / 2);
    std::thread::scope(|scope| {
        let back = scope.spawn(|| drawn(back, &budget));
        let front = drawn(front, &budget);
        let back = back.join().unwrap_or_else(|_| Err(damaged(BROKEN)))?;
        Ok(front?.into_iter().chain(back).collect())
    })
}

fn drawn(pages: &[Page<'_>], budget: &Budget) -> Result<Vec<lines::Page>, Refusal> {
    let mut fonts = Fonts::default();
    let draw = |page: &Page<'_>| {
        let (width, height) = page.render_dimensions();
        content::check_streams(page, budget)?;
        let marks = content::marks(page, budget, &mut fonts)?;
        Ok(lines::page(&Drawn { width_pt: f64::from(width), height_pt: f64::from(height), marks }))
    };
    pages.iter().map(draw).collect()
}
