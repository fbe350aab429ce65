//! The rules hold for this project, and each of them can see a breach.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use super::*;

fn file(path: &str, text: &str) -> File {
    File { path: path.to_owned(), text: text.to_owned() }
}

#[test]
fn the_project_keeps_the_rules_of_the_house() {
    let breaches = breaches(&root()).unwrap();
    assert!(breaches.is_empty(), "{}", breaches.join("\n"));
}

#[test]
fn a_file_without_a_purpose_too_long_or_unfinished_is_seen() {
    let text = format!("fn x() {{}}\n{}    {}!(\"later\")\n", "\n".repeat(600), "todo");
    let found = sources::breaches(&file("crates/app/src/util.rs", &text));
    assert_eq!(found.len(), 4, "{found:?}");
}

#[test]
fn sql_in_a_page_and_a_reach_into_another_rooms_store_are_seen() {
    let sql = file("crates/app/src/submissions/pages.rs", "let x = sqlx::query(X);");
    assert_eq!(arrows::breaches(&sql).len(), 1);
    let reach = file("crates/app/src/reports/operations.rs", "use crate::figures::store::load;");
    assert_eq!(arrows::breaches(&reach).len(), 1);
    let upward = file("crates/app/src/figures/operations.rs", "use crate::reports::queries::texts;");
    assert_eq!(arrows::breaches(&upward).len(), 1);
    let fine = file("crates/app/src/reports/operations.rs", "use crate::figures::queries::year;");
    assert!(arrows::breaches(&fine).is_empty());
}

#[test]
fn a_path_of_one_machine_is_seen() {
    let path = format!("see {}main/x", "/wo".to_owned() + "rk/");
    assert_eq!(sources::foreign_marks(&file("README.md", &path)).len(), 1);
    assert!(sources::foreign_marks(&file("README.md", "crates/framework/x")).is_empty());
}

#[test]
fn an_impure_dependency_and_a_missing_translation_are_seen() {
    let files = [
        file("crates/domain/Cargo.toml", "[dependencies]\nsqlx.workspace = true\n"),
        file("crates/app/locales/vi.ftl", "a = A\nb = B\n"),
        file("crates/app/locales/en.ftl", "a = A\n"),
        file("migrations/sqlite/0001_x.sql", ""),
        file("README.md", "`crates/nowhere/at-all`"),
    ];
    assert_eq!(claims::breaches(&root(), &files).len(), 4);
}
