//! What a change does in words, a name mended, a school's facts and sites, and a change taken back.

use super::operations::*;
use super::*;
use crate::{Level, Ownership};

fn codes_of(effects: &[Effect]) -> Vec<String> {
    let text = |effect: &Effect| match effect {
        Effect::Created { unit, .. } => format!("created {}", unit.code),
        Effect::Renamed { unit, before } => format!("renamed {before} -> {}", unit.name),
        Effect::Ended { unit, last_day } => format!("ended {} {last_day}", unit.code),
        Effect::PassedOn { unit, to, kind, share } => {
            let share = share.map(|share| share.to_string()).unwrap_or_default();
            format!("{} -> {} {} {share}", unit.code, to.code, kind.as_str())
        }
        Effect::Moved { unit, line, from, to, .. } => {
            format!("{} {} {} -> {}", unit.code, line.as_str(), from.code, to.code)
        }
        Effect::Described { unit } => format!("described {}", unit.code),
    };
    effects.iter().map(text).collect()
}

fn new_commune(code: &str) -> Successor {
    Successor::New(NewUnit {
        code: code.into(),
        official_code: None,
        kind: UnitKind::Commune,
        name: format!("Xã {code}"),
        parents: vec![(Line::Management, "P".into())],
        school: None,
    })
}

#[test]
fn a_split_says_who_goes_where_with_which_share() {
    let registry = small();
    let share = |text: &str| Some(text.parse().unwrap());
    let parts = vec![
        Part { successor: new_commune("A1"), share: share("0.7"), is_main: true },
        Part { successor: new_commune("A2"), share: share("0.3"), is_main: false },
    ];
    let children = vec![("10000001".into(), "A1".into()), ("10000002".into(), "A2".into())];
    let decision = Decision::Split { code: "A".into(), parts, children };
    let change = decision.decide(&registry, after()).unwrap();
    assert_eq!(
        codes_of(&effects(&registry, &change)),
        [
            "created A1",
            "created A2",
            "ended A 2025-06-30",
            "A -> A1 part_main 0.7",
            "A -> A2 part 0.3",
            "10000002 management A -> A2",
            "10000001 management A -> A1",
            "A1 management  -> P",
            "A2 management  -> P",
        ]
    );
    assert_eq!((decision.verb(), decision.object()), ("split", "A".to_owned()));
}

#[test]
fn a_wrong_name_is_mended_without_a_new_period() {
    let registry = small();
    let change = correct_name(&registry, "A", " Xã  An Bình ", after()).unwrap();
    assert_eq!(codes_of(&effects(&registry, &change)), ["renamed Xã An -> Xã An Bình"]);
    let registry = registry.with(&change).unwrap();
    assert_eq!(registry.unit("A").unwrap().names.len(), 1);
    assert_eq!(codes(&correct_name(&registry, "A", "Xã An Bình", after()).unwrap_err()), ["same_name"]);
    assert_eq!(codes(&correct_name(&registry, "X", "", after()).unwrap_err()), ["no_name", "unknown_unit"]);
}

#[test]
fn a_school_is_described_and_its_sites_open_and_close() {
    let registry = small();
    let edit = SchoolEdit {
        official_code: Some(" 01004501 ".to_owned()),
        levels: vec![Level::LowerSecondary, Level::Primary],
        ownership: Some(Ownership::Public),
    };
    let registry = registry.with(&describe_school(&registry, "10000001", &edit, after()).unwrap()).unwrap();
    let unit = registry.unit("10000001").unwrap();
    assert_eq!(unit.official_code.as_deref(), Some("01004501"));
    assert_eq!(unit.school.as_ref().unwrap().levels, [Level::Primary, Level::LowerSecondary]);
    let none = SchoolEdit { levels: Vec::new(), ..edit };
    assert_eq!(codes(&describe_school(&registry, "A", &none, after()).unwrap_err()), ["no_level", "not_a_school"]);

    let registry = registry.with(&open_site(&registry, "10000001", "Thôn Hạ", before()).unwrap()).unwrap();
    assert_eq!(codes(&open_site(&registry, "10000001", "thôn hạ", after()).unwrap_err()), ["site_exists"]);
    assert_eq!(codes(&close_site(&registry, "10000001", "Thôn Hạ", before()).unwrap_err()), ["unknown_site"]);
    let registry = registry.with(&close_site(&registry, "10000001", "Thôn Hạ", after()).unwrap()).unwrap();
    let site = &registry.unit("10000001").unwrap().school.as_ref().unwrap().sites[0];
    assert_eq!((site.validity.from, site.validity.to), (Some(before()), Some(before())));
}

#[test]
fn a_change_is_taken_back_unless_another_followed() {
    let registry = small();
    let decision = Decision::Merge { codes: vec!["A".into(), "B".into()], into: new_commune("C") };
    let change = decision.decide(&registry, after()).unwrap();
    let before: Vec<Unit> = change.units.iter().filter_map(|unit| registry.unit(unit.code.as_str()).cloned()).collect();
    let merged = registry.with(&change).unwrap();
    let back = merged.without(&change, &before).unwrap();
    assert_eq!((back.units(), back.successions()), (registry.units(), registry.successions()));
    let later = merged.with(&rename(&merged, "C", "Phường C", date(2026, 1, 1)).unwrap()).unwrap();
    assert_eq!(codes(&later.without(&change, &before).unwrap_err()), ["changed_since"]);
    let below =
        Unit::new("10000009", UnitKind::School, "Trường Mới", Validity::from(after())).under(Line::Management, "C");
    let with_child = Change { on: after(), units: vec![below], successions: vec![] };
    let depended = merged.with(&with_child).unwrap();
    assert_eq!(codes(&depended.without(&change, &before).unwrap_err()), ["unknown_parent"]);
}

#[test]
fn shares_are_read_as_people_type_them() {
    let read = |text: &str| read_share(text).map(|share| share.map(|share| share.to_string()));
    for text in ["0,6", "0.6", "60%", "60 %", " 60,0% "] {
        assert_eq!(read(text), Ok(Some("0.6".to_owned())), "{text}");
    }
    assert_eq!(read("  "), Ok(None));
    for text in ["0", "-1", "1,2", "120%", "một nửa", "1/3"] {
        assert_eq!(read(text).unwrap_err().code, "bad_share", "{text}");
    }
}
