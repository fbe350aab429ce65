//! Syllables are counted, numbers by their digits, and what is not read aloud is left out.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use super::*;
use crate::reports::{DocumentKind, sample};

fn paper(paragraphs: &[&str]) -> Document {
    Document {
        subject: "Một hai ba".to_owned(),
        body: paragraphs.iter().map(|text| Block::paragraph(*text)).collect(),
        ..Document::draft(DocumentKind::ConferencePaper)
    }
}

#[test]
fn syllables_make_minutes() {
    assert_eq!(minutes(&paper(&[])), 0);
    assert_eq!(minutes(&paper(&["Kính thưa các vị đại biểu."])), 1);
    let line = "tiếng ".repeat(147);
    assert_eq!(minutes(&paper(&[&line])), 1, "150 with the title");
    assert_eq!(minutes(&paper(&[&line, "thêm"])), 2);
    assert_eq!(of_words("tăng 1.045 em – 69,6%."), 2 + 4 + 3);
}

#[test]
fn tables_and_charts_are_not_read() {
    let report = sample::report();
    let mut bare = report.clone();
    bare.body.retain(|block| !matches!(block, Block::Table(_) | Block::Chart(_)));
    bare.annexes.clear();
    assert!(minutes(&report) > 0);
    assert_eq!(minutes(&report), minutes(&bare));
}
