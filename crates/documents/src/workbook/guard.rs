//! The airlock: a stranger's file is measured and unpacked here, within limits, before any parser sees it.
//!
//! What passes is repacked without compression and without the parts that nobody needs (pictures, themes, links to
//! other files), so that the parser behind never meets a size that we have not counted.

use std::borrow::Cow;
use std::io::{Cursor, Read, Write};

use zip::result::ZipError;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipArchive, ZipWriter};

use super::compound;
use super::problem::{Problem, ProblemCode};

/// How much a file may weigh.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// The file itself, in bytes.
    pub file_bytes_max: u64,
    /// All parts of the archive unpacked, in bytes.
    pub unpacked_bytes_max: u64,
    /// Unpacked size over packed size, looked at once more than 16 MiB come out.
    pub ratio_max: u64,
    /// Parts in the archive.
    pub entries_max: usize,
    /// Cells with content, over all sheets.
    pub cells_max: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            file_bytes_max: 20 << 20,
            unpacked_bytes_max: 128 << 20,
            ratio_max: 100,
            entries_max: 2_000,
            cells_max: 500_000,
        }
    }
}

/// Below this size no ratio is suspicious.
const RATIO_FROM_BYTES: u64 = 16 << 20;

/// The format that a file really has, whatever its name says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FileFormat {
    /// Excel since 2007.
    Xlsx,
    /// Excel 97 to 2003.
    Xls,
    /// OpenDocument.
    Ods,
}

/// A file that may be parsed.
pub(super) struct Admitted<'a> {
    pub(super) format: FileFormat,
    pub(super) bytes: Cow<'a, [u8]>,
}

/// Looks a file over and lets it in, or says why not.
pub(super) fn admit<'a>(bytes: &'a [u8], limits: &Limits) -> Result<Admitted<'a>, Problem> {
    let size = bytes.len() as u64;
    if size > limits.file_bytes_max {
        return Err(Problem::error(
            ProblemCode::TooLarge,
            format!(
                "Tệp nặng {} MB, vượt mức {} MB. Hãy tải lại biểu mẫu gốc và chỉ nhập số liệu, không chèn ảnh.",
                size.div_ceil(1 << 20),
                limits.file_bytes_max >> 20
            ),
        ));
    }
    if bytes.starts_with(b"PK\x03\x04") {
        return Archive::open(bytes, *limits)?.admit();
    }
    if bytes.starts_with(&compound::SIGNATURE) {
        compound::inspect(bytes, limits)?;
        return Ok(Admitted { format: FileFormat::Xls, bytes: Cow::Borrowed(bytes) });
    }
    Err(not_a_workbook(bytes))
}

fn not_a_workbook(bytes: &[u8]) -> Problem {
    let start: Vec<u8> = bytes.iter().copied().filter(|b| !b.is_ascii_whitespace()).take(16).collect();
    let what = if bytes.is_empty() {
        "Tệp rỗng."
    } else if start.starts_with(b"%PDF") {
        "Đây là tệp PDF, không phải bảng tính."
    } else if start.starts_with(b"<") || start.starts_with(b"\xEF\xBB\xBF<") {
        "Đây là trang web hoặc XML mang đuôi bảng tính. Mở bằng Excel rồi chọn Lưu thành .xlsx."
    } else {
        "Tệp hỏng hoặc không phải bảng tính .xlsx, .xls, .ods."
    };
    unreadable(format!("{what} Hãy nộp lại biểu mẫu đã tải về."))
}

/// The file cannot be read, for this reason.
pub(super) fn unreadable(message: impl Into<String>) -> Problem {
    Problem::error(ProblemCode::Unreadable, message)
}

fn damaged(error: &impl std::fmt::Display) -> Problem {
    unreadable(format!("Tệp bị hỏng hoặc chưa tải lên hết ({error}). Mở lại bằng Excel, lưu lại rồi nộp lại."))
}

