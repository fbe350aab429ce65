//! A file that comes back against the content that was frozen: an edited .docx block by block, a signed PDF word by word.
//!
//! Words may be edited in Word and taken over; a number that is tied to a figure may not: it is refused with its place.

mod align;
mod taking;
mod unit;

use std::collections::BTreeMap;

use domain::Reason;
use domain::reports::signing::BlockPlace;
use domain::reports::{Document, Run};

use crate::inspect::{Paper, Paragraph, Place};
use align::{Pair, align};
use unit::{Returned, Unit, expected, returned};

pub use taking::{TakenOver, taken_over};

/// A part of a block that has words of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// A paragraph, a heading's title, a numbered paragraph.
    Whole,
    /// A number or mark that the program counts.
    Label,
    /// The n-th item of a list or paragraph of a place, from 0.
    Line(usize),
    /// The title over a table or a chart.
    Caption,
    /// The head of the n-th column, from 0.
    Head(usize),
    /// A whole row, from 0.
    Row(usize),
    /// One cell.
    Cell {
        /// Row, from 0.
        row: usize,
        /// Column, from 0.
        column: usize,
    },
    /// The note under a table.
    Note,
    /// What is made from figures, or stands in no block: head, title, recipients, signature.
    Fixed,
}

/// After what something stands that was not there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Spot {
    /// In the head, the recipients or the signature.
    Outside,
    /// Before the first block of a body.
    Start(u32),
    /// After a block, or after one line of it.
    After {
        /// The block.
        place: BlockPlace,
        /// Which part of it.
        part: Part,
    },
}

/// What an edited file changes.
#[derive(Clone, Debug, PartialEq)]
pub enum Change {
    /// Words of a paragraph, heading, item or cell.
    Words {
        /// Where; none in head, title, recipients and signature, which are edited in the page.
        place: Option<BlockPlace>,
        /// Which part of the block.
        part: Part,
        /// The same for people: `Bảng 2, dòng 3, cột 1`.
        at: String,
        /// The words that were frozen.
        from: String,
        /// The words that came back.
        to: String,
        /// The same as runs, numbers tied to their figures again.
        runs: Vec<Run>,
    },
    /// A block that stands elsewhere now.
    Moved {
        /// Where it stood.
        place: Option<BlockPlace>,
        /// Which part of it.
        part: Part,
        /// After what it stands now.
        after: Spot,
        /// Its words.
        text: String,
    },
    /// A paragraph or a row that was not there.
    Added {
        /// After what it stands.
        after: Spot,
        /// Whether it stands in a table.
        is_in_table: bool,
        /// Its words.
        text: String,
        /// The same as runs.
        runs: Vec<Run>,
    },
    /// A block, or a part of one, that is gone.
    Removed {
        /// Where it stood.
        place: Option<BlockPlace>,
        /// Which part of it.
        part: Part,
        /// Its words.
        text: String,
    },
}

impl Part {
    /// The part that one column of this part is.
    fn in_column(self, column: usize) -> Self {
        match self {
            Self::Row(row) => Self::Cell { row, column },
            Self::Head(_) => Self::Head(column),
            other => other,
        }
    }
}

/// What came back.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Comparison {
    /// Changes that can be taken over, in reading order.
    pub changes: Vec<Change>,
    /// Why the file cannot be taken over: each number that was changed or removed, with its place.
    pub refused: Vec<Reason>,
}

impl Comparison {
    /// Whether nothing was changed.
    pub fn is_unchanged(&self) -> bool {
        self.changes.is_empty() && self.refused.is_empty()
    }
}

/// Compares an edited .docx with the frozen content.
pub fn edited(frozen: &Document, paper: &Paper) -> Comparison {
    let (before, after) = (expected(frozen), returned(paper));
    let keys = |unit: &Unit<'_>| unit.key();
    let pairs =
        align(&before.iter().map(keys).collect::<Vec<_>>(), &after.iter().map(Returned::key).collect::<Vec<_>>());
    let mut comparison = Comparison::default();
    let mut last = Spot::Outside;
    for pair in pairs {
        match pair {
            Pair::Same(old, _) => last = before[old].spot,
            Pair::Edited(old, new) => {
                last = before[old].spot;
                words(&before[old], &after[new], &mut comparison);
            }
            Pair::Moved(old, _) => moved(&before[old], last, &mut comparison),
            Pair::Removed(old) => removed(&before[old], &mut comparison),
            Pair::Added(new) => comparison.changes.push(Change::Added {
                after: last,
                is_in_table: after[new].is_in_table(),
                text: after[new].text(),
                runs: after[new].runs(),
            }),
        }
    }
    comparison
}

fn moved(unit: &Unit<'_>, after: Spot, comparison: &mut Comparison) {
    comparison.changes.push(Change::Moved { place: unit.place, part: unit.part, after, text: unit.text() });
}

fn removed(unit: &Unit<'_>, comparison: &mut Comparison) {
    let lost: Vec<&str> = unit.figures().map(|figure| figure.printed.as_str()).collect();
    if lost.is_empty() && !unit.is_fixed {
        comparison.changes.push(Change::Removed { place: unit.place, part: unit.part, text: unit.text() });
        return;
    }
    let message = match lost.is_empty() {
        true => format!("«{}» bị xóa; phần này lấy từ số liệu, hãy sửa trong phần mềm.", unit.text()),
        false => {
            format!("Đoạn có số liệu {} bị xóa. Hãy giữ lại đoạn, hoặc bỏ đoạn đó trong phần mềm.", lost.join("; "))
        }
    };
    comparison.refused.push(Reason::new("figure_removed", message).at(unit.at.clone()));
}

