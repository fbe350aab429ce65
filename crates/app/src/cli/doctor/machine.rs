//! What the machine must give: a folder to write in, room, letters to print, the time zone.

use std::path::Path;

use jiff::tz::{Offset, TimeZone};

use super::Check;
use crate::{platform::clock, shipped::own};

/// Less free room than this and the next year's workbooks may not fit.
const FREE_BYTES_MIN: u64 = 2 << 30;
/// Every letter that Vietnamese has, and the marks that figures need.
const LETTERS: &str = "aàảãáạăằẳẵắặâầẩẫấậbcdđeèẻẽéẹêềểễếệghiìỉĩíịklmnoòỏõóọôồổỗốộơờởỡớợpqrstuùủũúụưừửữứựvxyỳỷỹýỵ\
    AÀẢÃÁẠĂẰẲẴẮẶÂẦẨẪẤẬBCDĐEÈẺẼÉẸÊỀỂỄẾỆGHIÌỈĨÍỊKLMNOÒỎÕÓỌÔỒỔỖỐỘƠỜỞỠỚỢPQRSTUÙỦŨÚỤƯỪỬỮỨỰVXYỲỶỸÝỴ0123456789.,%–«»≥≤²";

pub(super) fn folder(data: &Path) -> Check {
    let tried = std::fs::create_dir_all(data).and_then(|()| {
        let probe = data.join(format!(".doctor-{}", std::process::id()));
        std::fs::write(&probe, b"")?;
        std::fs::remove_file(probe)
    });
    Check::unless(
        "folder",
        tried.err().map(|fault| fault.to_string()),
        data.display().to_string(),
        "Cho phép người chạy tongket ghi vào thư mục dữ liệu, hoặc chọn thư mục khác bằng --data.",
    )
}

/// The packs in use: the shipped ones, and the office's own over them.
pub(super) fn packs(data: &Path) -> Check {
    let read = own::of_office(data).and_then(|own| own::catalogue(&own).map(|_| own));
    let mend = "Sửa các tệp trong thư mục packs của thư mục dữ liệu; thử lại bằng: tongket packs check.";
    let own = match read {
        Ok(own) => own,
        Err(fault) => return Check::broken("packs", fault.to_string(), mend),
    };
    let said = |file: &own::OwnFile| {
        format!("{} ({})", file.place, if file.replaces() { "thay tệp kèm theo" } else { "thêm" })
    };
    let own: Vec<String> = own.iter().map(said).collect();
    Check::found(
        "packs",
        if own.is_empty() { "gói kèm theo".to_owned() } else { format!("gói kèm theo, và {}", own.join(", ")) },
    )
}

pub(super) fn disk(data: &Path) -> Check {
    let Some(free) = free_bytes(data) else {
        return Check::found("disk", "máy này không cho biết chỗ trống");
    };
    let shown = format!("còn trống {:.1} GiB", free as f64 / f64::from(1 << 30));
    Check::unless(
        "disk",
        (free < FREE_BYTES_MIN).then(|| shown.clone()),
        shown.clone(),
        "Dọn bớt ổ đĩa hoặc chuyển thư mục dữ liệu sang ổ lớn hơn: cần ít nhất 2 GiB trống để nhận tệp và sao lưu.",
    )
}

/// The room left on the disk of a folder; the standard library does not know, `df` does on every Unix.
fn free_bytes(folder: &Path) -> Option<u64> {
    let asked = std::process::Command::new("df").arg("-Pk").arg(folder).env("LC_ALL", "C").output().ok()?;
    free_of(&String::from_utf8_lossy(&asked.stdout))
}

/// The fourth column of the line after the head, in KiB.
pub(super) fn free_of(table: &str) -> Option<u64> {
    let kibibytes: u64 = table.lines().nth(1)?.split_whitespace().nth(3)?.parse().ok()?;
    kibibytes.checked_mul(1024)
}

pub(super) fn fonts() -> Check {
    let lacking: String = documents::fonts::lacking(LETTERS).into_iter().collect();
    Check::unless(
        "fonts",
        (!lacking.is_empty()).then(|| format!("kiểu chữ in văn bản thiếu: {lacking}")),
        "Liberation Serif đủ chữ tiếng Việt",
        "Chương trình bị đóng gói thiếu kiểu chữ; hãy cài lại bản tongket phát hành chính thức.",
    )
}

pub(super) fn time_zone() -> Check {
    let zone = TimeZone::get(clock::TIME_ZONE).map(|zone| zone.to_offset(clock::now()));
    let fault = match zone {
        Ok(offset) if offset == Offset::constant(7) => None,
        Ok(offset) => Some(format!("{} đang lệch {offset} so với giờ quốc tế", clock::TIME_ZONE)),
        Err(fault) => Some(fault.to_string()),
    };
    Check::unless(
        "time_zone",
        fault,
        format!("{} (UTC+7)", clock::TIME_ZONE),
        "Cài dữ liệu múi giờ của hệ điều hành (gói tzdata).",
    )
}
