//! The `tongket` binary: every command stands in `cli`.

use std::process::ExitCode;

fn main() -> ExitCode {
    tongket::cli::main(std::env::args_os())
}
