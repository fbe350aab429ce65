//! The year on one page.

use tongket::identity::Role;

use crate::kit::{TestApp, YEAR};

#[tokio::test]
async fn the_first_page_leads_to_the_latest_year() {
    let app = TestApp::start().await;
    let mut client = app.sign_in_as(Role::Officer).await;
    assert_eq!(client.get("/").await.location(), format!("/nam-hoc/{YEAR}"));
    assert_eq!(client.get("/nam-hoc/1999-2000").await.status, 404);
    assert_eq!(app.anonymous().get("/").await.location(), "/dang-nhap?next=%2F");
}
