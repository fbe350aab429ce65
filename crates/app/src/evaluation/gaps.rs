//! The gap between schools in one indicator over years, all on one map, so that like is compared with like.

use std::{collections::BTreeMap, sync::Arc};

use domain::{
    evaluation::gaps::{self, Beta, Circumstances, Growth, LeftOut, Lifted, Panel, Setting, Year, YearGap},
    figures::{
        basis::weight_of_share,
        catalogue::{Indicator, ItemCode},
    },
    organisation::Line,
    school_year::SchoolYear,
};
use jiff::civil::Date;
use serde::Serialize;

use crate::{
    figures::{YearView, queries::view_with_unit},
    office::Office,
    platform::{Error, Result},
    school_year::calendar,
};

/// So many peers are named.
const PEER_COUNT: usize = 5;

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
    /// The managing unit of each school, by its number in `places`.
    pub groups: Vec<u32>,
    /// The managing units, in the order of their numbers; empty for schools without one.
    pub places: Vec<String>,
    /// Years that were opened, oldest first.
    pub years: Vec<GapYear>,
    /// Schools that can be compared over all years.
    pub panel: Panel,
    /// The same measures over the panel alone, year by year.
    pub like_for_like: Vec<Option<YearGap>>,
    /// Whether the weak catch up, over the panel.
    pub beta: Option<Beta>,
    /// What the average of the shares is weighted by; none where pupils stand for it.
    pub weight: Option<ItemCode>,
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
    /// What each value is a share of; pupils where it is no share of one item. NaN where unknown.
    pub weights: Vec<f64>,
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
    let (groups, places) = groups(&view, &schools);
    let weight = weight_of_share(catalogue, code);
    let mut found = Vec::with_capacity(years.len());
    let mut views = Vec::with_capacity(years.len());
    for year in years {
        let view = office.warehouse().view(office, year, Some(view.day)).await?;
        found.push(of_year(office, &view, year, (number, weight.as_ref(), &schools), &groups)?);
        views.push(view);
    }
    let indicator = catalogue.indicators[number].clone();
    let is_apportioned = |school: usize| views.iter().any(|view| apportioned(view, number, schools[school]));
    let columns: Vec<&[f64]> = found.iter().map(|year| year.values.as_slice()).collect();
    let panel = Panel::of(&columns, is_apportioned);
    let codes = schools.iter().map(|school| view.forest().code(*school).to_owned()).collect();
    Ok(concluded((indicator, weight), unit, view.day, (codes, groups, places), found, panel))
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

/// Schools of one managing unit are one group; with the units' codes by number.
fn groups(view: &YearView, schools: &[usize]) -> (Vec<u32>, Vec<String>) {
    let mut numbers: BTreeMap<Option<usize>, u32> = BTreeMap::new();
    let mut places = Vec::new();
    let mut group = |school: &usize| {
        let parent = view.forest().parent(*school);
        *numbers.entry(parent).or_insert_with(|| {
            places.push(parent.map_or_else(String::new, |parent| view.forest().code(parent).to_owned()));
            u32::try_from(places.len() - 1).unwrap_or(u32::MAX)
        })
    };
    let groups = schools.iter().map(&mut group).collect();
    (groups, places)
}

fn of_year(
    office: &Office,
    view: &Arc<YearView>,
    year: SchoolYear,
    (number, weight, schools): (usize, Option<&ItemCode>, &[usize]),
    groups: &[u32],
) -> Result<GapYear> {
    let catalogue = office.catalogue();
    let column = view.indicator(number)?;
    let values: Vec<f64> = schools.iter().map(|school| column.value(*school)).collect();
    let pupils = catalogue.indicators.iter().position(|indicator| indicator.code == "pupil_total");
    let sizes: Vec<f64> = match pupils {
        Some(pupils) => {
            let column = view.indicator(pupils)?;
            schools.iter().map(|school| column.value(*school)).collect()
        }
        None => vec![f64::NAN; schools.len()],
    };
    let weights = match weight {
        Some(item) => schools.iter().map(|school| view.item(*school, item).unwrap_or(f64::NAN)).collect(),
        None => sizes.clone(),
    };
    let is_share = catalogue.indicators[number].measure.0 == "%";
    let shown = if is_share { weights.as_slice() } else { &[] };
    let gap = gaps::measure(Year { values: &values, groups, sizes: shown });
    Ok(GapYear { year, values, sizes, weights, gap })
}

