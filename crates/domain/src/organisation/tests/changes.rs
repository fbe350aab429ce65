//! Creating, renaming, moving, merging, splitting and dissolving from a date.

use proptest::prelude::*;
use rust_decimal::Decimal;

use super::operations::*;
use super::*;

fn new_unit(code: &str, name: &str) -> NewUnit {
    NewUnit {
        code: code.into(),
        official_code: None,
        kind: UnitKind::Commune,
        name: name.into(),
        parents: vec![(Line::Management, "P".into())],
        school: None,
    }
}

fn part(code: &str, share: Option<&str>, is_main: bool) -> Part {
    let share = share.map(|share| share.parse::<Decimal>().unwrap());
    Part { successor: Successor::New(new_unit(code, &format!("Xã {code}"))), share, is_main }
}

fn parent_code(registry: &Registry, code: &str, line: Line, day: Date) -> Option<String> {
    registry.parent_on(code, line, day).map(|unit| unit.code.0.clone())
}

#[test]
fn a_name_changes_from_a_day() {
    let registry = small();
    let registry = registry.with(&rename(&registry, "A", "Phường An", after()).unwrap()).unwrap();
    let unit = registry.unit("A").unwrap();
    assert_eq!((unit.name_on(before()), unit.name_on(after())), ("Xã An", "Phường An"));
    let again = rename(&registry, "A", "Phường  An", date(2026, 1, 1)).unwrap_err();
    assert_eq!(codes(&again), ["same_name"]);
    let earlier = rename(&registry, "A", "Xã Yên", date(2024, 1, 1)).unwrap_err();
    assert_eq!(codes(&earlier), ["later_change"]);
    assert_eq!(codes(&rename(&registry, "X", " ", after()).unwrap_err()), ["no_name", "unknown_unit"]);
}

#[test]
fn a_school_moves_on_one_line_only() {
    let registry = small();
    let change = move_under(&registry, "10000001", Line::Management, "B", after()).unwrap();
    let registry = registry.with(&change).unwrap();
    let parent = |line, day| parent_code(&registry, "10000001", line, day).unwrap();
    assert_eq!((parent(Line::Management, before()), parent(Line::Management, after())), ("A".into(), "B".into()));
    assert_eq!(parent(Line::Professional, after()), "S");
    let children = registry.children_on("B", Line::Management, after());
    assert_eq!(children.iter().map(|unit| unit.code.as_str()).collect::<Vec<_>>(), ["10000001", "10000003"]);
    assert_eq!(codes(&move_under(&registry, "P", Line::Management, "B", after()).unwrap_err()), ["cycle"]);
    assert_eq!(codes(&move_under(&registry, "A", Line::Management, "A", after()).unwrap_err()), ["cycle"]);
    assert_eq!(codes(&move_under(&registry, "B", Line::Management, "P", after()).unwrap_err()), ["same_parent"]);
    let twice = move_under(&registry, "10000001", Line::Management, "X", before()).unwrap_err();
    assert_eq!(codes(&twice), ["unknown_parent", "later_change"]);
}

#[test]
fn communes_merge_and_their_schools_follow() {
    let registry = small();
    let into = Successor::New(new_unit("C", "Xã An Bình"));
    let registry = registry.with(&merge(&registry, &["A", "B"], &into, after()).unwrap()).unwrap();
    assert!(registry.unit_on("A", after()).is_none());
    for school in ["10000001", "10000002", "10000003"] {
        assert_eq!(parent_code(&registry, school, Line::Management, after()).unwrap(), "C");
        assert_ne!(parent_code(&registry, school, Line::Management, before()).unwrap(), "C");
        assert_eq!(parent_code(&registry, school, Line::Professional, after()).unwrap(), "S");
    }
    let heirs = registry.heirs_on("A", date(2026, 9, 5));
    assert_eq!(heirs.len(), 1);
    assert!(heirs[0].is_main && heirs[0].share == Some(Decimal::ONE));
    let origins: Vec<String> = registry.origins_on("C", before()).into_iter().map(|o| o.unit.0).collect();
    assert_eq!(origins, ["A", "B"]);
    let late = merge(&registry, &["A", "A", "X"], &Successor::New(new_unit("B", "")), after()).unwrap_err();
    assert_eq!(codes(&late), ["code_taken", "no_name", "not_valid", "named_twice", "unknown_unit"]);
    let alone = merge(&registry, &["C"], &Successor::Existing("C".into()), date(2026, 1, 1)).unwrap_err();
    assert_eq!(codes(&alone), ["into_itself"]);
}

