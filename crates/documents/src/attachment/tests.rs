//! Honest files are kept with their words; what is disguised, active, swollen or broken is refused as what it is.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod plain_pdf;

use domain::reports::sample;
use image::{DynamicImage, RgbImage};

use super::*;

fn code(bytes: &[u8]) -> String {
    admit(bytes).map(|kept| format!("{:?}", kept.kind)).unwrap_or_else(|refusal| refusal.reasons[0].code.clone())
}

fn encoded(width: u32, height: u32, format: ImageFormat) -> Vec<u8> {
    let mut bytes = Cursor::new(Vec::new());
    DynamicImage::ImageRgb8(RgbImage::new(width, height)).write_to(&mut bytes, format).unwrap();
    bytes.into_inner()
}

/// A PNG whose header tells this size and which holds next to nothing.
fn claimed_png(width: u32, height: u32) -> Vec<u8> {
    let mut bytes = encoded(1, 1, ImageFormat::Png);
    bytes[16..20].copy_from_slice(&width.to_be_bytes());
    bytes[20..24].copy_from_slice(&height.to_be_bytes());
    let sum = crc(&bytes[12..29]);
    bytes[29..33].copy_from_slice(&sum.to_be_bytes());
    bytes
}

fn crc(bytes: &[u8]) -> u32 {
    !bytes.iter().fold(u32::MAX, |sum, byte| {
        (0..8).fold(sum ^ u32::from(*byte), |sum, _| if sum & 1 == 1 { (sum >> 1) ^ 0xEDB8_8320 } else { sum >> 1 })
    })
}

fn pdf(catalog: &str) -> Vec<u8> {
    plain_pdf::of_objects(&[
        format!("<< /Type /Catalog /Pages 2 0 R {catalog} >>"),
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>".to_owned(),
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] >>".to_owned(),
    ])
}

#[test]
fn word_files_and_pdf_are_kept_with_their_words() {
    let document = sample::report();
    let made_at = jiff::civil::datetime(2026, 6, 21, 9, 0, 0, 0);
    let word = admit(&crate::docx::write(&document, made_at).unwrap()).unwrap();
    assert_eq!(word.kind, Kind::Docx);
    assert!(word.words.contains(&document.subject), "{}", word.words);
    let plain = admit(&pdf("")).unwrap();
    assert_eq!((plain.kind, plain.page_count, plain.words.as_str()), (Kind::Pdf, Some(1), ""));
}

#[test]
fn scans_are_kept() {
    assert_eq!(code(&encoded(20, 30, ImageFormat::Png)), "Png");
    assert_eq!(code(&encoded(20, 30, ImageFormat::Jpeg)), "Jpeg");
}

#[test]
fn sixty_megapixels_are_refused_before_a_pixel_is_unpacked() {
    let bytes = claimed_png(10_000, 6_000);
    assert!(bytes.len() < 1_000);
    let refusal = admit(&bytes).unwrap_err();
    assert_eq!(refusal.reasons[0].code, "too_many_pixels");
    assert!(refusal.reasons[0].message.contains("60 triệu"), "{refusal}");
    assert_eq!(code(&claimed_png(20_000, 1_000)), "too_many_pixels", "one endless side");
    assert_eq!(code(&claimed_png(5_000, 7_000)), "damaged", "a header that promises more than the file holds");
}

#[test]
fn disguises_are_refused_as_what_they_are() {
    assert_eq!(code(b""), "empty");
    assert_eq!(code(b"MZ\x90\x00\x03"), "program");
    assert_eq!(code(b"\x7fELF\x02\x01"), "program");
    assert_eq!(code(b"#!/bin/sh\nrm"), "program");
    assert_eq!(code(b"  <html><script>"), "unknown_format");
    assert_eq!(code(b"\xEF\xBB\xBF<svg onload=x>"), "unknown_format");
    assert_eq!(code(b"hello"), "unknown_format");
    assert_eq!(code(&vec![b'x'; FILE_BYTES_MAX + 1]), "too_large");
    let mut cut = encoded(200, 300, ImageFormat::Png);
    cut.truncate(cut.len() / 2);
    assert_eq!(code(&cut), "damaged");
}

#[test]
fn a_pdf_that_acts_by_itself_is_refused() {
    assert_eq!(code(&pdf("/OpenAction << /S /JavaScript /JS (app.alert(1)) >>")), "script");
    assert_eq!(code(&pdf("/OpenAction << /S /Launch /F (calc.exe) >>")), "script");
    assert_eq!(code(&pdf("/AA << /O [<< /S /URI >> << /JS (x) >>] >>")), "script");
    assert_eq!(code(&pdf("/Lang (vi-VN)")), "Pdf");
}

#[test]
fn what_is_stuck_on_a_page_is_told_from_links_and_signatures() {
    let with = |notes: &str| {
        plain_pdf::of_objects(&[
            "<< /Type /Catalog /Pages 2 0 R >>".to_owned(),
            "<< /Type /Pages /Kids [3 0 R] /Count 1 >>".to_owned(),
            format!("<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Annots [{notes}] >>"),
        ])
    };
    let told = |notes: &str| stuck_on(&with(notes)).into_iter().collect::<Vec<_>>().join(", ");
    assert_eq!(told("<< /Subtype /Link >> << /Subtype /Widget /FT /Sig >>"), "");
    assert_eq!(told("<< /Subtype /FreeText /Contents (50.000.000) >> << /Subtype /Link >>"), "FreeText");
    assert_eq!(told("<< /Subtype /Widget /FT /Tx >> << /Subtype /Stamp >>"), "Stamp, Widget");
    assert_eq!(stuck_on(b"%PDF-1.4"), std::collections::BTreeSet::from([String::new()]));
}
