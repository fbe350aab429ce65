//! What the road made final: points of judged items, figures as they stood, grades of the council.

use std::{collections::BTreeMap, sync::Arc};

use domain::{
    evaluation::{
        criteria::CriteriaSet,
        road::{Claim, LineKind, RoadState, lines},
        score::Mark,
    },
    school_year::SchoolYear,
};
use rust_decimal::prelude::ToPrimitive;

use crate::{
    evaluation::{facts::Entered, road::queries::claim, sets},
    office::Office,
    platform::{Error, Result},
};

const LATEST_SET: &str =
    "select set_text from evaluation_round where year = $1 and set_code = $2 order by id desc limit 1";
const STANDINGS: &str = "select d.unit_code, d.round_id, d.state, d.grade, \
     coalesce((select s.reason from evaluation_step s where s.round_id = d.round_id and s.unit_code = d.unit_code \
     order by s.number desc limit 1), ''), \
     coalesce((select v.reason from evaluation_vote v where v.round_id = d.round_id and v.unit_code = d.unit_code \
     order by v.number desc limit 1), '') from evaluation_road d \
     join evaluation_round e on e.id = d.round_id where e.year = $1 and e.set_code = $2 order by d.unit_code, d.round_id";
const CLAIMS: &str = "select r.unit_code, r.line, r.claim, r.value from evaluation_record r \
     join evaluation_road d on d.round_id = r.round_id and d.unit_code = r.unit_code \
     join evaluation_round e on e.id = d.round_id \
     where e.year = $1 and e.set_code = $2 and d.state in ('finalised', 'council_decided', 'published') \
     and r.stage in ('finalised', 'published') and r.claim <> '' order by r.unit_code, r.number";

/// Where a unit stands and what is final of it.
#[derive(Clone, Debug)]
pub struct UnitSettled {
    /// The round.
    pub round: i64,
    /// Where it stands.
    pub state: RoadState,
    /// The council's own grade; empty where it kept the proposed one.
    pub grade: String,
    /// Why it was left out, or why the council gave another grade; empty where it was neither.
    pub reason: String,
    /// Final claims by line; empty before points are final.
    pub claims: BTreeMap<String, Claim>,
}

/// By unit.
pub type Settled = BTreeMap<String, UnitSettled>;

/// The set that was frozen for a year: by the latest round that was opened; none where there is none.
pub(in crate::evaluation) async fn frozen_set(
    office: &Office,
    code: &str,
    year: SchoolYear,
) -> Result<Option<Arc<CriteriaSet>>> {
    let text: Option<(String,)> = sqlx::query_as(LATEST_SET)
        .bind(year.to_string())
        .bind(code.to_owned())
        .fetch_optional(office.db().pool())
        .await?;
    text.map(|(text,)| sets::frozen(office, &text)).transpose()
}

/// Where the units of the rounds of a set and year stand.
pub(in crate::evaluation) async fn settled(office: &Office, code: &str, year: SchoolYear) -> Result<Settled> {
    let rows: Vec<(String, i64, String, String, String, String)> =
        sqlx::query_as(STANDINGS).bind(year.to_string()).bind(code.to_owned()).fetch_all(office.db().pool()).await?;
    let mut found = Settled::new();
    for (unit, round, state, grade, last_step, vote) in rows {
        let state = RoadState::parse(&state).ok_or_else(|| Error::inside(format!("state {state}")))?;
        let reason = match state {
            RoadState::LeftOut => last_step,
            _ if grade.is_empty() => String::new(),
            _ => vote,
        };
        found.insert(unit, UnitSettled { round, state, grade, reason, claims: BTreeMap::new() });
    }
    let rows: Vec<(String, String, String, String)> =
        sqlx::query_as(CLAIMS).bind(year.to_string()).bind(code.to_owned()).fetch_all(office.db().pool()).await?;
    for (unit, line, kind, value) in rows {
        if let (Some(one), Some(claim)) = (found.get_mut(&unit), claim(&kind, &value)?) {
            one.claims.insert(line, claim);
        }
    }
    Ok(found)
}

/// Final claims as columns over the rows.
pub(in crate::evaluation) fn entered(set: &CriteriaSet, settled: &Settled, units: &[&str]) -> Entered {
    let mut entered = Entered { late_forms: vec![f64::NAN; units.len()], ..Entered::default() };
    let late: Vec<String> = lines(set)
        .iter()
        .filter(|line| line.is_computed() && matches!(line.kind, LineKind::Bonus(_) | LineKind::Deduction(_)))
        .map(|line| line.code.to_owned())
        .collect();
    for (row, unit) in units.iter().enumerate() {
        for (line, claim) in settled.get(*unit).into_iter().flat_map(|one| &one.claims) {
            let column = match claim {
                Claim::Value(value) if late.contains(line) => {
                    entered.late_forms[row] = value.to_f64().unwrap_or(f64::NAN);
                    continue;
                }
                Claim::Value(value) => Some((&mut entered.values, value.to_f64().unwrap_or(f64::NAN), f64::NAN)),
                Claim::NotApplicable => Some((&mut entered.excused, 1.0, 0.0)),
                Claim::Computed(_) => None,
            };
            if let Some((columns, value, empty)) = column {
                columns.entry(line.clone()).or_insert_with(|| vec![empty; units.len()])[row] = value;
            }
        }
    }
    entered
}

/// Marks of items read from figures as they were made final: item, row, mark.
pub(in crate::evaluation) fn final_marks(
    set: &CriteriaSet,
    settled: &Settled,
    units: &[&str],
) -> Vec<(usize, usize, Mark)> {
    let items: BTreeMap<&str, usize> =
        set.items().enumerate().map(|(place, item)| (item.code.as_str(), place)).collect();
    let mut marks = Vec::new();
    for (row, unit) in units.iter().enumerate() {
        for (line, claim) in settled.get(*unit).into_iter().flat_map(|one| &one.claims) {
            if let (Claim::Computed(mark), Some(item)) = (claim, items.get(line.as_str())) {
                marks.push((*item, row, *mark));
            }
        }
    }
    marks
}
