//! What the marks of one item are made from, as columns over units, and the marks of one unit or of a block of units.

use std::{borrow::Cow, ops::Range};

use super::{
    Facts, NoValue, Quantity,
    facts::formula,
    marks::{entered_or, quantity},
    packed::{BLOCK_UNITS, Code},
    rules::Rule,
    wide::{all, wide},
};
use crate::{
    Level,
    evaluation::{
        criteria::{Basis, Item, Measured, Test},
        points::WHOLE,
    },
    figures::{
        catalogue::{Direction, ItemCode},
        formula::{Cell, ColumnOutcome},
    },
};

/// A number for every unit, with the reason where a unit has none.
pub(super) struct Column<'a> {
    /// Not finite where there is none; absent where no unit has one.
    values: Option<Cow<'a, [f64]>>,
    reasons: Reasons,
}

enum Reasons {
    /// The facts tell it for the quantity.
    Asked(Quantity),
    /// As the formula ended in each row.
    Cells(Vec<Cell>),
    /// The formula cannot be evaluated at all.
    Undefined,
}

impl<'a> Column<'a> {
    pub(super) fn read(quantity: Quantity, facts: &'a impl Facts) -> Self {
        Self { values: facts.column(&quantity), reasons: Reasons::Asked(quantity) }
    }

    /// Sets are checked before they are used: a formula that cannot be read here leaves every unit without a value.
    fn calculated(text: &str, facts: &impl Facts) -> Self {
        match formula(text, facts).map(ColumnOutcome::into_parts) {
            Some((values, cells)) => Self { values: Some(Cow::Owned(values)), reasons: Reasons::Cells(cells) },
            None => Self { values: None, reasons: Reasons::Undefined },
        }
    }

    /// What a measured item reads, of the year or of the year before.
    pub(super) fn measured(item: &Item, measured: &Measured, previous: bool, facts: &'a impl Facts) -> Self {
        match (quantity(item, measured, previous), measured) {
            (Some(quantity), _) => Self::read(quantity, facts),
            (None, Measured::Ratio { part, whole }) => {
                let read =
                    |code: &ItemCode| if previous { format!("prev(#{{{code}}})") } else { format!("#{{{code}}}") };
                Self::calculated(&format!("pct({}, {})", read(part), read(whole)), facts)
            }
            (None, _) => Self { values: None, reasons: Reasons::Undefined },
        }
    }

    /// A unit's number, or why it has none.
    pub(super) fn value(&self, facts: &impl Facts, unit: usize) -> Result<f64, NoValue> {
        match self.values.as_ref().map(|values| values[unit]).filter(|value| value.is_finite()) {
            Some(value) => Ok(value),
            None => Err(match &self.reasons {
                Reasons::Asked(quantity) => facts.why_none(quantity, unit),
                Reasons::Cells(cells) => match cells[unit] {
                    Cell::Null(reason) => reason.into(),
                    Cell::Number | Cell::Boolean => NoValue::NotFinite,
                },
                Reasons::Undefined => NoValue::Undefined,
            }),
        }
    }

    fn block(&self, units: Range<usize>) -> Option<&[f64]> {
        self.values.as_ref().map(|values| &values[units])
    }

    fn number(&self, unit: usize) -> f64 {
        self.values.as_ref().map_or(f64::NAN, |values| values[unit])
    }
}

/// By how much a number got better; sheets' decimals are taken at their word (`87.3 - 85.3` is 2). Not finite where
/// either is not.
#[inline(always)]
fn change(now: f64, before: f64, direction: Direction) -> f64 {
    let change = ((now - before) * 1e9 + WHOLE - WHOLE) / 1e9;
    if direction == Direction::Down { -change } else { change }
}

/// The same of numbers that may be missing.
pub(super) fn improvement(now: f64, before: Result<f64, NoValue>, direction: Direction) -> Result<f64, NoValue> {
    before.map(|before| change(now, before, direction)).map_err(|_| NoValue::NoLastYear)
}

