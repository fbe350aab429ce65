//! What ships as data, not as code: the folder `data/` as it stood when the program was built.

use std::sync::{Arc, OnceLock};

use domain::figures::{
    catalogue::Catalogue,
    pack::{self, PackFile},
};
use include_dir::{Dir, DirEntry, include_dir};

use crate::platform::{Error, Result};

static DATA: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/../../data");
static CATALOGUE: OnceLock<Result<Arc<Catalogue>, String>> = OnceLock::new();

/// The text of a shipped file, by its path inside `data/`.
///
/// # Errors
/// `NotFound` where nothing of that name ships.
pub fn text(path: &str) -> Result<&'static str> {
    let file = DATA.get_file(path).and_then(|file| file.contents_utf8());
    file.ok_or_else(|| Error::NotFound(format!("tệp dữ liệu kèm theo {path}")))
}

/// The shipped catalogue, read once in the life of the program.
///
/// # Errors
/// An inside fault that lists every fault of the packs with file and line.
pub fn catalogue() -> Result<Arc<Catalogue>> {
    CATALOGUE.get_or_init(read_catalogue).clone().map_err(Error::Inside)
}

fn read_catalogue() -> Result<Arc<Catalogue>, String> {
    let mut files = Vec::new();
    collect(&DATA, &mut files);
    let faults = |faults: Vec<pack::PackFault>| faults.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n");
    pack::load(&files).map(Arc::new).map_err(faults)
}

fn collect(folder: &Dir<'static>, files: &mut Vec<PackFile<'static>>) {
    for entry in folder.entries() {
        match entry {
            DirEntry::Dir(inner) => collect(inner, files),
            DirEntry::File(file) => {
                let (name, text) = (file.path().to_str(), file.contents_utf8());
                files.extend(
                    name.zip(text).filter(|(name, _)| pack::belongs(name)).map(|(name, text)| PackFile { name, text }),
                );
            }
        }
    }
}

#[cfg(test)]
mod tests;
