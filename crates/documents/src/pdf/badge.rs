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

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

    use super::*;

    #[test]
    fn nine_badges_stand_on_two_sheets_and_say_who_wears_them() {
        let badge = |number: u32| Badge {
            name: format!("Nguyễn Thị Số {number}"),
            post: "Hiệu trưởng".to_owned(),
            unit: "Trường Tiểu học Hoa Sữa".to_owned(),
            role: "ĐẠI BIỂU".to_owned(),
            seat: "Ghế B1-02".to_owned(),
            code: format!("3-{number:04}"),
        };
        let badges: Vec<Badge> = (1..=9).map(badge).collect();
        let head = BadgeHead {
            organiser: "UBND phường Hoa Sữa".to_owned(), occasion: "Hội nghị tổng kết".to_owned()
        };
        let pdf = write_badges(&head, &badges, "2026-08-14T08:00:00".parse().unwrap()).unwrap();
        assert_eq!(pdf.pages, 2);
        let words = crate::inspect::read(&pdf.bytes).unwrap().text();
        for word in ["Nguyễn Thị Số 9", "3-0009", "Ghế B1-02", "Hội nghị tổng kết"] {
            assert!(words.contains(word), "{word}: {words}");
        }
    }
}
