//! Checks the electronic signatures of a PDF (PAdES: a CMS structure over a range of the file's bytes).
//!
//! Four questions are answered apart, because a reader must tell them apart: are the signed bytes as they were signed,
//! do they reach to the end of the file, does the certificate lead to a trusted root, and was it in force when it signed.
//! Whether it was taken back is told by the lists that the office keeps; none is fetched from the network.

mod ber;
mod chain;
mod cms_data;
mod key;
mod located;
mod revocation;

use domain::{Reason, Refusal};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use x509_cert::Certificate;
use x509_cert::crl::CertificateList;
use x509_cert::der::{Decode, DecodePem};

use crate::inspect;
use cms_data::Signed;
use located::Located;
pub use revocation::Revocation;

/// What is known about one signature.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SignatureReport {
    /// Who signed: the common name of the certificate; empty where it cannot be read.
    pub signer: String,
    /// Who issued the certificate.
    pub issuer: String,
    /// Whether it is the time stamp of an authority and no person's signature.
    #[serde(default)]
    pub is_timestamp: bool,
    /// When it was signed, as the signer's machine says.
    pub signed_at: Option<Timestamp>,
    /// Whether the signed bytes are those that were signed.
    pub intact: bool,
    /// Whether the signature reaches to the end of the file.
    pub covers_whole_document: bool,
    /// Whether the certificate leads to a trusted root and was in force at the time of signing.
    pub trusted: bool,
    /// Whether a certificate on the way to the root was taken back, as far as the office's lists tell.
    #[serde(default)]
    pub revocation: Revocation,
    /// Everything that speaks against it, in words.
    pub reasons: Vec<Reason>,
}

impl SignatureReport {
    /// Whether nothing speaks against it.
    pub fn is_valid(&self) -> bool {
        self.intact && self.covers_whole_document && self.trusted
    }
}

/// Trusted certificates of authorities, and lists of certificates that authorities took back.
#[derive(Clone, Debug, Default)]
pub struct Roots {
    certificates: Vec<Certificate>,
    lists: Vec<CertificateList>,
}

impl Roots {
    /// Reads certificates in PEM, any number of them one after another, and adds them.
    ///
    /// # Errors
    /// Code `bad_certificate` where one cannot be read or none is there.
    pub fn add_pem(&mut self, text: &[u8]) -> Result<(), Refusal> {
        const BEGIN: &str = "-----BEGIN CERTIFICATE-----";
        const END: &str = "-----END CERTIFICATE-----";
        let bad = |cause: &dyn std::fmt::Display| {
            let message = format!(
                "Chứng thư gốc không đọc được ({cause}). Hãy dùng tệp dạng PEM, có dòng -----BEGIN CERTIFICATE-----."
            );
            Refusal::one("bad_certificate", message)
        };
        let text = std::str::from_utf8(text).map_err(|_| bad(&"không phải văn bản"))?;
        let blocks: Vec<&str> = text.split_inclusive(END).filter(|block| block.contains(BEGIN)).collect();
        if blocks.is_empty() {
            return Err(bad(&"không có chứng thư nào"));
        }
        for block in blocks {
            let block = &block[block.find(BEGIN).unwrap_or_default()..];
            self.certificates.push(Certificate::from_pem(block).map_err(|error| bad(&error))?);
        }
        Ok(())
    }

    /// Reads a list of certificates that were taken back, in DER or PEM, and adds it.
    ///
    /// # Errors
    /// Code `bad_revocation_list` where it cannot be read.
    pub fn add_list(&mut self, bytes: &[u8]) -> Result<(), Refusal> {
        const BEGIN: &[u8] = b"-----BEGIN";
        let is_pem = bytes.windows(BEGIN.len()).any(|window| window == BEGIN);
        let list = if is_pem { pem_list(bytes) } else { CertificateList::from_der(bytes).map_err(|e| e.to_string()) };
        let bad = |cause: String| {
            let message = format!(
                "Danh sách thu hồi không đọc được ({cause}). Hãy tải lại tệp .crl từ trang của tổ chức cấp chứng thư."
            );
            Refusal::one("bad_revocation_list", message)
        };
        self.lists.push(list.map_err(bad)?);
        Ok(())
    }

