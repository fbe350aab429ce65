//! Two articles as they were found, and a few lines that are hard to read.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use super::*;

fn words() -> SlipWords {
    SlipWords::parse(include_str!("../../../../../data/articles/slips.toml")).unwrap()
}

fn ngo_quyen() -> FoundArticle {
    FoundArticle::read(include_str!("../../../../../data/demo/conferences/ngo-quyen-2017.txt"), &words())
}

fn long_bien() -> FoundArticle {
    FoundArticle::read(include_str!("../../../../../data/demo/conferences/long-bien-2024.txt"), &words())
}

#[test]
fn way_headline_day_time_views_and_writer_are_read() {
    let found = ngo_quyen();
    assert_eq!(found.breadcrumb, ["Trang chủ", "Hoạt động ngành"]);
    assert_eq!(found.category(), "Hoạt động ngành");
    let title = "HỘI NGHỊ TỔNG KẾT NĂM HỌC 2016-2017 VÀ TRIỂN KHAI NHIỆM VỤ NĂM HỌC 2017 – 2018";
    assert_eq!(found.title, title);
    assert_eq!(found.published_on, "2017-09-08".parse().ok());
    assert_eq!(found.published_at, Time::new(9, 31, 0, 0).ok());
    assert_eq!(found.view_count, Some(4627));
    assert_eq!((found.byline.as_str(), found.byline_unit.as_str()), ("Nguyễn Thị Thu Hương", "Phòng GD&ĐT"));
    assert_eq!(found.days_after("2017-08-28".parse().unwrap()), Some(11));
}

#[test]
fn captions_are_found_also_where_one_is_glued_to_a_paragraph() {
    let captions: Vec<(String, bool)> = ngo_quyen()
        .blocks
        .into_iter()
        .filter_map(|block| match block {
            Block::Picture { caption, is_glued } => Some((caption, is_glued)),
            Block::Paragraph { .. } => None,
        })
        .collect();
    let expected = [
        ("Tham luận của đại diện các bậc học", true),
        ("Đ/c Đỗ Văn Lợi - Phó Giám đốc Sở Giáo dục và Đào tạo phát biểu chỉ đạo hội nghị", false),
        ("Đ/c Khúc Văn Phung - Phó Chủ tịch UBND quận phát biểu chỉ đạo hội nghị", false),
        ("Trao thưởng Cờ thi đua xuất sắc, Danh hiệu tập thể LĐXS và Bằng khen của UBND thành phố", false),
    ];
    assert_eq!(captions, expected.map(|(caption, is_glued)| (caption.to_owned(), is_glued)));
}

#[test]
fn what_a_text_does_not_have_is_empty_and_its_lines_are_joined() {
    let found = long_bien();
    assert!(found.title.is_empty() && found.breadcrumb.is_empty() && found.byline.is_empty());
    assert_eq!((found.published_on, found.published_at, found.view_count), (None, None, None));
    assert!(found.blocks.iter().all(|block| matches!(block, Block::Paragraph { .. })), "no picture");
    assert_eq!(found.blocks.len(), 10);
    assert_eq!(
        found.blocks[0].text(),
        "Sáng ngày 23/8/2024, Phòng GDĐT quận Long Biên tổ chức Hội nghị tổng kết năm học 2023-2024 và triển khai nhiệm vụ \
         năm học 2024-2025 cấp THCS"
    );
    assert!(found.blocks[1].text().ends_with("Phó Chủ tịch UBND quận."));
    assert_eq!(found.joined_lines, found.original.lines().count() - 10);
}

#[test]
fn the_original_stays_to_the_letter_and_slips_are_offered() {
    let mut found = ngo_quyen();
    let offered = |found: &FoundArticle, slip: &str| {
        found.slips.iter().find(|one| one.found == slip).map(|one| one.offered.clone())
    };
    for (slip, mended) in [
        ("đạt đc", "đạt được"),
        ("với về", "về"),
        ("; thực hiện;", ";"),
        (";Chỉ", "; Chỉ"),
        ("26/ 7 /2017", "26/7/2017"),
        ("136/KH –UBND", "136/KH-UBND"),
    ] {
        assert_eq!(offered(&found, slip).as_deref(), Some(mended), "{slip}: {:?}", found.slips);
    }
    assert_eq!(offered(&long_bien(), "2024- 2025").as_deref(), Some("2024-2025"));
    assert_eq!(offered(&long_bien(), "đã đặt được").as_deref(), Some("đã đạt được"));
    let place = found.slips.iter().position(|slip| slip.found == "đạt đc").unwrap();
    let original = found.original.clone();
    assert!(found.mend(place) && !found.mend(place), "once");
    assert!(found.blocks.iter().any(|block| block.text().contains("nguyên nhân đạt được những kết quả")));
    assert!(found.original == original && original.contains("đạt đc"));
}

#[test]
fn a_text_that_ends_with_a_sentence_names_no_writer() {
    let found = FoundArticle::read("Ngày đăng 1/6/2015\n\nMột câu.\n\nNguyễn Thị A phát biểu.", &SlipWords::default());
    assert!(found.byline.is_empty() && found.published_at.is_none() && found.view_count.is_none());
    assert_eq!(found.blocks.len(), 2);
    assert!(FoundArticle::read("", &SlipWords::default()).blocks.is_empty());
}

#[test]
fn a_table_of_slips_with_a_word_misspelt_is_refused() {
    let read = |key: &str| SlipWords::parse(&format!("[[slip]]\nfound = \"a\"\noffered = \"b\"\n{key}"));
    assert_eq!(read("").unwrap().slip.len(), 1);
    assert_eq!(read("ofered = \"c\"").unwrap_err().reasons[0].code, "bad_slips");
}

#[test]
fn a_text_of_nothing_but_slips_is_read_in_no_time_and_offers_a_few() {
    let found = FoundArticle::read(&"a,".repeat(200_000), &words());
    assert_eq!(found.slips.len(), 100);
    assert_eq!((found.slips[0].found.as_str(), found.slips[0].offered.as_str()), (",a", ", a"));
    let lines = FoundArticle::read(&"một dòng dài vừa tới mép trang giấy thì xuống\n".repeat(20_000), &words());
    assert_eq!((lines.blocks.len(), lines.joined_lines), (1, 19_999));
}
