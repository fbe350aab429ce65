//! Refusals of files in English, by their codes.

use domain::{Reason, Refusal};

/// What each code means and how to mend it.
const MESSAGES: [(&str, &str); 8] = [
    ("too_large", "The file is too large. Make its pictures smaller or split it, then send it again."),
    ("unknown_format", "The file is no .docx or .pdf. Save the document as .docx or .pdf, then send it again."),
    ("encrypted", "The file is under a password and cannot be read. Remove the password, then send it again."),
    ("damaged", "The file is damaged or was not sent as a whole. Open it, save it again, then send it again."),
    ("bomb", "The file unpacks to far more than it should. Export it again from the original, then send it again."),
    ("has_macros", "The file holds macros. In Word save it as «Word Document (.docx)», then send it again."),
    (
        "external_links",
        "The file takes content from outside. In Word copy the text into a new document, then send that.",
    ),
    (
        "no_text",
        "The file has no words to check (blank pages or a scan). Send the .docx, or a .pdf that a program wrote.",
    ),
];

/// A refusal of a file in English; a reason that has no English words keeps its Vietnamese ones.
pub fn in_english(refusal: Refusal) -> Refusal {
    let told = |reason: Reason| {
        let known = MESSAGES.iter().find(|(code, _)| *code == reason.code);
        known.map_or(reason.clone(), |(_, message)| Reason { message: (*message).to_owned(), ..reason })
    };
    Refusal { reasons: refusal.reasons.into_iter().map(told).collect() }
}
