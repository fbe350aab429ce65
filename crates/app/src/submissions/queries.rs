//! What is read: values of revisions and drafts, whom to remind, history.

use std::collections::BTreeMap;

use domain::{
    figures::catalogue::PeriodKind,
    school_year::{self as years, ReportingPeriod, SchoolYear},
    submissions::{FormValues, SubmissionState},
};

use super::{SubmissionKey, packed::Shape};
use crate::{
    office::Office,
    platform::{Language, Result, db::select_in},
};

pub mod board;
pub mod history;

pub(super) const LATEST_OF_YEAR: &str = "select s.unit_code, s.form_code, p.kind, r.form_version, r.figures, r.texts from submission s \
     join revision r on r.unit_code = s.unit_code and r.form_code = s.form_code and r.period_code = s.period_code \
     and r.number = s.latest_revision join reporting_period p on p.code = s.period_code \
     where s.latest_revision > 0 and s.unit_code in";
pub(super) const APPROVED_OF_YEAR: &str = "select s.unit_code, s.form_code, p.kind, r.form_version, r.figures, r.texts from submission s \
     join revision r on r.unit_code = s.unit_code and r.form_code = s.form_code and r.period_code = s.period_code \
     and r.number = s.approved_revision join reporting_period p on p.code = s.period_code \
     where s.approved_revision > 0 and s.unit_code in";

/// Values by unit and form.
pub type ValuesByForm = BTreeMap<(String, String), FormValues>;

/// What a period's figures are compared with.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Compared {
    /// Those of its school year.
    Year(SchoolYear),
    /// Those of a period that the office set itself, by its name in the year (`-so-ket-hk1`).
    Period(SchoolYear, String),
}

impl Compared {
    /// What figures of this period are compared with.
    pub fn of(period: &ReportingPeriod) -> Self {
        match (period.kind, period.code.strip_prefix(&period.year.to_string())) {
            (PeriodKind::Custom, Some(name)) => Self::Period(period.year, name.to_owned()),
            _ => Self::Year(period.year),
        }
    }

    /// The same, a year before.
    fn before(&self) -> Self {
        match self {
            Self::Year(year) => Self::Year(year.previous()),
            Self::Period(year, name) => Self::Period(year.previous(), name.clone()),
        }
    }

    /// The latest revisions of these units, approved or not, that checks across forms compare.
    pub async fn latest(&self, office: &Office, units: &[&str]) -> Result<ValuesByForm> {
        values(office, LATEST_OF_YEAR, self, units).await
    }

    /// Last year's approved values of these units.
    pub async fn approved_before(&self, office: &Office, units: &[&str]) -> Result<ValuesByForm> {
        values(office, APPROVED_OF_YEAR, &self.before(), units).await
    }
}

/// The approved revisions of these units in a school year.
pub async fn approved_of_year(office: &Office, year: SchoolYear, units: &[&str]) -> Result<ValuesByForm> {
    values(office, APPROVED_OF_YEAR, &Compared::Year(year), units).await
}

/// Revisions of an older version of a form are read by the codes of their items.
async fn values(office: &Office, text: &'static str, compared: &Compared, units: &[&str]) -> Result<ValuesByForm> {
    let (column, wanted) = match compared {
        Compared::Year(year) => ("p.year", year.to_string()),
        Compared::Period(year, name) => ("p.code", format!("{year}{name}")),
    };
    let mut connection = office.db().pool().acquire().await?;
    let tail = "order by s.unit_code, s.form_code, s.period_code";
    let rows: Vec<(String, String, String, i64, Vec<u8>, String)> =
        select_in(&mut *connection, text, units, &[(column, &wanted)], tail).await?;
    let catalogue = office.catalogue();
    let is_year = matches!(compared, Compared::Year(_));
    let shapes: BTreeMap<&str, Shape<'_>> =
        catalogue.forms.iter().map(|form| (form.code.as_str(), Shape::of(catalogue, form))).collect();
    let values = |(unit, form, kind, version, figures, texts): (String, String, String, i64, Vec<u8>, String)| {
        if is_year && !counts_in_year(office, &form, &kind) {
            return None;
        }
        let figures = office.layouts().in_present_order(&form, version, &figures)?;
        let values = shapes.get(form.as_str())?.unpack(&figures, &texts).ok()?;
        Some(((unit, form), values))
    };
    Ok(rows.into_iter().filter_map(values).collect())
}

/// Whether what a form brought in a period of this kind is among the figures of the year.
fn counts_in_year(office: &Office, form: &str, kind: &str) -> bool {
    let known = PeriodKind::parse(kind).zip(office.catalogue().form(form));
    known.is_some_and(|(kind, form)| years::counts_in_year(kind, form))
}

