//! Sentences of a plan: words with figures in braces and optional clauses in square brackets.
//!
//! `Toàn {@kind} có {pupil_total} học sinh[, {pupil_total:change} so với năm học trước].`
//!
//! | in braces | written |
//! |---|---|
//! | `code` | the office's value this year |
//! | `code:last` | last year's value |
//! | `code:change` | the difference in words, in points for percentages |
//! | `code:relative` | the difference as a share of last year |
//! | `code:gap` | the difference from the target in words |
//! | `@office`, `@area`, `@kind`, `@year`, `@last_year`, `@next_year` | names |
//!
//! A clause in brackets falls away if a figure of it is missing; a sentence falls away if any other figure is. A sentence
//! with a figure that not all units have given says so before its full stop; a paragraph all of whose sentences would say
//! the same says it once, at its end.

use super::figures::Figures;
use crate::reports::block::Run;
use crate::reports::figure::{FigureForm, FigureReference};
use crate::school_year::SchoolYear;

/// A piece of a sentence.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Piece<'a> {
    Words(&'a str),
    Figure { code: &'a str, form: &'a str },
}

/// A sentence with its figures and, where units are missing from one, with how many there are; nothing where a figure is
/// missing.
pub(super) fn sentence(text: &str, figures: &Figures<'_>) -> Option<Vec<Run>> {
    let runs = plain_sentence(text, figures)?;
    let poorest = figures.poorest(told(&runs));
    Some(with_coverage(runs, poorest, figures.facts.year))
}

/// The figures that are told, by code and year.
fn told(runs: &[Run]) -> impl Iterator<Item = (&str, SchoolYear)> {
    runs.iter().filter_map(|run| match run {
        Run::Figure(figure) => Some((figure.code.as_str(), figure.year)),
        Run::Text { .. } => None,
    })
}

/// Puts `(mới tổng hợp từ 4/15 đơn vị)`, of another year than this `(năm học 2024-2025 mới có 12/15 đơn vị)`, before the full
/// stop, or at the end of a title, which has none; nothing where no unit is missing.
fn with_coverage(mut runs: Vec<Run>, coverage: Option<FigureReference>, this: SchoolYear) -> Vec<Run> {
    let Some(coverage) = coverage else { return runs };
    let stop = match runs.last_mut() {
        Some(Run::Text { text, .. }) if text.ends_with('.') => {
            text.pop();
            "."
        }
        _ => "",
    };
    let made_from = match coverage.year {
        year if year == this => " (mới tổng hợp từ ".to_owned(),
        year => format!(" (năm học {year} mới có "),
    };
    runs.extend([Run::text(made_from), Run::Figure(coverage), Run::text(format!(" đơn vị){stop}"))]);
    joined(runs)
}

fn plain_sentence(text: &str, figures: &Figures<'_>) -> Option<Vec<Run>> {
    let text = figures.words(text);
    let mut runs = Vec::new();
    for (clause, optional) in clauses(&text) {
        match clause_runs(clause, figures) {
            Some(written) => runs.extend(written),
            None if optional => {}
            None => return None,
        }
    }
    Some(joined(runs))
}

/// Sentences of one paragraph; those whose figures are missing fall away.
pub(super) fn paragraph(sentences: &[String], figures: &Figures<'_>) -> Option<Vec<Run>> {
    let plain: Vec<Vec<Run>> = sentences.iter().filter_map(|text| plain_sentence(text, figures)).collect();
    let made: Vec<Option<FigureReference>> = plain.iter().map(|runs| figures.poorest(told(runs))).collect();
    if let Some(coverage) = shared(&made).filter(|coverage| coverage.year == figures.facts.year).cloned() {
        let mut runs = plain.join(&Run::text(" "));
        runs.extend([Run::text(" Các số liệu trên mới tổng hợp từ "), Run::Figure(coverage), Run::text(" đơn vị.")]);
        return Some(joined(runs));
    }
    let written: Vec<_> =
        plain.into_iter().zip(made).map(|(runs, made)| with_coverage(runs, made, figures.facts.year)).collect();
    (!written.is_empty()).then(|| joined(written.join(&Run::text(" "))))
}

