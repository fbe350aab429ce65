//! Reads criteria sets from TOML; `data/README.md` shows the format.

use std::collections::BTreeMap;

use jiff::civil::Date;

use super::{
    Adjustment, CriteriaSet, Disqualifier, Finding, Grade, GradeBasis, GradeScale, Points, SetKind, Spot, TieBreak,
    Times, WorkField, items, validate,
};
use crate::{
    figures::{
        catalogue::Catalogue,
        pack::{
            PackFault, PackFile, document,
            entry::{Entry, SOURCE_FIELDS},
            faults::{Faults, Place},
        },
    },
    organisation::Validity,
};

const SET_FIELDS: [&str; 17] = [
    "code",
    "version",
    "vi",
    "en",
    "kind",
    "levels",
    "effective_from",
    "effective_to",
    "max",
    "frame",
    "field",
    "grade_basis",
    "grades",
    "field_grades",
    "bonus_cap",
    "bonus_over_max",
    "ties",
];
const ADJUSTING: [&str; 3] = ["bonuses", "deductions", "disqualifiers"];

/// Where each part of a set stands in its file.
pub(super) type Places = BTreeMap<Spot, Place>;

/// Whether a file of the shipped data is a criteria set: every `.toml` in a folder `criteria`.
pub fn belongs(name: &str) -> bool {
    name.rsplit_once('/')
        .is_some_and(|(folder, file)| folder.rsplit('/').next() == Some("criteria") && file.ends_with(".toml"))
}

