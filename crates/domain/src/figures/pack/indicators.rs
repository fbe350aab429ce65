//! Indicators from the files in `indicators/`. A formula may read elements and other indicators, written alike.

use super::Codes;
use super::entry::{Entry, SOURCE_FIELDS};
use super::faults::{Faults, Place};
use super::{formulas, order};
use crate::figures::catalogue::{Catalogue, Direction, Indicator, ItemCode, Measure, MissingStrategy};

/// Fields that may stand for a whole file or group and at the indicator itself.
const SHARED: [&str; 6] = ["level", "measure", "decimals", "direction", "missing", "over_100"];

/// The indicators as written, and the place of each one's formula.
pub(super) fn read<'a>(
    files: impl Iterator<Item = Entry<'a>>,
    codes: &mut Codes,
    faults: &mut Faults,
) -> (Vec<Indicator>, Vec<Place>) {
    let (mut indicators, mut places) = (Vec::new(), Vec::new());
    for file in files {
        file.allow(&[&["group"], &SHARED, &SOURCE_FIELDS], faults);
        for group in file.entries("group", faults) {
            group.allow(&[&["code", "indicators"], &SHARED, &SOURCE_FIELDS], faults);
            let group_code = group.required_text("code", faults);
            for entry in group.entries("indicators", faults) {
                entry.allow(&[&["vi", "en", "formula"], &SHARED, &SOURCE_FIELDS], faults);
                if codes.claim(entry.name, entry.place, faults) {
                    indicators.push(indicator(&entry, &group_code, faults));
                    places.push(entry.place_of("formula"));
                }
            }
        }
    }
    (indicators, places)
}

fn indicator(entry: &Entry<'_>, group: &str, faults: &mut Faults) -> Indicator {
    if ItemCode::parse(entry.name).is_none() {
        faults.add(entry.place, "bad_code", format!("mã «{}» phải gồm chữ không dấu, chữ số, _ và -", entry.name));
    }
    Indicator {
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
    }
}

/// Checks every formula and puts the indicators in an order in which none precedes what it needs.
pub(super) fn check_and_order(catalogue: &Catalogue, places: &[Place], faults: &mut Faults) -> Vec<Indicator> {
    let indicators = &catalogue.indicators;
    let position = |item: &ItemCode| indicators.iter().position(|other| other.code == item.element);
    let needs: Vec<Vec<usize>> = indicators
        .iter()
        .zip(places)
        .map(|(indicator, place)| formulas::check(&indicator.formula, *place, catalogue, faults))
        .map(|items| items.iter().filter_map(position).collect())
        .collect();
    let (order, circles) = order::sort(&needs);
    for circle in circles {
        let path: Vec<&str> = circle.iter().map(|&index| indicators[index].code.as_str()).collect();
        let first = path.first().copied().unwrap_or_default();
        let message = format!("chỉ số tính vòng tròn: {} → {first}; hãy bỏ một mắt xích", path.join(" → "));
        faults.add(places[circle[0]], "indicator_cycle", message);
    }
    order.into_iter().map(|index| indicators[index].clone()).collect()
}
