//! A seeded, invented year over the real two-tier tree: the data of `tongket bench rollup`, its peers and load tests.

mod fill;

use std::{collections::BTreeMap, io::Write, path::Path, str::FromStr};

use domain::figures::rollup::{Columns, Forest, RollUp};
use rand::{Rng, SeedableRng};
use rand_chacha::ChaCha8Rng;

use crate::{
    platform::{Error, Result},
    shipped,
};

pub use fill::fill;

/// The unit above all provinces.
pub const ROOT: &str = "VN";

/// How large.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scale {
    /// One ward with 24 schools.
    Ward,
    /// One province with 2,800 schools.
    Province,
    /// Every province with 52,000 schools.
    Nation,
}

impl FromStr for Scale {
    type Err = String;
    fn from_str(text: &str) -> Result<Self, String> {
        match text {
            "ward" => Ok(Self::Ward),
            "province" => Ok(Self::Province),
            "nation" => Ok(Self::Nation),
            _ => Err("ward | province | nation".to_owned()),
        }
    }
}

impl Scale {
    /// The unit at the top.
    pub fn top(self) -> &'static str {
        match self {
            Self::Ward => "N00145",
            Self::Province => "N01",
            Self::Nation => ROOT,
        }
    }

    /// How many schools.
    pub fn school_count(self) -> usize {
        match self {
            Self::Ward => 24,
            Self::Province => 2_800,
            Self::Nation => 52_000,
        }
    }
}

/// A unit and its parent, none for the top.
pub type Placed = (String, Option<String>);

/// The tree of a scale: real units of today, invented schools under the communes, each commune's schools together.
///
/// # Errors
/// An inside fault where the shipped units cannot be read.
pub fn tree(scale: Scale, seed: u64) -> Result<Vec<Placed>> {
    let communes_of = communes_by_province(scale)?;
    let commune_count: usize = communes_of.values().map(Vec::len).sum();
    let mut school_counts = vec![0_usize; commune_count.max(1)];
    let mut random = ChaCha8Rng::seed_from_u64(seed);
    for _ in 0..scale.school_count() {
        let commune = random.random_range(0..school_counts.len());
        school_counts[commune] += 1;
    }
    let mut units: Vec<Placed> = Vec::with_capacity(scale.school_count() + commune_count + communes_of.len() + 1);
    units.push((scale.top().to_owned(), None));
    let mut counts = school_counts.into_iter();
    let mut serial = 10_000_000;
    for (province, communes) in communes_of {
        if scale == Scale::Nation {
            units.push((province.clone(), Some(ROOT.to_owned())));
        }
        for commune in communes {
            if scale != Scale::Ward {
                units.push((commune.clone(), Some(province.clone())));
            }
            for _ in 0..counts.next().unwrap_or(0) {
                serial += 1;
                units.push((serial.to_string(), Some(commune.clone())));
            }
        }
    }
    Ok(units)
}

fn communes_by_province(scale: Scale) -> Result<BTreeMap<String, Vec<String>>> {
    let mut communes: BTreeMap<String, Vec<String>> = BTreeMap::new();
    let mut reader = csv::Reader::from_reader(shipped::text("admin-units/units.csv")?.as_bytes());
    for record in reader.records() {
        let record = record.map_err(Error::inside)?;
        let (id, kind, parent) = (&record[0], &record[3], &record[4]);
        let is_inside = match scale {
            Scale::Nation => true,
            Scale::Province => parent == scale.top(),
            Scale::Ward => id == scale.top(),
        };
        if id.starts_with('N') && kind == "commune" && is_inside {
            communes.entry(parent.to_owned()).or_default().push(id.to_owned());
        }
    }
    Ok(communes)
}

/// Whole numbers below 1,000 for every school and element, five in a hundred missing.
pub fn values(schools: usize, elements: usize, seed: u64) -> Columns {
    let mut columns = Columns::missing(schools, elements);
    for element in 0..elements {
        let mut random = ChaCha8Rng::seed_from_u64(seed);
        random.set_stream(element as u64 + 1);
        for value in columns.column_mut(element) {
            let drawn: u32 = random.random();
            if drawn % 100 >= 5 {
                *value = f64::from((drawn >> 8) % 1_000);
            }
        }
    }
    columns
}

/// Writes `tree.csv` and `values.csv` for peers.
///
/// # Errors
/// Where the folder cannot be written.
pub fn export_given(folder: &Path, tree: &[Placed], schools: &[&str], columns: &Columns) -> Result<()> {
    std::fs::create_dir_all(folder)?;
    let mut out = std::io::BufWriter::new(std::fs::File::create(folder.join("tree.csv"))?);
    writeln!(out, "unit,parent")?;
    for (unit, parent) in tree {
        writeln!(out, "{unit},{}", parent.as_deref().unwrap_or(""))?;
    }
    out.flush()?;
    let mut out = std::io::BufWriter::new(std::fs::File::create(folder.join("values.csv"))?);
    let names: Vec<String> = (1..=columns.elements()).map(|number| format!("e{number}")).collect();
    writeln!(out, "unit,{}", names.join(","))?;
    for (row, school) in schools.iter().enumerate() {
        write!(out, "{school}")?;
        for element in 0..columns.elements() {
            match columns.get(row, element) {
                value if value.is_nan() => write!(out, ",")?,
                value => write!(out, ",{value}")?,
            }
        }
        writeln!(out)?;
    }
    Ok(out.flush()?)
}

/// Writes `expected.csv`: sum and count of every element for the root, its children and 100 further units.
///
/// # Errors
/// Where the folder cannot be written.
pub fn export_expected(folder: &Path, forest: &Forest, rolled: &RollUp) -> Result<()> {
    let mut shown: Vec<usize> =
        forest.roots().flat_map(|root| std::iter::once(root).chain(forest.children(root))).collect();
    let further: Vec<usize> = (0..forest.len()).filter(|position| !shown.contains(position)).collect();
    shown.extend(further.iter().step_by((further.len() / 100).max(1)).take(100));
    let mut out = std::io::BufWriter::new(std::fs::File::create(folder.join("expected.csv"))?);
    writeln!(out, "unit,element,sum,reported")?;
    for unit in shown {
        for element in 0..rolled.elements() {
            let sum = match rolled.sum(unit, element) {
                sum if sum.is_nan() => String::new(),
                sum => sum.to_string(),
            };
            writeln!(out, "{},e{},{sum},{}", forest.code(unit), element + 1, rolled.reported(unit, element))?;
        }
    }
    Ok(out.flush()?)
}

#[cfg(test)]
mod tests;
