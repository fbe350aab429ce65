//! What scoring reads: columns of numbers over units, each with a reason where a unit has none.

use std::borrow::Cow;

use crate::{
    Level,
    figures::{
        catalogue::{ItemCode, MissingStrategy},
        formula::{ColumnOutcome, Formula, ItemColumns, NullReason, Reference},
    },
};

/// A number that scoring asks for.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Quantity {
    /// An indicator of the catalogue, of the year or of the year before.
    Indicator {
        /// Code.
        code: String,
        /// Of the year before.
        previous: bool,
    },
    /// An item, of the year or of the year before.
    Item {
        /// Code.
        item: ItemCode,
        /// Of the year before.
        previous: bool,
    },
    /// Per cent of the forms owed in the year that were first sent in time.
    Timeliness,
    /// Per cent of the forms owed in the year that were approved.
    Completeness,
    /// How many forms of the year were not first sent in time.
    LateForms,
    /// What a person entered for the item, bonus, deduction or event with this code: points, 1 for yes, a count, times.
    Entered(String),
    /// 1 where the office agreed that the item with this code does not apply to the unit.
    Excused(String),
    /// 1 where the unit, or a school under it, teaches this level.
    Teaches(Level),
}

/// Why there is no value.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum NoValue {
    /// Figures were not sent or not yet approved.
    Missing,
    /// The formula gave nothing: a share of nothing.
    Undefined,
    /// A division by zero.
    NotFinite,
    /// A person has to enter it and has not.
    NotEntered,
    /// There is a value this year, but none last year to compare with.
    NoLastYear,
    /// Nobody to compare with.
    NoPeers,
}

impl NoValue {
    /// The word for scripts.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Missing => "missing",
            Self::Undefined => "undefined",
            Self::NotFinite => "not_finite",
            Self::NotEntered => "not_entered",
            Self::NoLastYear => "no_last_year",
            Self::NoPeers => "no_peers",
        }
    }

    /// The reason with this word.
    pub fn parse(text: &str) -> Option<Self> {
        let all = [Self::Missing, Self::Undefined, Self::NotFinite, Self::NotEntered, Self::NoLastYear, Self::NoPeers];
        all.into_iter().find(|reason| reason.as_str() == text)
    }

    /// The reason in Vietnamese.
    pub fn in_words(self) -> &'static str {
        match self {
            Self::Missing => "chưa có số liệu được duyệt",
            Self::Undefined => "không tính được: mẫu số bằng 0 hoặc không có đối tượng",
            Self::NotFinite => "không tính được: phép chia cho 0",
            Self::NotEntered => "chưa có người chấm",
            Self::NoLastYear => "không có số liệu năm học trước để so sánh",
            Self::NoPeers => "không có đơn vị cùng nhóm để so sánh",
        }
    }
}

impl From<NullReason> for NoValue {
    fn from(reason: NullReason) -> Self {
        match reason {
            NullReason::Missing => Self::Missing,
            NullReason::Undefined => Self::Undefined,
            NullReason::NotFinite => Self::NotFinite,
        }
    }
}

/// Where scoring finds its numbers; several cores read at once.
pub trait Facts: Sync {
    /// How many units every column has.
    fn unit_count(&self) -> usize;

    /// A quantity for every unit, NaN where one has none; `None` where no unit has one.
    fn column(&self, quantity: &Quantity) -> Option<Cow<'_, [f64]>>;

    /// One unit's value of a quantity, NaN where it has none; `None` where no unit has one.
    fn value(&self, quantity: &Quantity, unit: usize) -> Option<f64> {
        self.column(quantity).map(|column| column[unit])
    }

    /// Why a unit has no value of a quantity.
    fn why_none(&self, quantity: &Quantity, _unit: usize) -> NoValue {
        match quantity {
            Quantity::Entered(_) | Quantity::Excused(_) => NoValue::NotEntered,
            _ => NoValue::Missing,
        }
    }

    /// How a unit's value of a quantity came about, in Vietnamese; nothing where the value says it all.
    fn working(&self, _quantity: &Quantity, _unit: usize) -> Option<String> {
        None
    }

    /// A constant that conditions may name.
    fn constant(&self, _code: &str) -> Option<f64> {
        None
    }
}

/// The facts of one unit alone, as its explanation reads them.
pub(super) struct Alone<'a, F> {
    pub(super) facts: &'a F,
    pub(super) unit: usize,
}

impl<F: Facts> Facts for Alone<'_, F> {
    fn unit_count(&self) -> usize {
        1
    }

    fn column(&self, quantity: &Quantity) -> Option<Cow<'_, [f64]>> {
        self.facts.value(quantity, self.unit).map(|value| Cow::Owned(vec![value]))
    }

    fn why_none(&self, quantity: &Quantity, _unit: usize) -> NoValue {
        self.facts.why_none(quantity, self.unit)
    }

    fn constant(&self, code: &str) -> Option<f64> {
        self.facts.constant(code)
    }
}

/// The same facts with one value changed: what if.
#[derive(Debug)]
pub struct Changed<'a, F> {
    /// The facts as they are.
    pub facts: &'a F,
    /// What is changed.
    pub quantity: Quantity,
    /// Whose.
    pub unit: usize,
    /// To what.
    pub value: f64,
}

impl<F: Facts> Facts for Changed<'_, F> {
    fn unit_count(&self) -> usize {
        self.facts.unit_count()
    }

    fn column(&self, quantity: &Quantity) -> Option<Cow<'_, [f64]>> {
        let column = self.facts.column(quantity);
        if *quantity != self.quantity {
            return column;
        }
        let mut column = column.map_or_else(|| vec![f64::NAN; self.unit_count()], Cow::into_owned);
        column[self.unit] = self.value;
        Some(Cow::Owned(column))
    }

    fn why_none(&self, quantity: &Quantity, unit: usize) -> NoValue {
        self.facts.why_none(quantity, unit)
    }

    fn working(&self, quantity: &Quantity, unit: usize) -> Option<String> {
        let is_changed = unit == self.unit && *quantity == self.quantity;
        if is_changed { None } else { self.facts.working(quantity, unit) }
    }

    fn constant(&self, code: &str) -> Option<f64> {
        self.facts.constant(code)
    }
}

/// Facts as a formula's columns: an item's own figure, else the indicator of that code.
struct Read<'a, F>(&'a F);

impl<F: Facts> ItemColumns for Read<'_, F> {
    fn rows(&self) -> usize {
        self.0.unit_count()
    }

    fn column(&self, reference: &Reference) -> Option<Cow<'_, [f64]>> {
        if reference.parent {
            return None;
        }
        let (item, previous) = (reference.item.clone(), reference.previous);
        let indicator = Quantity::Indicator { code: item.element.clone(), previous };
        self.0.column(&Quantity::Item { item, previous }).or_else(|| self.0.column(&indicator))
    }

    fn constant(&self, code: &str) -> Option<f64> {
        self.0.constant(code)
    }
}

/// A formula of a set over all units; none where it cannot be read or evaluated.
pub(super) fn formula(text: &str, facts: &impl Facts) -> Option<ColumnOutcome> {
    Formula::parse(text).ok()?.evaluate_columns(&Read(facts), MissingStrategy::Any).ok()
}
