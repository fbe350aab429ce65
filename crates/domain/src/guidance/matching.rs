//! Which registered document a citation means.
//!
//! Texts of the state's and the Party's centre have numbers that nobody else gives; a plan `136/KH-UBND` exists in every
//! commune every year, so date and issuer must not contradict. Nothing is guessed: where several fit, a person chooses.

use jiff::civil::Date;

use super::{
    DocumentType, Grammar,
    citations::{Citation, CitedNumber},
};
use crate::vietnamese::fold;

#[cfg(test)]
mod tests;

/// A registered document, as far as citations are matched to it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Candidate {
    /// Its key.
    pub id: String,
    /// Number and code as they may be written; empty where none is known.
    pub number: String,
    /// The number as it was typed, for one without a code.
    pub number_raw: String,
    /// The identifier of its kind.
    pub document_type: String,
    /// Who issued it.
    pub issuer: String,
    /// The day of issue.
    pub issued_on: Option<Date>,
    /// What it is about.
    pub subject: String,
}

/// What the register knows of a citation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Match {
    /// This document.
    One(String),
    /// One of these; a person chooses.
    Several(Vec<String>),
    /// None.
    New,
}

/// Finds the registered document that a citation means.
pub fn find(citation: &Citation, candidates: &[Candidate]) -> Match {
    let fitting: Vec<&Candidate> = candidates.iter().filter(|candidate| fits(citation, candidate)).collect();
    let on_the_day: Vec<&Candidate> = fitting
        .iter()
        .copied()
        .filter(|candidate| citation.issued_on.is_some() && candidate.issued_on == citation.issued_on)
        .collect();
    let best = if on_the_day.is_empty() { fitting } else { on_the_day };
    match best[..] {
        [] => Match::New,
        [one] => Match::One(one.id.clone()),
        _ => Match::Several(best.iter().map(|candidate| candidate.id.clone()).collect()),
    }
}

fn fits(citation: &Citation, candidate: &Candidate) -> bool {
    let days_agree = match (citation.issued_on, candidate.issued_on) {
        (Some(cited), Some(known)) => cited == known,
        _ => true,
    };
    days_agree
        && match &citation.number {
            CitedNumber::Full(reading) => {
                candidate.number == reading.number.to_string()
                    && (is_unique(reading.number.grammar(), reading.number.body())
                        || issuers_agree(citation, candidate))
            }
            CitedNumber::Bare(raw) => {
                let is_same = candidate.number_raw == *raw || opens_with(&candidate.number, raw);
                is_same && kinds_agree(citation, candidate) && issuers_agree(citation, candidate)
            }
            CitedNumber::Missing => fits_without_number(citation, candidate),
        }
}

/// Whether nobody else can have given this number.
fn is_unique(grammar: Grammar, body: &str) -> bool {
    match grammar {
        Grammar::NationalAssembly | Grammar::StandingCommittee => true,
        Grammar::Normative => !["UBND", "HĐND"].contains(&body),
        Grammar::Party => body.ends_with("TW"),
        Grammar::Typed | Grammar::Letter => false,
    }
}

fn opens_with(number: &str, raw: &str) -> bool {
    number.strip_prefix(raw).is_some_and(|rest| rest.starts_with(['/', '-']))
}

fn kinds_agree(citation: &Citation, candidate: &Candidate) -> bool {
    citation.document_type.is_empty() || citation.document_type == candidate.document_type
}

/// Issuers contradict only where both are told and neither name holds the other.
fn issuers_agree(citation: &Citation, candidate: &Candidate) -> bool {
    let cited = citation.issuer.as_ref().map(|issuer| body_name(&issuer.text)).unwrap_or_default();
    let known = body_name(&candidate.issuer);
    cited.is_empty() || known.is_empty() || cited.contains(&known) || known.contains(&cited)
}

/// A body's name made comparable: no accents, the usual abbreviations written out, without the holder of its office.
fn body_name(name: &str) -> String {
    const WRITTEN_OUT: [(&str, &str); 4] = [
        ("ubnd", "uy ban nhan dan"),
        ("hdnd", "hoi dong nhan dan"),
        ("gd&dt", "giao duc va dao tao"),
        ("gddt", "giao duc va dao tao"),
    ];
    const HOLDERS: [&str; 4] = ["pho chu tich ", "chu tich ", "bo truong ", "giam doc "];
    let folded = fold(name);
    let bare = HOLDERS.iter().find_map(|holder| folded.strip_prefix(holder)).unwrap_or(&folded);
    let word = |word: &str| {
        let full = WRITTEN_OUT.iter().find(|(short, _)| *short == word);
        full.map_or_else(|| word.to_owned(), |(_, full)| (*full).to_owned())
    };
    bare.split(' ').map(word).collect::<Vec<_>>().join(" ")
}

/// A law by its name; anything else by kind, issuer and subject together.
fn fits_without_number(citation: &Citation, candidate: &Candidate) -> bool {
    let subject = citation.subject.as_ref().map(|subject| fold(&subject.text)).unwrap_or_default();
    let is_same_subject = !subject.is_empty() && subject == fold(&candidate.subject);
    let is_named = DocumentType::of_identifier(citation.document_type).is_some_and(DocumentType::is_cited_by_name);
    if is_named {
        return citation.document_type == candidate.document_type && is_same_subject;
    }
    let cited = citation.issuer.as_ref().map(|issuer| body_name(&issuer.text)).unwrap_or_default();
    let is_same_issuer = !cited.is_empty() && cited == body_name(&candidate.issuer);
    let is_same_subject = is_same_subject || subject.is_empty() && candidate.subject.is_empty();
    candidate.number.is_empty()
        && citation.document_type == candidate.document_type
        && is_same_issuer
        && is_same_subject
}
