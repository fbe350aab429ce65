//! Rebuilds the crate when an embedded folder gains or loses a file.
#![allow(clippy::print_stdout)]

fn main() {
    for folder in ["templates", "locales", "assets", "../../migrations", "../../data"] {
        println!("cargo:rerun-if-changed={folder}");
    }
}