/// What several sentences would all say of how many units there are.
fn shared(made: &[Option<FigureReference>]) -> Option<&FigureReference> {
    let [Some(first), rest @ ..] = made else { return None };
    let same = |one: &Option<FigureReference>| {
        one.as_ref().is_some_and(|one| one.year == first.year && one.printed == first.printed)
    };
    (!rest.is_empty() && rest.iter().all(same)).then_some(first)
}

/// The first title whose figures exist, as plain text; with how many units there are where some are missing from a
/// figure of it or of what is drawn.
pub(super) fn title<'c>(
    titles: &[String],
    figures: &Figures<'_>,
    drawn: impl Iterator<Item = (&'c str, SchoolYear)>,
) -> Option<String> {
    let written = titles.iter().find_map(|text| plain_sentence(text, figures))?;
    let drawn: Vec<(&str, SchoolYear)> = drawn.collect();
    let poorest = figures.poorest(told(&written).chain(drawn));
    Some(with_coverage(written, poorest, figures.facts.year).iter().map(Run::printed).collect())
}

/// The codes that a sentence names.
pub(super) fn codes(text: &str) -> Vec<String> {
    clauses(text)
        .flat_map(|(clause, _)| pieces(clause))
        .filter_map(|piece| match piece {
            Piece::Figure { code, .. } if !code.starts_with('@') => Some(code.to_owned()),
            _ => None,
        })
        .collect()
}

/// Finds what cannot be read in a sentence.
pub(super) fn check(text: &str) -> Result<(), String> {
    let count = |mark: char| text.matches(mark).count();
    if count('{') != count('}') || count('[') != count(']') {
        return Err("câu có dấu ngoặc không khép".to_owned());
    }
    for (clause, _) in clauses(text) {
        for piece in pieces(clause) {
            if let Piece::Figure { form, .. } = piece
                && !["", "last", "change", "relative", "gap"].contains(&form)
            {
                return Err(format!("không có cách diễn đạt «{form}»"));
            }
        }
    }
    Ok(())
}

fn clause_runs(clause: &str, figures: &Figures<'_>) -> Option<Vec<Run>> {
    pieces(clause)
        .map(|piece| match piece {
            Piece::Words(words) => Some(Run::text(words)),
            Piece::Figure { code, form } => {
                let figure = figure(code, form, figures);
                figure.value.is_some().then_some(Run::Figure(figure))
            }
        })
        .collect()
}

fn figure(code: &str, form: &str, figures: &Figures<'_>) -> FigureReference {
    match form {
        "last" => figures.told(code, figures.last_year()),
        "change" => figures.change(code),
        "relative" => figures.tell(code, FigureForm::RelativeChange),
        "gap" => figures.tell(code, FigureForm::TargetGap),
        _ => figures.told(code, figures.facts.year),
    }
}

/// Clauses in order; those in brackets are optional.
fn clauses(text: &str) -> impl Iterator<Item = (&str, bool)> {
    text.split('[').enumerate().flat_map(|(at, part)| {
        let (optional, rest) = if at == 0 { ("", part) } else { part.split_once(']').unwrap_or((part, "")) };
        [(optional, true), (rest, false)].into_iter().filter(|(clause, _)| !clause.is_empty())
    })
}

fn pieces(clause: &str) -> impl Iterator<Item = Piece<'_>> {
    clause.split('{').enumerate().flat_map(|(at, part)| {
        let (figure, words) = if at == 0 { (None, part) } else { braced(part) };
        let words = (!words.is_empty()).then_some(Piece::Words(words));
        figure.into_iter().chain(words)
    })
}

fn braced(part: &str) -> (Option<Piece<'_>>, &str) {
    let (inside, rest) = part.split_once('}').unwrap_or((part, ""));
    let (code, form) = inside.split_once(':').unwrap_or((inside, ""));
    (Some(Piece::Figure { code, form }), rest)
}

/// Neighbouring words become one run.
fn joined(runs: Vec<Run>) -> Vec<Run> {
    let mut joined: Vec<Run> = Vec::with_capacity(runs.len());
    for run in runs {
        match (joined.last_mut(), run) {
            (Some(Run::Text { text, .. }), Run::Text { text: more, .. }) => text.push_str(&more),
            (_, run) => joined.push(run),
        }
    }
    joined
}
