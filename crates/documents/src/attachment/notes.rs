//! What is stuck on the pages of a PDF over its text: notes, boxes of words, stamps, fields of forms.
//!
//! A reader sees them as if they were printed, and they are no part of the text that is read and compared.

use std::collections::BTreeSet;
use std::panic::{AssertUnwindSafe, catch_unwind};

use hayro_syntax::{
    Pdf,
    object::{Array, Dict, Name},
};

/// The kinds of what is stuck on the pages, by their names in the file; links, and the places of digital signatures, are
/// none. A file that cannot be read has a kind without a name.
pub fn stuck_on(bytes: &[u8]) -> BTreeSet<String> {
    let unreadable = || BTreeSet::from([String::new()]);
    catch_unwind(AssertUnwindSafe(|| kinds(bytes))).ok().flatten().unwrap_or_else(unreadable)
}

fn kinds(bytes: &[u8]) -> Option<BTreeSet<String>> {
    let pdf = Pdf::new(bytes.to_vec()).ok()?;
    let mut kinds = BTreeSet::new();
    for page in pdf.pages().iter() {
        let Some(notes) = page.raw().get::<Array<'_>>("Annots") else { continue };
        for note in notes.iter::<Dict<'_>>() {
            let kind = name(&note, "Subtype").unwrap_or_default();
            let is_plain = kind == "Link" || kind == "Popup" || kind == "Widget" && is_signature(&note);
            if !is_plain {
                kinds.insert(kind);
            }
        }
    }
    Some(kinds)
}

/// A place of a signature, or of one that its parent describes.
fn is_signature(field: &Dict<'_>) -> bool {
    let own = name(field, "FT");
    let kind = own.or_else(|| field.get::<Dict<'_>>("Parent").and_then(|parent| name(&parent, "FT")));
    kind.as_deref() == Some("Sig")
}

fn name(dict: &Dict<'_>, key: &str) -> Option<String> {
    dict.get::<Name<'_>>(key).map(|name| name.as_str().to_owned())
}