fn apportioned(view: &YearView, number: usize, school: usize) -> bool {
    let references = view.plan().formulas()[number].references().iter();
    references.filter_map(|reference| view.made(school, &reference.item)).any(|made| made.apportioned > 0)
}

fn concluded(
    (indicator, weight): (Indicator, Option<ItemCode>),
    unit: &str,
    on_map: Date,
    (schools, groups, places): (Vec<String>, Vec<u32>, Vec<String>),
    years: Vec<GapYear>,
    panel: Panel,
) -> Gaps {
    let own_groups: Vec<u32> = panel.units.iter().map(|school| groups[*school]).collect();
    let is_share = indicator.measure.0 == "%";
    let like = |year: &GapYear| {
        let (values, sizes) = (panel.values(&year.values), panel.values(&year.weights));
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
        ends.and_then(|(first, last)| gaps::lifted((&first.values, &first.weights), (&last.values, &last.weights)));
    // One school has no gap.
    let several = |gap: &&YearGap| gap.distribution.n > 1;
    let told: Vec<(SchoolYear, &YearGap)> = years
        .iter()
        .zip(&like_for_like)
        .filter_map(|(year, gap)| Some((year.year, gap.as_ref().filter(several)?)))
        .collect();
    let finding = gaps::finding(&told);
    Gaps {
        indicator,
        unit: unit.to_owned(),
        on_map,
        schools,
        groups,
        places,
        years,
        panel,
        like_for_like,
        beta,
        weight,
        lifted,
        finding,
    }
}

/// A school that works under like circumstances.
#[derive(Clone, Debug, Serialize)]
pub struct PeerLine {
    /// Code.
    pub code: String,
    /// Name on the map.
    pub name: String,
    /// Pupils.
    pub size: f64,
    /// The value of the last year; none where there is none.
    pub value: Option<f64>,
}

/// A school and its nearest peers in the last year: the same levels, town or country alike, of like size. Empty where the
/// school is none of these; the school itself comes first.
///
/// # Errors
/// Where the register cannot be read.
pub async fn peers(office: &Office, found: &Gaps, school: &str) -> Result<Vec<PeerLine>> {
    let (Some(last), Some(own)) = (found.years.last(), found.schools.iter().position(|code| code == school)) else {
        return Ok(Vec::new());
    };
    let registry = office.registry().await?;
    let circumstances: Vec<Circumstances> = found
        .schools
        .iter()
        .zip(&last.sizes)
        .map(|(code, size)| {
            let levels = registry.unit(code).and_then(|unit| unit.school.as_ref()).map(|school| school.levels.clone());
            let parent = registry.parent_on(code, Line::Management, found.on_map);
            let setting = parent.and_then(|parent| setting(parent.name_on(found.on_map)));
            Circumstances { levels: levels.unwrap_or_default(), size: *size, setting }
        })
        .collect();
    let nearest = gaps::peers(&circumstances, own, PEER_COUNT);
    let line = |place: usize| PeerLine {
        name: registry.unit(&found.schools[place]).map_or("", |unit| unit.name_on(found.on_map)).to_owned(),
        code: found.schools[place].clone(),
        size: last.sizes[place],
        value: Some(last.values[place]).filter(|value| value.is_finite()),
    };
    Ok(std::iter::once(own).chain(nearest.iter().map(|peer| peer.unit)).map(line).collect())
}

/// Town or country, as the name of the managing unit says; none for a district, which has both.
fn setting(name: &str) -> Option<Setting> {
    let begins = |words: &[&str]| words.iter().any(|word| name.starts_with(word));
    match () {
        () if begins(&["Phường", "Thị trấn", "Đặc khu"]) => Some(Setting::Urban),
        () if begins(&["Xã"]) => Some(Setting::Rural),
        () => None,
    }
}

/// How many schools were left out of the comparison over years, by reason.
pub fn left_out(panel: &Panel, reason: LeftOut) -> usize {
    panel.left_out.iter().filter(|(_, own)| *own == reason).count()
}
