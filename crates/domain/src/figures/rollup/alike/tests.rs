//! Numerator and denominator, this year and last, are of the same reporters.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::float_cmp)]

use proptest::prelude::*;

use super::*;
use crate::figures::rollup::{Columns, Forest, Heirs};

const GAP: f64 = f64::NAN;

/// A ward of a preschool and three schools: pupils, swimmers; the preschool owes no swimmers.
struct Ward {
    forest: Forest,
    rollup: RollUp,
    expectations: Expectations,
}

impl Ward {
    fn of(pupils: [f64; 4], swimmers: [f64; 4], heirs: Option<[Heirs; 4]>) -> Self {
        let units =
            [("ward", None), ("pre", Some("ward")), ("a", Some("ward")), ("b", Some("ward")), ("c", Some("ward"))];
        let forest = Forest::tree(&units).unwrap();
        let layout = Arc::new(match heirs {
            Some(heirs) => Layout::on_map(&forest, &heirs),
            None => Layout::as_reported(&forest, &[1, 2, 3, 4]),
        });
        let columns = Columns::from_columns(&[pupils.to_vec(), swimmers.to_vec()]).unwrap();
        let owes = [vec![true; 4], vec![false, true, true, true]];
        let expectations = Expectations::new(&layout, &owes, vec![0, 1]);
        Self { forest, rollup: RollUp::of(layout, columns, 1), expectations }
    }

    fn part<'a>(&'a self, elements: &'a [usize]) -> Part<'a> {
        Part { rollup: &self.rollup, expectations: &self.expectations, elements }
    }
}

fn n_of(made: Made) -> (u32, u32) {
    (made.reported, made.expected)
}

#[test]
fn a_ratio_is_of_those_who_gave_both_of_its_items() {
    let ward = Ward::of([100.0, 300.0, 400.0, 500.0], [GAP, 90.0, GAP, 200.0], None);
    let part = ward.part(&[0, 1]);
    let alike = Alike::of(&[part], ward.forest.len());
    assert!(alike.hides_figures());
    let sums = alike.sums(0, &part);
    // School b gave no swimmers: its pupils are no part of the share; the preschool's children are, it owes none.
    assert_eq!((sums.sum(0, 0), sums.sum(0, 1)), (900.0, 290.0));
    assert_eq!(n_of(part.made(ward.forest.subtree(0), alike.left_out(0))), (3, 4));
    assert!(sums.sum(3, 0).is_nan(), "nor is there a share of school b itself");
    assert_eq!(n_of(part.made(ward.forest.subtree(3), alike.left_out(0))), (0, 1));
    // The sum of the pupils alone stands as it is.
    assert_eq!(n_of(ward.part(&[0]).made(ward.forest.subtree(0), &[])), (4, 4));
    assert_eq!(n_of(ward.part(&[1]).made(ward.forest.subtree(0), &[])), (2, 3));
}

#[test]
fn who_gave_nothing_hides_nothing() {
    let ward = Ward::of([100.0, 300.0, GAP, 500.0], [GAP, 90.0, GAP, 200.0], None);
    let part = ward.part(&[0, 1]);
    let alike = Alike::of(&[part], ward.forest.len());
    assert!(!alike.hides_figures(), "the plain sums are those of the rest");
    assert_eq!(n_of(part.made(ward.forest.subtree(0), alike.left_out(0))), (3, 4));
    assert!(part.made(ward.forest.subtree(0), alike.left_out(0)).is_partial());
}

#[test]
fn two_years_are_compared_over_the_same_places_and_heirs_stand_with_those_before_them() {
    // Last year the second row was a school whose heir is c this year.
    let heirs = [Heirs::Whole(1), Heirs::Whole(4), Heirs::Whole(3), Heirs::Whole(4)];
    let before = Ward::of([100.0, 50.0, 400.0, 500.0], [GAP, 10.0, 100.0, 200.0], Some(heirs));
    let now = Ward::of([100.0, 300.0, 410.0, 560.0], [GAP, 90.0, 100.0, GAP], None);
    let parts = [now.part(&[1]), before.part(&[1])];
    let alike = Alike::of(&parts, now.forest.len());
    assert_eq!(alike.sums(0, &parts[0]).sum(0, 0), 190.0);
    assert_eq!(alike.sums(1, &parts[1]).sum(0, 0), 100.0, "c's own and those whose heir it is are left out");
    assert_eq!(n_of(parts[0].made(now.forest.subtree(0), alike.left_out(0))), (2, 3));
}

