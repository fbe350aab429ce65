//! `/khen-thuong/ho-so/{id}`: a dossier clause by clause, with the article, and what may be done with it.

use axum::{
    extract::{Path, Query, State},
    response::Redirect,
};
use domain::{Reason, Refusal, awards::ClauseAnswer, vietnamese::parse_date};
use serde::{Deserialize, Serialize};

use super::{award_name, chip, crumbs, list::state};
use crate::{
    awards::{
        operations::{self, decision},
        queries::{self, Filed, Judged, YearOfAwards},
    },
    identity::{Right, Visitor},
    office::Office,
    platform::{
        Error, Result,
        web::{CsrfForm, Page, Serde, context},
    },
    shipped,
};

/// Under which pack.
#[derive(Debug, Default, Deserialize)]
pub struct PackQuery {
    /// The pack's code; that of the dossier's day where absent.
    #[serde(default, rename = "goi")]
    pub(super) pack: String,
}

/// A clause as the page shows it.
#[derive(Debug, Serialize)]
struct Line {
    depth: usize,
    label: String,
    article: String,
    source: String,
    confidence: domain::Confidence,
    class: &'static str,
    mark: &'static str,
    verdict: &'static str,
    why: String,
}

fn lines(visitor: &Visitor, clause: &ClauseAnswer, depth: usize, found: &mut Vec<Line>) {
    let language = visitor.language();
    let (class, mark) = chip(clause.verdict);
    found.push(Line {
        depth,
        label: clause.label.in_language(language.as_str()).to_owned(),
        article: clause.article.clone(),
        source: clause.source.text.clone(),
        confidence: clause.source.confidence,
        class,
        mark,
        verdict: clause.verdict.as_str(),
        why: clause.why.in_language(language.as_str()).to_owned(),
    });
    clause.parts.iter().for_each(|part| lines(visitor, part, depth + 1, found));
}

/// The dossier, where the visitor may read the nominee's unit.
pub(super) async fn readable(office: &Office, visitor: &Visitor, id: i64) -> Result<(YearOfAwards, Filed)> {
    let (all, filed) = queries::dossier(office, id).await?;
    visitor.require(Right::ReadUnit, &filed.dossier.nominee.unit)?;
    Ok((all, filed))
}

/// `GET /khen-thuong/ho-so/{id}?goi=`.
pub async fn show(
    State(office): State<Office>,
    visitor: Visitor,
    Path(id): Path<i64>,
    Query(query): Query<PackQuery>,
) -> Result<Page> {
    let (all, filed) = readable(&office, &visitor, id).await?;
    let today = visitor.today();
    let asked = Some(query.pack.as_str()).filter(|code| !code.is_empty());
    let judged = all.judged(&filed.dossier, asked, today)?;
    let mut clauses = Vec::new();
    judged.judgement.clauses.iter().for_each(|clause| lines(&visitor, clause, 0, &mut clauses));
    let mut connection = office.db().pool().acquire().await?;
    let standings = queries::council::standings(&mut connection, &filed.office, &all.year.to_string()).await?;
    drop(connection);
    let values = values(&office, &visitor, (&all, &filed), &judged, standings.get(&id)).await?;
    let values = context! { clauses => Serde(&clauses), ..values };
    let page = Page::new("awards/dossier.html", visitor.clone(), values);
    Ok(crumbs(page, &visitor, all.year))
}

