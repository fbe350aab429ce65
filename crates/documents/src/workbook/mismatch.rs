//! What a reader sees against what the hidden keys say. A range that is sorted or pasted without the hidden column leaves the
//! keys behind: the figures then stand beside the label of one line and the key of another. Which of the two is meant cannot
//! be told, so neither is read. A label that is merely mistyped resembles no other line's and does no harm.

use std::collections::{HashMap, HashSet};

use domain::figures::catalogue::{ItemCode, StatisticalForm};
use domain::vietnamese::fold;

use super::address::CellRef;
use super::labels::folded_label;
use super::problem::{Problem, ProblemCode};
use super::read::{Printed, PrintedKey};

/// The labels of a form's lines and columns, folded; made once per form.
pub(super) struct VisibleLabels {
    /// By item: its section, its line's label and its column's.
    of_item: HashMap<ItemCode, (usize, Label, Label)>,
    lines: HashSet<String>,
    /// By section.
    columns: Vec<HashSet<String>>,
}

#[derive(Clone)]
struct Label {
    printed: String,
    folded: String,
}

/// Lines and columns that are not read.
#[derive(Debug, Default)]
pub(super) struct Unclear {
    rows: HashSet<(u16, u32)>,
    columns: HashSet<(u16, u32)>,
}

impl Unclear {
    /// Whether a cell stands in one of them.
    pub(super) fn contains(&self, at: CellRef) -> bool {
        self.rows.contains(&(at.sheet, at.row)) || self.columns.contains(&(at.sheet, at.column))
    }
}

impl VisibleLabels {
    pub(super) fn of(form: &StatisticalForm) -> Self {
        let mut labels = Self { of_item: HashMap::new(), lines: HashSet::new(), columns: Vec::new() };
        for (number, section) in form.sections.iter().enumerate() {
            labels.columns.push(section.columns.iter().map(|column| fold(&column.label.vi)).collect());
            for line in section.lines.iter().filter(|line| line.cells.iter().any(Option::is_some)) {
                let of_line = Label { printed: line.label.vi.clone(), folded: folded_label(&line.label.vi) };
                for (column, cell) in section.columns.iter().zip(&line.cells) {
                    let of_column = Label { printed: column.label.vi.clone(), folded: fold(&column.label.vi) };
                    if let Some(cell) = cell {
                        labels.of_item.insert(cell.item.clone(), (number, of_line.clone(), of_column));
                    }
                }
                labels.lines.insert(of_line.folded);
            }
        }
        labels
    }

    /// The lines and columns whose visible label is another one's of the form, and the problem of each at its label.
    pub(super) fn contradictions(&self, printed: &Printed) -> (Unclear, Vec<(Problem, CellRef)>) {
        let (mut unclear, mut problems) = (Unclear::default(), Vec::new());
        for key in &printed.lines {
            let Some((_, own, _)) = self.of_item.get(&key.item) else { continue };
            if let Some((at, text)) = contradiction(key, own, &self.lines, folded_label) {
                unclear.rows.insert((at.sheet, at.row));
                let message = format!(
                    "Ô {} ghi «{text}» nhưng mã ẩn của dòng, ở ô {}, là của «{}», nên không rõ số liệu thuộc dòng nào. Có \
                     thể dòng đã được sắp xếp hoặc dán mà không kèm cột ẩn. Hãy đặt lại nhãn về đúng dòng, hoặc tải lại \
                     biểu mẫu rồi nhập theo từng dòng.",
                    at.a1(),
                    key.at.a1(),
                    own.printed
                );
                problems.push((Problem::error(ProblemCode::LabelMismatch, message), at));
            }
        }
        for key in &printed.columns {
            let Some((section, _, own)) = self.of_item.get(&key.item) else { continue };
            if let Some((at, text)) = contradiction(key, own, &self.columns[*section], fold) {
                unclear.columns.insert((at.sheet, at.column));
                let message = format!(
                    "Ô {} ghi đầu cột «{text}» nhưng mã ẩn của cột, ở ô {}, là của «{}», nên không rõ số liệu thuộc cột nào. \
                     Hãy đặt lại đầu cột như biểu mẫu, hoặc tải lại biểu mẫu rồi nhập theo từng cột.",
                    at.a1(),
                    key.at.a1(),
                    own.printed
                );
                problems.push((Problem::error(ProblemCode::LabelMismatch, message), at));
            }
        }
        (unclear, problems)
    }
}

/// The visible text that is the label of another one, where none is the key's own.
fn contradiction<'k>(
    key: &'k PrintedKey,
    own: &Label,
    known: &HashSet<String>,
    folded: impl Fn(&str) -> String,
) -> Option<(CellRef, &'k str)> {
    if key.texts.iter().any(|(_, text)| *text == own.printed) {
        return None;
    }
    let texts: Vec<(CellRef, &str, String)> =
        key.texts.iter().map(|(at, text)| (*at, text.as_str(), folded(text))).collect();
    if texts.iter().any(|(_, _, folded)| *folded == own.folded) {
        return None;
    }
    texts.into_iter().find(|(_, _, folded)| known.contains(folded)).map(|(at, text, _)| (at, text.trim()))
}
