//! Rounds, roads, reviewers, sittings and publications as they stand.

use std::{collections::BTreeMap, sync::Arc};

use domain::{
    evaluation::{
        Points,
        criteria::CriteriaSet,
        road::{Claim, CouncilRules, Deadlines, FrozenSet, NewRecord, Record, RoadState, Sight, Stage, UnitRoad},
        score::Mark,
    },
    school_year::SchoolYear,
};
use rust_decimal::Decimal;
use serde::Serialize;

use super::evidence::EvidenceRow;
use crate::{
    evaluation::sets,
    office::Office,
    platform::{Db, Error, Result},
};

const ROUND: &str = "select id, unit_code, year, set_code, set_version, set_hash, set_text, limit_hundredths, sight, \
     quorum_percent, agree_percent, sitting_count, publication_count, opened_at, opened_by \
     from evaluation_round where id = $1";
const ROUNDS: &str = "select id, unit_code, year, set_code, set_version, set_hash, set_text, limit_hundredths, sight, \
     quorum_percent, agree_percent, sitting_count, publication_count, opened_at, opened_by \
     from evaluation_round where year = $1 order by set_code, id";
const DEADLINES: &str = "select stage, due_on from evaluation_deadline where round_id = $1 order by stage";
const ROADS: &str =
    "select unit_code, state, latest, grade from evaluation_road where round_id = $1 order by unit_code";
const ROAD: &str = "select unit_code, state, latest, grade from evaluation_road where round_id = $1 and unit_code = $2";
const RECORDS: &str = "select unit_code, number, stage, line, claim, value, comment, evidence, of_unit, made_at, made_by \
     from evaluation_record where round_id = $1 and unit_code = $2 order by number";
const ALL_RECORDS: &str = "select unit_code, number, stage, line, claim, value, comment, evidence, of_unit, made_at, \
     made_by from evaluation_record where round_id = $1 order by unit_code, number";
const STEPS: &str = "select number, state, reason, taken_at, taken_by from evaluation_step \
     where round_id = $1 and unit_code = $2 order by number";
const REVIEWERS: &str = "select unit_code, reviewer_code, line from evaluation_reviewer where round_id = $1 \
     order by unit_code, reviewer_code, line";
const SITTINGS: &str = "select number, held_on, members, present, recorded_at, recorded_by from evaluation_sitting \
     where round_id = $1 order by number";
const VOTES: &str = "select number, unit_code, agree, against, grade, reason from evaluation_vote where round_id = $1 \
     order by number, unit_code";
const PUBLICATIONS: &str = "select number, reason, published_at, published_by from evaluation_publication \
     where round_id = $1 order by number";
const EVIDENCE: &str = "select line, sha256, name, media_type, byte_count, attached_at, attached_by \
     from evaluation_evidence where round_id = $1 and unit_code = $2 order by line, attached_at, sha256";
const RESULTS: &str = "select unit_code, content from evaluation_result where round_id = $1 and number = $2 \
     order by unit_code";

/// A round as it is stored.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct RoundRow {
    /// Number.
    pub id: i64,
    /// The office that opened it.
    pub unit_code: String,
    /// School year.
    pub year: String,
    /// The set's code.
    pub set_code: String,
    /// Its version when the round was opened.
    pub set_version: i64,
    /// The hash of its text then.
    pub set_hash: String,
    /// Its text then.
    pub set_text: String,
    /// Differences up to this need no explanation, in hundredths of a point.
    pub limit_hundredths: i64,
    /// Whose results a unit sees besides its own.
    pub sight: String,
    /// Per cent of the council's members who must be present.
    pub quorum_percent: i64,
    /// Per cent of those present who must agree.
    pub agree_percent: i64,
    /// Sittings recorded.
    pub sitting_count: i64,
    /// Publications made.
    pub publication_count: i64,
    /// When it was opened.
    pub opened_at: String,
    /// By whom.
    pub opened_by: String,
}

/// A round ready for work.
#[derive(Clone, Debug)]
pub struct Round {
    /// As it is stored.
    pub row: RoundRow,
    /// Its year.
    pub year: SchoolYear,
    /// The set, frozen when the round was opened.
    pub set: Arc<CriteriaSet>,
    /// Deadlines.
    pub deadlines: Deadlines,
}

