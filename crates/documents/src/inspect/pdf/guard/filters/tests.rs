//! Every packing is undone as it should be, alone and in a row, and never past the limit.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::io::Write;

use super::*;

const LIMIT: usize = 1 << 20;

fn deflated(bytes: &[u8]) -> Vec<u8> {
    let mut packer = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::best());
    packer.write_all(bytes).unwrap();
    packer.finish().unwrap()
}

fn outcome(dict: &str, data: &[u8]) -> Result<Option<Vec<u8>>, Refusal> {
    let dict = plain_names(dict.as_bytes());
    let mut unpacking = Unpacking::of(b"\n12  0\r\nobj [/FlateDecode/Fl] endobj");
    Ok(unpacking.unpacked(&dict, data, LIMIT)?.map(|outcome| outcome.sink))
}

#[test]
fn every_filter_is_undone() {
    let words = b"BT (Tr\xC6\xB0\xE1\xBB\x9Dng) Tj ET";
    assert_eq!(outcome("<</Filter/FlateDecode>>", &deflated(words)).unwrap().unwrap(), words);
    assert_eq!(outcome("<</Filter [ /Fl /Fl ]>>", &deflated(&deflated(words))).unwrap().unwrap(), words);
    assert_eq!(outcome("<</#46ilter/Fl#61teDecode>>", &deflated(words)).unwrap().unwrap(), words);
    assert_eq!(outcome("<</Filter 12 0 R>>", &deflated(&deflated(words))).unwrap().unwrap(), words);
    assert_eq!(outcome("<</Filter/A85>>", b"87cUR\nD]i,\"Ebo80~>").unwrap().unwrap(), b"Hello World!");
    assert_eq!(outcome("<</Filter/AHx>>", b"61 62 6>").unwrap().unwrap(), b"ab`");
    assert_eq!(outcome("<</Filter/RL>>", &[2, b'a', b'b', b'c', 254, b'x', 128]).unwrap().unwrap(), b"abcxxx");
    // The example of the PDF reference.
    let lzw = [0x80, 0x0B, 0x60, 0x50, 0x22, 0x0C, 0x0C, 0x85, 0x01];
    assert_eq!(outcome("<</Filter/LZWDecode>>", &lzw).unwrap().unwrap(), b"-----A---B");
    assert_eq!(outcome("<</Length 4>>", b"abcd").unwrap(), None);
    assert_eq!(outcome("<</FontFile 4 0 R>>", b"abcd").unwrap(), None);
}

/// The bytes of noughts and ones.
fn bytes_of(bits: &str) -> Vec<u8> {
    let byte = |eight: &[u8]| eight.iter().enumerate().fold(0, |byte, (at, bit)| byte | (bit - b'0') << (7 - at));
    bits.as_bytes().chunks(8).map(byte).collect()
}

fn bare(bytes: &[u8]) -> Vec<u8> {
    let mut packer = flate2::write::DeflateEncoder::new(Vec::new(), flate2::Compression::best());
    packer.write_all(bytes).unwrap();
    packer.finish().unwrap()
}

#[test]
fn a_deflated_stream_with_a_broken_head_or_none_is_undone_all_the_same() {
    let words = b"BT (Hoa) Tj ET";
    let broken = [b"\0\0".as_slice(), &bare(words)].concat();
    for packed in [bare(words), broken] {
        assert_eq!(outcome("<</Filter/Fl>>", &packed).unwrap().unwrap(), words);
        assert_eq!(outcome("<</Filter[/Fl/Fl]>>", &deflated(&packed)).unwrap().unwrap(), words);
        assert_eq!(outcome("<</Filter[/Fl/Fl]>>", &bare(&packed)).unwrap().unwrap(), words);
    }
    let is_bomb = |data: &[u8]| outcome("<</Filter/Fl>>", data).unwrap_err().reasons[0].code == "bomb";
    assert!(is_bomb(&bare(&vec![b'0'; 40 * LIMIT])));
}

