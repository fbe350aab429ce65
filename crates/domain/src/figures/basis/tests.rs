//! The ground of the shipped indicators.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use super::*;
use crate::figures::pack::tests::shipped_catalogue;

#[test]
fn a_ratio_rests_on_the_items_of_what_it_reads_and_a_change_on_both_years() {
    let catalogue = shipped_catalogue();
    let formulas: Vec<Formula> =
        catalogue.indicators.iter().map(|indicator| Formula::parse(&indicator.formula).unwrap()).collect();
    let bases = bases(&catalogue, &formulas);
    let of = |code: &str| {
        let number = catalogue.indicators.iter().position(|indicator| indicator.code == code).unwrap();
        let basis = &bases[number];
        let text = |items: &[ItemCode]| items.iter().map(ToString::to_string).collect::<Vec<_>>().join(" ");
        (text(&basis.items), text(&basis.items_before), basis.is_sum, basis.reads_parent)
    };
    let owned =
        |items: &str, before: &str, is_sum, reads_parent| (items.to_owned(), before.to_owned(), is_sum, reads_parent);
    let prizes = "prize_province_count prize_national_count prize_international_count";
    assert_eq!(of("general_pupil_total"), owned("pri_pupil_count sec_pupil_count", "", true, false));
    assert_eq!(of("swimming_share"), owned("swimming_pupil_count pri_pupil_count sec_pupil_count", "", false, false));
    assert_eq!(of("prize_high_total"), owned(prizes, "", true, false));
    assert_eq!(of("prize_change"), owned(prizes, prizes, false, false));
    assert_eq!(of("pri_pupil_parent_share"), owned("pri_pupil_count", "", false, true));
    let (items, before, ..) = of("sec_learning_fair_or_better_change");
    assert_eq!(items, before, "last year's shares rest on last year's items");
    assert!(!of("sec_learning_fair_or_better_share").2, "a sum of shares is no sum");
}

#[test]
fn a_mean_of_shares_is_weighted_by_what_they_are_shares_of() {
    let mut catalogue = shipped_catalogue();
    let of = |catalogue: &Catalogue, code: &str| weight_of_share(catalogue, code).map(|item| item.to_string());
    let of_shipped = |code: &str| of(&catalogue, code);
    assert_eq!(of_shipped("sec_learning_good_share").as_deref(), Some("sec_rated_count"));
    let sum = "sec_learning_fair_or_better_share";
    assert_eq!(of_shipped(sum).as_deref(), Some("sec_rated_count"), "a sum of shares of one item");
    assert_eq!(of_shipped("meal_pupil_share").as_deref(), Some("pupil_total"), "an indicator may be the whole");
    assert_eq!(of_shipped("pupil_total"), None, "no share");
    assert_eq!(of_shipped("sec_learning_fair_or_better_change"), None, "last year is no part of this one");
    assert_eq!(of_shipped("pre_overweight_rate"), None, "a share of two items together");
    let whole: Vec<String> =
        whole_of_share(&catalogue, "pre_overweight_rate").unwrap().iter().map(ToString::to_string).collect();
    assert_eq!(whole, ["pre_nursery_examined_count", "pre_kindergarten_examined_count"]);
    // The quotient of two shares of one item is no share of it, nor is their product.
    for (operator, weight) in [("-", Some("sec_rated_count")), ("/", None), ("*", None)] {
        let indicator = catalogue.indicators.iter_mut().find(|indicator| indicator.code == sum).unwrap();
        indicator.formula = format!("#{{sec_learning_good_share}} {operator} #{{sec_learning_fair_share}}");
        assert_eq!(of(&catalogue, sum).as_deref(), weight, "{operator}");
    }
}
