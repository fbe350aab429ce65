//! Finds the signatures in the bytes of a PDF: each names the range that it covers, all but its own value.

use domain::Reason;

/// A signature's value and the range that it covers.
pub(super) struct Located {
    /// The CMS structure, with the zeros that fill its place.
    pub(super) contents: Vec<u8>,
    /// Start and length of the two covered parts.
    parts: [(usize, usize); 2],
    /// Where the covered range ends.
    pub(super) end: usize,
}

/// The most signatures that one file is searched for.
const SIGNATURES_MAX: usize = 64;

/// All signatures, in the order in which they were made.
pub(super) fn signatures(pdf: &[u8]) -> Vec<Located> {
    const KEY: &[u8] = b"/ByteRange";
    let starts = pdf.windows(KEY.len()).enumerate().filter(|(_, window)| *window == KEY).map(|(at, _)| at + KEY.len());
    let mut found: Vec<Located> = starts.take(SIGNATURES_MAX).filter_map(|at| located(pdf, &pdf[at..])).collect();
    found.sort_by_key(|located| located.end);
    found
}

fn located(pdf: &[u8], after: &[u8]) -> Option<Located> {
    const RANGE_BYTES_MAX: usize = 200;
    let after = &after[..after.len().min(RANGE_BYTES_MAX)];
    let open = after.iter().position(|byte| *byte == b'[')?;
    let close = after.iter().position(|byte| *byte == b']')?;
    let text = std::str::from_utf8(after.get(open + 1..close)?).ok()?;
    let numbers: Vec<usize> = text.split_whitespace().map(str::parse).collect::<Result<_, _>>().ok()?;
    let [start, length, second, rest] = numbers[..] else { return None };
    let gap = pdf.get(start.checked_add(length)?..second).unwrap_or_default();
    Some(Located {
        contents: hexadecimal(gap),
        parts: [(start, length), (second, rest)],
        end: second.checked_add(rest)?,
    })
}

/// The bytes between `<` and `>`; none where anything else stands there.
fn hexadecimal(gap: &[u8]) -> Vec<u8> {
    let Some(digits) = gap.strip_prefix(b"<").and_then(|gap| gap.strip_suffix(b">")) else { return Vec::new() };
    let value = |byte: u8| char::from(byte).to_digit(16).and_then(|digit| u8::try_from(digit).ok());
    let pair = |pair: &[u8]| Some((value(*pair.first()?)? << 4) | value(*pair.get(1)?)?);
    digits.chunks(2).map(pair).collect::<Option<_>>().unwrap_or_default()
}

impl Located {
    /// The covered bytes. The range must begin with the file and leave out the signature's own value and nothing else.
    pub(super) fn range(&self, pdf: &[u8]) -> Result<Vec<u8>, Reason> {
        let [(start, length), (second, rest)] = self.parts;
        let wrong = || Reason::new("bad_range", "Phạm vi ký không bao trọn văn bản: có phần nằm ngoài chữ ký.");
        if start != 0 || self.contents.is_empty() {
            return Err(wrong());
        }
        let first = pdf.get(..length).ok_or_else(wrong)?;
        let last = pdf.get(second..second + rest).ok_or_else(wrong)?;
        Ok([first, last].concat())
    }
}
