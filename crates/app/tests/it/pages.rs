//! Every template is drawn from a sample in Vietnamese and in English, with no word missing, and no page is heavy.

use std::collections::{BTreeMap, BTreeSet};

use tongket::{
    identity::Role,
    platform::{Language, jobs, web::templates},
    routes::routes,
    work,
};

use crate::{
    awards, conference, conference_seeds,
    kit::{Answer, Client, SCHOOL, TestApp, WARD, YEAR},
    returned, rounds,
    routes::filled,
    signing,
};

/// A page may weigh so much without its pictures (screens.md).
const BYTES_MAX: usize = 30 * 1024;

/// Templates drawn elsewhere than on the roads of this file, with the reason.
const EXCEPTIONS: &[(&str, &str)] =
    &[("conference/archive.html", "a file of the archive, in the language of the record; its own tests draw it")];

/// Whether other templates extend, include or import it, so that it is drawn with them.
fn is_piece(name: &str) -> bool {
    let uses = ["extends", "include", "from", "import"].map(|word| format!("{word} \"{name}\""));
    templates::all().iter().any(|(_, text)| uses.iter().any(|used| text.contains(used)))
}

/// What stands in a field for people to change: a template shows its own marks there.
fn without_typed_text(html: &str) -> String {
    let mut parts = html.split("<textarea");
    let first = parts.next().unwrap_or_default().to_owned();
    parts.fold(first, |text, part| text + part.split_once("</textarea>").map_or(part, |(_, after)| after))
}

/// What a page must not show: a key instead of a word, a value that was not there.
fn blemishes(answer: &Answer, keys: &BTreeSet<String>) -> Vec<String> {
    let text = without_tags(&without_typed_text(&answer.body));
    let words = text.split(|c: char| !(c.is_ascii_alphanumeric() || c == '-' || c == '_'));
    let mut found: Vec<String> =
        words.filter(|word| word.contains('-') && keys.contains(*word)).map(|key| format!("the key «{key}»")).collect();
    for stray in ["undefined", "none\"", "{{", "{%"] {
        if text.contains(stray) {
            found.push(format!("«{stray}»"));
        }
    }
    found
}

fn without_tags(html: &str) -> String {
    let mut text = String::new();
    let mut is_tag = false;
    for c in html.chars() {
        match c {
            '<' => is_tag = true,
            '>' => {
                is_tag = false;
                text.push(' ');
            }
            c if !is_tag => text.push(c),
            _ => {}
        }
    }
    text
}

fn keys() -> BTreeSet<String> {
    let source = tongket::platform::web::wording::source(Language::Vietnamese);
    let key = |line: &str| Some(line.split_once(" =")?.0.to_owned());
    source.lines().filter(|line| !line.starts_with([' ', '#'])).filter_map(key).collect()
}

/// What was drawn, and what was wrong with it.
#[derive(Default)]
struct Walk {
    drawn: BTreeMap<&'static str, BTreeSet<&'static str>>,
    faults: Vec<String>,
    keys: BTreeSet<String>,
}

impl Walk {
    fn look(&mut self, what: &str, language: Language, answer: &Answer) {
        let Some(template) = answer.drawn_by else { return };
        self.drawn.entry(template).or_default().insert(language.as_str());
        let mut found = blemishes(answer, &self.keys);
        if answer.body.len() > BYTES_MAX {
            found.push(format!("{} bytes", answer.body.len()));
        }
        let is_page = answer.body.contains("<html");
        if is_page && !answer.body.contains(&format!("<html lang=\"{}\"", language.as_str())) {
            found.push("another language".to_owned());
        }
        self.faults.extend(found.into_iter().map(|fault| format!("{what} ({}): {fault}", language.as_str())));
    }

    /// Every GET route of the table, as this caller.
    async fn routes(&mut self, client: &mut Client, language: Language) {
        // A stream of news never ends and draws nothing.
        let is_page = |path: &str| !path.contains("{language}") && !path.ends_with("/truc-tiep");
        for route in routes().iter().filter(|route| route.method == "GET" && is_page(route.path)) {
            let path = match route.path {
                "/truong/{code}" => format!("/truong/{SCHOOL}"),
                path => filled(path),
            };
            let answer = client.get(&path).await;
            if answer.status >= 500 {
                self.faults.push(format!("{path}: {}", answer.status));
            }
            self.look(&path, language, &answer);
        }
    }
}

async fn speaking(mut client: Client, language: Language) -> Client {
    client.get(&format!("/ngon-ngu/{}?next=/", language.as_str())).await;
    client
}

