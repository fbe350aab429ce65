//! Photographs for the web: measured before a pixel is unpacked, turned upright, made small, written anew. What a camera
//! hid in the file (place, time, serial number) does not come along.

use std::io::Cursor;

use domain::Refusal;
use image::{
    DynamicImage, ImageDecoder, ImageFormat, ImageReader, Limits, codecs::jpeg::JpegEncoder, imageops::FilterType,
};

/// The largest file that is taken, in bytes.
pub const PHOTO_BYTES_MAX: usize = 25 << 20;

/// The most pixels of a photograph.
const PIXELS_MAX: u64 = 50_000_000;

/// How much memory unpacking one may take, in bytes.
const UNPACKED_BYTES_MAX: u64 = 256 << 20;

/// The longest side as it is kept, in pixels.
const SIDE: u32 = 1_600;

/// Quality of the JPEG that is kept, of 100.
const QUALITY: u8 = 82;

/// A photograph as it is kept: JPEG, upright, without metadata.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Photo {
    /// The file.
    pub bytes: Vec<u8>,
    /// Width in pixels.
    pub width: u32,
    /// Height in pixels.
    pub height: u32,
}

/// Takes a photograph in.
///
/// # Errors
/// Codes `too_large`, `not_a_photo`, `too_many_pixels`, `damaged`.
pub fn admit(bytes: &[u8]) -> Result<Photo, Refusal> {
    if bytes.len() > PHOTO_BYTES_MAX {
        let message =
            format!("Ảnh nặng {} MB, vượt mức {} MB; hãy thu nhỏ ảnh.", bytes.len() >> 20, PHOTO_BYTES_MAX >> 20);
        return Err(Refusal::one("too_large", message));
    }
    let format = match image::guess_format(bytes) {
        Ok(format @ (ImageFormat::Jpeg | ImageFormat::Png)) => format,
        _ => return Err(Refusal::one("not_a_photo", "Tệp không phải ảnh JPEG hoặc PNG; hãy xuất ảnh sang JPEG.")),
    };
    let reader = || ImageReader::with_format(Cursor::new(bytes), format);
    let (width, height) = reader().into_dimensions().map_err(damaged)?;
    let pixels = u64::from(width) * u64::from(height);
    if pixels > PIXELS_MAX {
        let message = format!(
            "Ảnh có {width} × {height} điểm ({} triệu), vượt mức {} triệu; hãy thu nhỏ ảnh rồi gửi lại.",
            pixels / 1_000_000,
            PIXELS_MAX / 1_000_000
        );
        return Err(Refusal::one("too_many_pixels", message));
    }
    let mut limits = Limits::default();
    limits.max_alloc = Some(UNPACKED_BYTES_MAX);
    let mut reader = reader();
    reader.limits(limits);
    let mut decoder = reader.into_decoder().map_err(damaged)?;
    let orientation = decoder.orientation().map_err(damaged)?;
    let mut picture = DynamicImage::from_decoder(decoder).map_err(damaged)?;
    if width.max(height) > SIDE {
        picture = picture.resize(SIDE, SIDE, FilterType::Triangle);
    }
    picture.apply_orientation(orientation);
    let picture = picture.to_rgb8();
    let mut written = Vec::new();
    picture.write_with_encoder(JpegEncoder::new_with_quality(&mut written, QUALITY)).map_err(damaged)?;
    Ok(Photo { bytes: written, width: picture.width(), height: picture.height() })
}

fn damaged(cause: image::ImageError) -> Refusal {
    Refusal::one("damaged", format!("Ảnh bị hỏng hoặc chưa tải lên hết ({cause}); hãy xuất lại ảnh."))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

    use super::*;

    fn jpeg(width: u32, height: u32) -> Vec<u8> {
        let mut bytes = Vec::new();
        let picture = image::RgbImage::from_pixel(width, height, image::Rgb([200, 60, 40]));
        picture.write_with_encoder(JpegEncoder::new_with_quality(&mut bytes, 60)).unwrap();
        bytes
    }

    /// The same file with what a camera writes: turned by a quarter, and a place.
    fn from_a_camera(plain: &[u8]) -> Vec<u8> {
        let mut exif = b"Exif\0\0II*\0\x08\0\0\0\x01\0\x12\x01\x03\0\x01\0\0\0\x06\0\0\0\0\0\0\0".to_vec();
        exif.extend_from_slice(b"GPS 21.0278 N 105.8342 E");
        let length = u16::try_from(exif.len() + 2).unwrap().to_be_bytes();
        [&plain[..2], &[0xFF, 0xE1], &length, &exif, &plain[2..]].concat()
    }

    #[test]
    fn a_photo_is_made_small_turned_upright_and_loses_what_the_camera_wrote() {
        let photo = admit(&from_a_camera(&jpeg(2_000, 1_000))).unwrap();
        assert_eq!((photo.width, photo.height), (800, 1_600));
        assert!(!photo.bytes.windows(4).any(|part| part == b"Exif" || part == b"GPS "));
        assert_eq!(image::guess_format(&photo.bytes).unwrap(), ImageFormat::Jpeg);
    }

    #[test]
    fn sixty_megapixels_are_refused_before_they_are_unpacked() {
        let mut large = jpeg(16, 16);
        let frame = large.windows(2).position(|mark| mark == [0xFF, 0xC0]).unwrap();
        large[frame + 5..frame + 9].copy_from_slice(&[0x1F, 0x40, 0x1D, 0x4C]);
        let refusal = admit(&large).unwrap_err();
        assert_eq!(refusal.reasons[0].code, "too_many_pixels");
        assert!(refusal.reasons[0].message.contains("7500 × 8000 điểm (60 triệu)"), "{}", refusal.reasons[0].message);
    }

    #[test]
    fn what_is_no_photo_is_told_so() {
        let code = |bytes: &[u8]| admit(bytes).unwrap_err().reasons[0].code.clone();
        assert_eq!(code(b"%PDF-1.7"), "not_a_photo");
        let whole = jpeg(64, 64);
        assert_eq!(code(&whole[..120]), "damaged");
    }
}
