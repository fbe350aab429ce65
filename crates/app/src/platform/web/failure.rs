//! From an error to what the visitor sees: every reason and the next step outside, the inside detail in the log.

use std::sync::Arc;

use axum::{
    Extension, Json,
    http::{StatusCode, header},
    response::{IntoResponse, Redirect, Response},
};
use domain::Reason;
use fluent_bundle::FluentArgs;
use serde_json::json;

use super::{DrawnBy, Page, RefusedByRoute, Serde, context, english, wording};
use crate::{
    identity::Visitor,
    platform::{Error, Language},
};

/// An error on its way from a handler to [`draw`], which knows the visitor.
#[derive(Clone, Debug)]
struct Fault(Arc<Error>);

impl IntoResponse for Error {
    fn into_response(self) -> Response {
        let status = match &self {
            Self::Refused(_) => StatusCode::UNPROCESSABLE_ENTITY,
            Self::NotFound(_) => StatusCode::NOT_FOUND,
            Self::Forbidden => StatusCode::FORBIDDEN,
            Self::SignInNeeded => StatusCode::UNAUTHORIZED,
            Self::Database(_) | Self::Io(_) | Self::Inside(_) => StatusCode::INTERNAL_SERVER_ERROR,
        };
        let mut response = status.into_response();
        response.extensions_mut().insert(Fault(Arc::new(self)));
        response
    }
}

/// Where the visitor came from and which answer suits the caller.
#[derive(Clone, Debug)]
pub(super) struct Caller {
    /// Path and query of the page to return to after signing in.
    pub back: String,
    /// A program that wants JSON.
    pub is_api: bool,
    /// A piece of a page, asked for by htmx.
    pub is_htmx: bool,
}

/// The answer as the caller should see it; answers without a fault pass unchanged.
pub(super) fn draw(response: Response, visitor: &Visitor, caller: &Caller) -> Response {
    let Some(Fault(error)) = response.extensions().get::<Fault>().cloned() else {
        return response;
    };
    let by_route = response.extensions().get::<RefusedByRoute>().copied();
    let mut drawn = drawn(&response, &error, visitor, caller);
    by_route.map(|mark| drawn.extensions_mut().insert(mark));
    drawn
}

fn drawn(response: &Response, error: &Error, visitor: &Visitor, caller: &Caller) -> Response {
    let status = response.status();
    if status.is_server_error() {
        tracing::error!(incident = visitor.request(), fault = %error, "request failed");
    }
    let reasons = reasons(error, visitor);
    if caller.is_api {
        let refused = english::told(&reasons, visitor.language());
        return (status, Json(json!({ "refused": refused }))).into_response();
    }
    if matches!(error, Error::SignInNeeded) {
        let address = sign_in_address(&caller.back);
        if caller.is_htmx {
            return (StatusCode::UNAUTHORIZED, [("hx-redirect", address)]).into_response();
        }
        return Redirect::to(&address).into_response();
    }
    let values = context! {
        status => status.as_u16(),
        reasons => Serde(&reasons),
        incident => visitor.request(),
        back => caller.back.as_str(),
    };
    let template = if caller.is_htmx { "failure_piece.html" } else { "failure.html" };
    match Page::new(template, visitor.clone(), values).status(status).render() {
        Ok(html) => {
            let by = Extension(DrawnBy(template));
            (status, [(header::CONTENT_TYPE, "text/html; charset=utf-8")], by, html).into_response()
        }
        Err(second) => {
            tracing::error!(incident = visitor.request(), fault = %second, "error page failed");
            (status, error.to_string()).into_response()
        }
    }
}

fn sign_in_address(back: &str) -> String {
    let query = serde_html_form::to_string([("next", back)]).unwrap_or_default();
    format!("/dang-nhap?{query}")
}

fn reasons(error: &Error, visitor: &Visitor) -> Vec<Reason> {
    let said = |key: &str, name: &str, value: &str| {
        let words = FluentArgs::from_iter([(name, value)]);
        wording::message(visitor.language(), key, Some(&words)).unwrap_or_else(|| error.to_string())
    };
    let short = |code: &str| {
        let vietnamese = error.to_string();
        let in_english = english::message(code, &vietnamese).filter(|_| visitor.language() == Language::English);
        Reason::new(code, in_english.unwrap_or(vietnamese))
    };
    match error {
        Error::Refused(refusal) => refusal.reasons.clone(),
        Error::NotFound(what) => vec![Reason::new("not_found", said("failure-what-not-found", "what", what))],
        Error::Forbidden => vec![short("forbidden")],
        Error::SignInNeeded => vec![short("sign_in_needed")],
        Error::Database(_) | Error::Io(_) | Error::Inside(_) => {
            vec![Reason::new("failed", said("failure-recorded", "code", visitor.request()))]
        }
    }
}
