//! Years, periods, deadlines and their records: rows to domain types and back.

use domain::{
    Label,
    figures::catalogue::PeriodKind,
    organisation::UnitCode,
    school_year::{
        Deadlines, Event, EventKind, Extension, FormDeadline, Lifecycle, ReportingPeriod, SchoolCalendar, SchoolYear,
    },
};
use jiff::{Timestamp, civil::Date};
use sqlx::AnyConnection;

use crate::platform::{
    Context, Error, Result, Transaction, clock,
    db::{Bound, execute},
};

const PERIOD: &str = "select code, year, kind, label, label_en, as_of, due_on from reporting_period where code = $1";
const PERIODS: &str = "select code, year, kind, label, label_en, as_of, due_on from reporting_period where year = $1 order by as_of, code";
const RECORDS: &str =
    "select kind, reason, recorded_at, recorded_by from period_closure where period_code = $1 order by sequence";
const DEADLINES: &str = "select form_code, unit_code, due_on, reason, set_at, set_by from form_deadline
    where period_code = $1 order by sequence";
const FORMS: &str = "select form_code from period_form where period_code = $1 order by form_code";
const INSERT_FORM: &str = "insert into period_form (period_code, form_code) values ($1, $2)";
const YEARS: &str = "select year from school_year order by year desc";
const INSERT_YEAR: &str =
    "insert into school_year (year, opened_at, opened_by) values ($1, $2, $3) on conflict (year) do nothing";
const INSERT_SEMESTER: &str = "insert into semester (year, number, starts_on, ends_on) values ($1, $2, $3, $4)";
const INSERT_PERIOD: &str = "insert into reporting_period (code, year, kind, label, label_en, as_of, due_on)
    values ($1, $2, $3, $4, $5, $6, $7) on conflict (code) do nothing";
const INSERT_RECORD: &str = "insert into period_closure (period_code, sequence, kind, reason, recorded_at, recorded_by)
    values ($1, (select coalesce(max(c.sequence), 0) + 1 from period_closure c where c.period_code = $1), $2, $3, $4, $5)";
const INSERT_DEADLINE: &str = "insert into form_deadline
    (period_code, sequence, form_code, unit_code, due_on, reason, set_at, set_by)
    values ($1, (select coalesce(max(d.sequence), 0) + 1 from form_deadline d where d.period_code = $1),
        $2, $3, $4, $5, $6, $7)";

type PeriodRow = (String, String, String, String, String, String, String);

/// Every year, latest first.
pub(super) async fn years(connection: &mut AnyConnection) -> Result<Vec<SchoolYear>> {
    let rows: Vec<(String,)> = sqlx::query_as(YEARS).fetch_all(connection).await?;
    rows.iter().map(|(text,)| SchoolYear::parse(text).ok_or_else(|| damaged(text))).collect()
}

/// A year's periods by the day that they describe.
pub(super) async fn periods(connection: &mut AnyConnection, year: SchoolYear) -> Result<Vec<ReportingPeriod>> {
    let rows: Vec<PeriodRow> = sqlx::query_as(PERIODS).bind(year.to_string()).fetch_all(&mut *connection).await?;
    let mut periods = Vec::with_capacity(rows.len());
    for row in rows {
        periods.push(with_forms(connection, read_period(row)?).await?);
    }
    Ok(periods)
}

pub(super) async fn period(connection: &mut AnyConnection, code: &str) -> Result<ReportingPeriod> {
    let row: Option<PeriodRow> = sqlx::query_as(PERIOD).bind(code.to_owned()).fetch_optional(&mut *connection).await?;
    let period = read_period(row.ok_or_else(|| Error::NotFound(format!("kỳ báo cáo {code}")))?)?;
    with_forms(connection, period).await
}

/// Only the office's own periods name their forms.
async fn with_forms(connection: &mut AnyConnection, period: ReportingPeriod) -> Result<ReportingPeriod> {
    if period.kind != PeriodKind::Custom {
        return Ok(period);
    }
    let rows: Vec<(String,)> = sqlx::query_as(FORMS).bind(period.code.clone()).fetch_all(connection).await?;
    Ok(ReportingPeriod { forms: rows.into_iter().map(|(form,)| form).collect(), ..period })
}

fn read_period((code, year, kind, vi, en, as_of, due_on): PeriodRow) -> Result<ReportingPeriod> {
    Ok(ReportingPeriod {
        year: SchoolYear::parse(&year).ok_or_else(|| damaged(&year))?,
        kind: PeriodKind::parse(&kind).ok_or_else(|| damaged(&kind))?,
        forms: Vec::new(),
        label: Label { en: if en.is_empty() { vi.clone() } else { en }, vi },
        as_of: day(&as_of)?,
        due_on: day(&due_on)?,
        code,
    })
}

