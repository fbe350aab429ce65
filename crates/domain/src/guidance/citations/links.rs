//! How the citations of one paragraph hang together, and how a block of legal bases is cut into them.

use std::ops::Range;

use serde::Serialize;

use super::{Citation, read, words::words};
use crate::guidance::relations::Relation;

/// Words right before a nested citation, and what they make of the outer one.
const VERBS: [(&str, Relation); 9] = [
    ("thực hiện", Relation::Implements),
    ("triển khai", Relation::Implements),
    ("thi hành", Relation::Implements),
    ("điều của", Relation::Amends),
    ("khoản của", Relation::Amends),
    ("sửa đổi", Relation::Amends),
    ("bổ sung", Relation::Amends),
    ("thay thế", Relation::Replaces),
    ("bãi bỏ", Relation::Repeals),
];

/// Ties citations that stand inside another's subject to it, and shares a subject among kinds joined by «và».
pub(super) fn link(paragraph: &str, found: &mut [Citation]) {
    for inner in 0..found.len() {
        let start = found[inner].range.start;
        let inside =
            |outer: &usize| found[*outer].subject.as_ref().is_some_and(|subject| subject.range.contains(&start));
        if let Some(outer) = (0..inner).rev().find(inside)
            && let Some(relation) = relation_before(&paragraph[found[outer].range.start..start])
        {
            found[outer].links.push((relation, inner));
        }
    }
    for later in 1..found.len() {
        let (before, rest) = found.split_at_mut(later);
        let (earlier, later) = (&mut before[later - 1], &rest[0]);
        let is_pair = earlier.document_type == later.document_type && earlier.subject.is_none();
        let between = paragraph.get(earlier.range.end..later.range.start).map(str::trim);
        if is_pair && matches!(between, Some("và" | ",")) {
            earlier.subject.clone_from(&later.subject);
            earlier.links.clone_from(&later.links);
        }
    }
}

fn relation_before(text: &str) -> Option<Relation> {
    let words = words(text);
    let [.., one, two] = &words[..] else { return None };
    let last = format!("{} {}", one.key, two.key);
    VERBS.iter().find_map(|(verb, relation)| (last == *verb).then_some(*relation))
}

/// One legal basis of a preamble: `Căn cứ …;`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct LegalBasis {
    /// Its place in the preamble, in bytes, without the mark at its end.
    pub range: Range<usize>,
    /// Its words, blanks made single.
    pub text: String,
    /// The documents that it cites; ranges count from the beginning of `text`.
    pub citations: Vec<Citation>,
}

/// Cuts a preamble into its legal bases: one ends at `;`, at a line's end where the next line begins anew, at the end.
pub fn split_bases(paragraph: &str) -> Vec<LegalBasis> {
    let mut bases = Vec::new();
    let mut start = 0;
    let ends = paragraph.match_indices([';', '\n']).map(|(at, mark)| (at, at + mark.len()));
    for (end, next) in ends.chain([(paragraph.len(), paragraph.len())]) {
        let is_line = paragraph[end..].starts_with('\n');
        if is_line && !begins_anew(&paragraph[next..]) {
            continue;
        }
        let piece = &paragraph[start..end];
        let trimmed = piece.trim_matches(|c: char| c.is_whitespace() || matches!(c, '.' | '-' | '–' | ','));
        if !trimmed.is_empty() {
            let from = start + (trimmed.as_ptr() as usize - piece.as_ptr() as usize);
            let text = trimmed.split_whitespace().collect::<Vec<_>>().join(" ");
            bases.push(LegalBasis { range: from..from + trimmed.len(), citations: read(&text), text });
        }
        start = next;
    }
    bases
}

/// Whether a line opens a basis of its own, rather than going on with the one before.
fn begins_anew(line: &str) -> bool {
    const OPENINGS: [&str; 6] = ["căn cứ", "thực hiện", "theo", "xét", "tiếp theo", "- "];
    let line = line.trim_start().to_lowercase();
    line.is_empty() || OPENINGS.iter().any(|opening| line.starts_with(opening))
}
