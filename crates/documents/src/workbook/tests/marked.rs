//! Problems written into the cells they concern.

use std::io::{Cursor, Read};

use zip::ZipArchive;

use super::*;
use crate::workbook::{ProblemCode, mark};

fn part(bytes: &[u8], name: &str) -> String {
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
    assert_eq!(part(&marked, "xl/styles.xml"), part(&filled(&catalogue), "xl/styles.xml"));
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
