//! The whole national list as shipped.

use std::sync::OnceLock;

use super::*;
use crate::figures::rollup::Heirs;

fn file(name: &str) -> String {
    let path = format!("{}/../../data/admin-units/{name}", env!("CARGO_MANIFEST_DIR"));
    std::fs::read_to_string(path).unwrap()
}

fn national() -> &'static Registry {
    static REGISTRY: OnceLock<Registry> = OnceLock::new();
    REGISTRY.get_or_init(|| admin_units::read(&file("units.csv"), &file("successors.csv")).unwrap())
}

#[test]
fn every_unit_and_link_is_taken() {
    let registry = national();
    assert_eq!(registry.units().len(), 14_149 + 1);
    assert_eq!(registry.successions().len(), 10_597);
    let count = |kind, day| registry.units().iter().filter(|u| u.kind == kind && u.validity.contains(day)).count();
    let counts = |day| [UnitKind::Province, UnitKind::District, UnitKind::Commune].map(|kind| count(kind, day));
    assert_eq!(counts(before()), [63, 696, 10_035]);
    assert_eq!(counts(after()), [34, 0, 3_321]);
    let forest = |day| registry.forest_on(Line::Management, day).unwrap();
    assert_eq!(forest(before()).len(), 1 + 63 + 696 + 10_035);
    assert_eq!(forest(after()).len(), 1 + 34 + 3_321);
    assert_eq!(forest(after()).roots().count(), 1);
}

#[test]
fn a_ward_knows_its_parents_and_predecessors_by_date() {
    let registry = national();
    let name = |unit: Option<&Unit>, day| unit.map(|unit| unit.name_on(day).to_owned());
    assert_eq!(registry.unit("N00145").unwrap().name_on(after()), "Phường Long Biên");
    assert!(registry.unit_on("N00145", before()).is_none());
    assert_eq!(name(registry.parent_on("N00145", Line::Management, after()), after()).unwrap(), "Thành phố Hà Nội");
    assert!(registry.parent_on("N00145", Line::Management, before()).is_none());
    assert!(registry.parent_on("N00145", Line::Professional, after()).is_none());
    let ancestors = registry.ancestors_on("N00145", Line::Management, after());
    assert_eq!(ancestors.iter().map(|unit| unit.code.as_str()).collect::<Vec<_>>(), ["N01", "VN"]);
    let origins = registry.origins_on("N00145", before());
    assert!(!origins.is_empty());
    for origin in &origins {
        let heirs = registry.heirs_on(origin.unit.as_str(), after());
        assert!(heirs.iter().any(|heir| heir.unit.as_str() == "N00145"));
        assert_eq!(origin.is_whole, heirs.len() == 1);
    }
    let districts = registry.children_on("L01", Line::Management, before());
    assert_eq!(districts.len(), 30);
    let names: Vec<&str> = districts.iter().map(|unit| unit.name_on(before())).collect();
    assert_eq!(names[0], "Huyện Ba Vì");
}

#[test]
fn a_district_passes_on_through_its_communes() {
    let registry = national();
    let heirs = registry.heirs_on("L01.004", after());
    assert_eq!(heirs.len(), 7);
    assert!(heirs.iter().all(|heir| heir.through_children && !heir.is_main && heir.share.is_none()));
    assert_eq!(registry.heirs_on("L31.304", after()).len(), 4);
    let forest = registry.forest_on(Line::Management, after()).unwrap();
    assert!(matches!(registry.heirs_on_map("L01.004", &forest, after()), Heirs::Undivided(units) if units.len() == 7));
}

#[test]
fn no_share_is_invented_for_a_divided_commune() {
    let registry = national();
    let forest = registry.forest_on(Line::Management, after()).unwrap();
    let (mut whole, mut divided) = (0, 0);
    let legacy = registry.units().iter().filter(|u| u.kind == UnitKind::Commune && u.validity.contains(before()));
    for unit in legacy {
        match registry.heirs_on_map(unit.code.as_str(), &forest, after()) {
            Heirs::Whole(_) => whole += 1,
            Heirs::Divided(parts) => {
                divided += 1;
                assert_eq!(parts.iter().filter(|(_, share)| *share == 1.0).count(), 1);
                assert!(parts.iter().all(|(_, share)| *share == 0.0 || *share == 1.0));
            }
            other => panic!("{}: {other:?}", unit.code),
        }
    }
    assert_eq!((whole, divided), (9_564, 471));
}

#[test]
fn island_zones_wait_for_an_officer() {
    let registry = national();
    for (zone, district) in admin_units::ISLAND_ZONES {
        assert!(registry.unit(zone).unwrap().name_on(after()).starts_with("Đặc khu"), "{zone}");
        assert!(registry.origins_on(zone, before()).is_empty());
        assert!(registry.unit(district).unwrap().validity.contains(before()));
        assert!(registry.heirs_on(district, after()).is_empty());
    }
    let is_new = |unit: &&Unit| unit.kind == UnitKind::Commune && unit.validity.contains(after());
    let orphans = registry
        .units()
        .iter()
        .filter(is_new)
        .filter(|unit| registry.origins_on(unit.code.as_str(), before()).is_empty());
    assert_eq!(orphans.count(), 5);
}

#[test]
fn names_are_found_as_people_type_them() {
    let index = SearchIndex::new(national());
    let first =
        |query: &str, day| index.search(query, day, 5).first().map(|found| (found.unit.0.clone(), found.name.clone()));
    let ward = Some(("N00145".to_owned(), "Phường Long Biên".to_owned()));
    for query in ["phuong long bien", "Phường Long Biên", "PHƯỜNG  LONG BIÊN", "phường long biên", "n00145"]
    {
        assert_eq!(first(query, after()), ward, "{query}");
    }
    assert_eq!(first("quan long bien", before()).unwrap().0, "L01.004");
    let (code, name) = first("hoàn kiếm", after()).unwrap();
    assert_eq!((code.starts_with('N'), name.as_str()), (true, "Phường Hoàn Kiếm"));
    let same_accents = index.search("Hòa Bình", after(), 3);
    assert!(same_accents.iter().all(|found| found.name.contains("Hòa Bình")), "{same_accents:?}");
    let new_style = index.search("Hoà Bình", after(), 3);
    assert_eq!(new_style, same_accents);
    let ngo_quyen = index.search("Phường Ngô Quyền", before(), 20);
    assert!(ngo_quyen.iter().filter(|found| found.name == "Phường Ngô Quyền").count() >= 4);
    assert!(index.search("", after(), 5).is_empty());
    assert!(index.search("zzzz", after(), 5).is_empty());
    assert_eq!(index.search("a", after(), 7).len(), 7);
}
