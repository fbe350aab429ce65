//! Lines of a copied text to paragraphs.

use crate::vietnamese::normalise;

/// A line shorter than this share of the longest one ended by itself, not at the edge.
const SHORT_PERCENT: usize = 60;

/// Paragraphs with the number of lines that each was broken over. A blank line ends a paragraph; inside a run of lines a
/// sentence goes on over the edge, and a line ends a paragraph where it ends a sentence, or stops short of the edge before
/// a capital.
pub(super) fn paragraphs(lines: &[&str]) -> Vec<(usize, String)> {
    let runs = lines.split(|line| line.trim().is_empty());
    runs.filter(|run| !run.is_empty()).flat_map(joined).collect()
}

fn joined(run: &[&str]) -> Vec<(usize, String)> {
    let width = run.iter().map(|line| line.chars().count()).max().unwrap_or(0);
    let mut paragraphs: Vec<(usize, String)> = Vec::new();
    let mut is_over = true;
    for line in run {
        let text = normalise(line);
        match paragraphs.last_mut().filter(|_| !is_over || !text.starts_with(char::is_uppercase)) {
            Some((count, paragraph)) => {
                *count += 1;
                paragraph.push(' ');
                paragraph.push_str(&text);
            }
            None => paragraphs.push((1, text.clone())),
        }
        let is_short = line.chars().count() * 100 < width * SHORT_PERCENT;
        is_over = is_short || text.ends_with(['.', '!', '?', '…']);
    }
    paragraphs
}

/// A paragraph and what is glued to its end: a full stop with a capital right behind it.
pub(super) fn glued(text: &str) -> Option<(String, String)> {
    let letters: Vec<(usize, char)> = text.char_indices().collect();
    let place = letters
        .windows(3)
        .rposition(|three| three[0].1.is_lowercase() && three[1].1 == '.' && three[2].1.is_uppercase())?;
    let at = letters[place + 2].0;
    Some((text[..at].to_owned(), text[at..].to_owned()))
}
