//! From one number to points, and the same for a whole column: each rule is written once and applied either way.

use super::{NO_GROUP, Points, packed::Code};
use crate::{
    evaluation::criteria::{Item, PointRule, Rung, Step, Test},
    figures::catalogue::Direction,
};

/// How a number of an item becomes points.
#[derive(Clone, Debug)]
pub(super) enum Rule<'a> {
    /// By intervals.
    Ladder(Ladder),
    /// In proportion between two ends.
    Line { from: f64, to: f64 },
    /// In proportion to the best of the group, by the group's number.
    Peers { bests: Vec<Best>, direction: Direction },
    /// All points above zero.
    YesNo,
    /// By the level that is reached.
    Rungs(&'a [Rung]),
    /// Points as a person gives them.
    Given,
}

impl<'a> Rule<'a> {
    /// The rule of an item, where a comparison with other units has nobody yet.
    pub(super) fn of(item: &'a Item) -> Self {
        match &item.test {
            Test::Measured { rule, basis, direction, .. } => match rule {
                PointRule::Steps(steps) => Self::Ladder(Ladder::of(steps)),
                PointRule::Linear { from, to } => Self::Line { from: *from, to: *to },
                // An improvement is better when it is greater, whatever the number's own direction.
                PointRule::BestOfPeers => Self::Peers { bests: Vec::new(), direction: basis.scored(*direction) },
            },
            Test::YesNo { .. } => Self::YesNo,
            Test::Level { rungs, .. } => Self::Rungs(rungs),
            Test::Evidence => Self::Given,
        }
    }

    /// The points of one finite number.
    pub(super) fn code(&self, max: Points, value: f64, group: u32) -> Code {
        match self {
            Self::Ladder(ladder) => ladder.code(value),
            Self::Line { from, to } => on_line(max, *from, *to, value),
            Self::Peers { bests, direction } => against_best(max, value, bests.get(group as usize), *direction),
            Self::YesNo => yes_no(max, value),
            Self::Rungs(rungs) => on_rung(value, rungs),
            Self::Given => given(max, value),
        }
    }

    /// The points of a column; what stands where a number is not finite means nothing.
    pub(super) fn codes(&self, max: Points, values: &[f64], groups: &[u32], codes: &mut [Code]) {
        match self {
            Self::Ladder(ladder) => ladder.codes(values, codes),
            Self::Line { from, to } => each(values, codes, |value| on_line(max, *from, *to, value)),
            Self::Peers { bests, direction } => {
                for ((code, value), group) in codes.iter_mut().zip(values).zip(groups) {
                    *code = against_best(max, *value, bests.get(*group as usize), *direction);
                }
            }
            Self::YesNo => each(values, codes, |value| yes_no(max, value)),
            Self::Rungs(rungs) => each(values, codes, |value| on_rung(value, rungs)),
            Self::Given => each(values, codes, |value| given(max, value)),
        }
    }
}

fn each(values: &[f64], codes: &mut [Code], code: impl Fn(f64) -> Code) {
    codes.iter_mut().zip(values).for_each(|(place, value)| *place = code(*value));
}

/// Intervals as the mark below all bounds and what changes at each: a sum without a branch.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Ladder {
    below: Code,
    /// Where the mark changes, and by how much; wrapping, since a mark that is no points lies far from all points.
    jumps: Vec<(f64, i32)>,
}

impl Ladder {
    /// Where intervals overlap the first counts; between them there is no mark.
    pub(super) fn of(steps: &[Step]) -> Self {
        let at = |value: f64| {
            let step = steps.iter().find(|step| step.contains(value));
            step.map_or(Code::UNDEFINED, |step| Code::points(step.points))
        };
        let mut bounds: Vec<f64> = steps.iter().flat_map(|step| [step.from, step.to]).flatten().collect();
        bounds.sort_by(f64::total_cmp);
        bounds.dedup();
        let below = at(f64::NEG_INFINITY);
        let mut reached = below;
        let jump = |bound: f64| {
            let before = std::mem::replace(&mut reached, at(bound));
            (bound, reached.0.wrapping_sub(before.0))
        };
        Self { below, jumps: bounds.into_iter().map(jump).collect() }
    }

    fn code(&self, value: f64) -> Code {
        let reached = self.jumps.iter().filter(|(bound, _)| value >= *bound);
        Code(reached.fold(self.below.0, |code, (_, jump)| code.wrapping_add(*jump)))
    }

    fn codes(&self, values: &[f64], codes: &mut [Code]) {
        codes.fill(self.below);
        // Three bounds at a time: most ladders have no more, and a column is gone through once.
        let (threes, rest) = self.jumps.as_chunks::<3>();
        threes.iter().for_each(|jumps| climb(jumps, values, codes));
        rest.iter().for_each(|&jump| climb(&[jump], values, codes));
    }
}

/// Adds what changes at each bound that a unit reaches: no branch, so several units are done at once.
fn climb<const N: usize>(jumps: &[(f64, i32); N], values: &[f64], codes: &mut [Code]) {
    for (code, value) in codes.iter_mut().zip(values) {
        for (bound, jump) in jumps {
            // All ones where the bound is reached.
            let reached = -i32::from(value >= bound);
            code.0 = code.0.wrapping_add(reached & jump);
        }
    }
}

fn proportion(max: Points, share: f64) -> Code {
    Code::points(Points::rounded(max.number() * share.clamp(0.0, 1.0)))
}

fn on_line(max: Points, from: f64, to: f64, value: f64) -> Code {
    proportion(max, (value - from) / (to - from))
}

fn yes_no(max: Points, value: f64) -> Code {
    Code::points(if value > 0.0 { max } else { Points::ZERO })
}

fn on_rung(value: f64, rungs: &[Rung]) -> Code {
    rungs.iter().find(|rung| rung.at == value).map_or(Code::UNDEFINED, |rung| Code::points(rung.points))
}

fn given(max: Points, value: f64) -> Code {
    Code::points(Points::rounded(value.clamp(0.0, max.number())))
}

/// The best of a group and how many have a value.
#[derive(Clone, Copy, Debug)]
pub(super) struct Best {
    pub(super) value: f64,
    pub(super) count: u32,
}

/// The best value of every group, by its number.
pub(super) fn bests(values: impl Iterator<Item = f64>, groups: &[u32], direction: Direction) -> Vec<Best> {
    let group_count = groups.iter().filter(|group| **group != NO_GROUP).max().map_or(0, |last| *last as usize + 1);
    let mut bests = vec![Best { value: f64::NAN, count: 0 }; group_count];
    for (value, group) in values.zip(groups).filter(|(value, _)| value.is_finite()) {
        if let Some(best) = bests.get_mut(*group as usize) {
            best.value = if direction == Direction::Down { best.value.min(value) } else { best.value.max(value) };
            best.count += 1;
        }
    }
    bests
}

/// Points in proportion to the best: `max × value / best`, where less is better `max × best / value`.
fn against_best(max: Points, value: f64, best: Option<&Best>, direction: Direction) -> Code {
    let Some(best) = best.filter(|best| best.count > 1) else { return Code::NO_PEERS };
    if value == best.value {
        return Code::points(if direction == Direction::Up && value <= 0.0 { Points::ZERO } else { max });
    }
    let share = if direction == Direction::Down { best.value / value } else { value / best.value };
    proportion(max, if share.is_finite() { share } else { 0.0 })
}
