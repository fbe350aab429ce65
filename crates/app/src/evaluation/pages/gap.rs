//! The gap page of an indicator: the finding, a strip for each year, the measures, who lifted the average.

use axum::extract::{Path, Query, State};
use documents::chart::{Strip, StripRow, strip_svg};
use domain::{
    evaluation::gaps::LeftOut, figures::catalogue::ItemCode, school_year::SchoolYear, vietnamese::lower_first,
};
use serde::{Deserialize, Serialize};

use super::year_of;
use crate::{
    evaluation::gaps::{self, Gaps, left_out},
    identity::Right,
    office::Office,
    organisation::queries::brief,
    platform::{
        Language, Result,
        web::{Page, Serde, Value, Visitor, context, wording},
    },
    school_year::calendar,
};

/// So many schools are named at each end of those that moved the average.
const LIFTS_SHOWN: usize = 5;

/// So many managing units are shown.
const PLACES_SHOWN: usize = 10;

/// So many schools are offered for the comparison with peers, so that the page stays small.
const SCHOOLS_OFFERED: usize = 60;

/// Whose schools, which years; what is left out comes from the frame and from the years that were opened.
#[derive(Debug, Default, Deserialize)]
pub struct GapQuery {
    #[serde(default, rename = "don-vi")]
    unit: String,
    #[serde(default, rename = "tu")]
    from: String,
    #[serde(default, rename = "den")]
    to: String,
    /// A school whose peers are shown.
    #[serde(default, rename = "truong")]
    school: String,
}

/// A year's line of the table.
#[derive(Debug, Serialize)]
struct YearLine {
    year: String,
    n: usize,
    mean: Option<f64>,
    min: Option<f64>,
    median: Option<f64>,
    max: Option<f64>,
    cv: Option<f64>,
    p90_p10: Option<f64>,
    between: Option<f64>,
    within: Option<f64>,
    chance: Option<f64>,
}

/// A managing unit's part of the last year's gap.
#[derive(Debug, Serialize)]
struct PlaceLine {
    name: String,
    n: usize,
    mean: f64,
    index: f64,
}

/// A school that lifted or lowered the average.
#[derive(Debug, Serialize)]
struct LiftLine {
    code: String,
    name: String,
    lift: f64,
    own_change: f64,
}

/// `GET /khoang-cach/{indicator}?don-vi=&tu=&den=`.
pub async fn gap(
    State(office): State<Office>,
    visitor: Visitor,
    Path(code): Path<String>,
    Query(query): Query<GapQuery>,
) -> Result<Page> {
    let frame = visitor.frame();
    let unit = if query.unit.is_empty() { frame.unit_code.clone() } else { query.unit.clone() };
    visitor.require(Right::ReadUnit, &unit)?;
    let mut opened = calendar::years(&office).await?;
    opened.sort_unstable();
    let to = if query.to.is_empty() { year_of(&frame.year)? } else { year_of(&query.to)? };
    let from =
        if query.from.is_empty() { opened.first().copied().unwrap_or(to).min(to) } else { year_of(&query.from)? };
    let found = gaps::measure(&office, &code, (from, to), &unit).await?;
    let registry = office.registry().await?;
    let name = |code: &str| registry.unit(code).map_or_else(String::new, |unit| brief(unit, found.on_map).name);
    let lifts = |places: &mut dyn Iterator<Item = usize>| -> Vec<LiftLine> {
        let Some(lifted) = &found.lifted else { return Vec::new() };
        let line = |place: usize| {
            let lift = &lifted.units[place];
            let code = found.schools[lift.unit].clone();
            LiftLine { name: name(&code), code, lift: lift.sum(), own_change: lift.own_change }
        };
        places.map(line).collect()
    };
    let places = places(&found, name);
    let own_units = visitor.units_with(Right::ReadUnit);
    let own_school = own_units.into_iter().find(|unit| found.schools.iter().any(|school| school == unit));
    let school = if query.school.is_empty() { own_school.unwrap_or_default() } else { &query.school };
    let peers = gaps::peers(&office, &found, school).await?;
    let choices: Vec<(&String, String)> =
        found.schools.iter().take(SCHOOLS_OFFERED).map(|code| (code, name(code))).collect();
    let lift_count = found.lifted.as_ref().map_or(0, |lifted| lifted.units.len());
    let lowest = lift_count.saturating_sub(LIFTS_SHOWN).max(LIFTS_SHOWN.min(lift_count));
    let values = context! {
        code, label => Serde(&found.indicator.label), measure => found.indicator.measure.0.clone(),
        decimals => found.indicator.decimals, unit, unit_name => name(&found.unit), on_map => found.on_map.to_string(),
        from => from.to_string(), to => to.to_string(), years => opened.iter().map(ToString::to_string).collect::<Vec<_>>(),
        finding => found.finding.clone(), chart => Value::from_safe_string(strip_svg(&strip(&found, visitor.language()))),
        lines => Serde(&lines(&found)), panel => found.panel.units.len(),
        incomplete => left_out(&found.panel, LeftOut::Incomplete), apportioned => left_out(&found.panel, LeftOut::Apportioned),
        places => Serde(&places), peers => Serde(&peers), school, choices => Serde(&choices),
        weight => found.weight.as_ref().map(|item| weight_name(&office, item, visitor.language())),
        beta => Serde(&found.beta), lifted => Serde(&found.lifted.as_ref().map(|lifted| (lifted.before, lifted.after))),
        best => Serde(&lifts(&mut (0..LIFTS_SHOWN.min(lift_count)))), worst => Serde(&lifts(&mut (lowest..lift_count).rev())),
    };
    let (label, language) = (wording::text(visitor.language(), "indicators"), visitor.language());
    let up = format!("/chi-so/{}?don-vi={}&nam={to}", found.indicator.code, found.unit);
    let page = Page::new("evaluation/gap.html", visitor, values)
        .crumb(label, format!("/chi-so?don-vi={}&nam={to}", found.unit));
    Ok(page.crumb(found.indicator.label.in_language(language.as_str()).to_owned(), up))
}