impl Round {
    /// Differences up to this need no explanation.
    pub fn limit(&self) -> Points {
        Points::of_hundredths(i32::try_from(self.row.limit_hundredths).unwrap_or(i32::MAX))
    }

    /// Whose results a unit sees.
    pub fn sight(&self) -> Sight {
        Sight::parse(&self.row.sight).unwrap_or(Sight::OwnOnly)
    }

    /// What the office asks of a sitting.
    pub fn rules(&self) -> CouncilRules {
        let percent = |number: i64| u32::try_from(number).unwrap_or(100);
        CouncilRules {
            quorum_percent: percent(self.row.quorum_percent),
            agree_percent: percent(self.row.agree_percent),
        }
    }

    /// The set as it was frozen.
    pub fn frozen(&self) -> FrozenSet {
        FrozenSet {
            code: self.row.set_code.clone(),
            version: u32::try_from(self.row.set_version).unwrap_or_default(),
            hash: self.row.set_hash.clone(),
        }
    }

    /// Why the set that the office knows today is not the one that was opened; none where it is.
    ///
    /// # Errors
    /// Where the sets cannot be read.
    pub async fn set_changed(&self, office: &Office) -> Result<Option<domain::Reason>> {
        let known = sets::all(office).await?.into_iter().rev();
        let same = known.into_iter().find(|known| known.set.code == self.row.set_code);
        Ok(same.and_then(|known| self.frozen().changed(&known.file, known.set.version, &known.hash)))
    }
}

/// A round.
///
/// # Errors
/// `NotFound` for an unknown number.
pub async fn round(office: &Office, id: i64) -> Result<Round> {
    let row: Option<RoundRow> = sqlx::query_as(ROUND).bind(id).fetch_optional(office.db().pool()).await?;
    ready(office, row.ok_or_else(|| Error::NotFound(format!("đợt chấm số {id}")))?).await
}

/// The rounds of a year, by set and number.
///
/// # Errors
/// Where the database cannot be read.
pub async fn rounds(office: &Office, year: SchoolYear) -> Result<Vec<Round>> {
    let rows: Vec<RoundRow> = sqlx::query_as(ROUNDS).bind(year.to_string()).fetch_all(office.db().pool()).await?;
    let mut rounds = Vec::with_capacity(rows.len());
    for row in rows {
        rounds.push(ready(office, row).await?);
    }
    Ok(rounds)
}

async fn ready(office: &Office, row: RoundRow) -> Result<Round> {
    let rows: Vec<(String, String)> = sqlx::query_as(DEADLINES).bind(row.id).fetch_all(office.db().pool()).await?;
    let mut deadlines = BTreeMap::new();
    for (stage, due_on) in rows {
        let stage = Stage::parse(&stage).ok_or_else(|| Error::inside(format!("stage {stage}")))?;
        deadlines.insert(stage, due_on.parse().map_err(Error::inside)?);
    }
    let year = SchoolYear::parse(&row.year).ok_or_else(|| Error::inside(format!("year {}", row.year)))?;
    let set = sets::frozen(office, &row.set_text)?;
    Ok(Round { row, year, set, deadlines: Deadlines(deadlines) })
}

/// Where a unit stands.
#[derive(Clone, Debug)]
pub struct Standing {
    /// The unit.
    pub unit: String,
    /// Where.
    pub state: RoadState,
    /// The number of its latest record.
    pub latest: i64,
    /// The grade that the council gave instead of the proposed one; empty for none.
    pub grade: String,
}

fn standing((unit, state, latest, grade): (String, String, i64, String)) -> Result<Standing> {
    let state = RoadState::parse(&state).ok_or_else(|| Error::inside(format!("state {state}")))?;
    Ok(Standing { unit, state, latest, grade })
}

/// Where every unit of a round stands, by code.
///
/// # Errors
/// Where the database cannot be read.
pub async fn standings(db: &Db, round: i64) -> Result<Vec<Standing>> {
    let rows: Vec<(String, String, i64, String)> = sqlx::query_as(ROADS).bind(round).fetch_all(db.pool()).await?;
    rows.into_iter().map(standing).collect()
}