/// Reads criteria sets, one in each file, in the order of their codes and versions.
///
/// # Errors
/// Every fault of every file with its line: what cannot be read, what [`validate`] finds, and versions of one set that
/// are in force on the same day.
pub fn load(files: &[PackFile<'_>], catalogue: &Catalogue) -> Result<Vec<CriteriaSet>, Vec<PackFault>> {
    let mut files = files.to_vec();
    files.sort_by_key(|file| file.name);
    let mut faults = Faults::new(files.iter().map(|file| file.name.to_owned()).collect());
    let mut sets: Vec<(CriteriaSet, Place)> = Vec::new();
    for (number, file) in files.iter().enumerate() {
        let table = document::read(number, file.text, &mut faults);
        let entry = Entry::of_file(&table);
        let mut places = Places::from([(Spot::Set, entry.place_of("max"))]);
        let set = set(&entry, catalogue, &mut places, &mut faults);
        for finding in validate(&set, catalogue) {
            let place = places.get(&finding.spot).copied().unwrap_or(entry.place);
            faults.add(place, finding.code, finding.message);
        }
        let twin = sets.iter().find(|(other, _)| other.code == set.code && other.validity.overlaps(set.validity));
        if let Some((_, place)) = twin {
            let first = faults.describe(*place);
            let message =
                format!("bộ tiêu chí «{}» có hai bản cùng hiệu lực (bản kia: {first}); hãy sửa ngày", set.code);
            faults.add(entry.place_of("effective_from"), "versions_overlap", message);
        }
        sets.push((set, entry.place));
    }
    sets.sort_by(|(left, _), (right, _)| (&left.code, left.version).cmp(&(&right.code, right.version)));
    faults.into_result(sets.into_iter().map(|(set, _)| set).collect())
}

/// Everything that is wrong with one text, each fault at the part of the set where it stands.
pub fn faults_by_part(text: &str, catalogue: &Catalogue) -> Vec<Finding> {
    let mut faults = Faults::new(vec!["criteria/bo.toml".to_owned()]);
    let table = document::read(0, text, &mut faults);
    let mut places = Places::new();
    let set = set(&Entry::of_file(&table), catalogue, &mut places, &mut faults);
    let at =
        |fault: PackFault| Finding { spot: part_at(&places, fault.line), code: fault.code, message: fault.message };
    let mut findings: Vec<Finding> = faults.into_result(()).err().into_iter().flatten().map(at).collect();
    findings.extend(validate(&set, catalogue));
    findings.sort_by_key(|finding| finding.spot);
    findings
}

/// The last part that begins at or before a line; of those that begin there together the widest.
fn part_at(places: &Places, line: u32) -> Spot {
    let before = || places.iter().filter(|(_, place)| place.line <= line);
    let last = before().map(|(_, place)| place.line).max();
    before().find(|(_, place)| Some(place.line) == last).map_or(Spot::Set, |(spot, _)| *spot)
}

fn set(entry: &Entry<'_>, catalogue: &Catalogue, places: &mut Places, faults: &mut Faults) -> CriteriaSet {
    entry.allow(&[&SET_FIELDS, &ADJUSTING, &SOURCE_FIELDS], faults);
    let fields: Vec<WorkField> = entry
        .entries("field", faults)
        .iter()
        .enumerate()
        .map(|(place, field)| items::field(place, field, catalogue, places, faults))
        .collect();
    let basis = entry.word("grade_basis", faults).unwrap_or_default();
    let scale = GradeScale { basis, grades: grades(entry, "grades", Spot::Grade, places, faults) };
    let by_percent = GradeBasis::Percent;
    let field_scale = match grades(entry, "field_grades", Spot::FieldGrade, places, faults) {
        none if none.is_empty() && basis == by_percent => scale.clone(),
        grades => GradeScale { basis: by_percent, grades },
    };
    CriteriaSet {
        code: entry.required_text("code", faults),
        version: entry.count("version", faults).map_or(1, u32::from),
        label: entry.label(faults),
        validity: validity(entry, faults),
        kind: entry.required_word("kind", SetKind::Office, faults),
        levels: levels(entry, faults),
        is_frame: entry.truth("frame", faults),
        max: points(entry, "max", faults),
        ties: ties(entry, &fields, faults),
        fields,
        scale,
        field_scale,
        bonuses: adjustments(entry, "bonuses", Spot::Bonus, places, faults),
        bonus_cap: points(entry, "bonus_cap", faults),
        bonus_over_max: entry.truth("bonus_over_max", faults),
        deductions: adjustments(entry, "deductions", Spot::Deduction, places, faults),
        disqualifiers: disqualifiers(entry, places, faults),
        source: entry.source(faults),
    }
}

/// Points that the entry itself gives.
pub(super) fn points(entry: &Entry<'_>, name: &str, faults: &mut Faults) -> Option<Points> {
    let number = if entry.has(name) { entry.number(name, faults)? } else { return None };
    let points = Points::declared(number);
    if points.is_none() {
        let message = format!("«{name}» phải là điểm không âm, nhiều nhất hai chữ số thập phân");
        faults.add(entry.place_of(name), "bad_points", message);
    }
    points
}

fn validity(entry: &Entry<'_>, faults: &mut Faults) -> Validity {
    let mut day = |name: &str| {
        let text = entry.text(name, faults)?;
        let day = text.parse::<Date>().ok();
        if day.is_none() {
            faults.add(entry.place_of(name), "bad_date", format!("«{name}» phải là ngày dạng 2024-09-01"));
        }
        day
    };
    let validity = Validity { from: day("effective_from"), to: day("effective_to") };
    if !validity.is_ordered() {
        faults.add(entry.place_of("effective_to"), "bad_date", "ngày hết hiệu lực đứng trước ngày có hiệu lực");
    }
    validity
}

fn levels(entry: &Entry<'_>, faults: &mut Faults) -> Vec<crate::Level> {
    let mut levels = Vec::new();
    for (place, text) in entry.texts("levels", faults) {
        match crate::Level::parse(&text) {
            Some(level) => levels.push(level),
            None => faults.add(place, "unknown_level", format!("không có cấp học «{text}»")),
        }
    }
    levels
}

fn grades(
    entry: &Entry<'_>,
    name: &str,
    spot: impl Fn(usize) -> Spot,
    places: &mut Places,
    faults: &mut Faults,
) -> Vec<Grade> {
    let mut grades = Vec::new();
    for (number, grade) in entry.entries(name, faults).iter().enumerate() {
        grade.allow(&[&["vi", "en", "from"]], faults);
        places.insert(spot(number), grade.place);
        if !grade.has("from") {
            faults.add(grade.place, "missing_field", "thiếu trường «from»: mức điểm hoặc phần trăm thấp nhất");
        }
        let from = points(grade, "from", faults).unwrap_or_default();
        grades.push(Grade { code: grade.name.to_owned(), label: grade.label(faults), from });
    }
    grades
}

fn adjustments(
    entry: &Entry<'_>,
    name: &str,
    spot: impl Fn(usize) -> Spot,
    places: &mut Places,
    faults: &mut Faults,
) -> Vec<Adjustment> {
    let mut found = Vec::new();
    for (number, one) in entry.entries(name, faults).iter().enumerate() {
        one.allow(&[&["vi", "en", "points", "times_max", "times"], &SOURCE_FIELDS], faults);
        places.insert(spot(number), one.place);
        if !one.has("points") {
            faults.add(one.place, "missing_field", "thiếu trường «points»: số điểm cho mỗi lần");
        }
        let times = match one.own_text("times", faults).as_deref() {
            None => Times::Entered,
            Some("late_forms") => Times::LateForms,
            Some(other) => {
                let message = format!("«times» không nhận giá trị «{other}»; dùng late_forms hoặc bỏ trường này");
                faults.add(one.place_of("times"), "bad_value", message);
                Times::Entered
            }
        };
        found.push(Adjustment {
            code: one.name.to_owned(),
            label: one.label(faults),
            points: points(one, "points", faults).unwrap_or_default(),
            times_max: one.count("times_max", faults),
            times,
            source: one.source(faults),
        });
    }
    found
}

fn disqualifiers(entry: &Entry<'_>, places: &mut Places, faults: &mut Faults) -> Vec<Disqualifier> {
    let mut found = Vec::new();
    for (number, one) in entry.entries("disqualifiers", faults).iter().enumerate() {
        one.allow(&[&["vi", "en"], &SOURCE_FIELDS], faults);
        places.insert(Spot::Disqualifier(number), one.place);
        let (label, source) = (one.label(faults), one.source(faults));
        found.push(Disqualifier { code: one.name.to_owned(), label, source });
    }
    found
}

fn ties(entry: &Entry<'_>, fields: &[WorkField], faults: &mut Faults) -> Vec<TieBreak> {
    let mut ties = Vec::new();
    for (place, text) in entry.texts("ties", faults) {
        let field = text.strip_prefix("field:").and_then(|code| fields.iter().position(|field| field.code == code));
        match (text.as_str(), field) {
            ("fewer_deductions", _) => ties.push(TieBreak::FewerDeductions),
            ("more_bonus", _) => ties.push(TieBreak::MoreBonus),
            (_, Some(field)) => ties.push(TieBreak::Field(field)),
            _ => {
                let message = format!(
                    "không hiểu tiêu chí phụ «{text}»; dùng «field:mã lĩnh vực», «fewer_deductions» hoặc «more_bonus»"
                );
                faults.add(place, "unknown_tie_break", message);
            }
        }
    }
    ties
}
