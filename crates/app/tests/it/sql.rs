//! Every SQL text of the rooms is understood by the engine at hand: SQLite, or PostgreSQL where the kit uses it.

use std::path::{Path, PathBuf};

use crate::kit::TestApp;

#[tokio::test]
async fn every_sql_text_is_understood_by_the_engine() {
    let app = TestApp::empty().await;
    let mut faults = Vec::new();
    let mut count = 0;
    for (place, sql) in sql_texts() {
        count += 1;
        if let Err(error) = app.office.db().prepare(sql.leak()).await {
            faults.push(format!("{place}: {error}"));
        }
    }
    assert!(count >= 20, "only {count} texts were found");
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

/// `const NAME: &str = "…"` in every file that may hold SQL, with its place.
fn sql_texts() -> Vec<(String, String)> {
    let mut files = Vec::new();
    collect(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src"), &mut files);
    files.sort();
    let mut texts = Vec::new();
    for file in files {
        let text = std::fs::read_to_string(&file).unwrap();
        for part in text.split("const ").skip(1) {
            let Some((head, rest)) = part.split_once('=') else { continue };
            let Some((name, "&str")) = head.trim().split_once(": ") else { continue };
            let Some(mut sql) = literal(rest.trim_start()) else { continue };
            if sql.ends_with(" in") {
                // The head of a question about many keys, which `select_in` completes.
                sql.push_str(" ('')");
            }
            if is_statement(&sql) {
                texts.push((format!("{} {name}", file.display()), sql));
            }
        }
    }
    texts
}

fn is_statement(sql: &str) -> bool {
    let first = sql.split_whitespace().next().unwrap_or_default();
    let is_head_of_many = first == "insert" && !sql.contains("values") && !sql.contains("select");
    let is_head_of_in = sql.trim_end().ends_with("in (") || sql.trim_end().ends_with("in");
    ["select", "insert", "update", "delete", "with"].contains(&first) && !is_head_of_many && !is_head_of_in
}

/// The text of a string literal at the start of this source: escapes and line continuations undone.
fn literal(source: &str) -> Option<String> {
    if let Some(raw) = source.strip_prefix("r#\"") {
        return Some(raw[..raw.find("\"#")?].to_owned());
    }
    if let Some(raw) = source.strip_prefix("r\"") {
        return Some(raw[..raw.find('"')?].to_owned());
    }
    let mut text = String::new();
    let mut letters = source.strip_prefix('"')?.chars().peekable();
    loop {
        match letters.next()? {
            '"' => return Some(text),
            '\\' => match letters.next()? {
                '\n' => while letters.next_if(|letter| letter.is_whitespace()).is_some() {},
                'n' => text.push('\n'),
                other => text.push(other),
            },
            letter => text.push(letter),
        }
    }
}

fn collect(folder: &Path, files: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            collect(&path, files);
        } else if is_sql_place(&path) {
            files.push(path);
        }
    }
}

fn is_sql_place(path: &Path) -> bool {
    let text = path.to_string_lossy();
    let is_source = text.ends_with(".rs") && !text.ends_with("tests.rs");
    is_source && ["/store", "/queries", "/platform/db"].iter().any(|part| text.contains(part))
}