#[derive(sqlx::FromRow)]
struct RecordRow {
    unit_code: String,
    number: i64,
    stage: String,
    line: String,
    claim: String,
    value: String,
    comment: String,
    evidence: String,
    of_unit: String,
    made_at: String,
    made_by: String,
}

impl RecordRow {
    fn record(self) -> Result<Record> {
        let stage = Stage::parse(&self.stage).ok_or_else(|| Error::inside(format!("stage {}", self.stage)))?;
        let claim = claim(&self.claim, &self.value)?;
        let evidence = self.evidence.split_whitespace().map(str::to_owned).collect();
        let (line, comment) = (self.line, self.comment);
        Ok(Record {
            number: u32::try_from(self.number).map_err(Error::inside)?,
            what: NewRecord { stage, line, claim, comment, evidence },
            by: self.made_by,
            of_unit: self.of_unit,
            at: self.made_at,
        })
    }
}

/// A claim from its two columns.
pub(in crate::evaluation) fn claim(kind: &str, value: &str) -> Result<Option<Claim>> {
    let points = |text: &str| text.parse::<i32>().map(Points::of_hundredths).map_err(Error::inside);
    Ok(match kind {
        "" => None,
        "value" => Some(Claim::Value(value.parse::<Decimal>().map_err(Error::inside)?)),
        "not_applicable" => Some(Claim::NotApplicable),
        "computed" => Some(Claim::Computed(match value {
            "not_applicable" => Mark::NotApplicable,
            text => match text.strip_prefix("none:") {
                Some(why) => Mark::None(
                    domain::evaluation::score::NoValue::parse(why)
                        .ok_or_else(|| Error::inside(format!("no value {why}")))?,
                ),
                None => Mark::Scored(points(text)?),
            },
        })),
        other => return Err(Error::inside(format!("claim {other}"))),
    })
}

/// A unit's road and where it stands.
///
/// # Errors
/// `NotFound` for a unit that is not in the round.
pub async fn road(office: &Office, round: i64, unit: &str) -> Result<(UnitRoad, Standing)> {
    // One transaction, so that records and state are of the same moment.
    let mut transaction = office.db().begin().await?;
    let row: Option<(String, String, i64, String)> =
        sqlx::query_as(ROAD).bind(round).bind(unit.to_owned()).fetch_optional(&mut *transaction).await?;
    let standing = standing(row.ok_or_else(|| Error::NotFound(format!("đơn vị {unit} trong đợt chấm này")))?)?;
    let rows: Vec<RecordRow> =
        sqlx::query_as(RECORDS).bind(round).bind(unit.to_owned()).fetch_all(&mut *transaction).await?;
    let records = rows.into_iter().map(RecordRow::record).collect::<Result<_>>()?;
    Ok((UnitRoad { unit: unit.to_owned(), state: standing.state, records }, standing))
}

/// Every road of a round, by unit.
///
/// # Errors
/// Where the database cannot be read.
pub async fn roads(office: &Office, round: i64) -> Result<Vec<UnitRoad>> {
    let rows: Vec<RecordRow> = sqlx::query_as(ALL_RECORDS).bind(round).fetch_all(office.db().pool()).await?;
    let mut records: BTreeMap<String, Vec<Record>> = BTreeMap::new();
    for row in rows {
        let unit = row.unit_code.clone();
        records.entry(unit).or_default().push(row.record()?);
    }
    let road = |standing: Standing| {
        let records = records.remove(&standing.unit).unwrap_or_default();
        UnitRoad { unit: standing.unit, state: standing.state, records }
    };
    Ok(standings(office.db(), round).await?.into_iter().map(road).collect())
}

/// A step that was taken.
#[derive(Clone, Debug, Serialize, sqlx::FromRow)]
pub struct StepRow {
    /// Its place.
    pub number: i64,
    /// Where the unit stood afterwards.
    pub state: String,
    /// Why, where a reason was asked for.
    pub reason: String,
    /// When.
    pub taken_at: String,
    /// By whom.
    pub taken_by: String,
}

/// The steps of a unit, oldest first.
///
/// # Errors
/// Where the database cannot be read.
pub async fn steps(office: &Office, round: i64, unit: &str) -> Result<Vec<StepRow>> {
    Ok(sqlx::query_as(STEPS).bind(round).bind(unit.to_owned()).fetch_all(office.db().pool()).await?)
}

