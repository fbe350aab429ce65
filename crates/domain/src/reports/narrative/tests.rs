//! Facts are found where they are and only there; every number of a sentence is a reference; nothing is said without one.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::collections::BTreeMap;

use proptest::prelude::*;

use super::*;
use crate::Level;
use crate::figures::catalogue::Catalogue;
use crate::figures::pack::tests::{data, shipped_catalogue};
use crate::reports::block::Run;
use crate::reports::reference::{Piece, Rank, Teller, check, pieces};
use crate::reports::summary::sample::{InventedFigures, WARD, facts, schools};
use crate::reports::summary::{Completeness, FigureSource, SummaryFacts, Target};
use crate::school_year::SchoolYear;

fn shipped_book() -> Phrasebook {
    Phrasebook::parse(&std::fs::read_to_string(data().join("reports/narrative.toml")).unwrap()).unwrap()
}

/// Figures of the ward in two years, places of two years, and how many of twenty-four schools reported.
#[derive(Default)]
struct Known {
    values: BTreeMap<(String, SchoolYear), f64>,
    places: BTreeMap<(String, SchoolYear), u32>,
    reported: Option<u32>,
}

impl Known {
    fn with(mut self, code: &str, last: Option<f64>, this: Option<f64>) -> Self {
        for (year, value) in [(2024, last), (2025, this)] {
            self.values.extend(value.map(|value| ((code.to_owned(), SchoolYear::known(year)), value)));
        }
        self
    }

    fn ranked(mut self, code: &str, last: u32, this: u32) -> Self {
        for (year, place) in [(2024, last), (2025, this)] {
            self.places.insert((code.to_owned(), SchoolYear::known(year)), place);
        }
        self
    }
}

impl FigureSource for Known {
    fn value(&self, code: &str, unit: &str, year: SchoolYear) -> Option<f64> {
        (unit == WARD).then(|| self.values.get(&(code.to_owned(), year)).copied())?
    }

    fn rank(&self, code: &str, _unit: &str, year: SchoolYear) -> Option<Rank> {
        let place = *self.places.get(&(code.to_owned(), year))?;
        Some(Rank { place, of: 34 })
    }

    fn completeness(&self, _code: &str, _unit: &str, _year: SchoolYear) -> Option<Completeness> {
        Some(Completeness { reported: self.reported?, expected: 24 })
    }
}

/// What is found and said of these figures.
fn told_with(catalogue: &Catalogue, known: &dyn FigureSource, targets: &[(&str, f64)]) -> Vec<(Finding, Draft)> {
    let mut facts = facts(catalogue, known);
    facts.targets = targets
        .iter()
        .map(|(code, value)| ((*code).to_owned(), Target { this_year: Some(*value), next_year: None }))
        .collect();
    let (teller, book) = (Teller::of(&facts), shipped_book());
    let found = findings(&facts, &teller, &book);
    found.into_iter().map(|finding| (finding.clone(), draft::draft(&finding, &teller, &book).unwrap())).collect()
}

fn printed(draft: &Draft) -> String {
    draft.runs.iter().map(Run::printed).collect()
}

fn sentences(known: &Known, targets: &[(&str, f64)]) -> Vec<String> {
    told_with(&shipped_catalogue(), known, targets).iter().map(|(_, draft)| printed(draft)).collect()
}

#[test]
fn the_shipped_phrasebook_knows_only_what_the_shipped_catalogue_and_plan_know() {
    let book = shipped_book();
    assert_eq!(book.unknown_codes(&shipped_catalogue()), Vec::<&str>::new());
    let plan = std::fs::read_to_string(data().join("reports/bao-cao-tong-ket.toml")).unwrap();
    let plan = crate::reports::summary::SummaryPlan::parse(&plan).unwrap();
    assert_eq!(book.places().filter(|place| !plan.places().contains(place)).count(), 0);
}

