//! Reads fields, criteria and items of a set.

use rust_decimal::{Decimal, prelude::FromPrimitive};

use super::{
    Basis, Criterion, Item, Measured, PointRule, Points, Rung, Spot, Step, Test, WorkField,
    pack::{Places, points},
};
use crate::figures::{
    catalogue::{Catalogue, Direction, ItemCode},
    pack::{
        entry::{Entry, SOURCE_FIELDS},
        faults::Faults,
    },
};

const ITEM_FIELDS: [&str; 17] = [
    "vi",
    "en",
    "max",
    "kind",
    "indicator",
    "part",
    "whole",
    "of",
    "steps",
    "linear",
    "best_of_peers",
    "improvement",
    "full_at",
    "rungs",
    "level",
    "applies_if",
    "direction",
];
const KINDS: &str = "indicator, ratio, count, yes_no, timeliness, completeness, level hoặc evidence";

pub(super) fn field(
    number: usize,
    entry: &Entry<'_>,
    catalogue: &Catalogue,
    places: &mut Places,
    faults: &mut Faults,
) -> WorkField {
    entry.allow(&[&["code", "number", "vi", "en", "max", "level", "criteria"], &SOURCE_FIELDS], faults);
    places.insert(Spot::Field(number), entry.place);
    let criteria = entry.entries("criteria", faults);
    let criteria = criteria.iter().enumerate().map(|(place, criterion)| {
        places.insert(Spot::Criterion(number, place), criterion.place);
        self::criterion((number, place), criterion, catalogue, places, faults)
    });
    let criteria = criteria.collect();
    WorkField {
        code: entry.required_text("code", faults),
        number: entry.own_text("number", faults).unwrap_or_else(|| (number + 1).to_string()),
        label: entry.label(faults),
        max: points(entry, "max", faults),
        criteria,
        source: entry.source(faults),
    }
}

fn criterion(
    (field, place): (usize, usize),
    entry: &Entry<'_>,
    catalogue: &Catalogue,
    places: &mut Places,
    faults: &mut Faults,
) -> Criterion {
    entry.allow(&[&["number", "weight", "cap", "items"], &ITEM_FIELDS, &SOURCE_FIELDS], faults);
    let number = entry.own_text("number", faults).unwrap_or_else(|| format!("{}.{}", field + 1, place + 1));
    let weight = if entry.has("weight") { entry.number("weight", faults) } else { None };
    let weight = weight.and_then(Decimal::from_f64).unwrap_or(Decimal::ONE);
    let (cap, max) = (points(entry, "cap", faults), points(entry, "max", faults));
    let mut items = Vec::new();
    if entry.has("items") {
        for (inner, item) in entry.entries("items", faults).iter().enumerate() {
            item.allow(&[&ITEM_FIELDS, &SOURCE_FIELDS], faults);
            places.insert(Spot::Item(field, place, inner), item.place);
            items.push(self::item(item, catalogue, faults));
        }
    } else {
        places.insert(Spot::Item(field, place, 0), entry.place);
        items.push(item(entry, catalogue, faults));
    }
    // A single item's maximum is meant before the weight, so it declares nothing about the criterion then.
    let declares = entry.has("items") || (weight == Decimal::ONE && cap.is_none());
    let max = max.filter(|_| declares);
    Criterion { code: entry.name.to_owned(), number, label: entry.label(faults), max, weight, cap, items }
}

fn item(entry: &Entry<'_>, catalogue: &Catalogue, faults: &mut Faults) -> Item {
    let max = points(entry, "max", faults);
    if !entry.has("max") {
        faults.add(entry.place, "missing_field", "thiếu trường «max»: điểm chuẩn của mục");
    }
    let test = test(entry, catalogue, faults);
    let own_level = match &test {
        Test::Measured { measured: Measured::Indicator(code), .. } => {
            catalogue.indicator(code).and_then(|one| one.level)
        }
        _ => None,
    };
    Item {
        code: entry.name.to_owned(),
        label: entry.label(faults),
        max: max.unwrap_or_default(),
        test,
        level: entry.word("level", faults).or(own_level),
        applies_if: entry.own_text("applies_if", faults),
        source: entry.source(faults),
    }
}

