//! Both languages say everything, and every template can be read.

use std::collections::BTreeSet;

use tongket::platform::{
    Language,
    web::{templates, wording},
};

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
