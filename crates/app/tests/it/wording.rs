//! Both languages say everything, and every template can be read.

use std::{
    collections::{BTreeMap, BTreeSet},
    path::{Path, PathBuf},
};

use tongket::platform::{
    Language,
    web::{english, templates, wording},
};

use crate::kit::TestApp;

/// Codes that several rooms use, and whose English sentence is true in each of them.
const SHARED_CODES: [&str; 11] = [
    "blank",
    "changed_meanwhile",
    "content_changed",
    "damaged",
    "encrypted",
    "has_macros",
    "no_day",
    "not_a_date",
    "not_a_number",
    "reason_needed",
    "wrong_state",
];

fn keys(language: Language) -> BTreeSet<String> {
    wording::source(language)
        .lines()
        .filter(|line| line.starts_with(|letter: char| letter.is_ascii_lowercase()))
        .filter_map(|line| line.split_once(" ="))
        .map(|(key, _)| key.to_owned())
        .collect()
}

#[test]
fn both_languages_have_the_same_keys_and_no_fault() {
    for language in Language::ALL {
        assert_eq!(wording::faults(language), Vec::<String>::new());
        let text = wording::source(language);
        let count = text.lines().filter(|line| line.starts_with(|letter: char| letter.is_ascii_lowercase())).count();
        assert_eq!(count, keys(language).len(), "a key stands twice in {}", language.as_str());
    }
    let (vietnamese, english) = (keys(Language::Vietnamese), keys(Language::English));
    let only_one: Vec<_> = vietnamese.symmetric_difference(&english).collect();
    assert!(only_one.is_empty(), "in one language only: {only_one:?}");
}

#[test]
fn every_key_that_a_template_asks_for_exists() {
    let keys = keys(Language::Vietnamese);
    let mut missing = Vec::new();
    for (name, text) in templates::all() {
        for quote in ['"', '\''] {
            for part in text.split(&format!("t({quote}")).skip(1) {
                let Some((key, rest)) = part.split_once(quote) else { continue };
                if before_is_name(text, part) {
                    continue;
                }
                let is_whole = !rest.trim_start().starts_with('~');
                let is_known =
                    if is_whole { keys.contains(key) } else { keys.iter().any(|known| known.starts_with(key)) };
                if !is_known {
                    missing.push(format!("{name}: {key}"));
                }
            }
        }
    }
    assert!(missing.is_empty(), "{}", missing.join("\n"));
}

/// Whether the `t(` before this part of the text is the end of a longer name, such as `asset(`.
fn before_is_name(text: &str, part: &str) -> bool {
    let start = part.as_ptr() as usize - text.as_ptr() as usize - "t('".len();
    text[..start].ends_with(|letter: char| letter.is_alphanumeric() || letter == '_')
}

#[test]
fn every_template_can_be_read() {
    let mut environment = minijinja::Environment::new();
    for (name, text) in templates::all() {
        environment.add_template(name, text).unwrap_or_else(|error| panic!("{error:#}"));
    }
}

#[test]
fn an_english_sentence_of_a_code_is_true_in_every_room_that_uses_it() {
    let mut rooms: BTreeMap<&str, BTreeSet<String>> = BTreeMap::new();
    for (room, text) in refusing_sources() {
        for code in english::codes().filter(|code| is_given(&text, code)) {
            rooms.entry(code).or_default().insert(room.clone());
        }
    }
    assert!(rooms.len() > 40, "the sources were read: {}", rooms.len());
    let shared: Vec<&str> = rooms.iter().filter(|(_, rooms)| rooms.len() > 1).map(|(code, _)| *code).collect();
    assert_eq!(shared, SHARED_CODES, "tell the rooms' refusals apart, or find a sentence that is true of all");
}

/// Every file of the rooms that refuses something, with the name of its room.
fn refusing_sources() -> Vec<(String, String)> {
    let crates = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let mut found = Vec::new();
    for root in ["app", "domain", "documents"].map(|name| crates.join(name).join("src")) {
        let mut waiting = vec![root.clone()];
        while let Some(path) = waiting.pop() {
            if path.is_dir() {
                waiting.extend(std::fs::read_dir(&path).unwrap().map(|entry| entry.unwrap().path()));
                continue;
            }
            let inside = path.strip_prefix(&root).unwrap();
            let Some(room) = room(inside) else { continue };
            let text = std::fs::read_to_string(&path).unwrap();
            if ["Reason::", "Refusal", "Error::refused", "problem_codes!"].iter().any(|word| text.contains(word)) {
                found.push((room, text));
            }
        }
    }
    found
}

/// The room of a file; none for tests, and for what refuses nobody who reads pages.
fn room(inside: &Path) -> Option<String> {
    let is_test = inside.components().any(|part| part.as_os_str().to_string_lossy().starts_with("tests"));
    let room = inside.components().next()?.as_os_str().to_string_lossy().trim_end_matches(".rs").to_owned();
    let is_source = inside.extension().is_some_and(|ending| ending == "rs");
    let is_apart = ["cli", "demo"].contains(&room.as_str()) || inside == "platform/web/english.rs";
    (is_source && !is_test && !is_apart).then_some(room)
}

/// Whether a code is given to something: `("code", …` or, in the list of a workbook's problems, `"code" "…"`.
fn is_given(text: &str, code: &str) -> bool {
    let quoted = format!("\"{code}\"");
    text.match_indices(&quoted).any(|(at, _)| {
        let rest = &text[at + quoted.len()..];
        rest.starts_with(',') || rest.starts_with(" \"")
    })
}

#[tokio::test]
async fn who_reads_in_english_is_told_in_english_what_is_missing() {
    let app = TestApp::start().await;
    let mut officer = app.sign_in("officer").await;
    assert!(officer.get("/don-vi/khong-co").await.body.contains("Không tìm thấy"));
    officer.get("/ngon-ngu/en?next=/").await;
    let missing = officer.get("/don-vi/khong-co").await;
    assert!(missing.status == 404 && missing.body.contains("There is no such thing here"), "{}", missing.body);
    assert!(!missing.body.contains("Không tìm thấy"), "{}", missing.body);
}
