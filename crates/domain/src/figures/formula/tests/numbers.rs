//! Decimal arithmetic: examples, and the fast roads against the exact one.

use proptest::prelude::*;

use super::{
    super::{decimal, number},
    *,
};

#[test]
fn numbers_behave_as_decimals() {
    check(
        "0.1 + 0.2 => 0.3
        0.1 + 0.2 == 0.3 => true
        0.3 - 0.1 => 0.2
        1.1 * 1.1 => 1.21
        4.35 * 100 => 435
        1 / 3 => 0.3333333333333333
        2 / 3 => 0.6666666666666667
        200 / 3 => 66.66666666666667
        0.7 / 0.1 => 7
        5.5 % 1.1 => 0
        1 % 0.1 => 0
        -5.5 % 2 => -1.5
        1e300 % 7 => 1
        7 % 1e300 => 7
        1e16 + 1 => 10000000000000000
        9007199254740993 => 9007199254740992
        9007199254740992 + 1 => 9007199254740992
        1e22 + 1e-22 => 1e22
        1e-7 => 1e-7
        -1.5e-7 => -1.5e-7
        0.0000015 => 0.0000015
        -0.5 => -0.5
        123.25 => 123.25
        1.25e21 => 1.25e21
        120 => 120
        0.000001 => 0.000001
        123456789012345680000 => 123456789012345680000
        1e21 => 1e21
        5e-324 / 2 => 5e-324
        5e-324 / 3 => 0
        1.7976931348623157e308 => 1.7976931348623157e308
        0.1 * 3 => 0.3
        1 - 0.9 => 0.1
        100 * 1.15 => 115
        99.99 / 100 => 0.9999
        9.5 / 10 => 0.95
        1e-320 * 1e10 => 1e-310",
    );
}

#[test]
fn of_two_shortest_forms_the_even_one_counts() {
    check(
        "792347117203495.25 - 2854.6 => 792347117200640.6
        -93.4 - -1757351711911179.25 => 1757351711911085.8
        241778124059788.625 % 2587 => 1915.62
        1234567890.00390625 * 10 => 12345678900.039062
        687960732106031925 * 1 => 687960732106031900",
    );
}

/// Doubles of every kind, ordinary ones most often.
fn doubles() -> impl Strategy<Value = f64> {
    prop_oneof![
        3 => (-5000i32..5000).prop_map(f64::from),
        3 => (-900_000i32..900_000, 0i32..5).prop_map(|(n, places)| f64::from(n) / 10f64.powi(places)),
        2 => (-(1i64 << 53)..(1i64 << 53)).prop_map(|n| n as f64),
        2 => 0.0..100.0f64,
        1 => ((1u64 << 50)..(1 << 53), 1u32..4).prop_map(|(n, places)| n as f64 / f64::from(1 << places)),
        1 => ((1u64 << 50)..(1 << 53), 1u32..9).prop_map(|(n, places)| n as f64 * f64::from(1 << places)),
        1 => any::<f64>().prop_filter("finite", |x| x.is_finite()),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(4000))]

    #[test]
    fn fast_roads_agree_with_the_exact_one(a in doubles(), b in doubles()) {
        prop_assert_eq!(number::add(a, b), decimal::add(a, b));
        prop_assert_eq!(number::subtract(a, b), decimal::add(a, -b));
        prop_assert_eq!(number::multiply(a, b), decimal::multiply(a, b));
        if b != 0.0 {
            prop_assert_eq!(number::remainder(a, b), decimal::remainder(a, b));
            if a != 0.0 {
                prop_assert_eq!(number::divide(a, b), decimal::divide(a, b));
            }
        }
    }

    #[test]
    fn integer_ways_agree_with_text(x in doubles(), digits: u64, more in 0u64..1_000_000, exponent in -24i32..3) {
        prop_assert_eq!(decimal::shortest(x), decimal::by_text::shortest(x));
        for digits in [u128::from(digits), u128::from(digits) * u128::from(more), u128::from(digits >> 10)] {
            prop_assert_eq!(decimal::nearest(false, digits, exponent), decimal::by_text::nearest(digits, exponent));
        }
        let ratio = number::divide(f64::from(u32::try_from(more).unwrap()), 1999.0);
        prop_assert_eq!(decimal::shortest(ratio), decimal::by_text::shortest(ratio));
    }

    #[test]
    fn quotients_near_one_agree_with_the_exact_road(a in 1u64..3000, b in 1u64..3000, hundredfold: bool) {
        let (a, b) = (if hundredfold { 100 * a } else { a } as f64, b as f64);
        prop_assert_eq!(number::divide(a, b), decimal::divide(a, b));
        prop_assert_eq!(number::round(number::divide(a, b), 1), decimal::round(number::divide(a, b), 1));
    }

    #[test]
    fn rounding_agrees_with_the_exact_road(x in doubles(), decimals in -10i32..=10) {
        prop_assert_eq!(number::round(x, decimals), decimal::round(x, decimals));
    }

    #[test]
    fn whole_numbers_agree_with_integers(a in -(1i64 << 31)..(1i64 << 31), b in -(1i64 << 21)..(1i64 << 21)) {
        let (x, y, a, b) = (a as f64, b as f64, i128::from(a), i128::from(b));
        prop_assert_eq!(number::add(x, y) as i128, a + b);
        prop_assert_eq!(number::subtract(x, y) as i128, a - b);
        prop_assert_eq!(number::multiply(x, y) as i128, a * b);
        if b != 0 {
            prop_assert_eq!(number::remainder(x, y) as i128, a % b);
            prop_assert_eq!(number::divide(number::multiply(x, y), y), x);
        }
    }

    #[test]
    fn text_and_number_round_trip(x in any::<f64>().prop_filter("finite", |x| x.is_finite())) {
        prop_assert_eq!(number::from_text(&number::to_text(x)), Some(x));
    }

    #[test]
    fn nothing_panics(text in "\\PC*", formula in "[-+*/%^()!<>=&|,.#{}'\"\\\\a-c0-9eE \n]{0,40}") {
        for text in [text, formula] {
            if let Ok(formula) = Formula::parse(&text) {
                let _ = formula.evaluate(&keyed("a=1 b=2"), MissingStrategy::Any);
            }
            let _ = number::from_text(&text);
        }
    }
}
