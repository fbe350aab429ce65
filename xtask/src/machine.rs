//! What the tests need from the machine, and how to get it with Debian's own packages.

use std::{path::Path, process::Command};

use crate::run::{Done, is_installed, run};

/// One need: how to see that it is there, and the package that brings it.
struct Need {
    present: fn() -> bool,
    package: &'static str,
}

const NEEDS: &[Need] = &[
    // The tidy test asks it which files are the project's; a copied folder comes without it.
    Need { present: || is_installed("git"), package: "git" },
    Need { present: || is_installed("chromium"), package: "chromium" },
    Need { present: || is_installed("chromedriver"), package: "chromium-driver" },
    Need { present: || crate::postgres::programs().is_some(), package: "postgresql" },
    Need { present: || is_installed("pdftotext"), package: "poppler-utils" },
    Need { present: || Path::new("/usr/share/fonts/truetype/liberation2").is_dir(), package: "fonts-liberation2" },
];

/// Installs what is missing. Without the right to do so it says which packages to ask for.
pub(crate) fn prepare() -> Done {
    let missing: Vec<&str> = NEEDS.iter().filter(|need| !(need.present)()).map(|need| need.package).collect();
    if missing.is_empty() {
        return Ok(());
    }
    if !is_installed("apt-get") {
        return Err(format!("please install: {}", missing.join(" ")));
    }
    run("package lists", apt().arg("update"))?;
    run("packages", apt().args(["install", "--yes", "--no-install-recommends"]).args(&missing))
}

fn apt() -> Command {
    let mut command = if is_root() {
        Command::new("apt-get")
    } else {
        let mut command = Command::new("sudo");
        command.args(["-n", "apt-get"]);
        command
    };
    command.args(["-o", "Acquire::Retries=5", "-o", "DPkg::Lock::Timeout=600"]);
    command.env("DEBIAN_FRONTEND", "noninteractive");
    command
}

/// Whether this process runs as root.
pub(crate) fn is_root() -> bool {
    use std::os::unix::fs::MetadataExt;
    std::fs::metadata("/proc/self").is_ok_and(|own| own.uid() == 0)
}
