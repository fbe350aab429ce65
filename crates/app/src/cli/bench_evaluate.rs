//! `tongket bench evaluate` and `bench gaps`: the schools of the nation scored and ranked by forty criteria, and the gaps
//! between them over ten years, in memory.

use std::{borrow::Cow, collections::BTreeMap, fmt::Write as _, path::Path, time::Instant};

use domain::{
    evaluation::{
        criteria::{self, CriteriaSet},
        gaps::{self, Growth, Panel, Year},
        rank::{Place, rank},
        score::{Facts, Quantity, score},
    },
    figures::{
        catalogue::{Catalogue, Direction},
        pack::PackFile,
    },
};
use serde_json::json;

use super::{Output, bench::SEED, bench_formulas::write_columns, usage::peak_rss_mb};
use crate::{
    figures::synthetic::{self, Scale},
    platform::{Error, Result},
    shipped,
};

const CRITERION_COUNT: usize = 40;
/// Criteria whose columns keep their gaps; the others are full, so that most schools are ranked.
const WITH_GAPS: usize = 2;
const YEAR_COUNT: usize = 10;
const CLUSTER_COUNT: u32 = 700;
const ROUND_COUNT: usize = 7;

/// How the points of a criterion come about, by its place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Rule {
    Steps,
    Linear,
    BestOfPeers,
    Improvement,
}

impl Rule {
    fn of(place: usize) -> Self {
        match place % 8 {
            0..4 => Self::Steps,
            4 | 5 => Self::Linear,
            6 => Self::BestOfPeers,
            _ => Self::Improvement,
        }
    }

    fn as_str(self) -> &'static str {
        match self {
            Self::Steps => "steps",
            Self::Linear => "linear",
            Self::BestOfPeers => "best_of_peers",
            Self::Improvement => "improvement",
        }
    }

    fn text(self) -> &'static str {
        match self {
            Self::Steps => "steps = [\"80.. = 2.5\", \"60..80 = 2\", \"40..60 = 1\", \"..40 = 0\"]",
            Self::Linear => "linear = \"20..90\"",
            Self::BestOfPeers => "best_of_peers = true",
            Self::Improvement => {
                "improvement = true, full_at = 95, steps = [\"5.. = 2.5\", \"0..5 = 2\", \"-10..0 = 1\", \"..-10 = 0\"]"
            }
        }
    }
}

/// Every number of the sheet as a column of noise.
struct Table {
    rows: usize,
    columns: BTreeMap<Quantity, Vec<f64>>,
    ones: Vec<f64>,
}

impl Facts for Table {
    fn unit_count(&self) -> usize {
        self.rows
    }

    fn column(&self, quantity: &Quantity) -> Option<Cow<'_, [f64]>> {
        match quantity {
            Quantity::Teaches(_) => Some(Cow::Borrowed(self.ones.as_slice())),
            quantity => self.columns.get(quantity).map(|column| Cow::Borrowed(column.as_slice())),
        }
    }
}

/// Forty criteria on shares of which more is better.
fn set(catalogue: &Catalogue) -> Result<(CriteriaSet, Vec<String>)> {
    let shares = catalogue.indicators.iter().filter(|one| one.measure.0 == "%" && one.direction == Direction::Up);
    let codes: Vec<String> = shares.take(CRITERION_COUNT).map(|one| one.code.clone()).collect();
    let mut text =
        "code = \"bench\"\nvi = \"Đo\"\nen = \"Bench\"\nkind = \"school\"\nmax = 100\nsource = \"đo tốc độ\"\n\
        confidence = \"default\"\n[grades]\nall = { vi = \"Đạt\", en = \"Passed\", from = 0 }\n\
        [[field]]\ncode = \"all\"\nvi = \"Cả bộ\"\nen = \"All\"\nmax = 100\n[field.criteria]\n"
            .to_owned();
    for (place, code) in codes.iter().enumerate() {
        let rule = Rule::of(place).text();
        // Writing to a string cannot fail.
        let _ = writeln!(
            text,
            "c{place:02} = {{ vi = \"C{place}\", en = \"C{place}\", max = 2.5, kind = \"indicator\", indicator = \"{code}\", {rule} }}"
        );
    }
    let file = PackFile { name: "criteria/bench.toml", text: &text };
    let listed = |fault: &domain::figures::pack::PackFault| fault.to_string();
    let sets = criteria::load(&[file], catalogue)
        .map_err(|faults| Error::inside(faults.iter().map(listed).collect::<Vec<_>>().join("\n")))?;
    let set = sets.into_iter().next().ok_or_else(|| Error::inside("no set"))?;
    Ok((set, codes))
}

fn table(codes: &[String], rows: usize) -> Table {
    let drawn = synthetic::values(rows, 2 * codes.len(), SEED);
    let column = |place: usize, has_gaps: bool| -> Vec<f64> {
        let filled = |value: &f64| match value.is_nan() {
            true if has_gaps => f64::NAN,
            true => 50.0,
            false => value / 10.0,
        };
        drawn.column(place).iter().map(filled).collect()
    };
    let mut columns = BTreeMap::new();
    for (place, code) in codes.iter().enumerate() {
        let quantity = |previous| Quantity::Indicator { code: code.clone(), previous };
        columns.insert(quantity(false), column(place, place < WITH_GAPS));
        if Rule::of(place) == Rule::Improvement {
            columns.insert(quantity(true), column(codes.len() + place, false));
        }
    }
    Table { rows, columns, ones: vec![1.0; rows] }
}

fn school_count(scale: Scale) -> Result<usize> {
    let is_school = |code: &str| !code.starts_with(['N', 'V']);
    Ok(synthetic::tree(scale, SEED)?.iter().filter(|(code, _)| is_school(code)).count())
}

