//! The invented figures hang together: every cell has a rule, totals add up, the same school gives the same figures.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use domain::{Level, figures::catalogue::StatisticalForm, school_year::SchoolYear};

use super::{profile::Profile, rules::Rules};

const RULES: &str = include_str!("../../../../data/demo/rules.toml");

fn school(levels: &[(Level, f64)], seed: u64) -> Profile {
    Profile { seed, sizes: levels.to_vec(), quality: 0.2 }
}

#[test]
fn every_cell_of_every_form_has_a_rule_and_every_total_adds_up() {
    let catalogue = crate::shipped::catalogue().unwrap();
    let rules = Rules::read(RULES).unwrap();
    let year = SchoolYear::parse("2024-2025").unwrap();
    for level in [Level::Preschool, Level::Primary, Level::LowerSecondary, Level::Continuing] {
        let levels = [level];
        let forms: Vec<&StatisticalForm> = catalogue.forms_for(&levels).collect();
        let program = rules.compile(&catalogue, &forms).unwrap();
        for seed in 0..40 {
            let school = school(&[(level, 120.0)], seed);
            let values = program.run(&school, year);
            assert_eq!(values, program.run(&school, year));
            for (form, values) in forms.iter().zip(&values) {
                let value = |item| form.cells().position(|cell| cell.item == item).map(|at| values[at]);
                for (cell, total) in form.cells().zip(values) {
                    if !cell.total_of.is_empty() {
                        let sum: f64 = cell.total_of.iter().map(|part| value(part.clone()).unwrap()).sum();
                        assert!((sum - total).abs() < 1e-6, "{}: {} is {total}, its parts {sum}", form.code, cell.item);
                    }
                }
            }
        }
    }
}

#[test]
fn a_cohort_grows_up_without_jumps() {
    let school = school(&[(Level::Primary, 150.0)], 7);
    for first in 2022..2026 {
        let year = SchoolYear::starting(first).unwrap();
        for grade in 1..5 {
            let cohort = |grade| super::profile::Cohort { level: Level::Primary, grade };
            let (now, then) = (school.pupils(cohort(grade), year), school.pupils(cohort(grade + 1), year.next()));
            assert!((then - now).abs() <= now * 0.06, "{now} pupils became {then}");
        }
    }
}

#[test]
fn the_ward_stands_on_the_real_units_without_a_fault() {
    let text = |name| crate::shipped::text(name).unwrap();
    let (units, successors) = (text("admin-units/units.csv"), text("admin-units/successors.csv"));
    let registry = domain::organisation::admin_units::read(units, successors).unwrap();
    let ward = super::ward::Ward::read().unwrap();
    let mut units = registry.units().to_vec();
    units.extend(ward.units().unwrap());
    let registry = domain::organisation::Registry::from_records(units, registry.successions().to_vec()).unwrap();
    let line = domain::organisation::Line::Management;
    let schools =
        |parent: &str, day| registry.children_on(parent, line, day).iter().filter(|u| u.school.is_some()).count();
    assert_eq!(schools(&ward.office, super::ward::FIRST_DAY_OF_WARDS), 24);
    assert_eq!(schools(&ward.district, super::ward::LAST_DAY_OF_DISTRICTS), 24);
}

#[test]
fn a_land_has_its_size_on_the_real_communes() {
    use super::land::{Land, LandScale};
    let national = super::founding::national().unwrap();
    let land = Land::invent(LandScale::Province, &national).unwrap();
    assert!((2_750..=2_850).contains(&land.schools.len()), "{} schools", land.schools.len());
    let mut units = national.units().to_vec();
    units.extend(land.units.clone());
    let registry = domain::organisation::Registry::from_records(units, national.successions().to_vec()).unwrap();
    let line = domain::organisation::Line::Management;
    let day = super::ward::FIRST_DAY_OF_WARDS;
    let communes = registry.children_on("N01", line, day);
    let peopled = communes.iter().filter(|commune| !registry.children_on(commune.code.as_str(), line, day).is_empty());
    assert_eq!(peopled.count(), 126);
    for commune in communes {
        let mut names: Vec<&str> =
            registry.children_on(commune.code.as_str(), line, day).iter().map(|u| u.name_on(day)).collect();
        let count = names.len();
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), count, "a name stands twice in {}", commune.code.as_str());
    }
    assert_eq!(land.accounts.len(), 6);
    assert!(land.accounts.iter().all(|account| registry.unit(&account.unit).is_some()));
}

