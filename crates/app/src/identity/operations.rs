//! Signing in and out, accounts and roles.

pub mod tokens;

use domain::{Reason, Refusal};
use jiff::{SignedDuration, civil::Date};

use super::{Role, password, queries, store};
use crate::{
    audit,
    office::Office,
    platform::{Context, Error, Language, Result, secrets},
};

/// A session ends so many hours after signing in.
pub const SESSION_HOURS: i64 = 12;
/// Failures are counted over so many minutes …
const THROTTLE_MINUTES: i64 = 15;
/// … and then nobody signs in under this name from this address …
const FAILURES_PER_PAIR_MAX: i64 = 5;
/// … nor under this name at all: guesses from many addresses …
const FAILURES_PER_USER_MAX: i64 = 50;
/// … nor from this address at all: guesses at many names. A whole office stands behind one address.
const FAILURES_PER_ADDRESS_MAX: i64 = 400;

/// Signs in from this network address and returns the session's token, which is stored nowhere.
///
/// Refuses (`sign_in`) a wrong name or password without saying which, (`throttled`) after too many failures.
pub async fn sign_in(
    office: &Office,
    context: &Context,
    user_name: &str,
    password: &str,
    address: &str,
) -> Result<String> {
    let limits = [
        (format!("pair:{user_name}@{address}"), FAILURES_PER_PAIR_MAX),
        (format!("user:{user_name}"), FAILURES_PER_USER_MAX),
        (format!("address:{address}"), FAILURES_PER_ADDRESS_MAX),
    ];
    let since = (context.now - SignedDuration::from_mins(THROTTLE_MINUTES)).to_string();
    let mut is_throttled = false;
    for (key, most) in &limits {
        is_throttled |= queries::failures_since(office, key, &since).await? >= *most;
    }
    let keys = limits.map(|(key, _)| key);
    if is_throttled {
        let text = format!(
            "Đã thử sai quá nhiều lần. Xin đợi {THROTTLE_MINUTES} phút rồi thử lại, hoặc nhờ người quản trị đặt lại mật khẩu."
        );
        return Err(Error::refused("throttled", text));
    }
    let credentials = queries::credentials(office, user_name).await?;
    let stored = credentials.map(|(_, hash)| hash);
    let is_right = password::is_right(password.to_owned(), stored, office.settings().password_cost).await?;
    let now = context.stamp();
    let mut transaction = office.db().begin().await?;
    store::record_attempt(&mut transaction, &keys, &now, &since, is_right).await?;
    if !is_right {
        transaction.commit().await?;
        return Err(Error::refused("sign_in", "Tên đăng nhập hoặc mật khẩu chưa đúng."));
    }
    let token = secrets::token()?;
    let (hash, csrf) = (secrets::hash(&token), secrets::token()?);
    let expires_at = (context.now + SignedDuration::from_hours(SESSION_HOURS)).to_string();
    store::insert_session(&mut transaction, [&hash, user_name, &csrf], [&now, &expires_at]).await?;
    audit::write(&mut transaction, context, "identity.sign_in", user_name, address).await?;
    transaction.commit().await?;
    Ok(token)
}

/// Ends the session with this token.
pub async fn sign_out(office: &Office, context: &Context, token: &str) -> Result<()> {
    let mut transaction = office.db().begin().await?;
    store::delete_session(&mut transaction, &secrets::hash(token)).await?;
    audit::write(&mut transaction, context, "identity.sign_out", context.actor.name(), "").await?;
    Ok(transaction.commit().await?)
}

/// Remembers the language in which the account reads.
pub async fn choose_language(office: &Office, context: &Context, user_name: &str, language: Language) -> Result<()> {
    let mut transaction = office.db().begin().await?;
    store::set_language(&mut transaction, user_name, language.as_str()).await?;
    audit::write(&mut transaction, context, "identity.choose_language", user_name, language.as_str()).await?;
    Ok(transaction.commit().await?)
}

/// The account's owner changes the password; every session of the account ends.
pub async fn change_password(office: &Office, context: &Context, user_name: &str, old: &str, new: &str) -> Result<()> {
    let (_, stored) = queries::credentials(office, user_name).await?.ok_or(Error::SignInNeeded)?;
    if !password::is_right(old.to_owned(), Some(stored), office.settings().password_cost).await? {
        return Err(Refusal::from(Reason::new("wrong_password", "Mật khẩu hiện nay chưa đúng.").at("old")).into());
    }
    set_password(office, context, user_name, new).await
}

/// Sets somebody's password; every session of the account ends.
pub async fn set_password(office: &Office, context: &Context, user_name: &str, new: &str) -> Result<()> {
    Refusal::unless_empty(password_faults(user_name, new, "new"))?;
    let hash = password::hash(new.to_owned(), office.settings().password_cost).await?;
    let mut transaction = office.db().begin().await?;
    store::set_password(&mut transaction, user_name, &hash).await?;
    audit::write(&mut transaction, context, "identity.set_password", user_name, "").await?;
    Ok(transaction.commit().await?)
}

/// An account to be made.
#[derive(Clone, Debug)]
pub struct NewAccount {
    /// Typed at the door: small letters, digits, `.`, `-`, `_`.
    pub user_name: String,
    /// The person's name.
    pub name: String,
    /// Where reminders go; may be empty.
    pub email: String,
    /// The first password.
    pub password: String,
    /// Roles at units, from today with open end.
    pub roles: Vec<(Role, String)>,
}

