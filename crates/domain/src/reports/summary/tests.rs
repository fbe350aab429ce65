//! The shipped plan fits the shipped catalogue; sentences, differences and gaps are worded right; nothing is invented.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::collections::BTreeMap;

use super::figures::Figures;
use super::sample::{InventedFigures, WARD, facts, schools};
use super::*;
use crate::figures::pack::tests::{data, shipped_catalogue};
use crate::reports::block::{Run, Table};
use crate::school_year::SchoolYear;

fn shipped_plan() -> SummaryPlan {
    SummaryPlan::parse(&std::fs::read_to_string(data().join("reports/bao-cao-tong-ket.toml")).unwrap()).unwrap()
}

/// Figures of the ward in two years.
fn two_years(figures: &[(&str, Option<f64>, Option<f64>)]) -> BTreeMap<(String, String, SchoolYear), f64> {
    let mut table = BTreeMap::new();
    for (code, last, this) in figures {
        for (year, value) in [(2024, last), (2025, this)] {
            if let Some(value) = value {
                table.insert(((*code).to_owned(), WARD.to_owned(), SchoolYear::starting(year).unwrap()), *value);
            }
        }
    }
    table
}

fn told(sentence: &str, figures: &[(&str, Option<f64>, Option<f64>)]) -> Option<String> {
    let (catalogue, table) = (shipped_catalogue(), two_years(figures));
    let mut facts = facts(&catalogue, &table);
    facts.targets.insert("pri_dropout_rate".to_owned(), Target { this_year: Some(0.1), next_year: None });
    let runs = wording::sentence(sentence, &Figures::new(&facts))?;
    Some(runs.iter().map(Run::printed).collect())
}

#[test]
fn the_shipped_plan_names_only_what_the_shipped_catalogue_knows() {
    assert_eq!(shipped_plan().unknown_codes(&shipped_catalogue()), Vec::<String>::new());
}

#[test]
fn differences_of_percentages_are_points_and_agree_with_the_printed_numbers() {
    let rate = [("pri_completed_rate", Some(97.25), Some(99.54))];
    assert_eq!(
        told("Đạt {pri_completed_rate}, {pri_completed_rate:change}.", &rate).unwrap(),
        "Đạt 99,5%, tăng 2,2 điểm %."
    );
    let count = [("pri_pupil_count", Some(8613.0), Some(8493.0))];
    assert_eq!(
        told("{pri_pupil_count} học sinh, {pri_pupil_count:change} ({pri_pupil_count:relative}).", &count).unwrap(),
        "8.493 học sinh, giảm 120 (giảm 1,4%)."
    );
    let same = [("pri_pupil_count", Some(10.0), Some(10.0))];
    assert_eq!(told("{pri_pupil_count:change}", &same).unwrap(), "không đổi");
}

#[test]
fn gaps_to_targets_are_told_by_the_way_that_is_better() {
    let reached = [("pri_completed_rate", None, Some(79.5))];
    assert_eq!(told("{pri_completed_rate:gap}", &reached).unwrap(), "vượt chỉ tiêu 4,5 điểm %");
    let missed = [("pri_completed_rate", None, Some(74.8))];
    assert_eq!(told("{pri_completed_rate:gap}", &missed).unwrap(), "thấp hơn chỉ tiêu 0,2 điểm %");
    let exact = [("pri_completed_rate", None, Some(75.0))];
    assert_eq!(told("{pri_completed_rate:gap}", &exact).unwrap(), "đúng bằng chỉ tiêu");
    let drop_out = [("pri_dropout_rate", None, Some(0.25))];
    assert_eq!(told("{pri_dropout_rate:gap}", &drop_out).unwrap(), "cao hơn mức khống chế 0,15 điểm %");
}

#[test]
fn a_sentence_without_its_figure_is_not_written_and_a_clause_falls_away() {
    let sentence = "Có {pri_pupil_count} học sinh[, {pri_pupil_count:change} so với năm học {@last_year}].";
    let both = [("pri_pupil_count", Some(100.0), Some(105.0))];
    assert_eq!(told(sentence, &both).unwrap(), "Có 105 học sinh, tăng 5 so với năm học 2024-2025.");
    let one = [("pri_pupil_count", None, Some(105.0))];
    assert_eq!(told(sentence, &one).unwrap(), "Có 105 học sinh.");
    assert_eq!(told(sentence, &[("pri_pupil_count", Some(100.0), None)]), None);
    assert_eq!(told("{pri_pupil_count:relative}", &[("pri_pupil_count", Some(0.0), Some(5.0))]), None);
}

