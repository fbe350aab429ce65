//! Spellings, orders, numbers and dates, by table and by property.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use jiff::civil::date;
use proptest::prelude::*;
use unicode_normalization::UnicodeNormalization;

use super::*;

#[test]
fn a_name_inside_a_sentence_begins_small_and_keeps_its_abbreviations() {
    for (name, inside) in [
        ("Học sinh tốt nghiệp THCS", "học sinh tốt nghiệp THCS"),
        ("Ước thực hiện", "ước thực hiện"),
        ("THCS và THPT", "THCS và THPT"),
        ("Đ", "đ"),
        ("", ""),
    ] {
        assert_eq!(lower_first(name), inside);
    }
}

#[test]
fn tones_settle_in_the_older_style() {
    for (written, settled) in [
        ("hoà", "hòa"),
        ("Hoà bình", "Hòa bình"),
        ("uỷ", "ủy"),
        ("UỶ BAN", "ỦY BAN"),
        ("thuỷ", "thủy"),
        ("khoẻ", "khỏe"),
        ("qúy", "quý"),
        ("quý", "quý"),
        ("qủa", "quả"),
        ("gìa", "già"),
        ("gì", "gì"),
        ("hòan", "hoàn"),
        ("hoàn", "hoàn"),
        ("ngoài", "ngoài"),
        ("huỳnh", "huỳnh"),
        ("khuỷu", "khuỷu"),
        ("nước", "nước"),
        ("nứơc", "nước"),
        ("thuở", "thuở"),
        ("mía", "mía"),
        ("Huế", "Huế"),
        ("tuần", "tuần"),
        ("nghĩa", "nghĩa"),
        ("giếng", "giếng"),
        ("thuyền", "thuyền"),
        ("Đắk Lắk", "Đắk Lắk"),
        ("résumé", "résumé"),
        ("lí", "lí"),
        ("hoà-hoà", "hòa-hòa"),
        ("  a \u{a0}\t b ", "a b"),
        ("a\u{200b}b", "ab"),
        ("", ""),
        (" ", ""),
    ] {
        assert_eq!(normalise(written), settled, "{written}");
        let decomposed: String = written.nfd().collect();
        assert_eq!(normalise(&decomposed), settled, "NFD of {written}");
    }
}

#[test]
fn folding_joins_what_people_type() {
    for (written, folded) in [
        ("Quản  LÝ", "quan li"),
        ("quản lí", "quan li"),
        ("Đống Đa", "dong da"),
        ("Quý", "qui"),
        ("thủy", "thuy"),
        ("Mỹ Đình", "mi dinh"),
        ("y tế", "y te"),
        ("hay", "hay"),
        ("GD&ĐT", "gd&dt"),
        ("Ủy ban", "uy ban"),
        ("Nguyễn\u{a0}Thị", "nguyen thi"),
        ("Phường 10", "phuong 10"),
    ] {
        assert_eq!(fold(written), folded, "{written}");
        assert_eq!(fold(&written.nfd().collect::<String>()), folded, "NFD of {written}");
    }
    assert_eq!(unaccented("Quản LÝ"), "quan ly");
}

#[test]
fn lists_follow_the_alphabet() {
    let ordered = [
        "An",
        "Ăn",
        "Ân",
        "Ba",
        "Bà",
        "Bả",
        "Bã",
        "Bá",
        "Bạ",
        "Bà Rịa",
        "Ba Vì",
        "Cầu Giấy",
        "Dương",
        "Đan Phượng",
        "Đông Anh",
        "Em",
        "Êm",
        "Ô Chợ Dừa",
        "Ơ",
        "Phường 2",
        "Phường 10",
        "Phường An",
        "Ứng Hòa",
        "Vân",
        "Yên",
    ];
    let mut sorted = ordered;
    sorted.reverse();
    sorted.sort_by_key(|text| sort_key(text));
    assert_eq!(sorted, ordered);
}

#[test]
fn people_stand_by_given_name() {
    let mut people = ["Trần Thị Bình", "Nguyễn Văn Ân", "Lê Văn An", "Đỗ Thị An", "Nguyễn Văn Án", "Bình"];
    people.sort_by_key(|name| person_sort_key(name));
    assert_eq!(people, ["Đỗ Thị An", "Lê Văn An", "Nguyễn Văn Án", "Nguyễn Văn Ân", "Bình", "Trần Thị Bình"]);
}

#[test]
fn numbers_are_read_as_typed() {
    for (text, value) in [
        ("1.234", 1234.0_f64),
        ("1.234,5", 1234.5),
        ("12,5", 12.5),
        ("12.5", 12.5),
        (" 45 ", 45.0),
        ("98 %", 98.0),
        ("98%", 98.0),
        ("69,6%", 69.6),
        ("1\u{a0}234", 1234.0),
        ("１２", 12.0),
        ("\u{2212}5", -5.0),
        ("- 5", -5.0),
        ("1.234", 1234.0_f64),
        ("1 234 567,25", 1_234_567.25),
        ("1,234.5", 1234.5),
        ("1.234.567", 1_234_567.0),
        ("1,234,567", 1_234_567.0),
        ("0,125", 0.125),
        ("0.125", 0.125),
        ("1.2345", 1.2345),
        ("1234,567", 1234.567),
        ("05", 5.0),
        ("-0", 0.0),
        ("+7", 7.0),
        ("0", 0.0),
        ("12.50", 12.5),
        ("\u{200b}8\u{feff}", 8.0),
        ("–3", -3.0),
    ] {
        let read = parse_number(text).unwrap_or_else(|fault| panic!("{text}: {fault}"));
        assert_eq!(read.to_bits(), value.to_bits(), "{text}: {read}");
    }
}

