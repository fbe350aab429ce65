//! Programs: personal tokens, and values in bulk with every problem by cell.

use axum::{
    body::Body,
    http::{Request, header},
};
use serde_json::{Value, json};
use tongket::{
    identity::{Role, operations},
    submissions::api::{DOCUMENT_BYTES_MAX, LINES_BYTES_MAX},
};

use crate::{
    kit::{Answer, Client, OTHER_SCHOOL, SCHOOL, TestApp, between},
    submissions::{FORM, PERIOD, ward},
};

const PRIMARY: &str = "80000001";
const SECOND: &str = "80000002";
const VALUES: &str = "/api/v1/values";

/// Makes a token on the account's page.
async fn token(client: &mut Client) -> String {
    let made = client.post("/tai-khoan/ma-truy-cap", &[("name", "Phần mềm QLTH"), ("days", "90")]).await;
    assert_eq!(made.status, 200, "{}", made.body);
    let token = between(&made.body, "text-break\">", "<").expect("the token is shown").to_owned();
    assert!(token.starts_with("tongket_"), "{token}");
    token
}

async fn get(app: &TestApp, path: &str, token: &str) -> Answer {
    let request = Request::get(path).header(header::AUTHORIZATION, format!("Bearer {token}"));
    app.anonymous().send(request, Body::empty()).await
}

async fn send(app: &TestApp, token: &str, path: &str, kind: &str, body: impl Into<Body>) -> Answer {
    let request =
        Request::post(path).header(header::AUTHORIZATION, format!("Bearer {token}")).header(header::CONTENT_TYPE, kind);
    app.anonymous().send(request, body.into()).await
}

async fn send_lines(app: &TestApp, token: &str, records: &[Value]) -> Answer {
    let lines: Vec<String> = records.iter().map(Value::to_string).collect();
    send(app, token, VALUES, "application/x-ndjson", lines.join("\n")).await
}

/// A record that breaks no rule: every cell that is no total nought.
fn record(app: &TestApp, unit: &str) -> Value {
    let form = app.office.catalogue().form(FORM).unwrap();
    let cells = form.cells().filter(|cell| cell.total_of.is_empty());
    let values: serde_json::Map<String, Value> = cells.map(|cell| (cell.item.to_string(), json!(0))).collect();
    json!({ "unit": unit, "form": FORM, "period": PERIOD, "values": values })
}

/// The codes of the problems of the n-th report.
fn codes(answer: &Answer, report: usize) -> Vec<String> {
    let json = answer.json();
    let problems = json["reports"][report]["problems"].as_array().unwrap().clone();
    problems.iter().map(|problem| problem["code"].as_str().unwrap().to_owned()).collect()
}

#[tokio::test]
async fn a_token_signs_in_until_it_is_revoked_and_is_stored_as_a_hash() {
    let app = TestApp::start().await;
    let mut client = app.sign_in_as(Role::Officer).await;
    let token = token(&mut client).await;
    assert!(!client.get("/tai-khoan").await.body.contains(&token), "shown only once");
    assert_eq!(get(&app, "/api/v1/forms", &token).await.status, 200);
    assert_eq!(get(&app, "/nam-hoc/2025-2026", &token).await.status, 200, "pages too");
    for bad in ["tongket_nothing", "", &token[1..]] {
        let answer = get(&app, "/api/v1/forms", bad).await;
        assert_eq!((answer.status, answer.json()["refused"][0]["code"].as_str()), (401, Some("sign_in_needed")));
    }
    let stored: Vec<(String, String)> = sqlx::query_as("select token_hash, last_used_at from personal_token")
        .fetch_all(app.office.db().pool())
        .await
        .unwrap();
    assert_eq!(stored.len(), 1);
    assert!(!stored[0].0.contains(&token) && stored[0].1 == crate::kit::NOW, "{stored:?}");
    let page = client.get("/tai-khoan").await.body;
    let revoke = between(&page, "action=\"/tai-khoan/ma-truy-cap/", "\"").unwrap();
    assert_eq!(client.post(&format!("/tai-khoan/ma-truy-cap/{revoke}"), &[]).await.status, 303);
    assert_eq!(get(&app, "/api/v1/forms", &token).await.status, 401);
    assert_eq!(client.post(&format!("/tai-khoan/ma-truy-cap/{revoke}"), &[]).await.status, 404, "once is enough");
    for verb in ["identity.create_token", "identity.revoke_token"] {
        assert_eq!(app.audit_count(verb).await, 1, "{verb}");
    }
}

#[tokio::test]
async fn a_token_ends_with_its_time_and_its_account() {
    let app = TestApp::start().await;
    let context = app.context();
    let early = tongket::platform::Context { now: "2026-01-01T00:00:00Z".parse().unwrap(), ..context.clone() };
    let make =
        async |context| operations::tokens::create_token(&app.office, context, "officer", "x", 90).await.unwrap();
    let (old, fresh) = (make(&early).await, make(&context).await);
    assert_eq!(get(&app, "/api/v1/forms", &old).await.status, 401, "it ended on 1 April");
    assert_eq!(get(&app, "/api/v1/forms", &fresh).await.status, 200);
    operations::disable_account(&app.office, &context, "officer").await.unwrap();
    assert_eq!(get(&app, "/api/v1/forms", &fresh).await.status, 401);
}

