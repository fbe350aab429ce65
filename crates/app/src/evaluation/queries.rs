//! What pages and commands ask about scores: a set's ranking, one unit's sheet.

use std::{collections::BTreeMap, sync::Arc};

use domain::{
    evaluation::{
        count::GradeCount,
        criteria::{CriteriaSet, SetKind},
        rank::{self, Place},
        score::{self, Mark, NO_GROUP, Outcome, Scores, Sheet},
        what_if::{self, WhatIf},
    },
    organisation::{Registry, Unit},
    school_year::SchoolYear,
    vietnamese::sort_key,
};
use jiff::civil::Date;
use rust_decimal::{Decimal, RoundingStrategy, prelude::ToPrimitive};
use serde::Serialize;

use super::{
    facts::{UnitFacts, teaches},
    sending,
};
use crate::{
    figures::{YearView, queries::view_with_unit},
    office::Office,
    organisation::clusters,
    platform::{Error, Result},
    shipped,
};

/// The sets in force in a year, those that can be scored first, then by code.
///
/// # Errors
/// An inside fault where the shipped sets cannot be read.
pub fn sets(year: SchoolYear) -> Result<Vec<Arc<CriteriaSet>>> {
    let mut sets: Vec<_> = shipped::criteria()?.into_iter().filter(|set| set.is_in_force(year)).collect();
    sets.sort_by_key(|set| set.is_frame);
    Ok(sets)
}

/// The set of this code in force in a year.
///
/// # Errors
/// `NotFound` for an unknown code; `not_in_force` in a year in which no version is; `frame_only` where only the frame
/// of the set is known.
pub fn set(code: &str, year: SchoolYear) -> Result<Arc<CriteriaSet>> {
    let versions: Vec<_> = shipped::criteria()?.into_iter().filter(|set| set.code == code).collect();
    let Some(any) = versions.first() else { return Err(Error::NotFound(format!("bộ tiêu chí mang mã {code}"))) };
    let Some(set) = versions.iter().find(|set| set.is_in_force(year)) else {
        let message =
            format!("Bộ tiêu chí «{}» không có hiệu lực trong năm học {year}; hãy chọn năm học khác.", any.label.vi);
        return Err(Error::refused("not_in_force", message));
    };
    if set.is_frame {
        let message = format!(
            "Bộ tiêu chí «{}» chỉ có khung lĩnh vực, chưa có tiêu chí và điểm nên không chấm được; hãy bổ sung tiêu chí.",
            set.label.vi
        );
        return Err(Error::refused("frame_only", message));
    }
    Ok(Arc::clone(set))
}

/// All units of a year scored and ranked under one set.
#[derive(Debug)]
pub struct Evaluation {
    /// The set.
    pub set: Arc<CriteriaSet>,
    /// The year.
    pub year: SchoolYear,
    /// The day whose units make the map.
    pub on_map: Date,
    /// The units in the order of their names.
    pub units: Vec<Judged>,
    facts: UnitFacts,
    groups: Vec<u32>,
    scores: Scores,
}

/// A unit that is judged.
#[derive(Clone, Debug)]
pub struct Judged {
    /// Code.
    pub code: String,
    /// Name on the day of the map.
    pub name: String,
    /// The group in which it is ranked: its emulation cluster, or the kind of office.
    pub group: String,
    /// Its place.
    pub place: Place,
}

/// Every unit that the set judges, scored and ranked; kept until something that it rests on changes.
///
/// # Errors
/// As [`set`]; `NotFound` for a year that was never opened.
pub async fn evaluate(office: &Office, code: &str, year: SchoolYear, today: Date) -> Result<Arc<Evaluation>> {
    let set = set(code, year)?;
    let key = (set.code.clone(), year, today);
    office.kept().evaluations.get(office.db(), key, scored(office, set, year, today)).await
}

