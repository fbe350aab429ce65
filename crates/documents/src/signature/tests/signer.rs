//! A test authority and a signer, shared with the tests of the app: certificates made here, a signature appended to a PDF
//! as a new revision.

use std::str::FromStr;
use std::time::Duration;

use cms::builder::{SignedDataBuilder, SignerInfoBuilder};
use cms::cert::{CertificateChoices, IssuerAndSerialNumber};
use cms::signed_data::{EncapsulatedContentInfo, SignerIdentifier};
use jiff::Timestamp;
use p256::ecdsa::{DerSignature, SigningKey};
use rsa::RsaPrivateKey;
use rsa::signature::Signer;
use sha2::{Digest as _, Sha256};
use x509_cert::Certificate;
use x509_cert::attr::Attribute;
use x509_cert::builder::{Builder, CertificateBuilder, Profile};
use x509_cert::crl::{CertificateList, RevokedCert, TbsCertList};
use x509_cert::der::asn1::{Any, BitString, GeneralizedTime, ObjectIdentifier, OctetString, SetOfVec, UtcTime};
use x509_cert::der::pem::LineEnding;
use x509_cert::der::{DateTime, Encode, EncodePem, Tag};
use x509_cert::name::Name;
use x509_cert::serial_number::SerialNumber;
use x509_cert::spki::{AlgorithmIdentifierOwned, SubjectPublicKeyInfoOwned};
use x509_cert::time::{Time, Validity};

const SHA_256: ObjectIdentifier = ObjectIdentifier::new_unwrap("2.16.840.1.101.3.4.2.1");
const DATA: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.7.1");
const SIGNING_TIME: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.9.5");

/// When every test signature says that it was made.
pub(crate) fn signed_at() -> Timestamp {
    "2026-06-30T02:05:00Z".parse().unwrap()
}

/// Who issues certificates in tests.
pub(crate) struct Authority {
    key: SigningKey,
    certificate: Certificate,
}

/// Who signs.
pub(crate) struct Leaf {
    key: LeafKey,
    certificate: Certificate,
}

enum LeafKey {
    Elliptic(SigningKey),
    Rsa(Box<RsaPrivateKey>),
}

fn time(year: u16) -> Time {
    Time::UtcTime(UtcTime::from_date_time(DateTime::new(year, 1, 1, 0, 0, 0).unwrap()).unwrap())
}

/// First and last year in which a certificate is in force.
type Years = (u16, u16);

fn certified(
    profile: Profile,
    name: &str,
    years: Years,
    key: SubjectPublicKeyInfoOwned,
    by: &SigningKey,
) -> Certificate {
    let validity = Validity { not_before: time(years.0), not_after: time(years.1) };
    let serial = SerialNumber::from(u32::from_be_bytes(Sha256::digest(name)[..4].try_into().unwrap()) >> 1);
    let subject = Name::from_str(&format!("CN={name}")).unwrap();
    let builder = CertificateBuilder::new(profile, serial, validity, subject, key, by).unwrap();
    builder.build::<DerSignature>().unwrap()
}

impl Authority {
    pub(crate) fn new(name: &str) -> Self {
        Self::with_key(name, 7)
    }

    /// The same name, another key.
    pub(crate) fn impostor(name: &str) -> Self {
        Self::with_key(name, 9)
    }

    fn with_key(name: &str, seed: u8) -> Self {
        let key = SigningKey::from_slice(&[seed; 32]).unwrap();
        let public = SubjectPublicKeyInfoOwned::from_key(*key.verifying_key()).unwrap();
        let certificate = certified(Profile::Root, name, (2020, 2040), public, &key);
        Self { key, certificate }
    }

    pub(crate) fn pem(&self) -> String {
        self.certificate.to_pem(LineEnding::LF).unwrap()
    }

