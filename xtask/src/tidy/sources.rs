//! What every source file owes its reader.

use super::File;

const LINE_COUNT_MAX: usize = 500;

/// Names that say nothing about what a module is for.
const EMPTY_NAMES: &[&str] = &["util", "utils", "common", "helpers", "helper", "manager", "misc"];

/// Marks of unfinished work, put together here so that this file does not carry them.
fn unfinished() -> Vec<String> {
    let calls = ["todo", "unimplemented", "dbg"].map(|name| format!("{name}!("));
    let marks = [("#[ig", "nore"), ("FIX", "ME")].map(|(start, end)| format!("{start}{end}"));
    calls.into_iter().chain(marks).collect()
}

/// The breaches of one Rust file.
pub(super) fn breaches(file: &File) -> Vec<String> {
    let mut found = Vec::new();
    let path = &file.path;
    if !file.text.starts_with("//!") && !file.text.starts_with("#![no_main]") {
        found.push(format!("{path}:1: the file does not say in a `//!` line what it is for"));
    }
    let count = file.text.lines().count();
    if count > LINE_COUNT_MAX {
        found.push(format!("{path}:{LINE_COUNT_MAX}: {count} lines; more than {LINE_COUNT_MAX} is two ideas"));
    }
    let stem = path.rsplit('/').next().unwrap_or(path).trim_end_matches(".rs");
    if EMPTY_NAMES.contains(&stem) || path.split('/').any(|part| EMPTY_NAMES.contains(&part)) {
        found.push(format!("{path}: the name says nothing"));
    }
    for (number, line) in file.text.lines().enumerate() {
        for mark in unfinished() {
            if line.contains(&mark) {
                found.push(format!("{path}:{}: unfinished: {mark}", number + 1));
            }
        }
    }
    found
}

/// Traces of the machine on which a file was written.
pub(super) fn foreign_marks(file: &File) -> Vec<String> {
    if file.path.ends_with(".lock") {
        return Vec::new();
    }
    let homes = ["work", "farm", "root"].map(|home| format!("/{home}/"));
    let mut found = Vec::new();
    for (number, line) in file.text.lines().enumerate() {
        for home in &homes {
            let own = |at: usize| line[..at].chars().next_back().is_none_or(|c| " \"'`(=:".contains(c));
            if line.match_indices(home.as_str()).any(|(at, _)| own(at)) {
                found.push(format!("{}:{}: a path of one machine: {home}", file.path, number + 1));
            }
        }
    }
    found
}
