//! What the documents claim literally: folders that exist, the same migrations twice, the same words in both languages.

use std::{collections::BTreeSet, path::Path};

use super::File;

/// Crates that a pure crate must never depend on.
const IMPURE: &[&str] = &["tokio", "sqlx", "axum", "rand", "tower"];

/// The breaches of the whole project.
pub(super) fn breaches(root: &Path, files: &[File]) -> Vec<String> {
    let mut found = Vec::new();
    found.extend(paths_that_do_not_exist(root, files));
    found.extend(pure_crates(files));
    found.extend(pairs(files, "migrations/sqlite/", "migrations/postgres/"));
    found.extend(languages(files));
    found
}

/// `ARCHITECTURE.md` and `CONTRIBUTING.md` name files and folders in backquotes; each must be there.
fn paths_that_do_not_exist(root: &Path, files: &[File]) -> Vec<String> {
    let documents = files.iter().filter(|f| ["ARCHITECTURE.md", "CONTRIBUTING.md", "README.md"].contains(&&*f.path));
    let mut found = Vec::new();
    for document in documents {
        for (number, line) in document.text.lines().enumerate() {
            for quoted in line.split('`').skip(1).step_by(2) {
                let is_path = quoted.contains('/')
                    && !quoted.contains([' ', '<', '*', '{', '$', '…', ':'])
                    && ["crates/", "data/", "docs/", "migrations/", "benches/", "xtask/", "tests/", "fuzz/"]
                        .iter()
                        .any(|folder| quoted.starts_with(folder));
                if is_path && !root.join(quoted).exists() {
                    found.push(format!("{}:{}: there is no {quoted}", document.path, number + 1));
                }
            }
        }
    }
    found
}

fn pure_crates(files: &[File]) -> Vec<String> {
    let pure = ["crates/domain/Cargo.toml", "crates/documents/Cargo.toml"];
    let manifests = files.iter().filter(|file| pure.contains(&&*file.path));
    let mut found = Vec::new();
    for manifest in manifests {
        for (number, line) in manifest.text.lines().enumerate() {
            let name = line.split(['.', ' ', '=']).next().unwrap_or_default();
            if IMPURE.contains(&name) {
                found.push(format!("{}:{}: a pure crate depends on {name}", manifest.path, number + 1));
            }
        }
    }
    found
}

fn pairs(files: &[File], one: &str, other: &str) -> Vec<String> {
    let names = |folder: &str| -> BTreeSet<String> {
        files.iter().filter_map(|file| file.path.strip_prefix(folder)).map(str::to_owned).collect()
    };
    names(one)
        .symmetric_difference(&names(other))
        .map(|name| format!("{one}{name}: stands in only one of {one} and {other}"))
        .collect()
}

fn languages(files: &[File]) -> Vec<String> {
    let keys = |language: &str| -> BTreeSet<String> {
        files
            .iter()
            .filter(|file| file.path == format!("crates/app/locales/{language}.ftl"))
            .flat_map(|file| file.text.lines())
            .filter(|line| line.starts_with(|c: char| c.is_ascii_alphabetic()))
            .filter_map(|line| line.split_once(" =").map(|(key, _)| key.to_owned()))
            .collect()
    };
    keys("vi")
        .symmetric_difference(&keys("en"))
        .map(|key| format!("crates/app/locales: {key} stands in only one of vi.ftl and en.ftl"))
        .collect()
}
