//! Which items are kept in columns, where each form holds them, and the indicators' formulas, read once.

use std::collections::{BTreeSet, HashMap};

use domain::figures::{
    basis::{Basis, bases},
    catalogue::{Aggregation, Catalogue, ItemCode},
    formula::Formula,
};

use crate::platform::{Error, Result};

/// Above so many schools only the items that indicators read are kept; others would take gigabytes.
const SCHOOLS_MAX_FOR_ALL_ITEMS: usize = 5_000;

/// One column: an item that some form gathers.
#[derive(Clone, Debug)]
pub struct Slot {
    /// The item.
    pub item: ItemCode,
    /// How it adds up.
    pub aggregation: Aggregation,
    /// Who owes it: those who owe the first form that gathers it, by its place in the catalogue; after the forms stand
    /// the columns that no form gathers, by their place among these.
    pub group: usize,
}

/// The columns of an office and how they come from its forms.
#[derive(Clone, Debug, Default)]
pub struct Plan {
    slots: Vec<Slot>,
    by_item: HashMap<ItemCode, usize>,
    cells_of: HashMap<String, FormCells>,
    greatest: Vec<Greatest>,
    formulas: Vec<Formula>,
    /// By the indicators' places: what each rests on in the end.
    grounds: Vec<Ground>,
    /// By the indicators' places: whether some formula needs last year's value.
    read_before: Vec<bool>,
}

/// What an indicator rests on in the end: the columns of the year and of the year before.
#[derive(Clone, Debug, Default)]
pub(super) struct Ground {
    /// By year (0 the year itself, 1 the one before): slots.
    pub(super) slots: [Vec<usize>; 2],
    pub(super) is_sum: bool,
    pub(super) reads_parent: bool,
}

/// A column that no form gathers: of every school, the greatest of others.
#[derive(Clone, Debug)]
pub(super) struct Greatest {
    pub(super) slot: usize,
    /// The slots of the others.
    pub(super) parts: Vec<usize>,
    /// Their forms: who owes one of these owes the column.
    pub(super) forms: Vec<usize>,
}

/// Where a form holds what is kept.
#[derive(Clone, Debug)]
pub(super) struct FormCells {
    /// How many cells the form has; a stored revision of another length is of another version.
    pub(super) cell_count: usize,
    /// (cell, slot), each slot once.
    pub(super) cells: Vec<(usize, usize)>,
}

impl Plan {
    /// The plan for an office with so many schools.
    ///
    /// # Errors
    /// An inside fault where a formula of the catalogue cannot be read.
    pub fn of(catalogue: &Catalogue, school_count: usize) -> Result<Self> {
        let formulas: Vec<Formula> = catalogue
            .indicators
            .iter()
            .map(|indicator| Formula::parse(&indicator.formula))
            .collect::<Result<_, _>>()
            .map_err(|error| Error::Inside(error.message))?;
        let parts = catalogue.elements.iter().flat_map(|element| &element.greatest_of);
        let read: BTreeSet<&ItemCode> = formulas.iter().flat_map(Formula::items).chain(parts).collect();
        let mut plan = Self { read_before: read_before(catalogue, &formulas), ..Self::default() };
        for (number, form) in catalogue.forms.iter().enumerate() {
            let (mut cells, mut cell_count) = (Vec::new(), 0);
            for (cell, place) in form.cells().enumerate() {
                cell_count = cell + 1;
                let aggregation = catalogue.element(&place.item.element).map(|element| element.aggregation);
                let adds_up = aggregation.filter(|how| matches!(how, Aggregation::Sum | Aggregation::Last));
                let is_kept = school_count <= SCHOOLS_MAX_FOR_ALL_ITEMS || read.contains(&place.item);
                if let Some(aggregation) = adds_up.filter(|_| is_kept) {
                    let slot = plan.slot_for(&place.item, aggregation, number);
                    if cells.iter().all(|(_, known)| *known != slot) {
                        cells.push((cell, slot));
                    }
                }
            }
            plan.cells_of.insert(form.code.clone(), FormCells { cell_count, cells });
        }
        plan.add_greatest(catalogue);
        let slots = |items: &[ItemCode]| items.iter().filter_map(|item| plan.slot(item)).collect();
        let ground = |basis: &Basis| Ground {
            slots: [slots(&basis.items), slots(&basis.items_before)],
            is_sum: basis.is_sum,
            reads_parent: basis.reads_parent,
        };
        let grounds = bases(catalogue, &formulas).iter().map(ground).collect();
        Ok(Self { formulas, grounds, ..plan })
    }

    fn slot_for(&mut self, item: &ItemCode, aggregation: Aggregation, group: usize) -> usize {
        let next = self.slots.len();
        let slot = *self.by_item.entry(item.clone()).or_insert(next);
        if slot == next {
            self.slots.push(Slot { item: item.clone(), aggregation, group });
        }
        slot
    }

    fn add_greatest(&mut self, catalogue: &Catalogue) {
        for element in catalogue.elements.iter().filter(|element| !element.greatest_of.is_empty()) {
            let parts: Vec<usize> = element.greatest_of.iter().filter_map(|item| self.slot(item)).collect();
            let forms = parts.iter().map(|&part| self.slots[part].group).collect();
            let item = ItemCode { element: element.code.clone(), option: None };
            let slot = self.slot_for(&item, element.aggregation, catalogue.forms.len() + self.greatest.len());
            self.greatest.push(Greatest { slot, parts, forms });
        }
    }

    /// The columns that no form gathers.
    pub(super) fn greatest(&self) -> &[Greatest] {
        &self.greatest
    }

    /// The columns, in order.
    pub fn slots(&self) -> &[Slot] {
        &self.slots
    }

    /// The column of an item.
    pub fn slot(&self, item: &ItemCode) -> Option<usize> {
        self.by_item.get(item).copied()
    }

    pub(super) fn cells_of(&self, form: &str) -> Option<&FormCells> {
        self.cells_of.get(form)
    }

    /// By the indicators' places in the catalogue: whether some formula needs last year's value.
    pub(super) fn read_before(&self) -> &[bool] {
        &self.read_before
    }

    /// What the catalogue's indicators rest on, in its order.
    pub(super) fn grounds(&self) -> &[Ground] {
        &self.grounds
    }

    /// The formulas of the catalogue's indicators, in its order.
    pub fn formulas(&self) -> &[Formula] {
        &self.formulas
    }
}

/// Which indicators are read under `prev`, with all that those are made of. None stands before what it needs.
fn read_before(catalogue: &Catalogue, formulas: &[Formula]) -> Vec<bool> {
    let number_of = |item: &ItemCode| {
        let indicators = catalogue.indicators.iter();
        indicators
            .zip(0..)
            .find_map(|(known, number)| (item.option.is_none() && known.code == item.element).then_some(number))
    };
    let mut needed = vec![false; formulas.len()];
    for reference in formulas.iter().flat_map(Formula::references).filter(|reference| reference.previous) {
        if let Some(number) = number_of(&reference.item) {
            needed[number] = true;
        }
    }
    for number in (0..formulas.len()).rev() {
        if needed[number] {
            for reference in formulas[number].references().iter().filter(|reference| !reference.previous) {
                if let Some(part) = number_of(&reference.item) {
                    needed[part] = true;
                }
            }
        }
    }
    needed
}
