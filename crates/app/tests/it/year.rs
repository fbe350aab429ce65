//! The year on one page.

use tongket::identity::Role;

use crate::kit::{SCHOOL, TestApp, YEAR};

#[tokio::test]
async fn the_first_page_leads_to_the_latest_year() {
    let app = TestApp::start().await;
    let mut client = app.sign_in_as(Role::Officer).await;
    assert_eq!(client.get("/").await.location(), format!("/nam-hoc/{YEAR}"));
    assert_eq!(client.get("/nam-hoc/1999-2000").await.status, 404);
    assert_eq!(app.anonymous().get("/").await.location(), "/dang-nhap?next=%2F");
}

#[tokio::test]
async fn the_page_says_what_comes_next_to_each_role() {
    let app = TestApp::start().await;
    let mut officer = app.sign_in_as(Role::Officer).await;
    let page = officer.get("/nam-hoc/2025-2026").await.body;
    assert!(page.contains("Còn 9 ngày đến hạn nộp") && page.contains("Xem và nhắc"), "{page}");
    assert!(page.contains("8 biểu chưa gửi"), "two schools with four forms each: {page}");
    let mut clerk = app.sign_in_as(Role::Clerk).await;
    let page = clerk.get("/nam-hoc/2025-2026").await.body;
    assert!(page.contains("4 biểu chưa gửi") && page.contains("Điền biểu"), "the clerk sees one school: {page}");
    assert!(page.len() < 30_000, "{} bytes", page.len());
}

#[tokio::test]
async fn a_period_is_closed_with_a_reason_and_opened_again() {
    let app = TestApp::start().await;
    let mut client = app.sign_in_as(Role::Officer).await;
    let page = format!("/nam-hoc/{YEAR}/ky-bao-cao");
    client.get(&page).await;
    let refused = client.post(&page, &[("verb", "close"), ("period", "2025-2026-CN")]).await;
    assert_eq!(refused.status, 422, "forms are pending and no reason was given");
    let reason = "Chốt để tổng hợp gửi Sở";
    let close = [("verb", "close"), ("period", "2025-2026-CN"), ("reason", reason)];
    assert_eq!(client.post(&page, &close).await.status, 303);
    let shown = client.get(&page).await.body;
    assert!(shown.contains("đã chốt") && shown.contains(reason), "{shown}");
    let reopen = [("verb", "reopen"), ("period", "2025-2026-CN"), ("reason", "Một trường sửa số liệu")];
    assert_eq!(client.post(&page, &reopen).await.status, 303);
    assert_eq!(app.audit_count("school_year.close").await + app.audit_count("school_year.reopen").await, 2);
    let mut clerk = app.sign_in_as(Role::Clerk).await;
    clerk.get(&page).await;
    assert_eq!(clerk.post(&page, &close).await.status, 403);
}

#[tokio::test]
async fn the_next_year_is_opened_and_a_period_added() {
    let app = TestApp::start().await;
    let mut client = app.sign_in_as(Role::Officer).await;
    client.get(&format!("/nam-hoc/{YEAR}/ky-bao-cao")).await;
    assert_eq!(client.post("/nam-hoc", &[("year", "2026-2027")]).await.status, 303);
    let page = "/nam-hoc/2026-2027/ky-bao-cao";
    let add = [
        ("verb", "add"),
        ("slug", "so-ket-hk1"),
        ("label", "Sơ kết học kỳ I"),
        ("as_of", "2027-01-15"),
        ("due_on", "2027-01-30"),
    ];
    assert_eq!(client.post(page, &add).await.status, 303);
    let shown = client.get(page).await.body;
    assert!(shown.contains("Sơ kết học kỳ I") && shown.contains("Đầu năm học 2026-2027"), "{shown}");
}

#[tokio::test]
async fn every_link_of_the_year_leads_somewhere() {
    let app = TestApp::start().await;
    let mut client = app.sign_in_as(Role::Officer).await;
    let mut dead = Vec::new();
    for page in [format!("/nam-hoc/{YEAR}"), format!("/nam-hoc/{YEAR}/ky-bao-cao"), format!("/truong/{SCHOOL}")] {
        let body = client.get(&page).await.body;
        for link in body.split("href=\"/").skip(1).filter_map(|part| part.split('"').next()) {
            let link = format!("/{}", link.replace("&amp;", "&"));
            let answer = client.get(&link).await;
            if answer.status >= 400 {
                dead.push(format!("{page} -> {link}: {}", answer.status));
            }
        }
    }
    assert!(dead.is_empty(), "{}", dead.join("\n"));
}
