//! The verbs on years and periods.

use domain::{
    Reason, Refusal,
    figures::catalogue::StatisticalForm,
    organisation::{Registry, UnitCode},
    school_year::{Extension, Lifecycle, ReportingPeriod, SchoolCalendar},
};
use jiff::civil::Date;

use super::store;
use crate::{
    audit,
    office::Office,
    platform::{Context, Error, Result, Transaction},
};

/// Opens a school year: its two semesters and its two usual periods, both open.
///
/// # Errors
/// `already_open` where the year was opened before.
pub async fn open(office: &Office, context: &Context, calendar: &SchoolCalendar) -> Result<()> {
    let year = calendar.year;
    let mut transaction = office.db().begin().await?;
    if !store::save_year(&mut transaction, context, calendar).await? {
        return Err(Error::refused("already_open", format!("Năm học {year} đã được mở trước đây.")));
    }
    for period in [ReportingPeriod::start_of_year(year), ReportingPeriod::end_of_year(year)] {
        store::save_period(&mut transaction, &period).await?;
        let lifecycle = Lifecycle::default().opened(context.actor.name(), context.now)?;
        store::save_record(&mut transaction, &period.code, &lifecycle).await?;
    }
    audit::write(&mut transaction, context, "school_year.open", &year.to_string(), "").await?;
    transaction.commit().await.map_err(Error::from)
}

/// Adds a period that the office sets itself, open at once.
///
/// # Errors
/// `period_taken`; an unknown form, or a year that was never opened.
pub async fn add_period(office: &Office, context: &Context, period: &ReportingPeriod) -> Result<()> {
    period.forms.iter().try_for_each(|form| known_form(office, form).map(|_| ()))?;
    let mut transaction = office.db().begin().await?;
    if !store::years(&mut transaction).await?.contains(&period.year) {
        return Err(Error::NotFound(format!("năm học {}", period.year)));
    }
    if !store::save_period(&mut transaction, period).await? {
        let message = format!("Kỳ báo cáo {} đã có; hãy chọn mã khác.", period.code);
        return Err(Refusal::from(Reason::new("period_taken", message).at("slug")).into());
    }
    let lifecycle = Lifecycle::default().opened(context.actor.name(), context.now)?;
    store::save_record(&mut transaction, &period.code, &lifecycle).await?;
    audit::write(&mut transaction, context, "school_year.add_period", &period.code, &period.forms.join(" ")).await?;
    Ok(transaction.commit().await?)
}

/// Gives a form its own due date inside a period.
///
/// # Errors
/// `due_before_as_of`, `closed`, `wrong_period`; an unknown period or form.
pub async fn set_form_deadline(
    office: &Office,
    context: &Context,
    period: &str,
    form: &str,
    due_on: Date,
) -> Result<()> {
    let mut transaction = office.db().begin().await?;
    let record = open_period(&mut transaction, period).await?;
    gathered(office, &record, form)?;
    store::deadlines(&mut transaction, &record).await?.with_form(form, due_on)?;
    store::save_deadline(&mut transaction, context, period, [form, "", ""], due_on).await?;
    let detail = format!("{form} {due_on}");
    audit::write(&mut transaction, context, "school_year.set_form_deadline", period, &detail).await?;
    Ok(transaction.commit().await?)
}

/// Gives more time, for one form or all, for one unit or all, with the reason.
///
/// # Errors
/// `no_reason`, `not_later`, `closed`, `wrong_period`, `wrong_unit`; an unknown period or form.
pub async fn extend(
    office: &Office,
    context: &Context,
    period: &str,
    [form, unit]: [Option<&str>; 2],
    until: Date,
    reason: &str,
) -> Result<()> {
    let registry = office.registry().await?;
    let mut transaction = office.db().begin().await?;
    let record = open_period(&mut transaction, period).await?;
    form.map_or(Ok(()), |form| gathered(office, &record, form))?;
    if let Some(unit) = unit.filter(|unit| !sends_figures(&registry, unit, record.as_of)) {
        let message = format!("Không có trường nào mang mã {unit} vào thời điểm số liệu của kỳ.");
        return Err(Refusal::from(Reason::new("wrong_unit", message).at("unit")).into());
    }
    let extension = Extension {
        form: form.map(ToOwned::to_owned),
        unit: unit.map(UnitCode::from),
        until,
        reason: reason.trim().to_owned(),
        by: context.actor.name().to_owned(),
        on: context.today(),
    };
    store::deadlines(&mut transaction, &record).await?.extended(extension)?;
    let (form, unit) = (form.unwrap_or(""), unit.unwrap_or(""));
    store::save_deadline(&mut transaction, context, period, [form, unit, reason.trim()], until).await?;
    let detail = serde_json::json!({ "form": form, "unit": unit, "until": until, "reason": reason }).to_string();
    audit::write(&mut transaction, context, "school_year.extend", period, &detail).await?;
    Ok(transaction.commit().await?)
}

/// Closes a period. `pending` counts submissions that are neither approved nor excused: with any, a reason is needed.
///
/// # Errors
/// `not_open`, `already_closed`, `pending_submissions`; an unknown period.
pub async fn close(office: &Office, context: &Context, period: &str, pending: usize, reason: &str) -> Result<()> {
    record(office, context, "school_year.close", period, reason, |lifecycle| {
        lifecycle.closed(context.actor.name(), context.now, pending, reason)
    })
    .await
}

/// Opens a closed period again, with the reason.
///
/// # Errors
/// `not_closed`, `no_reason`; an unknown period.
pub async fn reopen(office: &Office, context: &Context, period: &str, reason: &str) -> Result<()> {
    record(office, context, "school_year.reopen", period, reason, |lifecycle| {
        lifecycle.reopened(context.actor.name(), context.now, reason)
    })
    .await
}

async fn record(
    office: &Office,
    context: &Context,
    verb: &str,
    period: &str,
    reason: &str,
    decide: impl FnOnce(Lifecycle) -> Result<Lifecycle, Refusal>,
) -> Result<()> {
    let mut transaction = office.db().begin().await?;
    store::period(&mut transaction, period).await?;
    let lifecycle = decide(store::lifecycle(&mut transaction, period).await?)?;
    store::save_record(&mut transaction, period, &lifecycle).await?;
    audit::write(&mut transaction, context, verb, period, reason).await?;
    Ok(transaction.commit().await?)
}

/// The period, if its due dates may still change.
async fn open_period(transaction: &mut Transaction, code: &str) -> Result<ReportingPeriod> {
    let period = store::period(transaction, code).await?;
    store::lifecycle(transaction, code).await?.open_for_deadlines()?;
    Ok(period)
}

fn sends_figures(registry: &Registry, unit: &str, day: Date) -> bool {
    registry.unit_on(unit, day).is_some_and(|unit| unit.school.is_some())
}

fn known_form<'a>(office: &'a Office, form: &str) -> Result<&'a StatisticalForm> {
    office.catalogue().form(form).ok_or_else(|| Error::NotFound(format!("biểu {form}")))
}

/// Whether the form is due in the period.
fn gathered(office: &Office, period: &ReportingPeriod, form: &str) -> Result<()> {
    if period.gathers(known_form(office, form)?) {
        return Ok(());
    }
    let message = format!("Biểu {form} không thuộc kỳ báo cáo {}.", period.label.vi);
    Err(Refusal::from(Reason::new("wrong_period", message).at("form")).into())
}
