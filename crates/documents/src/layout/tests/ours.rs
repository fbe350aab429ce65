//! What our own documents look like at the edges: every length of a last line, lists of addressees, tables at the end,
//! titles and names beyond measure. None may cost a false finding.

use domain::reports::{
    Align, Cell, Certificate, Column, DocumentKind, Emphasis, FigureForm, FigureReference, PlacedText, Row, RowKind,
    Table,
};
use domain::school_year::SchoolYear;

use super::*;

/// Both formats of a document have nothing to mend.
fn assert_clean(document: &Document, told_as: &str) {
    let docx = crate::docx::write(document, MADE_AT).unwrap();
    let pdf = crate::pdf::write(document, MADE_AT).unwrap().bytes;
    for (format, bytes) in [("DOCX", docx), ("PDF", pdf)] {
        let findings = check(&bytes).unwrap().findings;
        assert!(findings.is_empty(), "{told_as} ({format}):\n{}", told(&findings));
    }
}

fn short(kind: DocumentKind) -> Document {
    Document { annexes: Vec::new(), body: vec![Block::paragraph(SENTENCE)], ..issued(kind) }
}

/// The last line may end over the middle of the recipients, where a column of a head would.
#[test]
fn the_text_ends_where_it_ends_whatever_stands_below() {
    let words: Vec<&str> = SENTENCE.split(' ').collect();
    for count in 1..words.len() {
        let mut document = short(DocumentKind::Notice);
        document.body.push(Block::paragraph(words[..count].join(" ")));
        assert_clean(&document, &format!("{count} words"));
    }
}

#[test]
fn addressees_are_no_part_of_the_subject_beside_them() {
    let schools = ["Các trường mầm non", "Các trường tiểu học", "Các trường trung học cơ sở", "Trung tâm GDNN-GDTX"];
    for subject in ["báo cáo số liệu", "báo cáo số liệu cuối năm học 2025-2026 của các cơ sở giáo dục"]
    {
        for count in 1..=schools.len() {
            let mut document = short(DocumentKind::Letter);
            document.subject = subject.to_owned();
            document.addressees = schools[..count].iter().map(|name| (*name).to_owned()).collect();
            assert_clean(&document, &format!("«{subject}», {count} addressees"));
        }
    }
}

fn agenda(rows: usize) -> Table {
    let row = |number: usize| Row {
        kind: RowKind::Body,
        cells: vec![Cell::text(format!("{number:02}h00")), Cell::text("Đại biểu phát biểu")],
    };
    Table {
        caption: String::new(),
        columns: vec![Column::new("Thời gian", Align::Centre, 1.0), Column::new("Nội dung", Align::Left, 4.0)],
        rows: (0..rows).map(row).collect(),
        note: None,
    }
}

#[test]
fn a_table_may_be_the_last_thing_said() {
    for rows in [1, 8, 40] {
        let mut document = short(DocumentKind::Programme);
        document.body.push(Block::Table(agenda(rows)));
        assert_clean(&document, &format!("{rows} rows"));
    }
}

#[test]
fn titles_names_and_tables_beyond_measure_keep_the_layout() {
    let mut document = short(DocumentKind::Plan);
    let title = "Tổ chức Hội nghị tổng kết năm học và triển khai nhiệm vụ của ngành ".repeat(6);
    document.subject = title.trim().chars().take(400).collect();
    document.signature.name = "H’Wưn Ƀkrông Niê Kdăm Ŭ Čil".to_owned();
    document.body.push(Block::Table(agenda(2_000)));
    document.body.push(Block::paragraph("Người ký: Nguyễn 𠮷 😀 Ánh; ông Y Ŏ̃ Ƀuôn."));
    assert_clean(&document, "400 letters, 2,000 rows, rare letters");
}

