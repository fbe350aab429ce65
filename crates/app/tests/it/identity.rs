//! The door, the throttle, the token, roles at a unit, and the administrator's pages.

use tongket::{
    identity::{Role, operations},
    platform::Error,
};

use crate::kit::{PASSWORD, SCHOOL, TestApp, WARD};

#[tokio::test]
async fn signing_in_leads_to_the_page_that_was_wanted() {
    let app = TestApp::start().await;
    let mut client = app.anonymous();
    let answer = client.get("/nam-hoc/2025-2026").await;
    assert_eq!((answer.status, answer.location()), (303, "/dang-nhap?next=%2Fnam-hoc%2F2025-2026"));
    client.get("/dang-nhap?next=/nam-hoc/2025-2026").await;
    let form = [("user_name", "officer"), ("password", PASSWORD), ("next", "/nam-hoc/2025-2026")];
    let answer = client.post("/dang-nhap", &form).await;
    assert_eq!((answer.status, answer.location()), (303, "/nam-hoc/2025-2026"));
    assert!(client.get("/nam-hoc/2025-2026").await.body.contains("Phường Long Biên"));
    assert_eq!(app.audit_count("identity.sign_in").await, 1);
}

#[tokio::test]
async fn the_way_back_never_leaves_the_site() {
    let app = TestApp::start().await;
    for next in ["//evil.example", "https://evil.example", "/\\evil.example", "evil"] {
        let mut client = app.anonymous();
        client.get("/dang-nhap").await;
        let form = [("user_name", "officer"), ("password", PASSWORD), ("next", next)];
        assert_eq!(client.post("/dang-nhap", &form).await.location(), "/", "{next}");
    }
}

#[tokio::test]
async fn a_wrong_password_and_an_unknown_name_are_refused_alike_and_then_throttled() {
    let app = TestApp::start().await;
    let mut client = app.anonymous();
    let unknown = client.sign_in("nobody", "x").await;
    let wrong = client.sign_in("officer", "x").await;
    assert_eq!((unknown.status, wrong.status), (422, 422));
    let text = "Tên đăng nhập hoặc mật khẩu chưa đúng.";
    assert!(unknown.body.contains(text) && wrong.body.contains(text));
    for _ in 0..4 {
        client.sign_in("officer", "x").await;
    }
    let right = client.sign_in("officer", PASSWORD).await;
    assert_eq!(right.status, 422);
    assert!(right.body.contains("Đã thử sai quá nhiều lần"), "{}", right.body);
    assert_eq!(client.sign_in("leader", PASSWORD).await.status, 303, "others are not locked out");
}

#[tokio::test]
async fn the_administrator_reads_who_did_what() {
    let app = TestApp::start().await;
    app.sign_in_as(Role::Leader).await;
    let mut client = app.sign_in_as(Role::Administrator).await;
    let page = client.get("/quan-tri/nhat-ky").await.body;
    assert!(page.contains("identity.sign_in") && page.contains("school_year.open"), "{page}");
    assert!(page.contains(">Đăng nhập</td>") && page.contains(">Mở năm học</td>"), "in people's words: {page}");
    assert!(page.len() < 30_000, "{} bytes", page.len());
    let of_leader = client.get("/quan-tri/nhat-ky?nguoi=leader").await.body;
    assert!(of_leader.contains("identity.sign_in") && !of_leader.contains("school_year.open"), "{of_leader}");
    let of_year = client.get("/quan-tri/nhat-ky?doi_tuong=2025-2026").await.body;
    assert!(of_year.contains("school_year.open") && !of_year.contains("identity.sign_in"), "{of_year}");
    assert_eq!(app.sign_in_as(Role::Officer).await.get("/quan-tri/nhat-ky").await.status, 403);
    app.add_account("school-admin", Role::Administrator, SCHOOL).await;
    let mut of_school = app.sign_in("school-admin").await;
    assert_eq!(of_school.get("/quan-tri/nhat-ky").await.status, 403);
    let shown = of_school.get("/tai-khoan").await.body;
    assert!(shown.contains("/quan-tri/tai-khoan") && !shown.contains("/quan-tri/nhat-ky"), "no way to a shut door");
}

