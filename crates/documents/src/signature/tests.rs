//! Signed here and checked here: what is right is accepted, and every fault is told apart.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod signer;

use domain::reports::sample;
use jiff::civil::datetime;
use signer::{Authority, signed};

use super::*;

fn now() -> Timestamp {
    "2026-07-01T02:00:00Z".parse().unwrap()
}

fn pdf() -> Vec<u8> {
    crate::pdf::write(&sample::report(), datetime(2026, 6, 30, 9, 5, 0, 0)).unwrap().bytes
}

fn roots(authority: &Authority) -> Roots {
    let mut roots = Roots::default();
    roots.add_pem(authority.pem().as_bytes()).unwrap();
    roots
}

fn only(pdf: &[u8], roots: &Roots) -> SignatureReport {
    let mut reports = verify(pdf, roots, now()).unwrap();
    assert_eq!(reports.len(), 1);
    reports.remove(0)
}

fn codes(report: &SignatureReport) -> Vec<&str> {
    report.reasons.iter().map(|reason| reason.code.as_str()).collect()
}

#[test]
fn a_right_signature_is_accepted_by_either_key() {
    let authority = Authority::new("Tổ chức chứng thực thử nghiệm");
    for leaf in [authority.person("Nguyễn Văn Thử"), authority.person_with_rsa("Trần Thị Thử")] {
        let report = only(&signed(&pdf(), &leaf), &roots(&authority));
        assert!(report.is_valid() && report.reasons.is_empty(), "{report:?}");
        assert!(report.signer.ends_with("Thử"), "{report:?}");
        assert_eq!(report.issuer, "Tổ chức chứng thực thử nghiệm");
        assert_eq!(report.signed_at, Some(signer::signed_at()));
    }
}

#[test]
fn an_unsigned_file_has_no_signature() {
    assert_eq!(verify(&pdf(), &Roots::default(), now()).unwrap(), []);
}

#[test]
fn a_changed_byte_is_found() {
    let authority = Authority::new("CA");
    let mut file = signed(&pdf(), &authority.person("A"));
    file[1000] ^= 1;
    let report = only(&file, &roots(&authority));
    assert!(!report.intact && report.trusted && report.covers_whole_document, "{report:?}");
    assert_eq!(codes(&report), ["content_changed"]);
}

#[test]
fn what_is_added_after_signing_is_found() {
    let authority = Authority::new("CA");
    let mut file = signed(&pdf(), &authority.person("A"));
    file.extend(b"\n% ghi them\n%%EOF\n");
    let report = only(&file, &roots(&authority));
    assert!(report.intact && !report.covers_whole_document, "{report:?}");
    assert_eq!(codes(&report), ["extended_after_signing"]);
}

/// A second signature covers the first: the first no longer reaches to the end, and says why.
#[test]
fn a_second_signature_extends_the_first() {
    let authority = Authority::new("CA");
    let twice = signed(&signed(&pdf(), &authority.person("A")), &authority.person("B"));
    let reports = verify(&twice, &roots(&authority), now()).unwrap();
    assert_eq!(reports.len(), 2);
    assert!(reports[0].intact && codes(&reports[0]) == ["extended_after_signing"], "{reports:?}");
    assert!(reports[1].is_valid() && reports[1].signer == "B", "{reports:?}");
}

#[test]
fn a_signature_over_another_file_is_wrong() {
    let authority = Authority::new("CA");
    let leaf = authority.person("A");
    let file = signer::signed_over(&pdf(), &leaf, b"another file");
    assert_eq!(codes(&only(&file, &roots(&authority))), ["content_changed"]);
}

#[test]
fn certificates_out_of_force_or_of_strangers_are_not_trusted() {
    let authority = Authority::new("CA");
    let old = authority.person_between("A", 2020, 2025);
    let report = only(&signed(&pdf(), &old), &roots(&authority));
    assert!(report.intact && !report.trusted);
    assert_eq!(codes(&report), ["expired"]);
    let stranger = Authority::new("CA khác");
    let report = only(&signed(&pdf(), &stranger.person("A")), &roots(&authority));
    assert!(report.intact && !report.trusted);
    assert_eq!(codes(&report), ["untrusted"]);
    // The name of a trusted authority without its key is not enough.
    let impostor = Authority::impostor("CA");
    assert_eq!(codes(&only(&signed(&pdf(), &impostor.person("A")), &roots(&authority))), ["untrusted"]);
}

#[test]
fn lengths_left_open_are_read() {
    let authority = Authority::new("CA");
    let file = signer::signed_with_open_lengths(&pdf(), &authority.person("A"));
    let report = only(&file, &roots(&authority));
    assert!(report.is_valid(), "{report:?}");
}

#[test]
fn a_time_stamp_is_told_from_a_signature() {
    let authority = Authority::new("CA");
    let file = signer::stamped(&signed(&pdf(), &authority.person("A")), &authority.person("Dấu thời gian"));
    let reports = verify(&file, &roots(&authority), now()).unwrap();
    assert!(!reports[0].is_timestamp && reports[0].intact, "{reports:?}");
    assert!(reports[1].is_timestamp && reports[1].is_valid(), "{reports:?}");
    assert_eq!(reports[1].signed_at, Some(signer::signed_at()));
    let mut changed = file.clone();
    changed[1000] ^= 1;
    let reports = verify(&changed, &roots(&authority), now()).unwrap();
    assert!(reports.iter().all(|report| !report.intact && codes(report).contains(&"content_changed")), "{reports:?}");
}

