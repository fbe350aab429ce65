//! What the office itself must have: a sound and present schema, forms as they were, letters and jobs that move, files,
//! a backup, a clock that goes forward.

use jiff::{SignedDuration, Timestamp};

use super::Check;
use crate::{
    audit,
    cli::backup::LAST_BACKUP_AT,
    guidance,
    office::Office,
    platform::{
        Result, db, jobs,
        mail::{self, Post},
    },
    submissions,
};

/// A job that should have begun so long ago waits for a worker that does not run.
const WAIT_MAX: SignedDuration = SignedDuration::from_mins(10);
/// A copy older than this loses more work than anyone remembers.
const BACKUP_AGE_MAX: SignedDuration = SignedDuration::from_hours(7 * 24);

/// Every check; one that cannot be made is broken, with what stood in its way.
pub(super) async fn all(office: &Office) -> Vec<Check> {
    let now = office.settings().clock.now();
    let made = [
        ("schema", schema(office).await),
        ("integrity", integrity(office).await),
        ("forms", Ok(forms(office))),
        ("clock", clock(office, now).await),
        ("jobs", job_queue(office, now).await),
        ("mail", letters(office).await),
        ("files", files(office).await),
        ("backup", backup(office, now).await),
    ];
    let or_broken = |(name, made): (&'static str, Result<Check>)| {
        made.unwrap_or_else(|fault| {
            Check::broken(name, fault.to_string(), "Xem nhật ký (TONGKET_LOG=info) và báo người hỗ trợ.")
        })
    };
    made.into_iter().map(or_broken).collect()
}

async fn schema(office: &Office) -> Result<Check> {
    let (has, ships) = (office.db().schema().await?, office.db().shipped_schema());
    Ok(Check::unless(
        "schema",
        (has != ships).then(|| format!("cơ sở dữ liệu ở bản {has}, chương trình cần bản {ships}")),
        format!("bản {has}"),
        "Chạy: tongket migrate; nếu cơ sở dữ liệu mới hơn thì cài bản tongket mới.",
    ))
}

async fn integrity(office: &Office) -> Result<Check> {
    Ok(Check::unless(
        "integrity",
        office.db().integrity_fault().await?,
        "cơ sở dữ liệu nguyên vẹn",
        "Ngừng dùng, giữ nguyên tệp hỏng, rồi phục hồi bản sao lưu gần nhất vào thư mục mới: tongket restore.",
    ))
}

/// An office whose forms are not those on record does not open.
fn forms(office: &Office) -> Check {
    Check::found("forms", format!("{} biểu, đúng như đã ghi nhận", office.catalogue().forms.len()))
}

/// A clock that was set back makes deadlines and history wrong.
async fn clock(office: &Office, now: Timestamp) -> Result<Check> {
    let last = audit::latest_at(office.db()).await?;
    let is_before = last.parse::<Timestamp>().is_ok_and(|last| now < last);
    Ok(Check::unless(
        "clock",
        is_before.then(|| format!("giờ máy ({now}) trước việc ghi gần nhất ({last})")),
        now.to_string(),
        "Chỉnh đúng ngày giờ của máy (bật đồng bộ NTP).",
    ))
}

async fn job_queue(office: &Office, now: Timestamp) -> Result<Check> {
    let health = jobs::health(office.db(), &(now - WAIT_MAX).to_string()).await?;
    let mut faults = Vec::new();
    if health.overdue > 0 {
        faults.push(format!("{} việc nền chờ quá 10 phút", health.overdue));
    }
    if health.silent > 0 {
        faults.push(format!("{} việc nền bị bỏ dở", health.silent));
    }
    if health.failed > 0 {
        faults.push(format!("{} việc nền không làm được sau nhiều lần thử", health.failed));
    }
    Ok(Check::unless(
        "jobs",
        (!faults.is_empty()).then(|| faults.join("; ")),
        "không có việc nền nào bị kẹt",
        "Chạy tongket serve hoặc tongket work; việc đã hỏng thì xem lý do trên trang của việc đó rồi gửi lại.",
    ))
}

async fn letters(office: &Office) -> Result<Check> {
    let queue = mail::queue_of(office.db()).await?;
    let fault = match Post::from_environment() {
        Err(fault) => Some(fault.to_string()),
        Ok(None) if queue.waiting > 0 => Some(format!("chưa cấu hình máy chủ thư; {} thư đang chờ", queue.waiting)),
        Ok(_) if queue.given_up > 0 => Some(format!("{} thư không gửi được sau nhiều lần thử", queue.given_up)),
        Ok(_) => None,
    };
    let sound = if mail::is_configured() {
        "đã cấu hình máy chủ thư"
    } else {
        "chưa cấu hình, chưa có thư nào chờ"
    };
    Ok(Check::unless(
        "mail",
        fault,
        sound,
        "Đặt TONGKET_SMTP_URL (smtps://người-dùng:mật-khẩu@máy-chủ) và TONGKET_MAIL_FROM; kiểm tra địa chỉ người nhận.",
    ))
}

async fn files(office: &Office) -> Result<Check> {
    let missing = submissions::jobs::without_files(office).await?;
    let numbers: Vec<String> = missing.iter().map(ToString::to_string).collect();
    Ok(Check::unless(
        "files",
        (!missing.is_empty()).then(|| format!("lần nộp tệp số {} không còn tệp", numbers.join(", "))),
        "mọi tệp được ghi nhận đều còn",
        "Phục hồi thư mục files/ từ bản sao lưu, hoặc yêu cầu người gửi nộp lại.",
    ))
}

async fn backup(office: &Office, now: Timestamp) -> Result<Check> {
    let is_invented = db::setting(office.db(), "invented_data").await?.is_some();
    if is_invented || office.db().engine() == crate::platform::dialect::Engine::Postgres {
        let detail =
            if is_invented { "dữ liệu minh hoạ" } else { "PostgreSQL: theo lịch pg_dump của máy chủ" };
        return Ok(Check::found("backup", detail));
    }
    let has_work = audit::has_line_not_by(office.db(), guidance::pack::ACTOR).await?;
    let last = db::setting(office.db(), LAST_BACKUP_AT).await?;
    let age = last.as_deref().and_then(|at| at.parse::<Timestamp>().ok()).map(|at| now.duration_since(at));
    let fault = match age {
        None if has_work => Some("chưa sao lưu lần nào".to_owned()),
        Some(age) if age > BACKUP_AGE_MAX => {
            Some(format!("lần sao lưu gần nhất cách đây {} ngày", age.as_hours() / 24))
        }
        _ => None,
    };
    Ok(Check::unless(
        "backup",
        fault,
        last.map_or_else(|| "chưa có gì để sao lưu".to_owned(), |at| format!("lần gần nhất {at}")),
        "Chạy tongket backup TỆP.zip hằng ngày (đặt lịch), giữ bản sao ở máy khác.",
    ))
}
