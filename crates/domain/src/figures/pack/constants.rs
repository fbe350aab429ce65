//! Constants `C{code}` from `constants.toml`.

use std::collections::BTreeMap;

use super::entry::{Entry, SOURCE_FIELDS};
use super::faults::Faults;
use crate::figures::catalogue::Constant;

pub(super) fn read<'a>(files: impl Iterator<Item = Entry<'a>>, faults: &mut Faults) -> BTreeMap<String, Constant> {
    let mut constants = BTreeMap::new();
    for file in files {
        file.allow(&[&["constants"], &SOURCE_FIELDS], faults);
        for entry in file.entries("constants", faults) {
            entry.allow(&[&["vi", "en", "value"], &SOURCE_FIELDS], faults);
            if !entry.has("value") {
                faults.add(entry.place, "missing_field", "thiếu trường «value»");
            }
            let value = entry.number("value", faults).unwrap_or_default();
            let constant = Constant { value, label: entry.label(faults), source: entry.source(faults) };
            constants.insert(entry.name.to_owned(), constant);
        }
    }
    constants
}
