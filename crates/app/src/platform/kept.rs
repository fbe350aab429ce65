//! Files that people hand in: kept once under the hash of their content, in a folder of their room.

use std::{
    fmt::Write as _,
    path::{Path, PathBuf},
};

use documents::attachment::Kind;
use sha2::{Digest, Sha256};

use super::{Error, Result, secrets};

/// The longest name of a file that is kept, in characters.
const NAME_LENGTH_MAX: usize = 120;

/// Where a room keeps the file with this hash, under the office's folder.
pub fn path(folder: &Path, room: &str, sha256: &str, kind: Kind) -> PathBuf {
    let shelf = sha256.get(..2).unwrap_or_default();
    folder.join("files").join(room).join(shelf).join(format!("{sha256}.{}", kind.extension()))
}

/// Writes a file in one step, so that a power cut leaves none or all of it.
///
/// # Errors
/// Where the folder cannot be written.
pub fn keep(path: &Path, bytes: &[u8]) -> Result<()> {
    if path.exists() {
        return Ok(());
    }
    if let Some(folder) = path.parent() {
        std::fs::create_dir_all(folder)?;
    }
    let partial = path.with_extension(format!("{}.partial", secrets::request_code()));
    std::fs::write(&partial, bytes)?;
    Ok(std::fs::rename(&partial, path)?)
}

/// Reads a kept file and holds it against its hash.
///
/// # Errors
/// An inside fault where it was lost or altered.
pub async fn read(path: &Path, sha256: &str) -> Result<Vec<u8>> {
    let bytes = tokio::fs::read(path).await?;
    if hash(&bytes) == sha256 {
        return Ok(bytes);
    }
    Err(Error::inside(format!("file {sha256} was altered on disk")))
}

/// SHA-256 of some bytes, in hexadecimal digits.
pub fn hash(bytes: &[u8]) -> String {
    let mut text = String::with_capacity(64);
    for byte in Sha256::digest(bytes) {
        // Writing to a string cannot fail.
        let _ = write!(text, "{byte:02x}");
    }
    text
}

/// A name without folders and control characters, with the ending of what the file really is.
pub fn plain_name(name: &str, kind: Kind) -> String {
    let last = name.rsplit(['/', '\\']).next().unwrap_or_default();
    let stem = last.rsplit_once('.').map_or(last, |(stem, _)| stem);
    let is_plain = |c: &char| !c.is_control() && !"\"<>|:*?\u{202e}\u{202d}".contains(*c);
    let stem: String = stem.chars().filter(is_plain).take(NAME_LENGTH_MAX).collect();
    let stem = if stem.trim().is_empty() { "van-ban" } else { stem.trim() };
    format!("{stem}.{}", kind.extension())
}
