//! The roll-up against a naive recursion, on random trees, seats, figures and gaps.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::float_cmp)]

use std::sync::Arc;

use proptest::prelude::*;

use super::*;
use crate::figures::catalogue::{Aggregation, MissingStrategy};

fn codes_of(refusal: &crate::Refusal) -> Vec<(&str, &str)> {
    refusal.reasons.iter().map(|reason| (reason.code.as_str(), reason.at.as_str())).collect()
}

#[test]
fn units_stand_in_pre_order_whatever_the_order_given() {
    let forest = Forest::tree(&[
        ("school-b", Some("ward")),
        ("province", Some("nation")),
        ("ward", Some("province")),
        ("nation", None),
        ("school-a", Some("ward")),
        ("ward-2", Some("province")),
    ])
    .unwrap();
    let order: Vec<&str> = forest.codes().collect();
    assert_eq!(order, ["nation", "province", "ward", "school-b", "school-a", "ward-2"]);
    let ward = forest.position("ward").unwrap();
    assert_eq!(forest.subtree(ward), 2..5);
    assert_eq!(forest.children(1).collect::<Vec<_>>(), [2, 5]);
    assert_eq!(forest.ancestors(ward).collect::<Vec<_>>(), [1, 0]);
    assert_eq!(forest.children(5).count(), 0);
}

#[test]
fn a_bad_tree_names_every_unit_at_fault() {
    let refusal = Forest::new(&[("a", Some("x")), ("b", None), ("b", Some("a")), ("c", Some("y"))]).unwrap_err();
    assert_eq!(codes_of(&refusal), [("duplicate_unit", "b"), ("unknown_parent", "a"), ("unknown_parent", "c")]);
    let refusal = Forest::new(&[("r", None), ("a", Some("b")), ("b", Some("a")), ("c", Some("a"))]).unwrap_err();
    assert_eq!(codes_of(&refusal), [("cycle", "a"), ("cycle", "b"), ("cycle", "c")]);
    let refusal = Forest::new(&[("a", Some("a"))]).unwrap_err();
    assert_eq!(codes_of(&refusal), [("cycle", "a")]);
    let refusal = Forest::tree(&[("r", None), ("s", None), ("t", None)]).unwrap_err();
    assert_eq!(codes_of(&refusal), [("several_roots", "s"), ("several_roots", "t")]);
    assert_eq!(Forest::new(&[("r", None), ("s", None)]).unwrap().roots().count(), 2);
    assert_eq!(Forest::tree::<&str>(&[]).unwrap_err().reasons[0].code, "no_unit");
}

fn ward() -> (Arc<Layout>, Columns) {
    let forest =
        Forest::tree(&[("ward", None), ("a", Some("ward")), ("b", Some("ward")), ("c", Some("ward"))]).unwrap();
    let layout = Arc::new(Layout::as_reported(&forest, &[1, 2, 3]));
    let columns =
        Columns::from_columns(&[vec![10.0, f64::NAN, 32.0], vec![50.0, 60.0, 70.0], vec![f64::NAN; 3]]).unwrap();
    (layout, columns)
}

#[test]
fn every_sum_says_what_it_is_made_of() {
    let (layout, columns) = ward();
    assert!(layout.is_in_order());
    let rollup = RollUp::of(Arc::clone(&layout), columns, 2);
    let owing = [vec![true, true, true], vec![false, true, true]];
    let expectations = Expectations::new(&layout, &owing, vec![0, 0, 1]);
    let figure =
        |unit, element, aggregation, strategy| rollup.figure(unit, element, aggregation, strategy, &expectations);
    let two_of_three = Made { reported: 2, expected: 3, missing: 1, apportioned: 0 };
    let summed = figure(0, 0, Aggregation::Sum, MissingStrategy::All);
    assert_eq!(summed, Figure { value: Ok(42.0), made: two_of_three });
    let strict = figure(0, 0, Aggregation::Last, MissingStrategy::Any);
    assert_eq!(strict, Figure { value: Err(NoFigure::Missing), made: two_of_three });
    for aggregation in [Aggregation::Ratio, Aggregation::List] {
        assert_eq!(figure(0, 1, aggregation, MissingStrategy::Never).value, Err(NoFigure::NotAdded));
        assert_eq!(figure(2, 1, aggregation, MissingStrategy::Any).value, Ok(60.0));
    }
    let nothing = figure(0, 2, Aggregation::Sum, MissingStrategy::Never);
    assert_eq!(nothing, Figure { value: Ok(0.0), made: Made { reported: 0, expected: 2, missing: 2, apportioned: 0 } });
    assert_eq!(figure(0, 2, Aggregation::Sum, MissingStrategy::All).value, Err(NoFigure::Missing));
    assert_eq!(figure(1, 2, Aggregation::Sum, MissingStrategy::All).made.expected, 0);
}

