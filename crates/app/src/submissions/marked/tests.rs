//! Old copies go, young ones stay, and never more than the bound.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use super::*;

fn upload(root: &Path, name: &str, days_ago: u64, now: Timestamp) {
    let folder = root.join(name);
    std::fs::create_dir_all(&folder).unwrap();
    std::fs::write(folder.join("copy.xlsx"), b"x").unwrap();
    let at = SystemTime::from(now) - std::time::Duration::from_secs(days_ago * 24 * 3600);
    std::fs::File::open(&folder).unwrap().set_modified(at).unwrap();
}

#[test]
fn copies_too_old_or_too_many_are_cleared_away() {
    let root = std::env::temp_dir().join(format!("tongket-marked-{}", std::process::id()));
    let _ = std::fs::remove_dir_all(&root);
    assert_eq!(clean_folder(&root, Timestamp::UNIX_EPOCH).unwrap(), 0, "nothing was ever marked");
    let now: Timestamp = "2026-06-30T03:00:00Z".parse().unwrap();
    for number in 0..UPLOADS_MAX {
        upload(&root, &format!("young-{number}"), 1, now);
    }
    upload(&root, "old", 15, now);
    upload(&root, "over-the-bound", 2, now);
    upload(&root, "at-the-edge", 13, now);
    assert_eq!(clean_folder(&root, now).unwrap(), 3);
    assert!(root.join("young-7").join("copy.xlsx").exists() && !root.join("old").exists());
    assert_eq!(std::fs::read_dir(&root).unwrap().count(), UPLOADS_MAX);
    std::fs::remove_dir_all(&root).unwrap();
}
