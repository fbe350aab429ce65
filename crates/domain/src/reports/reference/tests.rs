//! Every form of words, every fault with its place, what vanished stays in sight, what changed is found.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::collections::BTreeMap;

use proptest::prelude::*;

use super::*;
use crate::figures::catalogue::{Aggregation, Catalogue, DataElement, Direction, Indicator, Measure, MissingStrategy};
use crate::figures::catalogue::{ElementOption, ValueKind};
use crate::reports::block::{Block, Place, Run};
use crate::reports::document::Document;
use crate::reports::summary::sample::{WARD, facts};
use crate::reports::summary::{Completeness, FigureSource, SummaryFacts, Target};
use crate::{Confidence, Label, Source};

fn label(vi: &str) -> Label {
    Label { vi: vi.to_owned(), en: vi.to_owned() }
}

fn source() -> Source {
    Source { text: "thử".to_owned(), confidence: Confidence::Default }
}

fn catalogue() -> Catalogue {
    let element = |code: &str, value| DataElement {
        code: code.to_owned(),
        label: label("Số học sinh"),
        measure: Measure("người".to_owned()),
        aggregation: Aggregation::Last,
        level: None,
        value,
        options: vec![ElementOption { code: "female".to_owned(), label: label("Nữ") }],
        greatest_of: Vec::new(),
        source: source(),
    };
    let indicator = |code: &str, measure: &str, direction| Indicator {
        code: code.to_owned(),
        label: label("Tỉ lệ"),
        measure: Measure(measure.to_owned()),
        decimals: 1,
        level: None,
        direction,
        formula: "1".to_owned(),
        missing: MissingStrategy::Any,
        over_100: false,
        group: "results".to_owned(),
        source: source(),
    };
    Catalogue {
        elements: vec![
            element("pupil_count", ValueKind::Count { max: None }),
            element("note", ValueKind::Text { length_max: 9 }),
        ],
        indicators: vec![
            indicator("completed_rate", "%", Direction::Up),
            indicator("dropout_rate", "%", Direction::Down),
            indicator("class_size", "người/lớp", Direction::Down),
        ],
        ..Catalogue::default()
    }
}

/// Figures of the ward in two years; places as values of `rank:code`, units that gave them as `reported:code`.
#[derive(Default)]
struct Known(BTreeMap<(String, SchoolYear), f64>);

impl Known {
    fn of(figures: &[(&str, Option<f64>, Option<f64>)]) -> Self {
        let mut known = BTreeMap::new();
        for (code, last, this) in figures {
            for (year, value) in [(2024, last), (2025, this)] {
                known.extend(value.map(|value| (((*code).to_owned(), SchoolYear::known(year)), value)));
            }
        }
        Self(known)
    }
}

impl FigureSource for Known {
    fn value(&self, code: &str, unit: &str, year: SchoolYear) -> Option<f64> {
        (unit == WARD).then(|| self.0.get(&(code.to_owned(), year)).copied())?
    }

    fn rank(&self, code: &str, unit: &str, year: SchoolYear) -> Option<Rank> {
        let place = self.value(&format!("rank:{code}"), unit, year)?;
        Some(Rank { place: place as u32, of: 34 })
    }

    fn completeness(&self, code: &str, unit: &str, year: SchoolYear) -> Option<Completeness> {
        let reported = self.value(&format!("reported:{code}"), unit, year).map_or(24, |reported| reported as u32);
        Some(Completeness { reported, expected: 24 })
    }
}

