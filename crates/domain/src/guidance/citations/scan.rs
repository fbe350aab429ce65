//! Numbers and dates as they stand in running text, blanks and all, behind a word that announces them; prose that
//! announces nothing is read by `conference::claims`.

use std::ops::Range;

use jiff::civil::Date;

use crate::vietnamese::parse_date;

const DASHES: [char; 5] = ['-', '–', '—', '−', '‑'];

/// The longest run from here that is built like a number and code: figures, then groups of capitals and figures, parted
/// by strokes and dashes with or without blanks. `None` where no figure stands here.
pub(super) fn number_span(text: &str, at: usize) -> Option<Range<usize>> {
    let rest = text.get(at..)?;
    let mut end = rest.find(|c: char| !c.is_ascii_digit()).unwrap_or(rest.len());
    if end == 0 {
        return None;
    }
    while let Some(length) = group(&rest[end..]) {
        end += length;
    }
    Some(at..at + end)
}

/// The length of one separator with the group behind it.
fn group(rest: &str) -> Option<usize> {
    let after = rest.trim_start().strip_prefix(|c: char| c == '/' || DASHES.contains(&c))?.trim_start();
    let is_inside = |c: char| c.is_uppercase() || c.is_ascii_digit() || matches!(c, 'r' | 'y' | '&');
    let length = after.find(|c: char| !is_inside(c)).unwrap_or(after.len());
    let ends_well = !after[length..].starts_with(char::is_alphanumeric);
    (length > 0 && ends_well && !after.starts_with(['r', 'y', '&'])).then_some(rest.len() - after.len() + length)
}

/// A date from here, with the word `ngày` before it: in figures with any blanks, or in words.
pub(super) fn date_span(text: &str, at: usize) -> Option<(Range<usize>, Date)> {
    let rest = text.get(at..)?;
    let mut end = 0;
    let mut figures = 0;
    for (position, c) in rest.char_indices() {
        let is_first_of_run = c.is_ascii_digit() && !rest[..position].ends_with(|c: char| c.is_ascii_digit());
        if is_first_of_run {
            figures += 1;
        }
        let is_part = c.is_ascii_digit() || c.is_whitespace() || c.is_alphabetic() || "/-.–".contains(c);
        if !is_part || figures > 3 || position > 60 {
            break;
        }
        if c.is_ascii_digit() {
            end = position + 1;
        }
    }
    let written = &rest[..end];
    let date = parse_date(&written.replace('–', "-"))?;
    Some((at..at + end, date))
}
