//! The administrator's pages: the list of accounts, and one account with its roles.

use axum::{
    extract::{Path, State},
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use serde::{Deserialize, Serialize};

use crate::{
    identity::{
        Right, Role, Visitor, operations,
        queries::{AccountWithRoles, managed_by},
    },
    office::Office,
    platform::{
        Error, Result, secrets,
        web::{CsrfForm, Page, Serde, Value, context, wording},
    },
};

const LIST: &str = "/quan-tri/tai-khoan";

async fn find(office: &Office, visitor: &Visitor, user_name: &str) -> Result<AccountWithRoles> {
    let found = managed_by(office, visitor).await?.into_iter().find(|listed| listed.account.user_name == user_name);
    found.ok_or_else(|| Error::NotFound(format!("tài khoản «{user_name}»")))
}

/// The form that makes an account.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
pub struct NewAccount {
    user_name: String,
    name: String,
    #[serde(default)]
    email: String,
    role: String,
    unit_code: String,
}

/// `GET /quan-tri/tai-khoan`.
pub async fn list(State(office): State<Office>, visitor: Visitor) -> Result<Page> {
    let unit_code = visitor.units_with(Right::ManageAccounts).first().map(|&unit| unit.to_owned()).unwrap_or_default();
    let form = NewAccount { role: Role::Principal.as_str().to_owned(), unit_code, ..NewAccount::default() };
    draw_list(&office, visitor, &form, &[]).await
}

async fn draw_list(office: &Office, visitor: Visitor, form: &NewAccount, reasons: &[domain::Reason]) -> Result<Page> {
    let accounts = managed_by(office, &visitor).await?;
    let values = context! {
        accounts => Serde(&accounts),
        form => Serde(form),
        roles => role_names(),
        reasons => Serde(reasons),
    };
    Ok(Page::new("identity/accounts.html", visitor, values))
}

/// `POST /quan-tri/tai-khoan`: the account is made and its first password shown once.
pub async fn create(
    State(office): State<Office>,
    visitor: Visitor,
    CsrfForm(form): CsrfForm<NewAccount>,
) -> Result<Response> {
    visitor.require(Right::ManageAccounts, &form.unit_code)?;
    let role = Role::parse(&form.role).ok_or_else(|| Error::NotFound("vai trò này".to_owned()))?;
    let password = secrets::password()?;
    let account = operations::NewAccount {
        user_name: form.user_name.trim().to_lowercase(),
        name: form.name.clone(),
        email: form.email.clone(),
        password: password.clone(),
        roles: vec![(role, form.unit_code.clone())],
    };
    match operations::create_account(&office, &visitor.context(), &account).await {
        Ok(()) => Ok(draw_one(&office, visitor, &account.user_name, Some(password)).await?.into_response()),
        Err(Error::Refused(refusal)) => {
            let page = draw_list(&office, visitor, &form, &refusal.reasons).await?;
            Ok(page.status(StatusCode::UNPROCESSABLE_ENTITY).into_response())
        }
        Err(error) => Err(error),
    }
}

/// `GET /quan-tri/tai-khoan/{user_name}`.
pub async fn show(State(office): State<Office>, visitor: Visitor, Path(user_name): Path<String>) -> Result<Page> {
    draw_one(&office, visitor, &user_name, None).await
}

async fn draw_one(office: &Office, visitor: Visitor, user_name: &str, password: Option<String>) -> Result<Page> {
    let listed = find(office, &visitor, user_name).await?;
    let up = wording::text(visitor.language(), "accounts");
    let values = context! {
        account => Serde(&listed),
        password,
        roles => role_names(),
    };
    Ok(Page::new("identity/account_of.html", visitor, values).crumb(up, LIST))
}

/// What is done to an account.
#[derive(Debug, Deserialize)]
#[serde(tag = "verb", rename_all = "snake_case")]
pub enum Change {
    /// Gives a role at a unit from today.
    GrantRole {
        /// The role's identifier.
        role: String,
        /// The unit's code.
        unit_code: String,
    },
    /// Ends a role today.
    EndRole {
        /// The role's identifier.
        role: String,
        /// The unit's code.
        unit_code: String,
    },
    /// Shows a new generated password once.
    ResetPassword,
    /// Nobody signs in with it any more.
    Disable,
    /// It may be used again.
    Enable,
}

/// `POST /quan-tri/tai-khoan/{user_name}`.
pub async fn change(
    State(office): State<Office>,
    visitor: Visitor,
    Path(user_name): Path<String>,
    CsrfForm(change): CsrfForm<Change>,
) -> Result<Response> {
    let context = visitor.context();
    find(&office, &visitor, &user_name).await?;
    let known = |role: &str| Role::parse(role).ok_or_else(|| Error::NotFound("vai trò này".to_owned()));
    match change {
        Change::GrantRole { role, unit_code } => {
            visitor.require(Right::ManageAccounts, &unit_code)?;
            let (role, today) = (known(&role)?, visitor.today());
            operations::grant_role(&office, &context, &user_name, role, &unit_code, today).await?;
        }
        Change::EndRole { role, unit_code } => {
            visitor.require(Right::ManageAccounts, &unit_code)?;
            let (role, today) = (known(&role)?, visitor.today());
            operations::end_role(&office, &context, &user_name, role, &unit_code, today).await?;
        }
        Change::ResetPassword => {
            let password = secrets::password()?;
            operations::set_password(&office, &context, &user_name, &password).await?;
            return Ok(draw_one(&office, visitor, &user_name, Some(password)).await?.into_response());
        }
        Change::Disable => operations::disable_account(&office, &context, &user_name).await?,
        Change::Enable => operations::enable_account(&office, &context, &user_name).await?,
    }
    Ok(Redirect::to(&format!("{LIST}/{user_name}")).into_response())
}

fn role_names() -> Value {
    Role::ALL.iter().map(|role| role.as_str()).collect()
}
