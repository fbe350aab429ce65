//! Checks the electronic signatures of a PDF (PAdES: a CMS structure over a range of the file's bytes).
//!
//! Four questions are answered apart, because a reader must tell them apart: are the signed bytes as they were signed,
//! do they reach to the end of the file, does the certificate lead to a trusted root, and was it in force when it signed.
//! Revocation is not asked for: that needs the network.

mod ber;
mod chain;
mod cms_data;
mod key;
mod located;

use domain::{Reason, Refusal};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use x509_cert::Certificate;
use x509_cert::der::DecodePem;

use crate::inspect;
use cms_data::Signed;
use located::Located;

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
    /// Everything that speaks against it, in words.
    pub reasons: Vec<Reason>,
}

impl SignatureReport {
    /// Whether nothing speaks against it.
    pub fn is_valid(&self) -> bool {
        self.intact && self.covers_whole_document && self.trusted
    }
}

/// Trusted certificates of authorities.
#[derive(Clone, Debug, Default)]
pub struct Roots(Vec<Certificate>);

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
            self.0.push(Certificate::from_pem(block).map_err(|error| bad(&error))?);
        }
        Ok(())
    }

    /// The names under which the certificates were issued, in the order in which they were added.
    pub fn names(&self) -> impl Iterator<Item = String> {
        self.0.iter().map(|root| chain::common_name(&root.tbs_certificate.subject))
    }
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
    let faults = chain::faults(certificate, signed.certificates(), &roots.0, report.signed_at.unwrap_or(now));
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
