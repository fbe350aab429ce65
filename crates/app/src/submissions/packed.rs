//! Values as they are stored: eight bytes a cell in the form's order, texts beside as JSON.

use std::collections::BTreeMap;

use domain::{
    figures::catalogue::{Catalogue, ItemCode, StatisticalForm, ValueKind},
    submissions::{FormValues, Value},
};
use sha2::{Digest, Sha256};

use crate::platform::{Error, Result};

/// The stored form of one sending.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Packed {
    /// One little-endian `f64` a cell; NaN where there is no number; Có is 1, Không is 0.
    pub figures: Vec<u8>,
    /// A JSON object from item to text; empty where the form has none.
    pub texts: String,
}

impl Packed {
    /// Tells equal contents: SHA-256 in hexadecimal.
    pub fn digest(&self) -> String {
        let hash = Sha256::new().chain_update(&self.figures).chain_update(&self.texts).finalize();
        hash.iter().map(|byte| format!("{byte:02x}")).collect()
    }
}

/// What the cells of a form hold, resolved once for many rows.
#[derive(Debug)]
pub struct Shape<'a> {
    cells: Vec<(&'a ItemCode, &'a ValueKind)>,
}

impl<'a> Shape<'a> {
    /// The shape of a form; a cell whose element the catalogue lacks is taken for a number.
    pub fn of(catalogue: &'a Catalogue, form: &'a StatisticalForm) -> Self {
        const NUMBER: &ValueKind = &ValueKind::Decimal { min: None, max: None, decimals: 0 };
        let elements: BTreeMap<&str, &ValueKind> =
            catalogue.elements.iter().map(|element| (element.code.as_str(), &element.value)).collect();
        let kind = |item: &ItemCode| elements.get(item.element.as_str()).copied().unwrap_or(NUMBER);
        Self { cells: form.cells().map(|cell| (&cell.item, kind(&cell.item))).collect() }
    }

    /// Each cell's item and kind of value, in order.
    pub fn cells(&self) -> &[(&'a ItemCode, &'a ValueKind)] {
        &self.cells
    }

    /// Packs values.
    pub fn pack(&self, values: &FormValues) -> Packed {
        self.pack_draft(values, &Unread::new())
    }

    /// Packs a draft: values, and what was typed and is none.
    pub fn pack_draft(&self, values: &FormValues, unread: &Unread) -> Packed {
        let mut figures = Vec::with_capacity(self.cells.len() * 8);
        let mut texts = BTreeMap::new();
        for (position, (item, _)) in self.cells.iter().enumerate() {
            if let Some(typed) = unread.get(&position) {
                texts.insert(unread_key(item), typed.clone());
            }
            let number = match values.get(position) {
                Some(Value::Number(number)) => *number,
                Some(Value::Boolean(truth)) => f64::from(u8::from(*truth)),
                Some(Value::Text(text)) => {
                    texts.insert(item.to_string(), text.clone());
                    f64::NAN
                }
                None => f64::NAN,
            };
            figures.extend_from_slice(&number.to_le_bytes());
        }
        let texts = if texts.is_empty() { String::new() } else { serde_json::json!(texts).to_string() };
        Packed { figures, texts }
    }

    /// What a draft holds that is no value.
    ///
    /// # Errors
    /// The texts are not what [`Self::pack_draft`] made.
    pub fn unread(&self, texts: &str) -> Result<Unread> {
        if texts.is_empty() {
            return Ok(Unread::new());
        }
        let texts: BTreeMap<String, String> = serde_json::from_str(texts).map_err(Error::inside)?;
        // Drafts of earlier versions keep it under the item itself, where a cell of numbers has no text otherwise.
        let earlier = |item: &ItemCode, kind: &ValueKind| {
            let holds_texts = matches!(kind, ValueKind::Choice { .. } | ValueKind::Text { .. });
            if holds_texts { None } else { texts.get(&item.to_string()) }
        };
        let typed = |(at, (item, kind)): (usize, &(&ItemCode, &ValueKind))| {
            Some((at, texts.get(&unread_key(item)).or_else(|| earlier(item, kind))?.clone()))
        };
        Ok(self.cells.iter().enumerate().filter_map(typed).collect())
    }

    /// Unpacks what [`Self::pack`] made.
    ///
    /// # Errors
    /// The bytes belong to another version of the form.
    pub fn unpack(&self, figures: &[u8], texts: &str) -> Result<FormValues> {
        if figures.len() != self.cells.len() * 8 {
            let message = format!("{} bytes of figures where the form has {} cells", figures.len(), self.cells.len());
            return Err(Error::Inside(message));
        }
        let texts: BTreeMap<String, String> =
            if texts.is_empty() { BTreeMap::new() } else { serde_json::from_str(texts).map_err(Error::inside)? };
        let cells = numbers(figures).zip(&self.cells).map(|(number, (item, kind))| match kind {
            _ if number.is_nan() && texts.is_empty() => None,
            ValueKind::Choice { .. } | ValueKind::Text { .. } => texts.get(&item.to_string()).cloned().map(Value::Text),
            _ if number.is_nan() => None,
            ValueKind::YesNo => Some(Value::Boolean(number != 0.0)),
            ValueKind::Count { .. } | ValueKind::Decimal { .. } => Some(Value::Number(number)),
        });
        Ok(FormValues::from_cells(cells.collect()))
    }
}

/// Typed texts that are no values, kept in a draft beside its values: by position in the form.
pub type Unread = BTreeMap<usize, String>;

/// Under which key of the texts it lies: no item begins like this.
fn unread_key(item: &ItemCode) -> String {
    format!("?{item}")
}

/// The packed numbers, in cell order.
pub fn numbers(figures: &[u8]) -> impl Iterator<Item = f64> + '_ {
    figures.as_chunks::<8>().0.iter().map(|bytes| f64::from_le_bytes(*bytes))
}

/// One packed number; NaN where there is none.
pub fn number_at(figures: &[u8], cell: usize) -> f64 {
    figures.as_chunks::<8>().0.get(cell).map_or(f64::NAN, |bytes| f64::from_le_bytes(*bytes))
}

#[cfg(test)]
mod tests;
