//! Cookies: read from a request, written with the attributes that every cookie of ours carries.

use axum::http::{HeaderMap, HeaderValue, header};

use crate::platform::{Error, Result, Settings};

/// A cookie to be set: `HttpOnly`, `SameSite=Lax`, for the whole site, `Secure` where the office has HTTPS.
#[derive(Clone, Debug)]
pub struct Cookie {
    /// Its name.
    pub name: &'static str,
    /// Its value: a token, a tag; nothing that needs quoting.
    pub value: String,
    /// How long it lives; 0 removes it.
    pub age_seconds_max: i64,
}

impl Cookie {
    /// As a `Set-Cookie` header.
    pub fn header(&self, settings: &Settings) -> Result<HeaderValue> {
        let Self { name, value, age_seconds_max } = self;
        let secure = if settings.is_https { "; Secure" } else { "" };
        let text = format!("{name}={value}; Path=/; HttpOnly; SameSite=Lax; Max-Age={age_seconds_max}{secure}");
        HeaderValue::from_str(&text).map_err(Error::inside)
    }
}

/// The value of the request's cookie with this name.
pub(crate) fn read<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    headers
        .get_all(header::COOKIE)
        .iter()
        .filter_map(|line| line.to_str().ok())
        .flat_map(|line| line.split(';'))
        .filter_map(|pair| pair.trim().split_once('='))
        .find_map(|(found, value)| (found == name).then_some(value))
}