#[tokio::test]
async fn an_administrator_reads_of_those_whose_accounts_are_within_reach() {
    let app = TestApp::start().await;
    app.add_account("province", Role::Officer, "N01").await;
    app.add_account("province-admin", Role::Administrator, "N01").await;
    for name in ["province", "principal"] {
        app.sign_in(name).await;
    }
    let of_ward = app.sign_in_as(Role::Administrator).await.get("/quan-tri/nhat-ky").await.body;
    let by = |name: &str| format!("<th scope=\"row\">{name}</th>");
    assert!(of_ward.contains(&by("principal")), "{of_ward}");
    assert!(!of_ward.contains(&by("province")) && !of_ward.contains("school_year.open"), "{of_ward}");
    let asked = app.sign_in_as(Role::Administrator).await.get("/quan-tri/nhat-ky?nguoi=province").await.body;
    assert!(asked.contains("Không có dòng nào khớp"), "{asked}");
    let of_province = app.sign_in("province-admin").await.get("/quan-tri/nhat-ky").await.body;
    assert!(of_province.contains(&by("province")) && of_province.contains("school_year.open"), "{of_province}");
}

#[tokio::test]
async fn a_long_line_is_cut_with_a_sign_and_can_be_read_to_its_end() {
    let app = TestApp::start().await;
    let mut transaction = app.office.db().begin().await.unwrap();
    let detail = format!("{}{}", "đ".repeat(160), "phần cuối");
    tongket::audit::write(&mut transaction, &app.context(), "test.long", "x", &detail).await.unwrap();
    transaction.commit().await.unwrap();
    let page = app.sign_in_as(Role::Administrator).await.get("/quan-tri/nhat-ky").await.body;
    let cut = format!("<summary>{}…</summary>phần cuối", "đ".repeat(160));
    assert!(page.contains(&cut), "{page}");
}

#[tokio::test]
async fn lines_are_found_by_any_name_and_no_page_lies_beyond_the_last() {
    let app = TestApp::start().await;
    app.add_account("an_binh", Role::Reader, SCHOOL).await;
    let mut client = app.sign_in_as(Role::Administrator).await;
    for word in ["n_b", "AN_B", "an_binh"] {
        let found = client.get(&format!("/quan-tri/nhat-ky?doi_tuong={word}")).await.body;
        assert!(found.contains("an_binh</td>"), "{word}: {found}");
    }
    for pattern in ["a%25h", "anxbinh", "!"] {
        let found = client.get(&format!("/quan-tri/nhat-ky?doi_tuong={pattern}")).await.body;
        assert!(found.contains("Không có dòng nào khớp"), "{pattern}: {found}");
    }
    for page in ["9223372036854775807", "-9223372036854775808", "0", "99", "x"] {
        let shown = client.get(&format!("/quan-tri/nhat-ky?trang={page}")).await;
        assert!(shown.status == 200 && shown.body.contains("<tbody>"), "{page}: {} {}", shown.status, shown.body);
    }
}

#[tokio::test]
async fn one_address_with_many_failures_does_not_lock_the_office_out() {
    let app = TestApp::start().await;
    let mut client = app.anonymous();
    for number in 0..60 {
        client.sign_in(&format!("ai-do-{number}"), "x").await;
    }
    assert_eq!(client.sign_in("leader", PASSWORD).await.status, 303, "another name from the same address");
}

#[tokio::test]
async fn guesses_from_elsewhere_do_not_lock_the_owner_out_and_the_proxy_is_believed() {
    let app = TestApp::start().await;
    for _ in 0..6 {
        assert_eq!(sign_in_through_proxy(&app, "officer", "x", "198.51.100.7").await.status, 422);
    }
    assert_eq!(sign_in_through_proxy(&app, "officer", PASSWORD, "198.51.100.7").await.status, 422, "throttled there");
    assert_eq!(sign_in_through_proxy(&app, "officer", PASSWORD, "1.1.1.1, 203.0.113.9").await.status, 303);
    let sql = "select detail from audit_line where verb = 'identity.sign_in' order by id desc limit 1";
    let address: String = sqlx::query_scalar(sql).fetch_one(app.office.db().pool()).await.unwrap();
    assert_eq!(address, "203.0.113.9");
}

