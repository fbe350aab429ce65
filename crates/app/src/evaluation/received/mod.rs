//! Results that a superior office gave (`13/13 chỉ tiêu Xuất sắc`), each with its document: recorded, corrected by a new
//! record, traced, told in the report.

mod store;

use domain::{Level, Reason, Refusal, evaluation::received::ReceivedResult, school_year::SchoolYear};

use crate::{
    audit,
    office::Office,
    platform::{Context, Error, Result},
};

/// A recorded result with its trace.
#[derive(Clone, Debug)]
pub struct Recorded {
    /// Its number.
    pub id: i64,
    /// What was received.
    pub result: ReceivedResult,
    /// Why it corrects the one before it; empty for the first of its scope.
    pub correction: String,
    /// When it was recorded.
    pub recorded_at: String,
    /// By whom.
    pub recorded_by: String,
    /// Whether a later record of the same scope has taken its place.
    pub is_superseded: bool,
}

/// Records a result of a unit. One of the same scope that stands already is corrected by it: both are kept, with the reason.
///
/// # Errors
/// `NotFound` for an unknown unit; `recorded_already` where one stands and no reason is given.
pub async fn record(
    office: &Office,
    context: &Context,
    unit: &str,
    result: &ReceivedResult,
    correction: &str,
) -> Result<i64> {
    let registry = office.registry().await?;
    registry.unit(unit).ok_or_else(|| Error::NotFound(format!("đơn vị mang mã {unit}")))?;
    let known = of_year(office, unit, result.year).await?;
    let stands = known.iter().find(|one| one.result.scope == result.scope && !one.is_superseded);
    let correction = correction.trim();
    if stands.is_some_and(|one| one.result == *result) {
        let message = "Kết quả này đã được ghi đúng như vậy.";
        return Err(Error::refused("unchanged", message));
    }
    if stands.is_some() && correction.is_empty() {
        let message = "Năm học này đã có kết quả cùng phạm vi; muốn ghi lại, hãy nêu lý do đính chính.";
        return Err(Refusal::from(Reason::new("recorded_already", message).at("correction")).into());
    }
    let correction = if stands.is_some() { correction } else { "" };
    let mut transaction = office.db().begin().await?;
    let id = store::insert(&mut transaction, context, unit, result, correction).await?;
    let object = format!("{unit}/{}", result.year);
    audit::write(&mut transaction, context, "evaluation.record_received", &object, &result.statement()).await?;
    transaction.commit().await?;
    Ok(id)
}

/// The results of a unit in a year, the latest first, corrected ones too.
///
/// # Errors
/// Where the database cannot be read.
pub async fn of_year(office: &Office, unit: &str, year: SchoolYear) -> Result<Vec<Recorded>> {
    let mut recorded = store::of_year(office, unit, year).await?;
    let mut seen: Vec<Option<Level>> = Vec::new();
    for one in &mut recorded {
        one.is_superseded = seen.contains(&one.result.scope);
        seen.push(one.result.scope);
    }
    Ok(recorded)
}
