//! Personal tokens: a program signs in with one as the account that made it, until it expires or is revoked.

use domain::{Reason, Refusal};
use jiff::{SignedDuration, Timestamp};

use crate::{
    audit,
    identity::{
        queries::{self, SessionRow},
        store,
    },
    office::Office,
    platform::{Context, Error, Result, secrets},
};

/// Every token begins so: who finds one in a file or a log knows what it is.
pub const PREFIX: &str = "tongket_";
/// The longest that a token may live.
pub const DAYS_MAX: i64 = 366;
/// Live tokens of one account: one a program, and few programs.
pub const COUNT_MAX: usize = 20;
const NAME_LENGTH_MAX: usize = 80;
/// The last use is written down again after so long, not at every request.
const USE_NOTED_EVERY: SignedDuration = SignedDuration::from_mins(5);

/// Makes a token for an account and returns it; it is stored nowhere and never shown again.
///
/// # Errors
/// Refused (`name`, `days`, `too_many`, `unknown_account`) with every reason.
pub async fn create_token(
    office: &Office,
    context: &Context,
    user_name: &str,
    name: &str,
    days: i64,
) -> Result<String> {
    let (name, now) = (name.trim(), context.stamp());
    let live = queries::tokens(office, user_name).await?.into_iter().filter(|token| token.is_live(&now)).count();
    let mut reasons = Vec::new();
    if name.is_empty() || name.chars().count() > NAME_LENGTH_MAX {
        let text =
            format!("Xin đặt tên cho mã truy cập, dài nhất {NAME_LENGTH_MAX} ký tự, nói rõ chương trình nào dùng.");
        reasons.push(Reason::new("name", text).at("token-name"));
    }
    if !(1..=DAYS_MAX).contains(&days) {
        reasons.push(Reason::new("days", format!("Thời hạn từ 1 đến {DAYS_MAX} ngày.")).at("token-days"));
    }
    if live >= COUNT_MAX {
        let text = format!("Tài khoản đã có {COUNT_MAX} mã truy cập còn dùng được; hãy thu hồi mã không dùng nữa.");
        reasons.push(Reason::new("too_many", text));
    }
    if !queries::account_exists(office, user_name).await? {
        reasons.push(Reason::new("unknown_account", format!("Không có tài khoản «{user_name}».")));
    }
    Refusal::unless_empty(reasons)?;
    let token = format!("{PREFIX}{}", secrets::token()?);
    let (id, hash) = (secrets::request_code(), secrets::hash(&token));
    let expires_at = (context.now + SignedDuration::from_hours(24 * days)).to_string();
    let mut transaction = office.db().begin().await?;
    store::insert_token(&mut transaction, [&id, user_name, name, &hash], [&now, &expires_at]).await?;
    audit::write(&mut transaction, context, "identity.create_token", user_name, &format!("{id} {name}")).await?;
    transaction.commit().await?;
    Ok(token)
}

/// From now on nobody signs in with this token of the account.
///
/// # Errors
/// `NotFound` where the account has no live token with this number.
pub async fn revoke_token(office: &Office, context: &Context, user_name: &str, id: &str) -> Result<()> {
    let mut transaction = office.db().begin().await?;
    if store::revoke_token(&mut transaction, user_name, id, &context.stamp()).await? == 0 {
        return Err(Error::NotFound(format!("mã truy cập «{id}» còn dùng được")));
    }
    audit::write(&mut transaction, context, "identity.revoke_token", user_name, id).await?;
    Ok(transaction.commit().await?)
}

/// Whose token this is, if it is good now; its use is noted.
///
/// # Errors
/// Where the database fails.
pub(in crate::identity) async fn owner(office: &Office, token: &str, now: Timestamp) -> Result<Option<SessionRow>> {
    let hash = secrets::hash(token);
    let Some(found) = queries::token(office, &hash, &now.to_string()).await? else { return Ok(None) };
    if found.last_used_at <= (now - USE_NOTED_EVERY).to_string() {
        let mut transaction = office.db().begin().await?;
        store::note_use(&mut transaction, &hash, &now.to_string()).await?;
        transaction.commit().await?;
    }
    let (user_name, name, language) = (found.user_name, found.name, found.language);
    Ok(Some(SessionRow { user_name, name, language, csrf_token: String::new() }))
}
