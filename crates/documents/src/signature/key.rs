//! Keys and digests: RSA (PKCS #1 v1.5 and PSS) and ECDSA on P-256, with SHA-2.

use p256::ecdsa;
use rsa::RsaPublicKey;
use rsa::pkcs8::DecodePublicKey;
use rsa::signature::Verifier;
use sha2::{Digest as _, Sha256, Sha384, Sha512};
use x509_cert::der::Encode;
use x509_cert::der::asn1::ObjectIdentifier;
use x509_cert::spki::{AlgorithmIdentifierOwned, SubjectPublicKeyInfoOwned};

/// A digest that is still held for safe.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Digest {
    Sha256,
    Sha384,
    Sha512,
}

impl Digest {
    pub(super) fn of(kind: &ObjectIdentifier) -> Option<Self> {
        match kind.to_string().as_str() {
            "2.16.840.1.101.3.4.2.1" => Some(Self::Sha256),
            "2.16.840.1.101.3.4.2.2" => Some(Self::Sha384),
            "2.16.840.1.101.3.4.2.3" => Some(Self::Sha512),
            _ => None,
        }
    }

    pub(super) fn hash(self, bytes: &[u8]) -> Vec<u8> {
        match self {
            Self::Sha256 => Sha256::digest(bytes).to_vec(),
            Self::Sha384 => Sha384::digest(bytes).to_vec(),
            Self::Sha512 => Sha512::digest(bytes).to_vec(),
        }
    }
}

/// How a key signs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Scheme {
    Pkcs1,
    Pss,
    Ecdsa,
}

/// The scheme of a signature and the digest that its name fixes, if it does.
fn scheme(kind: &ObjectIdentifier) -> Option<(Scheme, Option<Digest>)> {
    match kind.to_string().as_str() {
        "1.2.840.113549.1.1.1" => Some((Scheme::Pkcs1, None)),
        "1.2.840.113549.1.1.11" => Some((Scheme::Pkcs1, Some(Digest::Sha256))),
        "1.2.840.113549.1.1.12" => Some((Scheme::Pkcs1, Some(Digest::Sha384))),
        "1.2.840.113549.1.1.13" => Some((Scheme::Pkcs1, Some(Digest::Sha512))),
        "1.2.840.113549.1.1.10" => Some((Scheme::Pss, None)),
        "1.2.840.10045.4.3.2" => Some((Scheme::Ecdsa, Some(Digest::Sha256))),
        _ => None,
    }
}

/// Whether a key signed a message. `digest` is used where the algorithm's name does not fix one.
pub(super) fn verified(
    key: &SubjectPublicKeyInfoOwned,
    algorithm: &AlgorithmIdentifierOwned,
    digest: Digest,
    message: &[u8],
    signature: &[u8],
) -> bool {
    let Some((scheme, fixed)) = scheme(&algorithm.oid) else { return false };
    let digest = fixed.unwrap_or(digest);
    match scheme {
        Scheme::Ecdsa => ecdsa_verified(key, message, signature),
        Scheme::Pkcs1 | Scheme::Pss => {
            let Some(key) = key.to_der().ok().and_then(|der| RsaPublicKey::from_public_key_der(&der).ok()) else {
                return false;
            };
            rsa_verified(key, scheme, digest, message, signature)
        }
    }
}

fn ecdsa_verified(key: &SubjectPublicKeyInfoOwned, message: &[u8], signature: &[u8]) -> bool {
    let point = key.subject_public_key.raw_bytes();
    let parsed = ecdsa::VerifyingKey::from_sec1_bytes(point).ok().zip(ecdsa::Signature::from_der(signature).ok());
    parsed.is_some_and(|(key, signature)| key.verify(message, &signature).is_ok())
}

fn rsa_verified(key: RsaPublicKey, scheme: Scheme, digest: Digest, message: &[u8], signature: &[u8]) -> bool {
    macro_rules! verified {
        ($scheme:ident, $digest:ty) => {
            rsa::$scheme::Signature::try_from(signature).is_ok_and(|signature| {
                rsa::$scheme::VerifyingKey::<$digest>::new(key).verify(message, &signature).is_ok()
            })
        };
    }
    match (scheme, digest) {
        (Scheme::Pss, Digest::Sha256) => verified!(pss, Sha256),
        (Scheme::Pss, Digest::Sha384) => verified!(pss, Sha384),
        (Scheme::Pss, Digest::Sha512) => verified!(pss, Sha512),
        (_, Digest::Sha256) => verified!(pkcs1v15, Sha256),
        (_, Digest::Sha384) => verified!(pkcs1v15, Sha384),
        (_, Digest::Sha512) => verified!(pkcs1v15, Sha512),
    }
}
