//! Just enough of the compound file format ([MS-CFB]) and of the records of .xls ([MS-XLS]) to refuse what is
//! encrypted, what holds macros and what would make the parser reserve a sheet of millions of empty cells.

use super::guard::{Limits, encrypted, refuse_macros, unreadable};
use super::problem::{Problem, ProblemCode};

/// First bytes of every compound file.
pub(super) const SIGNATURE: [u8; 8] = [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1];

const END_OF_CHAIN: u32 = 0xFFFF_FFFE;
const RESERVED: u32 = 0xFFFF_FFFA;
/// Streams shorter than this live elsewhere; a workbook never does, as every writer fills it up to this size.
const STREAM_BYTES_MIN: u64 = 4096;

/// Looks a compound file over.
pub(super) fn inspect(bytes: &[u8], limits: &Limits) -> Result<(), Problem> {
    let file = Compound::open(bytes).ok_or_else(broken)?;
    let has = |wanted: &str| file.entries.iter().any(|entry| entry.name.eq_ignore_ascii_case(wanted));
    if has("EncryptedPackage") || has("EncryptionInfo") {
        return Err(encrypted());
    }
    refuse_macros(has("_VBA_PROJECT_CUR") || has("_VBA_PROJECT"))?;
    let workbook = ["Workbook", "Book"]
        .iter()
        .find_map(|name| file.entries.iter().find(|entry| entry.name.eq_ignore_ascii_case(name)))
        .ok_or_else(|| unreadable("Tệp không chứa bảng tính. Hãy nộp lại biểu mẫu đã tải về."))?;
    let stream = file.read(workbook).ok_or_else(broken)?;
    inspect_records(&stream, limits)
}

fn broken() -> Problem {
    unreadable("Tệp .xls bị hỏng hoặc chưa tải lên hết. Mở lại bằng Excel, lưu thành .xlsx rồi nộp lại.")
}

struct Entry {
    name: String,
    start: u32,
    size: u64,
}

struct Compound<'a> {
    bytes: &'a [u8],
    sector_size: usize,
    next: Vec<u32>,
    entries: Vec<Entry>,
}

fn u16_at(bytes: &[u8], at: usize) -> Option<u16> {
    Some(u16::from_le_bytes(bytes.get(at..at + 2)?.try_into().ok()?))
}

fn u32_at(bytes: &[u8], at: usize) -> Option<u32> {
    Some(u32::from_le_bytes(bytes.get(at..at + 4)?.try_into().ok()?))
}

impl<'a> Compound<'a> {
    fn open(bytes: &'a [u8]) -> Option<Self> {
        let shift = u16_at(bytes, 30)?;
        let sector_size = match shift {
            9 => 512,
            12 => 4096,
            _ => return None,
        };
        let mut file = Self { bytes, sector_size, next: Vec::new(), entries: Vec::new() };
        file.read_allocation_table()?;
        let directory = file.chain(u32_at(bytes, 48)?)?;
        file.entries = directory.chunks_exact(128).filter_map(entry).collect();
        Some(file)
    }

