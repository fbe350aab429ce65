//! Running other programs, telling what runs and how long it took.

use std::{process::Command, time::Instant};

/// What a chore returns: done, or the one line that says why not.
pub(crate) type Done = Result<(), String>;

/// Runs a program to its end, showing its output.
pub(crate) fn run(title: &str, command: &mut Command) -> Done {
    println!("── {title}");
    let started = Instant::now();
    let status = command.status().map_err(|error| format!("{title}: {error}"))?;
    println!(
        "── {title}: {} ({:.0} s)",
        if status.success() { "ok" } else { "FAILED" },
        started.elapsed().as_secs_f64()
    );
    if status.success() { Ok(()) } else { Err(format!("{title} failed ({status})")) }
}

/// The cargo that runs this chore, as if it were called by hand: what the outer cargo says of this package would make
/// build scripts that ask for it run again, and all that rests on them.
pub(crate) fn cargo(arguments: &[&str]) -> Command {
    let mut command = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    command.args(arguments).current_dir(root());
    let is_of_package =
        |name: &str| name.starts_with("CARGO_PKG_") || name.starts_with("CARGO_MANIFEST_") || name == "CARGO_BIN_NAME";
    for (name, _) in std::env::vars_os().filter(|(name, _)| name.to_str().is_some_and(is_of_package)) {
        command.env_remove(name);
    }
    command
}

/// The project's folder: where cargo runs this chore now, not where it was compiled, as a shared cache may have kept it.
pub(crate) fn root() -> std::path::PathBuf {
    let here = std::env::var_os("CARGO_MANIFEST_DIR")
        .map_or_else(|| env!("CARGO_MANIFEST_DIR").into(), std::path::PathBuf::from);
    here.parent().unwrap_or(&here).to_owned()
}

/// Whether a program is on the path.
pub(crate) fn is_installed(program: &str) -> bool {
    std::env::var_os("PATH")
        .is_some_and(|path| std::env::split_paths(&path).any(|folder| folder.join(program).is_file()))
}
