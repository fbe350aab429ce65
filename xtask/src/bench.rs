//! `cargo xtask bench`: what must be fast, beside its peers, in one run on the same data.

use std::process::Command;

use crate::run::{Done, cargo, is_installed, root, run};

/// The peers that Python brings; they live in a folder of their own under `target/`.
const PEERS: &[&str] = &["duckdb", "numpy", "openpyxl", "pandas", "python-calamine"];

/// Builds the product, makes the peers' environment and runs every script of `benches/`.
pub(crate) fn measure() -> Done {
    if !is_installed("python3") {
        return Err("please install python3 with its venv module: the peers are Python packages".to_owned());
    }
    run("build", &mut cargo(&["build", "--release"]))?;
    let environment = root().join("target/bench-peers");
    let python = environment.join("bin/python");
    if !python.is_file() {
        run("peers: environment", Command::new("python3").args(["-m", "venv"]).arg(&environment))?;
        run("peers: packages", Command::new(&python).args(["-m", "pip", "install", "--quiet"]).args(PEERS))?;
    }
    let mut scripts: Vec<_> = std::fs::read_dir(root().join("benches"))
        .map_err(|error| format!("benches: {error}"))?
        .flatten()
        .map(|entry| entry.path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "py"))
        .collect();
    scripts.sort();
    for script in scripts {
        run(&script.display().to_string(), Command::new(&python).arg(&script).current_dir(root()))?;
    }
    Ok(())
}
