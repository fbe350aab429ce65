//! Reads rule packs from TOML; `data/README.md` shows the format.

use std::collections::BTreeMap;

use jiff::civil::Date;
use rust_decimal::Decimal;

use super::{
    AwardKind, AwardRule, BaseSalary, Choice, CrossRule, Grantor, GrantorRow, Money, Quota, Recipients, RuleCode,
    RulePack, clauses, inherit, validate,
};
use crate::{
    Confidence,
    awards::quota::Rounding,
    figures::pack::{
        PackFault, PackFile, document,
        entry::{Entry, SOURCE_FIELDS},
        faults::{Faults, Place},
    },
    organisation::Validity,
};

const PACK_FIELDS: [&str; 16] = [
    "code",
    "vi",
    "en",
    "effective_from",
    "effective_to",
    "frame",
    "extends",
    "inherited_confidence",
    "texts",
    "award",
    "rules",
    "quotas",
    "money",
    "base_salary",
    "grantors",
    "transition",
];
const AWARD_FIELDS: [&str; 10] =
    ["code", "vi", "en", "kind", "for", "granted_by", "grantor_article", "needs_matrix", "article", "clauses"];

/// Where each part of a pack stands: `award/CODE`, `quotas/CODE`, `money/CODE`, `grantors/NUMBER`, `clause/AWARD/CODE`.
pub(super) type Places = BTreeMap<String, Place>;

/// A pack as its file says it, before it takes over what it extends.
pub(super) struct Draft {
    pub(super) pack: RulePack,
    pub(super) extends: Option<(String, Place)>,
    pub(super) inherited_confidence: Option<Confidence>,
    pub(super) place: Place,
    pub(super) places: Places,
}

/// Whether a file of the shipped data is a rule pack: every `.toml` in a folder `awards`.
pub fn belongs(name: &str) -> bool {
    name.rsplit_once('/')
        .is_some_and(|(folder, file)| folder.rsplit('/').next() == Some("awards") && file.ends_with(".toml"))
}

