//! The pages of units and indicators, in both languages.

use tongket::identity::Role;

use crate::kit::{SCHOOL, TestApp, WARD, YEAR};

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
