//! Places on a preprinted sheet.

use super::inline::{parts, plain};
use crate::reports::block::{Align, Emphasis};
use crate::reports::certificate::{Certificate, PlacedText};
use crate::vietnamese::unaccented;

/// The largest side of a sheet, in millimetres: A3.
const SIDE_MM_MAX: f64 = 420.0;

/// `297 210`: width and height.
pub(super) fn sheet(text: &str) -> Result<Certificate, String> {
    let sides: Vec<f64> = text.split_whitespace().filter_map(number).collect();
    match sides[..] {
        [width_mm, height_mm] if [width_mm, height_mm].iter().all(|side| (50.0..=SIDE_MM_MAX).contains(side)) => {
            Ok(Certificate { width_mm, height_mm, texts: Vec::new() })
        }
        _ => Err(format!("viết @khổ rộng cao, mỗi cạnh từ 50 đến {SIDE_MM_MAX} mm, ví dụ @khổ 297 210")),
    }
}

/// `30 96 237 giữa 16 đậm | chữ`.
pub(super) fn placed(text: &str) -> Result<PlacedText, String> {
    const FORM: &str =
        "viết @ô x y rộng trái|giữa|phải cỡ [đậm|nghiêng] rồi dấu | và chữ, ví dụ @ô 30 96 237 giữa 16 đậm | Tặng";
    let parts = parts(text);
    let (Some(place), Some(words)) = (parts.first(), parts.get(1)) else { return Err(FORM.to_owned()) };
    let words = plain(words);
    let fields: Vec<&str> = place.split_whitespace().collect();
    let (Some([x, y, width, align, size]), looks) = (fields.first_chunk::<5>(), fields.get(5..).unwrap_or(&[])) else {
        return Err(FORM.to_owned());
    };
    let side = |text: &str| number(text).filter(|side| (0.0..=SIDE_MM_MAX).contains(side));
    let (Some(x_mm), Some(y_mm), Some(width_mm), Some(size_pt)) = (side(x), side(y), side(width), number(size)) else {
        return Err(FORM.to_owned());
    };
    if !(6.0..=72.0).contains(&size_pt) {
        return Err("cỡ chữ từ 6 đến 72".to_owned());
    }
    let align = alignment(align).ok_or(FORM)?;
    let emphasis = match looks.iter().map(|look| unaccented(look)).collect::<Vec<_>>().as_slice() {
        [] => Emphasis::Plain,
        [look] if look == "dam" => Emphasis::Bold,
        [look] if look == "nghieng" => Emphasis::Italic,
        _ => return Err(FORM.to_owned()),
    };
    Ok(PlacedText { x_mm, y_mm, width_mm, align, size_pt, emphasis, text: words })
}

/// `trái`, `giữa`, `phải`.
pub(super) fn alignment(word: &str) -> Option<Align> {
    match unaccented(word).as_str() {
        "trai" => Some(Align::Left),
        "giua" => Some(Align::Centre),
        "phai" => Some(Align::Right),
        _ => None,
    }
}

fn number(text: &str) -> Option<f64> {
    text.replace(',', ".").parse().ok().filter(|number: &f64| number.is_finite())
}
