//! Both formats of our own documents are read back with their words and look; hostile files are refused in words.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::io::{Cursor, Write};

use domain::reports::sample;
use jiff::civil::datetime;
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use super::*;
use crate::reading::{expected, squeezed};

const MADE_AT: jiff::civil::DateTime = datetime(2026, 6, 30, 9, 5, 0, 0);

fn docx() -> Vec<u8> {
    crate::docx::write(&sample::report(), MADE_AT).unwrap()
}

fn pdf() -> Vec<u8> {
    crate::pdf::write(&sample::report(), MADE_AT).unwrap().bytes
}

fn code(bytes: &[u8]) -> String {
    read(bytes).unwrap_err().reasons[0].code.clone()
}

#[test]
fn the_words_of_our_word_file_are_read_in_order() {
    assert_eq!(squeezed(&text(&docx()).unwrap()), expected(&sample::report()));
}

/// The head of a PDF is read column by column, so its words are compared as a set and the rest in order.
#[test]
fn the_words_of_our_pdf_are_read() {
    let read = text(&pdf()).unwrap();
    for line in sample::report().lines() {
        for word in line.split_whitespace().filter(|word| word.chars().any(char::is_alphanumeric)) {
            assert!(read.contains(word), "«{word}» is missing in:\n{read}");
        }
    }
    let whole = "Toàn phường có 8.493 học sinh, tăng 120 so với năm học trước.";
    assert!(read.contains(whole), "the sentence is whole:\n{read}");
}

#[test]
fn files_that_are_not_documents_are_refused() {
    assert_eq!(code(b""), "unknown_format");
    assert_eq!(code(b"<html>"), "unknown_format");
    assert_eq!(code(&docx()[..3000]), "damaged");
    assert_eq!(code(&pdf()[..3000]), "damaged");
}

#[test]
fn every_refusal_is_told_in_english_too() {
    for bytes in [b"".as_slice(), &docx()[..3000]] {
        let refusal = read(bytes).unwrap_err();
        let english = in_english(refusal.clone());
        assert_eq!(english.reasons[0].code, refusal.reasons[0].code);
        assert!(english.reasons[0].message.is_ascii(), "{english}");
    }
    let other = Refusal::one("khac", "Lý do khác.");
    assert_eq!(in_english(other.clone()), other);
}