#[test]
fn a_report_without_figures_keeps_its_outline_and_states_no_number() {
    let catalogue = shipped_catalogue();
    let nothing = BTreeMap::new();
    let document = write(&facts(&catalogue, &nothing), &shipped_plan());
    assert_eq!(document.figures().filter(|figure| figure.value.is_some()).count(), 4 * 2, "only the targets are known");
    assert!(document.to_text().contains("[Nhập tồn tại, hạn chế]"));
    assert!(!document.body.iter().any(|block| matches!(block, Block::Chart(_))));
}

#[test]
fn the_full_report_has_its_parts_charts_and_annexes() {
    let catalogue = shipped_catalogue();
    let figures = InventedFigures::new(&catalogue, &schools());
    let document = write(&facts(&catalogue, &figures), &shipped_plan());
    let count = |kind: fn(&&Block) -> bool| document.body.iter().filter(kind).count();
    assert!(count(|block| matches!(block, Block::Chart(_))) >= 12);
    assert!(count(|block| matches!(block, Block::Table(_))) >= 15);
    assert_eq!(document.annexes.len(), 6);
    let text = document.to_text();
    for needle in [
        "Phần I\nKẾT QUẢ THỰC HIỆN NHIỆM VỤ NĂM HỌC 2025-2026",
        "IV. KẾT QUẢ THỰC HIỆN NHIỆM VỤ THEO CẤP HỌC\n1. Giáo dục mầm non\na) Phát triển mạng lưới",
        "Phần II\nPHƯƠNG HƯỚNG, NHIỆM VỤ NĂM HỌC 2026-2027",
        "chưa có số liệu của: Trường Tiểu học Sao Mai.",
        "Quy mô trường, lớp ổn định.",
        "Có dòng mới tổng hợp từ 23/24 đơn vị, chưa so sánh với năm trước.",
        "Phụ lục VI",
    ] {
        assert!(text.contains(needle), "{needle}");
    }
    assert!(!text.contains("{"), "every brace is filled");
}

#[test]
fn one_level_leaves_out_the_sections_and_schools_of_the_others() {
    let catalogue = shipped_catalogue();
    let figures = InventedFigures::new(&catalogue, &schools());
    let mut facts = facts(&catalogue, &figures);
    facts.level = Some(Level::Primary);
    let document = write(&facts, &shipped_plan());
    let text = document.to_text();
    assert!(text.contains("Giáo dục tiểu học") && !text.contains("Giáo dục mầm non có"));
    let last_annex = document.annexes.last().unwrap();
    let Some(Block::Table(Table { rows, .. })) = last_annex.body.first() else { panic!("a table is expected") };
    assert_eq!(rows.len(), 9 + 1, "nine schools teach primary classes, and the total");
}

#[test]
fn a_plan_with_a_fault_is_refused_with_the_sentence() {
    let plan = "subject = \"x\"\nclosing = \"y\"\n[[preamble]]\nsay = [\"{pupil_total:sideways}\"]\n[[section]]\ncode = \"a\"\nrank = \"part\"\ntitle = \"A\"\n";
    let fault = SummaryPlan::parse(plan).unwrap_err();
    assert!(fault.to_string().contains("sideways"), "{fault}");
    assert!(SummaryPlan::parse("subject = 1").is_err());
}

#[test]
fn the_places_alone_are_those_of_the_whole_report_under_the_same_headings() {
    let catalogue = shipped_catalogue();
    let figures = InventedFigures::new(&catalogue, &schools());
    let facts = facts(&catalogue, &figures);
    let outline = |document: &Document| {
        let kept = |block: &&Block| matches!(block, Block::Heading(_) | Block::Place(_));
        document.bodies().flatten().filter(kept).cloned().collect::<Vec<_>>()
    };
    let whole = outline(&write(&facts, &shipped_plan()));
    assert!(whole.iter().any(|block| matches!(block, Block::Place(_))));
    assert_eq!(outline(&write(&facts, &shipped_plan().places_alone())), whole);
}

#[test]
fn places_are_listed_in_reading_order_and_once_each() {
    let plan = shipped_plan();
    let mut places = plan.places();
    assert!(places.starts_with(&["advantages", "difficulties", "direction_work"]));
    let count = places.len();
    places.sort_unstable();
    places.dedup();
    assert_eq!(places.len(), count);
}

