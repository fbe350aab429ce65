//! `cargo xtask screenshots`: every page of the demo as a picture, for people to look at.

use crate::{
    machine,
    run::{Done, cargo, root, run},
};

/// Takes the pictures with the same browser kit that the tests use.
pub(crate) fn take() -> Done {
    machine::prepare()?;
    let folder = root().join("target/screenshots");
    std::fs::create_dir_all(&folder).map_err(|error| format!("{}: {error}", folder.display()))?;
    run(
        "screenshots",
        cargo(&["test", "--workspace", "--test", "browser", "screenshots"]).env("TONGKET_SCREENSHOTS", &folder),
    )?;
    println!("pictures: {}", folder.display());
    Ok(())
}
