//! Where sent files come from: single files, folders and zips, one after the other, never all in memory.
//!
//! A zip is a stranger's: its entries are counted, measured before and while they are unpacked, and their names are
//! only ever shown, never used as a path.

use std::{
    collections::VecDeque,
    fs::File,
    io::{BufReader, Cursor, Error as IoError, Read, Seek},
    path::{Path, PathBuf},
};

use documents::workbook::{Limits, Problem, ProblemCode};
use zip::{ZipArchive, result::ZipError};

use crate::platform::{Language, Result, error::why_not_read};

/// A file as it was sent: its name for messages, its content, or why there is none.
#[derive(Debug)]
pub struct SentFile {
    /// Path or `archive.zip/entry.xlsx`.
    pub name: String,
    /// The bytes, at most [`Limits::file_bytes_max`] and one.
    pub content: Result<Vec<u8>, Problem>,
}

/// More files in one zip than a province has schools and forms.
const ZIP_ENTRIES_MAX: usize = 60_000;
/// All that one zip may unpack to, in bytes.
const ZIP_BYTES_MAX: u64 = 4 << 30;
/// Unpacked over packed size beyond which no honest workbook lies: they are packed themselves.
const ZIP_RATIO_MAX: u64 = 200;
/// Below this size no ratio is suspicious.
const ZIP_RATIO_FROM: u64 = 1 << 20;
/// Endings of what is read in folders and zips; other files there are passed over.
const ENDINGS: [&str; 6] = ["xlsx", "xlsm", "xlsb", "xls", "ods", "zip"];

trait Archive: Read + Seek + Send {}
impl<T: Read + Seek + Send> Archive for T {}

enum Waiting {
    OnDisk(PathBuf),
    InMemory(String, Vec<u8>),
    Refused(String, Problem),
}

/// A zip that is being read.
struct OpenZip {
    name: String,
    archive: ZipArchive<Box<dyn Archive>>,
    next: usize,
    unpacked: u64,
}

/// The files to be read, in a fixed order: as given, folders by name.
pub struct Sources {
    waiting: VecDeque<Waiting>,
    open: Option<OpenZip>,
    count: usize,
}

impl Sources {
    /// Files, folders and zips of this machine.
    pub fn on_disk(paths: &[PathBuf]) -> Self {
        let mut waiting = VecDeque::new();
        for path in paths {
            collect(path, true, &mut waiting);
        }
        let count = waiting.iter().map(files_in).sum();
        Self { waiting, open: None, count }
    }

    /// Files that came with a request, by name and content; zips among them are opened.
    pub fn in_memory(files: Vec<(String, Vec<u8>)>) -> Self {
        let waiting: VecDeque<Waiting> =
            files.into_iter().map(|(name, bytes)| Waiting::InMemory(name, bytes)).collect();
        let count = waiting.iter().map(files_in).sum();
        Self { waiting, open: None, count }
    }

    /// How many files there are, for progress: entries of zips counted, as they say themselves.
    pub fn file_count(&self) -> usize {
        self.count
    }

    fn next_of_zip(&mut self) -> Option<SentFile> {
        let zip = self.open.as_mut()?;
        while zip.next < zip.archive.len() {
            let position = zip.next;
            zip.next += 1;
            if let Some(file) = zip.read(position) {
                if zip.unpacked > ZIP_BYTES_MAX {
                    zip.next = zip.archive.len();
                }
                return Some(file);
            }
        }
        self.open = None;
        None
    }