fn clusters(rows: usize) -> Vec<u32> {
    (0..CLUSTER_COUNT).cycle().take(rows).collect()
}

pub(super) fn run(scale: Scale, export: Option<&Path>) -> Result<Output> {
    let catalogue = shipped::catalogue()?;
    let (set, codes) = set(&catalogue)?;
    let rows = school_count(scale)?;
    let (table, groups) = (table(&codes, rows), clusters(rows));
    let mut seconds = Vec::with_capacity(ROUND_COUNT);
    let mut found = None;
    for _ in 0..ROUND_COUNT {
        let began = Instant::now();
        let scores = score(&set, &table, &groups);
        let places = rank(&set, &scores, &groups);
        seconds.push(began.elapsed().as_secs_f64());
        found = Some((scores, places));
    }
    seconds.sort_by(f64::total_cmp);
    let seconds = seconds[ROUND_COUNT / 2];
    let (scores, places) = found.ok_or_else(|| Error::inside("no round"))?;
    let ranked = places.iter().filter(|place| matches!(place, Place::Ranked { .. })).count();
    if let Some(folder) = export {
        let none = f64::NAN;
        let points =
            scores.totals().iter().map(|total| total.final_score().map_or(none, |score| score.number())).collect();
        let ranks = places.iter().map(|place| match place {
            Place::Ranked { rank, .. } => f64::from(*rank),
            Place::NotRanked(_) => none,
        });
        write_for_peers(folder, &codes, &table, (points, ranks.collect()))?;
    }
    let json = json!({
        "work": "evaluate", "rows": rows, "criteria": codes.len(), "ranked": ranked, "groups": CLUSTER_COUNT,
        "threads": std::thread::available_parallelism().map_or(1, usize::from),
        "seconds": seconds, "peak_rss_mb": peak_rss_mb(),
    });
    let text = format!("{rows} trường × {} tiêu chí, {ranked} trường có hạng: {seconds:.3} giây", codes.len());
    Ok(Output::new(json, text))
}

/// `sheet.json`, `columns.bin` (now, then last year where a criterion asks for it), `expected.bin` (points, ranks):
/// little-endian doubles, NaN where there is none.
fn write_for_peers(
    folder: &Path,
    codes: &[String],
    table: &Table,
    (points, ranks): (Vec<f64>, Vec<f64>),
) -> Result<()> {
    std::fs::create_dir_all(folder)?;
    let mut columns: Vec<&[f64]> = Vec::new();
    let mut sheet = Vec::new();
    for (place, code) in codes.iter().enumerate() {
        let rule = Rule::of(place);
        let wanted = [false, true].into_iter().take(1 + usize::from(rule == Rule::Improvement));
        columns.extend(wanted.filter_map(|previous| {
            table.columns.get(&Quantity::Indicator { code: code.clone(), previous }).map(Vec::as_slice)
        }));
        sheet.push(json!({ "code": code, "rule": rule.as_str() }));
    }
    let text = json!({ "rows": table.rows, "groups": CLUSTER_COUNT, "criteria": sheet }).to_string();
    std::fs::write(folder.join("sheet.json"), text)?;
    write_columns(&folder.join("columns.bin"), columns.into_iter())?;
    write_columns(&folder.join("expected.bin"), [points.as_slice(), ranks.as_slice()].into_iter())
}

/// All measures of one indicator over ten years: spread and Theil year by year, the same like for like, whether the weak
/// catch up, who lifted the average.
pub(super) fn gaps(scale: Scale) -> Result<Output> {
    let rows = school_count(scale)?;
    let (drawn, groups) = (synthetic::values(rows, YEAR_COUNT + 1, SEED), clusters(rows));
    let years: Vec<Vec<f64>> =
        (0..YEAR_COUNT).map(|year| drawn.column(year).iter().map(|value| value / 10.0).collect()).collect();
    let sizes: Vec<f64> = drawn.column(YEAR_COUNT).iter().map(|value| value + 50.0).collect();
    let mut seconds = Vec::with_capacity(ROUND_COUNT);
    let mut panel_size = 0;
    for _ in 0..ROUND_COUNT {
        let began = Instant::now();
        panel_size = measured(&years, &groups, &sizes)?;
        seconds.push(began.elapsed().as_secs_f64());
    }
    seconds.sort_by(f64::total_cmp);
    let seconds = seconds[ROUND_COUNT / 2];
    let json = json!({
        "work": "gaps", "rows": rows, "years": YEAR_COUNT, "panel": panel_size, "threads": 1, "seconds": seconds,
        "peak_rss_mb": peak_rss_mb(),
    });
    Ok(Output::new(json, format!("{rows} trường × {YEAR_COUNT} năm học: {:.1} mili giây", seconds * 1e3)))
}

fn measured(years: &[Vec<f64>], groups: &[u32], sizes: &[f64]) -> Result<usize> {
    let columns: Vec<&[f64]> = years.iter().map(Vec::as_slice).collect();
    let panel = Panel::of(&columns, |_| false);
    let own_groups: Vec<u32> = panel.units.iter().map(|unit| groups[*unit]).collect();
    let own_sizes = panel.values(sizes);
    let none = || Error::inside("no school has a value");
    for year in years {
        gaps::measure(Year { values: year, groups, sizes }).ok_or_else(none)?;
        let values = panel.values(year);
        gaps::measure(Year { values: &values, groups: &own_groups, sizes: &own_sizes }).ok_or_else(none)?;
    }
    let (first, last) = years.first().zip(years.last()).ok_or_else(none)?;
    let span = (years.len() - 1) as f64;
    gaps::beta(&panel.values(first), &panel.values(last), span, Growth::Points).ok_or_else(none)?;
    gaps::lifted((first, sizes), (last, sizes)).ok_or_else(none)?;
    Ok(panel.units.len())
}
