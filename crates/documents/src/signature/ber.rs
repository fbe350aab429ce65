//! Lengths: tools that write a signature as a stream leave them open (BER), our reader wants them told (DER).

/// How deep values may stand in one another.
const DEPTH_MAX: usize = 12;

/// The value at the start of some bytes, every length told; what follows it (the zeros that fill its place) is left out.
pub(super) fn definite(bytes: &[u8]) -> Option<Vec<u8>> {
    const SEQUENCE: u8 = 0x30;
    if bytes.first() != Some(&SEQUENCE) {
        return None;
    }
    value(bytes, 0).map(|(value, _)| value)
}

/// A value and how many bytes it took. What has its length told holds nothing open: it is taken over as it stands.
fn value(bytes: &[u8], depth: usize) -> Option<(Vec<u8>, usize)> {
    const OPEN: u8 = 0x80;
    const LONG_TAG: u8 = 0x1f;
    let tag = *bytes.first()?;
    if depth > DEPTH_MAX || tag & LONG_TAG == LONG_TAG {
        return None;
    }
    if *bytes.get(1)? != OPEN {
        let length = told_length(bytes)?;
        return Some((bytes.get(..length)?.to_vec(), length));
    }
    let (mut content, mut at) = (Vec::new(), 2);
    loop {
        let rest = bytes.get(at..)?;
        if rest.starts_with(&[0, 0]) {
            return Some((with_length(tag, &content), at + 2));
        }
        let (inner, taken) = value(rest, depth + 1)?;
        content.extend(inner);
        at += taken;
    }
}

/// The length of a value with its head, where it is told.
fn told_length(bytes: &[u8]) -> Option<usize> {
    let first = usize::from(*bytes.get(1)?);
    match first {
        0..=0x7f => Some(first + 2),
        0x81..=0x84 => {
            let count = first - 0x80;
            let value = bytes.get(2..2 + count)?.iter().fold(0_usize, |value, byte| (value << 8) | usize::from(*byte));
            value.checked_add(2 + count)
        }
        _ => None,
    }
}

fn with_length(tag: u8, content: &[u8]) -> Vec<u8> {
    let mut value = vec![tag];
    match u8::try_from(content.len()) {
        Ok(length) if length < 0x80 => value.push(length),
        _ => {
            let length: Vec<u8> = content.len().to_be_bytes().into_iter().skip_while(|byte| *byte == 0).collect();
            value.push(0x80 | u8::try_from(length.len()).unwrap_or(0x7f));
            value.extend(length);
        }
    }
    value.extend_from_slice(content);
    value
}
