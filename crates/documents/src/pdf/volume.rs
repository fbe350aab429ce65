//! A volume of papers: written once to see on which pages they begin, and again with these pages in its contents.

use domain::reports::{Document, volume};
use domain::vietnamese::normalise;
use jiff::civil::DateTime;

use super::{Pdf, write};
use crate::{WriteError, inspect};

/// Writes papers as one volume with a contents.
///
/// # Errors
/// As [`write`].
pub fn write_volume(occasion: &str, papers: &[Document], made_at: DateTime) -> Result<Pdf, WriteError> {
    let draft = write(&volume::bind(occasion, papers, &[]), made_at)?;
    let pages = first_pages(&draft.bytes, papers)?;
    write(&volume::bind(occasion, papers, &pages), made_at)
}

/// The pages that open with the papers' titles, in order, counted from 1; 0 for one that is not found.
fn first_pages(pdf: &[u8], papers: &[Document]) -> Result<Vec<usize>, WriteError> {
    let paper = inspect::read(pdf).map_err(|refusal| WriteError::new("PDF", refusal))?;
    let opens = |sheet: usize, title: &str| {
        let first = paper.paragraphs.iter().find(|paragraph| paragraph.sheet == sheet && !paragraph.is_blank());
        let words = first.map(|paragraph| squeezed(&paragraph.text())).unwrap_or_default();
        // A long title stands on several lines.
        !words.is_empty() && (title.starts_with(&words) || words.starts_with(title))
    };
    let mut after = 0;
    let page_of = |(at, bound): (usize, &Document)| {
        let title = squeezed(&format!("{}. {}", volume::label(at), bound.subject.to_uppercase()));
        let found = (after..paper.sheets.len()).find(|sheet| opens(*sheet, &title));
        after = found.map_or(after, |sheet| sheet + 1);
        found.map_or(0, |sheet| sheet + 1)
    };
    Ok(papers.iter().enumerate().map(page_of).collect())
}

fn squeezed(text: &str) -> String {
    normalise(text).split_whitespace().collect()
}
