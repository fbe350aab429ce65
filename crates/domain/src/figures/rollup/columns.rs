//! Who reported what: one column per element, one row per reporter.

/// A matrix of figures, element-major: column `e` is contiguous. NaN is "no value" (empty is not zero).
#[derive(Clone, Debug, Default)]
pub struct Columns {
    rows: usize,
    elements: usize,
    values: Vec<f64>,
}

impl Columns {
    /// So many rows and elements without a value.
    pub fn missing(rows: usize, elements: usize) -> Self {
        Self { rows, elements, values: vec![f64::NAN; rows * elements] }
    }

    /// Takes a flat element-major matrix; `None` where its length is not `rows` × `elements`.
    pub fn from_flat(rows: usize, elements: usize, values: Vec<f64>) -> Option<Self> {
        (values.len() == rows * elements).then_some(Self { rows, elements, values })
    }

    /// Takes one vector per element; `None` where their lengths differ.
    pub fn from_columns(columns: &[Vec<f64>]) -> Option<Self> {
        let rows = columns.first().map_or(0, Vec::len);
        columns.iter().all(|column| column.len() == rows).then(|| Self {
            rows,
            elements: columns.len(),
            values: columns.concat(),
        })
    }

    /// How many rows.
    pub fn rows(&self) -> usize {
        self.rows
    }

    /// How many elements.
    pub fn elements(&self) -> usize {
        self.elements
    }

    /// One element's values.
    pub fn column(&self, element: usize) -> &[f64] {
        &self.values[element * self.rows..(element + 1) * self.rows]
    }

    /// One element's values, to fill.
    pub fn column_mut(&mut self, element: usize) -> &mut [f64] {
        &mut self.values[element * self.rows..(element + 1) * self.rows]
    }

    /// One figure; NaN where there is none.
    pub fn get(&self, row: usize, element: usize) -> f64 {
        self.column(element)[row]
    }

    /// Sets one figure.
    pub fn set(&mut self, row: usize, element: usize, value: f64) {
        self.column_mut(element)[row] = value;
    }
}
