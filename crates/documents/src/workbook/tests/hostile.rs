//! Files that mean harm or were hurt: each refused by name, none a panic.

use std::io::{Cursor, Write};

use proptest::prelude::*;
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use super::*;

fn refusal(bytes: &[u8]) -> String {
    let problems = read(bytes, "la.xlsx", &Limits::default()).unwrap_err();
    assert_eq!(problems.len(), 1);
    assert!(problems[0].message.contains("la.xlsx"));
    problems[0].code.clone()
}

fn archive(parts: &[(&str, &[u8])]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in parts {
        zip.start_file(*name, SimpleFileOptions::default()).unwrap();
        zip.write_all(bytes).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

#[test]
fn files_that_are_no_workbooks_are_unreadable() {
    for bytes in [&b""[..], b"%PDF-1.7", b"<html><table>", b"hello", b"PK\x03\x04", &[0xD0, 0xCF, 0x11, 0xE0]] {
        assert_eq!(refusal(bytes), "unreadable");
    }
    assert_eq!(refusal(&archive(&[("word/document.xml", b"<w/>")])), "unreadable");
}

#[test]
fn a_file_of_100_megabytes_is_too_large() {
    assert_eq!(refusal(&vec![0; 100 << 20]), "too_large");
}

#[test]
fn a_bomb_is_told_by_its_table_of_contents() {
    let zeros = vec![b' '; 40 << 20];
    assert_eq!(refusal(&archive(&[("[Content_Types].xml", b""), ("xl/worksheets/sheet1.xml", &zeros)])), "zip_bomb");
}

#[test]
fn a_bomb_that_lies_about_its_size_is_caught_while_unpacking() {
    let mut bytes =
        archive(&[("[Content_Types].xml", b"<Types/>"), ("xl/worksheets/sheet1.xml", &vec![b' '; 1 << 20])]);
    let real = (1_u32 << 20).to_le_bytes();
    for at in 0..bytes.len() - 4 {
        if bytes[at..at + 4] == real {
            bytes[at..at + 4].copy_from_slice(&16_u32.to_le_bytes());
        }
    }
    assert!(["zip_bomb", "unreadable"].contains(&refusal(&bytes).as_str()));
}

#[test]
fn macros_are_refused() {
    let parts: [(&str, &[u8]); 3] =
        [("[Content_Types].xml", b""), ("xl/worksheets/sheet1.xml", b""), ("xl/vbaProject.bin", b"x")];
    assert_eq!(refusal(&archive(&parts)), "has_macros");
    let parts: [(&str, &[u8]); 2] = [
        ("[Content_Types].xml", b"<Override ContentType=\"application/vnd.ms-excel.sheet.macroEnabled.main+xml\"/>"),
        ("xl/worksheets/sheet1.xml", b""),
    ];
    assert_eq!(refusal(&archive(&parts)), "has_macros");
}

#[test]
fn a_promise_of_a_billion_strings_reserves_no_memory() {
    let parts: [(&str, &[u8]); 3] = [
        ("[Content_Types].xml", b"<Types/>"),
        ("xl/worksheets/sheet1.xml", b""),
        ("xl/sharedStrings.xml", b"<sst uniqueCount=\"18446744073709551615\"></sst>"),
    ];
    assert_eq!(refusal(&archive(&parts)), "unreadable");
}

/// A compound file with one directory sector that names these streams.
fn compound(streams: &[&str]) -> Vec<u8> {
    let mut bytes = vec![0_u8; 512 * 3];
    bytes[..8].copy_from_slice(&[0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1]);
    bytes[30] = 9;
    bytes[48..52].copy_from_slice(&1_u32.to_le_bytes());
    bytes[68..72].copy_from_slice(&0xFFFF_FFFE_u32.to_le_bytes());
    bytes[76..512].fill(0xFF);
    bytes[76..80].copy_from_slice(&0_u32.to_le_bytes());
    bytes[512..1024].fill(0xFF);
    bytes[512..516].copy_from_slice(&0xFFFF_FFFD_u32.to_le_bytes());
    bytes[516..520].copy_from_slice(&0xFFFF_FFFE_u32.to_le_bytes());
    for (at, name) in streams.iter().enumerate() {
        let start = 1024 + at * 128;
        for (position, unit) in name.encode_utf16().enumerate() {
            bytes[start + 2 * position..start + 2 * position + 2].copy_from_slice(&unit.to_le_bytes());
        }
        bytes[start + 64] = u8::try_from(2 * name.len() + 2).unwrap();
    }
    bytes
}

#[test]
fn encryption_and_macros_of_compound_files_are_told() {
    assert_eq!(refusal(&compound(&["Root Entry", "EncryptionInfo", "EncryptedPackage"])), "encrypted");
    assert_eq!(refusal(&compound(&["Root Entry", "Workbook", "_VBA_PROJECT_CUR"])), "has_macros");
    assert_eq!(refusal(&compound(&["Root Entry", "Workbook"])), "unreadable");
    assert_eq!(refusal(&compound(&["Root Entry", "WordDocument"])), "unreadable");
}

#[test]
fn a_workbook_cut_anywhere_is_refused() {
    let whole = filled(&catalogue());
    for part in 1..20 {
        assert_eq!(refusal(&whole[..whole.len() * part / 20]), "unreadable");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn random_bytes_never_panic(mut bytes in proptest::collection::vec(any::<u8>(), 0..2000), magic in 0..3_usize) {
        let start: &[u8] = [&b"PK\x03\x04"[..], &[0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1], b""][magic];
        bytes.splice(0..0, start.iter().copied());
        prop_assert!(read(&bytes, "a", &Limits::default()).is_err());
    }

    #[test]
    fn a_workbook_with_broken_bytes_never_panics(places in proptest::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..20)) {
        let catalogue = catalogue();
        let forms = Forms::new(&catalogue);
        let mut bytes = filled(&catalogue);
        for (place, byte) in places {
            let at = place.index(bytes.len());
            bytes[at] = byte;
        }
        if let Ok(read) = read(&bytes, "a", &Limits::default()) {
            interpret(&read, &forms, &Expectation::default());
        }
    }
}
