//! The workbook's identity: whose it is, which form and version, for which period, sealed by a checksum.
//!
//! It stands twice: in full on the hidden sheet [`SHEET`], with a map from items to cells for scripts, and in short in
//! the hidden first cell of every sheet, so that a sheet copied into another file still says what it is. The checksum
//! shows alteration by accident or by hand; it is no signature: who may submit for a unit is decided elsewhere.

use sha2::{Digest, Sha256};

/// Name of the hidden identity sheet.
pub const SHEET: &str = "_tongket";

/// First cell of the identity sheet, and the first part of the short form; the number grows with the layout.
const MAGIC: &str = "tongket:1";

/// Which workbook this is.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Identity {
    /// Code of the form.
    pub form: String,
    /// Version of the form.
    pub version: u32,
    /// Code of the unit that reports.
    pub unit: String,
    /// Code of the reporting period.
    pub period: String,
    /// The school year, `2025-2026`.
    pub school_year: String,
}

/// The keys of the identity sheet, in order.
const KEYS: [&str; 5] = ["form", "version", "unit", "period", "school_year"];

impl Identity {
    fn values(&self) -> [String; 5] {
        [self.form.clone(), self.version.to_string(), self.unit.clone(), self.period.clone(), self.school_year.clone()]
    }

    fn from_values(values: [&str; 5]) -> Option<Self> {
        let [form, version, unit, period, school_year] = values.map(|value| value.trim().to_owned());
        let version = version.parse().ok()?;
        let complete = ![&form, &unit, &period].iter().any(|part| part.is_empty());
        complete.then_some(Self { form, version, unit, period, school_year })
    }

    /// The short form for the hidden first cell of a sheet: the parts and their seal, joined by bars.
    pub fn short(&self) -> String {
        let parts = self.values().join("|");
        format!("{MAGIC}|{parts}|{}", short_seal(&parts))
    }

    /// Reads the short form: `None` where it is something else, `Err` where the seal is broken.
    pub fn from_short(text: &str) -> Option<Result<Self, Altered>> {
        let parts: Vec<&str> = text.trim().strip_prefix(MAGIC)?.strip_prefix('|')?.split('|').collect();
        let [form, version, unit, period, year, seal] = parts[..] else { return Some(Err(Altered)) };
        let sealed = short_seal(&[form, version, unit, period, year].join("|"));
        let identity = Self::from_values([form, version, unit, period, year]);
        Some(identity.filter(|_| sealed == seal).ok_or(Altered))
    }

    /// The rows of the identity sheet: key and value, then the map from items to cells; the checksum seals all.
    pub fn rows(&self, map: &[MapRow]) -> Vec<[String; 3]> {
        let row = |a: &str, b: &str, c: &str| [a.to_owned(), b.to_owned(), c.to_owned()];
        let mut rows = vec![row(MAGIC, "", "")];
        rows.extend(KEYS.iter().zip(self.values()).map(|(key, value)| row(key, &value, "")));
        rows.push(row("checksum", &checksum(self, map.iter().map(MapRow::parts)), ""));
        rows.push(row("item", "sheet", "cell"));
        rows.extend(map.iter().map(|entry| row(&entry.item, &entry.sheet, &entry.cell)));
        rows
    }

    /// Reads the rows of an identity sheet: `None` where it is not one, `Err` where the checksum does not hold.
    pub fn from_rows<'a>(mut rows: impl Iterator<Item = [&'a str; 3]>) -> Option<Result<Self, Altered>> {
        rows.next().filter(|[first, ..]| *first == MAGIC)?;
        let mut values = [""; 5];
        let mut sealed = "";
        for [key, value, _] in rows.by_ref() {
            match KEYS.iter().position(|known| *known == key) {
                Some(position) => values[position] = value,
                None if key == "checksum" => sealed = value,
                None if key == "item" => break,
                None => return Some(Err(Altered)),
            }
        }
        let Some(identity) = Self::from_values(values) else { return Some(Err(Altered)) };
        let holds = checksum(&identity, rows) == sealed;
        Some(if holds { Ok(identity) } else { Err(Altered) })
    }
}

/// The identity was altered: the checksum does not hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Altered;

/// One line of the map: where an item stood when the workbook was written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MapRow {
    /// The item's code.
    pub item: String,
    /// Name of the sheet.
    pub sheet: String,
    /// The cell in A1 notation.
    pub cell: String,
}

impl MapRow {
    fn parts(&self) -> [&str; 3] {
        [&self.item, &self.sheet, &self.cell]
    }
}

fn checksum<'a>(identity: &Identity, map: impl Iterator<Item = [&'a str; 3]>) -> String {
    let values = identity.values();
    let mut seal = Seal::default();
    values.iter().for_each(|value| seal.add(value));
    map.flatten().for_each(|part| seal.add(part));
    seal.hex()
}

/// SHA-256 over texts, each ended by a line feed.
#[derive(Default)]
struct Seal(Sha256);

impl Seal {
    fn add(&mut self, text: &str) {
        self.0.update(text.as_bytes());
        self.0.update(b"\n");
    }

    fn hex(self) -> String {
        self.0.finalize().iter().fold(String::with_capacity(64), |mut hex, byte| {
            for nibble in [byte >> 4, byte & 15] {
                hex.push(char::from_digit(u32::from(nibble), 16).unwrap_or('0'));
            }
            hex
        })
    }
}

/// The short seal of a text.
fn short_seal(text: &str) -> String {
    let mut seal = Seal::default();
    seal.add(text);
    seal.hex()[..16].to_owned()
}