#[test]
fn emulation_and_honours_are_told_as_figures_and_only_where_they_exist() {
    let (catalogue, nothing) = (shipped_catalogue(), BTreeMap::new());
    let mut facts = facts(&catalogue, &nothing);
    let without = write(&facts, &shipped_plan()).to_text();
    assert!(
        !without.contains("Kết quả thi đua, khen thưởng") && without.contains("[Nhập kết quả thi đua, khen thưởng")
    );
    let year = SchoolYear::starting(2025).unwrap();
    facts.emulation = EmulationFacts {
        statements: vec!["Toàn ngành đạt 13/13 chỉ tiêu Xuất sắc năm học 2025-2026.".to_owned()],
        figures: vec![EmulationFigure {
            code: "award:advanced_worker".to_owned(),
            label: "Lao động tiên tiến".to_owned(),
            measure: "lượt".to_owned(),
            decimals: 0,
            direction: crate::figures::catalogue::Direction::Neutral,
            values: BTreeMap::from([(year.previous(), 210.0), (year, 215.0)]),
            source: "quyết định khen thưởng đã ghi nhận".to_owned(),
        }],
    };
    facts.texts.insert(
        "emulation".to_owned(),
        "Có [[award:advanced_worker]] lượt, [[award:advanced_worker|tăng giảm]].".to_owned(),
    );
    let document = write(&facts, &shipped_plan());
    let text = document.to_text();
    for needle in
        ["13/13 chỉ tiêu Xuất sắc", "Lao động tiên tiến", "Nguồn: quyết định khen thưởng", "Có 215 lượt, tăng 5."]
    {
        assert!(text.contains(needle), "{needle}");
    }
    let told = document.figures().filter(|figure| figure.code == "award:advanced_worker" && figure.value.is_some());
    assert_eq!(told.count(), 4, "two in the table, two in the typed sentence");
    facts.emulation.figures[0].values.clear();
    assert!(!write(&facts, &shipped_plan()).to_text().contains("Nguồn: quyết định khen thưởng"));
}

/// Figures of two years; those of the year that begins in this one are of 4 of 15 units.
struct FourOfFifteen(i16, BTreeMap<(String, String, SchoolYear), f64>);

impl FigureSource for FourOfFifteen {
    fn value(&self, code: &str, unit: &str, year: SchoolYear) -> Option<f64> {
        self.1.value(code, unit, year)
    }

    fn completeness(&self, code: &str, _unit: &str, year: SchoolYear) -> Option<super::Completeness> {
        let reported = if year == SchoolYear::known(self.0) { 4 } else { 15 };
        self.1.keys().any(|key| key.0 == code).then_some(super::Completeness { reported, expected: 15 })
    }
}

#[test]
fn a_figure_of_some_units_says_so_and_is_not_compared_with_that_of_all() {
    let catalogue = shipped_catalogue();
    let figures = two_years(&[
        ("prize_total", Some(313.0), Some(98.0)),
        ("swimming_share", Some(51.3), Some(14.6)),
        ("prize_province_count", Some(40.0), Some(9.0)),
        ("prize_cluster_count", Some(200.0), Some(80.0)),
    ]);
    let figures = FourOfFifteen(2025, figures);
    let facts = facts(&catalogue, &figures);
    let text = write(&facts, &shipped_plan()).to_text();
    for wrong in ["giảm 215", "giảm 36,7", "-215", "-36,7"] {
        assert!(!text.contains(wrong), "{wrong}");
    }
    assert!(text.contains("14,6%"), "what is known is told");
    let bare: Vec<&str> = text.lines().filter(|line| line.contains("98 giải") && !line.contains("4/15")).collect();
    assert!(bare.is_empty(), "{bare:?}");
    let told: Vec<Run> =
        wording::sentence("Tổng số giải là {prize_total}[, {prize_total:change}].", &Figures::new(&facts)).unwrap();
    let told: String = told.iter().map(Run::printed).collect();
    assert_eq!(told, "Tổng số giải là 98 (mới tổng hợp từ 4/15 đơn vị).");
}

#[test]
fn what_all_sentences_of_a_paragraph_would_say_of_their_units_is_said_once() {
    let catalogue = shipped_catalogue();
    let figures = two_years(&[("prize_total", None, Some(98.0)), ("swimming_share", None, Some(14.6))]);
    let figures = FourOfFifteen(2025, figures);
    let facts = facts(&catalogue, &figures);
    let told = |sentences: [&str; 2]| -> String {
        let runs = wording::paragraph(&sentences.map(str::to_owned), &Figures::new(&facts)).unwrap();
        runs.iter().map(Run::printed).collect()
    };
    assert_eq!(
        told(["Có {prize_total} giải.", "Biết bơi {swimming_share}."]),
        "Có 98 giải. Biết bơi 14,6%. Các số liệu trên mới tổng hợp từ 4/15 đơn vị."
    );
    assert_eq!(
        told(["Có {prize_total} giải.", "Chỉ tiêu năm học {@year}."]),
        "Có 98 giải (mới tổng hợp từ 4/15 đơn vị). Chỉ tiêu năm học 2025-2026."
    );
}

