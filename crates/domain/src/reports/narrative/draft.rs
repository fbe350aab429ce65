//! Sentences offered beside a place of the report. A sentence is typed text with references: kept, it stays alive.

use super::finding::{Finding, FindingKind, Tone};
use super::phrasebook::Phrasebook;
use crate::reports::block::Run;
use crate::reports::figure::FigureForm;
use crate::reports::reference::{Naming, Reference, TARGET, Teller, runs};
use crate::vietnamese::{format_number, lower_first};

/// A sentence that is offered.
#[derive(Clone, Debug, PartialEq)]
pub struct Draft {
    /// The finding's name ([`Finding::key`]).
    pub key: String,
    /// The finding's kind.
    pub kind: FindingKind,
    /// Whether it speaks for the office.
    pub tone: Tone,
    /// The sentence as it is kept: words and references.
    pub text: String,
    /// The sentence as it is printed today.
    pub runs: Vec<Run>,
    /// Why it is offered: the threshold and how sure it is.
    pub reason: String,
}

/// The sentences for one place, the weightiest first, at most as many as the phrasebook allows at once; those for which
/// `is_settled` says that the officer has kept or dropped them are left out.
pub fn drafts(
    place: &str,
    findings: &[Finding],
    teller: &Teller<'_>,
    book: &Phrasebook,
    is_settled: &dyn Fn(&str) -> bool,
) -> Vec<Draft> {
    let Some(place) = book.place(place) else { return Vec::new() };
    let suiting = findings.iter().filter(|finding| place.suits(finding) && !is_settled(&finding.key()));
    suiting.filter_map(|finding| draft(finding, teller, book)).take(place.most).collect()
}

/// The sentence of a finding; none where a figure of it has no value.
pub(super) fn draft(finding: &Finding, teller: &Teller<'_>, book: &Phrasebook) -> Option<Draft> {
    let naming = teller.naming(&finding.code);
    let sentences = book.sentences(finding.kind, &naming);
    let pattern = sentences.get(chosen(&finding.code, sentences.len())?)?;
    let text = with_cautions(filled(pattern, finding, &naming, teller, book), finding, teller, book);
    let runs = runs(&text, teller);
    if runs.iter().any(Run::is_flagged) {
        return None;
    }
    let reason = reason(finding, &naming, book);
    Some(Draft { key: finding.key(), kind: finding.kind, tone: finding.kind.tone(), text, runs, reason })
}

/// One of so many patterns: always the same for an indicator, so that a sentence does not change its words overnight.
fn chosen(code: &str, count: usize) -> Option<usize> {
    let sum: usize = code.bytes().map(usize::from).sum();
    sum.checked_rem(count)
}

fn filled(pattern: &str, finding: &Finding, naming: &Naming, teller: &Teller<'_>, book: &Phrasebook) -> String {
    let own = |form| Reference::own(&finding.code, form).to_string();
    let subject = book.subject(&finding.code, naming);
    let last = Reference { year: Some(teller.year().previous()), ..Reference::own(&finding.code, FigureForm::Value) };
    let change = if naming.is_percent() { FigureForm::PointChange } else { FigureForm::Change };
    let fillings = [
        ("{subject:lower}", lower_first(subject)),
        ("{subject}", subject.to_owned()),
        ("{measure}", naming.measure.clone()),
        ("{value}", own(FigureForm::Value)),
        ("{last}", last.to_string()),
        ("{change}", own(change)),
        ("{relative}", own(FigureForm::RelativeChange)),
        ("{target}", Reference::own(format!("{TARGET}{}", finding.code), FigureForm::Value).to_string()),
        ("{result}", own(FigureForm::TargetResult)),
        ("{gap}", own(FigureForm::TargetGap)),
        ("{rank}", own(FigureForm::RankOf)),
        ("{rank_change}", own(FigureForm::RankChange)),
    ];
    fillings.iter().fold(pattern.to_owned(), |text, (brace, filling)| text.replace(brace, filling))
}

/// Puts what limits the fact before the full stop.
fn with_cautions(text: String, finding: &Finding, teller: &Teller<'_>, book: &Phrasebook) -> String {
    let few = finding.few_cases.as_deref().map(|whole| match whole {
        [one] => book
            .caution
            .few
            .replace("{base}", &Reference::own(one, FigureForm::Value).to_string())
            .replace("{base_measure}", &teller.naming(one).measure),
        _ => book.caution.few_of_a_sum.clone(),
    });
    let partial = finding.partial.map(|_| {
        let coverage = Reference::own(&finding.code, FigureForm::Coverage).to_string();
        book.caution.partial.replace("{coverage}", &coverage)
    });
    let cautions: Vec<String> = few.into_iter().chain(partial).collect();
    if cautions.is_empty() {
        return text;
    }
    let (sentence, cautions) = (text.trim_end_matches('.'), cautions.join("; "));
    match sentence.strip_suffix(')') {
        Some(open) => format!("{open}; {cautions})."),
        None => format!("{sentence} ({cautions})."),
    }
}

fn reason(finding: &Finding, naming: &Naming, book: &Phrasebook) -> String {
    let least = format_number(finding.threshold, u8::from(finding.threshold.fract() != 0.0));
    match finding.kind {
        FindingKind::TargetMet => "Đạt chỉ tiêu đã giao".to_owned(),
        FindingKind::TargetMissed => "Chưa đạt chỉ tiêu đã giao".to_owned(),
        FindingKind::RankUp | FindingKind::RankDown => {
            format!("Đổi từ {least} bậc trở lên. {}", book.threshold.source)
        }
        _ if naming.is_percent() => format!("Chênh từ {least} điểm % trở lên. {}", book.threshold.source),
        _ => format!("Chênh từ {least}% trở lên. {}", book.threshold.source),
    }
}
