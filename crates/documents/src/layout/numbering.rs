//! Numbers of headings: in order from the first, points by the Vietnamese alphabet (annex I, II.6.đ).

use domain::reports::point_letter;

use super::blocks::{Item, Kind};
use super::finding::{Findings, both};
use super::parts::Parts;
use crate::inspect::Paper;

/// Counts of the kinds that are numbered, each begun anew under a greater one.
#[derive(Default)]
struct Counts {
    part: u32,
    section: u32,
    roman: u32,
    article: u32,
    clause: u32,
    /// How many points there were, and the letter that stood before this one.
    point: u32,
    letter: u32,
}

pub(super) fn judge(paper: &Paper, parts: &Parts, findings: &mut Findings<'_>) {
    for items in std::iter::once(&parts.body).chain(parts.annexes.iter().map(|annex| &annex.body)) {
        let mut counts = Counts::default();
        for item in items {
            judge_item(paper, item, &mut counts, findings);
        }
    }
}

fn judge_item(paper: &Paper, item: &Item, counts: &mut Counts, findings: &mut Findings<'_>) {
    let expected = match item.kind {
        Kind::PartLabel => {
            *counts = Counts { part: counts.part + 1, article: counts.article, ..Counts::default() };
            counts.part
        }
        Kind::SectionLabel => {
            (counts.section, counts.clause, counts.point) = (counts.section + 1, 0, 0);
            counts.section
        }
        Kind::Roman => {
            (counts.roman, counts.clause, counts.point) = (counts.roman + 1, 0, 0);
            counts.roman
        }
        Kind::Article => {
            (counts.article, counts.clause, counts.point) = (counts.article + 1, 0, 0);
            counts.article
        }
        Kind::Clause => {
            (counts.clause, counts.point) = (counts.clause + 1, 0);
            counts.clause
        }
        Kind::Point => {
            counts.point += 1;
            judge_point(paper, item, counts, findings);
            return;
        }
        Kind::PartTitle | Kind::SectionTitle | Kind::Plain | Kind::Apart => return,
    };
    let Some(found) = value(&item.number) else { return };
    // A list may begin at one again without a heading over it.
    let restarts = found == 1 && item.kind == Kind::Clause;
    if found != expected && !restarts {
        let number = &item.number;
        let found = both(format!("số {number}, cần {expected}"), format!("number {number} in place of {expected}"));
        findings.at("numbering", &paper.paragraphs[item.at], found);
    }
    set(counts, item.kind, found);
}

/// One fault is told once: counting goes on from what was found.
fn set(counts: &mut Counts, kind: Kind, found: u32) {
    match kind {
        Kind::PartLabel => counts.part = found,
        Kind::SectionLabel => counts.section = found,
        Kind::Roman => counts.roman = found,
        Kind::Article => counts.article = found,
        Kind::Clause => counts.clause = found,
        _ => {}
    }
}

/// One fault is told once: a letter is right where it follows the one before it, or where it would stand without the fault.
fn judge_point(paper: &Paper, item: &Item, counts: &mut Counts, findings: &mut Findings<'_>) {
    let found = (1..=60).find(|number| point_letter(*number) == item.number);
    if found == Some(1) {
        (counts.point, counts.letter) = (1, 0);
    }
    if !(found == Some(counts.point) || found == Some(counts.letter + 1)) {
        let expected = point_letter(counts.point);
        let letter = &item.number;
        let found =
            both(format!("điểm {letter}), cần {expected})"), format!("point {letter}) in place of {expected})"));
        findings.at("point_order", &paper.paragraphs[item.at], found);
    }
    counts.letter = found.unwrap_or(counts.point);
}

/// A number in Arabic or Roman digits.
fn value(number: &str) -> Option<u32> {
    if let Ok(number) = number.parse() {
        return Some(number);
    }
    (1..=200).find(|value| domain::vietnamese::roman(*value) == number)
}
