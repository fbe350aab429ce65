//! Reads the conditions of an award.

use super::{Choice, Clause, DisciplineLevel, InitiativeLevel, MemberShare, StaffGrade, Test, read::Places};
use crate::figures::pack::{
    entry::{Entry, SOURCE_FIELDS},
    faults::Faults,
};

const CLAUSE_FIELDS: [&str; 16] = [
    "vi",
    "en",
    "article",
    "no_article",
    "test",
    "grade",
    "years",
    "years_disputed",
    "same_year",
    "award",
    "count",
    "level",
    "share",
    "percent",
    "fact",
    "months",
];

/// The conditions in the order of the file; their places are noted as `clause/AWARD/CODE`.
pub(super) fn read(around: &Entry<'_>, award: &str, places: &mut Places, faults: &mut Faults) -> Vec<Clause> {
    around.entries("clauses", faults).iter().map(|entry| clause(entry, award, places, faults)).collect()
}

fn clause(entry: &Entry<'_>, award: &str, places: &mut Places, faults: &mut Faults) -> Clause {
    entry.allow(&[&CLAUSE_FIELDS, &["clauses"], &SOURCE_FIELDS], faults);
    if places.insert(format!("clause/{award}/{}", entry.name), entry.place).is_some() {
        let message = format!("điều kiện «{}» ghi hai lần trong «{award}»", entry.name);
        faults.add(entry.place, "duplicate_code", message);
    }
    let article = if entry.has("no_article") { None } else { entry.text("article", faults) };
    Clause {
        code: entry.name.to_owned(),
        label: entry.label(faults),
        article: article.unwrap_or_default(),
        test: test(entry, award, places, faults),
        source: entry.source(faults),
    }
}

fn test(entry: &Entry<'_>, award: &str, places: &mut Places, faults: &mut Faults) -> Test {
    let kind = entry.own_text("test", faults).unwrap_or_default();
    match kind.as_str() {
        "grade" => {
            Test::Grade { grade: word(entry, "grade", StaffGrade::Completed, faults), years: own_years(entry, faults) }
        }
        "awarded" => Test::Awarded {
            award: own(entry, "award", faults),
            years: own_years(entry, faults),
            years_disputed: optional(entry, "years_disputed", faults),
            same_year: entry.has("same_year") && entry.truth("same_year", faults),
        },
        "times" => Test::Times { award: own(entry, "award", faults), count: count(entry, "count", faults) },
        "initiatives" => Test::Initiatives {
            level: word(entry, "level", InitiativeLevel::Grassroots, faults),
            count: count(entry, "count", faults),
            years: optional(entry, "years", faults),
        },
        "members" => {
            let percent = count(entry, "percent", faults);
            if percent > 100 {
                faults.add(entry.place_of("percent"), "bad_value", "«percent» phải từ 1 đến 100");
            }
            Test::Members { share: word(entry, "share", MemberShare::Completed, faults), percent }
        }
        "no_discipline" => Test::NoDiscipline { level: word(entry, "level", DisciplineLevel::Warning, faults) },
        "recorded" => Test::Recorded { fact: own(entry, "fact", faults) },
        "thematic_movement" => Test::ThematicMovement { years: own_years(entry, faults) },
        "in_post" => Test::InPost { months: count(entry, "months", faults) },
        "judged" => Test::Judged,
        "any" => Test::Any(parts(entry, award, places, faults)),
        "all" => Test::All(parts(entry, award, places, faults)),
        other => {
            let message = format!(
                "không có cách kiểm tra «{other}»; dùng grade, awarded, times, initiatives, members, no_discipline, \
                 recorded, thematic_movement, in_post, judged, any hoặc all"
            );
            faults.add(entry.place, "unknown_test", message);
            Test::Judged
        }
    }
}

fn parts(entry: &Entry<'_>, award: &str, places: &mut Places, faults: &mut Faults) -> Vec<Clause> {
    let parts = read(entry, award, places, faults);
    if parts.len() < 2 {
        faults.add(entry.place, "too_few_parts", "«any» và «all» cần từ hai điều kiện trở lên trong «clauses»");
    }
    parts
}

/// A text of the condition itself.
fn own(entry: &Entry<'_>, name: &str, faults: &mut Faults) -> String {
    let text = entry.own_text(name, faults);
    if text.is_none() {
        faults.add(entry.place, "missing_field", format!("cách kiểm tra này cần trường «{name}»"));
    }
    text.unwrap_or_default()
}

fn word<T: Choice>(entry: &Entry<'_>, name: &str, otherwise: T, faults: &mut Faults) -> T {
    let text = own(entry, name, faults);
    let word = T::parse(&text);
    if word.is_none() && !text.is_empty() {
        let known: Vec<&str> = T::all().iter().map(|word| word.as_str()).collect();
        let message = format!("«{name}» không nhận «{text}»; dùng {}", known.join(", "));
        faults.add(entry.place_of(name), "bad_value", message);
    }
    word.unwrap_or(otherwise)
}

fn own_years(entry: &Entry<'_>, faults: &mut Faults) -> u16 {
    count(entry, "years", faults)
}

/// A whole number of the condition itself, at least 1.
fn count(entry: &Entry<'_>, name: &str, faults: &mut Faults) -> u16 {
    if !entry.has(name) {
        faults.add(entry.place, "missing_field", format!("cách kiểm tra này cần trường «{name}»"));
        return 1;
    }
    optional(entry, name, faults).unwrap_or(1)
}

fn optional(entry: &Entry<'_>, name: &str, faults: &mut Faults) -> Option<u16> {
    let number = if entry.has(name) { entry.count(name, faults)? } else { return None };
    if number == 0 {
        faults.add(entry.place_of(name), "bad_value", format!("«{name}» phải từ 1 trở lên"));
    }
    Some(number.max(1))
}
