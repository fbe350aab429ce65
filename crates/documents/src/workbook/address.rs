//! Where a cell stands: sheet, row and column, and the A1 notation that people read.

use std::fmt::Write as _;

/// A cell of a workbook that was read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct CellRef {
    /// Position of the sheet in [`super::ReadWorkbook::sheet_names`].
    pub sheet: u16,
    /// Row from 0.
    pub row: u32,
    /// Column from 0.
    pub column: u32,
}

impl CellRef {
    /// The cell in A1 notation, without the sheet.
    pub fn a1(self) -> String {
        a1(self.row, self.column)
    }
}

/// A1 notation of a row and a column, both from 0.
pub fn a1(row: u32, column: u32) -> String {
    let mut text = column_letters(column);
    // Writing to a string cannot fail.
    let _ = write!(text, "{}", u64::from(row) + 1);
    text
}

/// The letters of a column from 0: `A`, `Z`, `AA` …
pub(super) fn column_letters(column: u32) -> String {
    let mut letters = Vec::new();
    let mut rest = u64::from(column) + 1;
    while rest > 0 {
        rest -= 1;
        letters.push(char::from(b'A' + u8::try_from(rest % 26).unwrap_or(0)));
        rest /= 26;
    }
    letters.iter().rev().collect()
}

/// Row and column from 0 of a reference in A1 notation; dollar signs are passed over.
pub fn parse_a1(text: &str) -> Option<(u32, u32)> {
    let plain = text.replace('$', "");
    let digits_at = plain.find(|c: char| c.is_ascii_digit())?;
    let (letters, digits) = plain.split_at(digits_at);
    if letters.is_empty() || letters.len() > 3 {
        return None;
    }
    let mut column = 0_u32;
    for letter in letters.bytes() {
        let letter = letter.to_ascii_uppercase();
        if !letter.is_ascii_uppercase() {
            return None;
        }
        column = column * 26 + u32::from(letter - b'A') + 1;
    }
    let row: u32 = digits.parse().ok()?;
    Some((row.checked_sub(1)?, column - 1))
}
