//! All units scored block by block: every item of a block is marked and added up while the block is near, on several
//! cores. Blocks share nothing, so the result is the same on one core or many.

use std::sync::{Mutex, PoisonError};

use super::{
    Facts, PartScore, Points, Total,
    columns::{ItemColumns, SCRATCH},
    packed::{BLOCK_UNITS, Code, Marks},
    wide::wide,
};
use crate::evaluation::criteria::{CriteriaSet, Criterion, Item};

/// Fewer blocks than this are scored before another core has begun.
const BLOCKS_WORTH_A_CORE: usize = 4;

/// The marks of every item and unit, and the items added up.
pub(super) fn scored(set: &CriteriaSet, facts: &impl Facts, groups: &[u32], cores: usize) -> (Marks, Vec<Total>) {
    let unit_count = facts.unit_count();
    let items = columns(set, facts, groups, if unit_count > BLOCK_UNITS { cores } else { 1 });
    let mut marks = Marks::new(unit_count);
    let mut totals = vec![Total::default(); unit_count];
    let cores = cores.clamp(1, (unit_count / BLOCK_UNITS / BLOCKS_WORTH_A_CORE).max(1));
    let blocks = marks.blocks_mut().iter_mut().zip(totals.chunks_mut(BLOCK_UNITS)).enumerate();
    let blocks = Mutex::new(blocks);
    let work = || {
        let mut scratch = SCRATCH;
        let next = || blocks.lock().unwrap_or_else(PoisonError::into_inner).next();
        while let Some((block, (codes, totals))) = next() {
            // Made where they are filled: fresh memory is touched by the core that needs it.
            codes.reserve_exact(items.len() * totals.len());
            for item in &items {
                let first = codes.len();
                codes.resize(first + totals.len(), Code::default());
                item.fill(facts, groups, (block * BLOCK_UNITS, &mut scratch), &mut codes[first..]);
            }
            add_up(set, codes, totals);
        }
    };
    std::thread::scope(|scope| {
        (1..cores).for_each(|_| drop(scope.spawn(work)));
        work();
    });
    (marks, totals)
}

/// What every item reads, the items of a set shared out among the cores.
fn columns<'a>(set: &'a CriteriaSet, facts: &'a impl Facts, groups: &[u32], cores: usize) -> Vec<ItemColumns<'a>> {
    let items: Vec<&Item> = set.items().collect();
    let read = |items: &[&'a Item]| items.iter().map(|item| ItemColumns::of(item, facts, groups)).collect::<Vec<_>>();
    let (own, others) = items.split_at(items.len().div_ceil(cores.max(1)));
    std::thread::scope(|scope| {
        let others = others.chunks(own.len().max(1)).map(|items| scope.spawn(|| read(items)));
        let others: Vec<_> = others.collect();
        let mut columns = read(own);
        for other in others {
            columns.extend(other.join().unwrap_or_else(|fault| std::panic::resume_unwind(fault)));
        }
        columns
    })
}

/// The items added up again.
pub(super) fn added_up(set: &CriteriaSet, marks: &Marks, unit_count: usize) -> Vec<Total> {
    let mut totals = vec![Total::default(); unit_count];
    marks.blocks().iter().zip(totals.chunks_mut(BLOCK_UNITS)).for_each(|(codes, totals)| add_up(set, codes, totals));
    totals
}

/// Adds up a block, criterion after criterion.
fn add_up(set: &CriteriaSet, codes: &[Code], totals: &mut [Total]) {
    let mut columns = codes.chunks(totals.len());
    let (mut whole, mut part) = (Sums::new(), Sums::new());
    for (_, criterion) in set.criteria() {
        let is_plain = criterion.is_plain();
        let sums = if is_plain { &mut whole } else { &mut part };
        for (item, codes) in criterion.items.iter().zip(columns.by_ref()) {
            sums.take(codes, item.max);
        }
        if !is_plain {
            whole.settle(&mut part, criterion, totals.len());
        }
    }
    for (unit, total) in totals.iter_mut().enumerate() {
        (total.base, total.has_failed) = (whole.of_unit(unit), whole.lost[unit] < 0);
    }
}

/// Sums of a block, unit beside unit.
struct Sums {
    points: [i32; BLOCK_UNITS],
    max: [i32; BLOCK_UNITS],
    missing: [u32; BLOCK_UNITS],
    not_applicable: [u32; BLOCK_UNITS],
    /// Below zero where some item lost points.
    lost: [i32; BLOCK_UNITS],
}

impl Sums {
    fn new() -> Self {
        let (numbers, counts) = ([0; BLOCK_UNITS], [0; BLOCK_UNITS]);
        Self { points: numbers, max: numbers, missing: counts, not_applicable: counts, lost: numbers }
    }

    /// Adds an item: what [`PartScore::take`] does, for many units without a branch.
    fn take(&mut self, codes: &[Code], max: Points) {
        let max = max.hundredths();
        let sums = self.points.iter_mut().zip(&mut self.max).zip(&mut self.lost);
        let counts = self.missing.iter_mut().zip(&mut self.not_applicable);
        wide(
            #[inline(always)]
            move || {
                for ((((points, sum), lost), (missing, not_applicable)), code) in sums.zip(counts).zip(codes) {
                    let (applies, has_points) = (*code != Code::NOT_APPLICABLE, code.is_points());
                    *points = points.saturating_add(if has_points { code.0 } else { 0 });
                    *sum = sum.saturating_add(if applies { max } else { 0 });
                    *lost |= if has_points { code.0.saturating_sub(max) } else { 0 };
                    *missing += u32::from(applies & !has_points);
                    *not_applicable += u32::from(!applies);
                }
            },
        );
    }

    fn of_unit(&self, unit: usize) -> PartScore {
        PartScore {
            points: Points::of_hundredths(self.points[unit]),
            max: Points::of_hundredths(self.max[unit]),
            missing: self.missing[unit] as u16,
            not_applicable: self.not_applicable[unit] as u16,
        }
    }

    fn put(&mut self, unit: usize, score: PartScore) {
        (self.points[unit], self.max[unit]) = (score.points.hundredths(), score.max.hundredths());
        (self.missing[unit], self.not_applicable[unit]) = (score.missing.into(), score.not_applicable.into());
    }

    /// Adds a criterion after its weight and cap, and empties its sums.
    fn settle(&mut self, part: &mut Self, criterion: &Criterion, unit_count: usize) {
        for unit in 0..unit_count {
            let mut score = self.of_unit(unit);
            score.add(part.of_unit(unit).settled(criterion));
            self.put(unit, score);
            self.lost[unit] |= part.lost[unit];
        }
        *part = Self::new();
    }
}

#[cfg(test)]
mod tests;
