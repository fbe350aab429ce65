//! An office's own data packs, and words of the command line that name nothing.

use serde_json::Value;

use crate::kit::{OTHER_SCHOOL, SCHOOL, TestApp};

const OWN: &str = "source = \"Quy chế của phường\"\nconfidence = \"default\"\n\n[[group]]\ntitle = \"Riêng\"\n\
    measure = \"buổi\"\naggregation = \"sum\"\nmax = 400\n[group.elements]\n";

/// Runs the program itself; its status and its answer.
fn run(app: &TestApp, arguments: &[&str]) -> (Option<i32>, Value) {
    let output = app.program().args(arguments).output().unwrap();
    let text = String::from_utf8(output.stdout).unwrap();
    (output.status.code(), serde_json::from_str(&text).unwrap_or_else(|_| panic!("{arguments:?}: {text}")))
}

fn codes(answer: &Value) -> Vec<&str> {
    answer["refused"].as_array().unwrap().iter().filter_map(|reason| reason["code"].as_str()).collect()
}

#[tokio::test]
async fn a_folder_of_packs_is_checked_and_an_office_works_with_its_own() {
    let app = TestApp::start().await;
    let packs = app.office.folder().join("packs/elements");
    std::fs::create_dir_all(&packs).unwrap();
    let file = packs.join("own.toml");
    let folder = app.office.folder().join("packs").display().to_string();
    let twice =
        "pri_pupil_count = { vi = \"Trùng\", en = \"Twice\" }\nown_x = { vi = \"X\", en = \"X\", kind = \"lạ\" }\n";
    std::fs::write(&file, format!("{OWN}{twice}")).unwrap();
    std::fs::write(app.office.folder().join("packs/lac.toml"), "").unwrap();
    let (status, found) = run(&app, &["packs", "check", &folder]);
    let faults = found["faults"].as_array().unwrap();
    let is_told = |name: &str, line: u64| {
        faults.iter().any(|fault| fault["file"].as_str().unwrap().ends_with(name) && fault["line"] == line)
    };
    assert_eq!(status, Some(1), "{found}");
    assert!(is_told("elements/own.toml", 10) && is_told("elements/own.toml", 11) && is_told("lac.toml", 1), "{found}");
    let (status, refused) = run(&app, &["units", "show", SCHOOL]);
    assert!(status == Some(1) && codes(&refused).contains(&"duplicate_code"), "a fault refuses to start: {refused}");
    let (_, told) = run(&app, &["doctor"]);
    assert!(told.to_string().contains("packs/elements/own.toml:10"), "{told}");

    std::fs::remove_file(app.office.folder().join("packs/lac.toml")).unwrap();
    std::fs::write(&file, format!("{OWN}own_reading_days = {{ vi = \"Số buổi đọc sách\", en = \"Reading days\" }}\n"))
        .unwrap();
    let (status, sound) = run(&app, &["packs", "check", &folder]);
    assert!(status == Some(0) && sound["ok"] == true, "{sound}");
    let again = app.another_process().await;
    assert!(again.catalogue().element("own_reading_days").is_some());
    let (_, told) = run(&app, &["doctor"]);
    assert!(told.to_string().contains("packs/elements/own.toml (thêm)"), "{told}");
}

/// The text of the first shipped form with two neighbouring lines of its first section in each other's place.
fn with_lines_swapped(form: &str) -> String {
    let mut lines: Vec<&str> = form.lines().collect();
    let at = lines.iter().position(|line| line.contains("pri_school_standard_1_count")).unwrap();
    lines.swap(at, at + 1);
    lines.join("\n")
}

#[tokio::test]
async fn a_form_with_other_cells_under_the_same_version_is_refused() {
    let app = TestApp::start().await;
    let form = tongket::shipped::text("forms/02-th-dn.toml").unwrap();
    let packs = app.office.folder().join("packs");
    std::fs::create_dir_all(packs.join("forms")).unwrap();
    let file = packs.join("forms/02-th-dn.toml");
    let folder = packs.display().to_string();
    std::fs::write(&file, with_lines_swapped(form)).unwrap();
    let (status, found) = run(&app, &["packs", "check", &folder]);
    let fault = &found["faults"][0];
    assert!(status == Some(1) && fault["code"] == "cells_altered" && fault["line"] == 3, "{found}");
    assert!(fault["file"].as_str().unwrap().ends_with("forms/02-th-dn.toml"), "{found}");
    let (status, refused) = run(&app, &["units", "show", SCHOOL]);
    assert!(status == Some(1) && codes(&refused) == ["cells_altered"], "{refused}");

    let own_version = form.replacen("version = 1", "version = 101", 1);
    std::fs::write(&file, with_lines_swapped(&own_version)).unwrap();
    assert_eq!(run(&app, &["packs", "check", &folder]).0, Some(0));
    assert_eq!(run(&app, &["units", "show", SCHOOL]).0, Some(0));
    // What is on record now is the office's own version; no shipped form tells of its cells.
    std::fs::write(&file, own_version).unwrap();
    let (status, refused) = run(&app, &["units", "show", SCHOOL]);
    assert!(status == Some(1) && refused.to_string().contains("Hãy tăng version"), "{refused}");
    let (_, told) = run(&app, &["doctor"]);
    let checks = told["checks"].as_array().unwrap();
    let forms = checks.iter().find(|check| check["name"] == "forms").unwrap();
    assert!(forms["ok"] == false && forms["detail"].as_str().unwrap().contains("02-TH-DN"), "{told}");
}

#[tokio::test]
async fn a_file_that_is_not_there_is_told_in_the_language_asked_for() {
    let app = TestApp::empty().await;
    for command in [["units", "import", "none.csv"], ["packs", "check", "none"]] {
        let (status, refused) = run(&app, &[&["--lang", "en"][..], &command].concat());
        let is_english = refused.to_string().contains("There is no file or folder");
        assert!(status == Some(1) && codes(&refused) == ["file_not_read"] && is_english, "{refused}");
    }
}

#[tokio::test]
async fn words_that_name_nothing_are_refused_and_nothing_is_stored() {
    let app = TestApp::start().await;
    let on = ["--on", "2026-07-01"];
    let split = ["units", "split", SCHOOL, "--to", "S1", "--to", "S2", "--new", "S1=Một", "--new", "S2=Hai"];
    for (given, code) in [
        (["--share", "S9=0.6"], "not_an_heir"),
        (["--new", "K9=Lạ"], "not_an_heir"),
        (["--child", "ZZ=S1"], "not_an_heir"),
        (["--main", "S3"], "not_an_heir"),
        (["--share", "0.6"], "bad_option"),
        (["--new", "S1=Ba"], "named_twice"),
    ] {
        let (status, refused) = run(&app, &[&split[..], &given, &on].concat());
        assert!(status == Some(1) && codes(&refused) == [code], "{given:?}: {refused}");
        assert!(refused.to_string().contains(given[1]), "the word is named: {refused}");
    }
    let merge = ["units", "merge", SCHOOL, "--into", OTHER_SCHOOL, "--new", "Z9=Lạ"];
    let (status, refused) = run(&app, &[&merge[..], &on].concat());
    assert!(status == Some(1) && codes(&refused) == ["not_an_heir"], "{refused}");
    assert!(app.office.registry().await.unwrap().unit("S1").is_none());
    let (status, done) = run(&app, &[&split[..], &on].concat());
    assert!(status == Some(0) && done["done"] == true, "{done}");
}