#[test]
fn every_kind_has_words_for_every_measure_and_direction_that_can_have_it() {
    let (book, catalogue) = (shipped_book(), shipped_catalogue());
    let figures = InventedFigures::new(&catalogue, &schools());
    let facts = facts(&catalogue, &figures);
    let teller = Teller::of(&facts);
    for indicator in &catalogue.indicators {
        let naming = teller.naming(&indicator.code);
        for kind in FindingKind::ALL {
            let neutral = indicator.direction == crate::figures::catalogue::Direction::Neutral;
            let possible = match kind {
                FindingKind::Better | FindingKind::Worse | FindingKind::RankUp | FindingKind::RankDown => !neutral,
                FindingKind::Size => neutral && naming.is_amount(),
                _ => true,
            };
            assert!(!possible || !book.sentences(kind, &naming).is_empty(), "{kind:?} {}", indicator.code);
        }
    }
}

#[test]
fn a_change_is_told_from_its_threshold_on_and_in_points() {
    let code = "pri_result_good_or_better_share";
    assert_eq!(sentences(&Known::default().with(code, Some(70.0), Some(70.9)), &[]), Vec::<String>::new());
    let told = told_with(&shipped_catalogue(), &Known::default().with(code, Some(68.7), Some(71.0)), &[]);
    let (finding, draft) = &told[0];
    assert_eq!((finding.kind, finding.weight.round() as i64), (FindingKind::Better, 2));
    assert_eq!(draft.tone, Tone::Good);
    let sentence = printed(draft);
    assert!(sentence.starts_with("Tỉ lệ học sinh tiểu học hoàn thành tốt trở lên"), "{sentence}");
    assert!(sentence.contains("71,0%") && sentence.contains("tăng 2,3 điểm %"), "{sentence}");
    assert!(draft.reason.contains("1 điểm %") && draft.reason.contains("mặc định"), "{}", draft.reason);
}

#[test]
fn less_dropout_is_a_strength_and_more_a_shortcoming() {
    let kinds = |last, this| {
        let known = Known::default().with("sec_dropout_rate", Some(last), Some(this));
        told_with(&shipped_catalogue(), &known, &[]).into_iter().map(|(finding, _)| finding.kind).collect::<Vec<_>>()
    };
    assert_eq!(kinds(2.5, 0.4), [FindingKind::Better]);
    assert_eq!(kinds(0.4, 2.5), [FindingKind::Worse]);
    let size = Known::default().with("pupil_total", Some(1000.0), Some(1100.0));
    assert_eq!(
        sentences(&size, &[]),
        ["Tổng số trẻ, học sinh, học viên tăng 100 so với năm học trước, từ 1.000 thành 1.100 người."]
    );
}

#[test]
fn targets_are_judged_by_the_way_that_is_better() {
    let known = Known::default()
        .with("pri_completed_rate", None, Some(97.3))
        .with("sec_graduated_rate", None, Some(99.5))
        .with("sec_dropout_rate", None, Some(0.3));
    let targets = [("pri_completed_rate", 98.5), ("sec_graduated_rate", 99.5), ("sec_dropout_rate", 0.5)];
    let told = told_with(&shipped_catalogue(), &known, &targets);
    let found: Vec<(&str, FindingKind)> = told.iter().map(|(f, _)| (f.code.as_str(), f.kind)).collect();
    assert_eq!(
        found,
        [
            ("pri_completed_rate", FindingKind::TargetMissed),
            ("sec_dropout_rate", FindingKind::TargetMet),
            ("sec_graduated_rate", FindingKind::TargetMet),
        ]
    );
    let missed = printed(&told[0].1);
    assert!(missed.contains("97,3%, thấp hơn chỉ tiêu 1,2 điểm %"), "{missed}");
}

#[test]
fn places_won_are_told_with_the_number_of_units() {
    let known = Known::default().with("pri_completed_rate", None, Some(99.0)).ranked("pri_completed_rate", 15, 3);
    let told = sentences(&known, &[]);
    assert_eq!(told.len(), 1);
    assert!(told[0].contains("đứng thứ 3/34") && told[0].contains("cao hơn 12 bậc"), "{}", told[0]);
    let little = Known::default().with("pri_completed_rate", None, Some(99.0)).ranked("pri_completed_rate", 5, 3);
    assert_eq!(sentences(&little, &[]), Vec::<String>::new());
}

