//! The shipped packs, what they keep and what they leave unknown; and everything that a pack can get wrong.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::path::Path;

use super::*;
use crate::{
    Confidence,
    figures::pack::{PackFault, PackFile},
};

/// The packs that ship with the product.
pub(in crate::awards) fn shipped() -> Vec<RulePack> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../data/awards");
    let files: Vec<(String, String)> = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .map(|path| {
            let name = format!("awards/{}", path.file_name().unwrap().to_string_lossy());
            (name, std::fs::read_to_string(&path).unwrap())
        })
        .collect();
    assert!(files.iter().all(|(name, _)| belongs(name)));
    let files: Vec<PackFile<'_>> = files.iter().map(|(name, text)| PackFile { name, text }).collect();
    load(&files).unwrap_or_else(|faults| panic!("{}", listed(&faults)))
}

fn listed(faults: &[PackFault]) -> String {
    faults.iter().map(|fault| format!("{fault}\n")).collect()
}

fn day(text: &str) -> Date {
    text.parse().unwrap()
}

#[test]
fn a_dossier_is_judged_by_the_pack_of_the_day_on_which_it_was_accepted() {
    let packs = shipped();
    let code = |text: &str| on(&packs, day(text)).map(|pack| pack.code.as_str());
    assert_eq!(code("2023-12-31"), Some("award_law_2003"));
    assert_eq!(code("2024-01-01"), Some("award_law_2022_decree_98"));
    assert_eq!(code("2025-06-30"), Some("award_law_2022_decree_98"));
    assert_eq!(code("2025-07-01"), Some("award_law_2022_decree_152"));
    assert_eq!(code("2026-09-30"), Some("award_law_2022_decree_152"));
    assert_eq!(code("2026-10-01"), Some("award_law_2026"));
    let earlier = on(&packs, day("2026-09-30")).unwrap();
    assert!(later_that_may_be_better(&packs, earlier, day("2026-09-30")).is_empty());
    let later = later_that_may_be_better(&packs, earlier, day("2026-11-22"));
    assert_eq!(later.iter().map(|pack| pack.code.as_str()).collect::<Vec<_>>(), ["award_law_2026"]);
}

#[test]
fn a_pack_that_was_not_read_says_so_in_everything_that_it_takes_over() {
    let packs = shipped();
    let pack = |code: &str| packs.iter().find(|pack| pack.code == code).unwrap();
    let of = |code: &str, award: &str| pack(code).award(award).unwrap().source.confidence;
    assert_eq!(of("award_law_2022_decree_98", "advanced_worker"), Confidence::Confirmed);
    assert_eq!(of("award_law_2022_decree_152", "advanced_worker"), Confidence::Confirmed);
    assert_eq!(of("award_law_2026", "advanced_worker"), Confidence::SecondHand);
    assert_eq!(pack("award_law_2026").rule(RuleCode::Hold).unwrap().source.confidence, Confidence::SecondHand);
    assert!(pack("award_law_2003").is_frame && pack("award_law_2003").awards.is_empty());
}

#[test]
fn the_packs_keep_the_articles_as_given_and_leave_the_rest_unknown() {
    let packs = shipped();
    let pack = packs.iter().find(|pack| pack.code == "award_law_2022_decree_152").unwrap();
    let article = |award: &str| pack.award(award).unwrap().clauses[0].article.clone();
    assert_eq!(article("advanced_worker"), "Điều 24 Luật 06/2022/QH15");
    assert_eq!(article("national_fighter"), "Điều 21 Luật 06/2022/QH15");
    assert_eq!(article("provincial_fighter"), "", "the source gives none");
    let fighter = pack.award("excellent_collective").unwrap();
    let own = fighter.clauses.iter().find(|clause| clause.code == "has_fighter").unwrap();
    assert_eq!((own.article.as_str(), own.source.confidence), ("", Confidence::Default));
    assert!(pack.grantors.is_empty(), "the matrix is the office's to fill");
    assert!(pack.base_salary.is_empty() && pack.base_salary_on(day("2026-01-01")).is_none());
    let multiple = |code: &str| pack.money(code).unwrap().multiple.to_string();
    assert_eq!((multiple("advanced_worker"), multiple("government_flag")), ("0.3".to_owned(), "12".to_owned()));
    assert_eq!(pack.money("ministry_province_flag").unwrap().source.confidence, Confidence::Default);
    assert!(
        packs.iter().find(|pack| pack.code.ends_with("98")).unwrap().money.is_empty(),
        "money is the later decree's"
    );
    let not_commune = pack.award("grassroots_fighter").unwrap();
    assert!(!not_commune.granted_by.contains(&Grantor::CommuneChair));
    assert_eq!(pack.quota("grassroots_fighter").unwrap().percent, Decimal::from(15));
}

