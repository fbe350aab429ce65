//! Badges of delegates as a PDF: eight to a sheet, each with its code as QR.

use std::collections::HashMap;

use jiff::civil::DateTime;
use serde::Serialize;
use typst::foundations::Bytes;

use super::{Pdf, laid_out, world::World};
use crate::{WriteError, fonts, qr};

/// A badge.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Badge {
    /// Who wears it.
    pub name: String,
    /// The post, in one line.
    pub post: String,
    /// The unit.
    pub unit: String,
    /// What the person is here (`Đại biểu`).
    pub role: String,
    /// The seat; empty where none is given.
    pub seat: String,
    /// The code that is scanned at the door.
    pub code: String,
}

/// What all badges of a conference say.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct BadgeHead {
    /// Who holds the conference.
    pub organiser: String,
    /// The conference.
    pub occasion: String,
}

#[derive(Serialize)]
struct FileView<'a> {
    title: String,
    author: &'a str,
    organiser: String,
    occasion: String,
    badges: Vec<BadgeView>,
}

#[derive(Serialize)]
struct BadgeView {
    name: String,
    post: String,
    unit: String,
    role: String,
    seat: String,
    code: String,
    qr: String,
    qr_words: String,
}

/// Writes badges as PDF, eight to a sheet of A4.
///
/// # Errors
/// If the layout or the export fails; where a code is longer than a QR code can hold.
pub fn write_badges(head: &BadgeHead, badges: &[Badge], made_at: DateTime) -> Result<Pdf, WriteError> {
    let mut pictures = HashMap::new();
    let mut views = Vec::with_capacity(badges.len());
    let printed = |text: &str| fonts::printable(text).into_owned();
    for (place, badge) in badges.iter().enumerate() {
        let path = format!("/badge-{place}.svg");
        pictures.insert(path.clone(), Bytes::from_string(qr::svg(&badge.code)?));
        views.push(BadgeView {
            name: printed(&badge.name),
            post: printed(&badge.post),
            unit: printed(&badge.unit),
            role: printed(&badge.role),
            seat: printed(&badge.seat),
            code: printed(&badge.code),
            qr: path,
            qr_words: format!("Mã thẻ {}", printed(&badge.code)),
        });
    }
    let file = FileView {
        title: format!("Thẻ đại biểu - {}", printed(&head.occasion)),
        author: "",
        organiser: printed(&head.organiser),
        occasion: printed(&head.occasion),
        badges: views,
    };
    let data = serde_json::to_vec(&file).map_err(|error| WriteError::new("PDF", error))?;
    let pdf =
        laid_out(&World::of_badges(data, pictures)?, &format!("badges|{}|{}", head.occasion, badges.len()), made_at);
    crate::forget_old_work();
    pdf
}
