//! What a packed stream unpacks to, filter after filter as its dictionary lists them, never past a limit.
//!
//! A few hundred bytes packed twice come to hundreds of megabytes, so every stage is held to the limit, not the last alone;
//! and all streams of a file are held to one budget, for the same bytes can be unpacked again and again.

use std::borrow::Cow;
use std::collections::BTreeSet;
use std::collections::btree_map::{BTreeMap, Entry};
use std::io::Read;

use domain::Refusal;
use flate2::bufread::{DeflateDecoder, ZlibDecoder};

use super::super::super::{UNPACKED_BYTES_MAX, bomb};
use super::{all, find, number_before, objects};

/// So many filters one after another; honest files have one or two.
const FILTERS_MAX: usize = 4;

/// So many lists of filters that one dictionary may mean; honest ones mean one.
const CHAINS_MAX: usize = 4;

/// Filters, each on the outcome of the one before.
type Chain = Vec<Filter>;

/// How a stream is packed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Filter {
    Flate,
    Lzw,
    Ascii85,
    AsciiHex,
    RunLength,
    /// Pictures, and what the reader behind does not know either: nothing is unpacked from here on.
    Opaque,
}

impl Filter {
    fn of(name: &[u8]) -> Self {
        match name {
            b"FlateDecode" | b"Fl" => Self::Flate,
            b"LZWDecode" | b"LZW" => Self::Lzw,
            b"ASCII85Decode" | b"A85" => Self::Ascii85,
            b"ASCIIHexDecode" | b"AHx" => Self::AsciiHex,
            b"RunLengthDecode" | b"RL" => Self::RunLength,
            _ => Self::Opaque,
        }
    }
}

/// The dictionary with its names written plainly: `/#46ilter` is `/Filter`.
pub(super) fn plain_names(dict: &[u8]) -> Cow<'_, [u8]> {
    if !dict.contains(&b'#') {
        return Cow::Borrowed(dict);
    }
    let mut plain = Vec::with_capacity(dict.len());
    let mut at = 0;
    while at < dict.len() {
        let hex = dict.get(at + 1..at + 3).filter(|_| dict[at] == b'#').and_then(|two| std::str::from_utf8(two).ok());
        match hex.and_then(|two| u8::from_str_radix(two, 16).ok()) {
            Some(byte) => {
                plain.push(byte);
                at += 3;
            }
            None => {
                plain.push(dict[at]);
                at += 1;
            }
        }
    }
    Cow::Owned(plain)
}

/// The unpacking of one file's streams, within one budget.
pub(super) struct Unpacking<'a> {
    file: &'a [u8],
    /// Where objects begin, by their numbers; looked for when a list of filters stands elsewhere.
    objects: Option<Vec<(u32, usize)>>,
    /// The lists that objects hold, each object read once.
    lists: BTreeMap<u32, BTreeSet<Chain>>,
    /// So many bytes may still be read and written, else a small file could be gone through without end.
    work: usize,
}

impl<'a> Unpacking<'a> {
    pub(super) fn of(file: &'a [u8]) -> Self {
        Self { file, objects: None, lists: BTreeMap::new(), work: 4 * UNPACKED_BYTES_MAX }
    }

    /// Takes from the budget.
    ///
    /// # Errors
    /// `bomb` where it is used up.
    pub(super) fn spend(&mut self, bytes: usize) -> Result<(), Refusal> {
        self.work = self.work.checked_sub(bytes).ok_or_else(bomb)?;
        Ok(())
    }

    /// Unpacks a stream by every list of filters that its dictionary may mean; gives the longest outcome. None where no
    /// filter is named.
    ///
    /// # Errors
    /// `bomb` where a stage passes the limit or the budget, there are too many stages or lists, or a list is kept out of
    /// sight.
    pub(super) fn unpacked(&mut self, dict: &[u8], data: &[u8], limit: usize) -> Result<Option<Vec<u8>>, Refusal> {
        let mut longest: Option<Vec<u8>> = None;
        for chain in self.chains(dict)? {
            let has_two_ways = chain.contains(&Filter::Lzw) && find(dict, b"/EarlyChange").is_some();
            for is_early in if has_two_ways { vec![true, false] } else { vec![true] } {
                let content = self.through(&chain, data, is_early, limit)?;
                if longest.as_ref().is_none_or(|known| known.len() < content.len()) {
                    longest = Some(content);
                }
            }
        }
        Ok(longest)
    }

    /// The filters after every `/Filter` and `/F` of a dictionary.
    fn chains(&mut self, dict: &[u8]) -> Result<BTreeSet<Chain>, Refusal> {
        let mut found = BTreeSet::new();
        let keys = [b"/Filter".as_slice(), b"/F"];
        for value in keys.iter().flat_map(|key| all(dict, key).map(|at| &dict[at + key.len()..])) {
            if value.first().is_none_or(u8::is_ascii_alphanumeric) {
                continue;
            }
            match names(value) {
                Some(chain) => found.extend([chain]),
                None => found.extend(self.referred(value)?.iter().cloned()),
            }
        }
        honest(found)
    }