fn bomb() -> Problem {
    Problem::error(
        ProblemCode::ZipBomb,
        "Tệp nén bung ra lớn bất thường nên bị từ chối. Hãy tải lại biểu mẫu gốc và nhập số liệu vào đó.",
    )
}

fn has_macros() -> Problem {
    Problem::error(
        ProblemCode::HasMacros,
        "Tệp chứa macro nên bị từ chối. Mở bằng Excel, chọn Lưu thành «Excel Workbook (.xlsx)» rồi nộp lại.",
    )
}

pub(super) fn encrypted() -> Problem {
    Problem::error(
        ProblemCode::Encrypted,
        "Tệp đặt mật khẩu mở nên không đọc được. Trong Excel: Tệp > Thông tin > Bảo vệ sổ làm việc > \
         Mã hóa bằng mật khẩu, xóa mật khẩu, lưu rồi nộp lại.",
    )
}

/// Refuses a compound file that holds macros.
pub(super) fn refuse_macros(found: bool) -> Result<(), Problem> {
    if found { Err(has_macros()) } else { Ok(()) }
}

struct Archive<'a> {
    zip: ZipArchive<Cursor<&'a [u8]>>,
    format: FileFormat,
    packed: u64,
    limits: Limits,
    names: Vec<String>,
}

impl<'a> Archive<'a> {
    /// Reads the table of contents and refuses by it alone.
    fn open(bytes: &'a [u8], limits: Limits) -> Result<Self, Problem> {
        let mut zip = ZipArchive::new(Cursor::new(bytes)).map_err(|error| damaged(&error))?;
        if zip.len() > limits.entries_max {
            return Err(bomb());
        }
        let mut declared = 0_u64;
        let mut names = Vec::with_capacity(zip.len());
        for position in 0..zip.len() {
            let entry = zip.by_index_raw(position).map_err(|error| damaged(&error))?;
            if entry.encrypted() {
                return Err(encrypted());
            }
            let name = entry.name().map_err(|error| damaged(&error))?.into_owned();
            refuse_macros(is_macro(&name))?;
            names.push(name);
            declared = declared.saturating_add(entry.size());
        }
        let archive = Self { format: format_of(&names)?, packed: bytes.len() as u64, limits, names, zip };
        archive.weigh(declared)?;
        Ok(archive)
    }

    fn weigh(&self, unpacked: u64) -> Result<(), Problem> {
        if unpacked > RATIO_FROM_BYTES && unpacked / self.packed.max(1) > self.limits.ratio_max {
            return Err(bomb());
        }
        if unpacked > self.limits.unpacked_bytes_max {
            let message = format!(
                "Nội dung tệp bung ra {} MB, vượt mức {} MB. Hãy tải lại biểu mẫu gốc và chỉ nhập số liệu.",
                unpacked >> 20,
                self.limits.unpacked_bytes_max >> 20
            );
            return Err(Problem::error(ProblemCode::TooLarge, message));
        }
        Ok(())
    }

    fn admit(mut self) -> Result<Admitted<'a>, Problem> {
        let mut unpacked = 0_u64;
        let mut part = Vec::new();
        let capacity = usize::try_from(self.packed).unwrap_or(0).saturating_mul(8);
        let mut repacked = ZipWriter::new(Cursor::new(Vec::with_capacity(capacity)));
        let stored = SimpleFileOptions::default().compression_method(CompressionMethod::Stored);
        for (position, name) in self.names.iter().enumerate().filter(|(_, name)| is_needed(self.format, name)) {
            let mut entry = self.zip.by_index(position).map_err(|error| damaged(&error))?;
            // One byte more than promised is enough to catch a liar.
            let promised = entry.size();
            part.clear();
            entry.by_ref().take(promised + 1).read_to_end(&mut part).map_err(|error| damaged(&error))?;
            drop(entry);
            if part.len() as u64 > promised {
                return Err(bomb());
            }
            unpacked += promised;
            self.weigh(unpacked)?;
            inspect(name, &part)?;
            let written: Result<(), ZipError> =
                repacked.start_file(name.as_str(), stored).and_then(|()| Ok(repacked.write_all(&part)?));
            written.map_err(|error| damaged(&error))?;
        }
        let bytes = repacked.finish().map_err(|error| damaged(&error))?.into_inner();
        Ok(Admitted { format: self.format, bytes: Cow::Owned(bytes) })
    }
}

