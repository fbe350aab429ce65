//! The workbook that a unit fills: the form with last year's approved values beside, and the draft's where asked for.

use documents::workbook::{self, TemplateSpec};
use domain::{organisation::Line, submissions::Value};

use super::{
    SubmissionKey, operations,
    queries::{self, Compared},
};
use crate::{
    office::Office,
    platform::{Error, Result},
    school_year::calendar::{self, PeriodSheet},
};

/// Writes the workbook (.xlsx) of this unit for this form and period.
///
/// # Errors
/// `NotFound` for an unknown form, period or unit; refused where the form is not for the unit or the period.
pub async fn workbook_for(office: &Office, key: &SubmissionKey) -> Result<Vec<u8>> {
    filled_workbook(office, key, None).await
}

/// The same workbook with values in its cells, in the order of the form's cells.
///
/// # Errors
/// As [`workbook_for`].
pub async fn filled_workbook(
    office: &Office,
    key: &SubmissionKey,
    values: Option<&[Option<Value>]>,
) -> Result<Vec<u8>> {
    let form = operations::form(office, &key.form)?;
    let PeriodSheet { period, deadlines, .. } = calendar::period(office, &key.period).await?;
    let registry = office.registry().await?;
    let unit = registry.unit(&key.unit).ok_or_else(|| Error::NotFound(format!("đơn vị {}", key.unit)))?;
    operations::expected(form, &period, unit)?;
    let receiver = registry.parent_on(&key.unit, Line::Management, period.as_of);
    let units = [key.unit.as_str()];
    let previous = Compared::of(&period).approved_before(office, &units).await?;
    let previous = queries::of_unit(&previous, &key.unit).get(form.code.as_str()).map(|values| values.cells().to_vec());
    let notes = queries::notes(office).await?;
    let spec = TemplateSpec {
        catalogue: office.catalogue(),
        form,
        unit_code: &key.unit,
        unit_name: unit.name_on(period.as_of),
        office_name: receiver.map_or("", |receiver| receiver.name_on(period.as_of)),
        school_year: period.year,
        period_code: &key.period,
        as_of: period.as_of,
        due_on: deadlines.due_on(&form.code, &unit.code),
        values,
        previous: previous.as_deref(),
        notes: &notes,
    };
    workbook::template(&spec).map_err(Error::inside)
}
