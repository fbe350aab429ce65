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
