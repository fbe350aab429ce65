//! The demo ward as data: `data/demo/ward.toml`, read into the units, schools and accounts that the journey begins with.

use domain::{
    Level, Ownership,
    organisation::{DatedName, Line, ParentLink, SatelliteSite, SchoolFacts, Unit, UnitCode, UnitKind, Validity},
};
use jiff::civil::{Date, date};
use serde::Deserialize;

use super::{InventedSchool, noise, profile::Profile};

const FILE: &str = include_str!("../../../../data/demo/ward.toml");

/// The last day of the districts (Law on organisation of local government, two tiers from 1 July 2025).
pub(super) const LAST_DAY_OF_DISTRICTS: Date = date(2025, 6, 30);
/// The first day of the new wards.
pub(super) const FIRST_DAY_OF_WARDS: Date = date(2025, 7, 1);

/// The file.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Ward {
    pub(super) office: String,
    pub(super) district: String,
    pub(super) province: String,
    pub(super) first_year: i16,
    pub(super) last_year: i16,
    office_unit: Vec<OfficeUnit>,
    school: Vec<School>,
    pub(super) account: Vec<Account>,
    pub(super) appointment: Vec<super::staff::Appointment>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct OfficeUnit {
    code: String,
    name: String,
    kind: String,
    parent: String,
    valid_from: Option<Date>,
    valid_to: Option<Date>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct School {
    code: String,
    name: String,
    levels: Vec<Level>,
    sizes: Vec<f64>,
    ownership: Ownership,
    quality: f64,
    #[serde(default)]
    sites: Vec<String>,
    /// Its emulation cluster; empty where it stands in none.
    #[serde(default)]
    cluster: String,
}

/// An account of the demo.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Account {
    pub(super) user: String,
    pub(super) name: String,
    pub(super) role: String,
    pub(super) unit: String,
}

impl Ward {
    /// Reads the file that the binary carries.
    pub(super) fn read() -> Result<Self, String> {
        toml::from_str(FILE).map_err(|fault| format!("data/demo/ward.toml: {fault}"))
    }

    /// The offices and schools as units: under the district to 30 June 2025, under the ward from 1 July.
    pub(super) fn units(&self) -> Result<Vec<Unit>, String> {
        let offices = self.office_unit.iter().map(OfficeUnit::unit);
        let schools = self.school.iter().map(|school| Ok(self.unit_of(school)));
        offices.chain(schools).collect()
    }

    fn unit_of(&self, school: &School) -> Unit {
        let opened = Validity { from: Some(date(2010, 8, 1)), to: None };
        let before = Validity { from: opened.from, to: Some(LAST_DAY_OF_DISTRICTS) };
        let after = Validity { from: Some(FIRST_DAY_OF_WARDS), to: None };
        let link = |line, parent: &str, validity| ParentLink { line, parent: UnitCode(parent.to_owned()), validity };
        let sites = school.sites.iter().map(|name| SatelliteSite { name: name.clone(), validity: opened });
        let continuing = school.levels.contains(&Level::Continuing);
        let kind = if continuing { UnitKind::ContinuingCentre } else { UnitKind::School };
        Unit {
            names: vec![DatedName { name: school.name.clone(), validity: opened }],
            parents: vec![
                link(Line::Management, &self.district, before),
                link(Line::Management, &self.office, after),
                link(Line::Professional, &format!("{}-GDDT", self.district), before),
                link(Line::Professional, &format!("{}-SGDDT", self.province), after),
            ],
            school: Some(SchoolFacts {
                levels: school.levels.clone(),
                ownership: Some(school.ownership),
                sites: sites.collect(),
            }),
            ..Unit::new(&school.code, kind, &school.name, opened)
        }
    }

    /// The schools with their emulation clusters.
    pub(super) fn clusters(&self) -> Vec<(String, String)> {
        let in_one = self.school.iter().filter(|school| !school.cluster.is_empty());
        in_one.map(|school| (school.code.clone(), school.cluster.clone())).collect()
    }

    /// The schools in the order of the file.
    pub(super) fn schools(&self) -> Vec<InventedSchool> {
        let school = |school: &School| InventedSchool {
            code: school.code.clone(),
            levels: school.levels.clone(),
            profile: Profile {
                seed: noise::key(&school.code),
                sizes: school.levels.iter().copied().zip(school.sizes.iter().copied()).collect(),
                quality: school.quality,
            },
        };
        self.school.iter().map(school).collect()
    }
}

impl OfficeUnit {
    fn unit(&self) -> Result<Unit, String> {
        let kind = UnitKind::parse(&self.kind).ok_or_else(|| format!("unknown kind {}", self.kind))?;
        let validity = Validity { from: self.valid_from, to: self.valid_to };
        Ok(Unit::new(&self.code, kind, &self.name, validity).under(Line::Management, &self.parent))
    }
}
