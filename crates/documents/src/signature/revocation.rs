//! Whether the certificates on the way to a root were taken back, by the lists that the office keeps beside its roots.
//!
//! Without the network a list tells only what its authority knew on its day: a report says which day that is, or that
//! nothing was asked.

use domain::Reason;
use domain::vietnamese::short_date;
use jiff::Timestamp;
use jiff::tz::{Offset, TimeZone};
use serde::{Deserialize, Serialize};
use x509_cert::Certificate;
use x509_cert::crl::{CertificateList, RevokedCert};
use x509_cert::der::Encode;
use x509_cert::time::Time;

use super::chain::common_name;
use super::key::{Digest, verified};

/// What is known of whether a certificate was taken back.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "state")]
pub enum Revocation {
    /// No list of the issuer is at hand.
    #[default]
    NotChecked,
    /// No list has it.
    Standing {
        /// The day of the list, of several the oldest.
        as_of: Timestamp,
    },
    /// It was taken back.
    Revoked {
        /// From when on.
        on: Timestamp,
    },
}

/// What the lists say of the certificates on a way, the signer's first, each followed by its issuer; and what that speaks
/// against the signature.
pub(super) fn asked(way: &[&Certificate], lists: &[CertificateList]) -> (Revocation, Option<Reason>) {
    let mut known = Vec::new();
    for pair in way.windows(2) {
        let state = of(pair[0], pair[1], lists);
        if let Revocation::Revoked { on } = state {
            return (state, Some(told(pair[0], on)));
        }
        known.push(state);
    }
    let days = known.iter().map(|state| if let Revocation::Standing { as_of } = state { Some(*as_of) } else { None });
    let oldest = days.collect::<Option<Vec<_>>>().and_then(|days| days.into_iter().min());
    (oldest.map_or(Revocation::NotChecked, |as_of| Revocation::Standing { as_of }), None)
}

/// What the latest list of an issuer says of a certificate of its.
fn of(certificate: &Certificate, issuer: &Certificate, lists: &[CertificateList]) -> Revocation {
    let own = lists
        .iter()
        .filter(|list| list.tbs_cert_list.issuer == issuer.tbs_certificate.subject && is_signed_by(list, issuer));
    let Some(latest) = own.max_by_key(|list| moment(&list.tbs_cert_list.this_update)) else {
        return Revocation::NotChecked;
    };
    let serial = &certificate.tbs_certificate.serial_number;
    let is_it = |entry: &&RevokedCert| entry.serial_number == *serial;
    match latest.tbs_cert_list.revoked_certificates.iter().flatten().find(is_it) {
        Some(entry) => Revocation::Revoked { on: moment(&entry.revocation_date) },
        None => Revocation::Standing { as_of: moment(&latest.tbs_cert_list.this_update) },
    }
}

fn is_signed_by(list: &CertificateList, issuer: &Certificate) -> bool {
    let key = &issuer.tbs_certificate.subject_public_key_info;
    list.tbs_cert_list.to_der().is_ok_and(|message| {
        verified(key, &list.signature_algorithm, Digest::Sha256, &message, list.signature.raw_bytes())
    })
}

fn moment(time: &Time) -> Timestamp {
    let second = i64::try_from(time.to_unix_duration().as_secs()).unwrap_or(i64::MAX);
    Timestamp::from_second(second).unwrap_or(Timestamp::MAX)
}

fn told(certificate: &Certificate, on: Timestamp) -> Reason {
    let name = common_name(&certificate.tbs_certificate.subject);
    let day = short_date(on.to_zoned(TimeZone::fixed(Offset::constant(7))).date());
    let message = format!(
        "Chứng thư «{name}» bị thu hồi từ ngày {day}. Hãy hỏi lại người ký; chỉ tin chữ ký có dấu thời gian trước ngày đó."
    );
    Reason::new("revoked", message)
}
