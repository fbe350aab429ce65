//! The CMS structure of a signature: its digest, its signed attributes, and the key's word over them.

use cms::cert::CertificateChoices;
use cms::content_info::ContentInfo;
use cms::signed_data::{SignedData, SignerIdentifier, SignerInfo};
use domain::Reason;
use jiff::Timestamp;
use x509_cert::Certificate;
use x509_cert::attr::Attribute;
use x509_cert::der::asn1::{Any, ObjectIdentifier, OctetString};
use x509_cert::der::{Decode, Encode};
use x509_cert::ext::pkix::SubjectKeyIdentifier;
use x509_cert::time::Time;

use super::ber;
use super::key::{Digest, verified};

const SIGNED_DATA: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.7.2");
const MESSAGE_DIGEST: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.9.4");
const SIGNING_TIME: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.9.5");
const SIGNING_CERTIFICATE_V2: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.9.16.2.47");

const TIMESTAMP: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.9.16.1.4");

/// A read CMS structure with its one signer.
pub(super) struct Signed {
    signer: SignerInfo,
    certificates: Vec<Certificate>,
    /// What a time-stamping authority says in its own words (RFC 3161); none in a person's signature.
    stamp: Option<Stamp>,
}

/// The words of a time stamp: the digest of what it stamps, and when.
struct Stamp {
    /// The statement as it is signed.
    statement: Vec<u8>,
    digest: Digest,
    imprint: Vec<u8>,
    at: Option<Timestamp>,
}

impl Stamp {
    fn read(statement: &[u8]) -> Option<Self> {
        let fields = Vec::<Any>::from_der(statement).ok()?;
        let imprint = fields.get(2)?.decode_as::<Vec<Any>>().ok()?;
        let [algorithm, hash] = imprint.as_slice() else { return None };
        let algorithm = algorithm.decode_as::<Vec<Any>>().ok()?.first()?.decode_as::<ObjectIdentifier>().ok()?;
        Some(Self {
            statement: statement.to_vec(),
            digest: Digest::of(&algorithm)?,
            imprint: hash.decode_as::<OctetString>().ok()?.as_bytes().to_vec(),
            at: fields.get(4).and_then(moment),
        })
    }
}

/// A moment as certificates and signatures write it.
fn moment(value: &Any) -> Option<Timestamp> {
    let time = Time::from_der(&value.to_der().ok()?).ok()?;
    Timestamp::from_second(i64::try_from(time.to_unix_duration().as_secs()).ok()?).ok()
}

fn unreadable(cause: &impl std::fmt::Display) -> Reason {
    Reason::new("unreadable_signature", format!("Không đọc được dữ liệu chữ ký ({cause})."))
}

impl Signed {
    /// Reads the structure; the zeros after it fill the place that was kept for it.
    pub(super) fn read(contents: &[u8]) -> Result<Self, Reason> {
        let value = ber::definite(contents).ok_or_else(|| unreadable(&"không phải BER"))?;
        let info = ContentInfo::from_der(&value).map_err(|error| unreadable(&error))?;
        if info.content_type != SIGNED_DATA {
            return Err(unreadable(&"không phải SignedData"));
        }
        let data: SignedData = info.content.decode_as().map_err(|error| unreadable(&error))?;
        let certificate = |choice: &CertificateChoices| match choice {
            CertificateChoices::Certificate(certificate) => Some(certificate.clone()),
            CertificateChoices::Other(_) => None,
        };
        let certificates = data.certificates.iter().flat_map(|set| set.0.iter().filter_map(certificate)).collect();
        let stamp = match (&data.encap_content_info.econtent, data.encap_content_info.econtent_type == TIMESTAMP) {
            (Some(content), true) => {
                Some(Stamp::read(content.value()).ok_or_else(|| unreadable(&"dấu thời gian không đọc được"))?)
            }
            _ => None,
        };
        match data.signer_infos.0.as_slice() {
            [signer] => Ok(Self { signer: signer.clone(), certificates, stamp }),
            signers => Err(unreadable(&format!("{} người ký trong một chữ ký", signers.len()))),
        }
    }

    pub(super) fn certificates(&self) -> &[Certificate] {
        &self.certificates
    }