fn with_facts<T>(figures: &Known, work: impl FnOnce(&SummaryFacts<'_>) -> T) -> T {
    let catalogue = catalogue();
    let mut facts = facts(&catalogue, figures);
    let target = |this_year| Target { this_year: Some(this_year), next_year: Some(99.0) };
    facts.targets = BTreeMap::from([
        ("completed_rate".to_owned(), target(98.5)),
        ("dropout_rate".to_owned(), target(0.5)),
        ("pupil_count".to_owned(), target(8000.0)),
    ]);
    work(&facts)
}

fn printed(text: &str, figures: &[(&str, Option<f64>, Option<f64>)]) -> String {
    with_facts(&Known::of(figures), |facts| runs(text, &Teller::of(facts)).iter().map(Run::printed).collect())
}

#[test]
fn every_form_is_worded_as_officials_write_it() {
    let rate = |last, this| [("completed_rate", last, this)];
    let pupils = |last, this| [("pupil_count", Some(last), Some(this))];
    assert_eq!(printed("[[completed_rate]]", &rate(None, Some(69.6))), "69,6%");
    assert_eq!(printed("[[pupil_count]]", &pupils(1.0, 8493.0)), "8.493");
    assert_eq!(printed("[[pupil_count|tăng giảm]]", &pupils(8373.0, 8493.0)), "tăng 120");
    assert_eq!(printed("[[pupil_count|tăng giảm]]", &pupils(8.0, 5.0)), "giảm 3");
    assert_eq!(printed("[[pupil_count|tăng giảm]]", &pupils(8.0, 8.0)), "không đổi");
    assert_eq!(printed("[[completed_rate|điểm %]]", &rate(Some(67.3), Some(69.6))), "tăng 2,3 điểm %");
    assert_eq!(printed("[[completed_rate|change]]", &rate(Some(67.3), Some(69.6))), "tăng 2,3 điểm %");
    assert_eq!(printed("[[pupil_count|tăng giảm %]]", &pupils(1000.0, 1023.0)), "tăng 2,3%");
    assert_eq!(printed("[[class_size|tăng giảm]]", &[("class_size", Some(30.0), Some(29.8))]), "giảm 0,2");
}

#[test]
fn targets_are_told_by_the_way_that_is_better_and_in_points() {
    let rate = |this| [("completed_rate", None, Some(this))];
    let dropout = |this| [("dropout_rate", None, Some(this))];
    assert_eq!(printed("[[completed_rate|chỉ tiêu]]", &rate(103.0)), "đạt 103,0% (vượt 4,5 điểm %)");
    assert_eq!(printed("[[completed_rate|chỉ tiêu]]", &rate(98.5)), "đạt 98,5% (bằng chỉ tiêu)");
    assert_eq!(printed("[[completed_rate|target]]", &rate(97.3)), "97,3% (chưa đạt, thấp hơn 1,2 điểm %)");
    assert_eq!(printed("[[dropout_rate|chỉ tiêu]]", &dropout(0.7)), "0,7% (chưa đạt, cao hơn 0,2 điểm %)");
    assert_eq!(printed("[[dropout_rate|chỉ tiêu]]", &dropout(0.3)), "0,3% (đạt, thấp hơn mức khống chế 0,2 điểm %)");
    assert_eq!(printed("[[completed_rate|so chỉ tiêu]]", &rate(97.3)), "thấp hơn chỉ tiêu 1,2 điểm %");
    let count = [("pupil_count", None, Some(8493.0))];
    assert_eq!(printed("[[pupil_count|chỉ tiêu]]", &count), "đạt 8.493 (vượt 493)");
    assert_eq!(printed("[[target:completed_rate]], [[target:completed_rate|||2026-2027]]", &[]), "98,5%, 99,0%");
}

#[test]
fn places_and_coverage_are_told_with_their_whole() {
    let moved = |last, this| [("rank:completed_rate", Some(last), Some(this))];
    assert_eq!(printed("[[completed_rate|thứ hạng]]", &moved(15.0, 3.0)), "đứng thứ 3");
    assert_eq!(printed("[[completed_rate|rank_of]]", &moved(15.0, 3.0)), "đứng thứ 3/34");
    assert_eq!(printed("[[completed_rate|đổi hạng]]", &moved(15.0, 3.0)), "cao hơn 12 bậc");
    assert_eq!(printed("[[completed_rate|doi hang]]", &moved(3.0, 5.0)), "thấp hơn 2 bậc");
    assert_eq!(printed("[[completed_rate|rank_change]]", &moved(3.0, 3.0)), "giữ nguyên thứ hạng");
    assert_eq!(printed("[[pupil_count|số đơn vị]]", &[("reported:pupil_count", None, Some(23.0))]), "23/24");
}

#[test]
fn a_difference_is_told_only_between_two_years_of_which_no_unit_is_missing() {
    let pupils = |reported: (f64, f64)| {
        let known =
            [("pupil_count", Some(8373.0), Some(8493.0)), ("reported:pupil_count", Some(reported.0), Some(reported.1))];
        ["tăng giảm", "tăng giảm %"].map(|form| printed(&format!("[[pupil_count|{form}]]"), &known))
    };
    assert_eq!(pupils((24.0, 24.0))[0], "tăng 120");
    for partial in [(24.0, 23.0), (23.0, 24.0)] {
        assert!(pupils(partial).iter().all(|told| !told.contains("tăng")), "{:?}", pupils(partial));
    }
}

#[test]
fn equal_values_share_the_better_place_and_one_alone_has_none() {
    let place = |own, direction| Rank::among(own, [98.0, 97.04, 97.0, 90.0, f64::NAN], direction, 1);
    assert_eq!(place(97.0, Direction::Up), Some(Rank { place: 2, of: 4 }));
    assert_eq!(place(90.0, Direction::Up), Some(Rank { place: 4, of: 4 }));
    assert_eq!(place(90.0, Direction::Down), Some(Rank { place: 1, of: 4 }));
    assert_eq!(Rank::among(5.0, [5.0], Direction::Up, 0), None);
}

#[test]
fn another_unit_and_another_year_may_be_named() {
    let rate = [("completed_rate", Some(67.25), Some(69.6))];
    assert_eq!(printed("[[completed_rate|||2024 – 2025]]", &rate), "67,3%", "half away from zero");
    assert_eq!(printed("[[completed_rate||P01-02]]", &rate), "[chưa có số liệu: Tỉ lệ]");
}

#[test]
fn what_is_missing_or_unreadable_is_flagged_and_the_words_around_it_stay() {
    with_facts(&Known::default(), |facts| {
        let line = runs("Đạt [[completed_rate]]; [[complted_rate]], [[x|y]] và [[", &Teller::of(facts));
        let text: String = line.iter().map(Run::printed).collect();
        assert_eq!(
            text,
            "Đạt [chưa có số liệu: Tỉ lệ]; [không đọc được: complted_rate], [không đọc được: x|y] và [không đọc được: ]"
        );
        let flagged = line.iter().filter(|run| matches!(run, Run::Figure(figure) if figure.is_flagged())).count();
        assert_eq!(flagged, 4);
    });
}

fn faults(text: &str) -> Vec<(&'static str, usize, usize)> {
    let found = check(text, &Vocabulary::of(&catalogue()), &|unit| unit == "P01");
    found.into_iter().map(|fault| (fault.kind, fault.line, fault.column)).collect()
}

#[test]
fn every_fault_is_named_with_its_place() {
    assert_eq!(faults("Được: [[pupil_count|tăng giảm %|P01|2024-2025]], [[pupil_count.female]]"), []);
    let text = "Tỉ lệ [[complted_rate]] và\n[[pupil_count|điểm %]]\n[[completed_rate|relative]] [[class_size|relative]]\n\
                [[pupil_count|nhiều]] [[]] [[a|b|c|d|e]]\n[[pupil_count|||2024-2026]] [[pupil_count||X9]]\n\
                [[note]] [[target:pupil_count|rank]]\nhở [[pupil_count\nxong]]";
    assert_eq!(
        faults(text),
        [
            ("unknown_code", 1, 7),
            ("wrong_form", 2, 1),
            ("wrong_form", 3, 1),
            ("wrong_form", 3, 29),
            ("unknown_form", 4, 1),
            ("no_code", 4, 23),
            ("too_many_parts", 4, 28),
            ("bad_year", 5, 1),
            ("unknown_unit", 5, 29),
            ("wrong_form", 6, 1),
            ("wrong_form", 6, 10),
            ("unclosed", 7, 4),
        ]
    );
    let message = check(text, &Vocabulary::of(&catalogue()), &|_| true)[0].to_string();
    assert_eq!(
        message,
        "Dòng 1, ký tự 7: không có số liệu mang mã «complted_rate»; có phải là «completed_rate» không?"
    );
}

#[test]
fn a_suggestion_is_made_only_for_a_code_that_is_near() {
    let vocabulary = Vocabulary::of(&catalogue());
    assert_eq!(vocabulary.nearest("pupil_cuont.female"), Some("pupil_count.female"));
    assert_eq!(vocabulary.nearest("ngân_sách"), None);
}

#[test]
fn numbers_are_found_by_words_of_their_name_or_code_without_marks() {
    let vocabulary = Vocabulary::of(&catalogue());
    let codes = |words: &str| vocabulary.find(words).into_iter().map(|(code, _)| code).collect::<Vec<_>>();
    assert_eq!(codes("hoc sinh"), ["pupil_count", "pupil_count.female"], "a text is no number");
    assert_eq!(codes("học sinh NU"), ["pupil_count.female"]);
    assert_eq!(codes("rate ti le"), ["completed_rate", "dropout_rate"]);
    assert_eq!(codes("  "), Vec::<&str>::new());
}

/// A report with one typed sentence in the place of its strengths.
fn report_of(facts: &SummaryFacts<'_>, text: &str) -> Document {
    let mut document = crate::reports::sample::report();
    document.body = vec![
        Block::heading(crate::reports::HeadingRank::Roman, "Ưu điểm"),
        Block::Place(Place {
            code: "strengths".to_owned(),
            guidance: "Nhập".to_owned(),
            paragraphs: paragraphs(text, &Teller::of(facts)),
        }),
    ];
    document
}

const TEXT: &str =
    "Quy mô ổn định. Có [[pupil_count]] học sinh, [[pupil_count|tăng giảm]]. Tỉ lệ [[completed_rate|chỉ tiêu]]; tốt.";

#[test]
fn a_kept_document_tells_which_numbers_the_figures_of_now_contradict() {
    let before = Known::of(&[("pupil_count", Some(8000.0), Some(8493.0)), ("completed_rate", None, Some(99.0))]);
    let document = with_facts(&before, |facts| report_of(facts, TEXT));
    let same = with_facts(&before, |facts| changed(&document, &Teller::of(facts)));
    assert_eq!(same, []);
    let after = Known::of(&[("pupil_count", Some(8000.0), Some(8490.0))]);
    let found = with_facts(&after, |facts| changed(&document, &Teller::of(facts)));
    let told: Vec<(&str, &str, bool)> = found.iter().map(|f| (&*f.old, &*f.new, f.is_vanished)).collect();
    assert_eq!(
        told,
        [("8.493", "8.490", false), ("tăng 493", "tăng 490", false), ("đạt 99,0% (vượt 0,5 điểm %)", "…", true)]
    );
    assert_eq!(found[1].sentence, "Có 8.493 học sinh, tăng 493.");
    assert_eq!(found[2].sentence, "Tỉ lệ đạt 99,0% (vượt 0,5 điểm %);");
    assert_eq!(found[0].place, "I. ƯU ĐIỂM");
}

#[test]
fn a_reading_tells_what_changed_and_what_vanished_since() {
    let before = Known::of(&[("pupil_count", Some(8000.0), Some(8493.0)), ("completed_rate", None, Some(99.0))]);
    let reading = with_facts(&before, |facts| Reading::of(&report_of(facts, TEXT)));
    let kept: Reading = serde_json::from_str(&serde_json::to_string(&reading).unwrap()).unwrap();
    let after = Known::of(&[("pupil_count", Some(8000.0), Some(8490.0))]);
    let document = with_facts(&after, |facts| report_of(facts, &format!("{TEXT} Mới: [[class_size]].")));
    let found = changed_among(document.printed().iter().flatten(), &kept);
    let told: Vec<(&str, &str)> = found.iter().map(|f| (&*f.old, &*f.new)).collect();
    assert_eq!(
        told,
        [("8.493", "8.490"), ("tăng 493", "tăng 490"), ("đạt 99,0% (vượt 0,5 điểm %)", "[chưa có số liệu: Tỉ lệ]")],
        "a figure that was not there then did not change"
    );
    let flags = flagged(&document);
    assert_eq!(flags.len(), 2);
    assert_eq!(flags[1].sentence, "Mới: [chưa có số liệu: Tỉ lệ]./.");
    let again = changed_among(document.printed().iter().flatten(), &Reading::of(&document));
    assert_eq!(again, []);
}

fn any_reference() -> impl Strategy<Value = Reference> {
    let form = proptest::sample::select(FigureForm::ALL.to_vec());
    let year = proptest::option::of((2000_i16..2100).prop_map(SchoolYear::known));
    ("[a-z][a-z0-9_.]{0,20}", form, proptest::option::of("[A-Z][0-9]{1,5}"), year)
        .prop_map(|(code, form, unit, year)| Reference { code, form, unit, year })
}

proptest! {
    #[test]
    fn reading_what_was_printed_gives_the_same_reference(reference in any_reference()) {
        let text = format!("trước {reference} sau");
        let all = pieces(&text);
        prop_assert_eq!(&all[1], &Piece::Reference(reference, 6));
        prop_assert_eq!(all.len(), 3);
    }

    #[test]
    fn any_text_can_be_read_and_nothing_of_it_is_lost(text in "[a-z\\[\\]|ă \n]{0,60}") {
        let mut at = 0;
        for piece in pieces(&text) {
            match piece {
                Piece::Words(words) | Piece::Fault(words, _) => {
                    prop_assert!(text[at..].starts_with(words));
                    at += words.len();
                }
                Piece::Reference(..) => at += text[at..].find("]]").unwrap() + 2,
            }
        }
        prop_assert_eq!(at, text.len());
    }
}
