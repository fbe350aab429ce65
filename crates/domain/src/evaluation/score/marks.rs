//! The mark of one item for every unit.

use super::{Facts, NO_GROUP, NoValue, Points, Quantity, facts::evaluate};
use crate::{
    evaluation::criteria::{Basis, Item, Measured, PointRule, Rung, Step, Test},
    figures::catalogue::Direction,
};

/// What an item gave a unit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mark {
    /// So many points.
    Scored(Points),
    /// The item leaves score and maximum.
    NotApplicable,
    /// No value: neither points nor zero.
    None(NoValue),
}

/// The values of an item's number, by unit.
pub(super) type Values = Vec<Result<f64, NoValue>>;

/// The marks of an item.
pub(super) fn of_item(item: &Item, facts: &impl Facts, groups: &[u32]) -> Vec<Mark> {
    let mut marks = match &item.test {
        Test::Measured { measured, basis, rule, direction } => {
            let values = values(item, measured, *basis, *direction, facts);
            scored(item, rule, scoring_direction(*basis, *direction), &values, groups)
        }
        Test::YesNo { item: code } | Test::Level { item: code, .. } => {
            column(&entered_or(item, code.as_ref()), facts).into_iter().map(|value| by_test(item, value)).collect()
        }
        Test::Evidence => {
            column(&Quantity::Entered(item.code.clone()), facts).into_iter().map(|value| by_test(item, value)).collect()
        }
    };
    full_where_good(item, facts, &mut marks);
    excuse(item, facts, &mut marks);
    marks
}

/// The mark of an entered value by itself.
pub(super) fn of_entered(item: &Item, value: f64) -> Mark {
    let rule = match &item.test {
        Test::Measured { basis: Basis::Value, rule, direction, .. } => Some((rule, *direction)),
        Test::Measured { .. } => return Mark::None(NoValue::NoLastYear),
        Test::YesNo { .. } | Test::Level { .. } | Test::Evidence => None,
    };
    match rule {
        Some((PointRule::BestOfPeers, _)) => Mark::None(NoValue::NoPeers),
        Some((rule, direction)) => {
            let marks = scored(item, rule, direction, &vec![Ok(value)], &[NO_GROUP]);
            marks.first().copied().unwrap_or(Mark::None(NoValue::NotEntered))
        }
        None => by_test(item, Ok(value)),
    }
}

fn marked(points: Result<Points, NoValue>) -> Mark {
    points.map_or_else(Mark::None, Mark::Scored)
}

/// The mark by a test that is no rule on a number.
fn by_test(item: &Item, value: Result<f64, NoValue>) -> Mark {
    match &item.test {
        Test::YesNo { .. } => marked(value.map(|value| if value > 0.0 { item.max } else { Points::ZERO })),
        Test::Level { rungs, .. } => on_rung(value, rungs),
        Test::Evidence => marked(value.map(|points| Points::rounded(points.clamp(0.0, item.max.number())))),
        Test::Measured { .. } => Mark::None(NoValue::NotEntered),
    }
}

fn on_rung(value: Result<f64, NoValue>, rungs: &[Rung]) -> Mark {
    let rung = |value: f64| rungs.iter().find(|rung| rung.at == value).map(|rung| rung.points);
    marked(value.and_then(|value| rung(value).ok_or(NoValue::Undefined)))
}

/// What a yes/no or level test reads.
pub(super) fn entered_or(item: &Item, code: Option<&crate::figures::catalogue::ItemCode>) -> Quantity {
    match code {
        Some(code) => Quantity::Item { item: code.clone(), previous: false },
        None => Quantity::Entered(item.code.clone()),
    }
}

/// What a measured test reads directly; none for a ratio, which is a formula.
pub(super) fn quantity(item: &Item, measured: &Measured, previous: bool) -> Option<Quantity> {
    match measured {
        Measured::Indicator(code) => Some(Quantity::Indicator { code: code.clone(), previous }),
        Measured::Ratio { .. } => None,
        Measured::Count(Some(code)) => Some(Quantity::Item { item: code.clone(), previous }),
        Measured::Count(None) => Some(Quantity::Entered(item.code.clone())),
        Measured::Timeliness => Some(Quantity::Timeliness),
        Measured::Completeness => Some(Quantity::Completeness),
    }
}

/// A number for every unit, of the year or of the year before.
pub(super) fn number(item: &Item, measured: &Measured, previous: bool, facts: &impl Facts) -> Values {
    match (quantity(item, measured, previous), measured) {
        (Some(quantity), _) => column(&quantity, facts),
        (None, Measured::Ratio { part, whole }) => {
            let read = |code| if previous { format!("prev(#{{{code}}})") } else { format!("#{{{code}}}") };
            evaluate(&format!("pct({}, {})", read(part), read(whole)), facts)
        }
        (None, _) => vec![Err(NoValue::Undefined); facts.unit_count()],
    }
}

/// What is turned into points: the number, or its improvement.
fn values(item: &Item, measured: &Measured, basis: Basis, direction: Direction, facts: &impl Facts) -> Values {
    let now = number(item, measured, false, facts);
    if basis == Basis::Value {
        return now;
    }
    let before = number(item, measured, true, facts);
    now.into_iter().zip(before).map(|(now, before)| improvement(now?, before, direction)).collect()
}

/// By how much a number got better; sheets' decimals are taken at their word (`87.3 - 85.3` is 2).
pub(super) fn improvement(now: f64, before: Result<f64, NoValue>, direction: Direction) -> Result<f64, NoValue> {
    let change = now - before.map_err(|_| NoValue::NoLastYear)?;
    let change = (change * 1e9).round() / 1e9;
    Ok(if direction == Direction::Down { -change } else { change })
}

