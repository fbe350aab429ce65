//! LZW: codes of growing width, each a word that came out before with one letter more.

use super::letters::Letters;

const CLEAR: u16 = 256;
const END: u16 = 257;
/// The first code that stands for a word of the table.
const FIRST: u16 = 258;
const TABLE_MAX: usize = 4096 - FIRST as usize;

/// The words are kept as the code that they begin with and their last letter, so the table never grows beyond its codes.
pub(super) struct Lzw {
    is_early: bool,
    bits: u32,
    bit_count: u32,
    table: Vec<(u16, u8)>,
    previous: Option<u16>,
    /// The word of the last code.
    word: Vec<u8>,
}

impl Lzw {
    pub(super) fn new(is_early: bool) -> Self {
        Self { is_early, bits: 0, bit_count: 0, table: Vec::new(), previous: None, word: Vec::new() }
    }

    /// How many bits the next code has.
    fn width(&self) -> u32 {
        let size =
            usize::from(FIRST) + self.table.len() + usize::from(self.is_early) + usize::from(self.previous.is_some());
        [9, 10, 11].into_iter().find(|width| size <= 1 << width).unwrap_or(12)
    }

    fn knows(&self, code: u16) -> bool {
        code < CLEAR || (code >= FIRST && usize::from(code - FIRST) < self.table.len())
    }

    /// Puts down the word of a code that is known.
    fn spell(&mut self, mut code: u16) {
        self.word.clear();
        while let Some((before, last)) = code.checked_sub(FIRST).and_then(|at| self.table.get(usize::from(at))) {
            self.word.push(*last);
            code = *before;
        }
        self.word.push(u8::try_from(code).unwrap_or_default());
        self.word.reverse();
    }

    /// Adds the word of a code; whether it was the last one.
    fn read(&mut self, code: u16, out: &mut Vec<u8>) -> bool {
        if code == CLEAR {
            self.table.clear();
            self.previous = None;
            return false;
        }
        match self.previous {
            _ if code == END => return true,
            _ if self.knows(code) => self.spell(code),
            // The word that is about to enter the table: the one before with its own first letter behind.
            Some(previous) if usize::from(code - FIRST) == self.table.len() => {
                self.spell(previous);
                self.word.push(self.word[0]);
            }
            _ => return true,
        }
        if let Some(previous) = self.previous.filter(|_| self.table.len() < TABLE_MAX) {
            self.table.push((previous, self.word[0]));
        }
        self.previous = Some(code);
        out.extend_from_slice(&self.word);
        false
    }
}

impl Letters for Lzw {
    fn take(&mut self, byte: u8, out: &mut Vec<u8>) -> bool {
        self.bits = self.bits << 8 | u32::from(byte);
        self.bit_count += 8;
        let width = self.width();
        if self.bit_count < width {
            return false;
        }
        self.bit_count -= width;
        let code = self.bits >> self.bit_count & ((1 << width) - 1);
        self.read(u16::try_from(code).unwrap_or(END), out)
    }
}
