//! The keys of secret polls: a file for each, made when the poll is opened and destroyed when it is over. They lie beside
//! the database and never in it, so that no copy, journal or backup of the database opens a box.

use std::{
    fs::{File, OpenOptions},
    io::{ErrorKind, Write},
    path::{Path, PathBuf},
};

use domain::conference::Id;

use super::sealing::{KEY_LENGTH, Key};
use crate::platform::{Result, secrets};

/// The folder in the office's own; a backup leaves it out.
const FOLDER: &str = "ballot-keys";

const ENDING: &str = ".key";

/// The keys of one conference.
#[derive(Clone, Debug)]
pub(super) struct Keys {
    folder: PathBuf,
    conference: i64,
}

impl Keys {
    pub(super) fn of(office_folder: &Path, conference: i64) -> Self {
        Self { folder: office_folder.join(FOLDER), conference }
    }

    fn path(&self, poll: Id) -> PathBuf {
        self.folder.join(format!("{}-{poll}{ENDING}", self.conference))
    }

    /// Draws the key of a poll that is being opened; it outlives a power cut when this returns. The key of an opening that
    /// came to nothing is replaced: no ballot lies under it.
    pub(super) fn make(&self, poll: Id) -> Result<()> {
        make_folder(&self.folder)?;
        let partial = self.folder.join(format!("{}.partial", secrets::request_code()));
        let mut file = only_for_us(OpenOptions::new().write(true).create_new(true)).open(&partial)?;
        file.write_all(&secrets::bytes::<KEY_LENGTH>()?)?;
        file.sync_all()?;
        std::fs::rename(&partial, self.path(poll))?;
        self.sync_folder()
    }

    /// The key of an open poll; none where it was lost or cannot be read.
    pub(super) fn key(&self, poll: Id) -> Option<Key> {
        let bytes = match std::fs::read(self.path(poll)) {
            Ok(bytes) => bytes,
            Err(fault) => {
                tracing::error!(%fault, conference = self.conference, poll, "the key of a secret poll cannot be read");
                return None;
            }
        };
        Key::new(&bytes, &format!("{}-{poll}", self.conference))
    }

    /// Overwrites a key and takes it away; what is gone already is well.
    pub(super) fn destroy(&self, poll: Id) -> Result<()> {
        let path = self.path(poll);
        let mut file = match OpenOptions::new().write(true).open(&path) {
            Err(fault) if fault.kind() == ErrorKind::NotFound => return Ok(()),
            opened => opened?,
        };
        file.write_all(&[0; KEY_LENGTH])?;
        file.sync_all()?;
        match std::fs::remove_file(&path) {
            Err(fault) if fault.kind() != ErrorKind::NotFound => Err(fault.into()),
            _ => self.sync_folder(),
        }
    }

    /// A name made or taken away is on the disk only when its folder is.
    fn sync_folder(&self) -> Result<()> {
        if cfg!(unix) {
            File::open(&self.folder)?.sync_all()?;
        }
        Ok(())
    }
}

/// The keys that lie in an office's folder: conference and poll, in this order.
pub(super) fn all(office_folder: &Path) -> Result<Vec<(i64, Id)>> {
    let entries = match std::fs::read_dir(office_folder.join(FOLDER)) {
        Err(fault) if fault.kind() == ErrorKind::NotFound => return Ok(Vec::new()),
        entries => entries?,
    };
    let mut found = Vec::new();
    for entry in entries {
        let name = entry?.file_name();
        let numbers = name.to_str().and_then(|name| name.strip_suffix(ENDING)?.split_once('-'));
        if let Some((conference, poll)) = numbers
            && let (Ok(conference), Ok(poll)) = (conference.parse(), poll.parse())
        {
            found.push((conference, poll));
        }
    }
    found.sort_unstable();
    Ok(found)
}

#[cfg(unix)]
fn make_folder(folder: &Path) -> std::io::Result<()> {
    use std::os::unix::fs::DirBuilderExt;
    std::fs::DirBuilder::new().recursive(true).mode(0o700).create(folder)
}

#[cfg(not(unix))]
fn make_folder(folder: &Path) -> std::io::Result<()> {
    std::fs::create_dir_all(folder)
}

#[cfg(unix)]
fn only_for_us(options: &mut OpenOptions) -> &mut OpenOptions {
    use std::os::unix::fs::OpenOptionsExt;
    options.mode(0o600)
}

#[cfg(not(unix))]
fn only_for_us(options: &mut OpenOptions) -> &mut OpenOptions {
    options
}
