//! The list of a unit's indicators, and one indicator: over the years, with its working and the units below ranked.

use axum::extract::{Path, Query, State};
use domain::{
    Label, Level,
    figures::{
        catalogue::{Catalogue, Direction, Indicator},
        formula::{Input, Labels as _, Reference},
    },
    reports::{Chart, ChartKind, Series},
    school_year::SchoolYear,
    vietnamese::sort_key,
};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::{
    queries::{self, IndicatorValue},
    view::YearView,
};
use crate::{
    identity::{Right, Visitor},
    office::Office,
    organisation::queries::{Brief, brief},
    platform::{
        Error, Result,
        web::{Page, Paged, Serde, Value, context, wording},
    },
    school_year::calendar,
};

/// Indicators on one page of the list: the HTML stays under 30 KB.
const PAGE_SIZE: usize = 72;
/// So many units below are shown.
const CHILDREN_MAX: usize = 110;

/// What the address asks for; what it leaves out comes from the frame.
#[derive(Clone, Debug, Default, Deserialize)]
pub struct Asked {
    #[serde(default, rename = "don-vi")]
    unit: String,
    #[serde(default, rename = "nam")]
    year: String,
    #[serde(default, rename = "cap")]
    level: String,
    /// Page of the list, from 1.
    #[serde(default, rename = "trang")]
    page: String,
}

/// The unit and the year that are meant, once the visitor may read them.
struct Meant {
    unit: String,
    year: SchoolYear,
    years: Vec<SchoolYear>,
}

async fn meant(office: &Office, visitor: &Visitor, asked: &Asked) -> Result<Meant> {
    let frame = visitor.frame();
    let unit = if asked.unit.is_empty() { frame.unit_code.clone() } else { asked.unit.clone() };
    visitor.require(Right::ReadUnit, &unit)?;
    let text = if asked.year.is_empty() { &frame.year } else { &asked.year };
    let year = SchoolYear::parse(text).ok_or_else(|| Error::NotFound(format!("năm học {text}")))?;
    Ok(Meant { unit, year, years: calendar::years(office).await? })
}

/// A line of the list.
#[derive(Clone, Debug, Serialize)]
struct Listed {
    code: String,
    label: Label,
    level: Option<Level>,
    value: Option<f64>,
    previous: Option<f64>,
    decimals: u8,
    measure: String,
    missing: Option<&'static str>,
    reported: u32,
    expected: u32,
    /// From how many of how many schools the value of the year before is made, where some are missing.
    previous_made: Option<(u32, u32)>,
}

/// Indicators under one heading.
#[derive(Clone, Debug, Serialize)]
struct Group {
    code: String,
    rows: Vec<Listed>,
}

/// `GET /chi-so?don-vi=&nam=&cap=`.
pub async fn list(State(office): State<Office>, visitor: Visitor, Query(asked): Query<Asked>) -> Result<Page> {
    let meant = meant(&office, &visitor, &asked).await?;
    let now = queries::unit_indicators(&office, meant.year, &meant.unit, None).await?;
    let before = match queries::unit_indicators(&office, meant.year.previous(), &meant.unit, None).await {
        Ok(before) => before.indicators,
        Err(Error::NotFound(_)) => Vec::new(),
        Err(fault) => return Err(fault),
    };
    let all = now.indicators.len();
    let rows = now.indicators.into_iter().enumerate().filter_map(|(number, value)| {
        let indicator = &office.catalogue().indicators[number];
        let is_level = asked.level.is_empty() || indicator.level.is_some_and(|level| level.as_str() == asked.level);
        let row = listed(indicator, &value, before.get(number));
        (is_level && (row.expected > 0 || row.value.is_some())).then_some((indicator.group.as_str(), row))
    });
    let mut rows: Vec<(&str, Listed)> = rows.collect();
    // The levels as reports list them, then the whole unit.
    rows.sort_by_key(|(_, row)| (row.level.is_none(), row.level));
    let groups = grouped(rows.into_iter());
    let shown: usize = groups.iter().map(|group| group.rows.len()).sum();
    let (groups, page, page_count) = page_of(groups, asked.page.parse().unwrap_or(1));
    let unit = named(&office, &meant.unit, now.on_map).await?;
    let values = context! {
        unit => Serde(&unit), year => meant.year.to_string(), previous_year => meant.year.previous().to_string(),
        years => meant.years.iter().map(ToString::to_string).collect::<Vec<_>>(),
        levels => Level::ALL.map(Level::as_str), level => asked.level,
        on_map => now.on_map.to_string(), not_on_map => Serde(&now.not_on_map), groups => Serde(&groups), shown, all, page, page_count,
    };
    Ok(Page::new("figures/list.html", visitor, values))
}

