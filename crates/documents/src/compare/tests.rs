//! Nothing is found where nothing was changed; words are taken over, numbers refused, blocks told apart.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use domain::reports::{Block, sample};
use jiff::civil::{DateTime, datetime};

use super::*;
use crate::inspect;

const MADE_AT: DateTime = datetime(2026, 6, 30, 9, 5, 0, 0);

/// The sample, written, edited in the content model as a person would edit the file, and read again.
fn compared(edit: impl FnOnce(&mut Document)) -> Comparison {
    let frozen = sample::report();
    let mut typed = frozen.clone();
    edit(&mut typed);
    edited(&frozen, &inspect::read(&crate::docx::write(&typed, MADE_AT).unwrap()).unwrap())
}

fn paragraph(document: &mut Document, at: usize) -> &mut Vec<Run> {
    match &mut document.body[at] {
        Block::Paragraph(runs) => runs,
        other => panic!("{other:?}"),
    }
}

#[test]
fn an_untouched_file_changes_nothing() {
    assert_eq!(compared(|_| {}), Comparison::default());
    let report = crate::reading::full_report();
    let paper = inspect::read(&crate::docx::write(&report, MADE_AT).unwrap()).unwrap();
    assert_eq!(edited(&report, &paper), Comparison::default());
}

/// Word processors rewrite every part of a file; its words stay.
#[test]
fn a_file_saved_by_another_program_changes_nothing() {
    let folder = std::env::temp_dir().join(format!("tongket-compare-{}", std::process::id()));
    std::fs::create_dir_all(folder.join("out")).unwrap();
    let frozen = sample::report();
    std::fs::write(folder.join("a.docx"), crate::docx::write(&frozen, MADE_AT).unwrap()).unwrap();
    let profile = format!("-env:UserInstallation=file://{}/profile", folder.display());
    let done = std::process::Command::new("soffice")
        .args([&profile, "--headless", "--convert-to", "docx:MS Word 2007 XML", "--outdir"])
        .args([folder.join("out"), folder.join("a.docx")])
        .output();
    let saved = std::fs::read(folder.join("out/a.docx"));
    std::fs::remove_dir_all(&folder).unwrap();
    let (Ok(_), Ok(saved)) = (done, saved) else {
        eprintln!("soffice is not here; nothing was compared");
        return;
    };
    assert_eq!(edited(&frozen, &inspect::read(&saved).unwrap()), Comparison::default());
}

#[test]
fn words_are_taken_over_and_numbers_stay_tied() {
    let found = compared(|document| paragraph(document, 3)[2] = Run::text(" em học sinh tiểu học, "));
    assert_eq!(found.refused, []);
    let [Change::Words { place, to, runs, .. }] = found.changes.as_slice() else { panic!("{found:?}") };
    assert_eq!(*place, Some(BlockPlace { body: 0, block: 3 }));
    assert!(to.contains("8.493 em học sinh tiểu học, tăng 120"), "{to}");
    assert_eq!(runs.iter().filter(|run| matches!(run, Run::Figure(_))).count(), 2);
}

#[test]
fn a_changed_number_is_refused_with_its_place() {
    let found = compared(|document| paragraph(document, 3)[1] = Run::text("8.943"));
    assert_eq!(found.changes, []);
    assert_eq!(found.refused.len(), 1);
    assert!(found.refused[0].message.contains("8.493") && found.refused[0].at.contains("Toàn phường"), "{found:?}");
    // A longer number that begins alike is another number.
    let found = compared(|document| paragraph(document, 3)[1] = Run::text("8.4931"));
    assert_eq!(found.refused.len(), 1, "{found:?}");
}

#[test]
fn a_paragraph_with_numbers_is_not_removed() {
    let found = compared(|document| drop(document.body.remove(3)));
    assert_eq!(found.refused[0].code, "figure_removed");
}