#[test]
fn few_cases_and_missing_units_are_said_in_the_sentence() {
    let known = Known { reported: Some(23), ..Known::default() }
        .with("sec_graduated_rate", Some(90.0), Some(95.0))
        .with("sec_graduation_candidate_count", None, Some(20.0));
    let told = sentences(&known, &[("sec_graduated_rate", 99.0)]);
    assert_eq!(told.len(), 1, "a change is not told while a unit is missing: {told:?}");
    assert!(
        told[0].ends_with("tính trên 20 người, cần thận trọng khi so sánh; mới tổng hợp từ 23/24 đơn vị)."),
        "{}",
        told[0]
    );
    let many = Known { reported: Some(24), ..Known::default() }
        .with("sec_graduated_rate", Some(90.0), Some(95.0))
        .with("sec_graduation_candidate_count", None, Some(2000.0));
    assert!(!sentences(&many, &[])[0].contains('('), "{:?}", sentences(&many, &[]));
}

#[test]
fn nothing_is_concluded_while_most_units_have_not_reported() {
    let with = |reported| {
        let known = Known { reported: Some(reported), ..Known::default() };
        sentences(&known.with("swimming_share", Some(51.3), Some(14.6)), &[("swimming_share", 20.0)]).len()
    };
    assert_eq!((with(19), with(20)), (0, 1), "80 per cent of 24 units; the change waits for all of them");
}

#[test]
fn a_caution_joins_the_brackets_that_are_there() {
    let known = Known { reported: Some(23), ..Known::default() }.with("pri_completed_rate", None, Some(90.0));
    let told = told_with(&shipped_catalogue(), &known, &[("pri_completed_rate", 95.0)]);
    assert!(!printed(&told[0].1).contains(") ("), "{}", printed(&told[0].1));
}

#[test]
fn indicators_that_are_changes_themselves_are_never_told() {
    let known = Known::default()
        .with("pri_pupil_change", Some(1.0), Some(9.0))
        .with("pri_result_good_or_better_change", Some(1.0), Some(9.0))
        .with("pri_class_size_over_norm", Some(-1.0), Some(-4.0))
        .with("pri_pupil_parent_share", Some(1.0), Some(9.0));
    assert_eq!(sentences(&known, &[]), Vec::<String>::new());
}

#[test]
fn places_get_what_suits_them_and_what_is_settled_is_not_offered_again() {
    let known = Known::default()
        .with("pri_completed_rate", Some(90.0), Some(97.0))
        .with("sec_graduated_rate", Some(99.0), Some(91.0))
        .with("kitchen_certified_rate", Some(60.0), Some(80.0));
    let catalogue = shipped_catalogue();
    let facts = facts(&catalogue, &known);
    let (teller, book) = (Teller::of(&facts), shipped_book());
    let found = findings(&facts, &teller, &book);
    let keys = |place: &str| {
        let offered = drafts(place, &found, &teller, &book, &|key| key == "better:kitchen_certified_rate");
        offered.into_iter().map(|draft| draft.key).collect::<Vec<_>>()
    };
    // The invented ward of the sample has a target for both.
    assert_eq!(keys("results_primary"), ["target_met:pri_completed_rate", "better:pri_completed_rate"]);
    assert_eq!(keys("shortcomings"), ["target_missed:sec_graduated_rate", "worse:sec_graduated_rate"]);
    assert_eq!(keys("strengths"), ["target_met:pri_completed_rate", "better:pri_completed_rate"]);
    assert_eq!(keys("food_safety"), Vec::<String>::new());
    assert_eq!(keys("lessons"), Vec::<String>::new());
}

#[test]
fn a_report_of_one_level_speaks_of_that_level_only() {
    let catalogue = shipped_catalogue();
    let figures = InventedFigures::new(&catalogue, &schools());
    let mut facts = facts(&catalogue, &figures);
    facts.level = Some(Level::Primary);
    facts.targets.insert("pupil_total".to_owned(), Target { this_year: Some(1.0), next_year: None });
    let found = findings(&facts, &Teller::of(&facts), &shipped_book());
    assert!(!found.is_empty() && found.iter().all(|finding| finding.level == Some(Level::Primary)), "{found:?}");
}

