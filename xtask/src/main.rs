//! The project's own chores: `cargo xtask test | tidy | screenshots | bench`.
//!
//! Standard library only, so that the first `cargo xtask` on a fresh machine starts in seconds.
#![allow(clippy::print_stdout, reason = "a chore speaks to the person who runs it")]

mod bench;
mod machine;
mod postgres;
mod run;
mod screenshots;
mod test;
mod tidy;

use std::process::ExitCode;

const USAGE: &str = "usage: cargo xtask COMMAND

  test          install what is missing, then run every check and test on both databases and in a browser
  tidy          hold the rules of the house that no compiler knows
  screenshots   take pictures of every page at 1280 and 360 px into target/screenshots
  bench         measure what must be fast beside its peers; prints ratios";

fn main() -> ExitCode {
    let command = std::env::args().nth(1).unwrap_or_default();
    let done = match command.as_str() {
        "test" => test::run_all(),
        "tidy" => tidy::check(),
        "screenshots" => screenshots::take(),
        "bench" => bench::measure(),
        _ => {
            println!("{USAGE}");
            return ExitCode::from(2);
        }
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(fault) => {
            println!("xtask {command}: {fault}");
            ExitCode::FAILURE
        }
    }
}
