//! From a request's cookies, or the token that a program shows, to its visitor.

use std::sync::Arc;

use axum::http::{HeaderMap, header};

use super::{
    Account, GUEST_COOKIE, HeldRole, LANGUAGE_COOKIE, Role, SESSION_COOKIE, Visitor,
    operations::tokens,
    queries::{self, SessionRow},
    visitor::Inner,
};
use crate::{
    office::Office,
    platform::{
        Error, Language, Result, clock, secrets,
        web::{Frame, read_cookie},
    },
};

/// How a request says that a program signs in with a personal token (RFC 6750).
const BEARER: &str = "bearer ";

/// Finds out who calls `path`; someone without a valid session is a visitor without an account.
///
/// # Errors
/// `SignInNeeded` where a token is shown that is not good: a program must hear of it, whatever it asks for.
pub async fn recognise(office: &Office, headers: &HeaderMap, path: &str) -> Result<Visitor> {
    let now = office.settings().clock.now();
    let bearer = bearer(headers);
    let session = match (bearer, read_cookie(headers, SESSION_COOKIE)) {
        (Some(token), _) => Some(tokens::owner(office, token, now).await?.ok_or(Error::SignInNeeded)?),
        (None, Some(token)) => queries::session(office, &secrets::hash(token), &now.to_string()).await?,
        (None, None) => None,
    };
    let today = clock::date_in_vietnam(now).to_string();
    let language = language(session.as_ref(), headers);
    let guest = read_cookie(headers, GUEST_COOKIE).filter(|_| bearer.is_none());
    let csrf = session.as_ref().map(|session| session.csrf_token.as_str()).or(guest).unwrap_or_default().to_owned();
    let account = match session {
        Some(session) => Some(account(office, session, &today).await?),
        None => None,
    };
    let frame = if path.starts_with("/api/") {
        Frame::default()
    } else {
        let first_unit = account.as_ref().and_then(|account| account.roles.first());
        Frame::load(office, first_unit, path, clock::date_in_vietnam(now)).await?
    };
    let (request, is_program) = (secrets::request_code(), bearer.is_some());
    Ok(Visitor(Arc::new(Inner { account, language, csrf, is_program, now, request, path: path.to_owned(), frame })))
}

/// The token of `Authorization: Bearer …`.
fn bearer(headers: &HeaderMap) -> Option<&str> {
    let text = headers.get(header::AUTHORIZATION)?.to_str().ok()?;
    let scheme = text.get(..BEARER.len())?;
    scheme.eq_ignore_ascii_case(BEARER).then(|| text[BEARER.len()..].trim())
}

async fn account(office: &Office, session: SessionRow, today: &str) -> Result<Account> {
    let mut roles = Vec::new();
    for row in queries::roles_on(office, &session.user_name, today).await? {
        let Some(role) = Role::parse(&row.role) else { continue };
        roles.push(HeldRole { role, unit_code: row.unit_code, unit_name: row.unit_name });
    }
    Ok(Account { user_name: session.user_name, name: session.name, roles, registry: office.registry().await? })
}

/// The account's choice, else the browser's cookie, else Vietnamese: what the browser's maker preferred says little
/// about who sits in a Vietnamese office.
fn language(session: Option<&SessionRow>, headers: &HeaderMap) -> Language {
    let chosen = match session {
        Some(session) => Some(session.language.as_str()),
        None => read_cookie(headers, LANGUAGE_COOKIE),
    };
    chosen.and_then(Language::parse).unwrap_or_default()
}
