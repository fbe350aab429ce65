//! What a report tells of emulation and honours: results received from above, the office's own score and place, the gap
//! between its schools, and what rooms after the report hand to it (`contribute`). Only what exists.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

use domain::{
    Level,
    evaluation::{
        criteria::{CriteriaSet, SetKind},
        gaps::OF_FEW_SCHOOLS,
        road::RoadState,
    },
    figures::catalogue::Direction,
    reports::summary::{EmulationFacts, EmulationFigure},
    school_year::SchoolYear,
    vietnamese::{format_number, unaccented},
};
use jiff::civil::Date;

use super::{queries, store};
use crate::{
    evaluation::{
        gaps,
        queries::{self as evaluation, UnitResult},
        received,
        road::queries as road,
        sets,
    },
    figures::queries::view_with_unit,
    office::Office,
    platform::{Context, Error, Result, Transaction},
};

#[cfg(test)]
mod tests;

/// Indicators whose gap between schools a report tells: one of each level that is graded.
const GAP_INDICATORS: [&str; 2] = ["pri_result_good_or_better_share", "sec_learning_fair_or_better_share"];

/// A figure that a room after the report hands to it.
#[derive(Clone, Debug, PartialEq)]
pub struct Contribution {
    /// Code, with the room's own prefix (`award:advanced_worker`).
    pub code: String,
    /// Name.
    pub label: String,
    /// What it counts in.
    pub measure: String,
    /// The value.
    pub value: f64,
    /// Where it comes from.
    pub source: String,
}

/// Takes the figures of a unit and a year from the room with this prefix, inside that room's own transaction and under its
/// audit line; they stand in the order given, in place of those that it handed over before.
///
/// # Errors
/// Where the database fails.
pub async fn contribute(
    transaction: &mut Transaction,
    context: &Context,
    (unit, year): (&str, &str),
    prefix: &str,
    figures: &[Contribution],
) -> Result<()> {
    store::replace_contributions(transaction, context, (unit, year), prefix, figures).await
}

/// What is known of a unit's emulation and honours in a year and the year before.
///
/// # Errors
/// Where the database cannot be read.
pub(super) async fn gather(office: &Office, unit: &str, year: SchoolYear, today: Date) -> Result<EmulationFacts> {
    let mut facts = EmulationFacts::default();
    for of in [year.previous(), year] {
        received_from_above(office, unit, of, of == year, &mut facts).await?;
    }
    // Last year's score would ask for two more maps of the whole tree.
    own_scores(office, unit, year, today, &mut facts).await?;
    published_grades(office, unit, year, &mut facts).await?;
    gaps_between_schools(office, unit, year, &mut facts).await?;
    for year in [year.previous(), year] {
        for one in queries::contributions(office, unit, &year.to_string()).await? {
            let Contribution { code, label, measure, value, source } = one;
            put(&mut facts, (code, label, measure), (0, Direction::Neutral), (year, value), source);
        }
    }
    Ok(facts)
}

/// Adds a year's value to a figure, the figure itself where it is new.
fn put(
    facts: &mut EmulationFacts,
    (code, label, measure): (String, String, String),
    (decimals, direction): (u8, Direction),
    (year, value): (SchoolYear, f64),
    source: String,
) {
    match facts.figures.iter_mut().find(|figure| figure.code == code) {
        Some(figure) => drop(figure.values.insert(year, value)),
        None => {
            let values = BTreeMap::from([(year, value)]);
            facts.figures.push(EmulationFigure { code, label, measure, decimals, direction, values, source });
        }
    }
}

/// Results that a superior office gave: told as they were given for the year under report, counted for both years.
async fn received_from_above(
    office: &Office,
    unit: &str,
    year: SchoolYear,
    is_told: bool,
    facts: &mut EmulationFacts,
) -> Result<()> {
    for one in received::of_year(office, unit, year).await?.iter().filter(|one| !one.is_superseded) {
        let result = &one.result;
        if is_told {
            facts.statements.push(result.statement());
        }
        let of_level = |level: Level| (level.as_str(), format!("cấp {}", level.label().0.to_lowercase()));
        let (scope, of) = result.scope.map_or(("", "toàn ngành".to_owned()), of_level);
        for (grade, count) in &result.count.at_least {
            let code = format!("received:{scope}:{}", unaccented(grade).replace(' ', "_"));
            let label = format!("Chỉ tiêu từ mức {grade} trở lên, {of}");
            let measure = format!("trên {} chỉ tiêu", result.count.total);
            let value = (year, f64::from(*count));
            put(facts, (code, label, measure), (0, Direction::Up), value, format!("{} xếp loại", result.graded_by));
        }
    }
    Ok(())
}

