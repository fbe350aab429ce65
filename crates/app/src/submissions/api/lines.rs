//! Lines from a body that arrives in pieces: one line in memory at a time, none longer than it may be.

use axum::body::Bytes;
use domain::Reason;
use futures_util::{Stream, StreamExt};

/// A form of three hundred cells takes some ten KB.
pub(super) const LINE_BYTES_MAX: usize = 256 << 10;

/// A line of the body.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Line {
    /// Its text, without the end of the line; never blank.
    Text(Vec<u8>),
    /// It was longer than a record may be and was passed over.
    TooLong,
}

/// The lines of a body.
pub(super) struct Lines<S> {
    pieces: S,
    bytes_max: usize,
    read: usize,
    /// Read and not yet given out.
    waiting: Vec<u8>,
    /// Where in `waiting` the search for an end of line goes on.
    searched: usize,
    is_passing_over: bool,
    has_ended: bool,
}

impl<S> Lines<S>
where
    S: Stream<Item = Result<Bytes, axum::Error>> + Unpin,
{
    pub(super) fn new(pieces: S, bytes_max: usize) -> Self {
        Self { pieces, bytes_max, read: 0, waiting: Vec::new(), searched: 0, is_passing_over: false, has_ended: false }
    }

    /// The next line that is not blank; none at the end.
    ///
    /// # Errors
    /// Where the body is longer than it may be, or broke off: what was given out before stands.
    pub(super) async fn next(&mut self) -> Result<Option<Line>, Reason> {
        loop {
            if let Some(line) = self.next_waiting() {
                return Ok(Some(line));
            }
            if self.has_ended {
                return Ok(None);
            }
            match self.pieces.next().await {
                None => self.has_ended = true,
                Some(Ok(piece)) => {
                    self.read += piece.len();
                    if self.read > self.bytes_max {
                        return Err(too_large(self.bytes_max));
                    }
                    self.waiting.extend_from_slice(&piece);
                }
                Some(Err(fault)) => return Err(broken_off(&fault)),
            }
        }
    }

    /// A line that is complete in memory.
    fn next_waiting(&mut self) -> Option<Line> {
        loop {
            let end = self.waiting[self.searched..].iter().position(|byte| *byte == b'\n');
            let text: Vec<u8> = match end {
                Some(at) => {
                    let rest = self.waiting.split_off(self.searched + at + 1);
                    std::mem::replace(&mut self.waiting, rest)
                }
                None if self.has_ended && (self.is_passing_over || !self.waiting.is_empty()) => {
                    std::mem::take(&mut self.waiting)
                }
                None => {
                    let is_too_long = self.waiting.len() > LINE_BYTES_MAX;
                    if self.is_passing_over || is_too_long {
                        self.is_passing_over = true;
                        self.waiting.clear();
                    }
                    self.searched = self.waiting.len();
                    return None;
                }
            };
            self.searched = 0;
            let is_too_long = std::mem::take(&mut self.is_passing_over) || text.len() > LINE_BYTES_MAX;
            if is_too_long {
                return Some(Line::TooLong);
            }
            let text = text.trim_ascii();
            if !text.is_empty() {
                return Some(Line::Text(text.to_vec()));
            }
        }
    }
}

/// More than one request may carry.
pub(super) fn too_large(bytes_max: usize) -> Reason {
    let text = format!(
        "Nội dung gửi lên vượt mức {} MB của một yêu cầu. Hãy chia nhỏ; các bản ghi đã nhận có thể gửi lại mà không \
         sinh bản mới.",
        bytes_max >> 20
    );
    Reason::new("too_large", text)
}

/// One record longer than any form.
pub(super) fn line_too_long() -> Reason {
    let text = format!("Bản ghi dài quá {} KB; mỗi dòng chỉ chứa một biểu của một đơn vị.", LINE_BYTES_MAX >> 10);
    Reason::new("too_large", text)
}

fn broken_off(fault: &axum::Error) -> Reason {
    Reason::new("broken_off", format!("Kết nối đứt giữa chừng ({fault}). Hãy gửi lại toàn bộ."))
}
