//! Blocks and columns against the definitions for one unit, on one core and on several.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use proptest::prelude::*;

use super::{super::tests::Table, *};
use crate::{
    evaluation::{
        criteria::{
            PointRule, Test,
            tests::{SOUND, read},
        },
        score::{Mark, NO_GROUP, NoValue, Quantity},
    },
    figures::catalogue::Direction,
};

const CODE: &str = "sec_learning_fair_or_better_share";
const CLUBS: &str = "clubs";
const UNITS: usize = 2 * BLOCK_UNITS + 300;

/// Every kind of rule on a number, each as the text of a criterion of 10 points.
const RULES: [&str; 7] = [
    "steps = [\"80.. = 10\", \"60..80 = 5.5\", \"..60 = 0\"]",
    "steps = [\"..20 = 1\", \"20..40 = 10\", \"40.. = 10\"]",
    "linear = \"20..90\"",
    "best_of_peers = true",
    "improvement = true, full_at = 95, steps = [\"2.. = 10\", \"0..2 = 6\", \"..0 = 1\"]",
    "improvement = true, linear = \"-5..5\"",
    "improvement = true, best_of_peers = true",
];

fn set(rule: &str, weight: &str) -> CriteriaSet {
    let line = SOUND.lines().find(|line| line.starts_with("learning")).unwrap();
    let text = format!(
        "learning = {{ vi = \"a\", en = \"a\", max = 10, kind = \"indicator\", indicator = \"{CODE}\", {rule}{weight} }}"
    );
    let text = SOUND.replace(line, &text).replace("max = 20\n", "");
    read(&text).unwrap_or_else(|faults| panic!("{faults:#?}"))
}

fn quantity(previous: bool) -> Quantity {
    Quantity::Indicator { code: CODE.to_owned(), previous }
}

/// The mark as a sheet says it, unit by unit, from the numbers alone.
fn by_hand(set: &CriteriaSet, table: &Table, groups: &[u32], unit: usize) -> Mark {
    let item = set.items().next().unwrap();
    let Test::Measured { rule, basis, .. } = &item.test else { panic!() };
    let number = |previous, unit: usize| Some(table.columns[&quantity(previous)][unit]).filter(|one| one.is_finite());
    let improves = *basis != crate::evaluation::criteria::Basis::Value;
    let scored = |unit| match (number(false, unit), improves) {
        (now, false) => now,
        (now, true) => now.zip(number(true, unit)).map(|(now, before)| ((now - before) * 1e9).round() / 1e9),
    };
    let Some(now) = number(false, unit) else { return Mark::None(NoValue::Missing) };
    if improves && rule != &PointRule::BestOfPeers && item_is_full(item, now) {
        return Mark::Scored(item.max);
    }
    let Some(value) = scored(unit) else { return Mark::None(NoValue::NoLastYear) };
    match rule {
        PointRule::Steps(steps) => {
            let step = steps.iter().find(|step| step.contains(value));
            step.map_or(Mark::None(NoValue::Undefined), |step| Mark::Scored(step.points))
        }
        PointRule::Linear { from, to } => {
            Mark::Scored(Points::rounded(item.max.number() * ((value - from) / (to - from)).clamp(0.0, 1.0)))
        }
        PointRule::BestOfPeers => {
            let peers = (0..groups.len()).filter(|peer| groups[*peer] != NO_GROUP && groups[*peer] == groups[unit]);
            let values: Vec<f64> = peers.filter_map(scored).collect();
            let best = values.iter().copied().fold(f64::NEG_INFINITY, f64::max);
            if values.len() < 2 {
                return Mark::None(NoValue::NoPeers);
            }
            let share = if value == best { if value > 0.0 { 1.0 } else { 0.0 } } else { value / best };
            let share = if share.is_finite() { share.clamp(0.0, 1.0) } else { 0.0 };
            Mark::Scored(Points::rounded(item.max.number() * share))
        }
    }
}

fn item_is_full(item: &crate::evaluation::criteria::Item, now: f64) -> bool {
    use crate::evaluation::criteria::Basis::Improvement;
    matches!(&item.test, Test::Measured { basis: Improvement { full_at: Some(full_at) }, .. } if now >= *full_at)
}