#[tokio::test]
async fn a_token_makes_no_further_token_and_changes_no_password() {
    let app = TestApp::start().await;
    let mut client = app.sign_in_as(Role::Clerk).await;
    let token = token(&mut client).await;
    let form = "application/x-www-form-urlencoded";
    let answer = send(&app, &token, "/tai-khoan/ma-truy-cap", form, "name=more&days=30").await;
    assert_eq!(answer.status, 403, "{}", answer.body);
    let answer = send(&app, &token, "/tai-khoan/mat-khau", form, "old=a&new=b").await;
    assert_eq!(answer.status, 403, "{}", answer.body);
    assert_eq!(app.audit_count("identity.create_token").await, 1);
}

#[tokio::test]
async fn every_fault_of_a_new_token_is_told_at_once() {
    let app = TestApp::start().await;
    let mut client = app.sign_in_as(Role::Clerk).await;
    let refused = client.post("/tai-khoan/ma-truy-cap", &[("name", " "), ("days", "1000")]).await;
    assert_eq!(refused.status, 422);
    assert!(refused.body.contains("#token-name") && refused.body.contains("#token-days"), "{}", refused.body);
}

#[tokio::test]
async fn values_come_in_by_lines_and_again_without_a_new_revision() {
    let app = ward(2).await;
    let token = token(&mut app.sign_in("officer").await).await;
    let records = [record(&app, PRIMARY), record(&app, SECOND)];
    let first = send_lines(&app, &token, &records).await;
    assert_eq!(first.status, 200, "{}", first.body);
    let counts = |answer: &Answer| {
        let json = answer.json();
        ["records", "accepted", "unchanged", "refused"].map(|name| json[name].as_u64().unwrap())
    };
    assert_eq!(counts(&first), [2, 2, 0, 0], "{}", first.body);
    let again = send_lines(&app, &token, &records).await;
    assert_eq!(counts(&again), [2, 2, 2, 0], "{}", again.body);
    let roads: Vec<(String, i64)> = sqlx::query_as("select road, count(*) from revision group by road")
        .fetch_all(app.office.db().pool())
        .await
        .unwrap();
    assert_eq!(roads, [("api".to_owned(), 2)]);
    assert_eq!(app.audit_count("submissions.submit").await, 1);
    let only_refused =
        send(&app, &token, &format!("{VALUES}?report=refused"), "text/plain", records[0].to_string()).await;
    assert_eq!(only_refused.json()["reports"], json!([]));
}

#[tokio::test]
async fn values_come_in_as_one_document_and_a_dry_run_stores_nothing() {
    let app = ward(2).await;
    let token = token(&mut app.sign_in("officer").await).await;
    let body = json!([record(&app, PRIMARY), record(&app, SECOND)]).to_string();
    let tried = send(&app, &token, &format!("{VALUES}?dry_run=true"), "application/json", body).await;
    assert_eq!((tried.status, tried.json()["accepted"].as_u64()), (200, Some(2)), "{}", tried.body);
    assert_eq!(app.audit_count("submissions.submit").await, 0);
    let one = serde_json::to_string_pretty(&record(&app, PRIMARY)).unwrap();
    let stored = send(&app, &token, VALUES, "application/json", one).await;
    assert_eq!(stored.json()["reports"][0]["revision"].as_u64(), Some(1), "{}", stored.body);
    let broken = send(&app, &token, VALUES, "application/json", "[{\"unit\":").await;
    assert_eq!((broken.status, broken.json()["refused"][0]["code"].as_str()), (422, Some("unreadable")));
}

