//! The twenty numbers that must be accepted, the ten that must be refused, and that printing is reading backwards.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use proptest::prelude::*;

use super::*;

type Row = (&'static str, Grammar, u32, Option<u16>, &'static str, &'static str, &'static str, Option<u8>);

const ACCEPTED: [Row; 20] = {
    use Grammar::{Letter, NationalAssembly, Normative, Party, StandingCommittee, Typed};
    [
        ("136/KH-UBND", Typed, 136, None, "KH", "UBND", "", None),
        ("442/BC-SGDĐT", Typed, 442, None, "BC", "SGDĐT", "", None),
        ("07/CT-UBND", Typed, 7, None, "CT", "UBND", "", None),
        ("413/TB-VPCP", Typed, 413, None, "TB", "VPCP", "", None),
        ("255/BC-BCĐPCGD-XMC", Typed, 255, None, "BC", "BCĐPCGD", "XMC", None),
        ("10/QĐ-MN", Typed, 10, None, "QĐ", "MN", "", None),
        ("05/BC-PVHXH", Typed, 5, None, "BC", "PVHXH", "", None),
        ("15/QĐ-BNV", Typed, 15, None, "QĐ", "BNV", "", None),
        ("1365/NQ-UBTVQH15", StandingCommittee, 1365, None, "NQ", "UBTVQH", "", Some(15)),
        ("424/SGDĐT-TĐKT", Letter, 424, None, "", "SGDĐT", "TĐKT", None),
        ("10234/BGDĐT-VP", Letter, 10234, None, "", "BGDĐT", "VP", None),
        ("12/UBND-VX", Letter, 12, None, "", "UBND", "VX", None),
        ("98/2023/NĐ-CP", Normative, 98, Some(2023), "NĐ", "CP", "", None),
        ("22/2021/TT-BGDĐT", Normative, 22, Some(2021), "TT", "BGDĐT", "", None),
        ("06/2024/QĐ-UBND", Normative, 6, Some(2024), "QĐ", "UBND", "", None),
        ("06/2022/QH15", NationalAssembly, 6, Some(2022), "", "QH", "", Some(15)),
        ("29-NQ/TW", Party, 29, None, "NQ", "TW", "", None),
        ("34-CTr/TU", Party, 34, None, "CTr", "TU", "", None),
        ("29-CTr/QU", Party, 29, None, "CTr", "QU", "", None),
        ("2892-QĐ/ĐUK", Party, 2892, None, "QĐ", "ĐUK", "", None),
    ]
};

