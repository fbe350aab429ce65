//! A unit's page on a day: where it stands, its forms and indicators of the year, who holds its posts, its names, whom it
//! took over from and who took over from it, and the changes that were decided.

use axum::extract::{Path, Query, State};
use domain::{
    Level,
    organisation::{Line, SatelliteSite, Unit, UnitCode},
    school_year::SchoolYear,
    vietnamese::parse_date,
};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::{
    figures,
    identity::{Right, Visitor},
    office::Office,
    organisation::queries::{self, Brief, Dated},
    platform::{
        Error, Result,
        web::{Page, Serde, context, wording},
    },
    school_year::{self, cycle, queries::Scope},
    submissions,
};

/// So many units below are shown; more are found by searching.
const CHILDREN_MAX: usize = 120;

/// So many past holders of posts and past changes are shown.
const HISTORY_MAX: usize = 12;

/// The indicators that say most about a unit, in the order of the page; what a unit has no value for is left out.
const MAIN_INDICATORS: [&str; 10] = [
    "pupil_total",
    "pre_class_size",
    "pri_class_size",
    "sec_class_size",
    "pre_completed_5_rate",
    "pri_completed_rate",
    "sec_learning_fair_or_better_share",
    "con_exam_pass_rate",
    "standard_school_rate",
    "prize_high_total",
];

/// The day that is asked for.
#[derive(Clone, Debug, Default, Deserialize)]
pub struct Asked {
    #[serde(default, rename = "ngay")]
    day: String,
}

impl Asked {
    /// The day, or none where none was typed.
    fn day(&self) -> Result<Option<Date>> {
        if self.day.trim().is_empty() {
            return Ok(None);
        }
        let day = parse_date(&self.day);
        let message = || format!("Ngày «{}» không đọc được; ghi dạng 30/06/2025.", self.day);
        day.map(Some).ok_or_else(|| Error::refused("bad_date", message()))
    }
}

/// A line of authority: the parent on the day, and the parents over time.
#[derive(Clone, Debug, Serialize)]
struct Authority {
    line: &'static str,
    now: Option<Brief>,
    parents: Vec<Dated>,
}

/// `GET /don-vi/{code}?ngay=`: a unit, also one that is gone, as it stood on a day.
pub async fn show(
    State(office): State<Office>,
    visitor: Visitor,
    Path(code): Path<String>,
    Query(asked): Query<Asked>,
) -> Result<Page> {
    let today = visitor.today();
    let sheet = queries::unit_sheet(&office, &code, Line::Management, asked.day()?, today).await?;
    let registry = office.registry().await?;
    let unit = registry.unit(&code).ok_or_else(|| Error::NotFound(format!("đơn vị mang mã {code}")))?;
    let lines: Vec<Authority> = Line::ALL
        .into_iter()
        .map(|line| Authority {
            line: line.as_str(),
            now: registry.parent_on(&code, line, sheet.on).map(|parent| queries::brief(parent, sheet.on)),
            parents: queries::parents_over_time(&registry, unit, line),
        })
        .filter(|line| !line.parents.is_empty())
        .collect();
    let above: Vec<Brief> = registry
        .ancestors_on(&code, Line::Management, sheet.on)
        .into_iter()
        .rev()
        .filter(|unit| unit.code.as_str() != UnitCode::COUNTRY)
        .map(|unit| queries::brief(unit, sheet.on))
        .collect();
    let guided = registry.children_on(&code, Line::Professional, sheet.on).len();
    let mut past = queries::holders_before(&office, &code, sheet.on).await?;
    past.truncate(HISTORY_MAX);
    let mut changes = queries::changes_of(&office, &code).await?;
    changes.truncate(HISTORY_MAX);
    let may_read = visitor.may(Right::ReadUnit, &code);
    let year = if may_read { of_year(&office, &visitor, unit).await? } else { OfYear::default() };
    let (vi, en) = sheet.kind.label();
    let values = context! {
        kind => [vi, en],
        lines => Serde(&lines),
        guided,
        sites => Serde(&sites(unit)),
        asked => asked.day,
        exists => unit.validity.contains(sheet.on),
        is_today => sheet.on == today,
        child_count => sheet.children.len(),
        children => Serde(&sheet.children[..sheet.children.len().min(CHILDREN_MAX)]),
        rows => sheet.predecessors.len().max(sheet.successors.len()).max(1),
        is_gone => sheet.valid_to.is_some_and(|to| to < today),
        holders => Serde(&queries::holders_on(&office, &code, sheet.on).await?),
        past => Serde(&past),
        changes => Serde(&changes),
        may_read,
        may_change => visitor.may(Right::ManageUnits, &code),
        year => Serde(&year),
        is_school => unit.kind.is_school(),
        unit => Serde(&sheet),
    };
    let label = wording::text(visitor.language(), "units");
    let page = Page::new("organisation/unit.html", visitor, values).crumb(label, "/don-vi");
    Ok(above.into_iter().fold(page, |page, unit| page.crumb(unit.name, format!("/don-vi/{}", unit.code))))
}