#[test]
fn a_commune_is_divided_with_its_schools_named() {
    let registry = small();
    let parts = [part("A1", Some("0.7"), true), part("A2", Some("0.3"), false)];
    let children = [("10000001".into(), "A1".into()), ("10000002".into(), "A2".into())];
    let registry_after = registry.with(&split(&registry, "A", &parts, &children, after()).unwrap()).unwrap();
    assert_eq!(parent_code(&registry_after, "10000002", Line::Management, after()).unwrap(), "A2");
    assert_eq!(registry_after.heirs_on("A", after())[1].share, Some("0.3".parse().unwrap()));
    let bad = [part("A1", Some("0.7"), true), part("A2", Some("0.2"), false)];
    let refusal = split(&registry, "A", &bad, &[("10000001".into(), "B".into())], after()).unwrap_err();
    assert_eq!(codes(&refusal), ["shares_not_one", "unknown_heir", "child_unassigned"]);
    let refusal = split(&registry, "B", &[part("B1", None, false)], &[], after()).unwrap_err();
    assert_eq!(codes(&refusal), ["too_few", "child_unassigned"]);
    let refusal = split(&registry, "B", &[part("B1", None, false), part("B2", None, false)], &[], after()).unwrap_err();
    assert_eq!(codes(&refusal), ["main_heir", "child_unassigned"]);
}

#[test]
fn nothing_is_left_under_a_dissolved_unit() {
    let registry = small();
    assert_eq!(codes(&dissolve(&registry, "A", &[], after()).unwrap_err()), ["has_children", "has_children"]);
    let heir = Part { successor: Successor::Existing("B".into()), share: None, is_main: false };
    let registry = registry.with(&dissolve(&registry, "A", &[heir], after()).unwrap()).unwrap();
    assert_eq!(registry.children_on("B", Line::Management, after()).len(), 3);
    assert_eq!(codes(&dissolve(&registry, "10000002", &[], after()).unwrap_err()), ["later_change"]);
    let registry = registry.with(&dissolve(&registry, "10000002", &[], date(2026, 1, 1)).unwrap()).unwrap();
    assert!(registry.heirs_on("10000002", date(2026, 1, 1)).is_empty());
    assert!(registry.unit_on("10000002", before()).is_some());
}

#[test]
fn a_change_may_not_turn_the_tree_around() {
    let registry = small();
    let under_p = Successor::New(new_unit("C", "Xã C"));
    assert!(codes(&merge(&registry, &["VN", "A"], &under_p, after()).unwrap_err()).contains(&"cycle"));
    assert_eq!(codes(&merge(&registry, &["P", "A"], &under_p, after()).unwrap_err()), ["parent_not_valid"]);
}

#[test]
fn created_units_need_a_free_code_and_a_living_parent() {
    let registry = small();
    let unit =
        NewUnit { parents: vec![(Line::Management, "X".into()), (Line::Management, "P".into())], ..new_unit("A", " ") };
    let refusal = create(&registry, &unit, after()).unwrap_err();
    assert_eq!(codes(&refusal), ["code_taken", "no_name", "unknown_parent", "line_twice"]);
    let refusal = create(&registry, &new_unit("xã mới", "Xã Mới"), after()).unwrap_err();
    assert_eq!(codes(&refusal), ["bad_code"]);
}

