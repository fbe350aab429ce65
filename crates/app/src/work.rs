//! Every kind of background job on one page; `platform::jobs` says how they are done.

use std::time::Duration;

use crate::{
    conference::operations::forget,
    platform::{jobs::Kind, mail},
    submissions,
};

/// How often waiting letters are looked for.
const LETTERS_EVERY: Duration = Duration::from_secs(60);
/// How often what nobody needs any more is cleared away.
const CLEANING_EVERY: Duration = Duration::from_secs(24 * 3600);

/// The table.
pub fn kinds() -> Vec<Kind> {
    let mut kinds = vec![
        Kind { name: submissions::jobs::IMPORT, handler: submissions::jobs::import, every: None },
        Kind { name: submissions::jobs::CLEAN, handler: submissions::jobs::clean, every: Some(CLEANING_EVERY) },
        Kind { name: forget::FORGET, handler: forget::job, every: Some(CLEANING_EVERY) },
    ];
    if mail::is_configured() {
        kinds.push(Kind { name: mail::DELIVER, handler: mail::deliver, every: Some(LETTERS_EVERY) });
    }
    kinds
}