#[test]
fn a_chart_draws_no_year_of_all_units_beside_one_of_some() {
    let catalogue = shipped_catalogue();
    let figures = two_years(&[
        ("prize_cluster_count", Some(229.0), Some(74.0)),
        ("prize_province_count", Some(71.0), Some(20.0)),
        ("prize_sport_count", Some(98.0), Some(33.0)),
    ]);
    let plan = || super::plan::PlannedChart {
        titles: vec!["Số giải".to_owned()],
        rows: ["prize_cluster_count", "prize_province_count", "prize_sport_count"].map(str::to_owned).to_vec(),
    };
    let drawn = |figures: &dyn FigureSource| -> Vec<String> {
        let Some(Block::Chart(chart)) = charts::compare(&plan(), &Figures::new(&facts(&catalogue, figures))) else {
            panic!("a chart is expected")
        };
        chart.series.into_iter().map(|series| series.name).collect()
    };
    assert_eq!(drawn(&figures), ["Năm học 2024-2025", "Năm học 2025-2026"]);
    assert_eq!(drawn(&FourOfFifteen(2025, figures)), ["Năm học 2025-2026"]);
}

#[test]
fn the_targets_have_no_heading_without_a_row_and_the_levels_say_that_a_school_may_stand_in_several() {
    let catalogue = shipped_catalogue();
    let figures = InventedFigures::new(&catalogue, &schools());
    let mut facts = facts(&catalogue, &figures);
    let said = |facts: &SummaryFacts<'_>| notes(&write(facts, &shipped_plan())).join("\n");
    assert!(said(&facts).contains("Trường có nhiều cấp học được ghi ở từng cấp học"));
    facts.schools.retain(|school| school.levels.len() == 1);
    assert!(!said(&facts).contains("Trường có nhiều cấp học"));
    facts.targets.remove("standard_school_rate");
    let document = write(&facts, &shipped_plan());
    let targets = document.bodies().flatten().find_map(|block| match block {
        Block::Table(table) if table.caption.starts_with("Kết quả thực hiện chỉ tiêu") => Some(table),
        _ => None,
    });
    let headings: Vec<String> = targets
        .unwrap()
        .rows
        .iter()
        .filter(|row| row.kind == crate::reports::block::RowKind::Group)
        .map(|row| row.cells[0].printed().to_string())
        .collect();
    assert_eq!(headings, ["Mầm non", "Tiểu học", "Trung học cơ sở"]);
}

/// The notes of all tables.
fn notes(document: &Document) -> Vec<&str> {
    let note = |block| match block {
        &Block::Table(Table { ref note, .. }) => note.as_deref(),
        _ => None,
    };
    document.bodies().flatten().filter_map(note).collect()
}

#[test]
fn units_that_lacked_last_year_are_told_with_their_year() {
    let catalogue = shipped_catalogue();
    let figures = FourOfFifteen(
        2024,
        two_years(&[("prize_total", Some(98.0), Some(313.0)), ("swimming_share", Some(5.0), None)]),
    );
    let facts = facts(&catalogue, &figures);
    let told = |sentence: &str| -> String {
        let runs = wording::sentence(sentence, &Figures::new(&facts)).unwrap();
        runs.iter().map(Run::printed).collect()
    };
    assert_eq!(told("Năm nay {prize_total} giải[, {prize_total:change}]."), "Năm nay 313 giải.");
    assert_eq!(told("Trước là {prize_total:last}."), "Trước là 98 (năm học 2024-2025 mới có 4/15 đơn vị).");
    let document = write(&facts, &shipped_plan());
    let notes = notes(&document);
    let told = notes
        .iter()
        .any(|note| note.contains("chưa so sánh với năm trước") && note.contains("(năm học 2024-2025: 4/15)"));
    assert!(told, "{notes:?}");
}

#[test]
fn a_table_without_last_year_does_not_speak_of_it() {
    let catalogue = shipped_catalogue();
    let figures = InventedFigures::new(&catalogue, &schools());
    let document = write(&facts(&catalogue, &figures), &shipped_plan());
    let by_school = document.annexes.iter().flat_map(|annex| &annex.body).filter_map(|block| match block {
        Block::Table(Table { columns, note, .. }) if columns[1].head == "Đơn vị" => note.as_deref(),
        _ => None,
    });
    let notes: Vec<&str> = by_school.filter(|note| note.contains("23/24")).collect();
    assert!(!notes.is_empty() && notes.iter().all(|note| !note.contains("so sánh với năm trước")), "{notes:?}");
}