#[inline(always)]
pub(super) fn is_good(now: f64, full_at: f64, direction: Direction) -> bool {
    if direction == Direction::Down { now <= full_at } else { now >= full_at }
}

/// Last year's numbers, for an item that scores the improvement.
struct Improvement<'a> {
    before: Column<'a>,
    direction: Direction,
    full_at: Option<f64>,
}

/// Why an item does not apply to a unit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Exemption {
    Level,
    Condition,
    Excused,
}

/// What takes an item off units' sheets, what counts first before what counts last.
struct Exemptions<'a> {
    /// Whether a level is asked for, and who teaches it.
    level: Option<Option<Cow<'a, [f64]>>>,
    condition: Option<Column<'a>>,
    excused: Option<Cow<'a, [f64]>>,
}

impl<'a> Exemptions<'a> {
    fn of(item: &Item, facts: &'a impl Facts) -> Self {
        Self {
            level: item.level.map(|level: Level| facts.column(&Quantity::Teaches(level))),
            condition: item.applies_if.as_ref().map(|condition| Column::calculated(condition, facts)),
            excused: facts.column(&Quantity::Excused(item.code.clone())),
        }
    }

    /// An unknown condition leaves the mark that the value gave.
    fn of_unit(&self, unit: usize) -> Option<Exemption> {
        let teaches = |level: &Option<Cow<'_, [f64]>>| level.as_ref().is_some_and(|teaches| teaches[unit] != 0.0);
        if self.level.as_ref().is_some_and(|level| !teaches(level)) {
            Some(Exemption::Level)
        } else if self.condition.as_ref().is_some_and(|condition| condition.number(unit) == 0.0) {
            Some(Exemption::Condition)
        } else if self.excused.as_ref().is_some_and(|excused| excused[unit] > 0.0) {
            Some(Exemption::Excused)
        } else {
            None
        }
    }

    /// Whether all units of a block teach the level and nothing else could take the item away.
    fn is_free(&self, units: &Range<usize>) -> bool {
        let all_teach = |teaches: &[f64]| all(&teaches[units.clone()], |teaches| teaches != 0.0);
        let level = self.level.as_ref().is_none_or(|level| level.as_deref().is_some_and(all_teach));
        level && self.condition.is_none() && self.excused.is_none()
    }
}

/// Room for a number of each unit of a block.
pub(super) type Scratch = [f64; BLOCK_UNITS];
pub(super) const SCRATCH: Scratch = [f64::NAN; BLOCK_UNITS];

/// One item over all units.
pub(super) struct ItemColumns<'a> {
    item: &'a Item,
    pub(super) now: Column<'a>,
    improvement: Option<Improvement<'a>>,
    pub(super) rule: Rule<'a>,
    exemptions: Exemptions<'a>,
}

impl<'a> ItemColumns<'a> {
    pub(super) fn of(item: &'a Item, facts: &'a impl Facts, groups: &[u32]) -> Self {
        let (now, improvement) = match &item.test {
            Test::Measured { measured, basis, direction, .. } => {
                let read = |previous| Column::measured(item, measured, previous, facts);
                let improvement = match basis {
                    Basis::Value => None,
                    Basis::Improvement { full_at } => {
                        Some(Improvement { before: read(true), direction: *direction, full_at: *full_at })
                    }
                };
                (read(false), improvement)
            }
            Test::YesNo { item: code } | Test::Level { item: code, .. } => {
                (Column::read(entered_or(item, code.as_ref()), facts), None)
            }
            Test::Evidence => (Column::read(Quantity::Entered(item.code.clone()), facts), None),
        };
        let exemptions = Exemptions::of(item, facts);
        let mut columns = Self { item, now, improvement, rule: Rule::of(item), exemptions };
        // A second one: the columns are read through the first while this one is filled.
        if let Rule::Peers(mut peers) = Rule::of(item) {
            let mut changes = SCRATCH;
            for (block, groups) in (0..).zip(groups.chunks(BLOCK_UNITS)) {
                let first = block * BLOCK_UNITS;
                if let Some(scored) = columns.scored(first..first + groups.len(), &mut changes) {
                    peers.meet(scored, groups);
                }
            }
            columns.rule = Rule::Peers(peers);
        }
        columns
    }

