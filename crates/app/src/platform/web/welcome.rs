//! The door: who calls, in which language, with which frame; and whether the route lets them in.

use axum::{
    extract::{Request, State},
    http::{HeaderMap, Method, header},
    middleware::Next,
    response::{IntoResponse, Response},
};

use super::{
    Permission,
    failure::{Caller, draw},
};
use crate::{
    identity::{self, Visitor},
    office::Office,
    platform::Error,
};

/// Finds the visitor, lets the handler work and draws the fault if there is one.
pub(super) async fn welcome(State(office): State<Office>, mut request: Request, next: Next) -> Response {
    let caller = caller(&request);
    let path = request.uri().path().to_owned();
    let visitor = match identity::recognise(&office, request.headers(), &path).await {
        Ok(visitor) => visitor,
        Err(error) => {
            if !matches!(error, Error::SignInNeeded) {
                tracing::error!(fault = %error, path, "visitor could not be recognised");
            }
            let stranger = Visitor::stranger(&office, &path);
            return draw(error.into_response(), &stranger, &caller);
        }
    };
    let response = if comes_from_elsewhere(request.method(), request.headers()) {
        Error::refused("cross_site", "Yêu cầu này được gửi từ một trang khác nên đã bị chặn.").into_response()
    } else {
        request.extensions_mut().insert(visitor.clone());
        next.run(request).await
    };
    draw(response, &visitor, &caller)
}

/// Goes with a refusal, not over the wire: the route itself was closed, the handler never ran.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RefusedByRoute;

/// Holds one route to its permission.
pub(super) async fn admit(State(permission): State<Permission>, request: Request, next: Next) -> Response {
    let admitted = Visitor::of(request.extensions()).and_then(|visitor| match permission {
        Permission::Public => Ok(()),
        Permission::SignedIn => visitor.signed_in().map(|_| ()),
        Permission::Holds(right) => visitor.require_somewhere(right),
    });
    match admitted {
        Ok(()) => next.run(request).await,
        Err(error) => {
            let mut response = error.into_response();
            response.extensions_mut().insert(RefusedByRoute);
            response
        }
    }
}

fn caller(request: &Request) -> Caller {
    let headers = request.headers();
    let here = request.uri().path_and_query().map_or("/", |path| path.as_str());
    let back = match *request.method() {
        Method::GET | Method::HEAD => here.to_owned(),
        _ => referer_path(headers).unwrap_or_else(|| "/".to_owned()),
    };
    let is_api = here.starts_with("/api/") || headers.contains_key(header::AUTHORIZATION);
    Caller { back, is_api, is_htmx: headers.contains_key("hx-request") }
}

fn referer_path(headers: &HeaderMap) -> Option<String> {
    let referer = headers.get(header::REFERER)?.to_str().ok()?;
    let uri: axum::http::Uri = referer.parse().ok()?;
    Some(uri.path_and_query()?.as_str().to_owned())
}

/// A browser names the page that a form was sent from; ours are sent from our own pages.
fn comes_from_elsewhere(method: &Method, headers: &HeaderMap) -> bool {
    if matches!(*method, Method::GET | Method::HEAD) {
        return false;
    }
    let text = |name| headers.get(name).and_then(|value: &header::HeaderValue| value.to_str().ok());
    let is_cross_site = text("sec-fetch-site").is_some_and(|site| !matches!(site, "same-origin" | "none"));
    let host = text("host").unwrap_or_default();
    let is_other_origin = text("origin")
        .is_some_and(|origin| origin.split_once("://").is_none_or(|(_, origin_host)| origin_host != host));
    is_cross_site || is_other_origin
}
