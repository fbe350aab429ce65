//! Old files in: what a file really is, whatever its name says, and the words in it.
//!
//! A register keeps papers as they came: Word files, PDF, scans. Anything else, and anything that could act by itself on
//! the reader's machine (programs, macros, scripts), is refused with the reason and the mend. Pictures are measured by
//! their first bytes, before a pixel is unpacked.

mod active;
mod notes;

use std::io::Cursor;

use domain::Refusal;
use image::{ImageFormat, ImageReader, Limits};

use crate::inspect;

pub use notes::stuck_on;

#[cfg(test)]
mod tests;

/// The largest file that a register keeps, in bytes.
pub const FILE_BYTES_MAX: usize = 32 << 20;

/// The most pixels of a scan: A4 at 600 dots per inch, with room to spare.
const PIXELS_MAX: u64 = 40_000_000;

/// The longest side of a scan, in pixels.
const SIDE_MAX: u32 = 16_000;

/// How much memory unpacking a scan may take, in bytes.
const UNPACKED_BYTES_MAX: u64 = 192 << 20;

/// What a file is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Word.
    Docx,
    /// PDF.
    Pdf,
    /// A photo or scan.
    Jpeg,
    /// A scan.
    Png,
}

impl Kind {
    /// The media type.
    pub fn media_type(self) -> &'static str {
        match self {
            Self::Docx => "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
            Self::Pdf => "application/pdf",
            Self::Jpeg => "image/jpeg",
            Self::Png => "image/png",
        }
    }

    /// The file name's ending.
    pub fn extension(self) -> &'static str {
        match self {
            Self::Docx => "docx",
            Self::Pdf => "pdf",
            Self::Jpeg => "jpg",
            Self::Png => "png",
        }
    }

    /// The kind with this media type.
    pub fn of_media_type(media_type: &str) -> Option<Self> {
        [Self::Docx, Self::Pdf, Self::Jpeg, Self::Png].into_iter().find(|kind| kind.media_type() == media_type)
    }
}

/// A file that may be kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Attachment {
    /// What it is.
    pub kind: Kind,
    /// Its words, a line each paragraph; empty for a scan.
    pub words: String,
    /// Its pages, where the format has them.
    pub page_count: Option<usize>,
}

/// Looks a file over, by its content alone.
///
/// # Errors
/// Codes `too_large`, `empty`, `program`, `script`, `unknown_format`, `too_many_pixels`, and those of [`inspect::read`].
pub fn admit(bytes: &[u8]) -> Result<Attachment, Refusal> {
    if bytes.len() > FILE_BYTES_MAX {
        let message = format!(
            "Tệp nặng {} MB, vượt mức {} MB. Hãy quét lại ở 200-300 dpi hoặc tách tệp.",
            bytes.len() >> 20,
            FILE_BYTES_MAX >> 20
        );
        return Err(Refusal::one("too_large", message));
    }
    match image::guess_format(bytes) {
        Ok(ImageFormat::Jpeg) => return picture(bytes, Kind::Jpeg, ImageFormat::Jpeg),
        Ok(ImageFormat::Png) => return picture(bytes, Kind::Png, ImageFormat::Png),
        _ => refuse_strangers(bytes)?,
    }
    let paper = inspect::read(bytes)?;
    let (kind, page_count) = match paper.format {
        inspect::Format::Docx => (Kind::Docx, None),
        inspect::Format::Pdf => {
            active::refuse(bytes)?;
            (Kind::Pdf, Some(paper.sheets.len()))
        }
    };
    Ok(Attachment { kind, words: paper.text(), page_count })
}

/// Programs and web pages under another name, told as what they are.
fn refuse_strangers(bytes: &[u8]) -> Result<(), Refusal> {
    const PROGRAMS: [&[u8]; 6] =
        [b"MZ", b"\x7fELF", b"#!", b"\xCA\xFE\xBA\xBE", b"\xCF\xFA\xED\xFE", b"\x4C\x00\x00\x00\x01\x14\x02\x00"];
    if bytes.is_empty() {
        return Err(Refusal::one("empty", "Tệp rỗng; hãy chọn lại tệp."));
    }
    if PROGRAMS.iter().any(|start| bytes.starts_with(start)) {
        let message = "Tệp là chương trình chạy được, không phải văn bản, dù tên tệp ghi khác. Không nhận tệp này.";
        return Err(Refusal::one("program", message));
    }
    let start = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes).trim_ascii_start();
    if start.starts_with(b"<") {
        let message = "Tệp là trang web hoặc XML, không phải văn bản. Hãy in trang đó thành PDF rồi đính kèm.";
        return Err(Refusal::one("unknown_format", message));
    }
    Ok(())
}

/// A scan: measured by its header, then unpacked once within limits, so that a damaged one is not kept.
fn picture(bytes: &[u8], kind: Kind, format: ImageFormat) -> Result<Attachment, Refusal> {
    let damaged = |cause: image::ImageError| {
        let message = format!("Ảnh bị hỏng hoặc chưa tải lên hết ({cause}). Hãy quét hoặc xuất lại ảnh.");
        Refusal::one("damaged", message)
    };
    let reader = || ImageReader::with_format(Cursor::new(bytes), format);
    let (width, height) = reader().into_dimensions().map_err(damaged)?;
    if u64::from(width) * u64::from(height) > PIXELS_MAX || width.max(height) > SIDE_MAX {
        let message = format!(
            "Ảnh có {width} × {height} điểm ({} triệu), vượt mức {} triệu. Hãy quét lại ở 200-300 dpi hoặc thu nhỏ ảnh.",
            (u64::from(width) * u64::from(height)) / 1_000_000,
            PIXELS_MAX / 1_000_000
        );
        return Err(Refusal::one("too_many_pixels", message));
    }
    let mut limits = Limits::default();
    limits.max_image_width = Some(SIDE_MAX);
    limits.max_image_height = Some(SIDE_MAX);
    limits.max_alloc = Some(UNPACKED_BYTES_MAX);
    let mut reader = reader();
    reader.limits(limits);
    reader.decode().map_err(damaged)?;
    Ok(Attachment { kind, words: String::new(), page_count: None })
}
