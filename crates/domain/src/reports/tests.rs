//! Numbering, punctuation of lines, and what the plain text holds.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use super::*;

#[test]
fn points_follow_the_vietnamese_alphabet_and_go_on_after_its_end() {
    let letters: Vec<String> = (1..=11).map(point_letter).collect();
    assert_eq!(letters, ["a", "b", "c", "d", "đ", "e", "g", "h", "i", "k", "l"]);
    assert_eq!(point_letter(24), "a1");
}

#[test]
fn lower_ranks_begin_again_under_a_higher_one_but_articles_never_do() {
    let mut numbering = Numbering::default();
    let ranks = [
        HeadingRank::Part,
        HeadingRank::Roman,
        HeadingRank::Clause,
        HeadingRank::Point,
        HeadingRank::Roman,
        HeadingRank::Clause,
        HeadingRank::Part,
        HeadingRank::Roman,
        HeadingRank::Article,
        HeadingRank::Chapter,
        HeadingRank::Article,
    ];
    let labels: Vec<String> = ranks.map(|rank| numbering.label(rank)).to_vec();
    assert_eq!(labels, ["Phần I", "I.", "1.", "a)", "II.", "1.", "Phần II", "I.", "Điều 1.", "Chương I", "Điều 2."]);
}

#[test]
fn a_numbered_and_dated_document_prints_leading_zeros_where_the_decree_wants_them() {
    let mut document = sample::report();
    assert!(document.number_line().starts_with("Số:\u{a0}"));
    document.number = Some(7);
    document.date = Some(jiff::civil::date(2026, 2, 5));
    assert_eq!(document.number_line(), "Số: 07/BC-UBND");
    assert_eq!(document.place_and_date_line(), "Bồ Đề Mới, ngày 05 tháng 02 năm 2026");
    assert_eq!(
        document.annex_reference(),
        "(Kèm theo Báo cáo số 07/BC-UBND ngày 05 tháng 02 năm 2026 của Ủy ban nhân dân phường Bồ Đề Mới)"
    );
}

#[test]
fn lists_of_the_head_and_foot_are_closed_once() {
    let mut document = sample::report();
    document.recipients = vec!["Như trên;".into(), " Lưu: VT. ".into()];
    document.addressees = vec!["Bộ Nội vụ".into(), "Bộ Tài chính".into()];
    assert_eq!(document.recipient_lines(), ["- Như trên;", "- Lưu: VT."]);
    assert_eq!(document.addressee_lines(), ["Kính gửi:", "- Bộ Nội vụ;", "- Bộ Tài chính."]);
    assert_eq!(document.legal_basis_lines().last().unwrap().chars().last(), Some('.'));
}

#[test]
fn the_text_ends_with_the_closing_mark_and_shows_an_empty_place() {
    let text = sample::report().to_text();
    assert!(text.contains("năm học 2025-2026./.\nNơi nhận:"), "{text}");
    assert!(text.contains("a) Ưu điểm\nChất lượng được giữ vững.\nĐội ngũ ổn định.\nb) Tồn tại"));
    assert!(text.contains("[Nhập tồn tại, hạn chế]"));
    assert!(text.starts_with(sample::INVENTED));
}

#[test]
fn missing_data_of_a_chart_are_an_ellipsis_and_not_zero() {
    let chart = Chart {
        kind: ChartKind::Line,
        title: String::new(),
        description: String::new(),
        measure: "%".into(),
        decimals: 1,
        categories: vec!["2024-2025".into(), "2025-2026".into()],
        series: vec![Series { name: "Tỉ lệ".into(), values: vec![None, Some(1234.56)] }],
    };
    let (heads, rows) = chart.data_table();
    assert_eq!(heads, ["Đơn vị tính: %", "Tỉ lệ"]);
    assert_eq!(rows, [["2024-2025", "…"], ["2025-2026", "1.234,6"]]);
}

#[test]
fn a_document_keeps_every_figure_through_its_stored_form() {
    let document = sample::report();
    let stored = serde_json::to_string(&document).unwrap();
    let again: Document = serde_json::from_str(&stored).unwrap();
    assert_eq!(again, document);
    assert_eq!(again.figures().count(), 2);
}

fn decision() -> Document {
    let promulgated = Annex {
        form: AnnexForm::Promulgated { type_name: "Quy chế".to_owned() },
        title: "Tổ chức Hội nghị tổng kết".to_owned(),
        orientation: Orientation::Portrait,
        body: vec![Block::heading(HeadingRank::Article, "Phạm vi"), Block::paragraph("Áp dụng cho phường")],
    };
    let list = Annex {
        form: AnnexForm::Annex,
        title: "Danh sách".to_owned(),
        orientation: Orientation::Portrait,
        body: vec![Block::paragraph("Một")],
    };
    Document {
        subject: "Về việc ban hành Quy chế".to_owned(),
        authority: Some("Chủ tịch Ủy ban nhân dân phường".to_owned()),
        legal_bases: vec!["Căn cứ Luật Giáo dục".to_owned(), "Theo đề nghị của Trưởng phòng".to_owned()],
        body: vec![
            Block::Item { rank: HeadingRank::Article, runs: vec![Run::text("Ban hành Quy chế.")] },
            Block::Item {
                rank: HeadingRank::Article, runs: vec![Run::text("Quyết định có hiệu lực từ ngày ký;")]
            },
        ],
        annexes: vec![promulgated, list.clone(), list],
        marks: Marks { urgency: Some(Urgency::Urgent), circulation: None },
        ..Document { kind: DocumentKind::Decision, ..sample::report() }
    }
}