/// Makes an account with its first roles.
pub async fn create_account(office: &Office, context: &Context, account: &NewAccount) -> Result<()> {
    let mut reasons = account_faults(account);
    if queries::account_exists(office, &account.user_name).await? {
        reasons.push(Reason::new("taken", "Tên đăng nhập này đã có người dùng.").at("user_name"));
    }
    for (_, unit_code) in &account.roles {
        reasons.extend(unit_fault(office, unit_code).await?);
    }
    Refusal::unless_empty(reasons)?;
    let hash = password::hash(account.password.clone(), office.settings().password_cost).await?;
    let mut transaction = office.db().begin().await?;
    let row = store::NewRow {
        user_name: &account.user_name,
        name: account.name.trim(),
        email: account.email.trim(),
        password_hash: &hash,
        language: Language::default().as_str(),
        created_at: &context.stamp(),
    };
    store::insert_account(&mut transaction, &row).await?;
    for (role, unit_code) in &account.roles {
        let key = [account.user_name.as_str(), role.as_str(), unit_code.as_str()];
        store::insert_role(&mut transaction, key, ["", "9999-12-31"]).await?;
    }
    let roles: Vec<String> = account.roles.iter().map(|(role, unit)| format!("{}@{unit}", role.as_str())).collect();
    audit::write(&mut transaction, context, "identity.create_account", &account.user_name, &roles.join(" ")).await?;
    Ok(transaction.commit().await?)
}

/// Gives a role at a unit from a day on.
pub async fn grant_role(
    office: &Office,
    context: &Context,
    user_name: &str,
    role: Role,
    unit_code: &str,
    from: Date,
) -> Result<()> {
    let mut reasons = Vec::from_iter(unit_fault(office, unit_code).await?);
    if !queries::account_exists(office, user_name).await? {
        reasons.push(Reason::new("unknown_account", format!("Không có tài khoản «{user_name}».")).at("user_name"));
    }
    Refusal::unless_empty(reasons)?;
    let mut transaction = office.db().begin().await?;
    let key = [user_name, role.as_str(), unit_code];
    store::insert_role(&mut transaction, key, [&from.to_string(), "9999-12-31"]).await?;
    let detail = format!("{}@{unit_code} {from}", role.as_str());
    audit::write(&mut transaction, context, "identity.grant_role", user_name, &detail).await?;
    Ok(transaction.commit().await?)
}

/// Ends a role: it is no longer held on the day `from`.
pub async fn end_role(
    office: &Office,
    context: &Context,
    user_name: &str,
    role: Role,
    unit_code: &str,
    from: Date,
) -> Result<()> {
    let mut transaction = office.db().begin().await?;
    let ended = store::end_role(&mut transaction, [user_name, role.as_str(), unit_code], &from.to_string()).await?;
    if ended == 0 {
        return Err(Error::NotFound("vai trò này".to_owned()));
    }
    let detail = format!("{}@{unit_code} {from}", role.as_str());
    audit::write(&mut transaction, context, "identity.end_role", user_name, &detail).await?;
    Ok(transaction.commit().await?)
}

/// From now on nobody signs in with this account; its sessions end. What it did stays.
pub async fn disable_account(office: &Office, context: &Context, user_name: &str) -> Result<()> {
    set_disabled(office, context, user_name, "identity.disable_account", &context.stamp()).await
}

/// The account may be used again.
pub async fn enable_account(office: &Office, context: &Context, user_name: &str) -> Result<()> {
    set_disabled(office, context, user_name, "identity.enable_account", "").await
}

async fn set_disabled(office: &Office, context: &Context, user_name: &str, verb: &str, at: &str) -> Result<()> {
    let mut transaction = office.db().begin().await?;
    if store::set_disabled(&mut transaction, user_name, at).await? == 0 {
        return Err(Error::NotFound(format!("tài khoản «{user_name}»")));
    }
    audit::write(&mut transaction, context, verb, user_name, "").await?;
    Ok(transaction.commit().await?)
}

fn account_faults(account: &NewAccount) -> Vec<Reason> {
    let mut reasons = Vec::new();
    let name = &account.user_name;
    let is_plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || ".-_".contains(c);
    if !(2..=64).contains(&name.len()) || !name.chars().all(is_plain) {
        let text = "Tên đăng nhập gồm 2 đến 64 chữ thường không dấu, chữ số, dấu chấm, gạch nối hoặc gạch dưới.";
        reasons.push(Reason::new("user_name", text).at("user_name"));
    }
    if account.name.trim().is_empty() {
        reasons.push(Reason::new("name", "Xin ghi họ và tên.").at("name"));
    }
    let email = account.email.trim();
    if !email.is_empty() && !email.contains('@') {
        reasons.push(Reason::new("email", "Địa chỉ thư điện tử phải có dấu @.").at("email"));
    }
    reasons.extend(password_faults(name, &account.password, "password"));
    reasons
}

fn password_faults(user_name: &str, password: &str, at: &str) -> Vec<Reason> {
    let mut reasons = Vec::new();
    if password.chars().count() < password::LENGTH_MIN {
        let text = format!("Mật khẩu cần ít nhất {} ký tự; một câu ngắn dễ nhớ là tốt nhất.", password::LENGTH_MIN);
        reasons.push(Reason::new("password_short", text).at(at));
    }
    if password.len() > 1024 {
        reasons.push(Reason::new("password_long", "Mật khẩu dài quá 1.024 byte.").at(at));
    }
    if password == user_name {
        reasons.push(Reason::new("password_is_name", "Mật khẩu không được trùng tên đăng nhập.").at(at));
    }
    reasons
}

async fn unit_fault(office: &Office, unit_code: &str) -> Result<Option<Reason>> {
    let exists = queries::unit_exists(office, unit_code).await?;
    let text = || format!("Không có đơn vị mã «{unit_code}». Xin tìm mã ở trang Đơn vị.");
    Ok((!exists).then(|| Reason::new("unknown_unit", text()).at("unit_code")))
}
