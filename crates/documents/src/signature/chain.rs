//! From the signer's certificate to a trusted root: each step signed by the next, each in force at the time.

use domain::Reason;
use jiff::Timestamp;
use x509_cert::Certificate;
use x509_cert::der::asn1::Any;
use x509_cert::der::{Encode, Tag, Tagged};
use x509_cert::ext::pkix::{BasicConstraints, KeyUsage};
use x509_cert::name::Name;
use x509_cert::time::Time;

use super::key::{Digest, verified};

/// The longest way to a root.
const STEPS_MAX: usize = 8;

/// The certificates from a signer's own to a root, each followed by the one that issued it.
pub(super) struct Way<'a> {
    pub(super) certificates: Vec<&'a Certificate>,
    /// Whether it ends at a trusted root.
    is_trusted: bool,
}

/// The way from a signer's certificate, as far as it can be followed.
pub(super) fn way<'a>(signer: &'a Certificate, others: &'a [Certificate], roots: &'a [Certificate]) -> Way<'a> {
    let mut way = Way { certificates: vec![signer], is_trusted: false };
    let mut certificate = signer;
    for _ in 0..STEPS_MAX {
        if roots.iter().any(|root| root == certificate) {
            way.is_trusted = true;
            break;
        }
        let is_issuer = |candidate: &&Certificate| {
            candidate.tbs_certificate.subject == certificate.tbs_certificate.issuer
                && is_authority(candidate)
                && signed_by(certificate, candidate)
        };
        let Some(issuer) = roots.iter().find(is_issuer).or_else(|| others.iter().find(is_issuer)) else { break };
        if issuer == certificate {
            break;
        }
        way.certificates.push(issuer);
        certificate = issuer;
    }
    way
}

/// Everything that speaks against a certificate at a time.
pub(super) fn faults(way: &Way<'_>, at: Timestamp) -> Vec<Reason> {
    let mut faults = Vec::new();
    let Some(signer) = way.certificates.first() else { return faults };
    if !may_sign(signer) {
        faults.push(Reason::new("key_usage", "Chứng thư của người ký không dùng để ký văn bản."));
    }
    faults.extend(way.certificates.iter().filter_map(|certificate| out_of_force(certificate, at)));
    if !way.is_trusted {
        let message = format!(
            "Chứng thư do «{}» cấp; cơ quan chưa khai báo tin cậy tổ chức này. Nếu tin cậy, hãy chép chứng thư gốc (.pem) của \
             tổ chức vào thư mục roots trong thư mục dữ liệu rồi gửi lại tệp.",
            common_name(&signer.tbs_certificate.issuer)
        );
        faults.push(Reason::new("untrusted", message));
    }
    faults
}

fn out_of_force(certificate: &Certificate, at: Timestamp) -> Option<Reason> {
    let second = |time: &Time| i64::try_from(time.to_unix_duration().as_secs()).unwrap_or(i64::MAX);
    let validity = &certificate.tbs_certificate.validity;
    let name = common_name(&certificate.tbs_certificate.subject);
    match at.as_second() {
        at if at < second(&validity.not_before) => {
            Some(Reason::new("not_yet_valid", format!("Chứng thư «{name}» chưa có hiệu lực lúc ký.")))
        }
        at if at > second(&validity.not_after) => {
            Some(Reason::new("expired", format!("Chứng thư «{name}» đã hết hạn lúc ký.")))
        }
        _ => None,
    }
}

fn is_authority(certificate: &Certificate) -> bool {
    matches!(certificate.tbs_certificate.get::<BasicConstraints>(), Ok(Some((_, constraints))) if constraints.ca)
}

/// A certificate that says what its key is for must say: signing.
fn may_sign(certificate: &Certificate) -> bool {
    match certificate.tbs_certificate.get::<KeyUsage>() {
        Ok(Some((_, usage))) => usage.digital_signature() || usage.non_repudiation(),
        Ok(None) => true,
        Err(_) => false,
    }
}

fn signed_by(certificate: &Certificate, issuer: &Certificate) -> bool {
    certificate.tbs_certificate.to_der().is_ok_and(|message| {
        let key = &issuer.tbs_certificate.subject_public_key_info;
        let signature = certificate.signature.raw_bytes();
        verified(key, &certificate.signature_algorithm, Digest::Sha256, &message, signature)
    })
}

/// The common name, or the whole name where it has none.
pub(super) fn common_name(name: &Name) -> String {
    const COMMON_NAME: &str = "2.5.4.3";
    let attributes = || name.0.iter().flat_map(|part| part.0.iter());
    let common = attributes().find(|attribute| attribute.oid.to_string() == COMMON_NAME);
    common.map_or_else(|| name.to_string(), |attribute| words(&attribute.value))
}

/// A string of a name; older certificates write it in two bytes a letter.
fn words(value: &Any) -> String {
    match value.tag() {
        Tag::BmpString => {
            let letters: Vec<u16> =
                value.value().chunks_exact(2).map(|pair| u16::from_be_bytes([pair[0], pair[1]])).collect();
            String::from_utf16_lossy(&letters)
        }
        _ => String::from_utf8_lossy(value.value()).into_owned(),
    }
}
