//! The order of units inside their groups: by per cent, then by what the set says, with the reason printed.
//!
//! Units that nothing tells apart share a rank (1, 1, 3): the council decides between them. A unit without a final score is not ranked, and
//! says why.

use std::cmp::Ordering;

use super::{
    Points,
    criteria::{CriteriaSet, TieBreak},
    score::{NO_GROUP, Outcome, PartScore, Scores, Total},
};

/// A unit's place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Place {
    /// Ranked, first is 1.
    Ranked {
        /// The rank; equal units share it.
        rank: usize,
        /// How many units of the group are ranked.
        of: usize,
        /// What decided against the unit before it, or that nothing did; empty where the per cent decided.
        tie: String,
    },
    /// Not ranked, and why.
    NotRanked(String),
}

/// The place of every unit inside its group.
pub fn rank(set: &CriteriaSet, scores: &Scores, groups: &[u32]) -> Vec<Place> {
    let mut places: Vec<Place> =
        (0..scores.unit_count()).map(|unit| not_ranked(set, scores, groups[unit], unit)).collect();
    let mut ranked: Vec<u32> =
        (0..).zip(&places).filter(|(_, place)| place_is_open(place)).map(|(unit, _)| unit).collect();
    let fields = TieFields::of(set, scores, &ranked);
    let compare = |left: &u32, right: &u32| {
        let group = |unit: u32| groups[unit as usize];
        let by_group = group(*left).cmp(&group(*right));
        by_group.then_with(|| order(set, scores, &fields, *left as usize, *right as usize).0)
    };
    ranked.sort_by(|left, right| compare(left, right).then_with(|| left.cmp(right)));
    for run in ranked.chunk_by(|left, right| groups[*left as usize] == groups[*right as usize]) {
        settle(set, scores, &fields, run, &mut places);
    }
    places
}

fn place_is_open(place: &Place) -> bool {
    matches!(place, Place::Ranked { .. })
}

fn not_ranked(set: &CriteriaSet, scores: &Scores, group: u32, unit: usize) -> Place {
    let reason = match scores.outcome(set, unit) {
        _ if group == NO_GROUP => "không thuộc cụm, nhóm xếp hạng nào".to_owned(),
        Outcome::Incomplete(count) => format!("{count} mục chưa có giá trị"),
        Outcome::Disqualified(event) => format!("không xét: {}", set.disqualifiers[event].label.vi),
        Outcome::Passed | Outcome::Failed => "bộ tiêu chí đạt hay không đạt, không xếp thứ hạng".to_owned(),
        Outcome::Ungraded if scores.totals()[unit].base.max == Points::ZERO => "không có mục nào áp dụng".to_owned(),
        Outcome::Graded(_) | Outcome::Ungraded => return Place::Ranked { rank: 0, of: 0, tie: String::new() },
    };
    Place::NotRanked(reason)
}

/// The field scores that ties ask for, by unit.
struct TieFields(Vec<Vec<PartScore>>);

impl TieFields {
    fn of(set: &CriteriaSet, scores: &Scores, ranked: &[u32]) -> Self {
        let mut fields = vec![Vec::new(); scores.unit_count()];
        if set.ties.iter().any(|tie| matches!(tie, TieBreak::Field(_))) {
            for &unit in ranked {
                fields[unit as usize] = scores.fields(set, unit as usize);
            }
        }
        Self(fields)
    }

    fn score(&self, unit: usize, field: usize) -> PartScore {
        self.0[unit].get(field).copied().unwrap_or_default()
    }
}

/// The better first; with the tie break that decided, if one did.
fn order<'a>(
    set: &'a CriteriaSet,
    scores: &Scores,
    fields: &TieFields,
    left: usize,
    right: usize,
) -> (Ordering, Option<&'a TieBreak>) {
    let (own, other) = (&scores.totals()[left], &scores.totals()[right]);
    let by_percent = better(share(own), share(other));
    if by_percent != Ordering::Equal {
        return (by_percent, None);
    }
    for tie in &set.ties {
        let decided = match tie {
            TieBreak::Field(field) => {
                let of = |unit| fields.score(unit, *field);
                better((of(left).points, of(left).max), (of(right).points, of(right).max))
            }
            TieBreak::FewerDeductions => own.deduction.cmp(&other.deduction),
            TieBreak::MoreBonus => other.bonus.cmp(&own.bonus),
        };
        if decided != Ordering::Equal {
            return (decided, Some(tie));
        }
    }
    (Ordering::Equal, None)
}

fn share(total: &Total) -> (Points, Points) {
    (total.score, total.base.max)
}

/// Compares shares exactly, the greater first; a part of nothing comes last.
fn better((left, left_max): (Points, Points), (right, right_max): (Points, Points)) -> Ordering {
    let product = |points: Points, max: Points| i64::from(points.hundredths()) * i64::from(max.hundredths());
    let has = |max: Points| max > Points::ZERO;
    match (has(left_max), has(right_max)) {
        (true, true) => product(right, left_max).cmp(&product(left, right_max)),
        (left, right) => right.cmp(&left),
    }
}

fn settle(set: &CriteriaSet, scores: &Scores, fields: &TieFields, run: &[u32], places: &mut [Place]) {
    let (of, mut rank) = (run.len(), 1);
    for (position, &unit) in run.iter().enumerate() {
        let mut tie = String::new();
        if let Some(&before) = position.checked_sub(1).and_then(|before| run.get(before)) {
            let (ordering, decided) = order(set, scores, fields, before as usize, unit as usize);
            if ordering != Ordering::Equal {
                rank = position + 1;
            }
            tie = words(set, ordering, decided);
        }
        places[unit as usize] = Place::Ranked { rank, of, tie };
    }
}

/// Why a unit comes after the one before it, where the per cent does not say it.
fn words(set: &CriteriaSet, ordering: Ordering, decided: Option<&TieBreak>) -> String {
    match (ordering, decided) {
        (Ordering::Equal, _) => "đồng hạng với đơn vị xếp trước; hội đồng quyết định thứ tự".to_owned(),
        (_, None) => String::new(),
        (_, Some(TieBreak::Field(field))) => {
            format!("cùng tỉ lệ điểm, xếp sau vì lĩnh vực «{}» thấp hơn", set.fields[*field].label.vi)
        }
        (_, Some(TieBreak::FewerDeductions)) => "cùng tỉ lệ điểm, xếp sau vì bị trừ điểm nhiều hơn".to_owned(),
        (_, Some(TieBreak::MoreBonus)) => "cùng tỉ lệ điểm, xếp sau vì ít điểm thưởng hơn".to_owned(),
    }
}