async fn values(
    office: &Office,
    visitor: &Visitor,
    (all, filed): (&YearOfAwards, &Filed),
    judged: &Judged,
    standing: Option<&queries::council::Standing>,
) -> Result<crate::platform::web::Value> {
    let (dossier, nominee, language) = (&filed.dossier, &filed.dossier.nominee, visitor.language());
    let registry = office.registry().await?;
    let name = |code: &str| registry.unit(code).map_or("", |unit| unit.name_on(visitor.today())).to_owned();
    let [passed, missed, open] = judged.judgement.counts();
    let packs: Vec<_> = shipped::award_law()?
        .iter()
        .map(|pack| context! { code => pack.code.clone(), label => Serde(&pack.label) })
        .collect();
    let later: Vec<_> = judged
        .later
        .iter()
        .map(|pack| context! { code => pack.code.clone(), label => Serde(&pack.label), transition => Serde(&pack.transition) })
        .collect();
    let holds: Vec<_> = dossier
        .holds
        .iter()
        .zip(&filed.hold_notes)
        .map(|(hold, (released_because, held_by))| {
            context! {
                since => hold.since.to_string(), reason => hold.reason.clone(), by => held_by.clone(),
                released_on => hold.released_on.map(|day| day.to_string()), released_because => released_because.clone(),
            }
        })
        .collect();
    let day = dossier.accepted_on.unwrap_or(visitor.today());
    let grantor = dossier.grantor.map(domain::awards::pack::Choice::label);
    let is_english = language.as_str() == "en";
    Ok(context! {
        id => dossier.id, year => all.year.to_string(), name => nominee.name.clone(), post => nominee.post.clone(),
        unit => nominee.unit.clone(), unit_name => name(&nominee.unit), key => nominee.key.clone(),
        is_person => nominee.is_person, award => award_name(visitor, judged.pack, &dossier.award),
        occasion => domain::awards::pack::Choice::as_str(dossier.occasion), achievement => dossier.achievement.clone(),
        grantor => grantor.map(|(vi, en)| if is_english { en } else { vi }),
        accepted_on => dossier.accepted_on.map(|day| day.to_string()), sending_note => filed.sending_note.clone(),
        state => state(filed, standing), council => standing.map_or(0, |standing| standing.council),
        passed, missed, open, packs, later, holds, is_held => dossier.hold().is_some(),
        money => decision::money(judged.pack, &dossier.award, day),
        money_confidence => judged.pack.money(&dossier.award).map(|money| Serde(money.source.confidence)),
        pack => judged.pack.code.clone(), pack_label => Serde(&judged.pack.label),
        pack_source => judged.pack.source.text.clone(), pack_confidence => Serde(judged.pack.source.confidence),
        only_advises => judged.judgement.only_advises, texts => judged.pack.texts.clone(),
        today => visitor.today().to_string(), due_on => all.due_on.map(|day| day.to_string()),
        is_late => dossier.accepted_on.is_none() && all.due_on.is_some_and(|day| day < visitor.today()),
        lacks => dossier.lacks(&judged.judgement).iter().map(|one| one.in_language(language.as_str()).to_owned()).collect::<Vec<_>>(),
        may_write => visitor.may(Right::EnterFigures, &nominee.unit),
        may_hold => visitor.may(Right::WriteReport, &filed.office),
    })
}

/// What is done with a dossier.
#[derive(Debug, Default, Deserialize)]
pub struct Act {
    #[serde(default)]
    verb: String,
    #[serde(default)]
    day: String,
    #[serde(default)]
    reason: String,
    #[serde(default)]
    note: String,
}

/// `POST /khen-thuong/ho-so/{id}`: send, hold, release.
pub async fn act(
    State(office): State<Office>,
    visitor: Visitor,
    Path(id): Path<i64>,
    CsrfForm(act): CsrfForm<Act>,
) -> Result<Redirect> {
    let (_, filed) = readable(&office, &visitor, id).await?;
    let context = visitor.context();
    let day = || {
        parse_date(&act.day)
            .ok_or_else(|| Error::from(Refusal::from(Reason::new("no_day", "Hãy ghi ngày, dạng 26/7/2026.").at("day"))))
    };
    match act.verb.as_str() {
        "send" => {
            visitor.require(Right::EnterFigures, &filed.dossier.nominee.unit)?;
            operations::send(&office, &context, id, &act.note).await?;
        }
        "hold" => {
            visitor.require(Right::WriteReport, &filed.office)?;
            operations::hold(&office, &context, id, day()?, &act.reason).await?;
        }
        "release" => {
            visitor.require(Right::WriteReport, &filed.office)?;
            operations::release(&office, &context, id, day()?, &act.reason).await?;
        }
        _ => return Err(Error::refused("unknown_verb", "Không rõ việc cần làm; hãy mở lại trang hồ sơ.")),
    }
    Ok(Redirect::to(&format!("/khen-thuong/ho-so/{id}")))
}