#[test]
fn what_is_no_number_says_why() {
    for text in ["", "  ", "\u{a0}", "\u{feff}"] {
        assert_eq!(parse_number(text), Err(NumberFault::Blank), "{text:?}");
    }
    for text in ["-", "–", "không", "Không có", "…", "...", "x", "-/-"] {
        assert_eq!(parse_number(text), Err(NumberFault::NilMark), "{text:?}");
    }
    for text in [
        "abc",
        "12a",
        "1e5",
        "inf",
        "NaN",
        "12 5",
        "1.23.4",
        "1,2,3",
        "5²",
        "½",
        "1.234,5,6",
        "1,234.5.6",
        ".5",
        "5,",
        "--5",
        "%",
        "5%%",
        "1.234 5",
        "5 học sinh",
        "1/2",
        "0.125.000",
        "1234 567",
        "9999999999999999999999999999999999999999999",
    ] {
        assert_eq!(parse_number(text), Err(NumberFault::NotANumber), "{text:?}");
    }
    assert_eq!(parse_number("1,234"), Err(NumberFault::Ambiguous { decimal: 1.234, grouped: 1234.0 }));
    let message = parse_number("-1,234").unwrap_err().to_string();
    assert!(message.contains("-1,234 hay -1234;"), "{message}");
}

#[test]
fn numbers_are_written_as_printed() {
    for (value, decimals, text) in [
        (1234.5, 1, "1.234,5"),
        (0.125, 2, "0,13"),
        (-0.125, 2, "-0,13"),
        (1.005, 2, "1,01"),
        (2.675, 2, "2,68"),
        (999.95, 1, "1.000,0"),
        (8493.0, 0, "8.493"),
        (0.0, 0, "0"),
        (-0.0, 1, "0,0"),
        (-0.04, 1, "0,0"),
        (12.0, 2, "12,00"),
        (1e21, 0, "1.000.000.000.000.000.000.000"),
        (f64::NAN, 1, "–"),
        (f64::INFINITY, 0, "–"),
        (0.5, 0, "1"),
        (1_234_567.0, 0, "1.234.567"),
    ] {
        assert_eq!(format_number(value, decimals), text, "{value}");
    }
}

#[test]
fn dates_and_ordinals() {
    assert_eq!(long_date(date(2026, 1, 5)), "ngày 05 tháng 01 năm 2026");
    assert_eq!(long_date(date(2025, 8, 26)), "ngày 26 tháng 8 năm 2025");
    assert_eq!(long_date(date(2025, 12, 9)), "ngày 09 tháng 12 năm 2025");
    assert_eq!(short_date(date(2026, 1, 5)), "05/01/2026");
    for text in
        ["1/6/2015", "01/6/2015", "1-6-2015", "1.6.2015", "01/ 6 /2015", "2015-06-01", "ngày 01 tháng 6 năm 2015"]
    {
        assert_eq!(parse_date(text), Some(date(2015, 6, 1)), "{text}");
    }
    for text in ["", "31/2/2024", "1/6/15", "6/2015", "1/6/2015/7", "a/b/2015", "-1/6/2015", "+1/6/2015"] {
        assert_eq!(parse_date(text), None, "{text}");
    }
    let numerals = [
        (1, "I"),
        (4, "IV"),
        (9, "IX"),
        (22, "XXII"),
        (1994, "MCMXCIV"),
        (3999, "MMMCMXCIX"),
        (0, "0"),
        (4000, "4000"),
    ];
    for (number, numeral) in numerals {
        assert_eq!(roman(number), numeral);
    }
}

proptest! {
    #[test]
    fn any_text_is_taken(text in "\\PC{0,40}") {
        let once = normalise(&text);
        prop_assert_eq!(normalise(&once), once.clone());
        prop_assert_eq!(fold(&fold(&text)), fold(&text));
        prop_assert_eq!(fold(&once), fold(&text));
        let decomposed: String = text.nfd().collect();
        prop_assert_eq!(fold(&decomposed), fold(&text));
        let _ = (sort_key(&text), person_sort_key(&text), parse_number(&text), parse_date(&text));
    }

    #[test]
    fn syllables_fold_alike_however_toned(onset in "(qu|gi|h|th|l|ng|)", vowels in "[aăâeêioôơuưy]{1,3}", coda in "(n|ng|c|)", place in 0usize..3, tone in 0usize..5) {
        let marks = ["\u{300}", "\u{301}", "\u{303}", "\u{309}", "\u{323}"];
        let toned: String = vowels.chars().enumerate().flat_map(|(i, c)| {
            let mark = if i == place.min(vowels.chars().count() - 1) { marks[tone] } else { "" };
            std::iter::once(c).chain(mark.chars()).collect::<Vec<_>>()
        }).collect();
        let word = format!("{onset}{toned}{coda}");
        prop_assert_eq!(fold(&word), fold(&format!("{onset}{vowels}{coda}")));
        prop_assert_eq!(normalise(&normalise(&word)), normalise(&word));
    }

    #[test]
    fn whole_numbers_survive_printing(value in -9_999_999_999i64..9_999_999_999) {
        let value = value as f64;
        prop_assert_eq!(parse_number(&format_number(value, 0)), Ok(value));
    }

    #[test]
    fn decimals_survive_printing(hundredths in -9_999_999i64..9_999_999) {
        let value = hundredths as f64 / 100.0;
        prop_assert_eq!(parse_number(&format_number(value, 2)), Ok(value));
    }

    #[test]
    fn keys_order_like_letters(left in "[a-z]{1,8}", right in "[a-z]{1,8}") {
        prop_assert_eq!(sort_key(&left).cmp(&sort_key(&right)), left.cmp(&right));
    }
}