fn sites(unit: &Unit) -> Vec<SatelliteSite> {
    unit.school.as_ref().map_or_else(Vec::new, |school| school.sites.clone())
}

/// A school's forms of one period.
#[derive(Clone, Debug, Serialize)]
struct FormsOfPeriod {
    period: String,
    label: String,
    forms: Vec<submissions::queries::board::FormCell>,
}

/// A main indicator.
#[derive(Clone, Debug, Serialize)]
struct MainIndicator {
    code: String,
    label: String,
    /// The level that it speaks of; empty where of all.
    level: &'static str,
    measure: String,
    decimals: u8,
    value: f64,
    #[serde(flatten)]
    behind: figures::queries::Behind,
}

/// What the present year says of the unit.
#[derive(Clone, Debug, Default, Serialize)]
struct OfYear {
    /// A school's forms, by period.
    forms: Vec<FormsOfPeriod>,
    /// For a unit with schools beneath: how far they are in the period in work.
    progress: Option<cycle::Progress>,
    indicators: Vec<MainIndicator>,
}

async fn of_year(office: &Office, visitor: &Visitor, unit: &Unit) -> Result<OfYear> {
    let text = visitor.frame().year.as_str();
    let Some(year) = SchoolYear::parse(text) else { return Ok(OfYear::default()) };
    let code = unit.code.as_str();
    let mut found = OfYear { indicators: indicators(office, visitor, year, code).await?, ..OfYear::default() };
    if unit.kind.is_school() {
        found.forms = forms(office, visitor, text, code).await?;
    } else {
        let progress = cycle::progress(office, Scope::Beneath(code), text, visitor.today()).await?;
        found.progress = Some(progress).filter(|progress| progress.school_count > 0);
    }
    Ok(found)
}

async fn forms(office: &Office, visitor: &Visitor, year: &str, code: &str) -> Result<Vec<FormsOfPeriod>> {
    let mut found = Vec::new();
    for period in school_year::queries::periods(office, year).await? {
        let row = submissions::queries::board::school(office, &period.sheet, visitor.today(), code).await?;
        found.extend(row.map(|row| FormsOfPeriod {
            label: period.sheet.period.label.in_language(visitor.language().as_str()).to_owned(),
            period: period.code,
            forms: row.forms,
        }));
    }
    Ok(found)
}

async fn indicators(office: &Office, visitor: &Visitor, year: SchoolYear, code: &str) -> Result<Vec<MainIndicator>> {
    let (view, position) = match figures::queries::view_with_unit(office, year, code, None).await {
        Ok(found) => found,
        Err(Error::NotFound(_) | Error::Refused(_)) => return Ok(Vec::new()),
        Err(error) => return Err(error),
    };
    let catalogue = office.catalogue();
    let mut found = Vec::new();
    for wanted in MAIN_INDICATORS {
        let number = catalogue.indicators.iter().position(|indicator| indicator.code == wanted);
        let Some(number) = number else { continue };
        let value = figures::queries::value_of(catalogue, &view, position, number)?;
        let label = catalogue.indicators[number].label.in_language(visitor.language().as_str()).to_owned();
        let level = catalogue.indicators[number].level.map_or("", Level::as_str);
        found.extend(value.value.map(|number| MainIndicator {
            behind: value.behind(),
            code: value.code,
            label,
            level,
            measure: value.unit,
            decimals: value.decimals,
            value: number,
        }));
    }
    Ok(found)
}