#[test]
fn a_certificate_that_is_not_yet_in_force_is_told() {
    let authority = Authority::new("CA");
    let early = authority.person_between("A", 2027, 2030);
    let report = only(&signed(&pdf(), &early), &roots(&authority));
    assert!(report.intact && codes(&report) == ["not_yet_valid"], "{report:?}");
}

/// Whatever byte of the file is broken, it is told; a broken signature never vouches for somebody else; nothing falls over.
#[test]
fn broken_files_are_told_and_never_a_panic() {
    let authority = Authority::new("CA");
    let file = signed(&pdf(), &authority.person("A"));
    let start = file.windows(9).rposition(|window| window == b"/Contents").unwrap() + 10;
    let broken = |at: usize| {
        let mut broken = file.clone();
        broken[at] = broken[at].wrapping_add(1);
        verify(&broken, &roots(&authority), now()).unwrap_or_default()
    };
    for at in (0..start - 10).step_by(file.len() / 40) {
        assert!(broken(at).iter().all(|report| !report.intact), "byte {at}");
    }
    for at in (start..start + 3_000).step_by(31) {
        assert!(broken(at).iter().all(|report| !report.is_valid() || report.signer == "A"), "byte {at}");
    }
    for end in (0..file.len()).step_by(file.len() / 60) {
        let _ = verify(&file[..end], &roots(&authority), now());
    }
    assert!(verify(b"%PDF-1.7\n/ByteRange[0 1 2 99999999999999999999]", &Roots::default(), now()).unwrap().is_empty());
    let wide = format!("%PDF-1.7\n/ByteRange[0 5 {} {}]", usize::MAX, usize::MAX);
    assert!(verify(wide.as_bytes(), &Roots::default(), now()).unwrap().is_empty());
    assert!(verify(b"hello", &Roots::default(), now()).is_err());
}

#[test]
fn roots_are_read_or_refused() {
    let authority = Authority::new("Gốc thử nghiệm");
    let mut roots = roots(&authority);
    roots.add_pem(Authority::impostor("Gốc khác").pem().as_bytes()).unwrap();
    assert_eq!(roots.names().collect::<Vec<_>>(), ["Gốc thử nghiệm", "Gốc khác"]);
    for text in ["", "xin chào", "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n"] {
        assert_eq!(roots.add_pem(text.as_bytes()).unwrap_err().reasons[0].code, "bad_certificate");
    }
}

#[test]
fn a_range_that_leaves_a_part_out_is_refused() {
    let authority = Authority::new("CA");
    let file = signed(&pdf(), &authority.person("A"));
    let at = file.windows(11).rposition(|window| window == b"/ByteRange[").unwrap() + 11;
    let mut moved = file.clone();
    moved[at] = b'1';
    assert_eq!(codes(&only(&moved, &roots(&authority)))[0], "bad_range");
}

/// Without a list nothing is asserted; a list of another authority, or of an impostor, says nothing either.
#[test]
fn certificates_that_were_taken_back_are_told_by_the_offices_lists() {
    let authority = Authority::new("CA");
    let (leaf, other) = (authority.person("A"), authority.person("B"));
    let file = signed(&pdf(), &leaf);
    let with = |lists: &[Vec<u8>]| {
        let mut roots = roots(&authority);
        lists.iter().for_each(|list| roots.add_list(list).unwrap());
        only(&file, &roots)
    };
    let as_of = "2026-06-01T00:00:00Z".parse().unwrap();
    assert_eq!(with(&[]).revocation, Revocation::NotChecked);
    let strange = Authority::impostor("CA").revocation_list(&[&leaf], (2026, 5, 4));
    assert_eq!(with(&[strange]).revocation, Revocation::NotChecked, "nobody trusts an impostor's list");
    let standing = with(&[authority.revocation_list(&[&other], (2026, 5, 4))]);
    assert_eq!((standing.revocation, standing.trusted), (Revocation::Standing { as_of }, true));

    let list = authority.revocation_list(&[&other, &leaf], (2026, 5, 4));
    let pem = x509_cert::der::pem::encode_string("X509 CRL", x509_cert::der::pem::LineEnding::LF, &list).unwrap();
    for list in [list, pem.into_bytes()] {
        let revoked = with(&[list]);
        let on = "2026-05-04T00:00:00Z".parse().unwrap();
        assert_eq!((revoked.revocation, revoked.trusted, revoked.intact), (Revocation::Revoked { on }, false, true));
        assert!(codes(&revoked) == ["revoked"] && revoked.reasons[0].message.contains("04/05/2026"), "{revoked:?}");
    }
    for bad in [b"nothing".as_slice(), authority.pem().as_bytes()] {
        assert_eq!(Roots::default().add_list(bad).unwrap_err().reasons[0].code, "bad_revocation_list");
    }
}
