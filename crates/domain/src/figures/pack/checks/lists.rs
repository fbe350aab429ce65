//! Rules written from lists of items: parts of a whole (CK-02), parts of a total (CK-01), items to watch (CK-09). Their
//! labels are made of the elements' own.

use super::{Pack, comparison, severity};
use crate::Label;
use crate::figures::catalogue::{CheckKind, CheckRule, ItemCode};
use crate::figures::pack::entry::Entry;
use crate::figures::pack::faults::{Faults, Place};
use crate::figures::pack::formulas;

/// One rule per part: it is at most the whole.
pub(super) fn parts_of_whole(entry: &Entry<'_>, pack: &Pack<'_>, faults: &mut Faults) -> Vec<CheckRule> {
    let Some((whole, parts)) = whole_and_parts(entry, "whole", pack, faults) else { return Vec::new() };
    let mut rules = Vec::with_capacity(parts.len());
    for part in parts {
        let (of_part, of_whole) = (pack.label(&part), pack.label(&whole));
        let label = Label {
            vi: format!("«{}» không lớn hơn «{}»", of_part.vi, of_whole.vi),
            en: format!("“{}” at most “{}”", of_part.en, of_whole.en),
        };
        let check = comparison(entry, read(&part), "<=", read(&whole), faults);
        rules.push(rule(entry, Some(&part), label, check, faults));
    }
    rules
}

/// The rule that the parts add up to the total.
pub(super) fn parts_of_total(entry: &Entry<'_>, pack: &Pack<'_>, faults: &mut Faults) -> Vec<CheckRule> {
    let Some((total, parts)) = whole_and_parts(entry, "total", pack, faults) else { return Vec::new() };
    let (Some(first), Some(last)) = (parts.first(), parts.last()) else { return Vec::new() };
    let (of_total, first, last) = (pack.label(&total), pack.label(first), pack.label(last));
    let label = Label {
        vi: format!("«{}» bằng tổng {} phần, từ «{}» đến «{}»", of_total.vi, parts.len(), first.vi, last.vi),
        en: format!("“{}” equals its {} parts, from “{}” to “{}”", of_total.en, parts.len(), first.en, last.en),
    };
    let sum: Vec<String> = parts.iter().map(read).collect();
    let check = comparison(entry, read(&total), "==", sum.join(" + "), faults);
    vec![rule(entry, None, label, check, faults)]
}

/// One alert per item.
pub(super) fn jumps(entry: &Entry<'_>, pack: &Pack<'_>, faults: &mut Faults) -> Vec<CheckRule> {
    let (percent, least) = (limit(entry, "percent", faults), limit(entry, "least", faults));
    let mut rules = Vec::new();
    for (place, text) in entry.texts("jump", faults) {
        let Some(item) = known(place, &text, pack, faults) else { continue };
        let of_item = pack.label(&item);
        let label = Label {
            vi: format!("{}: biến động lớn so với năm trước", of_item.vi),
            en: format!("{}: large change on last year", of_item.en),
        };
        let check = CheckKind::Jump { item: item.clone(), percent, least };
        rules.push(rule(entry, Some(&item), label, check, faults));
    }
    rules
}

fn rule(entry: &Entry<'_>, item: Option<&ItemCode>, label: Label, check: CheckKind, faults: &mut Faults) -> CheckRule {
    let code = item.map_or_else(|| entry.name.to_owned(), |item| format!("{}-{item}", entry.name));
    CheckRule { code, label, check, severity: severity(entry, faults), source: entry.source(faults) }
}

/// The item of `field` and the known items of `parts`.
fn whole_and_parts(
    entry: &Entry<'_>,
    field: &str,
    pack: &Pack<'_>,
    faults: &mut Faults,
) -> Option<(ItemCode, Vec<ItemCode>)> {
    let whole = entry.required_text(field, faults);
    let whole = known(entry.place_of(field), &whole, pack, faults);
    if !entry.has("parts") {
        faults.add(entry.place, "missing_field", "thiếu trường «parts»");
    }
    let parts = entry.texts("parts", faults);
    let parts = parts.iter().filter_map(|(place, text)| known(*place, text, pack, faults)).collect();
    whole.map(|whole| (whole, parts))
}

fn known(place: Place, text: &str, pack: &Pack<'_>, faults: &mut Faults) -> Option<ItemCode> {
    let Some(item) = ItemCode::parse(text) else {
        faults.add(place, "bad_code", format!("«{text}» không phải mã chỉ tiêu"));
        return None;
    };
    formulas::check_item(&item, place, pack.catalogue, faults);
    formulas::knows(&item, pack.catalogue).then_some(item)
}

fn limit(entry: &Entry<'_>, name: &str, faults: &mut Faults) -> f64 {
    entry.number(name, faults).unwrap_or_else(|| {
        faults.add(entry.place, "missing_field", format!("thiếu trường «{name}»"));
        0.0
    })
}

/// The item as a formula reads it.
fn read(item: &ItemCode) -> String {
    format!("#{{{item}}}")
}