pub(super) const APPROVED_REVISIONS: &str = "select s.unit_code, s.form_code, s.period_code, p.kind, s.approved_revision \
     from submission s join reporting_period p on p.code = s.period_code \
     where s.approved_revision > 0 and s.unit_code in";

/// Which revision of each form counts for these units in a school year.
///
/// # Errors
/// Where the database cannot be read.
pub async fn approved_revisions(
    office: &Office,
    year: SchoolYear,
    units: &[&str],
) -> Result<Vec<(SubmissionKey, u32)>> {
    let mut connection = office.db().pool().acquire().await?;
    let year = year.to_string();
    let tail = "order by s.unit_code, s.form_code, s.period_code";
    let rows: Vec<(String, String, String, String, i64)> =
        select_in(&mut *connection, APPROVED_REVISIONS, units, &[("p.year", &year)], tail).await?;
    let counted = |number: i64| u32::try_from(number).unwrap_or_default();
    Ok(rows
        .into_iter()
        .filter(|(_, form, _, kind, _)| counts_in_year(office, form, kind))
        .map(|(unit, form, period, _, number)| (SubmissionKey::new(period, form, unit), counted(number)))
        .collect())
}

pub(super) const KEYS_IN_STATE: &str =
    "select unit_code, form_code from submission where period_code = $1 and state = $2 order by form_code, unit_code";

/// The submissions of a period in this state.
pub async fn keys_in_state(office: &Office, period: &str, state: SubmissionState) -> Result<Vec<SubmissionKey>> {
    let rows: Vec<(String, String)> = sqlx::query_as(KEYS_IN_STATE)
        .bind(period.to_owned())
        .bind(state.as_str())
        .fetch_all(office.db().pool())
        .await?;
    Ok(rows.into_iter().map(|(unit, form)| SubmissionKey::new(period, form, unit)).collect())
}

/// One unit's values by form.
pub fn of_unit<'a>(values: &'a ValuesByForm, unit: &str) -> BTreeMap<&'a str, &'a FormValues> {
    let first = (unit.to_owned(), String::new());
    let same = values.range(first..).take_while(|((code, _), _)| code == unit);
    same.map(|((_, form), values)| (form.as_str(), values)).collect()
}

pub(super) const SETTING: &str = "select value from setting where name = $1";

/// The setting under which an office says that its figures are invented.
pub const INVENTED_DATA: &str = "invented_data";

/// What is printed under the title of every workbook of this office.
pub async fn notes(office: &Office) -> Result<Vec<String>> {
    let found: Option<(String,)> =
        sqlx::query_as(SETTING).bind(INVENTED_DATA).fetch_optional(office.db().pool()).await?;
    let is_invented = found.is_some_and(|(value,)| value == "yes");
    Ok(if is_invented {
        vec!["Dữ liệu minh hoạ, không phải số liệu thật".to_owned()]
    } else {
        Vec::new()
    })
}

pub(super) const RECIPIENTS: &str = "select distinct r.unit_code, a.email, a.language, r.valid_from, r.valid_to \
     from account a join account_role r on r.user_name = a.user_name where r.role in ('principal', 'clerk') \
     and a.email <> '' and a.disabled_at = '' and r.unit_code in";

/// The mail addresses of those who answer for a unit's figures on a day, each with its reader's language.
pub async fn recipients(office: &Office, unit: &str, day: &str) -> Result<Vec<(String, Language)>> {
    Ok(recipients_of(office, &[unit], day).await?.remove(unit).unwrap_or_default())
}

/// The same for many units, asked at once; units without such an address are left out.
pub async fn recipients_of(
    office: &Office,
    units: &[&str],
    day: &str,
) -> Result<BTreeMap<String, Vec<(String, Language)>>> {
    let mut connection = office.db().pool().acquire().await?;
    let rows: Vec<(String, String, String, String, String)> =
        select_in(&mut *connection, RECIPIENTS, units, &[], "order by r.unit_code, a.email").await?;
    let mut found: BTreeMap<String, Vec<(String, Language)>> = BTreeMap::new();
    for (unit, email, language, from, to) in rows {
        let known = found.entry(unit).or_default();
        if from.as_str() <= day && day < to.as_str() && known.iter().all(|(other, _)| *other != email) {
            known.push((email, Language::parse(&language).unwrap_or_default()));
        }
    }
    found.retain(|_, addresses| !addresses.is_empty());
    Ok(found)
}