async fn contents(office: &crate::office::Office) -> Vec<(String, String, String, String, String)> {
    let text = "select unit_code, form_code, period_code, state, latest_digest from submission order by 1, 2, 3";
    sqlx::query_as(text).fetch_all(office.db().pool()).await.unwrap()
}

/// What every form holds at the end of a small land's year, travelled by the road of this scale.
async fn end_of_year(scale: super::LandScale) -> Vec<(String, String, String, String, String)> {
    use super::{land::Land, large::LargeJourney};
    let name = format!("tongket-land-{}-{}", scale.as_str(), std::process::id());
    let folder = std::env::temp_dir().join(name);
    let _ = std::fs::remove_dir_all(&folder);
    let office = crate::office::Office::open(&folder, None).await.unwrap();
    let national = super::founding::national().unwrap();
    let mut land = Land::invent(super::LandScale::Province, &national).unwrap();
    land.schools.truncate(45);
    let last = land.schools.last().unwrap().code.clone();
    land.units.retain(|unit| unit.school.is_none() || unit.code.as_str() <= last.as_str());
    let mut journey = LargeJourney::through(&office, scale, land, &|_| ()).unwrap();
    journey.travel().await.unwrap();
    let summary = &journey.summary;
    assert!(summary.refused_workbooks + summary.refused_records > 0, "some are sent with a fault: {summary:?}");
    assert!(summary.approved > 150 && summary.indicators > 100, "{summary:?}");
    let rows = contents(&office).await;
    office.db().close().await;
    std::fs::remove_dir_all(&folder).unwrap();
    rows
}

#[tokio::test(flavor = "multi_thread")]
async fn workbooks_and_the_bulk_interface_end_with_the_same_figures() {
    let by_workbooks = end_of_year(super::LandScale::Province).await;
    let by_api = end_of_year(super::LandScale::Nation).await;
    assert!(by_workbooks.len() > 200, "{}", by_workbooks.len());
    assert_eq!(by_workbooks, by_api);
}

#[test]
fn no_column_is_described_that_no_element_has() {
    let catalogue = crate::shipped::catalogue().unwrap();
    let rules: toml::Table = toml::from_str(RULES).unwrap();
    let options: std::collections::BTreeSet<&str> =
        catalogue.elements.iter().flat_map(|element| &element.options).map(|option| option.code.as_str()).collect();
    for part in ["shares", "spreads"] {
        for option in rules[part].as_table().unwrap().keys() {
            assert!(options.contains(option.as_str()), "[{part}] {option} describes nothing");
        }
    }
}

#[test]
fn what_schools_of_any_land_send_breaks_no_rule() {
    use super::land::{Land, LandScale};
    let land = Land::invent(LandScale::Province, &super::founding::national().unwrap()).unwrap();
    let schools = land.schools.into_iter().step_by(29).collect::<Vec<_>>();
    let warned = check_years(&schools, 2016..=2025);
    assert!(warned.values().sum::<usize>() < 40 * schools.len(), "{warned:?}");
}

#[test]
fn what_the_ward_sends_breaks_no_rule() {
    let warned = check_years(&super::ward::Ward::read().unwrap().schools(), 2022..=2025);
    assert!(warned.values().sum::<usize>() < 400, "{warned:?}");
}

