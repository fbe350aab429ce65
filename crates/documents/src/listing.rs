//! A plain list as a workbook: exactly what a screen shows, with a title, sticky heads and a filter.

use rust_xlsxwriter::{Format, FormatBorder, Workbook, XlsxError};

/// What stands in a cell of a list.
#[derive(Clone, Debug, PartialEq)]
pub enum Cell {
    /// A text.
    Text(String),
    /// A number; not finite is left empty.
    Number(f64),
}

/// Widest column, in characters.
const WIDTH_MAX: usize = 48;

/// Writes a list (.xlsx): the title in the first row, the heads in the third, the rows below.
///
/// # Errors
/// Where a text is longer than a cell may hold.
pub fn listing(title: &str, heads: &[&str], rows: &[Vec<Cell>]) -> Result<Vec<u8>, XlsxError> {
    const HEAD_ROW: u32 = 2;
    let mut workbook = Workbook::new();
    let head = Format::new().set_bold().set_text_wrap().set_border_bottom(FormatBorder::Medium);
    let number = Format::new().set_num_format("#,##0.##");
    let sheet = workbook.add_worksheet();
    sheet.write_string_with_format(0, 0, title, &Format::new().set_bold().set_font_size(13))?;
    for (text, column) in heads.iter().zip(0_u16..) {
        let longest = rows.iter().filter_map(|row| row.get(usize::from(column))).map(length).max().unwrap_or(0);
        let width = longest.max(text.chars().count().min(14)).clamp(6, WIDTH_MAX);
        sheet.set_column_width(column, width as f64 + 2.0)?;
        sheet.write_string_with_format(HEAD_ROW, column, *text, &head)?;
    }
    for (row, at) in rows.iter().zip(HEAD_ROW + 1..) {
        for (cell, column) in row.iter().zip(0_u16..) {
            match cell {
                Cell::Text(text) => sheet.write_string(at, column, text)?,
                Cell::Number(value) if value.is_finite() => {
                    sheet.write_number_with_format(at, column, *value, &number)?
                }
                Cell::Number(_) => continue,
            };
        }
    }
    sheet.set_freeze_panes(HEAD_ROW + 1, 0)?;
    if let (Some(last), Ok(count)) = (heads.len().checked_sub(1), u32::try_from(rows.len())) {
        sheet.autofilter(HEAD_ROW, 0, HEAD_ROW + count, u16::try_from(last).unwrap_or(u16::MAX))?;
    }
    workbook.save_to_buffer()
}

fn length(cell: &Cell) -> usize {
    match cell {
        Cell::Text(text) => text.chars().count(),
        Cell::Number(_) => 10,
    }
}
