//! The demo: an invented office taken through whole school years by the roads that users travel.
//!
//! Nothing here writes into a table: units are imported, workbooks are written, filled, sent, refused, mended, returned
//! and approved by the verbs of the rooms. `data/demo/ward.toml` says who there is, `data/demo/rules.toml` how the
//! figures hang together; `data/demo/land.toml` spreads schools over a province or the nation ([`large`]).

mod awards;
mod by_api;
mod by_workbooks;
mod cast;
mod coming;
mod conferences;
mod founding;
mod journey;
mod kit;
mod land;
mod large;
mod noise;
mod papers;
mod profile;
mod report;
mod rounds;
mod rules;
mod sending;
mod staff;
mod values;
mod ward;

use std::{ops::AddAssign, path::PathBuf};

use domain::Level;
use serde::Serialize;

use crate::{
    office::Office,
    platform::{Error, Result, db},
};

pub use land::LandScale;

/// Hears what is being done.
pub type Tell = dyn Fn(&str) + Send + Sync;

/// An account of the demo, with its password.
#[derive(Clone, Debug, Serialize)]
pub struct DemoAccount {
    /// The name typed at the door.
    pub user: String,
    /// The password.
    pub password: String,
    /// The role.
    pub role: String,
    /// The unit at which it is held.
    pub unit: String,
}

/// The password of every account of the demo, told by the command.
const PASSWORD: &str = "minh-hoa-2026";

impl DemoAccount {
    fn of(account: &ward::Account) -> Self {
        Self {
            user: account.user.clone(),
            password: PASSWORD.to_owned(),
            role: account.role.clone(),
            unit: account.unit.clone(),
        }
    }
}

/// A school of the demo with its character.
#[derive(Clone, Debug)]
struct InventedSchool {
    code: String,
    levels: Vec<Level>,
    profile: profile::Profile,
}

/// What became of sendings.
#[derive(Clone, Copy, Debug, Default)]
struct Counts {
    sent: usize,
    refused: usize,
    /// Values taken in.
    figures: usize,
}

impl AddAssign for Counts {
    fn add_assign(&mut self, more: Self) {
        self.sent += more.sent;
        self.refused += more.refused;
        self.figures += more.figures;
    }
}

/// What the journey made, counted.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Summary {
    /// Units in the register.
    pub units: usize,
    /// Schools among them that report.
    pub schools: usize,
    /// Workbooks handed in, refused ones too.
    pub workbooks: usize,
    /// Workbooks that were refused with their problems.
    pub refused_workbooks: usize,
    /// Records sent through the bulk interface, refused ones too.
    pub records: usize,
    /// Records that were refused with their problems.
    pub refused_records: usize,
    /// Forms given back by the officer.
    pub returned: usize,
    /// Forms approved.
    pub approved: usize,
    /// Values taken in.
    pub figures: usize,
    /// Indicators computed for every unit.
    pub indicators: usize,
    /// Documents written.
    pub documents: Vec<PathBuf>,
    /// Conferences, by number.
    pub conferences: Vec<String>,
    /// Articles published, by the number of their conference.
    pub articles: Vec<String>,
    /// Accounts made.
    pub accounts: Vec<DemoAccount>,
}

/// The accounts of the demo that this office is, with their passwords.
///
/// # Errors
/// An inside fault where the demo's own data cannot be read.
pub async fn accounts(office: &Office) -> Result<Vec<DemoAccount>> {
    let accounts = match scale_of(office).await? {
        Some(scale) => land::Land::invent(scale, &founding::national()?)?.accounts,
        None => ward::Ward::read().map_err(Error::Inside)?.account,
    };
    Ok(founding::told(&accounts))
}

/// Whether the office is a demo of a whole province or of the nation.
///
/// # Errors
/// Where the database cannot be read.
pub async fn is_of_a_land(office: &Office) -> Result<bool> {
    Ok(scale_of(office).await?.is_some())
}

async fn scale_of(office: &Office) -> Result<Option<LandScale>> {
    let scale = db::setting(office.db(), founding::SCALE).await?;
    Ok([LandScale::Province, LandScale::Nation].into_iter().find(|known| scale.as_deref() == Some(known.as_str())))
}

/// Takes the demo ward through its four school years in an empty office.
///
/// # Errors
/// Refused where the office has data already.
pub async fn ward(office: &Office, tell: &Tell) -> Result<Summary> {
    must_be_empty(office).await?;
    let mut journey = journey::Journey::new(office, tell)?;
    journey.travel().await?;
    awards::honour(&mut journey).await?;
    report::write(&mut journey).await?;
    let conference = conferences::prepare(&mut journey).await?;
    papers::write(&mut journey, papers::Stage::Before, conference).await?;
    conferences::hold(&mut journey, conference).await?;
    papers::write(&mut journey, papers::Stage::After, conference).await?;
    Ok(journey.summary)
}

/// Takes thousands of invented schools on the real units through one school year in an empty office: a province by
/// workbooks, the nation through the bulk interface.
///
/// # Errors
/// Refused where the office has data already.
pub async fn land(office: &Office, scale: LandScale, tell: &Tell) -> Result<Summary> {
    must_be_empty(office).await?;
    let mut journey = large::LargeJourney::new(office, scale, tell)?;
    journey.travel().await?;
    Ok(journey.summary)
}

async fn must_be_empty(office: &Office) -> Result<()> {
    if office.registry().await?.units().is_empty() {
        return Ok(());
    }
    let message =
        "Thư mục dữ liệu đã có đơn vị; bản minh hoạ chỉ tạo trong thư mục trống. Chọn thư mục khác bằng --data.";
    Err(Error::refused("office_in_use", message))
}

/// Makes the demo ward in an empty office and writes so many faultless workbooks, for measuring their way in.
///
/// # Errors
/// Where the office cannot be written.
pub async fn workbooks(office: &Office, count: usize) -> Result<Vec<PathBuf>> {
    journey::Journey::new(office, &|_| ())?.write_workbooks(count).await
}

#[cfg(test)]
mod tests;
