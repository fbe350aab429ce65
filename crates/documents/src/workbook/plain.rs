//! A workbook that is no form: its sheets as rows of texts, for lists that an office keeps in its own columns.

use super::grid::{Content, Grid, for_each_sheet};
use super::guard::{Limits, admit};
use super::problem::Problem;

/// A column further right than this belongs to no list.
const COLUMNS_MAX: u32 = 200;

/// A row with its number as the program shows it (the first is 1) and its texts from the first column on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PlainRow {
    /// Row number.
    pub number: u64,
    /// One text a column; blank cells are empty.
    pub fields: Vec<String>,
}

/// A sheet with its rows that are not blank.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PlainSheet {
    /// Its name.
    pub name: String,
    /// Its rows, from top to bottom.
    pub rows: Vec<PlainRow>,
}

/// Every sheet of a workbook (.xlsx, .xls or .ods by its content), in the order of the file. Numbers are written
/// without a fraction where they have none, so that codes typed as numbers stay codes.
///
/// # Errors
/// Why the file is refused before its cells are looked at: too large, a zip bomb, encrypted, macros, damaged.
pub fn sheets(bytes: &[u8], limits: &Limits) -> Result<Vec<PlainSheet>, Problem> {
    let admitted = admit(bytes, limits)?;
    let mut sheets = Vec::new();
    for_each_sheet(&admitted, limits, |grid| sheets.push(plain(&grid)))?;
    Ok(sheets)
}

fn plain(grid: &Grid<'_>) -> PlainSheet {
    let rows = grid.rows().map(|cells| {
        let mut fields = Vec::new();
        for cell in cells.iter().filter(|cell| cell.column < COLUMNS_MAX) {
            let column = usize::try_from(cell.column).unwrap_or(0);
            if fields.len() <= column {
                fields.resize(column + 1, String::new());
            }
            fields[column] = text(&cell.raw.content());
        }
        PlainRow { number: cells.first().map_or(0, |cell| u64::from(cell.row) + 1), fields }
    });
    PlainSheet { name: grid.name.to_owned(), rows: rows.collect() }
}

fn text(content: &Content) -> String {
    match content {
        Content::Blank | Content::Uncomputed | Content::Error(_) => String::new(),
        Content::Number(number) | Content::Percent(number) => number.to_string(),
        Content::Text(text) | Content::Date(text) => text.clone(),
        Content::Boolean(yes) => if *yes { "x" } else { "" }.to_owned(),
    }
}
