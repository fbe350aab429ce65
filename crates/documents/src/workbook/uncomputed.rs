//! Formulas without a result: a program that writes workbooks but never computes them leaves the result out, and to every
//! reader of values the cell looks empty.
//!
//! The parser gives either styles or formulas. So that honest workbooks are not read twice, their bytes are looked through
//! for such a formula first; only where one may be does the parser go over the sheets again.

use std::io::Cursor;

use calamine::{DataRef, Xlsx};

/// Whether an .xlsx whose parts are stored as they are may hold a formula without a result. It may say so of one that has
/// none, where its elements are written in an unusual way; never the other way round for a formula that stands alone.
pub(super) fn suspected(archive: &[u8]) -> bool {
    let is_end = |(_, word): &(usize, &[u8])| &word[1..] == b"f>" && matches!(word[0], b'/' | b':');
    let ends = archive.windows(3).enumerate().filter(is_end).map(|(at, _)| at + 3);
    let mut from = 0;
    for end in ends {
        if !has_result(&archive[from..end], &archive[end..]) {
            return true;
        }
        from = end;
    }
    false
}

/// Whether what follows a formula is its result. An empty text is one: the formula said that there is nothing.
fn has_result(before: &[u8], after: &[u8]) -> bool {
    let Some(element) = after.trim_ascii_start().strip_prefix(b"<") else { return false };
    let name_end = element.iter().position(|byte| matches!(byte, b'>' | b' ' | b'/')).unwrap_or(element.len());
    let name = &element[..name_end];
    let tag_end = element.iter().position(|byte| *byte == b'>').unwrap_or(element.len());
    let is_value = name == b"v" || name.ends_with(b":v");
    is_value && (element.get(tag_end + 1).is_some_and(|byte| *byte != b'<') || is_text(before))
}

/// Whether the cell that a formula stands in holds a text.
fn is_text(before: &[u8]) -> bool {
    const TEXT: &[u8] = b" t=\"str\"";
    let is_cell = |word: &[u8]| &word[1..] == b"c " && matches!(word[0], b'<' | b':');
    let cell = before.windows(3).rposition(is_cell).map_or(&[][..], |start| &before[start..]);
    cell.windows(TEXT.len()).any(|word| word == TEXT)
}

/// The cells of a sheet, by row and column, that hold a formula without a result; not more than one above `most`. What is
/// wrong with the sheet itself is told by who reads its values.
pub(super) fn cells(book: &mut Xlsx<Cursor<&[u8]>>, sheet: &str, most: usize) -> Vec<(u32, u32)> {
    let Ok(mut reader) = book.worksheet_cells_reader(sheet) else { return Vec::new() };
    let mut found = Vec::new();
    while let Ok(Some(cell)) = reader.next_cell_with_formula_metadata() {
        if cell.formula.is_some() && cell.value == DataRef::Empty {
            found.push(cell.pos);
        }
        if found.len() > most {
            break;
        }
    }
    found
}
