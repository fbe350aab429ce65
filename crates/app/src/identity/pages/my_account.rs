//! One's own account: roles, password, and the tokens with which one's programs sign in.

use axum::{
    extract::{Path, State},
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use domain::Reason;
use serde::{Deserialize, Serialize};

use crate::{
    identity::{
        Visitor,
        operations::{self, tokens},
        queries::{self, TokenRow},
    },
    office::Office,
    platform::{
        Error, Result,
        web::{CsrfForm, Page, Serde, context},
    },
};

const ADDRESS: &str = "/tai-khoan";
/// Lifetimes offered, in days; the first is chosen.
const DAYS: [i64; 4] = [90, 30, 180, tokens::DAYS_MAX];
/// Tokens shown, the latest first: those that ended long ago stay in the audit lines.
const SHOWN_MAX: usize = 40;

/// A token with what may still be done to it.
#[derive(Serialize)]
struct Shown {
    #[serde(flatten)]
    token: TokenRow,
    is_live: bool,
}

/// What a drawn page says beside the account itself.
#[derive(Default)]
struct Said<'a> {
    password_reasons: &'a [Reason],
    token_reasons: &'a [Reason],
    /// The new token, shown this once.
    token: Option<String>,
}

/// `GET /tai-khoan`.
pub async fn show(State(office): State<Office>, visitor: Visitor) -> Result<Page> {
    draw(&office, visitor, &Said::default()).await
}

async fn draw(office: &Office, visitor: Visitor, said: &Said<'_>) -> Result<Page> {
    let (user_name, now) = (&visitor.signed_in()?.user_name, visitor.context().stamp());
    let shown = |token: TokenRow| Shown { is_live: token.is_live(&now), token };
    let tokens: Vec<Shown> = queries::tokens(office, user_name).await?.into_iter().take(SHOWN_MAX).map(shown).collect();
    let values = context! {
        reasons => Serde(said.password_reasons),
        token_reasons => Serde(said.token_reasons),
        token => said.token.as_deref(),
        tokens => Serde(&tokens),
        days => DAYS.to_vec(),
    };
    Ok(Page::new("identity/my_account.html", visitor, values))
}

/// The form that changes one's password.
#[derive(Debug, Deserialize)]
pub struct NewPassword {
    old: String,
    new: String,
}

/// `POST /tai-khoan/mat-khau`: afterwards one signs in again, everywhere.
pub async fn change_password(
    State(office): State<Office>,
    visitor: Visitor,
    CsrfForm(form): CsrfForm<NewPassword>,
) -> Result<Response> {
    let user_name = visitor.require_person()?.user_name.clone();
    match operations::change_password(&office, &visitor.context(), &user_name, &form.old, &form.new).await {
        Ok(()) => Ok(Redirect::to("/dang-nhap").into_response()),
        Err(Error::Refused(refusal)) => {
            let said = Said { password_reasons: &refusal.reasons, ..Said::default() };
            let page = draw(&office, visitor, &said).await?;
            Ok(page.status(StatusCode::UNPROCESSABLE_ENTITY).into_response())
        }
        Err(error) => Err(error),
    }
}

/// The form that makes a token.
#[derive(Debug, Deserialize)]
pub struct NewToken {
    name: String,
    days: i64,
}

/// `POST /tai-khoan/ma-truy-cap`: the token is made and shown this once.
pub async fn create_token(
    State(office): State<Office>,
    visitor: Visitor,
    CsrfForm(form): CsrfForm<NewToken>,
) -> Result<Response> {
    let user_name = visitor.require_person()?.user_name.clone();
    match tokens::create_token(&office, &visitor.context(), &user_name, &form.name, form.days).await {
        Ok(token) => {
            let said = Said { token: Some(token), ..Said::default() };
            Ok(draw(&office, visitor, &said).await?.into_response())
        }
        Err(Error::Refused(refusal)) => {
            let said = Said { token_reasons: &refusal.reasons, ..Said::default() };
            let page = draw(&office, visitor, &said).await?;
            Ok(page.status(StatusCode::UNPROCESSABLE_ENTITY).into_response())
        }
        Err(error) => Err(error),
    }
}

/// A form without fields.
#[derive(Debug, Deserialize)]
pub struct Nothing {}

/// `POST /tai-khoan/ma-truy-cap/{id}`: revokes the token.
pub async fn revoke_token(
    State(office): State<Office>,
    visitor: Visitor,
    Path(id): Path<String>,
    CsrfForm(Nothing {}): CsrfForm<Nothing>,
) -> Result<Redirect> {
    let user_name = visitor.require_person()?.user_name.clone();
    tokens::revoke_token(&office, &visitor.context(), &user_name, &id).await?;
    Ok(Redirect::to(ADDRESS))
}
