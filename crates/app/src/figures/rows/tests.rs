//! Over every way of filling a small map: no two units share a row that some formula could tell apart.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use domain::figures::rollup::Forest;

use super::Rows;

const UNITS: [(&str, Option<&str>); 8] = [
    ("country", None),
    ("north", Some("country")),
    ("ward 1", Some("north")),
    ("ward 2", Some("north")),
    ("school", Some("ward 2")),
    ("south", Some("country")),
    ("ward 3", Some("south")),
    ("ward 4", Some("south")),
];

#[test]
fn units_share_a_row_only_where_they_are_empty_and_see_the_same_parent_and_nobody_sees_itself_as_its_parent() {
    let forest = Forest::new(&UNITS).unwrap();
    for filled in 0..1_u32 << UNITS.len() {
        let has_figures = |unit: usize| filled & (1 << unit) != 0;
        let rows = Rows::of(&forest, has_figures);
        let (units, parents): (Vec<usize>, Vec<Option<usize>>) = (rows.units().collect(), rows.parents().collect());
        for unit in 0..forest.len() {
            let row = rows.row(unit);
            let gives_alone = has_figures(unit)
                && forest
                    .parent(unit)
                    .is_some_and(|parent| forest.children(parent).filter(|&child| has_figures(child)).count() == 1);
            let parent = forest.parent(unit).filter(|_| !gives_alone).map(|parent| rows.row(parent));
            assert_eq!(parents[row], parent, "{filled:b}, {unit}");
            assert_eq!(rows.has_parent(unit), parent.is_some(), "{filled:b}, {unit}");
            assert!(units[row] == unit || !has_figures(unit) && !has_figures(units[row]), "{filled:b}, {unit}");
        }
    }
}

#[test]
fn a_map_without_figures_has_a_row_for_each_of_its_storeys() {
    let forest = Forest::new(&UNITS).unwrap();
    assert_eq!(Rows::of(&forest, |_| false).len(), 4);
    assert_eq!(Rows::of(&forest, |_| true).len(), UNITS.len());
}