#[test]
fn a_share_is_used_only_where_one_is_stated() {
    let heir = |unit, share, is_main| Heir { unit, share, is_main };
    assert_eq!(Heirs::settle(&[]), Heirs::Nobody);
    assert_eq!(Heirs::settle(&[heir(4, None, false)]), Heirs::Whole(4));
    let by_kind = [heir(1, None, true), heir(2, None, false)];
    assert_eq!(Heirs::settle(&by_kind), Heirs::Divided(vec![(1, 1.0), (2, 0.0)]));
    let stated = [heir(1, Some(0.25), false), heir(2, Some(0.75), true)];
    assert_eq!(Heirs::settle(&stated), Heirs::Divided(vec![(1, 0.25), (2, 0.75)]));
    let half_stated = [heir(1, Some(0.25), false), heir(2, None, true)];
    assert_eq!(Heirs::settle(&half_stated), Heirs::Divided(vec![(1, 0.0), (2, 1.0)]));
    let wrong_sum = [heir(1, Some(0.25), false), heir(2, Some(0.25), false)];
    assert_eq!(Heirs::settle(&wrong_sum), Heirs::Undivided(vec![1, 2]));
    let rejoined = [heir(1, Some(0.25), false), heir(1, Some(0.75), true)];
    assert_eq!(Heirs::settle(&rejoined), Heirs::Whole(1));
}

#[test]
fn a_divided_ward_is_an_estimate_below_and_whole_above() {
    let forest = Forest::tree(&[("province", None), ("x", Some("province")), ("y", Some("province"))]).unwrap();
    let heirs = [Heirs::Whole(1), Heirs::Divided(vec![(1, 1.0), (2, 0.0)]), Heirs::Whole(2), Heirs::Nobody];
    let layout = Arc::new(Layout::on_map(&forest, &heirs));
    let source = Columns::from_columns(&[vec![10.0, 20.0, 5.0, 99.0]]).unwrap();
    let rollup = RollUp::of(Arc::clone(&layout), source, 1);
    let expectations = Expectations::everyone(&layout, 1);
    let figure = |unit| rollup.figure(unit, 0, Aggregation::Sum, MissingStrategy::Any, &expectations);
    let made = |reported, apportioned| Made { reported, expected: reported, missing: 0, apportioned };
    assert_eq!(figure(0), Figure { value: Ok(35.0), made: made(3, 0) });
    assert_eq!(figure(1), Figure { value: Ok(30.0), made: made(2, 1) });
    assert_eq!(figure(2), Figure { value: Ok(5.0), made: made(1, 1) });
    assert_eq!(layout.unplaced().collect::<Vec<_>>(), [3]);
}

#[test]
fn an_undivided_district_counts_where_its_heirs_meet() {
    let units = [("n", None), ("p", Some("n")), ("x", Some("p")), ("y", Some("p")), ("z", Some("p")), ("q", Some("n"))];
    let forest = Forest::tree(&units).unwrap();
    let layout = Arc::new(Layout::on_map(&forest, &[Heirs::Undivided(vec![2, 4]), Heirs::Whole(3)]));
    let rollup = RollUp::of(Arc::clone(&layout), Columns::from_columns(&[vec![40.0, 2.0]]).unwrap(), 1);
    let expectations = Expectations::everyone(&layout, 1);
    let figure = |unit| rollup.figure(unit, 0, Aggregation::Sum, MissingStrategy::All, &expectations);
    for unit in [0, 1] {
        let made = Made { reported: 2, expected: 2, missing: 0, apportioned: 0 };
        assert_eq!(figure(unit), Figure { value: Ok(42.0), made });
    }
    for unit in [2, 4] {
        let made = Made { reported: 0, expected: 0, missing: 0, apportioned: 1 };
        assert_eq!(figure(unit), Figure { value: Err(NoFigure::Missing), made });
    }
    assert_eq!(figure(3).made.apportioned, 0);
}

#[test]
fn states_are_not_added_over_periods() {
    let gap = f64::NAN;
    assert_eq!(over_periods(Aggregation::Sum, &[1.0, gap, 2.0]), Some(3.0));
    assert_eq!(over_periods(Aggregation::Last, &[1.0, 2.0, gap]), Some(2.0));
    assert_eq!(over_periods(Aggregation::Sum, &[gap]), None);
    assert_eq!(over_periods(Aggregation::Ratio, &[1.0]), None);
}

/// A tree, heirs for each row, and figures with gaps; whole figures so that sums are exact in any order.
type Case = (Vec<usize>, Vec<Heirs>, Vec<Vec<f64>>);