/// The changed words of one unit: cell by cell in a row, as a whole elsewhere.
fn words(unit: &Unit<'_>, new: &Returned<'_>, comparison: &mut Comparison) {
    if unit.cells.len() != new.cells.len() {
        let message = "Số cột của dòng đã thay đổi. Hãy giữ nguyên các cột của bảng.";
        comparison.refused.push(Reason::new("row_changed", message).at(unit.at.clone()));
        return;
    }
    for (column, (old, new)) in unit.cells.iter().zip(&new.cells).enumerate() {
        if unit::squeezed(&old.text()) == unit::squeezed(&new.text()) {
            continue;
        }
        let at = match unit.cells.len() {
            1 => unit.at.clone(),
            _ => format!("{}, cột {}", unit.at, column + 1),
        };
        if unit.is_fixed {
            let message =
                format!("«{}» đã thành «{}»; số liệu của biểu đồ không sửa trong Word.", old.text(), new.text());
            comparison.refused.push(Reason::new("figure_changed", message).at(at));
            continue;
        }
        match old.taken_over(new) {
            Ok(runs) => {
                let (place, part, from, to) = (unit.place, unit.part.in_column(column), old.text(), new.text());
                comparison.changes.push(Change::Words { place, part, at, from, to, runs });
            }
            Err(figure) => {
                let message = format!(
                    "Số «{}» gắn với số liệu đã bị sửa hoặc xóa; nay ghi «{}». Hãy trả lại số cũ; nếu số liệu sai thì sửa \
                     ở biểu số liệu.",
                    figure,
                    new.text()
                );
                comparison.refused.push(Reason::new("figure_changed", message).at(at));
            }
        }
    }
}

/// What a signed PDF shows otherwise than the frozen text: words of it that are missing, each with its line, and lines
/// that were put in. Page numbers, notices at the foot and the picture of a signature are not the document's words.
/// Letters to many stand in one file one after another.
pub fn signed(frozen: &[Document], paper: &Paper) -> Vec<Reason> {
    let lines: Vec<String> =
        paper.paragraphs.iter().filter(|paragraph| !is_of_drawing(paragraph)).map(Paragraph::text).collect();
    let mut shown = BTreeMap::<String, usize>::new();
    lines.iter().flat_map(|line| words_of(line)).for_each(|word| *shown.entry(word).or_default() += 1);
    let mut reasons = Vec::new();
    for line in frozen.iter().flat_map(Document::lines) {
        let missing: Vec<String> = words_of(&line).into_iter().filter(|word| !take(&mut shown, word)).collect();
        if !missing.is_empty() {
            let message = format!("Bản đã ký không có «{}» của dòng này.", missing.join(" "));
            reasons.push(Reason::new("words_missing", message).at(line));
        }
    }
    let (seals, lines): (Vec<String>, Vec<String>) = lines.into_iter().partition(|line| is_of_seal(line));
    // A signer's name stands beside the seal and under the paper: what the seal says is its own.
    seals.iter().flat_map(|line| words_of(line)).for_each(|word| {
        take(&mut shown, &word);
    });
    for line in &lines {
        const WORDS: usize = 3;
        let added: Vec<String> = words_of(line).into_iter().filter(|word| take(&mut shown, word)).collect();
        if added.len() >= WORDS {
            let message = format!("Bản đã ký có thêm «{}».", added.join(" "));
            reasons.push(Reason::new("words_added", message).at(line.clone()));
        }
    }
    reasons
}

/// Names and values in charts are drawn in letters smaller than any part of a document.
fn is_of_drawing(paragraph: &Paragraph) -> bool {
    const SMALLEST_PT: f64 = 10.9;
    paragraph.place == Place::Text && paragraph.visible().all(|span| span.size_pt < SMALLEST_PT)
}

/// Who signed and when, as signing tools print it on the page beside the signature.
fn is_of_seal(line: &str) -> bool {
    const OPENINGS: [&str; 8] = [
        "ky boi:",
        "nguoi ky:",
        "ngay ky:",
        "thoi gian ky:",
        "co quan:",
        "email:",
        "digitally signed by",
        "signed by:",
    ];
    let line = domain::vietnamese::unaccented(line);
    OPENINGS.iter().any(|opening| line.starts_with(opening))
}

fn take(shown: &mut BTreeMap<String, usize>, word: &str) -> bool {
    match shown.get_mut(word) {
        Some(count) if *count > 0 => {
            *count -= 1;
            true
        }
        _ => false,
    }
}

/// Words as they are compared: marks and blanks apart, so that lines may break where they like.
fn words_of(line: &str) -> Vec<String> {
    let line = domain::vietnamese::normalise(line);
    let bare = |word: &str| word.trim_matches(|c: char| !c.is_alphanumeric() && c != '%').to_owned();
    line.split_whitespace().map(bare).filter(|word| !word.is_empty()).collect()
}

#[cfg(test)]
mod tests;
