//! The demo: an invented office taken through whole school years by the roads that users travel.
//!
//! Nothing here writes into a table: units are imported, workbooks are written, filled, sent, refused, mended, returned
//! and approved by the verbs of the rooms. `data/demo/ward.toml` says who there is, `data/demo/rules.toml` how the
//! figures hang together.

mod journey;
mod noise;
mod profile;
mod report;
mod rules;
mod sending;
mod staff;
mod values;
mod ward;

use std::path::PathBuf;

use serde::Serialize;

use crate::{
    office::Office,
    platform::{Error, Result},
};

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
    /// Conferences held: none yet.
    pub conferences: Vec<String>,
    /// Articles published: none yet.
    pub articles: Vec<String>,
    /// Accounts made.
    pub accounts: Vec<DemoAccount>,
}

/// The accounts of the demo ward, with their passwords.
///
/// # Errors
/// An inside fault where `data/demo/ward.toml` cannot be read.
pub fn accounts() -> Result<Vec<DemoAccount>> {
    Ok(ward::Ward::read().map_err(Error::Inside)?.account.iter().map(DemoAccount::of).collect())
}

/// Takes the demo ward through its four school years in an empty office.
///
/// # Errors
/// Refused where the office has data already.
pub async fn ward(office: &Office, say: &(dyn Fn(&str) + Send + Sync)) -> Result<Summary> {
    if !office.registry().await?.units().is_empty() {
        let message =
            "Thư mục dữ liệu đã có đơn vị; bản minh hoạ chỉ tạo trong thư mục trống. Chọn thư mục khác bằng --data.";
        return Err(Error::refused("office_in_use", message));
    }
    let mut journey = journey::Journey::new(office, say)?;
    journey.travel().await?;
    report::write(&mut journey).await?;
    Ok(journey.summary)
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
