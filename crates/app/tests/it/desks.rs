//! Who reviews together and who apart: officers of one office go on from each other's words, another office does not see
//! them, and a form that was overtaken writes over nothing.

use domain::evaluation::road::{Claim, RoadState};
use tongket::{evaluation::road::queries, identity::Role};

use crate::{
    kit::{SCHOOL, TestApp, WARD, between},
    rounds::{LESSONS, SET, does, field, opened, own, reviewed, sheet},
};

/// What the page's form holds for the lessons: points and comment.
fn offered(page: &str) -> [(String, String); 2] {
    ["v", "c"].map(|mark| {
        let name = format!("{mark}_{LESSONS}");
        let value = between(page, &format!("name=\"{name}\" value=\""), "\"").unwrap().to_owned();
        (name, value)
    })
}

#[tokio::test]
async fn officers_of_one_office_go_on_from_each_others_words_and_another_office_judges_apart() {
    let app = TestApp::start().await;
    let round = opened(&app, SET).await;
    app.add_account("colleague", Role::Officer, WARD).await;
    app.add_account("city", Role::Officer, "N01").await;
    let (mut principal, mut officer) = (app.sign_in_as(Role::Principal).await, app.sign_in_as(Role::Officer).await);
    let fields = sheet(&app, 4.0).await;
    assert_eq!(does(&mut principal, &own(round), "submit", &fields).await.0, 303);
    assert_eq!(does(&mut officer, &reviewed(round), "save", &fields).await.0, 303);
    let cut = [field(&format!("v_{LESSONS}"), "2"), field(&format!("c_{LESSONS}"), "Thiếu chữ ký")];
    assert_eq!(does(&mut officer, &reviewed(round), "save", &cut).await.0, 303);
    let apart = app.sign_in("city").await.get(&reviewed(round)).await.body;
    assert!(apart.contains("Thẩm định lần 1") && !apart.contains("Thiếu chữ ký"), "{apart}");
    assert!(
        !apart.contains("mục chênh lệch") && !apart.contains("score-line differs"),
        "where others deviate: {apart}"
    );
    assert_eq!(offered(&apart)[0].1, "4", "another office sets out from the school's own points");
    let mut colleague = app.sign_in("colleague").await;
    let page = colleague.get(&reviewed(round)).await.body;
    assert!(page.contains("Thiếu chữ ký") && page.contains("1 mục chênh lệch"), "{page}");
    assert_eq!(does(&mut colleague, &reviewed(round), "finish", &offered(&page)).await.0, 303);
    let (road, standing) = queries::road(&app.office, round, SCHOOL).await.unwrap();
    assert_eq!((standing.state, road.claim(LESSONS)), (RoadState::Reviewed, Some(&Claim::Value(2.into()))));
    assert_eq!(road.counting(LESSONS).unwrap().by, Role::Officer.as_str(), "who ends the review adds nothing to it");
}

#[tokio::test]
async fn a_form_that_a_colleague_has_overtaken_writes_over_nothing_that_it_did_not_show() {
    let app = TestApp::start().await;
    let round = opened(&app, SET).await;
    app.add_account("colleague", Role::Officer, WARD).await;
    let (mut principal, mut officer) = (app.sign_in_as(Role::Principal).await, app.sign_in_as(Role::Officer).await);
    assert_eq!(does(&mut principal, &own(round), "submit", &sheet(&app, 4.0).await).await.0, 303);
    let mut colleague = app.sign_in("colleague").await;
    let page = colleague.get(&reviewed(round)).await.body;
    let seen = field("seen", between(&page, "name=\"seen\" value=\"", "\"").unwrap());
    let cut = [field(&format!("v_{LESSONS}"), "2"), field(&format!("c_{LESSONS}"), "Thiếu chữ ký")];
    assert_eq!(does(&mut officer, &reviewed(round), "save", &cut).await.0, 303);

    let [points, comment] = offered(&page);
    let others = [field("v_online_tests", "1"), field("c_online_tests", "Một đề")];
    let sent = [vec![seen.clone(), points, comment.clone()], others.to_vec()].concat();
    assert_eq!(does(&mut colleague, &reviewed(round), "save", &sent).await.0, 303);
    let (road, _) = queries::road(&app.office, round, SCHOOL).await.unwrap();
    assert_eq!(road.claim(LESSONS), Some(&Claim::Value(2.into())), "what was left as it stood says nothing");
    assert_eq!(road.counting("online_tests").unwrap().by, "colleague");

    let touched = [seen, field(&format!("v_{LESSONS}"), "3"), comment];
    let (status, body) = does(&mut colleague, &reviewed(round), "save", &touched).await;
    assert!(status == 422 && body.contains("officer đã ghi mục này sau khi trang được mở"), "{body}");
}