    /// The filters of a value that stands elsewhere, as `12 0 R`; every object of that number counts.
    fn referred(&mut self, value: &[u8]) -> Result<&BTreeSet<Chain>, Refusal> {
        let mut words = value.split(|byte| !byte.is_ascii_alphanumeric()).filter(|word| !word.is_empty());
        let (Some(object), Some(_), Some(b"R")) = (words.next(), words.next(), words.next()) else {
            return Err(bomb());
        };
        let number: u32 = std::str::from_utf8(object).ok().and_then(|word| word.parse().ok()).ok_or_else(bomb)?;
        let file = self.file;
        match self.lists.entry(number) {
            Entry::Occupied(known) => Ok(known.into_mut()),
            Entry::Vacant(place) => {
                let objects = self.objects.get_or_insert_with(|| numbered(file));
                let first = objects.partition_point(|(known, _)| *known < number);
                let own = objects[first..].iter().take_while(|(known, _)| *known == number);
                let list = |(_, at): &(u32, usize)| {
                    let text = &file[*at..];
                    names(&plain_names(&text[..text.len().min(256)])).ok_or_else(bomb)
                };
                let found = own.map(list).collect::<Result<BTreeSet<Chain>, Refusal>>()?;
                if found.is_empty() { Err(bomb()) } else { Ok(place.insert(honest(found)?)) }
            }
        }
    }

    fn through(&mut self, chain: &[Filter], data: &[u8], is_early: bool, limit: usize) -> Result<Vec<u8>, Refusal> {
        let mut content: Option<Vec<u8>> = None;
        for filter in chain {
            let packed = content.as_deref().unwrap_or(data);
            let stage = match filter {
                Filter::Flate => inflated(packed, limit),
                Filter::Lzw => lzw(packed, is_early, limit),
                Filter::Ascii85 => ascii85(packed, limit),
                Filter::AsciiHex => ascii_hex(packed),
                Filter::RunLength => run_length(packed, limit),
                Filter::Opaque => return Ok(Vec::new()),
            };
            self.spend(stage.work)?;
            if stage.content.len() > limit {
                return Err(bomb());
            }
            content = Some(stage.content);
        }
        Ok(content.unwrap_or_default())
    }
}

/// The lists of filters, unless there are more or longer ones than in an honest file.
fn honest(chains: BTreeSet<Chain>) -> Result<BTreeSet<Chain>, Refusal> {
    let is_long = chains.iter().any(|chain| chain.len() > FILTERS_MAX);
    if is_long || chains.len() > CHAINS_MAX { Err(bomb()) } else { Ok(chains) }
}

/// Every object of a file by its number, and where what it holds begins.
fn numbered(file: &[u8]) -> Vec<(u32, usize)> {
    let object = |at: usize| Some((number_before(&file[..at])?, at + b"obj".len()));
    let mut objects: Vec<(u32, usize)> = objects(file).filter_map(object).collect();
    objects.sort_unstable();
    objects
}

/// `/One` or `[/One /Two]`; none where it is written another way.
fn names(value: &[u8]) -> Option<Chain> {
    let value = value.trim_ascii_start();
    let list = match value.strip_prefix(b"[") {
        Some(inside) => &inside[..find(inside, b"]")?],
        None => {
            let name = value.strip_prefix(b"/")?;
            let end = name.iter().position(|byte| !is_of_name(*byte)).unwrap_or(name.len());
            &value[..=end]
        }
    };
    let mut filters = Vec::new();
    let mut rest = list.trim_ascii();
    while let Some(name) = rest.strip_prefix(b"/") {
        let end = name.iter().position(|byte| !is_of_name(*byte)).unwrap_or(name.len());
        filters.push(Filter::of(&name[..end]));
        rest = name[end..].trim_ascii_start();
    }
    rest.is_empty().then_some(filters)
}

fn is_of_name(byte: u8) -> bool {
    byte.is_ascii_graphic() && !b"()<>[]{}/%".contains(&byte)
}

/// What came out of one filter, and how many bytes were read and written for it.
struct Stage {
    content: Vec<u8>,
    work: usize,
}

impl Stage {
    fn of(content: Vec<u8>, read: usize) -> Self {
        Self { work: read.saturating_add(content.len()), content }
    }
}

/// What comes out of a packed stream, up to one byte past the limit. Where its head is broken, the reader behind goes on
/// without one, so that is measured too.
fn inflated(packed: &[u8], limit: usize) -> Stage {
    let most = u64::try_from(limit).unwrap_or(u64::MAX).saturating_add(1);
    let taken = |source: &mut dyn Read| {
        let mut content = Vec::new();
        let is_whole = source.take(most).read_to_end(&mut content).is_ok();
        (content, is_whole)
    };
    let mut whole = ZlibDecoder::new(packed);
    let (content, is_whole) = taken(&mut whole);
    let first = Stage::of(content, length(whole.total_in()));
    if is_whole || first.content.len() > limit {
        return first;
    }
    let bare = [0, 2].map(|skipped| {
        let mut bare = DeflateDecoder::new(packed.get(skipped..).unwrap_or_default());
        let (content, _) = taken(&mut bare);
        Stage::of(content, length(bare.total_in()))
    });
    let tried = bare.into_iter().chain([first]);
    let longest = |one: Stage, next: Stage| Stage {
        work: one.work + next.work,
        content: if next.content.len() >= one.content.len() { next.content } else { one.content },
    };
    tried.reduce(longest).unwrap_or_else(|| Stage::of(Vec::new(), 0))
}

