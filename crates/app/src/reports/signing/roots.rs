//! The authorities whose certificates this office trusts: every `*.pem` in the folder `roots` of its data; and the lists of
//! certificates that they took back: every `*.crl` there.
//!
//! The office puts the files there itself (the root certificates of the Government Cipher Committee's authority or of
//! another); none ships, because which authority to trust is the office's decision. They are read anew each time.

use documents::signature::Roots;
use domain::{Reason, Refusal};

use crate::{office::Office, platform::Result};

/// The folder, inside the office's own.
const FOLDER: &str = "roots";

/// The trusted authorities; none where the folder is not there.
///
/// # Errors
/// Refused with every file that cannot be read as certificates, or as a list.
pub(super) fn trusted(office: &Office) -> Result<Roots> {
    let Ok(entries) = std::fs::read_dir(office.folder().join(FOLDER)) else { return Ok(Roots::default()) };
    let mut paths = entries.map(|entry| Ok(entry?.path())).collect::<Result<Vec<_>>>()?;
    paths.sort();
    let (mut roots, mut faults) = (Roots::default(), Vec::new());
    for path in paths {
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let ending = path.extension().unwrap_or_default().to_ascii_lowercase();
        let read = match ending.to_str() {
            Some("pem") => roots.add_pem(&std::fs::read(&path)?),
            Some("crl") => roots.add_list(&std::fs::read(&path)?),
            _ => continue,
        };
        if let Err(refusal) = read {
            let named = |reason: Reason| Reason { message: format!("{FOLDER}/{name}: {}", reason.message), ..reason };
            faults.extend(refusal.reasons.into_iter().map(named));
        }
    }
    Refusal::unless_empty(faults)?;
    Ok(roots)
}

/// The names of the trusted authorities, as pages tell them; none where their files cannot be read.
pub(super) fn names(office: &Office) -> Vec<String> {
    trusted(office).map(|roots| roots.names().collect()).unwrap_or_default()
}