    /// The signer's certificate.
    pub(super) fn certificate(&self) -> Option<&Certificate> {
        self.certificates.iter().find(|certificate| match &self.signer.sid {
            SignerIdentifier::IssuerAndSerialNumber(wanted) => {
                certificate.tbs_certificate.issuer == wanted.issuer
                    && certificate.tbs_certificate.serial_number == wanted.serial_number
            }
            SignerIdentifier::SubjectKeyIdentifier(wanted) => {
                let own = certificate.tbs_certificate.get::<SubjectKeyIdentifier>();
                matches!(own, Ok(Some((_, own))) if own == *wanted)
            }
        })
    }

    /// Whether it is a time stamp and no person's signature.
    pub(super) fn is_timestamp(&self) -> bool {
        self.stamp.is_some()
    }

    /// When it was signed, as the signer says.
    pub(super) fn signed_at(&self) -> Option<Timestamp> {
        match &self.stamp {
            Some(stamp) => stamp.at,
            None => moment(self.attribute(&SIGNING_TIME)?),
        }
    }

    fn attribute(&self, kind: &ObjectIdentifier) -> Option<&Any> {
        let attributes = self.signer.signed_attrs.as_ref()?;
        attributes.iter().find(|attribute: &&Attribute| attribute.oid == *kind)?.values.iter().next()
    }

    /// Everything that shows that the covered bytes are not those that were signed.
    pub(super) fn faults(&self, covered: &[u8]) -> Vec<Reason> {
        let Some(digest) = Digest::of(&self.signer.digest_alg.oid) else {
            return vec![Reason::new(
                "unsupported_digest",
                "Thuật toán băm của chữ ký không được chấp nhận (cần SHA-256 trở lên).",
            )];
        };
        let mut faults = Vec::new();
        if self.attribute(&MESSAGE_DIGEST).is_none() {
            return vec![unreadable(&"chữ ký không kèm mã băm của nội dung")];
        }
        if !self.states(covered, digest) {
            faults.push(Reason::new(
                "content_changed",
                "Nội dung tệp không còn như lúc ký (mã băm không khớp). Hãy lấy lại bản đã ký từ người ký.",
            ));
        }
        let Some(certificate) = self.certificate() else {
            faults.push(Reason::new("certificate_missing", "Chữ ký không kèm chứng thư của người ký."));
            return faults;
        };
        if self.names_another(certificate) {
            faults.push(Reason::new("certificate_swapped", "Chứng thư kèm theo không phải chứng thư đã dùng để ký."));
        }
        let message = self.signer.signed_attrs.as_ref().and_then(|attributes| attributes.to_der().ok());
        let is_signed = message.is_some_and(|message| {
            let key = &certificate.tbs_certificate.subject_public_key_info;
            verified(key, &self.signer.signature_algorithm, digest, &message, self.signer.signature.as_bytes())
        });
        if !is_signed {
            faults.push(Reason::new("signature_wrong", "Chữ ký không khớp với khóa của người ký."));
        }
        faults
    }

    /// Whether the digest that was signed is that of the covered bytes.
    fn states(&self, covered: &[u8], digest: Digest) -> bool {
        let stated = self.attribute(&MESSAGE_DIGEST).and_then(|value| value.decode_as::<OctetString>().ok());
        let is_of = |bytes: &[u8]| stated.as_ref().is_some_and(|stated| stated.as_bytes() == digest.hash(bytes));
        match &self.stamp {
            Some(stamp) => is_of(&stamp.statement) && stamp.imprint == stamp.digest.hash(covered),
            None => is_of(covered),
        }
    }

    /// Whether the signed attributes name another certificate (`signing-certificate-v2`), where they name one.
    fn names_another(&self, certificate: &Certificate) -> bool {
        let Some(value) = self.attribute(&SIGNING_CERTIFICATE_V2) else { return false };
        let first = |value: &Any| value.decode_as::<Vec<Any>>().ok()?.into_iter().next();
        let Some(fields) = first(value).and_then(|list| first(&list)).and_then(|id| id.decode_as::<Vec<Any>>().ok())
        else {
            return true;
        };
        let hash = fields.iter().find_map(|field| field.decode_as::<OctetString>().ok());
        let kind = fields.first().and_then(|field| field.decode_as::<Vec<Any>>().ok());
        let kind = kind.and_then(|algorithm| algorithm.first()?.decode_as::<ObjectIdentifier>().ok());
        let digest = kind.map_or(Some(Digest::Sha256), |kind| Digest::of(&kind));
        match (hash, digest, certificate.to_der()) {
            (Some(hash), Some(digest), Ok(der)) => hash.as_bytes() != digest.hash(&der),
            _ => true,
        }
    }
}