fn test(entry: &Entry<'_>, catalogue: &Catalogue, faults: &mut Faults) -> Test {
    let kind = entry.own_text("kind", faults).unwrap_or_default();
    let measured = match kind.as_str() {
        "indicator" => Measured::Indicator(own_required(entry, "indicator", faults)),
        "ratio" => {
            let mut item = |name| item_code(entry, name, faults).unwrap_or_else(nameless);
            Measured::Ratio { part: item("part"), whole: item("whole") }
        }
        "count" => Measured::Count(optional_item(entry, faults)),
        "timeliness" => Measured::Timeliness,
        "completeness" => Measured::Completeness,
        "yes_no" => return Test::YesNo { item: optional_item(entry, faults) },
        "level" => return Test::Level { item: optional_item(entry, faults), rungs: rungs(entry, faults) },
        "evidence" => return Test::Evidence,
        other => {
            let message = match other {
                "" => format!("mục chưa ghi cách chấm (trường «kind»); dùng {KINDS}"),
                other => format!("không có cách chấm «{other}»; dùng {KINDS}"),
            };
            let place = if other.is_empty() { entry.place } else { entry.place_of("kind") };
            faults.add(place, "missing_kind", message);
            return Test::Evidence;
        }
    };
    let direction = entry.word("direction", faults).unwrap_or_else(|| match &measured {
        Measured::Indicator(code) => catalogue.indicator(code).map_or(Direction::Up, |one| one.direction),
        _ => Direction::Up,
    });
    let basis = match entry.has("improvement") && entry.truth("improvement", faults) {
        true => Basis::Improvement { full_at: entry.number("full_at", faults) },
        false => Basis::Value,
    };
    Test::Measured { measured, basis, rule: rule(entry, faults), direction }
}

fn rule(entry: &Entry<'_>, faults: &mut Faults) -> PointRule {
    let given = ["steps", "linear", "best_of_peers"].map(|name| entry.has(name));
    if given.iter().filter(|given| **given).count() != 1 {
        let message = "cần đúng một cách quy ra điểm: «steps» (theo bậc), «linear» (tỉ lệ thuận) hoặc «best_of_peers»";
        faults.add(entry.place, "missing_rule", message);
    }
    if given[1] {
        return linear(entry, faults);
    }
    if given[2] {
        return PointRule::BestOfPeers;
    }
    let mut steps = Vec::new();
    for (place, text) in entry.texts("steps", faults) {
        match Step::read(&text) {
            Ok(step) => steps.push(step),
            Err(message) => faults.add(place, "bad_step", message),
        }
    }
    PointRule::Steps(steps)
}

fn linear(entry: &Entry<'_>, faults: &mut Faults) -> PointRule {
    let text = entry.own_text("linear", faults).unwrap_or_default();
    let bounds = text.split_once("..").and_then(|(from, to)| {
        let number = |text: &str| text.trim().parse::<f64>().ok().filter(|number| number.is_finite());
        number(from).zip(number(to))
    });
    let Some((from, to)) = bounds.filter(|(from, to)| from != to) else {
        let message = format!("«{text}» không đúng dạng «mức 0 điểm..mức đủ điểm», ví dụ «50..100» hoặc «5..0»");
        faults.add(entry.place_of("linear"), "bad_linear", message);
        return PointRule::Linear { from: 0.0, to: 100.0 };
    };
    PointRule::Linear { from, to }
}

fn rungs(entry: &Entry<'_>, faults: &mut Faults) -> Vec<Rung> {
    let mut rungs = Vec::new();
    for rung in entry.entries("rungs", faults) {
        rung.allow(&[&["at", "vi", "en", "points"]], faults);
        for name in ["at", "points"] {
            if !rung.has(name) {
                faults.add(rung.place, "missing_field", format!("thiếu trường «{name}»"));
            }
        }
        let at = rung.number("at", faults).unwrap_or_default();
        let points = points(&rung, "points", faults).unwrap_or(Points::ZERO);
        rungs.push(Rung { at, label: rung.label(faults), points });
    }
    rungs
}

fn own_required(entry: &Entry<'_>, name: &str, faults: &mut Faults) -> String {
    if !entry.has(name) {
        faults.add(entry.place, "missing_field", format!("thiếu trường «{name}»"));
    }
    entry.own_text(name, faults).unwrap_or_default()
}

fn item_code(entry: &Entry<'_>, name: &str, faults: &mut Faults) -> Option<ItemCode> {
    let text = own_required(entry, name, faults);
    let code = ItemCode::parse(&text);
    if code.is_none() && !text.is_empty() {
        let message = format!("«{text}» không đúng dạng «mã» hoặc «mã.phân_tổ»");
        faults.add(entry.place_of(name), "bad_code", message);
    }
    code
}

/// The item that `of` names; none where a person enters the number.
fn optional_item(entry: &Entry<'_>, faults: &mut Faults) -> Option<ItemCode> {
    if entry.has("of") { item_code(entry, "of", faults) } else { None }
}

/// Stands in for a code whose fault is already noted.
fn nameless() -> ItemCode {
    ItemCode { element: String::new(), option: None }
}