/// What the average is weighted by, in words.
fn weight_name(office: &Office, item: &ItemCode, language: Language) -> String {
    let label = office.catalogue().element(&item.element).map(|element| &element.label);
    label.map_or_else(|| item.to_string(), |label| lower_first(label.in_language(language.as_str())))
}

/// The managing units of the last year, those with the widest gap inside first.
fn places(found: &Gaps, name: impl Fn(&str) -> String) -> Vec<PlaceLine> {
    let theil = found.years.last().and_then(|year| year.gap.as_ref()).and_then(|gap| gap.theil.as_ref());
    let groups = theil.map(|theil| theil.groups.as_slice()).unwrap_or_default();
    let mut lines: Vec<PlaceLine> = groups
        .iter()
        .filter_map(|group| {
            let code = found.places.get(group.group as usize).filter(|_| group.n > 0)?;
            Some(PlaceLine { name: name(code), n: group.n, mean: group.mean, index: group.index })
        })
        .collect();
    lines.sort_by(|left, right| right.index.total_cmp(&left.index).then_with(|| left.name.cmp(&right.name)));
    lines.truncate(PLACES_SHOWN);
    lines
}

fn lines(found: &Gaps) -> Vec<YearLine> {
    let line = |year: &gaps::GapYear| {
        let spread = year.gap.as_ref().map(|gap| &gap.distribution);
        let theil = year.gap.as_ref().and_then(|gap| gap.theil.as_ref());
        YearLine {
            year: year.year.to_string(),
            n: spread.map_or(0, |spread| spread.n),
            mean: spread.map(|spread| spread.mean),
            min: spread.map(|spread| spread.min),
            median: spread.map(|spread| spread.median),
            max: spread.map(|spread| spread.max),
            cv: spread.and_then(|spread| spread.cv).map(|cv| 100.0 * cv),
            p90_p10: spread.and_then(|spread| spread.p90_p10),
            between: theil.map(|theil| theil.between),
            within: theil.map(|theil| theil.within),
            chance: year.gap.as_ref().and_then(|gap| gap.chance_share).map(|share| 100.0 * share),
        }
    };
    found.years.iter().map(line).collect()
}

/// The finding is a Vietnamese sentence: who reads in another language is told the name of the indicator.
fn strip(found: &Gaps, language: Language) -> Strip {
    let row = |year: &gaps::GapYear| {
        let of = |read: fn(&domain::evaluation::gaps::Distribution) -> f64| {
            year.gap.as_ref().map_or(f64::NAN, |gap| read(&gap.distribution))
        };
        StripRow {
            name: year.year.to_string(),
            values: year.values.clone(),
            p10: of(|spread| spread.p10),
            median: of(|spread| spread.median),
            p90: of(|spread| spread.p90),
        }
    };
    let ends: Vec<SchoolYear> = found.years.iter().map(|year| year.year).collect();
    let years = ends.first().zip(ends.last()).map_or_else(String::new, |(first, last)| format!("{first} – {last}"));
    let label = found.indicator.label.in_language(language.as_str());
    let finding = found.finding.clone().filter(|_| language == Language::Vietnamese);
    Strip {
        title: finding.unwrap_or_else(|| label.to_owned()),
        description: format!("{label}, {years}. {}", wording::text(language, "gap-chart-help")),
        measured_in: wording::measured_in(language, &found.indicator.measure.0),
        decimals: found.indicator.decimals,
        rows: found.years.iter().map(row).collect(),
    }
}
