//! A set opened for a year, its deadlines, who checks whom.

use std::collections::{BTreeMap, BTreeSet};

use domain::{
    Reason, Refusal,
    evaluation::{
        Points,
        road::{Deadlines, Sight, Stage, lines},
    },
    school_year::SchoolYear,
    vietnamese::short_date,
};
use jiff::{ToSpan, civil::Date};

use crate::{
    audit,
    evaluation::{
        queries::evaluate,
        road::{
            queries::{self, Assignment, Round},
            store::{self, NewRound},
        },
        sets,
    },
    office::Office,
    organisation::clusters,
    platform::{Context, Error, Result},
};

/// Days between the usual deadlines of a round, stage after stage.
const USUAL_DAYS: [i64; 8] = [7, 10, 14, 17, 21, 24, 28, 42];

/// How a set is opened.
#[derive(Clone, Debug)]
pub struct Opening {
    /// The set's code.
    pub set: String,
    /// The year.
    pub year: SchoolYear,
    /// The office that opens it; every unit that the set judges under it takes part.
    pub unit: String,
    /// The last day of each stage.
    pub deadlines: Deadlines,
    /// Differences up to this need no explanation.
    pub limit: Points,
    /// Whose results a unit sees besides its own.
    pub sight: Sight,
    /// Per cent of the council's members who must be present.
    pub quorum_percent: u32,
    /// Per cent of those present who must agree.
    pub agree_percent: u32,
}

impl Opening {
    /// The usual way: two thirds present, more than half in favour, differences above one point explained, results of the
    /// own cluster visible. All of it is a default that the office may change.
    pub fn usual(set: &str, year: SchoolYear, unit: &str, today: Date) -> Self {
        Self {
            set: set.to_owned(),
            year,
            unit: unit.to_owned(),
            deadlines: usual_deadlines(today),
            limit: Points::whole(1),
            sight: Sight::Cluster,
            quorum_percent: 67,
            agree_percent: 51,
        }
    }
}

/// Deadlines as they are offered when a set is opened on a day.
pub fn usual_deadlines(today: Date) -> Deadlines {
    Deadlines(Stage::ALL.into_iter().zip(USUAL_DAYS.map(|days| today.saturating_add(days.days()))).collect())
}

/// Opens a set for a year and freezes its text; gives the round's number.
///
/// # Errors
/// As [`sets::of_year`]; `already_open` where this office has opened it, naming a data file that has changed since;
/// deadlines out of order or past; no unit to judge.
pub async fn open_set(office: &Office, context: &Context, opening: &Opening) -> Result<i64> {
    let known = sets::of_year(office, &opening.set, opening.year).await?;
    let (today, registry) = (context.today(), office.registry().await?);
    let mut reasons = opening.deadlines.faults();
    reasons.extend(opening.deadlines.0.iter().filter(|(_, day)| **day < today).map(|(stage, day)| {
        let message = format!("Hạn bước «{}» ({}) đã qua; hãy chọn ngày khác.", stage.label().0, short_date(*day));
        Reason::new("deadline_past", message).at(stage.as_str())
    }));
    if ![opening.quorum_percent, opening.agree_percent].iter().all(|percent| (1..=100).contains(percent)) {
        reasons.push(Reason::new("bad_percent", "Tỉ lệ dự họp và tỉ lệ đồng ý phải từ 1 đến 100%.").at("quorum"));
    }
    for round in queries::rounds(office, opening.year).await? {
        if round.row.set_code == opening.set && round.row.unit_code == opening.unit {
            let message = "Bộ tiêu chí này đã được mở cho năm học; một bộ chỉ mở một lần mỗi năm.";
            reasons.push(Reason::new("already_open", message));
            reasons.extend(round.set_changed(office).await?);
        }
    }
    let found = evaluate(office, &opening.set, opening.year, today).await?;
    let judged = found.rows_under(&opening.unit).into_iter().map(|row| found.units[row].code.clone());
    let units: Vec<String> = judged.filter(|code| registry.unit_on(code, today).is_some()).collect();
    if units.is_empty() {
        let message = "Không có đơn vị nào đang hoạt động thuộc phạm vi của bộ tiêu chí này.";
        reasons.push(Reason::new("no_units", message));
    }
    Refusal::unless_empty(reasons)?;
    let (year, set) = (opening.year.to_string(), &known.set);
    let new = NewRound {
        unit: &opening.unit,
        year: &year,
        code: &set.code,
        version: set.version,
        hash: &known.hash,
        text: &known.text,
        limit_hundredths: opening.limit.hundredths(),
        sight: opening.sight.as_str(),
        quorum_percent: opening.quorum_percent,
        agree_percent: opening.agree_percent,
    };
    let mut transaction = office.db().begin().await?;
    let Some(id) = store::open(&mut transaction, context, &new).await? else {
        return Err(Error::refused("already_open", "Bộ tiêu chí này vừa được người khác mở cho năm học."));
    };
    store::begin(&mut transaction, context, id, &units).await?;
    store::put_deadlines(&mut transaction, id, &opening.deadlines).await?;
    let detail = format!("{} {year} phiên bản {}, {} đơn vị", set.code, set.version, units.len());
    audit::write(&mut transaction, context, "evaluation.open_set", &id.to_string(), &detail).await?;
    transaction.commit().await?;
    Ok(id)
}

