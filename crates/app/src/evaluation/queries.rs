//! What pages and commands ask about scores: a set's ranking, one unit's sheet.

pub mod own_sets;
pub mod settled;

use std::{collections::BTreeMap, sync::Arc};

use domain::{
    evaluation::{
        Points,
        count::GradeCount,
        criteria::{CriteriaSet, SetKind},
        rank::{self, Place},
        road::{self, Claim, Computed, Line, NewRecord, Recheck, RoadState, lines},
        score::{self, ItemLine, Mark, NO_GROUP, Outcome, Scores, Sheet},
        what_if::{self, WhatIf},
    },
    organisation::{Registry, Unit},
    school_year::SchoolYear,
    vietnamese::sort_key,
};
use jiff::civil::Date;
use rust_decimal::{
    Decimal, RoundingStrategy,
    prelude::{FromPrimitive, ToPrimitive},
};
use serde::{Deserialize, Serialize};

use self::settled::{Settled, UnitSettled};
use super::{
    facts::{UnitFacts, teaches},
    sending, sets,
};
use crate::{
    figures::{YearView, queries::view_with_unit},
    office::Office,
    organisation::clusters,
    platform::{Error, Result},
};

/// All units of a year scored and ranked under one set.
#[derive(Clone, Debug)]
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
    /// What figures and judgements give now.
    figures: Scores,
    /// The same, where what was made final stands.
    scores: Scores,
    settled: Settled,
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
/// As [`sets::of_year`]; `NotFound` for a year that was never opened.
pub async fn evaluate(office: &Office, code: &str, year: SchoolYear, today: Date) -> Result<Arc<Evaluation>> {
    let key = (code.to_owned(), year, today);
    office.kept().evaluations.get(office.db(), key, scored(office, code, year, today)).await
}

async fn scored(office: &Office, code: &str, year: SchoolYear, today: Date) -> Result<Evaluation> {
    let set = match settled::frozen_set(office, code, year).await? {
        Some(set) => set,
        None => sets::of_year(office, code, year).await?.set,
    };
    let settled = settled::settled(office, code, year).await?;
    by_set(office, (set, settled), year, today).await
}

/// Every unit scored by a set that is not in use yet; nothing is kept, and nothing that was made final counts.
///
/// # Errors
/// `NotFound` for a year that was never opened.
pub(super) async fn with_set(
    office: &Office,
    set: Arc<CriteriaSet>,
    year: SchoolYear,
    today: Date,
) -> Result<Evaluation> {
    by_set(office, (set, Settled::new()), year, today).await
}

async fn by_set(
    office: &Office,
    (set, settled): (Arc<CriteriaSet>, Settled),
    year: SchoolYear,
    today: Date,
) -> Result<Evaluation> {
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
    let (mut groups, names) = grouped(&set, &judged, &members);
    for (group, (_, unit)) in groups.iter_mut().zip(&judged) {
        let is_left_out = settled.get(unit.code.as_str()).is_some_and(|one| one.state == RoadState::LeftOut);
        *group = if is_left_out { NO_GROUP } else { *group };
    }
    let sending = sending::of_year(office, &now, year, today).await?;
    let codes: Vec<&str> = judged.iter().map(|(_, unit)| unit.code.as_str()).collect();
    let positions = judged.iter().map(|(position, _)| *position).collect();
    let entered = settled::entered(&set, &settled, &codes);
    let facts = UnitFacts { catalogue: office.shared_catalogue(), now, before, positions, sending, teaches, entered };
    let figures = score::score(&set, &facts, &groups);
    let scores = figures.settled(&set, &facts, settled::final_marks(&set, &settled, &codes));
    let places = rank::rank(&set, &scores, &groups);
    let day = facts.now.day;
    let units = judged.iter().zip(names).zip(places).map(|(((_, unit), group), place)| Judged {
        code: unit.code.as_str().to_owned(),
        name: unit.name_on(day).to_owned(),
        group,
        place,
    });
    Ok(Evaluation { on_map: day, units: units.collect(), set, year, facts, groups, figures, scores, settled })
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
    let unit = |position: usize| registry.unit(forest.code(position)).map(|unit| (position, unit));
    (0..forest.len()).filter_map(unit).filter(|(position, unit)| has_school[*position] && judges(set, unit)).collect()
}

