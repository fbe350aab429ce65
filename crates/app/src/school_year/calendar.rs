//! Years and periods as the domain knows them, with everything that was decided about them.

use domain::{
    school_year::{Deadlines, Lifecycle, ReportingPeriod, SchoolYear, State},
    submissions::PeriodState,
};
use sqlx::AnyConnection;

use super::store;
use crate::{office::Office, platform::Result};

/// A period with its records and due dates.
#[derive(Clone, Debug)]
pub struct PeriodSheet {
    /// The period.
    pub period: ReportingPeriod,
    /// Opening, closing, reopening.
    pub lifecycle: Lifecycle,
    /// Due dates with extensions.
    pub deadlines: Deadlines,
}

impl PeriodSheet {
    /// Whether it takes changes of submissions.
    pub fn state(&self) -> PeriodState {
        match self.lifecycle.state() {
            State::Closed => PeriodState::Closed,
            State::NotOpen | State::Open | State::Reopened => PeriodState::Open,
        }
    }
}

/// Every year of the office, latest first.
///
/// # Errors
/// Where the database cannot be read.
pub async fn years(office: &Office) -> Result<Vec<SchoolYear>> {
    store::years(&mut *office.db().pool().acquire().await?).await
}

/// A year's periods, by the day that they describe; none where the year was never opened.
///
/// # Errors
/// Where the database cannot be read.
pub async fn periods(office: &Office, year: SchoolYear) -> Result<Vec<ReportingPeriod>> {
    store::periods(&mut *office.db().pool().acquire().await?, year).await
}

/// One period with everything that was decided about it.
///
/// # Errors
/// `NotFound` for an unknown code.
pub async fn period(office: &Office, code: &str) -> Result<PeriodSheet> {
    let mut connection = office.db().pool().acquire().await?;
    let period = store::period(&mut connection, code).await?;
    sheet(&mut connection, period).await
}

/// A period with what was decided about it.
pub(super) async fn sheet(connection: &mut AnyConnection, period: ReportingPeriod) -> Result<PeriodSheet> {
    let lifecycle = store::lifecycle(connection, &period.code).await?;
    let deadlines = store::deadlines(connection, &period).await?;
    Ok(PeriodSheet { period, lifecycle, deadlines })
}
