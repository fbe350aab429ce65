//! A contents that tells speaker, minutes and page; every word of every paper; headings beneath the paper's own.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use super::*;

fn paper(title: &str, speaker: &str) -> Document {
    Document {
        subject: title.to_owned(),
        body: vec![
            Block::Centred(vec![Run::bold(speaker)]),
            Block::Centred(vec![Run::italic("Hiệu trưởng, Trường Tiểu học Hoa Sữa")]),
            Block::heading(HeadingRank::Roman, "Cách làm"),
            Block::paragraph("Kính thưa Hội nghị."),
        ],
        ..Document::draft(DocumentKind::ConferencePaper)
    }
}

#[test]
fn papers_are_bound_with_a_contents() {
    let papers = [paper("Bài một", "Lê Thị Bình"), paper("Bài hai", "Vũ Minh An")];
    let volume = bind("Hội nghị tổng kết", &papers, &[2]);
    let lines = volume.lines();
    assert_eq!(lines[..2], ["TẬP THAM LUẬN", "Hội nghị tổng kết"]);
    assert!(
        lines.contains(&"I\tBài một\tLê Thị Bình, Hiệu trưởng, Trường Tiểu học Hoa Sữa\t1\t2".to_owned()),
        "{lines:?}"
    );
    assert!(
        lines.contains(&"II\tBài hai\tVũ Minh An, Hiệu trưởng, Trường Tiểu học Hoa Sữa\t1\t…".to_owned()),
        "{lines:?}"
    );
    assert!(lines.contains(&"\tTổng cộng\t\t2\t".to_owned()));
    let heads: Vec<&String> = lines.iter().filter(|line| line.contains("BÀI") || line.contains("Cách làm")).collect();
    assert_eq!(heads, ["I. BÀI MỘT", "1. Cách làm", "II. BÀI HAI", "1. Cách làm"]);
}
