//! The two statements that are known, and what cannot stand.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use super::*;

fn year(text: &str) -> SchoolYear {
    SchoolYear::parse(text).unwrap()
}

#[test]
fn the_known_statements_are_told_as_they_were_given() {
    let long_bien = ReceivedResult::new(
        year("2023-2024"),
        (None, &[Level::LowerSecondary]),
        (13, &[("Xuất sắc", 13)]),
        "Sở Giáo dục và Đào tạo Hà Nội",
        "báo cáo tại hội nghị tổng kết cấp THCS ngày 23/8/2024",
    );
    assert_eq!(
        long_bien.unwrap().statement(),
        "Toàn ngành đạt 13/13 chỉ tiêu Xuất sắc năm học 2023-2024, có phần đóng góp của cấp Trung học cơ sở (Sở Giáo dục \
         và Đào tạo Hà Nội xếp loại; theo báo cáo tại hội nghị tổng kết cấp THCS ngày 23/8/2024)."
    );
    let hai_ba_trung = ReceivedResult::new(
        year("2021-2022"),
        (None, &[]),
        (13, &[("Xuất sắc", 11), ("Tốt", 13)]),
        "Sở Giáo dục và Đào tạo Hà Nội",
        "tin của quận",
    );
    assert!(
        hai_ba_trung
            .unwrap()
            .statement()
            .starts_with("Toàn ngành đạt 13/13 chỉ tiêu Xuất sắc, Tốt (trong đó 11/13 Xuất sắc) năm học 2021-2022 (Sở")
    );
}

#[test]
fn a_result_that_does_not_add_up_or_has_no_source_is_refused_with_every_reason() {
    let refusal = ReceivedResult::new(year("2023-2024"), (None, &[]), (13, &[("Xuất sắc", 14), ("Tốt", 12)]), " ", "");
    let codes: Vec<String> = refusal.unwrap_err().reasons.into_iter().map(|reason| reason.code).collect();
    assert_eq!(codes, ["over_total", "not_nested", "no_grader", "no_document"]);
}
