//! Which room may know what: the arrows of ARCHITECTURE.md.

use super::File;

/// The rooms in the order in which a year passes through them; a room uses rooms before it.
const ROOMS: &[&str] = &[
    "organisation",
    "school_year",
    "guidance",
    "figures",
    "submissions",
    "evaluation",
    "reports",
    "conference",
    "planning",
    "awards",
    "portal",
];

/// The breaches of one file of `crates/app/src`.
pub(super) fn breaches(file: &File) -> Vec<String> {
    let Some(place) = file.path.strip_prefix("crates/app/src/") else { return Vec::new() };
    let room = place.split('/').next().unwrap_or_default().trim_end_matches(".rs");
    let name = place.rsplit('/').next().unwrap_or_default();
    let is_test = name == "tests.rs" || place.contains("/tests/");
    let mut found = Vec::new();
    for (number, line) in file.text.lines().enumerate() {
        let mut say = |what: &str| found.push(format!("{}:{}: {what}", file.path, number + 1));
        if !is_test && names_sql(line) && !may_hold_sql(place) {
            say("SQL outside store.rs, queries.rs and platform/db");
        }
        if !is_test && line.contains("StatusCode") && !may_answer(place) {
            say("a status code outside pages.rs, api.rs and platform/web");
        }
        for other in ROOMS.iter().filter(|other| **other != room && ROOMS.contains(&room)) {
            let private = ["store", "pages"].iter().any(|part| line.contains(&format!("crate::{other}::{part}")));
            if private {
                say(&format!("{room} reaches into {other}'s own furniture"));
            }
            let rank = |wanted: &str| ROOMS.iter().position(|known| *known == wanted);
            if line.contains(&format!("crate::{other}::")) && rank(other) > rank(room) && !is_page(place) {
                say(&format!("{room} uses {other}, which stands after it in the year"));
            }
        }
    }
    found
}

fn names_sql(line: &str) -> bool {
    let line = line.trim_start();
    !line.starts_with("//") && ["sqlx::query", "QueryBuilder"].iter().any(|word| line.contains(word))
}

fn may_hold_sql(place: &str) -> bool {
    let in_room = ["store", "queries"]
        .iter()
        .any(|name| place.ends_with(&format!("/{name}.rs")) || place.contains(&format!("/{name}/")));
    in_room || place.starts_with("platform/db")
}

fn may_answer(place: &str) -> bool {
    place.starts_with("platform/web") || is_page(place) || place.ends_with("api.rs") || place == "routes.rs"
}

/// A page draws what several rooms know; it may read any of them.
fn is_page(place: &str) -> bool {
    place.ends_with("/pages.rs") || place.contains("/pages/")
}
