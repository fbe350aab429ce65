//! The order of units inside their groups: by per cent, then by what the set says, with the reason.
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
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// Ranked, first is 1.
    Ranked {
        /// The rank; equal units share it.
        rank: u32,
        /// How many units of the group are ranked.
        of: u32,
        /// What put it behind the unit before it.
        behind: Behind,
    },
    /// Not ranked, and why.
    NotRanked(Unranked),
}

/// What puts a unit behind the one before it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Behind {
    /// Its per cent, or it is the first.
    Percent,
    /// A tie break, by its place among the set's.
    TieBreak(u16),
    /// Nothing: they share the rank.
    Nothing,
}

/// Why a unit is not ranked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unranked {
    /// It is in no group.
    NoGroup,
    /// Barred, by the place of the event.
    Disqualified(u16),
    /// The set knows only passed and not passed.
    PassedOrNot,
    /// Nothing applies to it.
    NothingApplies,
    /// So many items have no value.
    Missing(u16),
}

impl Place {
    /// What a reader has to be told beside the rank: the tie, or why there is none. Empty where the per cent says it all.
    pub fn note(&self, set: &CriteriaSet) -> String {
        match self {
            Self::Ranked { behind, .. } => behind.in_words(set),
            Self::NotRanked(reason) => reason.in_words(set),
        }
    }
}

impl Behind {
    fn in_words(self, set: &CriteriaSet) -> String {
        let tie = match self {
            Self::Percent => return String::new(),
            Self::Nothing => return "đồng hạng với đơn vị xếp trước; hội đồng quyết định thứ tự".to_owned(),
            Self::TieBreak(place) => &set.ties[usize::from(place)],
        };
        match tie {
            TieBreak::Field(field) => {
                format!("cùng tỉ lệ điểm, xếp sau vì lĩnh vực «{}» thấp hơn", set.fields[*field].label.vi)
            }
            TieBreak::FewerDeductions => "cùng tỉ lệ điểm, xếp sau vì bị trừ điểm nhiều hơn".to_owned(),
            TieBreak::MoreBonus => "cùng tỉ lệ điểm, xếp sau vì ít điểm thưởng hơn".to_owned(),
        }
    }
}

impl Unranked {
    /// Why this unit is not ranked; none where it is.
    fn of(set: &CriteriaSet, total: &Total, group: u32) -> Option<Self> {
        if group == NO_GROUP {
            return Some(Self::NoGroup);
        }
        if let Some(event) = total.disqualified {
            return Some(Self::Disqualified(event));
        }
        match (set.kind, total.base.missing, total.base.max) {
            (SetKind::AllMustPass, 0, max) if max > Points::ZERO => Some(Self::PassedOrNot),
            (SetKind::AllMustPass, ..) if total.has_failed => Some(Self::PassedOrNot),
            (_, 0, Points::ZERO) => Some(Self::NothingApplies),
            (_, 0, _) => None,
            (_, missing, _) => Some(Self::Missing(missing)),
        }
    }

    fn in_words(self, set: &CriteriaSet) -> String {
        match self {
            Self::NoGroup => "không thuộc cụm, nhóm xếp hạng nào".to_owned(),
            Self::Disqualified(event) => format!("không xét: {}", set.disqualifiers[usize::from(event)].label.vi),
            Self::PassedOrNot => "bộ tiêu chí đạt hay không đạt, không xếp thứ hạng".to_owned(),
            Self::NothingApplies => "không có mục nào áp dụng".to_owned(),
            Self::Missing(count) => format!("{count} mục chưa có giá trị"),
        }
    }
}

/// The place of every unit inside its group.
pub fn rank(set: &CriteriaSet, scores: &Scores, groups: &[u32]) -> Vec<Place> {
    let place = |(total, group): (&Total, &u32)| match Unranked::of(set, total, *group) {
        Some(reason) => Place::NotRanked(reason),
        None => Place::Ranked { rank: 1, of: 1, behind: Behind::Percent },
    };
    let mut places: Vec<Place> = scores.totals().iter().zip(groups).map(place).collect();
    let (mut entries, ends) = dealt(scores.totals(), groups, &places);
    let mut start = 0;
    for end in ends {
        let run = &mut entries[start..end];
        sort(set, scores, run);
        settle(set, scores, run, &mut places);
        start = end;
    }
    places
}