    /// The names under which the certificates were issued, in the order in which they were added.
    pub fn names(&self) -> impl Iterator<Item = String> {
        self.certificates.iter().map(|root| chain::common_name(&root.tbs_certificate.subject))
    }
}

fn pem_list(bytes: &[u8]) -> Result<CertificateList, String> {
    let (label, der) = x509_cert::der::pem::decode_vec(bytes).map_err(|error| error.to_string())?;
    if label != "X509 CRL" {
        return Err(format!("«{label}»"));
    }
    CertificateList::from_der(&der).map_err(|error| error.to_string())
}

/// Checks every signature of a PDF, in the order in which they were made; none where it is not signed.
///
/// `now` stands for the time of signing where the signature does not name one.
///
/// # Errors
/// As [`inspect::read`] for a file that is no PDF.
pub fn verify(pdf: &[u8], roots: &Roots, now: Timestamp) -> Result<Vec<SignatureReport>, Refusal> {
    if inspect::format(pdf)? != inspect::Format::Pdf {
        return Err(Refusal::one("unknown_format", "Chữ ký số chỉ được kiểm tra trên tệp PDF."));
    }
    Ok(located::signatures(pdf).iter().map(|located| report(pdf, located, roots, now)).collect())
}

fn report(pdf: &[u8], located: &Located, roots: &Roots, now: Timestamp) -> SignatureReport {
    let mut report = SignatureReport {
        signer: String::new(),
        issuer: String::new(),
        is_timestamp: false,
        signed_at: None,
        intact: false,
        covers_whole_document: located.end == pdf.len(),
        trusted: false,
        revocation: Revocation::NotChecked,
        reasons: Vec::new(),
    };
    if !report.covers_whole_document {
        report.reasons.push(after_signing(pdf, located));
    }
    let signed =
        match located.range(pdf).and_then(|range| Signed::read(&located.contents).map(|signed| (range, signed))) {
            Ok((range, signed)) => {
                let faults = signed.faults(&range);
                report.intact = faults.is_empty();
                report.reasons.extend(faults);
                signed
            }
            Err(fault) => {
                report.reasons.push(fault);
                return report;
            }
        };
    report.signed_at = signed.signed_at();
    report.is_timestamp = signed.is_timestamp();
    let Some(certificate) = signed.certificate() else {
        return report;
    };
    report.signer = chain::common_name(&certificate.tbs_certificate.subject);
    report.issuer = chain::common_name(&certificate.tbs_certificate.issuer);
    let way = chain::way(certificate, signed.certificates(), &roots.certificates);
    let mut faults = chain::faults(&way, report.signed_at.unwrap_or(now));
    let (revocation, revoked) = revocation::asked(&way.certificates, &roots.lists);
    report.revocation = revocation;
    faults.extend(revoked);
    report.trusted = faults.is_empty();
    report.reasons.extend(faults);
    report
}

/// What was added after the signature: the words that a reader sees decide how grave it is.
fn after_signing(pdf: &[u8], located: &Located) -> Reason {
    let then = pdf.get(..located.end).map(inspect::text);
    match (then, inspect::text(pdf)) {
        (Some(Ok(then)), Ok(now)) if then == now => Reason::new(
            "extended_after_signing",
            "Sau khi ký, tệp được ghi thêm (thường là một chữ ký nữa hoặc dấu thời gian); lời văn hiển thị không đổi.",
        ),
        _ => Reason::new(
            "changed_after_signing",
            "Sau khi ký, tệp được ghi thêm làm thay đổi nội dung hiển thị. Hãy lấy lại bản đã ký từ người ký.",
        ),
    }
}

#[cfg(test)]
mod tests;