fn format_of(names: &[String]) -> Result<FileFormat, Problem> {
    let has = |wanted: &str| names.iter().any(|name| name.eq_ignore_ascii_case(wanted));
    if has("xl/workbook.bin") {
        return Err(unreadable("Định dạng .xlsb chưa nhận được. Mở bằng Excel, lưu thành .xlsx rồi nộp lại."));
    }
    if has("[Content_Types].xml") && names.iter().any(|name| name.contains("worksheets/")) {
        return Ok(FileFormat::Xlsx);
    }
    if has("content.xml") && has("mimetype") {
        return Ok(FileFormat::Ods);
    }
    Err(unreadable("Tệp nén này không phải bảng tính .xlsx hay .ods. Hãy nộp lại biểu mẫu đã tải về."))
}

fn is_macro(name: &str) -> bool {
    let name = name.to_ascii_lowercase();
    name.ends_with("vbaproject.bin") || name.starts_with("xl/macrosheets/") || name.starts_with("basic/")
}

/// Only what holds cells passes; pictures, drawings, themes and links to other files stay outside.
fn is_needed(format: FileFormat, name: &str) -> bool {
    let name = name.to_ascii_lowercase();
    match format {
        FileFormat::Ods => ["mimetype", "content.xml", "styles.xml", "meta-inf/manifest.xml"].contains(&name.as_str()),
        FileFormat::Xlsx | FileFormat::Xls => {
            const OUTSIDE: [&str; 8] = [
                "/media/",
                "/drawings/",
                "/theme/",
                "/externallinks/",
                "/charts/",
                "/comments",
                "/printersettings/",
                "/calcchain",
            ];
            (name.ends_with(".xml") || name.ends_with(".rels"))
                && !name.starts_with("docprops/")
                && !name.contains("worksheets/_rels/")
                && !OUTSIDE.iter().any(|part| name.contains(part))
        }
    }
}

/// Looks into a part for what would hurt the parser or its user.
fn inspect(name: &str, part: &[u8]) -> Result<(), Problem> {
    let name = name.to_ascii_lowercase();
    if name == "[content_types].xml" {
        refuse_macros(contains(part, b"macroEnabled"))?;
    }
    if name == "meta-inf/manifest.xml" && contains(part, b"encryption-data") {
        return Err(encrypted());
    }
    if name.ends_with("sharedstrings.xml") && promises_too_many_strings(part) {
        return Err(damaged(&"số chuỗi khai báo không đúng"));
    }
    Ok(())
}

/// The parser reserves memory for as many strings as the part promises; no part can hold more strings than bytes.
fn promises_too_many_strings(part: &[u8]) -> bool {
    const ATTRIBUTE: &[u8] = b"uniqueCount";
    part.windows(ATTRIBUTE.len()).enumerate().filter(|(_, window)| *window == ATTRIBUTE).any(|(at, _)| {
        let rest = &part[at + ATTRIBUTE.len()..];
        let digits = rest.iter().skip_while(|b| b.is_ascii_whitespace() || b"=\"'+".contains(b));
        let count = digits
            .take_while(|b| b.is_ascii_digit())
            .fold(0_u64, |count, digit| count.saturating_mul(10).saturating_add(u64::from(digit - b'0')));
        count > part.len() as u64
    })
}

fn contains(haystack: &[u8], needle: &[u8]) -> bool {
    haystack.windows(needle.len()).any(|window| window == needle)
}
