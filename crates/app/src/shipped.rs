//! What ships as data, not as code: the folder `data/` as it stood when the program was built.

use std::sync::{Arc, OnceLock};

use domain::{
    awards::{RulePack, pack as award_law},
    evaluation::criteria::{self, CriteriaSet},
    figures::{
        catalogue::Catalogue,
        pack::{self, PackFault, PackFile},
    },
};
use include_dir::{Dir, DirEntry, include_dir};

pub use own::OwnFile;

use crate::platform::{Error, Result};

pub mod own;

static DATA: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/../../data");
static CRITERIA: OnceLock<Result<Vec<ShippedSet>, String>> = OnceLock::new();
static AWARD_LAW: OnceLock<Result<Vec<RulePack>, String>> = OnceLock::new();
static CATALOGUE: OnceLock<Result<Arc<Catalogue>, String>> = OnceLock::new();

/// The text of a shipped file, by its path inside `data/`.
///
/// # Errors
/// `NotFound` where nothing of that name ships.
pub fn text(path: &str) -> Result<&'static str> {
    let file = DATA.get_file(path).and_then(|file| file.contents_utf8());
    file.ok_or_else(|| Error::NotFound(format!("tệp dữ liệu kèm theo {path}")))
}

/// Every shipped file with its path inside `data/`, in the order of the paths.
pub fn all() -> Vec<(&'static str, &'static [u8])> {
    let mut found = every(&DATA);
    found.sort_unstable_by_key(|(path, _)| *path);
    found
}

fn every(folder: &Dir<'static>) -> Vec<(&'static str, &'static [u8])> {
    let mut found = Vec::new();
    for entry in folder.entries() {
        match entry {
            DirEntry::Dir(inner) => found.extend(every(inner)),
            DirEntry::File(file) => found.extend(file.path().to_str().map(|path| (path, file.contents()))),
        }
    }
    found
}

/// The catalogue with an office's own files: one of the name of a shipped file takes its place, others are added.
///
/// # Errors
/// Every fault with file and line, a form among them that has other cells than the shipped one of its version.
pub fn catalogue_with(own: &[OwnFile]) -> Result<Catalogue, Vec<PackFault>> {
    let is_replaced = |file: &PackFile<'_>| own.iter().any(|own| own.name == file.name);
    let mut files: Vec<PackFile<'_>> = files(pack::belongs).into_iter().filter(|file| !is_replaced(file)).collect();
    files.extend(own.iter().map(|own| PackFile { name: &own.place, text: &own.text }));
    let loaded = pack::load(&files)?;
    let faults = read_once().map(|shipped| own::unnumbered(own, &loaded, &shipped)).unwrap_or_default();
    if faults.is_empty() { Ok(loaded) } else { Err(faults) }
}

/// Whether a file of this name ships among the packs of the catalogue.
pub fn ships(name: &str) -> bool {
    pack::belongs(name) && DATA.get_file(name).is_some()
}

/// The shipped catalogue, read once in the life of the program.
///
/// # Errors
/// An inside fault that lists every fault of the packs with file and line.
pub fn catalogue() -> Result<Arc<Catalogue>> {
    read_once().map_err(Error::Inside)
}

fn read_catalogue() -> Result<Arc<Catalogue>, String> {
    pack::load(&files(pack::belongs)).map(Arc::new).map_err(listed)
}

/// A shipped criteria set with the file that it was read from.
#[derive(Clone, Debug)]
pub struct ShippedSet {
    /// The set.
    pub set: Arc<CriteriaSet>,
    /// Its file's path inside `data/`.
    pub file: &'static str,
    /// Its text.
    pub text: &'static str,
}

/// The shipped criteria sets by code and version, read once in the life of the program.
///
/// # Errors
/// An inside fault that lists every fault of the sets with file and line.
pub fn criteria() -> Result<&'static [ShippedSet]> {
    CRITERIA.get_or_init(read_criteria).as_deref().map_err(|fault| Error::Inside(fault.clone()))
}

fn read_criteria() -> Result<Vec<ShippedSet>, String> {
    let catalogue = read_once()?;
    let files = files(criteria::belongs);
    // All together first: what is wrong between two versions shows only there.
    criteria::load(&files, &catalogue).map_err(listed)?;
    let mut sets = Vec::with_capacity(files.len());
    for file in files {
        let read = criteria::load(&[file], &catalogue).map_err(listed)?;
        sets.extend(read.into_iter().map(|set| ShippedSet { set: Arc::new(set), file: file.name, text: file.text }));
    }
    sets.sort_by(|left, right| (&left.set.code, left.set.version).cmp(&(&right.set.code, right.set.version)));
    Ok(sets)
}

/// The shipped packs of award law in the order of their days, read once in the life of the program.
///
/// # Errors
/// An inside fault that lists every fault of the packs with file and line.
pub fn award_law() -> Result<&'static [RulePack]> {
    let packs = AWARD_LAW.get_or_init(|| award_law::load(&files(award_law::belongs)).map_err(listed));
    packs.as_deref().map_err(|faults| Error::Inside(faults.clone()))
}

fn read_once() -> Result<Arc<Catalogue>, String> {
    CATALOGUE.get_or_init(read_catalogue).clone()
}

fn listed(faults: Vec<pack::PackFault>) -> String {
    faults.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n")
}

fn files(belongs: fn(&str) -> bool) -> Vec<PackFile<'static>> {
    let texts = every(&DATA).into_iter().filter(|(name, _)| belongs(name));
    texts.filter_map(|(name, bytes)| Some(PackFile { name, text: std::str::from_utf8(bytes).ok()? })).collect()
}

#[cfg(test)]
mod tests;