    fn open_zip(&mut self, name: String, bytes: Box<dyn Archive>) -> Option<SentFile> {
        let refused = |name: String, problem: Problem| Some(SentFile { name, content: Err(problem) });
        match ZipArchive::new(bytes) {
            Ok(archive) if archive.len() > ZIP_ENTRIES_MAX => {
                let message = format!("Tệp nén có {} mục, vượt mức {ZIP_ENTRIES_MAX}. Hãy chia nhỏ.", archive.len());
                refused(name, Problem::error(ProblemCode::TooLarge, message))
            }
            Ok(archive) if !holds_files(&archive) => {
                let message = "Tệp nén không có tệp biểu mẫu nào (.xlsx, .xls, .ods). Hãy nén lại với các tệp cần nộp.";
                refused(name, Problem::error(ProblemCode::Unreadable, message))
            }
            Ok(archive) => {
                self.open = Some(OpenZip { name, archive, next: 0, unpacked: 0 });
                None
            }
            Err(fault) => refused(name, unreadable(&fault)),
        }
    }

    fn next_waiting(&mut self, waiting: Waiting) -> Option<SentFile> {
        match waiting {
            Waiting::Refused(name, problem) => Some(SentFile { name, content: Err(problem) }),
            Waiting::InMemory(name, bytes) if is_zip_of_files(&name, || Cursor::new(&bytes)) => {
                self.open_zip(name, Box::new(Cursor::new(bytes)))
            }
            Waiting::InMemory(name, bytes) => Some(SentFile { name, content: Ok(bytes) }),
            Waiting::OnDisk(path) => {
                let name = path.display().to_string();
                match File::open(&path) {
                    Err(fault) => {
                        let problem = not_read(&name, &fault);
                        Some(SentFile { name, content: Err(problem) })
                    }
                    Ok(file) if is_zip_of_files(&name, || BufReader::new(&file)) => {
                        self.open_zip(name, Box::new(BufReader::new(file)))
                    }
                    Ok(file) => {
                        let content = read_limited(&name, file);
                        Some(SentFile { name, content })
                    }
                }
            }
        }
    }
}

impl Iterator for Sources {
    type Item = SentFile;

    fn next(&mut self) -> Option<SentFile> {
        loop {
            if let Some(file) = self.next_of_zip() {
                return Some(file);
            }
            let waiting = self.waiting.pop_front()?;
            if let Some(file) = self.next_waiting(waiting) {
                return Some(file);
            }
        }
    }
}

impl OpenZip {
    /// The file of an entry; none where the entry is a folder or no workbook by its name.
    fn read(&mut self, position: usize) -> Option<SentFile> {
        let zip_name = self.name.clone();
        let mut entry = match self.archive.by_index(position) {
            Ok(entry) => entry,
            Err(fault) => {
                let name = format!("{zip_name}/mục {}", position + 1);
                return Some(SentFile { name, content: Err(unreadable(&fault)) });
            }
        };
        let entry_name = String::from_utf8_lossy(entry.name_raw()).into_owned();
        if entry.is_dir() || !is_candidate(Path::new(&entry_name)) {
            return None;
        }
        let name = format!("{zip_name}/{entry_name}");
        let content = if has_ending(Path::new(&entry_name), "zip") {
            let message = "Tệp nén nằm trong tệp nén. Hãy giải nén tệp bên trong rồi gửi lại.";
            Err(Problem::error(ProblemCode::Unreadable, message))
        } else if entry.size() > ZIP_RATIO_FROM && entry.size() / entry.compressed_size().max(1) > ZIP_RATIO_MAX {
            let message = "Mục này giải nén ra quá lớn so với kích thước nén; không đọc để bảo vệ máy chủ.";
            Err(Problem::error(ProblemCode::ZipBomb, message))
        } else {
            read_limited(&name, &mut entry)
        };
        self.unpacked += content.as_ref().map_or(0, |bytes| bytes.len() as u64);
        Some(SentFile { name, content })
    }
}

/// Reads no more than a workbook may weigh, and one byte more, so that the reader sees that it is too much.
fn read_limited(name: &str, source: impl Read) -> Result<Vec<u8>, Problem> {
    let mut bytes = Vec::new();
    match source.take(Limits::default().file_bytes_max + 1).read_to_end(&mut bytes) {
        Ok(_) => Ok(bytes),
        Err(fault) => Err(not_read(name, &fault)),
    }
}

