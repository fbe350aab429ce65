//! From one number to points, and the same for a whole column: each rule is written once and applied either way.

use super::{
    Points,
    packed::{BLOCK_UNITS, Code},
    wide::wide,
};
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
    /// In proportion to the best of the group.
    Peers(Peers),
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
                PointRule::BestOfPeers => Self::Peers(Peers::nobody(basis.scored(*direction))),
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
            Self::Peers(peers) => peers.code(max, value, group),
            Self::YesNo => yes_no(max, value),
            Self::Rungs(rungs) => on_rung(value, rungs),
            Self::Given => given(max, value),
        }
    }

    /// The points of a block of a column; what stands where a number is not finite means nothing.
    pub(super) fn codes(&self, max: Points, values: &[f64], groups: &[u32], codes: &mut [Code]) {
        match self {
            Self::Ladder(ladder) => ladder.codes(values, codes),
            Self::Line { from, to } => each(values, codes, |value| on_line(max, *from, *to, value)),
            Self::Peers(peers) => peers.codes(max, values, groups, codes),
            Self::YesNo => each(values, codes, |value| yes_no(max, value)),
            Self::Rungs(rungs) => each(values, codes, |value| on_rung(value, rungs)),
            Self::Given => each(values, codes, |value| given(max, value)),
        }
    }
}

fn each(values: &[f64], codes: &mut [Code], code: impl Fn(f64) -> Code) {
    wide(
        #[inline(always)]
        move || codes.iter_mut().zip(values).for_each(|(place, value)| *place = code(*value)),
    );
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
    let climb = |code: i32, value: f64| {
        // All ones where the bound is reached.
        let reached = |bound: f64| -i32::from(value >= bound);
        jumps.iter().fold(code, |code, (bound, jump)| code.wrapping_add(reached(*bound) & jump))
    };
    wide(
        #[inline(always)]
        move || codes.iter_mut().zip(values).for_each(|(code, value)| code.0 = climb(code.0, *value)),
    );
}

#[inline(always)]
fn proportion(max: Points, share: f64) -> Code {
    Code::points(Points::rounded(max.number() * share.clamp(0.0, 1.0)))
}

#[inline(always)]
fn on_line(max: Points, from: f64, to: f64, value: f64) -> Code {
    proportion(max, (value - from) / (to - from))
}

#[inline(always)]
fn yes_no(max: Points, value: f64) -> Code {
    Code::points(if value > 0.0 { max } else { Points::ZERO })
}

fn on_rung(value: f64, rungs: &[Rung]) -> Code {
    rungs.iter().find(|rung| rung.at == value).map_or(Code::UNDEFINED, |rung| Code::points(rung.points))
}

fn given(max: Points, value: f64) -> Code {
    Code::points(Points::rounded(value.clamp(0.0, max.number())))
}

/// The best of every group, by its number.
#[derive(Clone, Debug)]
pub(super) struct Peers {
    pub(super) direction: Direction,
    bests: Vec<Best>,
}

/// The best of a group and how many have a value.
#[derive(Clone, Copy, Debug)]
pub(super) struct Best {
    pub(super) value: f64,
    pub(super) count: u32,
}

impl Peers {
    /// Of no unit yet; [`Self::meet`] takes them in.
    pub(super) fn nobody(direction: Direction) -> Self {
        Self { direction, bests: Vec::new() }
    }

    /// Takes some units' numbers in; units of no group, and numbers that are not finite, count for nobody.
    pub(super) fn meet(&mut self, values: &[f64], groups: &[u32]) {
        // No group is the greatest number, and the next after it is zero.
        let group_count = groups.iter().map(|group| group.wrapping_add(1)).max().unwrap_or(0) as usize;
        if group_count > self.bests.len() {
            self.bests.resize(group_count, Best { value: f64::NAN, count: 0 });
        }
        let is_down = self.direction == Direction::Down;
        let better = |best: f64, value: f64| if is_down { best.min(value) } else { best.max(value) };
        for (value, group) in values.iter().zip(groups).filter(|(value, _)| value.is_finite()) {
            if let Some(best) = self.bests.get_mut(*group as usize) {
                *best = Best { value: better(best.value, *value), count: best.count + 1 };
            }
        }
    }

    /// The best of a group; none where nobody is in it.
    pub(super) fn best(&self, group: u32) -> Option<&Best> {
        self.bests.get(group as usize)
    }

    /// What a unit of the group is compared with, no number where it would be only itself.
    fn standard(&self, group: u32) -> f64 {
        self.best(group).filter(|best| best.count > 1).map_or(f64::NAN, |best| best.value)
    }

    fn code(&self, max: Points, value: f64, group: u32) -> Code {
        against(max, value, self.standard(group), self.direction)
    }

    fn codes(&self, max: Points, values: &[f64], groups: &[u32], codes: &mut [Code]) {
        let mut standards = [f64::NAN; BLOCK_UNITS];
        standards.iter_mut().zip(groups).for_each(|(standard, group)| *standard = self.standard(*group));
        let units = codes.iter_mut().zip(values).zip(&standards);
        wide(
            #[inline(always)]
            move || units.for_each(|((code, value), standard)| *code = against(max, *value, *standard, self.direction)),
        );
    }
}

/// Points in proportion to the best: `max × value / best`, where less is better `max × best / value`.
#[inline(always)]
fn against(max: Points, value: f64, best: f64, direction: Direction) -> Code {
    let share = if direction == Direction::Down { best / value } else { value / best };
    let is_nothing = direction == Direction::Up && value <= 0.0;
    let share = match value == best {
        true => f64::from(u8::from(!is_nothing)),
        false if share.is_finite() => share,
        false => 0.0,
    };
    if best.is_nan() { Code::NO_PEERS } else { proportion(max, share) }
}
