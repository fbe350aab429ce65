//! Passwords: argon2id, hashed off the threads that answer requests.

use argon2::{
    Algorithm, Argon2, Params, PasswordHash, PasswordHasher, PasswordVerifier, Version, password_hash::SaltString,
};

use crate::platform::{Error, PasswordCost, Result, secrets};

/// The shortest password that is accepted, in characters (NIST SP 800-63B asks for 8; no rules about kinds of characters).
pub(super) const LENGTH_MIN: usize = 8;

/// The hash to be stored.
pub(super) async fn hash(password: String, cost: PasswordCost) -> Result<String> {
    blocking(move || {
        let params = Params::new(cost.memory_kib, cost.pass_count, 1, None).map_err(Error::inside)?;
        let salt = SaltString::encode_b64(&secrets::bytes::<16>()?).map_err(Error::inside)?;
        let argon = Argon2::new(Algorithm::Argon2id, Version::V0x13, params);
        Ok(argon.hash_password(password.as_bytes(), &salt).map_err(Error::inside)?.to_string())
    })
    .await
}

/// Whether this password made this hash. Without a hash the same work is done for nothing, so that the time taken does
/// not tell whether the account exists.
pub(super) async fn is_right(password: String, stored: Option<String>, cost: PasswordCost) -> Result<bool> {
    let Some(stored) = stored else {
        hash(password, cost).await?;
        return Ok(false);
    };
    blocking(move || {
        let parsed = PasswordHash::new(&stored).map_err(Error::inside)?;
        Ok(Argon2::default().verify_password(password.as_bytes(), &parsed).is_ok())
    })
    .await
}

async fn blocking<T: Send + 'static>(work: impl FnOnce() -> Result<T> + Send + 'static) -> Result<T> {
    tokio::task::spawn_blocking(work).await.map_err(Error::inside)?
}
