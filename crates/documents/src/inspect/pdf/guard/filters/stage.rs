//! A filter at work: packed bytes go in and unpacked ones come out a piece at a time, so that what unpacks to much is
//! weighed in little memory.

use domain::Refusal;
use flate2::{Decompress, FlushDecompress, Status};

use super::super::bomb;
use super::Filter;
use super::letters::{Ascii85, AsciiHex, Letters, RunLength};
use super::lzw::Lzw;

/// About so much comes out of a filter before it is handed on.
pub(super) const PIECE_BYTES: usize = 32 << 10;

/// The most that one byte of any filter turns into, with room to spare.
const AT_ONCE_MAX: usize = 4 << 10;

/// How the head of a deflated stream is taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Head {
    /// It is there and sound.
    Kept,
    /// There is none.
    Missing,
    /// There is one, and it is passed over.
    Skipped,
}

/// A filter, and how it is understood.
#[derive(Clone, Copy, Debug)]
pub(super) struct Step {
    pub(super) filter: Filter,
    /// For [`Filter::Flate`].
    pub(super) head: Head,
    /// For [`Filter::Lzw`]: whether codes grow one code early.
    pub(super) is_early: bool,
}

/// A filter at work.
pub(super) struct Stage {
    decoder: Decoder,
    /// What came out and is not yet handed on.
    pub(super) out: Vec<u8>,
    is_over: bool,
    /// Whether the packed bytes are none of this filter's.
    pub(super) is_broken: bool,
    /// So many bytes went in.
    pub(super) read: usize,
    /// So many bytes came out.
    pub(super) written: usize,
}

enum Decoder {
    Flate { unpacker: Decompress, skipped: usize },
    Letters(Box<dyn Letters>),
}

impl Stage {
    /// None for a filter that is not undone here.
    pub(super) fn of(step: &Step) -> Option<Self> {
        let decoder = match step.filter {
            Filter::Flate => Decoder::Flate {
                unpacker: Decompress::new(step.head == Head::Kept),
                skipped: if step.head == Head::Skipped { 2 } else { 0 },
            },
            Filter::Lzw => Decoder::Letters(Box::new(Lzw::new(step.is_early))),
            Filter::Ascii85 => Decoder::Letters(Box::<Ascii85>::default()),
            Filter::AsciiHex => Decoder::Letters(Box::<AsciiHex>::default()),
            Filter::RunLength => Decoder::Letters(Box::<RunLength>::default()),
            Filter::Opaque => return None,
        };
        let out = Vec::with_capacity(PIECE_BYTES + AT_ONCE_MAX);
        Some(Self { decoder, out, is_over: false, is_broken: false, read: 0, written: 0 })
    }

    /// Unpacks until a piece has come out or all is read; how much was read.
    fn unpack(&mut self, packed: &[u8]) -> usize {
        let before = self.out.len();
        let mut read = 0;
        match &mut self.decoder {
            _ if self.is_over => {}
            Decoder::Flate { unpacker, skipped } => {
                read = packed.len().min(*skipped);
                *skipped -= read;
                let (more, end) = inflate(unpacker, &packed[read..], &mut self.out);
                read += more;
                (self.is_over, self.is_broken) = (end != End::NotYet, end == End::Broken);
            }
            Decoder::Letters(letters) => {
                for byte in packed {
                    if self.is_over || self.out.len() >= PIECE_BYTES {
                        break;
                    }
                    read += 1;
                    self.is_over = letters.take(*byte, &mut self.out);
                }
            }
        }
        self.read += read;
        self.written += self.out.len() - before;
        read
    }

    /// What is left when nothing more goes in.
    fn end(&mut self) {
        if let Decoder::Letters(letters) = &mut self.decoder {
            let before = self.out.len();
            letters.end(&mut self.out);
            self.written += self.out.len() - before;
        }
    }
}

#[derive(PartialEq, Eq)]
enum End {
    NotYet,
    Reached,
    Broken,
}

fn inflate(unpacker: &mut Decompress, packed: &[u8], out: &mut Vec<u8>) -> (usize, End) {
    let start = unpacker.total_in();
    let read = |unpacker: &Decompress| usize::try_from(unpacker.total_in() - start).unwrap_or(packed.len());
    loop {
        let before = (unpacker.total_in(), out.len());
        let rest = packed.get(read(unpacker)..).unwrap_or_default();
        let status = unpacker.decompress_vec(rest, out, FlushDecompress::None);
        let is_standing = before == (unpacker.total_in(), out.len());
        match status {
            Err(_) => return (read(unpacker), End::Broken),
            Ok(Status::StreamEnd) => return (read(unpacker), End::Reached),
            Ok(_) if is_standing || out.len() >= PIECE_BYTES => return (read(unpacker), End::NotYet),
            Ok(_) => {}
        }
    }
}

/// Feeds a row of filters: each gets all that comes out of the one before, `take` what comes out of the last.
///
/// # Errors
/// `bomb` where more than the limit comes out of one of them.
pub(super) fn feed(
    stages: &mut [Stage],
    mut packed: &[u8],
    limit: usize,
    take: &mut dyn FnMut(&[u8]),
) -> Result<(), Refusal> {
    let Some((stage, rest)) = stages.split_first_mut() else {
        take(packed);
        return Ok(());
    };
    loop {
        let read = stage.unpack(packed);
        packed = &packed[read..];
        let is_full = stage.out.len() >= PIECE_BYTES;
        hand_on(stage, rest, limit, take)?;
        if !is_full {
            return Ok(());
        }
    }
}

/// Tells a row of filters that nothing more comes.
///
/// # Errors
/// As [`feed`].
pub(super) fn finish(stages: &mut [Stage], limit: usize, take: &mut dyn FnMut(&[u8])) -> Result<(), Refusal> {
    let Some((stage, rest)) = stages.split_first_mut() else { return Ok(()) };
    stage.end();
    hand_on(stage, rest, limit, take)?;
    finish(rest, limit, take)
}

fn hand_on(stage: &mut Stage, rest: &mut [Stage], limit: usize, take: &mut dyn FnMut(&[u8])) -> Result<(), Refusal> {
    if stage.written > limit {
        return Err(bomb());
    }
    if !stage.out.is_empty() {
        feed(rest, &stage.out, limit, take)?;
        stage.out.clear();
    }
    Ok(())
}