/// The unit's per cent and place by every set that gives it a final score; a school's, once its result is published.
async fn own_scores(
    office: &Office,
    unit: &str,
    year: SchoolYear,
    today: Date,
    facts: &mut EmulationFacts,
) -> Result<()> {
    let registry = office.registry().await?;
    let Some(judged) = registry.unit(unit) else { return Ok(()) };
    let published = published_sets(office, unit, year).await?;
    // Of a school only what is published is told: no other set is worth the whole tree's scores.
    let is_told = |set: &&Arc<CriteriaSet>| {
        !set.is_frame
            && evaluation::judges(set, judged)
            && (set.kind == SetKind::Office || published.contains(&set.code))
    };
    let known = sets::in_force(office, year).await?;
    for set in known.iter().map(|known| &known.set).filter(is_told) {
        let scored = match evaluation::evaluate(office, &set.code, year, today).await {
            Ok(scored) => scored,
            Err(Error::NotFound(_) | Error::Refused(_)) => continue,
            Err(fault) => return Err(fault),
        };
        let Some(row) = scored.row(unit) else { continue };
        let count = scored.count(row);
        if count.total > 0 && count.unknown == 0 {
            facts.statements.push(format!("Chấm theo {}: {}.", set.label.vi, count.statement()));
        }
        let result = scored.result(row);
        if set.kind != SetKind::Office {
            facts.statements.push(published_words(&set.label.vi, &result));
        }
        let Some(percent) = result.percent else { continue };
        let source = format!("chấm theo {}", set.label.vi);
        let named = (format!("score:{}", set.code), format!("Tỉ lệ điểm, {}", set.label.vi), "%".to_owned());
        put(facts, named, (1, Direction::Up), (year, percent), source.clone());
        if let Some(rank) = result.rank {
            let label = format!("Thứ hạng, {}", set.label.vi);
            let named = (format!("rank:{}", set.code), label, "hạng".to_owned());
            put(facts, named, (0, Direction::Down), (year, f64::from(rank)), source);
        }
    }
    Ok(())
}

/// The sets by which a round of the year published this unit's result.
async fn published_sets(office: &Office, unit: &str, year: SchoolYear) -> Result<BTreeSet<String>> {
    let mut sets = BTreeSet::new();
    for round in road::rounds(office, year).await?.into_iter().filter(|round| round.row.publication_count > 0) {
        let standings = road::standings(office.db(), round.row.id).await?;
        if standings.iter().any(|one| one.unit == unit && one.state == RoadState::Published) {
            sets.insert(round.row.set_code);
        }
    }
    Ok(sets)
}

/// `Chấm theo …: 76,7/96 điểm, xếp loại Khá, hạng 6/7.`
fn published_words(set: &str, result: &UnitResult) -> String {
    let points = format!("{}/{} điểm", format_number(result.so_far, 1), format_number(result.max, 1));
    let grade = result.grade_label.as_ref().map(|grade| format!("xếp loại {grade}"));
    let rank = result.rank.zip(result.of).map(|(rank, of)| format!("hạng {rank}/{of}"));
    let parts: Vec<String> = [Some(points), grade, rank].into_iter().flatten().collect();
    format!("Chấm theo {set}: {}.", parts.join(", "))
}

