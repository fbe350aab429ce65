//! What stands around every page: the office, the year, the cycle's steps, the notice about invented data.

use domain::school_year::SchoolYear;
use jiff::civil::Date;
use serde::Serialize;

use crate::{
    identity::HeldRole,
    office::Office,
    platform::{Result, db},
    school_year::{
        cycle::{self, Progress, Step},
        queries::{self, Scope},
    },
};

/// A step of the way to a page.
#[derive(Clone, Debug, Serialize)]
pub struct Crumb {
    /// What it is called.
    pub label: String,
    /// Where it leads.
    pub href: String,
}

/// What the frame shows; for somebody who is not signed in, whose pages they are and no more.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Frame {
    /// The office's unit, or the first unit at which the visitor holds a role.
    pub unit_code: String,
    /// That unit's name; the office's for somebody who is not signed in.
    pub unit_name: String,
    /// The year of the page's address, else the latest one; empty while there is none.
    pub year: String,
    /// Every year of the office, latest first.
    pub years: Vec<String>,
    /// The data of this installation are invented, and every page says so.
    pub is_invented: bool,
    /// How far the year is, in the reach of the visitor's first role.
    pub progress: Progress,
    /// The cycle of the year.
    pub steps: Vec<Step>,
}

impl Frame {
    /// Whose figures the frame's unit looks at.
    pub async fn scope(&self, office: &Office) -> Result<Scope<'_>> {
        scope(office, &self.unit_code).await
    }

    /// Loads the frame of the page at `path`.
    pub(crate) async fn load(office: &Office, held: Option<&HeldRole>, path: &str, today: Date) -> Result<Self> {
        let is_invented = db::setting(office.db(), "invented_data").await?.is_some();
        let Some(held) = held else {
            return Ok(Self { is_invented, unit_name: own_name(office, today).await?, ..Self::default() });
        };
        let years = queries::years(office).await?;
        let year = year_in(path).map(|year| year.to_string()).filter(|year| years.contains(year));
        let year = year.or_else(|| years.first().cloned()).unwrap_or_default();
        let scope = scope(office, &held.unit_code).await?;
        let key = (if let Scope::Beneath(unit) = scope { unit.to_owned() } else { String::new() }, year.clone(), today);
        let progress =
            office.kept().progress.get(office.db(), key, cycle::progress(office, scope, &year, today)).await?;
        let progress = Progress::clone(&progress);
        let steps = cycle::steps(office, &progress, &year, path);
        Ok(Self {
            unit_code: held.unit_code.clone(),
            unit_name: held.unit_name.clone(),
            year,
            years,
            is_invented,
            progress,
            steps,
        })
    }
}

/// The name of the office's own unit, for who reads without an account; empty where the installation has none.
async fn own_name(office: &Office, today: Date) -> Result<String> {
    let Some(own) = db::setting(office.db(), "office_unit").await? else { return Ok(String::new()) };
    Ok(office.registry().await?.unit(&own).map(|unit| unit.name_on(today).to_owned()).unwrap_or_default())
}

/// An installation belongs to one office: at its own unit, and at the root, everything is in reach.
async fn scope<'a>(office: &Office, unit_code: &'a str) -> Result<Scope<'a>> {
    let own = db::setting(office.db(), "office_unit").await?;
    let is_all = unit_code == "VN" || own.is_some_and(|own| own == unit_code);
    Ok(if is_all { Scope::Everything } else { Scope::Beneath(unit_code) })
}

/// The school year that a part of the path names or begins with (`2025-2026`, `2025-2026-CN`).
fn year_in(path: &str) -> Option<SchoolYear> {
    path.split('/').find_map(|part| SchoolYear::parse(part.get(..9)?))
}
