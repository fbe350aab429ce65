//! Collects the faults of a pack with their places.

use super::PackFault;

/// A line of a file; files are counted in the order of their names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Place {
    pub(super) file: usize,
    pub(super) line: u32,
}

/// The faults found so far.
pub(super) struct Faults {
    files: Vec<String>,
    found: Vec<(usize, PackFault)>,
}

impl Faults {
    pub(super) fn new(files: Vec<String>) -> Self {
        Self { files, found: Vec::new() }
    }

    pub(super) fn add(&mut self, place: Place, code: &'static str, message: impl Into<String>) {
        let file = self.files.get(place.file).cloned().unwrap_or_default();
        self.found.push((place.file, PackFault { file, line: place.line, code, message: message.into() }));
    }

    /// `forms/02-th-dn.toml, dòng 7`: for messages that name a second place.
    pub(super) fn describe(&self, place: Place) -> String {
        format!("{}, dòng {}", self.files.get(place.file).map_or("", String::as_str), place.line)
    }

    /// What was read, or every fault in the order of files and lines.
    pub(super) fn into_result<T>(self, read: T) -> Result<T, Vec<PackFault>> {
        if self.found.is_empty() {
            return Ok(read);
        }
        let mut found = self.found;
        found.sort();
        found.dedup();
        Err(found.into_iter().map(|(_, fault)| fault).collect())
    }
}
