//! The invented year has the size that the measurements are about, and is the same every time.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use super::*;

#[test]
fn the_nation_has_its_size() {
    let tree = tree(Scale::Nation, 7).unwrap();
    assert_eq!(tree.len(), 1 + 34 + 3_321 + 52_000);
    let forest = Forest::tree(&tree).unwrap();
    let root = forest.position(ROOT).unwrap();
    assert_eq!(forest.children(root).count(), 34);
    assert!(forest.codes().eq(tree.iter().map(|(unit, _)| unit.as_str())), "given in pre-order");
}

#[test]
fn values_are_repeatable_and_about_five_in_a_hundred_are_missing() {
    let (one, two) = (values(2_000, 3, 7), values(2_000, 3, 7));
    let bits = |columns: &Columns| columns.column(2).iter().map(|value| value.to_bits()).collect::<Vec<_>>();
    assert_eq!(bits(&one), bits(&two));
    let missing = one.column(1).iter().filter(|value| value.is_nan()).count();
    assert!((60..140).contains(&missing), "{missing} of 2000");
    assert_ne!(bits(&one), bits(&values(2_000, 3, 8)));
}
