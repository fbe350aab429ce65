//! The gap between schools in one indicator over years, all on one map, so that like is compared with like.

use std::{collections::BTreeMap, sync::Arc};

use domain::{
    evaluation::gaps::{self, Beta, Growth, LeftOut, Lifted, Panel, Year, YearGap},
    figures::catalogue::Indicator,
    school_year::SchoolYear,
};
use jiff::civil::Date;

use crate::{
    figures::{YearView, queries::view_with_unit},
    office::Office,
    platform::{Error, Result},
    school_year::calendar,
};

/// More years than an office has.
const YEARS_MAX: usize = 40;

/// The gaps of an indicator under a unit.
pub struct Gaps {
    /// The indicator.
    pub indicator: Indicator,
    /// The unit whose schools are compared.
    pub unit: String,
    /// The day whose units make the map of all years: the last year's own.
    pub on_map: Date,
    /// The schools, by their order on the map.
    pub schools: Vec<String>,
    /// Years that were opened, oldest first.
    pub years: Vec<GapYear>,
    /// Schools that can be compared over all years.
    pub panel: Panel,
    /// The same measures over the panel alone, year by year.
    pub like_for_like: Vec<Option<YearGap>>,
    /// Whether the weak catch up, over the panel.
    pub beta: Option<Beta>,
    /// Who lifted the average from the first year to the last.
    pub lifted: Option<Lifted>,
    /// What it all says, in Vietnamese.
    pub finding: Option<String>,
}

/// One year.
pub struct GapYear {
    /// The year.
    pub year: SchoolYear,
    /// Values by school, NaN where there is none.
    pub values: Vec<f64>,
    /// Pupils by school, NaN where unknown.
    pub sizes: Vec<f64>,
    /// The measures; none where no school has a value.
    pub gap: Option<YearGap>,
}

/// Measures the gaps between the schools under a unit, from a year to a year.
///
/// # Errors
/// `NotFound` for an unknown indicator or unit; `wrong_years` where the years are the wrong way round, too many, or none of
/// them was opened; `not_on_map` where the unit does not exist in the last year.
pub async fn measure(office: &Office, code: &str, span: (SchoolYear, SchoolYear), unit: &str) -> Result<Gaps> {
    let catalogue = office.catalogue();
    let number = catalogue.indicators.iter().position(|indicator| indicator.code == code);
    let number = number.ok_or_else(|| Error::NotFound(format!("chỉ số {code}")))?;
    let years = opened(office, span).await?;
    let last = *years.last().ok_or_else(|| {
        let message = format!("Không có năm học nào đã mở từ {} đến {}; hãy chọn lại năm học.", span.0, span.1);
        Error::refused("wrong_years", message)
    })?;
    let (view, position) = view_with_unit(office, last, unit, None).await?;
    let schools = schools(office, &view, position).await?;
    let groups = groups(&view, &schools);
    let mut found = Vec::with_capacity(years.len());
    let mut views = Vec::with_capacity(years.len());
    for year in years {
        let view = office.warehouse().view(office, year, Some(view.day)).await?;
        found.push(of_year(office, &view, year, (number, &schools), &groups)?);
        views.push(view);
    }
    let indicator = catalogue.indicators[number].clone();
    let is_apportioned = |school: usize| views.iter().any(|view| apportioned(view, number, schools[school]));
    let columns: Vec<&[f64]> = found.iter().map(|year| year.values.as_slice()).collect();
    let panel = Panel::of(&columns, is_apportioned);
    let codes = schools.iter().map(|school| view.forest().code(*school).to_owned()).collect();
    Ok(concluded(indicator, unit, view.day, codes, found, panel, &groups))
}

async fn opened(office: &Office, (from, to): (SchoolYear, SchoolYear)) -> Result<Vec<SchoolYear>> {
    let mut years: Vec<SchoolYear> =
        calendar::years(office).await?.into_iter().filter(|year| (from..=to).contains(year)).collect();
    years.sort_unstable();
    if from > to || years.len() > YEARS_MAX {
        let message = format!(
            "Khoảng năm học {from} đến {to} không đúng: năm đầu phải trước năm cuối, nhiều nhất {YEARS_MAX} năm."
        );
        return Err(Error::refused("wrong_years", message));
    }
    Ok(years)
}

