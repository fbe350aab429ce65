//! The pages of units and indicators, in both languages.

use domain::organisation::operations::Decision;
use jiff::civil::date;
use tongket::{identity::Role, organisation::operations::apply};

use crate::kit::{OTHER_SCHOOL, SCHOOL, TestApp, WARD, YEAR};

#[tokio::test]
async fn units_are_found_with_and_without_accents_and_show_where_they_stand() {
    let app = TestApp::start().await;
    let mut client = app.sign_in_as(Role::Officer).await;
    for path in
        ["/don-vi".to_owned(), "/don-vi?q=long+bien".to_owned(), format!("/don-vi/{WARD}"), format!("/don-vi/{SCHOOL}")]
    {
        for language in ["vi", "en"] {
            client.get(&format!("/ngon-ngu/{language}?next=%2F")).await;
            let answer = client.get(&path).await;
            assert_eq!(answer.status, 200, "{path}: {}", answer.body);
            assert!(answer.body.len() < 30_000, "{path}: {} bytes", answer.body.len());
        }
    }
    assert!(client.get("/don-vi?q=long+bien").await.body.contains(&format!("/don-vi/{WARD}")));
    assert_eq!(client.get("/don-vi/X1").await.status, 404);
}

#[tokio::test]
async fn indicators_are_listed_and_each_shows_its_working() {
    let app = TestApp::start().await;
    let mut client = app.sign_in_as(Role::Officer).await;
    for language in ["vi", "en"] {
        client.get(&format!("/ngon-ngu/{language}?next=%2F")).await;
        for path in [
            "/chi-so".to_owned(),
            format!("/chi-so?don-vi={SCHOOL}&nam={YEAR}&cap=primary"),
            "/chi-so/pri_class_size".to_owned(),
            format!("/chi-so/pri_class_size?don-vi={SCHOOL}&nam={YEAR}"),
        ] {
            let answer = client.get(&path).await;
            assert_eq!(answer.status, 200, "{path}: {}", answer.body);
        }
    }
    assert_eq!(client.get("/chi-so/none").await.status, 404);
    assert_eq!(client.get("/chi-so?nam=1999-2000").await.status, 404);
}

#[tokio::test]
async fn indicators_on_another_map_say_which_schools_it_does_not_have() {
    let app = TestApp::start().await;
    let dissolved = Decision::Dissolve { code: OTHER_SCHOOL.into(), parts: Vec::new() };
    apply(&app.office, &app.context(), &dissolved, date(2026, 6, 15), "").await.unwrap();
    let asked = |more: &[&str]| {
        let output = app.program().args(["indicators", "--year", YEAR, "--unit", WARD]).args(more).output().unwrap();
        serde_json::from_slice::<serde_json::Value>(&output.stdout).unwrap()
    };
    assert_eq!(asked(&[])["not_on_map"].as_array().unwrap().len(), 0, "the year's own map has it");
    let on_map = asked(&["--on-map", "2026-07-01"]);
    assert_eq!(on_map["not_on_map"][0]["code"], OTHER_SCHOOL, "{on_map}");
}

#[tokio::test]
async fn who_is_looked_for_by_code_is_not_said_to_be_found_by_a_name() {
    let app = TestApp::start().await;
    let renamed = Decision::Rename { code: SCHOOL.into(), name: "Trường Mai Sau".to_owned() };
    apply(&app.office, &app.context(), &renamed, date(2030, 1, 1), "").await.unwrap();
    let mut client = app.sign_in_as(Role::Officer).await;
    let found = client.get(&format!("/don-vi?q={SCHOOL}")).await.body;
    assert!(found.contains(&format!("/don-vi/{SCHOOL}\">")) && !found.contains("Mai Sau"), "{found}");
    assert!(client.get("/don-vi?q=mai+sau").await.body.contains("tìm thấy theo tên Trường Mai Sau"));
}

#[tokio::test]
async fn a_day_that_cannot_be_read_hides_no_missing_name() {
    let app = TestApp::start().await;
    let mut client = app.sign_in_as(Role::Administrator).await;
    let path = format!("/don-vi/{SCHOOL}/thay-doi/doi-ten");
    client.get(&path).await;
    let refused =
        client.post(&path, &[("on", "30/02/2027"), ("name", " "), ("how", "rename"), ("step", "preview")]).await;
    assert_eq!(refused.status, 422);
    assert!(
        refused.body.contains("Hãy ghi ngày bắt đầu") && refused.body.contains("Hãy ghi tên đơn vị"),
        "{}",
        refused.body
    );
}
