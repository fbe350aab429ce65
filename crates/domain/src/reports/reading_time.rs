//! How long a text takes when it is read aloud in a hall.

use super::block::{Block, Run};
use super::document::Document;

/// Syllables (tiếng) a minute. Default: no rule states a rate; it is that of somebody who reads to be understood.
pub const SYLLABLES_A_MINUTE: usize = 150;

/// Minutes of reading a document aloud, rounded up: its title and its own text; tables, charts, annexes, head and
/// recipients are not read. 0 where nothing is.
pub fn minutes(document: &Document) -> usize {
    let read = document.body.iter().map(of_block).sum::<usize>();
    if read == 0 { 0 } else { (read + of_words(&document.subject)).div_ceil(SYLLABLES_A_MINUTE) }
}

fn of_block(block: &Block) -> usize {
    let of_runs = |runs: &[Run]| of_words(&runs.iter().map(Run::printed).collect::<String>());
    match block {
        Block::Heading(heading) => of_words(&heading.title),
        Block::Paragraph(runs) | Block::Centred(runs) | Block::Item { runs, .. } => of_runs(runs),
        Block::List(items) => items.iter().map(|item| of_runs(item)).sum(),
        Block::Place(place) => place.paragraphs.iter().map(|runs| of_runs(runs)).sum(),
        Block::Table(_) | Block::Chart(_) | Block::PageBreak => 0,
    }
}

/// Vietnamese parts its syllables by blanks; a number takes about one syllable a digit.
fn of_words(text: &str) -> usize {
    let syllables = |word: &str| match word.chars().filter(char::is_ascii_digit).count() {
        0 => usize::from(word.chars().any(char::is_alphabetic)),
        digits => digits,
    };
    text.split_whitespace().map(syllables).sum()
}

#[cfg(test)]
mod tests;