/// Whether a set is made for units of this sort: schools of its levels, or offices.
pub fn judges(set: &CriteriaSet, unit: &Unit) -> bool {
    match (&unit.school, set.kind) {
        (None, kind) => kind == SetKind::Office,
        (Some(_), SetKind::Office) => false,
        (Some(school), SetKind::School | SetKind::AllMustPass) => {
            set.levels.is_empty() || school.levels.iter().any(|level| set.levels.contains(level))
        }
    }
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

    /// A unit's sheet with the reason for every point; where figures have changed since points were made final, the sheet
    /// says what was final and what the figures give now. Of a unit that was left out it sums nothing up.
    pub fn sheet(&self, row: usize) -> Sheet {
        let mut sheet = self.explained(&self.scores, row);
        match self.left_out(row) {
            Some(reason) => {
                sheet.summary = vec![format!("Không chấm trong đợt này: {}.", reason.trim_end_matches('.'))]
            }
            None => sheet.summary.extend(Some(self.given_words(row)).filter(|words| !words.is_empty())),
        }
        let rechecks = self.rechecks(row);
        let items = sheet.fields.iter_mut().flat_map(|field| &mut field.criteria).flat_map(|one| &mut one.items);
        for item in items {
            if let Some(changed) = rechecks.iter().find(|changed| changed.line == item.code) {
                item.why = format!("{} Số liệu nay cho: {}", final_words(&changed.was, item.max), changed.why);
                item.working = "Cần kiểm tra lại: số liệu đã đổi sau khi chốt điểm, điểm chốt giữ nguyên.".to_owned();
            }
        }
        sheet
    }

    fn explained(&self, scores: &Scores, row: usize) -> Sheet {
        score::explain(&self.set, &self.facts.catalogue, &self.facts, &self.groups, scores, row)
    }

    /// The evaluation as it will be when these records stand: what a correction publishes.
    pub(in crate::evaluation) fn with_records(&self, unit: &str, records: &[NewRecord]) -> Self {
        let mut after = self.clone();
        if let Some(one) = after.settled.get_mut(unit) {
            let claims = records.iter().filter_map(|record| Some((record.line.clone(), record.claim.clone()?)));
            one.claims.extend(claims);
        }
        let codes: Vec<&str> = self.units.iter().map(|unit| unit.code.as_str()).collect();
        after.facts.entered = settled::entered(&self.set, &after.settled, &codes);
        after.figures = score::score(&self.set, &after.facts, &self.groups);
        let made_final = settled::final_marks(&self.set, &after.settled, &codes);
        after.scores = after.figures.settled(&self.set, &after.facts, made_final);
        let places = rank::rank(&self.set, &after.scores, &self.groups);
        after.units.iter_mut().zip(places).for_each(|(unit, place)| unit.place = place);
        after
    }

    /// Where a unit stands on the road; none where no round judges it.
    pub fn settled(&self, row: usize) -> Option<&UnitSettled> {
        self.settled.get(&self.units[row].code)
    }

    /// What the figures give now for every line that nobody enters, and from what.
    pub fn computed(&self, row: usize) -> Vec<Computed> {
        let sheet = self.explained(&self.figures, row);
        let items = sheet.fields.iter().flat_map(|field| &field.criteria).flat_map(|one| &one.items);
        let items: BTreeMap<&str, &ItemLine> = items.map(|item| (item.code.as_str(), item)).collect();
        let of = |line: Line<'_>| {
            let (claim, why) = match items.get(line.code) {
                Some(item) => {
                    (Claim::Computed(item.mark), [item.why.as_str(), &item.working].join(" ").trim().to_owned())
                }
                None => {
                    let times = Decimal::from_f64(self.facts.late_forms_now(row)).unwrap_or_default();
                    (Claim::Value(times), format!("{} biểu quá hạn theo sổ nhận biểu.", times.normalize()))
                }
            };
            Computed { line: line.code.to_owned(), claim, why }
        };
        lines(&self.set).into_iter().filter(Line::is_computed).map(of).collect()
    }

    /// The points that were made final from figures which have changed since.
    pub fn rechecks(&self, row: usize) -> Vec<Recheck> {
        match self.settled(row).filter(|one| !one.claims.is_empty()) {
            Some(one) => road::rechecks(|line| one.claims.get(line), &self.computed(row)),
            None => Vec::new(),
        }
    }

    /// `11/13 chỉ tiêu xuất sắc …`: how many of a unit's fields reached which grade.
    pub fn count(&self, row: usize) -> GradeCount {
        GradeCount::of(&self.set, &self.scores.field_grades(&self.set, row))
    }

    /// A unit's result in one line.
    pub fn result(&self, row: usize) -> UnitResult {
        let (total, unit) = (self.scores.totals()[row], &self.units[row]);
        let (rank, of) = match unit.place {
            Place::Ranked { rank, of, .. } => (Some(rank), Some(of)),
            Place::NotRanked(_) => (None, None),
        };
        let settled = self.settled(row);
        let left_out = self.left_out(row);
        let is_judged = left_out.is_none();
        let proposed = || self.grade(self.scores.outcome(&self.set, row));
        let grade = self.given_grade(row).or_else(proposed).filter(|_| is_judged);
        let note = match left_out {
            Some(reason) => format!("không chấm trong đợt này: {reason}"),
            None => {
                let words = [unit.place.note(&self.set), self.given_words(row)];
                words.into_iter().filter(|words| !words.is_empty()).collect::<Vec<_>>().join("; ")
            }
        };
        UnitResult {
            unit: unit.code.clone(),
            name: unit.name.clone(),
            group: unit.group.clone(),
            score: total.final_score().map(|score| score.number()).filter(|_| is_judged),
            max: total.base.max.number(),
            percent: total.percent().and_then(two_decimals).filter(|_| is_judged),
            grade: grade.as_ref().map(|(code, _)| code.clone()),
            grade_label: grade.map(|(_, label)| label),
            rank,
            of,
            note,
            so_far: total.score.number(),
            missing: total.base.missing,
            statement: if is_judged { self.count(row).statement() } else { String::new() },
            state: settled.map_or("", |one| one.state.as_str()).to_owned(),
            is_final: settled.is_some_and(|one| one.state.is_final()),
            to_check: self.rechecks(row).len(),
        }
    }

    /// Why a unit was left out of the round; none where it is judged.
    fn left_out(&self, row: usize) -> Option<&str> {
        self.settled(row).filter(|one| one.state == RoadState::LeftOut).map(|one| one.reason.as_str())
    }

    /// The grade that the council gave instead of the proposed one.
    fn given_grade(&self, row: usize) -> Option<(String, String)> {
        let code = &self.settled(row)?.grade;
        let grade = self.set.scale.grades.iter().find(|grade| grade.code == *code)?;
        Some((grade.code.clone(), grade.label.vi.clone()))
    }

    /// `Hội đồng xếp loại Khá: …`; empty where the council kept the proposed grade.
    fn given_words(&self, row: usize) -> String {
        let reason = self.settled(row).map_or("", |one| one.reason.as_str());
        self.given_grade(row).map_or_else(String::new, |(_, label)| format!("Hội đồng xếp loại {label}: {reason}"))
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
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct UnitResult {
    /// Code.
    pub unit: String,
    /// Name.
    pub name: String,
    /// The group in which it is ranked; empty where all units are one group.
    pub group: String,
    /// The score; none where a value is missing or nothing applies, or the unit was left out.
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
    pub rank: Option<u32>,
    /// How many are ranked in the group.
    pub of: Option<u32>,
    /// What decided between equals, or why there is no rank.
    pub note: String,
    /// The points that are known, where some are missing.
    pub so_far: f64,
    /// Items without a value.
    pub missing: u16,
    /// How many fields reached which grade; empty where the unit was left out.
    pub statement: String,
    /// Where the unit stands on the road; empty where no round judges it.
    pub state: String,
    /// Whether its points are final.
    pub is_final: bool,
    /// Final points whose figures have changed since.
    pub to_check: usize,
}

/// A final claim of an item, in words.
fn final_words(claim: &Claim, max: Points) -> String {
    match claim {
        Claim::Computed(Mark::Scored(points)) => format!("Đã chốt {points}/{max} điểm."),
        Claim::Computed(Mark::NotApplicable) | Claim::NotApplicable => "Đã chốt không áp dụng.".to_owned(),
        Claim::Computed(Mark::None(reason)) => format!("Đã chốt không có giá trị: {}.", reason.in_words()),
        Claim::Value(value) => format!("Đã chốt {}.", value.normalize()),
    }
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
