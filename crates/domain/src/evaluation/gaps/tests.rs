//! Against an independent computation (`benches/gaps_numpy.py`), and at the edges.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use serde_json::Value;

use super::*;
use crate::{Level, school_year::SchoolYear};

/// The invented schools: groups, sizes, values by year.
struct Schools {
    groups: Vec<u32>,
    sizes: Vec<f64>,
    years: Vec<(String, Vec<f64>)>,
}

fn schools() -> Schools {
    let mut reader = csv::Reader::from_reader(include_str!("fixtures/values.csv").as_bytes());
    let names: Vec<String> = reader.headers().unwrap().iter().skip(3).map(str::to_owned).collect();
    let mut schools = Schools {
        groups: Vec::new(),
        sizes: Vec::new(),
        years: names.into_iter().map(|name| (name, Vec::new())).collect(),
    };
    for row in reader.records().map(Result::unwrap) {
        schools.groups.push(row[1].parse().unwrap());
        schools.sizes.push(row[2].parse().unwrap());
        for (place, (_, values)) in schools.years.iter_mut().enumerate() {
            values.push(row[3 + place].parse().unwrap_or(f64::NAN));
        }
    }
    schools
}

fn expected() -> Value {
    serde_json::from_str(include_str!("fixtures/expected.json")).unwrap()
}

fn close(found: f64, expected: &Value, what: &str) {
    let expected = expected.as_f64().unwrap();
    assert!((found - expected).abs() <= 1e-9 * expected.abs().max(1e-3), "{what}: {found} is not {expected}");
}

#[test]
fn every_measure_of_a_year_agrees_with_numpy() {
    let (schools, expected) = (schools(), expected());
    for (year, values) in &schools.years {
        let gap = measure(Year { values, groups: &schools.groups, sizes: &schools.sizes }).unwrap();
        let (spread, theil, expected) = (&gap.distribution, gap.theil.as_ref().unwrap(), &expected["years"][year]);
        assert_eq!(spread.n as u64, expected["n"].as_u64().unwrap());
        let found = [
            ("mean", spread.mean),
            ("sd", spread.sd),
            ("cv", spread.cv.unwrap()),
            ("min", spread.min),
            ("p10", spread.p10),
            ("p25", spread.p25),
            ("median", spread.median),
            ("p75", spread.p75),
            ("p90", spread.p90),
            ("max", spread.max),
            ("p90_p10", spread.p90_p10.unwrap()),
            ("theil", theil.total),
            ("between", theil.between),
            ("within", theil.within),
            ("chance_share", gap.chance_share.unwrap()),
        ];
        found.iter().for_each(|(what, found)| close(*found, &expected[what], what));
        assert!((theil.between + theil.within - theil.total).abs() < 1e-12);
    }
}

#[test]
fn convergence_agrees_with_numpy() {
    let (schools, expected) = (schools(), &expected()["convergence"]);
    let (first, last) = (&schools.years[0].1, &schools.years[3].1);
    for (name, growth) in [("points", Growth::Points), ("logarithms", Growth::Logarithms)] {
        let (found, expected) = (beta(first, last, 3.0, growth).unwrap(), &expected[name]);
        assert_eq!(found.n as u64, expected["n"].as_u64().unwrap());
        close(found.intercept, &expected["intercept"], "intercept");
        close(found.slope, &expected["slope"], "slope");
        close(found.standard_error, &expected["standard_error"], "standard_error");
        close(found.t, &expected["t"], "t");
        close(found.r_squared, &expected["r_squared"], "r_squared");
        close(found.speed.unwrap(), &expected["speed"], "speed");
    }
    let spread = |values: &[f64]| distribution(values).unwrap().cv.unwrap();
    let by_year: Vec<(f64, f64)> =
        schools.years.iter().enumerate().map(|(place, (_, values))| (place as f64, spread(values))).collect();
    close(trend(&by_year).unwrap().slope, &expected["sigma_slope"], "sigma_slope");
}

#[test]
fn who_lifted_the_average_agrees_with_pandas_and_adds_up() {
    let (schools, expected) = (schools(), &expected()["lifted"]);
    let later: Vec<f64> = schools
        .sizes
        .iter()
        .zip(&schools.groups)
        .map(|(size, group)| (size * (1.0 + (f64::from(*group) - 2.0) / 50.0)).round_ties_even())
        .collect();
    let found = lifted((&schools.years[0].1, &schools.sizes), (&schools.years[3].1, &later)).unwrap();
    close(found.before, &expected["before"], "before");
    close(found.after, &expected["after"], "after");
    assert_eq!(found.units[0].unit as u64, expected["best"].as_u64().unwrap());
    close(found.units[0].own_change, &expected["own"], "own");
    close(found.units[0].weight_change, &expected["weight"], "weight");
    let sum: f64 = found.units.iter().map(Lift::sum).sum();
    assert!((sum - (found.after - found.before)).abs() < 1e-9);
}