/// How many schools under the unit got which grade in results that were published.
async fn published_grades(office: &Office, unit: &str, year: SchoolYear, facts: &mut EmulationFacts) -> Result<()> {
    let mut rounds = road::rounds(office, year).await?;
    rounds.retain(|round| round.row.publication_count > 0);
    if rounds.is_empty() {
        return Ok(());
    }
    rounds.sort_by_key(|round| round.row.id);
    let (view, own) = view_with_unit(office, year, unit, None).await?;
    let is_under = |code: &str| {
        view.position(code).is_some_and(|place| place != own && view.forest().subtree(own).contains(&place))
    };
    let mut told = Vec::with_capacity(rounds.len());
    for round in rounds {
        let results = road::results(office, round.row.id, round.row.publication_count).await?;
        let results = results.into_iter().filter(|(code, _)| is_under(code));
        let results =
            results.map(|(code, content)| Ok((code, serde_json::from_value(content).map_err(Error::inside)?)));
        told.push(Published { set: round.set, results: results.collect::<Result<_>>()? });
    }
    for published in by_set(told) {
        let (set, label) = (&published.set.code, &published.set.label.vi);
        let counts = published.grades();
        let total: u32 = counts.values().sum();
        for grade in published.set.scale.grades.iter().map(|grade| grade.label.vi.as_str()) {
            let Some(count) = counts.get(grade) else { continue };
            let named = (
                format!("grades:{set}:{}", unaccented(grade)),
                format!("Số trường xếp loại {grade}, {label}"),
                format!("trên {total} trường"),
            );
            let source = format!("kết quả đã công bố, chấm theo {label}");
            put(facts, named, (0, Direction::Neutral), (year, f64::from(*count)), source);
        }
    }
    Ok(())
}

/// Results that were published by a set, by school.
struct Published {
    set: Arc<CriteriaSet>,
    results: BTreeMap<String, UnitResult>,
}

/// What several rounds, the oldest first, published by the same sets: several offices may open one set. Of a school that two
/// of them judged the later result stands.
fn by_set(rounds: Vec<Published>) -> Vec<Published> {
    let mut known: BTreeMap<String, Published> = BTreeMap::new();
    for Published { set, results } in rounds {
        let one = known.entry(set.code.clone());
        let one = one.or_insert_with(|| Published { set: Arc::clone(&set), results: BTreeMap::new() });
        one.set = set;
        one.results.extend(results);
    }
    known.into_values().collect()
}

impl Published {
    /// How many schools got which grade; who was left out got none.
    fn grades(&self) -> BTreeMap<&str, u32> {
        let mut counts = BTreeMap::new();
        let judged = self.results.values().filter(|result| result.state == RoadState::Published.as_str());
        for grade in judged.filter_map(|result| result.grade_label.as_deref()) {
            *counts.entry(grade).or_default() += 1;
        }
        counts
    }
}

/// How far the schools are apart, where it can be measured, and what it says over the years.
async fn gaps_between_schools(office: &Office, unit: &str, year: SchoolYear, facts: &mut EmulationFacts) -> Result<()> {
    let mut findings = Vec::new();
    for code in GAP_INDICATORS {
        let measured = match gaps::measure(office, code, (year.previous(), year), unit).await {
            Ok(measured) => measured,
            Err(Error::NotFound(_) | Error::Refused(_)) => continue,
            Err(fault) => return Err(fault),
        };
        let label = measured.indicator.label.vi.clone();
        for (at, one) in measured.years.iter().enumerate() {
            // One school has no gap.
            let several = measured.like_for_like[at].as_ref().filter(|gap| gap.distribution.n > 1);
            let Some(cv) = several.and_then(|gap| gap.distribution.cv) else { continue };
            let named = (format!("gap:{code}"), format!("Hệ số biến thiên giữa các trường: {label}"), "%".to_owned());
            let source = "khoảng cách giữa các trường tính từ số liệu đã duyệt".to_owned();
            put(facts, named, (1, Direction::Down), (one.year, 100.0 * cv), source);
        }
        findings.extend(measured.finding.map(|finding| format!("{label}: {finding}")));
    }
    facts.statements.extend(stated(findings));
    Ok(())
}

/// Findings as statements; that they rest on few schools is said once, with the last of these.
fn stated(findings: Vec<String>) -> Vec<String> {
    let of_few: Vec<usize> = (0..findings.len()).filter(|&number| findings[number].ends_with(OF_FEW_SCHOOLS)).collect();
    if of_few.len() < 2 {
        return findings.into_iter().map(|finding| format!("{finding}.")).collect();
    }
    let bare = |finding: &String| format!("{}.", finding.strip_suffix(OF_FEW_SCHOOLS).unwrap_or(finding));
    let mut statements: Vec<String> = findings.iter().map(bare).collect();
    if let Some(last) = of_few.last().and_then(|&last| statements.get_mut(last)) {
        last.push_str(" Số trường ít, các kết quả trên chỉ để tham khảo.");
    }
    statements
}