/// Reads rule packs, one in each file, in the order of their days.
///
/// # Errors
/// Every fault of every file with its line: what cannot be read, unknown awards and tests, packs in force on the same day,
/// days under no pack.
pub fn load(files: &[PackFile<'_>]) -> Result<Vec<RulePack>, Vec<PackFault>> {
    let mut files = files.to_vec();
    files.sort_by_key(|file| file.name);
    let mut faults = Faults::new(files.iter().map(|file| file.name.to_owned()).collect());
    let mut drafts = Vec::with_capacity(files.len());
    for (number, file) in files.iter().enumerate() {
        let table = document::read(number, file.text, &mut faults);
        drafts.push(draft(&Entry::of_file(&table), &mut faults));
    }
    drafts.sort_by_key(|draft| draft.pack.validity.from);
    inherit::settle(&mut drafts, &mut faults);
    validate::packs(&drafts, &mut faults);
    faults.into_result(drafts.into_iter().map(|draft| draft.pack).collect())
}

fn draft(entry: &Entry<'_>, faults: &mut Faults) -> Draft {
    entry.allow(&[&PACK_FIELDS, &SOURCE_FIELDS], faults);
    let mut places = Places::new();
    let quotas = noted(entry, "quotas", &mut places, faults);
    let money = noted(entry, "money", &mut places, faults);
    let grantors = noted(entry, "grantors", &mut places, faults);
    let awards = entry.entries("award", faults).iter().map(|one| award(one, &mut places, faults)).collect();
    let rules = entry.entries("rules", faults);
    let transition = entry.entries("transition", faults);
    let pack = RulePack {
        code: entry.required_text("code", faults),
        label: entry.label(faults),
        validity: validity(entry, faults),
        is_frame: entry.truth("frame", faults),
        texts: entry.texts("texts", faults).into_iter().map(|(_, text)| text).collect(),
        awards,
        rules: rules.iter().filter_map(|one| rule(one, faults)).collect(),
        quotas: quotas.iter().map(|one| quota(one, faults)).collect(),
        money: money.iter().map(|one| line_of_money(one, faults)).collect(),
        base_salary: entry.entries("base_salary", faults).iter().filter_map(|one| salary(one, faults)).collect(),
        grantors: grantors.iter().filter_map(|one| grantor_row(one, faults)).collect(),
        transition: transition.first().map(|one| one.label(faults)),
        source: entry.source(faults),
    };
    let extends = entry.own_text("extends", faults).map(|code| (code, entry.place_of("extends")));
    let inherited_confidence = entry.word("inherited_confidence", faults);
    Draft { pack, extends, inherited_confidence, place: entry.place_of("effective_from"), places }
}

/// The entries of a field, their places noted.
fn noted<'b>(entry: &'b Entry<'_>, field: &str, places: &mut Places, faults: &mut Faults) -> Vec<Entry<'b>> {
    let entries = entry.entries(field, faults);
    for (number, one) in entries.iter().enumerate() {
        let name = if one.name.is_empty() { number.to_string() } else { one.name.to_owned() };
        places.insert(format!("{field}/{name}"), one.place);
    }
    entries
}

fn award(entry: &Entry<'_>, places: &mut Places, faults: &mut Faults) -> AwardRule {
    entry.allow(&[&AWARD_FIELDS, &SOURCE_FIELDS], faults);
    let code = entry.own_text("code", faults).unwrap_or_default();
    if code.is_empty() {
        faults.add(entry.place, "missing_field", "thiếu trường «code»");
    }
    if places.insert(format!("award/{code}"), entry.place).is_some() {
        faults.add(entry.place, "duplicate_code", format!("danh hiệu, hình thức «{code}» ghi hai lần trong gói"));
    }
    let mut granted_by = Vec::new();
    for (place, text) in entry.texts("granted_by", faults) {
        match Grantor::parse(&text) {
            Some(grantor) => granted_by.push(grantor),
            None => faults.add(place, "unknown_grantor", format!("không có cấp quyết định «{text}»")),
        }
    }
    AwardRule {
        label: entry.label(faults),
        kind: entry.required_word("kind", AwardKind::Title, faults),
        recipients: entry.required_word("for", Recipients::Both, faults),
        granted_by,
        grantor_article: entry.own_text("grantor_article", faults).unwrap_or_default(),
        needs_matrix: entry.truth("needs_matrix", faults),
        clauses: clauses::read(entry, &code, places, faults),
        source: entry.source(faults),
        code,
    }
}

fn validity(entry: &Entry<'_>, faults: &mut Faults) -> Validity {
    let validity = Validity { from: day(entry, "effective_from", faults), to: day(entry, "effective_to", faults) };
    if !validity.is_ordered() {
        faults.add(entry.place_of("effective_to"), "bad_date", "ngày hết hiệu lực đứng trước ngày có hiệu lực");
    }
    validity
}

fn day(entry: &Entry<'_>, name: &str, faults: &mut Faults) -> Option<Date> {
    let text = entry.own_text(name, faults)?;
    let day = text.parse::<Date>().ok();
    if day.is_none() {
        faults.add(entry.place_of(name), "bad_date", format!("«{name}» phải là ngày dạng 2025-07-01"));
    }
    day
}

/// A decimal from a number of the file, as it is written there.
fn decimal(entry: &Entry<'_>, name: &str, faults: &mut Faults) -> Decimal {
    if !entry.has(name) {
        faults.add(entry.place, "missing_field", format!("thiếu trường «{name}»"));
        return Decimal::ZERO;
    }
    let number = entry.number(name, faults).unwrap_or_default();
    let read = Decimal::try_from(number).unwrap_or_default();
    if read <= Decimal::ZERO {
        faults.add(entry.place_of(name), "bad_value", format!("«{name}» phải là số lớn hơn 0"));
    }
    read
}

fn rule(entry: &Entry<'_>, faults: &mut Faults) -> Option<CrossRule> {
    entry.allow(&[&["vi", "en", "article", "percent", "part"], &SOURCE_FIELDS], faults);
    let word = serde::de::value::StrDeserializer::<serde::de::value::Error>::new(entry.name);
    let Ok(code) = <RuleCode as serde::Deserialize>::deserialize(word) else {
        faults.add(entry.place, "unknown_rule", format!("không có quy định chung «{}»", entry.name));
        return None;
    };
    let mut number = |name: &str| if entry.has(name) { entry.count(name, faults) } else { None };
    let number = number("percent").or_else(|| number("part"));
    if number.is_none() && matches!(code, RuleCode::TieWomen | RuleCode::WomenLeadersTerm) {
        let message = "quy định này cần một số: «percent» (tỷ lệ nữ) hoặc «part» (được giảm một phần mấy)";
        faults.add(entry.place, "missing_field", message);
    }
    Some(CrossRule {
        code,
        label: entry.label(faults),
        article: entry.own_text("article", faults).unwrap_or_default(),
        number,
        source: entry.source(faults),
    })
}

fn quota(entry: &Entry<'_>, faults: &mut Faults) -> Quota {
    entry.allow(&[&["vi", "en", "award", "of", "percent", "rounding", "comparison"], &SOURCE_FIELDS], faults);
    Quota {
        code: entry.name.to_owned(),
        label: entry.label(faults),
        award: entry.required_text("award", faults),
        of: entry.own_text("of", faults),
        percent: decimal(entry, "percent", faults),
        rounding: entry.required_word("rounding", Rounding::Down, faults),
        is_comparison: entry.truth("comparison", faults),
        source: entry.source(faults),
    }
}

fn line_of_money(entry: &Entry<'_>, faults: &mut Faults) -> Money {
    entry.allow(&[&["vi", "en", "multiple"], &SOURCE_FIELDS], faults);
    Money {
        code: entry.name.to_owned(),
        label: entry.has("vi").then(|| entry.label(faults)),
        multiple: decimal(entry, "multiple", faults),
        source: entry.source(faults),
    }
}

fn salary(entry: &Entry<'_>, faults: &mut Faults) -> Option<BaseSalary> {
    entry.allow(&[&["from", "amount"], &SOURCE_FIELDS], faults);
    let amount = decimal(entry, "amount", faults);
    let source = entry.source(faults);
    let Some(from) = day(entry, "from", faults) else {
        faults.add(entry.place, "missing_field", "thiếu trường «from»: ngày áp dụng mức lương cơ sở");
        return None;
    };
    Some(BaseSalary { from, amount, source })
}

fn grantor_row(entry: &Entry<'_>, faults: &mut Faults) -> Option<GrantorRow> {
    entry.allow(&[&["award", "unit_kind", "grantor"], &SOURCE_FIELDS], faults);
    let (award, unit_kind) = (entry.required_text("award", faults), entry.required_text("unit_kind", faults));
    let (text, source) = (entry.required_text("grantor", faults), entry.source(faults));
    let grantor = Grantor::parse(&text);
    if grantor.is_none() {
        faults.add(entry.place_of("grantor"), "unknown_grantor", format!("không có cấp quyết định «{text}»"));
    }
    Some(GrantorRow { award, unit_kind, grantor: grantor?, source })
}