#[test]
fn blocks_that_move_come_and_go_are_told_apart() {
    let found = compared(|document| {
        let first = document.body.remove(0);
        document.body.insert(3, first);
    });
    assert!(matches!(found.changes.as_slice(), [Change::Moved { .. }]), "{found:?}");
    let found =
        compared(|document| document.body.insert(1, Block::paragraph("Một đoạn hoàn toàn mới được viết thêm.")));
    let [Change::Added { after, .. }] = found.changes.as_slice() else { panic!("{found:?}") };
    assert_eq!(*after, Spot::After { place: BlockPlace { body: 0, block: 0 }, part: Part::Whole });
    let found = compared(|document| drop(document.body.remove(0)));
    assert!(matches!(found.changes.as_slice(), [Change::Removed { .. }]), "{found:?}");
}

#[test]
fn cells_are_named_by_row_and_column() {
    let found = compared(|document| {
        let Block::Table(table) = &mut document.body[4] else { panic!() };
        table.rows[1].cells[1] = domain::reports::Cell::text("Trường Tiểu học Ánh Dương Mới");
    });
    let [Change::Words { at, .. }] = found.changes.as_slice() else { panic!("{found:?}") };
    assert_eq!(at, "Bảng 1, dòng 2, cột 2");
}

#[test]
fn a_signed_pdf_must_show_the_frozen_words() {
    let frozen = sample::report();
    let read = |document: &Document| inspect::read(&crate::pdf::write(document, MADE_AT).unwrap().bytes).unwrap();
    let alone = std::slice::from_ref(&frozen);
    assert_eq!(signed(alone, &read(&frozen), &[]), Shown::default());
    let mut other = frozen.clone();
    paragraph(&mut other, 3)[1] = Run::text("8.943");
    let reasons = signed(alone, &read(&other), &[]).refused;
    assert!(reasons.len() == 2 && reasons[0].message.contains("8.493"), "{reasons:?}");
    assert!(reasons[1].code == "words_added" && reasons[1].message.contains("8.943"), "{reasons:?}");
    let mut longer = frozen.clone();
    longer.body.insert(1, Block::paragraph("Cấp thêm kinh phí cho Trường Tiểu học Phù Sa."));
    let reasons = signed(alone, &read(&longer), &[]).refused;
    assert!(reasons.len() == 1 && reasons[0].code == "words_added", "{reasons:?}");
}

/// A table's head may stand again on the next page; a row that stands again is a row more.
#[test]
fn a_row_of_a_table_is_not_added_from_words_of_the_paper() {
    let frozen = sample::report();
    let with = |row: usize, cells: Option<[&str; 4]>| {
        let mut longer = frozen.clone();
        let Block::Table(table) = &mut longer.body[4] else { panic!() };
        let mut again = table.rows[row].clone();
        again.cells = cells.map_or(again.cells, |cells| cells.map(domain::reports::Cell::text).to_vec());
        table.rows.insert(row, again);
        let paper = inspect::read(&crate::pdf::write(&longer, MADE_AT).unwrap().bytes).unwrap();
        signed(std::slice::from_ref(&frozen), &paper, &[])
    };
    let shown = with(1, None);
    assert!(!shown.refused.is_empty() && shown.refused.iter().all(|one| one.code == "words_added"), "{shown:?}");
    assert!(shown.refused.iter().any(|one| one.message.contains("1.045")), "{shown:?}");
    assert_eq!(with(1, Some(["TT", "Đơn vị", "Số lớp", "Số học sinh"])), Shown::default());
}

