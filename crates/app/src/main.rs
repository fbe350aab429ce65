//! The `tongket` binary: every command stands in `cli`.

use std::process::ExitCode;

/// Papers are laid out in millions of small pieces: see docs/decisions/0011-allocator.md.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    tongket::cli::main(std::env::args_os())
}
