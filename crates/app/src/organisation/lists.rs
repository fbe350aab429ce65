//! A list of schools as a file: a workbook by its content, else CSV text in UTF-8.

use documents::workbook::{Limits, sheets};
use domain::organisation::{
    Row,
    school_list::{self, Defaults, Reading},
};

use crate::platform::{Error, Result};

/// Reads the schools of a file; what a row leaves empty is taken from the defaults. Of a workbook the first sheet with
/// cells is read.
///
/// # Errors
/// Why a workbook is refused, or the reasons of [`school_list::read_rows`]; what is wrong with rows is in the reading.
pub fn read(bytes: &[u8], defaults: &Defaults) -> Result<Reading> {
    if let Ok(text) = std::str::from_utf8(bytes) {
        return Ok(school_list::read_text(text, defaults)?);
    }
    let sheets = sheets(bytes, &Limits::default()).map_err(|problem| Error::refused(problem.code, problem.message))?;
    let first = sheets.into_iter().find(|sheet| !sheet.rows.is_empty());
    let rows = first.map(|sheet| sheet.rows).unwrap_or_default().into_iter();
    let rows: Vec<Row<Vec<String>>> = rows.map(|row| Row { number: row.number, record: row.fields }).collect();
    Ok(school_list::read_rows(&rows, defaults)?)
}