/// Signs in as a request that the proxy on this machine passes on.
async fn sign_in_through_proxy(app: &TestApp, user_name: &str, password: &str, forwarded: &str) -> crate::kit::Answer {
    let mut client = app.anonymous();
    let page = client.get("/dang-nhap").await.body;
    let csrf = crate::kit::between(&page, "name=\"csrf\" value=\"", "\"").unwrap().to_owned();
    let fields = [("user_name", user_name), ("password", password), ("csrf", &csrf)];
    let peer = std::net::SocketAddr::from(([127, 0, 0, 1], 40_000));
    let request = axum::http::Request::post("/dang-nhap")
        .header("content-type", "application/x-www-form-urlencoded")
        .header("x-forwarded-for", forwarded)
        .extension(axum::extract::ConnectInfo(peer));
    client.send(request, serde_html_form::to_string(fields).unwrap().into()).await
}

#[tokio::test]
async fn a_form_without_its_token_or_from_elsewhere_changes_nothing() {
    let app = TestApp::start().await;
    let mut client = app.sign_in("officer").await;
    let form = [("old", PASSWORD), ("new", "mật khẩu mới hẳn")];
    assert_eq!(client.post_as_is("/tai-khoan/mat-khau", &form).await.status, 422);
    let request = axum::http::Request::post("/dang-xuat").header("sec-fetch-site", "cross-site");
    assert_eq!(client.send(request, axum::body::Body::empty()).await.status, 422);
    let request = axum::http::Request::post("/dang-xuat").header("origin", "http://evil.example").header("host", "a");
    assert_eq!(client.send(request, axum::body::Body::empty()).await.status, 422);
    assert_eq!(app.audit_count("identity.set_password").await, 0);
    assert_eq!(client.get("/tai-khoan").await.status, 200, "still signed in");
}

#[tokio::test]
async fn signing_out_ends_the_session_on_the_server() {
    let app = TestApp::start().await;
    let mut client = app.sign_in("officer").await;
    let mut stolen = client.clone();
    assert_eq!(client.post("/dang-xuat", &[]).await.status, 303);
    assert_eq!(stolen.get("/tai-khoan").await.status, 303);
    assert_eq!(app.audit_count("identity.sign_out").await, 1);
}

#[tokio::test]
async fn changing_the_password_needs_the_old_one_and_ends_every_session() {
    let app = TestApp::start().await;
    let mut client = app.sign_in("clerk").await;
    let refused = client.post("/tai-khoan/mat-khau", &[("old", "sai"), ("new", "mật khẩu mới hẳn")]).await;
    assert_eq!(refused.status, 422);
    assert!(refused.body.contains("Mật khẩu hiện nay chưa đúng."));
    let short = client.post("/tai-khoan/mat-khau", &[("old", PASSWORD), ("new", "ngắn")]).await;
    assert!(short.body.contains("ít nhất 8 ký tự"), "{}", short.body);
    let done = client.post("/tai-khoan/mat-khau", &[("old", PASSWORD), ("new", "mật khẩu mới hẳn")]).await;
    assert_eq!(done.status, 303);
    assert_eq!(client.get("/tai-khoan").await.status, 303);
    assert_eq!(client.sign_in("clerk", "mật khẩu mới hẳn").await.status, 303);
}

#[tokio::test]
async fn no_secret_is_stored_as_it_is() {
    let app = TestApp::start().await;
    app.sign_in("officer").await;
    let pool = app.office.db().pool();
    let hashes: Vec<String> = sqlx::query_scalar("select password_hash from account").fetch_all(pool).await.unwrap();
    assert!(hashes.iter().all(|hash| hash.starts_with("$argon2id$") && !hash.contains(PASSWORD)));
}

#[tokio::test]
async fn the_language_stays_with_the_account_and_with_the_browser() {
    let app = TestApp::start().await;
    let mut client = app.sign_in("officer").await;
    let answer = client.get("/ngon-ngu/en?next=/tai-khoan").await;
    assert_eq!((answer.status, answer.location()), (303, "/tai-khoan"));
    assert!(client.get("/tai-khoan").await.body.contains("Change password"));
    let mut elsewhere = app.sign_in("officer").await;
    assert!(elsewhere.get("/tai-khoan").await.body.contains("<html lang=\"en\">"));
    let mut stranger = app.anonymous();
    stranger.get("/ngon-ngu/en").await;
    assert!(stranger.get("/dang-nhap").await.body.contains("User name"));
    assert_eq!(stranger.get("/ngon-ngu/fr").await.status, 404);
}

