//! Charts of a summary report: a title that tells the finding, a description, and no drawing without two values.

use std::cmp::Ordering;

use super::figures::Figures;
use super::plan::{PlannedChart, PlannedRow, SchoolChart, row as planned};
use super::wording;
use crate::reports::block::{Block, Chart, ChartKind, Series};
use crate::school_year::SchoolYear;
use crate::vietnamese::sort_key;

/// A line per figure over all years.
pub(super) fn years(plan: &PlannedChart, figures: &Figures<'_>) -> Option<Block> {
    let years = &figures.facts.years;
    let series = rows(plan, figures, |code| years.iter().map(|year| figures.own(code, *year)).collect());
    let categories = years.iter().map(ToString::to_string).collect();
    let drawn = [figures.facts.year, figures.last_year()];
    finished(ChartKind::Line, plan, figures, (categories, series), &drawn, "Biểu đồ đường qua các năm học")
}

/// Parts of a whole: a bar per year.
pub(super) fn parts(plan: &PlannedChart, figures: &Figures<'_>) -> Option<Block> {
    let some_part = |year: &&_| codes(plan).any(|(code, _)| figures.own(code, **year).is_some());
    let years: Vec<_> = figures.facts.years.iter().filter(some_part).copied().collect();
    let series = rows(plan, figures, |code| years.iter().map(|year| figures.own(code, *year)).collect());
    let categories = years.iter().map(|year| format!("Năm học {year}")).collect();
    let drawn = [figures.facts.year, figures.last_year()];
    let form = "Biểu đồ cơ cấu, mỗi thanh là một năm học";
    finished(ChartKind::StackedBar, plan, figures, (categories, series), &drawn, form)
}

/// Last year beside this year, a pair of bars per figure; this year alone where units are missing from a figure of either,
/// as tables give no difference then.
pub(super) fn compare(plan: &PlannedChart, figures: &Figures<'_>) -> Option<Block> {
    let of_year = |year| Series {
        name: format!("Năm học {year}"),
        values: codes(plan).map(|(code, _)| figures.own(code, year)).collect(),
    };
    let years = [figures.last_year(), figures.facts.year];
    let lacks_units = codes(plan).any(|(code, _)| years.iter().any(|year| figures.lacks_units(code, *year)));
    let (drawn, form) = match lacks_units {
        true => (&years[1..], "Biểu đồ cột"),
        false => (&years[..], "Biểu đồ cột so sánh hai năm học"),
    };
    let series = drawn.iter().copied().map(of_year).collect();
    let categories = codes(plan).map(|(code, label)| label_of(figures, code, label)).collect();
    finished(ChartKind::GroupedBar, plan, figures, (categories, series), drawn, form)
}

/// Shares of a whole this year.
pub(super) fn share(plan: &PlannedChart, figures: &Figures<'_>) -> Option<Block> {
    let values = codes(plan).map(|(code, _)| figures.own(code, figures.facts.year)).collect();
    let series = vec![Series { name: format!("Năm học {}", figures.facts.year), values }];
    let categories = codes(plan).map(|(code, label)| label_of(figures, code, label)).collect();
    finished(ChartKind::Pie, plan, figures, (categories, series), &[figures.facts.year], "Biểu đồ tròn")
}

/// A bar per school, the greatest first; equal values in the order of names.
pub(super) fn schools(plan: &SchoolChart, figures: &Figures<'_>) -> Option<Block> {
    let facts = figures.facts;
    let naming = figures.naming(&plan.code);
    let listed = facts.schools.iter().filter(|school| plan.level.is_none_or(|level| school.levels.contains(&level)));
    let mut bars: Vec<(&str, Option<f64>)> =
        listed.map(|school| (school.name.as_str(), figures.value(&plan.code, &school.unit, facts.year))).collect();
    bars.sort_by(|a, b| order(a.1, b.1).then_with(|| sort_key(a.0).cmp(&sort_key(b.0))));
    let known = bars.iter().filter(|(_, value)| value.is_some()).count();
    let whole = figures.told(&plan.code, facts.year);
    let level = whole.value.filter(|_| known >= 2)?;
    let reaching = bars.iter().filter(|(_, value)| value.is_some_and(|value| value >= level)).count();
    let coverage = figures.poorest(std::iter::once((plan.code.as_str(), facts.year)));
    let partial = coverage.map_or_else(String::new, |made| format!(", mới tổng hợp từ {} đơn vị", made.printed));
    let title = format!(
        "{}: {reaching}/{known} trường bằng hoặc cao hơn mức chung của {} ({}{partial})",
        naming.label, facts.office.area, whole.printed
    );
    let description =
        format!("Biểu đồ thanh ngang của từng trường, năm học {}, từ cao xuống thấp. {title}.", facts.year);
    Some(Block::Chart(Chart {
        kind: ChartKind::Bar,
        title,
        description,
        measure: naming.measure,
        decimals: naming.decimals,
        categories: bars.iter().map(|(name, _)| (*name).to_owned()).collect(),
        series: vec![Series { name: naming.label, values: bars.iter().map(|(_, value)| *value).collect() }],
    }))
}

fn order(a: Option<f64>, b: Option<f64>) -> Ordering {
    match (a, b) {
        (Some(a), Some(b)) => b.total_cmp(&a),
        (a, b) => b.is_some().cmp(&a.is_some()),
    }
}

/// The chart, if there is enough to draw; its title tells where units are missing from a figure of the years in `drawn`.
fn finished(
    kind: ChartKind,
    plan: &PlannedChart,
    figures: &Figures<'_>,
    (categories, series): (Vec<String>, Vec<Series>),
    drawn: &[SchoolYear],
    form: &str,
) -> Option<Block> {
    let (code, _) = codes(plan).next()?;
    let values = || series.iter().flat_map(|series| series.values.iter().flatten());
    if values().count() < 2 || (kind == ChartKind::Pie && values().sum::<f64>() <= 0.0) {
        return None;
    }
    let naming = figures.naming(code);
    let shown = drawn.iter().flat_map(|year| codes(plan).map(move |(code, _)| (code, *year)));
    let title = wording::title(&plan.titles, figures, shown)?;
    let names: Vec<&str> = series.iter().map(|series| series.name.as_str()).collect();
    let description = format!("{form}; đơn vị tính: {}; gồm: {}. {title}.", naming.measure, names.join(", "));
    let (measure, decimals) = (naming.measure, naming.decimals);
    Some(Block::Chart(Chart { kind, title, description, measure, decimals, categories, series }))
}

fn codes(plan: &PlannedChart) -> impl Iterator<Item = (&str, Option<&str>)> {
    plan.rows.iter().filter_map(|text| match planned(text) {
        PlannedRow::Figure { code, label } => Some((code, label)),
        PlannedRow::Group(_) => None,
    })
}

/// A series per figure; those without any value fall away.
fn rows(plan: &PlannedChart, figures: &Figures<'_>, values: impl Fn(&str) -> Vec<Option<f64>>) -> Vec<Series> {
    codes(plan)
        .map(|(code, label)| Series { name: label_of(figures, code, label), values: values(code) })
        .filter(|series| series.values.iter().any(Option::is_some))
        .collect()
}

fn label_of(figures: &Figures<'_>, code: &str, label: Option<&str>) -> String {
    label.map_or_else(|| figures.naming(code).label, str::to_owned)
}
