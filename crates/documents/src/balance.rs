//! Lines that stand in the middle are broken evenly: a title's last year never stands alone on a line of its own.
//!
//! Not by breaks, which would stay where they are when somebody edits the words, but by the room that the words are
//! given: the narrowest in which they need no more lines.

use crate::fonts::text_width;

const POINTS_PER_MM: f64 = 72.0 / 25.4;

/// How far a program's measure of a line may differ from ours: kerning.
const SLACK: f64 = 1.012;

/// The room, in millimetres, of a text that stands in the middle of a room.
pub(crate) fn balanced_mm(text: &str, bold: bool, size_pt: f64, room_mm: f64) -> f64 {
    const HALVINGS: usize = 12;
    let blank = text_width(" ", bold, size_pt);
    let words: Vec<f64> = text.split_whitespace().map(|word| text_width(word, bold, size_pt)).collect();
    let room = room_mm * POINTS_PER_MM / SLACK;
    let count = line_count(&words, blank, room);
    let longest = words.iter().copied().fold(0.0, f64::max);
    if count < 2 || longest > room {
        return room_mm;
    }
    let (mut too_narrow, mut wide_enough) = (longest * 0.999, room);
    for _ in 0..HALVINGS {
        let middle = f64::midpoint(too_narrow, wide_enough);
        match line_count(&words, blank, middle) > count {
            true => too_narrow = middle,
            false => wide_enough = middle,
        }
    }
    (wide_enough * SLACK / POINTS_PER_MM).min(room_mm)
}

/// How many lines words take where each line takes what fits.
fn line_count(words: &[f64], blank: f64, room: f64) -> usize {
    let (mut count, mut filled) = (0, f64::MAX);
    for word in words {
        match filled + blank + word <= room {
            true => filled += blank + word,
            false => (count, filled) = (count + 1, *word),
        }
    }
    count
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

    use super::*;

    const TITLE: &str = "Tổ chức Hội nghị tổng kết năm học 2025-2026 và triển khai nhiệm vụ năm học 2026-2027";

    #[test]
    fn two_lines_become_about_equal_and_stay_two() {
        let room = 165.0;
        let balanced = balanced_mm(TITLE, true, 14.0, room);
        let whole = text_width(TITLE, true, 14.0) / POINTS_PER_MM;
        assert!(whole > room && (whole * 0.5..whole * 0.62).contains(&balanced), "{balanced} of {whole}");
    }

    #[test]
    fn one_line_and_words_wider_than_the_room_are_left_alone() {
        for (text, room) in [("Về việc nghỉ hè", 165.0), ("", 165.0), ("Giáo-dục-và-đào-tạo-thành-phố x", 20.0)]
        {
            assert!((balanced_mm(text, true, 14.0, room) - room).abs() < 1e-9, "{text}");
        }
    }
}
