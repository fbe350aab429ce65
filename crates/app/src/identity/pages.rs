//! Signing in and out, language; one's own account and the list of accounts in files of their own.

pub mod administration;
pub mod my_account;

use std::net::SocketAddr;

use axum::{
    Extension,
    extract::{ConnectInfo, Path, Query, State},
    http::{HeaderMap, StatusCode, header},
    response::{AppendHeaders, IntoResponse, Redirect, Response},
};
use serde::Deserialize;

use super::{GUEST_COOKIE, LANGUAGE_COOKIE, SESSION_COOKIE, Visitor, operations};
use crate::{
    office::Office,
    platform::{
        Error, Language, Result, secrets,
        web::{Cookie, CsrfForm, Page, Serde, context, read_cookie, visitor_address},
    },
};

const YEAR_SECONDS: i64 = 365 * 24 * 3600;

/// Where to go afterwards: a path of this site only.
#[derive(Debug, Deserialize)]
pub struct Next {
    next: Option<String>,
}

impl Next {
    fn path(&self) -> &str {
        let path = self.next.as_deref().unwrap_or("/");
        let stays_here = path.starts_with('/') && !path.starts_with("//") && !path.contains(['\\', '\r', '\n']);
        if stays_here { path } else { "/" }
    }
}

/// `GET /dang-nhap`.
pub async fn sign_in_form(
    State(office): State<Office>,
    visitor: Visitor,
    headers: HeaderMap,
    Query(next): Query<Next>,
) -> Result<Response> {
    if visitor.account().is_some() {
        return Ok(Redirect::to(next.path()).into_response());
    }
    if read_cookie(&headers, GUEST_COOKIE).is_some() {
        let values = context! { next => next.path(), user_name => "", reasons => Vec::<String>::new() };
        return Ok(Page::new("identity/sign_in.html", visitor, values).into_response());
    }
    let guest = Cookie { name: GUEST_COOKIE, value: secrets::token()?, age_seconds_max: YEAR_SECONDS };
    let again = visitor.with_csrf(&guest.value);
    let values = context! { next => next.path(), user_name => "", reasons => Vec::<String>::new() };
    let cookie = [(header::SET_COOKIE, guest.header(office.settings())?)];
    Ok((AppendHeaders(cookie), Page::new("identity/sign_in.html", again, values)).into_response())
}

/// The sign-in form.
#[derive(Debug, Deserialize)]
pub struct SignIn {
    user_name: String,
    password: String,
    next: Option<String>,
}

/// `POST /dang-nhap`.
pub async fn sign_in(
    State(office): State<Office>,
    visitor: Visitor,
    address: Option<Extension<ConnectInfo<SocketAddr>>>,
    headers: HeaderMap,
    CsrfForm(form): CsrfForm<SignIn>,
) -> Result<Response> {
    let user_name = form.user_name.trim().to_lowercase();
    let peer = address.map(|Extension(ConnectInfo(address))| address);
    let address = visitor_address(peer, &headers, &office.settings().trusted_proxies);
    let next = Next { next: form.next };
    let context = visitor.context_of(&user_name);
    match operations::sign_in(&office, &context, &user_name, &form.password, &address).await {
        Ok(token) => {
            let age_seconds_max = operations::SESSION_HOURS * 3600;
            let cookie = Cookie { name: SESSION_COOKIE, value: token, age_seconds_max };
            let cookie = [(header::SET_COOKIE, cookie.header(office.settings())?)];
            Ok((AppendHeaders(cookie), Redirect::to(next.path())).into_response())
        }
        Err(Error::Refused(refusal)) => {
            let values = context! {
                next => next.path(),
                user_name => user_name,
                reasons => Serde(&refusal.reasons),
            };
            let page = Page::new("identity/sign_in.html", visitor, values);
            Ok(page.status(StatusCode::UNPROCESSABLE_ENTITY).into_response())
        }
        Err(error) => Err(error),
    }
}

/// A form without fields.
#[derive(Debug, Deserialize)]
pub struct Nothing {}

/// `POST /dang-xuat`.
pub async fn sign_out(
    State(office): State<Office>,
    visitor: Visitor,
    headers: HeaderMap,
    CsrfForm(Nothing {}): CsrfForm<Nothing>,
) -> Result<impl IntoResponse> {
    if let Some(token) = read_cookie(&headers, SESSION_COOKIE) {
        operations::sign_out(&office, &visitor.context(), token).await?;
    }
    let cookie = Cookie { name: SESSION_COOKIE, value: String::new(), age_seconds_max: 0 };
    Ok((AppendHeaders([(header::SET_COOKIE, cookie.header(office.settings())?)]), Redirect::to("/dang-nhap")))
}

/// `GET /ngon-ngu/{tag}`: a link, so that it works anywhere; it changes only how pages read.
pub async fn choose_language(
    State(office): State<Office>,
    visitor: Visitor,
    Path(tag): Path<String>,
    Query(next): Query<Next>,
) -> Result<impl IntoResponse> {
    let language = Language::parse(&tag).ok_or_else(|| Error::NotFound("ngôn ngữ này".to_owned()))?;
    if let Some(account) = visitor.account() {
        operations::choose_language(&office, &visitor.context(), &account.user_name, language).await?;
    }
    let cookie = Cookie { name: LANGUAGE_COOKIE, value: tag, age_seconds_max: YEAR_SECONDS };
    Ok((AppendHeaders([(header::SET_COOKIE, cookie.header(office.settings())?)]), Redirect::to(next.path())))
}
