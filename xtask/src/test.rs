//! `cargo xtask test`: everything that must hold before a change is welcome.

use crate::{
    machine,
    postgres::Cluster,
    run::{Done, cargo, run},
    tidy,
};

/// Formatting, lints, tidy, every test on SQLite, the integration suite again on PostgreSQL, the browser's journeys.
pub(crate) fn run_all() -> Done {
    machine::prepare()?;
    run("format", &mut cargo(&["fmt", "--all", "--check"]))?;
    tidy::check()?;
    run("lints", &mut cargo(&["clippy", "--workspace", "--all-targets", "--", "-D", "warnings"]))?;
    run("tests", &mut cargo(&["test", "--workspace"]))?;
    let cluster = Cluster::start()?;
    run(
        "tests on PostgreSQL",
        cargo(&["test", "--workspace", "--test", "it"]).env("TONGKET_TEST_POSTGRES", cluster.url()),
    )
}
