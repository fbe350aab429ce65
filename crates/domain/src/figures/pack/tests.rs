//! The shipped packs, and packs with faults.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::path::Path;

use super::*;

/// The files of the packs that ship with the product.
fn shipped() -> Vec<(String, String)> {
    fn collect(folder: &Path, root: &Path, into: &mut Vec<(String, String)>) {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            let name = path.strip_prefix(root).unwrap().to_string_lossy().replace('\\', "/");
            if path.is_dir() {
                collect(&path, root, into);
            } else if belongs(&name) {
                into.push((name, std::fs::read_to_string(&path).unwrap()));
            }
        }
    }
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../data");
    let mut files = Vec::new();
    collect(&root, &root, &mut files);
    files
}

fn load_owned(files: &[(String, String)]) -> Result<Catalogue, Vec<PackFault>> {
    let files: Vec<PackFile<'_>> = files.iter().map(|(name, text)| PackFile { name, text }).collect();
    load(&files)
}

fn listed(faults: &[PackFault]) -> String {
    faults.iter().map(|fault| format!("{fault}\n")).collect()
}

#[test]
fn the_shipped_packs_load_without_a_fault() {
    let catalogue = load_owned(&shipped()).unwrap_or_else(|faults| panic!("{}", listed(&faults)));
    for form in &catalogue.forms {
        assert!((20..=120).contains(&form.cell_count()), "{} has {} cells", form.code, form.cell_count());
    }
}
