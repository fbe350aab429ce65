//! Invented schools all over a province or the nation: `data/demo/land.toml` on the real communes of today.

use std::collections::BTreeMap;

use domain::{
    Level, Ownership,
    organisation::{Line, Registry, SchoolFacts, Unit, UnitKind, Validity},
};
use serde::Deserialize;

use super::{
    InventedSchool,
    noise::{self, deviation, unit},
    profile::Profile,
    ward::{Account, FIRST_DAY_OF_WARDS},
};
use crate::{
    platform::{Error, Result},
    shipped,
};

/// The unit above all provinces.
const NATION: &str = "VN";
/// Names of one kind of school in a commune are so far apart in the list; prime to its length.
const NAME_STEP: usize = 7;

/// How large an invented land is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LandScale {
    /// Hà Nội.
    Province,
    /// Every province.
    Nation,
}

impl LandScale {
    /// The name in the file and in the office's settings.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Province => "province",
            Self::Nation => "nation",
        }
    }
}

/// The file.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    first_year: i16,
    names: Vec<String>,
    scale: BTreeMap<String, Extent>,
    kind: Vec<Kind>,
    account: Vec<AccountAt>,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Extent {
    office: String,
    school_count: usize,
}

/// A kind of school and how it is spread.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Kind {
    name: String,
    levels: Vec<Level>,
    /// Of a hundred schools.
    share: usize,
    /// Pupils of a year group at each level, least and most.
    sizes: Vec<[f64; 2]>,
    private_share: f64,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct AccountAt {
    user: String,
    name: String,
    role: String,
    /// `office`, `commune` or `school`: the first of them.
    at: String,
}

/// A land ready to be founded.
pub(super) struct Land {
    pub(super) first_year: i16,
    pub(super) office: String,
    pub(super) accounts: Vec<Account>,
    /// Education departments and schools.
    pub(super) units: Vec<Unit>,
    pub(super) schools: Vec<InventedSchool>,
}

impl Land {
    /// Invents the land of a scale on these units.
    ///
    /// # Errors
    /// An inside fault where the file cannot be read or the units lack the communes.
    pub(super) fn invent(scale: LandScale, national: &Registry) -> Result<Self> {
        let file = File::read()?;
        let extent = file.extent(scale)?.clone();
        let mut land = Self {
            first_year: file.first_year,
            office: extent.office.clone(),
            accounts: Vec::new(),
            units: Vec::new(),
            schools: Vec::with_capacity(extent.school_count),
        };
        let provinces = provinces(national, &extent.office);
        let communes: Vec<(&Unit, &Unit)> = provinces
            .iter()
            .flat_map(|province| {
                let communes = national.children_on(province.code.as_str(), Line::Management, FIRST_DAY_OF_WARDS);
                communes.into_iter().map(move |commune| (*province, commune))
            })
            .collect();
        land.units.extend(provinces.iter().map(|province| department(province)));
        for (schools, (province, commune)) in counts(&communes, extent.school_count).into_iter().zip(&communes) {
            land.people(&file, province, commune, schools);
        }
        land.accounts = file.accounts(&land, communes.first().map_or("", |(_, commune)| commune.code.as_str()))?;
        Ok(land)
    }

    /// Puts so many schools into a commune.
    fn people(&mut self, file: &File, province: &Unit, commune: &Unit, count: usize) {
        let key = noise::key(commune.code.as_str());
        let mut share_before = 0;
        for kind in &file.kind {
            let share = share_before + kind.share;
            let wanted = share * count / 100 - share_before * count / 100;
            share_before = share;
            for number in 0..wanted {
                let name = &file.names[(key as usize + number * NAME_STEP) % file.names.len()];
                let serial = self.schools.len() + 1;
                let code = format!("9{}{serial:05}", &province.code.as_str()[1..]);
                self.add(kind, &code, &format!("{} {name}", kind.name), province, commune);
            }
        }
    }

