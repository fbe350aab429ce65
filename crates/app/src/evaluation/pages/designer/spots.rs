//! Parts and lists of a set as words in buttons: `f0`, `f0.c2`, `f0.c2.i1`, `g0`; `fields`, `criteria.0`.

use domain::evaluation::criteria::{Spot, draft::List};

/// The word of a part.
pub(super) fn word(spot: Spot) -> String {
    match spot {
        Spot::Set => "set".to_owned(),
        Spot::Field(field) => format!("f{field}"),
        Spot::Criterion(field, criterion) => format!("f{field}.c{criterion}"),
        Spot::Item(field, criterion, item) => format!("f{field}.c{criterion}.i{item}"),
        Spot::Grade(place) => format!("g{place}"),
        Spot::FieldGrade(place) => format!("h{place}"),
        Spot::Bonus(place) => format!("b{place}"),
        Spot::Deduction(place) => format!("d{place}"),
        Spot::Disqualifier(place) => format!("q{place}"),
    }
}

/// The part that a word names.
pub(super) fn spot(word: &str) -> Option<Spot> {
    if word == "set" {
        return Some(Spot::Set);
    }
    let parts: Option<Vec<(char, usize)>> = word
        .split('.')
        .map(|part| {
            let kind = part.chars().next()?;
            Some((kind, part.get(kind.len_utf8()..)?.parse().ok()?))
        })
        .collect();
    match parts?.as_slice() {
        [('f', field)] => Some(Spot::Field(*field)),
        [('f', field), ('c', criterion)] => Some(Spot::Criterion(*field, *criterion)),
        [('f', field), ('c', criterion), ('i', item)] => Some(Spot::Item(*field, *criterion, *item)),
        [('g', place)] => Some(Spot::Grade(*place)),
        [('h', place)] => Some(Spot::FieldGrade(*place)),
        [('b', place)] => Some(Spot::Bonus(*place)),
        [('d', place)] => Some(Spot::Deduction(*place)),
        [('q', place)] => Some(Spot::Disqualifier(*place)),
        _ => None,
    }
}

/// The list that a word names.
pub(super) fn list(word: &str) -> Option<List> {
    let mut parts = word.split('.');
    let name = parts.next()?;
    let mut number = || parts.next()?.parse::<usize>().ok();
    Some(match name {
        "fields" => List::Fields,
        "criteria" => List::Criteria(number()?),
        "items" => List::Items(number()?, number()?),
        "grades" => List::Grades,
        "field_grades" => List::FieldGrades,
        "bonuses" => List::Bonuses,
        "deductions" => List::Deductions,
        "disqualifiers" => List::Disqualifiers,
        _ => return None,
    })
}
