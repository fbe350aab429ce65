//! Clauses joined by *or* and *and*: three answers in, one out.

use super::{Answer, ClauseAnswer, Verdict, label};

/// The answer of the whole: *or* passes where one part passes, *and* where all do; otherwise what is unknown decides nothing.
pub(super) fn joined(parts: &[ClauseAnswer], is_any: bool) -> Answer {
    let has = |verdict: Verdict| parts.iter().any(|part| part.verdict == verdict);
    let (deciding, otherwise) =
        if is_any { (Verdict::Passed, Verdict::NotPassed) } else { (Verdict::NotPassed, Verdict::Passed) };
    let verdict = if has(deciding) {
        deciding
    } else if has(Verdict::CannotTell) {
        Verdict::CannotTell
    } else {
        otherwise
    };
    let told = |part: &ClauseAnswer| {
        let (vi, en) = part.verdict.words();
        (format!("{}: {}", part.label.vi, vi.to_lowercase()), format!("{}: {}", part.label.en, en.to_lowercase()))
    };
    let (vi, en): (Vec<String>, Vec<String>) = parts.iter().map(told).unzip();
    let asked = if is_any {
        label(format!("một trong {} điều kiện", parts.len()), format!("one of {} conditions", parts.len()))
    } else {
        label(format!("đủ {} điều kiện", parts.len()), format!("all {} conditions", parts.len()))
    };
    Answer::new(verdict, asked, label(vi.join("; "), en.join("; ")))
}