/// Text, why the strict writer refuses it, and what the tolerant reader makes of it: the number, and whether it asks.
type Refused = (&'static str, &'static str, Option<(&'static str, bool)>);

const REFUSED: [Refused; 10] = [
    ("136/KH –UBND", "blank", Some(("136/KH-UBND", false))),
    ("7/CT-UBND", "leading_zero", Some(("07/CT-UBND", false))),
    ("136/QD-UBND", "d_for_dd", Some(("136/QĐ-UBND", true))),
    ("98/23/NĐ-CP", "two_digit_year", Some(("98/2023/NĐ-CP", true))),
    ("29/CTr-QU", "party_body", Some(("29-CTr/QU", true))),
    ("136-KH/UBND", "state_body", Some(("136/KH-UBND", true))),
    ("136/KHUBND", "separator", None),
    ("136/KH-", "body", None),
    ("00/BC-SGDĐT", "number_zero", None),
    ("28/8/2017", "a_date", None),
];

fn code(refusal: &Refusal) -> &str {
    &refusal.reasons[0].code
}

#[test]
fn the_twenty_are_accepted_with_every_part() {
    for (text, grammar, number, year, kind, body, sub, term) in ACCEPTED {
        let read = DocumentNumber::parse(text).unwrap_or_else(|refusal| panic!("{text}: {refusal}"));
        assert_eq!((read.grammar(), read.number(), read.year()), (grammar, number, year), "{text}");
        assert_eq!(read.document_type().map_or("", |kind| kind.abbreviation), kind, "{text}");
        assert_eq!((read.body(), read.sub().join("-").as_str(), read.term()), (body, sub, term), "{text}");
        assert_eq!(read.to_string(), text);
        let tolerant = read_number(text).unwrap();
        assert_eq!((tolerant.number, tolerant.remarks), (read, Vec::new()), "{text}");
    }
}

#[test]
fn the_ten_are_refused_and_the_tolerant_reader_mends_what_it_can() {
    for (text, reason, tolerant) in REFUSED {
        let refusal = DocumentNumber::parse(text).unwrap_err();
        assert_eq!(code(&refusal), reason, "{text}: {refusal}");
        match (read_number(text), tolerant) {
            (Ok(read), Some((number, asks))) => {
                assert_eq!((read.number.to_string().as_str(), read.asks()), (number, asks), "{text}");
                assert_eq!(read.raw, text);
                assert!(!read.remarks.is_empty(), "{text}: nothing is said about the repair");
            }
            (Err(_), None) => {}
            (found, wanted) => panic!("{text}: {found:?}, wanted {wanted:?}"),
        }
    }
    assert_eq!(code(&DocumentNumber::parse("13/13").unwrap_err()), "a_date");
    assert!(read_number("13/13").is_err());
}

#[test]
fn sloppy_numbers_are_read() {
    for (text, number) in [
        ("Số: 136 / KH - UBND", "136/KH-UBND"),
        ("số 5/BC—PVHXH;", "05/BC-PVHXH"),
        ("442/BC-SGD&ĐT", "442/BC-SGDĐT"),
        ("29-NQ/TƯ", "29-NQ/TW"),
        ("136/kh-ubnd", "136/KH-UBND"),
        ("34-CTR/TU", "34-CTr/TU"),
        ("12/TTR-UBND", "12/TTr-UBND"),
        ("6/2022/QH15", "06/2022/QH15"),
        ("01/2015/TTLT-BGDĐT-BNV", "01/2015/TTLT-BGDĐT-BNV"),
        ("136/KH-UBND\u{a0}", "136/KH-UBND"),
        // Đ composed of D and a stroke does not exist in Unicode's decompositions; accents do.
        ("424/SGDĐT-TĐKT.", "424/SGDĐT-TĐKT"),
    ] {
        let read = read_number(text).unwrap_or_else(|refusal| panic!("{text}: {refusal}"));
        assert_eq!(read.number.to_string(), number, "{text}");
        assert!(!read.asks(), "{text}: {:?}", read.remarks);
    }
}

#[test]
fn councils_and_unions_are_asked_about() {
    for text in ["05/HĐ-TĐKT", "12/CĐ-GD"] {
        let read = read_number(text).unwrap();
        assert!(read.asks() && read.remarks[0].code == "ambiguous_type", "{text}: {:?}", read.remarks);
    }
    assert!(!read_number("05/HD-SGDĐT").unwrap().asks(), "HD is guidance, not a contract without its stroke");
}

#[test]
fn the_writer_knows_the_offices_abbreviations() {
    let known: BTreeSet<String> = ["UBND", "SGDĐT"].map(str::to_owned).into();
    assert!(DocumentNumber::parse_known("136/KH-UBND", &known).is_ok());
    let refusal = DocumentNumber::parse_known("136/XX-YY", &known).unwrap_err();
    assert_eq!(refusal.reasons.iter().map(|reason| reason.code.as_str()).collect::<Vec<_>>(), ["unknown_body"; 2]);
}

#[test]
fn rubbish_is_refused_without_panic() {
    for text in [
        "",
        "/",
        "-",
        "0",
        "136",
        "136/",
        "136-",
        "//",
        "KH-UBND",
        "1234567/KH-UBND",
        "136/KH-UBND-",
        "136/KH--UBND",
        "136/KH-ubnd",
        "12/2023/",
        "12/2023/QH",
        "12/2023/QH0",
        "12/99999/NĐ-CP",
        "\u{301}",
        "１２/KH-UBND",
        "136/đ-đ",
    ] {
        assert!(DocumentNumber::parse(text).is_err(), "{text}");
        let _ = read_number(text);
    }
}

fn body() -> impl Strategy<Value = String> {
    let letter = prop::sample::select("ABCDGHKLMNPQSTUVXĐ".chars().collect::<Vec<_>>());
    prop::collection::vec(letter, 2..8).prop_map(|letters| letters.into_iter().collect::<String>())
}

fn written() -> impl Strategy<Value = String> {
    let kinds: Vec<&str> = DocumentType::all().map(|kind| kind.abbreviation).filter(|code| !code.is_empty()).collect();
    let kind = prop::sample::select(kinds);
    let party = prop::sample::select(vec!["TW", "TU", "QU", "HU", "ĐU", "ĐUK", "BTGTU", "UBKTTW"]);
    let (number, year, term) = (1_u32..200_000, 1945_u16..2199, 1_u8..99);
    (number, kind, party, body(), prop::option::of(body()), year, term, 0_u8..7).prop_map(
        |(number, kind, party, body, sub, year, term, grammar)| {
            let sub = sub.map_or_else(String::new, |sub| format!("-{sub}"));
            match grammar {
                0 => format!("{number:02}/{kind}-{body}{sub}"),
                1 => format!("{number:02}/{body}-{body}{sub}"),
                2 => format!("{number:02}/{year}/{kind}-{body}{sub}"),
                3 => format!("{number:02}/{year}/QH{term}"),
                4 => format!("{number:02}/{kind}-UBTVQH{term}"),
                5 => format!("{number:02}/{year}/UBTVQH{term}"),
                _ => format!("{number:02}-{kind}/{party}"),
            }
        },
    )
}

proptest! {
    #[test]
    fn printing_is_reading_backwards(text in written()) {
        // Invented bodies may happen to be a kind or a Party body; those are the strict parser's business.
        if let Ok(number) = DocumentNumber::parse(&text) {
            prop_assert_eq!(number.to_string(), text.clone());
            prop_assert_eq!(DocumentNumber::parse(&number.to_string()).unwrap(), number.clone());
            prop_assert_eq!(read_number(&text).unwrap().number, number);
        }
    }

    #[test]
    fn no_text_makes_the_readers_panic(text in "\\PC{0,24}") {
        let _ = DocumentNumber::parse(&text);
        if let Ok(read) = read_number(&text) {
            prop_assert!(DocumentNumber::parse(&read.number.to_string()).is_ok());
        }
    }

    #[test]
    fn blanks_and_long_dashes_change_nothing(text in written(), blanks in prop::collection::vec(0_usize..3, 8)) {
        prop_assume!(DocumentNumber::parse(&text).is_ok());
        let mut counts = blanks.into_iter().cycle();
        let sloppy: String = text.chars().map(|c| match c {
            '/' => format!("{}/{}", " ".repeat(counts.next().unwrap()), " ".repeat(counts.next().unwrap())),
            '-' => format!("{}–", " ".repeat(counts.next().unwrap())),
            c => c.to_string(),
        }).collect();
        prop_assert_eq!(read_number(&sloppy).unwrap().number.to_string(), text);
    }
}

#[test]
fn serde_writes_the_number_as_people_write_it() {
    let number = DocumentNumber::parse("29-CTr/QU").unwrap();
    let text = serde_json::to_string(&number).unwrap();
    assert_eq!(text, "\"29-CTr/QU\"");
    assert_eq!(serde_json::from_str::<DocumentNumber>(&text).unwrap(), number);
    assert_eq!(
        (number.code().as_str(), DocumentNumber::parse("98/2023/NĐ-CP").unwrap().code().as_str()),
        ("CTr/QU", "2023/NĐ-CP")
    );
}
