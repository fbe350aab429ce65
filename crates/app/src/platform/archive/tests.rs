//! A backup comes back whole, and nothing else is taken for one.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use super::*;

fn scratch(name: &str) -> PathBuf {
    let folder = std::env::temp_dir().join(format!("tongket-archive-{name}-{}", std::process::id()));
    let _ = std::fs::remove_dir_all(&folder);
    std::fs::create_dir_all(&folder).unwrap();
    folder
}

#[tokio::test]
async fn a_backup_comes_back_whole() {
    let scratch = scratch("whole");
    let office = Office::open(&scratch.join("office"), None).await.unwrap();
    std::fs::create_dir_all(office.folder().join("files/a")).unwrap();
    std::fs::write(office.folder().join("files/a/b.txt"), "nội dung").unwrap();
    let zip = scratch.join("copy.zip");
    let written = backup(&office, &zip).await.unwrap();
    assert_eq!(written.file_count, 2);
    assert!(backup(&office, &zip).await.is_err(), "an old backup is never overwritten");
    assert!(restore(&zip, office.folder()).await.is_err(), "an office in use is never overwritten");
    let again = scratch.join("again");
    let read = restore(&zip, &again).await.unwrap();
    assert_eq!((read.file_count, read.byte_count), (written.file_count, written.byte_count));
    assert_eq!(std::fs::read_to_string(again.join("files/a/b.txt")).unwrap(), "nội dung");
    Office::open(&again, None).await.unwrap();
    std::fs::remove_dir_all(scratch).unwrap();
}

#[tokio::test]
async fn a_stray_or_truncated_zip_is_refused_and_leaves_nothing() {
    let scratch = scratch("stray");
    let office = Office::open(&scratch.join("office"), None).await.unwrap();
    let zip = scratch.join("copy.zip");
    backup(&office, &zip).await.unwrap();
    let bytes = std::fs::read(&zip).unwrap();
    std::fs::write(&zip, &bytes[..bytes.len() / 2]).unwrap();
    let target = scratch.join("target");
    assert!(matches!(restore(&zip, &target).await, Err(Error::Refused(_))));
    assert!(!target.exists() && !target.with_extension("restoring").exists());
    std::fs::remove_dir_all(scratch).unwrap();
}
