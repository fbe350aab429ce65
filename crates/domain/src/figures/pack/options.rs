//! Options (phân tổ) and the heads of the columns that hold an element's own value, from `options.toml`.

use std::collections::BTreeMap;

use super::entry::Entry;
use super::faults::Faults;
use crate::Label;

/// What a column of a form may be.
#[derive(Default)]
pub(super) struct Options {
    /// Options of elements by code.
    pub(super) options: BTreeMap<String, Label>,
    /// Heads for an element's own value (`total`, `number` …).
    pub(super) own_value: BTreeMap<String, Label>,
}

pub(super) fn read<'a>(files: impl Iterator<Item = Entry<'a>>, faults: &mut Faults) -> Options {
    let mut read = Options::default();
    for file in files {
        file.allow(&[&["options", "own_value"]], faults);
        for entry in file.entries("options", faults) {
            entry.allow(&[&["vi", "en"]], faults);
            read.options.insert(entry.name.to_owned(), entry.label(faults));
        }
        for entry in file.entries("own_value", faults) {
            entry.allow(&[&["vi", "en"]], faults);
            if read.options.contains_key(entry.name) {
                let message = format!("«{}» vừa là phân tổ vừa là tên cột giá trị chính", entry.name);
                faults.add(entry.place, "duplicate_code", message);
            }
            read.own_value.insert(entry.name.to_owned(), entry.label(faults));
        }
    }
    read
}
