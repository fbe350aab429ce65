//! The package is whole and in order; reading it back finds exactly the document's words.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use domain::reports::{Block, Run, sample};
use jiff::civil::datetime;

use super::*;
use crate::reading::{docx_text, expected, full_report, part};

const MADE_AT: DateTime = datetime(2026, 6, 30, 9, 5, 0, 0);

fn sample_file() -> Vec<u8> {
    write(&sample::report(), MADE_AT).unwrap()
}

#[test]
fn words_and_numbers_equal_the_plain_text() {
    assert_eq!(docx_text(&sample_file()), expected(&sample::report()));
}

#[test]
fn the_full_report_holds_every_word_and_describes_every_chart() {
    let document = full_report();
    let file = write(&document, MADE_AT).unwrap();
    assert_eq!(docx_text(&file), expected(&document));
    let text = part(&file, "word/document.xml");
    let charts = document.bodies().flatten().filter(|block| matches!(block, Block::Chart(_))).count();
    assert!(charts >= 12, "{charts} charts");
    assert_eq!(text.matches("<wp:docPr").count(), charts);
    assert_eq!(text.matches("descr=\"Biểu đồ").count(), 2 * charts);
    assert_eq!(text.matches("<w:sectPr>").count(), 1 + document.annexes.len());
}

#[test]
fn the_same_content_gives_the_same_file() {
    assert_eq!(sample_file(), sample_file());
}

#[test]
fn the_text_of_the_sample_is_golden() {
    let text = part(&sample_file(), "word/document.xml");
    insta::assert_snapshot!("document", text.replace("<w:p>", "\n<w:p>").replace("<w:tbl>", "\n<w:tbl>"));
}

#[test]
fn properties_name_the_document_and_its_language() {
    insta::assert_snapshot!("core", part(&sample_file(), "docProps/core.xml"));
    assert!(part(&sample_file(), "word/styles.xml").contains("w:lang w:val=\"vi-VN\""));
}

#[test]
fn every_part_is_well_formed_whatever_was_typed() {
    let mut document = sample::report();
    document.subject = "<w:t> & \"trích\" \u{0}\u{8}\u{b} ]]>".to_owned();
    document.body.push(Block::Paragraph(vec![Run::text("\u{1}Dòng <cuối> & hết")]));
    let file = write(&document, MADE_AT).unwrap();
    let text = part(&file, "word/document.xml");
    assert!(text.contains("Dòng &lt;cuối&gt; &amp; hết"));
    assert!(!text.chars().any(|c| c.is_control() && c != '\n'));
    for name in ["word/document.xml", "docProps/core.xml", "word/footer.xml", "word/styles.xml", "[Content_Types].xml"]
    {
        let xml = part(&file, name);
        let mut reader = quick_xml::Reader::from_str(&xml);
        while !matches!(reader.read_event().unwrap(), quick_xml::events::Event::Eof) {}
    }
}

#[test]
fn the_code_of_a_document_stands_at_the_foot_of_its_first_page_only() {
    let mut document = sample::report();
    document.check_url = Some("https://phuong.example.vn/kiem-tra/1f3a".to_owned());
    let file = write(&document, MADE_AT).unwrap();
    let text = part(&file, "word/document.xml");
    assert_eq!(text.matches("rIdCheckedFooter").count(), 1);
    assert!(part(&file, "word/checked-footer.xml").contains("kiem-tra/1f3a"));
    assert!(part(&file, "word/_rels/checked-footer.xml.rels").contains("media/check-code.png"));
    assert!(!part(&sample_file(), "[Content_Types].xml").contains("checked-footer"));
}
