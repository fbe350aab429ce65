//! A browser without a screen: cookies, forms with their token, answers.

use std::collections::BTreeMap;

use axum::{
    Router,
    body::{Body, to_bytes},
    http::{HeaderMap, Request, header},
};
use tongket::platform::web::{DrawnBy, RefusedByRoute};
use tower::ServiceExt;

/// Keeps cookies and the token of the page read last.
#[derive(Clone)]
pub struct Client {
    router: Router,
    cookies: BTreeMap<String, String>,
    csrf: String,
}

/// What came back.
#[derive(Debug)]
pub struct Answer {
    pub status: u16,
    pub headers: HeaderMap,
    pub body: String,
    /// The template that drew the page; nothing for files, redirects and JSON.
    pub drawn_by: Option<&'static str>,
    /// Whether the route itself was closed, before any handler looked at a row.
    pub is_refused_by_route: bool,
}

impl Answer {
    /// Where a redirect leads.
    pub fn location(&self) -> &str {
        self.headers.get(header::LOCATION).and_then(|value| value.to_str().ok()).unwrap_or_default()
    }

    /// The answer as JSON.
    pub fn json(&self) -> serde_json::Value {
        serde_json::from_str(&self.body).unwrap()
    }
}

impl Client {
    pub(super) fn new(router: Router) -> Self {
        Self { router, cookies: BTreeMap::new(), csrf: String::new() }
    }

    /// Reads a page.
    pub async fn get(&mut self, path: &str) -> Answer {
        self.send(Request::get(path), Body::empty()).await
    }

    /// Sends a form with the token of the page read last.
    pub async fn post(&mut self, path: &str, fields: &[(&str, &str)]) -> Answer {
        let csrf = self.csrf.clone();
        let mut fields = fields.to_vec();
        fields.push(("csrf", &csrf));
        self.post_as_is(path, &fields).await
    }

    /// Sends exactly these fields.
    pub async fn post_as_is(&mut self, path: &str, fields: &[(&str, &str)]) -> Answer {
        let request = Request::post(path).header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
        self.send(request, Body::from(serde_html_form::to_string(fields).unwrap())).await
    }

    /// Sends files: (field, file name, content).
    pub async fn upload(&mut self, path: &str, fields: &[(&str, &str)], files: &[(&str, &str, &[u8])]) -> Answer {
        const BOUNDARY: &str = "----tongket-kit";
        let csrf = self.csrf.clone();
        let mut body = Vec::new();
        for (name, value) in fields.iter().copied().chain([("csrf", csrf.as_str())]) {
            let part = format!("--{BOUNDARY}\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n");
            body.extend_from_slice(part.as_bytes());
        }
        for (field, name, content) in files {
            let head = format!(
                "--{BOUNDARY}\r\nContent-Disposition: form-data; name=\"{field}\"; filename=\"{name}\"\r\n\
                 Content-Type: application/octet-stream\r\n\r\n"
            );
            body.extend_from_slice(head.as_bytes());
            body.extend_from_slice(content);
            body.extend_from_slice(b"\r\n");
        }
        body.extend_from_slice(format!("--{BOUNDARY}--\r\n").as_bytes());
        let kind = format!("multipart/form-data; boundary={BOUNDARY}");
        self.send(Request::post(path).header(header::CONTENT_TYPE, kind), Body::from(body)).await
    }

    /// Signs in through the door.
    pub async fn sign_in(&mut self, user_name: &str, password: &str) -> Answer {
        self.get("/dang-nhap").await;
        let answer = self.post("/dang-nhap", &[("user_name", user_name), ("password", password)]).await;
        self.get("/tai-khoan").await;
        answer
    }

    /// Sends a request made by hand, with the cookies.
    pub async fn send(&mut self, mut request: axum::http::request::Builder, body: Body) -> Answer {
        let cookies: Vec<String> = self.cookies.iter().map(|(name, value)| format!("{name}={value}")).collect();
        if !cookies.is_empty() {
            request = request.header(header::COOKIE, cookies.join("; "));
        }
        let response = self.router.clone().oneshot(request.body(body).unwrap()).await.unwrap();
        let status = response.status().as_u16();
        let headers = response.headers().clone();
        let drawn_by = response.extensions().get::<DrawnBy>().map(|by| by.0);
        let is_refused_by_route = response.extensions().get::<RefusedByRoute>().is_some();
        let bytes = to_bytes(response.into_body(), 64 << 20).await.unwrap();
        self.keep_cookies(&headers);
        let body = String::from_utf8_lossy(&bytes).into_owned();
        if let Some(token) = between(&body, "name=\"csrf\" value=\"", "\"") {
            self.csrf = token.to_owned();
        }
        Answer { status, headers, body, drawn_by, is_refused_by_route }
    }

    /// Opens a stream of server-sent events and leaves it open: its messages, one by one.
    pub async fn stream(
        &mut self,
        path: &str,
        last_event_id: Option<u64>,
    ) -> std::pin::Pin<Box<dyn futures_util::Stream<Item = String>>> {
        use futures_util::StreamExt;
        let mut request = Request::get(path);
        if let Some(id) = last_event_id {
            request = request.header("last-event-id", id.to_string());
        }
        let cookies: Vec<String> = self.cookies.iter().map(|(name, value)| format!("{name}={value}")).collect();
        let request = request.header(header::COOKIE, cookies.join("; ")).body(Body::empty()).unwrap();
        let response = self.router.clone().oneshot(request).await.unwrap();
        assert_eq!(response.status(), 200);
        let chunks = response.into_body().into_data_stream();
        Box::pin(chunks.map(|chunk| String::from_utf8(chunk.unwrap().to_vec()).unwrap()))
    }

    fn keep_cookies(&mut self, headers: &HeaderMap) {
        for line in headers.get_all(header::SET_COOKIE) {
            let line = line.to_str().unwrap();
            let (name, value) = line.split(';').next().unwrap().split_once('=').unwrap();
            if line.contains("Max-Age=0") {
                self.cookies.remove(name);
            } else {
                self.cookies.insert(name.to_owned(), value.to_owned());
            }
        }
    }
}

/// The text between two others.
pub fn between<'a>(text: &'a str, before: &str, after: &str) -> Option<&'a str> {
    let rest = &text[text.find(before)? + before.len()..];
    rest.get(..rest.find(after)?)
}

/// A page without the Vietnamese words that follow an English sentence of a refusal.
pub fn without_originals(page: &str) -> String {
    let mut parts = page.split("<small class=\"muted\" lang=\"vi\">");
    let first = parts.next().unwrap_or_default();
    let rest = parts.map(|part| part.split_once("</small>").map_or(part, |(_, rest)| rest));
    std::iter::once(first).chain(rest).collect()
}