#[test]
fn a_phrasebook_with_a_fault_is_refused_with_the_sentence() {
    let good = std::fs::read_to_string(data().join("reports/narrative.toml")).unwrap();
    let broken = |from: &str, to: &str| Phrasebook::parse(&good.replacen(from, to, 1)).unwrap_err().to_string();
    assert!(broken("{subject} {result}, hoàn thành", "{subjec} {result}, hoàn thành").contains("{subjec}"));
    assert!(broken("hoàn thành chỉ tiêu năm học đề ra.", "tăng 5.").contains("số gõ tay"));
    assert!(broken("hoàn thành chỉ tiêu năm học đề ra.", "hoàn thành").contains("dấu chấm"));
    assert!(broken("points = 1.0", "points = 0.0").contains("points"));
}

/// A sentence without its references and its subject.
fn words_of(draft: &Draft, teller: &Teller<'_>, book: &Phrasebook) -> String {
    let code = draft.key.split(':').next_back().unwrap();
    let naming = teller.naming(code);
    let subject = book.subject(code, &naming);
    let words: String = pieces(&draft.text)
        .into_iter()
        .map(|piece| match piece {
            Piece::Words(words) => words,
            Piece::Reference(..) => "",
            Piece::Fault(typed, fault) => panic!("{typed}: {fault}"),
        })
        .collect();
    // The subject is a name; `lớp 10`, `trẻ 5 tuổi` are parts of it, not figures.
    words.replace(subject, "").replace(&crate::vietnamese::lower_first(subject), "").replace(&naming.measure, "")
}

fn any_value() -> impl Strategy<Value = Option<f64>> {
    proptest::option::weighted(0.8, (0_i32..2000).prop_map(|tenths| f64::from(tenths) / 10.0))
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, ..ProptestConfig::default() })]

    #[test]
    fn every_number_of_every_sentence_is_a_reference_that_has_a_value(
        values in proptest::collection::vec((any_value(), any_value(), any_value(), 1_u32..30, 1_u32..30), 150),
        reported in proptest::option::of(18_u32..25),
    ) {
        let catalogue = shipped_catalogue();
        let mut known = Known { reported, ..Known::default() };
        let mut targets = BTreeMap::new();
        for (indicator, (last, this, target, place_then, place_now)) in catalogue.indicators.iter().zip(values) {
            known = known.with(&indicator.code, last, this).ranked(&indicator.code, place_then, place_now);
            targets.insert(indicator.code.clone(), Target { this_year: target, next_year: None });
        }
        let mut facts: SummaryFacts<'_> = facts(&catalogue, &known);
        facts.targets = targets;
        let (teller, book) = (Teller::of(&facts), shipped_book());
        let found = findings(&facts, &teller, &book);
        prop_assert!(found.is_sorted_by(|a, b| (a.kind, -a.weight) <= (b.kind, -b.weight)));
        let mut keys: Vec<String> = found.iter().map(Finding::key).collect();
        keys.sort();
        keys.dedup();
        prop_assert_eq!(keys.len(), found.len(), "one finding of a name");
        for finding in &found {
            prop_assert!(known.value(&finding.code, WARD, facts.year).is_some(), "a missing figure is never a finding");
            let draft = draft::draft(finding, &teller, &book).unwrap();
            prop_assert_eq!(check(&draft.text, teller.vocabulary(), &|_| false), vec![]);
            let words = words_of(&draft, &teller, &book);
            prop_assert!(!words.contains(|c: char| c.is_ascii_digit()), "{}", words);
            prop_assert!(!draft.runs.iter().any(Run::is_flagged));
            prop_assert!(draft.text.contains("[["), "nothing is said without a figure: {}", draft.text);
        }
    }

    #[test]
    fn a_sentence_whose_figure_is_missing_is_not_offered(gone in 0_usize..3) {
        let catalogue = shipped_catalogue();
        let full = Known::default().with("pri_completed_rate", Some(90.0), Some(97.0));
        let facts_then = facts(&catalogue, &full);
        let book = shipped_book();
        let found = findings(&facts_then, &Teller::of(&facts_then), &book);
        let (last, this) = [(None, Some(97.0)), (Some(90.0), None), (None, None)][gone];
        let poorer = Known::default().with("pri_completed_rate", last, this);
        let facts_now = facts(&catalogue, &poorer);
        let teller = Teller::of(&facts_now);
        let better = found.iter().find(|finding| finding.kind == FindingKind::Better).unwrap();
        prop_assert_eq!(draft::draft(better, &teller, &book), None);
    }
}
