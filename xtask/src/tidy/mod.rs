//! `cargo xtask tidy`: the rules of the house that no compiler knows. Also run as a test of this crate.

mod arrows;
mod claims;
mod sources;

use std::path::{Path, PathBuf};

use crate::run::{Done, root};

/// A tracked text file of the project.
struct File {
    /// Path from the project's folder, with `/`.
    path: String,
    text: String,
}

/// Prints every breach with its place; fails if there is one.
pub(crate) fn check() -> Done {
    let breaches = breaches(&root())?;
    for breach in &breaches {
        println!("tidy: {breach}");
    }
    match breaches.len() {
        0 => Ok(()),
        count => Err(format!("{count} breaches of the rules of the house (CONTRIBUTING.md)")),
    }
}

fn breaches(root: &Path) -> Result<Vec<String>, String> {
    let files = files(root)?;
    let mut breaches = Vec::new();
    for file in files.iter().filter(|file| file.path.ends_with(".rs")) {
        breaches.extend(sources::breaches(file));
        breaches.extend(arrows::breaches(file));
    }
    breaches.extend(files.iter().flat_map(sources::foreign_marks));
    breaches.extend(claims::breaches(root, &files));
    breaches.sort();
    Ok(breaches)
}

/// Every file that git tracks or would track and that is text.
fn files(root: &Path) -> Result<Vec<File>, String> {
    let listed = std::process::Command::new("git")
        .args(["ls-files", "--cached", "--others", "--exclude-standard"])
        .current_dir(root)
        .output()
        .map_err(|error| format!("git: {error}"))?;
    let names = String::from_utf8_lossy(&listed.stdout).into_owned();
    Ok(names
        .lines()
        .filter_map(|name| {
            let full: PathBuf = root.join(name);
            let text = std::fs::read_to_string(full).ok()?;
            Some(File { path: name.to_owned(), text })
        })
        .collect())
}

#[cfg(test)]
mod tests;