/// Every line that a file may have beside the frozen text is either of a stamp, and shown, or refused with its words.
#[test]
fn a_line_more_is_told_as_a_stamp_or_refused() {
    let frozen = sample::report();
    let alone = std::slice::from_ref(&frozen);
    let stamps =
        [Stamp { signer: "Nguyễn Thị Thuỳ Dương".to_owned(), day: Some(jiff::civil::date(2026, 6, 30)) }];
    let with = |line: &str| {
        let mut longer = frozen.clone();
        longer.body.insert(1, Block::paragraph(line));
        let paper = inspect::read(&crate::pdf::write(&longer, MADE_AT).unwrap().bytes).unwrap();
        signed(alone, &paper, &stamps)
    };
    for line in [
        "Người ký: Nguyễn Thị Thuỳ Dương",
        "Thời gian ký: 30/06/2026 09:05:00 +07:00",
        "Ký bởi: Nguyễn Thị Thuỳ Dương Ngày ký: 01/07/2026",
        "Email: thuyduong@phuong.example",
        "Digitally signed by Nguyễn Thị Thuỳ Dương",
        "Date: 2026.06.30 09:05:00 +07'00'",
        "Nguyễn Thị Thuỳ Dương",
    ] {
        let shown = with(line);
        assert_eq!((shown.refused, shown.stamps.len()), (Vec::new(), 1), "{line}");
    }
    for line in [
        "không",
        "25/9/2027",
        "99",
        "Bãi bỏ Điều 2",
        "Thời gian ký: thu thêm 5 triệu đồng",
        "Thời gian ký: 30/06/2027 09:05:00",
        "Email: x@y.vn phải nộp tiền",
        "Người ký: Trần Văn Khác",
        "Ký bởi: Nguyễn Thị Thuỳ Dương, đồng ý chi 5 triệu đồng",
    ] {
        let shown = with(line);
        let first = shown.refused.first().unwrap_or_else(|| panic!("{line}: {shown:?}"));
        assert!(first.code == "words_added" && shown.stamps.is_empty(), "{line}: {shown:?}");
    }
}

/// What was edited, taken over: the content reads as the file did, and its numbers are still tied.
fn taken(edit: impl FnOnce(&mut Document)) -> (Document, Document, Vec<usize>) {
    let frozen = sample::report();
    let mut typed = frozen.clone();
    edit(&mut typed);
    let paper = inspect::read(&crate::docx::write(&typed, MADE_AT).unwrap()).unwrap();
    let found = edited(&frozen, &paper);
    assert_eq!(found.refused, [], "{found:?}");
    let taken = taken_over(&frozen, &found.changes);
    assert_eq!(taken.document.figures().collect::<Vec<_>>(), frozen.figures().collect::<Vec<_>>());
    (taken.document, typed, taken.left)
}

#[test]
fn edits_taken_over_read_as_they_were_typed() {
    let (document, typed, left) = taken(|document| {
        paragraph(document, 3)[2] = Run::text(" em học sinh tiểu học, ");
        let Block::Heading(heading) = &mut document.body[6] else { panic!("{:?}", document.body[6]) };
        heading.title = "Đánh giá chung".into();
        let Block::List(items) = &mut document.body[12] else { panic!("{:?}", document.body[12]) };
        items.insert(1, vec![Run::text("Rà soát quy hoạch mạng lưới trường, lớp;")]);
        let Block::Place(place) = &mut document.body[8] else { panic!("{:?}", document.body[8]) };
        place.paragraphs.insert(1, vec![Run::text("Phong trào thi đua sôi nổi.")]);
        let Block::Table(table) = &mut document.body[4] else { panic!() };
        table.rows[1].cells[1] = domain::reports::Cell::text("Trường Tiểu học Ánh Dương Mới");
        document.body.insert(1, Block::paragraph("Một đoạn hoàn toàn mới được viết thêm, có 12 ý."));
    });
    assert_eq!(left, Vec::<usize>::new());
    assert_eq!(document.lines(), typed.lines());
    assert!(matches!(&document.body[13], Block::List(items) if items.len() == 3), "{:?}", document.body[13]);
    assert!(matches!(&document.body[9], Block::Place(place) if place.paragraphs.len() == 3), "{:?}", document.body[9]);
    // A second look finds nothing more.
    let paper = inspect::read(&crate::docx::write(&typed, MADE_AT).unwrap()).unwrap();
    assert_eq!(edited(&document, &paper), Comparison::default());
}

#[test]
fn blocks_that_moved_or_went_are_taken_over() {
    let (document, typed, left) = taken(|document| {
        let first = document.body.remove(0);
        document.body.insert(3, first);
    });
    assert!(left.is_empty());
    assert_eq!(document.lines(), typed.lines());
    let (document, typed, left) = taken(|document| drop(document.body.remove(0)));
    assert!(left.is_empty());
    assert_eq!(document.lines(), typed.lines());
}

#[test]
fn what_stands_outside_the_text_is_left() {
    let (document, _, left) = taken(|document| document.subject += " và phương hướng");
    assert_eq!((document, left), (sample::report(), vec![0]));
}
