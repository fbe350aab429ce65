//! Each check finds the fault that it is for, and says the mend.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use jiff::{SignedDuration, Timestamp};

use super::*;
use crate::{
    audit,
    office::Office,
    platform::{Clock, Context, Settings, db::set_setting, jobs, mail},
};

async fn office(name: &str, now: Timestamp) -> Office {
    let folder = std::env::temp_dir().join(format!("tongket-doctor-{name}-{}", std::process::id()));
    let _ = std::fs::remove_dir_all(&folder);
    let settings = Settings { clock: Clock::Stopped(now), ..Settings::default() };
    Office::open_with(&folder, None, settings).await.unwrap()
}

async fn broken(office: &Office) -> Vec<&'static str> {
    let checks = office::all(office).await;
    assert!(checks.iter().all(|check| check.ok == check.mend.is_empty()), "{checks:?}");
    checks.into_iter().filter(|check| !check.ok).map(|check| check.name).collect()
}

#[tokio::test]
async fn a_new_office_is_sound_and_each_trouble_is_told_with_its_mend() {
    let now: Timestamp = "2026-06-21T02:00:00Z".parse().unwrap();
    let calm = office("calm", now).await;
    assert_eq!(broken(&calm).await, [""; 0]);

    let context = Context { now, ..Context::command_line() };
    let mut transaction = calm.db().begin().await.unwrap();
    jobs::enqueue(
        &mut transaction,
        &context,
        "submissions.import",
        &serde_json::json!({
            "token": "gone", "files": ["a.xlsx"], "reason": "", "units": [],
        }),
    )
    .await
    .unwrap();
    let letter =
        mail::Letter { recipient: "a@truong.example".into(), subject: "Nhắc".into(), body: "Xin nộp".into() };
    mail::queue(&mut transaction, &context, &[letter]).await.unwrap();
    audit::write(&mut transaction, &context, "submissions.remind", "x", "").await.unwrap();
    transaction.commit().await.unwrap();
    let (folder, later) = (calm.folder().to_owned(), now + SignedDuration::from_mins(11));
    let settings = Settings { clock: Clock::Stopped(later), ..Settings::default() };
    let troubled = Office::open_with(&folder, None, settings).await.unwrap();
    assert_eq!(broken(&troubled).await, ["jobs", "mail", "files", "backup"]);

    let before = Settings { clock: Clock::Stopped(now - SignedDuration::from_hours(1)), ..Settings::default() };
    let set_back = Office::open_with(&folder, None, before).await.unwrap();
    assert!(broken(&set_back).await.contains(&"clock"));

    let mut transaction = troubled.db().begin().await.unwrap();
    set_setting(&mut transaction, crate::cli::backup::LAST_BACKUP_AT, &now.to_string()).await.unwrap();
    transaction.commit().await.unwrap();
    assert!(!broken(&troubled).await.contains(&"backup"));
    let settings = Settings { clock: Clock::Stopped(now + SignedDuration::from_hours(8 * 24)), ..Settings::default() };
    let old = Office::open_with(&folder, None, settings).await.unwrap();
    assert!(broken(&old).await.contains(&"backup"));
    std::fs::remove_dir_all(folder).unwrap();
}

#[test]
fn the_machine_is_looked_at() {
    let folder = std::env::temp_dir();
    for check in [machine::folder(&folder), machine::fonts(), machine::time_zone()] {
        assert!(check.ok, "{check:?}");
    }
    assert!(!machine::folder(std::path::Path::new("/proc/no-such-place")).ok);
    let table = "Filesystem 1024-blocks Used Available Capacity Mounted on\n/dev/sda1 100 40 60 40% /\n";
    assert_eq!(machine::free_of(table), Some(60 * 1024));
    assert_eq!(machine::free_of("nonsense"), None);
}