/// The schools under a unit, by position.
async fn schools(office: &Office, view: &YearView, position: usize) -> Result<Vec<usize>> {
    let registry = office.registry().await?;
    let is_school =
        |position: &usize| registry.unit(view.forest().code(*position)).is_some_and(|unit| unit.school.is_some());
    Ok(view.forest().subtree(position).filter(is_school).collect())
}

/// Schools of one managing unit are one group.
fn groups(view: &YearView, schools: &[usize]) -> Vec<u32> {
    let mut numbers: BTreeMap<Option<usize>, u32> = BTreeMap::new();
    let mut group = |school: &usize| {
        let next = u32::try_from(numbers.len()).unwrap_or(u32::MAX);
        *numbers.entry(view.forest().parent(*school)).or_insert(next)
    };
    schools.iter().map(&mut group).collect()
}

fn of_year(
    office: &Office,
    view: &Arc<YearView>,
    year: SchoolYear,
    (number, schools): (usize, &[usize]),
    groups: &[u32],
) -> Result<GapYear> {
    let catalogue = office.catalogue();
    let column = view.indicator(number)?.values();
    let values: Vec<f64> = schools.iter().map(|school| column[*school]).collect();
    let pupils = catalogue.indicators.iter().position(|indicator| indicator.code == "pupil_total");
    let sizes: Vec<f64> = match pupils {
        Some(pupils) => {
            let column = view.indicator(pupils)?.values();
            schools.iter().map(|school| column[*school]).collect()
        }
        None => vec![f64::NAN; schools.len()],
    };
    let is_share = catalogue.indicators[number].measure.0 == "%";
    let shown = if is_share { sizes.as_slice() } else { &[] };
    let gap = gaps::measure(Year { values: &values, groups, sizes: shown });
    Ok(GapYear { year, values, sizes, gap })
}

fn apportioned(view: &YearView, number: usize, school: usize) -> bool {
    let references = view.plan().formulas()[number].references().iter();
    references.filter_map(|reference| view.made(school, &reference.item)).any(|made| made.apportioned > 0)
}

fn concluded(
    indicator: Indicator,
    unit: &str,
    on_map: Date,
    schools: Vec<String>,
    years: Vec<GapYear>,
    panel: Panel,
    groups: &[u32],
) -> Gaps {
    let own_groups: Vec<u32> = panel.units.iter().map(|school| groups[*school]).collect();
    let is_share = indicator.measure.0 == "%";
    let like = |year: &GapYear| {
        let (values, sizes) = (panel.values(&year.values), panel.values(&year.sizes));
        let sizes = if is_share { sizes.as_slice() } else { &[] };
        gaps::measure(Year { values: &values, groups: &own_groups, sizes })
    };
    let like_for_like: Vec<Option<YearGap>> = years.iter().map(like).collect();
    let ends = years.first().zip(years.last()).filter(|(first, last)| first.year < last.year);
    let growth = if is_share { Growth::Points } else { Growth::Logarithms };
    let beta = ends.and_then(|(first, last)| {
        let span = f64::from(last.year.first_calendar_year() - first.year.first_calendar_year());
        gaps::beta(&panel.values(&first.values), &panel.values(&last.values), span, growth)
    });
    let lifted =
        ends.and_then(|(first, last)| gaps::lifted((&first.values, &first.sizes), (&last.values, &last.sizes)));
    let told: Vec<(SchoolYear, &YearGap)> =
        years.iter().zip(&like_for_like).filter_map(|(year, gap)| Some((year.year, gap.as_ref()?))).collect();
    let finding = gaps::finding(&told);
    Gaps { indicator, unit: unit.to_owned(), on_map, schools, years, panel, like_for_like, beta, lifted, finding }
}

/// How many schools were left out of the comparison over years, by reason.
pub fn left_out(panel: &Panel, reason: LeftOut) -> usize {
    panel.left_out.iter().filter(|(_, own)| *own == reason).count()
}