/// Checks everything that these schools send in these years; fails where an error is found and counts the warnings.
fn check_years(
    schools: &[super::InventedSchool],
    years: std::ops::RangeInclusive<i16>,
) -> std::collections::BTreeMap<String, usize> {
    use domain::figures::{
        catalogue::{ItemCode, Severity},
        checks::{Checker, SentForm},
        formula::Value,
    };
    use std::collections::{BTreeMap, HashMap};

    let catalogue = crate::shipped::catalogue().unwrap();
    let checker = Checker::new(&catalogue).unwrap();
    let rules = Rules::read(RULES).unwrap();
    let mut broken: BTreeMap<String, Vec<String>> = BTreeMap::new();
    let mut warned: BTreeMap<String, usize> = BTreeMap::new();
    for school in schools {
        let forms: Vec<&StatisticalForm> = catalogue.forms_for(&school.levels).collect();
        let program = rules.compile(&catalogue, &forms).unwrap();
        let mut last_year: HashMap<ItemCode, Value> = HashMap::new();
        for first in years.clone() {
            let year = SchoolYear::starting(first).unwrap();
            let numbers = program.run(&school.profile, year);
            let mut maps: Vec<HashMap<ItemCode, Value>> = Vec::new();
            for (form, numbers) in forms.iter().zip(&numbers) {
                let typed = super::values::typed(&catalogue, form, numbers);
                let items = form.cells().map(|cell| cell.item.clone());
                maps.push(items.zip(typed).filter_map(|(item, value)| Some((item, value?))).collect());
            }
            let before = |item: &ItemCode| last_year.get(item).cloned();
            let lookups: Vec<_> = maps.iter().map(|map| move |item: &ItemCode| map.get(item).cloned()).collect();
            let mut findings = Vec::new();
            let mut sent = Vec::new();
            for (form, values) in forms.iter().zip(&lookups) {
                findings.extend(checker.check_form(&form.code, values, &before));
                sent.push(SentForm { form: &form.code, values });
            }
            let due: Vec<&str> = forms.iter().map(|form| form.code.as_str()).collect();
            findings.extend(checker.check_unit(&due, &sent, &before));
            for finding in findings {
                match finding.severity {
                    Severity::Error => broken
                        .entry(format!("{} {:?}", finding.check, finding.items))
                        .or_default()
                        .push(finding.message),
                    Severity::Warning => *warned.entry(finding.check).or_default() += 1,
                }
            }
            last_year = maps.into_iter().flatten().collect();
        }
    }
    let first = broken.iter().map(|(check, messages)| format!("{} × {check}: {}", messages.len(), messages[0]));
    assert!(broken.is_empty(), "{}", first.collect::<Vec<_>>().join("\n"));
    warned
}

#[test]
fn papers_and_honours_tell_of_the_wards_own_people_and_schools() {
    let text = |name| crate::shipped::text(name).unwrap();
    let ward: toml::Table = toml::from_str(text("demo/ward.toml")).unwrap();
    let named = |part: &str| -> Vec<String> {
        ward[part].as_array().unwrap().iter().map(|one| one["name"].as_str().unwrap().to_owned()).collect()
    };
    let (schools, holders) = (named("school"), named("appointment"));
    let papers = text("demo/papers.toml");
    for kind in ["Trường Mầm non ", "Trường Tiểu học ", "Trường Trung học cơ sở ", "Trường THCS "]
    {
        for (at, _) in papers.match_indices(kind) {
            let line = papers[at..].lines().next().unwrap();
            assert!(schools.iter().any(|school| line.starts_with(school.as_str())), "no such school: {line}");
        }
    }
    let awards: toml::Table = toml::from_str(text("demo/awards.toml")).unwrap();
    let members = awards["council_members"].as_str().unwrap();
    for line in members.lines().filter(|line| !line.is_empty()) {
        let name = line.split(" | ").next().unwrap();
        assert!(holders.iter().any(|holder| holder == name), "{name} holds no post");
    }
    for one in awards["nomination"].as_array().unwrap() {
        let name = one.get("name").and_then(toml::Value::as_str).unwrap_or("–");
        assert!(!members.contains(name), "{name} votes on an own nomination");
    }
}
