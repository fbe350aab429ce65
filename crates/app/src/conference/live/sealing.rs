//! Ballots to one sealed text and back. Every ballot takes the same room, so the length tells how many there are and nothing
//! of what was cast; a fresh nonce each time, so two states of a box have nothing in common.

use base64::{Engine as _, engine::general_purpose::STANDARD_NO_PAD};
use domain::conference::{PollKind, SealedBallot};
use ring::aead::{Aad, CHACHA20_POLY1305, LessSafeKey, NONCE_LEN, Nonce, UnboundKey};

use crate::platform::{Error, Result, secrets};

/// Bytes of a key.
pub(super) const KEY_LENGTH: usize = 32;

/// One byte for the token's length, the token, a bit for each option.
const BALLOT_LENGTH: usize = 1 + SealedBallot::TOKEN_LENGTH_MAX + size_of::<u64>();

const _: () = assert!(PollKind::OPTION_COUNT_MAX <= 64);

/// The key of one poll's box.
#[derive(Clone)]
pub(super) struct Key {
    key: LessSafeKey,
    /// Of which box: a box that was put in the place of another does not open.
    of: String,
}

impl Key {
    /// None where these are not the bytes of a key.
    pub(super) fn new(bytes: &[u8], of: &str) -> Option<Self> {
        // What a destruction that was cut off has left is no key.
        let key = UnboundKey::new(&CHACHA20_POLY1305, bytes).ok().filter(|_| bytes.iter().any(|byte| *byte != 0))?;
        Some(Self { key: LessSafeKey::new(key), of: of.to_owned() })
    }

    /// Seals ballots in the order in which they are given.
    ///
    /// # Errors
    /// An inside fault where a ballot is none that the domain lets in, or the machine draws no random number.
    pub(super) fn seal(&self, ballots: &[SealedBallot]) -> Result<String> {
        let mut text = Vec::with_capacity(ballots.len() * BALLOT_LENGTH);
        for ballot in ballots {
            write(ballot, &mut text)?;
        }
        let nonce = secrets::bytes::<NONCE_LEN>()?;
        let with = (Nonce::assume_unique_for_key(nonce), Aad::from(self.of.as_bytes()));
        self.key.seal_in_place_append_tag(with.0, with.1, &mut text).map_err(Error::inside)?;
        Ok(STANDARD_NO_PAD.encode([&nonce[..], &text].concat()))
    }

    /// The ballots of a sealed box; none where another key sealed it, or it was altered.
    pub(super) fn open(&self, sealed: &str) -> Option<Vec<SealedBallot>> {
        let mut bytes = STANDARD_NO_PAD.decode(sealed).ok()?;
        let (nonce, text) = bytes.split_at_mut_checked(NONCE_LEN)?;
        let nonce = Nonce::try_assume_unique_for_key(nonce).ok()?;
        let text = self.key.open_in_place(nonce, Aad::from(self.of.as_bytes()), text).ok()?;
        text.chunks(BALLOT_LENGTH).map(read).collect()
    }
}

fn write(ballot: &SealedBallot, text: &mut Vec<u8>) -> Result<()> {
    let SealedBallot { token, choices } = ballot;
    let is_sound = token.len() <= SealedBallot::TOKEN_LENGTH_MAX && choices.iter().all(|choice| *choice < 64);
    let length = u8::try_from(token.len()).ok().filter(|_| is_sound);
    text.push(length.ok_or_else(|| Error::inside("a ballot that does not fit into the box"))?);
    text.extend_from_slice(token.as_bytes());
    text.resize(text.len() + SealedBallot::TOKEN_LENGTH_MAX - token.len(), 0);
    let chosen = choices.iter().fold(0_u64, |chosen, choice| chosen | 1 << choice);
    text.extend_from_slice(&chosen.to_le_bytes());
    Ok(())
}

fn read(record: &[u8]) -> Option<SealedBallot> {
    let (length, rest) = record.split_first()?;
    let (token, chosen) = rest.split_at_checked(SealedBallot::TOKEN_LENGTH_MAX)?;
    let chosen = u64::from_le_bytes(chosen.try_into().ok()?);
    let token = String::from_utf8(token.get(..usize::from(*length))?.to_vec()).ok()?;
    Some(SealedBallot { token, choices: (0..64).filter(|choice| chosen >> choice & 1 == 1).collect() })
}

#[cfg(test)]
mod tests;