    /// The numbers of a block that the rule is applied to, not finite where there is none; nothing where no unit has one.
    fn scored<'b>(&'b self, units: Range<usize>, changes: &'b mut Scratch) -> Option<&'b [f64]> {
        let now = self.now.block(units.clone())?;
        match &self.improvement {
            Some(improvement) => Some(improvement.changes(now, improvement.before.block(units)?, changes)),
            None => Some(now),
        }
    }

    pub(super) fn exemption(&self, unit: usize) -> Option<Exemption> {
        self.exemptions.of_unit(unit)
    }

    /// The mark of one unit.
    pub(super) fn code(&self, facts: &impl Facts, groups: &[u32], unit: usize) -> Code {
        if self.exemption(unit).is_some() {
            return Code::NOT_APPLICABLE;
        }
        let points = |value| self.rule.code(self.item.max, value, groups[unit]);
        match (self.now.value(facts, unit), &self.improvement) {
            (Err(reason), _) => Code::none(reason),
            (Ok(now), None) => points(now),
            (Ok(now), Some(one)) if one.is_full(now) => Code::points(self.item.max),
            (Ok(now), Some(one)) => {
                improvement(now, one.before.value(facts, unit), one.direction).map_or_else(Code::none, points)
            }
        }
    }

    /// The marks of the units from `first` on, by column; [`Self::code`] is the definition, and decides wherever the
    /// numbers alone do not.
    pub(super) fn fill(
        &self,
        facts: &impl Facts,
        groups: &[u32],
        (first, changes): (usize, &mut Scratch),
        codes: &mut [Code],
    ) {
        let units = first..first + codes.len();
        let scored = self.scored(units.clone(), changes).filter(|_| self.exemptions.is_free(&units));
        let Some(scored) = scored else {
            codes.iter_mut().zip(units).for_each(|(code, unit)| *code = self.code(facts, groups, unit));
            return;
        };
        self.rule.codes(self.item.max, scored, &groups[units.clone()], codes);
        self.fill_full(units.clone(), codes);
        if !all(scored, f64::is_finite) {
            for ((code, unit), _) in codes.iter_mut().zip(units).zip(scored).filter(|(_, value)| !value.is_finite()) {
                *code = self.code(facts, groups, unit);
            }
        }
    }

    /// Full points to units that are already as good as `full_at` says: they cannot improve any more.
    fn fill_full(&self, units: Range<usize>, codes: &mut [Code]) {
        let full_at = self.improvement.as_ref().and_then(|one| one.full_at.map(|full_at| (full_at, one.direction)));
        let (Some((full_at, direction)), Some(now)) = (full_at, self.now.block(units)) else { return };
        let full = Code::points(self.item.max);
        let units = codes.iter_mut().zip(now);
        wide(
            #[inline(always)]
            move || units.for_each(|(code, now)| *code = if is_good(*now, full_at, direction) { full } else { *code }),
        );
    }
}

impl Improvement<'_> {
    fn is_full(&self, now: f64) -> bool {
        self.full_at.is_some_and(|full_at| is_good(now, full_at, self.direction))
    }

    fn changes<'b>(&self, now: &[f64], before: &[f64], changes: &'b mut Scratch) -> &'b [f64] {
        let units = changes.iter_mut().zip(now).zip(before);
        wide(
            #[inline(always)]
            move || units.for_each(|((place, now), before)| *place = change(*now, *before, self.direction)),
        );
        &changes[..now.len()]
    }
}

/// The mark of an entered value by itself: no points where the rule compares with other units or with last year.
pub(super) fn of_entered(item: &Item, value: f64) -> Code {
    match &item.test {
        Test::Measured { basis: Basis::Improvement { .. }, .. } => Code::none(NoValue::NoLastYear),
        _ => Rule::of(item).code(item.max, value, super::NO_GROUP),
    }
}
