//! Our own documents of every kind pass in both formats; each of many faults is found, and nothing else.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod broken_docx;
mod broken_pdf;
mod ours;

use domain::reports::{Annex, Block, Document, DocumentKind, HeadingRank, Issuer, Run, Signature, sample};
use jiff::civil::{DateTime, date, datetime};

use super::*;

const MADE_AT: DateTime = datetime(2026, 6, 30, 9, 5, 0, 0);

fn told(findings: &[Finding]) -> String {
    let told = |f: &Finding| {
        let text = f.in_language("vi");
        format!("{} @ {}: {} (cần: {})\n", text.rule, text.place, text.found, text.expected)
    };
    findings.iter().map(told).collect()
}

const SENTENCE: &str = "Các cơ sở giáo dục trên địa bàn phường đã thực hiện nghiêm túc kế hoạch thời gian năm học, giữ \
                        vững nền nếp dạy và học, quan tâm chăm lo đời sống của đội ngũ nhà giáo và học sinh.";

/// An issued document of a kind with everything that such a document has.
fn issued(kind: DocumentKind) -> Document {
    let sample = sample::report();
    let code = kind.abbreviation().map_or("UBND-VHXH".to_owned(), |kind| format!("{kind}-UBND"));
    let form = kind.form();
    let is_alone = !form.has_head();
    let mut body = vec![Block::paragraph(SENTENCE), Block::paragraph(SENTENCE)];
    body.extend(parts(form == domain::reports::Form::Decision));
    Document {
        number: Some(5),
        date: Some(date(2026, 2, 5)),
        code,
        issuer: Issuer { is_party: false, ..sample.issuer },
        place: sample.place,
        subject: "Về việc tổ chức Hội nghị tổng kết năm học 2025-2026".to_owned(),
        addressees: addressees(kind),
        authority: Some("Chủ tịch Ủy ban nhân dân phường Bồ Đề Mới".to_owned()),
        legal_bases: if is_alone { Vec::new() } else { sample.legal_bases },
        body,
        signature: Signature { capacity: sample.signature.capacity, name: "Nguyễn Thị Thuỳ Dương".to_owned() },
        secretary: (kind == DocumentKind::Minutes)
            .then(|| Signature { capacity: vec!["Thư ký".into()], name: "Trần Văn Bình".into() }),
        recipients: sample.recipients,
        annexes: match is_alone {
            true => Vec::new(),
            false => vec![annex("Số liệu từng trường"), annex("Danh sách đại biểu")],
        },
        attached_to: Some("Kế hoạch số 05/KH-UBND ngày 05 tháng 02 năm 2026 của Ủy ban nhân dân phường".to_owned()),
        ..Document::draft(kind)
    }
}

fn addressees(kind: DocumentKind) -> Vec<String> {
    match kind {
        DocumentKind::Letter => vec!["Các trường mầm non".to_owned(), "Các trường tiểu học".to_owned()],
        DocumentKind::Submission => vec!["Sở Giáo dục và Đào tạo thành phố Hà Nội".to_owned()],
        _ => Vec::new(),
    }
}

fn annex(title: &str) -> Annex {
    Annex { title: title.to_owned(), ..sample::report().annexes[0].clone() }
}

fn parts(in_articles: bool) -> Vec<Block> {
    let item = |rank, text: &str| Block::Item { rank, runs: vec![Run::text(text)] };
    if in_articles {
        return (0..3).map(|_| item(HeadingRank::Article, SENTENCE)).collect();
    }
    let mut blocks = Vec::new();
    for part in ["Kết quả thực hiện", "Phương hướng, nhiệm vụ"] {
        blocks.push(Block::heading(HeadingRank::Part, part));
        for section in ["Quy mô trường, lớp", "Chất lượng giáo dục"] {
            blocks.push(Block::heading(HeadingRank::Roman, section));
            blocks.push(Block::heading(HeadingRank::Clause, "Mạng lưới trường, lớp"));
            blocks.extend((0..6).map(|_| item(HeadingRank::Point, SENTENCE)));
            blocks.extend((0..3).map(|_| Block::paragraph(SENTENCE)));
        }
    }
    blocks
}

fn all() -> Vec<Document> {
    let kinds = DocumentKind::ALL.into_iter().map(issued);
    [sample::report(), crate::reading::full_report()].into_iter().chain(kinds).collect()
}

#[test]
fn our_word_files_pass() {
    for document in all() {
        let findings = check(&crate::docx::write(&document, MADE_AT).unwrap()).unwrap().findings;
        assert!(findings.is_empty(), "{}:\n{}", document.full_title(), told(&findings));
    }
}

#[test]
fn our_pdf_files_pass() {
    for document in all() {
        let findings = check(&crate::pdf::write(&document, MADE_AT).unwrap().bytes).unwrap().findings;
        assert!(findings.is_empty(), "{}:\n{}", document.full_title(), told(&findings));
    }
}

/// A rule without its place in the law would be an opinion.
#[test]
fn every_rule_names_its_article() {
    for (code, rule) in rules::rules() {
        assert!(rule.article.vi.contains("Phụ lục") && rule.article.en.contains("Annex"), "{code}");
        let is_look = rules::looks().contains_key(code);
        assert!(is_look || !(rule.expected.vi.is_empty() || rule.expected.en.is_empty()), "{code} expects nothing");
    }
    assert!(rules::types().len() >= 30);
}