async fn scored(office: &Office, set: Arc<CriteriaSet>, year: SchoolYear, today: Date) -> Result<Evaluation> {
    let now = office.warehouse().view(office, year, None).await?;
    let before = match office.warehouse().view(office, year.previous(), Some(now.day)).await {
        Ok(before) => Some(before),
        Err(Error::NotFound(_)) => None,
        Err(fault) => return Err(fault),
    };
    let registry = office.registry().await?;
    let teaches = teaches(&registry, &now);
    let mut judged = judged(&registry, &set, &now);
    judged.sort_by_cached_key(|(_, unit)| (sort_key(unit.name_on(now.day)), unit.code.clone()));
    let members = clusters::members(office, &year.to_string()).await?;
    let (groups, names) = grouped(&set, &judged, &members);
    let sending = sending::of_year(office, &now, year, today).await?;
    let positions = judged.iter().map(|(position, _)| *position).collect();
    let facts = UnitFacts { catalogue: office.shared_catalogue(), now, before, positions, sending, teaches };
    let scores = score::score(&set, &facts, &groups);
    let places = rank::rank(&set, &scores, &groups);
    let day = facts.now.day;
    let units = judged.iter().zip(names).zip(places).map(|(((_, unit), group), place)| Judged {
        code: unit.code.as_str().to_owned(),
        name: unit.name_on(day).to_owned(),
        group,
        place,
    });
    Ok(Evaluation { on_map: day, units: units.collect(), set, year, facts, groups, scores })
}

/// The units that a set judges: schools of its levels, or offices with schools under them.
fn judged<'a>(registry: &'a Registry, set: &CriteriaSet, view: &YearView) -> Vec<(usize, &'a Unit)> {
    let forest = view.forest();
    let mut has_school = vec![false; forest.len()];
    for position in (0..forest.len()).rev() {
        let is_school = registry.unit(forest.code(position)).is_some_and(|unit| unit.school.is_some());
        if is_school || has_school[position] {
            has_school[position] = true;
            forest.parent(position).into_iter().for_each(|parent| has_school[parent] = true);
        }
    }
    let is_judged = |position: usize, unit: &Unit| match (&unit.school, set.kind) {
        (Some(_), SetKind::Office) | (None, SetKind::School | SetKind::AllMustPass) => false,
        (None, SetKind::Office) => has_school[position],
        (Some(school), SetKind::School | SetKind::AllMustPass) => {
            set.levels.is_empty() || school.levels.iter().any(|level| set.levels.contains(level))
        }
    };
    let unit = |position: usize| registry.unit(forest.code(position)).map(|unit| (position, unit));
    (0..forest.len()).filter_map(unit).filter(|(position, unit)| is_judged(*position, unit)).collect()
}

/// Groups by number, and the group's name of each unit. Schools are ranked inside their emulation clusters where the office has made
/// some, and then those outside every cluster are not ranked; offices among offices of their kind.
fn grouped(set: &CriteriaSet, judged: &[(usize, &Unit)], members: &clusters::Members) -> (Vec<u32>, Vec<String>) {
    let has_clusters = judged.iter().any(|(_, unit)| members.contains_key(unit.code.as_str()));
    let name = |unit: &Unit| match set.kind {
        SetKind::Office => Some(unit.kind.label().0.to_owned()),
        _ if has_clusters => members.get(unit.code.as_str()).cloned(),
        _ => Some(String::new()),
    };
    let names: Vec<Option<String>> = judged.iter().map(|(_, unit)| name(unit)).collect();
    let mut numbers: BTreeMap<&str, u32> = names.iter().flatten().map(|name| (name.as_str(), 0)).collect();
    (0..).zip(numbers.values_mut()).for_each(|(number, place)| *place = number);
    let group = |name: &Option<String>| name.as_ref().and_then(|name| numbers.get(name.as_str())).copied();
    let groups = names.iter().map(|name| group(name).unwrap_or(NO_GROUP)).collect();
    (groups, names.into_iter().map(Option::unwrap_or_default).collect())
}

impl Evaluation {
    /// A unit's row.
    pub fn row(&self, code: &str) -> Option<usize> {
        self.units.iter().position(|unit| unit.code == code)
    }

    /// The rows of a unit and of the units under it, on the map of the evaluation.
    pub fn rows_under(&self, code: &str) -> Vec<usize> {
        let Some(position) = self.facts.now.position(code) else { return Vec::new() };
        let subtree = self.facts.now.forest().subtree(position);
        (0..self.units.len()).filter(|row| subtree.contains(&self.facts.positions[*row])).collect()
    }

    /// Every score.
    pub fn scores(&self) -> &Scores {
        &self.scores
    }

    /// A unit's sheet with the reason for every point.
    pub fn sheet(&self, row: usize) -> Sheet {
        score::explain(&self.set, &self.facts.catalogue, &self.facts, &self.groups, &self.scores, row)
    }

