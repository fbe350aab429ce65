//! The PDF holds exactly the document's words, declares its standards, and content cannot become markup.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use domain::reports::{Block, Run, sample};
use jiff::civil::datetime;

use super::*;
use crate::reading::{expected, frame_text, full_report, squeezed};

const MADE_AT: DateTime = datetime(2026, 6, 30, 9, 5, 0, 0);

/// Top and bottom margins of every page: 20 mm.
const MARGIN_PT: f64 = 56.0;

fn laid_out_text(document: &Document) -> String {
    let world = world::World::new(std::slice::from_ref(document)).unwrap();
    let laid_out = typst::compile(&world).output.unwrap();
    typst_pdf::pdf(&laid_out, &options("thử", MADE_AT).unwrap()).unwrap();
    let mut text = String::new();
    laid_out.pages().iter().for_each(|page| frame_text(&page.frame, MARGIN_PT, &mut text));
    squeezed(&text)
}

#[test]
fn words_and_numbers_equal_the_plain_text() {
    let document = sample::report();
    assert_eq!(laid_out_text(&document), expected(&document));
}

/// A table that goes over a page repeats its head, so every line is looked for after the one before it.
#[test]
fn the_full_report_holds_every_number_in_order() {
    let document = full_report();
    let laid_out = laid_out_text(&document);
    let mut rest = laid_out.as_str();
    for line in document.lines() {
        let line = squeezed(&line);
        let at = rest.find(&line).unwrap_or_else(|| panic!("«{line}» is missing or out of order"));
        rest = &rest[at + line.len()..];
    }
    assert!(write(&document, MADE_AT).unwrap().pages >= 25);
}

#[test]
fn the_file_declares_archival_and_accessible_standards() {
    let pdf = write(&sample::report(), MADE_AT).unwrap();
    let text = String::from_utf8_lossy(&pdf.bytes);
    assert_eq!(pdf.pages, 3);
    assert!(
        text.contains("<pdfaid:part>2</pdfaid:part>") && text.contains("<pdfaid:conformance>A</pdfaid:conformance>")
    );
    assert!(text.contains("<pdfuaid:part>1</pdfuaid:part>"));
    assert!(text.contains("/Lang(vi-VN)") || text.contains("/Lang (vi-VN)"), "the language is declared");
}

#[test]
fn the_same_content_gives_the_same_file() {
    let document = sample::report();
    assert_eq!(write(&document, MADE_AT).unwrap().bytes, write(&document, MADE_AT).unwrap().bytes);
}

#[test]
fn typed_text_is_never_markup() {
    let mut document = sample::report();
    let hostile = "#read(\"/etc/passwd\") $integral$ = tiêu đề \\ #panic(\"x\") @nhãn <nhãn> ``` // /* \u{0} ©";
    document.body.insert(0, Block::Paragraph(vec![Run::text(hostile)]));
    document.subject = "#set page(width: 1pt) *đậm*".to_owned();
    assert!(laid_out_text(&document).contains(&squeezed(&hostile.replace('\u{0}', ""))));
}

#[test]
fn letters_that_the_typeface_lacks_become_boxes() {
    let mut document = sample::report();
    document.signature.name = "Nguyễn 𠮷 😀 Ánh".to_owned();
    assert!(laid_out_text(&document).contains("Nguyễn□□Ánh"));
}

#[test]
fn a_document_with_nothing_in_it_is_still_a_page() {
    let mut document = sample::report();
    document.body.clear();
    document.annexes.clear();
    document.recipients.clear();
    document.legal_bases.clear();
    document.addressees.clear();
    document.signature.capacity.clear();
    document.signature.name.clear();
    assert_eq!(write(&document, MADE_AT).unwrap().pages, 1);
}

