//! One unit's sheet: every point with its reason, and what one changed value would change.

use axum::extract::{Path, Query, State};
use domain::evaluation::{
    criteria::CriteriaSet,
    rank::Place,
    score::{FieldGrade, FieldSheet, ItemLine, Mark},
    what_if::WhatIf,
};
use serde::{Deserialize, Serialize};

use super::{crumbs, evaluated};
use crate::{
    evaluation::queries::Evaluation,
    identity::Right,
    office::Office,
    platform::{
        Error, Result,
        web::{Page, Serde, Visitor, context},
    },
};

/// What if this item had this value.
#[derive(Debug, Default, Deserialize)]
pub struct WhatIfQuery {
    #[serde(default, rename = "muc")]
    item: String,
    #[serde(default, rename = "gia-tri")]
    value: String,
}

/// An item with its criterion's number.
#[derive(Debug, Serialize)]
struct Line {
    number: String,
    label: String,
    points: String,
    max: String,
    why: String,
    working: String,
    is_missing: bool,
    is_out: bool,
}

/// A field with its items.
#[derive(Debug, Serialize)]
struct Field {
    number: String,
    label: String,
    points: String,
    max: String,
    grade: String,
    lines: Vec<Line>,
}

/// `GET /danh-gia/{year}/{set}/{unit}?muc=&gia-tri=`.
pub async fn sheet(
    State(office): State<Office>,
    visitor: Visitor,
    Path((text, set, unit)): Path<(String, String, String)>,
    Query(query): Query<WhatIfQuery>,
) -> Result<Page> {
    visitor.require(Right::ReadUnit, &unit)?;
    let found = evaluated(&office, &visitor, &text, &set).await?;
    let row = found.row(&unit).ok_or_else(|| {
        Error::NotFound(format!("đơn vị {unit} trong số các đơn vị được chấm theo bộ «{}»", found.set.label.vi))
    })?;
    let sheet = found.sheet(row);
    let language = visitor.language();
    let english = language.as_str() == "en";
    let fields: Vec<Field> = sheet.fields.iter().map(|field| field_lines(&found.set, field, english)).collect();
    let adjustments: Vec<_> = sheet
        .adjustments
        .iter()
        .map(
            |line| context! { label => Serde(&line.label), points => line.points.to_string(), why => line.why.clone() },
        )
        .collect();
    let items: Vec<_> =
        found.set.items().map(|item| context! { code => item.code.clone(), label => Serde(&item.label) }).collect();
    let values = context! {
        year => found.year.to_string(), set => found.set.code.clone(), label => Serde(&found.set.label), unit,
        on_map => found.on_map.to_string(), result => Serde(&found.result(row)), fields => Serde(&fields), adjustments, items,
        summary => sheet.summary, source => found.set.source.text.clone(), confidence => Serde(found.set.source.confidence),
        asked => context! { item => query.item.clone(), value => query.value.clone() }, what_if => Serde(&told(&found, row, &query)),
    };
    let up = format!("/danh-gia/{}/{}", found.year, found.set.code);
    let page = crumbs(Page::new("evaluation/sheet.html", visitor, values), language, found.year);
    Ok(page.crumb(found.set.label.in_language(language.as_str()).to_owned(), up))
}

fn field_lines(set: &CriteriaSet, field: &FieldSheet, english: bool) -> Field {
    let name = |label: &domain::Label| label.in_language(if english { "en" } else { "vi" }).to_owned();
    let mut lines = Vec::new();
    for criterion in &field.criteria {
        let is_single = criterion.items.len() == 1;
        for (place, item) in criterion.items.iter().enumerate() {
            let number = match is_single {
                true => criterion.number.clone(),
                false => format!("{}.{}", criterion.number, place + 1),
            };
            lines.push(line(number, name(&item.label), item, &criterion.note));
        }
    }
    let grade = match field.grade {
        FieldGrade::Graded(place) => {
            set.field_scale.grades.get(place).map_or_else(String::new, |grade| name(&grade.label))
        }
        FieldGrade::Unknown | FieldGrade::NotApplicable => String::new(),
    };
    Field {
        number: field.number.clone(),
        label: name(&field.label),
        points: field.score.points.to_string(),
        max: field.score.max.to_string(),
        grade,
        lines,
    }
}

fn line(number: String, label: String, item: &ItemLine, note: &str) -> Line {
    let note = if note.is_empty() { String::new() } else { format!(" ({note})") };
    Line {
        number,
        label,
        points: if let Mark::Scored(points) = item.mark { points.to_string() } else { "–".to_owned() },
        max: item.max.to_string(),
        why: format!("{}{note}", item.why),
        working: item.working.clone(),
        is_missing: matches!(item.mark, Mark::None(_)),
        is_out: item.mark == Mark::NotApplicable,
    }
}

/// What a changed value would change, sentence by sentence; none where nothing was asked or the value is no number.
fn told(found: &Evaluation, row: usize, query: &WhatIfQuery) -> Option<Vec<String>> {
    let value = domain::vietnamese::parse_number(&query.value).ok()?;
    let what_if = found.what_if(row, &query.item, value)?;
    Some(sentences(found, &what_if))
}

fn sentences(found: &Evaluation, what_if: &WhatIf) -> Vec<String> {
    let mark = |mark: Mark| match mark {
        Mark::Scored(points) => format!("{points} điểm"),
        Mark::NotApplicable => "không áp dụng".to_owned(),
        Mark::None(_) => "không có giá trị".to_owned(),
    };
    let place = |place: &Place| match place {
        Place::Ranked { rank, of, .. } => format!("hạng {rank}/{of}"),
        Place::NotRanked(_) => "chưa xếp hạng".to_owned(),
    };
    let items: Vec<_> = found.set.items().collect();
    let mut told: Vec<String> = what_if
        .items
        .iter()
        .map(|(item, pair)| format!("{}: {} → {}.", items[*item].label.vi, mark(pair.before), mark(pair.after)))
        .collect();
    if what_if.total.differs() {
        let (before, after) = (what_if.total.before.score, what_if.total.after.score);
        told.push(format!("Tổng điểm: {before} → {after}."));
    }
    if what_if.outcome.differs() {
        let name = |outcome| found.grade(outcome).map_or_else(|| "chưa xếp loại".to_owned(), |(_, label)| label);
        told.push(format!("Xếp loại: {} → {}.", name(what_if.outcome.before), name(what_if.outcome.after)));
    }
    if what_if.place.differs() {
        told.push(format!("Thứ hạng: {} → {}.", place(&what_if.place.before), place(&what_if.place.after)));
    }
    if !what_if.others.is_empty() {
        told.push(format!("{} đơn vị khác thay đổi thứ hạng.", what_if.others.len()));
    }
    if told.is_empty() {
        told.push("Không có gì thay đổi.".to_owned());
    }
    told
}
