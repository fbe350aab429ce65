//! QR codes as SVG: the address at which a reader checks a document.

use qrcode::render::svg;
use qrcode::{EcLevel, QrCode};

use crate::WriteError;

/// Side of the printed code at the foot of a first page, in millimetres.
pub(crate) const SIDE_MM: f64 = 14.0;

/// What a reader who cannot see the code is told.
pub(crate) fn words(address: &str) -> String {
    format!("Mã kiểm tra văn bản: {address}")
}

/// Draws an address as a QR code (SVG, black on white, with its quiet zone). A quarter of it may be lost under a fold or
/// a stamp and it is still read.
///
/// # Errors
/// If the address is longer than a code can hold (about 1,600 letters).
pub fn svg(address: &str) -> Result<String, WriteError> {
    const SIDE: u32 = 120;
    let code =
        QrCode::with_error_correction_level(address, EcLevel::Q).map_err(|error| WriteError::new("QR", error))?;
    Ok(code.render::<svg::Color<'_>>().min_dimensions(SIDE, SIDE).quiet_zone(true).build())
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

    use super::*;

    const ADDRESS: &str = "https://phuong.vi-du.vn/kiem-tra/2026/05-BC-UBND?ma=7f3c9a01e2";

    /// Drawn as a printer would draw it, then read as a telephone would read it.
    #[test]
    fn a_drawn_code_is_read_back() {
        let tree = resvg::usvg::Tree::from_str(&svg(ADDRESS).unwrap(), &resvg::usvg::Options::default()).unwrap();
        let mut pixels = resvg::tiny_skia::Pixmap::new(480, 480).unwrap();
        pixels.fill(resvg::tiny_skia::Color::WHITE);
        let scale = 480.0 / tree.size().width();
        resvg::render(&tree, resvg::tiny_skia::Transform::from_scale(scale, scale), &mut pixels.as_mut());
        let grey = |x: usize, y: usize| pixels.pixel(x as u32, y as u32).unwrap().red();
        let mut image = rqrr::PreparedImage::prepare_from_greyscale(480, 480, grey);
        let (_, read) = image.detect_grids()[0].decode().unwrap();
        assert_eq!(read, ADDRESS);
    }

    #[test]
    fn an_address_without_end_is_refused() {
        assert!(svg(&"a".repeat(10_000)).is_err());
    }
}
