//! An office's own data packs: TOML files in its folder `packs/`, laid over the shipped ones.

use std::{
    path::{Path, PathBuf},
    sync::Arc,
};

use domain::{
    Reason, Refusal,
    figures::{catalogue::Catalogue, pack::PackFault},
};

use crate::platform::{Error, Language, Result};

/// The folder inside an office's folder.
const FOLDER: &str = "packs";

/// A file of an office's own packs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OwnFile {
    /// Its path inside the pack (`forms/02-th-dn.toml`): a shipped file of this name gives way to it.
    pub name: String,
    /// How faults name it: its path from where the office looks.
    pub place: String,
    /// Its text.
    pub text: String,
}

impl OwnFile {
    /// Whether it takes the place of a shipped file.
    pub fn replaces(&self) -> bool {
        super::ships(&self.name)
    }
}

/// The packs of the office in this folder, in the order of their names; none where it has none.
///
/// # Errors
/// Refused where a file cannot be read as text.
pub fn of_office(folder: &Path) -> Result<Vec<OwnFile>> {
    let packs = folder.join(FOLDER);
    if packs.is_dir() { read(&packs, FOLDER) } else { Ok(Vec::new()) }
}

/// Every TOML file in a folder and below it; `called` is how faults name the folder.
///
/// # Errors
/// Refused where the folder or a file in it cannot be read.
pub fn read(folder: &Path, called: &str) -> Result<Vec<OwnFile>> {
    let mut paths = Vec::new();
    collect(folder, &mut paths).map_err(|fault| unreadable(folder, &fault))?;
    paths.sort();
    let file = |path: &PathBuf| {
        let parts = path.strip_prefix(folder).unwrap_or(path).iter().map(|part| part.to_string_lossy());
        let name = parts.collect::<Vec<_>>().join("/");
        let text = std::fs::read_to_string(path).map_err(|fault| unreadable(path, &fault))?;
        Ok(OwnFile { place: format!("{}/{name}", called.trim_end_matches('/')), name, text })
    };
    paths.iter().map(file).collect()
}

fn collect(folder: &Path, paths: &mut Vec<PathBuf>) -> std::io::Result<()> {
    for entry in std::fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            collect(&path, paths)?;
        } else if path.extension().is_some_and(|ending| ending == "toml") {
            paths.push(path);
        }
    }
    Ok(())
}

/// The catalogue that an office with these packs works with.
///
/// # Errors
/// Refused with every fault of its packs, with file and line.
pub fn catalogue(own: &[OwnFile]) -> Result<Arc<Catalogue>> {
    if own.is_empty() {
        return super::catalogue();
    }
    super::catalogue_with(own).map(Arc::new).map_err(|faults| refusal(&faults).into())
}

/// The faults as reasons, each with its place.
pub fn refusal(faults: &[PackFault]) -> Refusal {
    let reason =
        |fault: &PackFault| Reason::new(fault.code, &fault.message).at(format!("{}:{}", fault.file, fault.line));
    Refusal { reasons: faults.iter().map(reason).collect() }
}

fn unreadable(path: &Path, fault: &std::io::Error) -> Error {
    Error::not_read(path, fault, Language::default())
}
