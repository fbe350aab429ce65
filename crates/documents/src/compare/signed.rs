//! A signed PDF against the text that was frozen: what is missing in it, what was put in, what its stamps say.

use std::collections::{BTreeMap, BTreeSet};

use domain::Reason;
use domain::reports::{Block, Document};
use jiff::civil::{DateTime, date};

use super::stamp::{self, Stamp};
use crate::inspect::{self, Paper, Paragraph, Place};

/// What a signed PDF shows beside the frozen text.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Shown {
    /// Words of the frozen text that are missing, each with its line, and words that were put in, each with its line.
    pub refused: Vec<Reason>,
    /// Lines that a signing tool printed: no words of the document, to be shown to whoever receives the file.
    pub stamps: Vec<String>,
}

/// Compares a signed PDF with the frozen text. Letters to many stand in one file one after another. A word more, be it a
/// single number, is refused, but for what the stamps of these signatures say.
pub fn signed(frozen: &[Document], paper: &Paper, stamps: &[Stamp]) -> Shown {
    let Shown { refused, stamps } = added(frozen, paper, stamps);
    Shown { refused: missing(frozen, paper).into_iter().chain(refused).collect(), stamps }
}

/// Whether words of the frozen text are missing: tells at once that a file is of another paper.
pub fn lacks(frozen: &[Document], paper: &Paper) -> bool {
    !missing(frozen, paper).is_empty()
}

fn missing(frozen: &[Document], paper: &Paper) -> Vec<Reason> {
    let lines = paper.paragraphs.iter().filter(|paragraph| !is_of_drawing(paragraph));
    let mut shown = counted(lines.flat_map(|paragraph| words_of(&paragraph.text())));
    let mut reasons = Vec::new();
    for line in frozen.iter().flat_map(Document::lines) {
        let missing: Vec<String> = words_of(&line).into_iter().filter(|word| !take(&mut shown, word)).collect();
        if !missing.is_empty() {
            let message = format!("Bản đã ký không có «{}» của dòng này.", missing.join(" "));
            reasons.push(Reason::new("words_missing", message).at(line));
        }
    }
    reasons
}

/// In which order the lines of a file take the words that are expected, so that a word more is told where it stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Turn {
    /// The document's own line, word by word, as often as it has it.
    Own,
    /// Broken otherwise, standing again, or put in.
    Other,
    /// May be of a stamp.
    Stamp,
}

/// What stands in the file beyond the words of the frozen text as this program prints them.
fn added(frozen: &[Document], paper: &Paper, stamps: &[Stamp]) -> Shown {
    let (heads, names) = (heads(frozen), stamp::names(frozen, stamps));
    let own = own_lines(frozen);
    let mut expected = counted(own.iter().flat_map(|line| words_of(line)));
    let mut own = counted(own.into_iter());
    let mut turn = |text: &str| match take(&mut own, text) {
        true => Turn::Own,
        false if stamp::is_of_stamp(text, stamps, &names) => Turn::Stamp,
        false => Turn::Other,
    };
    let texts = paper.paragraphs.iter().map(|paragraph| (paragraph, single_blanked(&paragraph.text())));
    let mut lines: Vec<(Turn, &Paragraph, String)> =
        texts.map(|(paragraph, text)| (turn(&text), paragraph, text)).collect();
    lines.sort_by_key(|(turn, ..)| *turn);
    let mut shown = Shown::default();
    for (turn, paragraph, text) in lines {
        let words = words_of(&text);
        // The head of a table stands again on each page, however the pages fall.
        let is_again = turn == Turn::Other && paragraph.is_in_table() && own.contains_key(&text);
        if is_again && heads.iter().any(|head| head.contains(&run_of_words(&words))) {
            continue;
        }
        let more: Vec<&str> = words.iter().filter(|word| !take(&mut expected, word)).map(String::as_str).collect();
        if more.is_empty() {
            continue;
        }
        if turn == Turn::Stamp {
            shown.stamps.push(text);
        } else {
            let message = format!("Bản đã ký có thêm «{}».", more.join(" "));
            shown.refused.push(Reason::new("words_added", message).at(text));
        }
    }
    shown
}

/// The heads of all columns, of charts' tables too.
fn heads(frozen: &[Document]) -> BTreeSet<String> {
    let of_block = |block: &Block| match block {
        Block::Table(table) => table.columns.iter().map(|column| column.head.clone()).collect(),
        Block::Chart(chart) => chart.data_table().0,
        _ => Vec::new(),
    };
    let heads = frozen.iter().flat_map(Document::bodies).flatten().flat_map(of_block);
    heads.map(|head| run_of_words(&words_of(&head))).collect()
}

/// Words between blanks: a run of them is found in another only as whole words.
fn run_of_words(words: &[String]) -> String {
    format!(" {} ", words.join(" "))
}

/// The lines of the frozen text as this program prints them, with what stands in charts and at the foot.
fn own_lines(frozen: &[Document]) -> Vec<String> {
    const ANY_DAY: DateTime = date(2000, 1, 1).at(0, 0, 0, 0);
    let printed = crate::pdf::write_together(frozen, ANY_DAY).ok().and_then(|pdf| inspect::read(&pdf.bytes).ok());
    let lines =
        printed.map(|paper| paper.paragraphs.iter().map(|paragraph| single_blanked(&paragraph.text())).collect());
    // Where it cannot be printed its words alone are known.
    lines.unwrap_or_else(|| frozen.iter().flat_map(Document::lines).map(|line| single_blanked(&line)).collect())
}

/// Names and values in charts are drawn in letters smaller than any part of a document.
fn is_of_drawing(paragraph: &Paragraph) -> bool {
    const SMALLEST_PT: f64 = 10.9;
    paragraph.place == Place::Text && paragraph.visible().all(|span| span.size_pt < SMALLEST_PT)
}

fn counted(words: impl Iterator<Item = String>) -> BTreeMap<String, usize> {
    let mut counts = BTreeMap::new();
    words.for_each(|word| *counts.entry(word).or_default() += 1);
    counts
}

fn take(counts: &mut BTreeMap<String, usize>, word: &str) -> bool {
    match counts.get_mut(word) {
        Some(count) if *count > 0 => {
            *count -= 1;
            true
        }
        _ => false,
    }
}

fn single_blanked(line: &str) -> String {
    line.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Words as they are compared: marks and blanks apart, so that lines may break where they like.
pub(super) fn words_of(line: &str) -> Vec<String> {
    let line = domain::vietnamese::normalise(line);
    let bare = |word: &str| word.trim_matches(|c: char| !c.is_alphanumeric() && c != '%').to_owned();
    line.split_whitespace().map(bare).filter(|word| !word.is_empty()).collect()
}
