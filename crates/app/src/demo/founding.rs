//! How every demo begins: the real units, the invented ones, the accounts; and the moments of its story.

use domain::organisation::{Registry, Unit, admin_units};
use jiff::{civil::Date, tz::TimeZone};

use super::{DemoAccount, PASSWORD, ward::Account, ward::FIRST_DAY_OF_WARDS};
use crate::{
    identity::{self, Role},
    office::Office,
    organisation,
    platform::{Actor, Context, Error, Result, clock, db},
    shipped,
};

/// The setting that remembers which demo an office is.
pub(super) const SCALE: &str = "demo_scale";

/// The units of the nation, abolished ones too.
///
/// # Errors
/// An inside fault where the shipped files cannot be read.
pub(super) fn national() -> Result<Registry> {
    Ok(admin_units::read(shipped::text("admin-units/units.csv")?, shipped::text("admin-units/successors.csv")?)?)
}

/// Imports the nation's units and the invented ones, marks the data as invented and makes the accounts; returns how
/// many units there are.
///
/// # Errors
/// Where the office cannot be written or a role of an account is unknown.
pub(super) async fn found(
    office: &Office,
    scale: &str,
    own_unit: &str,
    invented: Vec<Unit>,
    accounts: &[Account],
) -> Result<usize> {
    let context = at(FIRST_DAY_OF_WARDS, 8, Actor::CommandLine);
    let national = national()?;
    let count = national.units().len() + invented.len();
    let (units, successions) = (national.units().to_vec(), national.successions().to_vec());
    organisation::operations::import(office, &context, units, successions).await?;
    organisation::operations::import(office, &context, invented, Vec::new()).await?;
    let mut transaction = office.db().begin().await?;
    for (name, value) in [("invented_data", "yes"), ("office_unit", own_unit), (SCALE, scale)] {
        db::set_setting(&mut transaction, name, value).await?;
    }
    transaction.commit().await?;
    for account in accounts {
        let role = Role::parse(&account.role)
            .ok_or_else(|| Error::Inside(format!("the demo's account {}: unknown role", account.user)))?;
        let new = identity::operations::NewAccount {
            user_name: account.user.clone(),
            name: account.name.clone(),
            email: String::new(),
            password: PASSWORD.to_owned(),
            roles: vec![(role, account.unit.clone())],
        };
        identity::operations::create_account(office, &context, &new).await?;
    }
    Ok(count)
}

/// Accounts with their passwords, as the command tells them.
pub(super) fn told(accounts: &[Account]) -> Vec<DemoAccount> {
    accounts.iter().map(DemoAccount::of).collect()
}

/// The circumstances of a verb on a day of the story.
pub(super) fn at(day: Date, hour: i8, actor: Actor) -> Context {
    let zone = TimeZone::get(clock::TIME_ZONE).unwrap_or(TimeZone::UTC);
    let now = day.at(hour, 0, 0, 0).to_zoned(zone).map_or_else(|_| clock::now(), |moment| moment.timestamp());
    Context { now, actor, request: format!("demo-{day}-{hour}") }
}
