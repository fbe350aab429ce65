//! A file that comes back against the content that was frozen: an edited .docx block by block, a signed PDF word by word.
//!
//! Words may be edited in Word and taken over; a number that is tied to a figure may not: it is refused with its place.

mod align;
mod signed;
mod stamp;
mod taking;
mod unit;

use domain::Reason;
use domain::reports::signing::BlockPlace;
use domain::reports::{Document, Run};

use crate::inspect::Paper;
use align::{Pair, align};
use unit::{Returned, Unit, expected, returned};

pub use signed::{Shown, lacks, signed};
pub use stamp::Stamp;
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

#[cfg(test)]
mod tests;