    /// The authority's list of those whom it took their certificates from, all on one day; in DER.
    pub(crate) fn revocation_list(&self, leaves: &[&Leaf], on: (u16, u8, u8)) -> Vec<u8> {
        let moment = |(year, month, day)| {
            Time::UtcTime(UtcTime::from_date_time(DateTime::new(year, month, day, 0, 0, 0).unwrap()).unwrap())
        };
        let revoked = leaves.iter().map(|leaf| RevokedCert {
            serial_number: leaf.certificate.tbs_certificate.serial_number.clone(),
            revocation_date: moment(on),
            crl_entry_extensions: None,
        });
        let revoked: Vec<RevokedCert> = revoked.collect();
        let algorithm = self.certificate.signature_algorithm.clone();
        let tbs_cert_list = TbsCertList {
            version: x509_cert::Version::V2,
            signature: algorithm.clone(),
            issuer: self.certificate.tbs_certificate.subject.clone(),
            this_update: moment((2026, 6, 1)),
            next_update: None,
            revoked_certificates: (!revoked.is_empty()).then_some(revoked),
            crl_extensions: None,
        };
        let signature: DerSignature = self.key.sign(&tbs_cert_list.to_der().unwrap());
        let signature = BitString::from_bytes(signature.as_bytes()).unwrap();
        CertificateList { tbs_cert_list, signature_algorithm: algorithm, signature }.to_der().unwrap()
    }

    pub(crate) fn person(&self, name: &str) -> Leaf {
        self.person_between(name, 2020, 2030)
    }

    pub(crate) fn person_between(&self, name: &str, from: u16, until: u16) -> Leaf {
        let key = SigningKey::from_slice(&[11; 32]).unwrap();
        let public = SubjectPublicKeyInfoOwned::from_key(*key.verifying_key()).unwrap();
        Leaf { certificate: self.leaf(name, (from, until), public), key: LeafKey::Elliptic(key) }
    }

    pub(crate) fn person_with_rsa(&self, name: &str) -> Leaf {
        let key = RsaPrivateKey::new(&mut rsa::rand_core::OsRng, 1024).unwrap();
        let public = SubjectPublicKeyInfoOwned::from_key(key.to_public_key()).unwrap();
        Leaf { certificate: self.leaf(name, (2020, 2030), public), key: LeafKey::Rsa(Box::new(key)) }
    }

    fn leaf(&self, name: &str, years: Years, public: SubjectPublicKeyInfoOwned) -> Certificate {
        let issuer = self.certificate.tbs_certificate.subject.clone();
        let profile = Profile::Leaf { issuer, enable_key_agreement: false, enable_key_encipherment: false };
        certified(profile, name, years, public, &self.key)
    }
}

/// The CMS structure over some content: detached, or with the statement of a time stamp in it.
fn structure(leaf: &Leaf, content: &EncapsulatedContentInfo, digest: Option<&[u8]>) -> Vec<u8> {
    let algorithm = AlgorithmIdentifierOwned { oid: SHA_256, parameters: None };
    let sid = SignerIdentifier::IssuerAndSerialNumber(IssuerAndSerialNumber {
        issuer: leaf.certificate.tbs_certificate.issuer.clone(),
        serial_number: leaf.certificate.tbs_certificate.serial_number.clone(),
    });
    let second = Duration::from_secs(signed_at().as_second().try_into().unwrap());
    let at = Any::encode_from(&UtcTime::from_unix_duration(second).unwrap()).unwrap();
    let time = Attribute { oid: SIGNING_TIME, values: SetOfVec::try_from(vec![at]).unwrap() };
    let mut builder = SignedDataBuilder::new(content);
    builder.add_digest_algorithm(algorithm.clone()).unwrap();
    builder.add_certificate(CertificateChoices::Certificate(leaf.certificate.clone())).unwrap();
    macro_rules! sign {
        ($key:expr, $signature:ty) => {{
            let key = $key;
            let mut info = SignerInfoBuilder::new(&key, sid, algorithm, content, digest).unwrap();
            info.add_signed_attribute(time).unwrap();
            builder.add_signer_info::<_, $signature>(info).unwrap();
        }};
    }
    match &leaf.key {
        LeafKey::Elliptic(key) => sign!(key.clone(), DerSignature),
        LeafKey::Rsa(key) => {
            sign!(rsa::pkcs1v15::SigningKey::<Sha256>::new((**key).clone()), rsa::pkcs1v15::Signature)
        }
    }
    builder.build().unwrap().to_der().unwrap()
}

fn detached(leaf: &Leaf, covered: &[u8]) -> Vec<u8> {
    let content = EncapsulatedContentInfo { econtent_type: DATA, econtent: None };
    structure(leaf, &content, Some(&Sha256::digest(covered)))
}

