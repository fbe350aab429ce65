//! Entries as they are handed in, looked over against the lines of the set.

use std::collections::BTreeSet;

use super::{Entry, Line, NewRecord, Stage};
use crate::Reason;

/// The longest comment, in characters.
const COMMENT_LENGTH_MAX: usize = 2000;

/// Everything that is wrong with entries.
pub(super) fn faults(lines: &[Line<'_>], entries: &[Entry], by_unit: bool) -> Vec<Reason> {
    let mut faults = Vec::new();
    let mut seen = BTreeSet::new();
    for entry in entries {
        let Some(line) = lines.iter().find(|line| line.code == entry.line) else {
            let message = format!("Bộ tiêu chí này không có mục mang mã «{}»; hãy tải lại trang.", entry.line);
            faults.push(Reason::new("unknown_item", message).at(entry.line.clone()));
            continue;
        };
        if !seen.insert(entry.line.as_str()) {
            let message = format!("{}: ghi hai lần trong một lần gửi; mỗi mục chỉ ghi một lần.", line.title());
            faults.push(Reason::new("item_twice", message).at(line.code));
        }
        if entry.comment.chars().count() > COMMENT_LENGTH_MAX {
            let message = format!("{}: nhận xét dài quá {COMMENT_LENGTH_MAX} chữ; hãy rút gọn.", line.title());
            faults.push(Reason::new("comment_too_long", message).at(line.code));
        }
        if let Some(claim) = &entry.claim {
            faults.extend(line.faults(claim, &entry.comment, by_unit));
        }
    }
    faults
}

/// Entries as records of a stage.
pub(super) fn recorded(stage: Stage, entries: &[Entry]) -> Vec<NewRecord> {
    let record = |entry: &Entry| NewRecord {
        stage,
        line: entry.line.clone(),
        claim: entry.claim.clone(),
        comment: entry.comment.trim().to_owned(),
        evidence: entry.evidence.clone(),
    };
    entries.iter().map(record).collect()
}
