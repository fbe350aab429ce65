//! Tables in markup.

use super::inline::{parts, plain, runs};
use super::places::alignment;
use crate::reports::block::{Align, Cell, Column, Row, RowKind, Table};

/// Most rows of one table.
const ROW_COUNT_MAX: usize = 5_000;

/// Most columns of one table.
const COLUMN_COUNT_MAX: usize = 30;

/// A table under construction.
#[derive(Default)]
pub(super) struct DraftTable {
    caption: String,
    widths: Vec<(f64, Align)>,
    heads: Vec<String>,
    rows: Vec<Row>,
    note: Option<String>,
}

impl DraftTable {
    /// Reads a line, without its first bar.
    pub(super) fn read(&mut self, line: &str) -> Result<(), String> {
        let rest = line.get(1..).unwrap_or_default();
        match line.chars().next() {
            Some('>') => self.caption = plain(rest),
            Some('<') => self.note = Some(plain(rest)).filter(|note| !note.is_empty()),
            Some('=') => self.widths = parts(bare(rest)).into_iter().map(width).collect::<Result<_, _>>()?,
            Some('|') => self.heads = parts(bare(rest)).into_iter().map(plain).collect(),
            Some('#') => self.push(Row { kind: RowKind::Group, cells: vec![Cell(runs(bare(rest))?)] })?,
            Some('+') => self.row(RowKind::Total, rest)?,
            _ => self.row(RowKind::Body, line)?,
        }
        if self.heads.len() > COLUMN_COUNT_MAX {
            return Err(format!("bảng có quá {COLUMN_COUNT_MAX} cột"));
        }
        Ok(())
    }

    fn row(&mut self, kind: RowKind, line: &str) -> Result<(), String> {
        let mut cells: Vec<&str> = parts(line);
        // A line may end with a bar, and its last cell may be empty: only a bar too many is none.
        if cells.len() == self.heads.len() + 1 && cells.last() == Some(&"") {
            cells.pop();
        }
        if cells.len() != self.heads.len() {
            return Err(format!(
                "dòng có {} ô mà đầu bảng có {} cột; đầu bảng viết trước, mở bằng ||",
                cells.len(),
                self.heads.len()
            ));
        }
        let cells = cells.into_iter().map(|cell| runs(cell).map(Cell)).collect::<Result<_, _>>()?;
        self.push(Row { kind, cells })
    }

    fn push(&mut self, row: Row) -> Result<(), String> {
        if self.rows.len() >= ROW_COUNT_MAX {
            return Err(format!("bảng dài quá {ROW_COUNT_MAX} dòng; hãy tách thành nhiều bảng"));
        }
        self.rows.push(row);
        Ok(())
    }

    /// The table, if it has a head.
    pub(super) fn finish(self) -> Result<Table, String> {
        if self.heads.is_empty() {
            return Err("bảng thiếu dòng đầu bảng (mở bằng ||)".to_owned());
        }
        if !self.widths.is_empty() && self.widths.len() != self.heads.len() {
            return Err(format!("dòng |= nêu {} cột mà đầu bảng có {} cột", self.widths.len(), self.heads.len()));
        }
        let widths = self.widths.into_iter().chain(std::iter::repeat((1.0, Align::Left)));
        let columns = self.heads.into_iter().zip(widths).map(|(head, (width, align))| Column { head, align, width });
        Ok(Table { caption: self.caption, columns: columns.collect(), rows: self.rows, note: self.note })
    }
}

/// A line may end with a bar.
fn bare(line: &str) -> &str {
    let line = line.trim();
    line.strip_suffix('|').filter(|line| !line.ends_with('\\')).unwrap_or(line)
}

/// `6` or `1 giữa`.
fn width(text: &str) -> Result<(f64, Align), String> {
    let fault = || format!("«{text}»: viết bề rộng và căn lề, ví dụ 1 giữa");
    let mut words = text.split_whitespace();
    let width =
        words.next().and_then(|word| word.replace(',', ".").parse().ok()).filter(|width| (0.1..=100.0).contains(width));
    let align = words.next().map_or(Some(Align::Left), alignment);
    width.zip(align).ok_or_else(fault)
}