    fn sector(&self, number: u32) -> Option<&'a [u8]> {
        let start = (usize::try_from(number).ok()?.checked_add(1)?).checked_mul(self.sector_size)?;
        let end = start.checked_add(self.sector_size)?.min(self.bytes.len());
        self.bytes.get(start..end)
    }

    /// The table that links sectors: its own sectors are listed in the header and, for large files, in further ones.
    fn read_allocation_table(&mut self) -> Option<()> {
        let mut listed: Vec<u32> = (0..109).map_while(|at| u32_at(self.bytes, 76 + 4 * at)).collect();
        let mut further = u32_at(self.bytes, 68)?;
        let sectors_max = self.bytes.len() / self.sector_size + 1;
        let mut seen = 0;
        while further < RESERVED {
            seen += 1;
            if seen > sectors_max {
                return None;
            }
            let sector = self.sector(further)?;
            let last = self.sector_size - 4;
            listed.extend((0..last).step_by(4).map_while(|at| u32_at(sector, at)));
            further = u32_at(sector, last)?;
        }
        for number in listed.into_iter().filter(|number| *number < RESERVED).take(sectors_max) {
            let sector = self.sector(number)?;
            self.next.extend(sector.chunks_exact(4).filter_map(|four| u32_at(four, 0)));
        }
        Some(())
    }

    fn chain(&self, start: u32) -> Option<Vec<u8>> {
        let mut stream = Vec::new();
        let mut number = start;
        while number < RESERVED {
            if stream.len() > self.bytes.len() {
                return None;
            }
            stream.extend_from_slice(self.sector(number)?);
            number = self.next.get(usize::try_from(number).ok()?).copied()?;
        }
        (number == END_OF_CHAIN).then_some(stream)
    }

    fn read(&self, entry: &Entry) -> Option<Vec<u8>> {
        if entry.size < STREAM_BYTES_MIN {
            return None;
        }
        let mut stream = self.chain(entry.start)?;
        stream.truncate(usize::try_from(entry.size).ok()?);
        Some(stream)
    }
}

fn entry(bytes: &[u8]) -> Option<Entry> {
    let length = usize::from(u16_at(bytes, 64)?).checked_sub(2)?.min(62);
    let units: Vec<u16> = (0..length).step_by(2).filter_map(|at| u16_at(bytes, at)).collect();
    Some(Entry {
        name: String::from_utf16_lossy(&units),
        start: u32_at(bytes, 116)?,
        size: u64::from(u32_at(bytes, 120)?),
    })
}

/// Walks the records: refuses encryption, and sheets whose cells lie so far apart that the rectangle around them,
/// which the parser fills, exceeds the limit.
fn inspect_records(stream: &[u8], limits: &Limits) -> Result<(), Problem> {
    const FILE_PASS: u16 = 0x002F;
    const BEGIN: u16 = 0x0809;
    /// Dimensions, and every record that begins with a row and a column.
    const CELLS: [u16; 11] = [0x0006, 0x00BD, 0x00BE, 0x00D6, 0x00FD, 0x0201, 0x0203, 0x0204, 0x0205, 0x027E, 0x0406];
    let too_large = || Problem::error(ProblemCode::TooLarge, "Bảng tính quá rộng. Hãy tải lại biểu mẫu gốc.");
    let (mut at, mut cells, mut extent) = (0_usize, 0_u64, Extent::default());
    while let (Some(kind), Some(length)) = (u16_at(stream, at), u16_at(stream, at + 2)) {
        let body = at + 4;
        if kind == FILE_PASS {
            return Err(encrypted());
        }
        if kind == BEGIN {
            cells += std::mem::take(&mut extent).area();
        }
        if CELLS.contains(&kind)
            && let (Some(row), Some(column)) = (u16_at(stream, body), u16_at(stream, body + 2))
        {
            extent.include(row, column);
            if kind == 0x00BD || kind == 0x00BE {
                // Runs of cells: the last column stands at the end of the record.
                extent.include(row, u16_at(stream, (body + usize::from(length)).saturating_sub(2)).unwrap_or(column));
            }
        }
        if cells + extent.area() > limits.cells_max as u64 * 4 {
            return Err(too_large());
        }
        at = body + usize::from(length);
    }
    Ok(())
}

/// The rectangle around the cells seen so far.
#[derive(Default)]
struct Extent(Option<[u16; 4]>);

impl Extent {
    fn include(&mut self, row: u16, column: u16) {
        let [top, bottom, left, right] = self.0.unwrap_or([row, row, column, column]);
        self.0 = Some([top.min(row), bottom.max(row), left.min(column), right.max(column)]);
    }

    fn area(&self) -> u64 {
        self.0.map_or(0, |[top, bottom, left, right]| {
            (u64::from(bottom - top) + 1) * (u64::from(right.saturating_sub(left)) + 1)
        })
    }
}