/// Whether an archive has an entry that is read.
fn holds_files(archive: &ZipArchive<Box<dyn Archive>>) -> bool {
    let is_file = |name: &str| !name.ends_with('/') && is_candidate(Path::new(name));
    archive.file_names().any(|name| name.map_or(true, |name| is_file(&name)))
}

fn unreadable(fault: &ZipError) -> Problem {
    match fault {
        ZipError::UnsupportedArchive(reason) if *reason == ZipError::PASSWORD_REQUIRED => {
            Problem::error(ProblemCode::Encrypted, "Tệp nén đặt mật khẩu. Hãy nén lại không đặt mật khẩu.")
        }
        _ => Problem::error(ProblemCode::Unreadable, "Tệp nén hỏng hoặc không đọc được. Hãy nén lại rồi gửi lại."),
    }
}

fn not_read(name: &str, fault: &IoError) -> Problem {
    Problem::error(ProblemCode::Unreadable, why_not_read(name, fault, Language::Vietnamese))
}

/// Adds a path; what was named by hand is taken whatever its ending, folders are searched for workbooks and zips.
fn collect(path: &Path, is_named: bool, waiting: &mut VecDeque<Waiting>) {
    if !path.is_dir() {
        if is_named || is_candidate(path) {
            waiting.push_back(Waiting::OnDisk(path.to_owned()));
        }
        return;
    }
    match std::fs::read_dir(path) {
        Ok(entries) => {
            let mut below: Vec<PathBuf> = entries.flatten().map(|entry| entry.path()).collect();
            below.sort();
            below.retain(|path| !path.is_symlink());
            if is_named && below.is_empty() {
                let message = "Thư mục trống. Hãy chọn thư mục có các tệp cần nộp.";
                let problem = Problem::error(ProblemCode::Unreadable, message);
                waiting.push_back(Waiting::Refused(path.display().to_string(), problem));
            }
            below.iter().for_each(|path| collect(path, false, waiting));
        }
        Err(fault) => {
            let name = path.display().to_string();
            let problem = not_read(&name, &fault);
            waiting.push_back(Waiting::Refused(name, problem));
        }
    }
}

/// A workbook or a zip by its name; `~$…` are the locks that Excel leaves behind.
fn is_candidate(path: &Path) -> bool {
    let name = path.file_name().and_then(|name| name.to_str()).unwrap_or_default();
    let is_hidden = name.starts_with('.') || name.starts_with("~$") || path.starts_with("__MACOSX");
    !is_hidden && ENDINGS.iter().any(|ending| has_ending(path, ending))
}

fn has_ending(path: &Path, ending: &str) -> bool {
    path.extension().and_then(|found| found.to_str()).is_some_and(|found| found.eq_ignore_ascii_case(ending))
}

/// Whether this is a zip that holds files, and not a workbook, which is a zip as well.
fn is_zip_of_files<R: Read + Seek>(name: &str, open: impl Fn() -> R) -> bool {
    let parts = ["[Content_Types].xml", "content.xml"];
    has_ending(Path::new(name), "zip")
        && ZipArchive::new(open())
            .map_or(true, |archive| parts.iter().all(|part| archive.index_for_name(part).is_none()))
}

fn files_in(waiting: &Waiting) -> usize {
    let entries = |archive: Result<ZipArchive<Box<dyn Archive>>, ZipError>| archive.map_or(1, |zip| zip.len());
    match waiting {
        Waiting::OnDisk(path) if has_ending(path, "zip") => match File::open(path) {
            Ok(file) => entries(ZipArchive::new(Box::new(BufReader::new(file)))),
            Err(_) => 1,
        },
        Waiting::InMemory(name, bytes) if has_ending(Path::new(name), "zip") => {
            ZipArchive::new(Cursor::new(bytes)).map_or(1, |zip| zip.len())
        }
        _ => 1,
    }
}
