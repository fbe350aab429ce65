//! Problems written into the cells they concern.

use std::io::{Cursor, Read};

use zip::ZipArchive;

use super::*;
use crate::workbook::{ProblemCode, mark};

pub(super) fn part(bytes: &[u8], name: &str) -> String {
    let mut zip = ZipArchive::new(Cursor::new(bytes)).unwrap();
    let mut text = String::new();
    zip.by_name(name).unwrap().read_to_string(&mut text).unwrap();
    text
}

fn problems() -> Vec<Problem> {
    vec![
        Problem::error(ProblemCode::OutOfRange, "Số quá lớn & lạ").at("Phần I-II", "F13"),
        Problem::warning(ProblemCode::AmbiguousNumber, "Xem lại").at("Phần III", "F9"),
        Problem::error(ProblemCode::WrongUnit, "Của đơn vị khác"),
    ]
}

#[test]
fn comments_stand_in_the_cells_and_the_workbook_still_reads_the_same() {
    let catalogue = catalogue();
    let forms = Forms::new(&catalogue);
    let marked = mark(&filled(&catalogue), &problems()).unwrap();
    assert_eq!(understood(&forms, &marked).values, values(&catalogue));
    let comments = part(&marked, "xl/commentsTongket1.xml");
    assert!(comments.contains("ref=\"F13\"") && comments.contains("Số quá lớn &amp; lạ"));
    assert!(comments.contains("ref=\"B1\"") && comments.contains("wrong_unit"));
    assert!(part(&marked, "xl/commentsTongket2.xml").contains("CẦN XEM LẠI"));
    assert!(part(&marked, "xl/worksheets/sheet1.xml").contains("<legacyDrawing"));
}

/// The opening tag of a cell of the first sheet.
fn cell(bytes: &[u8], place: &str) -> String {
    let xml = part(bytes, "xl/worksheets/sheet1.xml");
    let start = xml.find(&format!("<c r=\"{place}\"")).unwrap_or_else(|| panic!("no cell {place}"));
    xml[start..].split('>').next().unwrap().to_owned()
}

/// The format of a cell of the first sheet: its number and what the styles say of it.
fn format_of(bytes: &[u8], place: &str) -> (usize, String) {
    let number = cell(bytes, place).split("s=\"").nth(1).unwrap().split('"').next().unwrap().parse().unwrap();
    let styles = part(bytes, "xl/styles.xml");
    let formats = styles.split("<cellXfs").nth(1).unwrap();
    (number, formats.split("<xf ").nth(number + 1).unwrap().to_owned())
}

fn attribute(xf: &str, name: &str) -> String {
    xf.split(&format!("{name}=\"")).nth(1).unwrap().split('"').next().unwrap().to_owned()
}

#[test]
fn marked_cells_are_filled_and_keep_all_else_of_their_style() {
    let catalogue = catalogue();
    let original = filled(&catalogue);
    let marked = mark(&original, &problems()).unwrap();
    let ((_, before), (number, after)) = (format_of(&original, "F13"), format_of(&marked, "F13"));
    for kept in ["numFmtId", "fontId", "borderId", "xfId"] {
        assert_eq!(attribute(&before, kept), attribute(&after, kept), "{kept}");
    }
    assert!(after.contains("applyFill=\"1\"") && before.contains("locked=\"0\"") == after.contains("locked=\"0\""));
    let styles = part(&marked, "xl/styles.xml");
    let fill: usize = attribute(&after, "fillId").parse().unwrap();
    let fills = styles.split("<fills").nth(1).unwrap().split("</fills>").next().unwrap();
    assert!(fills.split("<fill>").nth(fill + 1).unwrap().contains("FFFFE0DC"));
    assert_eq!(fills.matches("<fill>").count().to_string(), attribute(fills, "count"));
    let formats = styles.split("<cellXfs").nth(1).unwrap().split("</cellXfs>").next().unwrap();
    assert_eq!(formats.matches("<xf ").count().to_string(), attribute(formats, "count"));
    assert_eq!(cell(&marked, "F14"), cell(&original, "F14"), "other cells are left alone");
    // Again: no further fill, no further format.
    let again = mark(&marked, &problems()).unwrap();
    assert_eq!(part(&again, "xl/styles.xml"), styles);
    assert_eq!(format_of(&again, "F13").0, number);
}

#[test]
fn a_cell_that_the_sheet_does_not_hold_is_added_in_its_row() {
    let catalogue = catalogue();
    let strange = [Problem::error(ProblemCode::NotWhole, "x").at("Phần I-II", "AZ13")];
    let marked = mark(&filled(&catalogue), &strange).unwrap();
    let row = part(&marked, "xl/worksheets/sheet1.xml");
    let row = row.split("<row r=\"13\"").nth(1).unwrap().split("</row>").next().unwrap();
    assert!(row.rfind("<c r=\"AZ13\"").unwrap() > row.rfind("<c r=\"H13\"").unwrap());
    assert_eq!(understood(&Forms::new(&catalogue), &marked).values, values(&catalogue));
}

#[test]
fn a_second_marking_joins_the_first() {
    let catalogue = catalogue();
    let once = mark(&filled(&catalogue), &problems()).unwrap();
    let again = [Problem::error(ProblemCode::NotWhole, "Lần hai").at("Phần I-II", "F13")];
    let twice = mark(&once, &again).unwrap();
    let comments = part(&twice, "xl/commentsTongket1.xml");
    assert_eq!(comments.matches("ref=\"F13\"").count(), 1);
    assert!(comments.contains("Lần hai") && comments.contains("Số quá lớn"));
    assert_eq!(part(&twice, "xl/worksheets/sheet1.xml").matches("<legacyDrawing").count(), 1);
}

#[test]
fn a_file_that_cannot_be_shown_becomes_a_list_of_its_problems() {
    let list = mark(b"not a workbook", &problems()).unwrap();
    assert!(part(&list, "xl/sharedStrings.xml").contains("Của đơn vị khác"));
}
