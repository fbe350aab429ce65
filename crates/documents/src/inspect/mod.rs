//! Bytes to facts: a .docx or a PDF, ours or not, becomes one neutral [`Paper`] with every paragraph's words and look.
//!
//! Files come from strangers. Each is measured first and refused, with the reason and the mend, where it is encrypted,
//! damaged, carries macros or links to other files, or unpacks to more than an honest document does.

mod docx;
mod english;
mod model;
mod pdf;
mod xml;

use domain::Refusal;

pub use english::in_english;
pub use model::{Align, Extent, Format, Margins, PageNumber, Paper, Paragraph, Place, Rule, Sheet, Span};

/// The largest file that is read, in bytes.
pub const FILE_BYTES_MAX: usize = 64 << 20;

/// How much all parts of a file may unpack to, in bytes.
const UNPACKED_BYTES_MAX: usize = 128 << 20;

/// Reads a document.
///
/// # Errors
/// Codes `too_large`, `unknown_format`, `encrypted`, `damaged`, `has_macros`, `external_links`, `bomb`.
pub fn read(bytes: &[u8]) -> Result<Paper, Refusal> {
    match format(bytes)? {
        Format::Docx => docx::read(bytes),
        Format::Pdf => pdf::read(bytes),
    }
}

/// The words of a document in reading order, a line each paragraph, without layout; empty for a scan without text.
///
/// # Errors
/// As [`read`].
pub fn text(bytes: &[u8]) -> Result<String, Refusal> {
    Ok(read(bytes)?.text())
}

/// The format that a file really has.
///
/// # Errors
/// Codes `too_large`, `unknown_format`, `encrypted`.
pub fn format(bytes: &[u8]) -> Result<Format, Refusal> {
    const COMPOUND: [u8; 8] = [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1];
    // A PDF's header may stand a little way into the file.
    const HEADER_WITHIN: usize = 1024;
    if bytes.len() > FILE_BYTES_MAX {
        return Err(too_large(&format!(
            "Tệp nặng {} MB, vượt mức {} MB. Hãy giảm dung lượng ảnh hoặc tách tệp rồi nộp lại.",
            bytes.len() >> 20,
            FILE_BYTES_MAX >> 20
        )));
    }
    let start = &bytes[..bytes.len().min(HEADER_WITHIN)];
    if bytes.starts_with(b"PK\x03\x04") {
        return Ok(Format::Docx);
    }
    if start.windows(5).any(|window| window == b"%PDF-") {
        return Ok(Format::Pdf);
    }
    if bytes.starts_with(&COMPOUND) {
        return Err(old_word(bytes));
    }
    let what = if bytes.is_empty() { "Tệp rỗng." } else { "Tệp không phải văn bản .docx hay .pdf." };
    Err(Refusal::one("unknown_format", format!("{what} Hãy lưu văn bản thành .docx hoặc .pdf rồi nộp lại.")))
}

/// A compound file is Word before 2007, or a newer file under a password.
fn old_word(bytes: &[u8]) -> Refusal {
    let name: Vec<u8> = "EncryptedPackage".encode_utf16().flat_map(u16::to_le_bytes).collect();
    match bytes.windows(name.len()).any(|window| window == name) {
        true => encrypted("Trong Word: Tệp > Thông tin > Bảo vệ tài liệu > Mã hóa bằng mật khẩu, xóa mật khẩu"),
        false => Refusal::one(
            "unknown_format",
            "Tệp là .doc của Word trước 2007. Mở bằng Word, chọn Lưu thành .docx rồi nộp lại.",
        ),
    }
}

fn encrypted(mend: &str) -> Refusal {
    Refusal::one("encrypted", format!("Tệp đặt mật khẩu nên không đọc được. {mend}, lưu rồi nộp lại."))
}

fn too_large(message: &str) -> Refusal {
    Refusal::one("too_large", message)
}

fn damaged(cause: &str) -> Refusal {
    Refusal::one(
        "damaged",
        format!("Tệp bị hỏng hoặc chưa tải lên hết ({cause}). Mở lại bằng phần mềm soạn thảo, lưu lại rồi nộp lại."),
    )
}

fn bomb() -> Refusal {
    Refusal::one("bomb", "Tệp nén bung ra lớn bất thường nên bị từ chối. Hãy xuất lại tệp từ văn bản gốc rồi nộp lại.")
}

#[cfg(test)]
mod tests;
