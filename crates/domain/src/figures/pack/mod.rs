//! Data packs: reads elements, forms, indicators, check rules and constants from TOML into a [`Catalogue`].
//!
//! A pack is a set of files that an office can read and change; `data/README.md` shows the format. Loading reports
//! *every* fault with its file and line, or gives a catalogue in which every code is known, every formula can be
//! evaluated and no indicator precedes what it needs.

use std::collections::BTreeMap;

use serde::Serialize;

use super::catalogue::Catalogue;

mod checks;
mod constants;
pub(crate) mod document;
mod elements;
pub(crate) mod entry;
pub(crate) mod faults;
mod forms;
mod formulas;
mod indicators;
mod options;
mod order;

#[cfg(test)]
pub(crate) mod tests;

use document::Table;
use entry::Entry;
use faults::{Faults, Place};

/// One file of a pack.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PackFile<'a> {
    /// Path inside the pack (`forms/02-th-dn.toml`); its folder says what the file holds, faults name it.
    pub name: &'a str,
    /// The TOML text.
    pub text: &'a str,
}

/// One fault of a pack.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct PackFault {
    /// The file, as given.
    pub file: String,
    /// The line, counted from 1.
    pub line: u32,
    /// A stable word (`duplicate_code`, `unknown_element`, `indicator_cycle` …).
    pub code: &'static str,
    /// What is wrong and how to mend it, in Vietnamese.
    pub message: String,
}

impl std::fmt::Display for PackFault {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}:{}: {} [{}]", self.file, self.line, self.message, self.code)
    }
}

/// What a file of a pack holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Content {
    Options,
    Constants,
    Elements,
    Forms,
    Indicators,
    Checks,
}

impl Content {
    fn of(name: &str) -> Option<Self> {
        let (folder, file) = name.rsplit_once('/').unwrap_or(("", name));
        match (folder.rsplit('/').next().unwrap_or(""), file) {
            (_, "options.toml") => Some(Self::Options),
            (_, "constants.toml") => Some(Self::Constants),
            (_, file) if !file.ends_with(".toml") => None,
            ("elements", _) => Some(Self::Elements),
            ("forms", _) => Some(Self::Forms),
            ("indicators", _) => Some(Self::Indicators),
            ("checks", _) => Some(Self::Checks),
            _ => None,
        }
    }
}

/// Whether a file of the shipped data belongs to the catalogue: `options.toml`, `constants.toml` and every `.toml` in
/// a folder `elements`, `forms`, `indicators` or `checks`.
pub fn belongs(name: &str) -> bool {
    Content::of(name).is_some()
}

/// Reads a pack. Files are taken in the order of their names, so the catalogue does not depend on how they were found.
///
/// # Errors
/// Every fault of every file, in the order of files and lines.
pub fn load(files: &[PackFile<'_>]) -> Result<Catalogue, Vec<PackFault>> {
    let mut files = files.to_vec();
    files.sort_by_key(|file| file.name);
    let mut faults = Faults::new(files.iter().map(|file| file.name.to_owned()).collect());
    let documents: Vec<(Content, Table)> =
        files.iter().enumerate().filter_map(|(index, file)| open(index, file, &mut faults)).collect();
    let catalogue = assemble(&documents, &mut faults);
    faults.into_result(catalogue)
}

fn open(index: usize, file: &PackFile<'_>, faults: &mut Faults) -> Option<(Content, Table)> {
    let Some(content) = Content::of(file.name) else {
        let message = "tệp không thuộc gói dữ liệu nào; hãy đặt vào thư mục elements, forms, indicators hoặc checks";
        faults.add(Place { file: index, line: 1 }, "unknown_pack", message);
        return None;
    };
    Some((content, document::read(index, file.text, faults)))
}

fn assemble(documents: &[(Content, Table)], faults: &mut Faults) -> Catalogue {
    let of = |wanted: Content| {
        documents.iter().filter(move |(content, _)| *content == wanted).map(|(_, table)| Entry::of_file(table))
    };
    let options = options::read(of(Content::Options), faults);
    let mut codes = Codes::default();
    let elements = elements::read(of(Content::Elements), &options, &mut codes, faults);
    let constants = constants::read(of(Content::Constants), faults);
    let forms = forms::read(of(Content::Forms), &elements, &options, faults);
    let (indicators, places) = indicators::read(of(Content::Indicators), &mut codes, faults);
    let mut catalogue = Catalogue { elements, forms, indicators, checks: Vec::new(), constants };
    catalogue.checks = checks::read(of(Content::Checks), &catalogue, &options, faults);
    catalogue.indicators = indicators::check_and_order(&catalogue, &places, faults);
    catalogue
}

/// Codes that share one space of names, with the place where each was first given.
#[derive(Default)]
struct Codes(BTreeMap<String, Place>);

impl Codes {
    /// Notes a code and says whether it is new; a code given before is a fault that names the first place.
    fn claim(&mut self, code: &str, place: Place, faults: &mut Faults) -> bool {
        if let Some(&first) = self.0.get(code) {
            let first = faults.describe(first);
            faults.add(place, "duplicate_code", format!("mã «{code}» đã dùng ở {first}; mỗi mã chỉ dùng một lần"));
            return false;
        }
        self.0.insert(code.to_owned(), place);
        true
    }
}