#[tokio::test]
async fn every_template_is_drawn_in_both_languages_without_a_missing_word() {
    let mut walk = Walk { keys: keys(), ..Walk::default() };
    for language in Language::ALL {
        let app = TestApp::start().await;
        signing::plan(&app).await;
        rounds::opened(&app, "khoi-tieu-hoc").await;
        awards::plan(&app).await;
        conference::held(&app).await;
        walk.routes(&mut speaking(app.anonymous(), language).await, language).await;
        // Each role sees its own: the same pages with other parts of them.
        for role in [Role::Administrator, Role::Officer, Role::Clerk, Role::Reader] {
            let mut client = speaking(app.sign_in_as(role).await, language).await;
            walk.routes(&mut client, language).await;
        }
        beyond_the_routes(&app, language, &mut walk).await;
        let empty = TestApp::empty().await;
        empty.add_unit_and_account(WARD, Role::Officer).await;
        let mut newcomer = speaking(empty.sign_in("officer").await, language).await;
        let first = newcomer.get("/").await;
        walk.look("/ of an empty office", language, &first);
    }
    let languages: BTreeSet<&str> = Language::ALL.iter().map(|language| language.as_str()).collect();
    for (name, _) in templates::all() {
        let is_excused = is_piece(name) || EXCEPTIONS.iter().any(|(known, _)| *known == name);
        if !is_excused && walk.drawn.get(name) != Some(&languages) {
            walk.faults.push(format!("{name} was drawn in {:?}", walk.drawn.get(name)));
        }
    }
    assert!(walk.faults.is_empty(), "{}", walk.faults.join("\n"));
}

/// What no plain GET shows: a piece for htmx, refusals, verdicts on files, a job and its result.
async fn beyond_the_routes(app: &TestApp, language: Language, walk: &mut Walk) {
    let mut clerk = speaking(app.sign_in_as(Role::Clerk).await, language).await;
    let form = format!("/bieu/2025-2026-CN/02-TH-CN/{SCHOOL}");
    clerk.get(&form).await;
    let saved = clerk.post(&format!("{form}/nhap"), &[("c0", "1")]).await;
    walk.look("autosave", language, &saved);
    let refused = clerk.post(&form, &[("verb", "submit"), ("c0", "1")]).await;
    walk.look("a refused form", language, &refused);
    clerk.get("/nop-tep").await;
    let verdicts = clerk.upload("/nop-tep", &[], &[("files", "hong.xlsx", b"PK\x03\x04")]).await;
    walk.look("verdicts", language, &verdicts);
    let many: Vec<(&str, &str, &[u8])> = (0..21).map(|_| ("files", "hong.xlsx", &b"PK\x03\x04"[..])).collect();
    let job = clerk.upload("/nop-tep", &[], &many).await.location().to_owned();
    let waiting = clerk.get(&job).await;
    walk.look("a waiting job", language, &waiting);
    assert!(jobs::run_one(&app.office, &work::kinds()).await.unwrap());
    let done = clerk.get(&job).await;
    walk.look("a job that is done", language, &done);
    let missing = clerk.get("/nam-hoc/1999-2000").await;
    walk.look("nothing here", language, &missing);
    let request = axum::http::Request::get("/nam-hoc/1999-2000").header("hx-request", "true");
    let piece = clerk.send(request, axum::body::Body::empty()).await;
    walk.look("a failure for htmx", language, &piece);
    let mut officer = speaking(app.sign_in_as(Role::Officer).await, language).await;
    let board = officer.get(&format!("/nam-hoc/{YEAR}/so-lieu?xong=duyet-1-2")).await;
    walk.look("the board after approvals", language, &board);
    let renamed = [("step", "preview"), ("on", "2026-07-01"), ("basis", "QĐ 12"), ("name", "Trường khác")];
    let change = format!("/don-vi/{SCHOOL}/thay-doi/doi-ten");
    officer.get(&change).await;
    let preview = officer.post(&change, &renamed).await;
    walk.look("a change of a unit before it is done", language, &preview);
    let edits = returned::list_of_edits(app, &mut officer).await;
    walk.look("edits made in Word", language, &edits);
    for page in returned::pages_with_a_signed_file(app, &mut officer).await {
        walk.look("a paper with its signed file", language, &page);
    }
    for (what, answer) in conference::phones_of(app, |client| speaking(client, language)).await {
        walk.look(what, language, &answer);
    }
    let told = conference_seeds::enter(app, "ngo-quyen-2017", "2016-2017").await;
    for page in ["ho-so", "du-kien", "bai-nguon"] {
        let answer = officer.get(&format!("/hoi-nghi/{told}/{page}")).await;
        walk.look("a conference written down afterwards", language, &answer);
    }
    let mut anybody = speaking(app.anonymous(), language).await;
    for path in [format!("/tin-tuc/{told}/bai-nguon"), "/tin-tuc".to_owned()] {
        let answer = anybody.get(&path).await;
        walk.look("an article that was taken over", language, &answer);
    }
    let code = signing::signed(app, signing::plan(app).await).await;
    let check = speaking(app.anonymous(), language).await.get(&format!("/kiem-tra/{code}")).await;
    walk.look("a signed paper as anyone sees it", language, &check);
}
