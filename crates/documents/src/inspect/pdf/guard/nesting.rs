//! How deep arrays, dictionaries and words stand in one another, counted as the text comes.

use domain::Refusal;

use super::bomb;
use super::filters::Sink;

/// How deep arrays and dictionaries may stand in one another.
const DEPTH_MAX: usize = 120;

/// So many bytes tell whether a stream holds text.
const SAMPLE_BYTES: usize = 4096;

/// Refuses a text whose brackets stand too deep in one another.
pub(super) fn check_nesting(text: &[u8]) -> Result<(), Refusal> {
    let mut brackets = Brackets::default();
    brackets.read(text);
    if brackets.is_too_deep { Err(bomb()) } else { Ok(()) }
}

/// The brackets of a stream. Fonts and pictures hold any byte; words and objects are text for the most part.
#[derive(Default)]
pub(super) struct Nesting {
    brackets: Brackets,
    sampled: usize,
    /// Bytes of the sample that are no text.
    odd: usize,
}

impl Nesting {
    /// Whether it is text with brackets too deep in one another.
    pub(super) fn is_too_deep(&self) -> bool {
        self.brackets.is_too_deep && !self.is_binary()
    }

    fn is_binary(&self) -> bool {
        self.odd * 4 > self.sampled
    }
}

impl Sink for Nesting {
    fn take(&mut self, piece: &[u8]) {
        let sample = &piece[..piece.len().min(SAMPLE_BYTES - self.sampled)];
        self.odd += sample.iter().filter(|byte| !byte.is_ascii_graphic() && !byte.is_ascii_whitespace()).count();
        self.sampled += sample.len();
        if self.sampled < SAMPLE_BYTES || !self.is_binary() {
            self.brackets.read(piece);
        }
    }
}

#[derive(Default)]
struct Brackets {
    depth: usize,
    in_words: usize,
    is_escaped: bool,
    previous: u8,
    is_too_deep: bool,
}

impl Brackets {
    fn read(&mut self, text: &[u8]) {
        let Self { mut depth, mut in_words, mut is_escaped, mut previous, mut is_too_deep } = *self;
        for &byte in text {
            match byte {
                _ if is_escaped => is_escaped = false,
                b'\\' if in_words > 0 => is_escaped = true,
                b'(' => in_words += 1,
                b')' => in_words = in_words.saturating_sub(1),
                _ if in_words > 0 => {}
                b'[' => depth += 1,
                b'<' if previous == b'<' => depth += 1,
                b']' => depth = depth.saturating_sub(1),
                b'>' if previous == b'>' => depth = depth.saturating_sub(1),
                _ => {}
            }
            // Three brackets in a row are one opening and the start of the next.
            previous = if matches!((byte, previous), (b'<', b'<') | (b'>', b'>')) { 0 } else { byte };
            is_too_deep |= depth > DEPTH_MAX || in_words > 4 * DEPTH_MAX;
        }
        *self = Self { depth, in_words, is_escaped, previous, is_too_deep };
    }
}
