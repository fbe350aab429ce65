//! An office's own data packs: TOML files in its folder `packs/`, laid over the shipped ones.

use std::{
    path::{Path, PathBuf},
    sync::Arc,
};

use domain::{
    Reason, Refusal,
    figures::{
        catalogue::{Catalogue, StatisticalForm},
        pack::PackFault,
    },
};

use crate::{
    platform::{Error, Language, Result},
    submissions::layouts::CELLS_ALTERED,
};

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
    if packs.is_dir() { read(&packs, FOLDER, Language::default()) } else { Ok(Vec::new()) }
}

/// Every TOML file in a folder and below it; `called` is how faults name the folder, in the language of whoever asks.
///
/// # Errors
/// Refused where the folder or a file in it cannot be read.
pub fn read(folder: &Path, called: &str, language: Language) -> Result<Vec<OwnFile>> {
    let unreadable = |path: &Path, fault: &std::io::Error| Error::not_read(path, fault, language);
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

/// The office's forms that have other cells than the shipped ones of the same version: figures sent before would be read into
/// the wrong cells.
pub(super) fn unnumbered(own: &[OwnFile], loaded: &Catalogue, shipped: &Catalogue) -> Vec<PackFault> {
    let is_unnumbered = |form: &&StatisticalForm| {
        let same = shipped.form(&form.code).filter(|known| known.version == form.version);
        same.is_some_and(|known| !known.has_the_cells_of(form))
    };
    let fault = |form: &StatisticalForm| {
        let (file, line) = place_of_version(own, &form.code);
        let message = format!(
            "biểu {} có ô khác biểu kèm theo cùng version {}; hãy tăng version để số liệu cũ không bị đọc nhầm ô",
            form.code, form.version
        );
        PackFault { file, line, code: CELLS_ALTERED, message }
    };
    loaded.forms.iter().filter(is_unnumbered).map(fault).collect()
}

/// Where a form's version stands among the files; the first of them where none is the form's own.
fn place_of_version(own: &[OwnFile], form: &str) -> (String, u32) {
    let quoted = format!("\"{form}\"");
    let is_field = |line: &str, field: &str| line.split('=').next().is_some_and(|name| name.trim() == field);
    let gives_it = |file: &&OwnFile| file.text.lines().any(|line| is_field(line, "code") && line.contains(&quoted));
    let file = own.iter().find(gives_it).or(own.first());
    let line = file.and_then(|file| (1..).zip(file.text.lines()).find(|(_, line)| is_field(line, "version")));
    (file.map(|file| file.place.clone()).unwrap_or_default(), line.map_or(1, |(number, _)| number))
}
