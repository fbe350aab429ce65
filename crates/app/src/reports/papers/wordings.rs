//! Wording templates: those that ship, and an office's own versions over them.

use std::sync::OnceLock;

use domain::{Reason, Refusal, reports::paper::Wording};

use super::queries;
use crate::{
    office::Office,
    platform::{Error, Result},
    shipped,
};

/// The shipped wording files.
const FILES: [&str; 20] = [
    "bao-cao-tom-tat",
    "ke-hoach",
    "chuong-trinh",
    "giay-moi",
    "cong-van",
    "cong-van-yeu-cau-bao-cao",
    "to-trinh",
    "thong-bao",
    "thong-bao-ket-luan",
    "quyet-dinh",
    "quyet-dinh-ban-hanh",
    "quyet-dinh-ban-to-chuc",
    "quyet-dinh-khen-thuong",
    "bien-ban",
    "danh-sach-dai-bieu",
    "so-do-cho-ngoi",
    "kich-ban",
    "tham-luan",
    "giay-khen",
    "bang-khen",
];

/// The summary report among the kinds of papers: it is written from the figures and has no words to edit.
const SUMMARY_REPORT: &str = crate::reports::operations::SUMMARY_REPORT;

/// Every shipped wording with words of its own, in the order of lists.
///
/// # Errors
/// An inside fault that names the file and what is wrong with it.
pub fn shipped() -> Result<&'static [Wording]> {
    static WORDINGS: OnceLock<std::result::Result<Vec<Wording>, String>> = OnceLock::new();
    let read = || {
        let mut wordings = Vec::new();
        for slug in FILES {
            let text = shipped::text(&format!("wording/{slug}.toml")).map_err(|error| error.to_string())?;
            wordings.push(Wording::parse(text).map_err(|fault| format!("wording/{slug}.toml: {fault}"))?);
        }
        wordings.sort_by_key(|wording| wording.order);
        Ok(wordings)
    };
    WORDINGS.get_or_init(read).as_deref().map_err(|fault| Error::Inside(fault.clone()))
}

fn summary_report() -> Result<&'static Wording> {
    static WORDING: OnceLock<std::result::Result<Wording, String>> = OnceLock::new();
    let read = || {
        let text = shipped::text(&format!("wording/{SUMMARY_REPORT}.toml")).map_err(|error| error.to_string())?;
        Wording::parse(text).map_err(|fault| format!("wording/{SUMMARY_REPORT}.toml: {fault}"))
    };
    WORDING.get_or_init(read).as_ref().map_err(|fault| Error::Inside(fault.clone()))
}

/// A wording as an office uses it.
#[derive(Clone, Debug)]
pub struct CurrentWording {
    /// The wording, with the office's own body if it has one.
    pub wording: Wording,
    /// The office's version; 0 for the shipped one.
    pub version: i64,
}

/// The shipped wording of a kind, by its name in addresses.
///
/// # Errors
/// `NotFound` for a kind that does not ship.
pub fn find(slug: &str) -> Result<&'static Wording> {
    if slug == SUMMARY_REPORT {
        return summary_report();
    }
    let found = shipped()?.iter().find(|wording| wording.slug == slug);
    found.ok_or_else(|| Error::NotFound(format!("loại văn bản «{slug}»")))
}

/// The wording of a kind as the office uses it now.
///
/// # Errors
/// `NotFound` for a kind that does not ship.
pub(super) async fn current(office: &Office, unit: &str, slug: &str) -> Result<CurrentWording> {
    let shipped = find(slug)?;
    Ok(match queries::latest_wording(office, unit, slug).await? {
        // A version that says nothing is none: the shipped words stand until somebody writes better ones.
        Some((version, body)) if body.trim().is_empty() => CurrentWording { wording: shipped.clone(), version },
        Some((version, body)) => CurrentWording { wording: Wording { body, ..shipped.clone() }, version },
        None => CurrentWording { wording: shipped.clone(), version: 0 },
    })
}

/// Refuses a template that says nothing.
///
/// # Errors
/// `empty_template`.
pub(super) fn not_empty(body: &str) -> Result<(), Refusal> {
    if !body.trim().is_empty() {
        return Ok(());
    }
    let message =
        "Mẫu đang trống nên văn bản sẽ không có chữ nào. Hãy viết lại mẫu, hoặc mở một phiên bản đã lưu rồi lưu lại.";
    Err(Reason::new("empty_template", message).at("body").into())
}

/// The same, to be edited.
///
/// # Errors
/// `NotFound` for a kind that does not ship, or that has no words of its own.
pub(super) async fn editable(office: &Office, unit: &str, slug: &str) -> Result<CurrentWording> {
    let current = current(office, unit, slug).await?;
    match current.wording.body.is_empty() {
        true => Err(Error::NotFound(format!("mẫu câu chữ của «{slug}»"))),
        false => Ok(current),
    }
}
