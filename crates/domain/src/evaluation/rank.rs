//! The order of units inside their groups: by per cent, then by what the set says, with the reason printed.
//!
//! Units that nothing tells apart share a rank (1, 1, 3): the council decides between them. A unit without a final score is not ranked, and
//! says why.

use std::cmp::Ordering;

use super::{
    Points,
    criteria::{CriteriaSet, SetKind, TieBreak},
    score::{NO_GROUP, Scores, Total},
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
    let mut entries: Vec<Entry> = Vec::with_capacity(scores.unit_count());
    let mut place = |(unit, total): (u32, &Total)| {
        let group = groups[unit as usize];
        match why_not_ranked(set, total, group) {
            Some(reason) => Place::NotRanked(reason),
            None => {
                entries.push(Entry::new(group, total, unit));
                Place::Ranked { rank: 0, of: 0, tie: String::new() }
            }
        }
    };
    let mut places: Vec<Place> = (0..).zip(scores.totals()).map(&mut place).collect();
    let mut entries = sorted(&entries);
    for equals in entries.chunk_by_mut(|left, right| left.is_alike(*right)).filter(|equals| equals.len() > 1) {
        let compare = |left: &Entry, right: &Entry| order(set, scores, left.unit(), right.unit()).0;
        equals.sort_unstable_by(|left, right| compare(left, right).then_with(|| left.cmp(right)));
    }
    for run in entries.chunk_by(|left, right| left.group() == right.group()) {
        settle(set, scores, run, &mut places);
    }
    places
}

/// The entries in order: dealt out to their groups first, since many short sorts take less than one long one.
fn sorted(entries: &[Entry]) -> Vec<Entry> {
    let group_count = entries.iter().map(|entry| entry.group() as usize + 1).max().unwrap_or(0);
    let mut ends = vec![0_usize; group_count];
    entries.iter().for_each(|entry| ends[entry.group() as usize] += 1);
    let mut start = 0;
    for end in &mut ends {
        start += std::mem::replace(end, start);
    }
    let mut dealt = entries.to_vec();
    for entry in entries {
        let place = &mut ends[entry.group() as usize];
        dealt[*place] = *entry;
        *place += 1;
    }
    dealt.chunk_by_mut(|left, right| left.group() == right.group()).for_each(<[Entry]>::sort_unstable);
    dealt
}

/// Why a unit has no rank; none where it has one.
fn why_not_ranked(set: &CriteriaSet, total: &Total, group: u32) -> Option<String> {
    if group == NO_GROUP {
        return Some("không thuộc cụm, nhóm xếp hạng nào".to_owned());
    }
    if let Some(event) = total.disqualified {
        return Some(format!("không xét: {}", set.disqualifiers[usize::from(event)].label.vi));
    }
    match (set.kind, total.base.missing, total.base.max) {
        (SetKind::AllMustPass, 0, max) if max > Points::ZERO => {
            Some("bộ tiêu chí đạt hay không đạt, không xếp thứ hạng".to_owned())
        }
        (SetKind::AllMustPass, ..) if total.has_failed => {
            Some("bộ tiêu chí đạt hay không đạt, không xếp thứ hạng".to_owned())
        }
        (_, 0, Points::ZERO) => Some("không có mục nào áp dụng".to_owned()),
        (_, 0, _) => None,
        (_, missing, _) => Some(format!("{missing} mục chưa có giá trị")),
    }
}

/// A ranked unit as one number that sorts: its group, then its share of the maximum from the greatest, then itself.
///
/// The share is cut to 32 binary places. Cutting never turns an order over; what it makes alike is compared exactly.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Entry(u128);

impl Entry {
    fn new(group: u32, total: &Total, unit: u32) -> Self {
        let (points, max) = (total.score.hundredths().unsigned_abs(), total.base.max.hundredths().unsigned_abs());
        let share = (u64::from(points) << 32) / u64::from(max.max(1));
        Self(u128::from(group) << 96 | u128::from(!share) << 32 | u128::from(unit))
    }

    fn unit(self) -> usize {
        (self.0 & u128::from(u32::MAX)) as usize
    }

    fn group(self) -> u32 {
        (self.0 >> 96) as u32
    }

    /// Whether group and cut share are the same.
    fn is_alike(self, other: Self) -> bool {
        self.0 >> 32 == other.0 >> 32
    }
}

/// The better first; with the tie break that decided, if one did.
fn order<'a>(set: &'a CriteriaSet, scores: &Scores, left: usize, right: usize) -> (Ordering, Option<&'a TieBreak>) {
    let (own, other) = (&scores.totals()[left], &scores.totals()[right]);
    let by_percent = better(share(own), share(other));
    if by_percent != Ordering::Equal {
        return (by_percent, None);
    }
    for tie in &set.ties {
        let decided = match tie {
            TieBreak::Field(field) => {
                let of = |unit| scores.fields(set, unit).get(*field).map(|part| (part.points, part.max));
                better(of(left).unwrap_or_default(), of(right).unwrap_or_default())
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

fn settle(set: &CriteriaSet, scores: &Scores, run: &[Entry], places: &mut [Place]) {
    let (of, mut rank) = (run.len(), 1);
    for (position, entry) in run.iter().enumerate() {
        let mut tie = String::new();
        if let Some(before) = position.checked_sub(1).and_then(|before| run.get(before)) {
            // Cut shares that differ are shares that differ: the totals need not be fetched.
            let (ordering, decided) = match before.is_alike(*entry) {
                true => order(set, scores, before.unit(), entry.unit()),
                false => (Ordering::Less, None),
            };
            if ordering != Ordering::Equal {
                rank = position + 1;
            }
            tie = words(set, ordering, decided);
        }
        places[entry.unit()] = Place::Ranked { rank, of, tie };
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