    /// `11/13 chỉ tiêu xuất sắc …`: how many of a unit's fields reached which grade.
    pub fn count(&self, row: usize) -> GradeCount {
        GradeCount::of(&self.set, &self.scores.field_grades(&self.set, row))
    }

    /// A unit's result in one line.
    pub fn result(&self, row: usize) -> UnitResult {
        let (total, unit) = (self.scores.totals()[row], &self.units[row]);
        let (rank, of, note) = match &unit.place {
            Place::Ranked { rank, of, tie } => (Some(*rank), Some(*of), tie.clone()),
            Place::NotRanked(reason) => (None, None, reason.clone()),
        };
        let outcome = self.scores.outcome(&self.set, row);
        UnitResult {
            unit: unit.code.clone(),
            name: unit.name.clone(),
            group: unit.group.clone(),
            score: total.final_score().map(|score| score.number()),
            max: total.base.max.number(),
            percent: total.percent().and_then(two_decimals),
            grade: self.grade(outcome).map(|(code, _)| code),
            grade_label: self.grade(outcome).map(|(_, label)| label),
            rank,
            of,
            note,
            so_far: total.score.number(),
            missing: total.base.missing,
            statement: self.count(row).statement(),
        }
    }

    /// What a unit's result would be if one item had this value; none for an item that is not read from one number.
    pub fn what_if(&self, row: usize, item: &str, value: f64) -> Option<WhatIf> {
        let item = self.set.items().find(|known| known.code == item)?;
        let change = (score::read_by(item)?, row, value);
        Some(what_if::what_if(&self.set, &self.facts, &self.groups, change))
    }

    /// The grade's code and its name in Vietnamese.
    pub fn grade(&self, outcome: Outcome) -> Option<(String, String)> {
        match outcome {
            Outcome::Graded(place) => {
                self.set.scale.grades.get(place).map(|grade| (grade.code.clone(), grade.label.vi.clone()))
            }
            Outcome::Passed => Some(("passed".to_owned(), "Đạt".to_owned())),
            Outcome::Failed => Some(("failed".to_owned(), "Chưa đạt".to_owned())),
            Outcome::Disqualified(_) => Some(("disqualified".to_owned(), "Không xét".to_owned())),
            Outcome::Ungraded | Outcome::Incomplete(_) => None,
        }
    }
}

/// Two decimals, half away from zero.
fn two_decimals(percent: Decimal) -> Option<f64> {
    percent.round_dp_with_strategy(2, RoundingStrategy::MidpointAwayFromZero).to_f64()
}

/// A unit's result.
#[derive(Clone, Debug, Serialize)]
pub struct UnitResult {
    /// Code.
    pub unit: String,
    /// Name.
    pub name: String,
    /// The group in which it is ranked; empty where all units are one group.
    pub group: String,
    /// The score; none where a value is missing or nothing applies.
    pub score: Option<f64>,
    /// The applicable maximum.
    pub max: f64,
    /// Per cent of it, with two decimals.
    pub percent: Option<f64>,
    /// The grade's code.
    pub grade: Option<String>,
    /// The grade in Vietnamese.
    pub grade_label: Option<String>,
    /// The rank; none where the unit is not ranked.
    pub rank: Option<usize>,
    /// How many are ranked in the group.
    pub of: Option<usize>,
    /// What decided between equals, or why there is no rank.
    pub note: String,
    /// The points that are known, where some are missing.
    pub so_far: f64,
    /// Items without a value.
    pub missing: u16,
    /// How many fields reached which grade.
    pub statement: String,
}

/// What a mark is, for scripts: points, or the word why there are none.
pub fn mark_words(mark: Mark) -> (Option<f64>, Option<&'static str>) {
    match mark {
        Mark::Scored(points) => (Some(points.number()), None),
        Mark::NotApplicable => (None, Some("not_applicable")),
        Mark::None(reason) => (None, Some(reason.as_str())),
    }
}

/// The unit on a map of the year, or why it is not there.
///
/// # Errors
/// As [`view_with_unit`].
pub async fn require_unit(office: &Office, year: SchoolYear, unit: &str) -> Result<()> {
    view_with_unit(office, year, unit, None).await.map(|_| ())
}