pub(super) async fn lifecycle(connection: &mut AnyConnection, period: &str) -> Result<Lifecycle> {
    let rows: Vec<(String, String, String, String)> =
        sqlx::query_as(RECORDS).bind(period.to_owned()).fetch_all(connection).await?;
    let event = |(kind, reason, at, by): (String, String, String, String)| {
        let kind = match kind.as_str() {
            "opened" => EventKind::Opening,
            "closed" => EventKind::Closure,
            "reopened" => EventKind::Reopening,
            _ => return Err(damaged(&kind)),
        };
        // A closure that was made with work left had its reason then; the count is not kept.
        Ok(Event { kind, by, at: at.parse().map_err(|_| damaged(&at))?, reason })
    };
    let events = rows.into_iter().map(event).collect::<Result<_>>()?;
    Lifecycle::from_events(events).map_err(Error::inside)
}

pub(super) async fn deadlines(connection: &mut AnyConnection, period: &ReportingPeriod) -> Result<Deadlines> {
    let mut deadlines = Deadlines::of(period);
    let rows: Vec<(String, String, String, String, String, String)> =
        sqlx::query_as(DEADLINES).bind(period.code.clone()).fetch_all(connection).await?;
    for (form, unit, due_on, reason, at, by) in rows {
        let due_on = day(&due_on)?;
        if reason.is_empty() {
            deadlines.forms.retain(|own| own.form != form);
            deadlines.forms.push(FormDeadline { form, due_on });
        } else {
            let at: Timestamp = at.parse().map_err(|_| damaged(&at))?;
            deadlines.extensions.push(Extension {
                form: Some(form).filter(|form| !form.is_empty()),
                unit: Some(unit).filter(|unit| !unit.is_empty()).map(UnitCode),
                until: due_on,
                reason,
                by,
                on: clock::date_in_vietnam(at),
            });
        }
    }
    Ok(deadlines)
}

/// Whether the year was new.
pub(super) async fn save_year(
    transaction: &mut Transaction,
    context: &Context,
    calendar: &SchoolCalendar,
) -> Result<bool> {
    let year = calendar.year.to_string();
    let texts = [year.as_str(), &context.stamp(), context.actor.name()];
    if execute(transaction, INSERT_YEAR, &texts.map(Bound::Text)).await? == 0 {
        return Ok(false);
    }
    let second_from = calendar.first_ends_on.tomorrow().map_err(Error::inside)?;
    let semesters = [(calendar.starts_on, calendar.first_ends_on), (second_from, calendar.ends_on)];
    for (number, (from, to)) in (1_i64..).zip(semesters) {
        let (from, to) = (from.to_string(), to.to_string());
        let values = [Bound::Text(&year), Bound::Whole(number), Bound::Text(&from), Bound::Text(&to)];
        execute(transaction, INSERT_SEMESTER, &values).await?;
    }
    Ok(true)
}

/// Whether the period was new.
pub(super) async fn save_period(transaction: &mut Transaction, period: &ReportingPeriod) -> Result<bool> {
    let ReportingPeriod { code, year, kind, label, as_of, due_on, forms } = period;
    let (year, as_of, due_on) = (year.to_string(), as_of.to_string(), due_on.to_string());
    let texts = [code.as_str(), &year, kind.as_str(), &label.vi, &label.en, &as_of, &due_on];
    let is_new = execute(transaction, INSERT_PERIOD, &texts.map(Bound::Text)).await? > 0;
    for form in forms.iter().filter(|_| is_new) {
        execute(transaction, INSERT_FORM, &[code.as_str(), form].map(Bound::Text)).await?;
    }
    Ok(is_new)
}

/// Writes the latest record of a lifecycle.
pub(super) async fn save_record(transaction: &mut Transaction, period: &str, lifecycle: &Lifecycle) -> Result<()> {
    let Some(event) = lifecycle.events().last() else { return Ok(()) };
    let kind = match event.kind {
        EventKind::Opening => "opened",
        EventKind::Closure => "closed",
        EventKind::Reopening => "reopened",
    };
    let texts = [period, kind, &event.reason, &event.at.to_string(), &event.by];
    execute(transaction, INSERT_RECORD, &texts.map(Bound::Text)).await.map(|_| ())
}

pub(super) async fn save_deadline(
    transaction: &mut Transaction,
    context: &Context,
    period: &str,
    [form, unit, reason]: [&str; 3],
    due_on: Date,
) -> Result<()> {
    let texts = [period, form, unit, &due_on.to_string(), reason, &context.stamp(), context.actor.name()];
    execute(transaction, INSERT_DEADLINE, &texts.map(Bound::Text)).await.map(|_| ())
}

fn day(text: &str) -> Result<Date> {
    text.parse().map_err(|_| damaged(text))
}

fn damaged(text: &str) -> Error {
    Error::Inside(format!("damaged record of a school year: {text}"))
}