/// An improvement is better when it is greater, whatever the number's own direction.
fn scoring_direction(basis: Basis, direction: Direction) -> Direction {
    if basis == Basis::Value { direction } else { Direction::Up }
}

fn column(quantity: &Quantity, facts: &impl Facts) -> Values {
    let values = facts.column(quantity);
    let value = |unit: usize| values.as_ref().map_or(f64::NAN, |values| values[unit]);
    let known = |unit| {
        let value = value(unit);
        if value.is_finite() { Ok(value) } else { Err(facts.why_none(quantity, unit)) }
    };
    (0..facts.unit_count()).map(known).collect()
}

fn scored(item: &Item, rule: &PointRule, direction: Direction, values: &Values, groups: &[u32]) -> Vec<Mark> {
    match rule {
        PointRule::Steps(steps) => values.iter().map(|value| on_step(*value, steps)).collect(),
        PointRule::Linear { from, to } => {
            let points = |value: f64| proportion(item.max, (value - from) / (to - from));
            values.iter().map(|value| marked(value.map(points))).collect()
        }
        PointRule::BestOfPeers => {
            let best = bests(values, groups, direction);
            let mark = |(value, group): (&Result<f64, NoValue>, &u32)| {
                marked(
                    value
                        .and_then(|value| against_best(item.max, value, best.get(*group as usize).copied(), direction)),
                )
            };
            values.iter().zip(groups).map(mark).collect()
        }
    }
}

fn on_step(value: Result<f64, NoValue>, steps: &[Step]) -> Mark {
    let step = |value: f64| steps.iter().find(|step| step.contains(value)).map(|step| step.points);
    marked(value.and_then(|value| step(value).ok_or(NoValue::Undefined)))
}

fn proportion(max: Points, share: f64) -> Points {
    Points::rounded(max.number() * share.clamp(0.0, 1.0))
}

/// The best of a group and how many have a value.
#[derive(Clone, Copy, Debug)]
pub(super) struct Best {
    pub(super) value: f64,
    pub(super) count: u32,
}

/// The best value of every group, by its number.
pub(super) fn bests(values: &Values, groups: &[u32], direction: Direction) -> Vec<Best> {
    let group_count = groups.iter().filter(|group| **group != NO_GROUP).max().map_or(0, |last| *last as usize + 1);
    let mut bests = vec![Best { value: f64::NAN, count: 0 }; group_count];
    for (value, group) in values.iter().zip(groups) {
        if let (Ok(value), Some(best)) = (value, bests.get_mut(*group as usize)) {
            best.value = if direction == Direction::Down { best.value.min(*value) } else { best.value.max(*value) };
            best.count += 1;
        }
    }
    bests
}

/// Points in proportion to the best: `max × value / best`, where less is better `max × best / value`.
fn against_best(max: Points, value: f64, best: Option<Best>, direction: Direction) -> Result<Points, NoValue> {
    let Some(best) = best.filter(|best| best.count > 1) else { return Err(NoValue::NoPeers) };
    if value == best.value {
        return Ok(if direction == Direction::Up && value <= 0.0 { Points::ZERO } else { max });
    }
    let share = if direction == Direction::Down { best.value / value } else { value / best.value };
    Ok(proportion(max, if share.is_finite() { share } else { 0.0 }))
}

/// Full points to units that are already as good as `full_at` says: they cannot improve any more.
fn full_where_good(item: &Item, facts: &impl Facts, marks: &mut [Mark]) {
    let Test::Measured { measured, basis: Basis::Improvement { full_at: Some(full_at) }, direction, .. } = &item.test
    else {
        return;
    };
    for (mark, now) in marks.iter_mut().zip(number(item, measured, false, facts)) {
        if now.is_ok_and(|now| is_good(now, *full_at, *direction)) {
            *mark = Mark::Scored(item.max);
        }
    }
}

pub(super) fn is_good(now: f64, full_at: f64, direction: Direction) -> bool {
    if direction == Direction::Down { now <= full_at } else { now >= full_at }
}

/// Why an item does not apply to a unit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Exemption {
    Level,
    Condition,
    Excused,
}

/// Whether the item applies to each unit; an unknown condition leaves the mark that the value gave.
pub(super) fn exemptions(item: &Item, facts: &impl Facts) -> Vec<Option<Exemption>> {
    let mut found = vec![None; facts.unit_count()];
    if let Some(excused) = facts.column(&Quantity::Excused(item.code.clone())) {
        mark_where(&mut found, Exemption::Excused, |unit| excused[unit] > 0.0);
    }
    if let Some(condition) = &item.applies_if {
        let holds = evaluate(condition, facts);
        mark_where(&mut found, Exemption::Condition, |unit| holds[unit] == Ok(0.0));
    }
    if let Some(level) = item.level {
        let teaches = facts.column(&Quantity::Teaches(level));
        mark_where(&mut found, Exemption::Level, |unit| teaches.as_ref().is_none_or(|teaches| teaches[unit] == 0.0));
    }
    found
}

fn mark_where(found: &mut [Option<Exemption>], exemption: Exemption, holds: impl Fn(usize) -> bool) {
    for (unit, place) in found.iter_mut().enumerate() {
        if holds(unit) {
            *place = Some(exemption);
        }
    }
}

fn excuse(item: &Item, facts: &impl Facts, marks: &mut [Mark]) {
    for (mark, exemption) in marks.iter_mut().zip(exemptions(item, facts)) {
        if exemption.is_some() {
            *mark = Mark::NotApplicable;
        }
    }
}
