//! Indicators from the files in `indicators/`. A formula may read elements and other indicators, written alike.

use super::Codes;
use super::entry::{Entry, SOURCE_FIELDS};
use super::faults::{Faults, Place};
use super::formulas::Vocabulary;
use super::order;
use crate::figures::catalogue::{Direction, Indicator, ItemCode, Measure, MissingStrategy};

/// Fields that may stand for a whole file or group and at the indicator itself.
const SHARED: [&str; 6] = ["level", "measure", "decimals", "direction", "missing", "over_100"];

/// An indicator as written, and where its formula stands.
#[derive(Clone)]
pub(super) struct Draft {
    pub(super) indicator: Indicator,
    place: Place,
}

pub(super) fn read<'a>(files: impl Iterator<Item = Entry<'a>>, codes: &mut Codes, faults: &mut Faults) -> Vec<Draft> {
    let mut drafts = Vec::new();
    for file in files {
        file.allow(&[&["group"], &SHARED, &SOURCE_FIELDS], faults);
        for group in file.entries("group", faults) {
            group.allow(&[&["code", "indicators"], &SHARED, &SOURCE_FIELDS], faults);
            let group_code = group.required_text("code", faults);
            for entry in group.entries("indicators", faults) {
                entry.allow(&[&["vi", "en", "formula"], &SHARED, &SOURCE_FIELDS], faults);
                if codes.claim(entry.name, entry.place, faults) {
                    drafts.push(draft(&entry, &group_code, faults));
                }
            }
        }
    }
    drafts
}

fn draft(entry: &Entry<'_>, group: &str, faults: &mut Faults) -> Draft {
    if ItemCode::parse(entry.name).is_none() {
        faults.add(entry.place, "bad_code", format!("mã «{}» phải gồm chữ không dấu, chữ số, _ và -", entry.name));
    }
    let indicator = Indicator {
        code: entry.name.to_owned(),
        label: entry.label(faults),
        measure: Measure(entry.required_text("measure", faults)),
        decimals: entry.count("decimals", faults).map_or(1, |decimals| decimals.min(6) as u8),
        level: entry.word("level", faults),
        direction: entry.required_word("direction", Direction::Neutral, faults),
        formula: entry.required_text("formula", faults),
        missing: entry.word::<MissingStrategy>("missing", faults).unwrap_or_default(),
        over_100: entry.truth("over_100", faults),
        group: group.to_owned(),
        source: entry.source(faults),
    };
    Draft { indicator, place: entry.place_of("formula") }
}

/// Checks every formula and puts the indicators in an order in which none precedes what it needs.
pub(super) fn check_and_order(drafts: Vec<Draft>, vocabulary: &Vocabulary<'_>, faults: &mut Faults) -> Vec<Indicator> {
    let mut needs = Vec::with_capacity(drafts.len());
    for draft in &drafts {
        let items = vocabulary.check(&draft.indicator.formula, draft.place, faults);
        let position = |item: &ItemCode| drafts.iter().position(|other| other.indicator.code == item.element);
        needs.push(items.iter().filter_map(position).collect::<Vec<usize>>());
    }
    let (order, cycles) = order::sort(&needs);
    for cycle in cycles {
        let path: Vec<&str> = cycle.iter().map(|&index| drafts[index].indicator.code.as_str()).collect();
        let first = path.first().copied().unwrap_or_default();
        let message = format!("chỉ số tính vòng tròn: {} → {first}; hãy bỏ một mắt xích", path.join(" → "));
        faults.add(drafts[cycle[0]].place, "indicator_cycle", message);
    }
    order.into_iter().map(|index| drafts[index].indicator.clone()).collect()
}
