//! Help speaks one language at a time.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use super::*;

/// The help of a command and of all below it.
fn helps(command: &mut clap::Command, all: &mut Vec<(String, String)>) {
    all.push((command.get_name().to_owned(), command.render_long_help().to_string()));
    for below in command.get_subcommands_mut().filter(|below| below.get_name() != "help") {
        helps(below, all);
    }
}

fn asked(arguments: &[&str]) -> Vec<(String, String)> {
    let arguments: Vec<OsString> = arguments.iter().map(OsString::from).collect();
    let (mut command, mut all) = (command(&arguments), Vec::new());
    command.build();
    helps(&mut command, &mut all);
    all
}

#[test]
fn english_help_has_no_vietnamese_in_it() {
    let is_vietnamese = |letter: char| letter.is_alphabetic() && !letter.is_ascii();
    let mixed: Vec<String> = asked(&["tongket", "--lang", "en"])
        .iter()
        .flat_map(|(name, help)| {
            help.lines().filter(|line| line.contains(is_vietnamese)).map(move |line| format!("{name}: {line}"))
        })
        .collect();
    assert!(mixed.is_empty(), "{}", mixed.join("\n"));
}

#[test]
fn vietnamese_help_has_vietnamese_heads() {
    for (name, help) in asked(&["tongket"]) {
        for english in ["Usage:", "Options:", "Arguments:", "Commands:", "Print help", "Print version"] {
            assert!(!help.contains(english), "{name}: {help}");
        }
        assert!(help.contains("Cách dùng:") && help.contains("In hướng dẫn này"), "{name}: {help}");
    }
}
