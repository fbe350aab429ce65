//! What machines ask: is it alive, is it ready, how does it fare, what can it do.

use std::sync::Arc;

use axum::{
    Extension, Json,
    extract::State,
    http::{StatusCode, header},
    response::IntoResponse,
};
use serde_json::{Map, Value, json};

use super::{Permission, meter::Meter};
use crate::{office::Office, routes::routes};

/// `GET /healthz`: the process answers.
pub async fn healthz() -> &'static str {
    "ok\n"
}

/// `GET /readyz`: the database answers too.
pub async fn readyz(State(office): State<Office>) -> impl IntoResponse {
    match office.db().ping().await {
        Ok(()) => (StatusCode::OK, "ready\n"),
        Err(error) => {
            tracing::error!(fault = %error, "not ready");
            (StatusCode::SERVICE_UNAVAILABLE, "database\n")
        }
    }
}

/// `GET /metrics`: counters for Prometheus.
pub async fn metrics(State(office): State<Office>, Extension(meter): Extension<Arc<Meter>>) -> impl IntoResponse {
    let screens = office.halls().listener_count();
    let text = format!("{}# TYPE tongket_hall_screens gauge\ntongket_hall_screens {screens}\n", meter.text());
    ([(header::CONTENT_TYPE, "text/plain; version=0.0.4")], text)
}

/// `GET /api/v1/openapi.json`: the routes under `/api/v1/`, from the table itself.
pub async fn openapi() -> Json<Value> {
    let mut paths: Map<String, Value> = Map::new();
    for route in routes().iter().filter(|route| route.path.starts_with("/api/v1/")) {
        let mut operation = json!({
            "parameters": parameters(route.path),
            "security": security(route.permission),
            "responses": {
                "200": { "description": "OK" },
                "401": { "description": "Nobody is signed in, or the token is not good" },
                "403": { "description": "The account has no such right anywhere" },
                "422": { "description": "Refused; every reason in `refused`" },
            },
        });
        if let Some(describe) = route.description {
            add(&mut operation, describe());
        }
        let path = paths.entry(route.path.replace("{*", "{")).or_insert_with(|| json!({}));
        path[route.method.to_lowercase()] = operation;
    }
    Json(json!({
        "openapi": "3.1.0",
        "info": { "title": "tongket", "version": env!("CARGO_PKG_VERSION") },
        "components": {
            "securitySchemes": {
                "token": { "type": "http", "scheme": "bearer", "description": "a personal token of the account's page" },
                "session": { "type": "apiKey", "in": "cookie", "name": crate::identity::SESSION_COOKIE },
            },
        },
        "paths": paths,
    }))
}

fn security(permission: Permission) -> Value {
    if permission == Permission::Public { json!([]) } else { json!([{ "token": [] }, { "session": [] }]) }
}

/// Puts a route's own words beside those of the table: lists grow, objects are merged, the rest is replaced.
fn add(whole: &mut Value, part: Value) {
    match (whole, part) {
        (Value::Object(whole), Value::Object(part)) => {
            for (name, value) in part {
                add(whole.entry(name).or_insert(Value::Null), value);
            }
        }
        (Value::Array(whole), Value::Array(part)) => whole.extend(part),
        (whole, part) => *whole = part,
    }
}

fn parameters(path: &str) -> Vec<Value> {
    path.split('/')
        .filter_map(|part| part.strip_prefix('{')?.strip_suffix('}'))
        .map(|name| {
            let name = name.trim_start_matches('*');
            json!({ "name": name, "in": "path", "required": true, "schema": { "type": "string" } })
        })
        .collect()
}