fn length(bytes: u64) -> usize {
    usize::try_from(bytes).unwrap_or(usize::MAX)
}

/// Every entry of the table is a stretch of what came out before, so the table holds places only.
fn lzw(packed: &[u8], is_early: bool, limit: usize) -> Stage {
    const CLEAR: usize = 256;
    const END: usize = 257;
    const TABLE_MAX: usize = 4096;
    let mut out: Vec<u8> = Vec::new();
    let mut table: Vec<(usize, usize)> = Vec::new();
    let mut previous: Option<(usize, usize)> = None;
    let (mut bits, mut bit_count) = (0_u32, 0_u32);
    let mut bytes = packed.iter();
    loop {
        let size = 258 + table.len() + usize::from(is_early) + usize::from(previous.is_some());
        let width = [9, 10, 11].into_iter().find(|width| size <= 1 << width).unwrap_or(12);
        while bit_count < width {
            let Some(byte) = bytes.next() else { return Stage::of(out, packed.len()) };
            bits = bits << 8 | u32::from(*byte);
            bit_count += 8;
        }
        bit_count -= width;
        let code = (bits >> bit_count & ((1 << width) - 1)) as usize;
        let start = out.len();
        match code {
            CLEAR => {
                table.clear();
                previous = None;
                continue;
            }
            END => break,
            literal @ 0..CLEAR => out.push(u8::try_from(literal).unwrap_or_default()),
            code => {
                let known = table.get(code - 258).copied();
                let last = previous.map(|(from, length)| (from, length + 1));
                let is_next = code - 258 == table.len();
                let Some((from, length)) = known.or(last.filter(|_| is_next)) else { break };
                (from..from + length).for_each(|at| out.push(out[at]));
            }
        }
        if let Some((from, length)) = previous.filter(|_| 258 + table.len() < TABLE_MAX) {
            table.push((from, length + 1));
        }
        previous = Some((start, out.len() - start));
        if out.len() > limit {
            break;
        }
    }
    Stage::of(out, packed.len() - bytes.len())
}

/// Five letters are four bytes, and `z` alone is four too.
fn ascii85(packed: &[u8], limit: usize) -> Stage {
    let mut out = Vec::new();
    let mut read = 0;
    let mut group: Vec<u32> = Vec::with_capacity(5);
    let flush = |group: &mut Vec<u32>, out: &mut Vec<u8>| {
        let kept = group.len().saturating_sub(1);
        group.resize(5, 84);
        let value = group.drain(..).fold(0_u32, |value, digit| value.wrapping_mul(85).wrapping_add(digit));
        out.extend_from_slice(&value.to_be_bytes()[..kept]);
    };
    for byte in packed {
        read += 1;
        match byte {
            b'z' if group.is_empty() => out.extend_from_slice(&[0; 4]),
            b'!'..=b'u' => group.push(u32::from(byte - b'!')),
            b'~' => break,
            _ => {}
        }
        if group.len() == 5 {
            flush(&mut group, &mut out);
        }
        if out.len() > limit {
            return Stage::of(out, read);
        }
    }
    if group.len() > 1 {
        flush(&mut group, &mut out);
    }
    Stage::of(out, read)
}

/// Two letters are one byte: what comes out is shorter than what went in.
fn ascii_hex(packed: &[u8]) -> Stage {
    let digit = |byte: &u8| char::from(*byte).to_digit(16).and_then(|digit| u8::try_from(digit).ok());
    let text = packed.split(|byte| *byte == b'>').next().unwrap_or_default();
    let digits: Vec<u8> = text.iter().filter_map(digit).collect();
    let out = digits.chunks(2).map(|two| two[0] << 4 | two.get(1).copied().unwrap_or(0)).collect();
    Stage::of(out, text.len())
}

fn run_length(packed: &[u8], limit: usize) -> Stage {
    let mut out = Vec::new();
    let mut at = 0;
    while let Some(&length) = packed.get(at).filter(|length| **length != 128) {
        let length = usize::from(length);
        if length < 128 {
            let end = (at + 2 + length).min(packed.len());
            out.extend_from_slice(&packed[at + 1..end]);
            at = end;
        } else {
            let Some(&byte) = packed.get(at + 1) else { break };
            out.resize(out.len() + 257 - length, byte);
            at += 2;
        }
        if out.len() > limit {
            break;
        }
    }
    Stage::of(out, at)
}

#[cfg(test)]
mod tests;