#[tokio::test]
async fn an_account_is_made_given_roles_and_disabled() {
    let app = TestApp::start().await;
    let mut client = app.sign_in_as(Role::Administrator).await;
    let form = [("user_name", "hieu.truong"), ("name", "Trần Thị Hoa"), ("role", "principal"), ("unit_code", SCHOOL)];
    let made = client.post("/quan-tri/tai-khoan", &form).await;
    assert_eq!(made.status, 200, "{}", made.body);
    let password = made.body.split("fs-4\">").nth(1).unwrap().split('<').next().unwrap().to_owned();
    assert_eq!(app.anonymous().sign_in("hieu.truong", &password).await.status, 303);
    let page = "/quan-tri/tai-khoan/hieu.truong";
    let grant = [("verb", "grant_role"), ("role", "officer"), ("unit_code", WARD)];
    assert_eq!(client.post(page, &grant).await.status, 303);
    let end = [("verb", "end_role"), ("role", "principal"), ("unit_code", SCHOOL)];
    assert_eq!(client.post(page, &end).await.status, 303);
    let shown = client.get(page).await.body;
    assert!(shown.contains("<b>Chuyên viên</b>") && !shown.contains("<b>Hiệu trưởng</b>"), "{shown}");
    assert_eq!(client.post(page, &[("verb", "disable")]).await.status, 303);
    assert_eq!(app.anonymous().sign_in("hieu.truong", &password).await.status, 422);
    assert_eq!(client.post(page, &[("verb", "enable")]).await.status, 303);
    assert_eq!(client.post(page, &[("verb", "reset_password")]).await.status, 200);
    assert_eq!(app.anonymous().sign_in("hieu.truong", &password).await.status, 422, "the old password is gone");
    let verbs = ["grant_role", "end_role", "disable_account", "enable_account", "set_password"];
    for verb in verbs {
        assert_eq!(app.audit_count(&format!("identity.{verb}")).await, 1, "{verb}");
    }
}

#[tokio::test]
async fn an_administrator_reaches_only_units_beneath() {
    let app = TestApp::start().await;
    app.add_account("school.admin", Role::Administrator, SCHOOL).await;
    let mut client = app.sign_in("school.admin").await;
    let list = client.get("/quan-tri/tai-khoan").await.body;
    assert!(list.contains("principal") && !list.contains(">officer<"), "{list}");
    assert_eq!(client.get("/quan-tri/tai-khoan/officer").await.status, 404);
    let form = [("user_name", "x.y"), ("name", "X"), ("role", "officer"), ("unit_code", WARD)];
    assert_eq!(client.post("/quan-tri/tai-khoan", &form).await.status, 403);
    // An account whose last role has ended is no more theirs than it was before.
    let today = jiff::civil::date(2026, 6, 21);
    operations::end_role(&app.office, &app.context(), "officer", Role::Officer, WARD, today).await.unwrap();
    assert_eq!(client.get("/quan-tri/tai-khoan/officer").await.status, 404);
    let of_ward = app.sign_in_as(Role::Administrator).await.get("/quan-tri/tai-khoan/officer").await;
    assert_eq!(of_ward.status, 200, "{}", of_ward.body);
}

#[tokio::test]
async fn every_fault_of_a_new_account_is_told_at_once() {
    let app = TestApp::start().await;
    let account = operations::NewAccount {
        user_name: "Hiệu Trưởng".to_owned(),
        name: " ".to_owned(),
        email: "không có a còng".to_owned(),
        password: "ngắn".to_owned(),
        roles: vec![(Role::Clerk, "KHONG-CO".to_owned())],
    };
    let refused = operations::create_account(&app.office, &app.context(), &account).await.unwrap_err();
    let Error::Refused(refusal) = refused else { panic!("{refused}") };
    let codes: Vec<_> = refusal.reasons.iter().map(|reason| reason.code.as_str()).collect();
    assert_eq!(codes, ["user_name", "name", "email", "password_short", "unknown_unit"]);
    assert_eq!(app.audit_count("identity.create_account").await, Role::ALL.len() as i64);
}