/// Rows under their headings, in the order of first mention.
fn grouped<'a>(rows: impl Iterator<Item = (&'a str, Listed)>) -> Vec<Group> {
    let mut groups: Vec<Group> = Vec::new();
    for (code, row) in rows {
        match groups.iter_mut().find(|group| group.code == code) {
            Some(group) => group.rows.push(row),
            None => groups.push(Group { code: code.to_owned(), rows: vec![row] }),
        }
    }
    groups
}

/// The groups of a page, its number as it is, and how many pages there are.
fn page_of(groups: Vec<Group>, asked: usize) -> (Vec<Group>, usize, usize) {
    let rows: Vec<(String, Listed)> =
        groups.into_iter().flat_map(|group| group.rows.into_iter().map(move |row| (group.code.clone(), row))).collect();
    let Paged { rows, page, page_count } = Paged::of(rows, asked, PAGE_SIZE);
    let mut groups: Vec<Group> = Vec::new();
    for (code, row) in rows {
        match groups.last_mut().filter(|group| group.code == code) {
            Some(group) => group.rows.push(row),
            None => groups.push(Group { code, rows: vec![row] }),
        }
    }
    (groups, page, page_count)
}

fn listed(indicator: &Indicator, value: &IndicatorValue, previous: Option<&IndicatorValue>) -> Listed {
    Listed {
        code: value.code.clone(),
        label: indicator.label.clone(),
        level: indicator.level,
        value: value.value,
        previous: previous.and_then(|previous| previous.value),
        previous_made: previous
            .filter(|previous| previous.value.is_some() && previous.is_partial())
            .map(|previous| (previous.reported, previous.expected)),
        decimals: value.decimals,
        measure: value.unit.clone(),
        missing: value.missing,
        reported: value.reported,
        expected: value.expected,
    }
}

async fn named(office: &Office, unit: &str, day: Date) -> Result<Brief> {
    let registry = office.registry().await?;
    registry.unit(unit).map(|unit| brief(unit, day)).ok_or_else(|| Error::NotFound(format!("đơn vị mang mã {unit}")))
}

/// A year of the indicator's series.
#[derive(Clone, Debug, Serialize)]
struct YearRow {
    year: String,
    on_map: String,
    value: Option<f64>,
    missing: Option<&'static str>,
    is_partial: bool,
    reported: u32,
    expected: u32,
}

/// The values over the years, oldest first, as reports draw theirs; a year without a value is a gap.
fn chart(title: &str, measure: &str, decimals: u8, rows: &[YearRow]) -> Chart {
    let mut chart = Chart {
        kind: ChartKind::Line,
        title: title.to_owned(),
        description: String::new(),
        measure: measure.to_owned(),
        decimals,
        categories: rows.iter().map(|row| row.year.clone()).collect(),
        series: vec![Series { name: title.to_owned(), values: rows.iter().map(|row| row.value).collect() }],
    };
    let told = |row: &YearRow| format!("{}: {} {measure}", row.year, chart.printed(row.value));
    chart.description = rows.iter().map(told).collect::<Vec<_>>().join("; ");
    chart
}

/// A unit below with its place.
#[derive(Clone, Debug, Serialize)]
struct Ranked {
    code: String,
    name: String,
    value: Option<f64>,
    rank: usize,
    is_partial: bool,
    reported: u32,
    expected: u32,
}

