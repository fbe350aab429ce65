//! `/khen-thuong/{year}/tham-quyen`: who may grant which title or form under a pack, by the text of the law and as the office
//! has found it for units of a kind.

use axum::{
    extract::{Path, Query, State},
    response::Redirect,
};
use domain::{
    Confidence,
    awards::{
        RulePack,
        pack::{Choice, Grantor, GrantorRow},
    },
    organisation::UnitKind,
};
use serde::{Deserialize, Serialize};

use super::{award_name, awards, choices, crumbs, dossier::PackQuery, office_of, year_of};
use crate::{
    awards::{
        operations::settings::{self, GrantorCell},
        queries::{self, YearOfAwards},
    },
    identity::{Right, Visitor},
    office::Office,
    platform::{
        Error, Language, Result,
        web::{CsrfForm, Page, Serde, context},
    },
    shipped,
};

/// An award with who may grant it by the text.
#[derive(Debug, Serialize)]
struct Line {
    code: String,
    name: String,
    kind: domain::awards::pack::AwardKind,
    granted_by: Vec<&'static str>,
    article: String,
    source: String,
    confidence: Confidence,
    /// The text alone does not settle it for schools of communes, and nobody has filled the matrix in.
    is_open: bool,
    own: Vec<Own>,
}

/// What the office, or the pack itself, has for units of a kind.
#[derive(Debug, Serialize)]
struct Own {
    kind: String,
    kind_name: &'static str,
    grantor: &'static str,
    source: String,
    is_office: bool,
}

fn word((vi, en): (&'static str, &'static str), language: Language) -> &'static str {
    if language.as_str() == "en" { en } else { vi }
}

fn lines(visitor: &Visitor, pack: &RulePack, all: &YearOfAwards) -> Vec<Line> {
    let language = visitor.language();
    let own = |row: &GrantorRow, is_office: bool| Own {
        kind: row.unit_kind.clone(),
        kind_name: UnitKind::parse(&row.unit_kind).map_or("", |kind| word(kind.label(), language)),
        grantor: word(row.grantor.label(), language),
        source: row.source.text.clone(),
        is_office,
    };
    let line = |award: &domain::awards::pack::AwardRule| {
        let is_it = |row: &&GrantorRow| row.award == award.code;
        let of_office = all.own_grantors.iter().filter(|(code, _)| *code == pack.code).map(|(_, row)| row);
        let mut rows: Vec<Own> = of_office.filter(is_it).map(|row| own(row, true)).collect();
        rows.extend(pack.grantors.iter().filter(is_it).map(|row| own(row, false)));
        Line {
            code: award.code.clone(),
            name: award_name(visitor, pack, &award.code),
            kind: award.kind,
            granted_by: award.granted_by.iter().map(|grantor| word(grantor.label(), language)).collect(),
            article: award.grantor_article.clone(),
            source: award.source.text.clone(),
            confidence: award.source.confidence,
            is_open: (award.needs_matrix || award.granted_by.is_empty()) && rows.is_empty(),
            own: rows,
        }
    };
    pack.awards.iter().map(line).collect()
}

/// `GET /khen-thuong/{year}/tham-quyen?goi=`.
pub async fn show(
    State(office): State<Office>,
    visitor: Visitor,
    Path(text): Path<String>,
    Query(query): Query<PackQuery>,
) -> Result<Page> {
    let (year, unit) = (year_of(&visitor, &text)?, office_of(&office, &visitor).await?);
    let pack = match query.pack.as_str() {
        "" => queries::pack_on(visitor.today())?,
        code => queries::pack_named(code)?,
    };
    let all = queries::of_year(&office, &unit, year).await?;
    let language = visitor.language();
    let packs: Vec<_> = shipped::award_law()?
        .iter()
        .map(|one| context! { code => one.code.clone(), label => Serde(&one.label), is_shown => one.code == pack.code })
        .collect();
    let kinds: Vec<(&str, &str)> =
        UnitKind::ALL.iter().map(|kind| (kind.as_str(), word(kind.label(), language))).collect();
    let values = context! {
        year => text, lines => Serde(&lines(&visitor, pack, &all)), packs, pack => pack.code.clone(),
        pack_source => pack.source.text.clone(), pack_confidence => Serde(pack.source.confidence),
        awards => Serde(&awards(&visitor, pack)), kinds => Serde(&kinds), grantors => Serde(&choices::<Grantor>(&visitor)),
        keeps => visitor.may(Right::WriteReport, &unit),
    };
    let page = Page::new("awards/grantors.html", visitor.clone(), values);
    Ok(crumbs(page, &visitor, year))
}

/// A cell that is set or emptied.
#[derive(Debug, Default, Deserialize)]
pub struct Act {
    #[serde(default)]
    verb: String,
    #[serde(default)]
    pack: String,
    #[serde(default)]
    award: String,
    #[serde(default)]
    unit_kind: String,
    #[serde(default)]
    grantor: String,
    #[serde(default)]
    source: String,
}

/// `POST /khen-thuong/{year}/tham-quyen`.
pub async fn act(
    State(office): State<Office>,
    visitor: Visitor,
    Path(text): Path<String>,
    CsrfForm(act): CsrfForm<Act>,
) -> Result<Redirect> {
    let year = year_of(&visitor, &text)?;
    let unit = office_of(&office, &visitor).await?;
    visitor.require(Right::WriteReport, &unit)?;
    let context = visitor.context();
    let cell = GrantorCell { pack: act.pack, award: act.award, unit_kind: act.unit_kind };
    match act.verb.as_str() {
        "set" => settings::set_grantor(&office, &context, &unit, &cell, (&act.grantor, &act.source)).await?,
        "clear" => settings::clear_grantor(&office, &context, &unit, &cell).await?,
        _ => return Err(Error::refused("unknown_verb", "Không rõ việc cần làm; hãy mở lại trang.")),
    }
    Ok(Redirect::to(&format!("/khen-thuong/{year}/tham-quyen?goi={}", cell.pack)))
}
