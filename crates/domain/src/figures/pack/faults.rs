//! Collects the faults of a pack with their places.

use super::PackFault;

/// A line of a file; files are counted in the order of their names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Place {
    pub(crate) file: usize,
    pub(crate) line: u32,
}

/// The faults found so far.
pub(crate) struct Faults {
    files: Vec<String>,
    found: Vec<(usize, PackFault)>,
}

impl Faults {
    pub(crate) fn new(files: Vec<String>) -> Self {
        Self { files, found: Vec::new() }
    }

    pub(crate) fn add(&mut self, place: Place, code: &'static str, message: impl Into<String>) {
        let file = self.files.get(place.file).cloned().unwrap_or_default();
        self.found.push((place.file, PackFault { file, line: place.line, code, message: message.into() }));
    }

    /// `forms/02-th-dn.toml, dòng 7`: for messages that name a second place.
    pub(crate) fn describe(&self, place: Place) -> String {
        format!("{}, dòng {}", self.files.get(place.file).map_or("", String::as_str), place.line)
    }

    /// What was read, or every fault in the order of files and lines.
    pub(crate) fn into_result<T>(self, read: T) -> Result<T, Vec<PackFault>> {
        if self.found.is_empty() {
            return Ok(read);
        }
        let mut found = self.found;
        found.sort();
        found.dedup();
        Err(found.into_iter().map(|(_, fault)| fault).collect())
    }
}