/// Who checks whom.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, sqlx::FromRow)]
pub struct Assignment {
    /// The unit that is checked.
    pub unit_code: String,
    /// The unit that checks it.
    pub reviewer_code: String,
    /// The line given to it; empty for all.
    pub line: String,
}

/// The assignments of a round.
///
/// # Errors
/// Where the database cannot be read.
pub async fn assignments(office: &Office, round: i64) -> Result<Vec<Assignment>> {
    Ok(sqlx::query_as(REVIEWERS).bind(round).fetch_all(office.db().pool()).await?)
}

/// The lines of a unit that these units were given to check: none where they were given nothing, every line where one of
/// them was given all.
///
/// # Errors
/// Where the database cannot be read.
pub async fn assigned(office: &Office, round: i64, unit: &str, units: &[String]) -> Result<Option<Vec<String>>> {
    let own: Vec<String> = assignments(office, round)
        .await?
        .into_iter()
        .filter(|one| one.unit_code == unit && units.contains(&one.reviewer_code))
        .map(|one| one.line)
        .collect();
    Ok(if own.is_empty() { None } else { Some(own) })
}

/// A sitting as it was recorded.
#[derive(Clone, Debug, Serialize, sqlx::FromRow)]
pub struct SittingRow {
    /// Its number.
    pub number: i64,
    /// The day.
    pub held_on: String,
    /// Members of the council.
    pub members: i64,
    /// Members present.
    pub present: i64,
    /// When it was recorded.
    pub recorded_at: String,
    /// By whom.
    pub recorded_by: String,
}

/// The sittings of a round.
///
/// # Errors
/// Where the database cannot be read.
pub async fn sittings(office: &Office, round: i64) -> Result<Vec<SittingRow>> {
    Ok(sqlx::query_as(SITTINGS).bind(round).fetch_all(office.db().pool()).await?)
}

/// A vote as it was recorded.
#[derive(Clone, Debug, Serialize, sqlx::FromRow)]
pub struct VoteRow {
    /// The sitting.
    pub number: i64,
    /// The unit.
    pub unit_code: String,
    /// Votes for.
    pub agree: i64,
    /// Votes against.
    pub against: i64,
    /// Another grade than the proposed one; empty for none.
    pub grade: String,
    /// Why.
    pub reason: String,
}

/// The votes of a round.
///
/// # Errors
/// Where the database cannot be read.
pub async fn votes(office: &Office, round: i64) -> Result<Vec<VoteRow>> {
    Ok(sqlx::query_as(VOTES).bind(round).fetch_all(office.db().pool()).await?)
}

/// A publication.
#[derive(Clone, Debug, Serialize, sqlx::FromRow)]
pub struct PublicationRow {
    /// Its number, from 1.
    pub number: i64,
    /// Why it was made again; empty for the first.
    pub reason: String,
    /// When.
    pub published_at: String,
    /// By whom.
    pub published_by: String,
}

/// The publications of a round, oldest first.
///
/// # Errors
/// Where the database cannot be read.
pub async fn publications(office: &Office, round: i64) -> Result<Vec<PublicationRow>> {
    Ok(sqlx::query_as(PUBLICATIONS).bind(round).fetch_all(office.db().pool()).await?)
}

/// The results of one publication: unit and what was published of it.
///
/// # Errors
/// Where the database cannot be read.
pub async fn results(office: &Office, round: i64, number: i64) -> Result<Vec<(String, serde_json::Value)>> {
    let rows: Vec<(String, String)> =
        sqlx::query_as(RESULTS).bind(round).bind(number).fetch_all(office.db().pool()).await?;
    rows.into_iter().map(|(unit, content)| Ok((unit, serde_json::from_str(&content).map_err(Error::inside)?))).collect()
}

/// The evidence of a unit, by line, oldest first.
///
/// # Errors
/// Where the database cannot be read.
pub async fn evidence(office: &Office, round: i64, unit: &str) -> Result<Vec<EvidenceRow>> {
    Ok(sqlx::query_as(EVIDENCE).bind(round).bind(unit.to_owned()).fetch_all(office.db().pool()).await?)
}