#[test]
fn letters_in_one_file_keep_their_own_page_numbers_and_codes() {
    let mut document = sample::report();
    document.annexes.clear();
    document.check_url = Some("https://phuong.example.vn/kiem-tra/1f3a".to_owned());
    let alone = write(&document, MADE_AT).unwrap();
    let together = write_together(&vec![document.clone(); 3], MADE_AT).unwrap();
    assert_eq!(together.pages, 3 * alone.pages);
    let each = write_each(&vec![document; 3], MADE_AT).unwrap();
    assert!(each.iter().all(|pdf| pdf.bytes == alone.bytes));
}

#[test]
fn every_form_of_the_model_holds_its_words_in_order() {
    use domain::reports::{DocumentKind, Marks, Signature, Urgency};
    for kind in DocumentKind::ALL {
        let mut document = sample::report();
        document.kind = kind;
        document.authority = Some("Chủ tịch".to_owned());
        document.attached_to = Some("Kế hoạch số …/KH-UBND".to_owned());
        document.marks = Marks { urgency: Some(Urgency::Express), circulation: None };
        document.secretary = (kind == DocumentKind::Minutes)
            .then(|| Signature { capacity: vec!["Thư ký".into()], name: "Lê A".into() });
        assert_eq!(laid_out_text(&document), expected(&document), "{kind:?}");
        let docx = crate::docx::write(&document, MADE_AT).unwrap();
        assert_eq!(crate::reading::docx_text(&docx), expected(&document), "{kind:?}");
    }
}

/// A word without a blank is broken at the edge; nothing of it runs off the page.
#[test]
fn a_word_longer_than_a_line_stays_on_the_page() {
    let mut document = sample::report();
    document.subject = "x".repeat(400);
    document.body.insert(0, Block::paragraph(format!("Đường dẫn {}.", "y".repeat(300))));
    let pdf = write(&document, MADE_AT).unwrap().bytes;
    let paper = crate::inspect::read(&pdf).unwrap();
    let text: String = paper.text().chars().filter(|c| !c.is_whitespace() && *c != '\u{200b}').collect();
    assert!(text.contains(&"x".repeat(400)) && text.contains(&"y".repeat(300)), "{text}");
    // The sample's annexes lie across: only the lines of the long words are measured.
    let is_long = |paragraph: &&crate::inspect::Paragraph| {
        paragraph.spans.iter().any(|span| span.text.contains("xxxx") || span.text.contains("yyyy"))
    };
    let long: Vec<f64> = paper.paragraphs.iter().filter(is_long).map(|paragraph| paragraph.width_mm).collect();
    assert!(!long.is_empty());
    let widest = long.into_iter().fold(0.0, f64::max);
    assert!(widest < 170.0, "a line is {widest} mm wide");
}

#[test]
fn the_contents_of_a_volume_tells_on_which_pages_papers_begin() {
    use domain::reports::DocumentKind;
    let paper = |title: &str, length: usize| Document {
        subject: title.to_owned(),
        body: vec![Block::paragraph(
            "Kính thưa Hội nghị, nhà trường xin báo cáo kinh nghiệm của mình. ".repeat(length),
        )],
        ..Document::draft(DocumentKind::ConferencePaper)
    };
    let long =
        "Kinh nghiệm thu hẹp khoảng cách chất lượng giữa các lớp trong nhà trường và giữa các điểm trường xa nhau";
    let papers = [paper("Bài mở đầu", 90), paper(long, 10), paper("Bài kết", 10)];
    let pdf = write_volume("Hội nghị tổng kết năm học", &papers, MADE_AT).unwrap();
    let text = crate::inspect::text(&pdf.bytes).unwrap();
    let (first, rest) = text.split_once("I\tBài mở đầu\t8\t2").unwrap();
    assert!(!first.contains("Bài mở đầu"), "{text}");
    // The long title is broken over lines; what stands beside it is read among them.
    let (second, rest) = rest.split_once("III\tBài kết\t1\t5").unwrap();
    assert!(second.contains("II\t") && second.contains("\t2\t4"), "{text}");
    assert!(rest.contains("BÀI MỞ ĐẦU"), "{text}");
    assert_eq!(pdf.pages, 5);
}