/// A sentence whose figure vanished says so in every output, and is no fault of layout.
#[test]
fn a_figure_without_a_value_is_shown_as_missing() {
    let figure = FigureReference {
        code: "pupil_count".to_owned(),
        unit: "P01".to_owned(),
        year: SchoolYear::parse("2025-2026").unwrap(),
        form: FigureForm::Value,
        value: None,
        printed: "[chưa có số liệu]".to_owned(),
    };
    let mut document = short(DocumentKind::Report);
    document.body.push(Block::Paragraph(vec![
        Run::text("Toàn phường có "),
        Run::Figure(figure),
        Run::text(" học sinh."),
    ]));
    assert_clean(&document, "a figure without a value");
    let pdf = crate::pdf::write(&document, MADE_AT).unwrap().bytes;
    let docx = crate::docx::write(&document, MADE_AT).unwrap();
    for bytes in [pdf, docx] {
        assert!(inspect::text(&bytes).unwrap().contains("Toàn phường có [chưa có số liệu] học sinh"));
    }
}

#[test]
fn what_is_no_paper_of_the_decree_is_told_so() {
    let text = PlacedText {
        x_mm: 40.0,
        y_mm: 60.0,
        width_mm: 200.0,
        align: Align::Centre,
        size_pt: 22.0,
        emphasis: Emphasis::Bold,
        text: "Ông Nguyễn Văn An, Hiệu trưởng".to_owned(),
    };
    let sheet = |texts| Certificate { width_mm: 297.0, height_mm: 210.0, texts };
    let printed = |texts| crate::pdf::write_certificates(&[sheet(texts)], "Giấy khen", "", MADE_AT).unwrap().bytes;
    let judgement = check(&printed(vec![text])).unwrap();
    assert_eq!((judgement.scope, judgement.findings.len()), (Scope::Nothing, 0));
    assert_eq!(check(&printed(Vec::new())).unwrap_err().reasons[0].code, "no_text");
    let scopes = [DocumentKind::Report, DocumentKind::Annex, DocumentKind::RunningScript]
        .map(|kind| check(&crate::docx::write(&issued(kind), MADE_AT).unwrap()).unwrap().scope);
    assert_eq!(scopes, [Scope::Whole, Scope::Annex, Scope::Sheets]);
}

#[test]
fn findings_are_told_in_english_too() {
    let mut document = issued(DocumentKind::Report);
    document.signature.name = "TS. Nguyễn Thị Thuỳ Dương".to_owned();
    let findings = check(&crate::pdf::write(&document, MADE_AT).unwrap().bytes).unwrap().findings;
    let [finding] = findings.as_slice() else { panic!("{}", told(&findings)) };
    let english = finding.in_language("en");
    assert_eq!(english.rule, "signer_title");
    assert_eq!(english.article, "Annex I, Part I, Section II.7.c");
    assert_eq!(english.expected, "no rank, degree or honour before the name");
    assert!(english.place.starts_with("page "), "{}", english.place);
    assert!(finding.in_language("vi").place.starts_with("trang "));
}

/// The models of annex III: dots to be filled in are no text yet, and where an annex shows whole documents, only its own
/// words are judged.
#[test]
fn forms_to_be_filled_in_are_no_faults() {
    let bold = |words: &str| Run::Text { text: words.to_owned(), emphasis: Emphasis::Bold };
    let mut form = short(DocumentKind::Decision);
    form.body.insert(0, Block::Centred(vec![Run::text("……….................... 5 ..............................…")]));
    let label = vec![bold("Điều 1............................... 8 .........................")];
    form.body.push(Block::Paragraph(label));
    form.body.push(Block::Paragraph(vec![bold("Điều ...: .............................. 9 ............")]));
    form.body.push(Block::paragraph(SENTENCE));
    assert_clean(&form, "a decision to be filled in");

    let mut annex = issued(DocumentKind::Annex);
    let own = annex.body.len();
    annex.body.push(Block::paragraph("Mẫu 1.2 - Quyết định"));
    annex.body.push(Block::Centred(vec![bold("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM")]));
    annex.body.push(Block::Centred(vec![Run::text("Theo đề nghị của các trường học trên địa bàn phường")]));
    annex.body.push(Block::Paragraph(vec![bold("Điều 4."), Run::text(" Điều khoản của mẫu.")]));
    assert_clean(&annex, "an annex of models");
    annex.body.insert(own, Block::Centred(vec![Run::text("Theo đề nghị của các trường học trên địa bàn phường")]));
    let findings = check(&crate::docx::write(&annex, MADE_AT).unwrap()).unwrap().findings;
    assert!(findings.iter().any(|finding| finding.rule == "body_align"), "{}", told(&findings));
}
