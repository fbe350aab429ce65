//! What a packed stream unpacks to, filter after filter as its dictionary lists them, never past a limit.
//!
//! A few hundred bytes packed twice come to hundreds of megabytes, so every stage is held to the limit, not the last alone;
//! and all streams of a file are held to one budget, for the same bytes can be unpacked again and again.

mod letters;
mod lzw;
mod stage;

use std::borrow::Cow;
use std::collections::BTreeSet;
use std::collections::btree_map::{BTreeMap, Entry};

use domain::Refusal;

use super::super::super::{UNPACKED_BYTES_MAX, bomb};
use super::{all, find, number_before, objects};
use stage::{Head, Stage, Step, feed, finish};

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

/// Who takes what comes out of a stream: all of it is never held for its weight alone.
pub(super) trait Sink: Default {
    /// Takes the next piece.
    fn take(&mut self, piece: &[u8]);
}

impl Sink for () {
    fn take(&mut self, _: &[u8]) {}
}

impl Sink for Vec<u8> {
    fn take(&mut self, piece: &[u8]) {
        self.extend_from_slice(piece);
    }
}

/// What came out of a stream.
#[derive(Debug, PartialEq)]
pub(super) struct Outcome<S> {
    pub(super) sink: S,
    /// In bytes.
    pub(super) length: usize,
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
    pub(super) fn unpacked<S: Sink>(
        &mut self,
        dict: &[u8],
        data: &[u8],
        limit: usize,
    ) -> Result<Option<Outcome<S>>, Refusal> {
        let mut longest: Option<Outcome<S>> = None;
        for chain in self.chains(dict)? {
            let has_two_ways = chain.contains(&Filter::Lzw) && find(dict, b"/EarlyChange").is_some();
            for is_early in if has_two_ways { vec![true, false] } else { vec![true] } {
                let step = |filter: &Filter| Step { filter: *filter, head: Head::Kept, is_early };
                let outcome = self.through(chain.iter().map(step).collect(), data, limit)?;
                if longest.as_ref().is_none_or(|known| known.length < outcome.length) {
                    longest = Some(outcome);
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

    /// Where the head of a deflated stream is broken, the reader behind goes on without one, so that is measured too and
    /// the longest outcome taken.
    fn through<S: Sink>(&mut self, mut steps: Vec<Step>, data: &[u8], limit: usize) -> Result<Outcome<S>, Refusal> {
        let mut sound = 0;
        loop {
            let (outcome, stages) = self.run(&steps, data, limit)?;
            let Some(broken) = (sound..stages.len()).find(|at| stages[*at].is_broken) else { return Ok(outcome) };
            let mut longest = (stages[broken].written, Head::Kept);
            for head in [Head::Missing, Head::Skipped] {
                steps[broken].head = head;
                let (tried, _) = self.run::<()>(&steps[..=broken], data, limit)?;
                longest = if tried.length > longest.0 { (tried.length, head) } else { longest };
            }
            steps[broken].head = longest.1;
            sound = broken + 1;
        }
    }

    /// Unpacks once; gives also the filters as they stand at the end. Nothing comes out behind a filter that is not undone.
    fn run<S: Sink>(&mut self, steps: &[Step], data: &[u8], limit: usize) -> Result<(Outcome<S>, Vec<Stage>), Refusal> {
        let mut stages: Vec<Stage> = steps.iter().map_while(Stage::of).collect();
        let mut outcome = Outcome { sink: S::default(), length: 0 };
        if stages.is_empty() {
            return Ok((outcome, stages));
        }
        let is_seen = stages.len() == steps.len();
        let mut take = |piece: &[u8]| {
            if is_seen {
                outcome.length += piece.len();
                outcome.sink.take(piece);
            }
        };
        feed(&mut stages, data, limit, &mut take)?;
        finish(&mut stages, limit, &mut take)?;
        self.spend(stages.iter().map(|stage| stage.read.saturating_add(stage.written)).sum())?;
        Ok((outcome, stages))
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

#[cfg(test)]
mod tests;