fn noisy(seed: u64, holes: bool) -> Vec<f64> {
    let mut state = seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1;
    let mut next = || {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        state >> 40
    };
    let value = |draw: u64| if holes && draw.is_multiple_of(31) { f64::NAN } else { (draw % 1001) as f64 / 10.0 };
    (0..UNITS).map(|_| value(next())).collect()
}

fn table(seed: u64, holes: bool) -> Table {
    let mut table = Table::new(UNITS);
    table.set(quantity(false), &noisy(seed, holes));
    table.set(quantity(true), &noisy(seed ^ 0xABCD, holes));
    table.entered(CLUBS, &noisy(seed ^ 0x1234, holes).iter().map(|value| value / 10.0).collect::<Vec<_>>());
    table
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(4))]

    #[test]
    fn a_column_gives_every_unit_what_the_definition_gives_it(seed in any::<u64>(), holes in any::<bool>()) {
        let (table, groups) = (table(seed, holes), (0..UNITS as u32).map(|unit| unit % 9).collect::<Vec<_>>());
        for rule in RULES {
            let set = set(rule, "");
            let (marks, _) = scored(&set, &table, &groups, 1);
            let items: Vec<_> = set.items().map(|item| ItemColumns::of(item, &table, &groups)).collect();
            for unit in 0..UNITS {
                prop_assert_eq!(marks.mark(0, unit), by_hand(&set, &table, &groups, unit), "{} {}", rule, unit);
                for (place, item) in items.iter().enumerate() {
                    prop_assert_eq!(marks.mark(place, unit), item.code(&table, &groups, unit).mark());
                }
            }
        }
    }

    #[test]
    fn sums_of_a_block_are_the_sums_of_each_sheet_on_one_core_or_three(seed in any::<u64>(), holes in any::<bool>()) {
        let (table, groups) = (table(seed, holes), vec![0; UNITS]);
        for weight in ["", ", weight = 1.5", ", cap = 4"] {
            let set = set(RULES[2], weight);
            let (marks, totals) = scored(&set, &table, &groups, 1);
            let scores = super::super::Scores { unit_count: UNITS, marks, totals };
            for unit in 0..UNITS {
                let mut sum = PartScore::default();
                scores.criteria(&set, unit).into_iter().for_each(|part| sum.add(part));
                prop_assert_eq!(scores.totals[unit].base, sum);
            }
            let (_, on_three) = scored(&set, &table, &groups, 3);
            prop_assert_eq!(&scores.totals, &on_three);
            prop_assert_eq!(&scores.totals, &added_up(&set, &scores.marks, UNITS));
        }
    }
}

#[test]
fn a_fall_is_better_where_less_is_better_in_columns_too() {
    let rule = "direction = \"down\", best_of_peers = true";
    let set = set(rule, "");
    assert!(matches!(set.items().next().unwrap().test, Test::Measured { direction: Direction::Down, .. }));
    let (table, groups) = (table(7, false), vec![0; UNITS]);
    let best = table.columns[&quantity(false)].iter().copied().fold(f64::INFINITY, f64::min);
    let (marks, _) = scored(&set, &table, &groups, 2);
    for unit in 0..UNITS {
        let value = table.columns[&quantity(false)][unit];
        let share = if value == best { 1.0 } else { best / value };
        assert_eq!(marks.mark(0, unit), Mark::Scored(Points::rounded(10.0 * share)), "{unit}");
    }
}

#[test]
fn every_mark_survives_its_packing() {
    let reasons = [
        NoValue::Missing,
        NoValue::Undefined,
        NoValue::NotFinite,
        NoValue::NotEntered,
        NoValue::NoLastYear,
        NoValue::NoPeers,
    ];
    let marks = reasons.map(Mark::None).into_iter().chain([
        Mark::NotApplicable,
        Mark::Scored(Points::ZERO),
        Mark::Scored(Points::whole(1_000_000)),
    ]);
    for mark in marks {
        assert_eq!(Code::from(mark).mark(), mark);
        assert_eq!(Code::from(mark).is_points(), matches!(mark, Mark::Scored(_)));
    }
}