#[test]
fn kinds_that_cannot_meet_are_refused() {
    let registry = small();
    let moved = |code, parent| move_under(&registry, code, Line::Management, parent, after());
    for (code, parent) in [("B", "10000001"), ("10000003", "10000001"), ("A", "B"), ("A", "S")] {
        assert_eq!(codes(&moved(code, parent).unwrap_err()), ["wrong_kind"], "{code} under {parent}");
    }
    assert!(moved("10000003", "A").is_ok());
    let into = |code: &str| Successor::Existing(code.into());
    assert_eq!(codes(&merge(&registry, &["10000003"], &into("B"), after()).unwrap_err()), ["wrong_kind"]);
    assert_eq!(codes(&merge(&registry, &["B"], &into("10000001"), after()).unwrap_err()), ["wrong_kind"]);
    assert!(merge(&registry, &["10000003"], &into("10000001"), after()).is_ok());
    let heir = Part { successor: into("B"), share: None, is_main: true };
    assert_eq!(codes(&dissolve(&registry, "10000003", &[heir], after()).unwrap_err()), ["wrong_kind"]);
    let team = NewUnit {
        kind: UnitKind::Team,
        parents: vec![(Line::Management, "10000001".into())],
        ..new_unit("T1", "Tổ Toán")
    };
    assert!(create(&registry, &team, after()).is_ok(), "a school has its teams");
    let below = NewUnit { kind: UnitKind::School, ..team };
    assert_eq!(codes(&create(&registry, &below, after()).unwrap_err()), ["wrong_kind"]);
}

#[test]
fn a_name_has_a_length_that_a_form_can_bear() {
    let (registry, long) = (small(), "Trường ".repeat(430));
    assert_eq!(codes(&rename(&registry, "A", &long, after()).unwrap_err()), ["name_long"]);
    assert_eq!(codes(&correct_name(&registry, "A", &long, after()).unwrap_err()), ["name_long"]);
    assert_eq!(codes(&create(&registry, &new_unit("C", &long), after()).unwrap_err()), ["name_long"]);
}

/// Decides on one of the verbs by numbers; refusals are fine, unsound changes are not.
fn decide(registry: &Registry, verb: u8, picks: (usize, usize), step: usize, on: Date) -> Result<Change, Refusal> {
    let pick = |n: usize| registry.units()[n % registry.units().len()].code.0.clone();
    let (one, other) = (pick(picks.0), pick(picks.1));
    let fresh = |suffix: &str| new_unit(&format!("U{step}{suffix}"), &format!("Xã {step}{suffix}"));
    match verb % 6 {
        0 => create(registry, &fresh(""), on),
        1 => rename(registry, &one, &format!("Tên {step}"), on),
        2 => move_under(registry, &one, Line::ALL[picks.1 % 2], &other, on),
        3 => merge(registry, &[&one, &other], &Successor::New(fresh("")), on),
        4 => {
            let parts = [part(&format!("U{step}a"), None, true), part(&format!("U{step}b"), None, false)];
            let children: Vec<(UnitCode, UnitCode)> =
                registry.units().iter().map(|unit| (unit.code.clone(), format!("U{step}a").as_str().into())).collect();
            split(registry, &one, &parts, &children, on)
        }
        _ => dissolve(
            registry,
            &one,
            &[Part { successor: Successor::Existing(other.as_str().into()), share: None, is_main: false }],
            on,
        ),
    }
}

proptest! {
    #[test]
    fn decided_changes_fit_and_leave_the_past_alone(steps in proptest::collection::vec((any::<u8>(), 3usize..40, 3usize..40, 0i16..3), 1..12)) {
        let mut registry = small();
        let mut on = date(2025, 1, 1);
        for (step, (verb, one, other, years)) in steps.into_iter().enumerate() {
            on = on.checked_add(jiff::Span::new().years(years).days(1)).unwrap();
            let Ok(change) = decide(&registry, verb, (one, other), step, on) else { continue };
            let eve = on.yesterday().unwrap();
            let past = Line::ALL.map(|line| registry.forest_on(line, eve).unwrap());
            registry = registry.with(&change).map_err(|refusal| TestCaseError::fail(refusal.to_string()))?;
            prop_assert_eq!(past, Line::ALL.map(|line| registry.forest_on(line, eve).unwrap()));
            prop_assert!(registry.forest_on(Line::Management, on).is_ok());
        }
    }
}
