//! Texts placed on a preprinted sheet: giấy khen, bằng khen. Only the words are printed; frame, emblem and seal are on
//! the paper already.

use serde::{Deserialize, Serialize};

use super::block::{Align, Emphasis};

/// A text at its place on the sheet.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct PlacedText {
    /// From the sheet's left edge, in millimetres.
    pub x_mm: f64,
    /// From the sheet's top edge to the top of the first line, in millimetres.
    pub y_mm: f64,
    /// The width in which it stands, in millimetres.
    pub width_mm: f64,
    /// How it stands in that width.
    pub align: Align,
    /// Size of the letters, in points.
    pub size_pt: f64,
    /// How it stands out.
    pub emphasis: Emphasis,
    /// The words.
    pub text: String,
}

/// A sheet with its texts.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Certificate {
    /// Width of the sheet, in millimetres.
    pub width_mm: f64,
    /// Height of the sheet, in millimetres.
    pub height_mm: f64,
    /// The texts, from the top down.
    pub texts: Vec<PlacedText>,
}
