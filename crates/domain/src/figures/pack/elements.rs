//! Data elements from the files in `elements/`.

use super::Codes;
use super::entry::{Entry, SOURCE_FIELDS};
use super::faults::{Faults, Place};
use super::options::Options;
use crate::figures::catalogue::{Aggregation, DataElement, ElementOption, ItemCode, Measure, ValueKind};
use crate::{Label, Level};

/// Fields that may stand for a whole file or group and at the element itself.
const SHARED: [&str; 9] = ["level", "measure", "aggregation", "kind", "min", "max", "decimals", "options", "choices"];

pub(super) fn read<'a>(
    files: impl Iterator<Item = Entry<'a>>,
    options: &Options,
    codes: &mut Codes,
    faults: &mut Faults,
) -> Vec<DataElement> {
    let (mut elements, mut named) = (Vec::new(), Vec::new());
    for file in files {
        file.allow(&[&["group"], &SHARED, &SOURCE_FIELDS], faults);
        for group in file.entries("group", faults) {
            group.allow(&[&["title", "elements"], &SHARED, &SOURCE_FIELDS], faults);
            for entry in group.entries("elements", faults) {
                entry.allow(&[&["vi", "en", "length_max", "greatest_of"], &SHARED, &SOURCE_FIELDS], faults);
                if codes.claim(entry.name, entry.place, faults) {
                    let parts = entry.texts("greatest_of", faults);
                    let greatest_of = parts.iter().filter_map(|(_, code)| ItemCode::parse(code)).collect();
                    elements.push(DataElement { greatest_of, ..element(&entry, options, faults) });
                    named.extend(parts);
                }
            }
        }
    }
    check_parts(&named, &elements, faults);
    elements
}

/// What an element is the greatest of is what a school gives: an element or one option of it.
fn check_parts(named: &[(Place, String)], elements: &[DataElement], faults: &mut Faults) {
    let is_given = |item: &ItemCode| {
        let known = elements.iter().find(|element| element.code == item.element && element.greatest_of.is_empty());
        known.is_some_and(|element| {
            item.option.as_ref().is_none_or(|code| element.options.iter().any(|option| option.code == *code))
        })
    };
    for (place, code) in named.iter().filter(|(_, code)| !ItemCode::parse(code).is_some_and(|item| is_given(&item))) {
        faults.add(*place, "unknown_item", format!("không có chỉ tiêu «{code}» mà trường khai"));
    }
}

fn element(entry: &Entry<'_>, options: &Options, faults: &mut Faults) -> DataElement {
    let level = entry.word("level", faults);
    check_code(entry, level, faults);
    let aggregation = entry.required_word("aggregation", Aggregation::Sum, faults);
    let value = value_kind(entry, faults);
    let arithmetic = matches!(value, ValueKind::Count { .. } | ValueKind::Decimal { .. });
    if arithmetic == (aggregation == Aggregation::List) {
        let message = "cách cộng «list» dành cho có/không, lựa chọn và chữ; số phải là «sum», «last» hoặc «ratio»";
        faults.add(entry.place, "bad_value", message);
    }
    DataElement {
        code: entry.name.to_owned(),
        label: entry.label(faults),
        measure: Measure(entry.required_text("measure", faults)),
        aggregation,
        level,
        value,
        options: element_options(entry, options, faults),
        greatest_of: Vec::new(),
        source: entry.source(faults),
    }
}

fn value_kind(entry: &Entry<'_>, faults: &mut Faults) -> ValueKind {
    let max = entry.number("max", faults);
    match entry.text("kind", faults).as_deref() {
        None | Some("count") => ValueKind::Count { max },
        Some("decimal") => {
            let decimals = entry.count("decimals", faults).map_or(1, |decimals| decimals.min(6) as u8);
            ValueKind::Decimal { min: entry.number("min", faults), max, decimals }
        }
        Some("yes_no") => ValueKind::YesNo,
        Some("choice") => {
            let choices: Vec<String> = entry.texts("choices", faults).into_iter().map(|(_, text)| text).collect();
            if choices.is_empty() {
                faults.add(entry.place, "missing_field", "kiểu «choice» cần danh sách «choices»");
            }
            ValueKind::Choice { choices }
        }
        Some("text") => ValueKind::Text { length_max: entry.count("length_max", faults).unwrap_or(500) },
        Some(other) => {
            let message = format!("kiểu «{other}» không có; dùng count, decimal, yes_no, choice hoặc text");
            faults.add(entry.place_of("kind"), "bad_value", message);
            ValueKind::Count { max }
        }
    }
}

fn element_options(entry: &Entry<'_>, options: &Options, faults: &mut Faults) -> Vec<ElementOption> {
    let mut read: Vec<ElementOption> = Vec::new();
    for (place, code) in entry.texts("options", faults) {
        if read.iter().any(|option| option.code == code) {
            faults.add(place, "duplicate_code", format!("phân tổ «{code}» ghi hai lần"));
        }
        let label = options.options.get(&code).cloned().unwrap_or_else(|| {
            faults.add(place, "unknown_option", format!("phân tổ «{code}» chưa có trong options.toml"));
            Label { vi: code.clone(), en: code.clone() }
        });
        read.push(ElementOption { code, label });
    }
    read
}

/// The prefix that elements of a level carry.
fn prefix(level: Level) -> &'static str {
    match level {
        Level::Preschool => "pre_",
        Level::Primary => "pri_",
        Level::LowerSecondary => "sec_",
        Level::UpperSecondary => "upp_",
        Level::Continuing => "con_",
    }
}

fn check_code(entry: &Entry<'_>, level: Option<Level>, faults: &mut Faults) {
    let snake_case = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_';
    if ItemCode::parse(entry.name).is_none() || !entry.name.chars().all(snake_case) {
        let message = format!("mã «{}» phải gồm chữ thường không dấu, chữ số và dấu _", entry.name);
        faults.add(entry.place, "bad_code", message);
        return;
    }
    let carried = Level::ALL.into_iter().find(|level| entry.name.starts_with(prefix(*level)));
    if carried != level {
        let expected = level.map_or("không có tiền tố cấp học", prefix);
        faults.add(entry.place, "bad_code", format!("mã «{}» không khớp cấp học: cần {expected}", entry.name));
    }
}
