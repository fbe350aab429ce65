//! `tongket bench paper`: an invented report of many pages, tables and charts in both formats, once, in a fresh process.

mod content;

use std::{path::Path, time::Instant};

use documents::{WriteError, docx, pdf};
use domain::reports::{Block, Document};
use jiff::civil::{DateTime, datetime};
use serde_json::json;

use super::{
    Output,
    bench::SEED,
    usage::{core_seconds, peak_rss_mb},
};
use crate::platform::{Error, Result};

const MADE_AT: DateTime = datetime(2026, 6, 30, 9, 5, 0, 0);

pub(super) fn run(pages: usize, export: Option<&Path>) -> Result<Output> {
    let document = content::report(pages, SEED);
    let began = Instant::now();
    let (docx, pdf) = written(&document).map_err(Error::inside)?;
    let seconds = began.elapsed().as_secs_f64();
    // Before anything is read back.
    let (peak_rss_mb, core_seconds) = (peak_rss_mb(), core_seconds());
    for (format, bytes) in [("DOCX", &docx), ("PDF", &pdf.bytes)] {
        holds_every_word(&document, bytes).map_err(|word| Error::Inside(format!("{format}: «{word}» is missing")))?;
    }
    if let Some(folder) = export {
        std::fs::create_dir_all(folder)?;
        std::fs::write(folder.join("paper.docx"), &docx)?;
        std::fs::write(folder.join("paper.pdf"), &pdf.bytes)?;
    }
    let count = |test: fn(&&Block) -> bool| document.body.iter().filter(test).count();
    let tables = count(|block| matches!(block, Block::Table(_)));
    let charts = count(|block| matches!(block, Block::Chart(_)));
    let json = json!({
        "work": "paper", "pages": pdf.pages, "tables": tables, "charts": charts, "seconds": seconds,
        "core_seconds": core_seconds, "peak_rss_mb": peak_rss_mb,
    });
    let text = format!(
        "Báo cáo {} trang, {tables} bảng, {charts} biểu đồ, cả DOCX và PDF: {seconds:.2} giây, {} MB",
        pdf.pages,
        peak_rss_mb.unwrap_or(0)
    );
    Ok(Output::new(json, text))
}

/// Both formats at once, as the product writes them.
fn written(document: &Document) -> std::result::Result<(Vec<u8>, pdf::Pdf), WriteError> {
    std::thread::scope(|scope| {
        let docx = scope.spawn(|| docx::write(document, MADE_AT));
        let pdf = pdf::write(document, MADE_AT)?;
        let docx = docx.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic))?;
        Ok((docx, pdf))
    })
}

/// Whether a file holds each word of a document as often as the document does; the first that it does not. Feet of pages
/// are no words of the text to a reader of files.
pub(super) fn holds_every_word(document: &Document, bytes: &[u8]) -> std::result::Result<(), String> {
    let found = documents::inspect::text(bytes).map_err(|refusal| refusal.to_string())?;
    let mut found = words(&found);
    found.sort_unstable();
    let text = Document { notices: Vec::new(), ..document.clone() }.to_text();
    let mut wanted = words(&text);
    wanted.sort_unstable();
    let mut found = found.into_iter().peekable();
    for word in wanted {
        while found.next_if(|other| *other < word).is_some() {}
        if found.next_if_eq(&word).is_none() {
            return Err(word.to_owned());
        }
    }
    Ok(())
}

fn words(text: &str) -> Vec<&str> {
    text.split(|letter: char| !letter.is_alphanumeric()).filter(|word| !word.is_empty()).collect()
}