/// A sound pack; tests break it.
const SOUND: &str = r#"
code = "thu"
vi = "Gói thử"
en = "Trial pack"
effective_from = "2024-01-01"
source = "Thử"
confidence = "default"
[rules]
tie_women = { vi = "Ưu tiên nữ", en = "Women first", percent = 70 }
[quotas]
share = { vi = "Tỷ lệ", en = "Share", award = "fighter", of = "worker", percent = 15, rounding = "down" }
[money]
worker = { multiple = 0.3 }
[[award]]
code = "worker"
vi = "Lao động tiên tiến"
en = "Advanced worker"
kind = "title"
for = "person"
granted_by = ["unit_head"]
[award.clauses]
good = { vi = "Tốt", en = "Good", test = "grade", grade = "good", years = 1 }
[[award]]
code = "fighter"
vi = "Chiến sĩ thi đua"
en = "Fighter"
kind = "title"
for = "person"
[award.clauses]
worker = { vi = "Là lao động tiên tiến", en = "A worker", test = "awarded", award = "worker", years = 3, years_disputed = 2 }
either = { vi = "Một trong hai", en = "Either", test = "any", clauses = { a = { vi = "A", en = "A", test = "judged" }, b = { vi = "B", en = "B", test = "recorded", fact = "b" } } }
"#;

fn read_one(text: &str) -> Result<Vec<RulePack>, Vec<PackFault>> {
    load(&[PackFile { name: "awards/thu.toml", text }])
}

#[test]
fn what_packs_get_wrong_is_found_at_its_line() {
    read_one(SOUND).unwrap_or_else(|faults| panic!("{}", listed(&faults)));
    let cases: &[(&str, &str, &str, u32)] = &[
        ("effective_from = \"2024-01-01\"", "effective_from = \"2024\"", "bad_date", 5),
        ("source = \"Thử\"\n", "", "missing_source", 1),
        ("tie_women", "tie_men", "unknown_rule", 9),
        (", percent = 70", "", "missing_field", 9),
        ("of = \"worker\"", "of = \"nobody\"", "unknown_award", 11),
        ("percent = 15", "percent = 150", "bad_value", 11),
        ("rounding = \"down\"", "rounding = \"away\"", "bad_value", 11),
        ("worker = { multiple = 0.3 }", "other = { multiple = 0.3 }", "unknown_award", 13),
        ("multiple = 0.3", "multiple = -1", "bad_value", 13),
        ("granted_by = [\"unit_head\"]", "granted_by = [\"king\"]", "unknown_grantor", 20),
        ("grade = \"good\"", "grade = \"fine\"", "bad_value", 22),
        (", years = 1", "", "missing_field", 22),
        (", years = 1", ", years = 0", "bad_value", 22),
        ("test = \"grade\"", "test = \"guess\"", "unknown_test", 22),
        ("award = \"worker\", years", "award = \"nobody\", years", "unknown_award", 30),
        ("years_disputed = 2", "years_disputed = 3", "bad_value", 30),
        (
            "test = \"grade\", grade = \"good\", years = 1",
            "test = \"members\", share = \"advanced\", percent = 70",
            "wrong_recipient",
            22,
        ),
        ("a = { vi = \"A\", en = \"A\", test = \"judged\" }, ", "", "too_few_parts", 31),
        ("code = \"fighter\"", "code = \"worker\"", "duplicate_code", 23),
        ("kind = \"title\"", "kind = \"medal\"", "bad_value", 18),
        ("[rules]", "extends = \"none\"\n[rules]", "unknown_pack", 8),
        ("[rules]", "frame = true\n[rules]", "frame_with_awards", 5),
        ("fact = \"b\"", "fact = \"b\", colour = 1", "unknown_field", 31),
    ];
    let mut missed = Vec::new();
    for (from, to, code, line) in cases {
        let text = SOUND.replacen(from, to, 1);
        assert_ne!(text, SOUND, "{code}: nothing was broken");
        let faults = read_one(&text).expect_err(code);
        if !faults.iter().any(|fault| (fault.code, fault.line) == (*code, *line)) {
            missed.push(format!("no {code} at {line} among\n{}", listed(&faults)));
        }
    }
    assert!(missed.is_empty(), "{}", missed.join("\n"));
}

#[test]
fn packs_may_neither_overlap_nor_leave_days_without_one() {
    let file = |name, text| PackFile { name, text };
    let later = SOUND.replace("2024-01-01", "2025-07-01").replace("\"thu\"", "\"sau\"");
    let first_code = |files: &[PackFile<'_>]| load(files).err().map(|faults| faults[0].code);
    assert_eq!(first_code(&[file("awards/a.toml", SOUND), file("awards/b.toml", &later)]), Some("packs_overlap"));
    let ended = |on: &str| SOUND.replace("[rules]", &format!("effective_to = \"{on}\"\n[rules]"));
    let early = ended("2025-05-31");
    assert_eq!(first_code(&[file("awards/a.toml", &early), file("awards/b.toml", &later)]), Some("days_without_pack"));
    let in_time = ended("2025-06-30");
    assert_eq!(first_code(&[file("awards/a.toml", &in_time), file("awards/b.toml", &later)]), None);
}
