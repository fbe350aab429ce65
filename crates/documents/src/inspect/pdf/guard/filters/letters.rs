//! The filters that are undone letter by letter and keep next to nothing of what went before.

/// A filter that takes one byte after another.
pub(super) trait Letters {
    /// Takes a byte and adds what it completes; whether it was the last one.
    fn take(&mut self, byte: u8, out: &mut Vec<u8>) -> bool;

    /// Adds what the last bytes began.
    fn end(&mut self, _out: &mut Vec<u8>) {}
}

/// Five letters are four bytes, and `z` alone is four too.
#[derive(Default)]
pub(super) struct Ascii85 {
    group: Vec<u32>,
}

impl Ascii85 {
    fn flush(&mut self, out: &mut Vec<u8>) {
        let kept = self.group.len().saturating_sub(1);
        self.group.resize(5, 84);
        let value = self.group.drain(..).fold(0_u32, |value, digit| value.wrapping_mul(85).wrapping_add(digit));
        out.extend_from_slice(&value.to_be_bytes()[..kept]);
    }
}

impl Letters for Ascii85 {
    fn take(&mut self, byte: u8, out: &mut Vec<u8>) -> bool {
        match byte {
            b'z' if self.group.is_empty() => out.extend_from_slice(&[0; 4]),
            b'!'..=b'u' => self.group.push(u32::from(byte - b'!')),
            _ => {}
        }
        if self.group.len() == 5 {
            self.flush(out);
        }
        byte == b'~'
    }

    fn end(&mut self, out: &mut Vec<u8>) {
        if self.group.len() > 1 {
            self.flush(out);
        }
    }
}

/// Two letters are one byte.
#[derive(Default)]
pub(super) struct AsciiHex {
    first: Option<u8>,
}

impl Letters for AsciiHex {
    fn take(&mut self, byte: u8, out: &mut Vec<u8>) -> bool {
        if let Some(digit) = char::from(byte).to_digit(16).and_then(|digit| u8::try_from(digit).ok()) {
            match self.first.take() {
                Some(first) => out.push(first << 4 | digit),
                None => self.first = Some(digit),
            }
        }
        byte == b'>'
    }

    fn end(&mut self, out: &mut Vec<u8>) {
        out.extend(self.first.take().map(|first| first << 4));
    }
}

/// A length, then that many bytes as they are or one byte again and again.
#[derive(Default)]
pub(super) struct RunLength {
    run: Run,
}

#[derive(Clone, Copy, Default)]
enum Run {
    /// A length comes next.
    #[default]
    None,
    /// So many bytes come as they are.
    Plain(u8),
    /// The byte that comes stands so many times.
    Repeated(usize),
}

impl Letters for RunLength {
    fn take(&mut self, byte: u8, out: &mut Vec<u8>) -> bool {
        self.run = match self.run {
            Run::None if byte == 128 => return true,
            Run::None if byte < 128 => Run::Plain(byte + 1),
            Run::None => Run::Repeated(257 - usize::from(byte)),
            Run::Plain(left) => {
                out.push(byte);
                if left > 1 { Run::Plain(left - 1) } else { Run::None }
            }
            Run::Repeated(count) => {
                out.resize(out.len() + count, byte);
                Run::None
            }
        };
        false
    }
}