/// Whoever weighs a stream is handed small pieces, and no filter keeps more than such a piece of what came out of it: not the
/// last one, nor one whose outcome the next one has no use for.
#[test]
fn a_stream_is_never_held_whole() {
    const ROOM: usize = 64 << 10;
    let blank = vec![b'0'; 40 * LIMIT];
    let step = |filter| Step { filter, head: Head::Kept, is_early: true };
    let clear_and_nought = bytes_of(&"100000000000110000".repeat(4));
    use Filter::{Ascii85, AsciiHex, Flate, Lzw, RunLength};
    for (filters, packed) in [
        (vec![Flate], deflated(&blank)),
        (vec![Flate, Flate], deflated(&deflated(&blank))),
        (vec![Flate, Flate], deflated(&blank)),
        (vec![Flate, Ascii85], deflated(&vec![b'z'; 2 * LIMIT])),
        (vec![Flate, AsciiHex], deflated(&blank[..4 * LIMIT])),
        (vec![Flate, RunLength], deflated(&[129, b'0'].repeat(LIMIT / 2))),
        (vec![Flate, Lzw], deflated(&clear_and_nought.repeat(LIMIT / 4))),
    ] {
        let mut stages: Vec<Stage> = filters.iter().map(|filter| Stage::of(&step(*filter)).unwrap()).collect();
        let (mut longest, mut sum) = (0, 0);
        let mut take = |piece: &[u8]| (longest, sum) = (longest.max(piece.len()), sum + piece.len());
        feed(&mut stages, &packed, 64 * LIMIT, &mut take).unwrap();
        finish(&mut stages, 64 * LIMIT, &mut take).unwrap();
        assert!(stages.iter().any(|stage| stage.written >= LIMIT) && longest <= ROOM, "{filters:?}: {longest}");
        assert!(stages.iter().all(|stage| stage.out.capacity() <= ROOM), "{filters:?}");
        assert_eq!(sum, stages.last().unwrap().written, "{filters:?}");
    }
}

#[test]
fn no_stage_passes_the_limit() {
    let blank = vec![b'0'; 40 * LIMIT];
    let is_bomb = |dict: &str, data: &[u8]| outcome(dict, data).unwrap_err().reasons[0].code == "bomb";
    assert!(is_bomb("<</Filter/FlateDecode>>", &deflated(&blank)));
    assert!(is_bomb("<</Filter[/FlateDecode/FlateDecode]>>", &deflated(&deflated(&blank))));
    assert!(is_bomb("<</Filter[/FlateDecode/FlateDecode/FlateDecode]>>", &deflated(&deflated(&deflated(&blank)))));
    assert!(is_bomb("<</Filter 12 0 R>>", &deflated(&deflated(&blank))));
    assert!(is_bomb("<</Filter[/Fl/RL]>>", &deflated(&[129, b'0'].repeat(LIMIT / 64))));
    assert!(is_bomb("<</Filter[/Fl/A85]>>", &deflated(&vec![b'z'; LIMIT / 2])));
    assert!(is_bomb("<</Filter[/Fl/Fl/Fl/Fl/Fl]>>", b""), "so many filters are no honest file's");
    assert!(is_bomb("<</Filter 99 0 R>>", b""), "a list that cannot be seen");
    // Nothing but one long run: clear, then every code is the next one.
    let mut bits = String::from("100000000");
    let width = |code: usize| {
        if code < 511 {
            9
        } else if code < 1023 {
            10
        } else if code < 2047 {
            11
        } else {
            12
        }
    };
    bits.push_str(&format!("{:09b}", b'0'));
    for code in 258..4095 {
        bits.push_str(&format!("{code:0w$b}", w = width(code)));
    }
    let packed = bytes_of(&bits);
    assert!(packed.len() < 8 << 10 && is_bomb("<</Filter/LZW>>", &packed));
}

/// With work for four streams that each take as much as the limit.
#[test]
fn all_streams_together_pass_no_budget() {
    let is_bomb = |unpacking: &mut Unpacking<'_>, dict: &str, data: &[u8]| {
        unpacking.unpacked::<()>(dict.as_bytes(), data, LIMIT).is_err_and(|refusal| refusal.reasons[0].code == "bomb")
    };
    let blank = deflated(&vec![b'0'; LIMIT - 1]);
    let small = || Unpacking { work: 4 * LIMIT + LIMIT / 2, ..Unpacking::of(b"7 0 obj/Fl endobj 7 0 obj/Fl endobj") };
    let many = |pair: &str| format!("<<{}>>", pair.repeat(10_000));
    for (dict, data) in [
        ("<</Filter/Fl>>".to_owned(), blank.as_slice()),
        // Nothing comes out of these in the end, and the work is the same.
        ("<</Filter[/Fl/DCTDecode]>>".to_owned(), &blank),
        ("<</Filter/AHx>>".to_owned(), &vec![b' '; LIMIT]),
        ("<</Filter/A85>>".to_owned(), &vec![b' '; LIMIT]),
        ("<</Filter/LZW>>".to_owned(), &[0x80, 0x40, 0x20, 0x10, 0x08, 0x04, 0x02, 0x01, 0x00].repeat(LIMIT / 9)),
        // One list said again is one list, and has one way of unpacking.
        (many("/F/Fl "), &blank),
        (many("/F 7 0 R "), &blank),
        ("<</Filter/Fl/DecodeParms<</EarlyChange 0>>>>".to_owned(), &blank),
    ] {
        let mut unpacking = small();
        let refused: Vec<bool> = (0..5).map(|_| is_bomb(&mut unpacking, &dict, data)).collect();
        assert_eq!(refused, [false, false, false, false, true], "{dict:.40}");
    }
    let lists = "/F/Fl/F[/Fl/Fl]/F/A85/F/AHx/F/RL";
    assert!(is_bomb(&mut small(), lists, b""), "so many lists are no honest file's");
}
