//! Typed text with references becomes paragraphs of runs; before that, a check that names every fault with its place.

use super::parse::{Piece, ReferenceFault, pieces};
use super::{Reference, TARGET, Teller, Vocabulary};
use crate::reports::block::Run;
use crate::reports::figure::{FigureForm, FigureReference};

/// Every fault of a text: of its brackets, codes, forms and units. `knows_unit` says which units may be named.
pub fn check(text: &str, vocabulary: &Vocabulary, knows_unit: &dyn Fn(&str) -> bool) -> Vec<ReferenceFault> {
    pieces(text)
        .into_iter()
        .filter_map(|piece| match piece {
            Piece::Words(_) => None,
            Piece::Fault(_, fault) => Some(fault),
            Piece::Reference(reference, at) => {
                let (kind, message) = fault(&reference, vocabulary, knows_unit)?;
                Some(ReferenceFault::new(text, at, kind, message))
            }
        })
        .collect()
}

fn fault(
    reference: &Reference,
    vocabulary: &Vocabulary,
    knows_unit: &dyn Fn(&str) -> bool,
) -> Option<(&'static str, String)> {
    let code = &reference.code;
    let Some(naming) = vocabulary.get(code) else {
        let nearest = vocabulary.nearest(code.strip_prefix(TARGET).unwrap_or(code));
        let hint = nearest.map_or_else(
            || "hãy tra mã trong danh mục số liệu".to_owned(),
            |near| format!("có phải là «{near}» không?"),
        );
        return Some(("unknown_code", format!("không có số liệu mang mã «{code}»; {hint}")));
    };
    if let Err(message) = naming.fits(reference.form) {
        return Some(("wrong_form", message));
    }
    if code.starts_with(TARGET) && reference.form != FigureForm::Value {
        return Some(("wrong_form", format!("chỉ tiêu «{code}» chỉ viết được giá trị: [[{code}]]")));
    }
    let unit = reference.unit.as_ref().filter(|unit| !knows_unit(unit))?;
    let message = format!("đơn vị «{unit}» không có hoặc không thuộc đơn vị lập báo cáo");
    Some(("unknown_unit", message))
}

/// The paragraphs of a text, one per line that is not empty.
pub fn paragraphs(text: &str, teller: &Teller<'_>) -> Vec<Vec<Run>> {
    text.lines().map(str::trim).filter(|line| !line.is_empty()).map(|line| runs(line, teller)).collect()
}

/// The runs of one line. What has no value or cannot be read stands in brackets and is flagged.
pub fn runs(line: &str, teller: &Teller<'_>) -> Vec<Run> {
    pieces(line)
        .into_iter()
        .map(|piece| match piece {
            Piece::Words(words) => Run::text(words),
            Piece::Reference(reference, _) => Run::Figure(told(&reference, teller)),
            Piece::Fault(typed, _) => Run::Figure(unreadable(typed, typed, teller)),
        })
        .collect()
}

fn told(reference: &Reference, teller: &Teller<'_>) -> FigureReference {
    let known = teller.vocabulary().get(&reference.code).filter(|naming| naming.fits(reference.form).is_ok());
    let Some(naming) = known else {
        return unreadable(&reference.to_string(), &reference.code, teller);
    };
    let unit = reference.unit.as_deref().unwrap_or(teller.unit());
    let mut figure = teller.tell(&reference.code, unit, reference.year.unwrap_or(teller.year()), reference.form);
    if figure.value.is_none() {
        figure.printed = format!("[chưa có số liệu: {}]", naming.label);
    }
    figure
}

fn unreadable(typed: &str, code: &str, teller: &Teller<'_>) -> FigureReference {
    FigureReference {
        code: code.to_owned(),
        unit: teller.unit().to_owned(),
        year: teller.year(),
        form: FigureForm::Value,
        value: None,
        printed: format!("[không đọc được: {}]", typed.trim_matches(['[', ']'])),
    }
}
