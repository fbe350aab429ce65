//! The verbs of reports.

use domain::{Reason, Refusal};

use super::{
    queries::{ReportKey, Target},
    store,
};
use crate::{
    audit,
    office::Office,
    platform::{Context, Result},
};

/// The greatest length of one typed text, in characters.
pub const TEXT_LENGTH_MAX: usize = 20_000;

/// Keeps the text of one place of a report; an empty text empties the place.
///
/// # Errors
/// Refused where the text is longer than [`TEXT_LENGTH_MAX`].
pub async fn write_text(office: &Office, context: &Context, key: &ReportKey, place: &str, body: &str) -> Result<()> {
    let length = body.chars().count();
    if length > TEXT_LENGTH_MAX {
        let message =
            format!("Đoạn này dài {length} ký tự; tối đa {TEXT_LENGTH_MAX}. Xin rút gọn hoặc chuyển sang phụ lục.");
        return Err(Refusal::from(Reason::new("text_too_long", message).at(place)).into());
    }
    let mut transaction = office.db().begin().await?;
    store::write_text(&mut transaction, context, key, place, body.trim()).await?;
    let object = format!("{}/{}/{}", key.unit, key.year, place);
    audit::write(&mut transaction, context, "reports.write_text", &object, "").await?;
    transaction.commit().await?;
    Ok(())
}

/// Sets the targets of a unit for a year, all or none.
///
/// # Errors
/// Refused with every indicator that the catalogue does not know and every value that is no number.
pub async fn set_targets(office: &Office, context: &Context, unit: &str, year: &str, targets: &[Target]) -> Result<()> {
    let unknown = targets.iter().filter(|target| office.catalogue().indicator(&target.indicator).is_none()).map(|t| {
        Reason::new("unknown_indicator", format!("Không có chỉ số «{}» trong danh mục.", t.indicator)).at(&t.indicator)
    });
    let no_number = targets
        .iter()
        .filter(|target| !target.value.is_finite())
        .map(|target| Reason::new("not_a_number", "Chỉ tiêu phải là một số.").at(&target.indicator));
    Refusal::unless_empty(unknown.chain(no_number).collect())?;
    let mut transaction = office.db().begin().await?;
    for target in targets {
        store::set_target(&mut transaction, context, unit, year, target).await?;
    }
    let detail = targets.iter().map(|t| format!("{}={}", t.indicator, t.value)).collect::<Vec<_>>().join(" ");
    audit::write(&mut transaction, context, "reports.set_targets", &format!("{unit}/{year}"), &detail).await?;
    transaction.commit().await?;
    Ok(())
}