#[test]
fn a_decision_has_authority_bases_enacting_words_and_articles_in_order() {
    let text = decision().to_text();
    let wanted = "QUYẾT ĐỊNH\nVề việc ban hành Quy chế\nKính gửi: Sở Giáo dục và Đào tạo thành phố Hà Nội\n\
        CHỦ TỊCH ỦY BAN NHÂN DÂN PHƯỜNG\nCăn cứ Luật Giáo dục;\nTheo đề nghị của Trưởng phòng.\nQUYẾT ĐỊNH:\n\
        Điều 1. Ban hành Quy chế.\nĐiều 2. Quyết định có hiệu lực từ ngày ký./.\nNơi nhận:";
    assert!(text.contains(wanted), "{text}");
    assert!(text.contains("KHẨN\n"), "{text}");
    assert!(
        decision().annex_reference().ends_with(" của Chủ tịch Ủy ban nhân dân phường)"),
        "who decides, not the office"
    );
    let promulgated = "Độc lập - Tự do - Hạnh phúc\nQUY CHẾ\nTổ chức Hội nghị tổng kết\n(Kèm theo Quyết định số";
    assert!(text.contains(promulgated), "{text}");
    assert!(text.contains("Áp dụng cho phường./.\nPhụ lục I\nDANH SÁCH\n") && text.contains("Phụ lục II\n"), "{text}");
}

#[test]
fn minutes_have_no_place_and_date_and_two_signatures() {
    let secretary = Signature { capacity: vec!["Thư ký".to_owned()], name: "Lê Thị Mai".to_owned() };
    let document = Document {
        kind: DocumentKind::Minutes,
        secretary: Some(secretary),
        addressees: Vec::new(),
        annexes: Vec::new(),
        ..sample::report()
    };
    let text = document.to_text();
    assert!(!text.contains("Bồ Đề Mới, ngày"), "{text}");
    assert!(text.contains("THƯ KÝ\nLê Thị Mai\nTM. ỦY BAN NHÂN DÂN") && text.ends_with("- Lưu: VT, VHXH.\n"), "{text}");
}

#[test]
fn a_letter_says_its_subject_under_the_number_and_only_there() {
    let mut document = Document { kind: DocumentKind::Letter, ..sample::report() };
    document.subject = "Về việc nộp báo cáo".to_owned();
    let text = document.to_text();
    assert!(text.contains("/BC-UBND\nV/v nộp báo cáo\nBồ Đề Mới, ngày"), "{text}");
    assert_eq!(text.matches("nộp báo cáo").count(), 1);
}

#[test]
fn internal_texts_and_loose_annexes_have_neither_head_nor_signature() {
    let mut document = Document { kind: DocumentKind::Annex, annexes: Vec::new(), ..sample::report() };
    document.subject = "Danh sách đại biểu".to_owned();
    document.attached_to = Some("Kế hoạch số …/KH-UBND".to_owned());
    document.addressees.clear();
    let text = document.to_text();
    assert!(text.contains("Phụ lục\nDANH SÁCH ĐẠI BIỂU\n(Kèm theo Kế hoạch số …/KH-UBND)\n"), "{text}");
    assert!(!text.contains("Độc lập") && !text.contains("Nơi nhận"), "{text}");
    let script = Document { kind: DocumentKind::RunningScript, ..document };
    assert!(script.to_text().contains("KỊCH BẢN ĐIỀU HÀNH\nDanh sách đại biểu\n"));
}

#[test]
fn a_party_body_has_its_own_head_and_grammar() {
    let mut document = sample::report();
    document.issuer.is_party = true;
    document.code = "BC/ĐU".to_owned();
    document.number = Some(5);
    let text = document.to_text();
    assert!(text.contains("ĐẢNG CỘNG SẢN VIỆT NAM\nSố 05-BC/ĐU\n") && !text.contains("Độc lập"), "{text}");
}

#[test]
fn capacities_are_worded_by_the_decree() {
    let lines = |capacity: SigningCapacity| capacity.lines(Some("Ủy ban nhân dân"), "Chủ tịch", "Trưởng phòng");
    assert_eq!(lines(SigningCapacity::Head), ["TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH"]);
    assert_eq!(lines(SigningCapacity::Deputy), ["TM. ỦY BAN NHÂN DÂN", "KT. CHỦ TỊCH", "TRƯỞNG PHÒNG"]);
    assert_eq!(lines(SigningCapacity::ByOrder), ["TL. CHỦ TỊCH", "TRƯỞNG PHÒNG"]);
    assert_eq!(lines(SigningCapacity::BySubDelegation), ["TUQ. CHỦ TỊCH", "TRƯỞNG PHÒNG"]);
    assert_eq!(SigningCapacity::Acting.lines(None, "Trưởng phòng", ""), ["Q. TRƯỞNG PHÒNG"]);
}

#[test]
fn a_table_without_a_caption_is_not_counted() {
    let mut document = sample::report();
    let Some(Block::Table(table)) = document.body.iter_mut().find(|block| matches!(block, Block::Table(_))) else {
        panic!("a table")
    };
    table.caption.clear();
    let text = document.to_text();
    assert!(text.contains("Bảng 1. Học sinh từng trường") && !text.contains("Bảng 2"), "{text}");
}
