//! What every answer tells the browser not to do, and what machines ask.

use crate::kit::TestApp;

#[tokio::test]
async fn every_answer_forbids_foreign_code_and_frames() {
    let app = TestApp::start().await;
    let mut client = app.anonymous();
    for path in ["/dang-nhap", "/healthz", "/khong-co-trang-nay", "/api/v1/openapi.json"] {
        let answer = client.get(path).await;
        let header = |name: &str| answer.headers.get(name).map(|value| value.to_str().unwrap().to_owned());
        let policy = header("content-security-policy").unwrap_or_else(|| panic!("{path} has no policy"));
        assert!(policy.starts_with("default-src 'self'"), "{path}: {policy}");
        assert!(policy.contains("frame-ancestors 'none'") && !policy.contains("unsafe"), "{path}: {policy}");
        assert_eq!(header("x-content-type-options").as_deref(), Some("nosniff"), "{path}");
        assert_eq!(header("referrer-policy").as_deref(), Some("same-origin"), "{path}");
    }
}

#[tokio::test]
async fn assets_keep_for_a_year_under_a_name_of_their_content() {
    let app = TestApp::start().await;
    let mut client = app.anonymous();
    let url = tongket::platform::web::assets::url("css/tongket.css");
    let answer = client.get(&url).await;
    assert_eq!(answer.status, 200);
    assert_eq!(answer.headers["cache-control"], "public, max-age=31536000, immutable");
    assert_eq!(answer.headers["content-type"], "text/css; charset=utf-8");
    assert_eq!(client.get("/assets/x/css/no-such-file.css").await.status, 404);
}

#[tokio::test]
async fn machines_find_the_office_alive_ready_and_counted() {
    let app = TestApp::start().await;
    let mut client = app.anonymous();
    assert_eq!(client.get("/healthz").await.body, "ok\n");
    assert_eq!(client.get("/readyz").await.status, 200);
    let counters = client.get("/metrics").await.body;
    assert!(counters.contains("tongket_http_requests_total{status=\"2xx\"} 2"), "{counters}");
    let described = client.get("/api/v1/openapi.json").await.json();
    assert_eq!(described["openapi"], "3.1.0");
}

#[tokio::test]
async fn pages_carry_no_inline_script_or_style() {
    let app = TestApp::start().await;
    let mut client = app.sign_in("officer").await;
    for path in ["/dang-nhap", "/nam-hoc/2025-2026", "/tai-khoan"] {
        let body = client.get(path).await.body;
        assert!(!body.contains("style=\"") && !body.contains("<style") && !body.contains(" onclick"), "{path}");
        assert!(!body.contains("<script>"), "{path}");
    }
}