/// Gives a stage more time, with the reason.
///
/// # Errors
/// No reason; a day that does not fit between the other deadlines.
pub async fn extend(
    office: &Office,
    context: &Context,
    round: i64,
    (stage, until): (Stage, Date),
    reason: &str,
) -> Result<()> {
    let known = queries::round(office, round).await?;
    let mut deadlines = known.deadlines.clone();
    // Later stages move along, so that their order holds.
    for (_, day) in deadlines.0.iter_mut().filter(|(later, _)| **later > stage) {
        *day = (*day).max(until);
    }
    deadlines.0.insert(stage, until);
    let mut reasons = deadlines.faults();
    if reason.trim().is_empty() {
        reasons.push(Reason::new("reason_needed", "Hãy ghi lý do gia hạn.").at("reason"));
    }
    Refusal::unless_empty(reasons)?;
    let mut transaction = office.db().begin().await?;
    store::put_deadlines(&mut transaction, round, &deadlines).await?;
    let detail = format!("{} {until} {}", stage.as_str(), reason.trim());
    audit::write(&mut transaction, context, "evaluation.extend", &round.to_string(), &detail).await?;
    Ok(transaction.commit().await?)
}

/// Reads lines `unit; unit that checks it; line, line`; without lines it checks all.
///
/// # Errors
/// Every line that cannot be read, by its number.
pub fn read_assignments(text: &str) -> Result<Vec<Assignment>, Refusal> {
    let (mut found, mut faults) = (Vec::new(), Vec::new());
    for (number, line) in text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty()) {
        let mut parts = line.split(';').map(str::trim);
        let (Some(unit), Some(reviewer)) = (parts.next(), parts.next().filter(|part| !part.is_empty())) else {
            let message = format!("Dòng {}: phải có dạng «mã đơn vị; mã đơn vị chấm chéo; mã mục».", number + 1);
            faults.push(Reason::new("unreadable_line", message).at("lines"));
            continue;
        };
        let items: Vec<&str> = parts.next().unwrap_or_default().split(',').map(str::trim).collect();
        found.extend(items.into_iter().map(|item| Assignment {
            unit_code: unit.to_owned(),
            reviewer_code: reviewer.to_owned(),
            line: item.to_owned(),
        }));
    }
    Refusal::unless_empty(faults)?;
    Ok(found)
}

/// Says who checks whom; units that are named get other reviewers than before.
///
/// # Errors
/// Every unit that is not in the round, every reviewer that does not exist or is the unit itself, every unknown line.
pub async fn assign(office: &Office, context: &Context, round: i64, assignments: &[Assignment]) -> Result<()> {
    let known = queries::round(office, round).await?;
    let units: BTreeSet<String> =
        queries::standings(office.db(), round).await?.into_iter().map(|standing| standing.unit).collect();
    let (registry, lines) = (office.registry().await?, lines(&known.set));
    let mut reasons = Vec::new();
    for one in assignments {
        let mut say = |code: &str, message: String| reasons.push(Reason::new(code, message).at("lines"));
        if !units.contains(&one.unit_code) {
            say("unknown_unit", format!("Đơn vị «{}» không thuộc đợt chấm này.", one.unit_code));
        }
        if registry.unit_on(&one.reviewer_code, context.today()).is_none() {
            say("unknown_unit", format!("Không có đơn vị «{}» đang hoạt động.", one.reviewer_code));
        }
        if one.unit_code == one.reviewer_code {
            say("own_unit", format!("Đơn vị {} không tự kiểm tra chéo chính mình.", one.unit_code));
        }
        if !one.line.is_empty() && !lines.iter().any(|line| line.code == one.line) {
            say("unknown_item", format!("Bộ tiêu chí không có mục mang mã «{}».", one.line));
        }
    }
    Refusal::unless_empty(reasons)?;
    let named: BTreeSet<&str> = assignments.iter().map(|one| one.unit_code.as_str()).collect();
    let named: Vec<&str> = named.into_iter().collect();
    let mut transaction = office.db().begin().await?;
    store::assign(&mut transaction, round, &named, assignments).await?;
    let detail = format!("{} đơn vị", named.len());
    audit::write(&mut transaction, context, "evaluation.assign", &round.to_string(), &detail).await?;
    Ok(transaction.commit().await?)
}

/// Lets every unit check the next one of its cluster, the last the first; clusters of one check nobody.
///
/// # Errors
/// As [`assign`].
pub async fn assign_ring(office: &Office, context: &Context, round: i64) -> Result<usize> {
    let known: Round = queries::round(office, round).await?;
    let members = clusters::members(office, &known.row.year).await?;
    let mut by_cluster: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for standing in queries::standings(office.db(), round).await? {
        let cluster = members.get(&standing.unit).cloned().unwrap_or_default();
        by_cluster.entry(cluster).or_default().push(standing.unit);
    }
    let mut assignments = Vec::new();
    for units in by_cluster.values().filter(|units| units.len() > 1) {
        let next = units.iter().cycle().skip(1);
        assignments.extend(units.iter().zip(next).map(|(reviewer, unit)| Assignment {
            unit_code: unit.clone(),
            reviewer_code: reviewer.clone(),
            line: String::new(),
        }));
    }
    assign(office, context, round, &assignments).await?;
    Ok(assignments.len())
}