    fn add(&mut self, kind: &Kind, code: &str, name: &str, province: &Unit, commune: &Unit) {
        let seed = noise::key(code);
        let is_private = unit(&[seed, 21]) < kind.private_share;
        let unit_kind = match kind.levels[..] {
            [Level::Continuing] => UnitKind::ContinuingCentre,
            _ => UnitKind::School,
        };
        let facts = SchoolFacts {
            levels: kind.levels.clone(),
            ownership: Some(if is_private { Ownership::Private } else { Ownership::Public }),
            ..SchoolFacts::default()
        };
        let school =
            Unit { school: Some(facts), ..Unit::new(code, unit_kind, name, Validity::from(FIRST_DAY_OF_WARDS)) };
        let department = department_code(province);
        self.units.push(school.under(Line::Management, commune.code.as_str()).under(Line::Professional, &department));
        let size =
            |(position, [low, high]): (usize, &[f64; 2])| low + (high - low) * unit(&[seed, 22, position as u64]);
        let sizes = kind.levels.iter().copied().zip(kind.sizes.iter().enumerate().map(size)).collect();
        let profile = Profile { seed, sizes, quality: 0.9 * deviation(&[seed, 23]) };
        self.schools.push(InventedSchool { code: code.to_owned(), levels: kind.levels.clone(), profile });
    }
}

impl File {
    fn read() -> Result<Self> {
        toml::from_str(shipped::text("demo/land.toml")?)
            .map_err(|fault| Error::Inside(format!("demo/land.toml: {fault}")))
    }

    fn extent(&self, scale: LandScale) -> Result<&Extent> {
        let found = self.scale.get(scale.as_str());
        found.ok_or_else(|| Error::Inside(format!("demo/land.toml: no scale {}", scale.as_str())))
    }

    /// The accounts at the office, at the first commune and at its first school.
    fn accounts(&self, land: &Land, commune: &str) -> Result<Vec<Account>> {
        let school = land.schools.first().map_or("", |school| school.code.as_str());
        let account = |account: &AccountAt| {
            let unit = match account.at.as_str() {
                "office" => land.office.as_str(),
                "commune" => commune,
                "school" => school,
                other => return Err(Error::Inside(format!("demo/land.toml: account at «{other}»"))),
            };
            Ok(Account {
                user: account.user.clone(),
                name: account.name.clone(),
                role: account.role.clone(),
                unit: unit.to_owned(),
            })
        };
        self.account.iter().map(account).collect()
    }
}

/// The provinces of today inside the office's territory, by code.
fn provinces<'a>(national: &'a Registry, office: &str) -> Vec<&'a Unit> {
    let is_meant = |unit: &&Unit| {
        let is_today = unit.kind == UnitKind::Province && unit.validity.contains(FIRST_DAY_OF_WARDS);
        is_today && (office == NATION || unit.code.as_str() == office)
    };
    let mut found: Vec<&Unit> = national.units().iter().filter(is_meant).collect();
    found.sort_by(|a, b| a.code.as_str().cmp(b.code.as_str()));
    found
}

/// Schools of each commune: some communes are larger than others, and together there are exactly so many.
fn counts(communes: &[(&Unit, &Unit)], school_count: usize) -> Vec<usize> {
    let weights = communes.iter().map(|(_, commune)| 1.0 + 0.5 * deviation(&[noise::key(commune.code.as_str()), 20]));
    let weights: Vec<f64> = weights.collect();
    let all: f64 = weights.iter().sum();
    let (mut sum, mut placed) = (0.0, 0);
    let share = |weight: &f64| {
        sum += weight;
        let upto = (school_count as f64 * sum / all).round() as usize;
        upto - std::mem::replace(&mut placed, upto)
    };
    weights.iter().map(share).collect()
}

fn department_code(province: &Unit) -> String {
    format!("{}-SGDDT", province.code.as_str())
}

/// The education department of a province, the upper end of the professional line.
fn department(province: &Unit) -> Unit {
    let name = province.name_on(FIRST_DAY_OF_WARDS);
    let place = ["Thành phố ", "Tỉnh "].iter().find_map(|kind| name.strip_prefix(kind)).unwrap_or(name);
    let kind = UnitKind::ProvinceEducationDepartment;
    let name = format!("Sở Giáo dục và Đào tạo {place}");
    Unit::new(&department_code(province), kind, &name, Validity::from(FIRST_DAY_OF_WARDS))
        .under(Line::Management, province.code.as_str())
}
