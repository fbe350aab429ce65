//! The one place that draws secrets from the machine: tokens, salts, generated passwords. Figures never come from here.

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use rand::{TryRngCore, rngs::OsRng};
use sha2::{Digest, Sha256};

use super::{Error, Result};

/// So many random bytes.
pub fn bytes<const N: usize>() -> Result<[u8; N]> {
    let mut bytes = [0; N];
    OsRng.try_fill_bytes(&mut bytes).map_err(Error::inside)?;
    Ok(bytes)
}

/// A token that nobody guesses: 256 bits, safe in URLs and cookies.
pub fn token() -> Result<String> {
    Ok(URL_SAFE_NO_PAD.encode(bytes::<32>()?))
}

/// A password that can be read out on the telephone: four groups of four, no letters that look alike.
pub fn password() -> Result<String> {
    const LETTERS: &[u8; 32] = b"abcdefghjkmnpqrstuvwxyz234567892";
    let letters = bytes::<16>()?.map(|byte| char::from(LETTERS[usize::from(byte % 32)]));
    let groups: Vec<String> = letters.chunks(4).map(|group| group.iter().collect()).collect();
    Ok(groups.join("-"))
}

/// The code of a badge: 40 bits in eight letters and digits, none that looks like another (no 0, 1, I, O).
pub fn badge() -> Result<String> {
    const LETTERS: &[u8; 32] = b"23456789ABCDEFGHJKLMNPQRSTUVWXYZ";
    Ok(bytes::<8>()?.map(|byte| char::from(LETTERS[usize::from(byte % 32)])).iter().collect())
}

/// A short code for one request, to find it again in the log.
pub fn request_code() -> String {
    bytes::<6>().map_or_else(|_| "unknown".to_owned(), |bytes| URL_SAFE_NO_PAD.encode(bytes))
}

/// What is stored in a secret's place.
pub fn hash(secret: &str) -> String {
    URL_SAFE_NO_PAD.encode(Sha256::digest(secret.as_bytes()))
}