fn package(parts: &[(&str, &[u8])]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in parts {
        zip.start_file(*name, SimpleFileOptions::default()).unwrap();
        zip.write_all(bytes).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

#[test]
fn hostile_word_files_are_refused_with_their_reason() {
    let text: &[u8] = b"<w:document><w:body><w:p/></w:body></w:document>";
    let link = |kind: &str| {
        format!(
            "<Relationships><Relationship Id=\"r\" Type=\"x/{kind}\" Target=\"https://vi.du/\" TargetMode=\"External\"/></Relationships>"
        )
    };
    let with = |name: &str, bytes: &[u8]| package(&[("word/document.xml", text), (name, bytes)]);
    assert_eq!(code(&with("word/vbaProject.bin", b"x")), "has_macros");
    assert_eq!(code(&with("word/_rels/document.xml.rels", link("oleObject").as_bytes())), "external_links");
    assert_eq!(code(&with("word/_rels/settings.xml.rels", link("attachedTemplate").as_bytes())), "external_links");
    assert!(read(&with("word/_rels/document.xml.rels", link("hyperlink").as_bytes())).is_ok());
    assert_eq!(code(&with("word/media/image.bin", &vec![0; 40 << 20])), "bomb");
    assert_eq!(code(&package(&[("mimetype", b"x")])), "unknown_format");
    let deep = format!("<w:document><w:body>{}", "<w:p>".repeat(100_000));
    assert_eq!(code(&package(&[("word/document.xml", deep.as_bytes())])), "too_large");
}

fn pdf_of(objects: &[&str]) -> Vec<u8> {
    let mut file = b"%PDF-1.4\n".to_vec();
    for (at, object) in objects.iter().enumerate() {
        file.extend(format!("{} 0 obj\n{object}\nendobj\n", at + 1).bytes());
    }
    file.extend(b"trailer<</Root 1 0 R>>\nstartxref\n0\n%%EOF");
    file
}

#[test]
fn hostile_pdf_files_are_refused_with_their_reason() {
    let catalogue = "<</Type/Catalog/Pages 2 0 R>>";
    assert_eq!(code(&pdf_of(&[catalogue, "<</Type/Pages/Kids[2 0 R]/Count 1>>"])), "bomb");
    assert_eq!(code(&pdf_of(&[catalogue, "<</Type/Pages/Kids 3 0 R>>", "[2 0 R]"])), "bomb");
    let wide = "<</Type/Pages/Kids[3 0 R 3 0 R 3 0 R 3 0 R 3 0 R 3 0 R 3 0 R 3 0 R 3 0 R 3 0 R]>>";
    let levels: Vec<String> = (2..12).map(|at| wide.replace("3 0 R", &format!("{} 0 R", at + 1))).collect();
    let mut objects = vec![catalogue];
    objects.extend(levels.iter().map(String::as_str));
    assert_eq!(code(&pdf_of(&objects)), "bomb");
    assert_eq!(code(&pdf_of(&[catalogue, &"[".repeat(100_000)])), "bomb");
    assert_eq!(code(&pdf_of(&[catalogue, "<</Type/Pages/Kids[]>>", "<</Encrypt 5 0 R>>"])), "encrypted");
    // A place on a page (object 4, 4 mm from the left) is no node that holds itself.
    let page = "<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>";
    let place = "[3 0 R/XYZ 4.03937 523.026 0]";
    assert!(read(&pdf_of(&[catalogue, "<</Type/Pages/Kids[3 0 R]/Count 1>>", page, place])).is_ok());
    let packed = {
        let mut packer = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::best());
        (0..200).for_each(|_| packer.write_all(&[b' '; 1 << 20]).unwrap());
        packer.finish().unwrap()
    };
    let mut file = b"%PDF-1.4\n1 0 obj\n<</Filter/FlateDecode/Length 1>>\nstream\n".to_vec();
    file.extend(packed);
    file.extend(b"\nendstream\nendobj\n%%EOF");
    assert_eq!(code(&file), "bomb");
}

/// A page whose content is packed by these filters, behind a word that opens a stream which is none.
fn pdf_with_content(decoy: &str, dict: &str, packed: &[u8]) -> Vec<u8> {
    let head = "1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n\
                3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R>>endobj\n";
    let mut file = format!("%PDF-1.5\n{head}{decoy}4 0 obj<</Length {}{dict}>>\nstream\n", packed.len()).into_bytes();
    file.extend(packed);
    file.extend(b"\nendstream\nendobj\ntrailer<</Root 1 0 R>>\nstartxref\n0\n%%EOF");
    file
}

#[test]
fn a_stream_packed_twice_is_weighed_to_the_end() {
    let packed = |bytes: &[u8], times: usize| {
        (0..times).fold(bytes.to_vec(), |bytes, _| {
            let mut packer = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::best());
            packer.write_all(&bytes).unwrap();
            packer.finish().unwrap()
        })
    };
    let blank = vec![b'0'; 140 << 20];
    let (once, twice) = (packed(&blank, 1), packed(&blank, 2));
    assert!(twice.len() < 2_000, "{}", twice.len());
    let chain = "/Filter[/FlateDecode/FlateDecode]";
    assert_eq!(code(&pdf_with_content("", chain, &twice)), "bomb");
    assert_eq!(code(&pdf_with_content("% stream\n", chain, &twice)), "bomb");
    assert_eq!(code(&pdf_with_content("", &format!("/Subtype/Image{chain}"), &twice)), "bomb");
    assert_eq!(code(&pdf_with_content("", "/F#69lter/FlateDecode", &once)), "bomb");
    let objects = format!("/Type/ObjStm/N 1/First 5{chain}");
    assert_eq!(code(&pdf_with_content("", &objects, &packed(&blank[..40 << 20], 2))), "bomb", "held to be read");
    assert!(read(&pdf_with_content("", &objects, &packed(b"9 0  <<>>", 2))).is_ok());
    let honest = packed(b"BT ET", 2);
    assert!(read(&pdf_with_content("", chain, &honest)).is_ok());
}

/// Every word that opens a stream may have a long dictionary before it, and all of them the same.
#[test]
fn a_file_is_not_read_again_and_again() {
    let words = format!("{}{}", " ".repeat(64 << 10), "stream ".repeat(20_000));
    assert_eq!(code(&pdf_with_content(&words, "", b"")), "bomb");
    let far = format!("{}{}", " ".repeat(64 << 10), "stream ".repeat(200));
    assert!(read(&pdf_with_content(&far, "", b"BT ET")).is_ok());
}