#[test]
fn the_poorer_of_two_is_the_one_with_the_smaller_share() {
    let made = |reported, expected| Made { reported, expected, missing: expected - reported, apportioned: 0 };
    assert_eq!(made(9, 9).poorer(made(4, 15)), made(4, 15));
    assert_eq!(made(4, 15).poorer(made(9, 9)), made(4, 15));
    assert_eq!(made(0, 0).poorer(made(9, 9)), made(9, 9));
    assert_eq!(made(2, 4).poorer(made(0, 0)), made(2, 4));
}

proptest! {
    #[test]
    fn every_sum_is_that_of_the_complete_schools(
        cells in proptest::collection::vec(proptest::option::weighted(0.7, 0_i32..500), 8),
    ) {
        let figure = |at: usize| cells[at].map_or(GAP, f64::from);
        let (pupils, swimmers) = ([0, 1, 2, 3].map(figure), [GAP, figure(5), figure(6), figure(7)]);
        let ward = Ward::of(pupils, swimmers, None);
        let part = ward.part(&[0, 1]);
        let alike = Alike::of(&[part], ward.forest.len());
        let is_complete = |at: usize| !pupils[at].is_nan() && (at == 0 || !swimmers[at].is_nan());
        let complete: Vec<usize> = (0..4).filter(|at| is_complete(*at)).collect();
        let sums = alike.sums(0, &part);
        for (element, column) in [pupils, swimmers].iter().enumerate() {
            let given: Vec<f64> = complete.iter().map(|&at| column[at]).filter(|value| !value.is_nan()).collect();
            let sum = sums.sum(0, element);
            let is_right = if given.is_empty() { sum.is_nan() } else { sum == given.iter().sum::<f64>() };
            prop_assert!(is_right);
        }
        prop_assert_eq!(n_of(part.made(ward.forest.subtree(0), alike.left_out(0))), (complete.len() as u32, 4));
        if !alike.hides_figures() {
            let same = |element| sums.sum(0, element).to_bits() == ward.rollup.sum(0, element).to_bits();
            prop_assert!(same(0) && same(1));
        }
    }

    #[test]
    fn one_unit_added_up_alone_is_the_same_as_in_the_sums_of_the_whole_map(
        cells in proptest::collection::vec(proptest::option::weighted(0.7, 0_i32..500), 24),
        heirs in proptest::collection::vec(proptest::collection::vec(3_usize..11, 1..3), 12),
    ) {
        let wards = [("province", None), ("x", Some("province")), ("y", Some("x"))];
        let schools = ["a", "b", "c", "d", "e", "f", "g", "h"].iter().enumerate();
        let schools = schools.map(|(at, code)| (*code, Some(["province", "x", "y", "y"][at / 2])));
        let forest = Forest::tree(&wards.into_iter().chain(schools).collect::<Vec<_>>()).unwrap();
        let heirs: Vec<Heirs> = heirs.into_iter().map(|heirs| match heirs[..] {
            [one, two] if one != two => Heirs::Divided(vec![(one, 0.75), (two, 0.25)]),
            _ => Heirs::Whole(heirs[0]),
        }).collect();
        let layout = Arc::new(Layout::on_map(&forest, &heirs));
        let figure = |at: usize| cells[at].map_or(GAP, |figure| f64::from(figure) / 3.0);
        let columns = Columns::from_columns(&[(0..12).map(figure).collect(), (12..24).map(figure).collect()]).unwrap();
        let owes = [vec![true; 12], vec![true; 12]];
        let expectations = Expectations::new(&layout, &owes, vec![0, 1]);
        let rollup = RollUp::of(layout, columns, 1);
        let part = Part { rollup: &rollup, expectations: &expectations, elements: &[1, 0] };
        let alike = Alike::of(&[part], forest.len());
        let sums = alike.sums(0, &part);
        for unit in 0..forest.len() {
            for (place, element) in part.elements.iter().enumerate() {
                let (all, alone) = (sums.sum(unit, place), alike.sum_at(0, &part, *element, unit));
                prop_assert!(all.to_bits() == alone.to_bits() || all.is_nan() && alone.is_nan(), "{unit}: {all} {alone}");
            }
        }
    }
}