/// `GET /chi-so/{code}?don-vi=&nam=`.
pub async fn show(
    State(office): State<Office>,
    visitor: Visitor,
    Path(code): Path<String>,
    Query(asked): Query<Asked>,
) -> Result<Page> {
    let meant = meant(&office, &visitor, &asked).await?;
    let catalogue = office.catalogue();
    let number = catalogue.indicators.iter().position(|indicator| indicator.code == code);
    let number = number.ok_or_else(|| Error::NotFound(format!("chỉ số {code}")))?;
    let indicator = &catalogue.indicators[number];
    let (view, position) = queries::view_with_unit(&office, meant.year, &meant.unit, None).await?;
    let value = queries::value_of(catalogue, &view, position, number)?;
    let working = queries::explain(catalogue, &view, position, number)?;
    let rows = series(&office, &meant, number).await?;
    let mut children = ranked(&office, &view, position, number, indicator.direction).await?;
    let child_count = children.len();
    children.truncate(CHILDREN_MAX);
    let inputs: Vec<_> =
        value.inputs.iter().zip(&working.inputs).map(|(input, named)| read(catalogue, input, named)).collect();
    let unit = named(&office, &meant.unit, view.day).await?;
    let not_on_map = queries::left_out(&*office.registry().await?, &view, position);
    let language = visitor.language();
    let title = format!("{}, {}", indicator.label.in_language(language.as_str()), unit.name);
    let measure = wording::measure(language, &indicator.measure.0);
    let has_value = rows.iter().any(|row| row.value.is_some());
    let measured_in = wording::measured_in(language, &indicator.measure.0);
    let chart = chart(&title, &measure, value.decimals, &rows);
    let drawing = has_value.then(|| documents::chart::svg_measured_in(&chart, &measured_in));
    let values = context! {
        code, label => Serde(&indicator.label), level => indicator.level.map(Level::as_str), measure, formula => indicator.formula.clone(),
        direction => Serde(&indicator.direction), source => indicator.source.text.clone(),
        confidence => Serde(&indicator.source.confidence), unit => Serde(&unit),
        year => meant.year.to_string(), on_map => view.day.to_string(), not_on_map => Serde(&not_on_map), chart => drawing,
        rows => Serde(&rows), inputs, is_partial => value.is_partial(), child_count, children => Serde(&children),
        working => context! { words => working.words, working => working.working, steps => working.steps },
        value => Serde(&value),
    };
    let up = format!("/chi-so?don-vi={}&nam={}", meant.unit, meant.year);
    let label = wording::text(visitor.language(), "indicators");
    Ok(Page::new("figures/indicator.html", visitor, values).crumb(label, up))
}

/// A figure that the formula reads, its name in both languages.
fn read(catalogue: &Catalogue, input: &queries::Input, named: &Input) -> Value {
    let Reference { item, previous, parent } = &named.reference;
    let label = catalogue.item_label(item);
    let is_whole = input.value.is_none_or(|value| value.fract() == 0.0);
    context! {
        label => label.as_ref().map(Serde), code => item.to_string(), previous, parent,
        level => catalogue.level(item).map(Level::as_str),
        value => input.value, decimals => if is_whole { 0 } else { 1 }, reported => input.reported, expected => input.expected,
    }
}

async fn series(office: &Office, meant: &Meant, number: usize) -> Result<Vec<YearRow>> {
    let mut rows = Vec::with_capacity(meant.years.len());
    for &year in meant.years.iter().rev() {
        let (view, position) = match queries::view_with_unit(office, year, &meant.unit, None).await {
            Ok(found) => found,
            Err(Error::Refused(_) | Error::NotFound(_)) => continue,
            Err(fault) => return Err(fault),
        };
        let value = queries::value_of(office.catalogue(), &view, position, number)?;
        let on_map = view.day.to_string();
        rows.push(YearRow {
            year: year.to_string(),
            on_map,
            value: value.value,
            missing: value.missing,
            is_partial: value.value.is_some() && value.is_partial(),
            reported: value.reported,
            expected: value.expected,
        });
    }
    Ok(rows)
}

/// The units below, the best first where the indicator has a better side; equal values share a rank, names decide the
/// order; units without a value come last.
async fn ranked(
    office: &Office,
    view: &YearView,
    position: usize,
    number: usize,
    direction: Direction,
) -> Result<Vec<Ranked>> {
    let registry = office.registry().await?;
    let column = view.indicator(number)?;
    let mut children: Vec<Ranked> = view
        .forest()
        .children(position)
        .filter_map(|child| {
            let unit = registry.unit(view.forest().code(child))?;
            let value = Some(column.value(child)).filter(|value| !value.is_nan());
            let owes = unit.school.is_some() || view.forest().children(child).next().is_some();
            let Brief { code, name, .. } = brief(unit, view.day);
            let made = view.indicator_made(child, number);
            let is_partial = value.is_some() && made.is_partial();
            let (reported, expected) = (made.reported, made.expected);
            (owes || value.is_some()).then_some(Ranked { code, name, value, rank: 0, is_partial, reported, expected })
        })
        .collect();
    children.sort_by_cached_key(|child| sort_key(&child.name));
    let key = |value: Option<f64>| {
        value.map_or(f64::INFINITY, |value| if direction == Direction::Down { value } else { -value })
    };
    children.sort_by(|left, right| key(left.value).total_cmp(&key(right.value)));
    let mut last = (None, 0);
    for (place, child) in (1..).zip(&mut children) {
        if child.value.is_some() {
            child.rank = if last.0 == child.value { last.1 } else { place };
            last = (child.value, child.rank);
        }
    }
    Ok(children)
}
