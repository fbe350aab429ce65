//! What was frozen: the set at its opening, figures behind points at their finalisation.

use super::{Claim, Computed};
use crate::Reason;

/// The set as it was when it was opened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FrozenSet {
    /// Code.
    pub code: String,
    /// Version.
    pub version: u32,
    /// Hash of its text.
    pub hash: String,
}

impl FrozenSet {
    /// Why the set in `file` is not the one that was opened; none where it is.
    pub fn changed(&self, file: &str, version: u32, hash: &str) -> Option<Reason> {
        if self.version == version && self.hash == hash {
            return None;
        }
        let how = match self.version == version {
            true => "nội dung đã đổi mà vẫn ghi cùng phiên bản".to_owned(),
            false => format!("nay là phiên bản {version}"),
        };
        let message = format!(
            "Bộ tiêu chí «{}» đã đổi sau khi mở: tệp {file} {how}. Đợt này vẫn chấm theo bản đã chốt (phiên bản {}); \
             bản mới chỉ dùng được cho đợt mở sau.",
            self.code, self.version
        );
        Some(Reason::new("set_changed", message).at(file))
    }
}

/// A point that was made final from figures which have changed since: to be checked by people, never changed silently.
#[derive(Clone, Debug, PartialEq)]
pub struct Recheck {
    /// The line's code.
    pub line: String,
    /// What was made final.
    pub was: Claim,
    /// What the figures give now.
    pub now: Claim,
    /// From what, now.
    pub why: String,
}

/// The points that are to be checked, in the order of `computed`; `made_final` gives the final claim on a line.
pub fn rechecks<'a>(made_final: impl Fn(&str) -> Option<&'a Claim>, computed: &[Computed]) -> Vec<Recheck> {
    let changed = |one: &Computed| {
        let was = made_final(&one.line).filter(|was| **was != Claim::NotApplicable && **was != one.claim)?;
        Some(Recheck { line: one.line.clone(), was: was.clone(), now: one.claim.clone(), why: one.why.clone() })
    };
    computed.iter().filter_map(changed).collect()
}