#[tokio::test]
async fn every_problem_of_every_record_is_told_at_its_cell_and_the_good_ones_are_taken() {
    let app = ward(2).await;
    let token = token(&mut app.sign_in("officer").await).await;
    let form = app.office.catalogue().form(FORM).unwrap();
    let cell = |total: bool| {
        form.cells().find(|cell| cell.total_of.is_empty() != total).map(|cell| cell.item.to_string()).unwrap()
    };
    let mut wrong = record(&app, PRIMARY);
    wrong["values"][cell(false)] = json!("4");
    wrong["values"][cell(true)] = json!(99);
    wrong["values"]["no_such_cell"] = json!(1);
    let twice =
        record(&app, PRIMARY).to_string().replace("\"values\":{", &format!("\"values\":{{\"{}\":1,", cell(false)));
    let mut elsewhere = record(&app, "KHONG-CO");
    elsewhere["period"] = json!("1999-2000-CN");
    let mut unknown_form = record(&app, PRIMARY);
    unknown_form["form"] = json!("99-XX");
    let lines = [
        record(&app, SECOND).to_string(),
        wrong.to_string(),
        twice,
        elsewhere.to_string(),
        unknown_form.to_string(),
        "not json".to_owned(),
        json!({ "unit": PRIMARY }).to_string(),
    ];
    let answer = send(&app, &token, VALUES, "application/x-ndjson", lines.join("\n")).await;
    let json = answer.json();
    assert_eq!([&json["records"], &json["accepted"], &json["refused"]], [&json!(7), &json!(1), &json!(6)], "{json:#}");
    assert!(json["reports"][0]["accepted"].as_bool().unwrap());
    let found = codes(&answer, 1);
    for code in ["not_a_number", "sum_mismatch", "unknown_cell"] {
        assert!(found.iter().any(|known| known == code), "{code} is not among {found:?}");
    }
    assert!(json["reports"][1]["problems"].as_array().unwrap().iter().any(|problem| problem["cell"] == cell(false)));
    assert!(codes(&answer, 2).contains(&"duplicate_cell".to_owned()), "{json:#}");
    assert_eq!(codes(&answer, 3), ["wrong_period", "wrong_unit"]);
    assert_eq!(codes(&answer, 4), ["unknown_form"]);
    assert_eq!((codes(&answer, 5), codes(&answer, 6)), (vec!["unreadable".to_owned()], vec!["unreadable".to_owned()]));
    let stored: i64 =
        sqlx::query_scalar("select count(*) from revision").fetch_one(app.office.db().pool()).await.unwrap();
    assert_eq!(stored, 1, "nothing in part");
}

#[tokio::test]
async fn nobody_sends_for_a_unit_that_is_not_his() {
    let app = ward(2).await;
    let token = token(&mut app.sign_in("principal").await).await;
    let answer = send_lines(&app, &token, &[record(&app, SECOND), record(&app, PRIMARY)]).await;
    let json = answer.json();
    assert_eq!(
        (codes(&answer, 0), json["reports"][1]["accepted"].as_bool()),
        (vec!["no_right".to_owned()], Some(true))
    );
    let app = TestApp::start().await;
    let readers = self::token(&mut app.sign_in_as(Role::Reader).await).await;
    assert_eq!(send_lines(&app, &readers, &[record(&app, SCHOOL)]).await.status, 403);
    assert_eq!(send_lines(&app, "", &[record(&app, OTHER_SCHOOL)]).await.status, 401);
}

#[tokio::test]
async fn a_body_that_is_too_large_is_refused_before_it_is_read() {
    let app = ward(1).await;
    let token = token(&mut app.sign_in("officer").await).await;
    let document = vec![b' '; DOCUMENT_BYTES_MAX + 1];
    let answer = send(&app, &token, VALUES, "application/json", document).await;
    assert_eq!((answer.status, answer.json()["cut_off"]["code"].as_str()), (413, Some("too_large")), "{}", answer.body);
    let request = Request::post(VALUES)
        .header(header::AUTHORIZATION, format!("Bearer {token}"))
        .header(header::CONTENT_LENGTH, LINES_BYTES_MAX + 1);
    let answer = app.anonymous().send(request, Body::empty()).await;
    assert_eq!(answer.status, 413, "{}", answer.body);
    let long = format!("{}\n{}", "x".repeat(300 << 10), record(&app, PRIMARY));
    let answer = send(&app, &token, VALUES, "application/x-ndjson", long).await;
    assert_eq!((answer.status, codes(&answer, 0)), (200, vec!["too_large".to_owned()]), "{}", answer.body);
    assert_eq!(answer.json()["accepted"].as_u64(), Some(1));
}

#[tokio::test]
async fn a_session_needs_its_form_token_where_a_program_does_not() {
    let app = ward(1).await;
    let mut client = app.sign_in("officer").await;
    let request = Request::post(VALUES).header(header::CONTENT_TYPE, "application/x-ndjson");
    let answer = client.send(request, Body::from(record(&app, PRIMARY).to_string())).await;
    assert_eq!((answer.status, answer.json()["refused"][0]["code"].as_str()), (422, Some("csrf")), "{}", answer.body);
}

#[tokio::test]
async fn the_forms_and_the_bulk_interface_are_described() {
    let app = ward(1).await;
    let token = token(&mut app.sign_in("officer").await).await;
    let form = get(&app, &format!("/api/v1/forms/{FORM}"), &token).await.json();
    let cells = form["cells"].as_array().unwrap();
    assert_eq!(cells.len(), app.office.catalogue().form(FORM).unwrap().cell_count());
    assert!(cells.iter().any(|cell| !cell["total_of"].as_array().unwrap().is_empty() && cell["line"] != ""));
    assert_eq!(get(&app, "/api/v1/forms/99-XX", &token).await.status, 404);
    let described = app.anonymous().get("/api/v1/openapi.json").await.json();
    let post = &described["paths"][VALUES]["post"];
    assert!(post["requestBody"]["content"]["application/x-ndjson"]["schema"]["properties"]["values"].is_object());
    assert!(post["responses"]["413"].is_object() && post["responses"]["422"].is_object());
    assert_eq!(post["security"], json!([{ "token": [] }, { "session": [] }]));
}
