//! Marked copies of refused workbooks: each upload has a folder under an address that only its sender knows, kept a
//! while and then cleared away.

use std::{
    path::{Path, PathBuf},
    time::SystemTime,
};

use jiff::Timestamp;

use crate::{
    office::Office,
    platform::{Error, Result},
};

/// Days after which nobody comes back for a copy.
pub const AGE_DAYS_MAX: i64 = 14;
/// Uploads whose copies are kept at once; the oldest go first.
pub const UPLOADS_MAX: usize = 500;

/// The folder of one upload.
pub fn folder(office: &Office, token: &str) -> PathBuf {
    root(office).join(token)
}

fn root(office: &Office) -> PathBuf {
    office.folder().join("files").join("marked")
}

/// Clears away the copies that are too old or too many; gives how many uploads that were.
///
/// # Errors
/// Where the folder cannot be read; a copy that cannot be removed waits for the next time.
pub async fn clean(office: &Office, now: Timestamp) -> Result<usize> {
    let root = root(office);
    tokio::task::spawn_blocking(move || clean_folder(&root, now)).await.map_err(Error::inside)?
}

/// Removes the oldest folders in a folder; one that is not there has none.
pub(super) fn clean_folder(root: &Path, now: Timestamp) -> Result<usize> {
    let entries = match std::fs::read_dir(root) {
        Ok(entries) => entries,
        Err(fault) if fault.kind() == std::io::ErrorKind::NotFound => return Ok(0),
        Err(fault) => return Err(fault.into()),
    };
    let mut uploads: Vec<(SystemTime, PathBuf)> = Vec::new();
    for entry in entries {
        let entry = entry?;
        if entry.file_type()?.is_dir() {
            uploads.push((entry.metadata()?.modified()?, entry.path()));
        }
    }
    uploads.sort_by(|a, b| b.cmp(a));
    let oldest = now.as_second() - AGE_DAYS_MAX * 24 * 3600;
    let is_old = |at: SystemTime| Timestamp::try_from(at).is_ok_and(|at| at.as_second() < oldest);
    let mut removed = 0;
    for (position, (at, path)) in uploads.iter().enumerate() {
        if (position >= UPLOADS_MAX || is_old(*at)) && std::fs::remove_dir_all(path).is_ok() {
            removed += 1;
        }
    }
    Ok(removed)
}

#[cfg(test)]
mod tests;