/// The file with a signature over all of it, appended as a new revision.
pub(crate) fn signed(pdf: &[u8], leaf: &Leaf) -> Vec<u8> {
    appended(pdf, |covered| detached(leaf, covered))
}

/// The same, over other bytes than the file's.
pub(crate) fn signed_over(pdf: &[u8], leaf: &Leaf, other: &[u8]) -> Vec<u8> {
    appended(pdf, |_| detached(leaf, other))
}

/// The same as tools write it that make the structure as a stream: the lengths of its outer parts are left open.
pub(crate) fn signed_with_open_lengths(pdf: &[u8], leaf: &Leaf) -> Vec<u8> {
    appended(pdf, |covered| {
        let told = detached(leaf, covered);
        // SEQUENCE { OID, [0] { … } }, each with a length of four bytes.
        let (oid, inner) = (&told[4..15], &told[15 + 4..]);
        assert_eq!((told[0], told[1], told[15]), (0x30, 0x82, 0xa0), "the shape of a small structure");
        [&[0x30, 0x80], oid, &[0xa0, 0x80], inner, &[0, 0, 0, 0]].concat()
    })
}

/// The file with the time stamp of an authority over all of it.
pub(crate) fn stamped(pdf: &[u8], leaf: &Leaf) -> Vec<u8> {
    const TIMESTAMP: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.9.16.1.4");
    appended(pdf, |covered| {
        let algorithm = sequence(&[&SHA_256.to_der().unwrap()]);
        let hash = OctetString::new(Sha256::digest(covered).to_vec()).unwrap().to_der().unwrap();
        let imprint = sequence(&[&algorithm, &hash]);
        let policy = ObjectIdentifier::new_unwrap("1.2.3.4").to_der().unwrap();
        let second = Duration::from_secs(signed_at().as_second().try_into().unwrap());
        let at = GeneralizedTime::from_unix_duration(second).unwrap().to_der().unwrap();
        let statement = sequence(&[&[2, 1, 1], &policy, &imprint, &[2, 1, 9], &at]);
        let econtent = Any::encode_from(&OctetString::new(statement).unwrap()).unwrap();
        structure(leaf, &EncapsulatedContentInfo { econtent_type: TIMESTAMP, econtent: Some(econtent) }, None)
    })
}

fn sequence(parts: &[&[u8]]) -> Vec<u8> {
    Any::new(Tag::Sequence, parts.concat()).unwrap().to_der().unwrap()
}

/// The file with what is made of the covered bytes in the place of a signature, as a new revision.
fn appended(pdf: &[u8], made: impl FnOnce(&[u8]) -> Vec<u8>) -> Vec<u8> {
    const ROOM: usize = 8192;
    let text = String::from_utf8_lossy(pdf);
    let after = |key: &str| text[text.rfind(key).unwrap() + key.len()..].trim_start().to_owned();
    let root: Vec<String> = after("/Root").split_whitespace().take(2).map(str::to_owned).collect();
    let previous: String = after("startxref").chars().take_while(char::is_ascii_digit).collect();
    let mut file = pdf.to_vec();
    file.push(b'\n');
    let object = file.len();
    file.extend(b"90000 0 obj\n<</Type/Sig/Filter/Adobe.PPKLite/SubFilter/ETSI.CAdES.detached/ByteRange[");
    let range = file.len();
    file.extend(format!("{:010} {:010} {:010} {:010}]/Contents", 0, 0, 0, 0).bytes());
    let gap = file.len();
    file.extend(format!("<{}>", "0".repeat(2 * ROOM)).bytes());
    let rest = file.len();
    file.extend(b">>\nendobj\n");
    let xref = file.len();
    let tail = format!(
        "xref\n90000 1\n{object:010} 00000 n \ntrailer\n<</Size 90001/Root {} {} R/Prev {previous}>>\n",
        root[0], root[1]
    );
    file.extend(tail.bytes());
    file.extend(format!("startxref\n{xref}\n%%EOF\n").bytes());
    let ranges = format!("{:010} {gap:010} {rest:010} {:010}", 0, file.len() - rest);
    file[range..range + ranges.len()].copy_from_slice(ranges.as_bytes());
    let value = made(&[&file[..gap], &file[rest..]].concat());
    let digits: String = value.iter().map(|byte| format!("{byte:02x}")).collect();
    file[gap + 1..gap + 1 + digits.len()].copy_from_slice(digits.as_bytes());
    file
}
