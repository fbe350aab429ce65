//! The values of one unit on one form, one per cell in the form's fixed order.

use super::Value;
use crate::figures::catalogue::{ItemCode, StatisticalForm};

/// One `Option<Value>` per cell of [`StatisticalForm::cells`]; `None` is "no value", which is not zero.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct FormValues {
    cells: Vec<Option<Value>>,
}

impl FormValues {
    /// Every cell empty.
    pub fn empty(form: &StatisticalForm) -> Self {
        Self { cells: vec![None; form.cell_count()] }
    }

    /// Values in cell order, as a workbook or a revision gives them.
    pub fn from_cells(cells: Vec<Option<Value>>) -> Self {
        Self { cells }
    }

    /// All values, in cell order.
    pub fn cells(&self) -> &[Option<Value>] {
        &self.cells
    }

    /// How many cells there are.
    pub fn len(&self) -> usize {
        self.cells.len()
    }

    /// Whether the form has no cell at all.
    pub fn is_empty(&self) -> bool {
        self.cells.is_empty()
    }

    /// The value of the cell at this position.
    pub fn get(&self, position: usize) -> Option<&Value> {
        self.cells.get(position)?.as_ref()
    }

    /// Puts a value into a cell; a position outside the form is ignored.
    pub fn set(&mut self, position: usize, value: Option<Value>) {
        if let Some(cell) = self.cells.get_mut(position) {
            *cell = value;
        }
    }

    /// The value of an item; the form is walked, so ask for one cell, not for all.
    pub fn of_item(&self, form: &StatisticalForm, item: &ItemCode) -> Option<&Value> {
        self.get(form.cells().position(|cell| cell.item == *item)?)
    }

    /// How many cells have a value.
    pub fn filled_count(&self) -> usize {
        self.cells.iter().flatten().count()
    }

    /// How many required cells there are, and how many of them have a value.
    pub fn completeness(&self, form: &StatisticalForm) -> (usize, usize) {
        form.cells()
            .zip(&self.cells)
            .filter(|(cell, _)| cell.required)
            .fold((0, 0), |(all, filled), (_, value)| (all + 1, filled + usize::from(value.is_some())))
    }
}