/// The ranked units dealt out to their groups, and where each group ends: many short sorts take less than one long one.
fn dealt(totals: &[Total], groups: &[u32], places: &[Place]) -> (Vec<Entry>, Vec<usize>) {
    let ranked = || (0..).zip(groups).zip(places).filter(|(_, place)| matches!(place, Place::Ranked { .. }));
    let mut ends: Vec<usize> = Vec::new();
    for ((_, group), _) in ranked() {
        let group = *group as usize;
        if group >= ends.len() {
            ends.resize(group + 1, 0);
        }
        ends[group] += 1;
    }
    let mut entry_count = 0;
    for end in &mut ends {
        entry_count += std::mem::replace(end, entry_count);
    }
    let mut entries = vec![Entry(0); entry_count];
    for ((unit, group), _) in ranked() {
        let end = &mut ends[*group as usize];
        entries[*end] = Entry::new(&totals[unit as usize], unit);
        *end += 1;
    }
    (entries, ends)
}

/// The better first; what nothing tells apart in the order of units.
fn sort(set: &CriteriaSet, scores: &Scores, run: &mut [Entry]) {
    run.sort_unstable();
    for alike in run.chunk_by_mut(|left, right| left.is_alike(*right)).filter(|alike| alike.len() > 1) {
        let compare = |left: &Entry, right: &Entry| order(set, scores, left.unit(), right.unit()).0;
        alike.sort_unstable_by(|left, right| compare(left, right).then_with(|| left.cmp(right)));
    }
}

/// A ranked unit of a group as one number that sorts: its share of the maximum from the greatest, then itself.
///
/// The share is rounded to 24 binary digits. Rounding never turns an order over; what it makes alike is compared exactly.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Entry(u64);

impl Entry {
    fn new(total: &Total, unit: u32) -> Self {
        let share = f64::from(total.score.hundredths()) / f64::from(total.base.max.hundredths());
        // Bits of numbers that are not below zero are in the order of the numbers.
        Self(u64::from(!(share as f32).to_bits()) << 32 | u64::from(unit))
    }

    fn unit(self) -> usize {
        self.0 as u32 as usize
    }

    /// Whether the rounded share is the same.
    fn is_alike(self, other: Self) -> bool {
        self.0 >> 32 == other.0 >> 32
    }
}

/// The better first, and what decided.
fn order(set: &CriteriaSet, scores: &Scores, left: usize, right: usize) -> (Ordering, Behind) {
    let (own, other) = (&scores.totals()[left], &scores.totals()[right]);
    let by_percent = better(share(own), share(other));
    if by_percent != Ordering::Equal {
        return (by_percent, Behind::Percent);
    }
    for (place, tie) in (0..).zip(&set.ties) {
        let decided = match tie {
            TieBreak::Field(field) => {
                let of = |unit| scores.fields(set, unit).get(*field).map(|part| (part.points, part.max));
                better(of(left).unwrap_or_default(), of(right).unwrap_or_default())
            }
            TieBreak::FewerDeductions => own.deduction.cmp(&other.deduction),
            TieBreak::MoreBonus => other.bonus.cmp(&own.bonus),
        };
        if decided != Ordering::Equal {
            return (decided, Behind::TieBreak(place));
        }
    }
    (Ordering::Equal, Behind::Nothing)
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

/// The places of a sorted group.
fn settle(set: &CriteriaSet, scores: &Scores, run: &[Entry], places: &mut [Place]) {
    let (of, mut rank, mut before) = (run.len() as u32, 1, None::<Entry>);
    for (position, entry) in (1..).zip(run) {
        // Rounded shares that differ are shares that differ: the totals need not be fetched.
        let behind = match before.replace(*entry) {
            Some(before) if before.is_alike(*entry) => order(set, scores, before.unit(), entry.unit()).1,
            _ => Behind::Percent,
        };
        if behind != Behind::Nothing {
            rank = position;
        }
        places[entry.unit()] = Place::Ranked { rank, of, behind };
    }
}