#[test]
fn at_the_edges_there_is_no_measure_rather_than_a_false_one() {
    assert_eq!(distribution(&[f64::NAN]), None);
    let one = distribution(&[5.0]).unwrap();
    assert_eq!((one.n, one.sd, one.p10, one.p90_p10), (1, 0.0, 5.0, Some(1.0)));
    let zeros = distribution(&[0.0, 0.0]).unwrap();
    assert_eq!((zeros.cv, zeros.p90_p10), (None, None));
    assert_eq!(theil(&[-1.0, 2.0], &[0, 0]), None);
    assert_eq!(theil(&[0.0, 0.0], &[0, 0]), None);
    let equal = theil(&[3.0, 3.0, f64::NAN], &[0, 1, 7]).unwrap();
    assert_eq!((equal.total, equal.within), (0.0, 0.0));
    assert!(equal.between.abs() < 1e-15);
    let all_in_one = theil(&[4.0, 0.0, 0.0, 0.0], &[0, 0, 1, 1]).unwrap();
    assert!((all_in_one.total - 4.0_f64.ln()).abs() < 1e-12, "the greatest there is");
    assert_eq!(beta(&[1.0, 2.0], &[1.0, 2.0], 1.0, Growth::Points), None);
    assert_eq!(beta(&[1.0, 1.0, 1.0], &[1.0, 2.0, 3.0], 1.0, Growth::Points), None);
    assert_eq!(chance_share(&[120.0, 50.0], &[30.0, 30.0]), None);
    assert_eq!(chance_share(&[50.0, 50.0], &[30.0, 30.0]), None);
    assert_eq!(lifted((&[f64::NAN], &[1.0]), (&[2.0], &[1.0])), None);
}

#[test]
fn only_like_is_compared_with_like() {
    let nan = f64::NAN;
    let (first, last) = ([1.0, 2.0, nan, 4.0, nan], [1.5, nan, 3.0, 4.5, nan]);
    let panel = Panel::of(&[&first, &last], |unit| unit == 3);
    assert_eq!(panel.units, [0]);
    let expected = [(1, LeftOut::Incomplete), (2, LeftOut::Incomplete), (3, LeftOut::Apportioned)];
    assert_eq!(panel.left_out, expected, "a unit that never had a value is not listed");
    assert_eq!(panel.values(&last), [1.5]);
}

#[test]
fn peers_teach_the_same_in_a_like_place_at_a_like_size() {
    let school = |level, size, setting| Circumstances { levels: vec![level], size, setting: Some(setting) };
    use {Level::LowerSecondary as Lower, Level::Primary, Setting::Rural, Setting::Urban};
    let units = [
        school(Lower, 800.0, Urban),
        school(Lower, 700.0, Urban),
        school(Lower, 1700.0, Urban),
        school(Lower, 900.0, Rural),
        school(Primary, 800.0, Urban),
        school(Lower, 1500.0, Urban),
        school(Lower, f64::NAN, Urban),
    ];
    let found: Vec<usize> = peers(&units, 0, 5).iter().map(|peer| peer.unit).collect();
    assert_eq!(found, [1, 5]);
    assert_eq!(peers(&units, 0, 1).len(), 1);
}

#[test]
fn the_finding_says_what_the_spread_does_and_warns_where_units_are_few() {
    let year = |text| SchoolYear::parse(text).unwrap();
    let gap = |values: &[f64]| measure(Year { values, groups: &vec![0; values.len()], sizes: &[] }).unwrap();
    let wide: Vec<f64> = (0..20).map(|number| 50.0 + f64::from(number)).collect();
    let narrow: Vec<f64> = (0..20).map(|number| 60.0 + f64::from(number) / 2.0).collect();
    let (wide, narrow, few) = (gap(&wide), gap(&narrow), gap(&[50.0, 70.0]));
    let told =
        |first: &YearGap, last: &YearGap| finding(&[(year("2022-2023"), first), (year("2024-2025"), last)]).unwrap();
    assert_eq!(
        told(&wide, &narrow),
        "Khoảng cách giữa các trường thu hẹp: hệ số biến thiên từ 9,7% (2022-2023) đến 4,5% (2024-2025)"
    );
    assert!(told(&narrow, &wide).starts_with("Khoảng cách giữa các trường rộng ra"));
    assert!(told(&wide, &wide).contains("gần như không đổi"));
    assert!(told(&few, &wide).ends_with("; số trường ít, kết quả chỉ để tham khảo"));
    assert_eq!(finding(&[(year("2022-2023"), &wide)]), None);
}