fn case() -> impl Strategy<Value = Case> {
    (1usize..30, 0usize..40, 1usize..6).prop_flat_map(|(units, rows, elements)| {
        let parents: Vec<_> = (0..units).map(|unit| 0..unit.max(1)).collect();
        let heirs = prop_oneof![
            4 => (0..units).prop_map(Heirs::Whole),
            2 => proptest::collection::vec(0..units, 4).prop_map(|units| {
                let places: std::collections::BTreeSet<usize> = units.into_iter().collect();
                match places.first() {
                    Some(&only) if places.len() == 1 => Heirs::Whole(only),
                    _ => Heirs::Divided(places.into_iter().zip([0.5, 0.25, 0.125, 0.125]).collect()),
                }
            }),
            1 => (0..units, 0..units).prop_map(|(main, other)| match main == other {
                true => Heirs::Whole(main),
                false => Heirs::Divided(vec![(main, 1.0), (other, 0.0)]),
            }),
            1 => Just(Heirs::Nobody),
        ];
        let heirs = proptest::collection::vec(heirs, rows);
        let figure = prop_oneof![1 => Just(f64::NAN), 4 => (-500i32..500).prop_map(|n| f64::from(n) * 8.0)];
        let figures = proptest::collection::vec(proptest::collection::vec(figure, rows), elements);
        (parents, heirs, figures)
    })
}

fn forest_of(parents: &[usize]) -> Forest {
    let units: Vec<(String, Option<String>)> = parents
        .iter()
        .enumerate()
        .map(|(unit, parent)| (unit.to_string(), (unit > 0).then(|| parent.to_string())))
        .collect();
    Forest::tree(&units).unwrap()
}

/// Sum, reporters, apportioned reporters of a unit, by looking at every row.
fn naive(forest: &Forest, heirs: &[Heirs], figures: &[f64], unit: usize) -> (f64, u32, u32) {
    let inside = |place: usize| place == unit || forest.ancestors(place).any(|ancestor| ancestor == unit);
    let (mut sum, mut reported, mut apportioned) = (0.0, 0, 0);
    for (heirs, figure) in heirs.iter().zip(figures).filter(|(_, figure)| !figure.is_nan()) {
        let parts: Vec<(usize, f64)> = match heirs {
            Heirs::Whole(place) => vec![(*place, 1.0)],
            Heirs::Divided(parts) => parts.clone(),
            Heirs::Undivided(_) | Heirs::Nobody => vec![],
        };
        let here: Vec<_> = parts.iter().filter(|(place, _)| inside(*place)).collect();
        sum += here.iter().map(|(_, share)| share * figure).sum::<f64>();
        reported += u32::from(here.iter().any(|(_, share)| *share > 0.0));
        apportioned += u32::from(!here.is_empty() && here.len() < parts.len());
    }
    (if reported == 0 { f64::NAN } else { sum }, reported, apportioned)
}

fn same(left: f64, right: f64) -> bool {
    left == right || (left.is_nan() && right.is_nan())
}

/// Every sum, to the bit, and every count.
fn bits(rollup: &RollUp) -> Vec<(u64, u32)> {
    let places = (0..rollup.layout().units()).flat_map(|unit| (0..rollup.elements()).map(move |e| (unit, e)));
    places.map(|(unit, e)| (rollup.sum(unit, e).to_bits(), rollup.reported(unit, e))).collect()
}

proptest! {
    #[test]
    fn agrees_with_a_naive_recursion((parents, heirs, figures) in case()) {
        let forest = forest_of(&parents);
        let layout = Arc::new(Layout::on_map(&forest, &heirs));
        let source = Columns::from_columns(&figures).unwrap();
        let rollup = RollUp::of(Arc::clone(&layout), source.clone(), 2);
        prop_assert_eq!(bits(&rollup), bits(&RollUp::of(Arc::clone(&layout), source, 1)));
        let expectations = Expectations::everyone(&layout, figures.len());
        for (element, figures) in figures.iter().enumerate() {
            for unit in 0..forest.len() {
                let (sum, reported, apportioned) = naive(&forest, &heirs, figures, unit);
                prop_assert!(same(rollup.sum(unit, element), sum));
                let figure = rollup.figure(unit, element, Aggregation::Sum, MissingStrategy::All, &expectations);
                let expected = naive(&forest, &heirs, &vec![0.0; heirs.len()], unit).1;
                prop_assert_eq!(figure.made, Made { reported, expected, missing: expected - reported, apportioned });
            }
        }
    }

    #[test]
    fn mending_gives_the_bits_of_a_fresh_roll_up((parents, heirs, figures) in case(), row in any::<prop::sample::Index>(), seed in 1u32..1000) {
        prop_assume!(!heirs.is_empty());
        let forest = forest_of(&parents);
        let layout = Arc::new(Layout::on_map(&forest, &heirs));
        let thirds: Vec<Vec<f64>> = figures.iter().map(|column| column.iter().map(|f| f / 3.0).collect()).collect();
        let mut source = Columns::from_columns(&thirds).unwrap();
        let mut rollup = RollUp::of(Arc::clone(&layout), source.clone(), 1);
        let row = row.index(heirs.len());
        let fresh: Vec<f64> = (0..figures.len())
            .map(|element| if (seed as usize + element).is_multiple_of(3) { f64::NAN } else { f64::from(seed) / 7.0 })
            .collect();
        for (element, &figure) in fresh.iter().enumerate() {
            source.set(row, element, figure);
        }
        rollup.update(row, &fresh);
        prop_assert_eq!(bits(&rollup), bits(&RollUp::of(layout, source, 1)));
    }
}
