//! Letters that the typeface lacks: a PDF shows a box in the place of each, so whoever reads the draft is told where.

use domain::reports::{Certificate, Document};
use serde::Serialize;

use crate::fonts;

/// A line of a paper with the letters in it that a PDF cannot show.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Boxed {
    /// The words around the first of them.
    pub at: String,
    /// Each once, with its number in Unicode: `𠮷 (U+20BB7)`.
    pub letters: Vec<String>,
}

/// Lines that are told at most: who meets more mends the source of them all.
const LINES_MAX: usize = 40;

/// Letters before and after the first that is lacking, by which its place is known again.
const AROUND: usize = 32;

/// The lines of documents with letters that will be boxes, in reading order, each line once.
pub fn in_documents(documents: &[Document]) -> Vec<Boxed> {
    in_lines(documents.iter().flat_map(|document| document.notices.iter().cloned().chain(document.lines())))
}

/// The same of words on preprinted sheets.
pub fn in_certificates(sheets: &[Certificate]) -> Vec<Boxed> {
    in_lines(sheets.iter().flat_map(|sheet| sheet.texts.iter().map(|placed| placed.text.clone())))
}

fn in_lines(lines: impl Iterator<Item = String>) -> Vec<Boxed> {
    let mut found: Vec<Boxed> = Vec::new();
    for boxed in lines.filter_map(|line| in_line(&line)) {
        if found.len() < LINES_MAX && !found.contains(&boxed) {
            found.push(boxed);
        }
    }
    found
}

fn in_line(line: &str) -> Option<Boxed> {
    let mut letters: Vec<char> = Vec::new();
    for letter in line.chars().filter(|letter| fonts::is_boxed(*letter)) {
        if !letters.contains(&letter) {
            letters.push(letter);
        }
    }
    let first = *letters.first()?;
    let told = letters.iter().map(|letter| format!("{letter} (U+{:04X})", u32::from(*letter)));
    Some(Boxed { at: around(line, first), letters: told.collect() })
}

/// The words around a letter of a line.
fn around(line: &str, letter: char) -> String {
    let letters: Vec<char> = line.replace('\t', " | ").chars().collect();
    let at = letters.iter().position(|other| *other == letter).unwrap_or(0);
    let (from, to) = (at.saturating_sub(AROUND), (at + AROUND + 1).min(letters.len()));
    let mark = |is_cut| if is_cut { "…" } else { "" };
    let words: String = letters[from..to].iter().collect();
    format!("{}{}{}", mark(from > 0), words.trim(), mark(to < letters.len()))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

    use domain::reports::{Align, Block, Emphasis, PlacedText, sample};

    use super::*;

    #[test]
    fn every_line_with_a_rare_letter_is_named_once_with_its_letters() {
        let mut document = sample::report();
        assert_eq!(in_documents(std::slice::from_ref(&document)), []);
        document.signature.name = "Nguyễn 𠮷 😀 Ánh 𠮷".to_owned();
        let long = "Các trường chủ động xây dựng kế hoạch giáo dục phù hợp điều kiện thực tế. ";
        document.body.insert(0, Block::paragraph(format!("{long}Em 李 được tuyên dương. {long}")));
        let found = in_documents(&[document.clone(), document]);
        let told: Vec<(&str, Vec<&str>)> =
            found.iter().map(|f| (f.at.as_str(), f.letters.iter().map(String::as_str).collect())).collect();
        assert_eq!(told[1], ("Nguyễn 𠮷 😀 Ánh 𠮷", vec!["𠮷 (U+20BB7)", "😀 (U+1F600)"]), "{told:?}");
        assert_eq!((told[0].1.as_slice(), told.len()), (["李 (U+674E)"].as_slice(), 2), "each line once: {told:?}");
        assert!(told[0].0.starts_with('…') && told[0].0.contains("Em 李 được") && told[0].0.ends_with('…'), "{told:?}");
    }

    #[test]
    fn words_on_a_sheet_are_looked_over_too_and_blanks_are_no_letters() {
        let text = |words: &str| PlacedText {
            x_mm: 0.0,
            y_mm: 0.0,
            width_mm: 100.0,
            align: Align::Centre,
            size_pt: 14.0,
            emphasis: Emphasis::Plain,
            text: words.to_owned(),
        };
        let sheet = Certificate {
            width_mm: 297.0,
            height_mm: 210.0,
            texts: vec![text("Ẵng\u{a0}Ư\u{303}\tỡ\n— “…”"), text("Mừ̉ 龍")],
        };
        let found = in_certificates(&[sheet]);
        assert_eq!(found.len(), 1, "{found:?}");
        assert_eq!(found[0].letters, ["龍 (U+9F8D)"]);
    }
}
