//! Báo cáo tổng kết năm học: from an office's figures and a plan of sections to a [`Document`].
//!
//! The plan (`data/reports/bao-cao-tong-ket.toml`) says which figures, sentences, tables and charts each section has; an
//! office may change it. A sentence is written only if its figures exist; a table shows a missing value as `…`, never
//! as 0. Differences of percentages are told in points (`tăng 2,3 điểm %`).

mod charts;
mod emulation;
mod facts;
mod figures;
mod plan;
pub mod sample;
mod tables;
mod wording;

pub use emulation::{EmulationFacts, EmulationFigure};
pub use facts::{Completeness, Coverage, FigureSource, Office, SchoolFacts, SummaryFacts, Target};
pub use plan::{PlanFault, SummaryPlan};

use super::block::{Block, Place};
use super::document::{Annex, AnnexForm, Document, Issuer, Signature};
use super::kind::DocumentKind;
use super::reference::paragraphs;
use crate::Level;
use figures::Figures;
use plan::{Content, PlannedAnnex};

/// Writes the summary report of an office, a year and (if the facts say so) one level of schooling.
///
/// The result is a draft without number and date. It depends on nothing but its arguments.
pub fn write(facts: &SummaryFacts<'_>, plan: &SummaryPlan) -> Document {
    let figures = Figures::new(facts);
    let written = |level: Option<Level>| level.is_none_or(|level| facts.speaks_of(level));
    let mut body = Vec::new();
    push_content(&mut body, &plan.preamble, &figures, facts);
    body.extend(coverage(facts));
    for section in plan.sections.iter().filter(|section| written(section.level)) {
        body.push(Block::heading(section.rank, figures.words(&section.title)));
        push_content(&mut body, &section.content, &figures, facts);
    }
    body.push(Block::paragraph(figures.words(&plan.closing)));
    let annexes = plan.annexes.iter().filter(|annex| written(annex.level));
    Document {
        issuer: Issuer { superior: facts.office.superior.clone(), name: facts.office.name.clone(), is_party: false },
        code: facts.office.document_code.clone(),
        place: facts.office.place.clone(),
        subject: figures.words(&plan.subject),
        addressees: facts.addressees.clone(),
        legal_bases: facts.legal_bases.clone(),
        body,
        signature: Signature { capacity: facts.office.capacity.clone(), name: facts.office.signer.clone() },
        recipients: facts.recipients.clone(),
        annexes: annexes.map(|annex| written_annex(annex, &figures, facts)).collect(),
        notices: facts.notices.clone(),
        ..Document::draft(DocumentKind::Report)
    }
}

fn written_annex(annex: &PlannedAnnex, figures: &Figures<'_>, facts: &SummaryFacts<'_>) -> Annex {
    let mut body = Vec::new();
    push_content(&mut body, &annex.content, figures, facts);
    Annex { form: AnnexForm::Annex, title: figures.words(&annex.title), orientation: annex.orientation, body }
}

fn push_content(body: &mut Vec<Block>, content: &[Content], figures: &Figures<'_>, facts: &SummaryFacts<'_>) {
    for content in content {
        match content {
            Content::Say(sentences) => body.extend(wording::paragraph(sentences, figures).map(Block::Paragraph)),
            Content::List(items) => {
                let items: Vec<_> = items.iter().filter_map(|item| wording::sentence(item, figures)).collect();
                if !items.is_empty() {
                    body.push(Block::List(items));
                }
            }
            Content::YearsTable(table) => body.extend(tables::two_years(table, figures)),
            Content::TrendTable(table) => body.extend(tables::trend(table, figures)),
            Content::LevelsTable(table) => body.extend(tables::levels(table, figures)),
            Content::SchoolsTable(table) => body.extend(tables::schools(table, figures)),
            Content::TargetsTable(table) => body.extend(tables::targets(table, figures)),
            Content::YearsChart(chart) => body.extend(charts::years(chart, figures)),
            Content::PartsChart(chart) => body.extend(charts::parts(chart, figures)),
            Content::CompareChart(chart) => body.extend(charts::compare(chart, figures)),
            Content::ShareChart(chart) => body.extend(charts::share(chart, figures)),
            Content::SchoolsChart(chart) => body.extend(charts::schools(chart, figures)),
            Content::EmulationResults(table) => body.extend(emulation::results(&table.caption, figures)),
            Content::Place(place) => body.push(Block::Place(Place {
                code: place.code.clone(),
                guidance: figures.words(&place.guidance),
                paragraphs: facts
                    .texts
                    .get(&place.code)
                    .map(|text| paragraphs(text, &figures.teller))
                    .unwrap_or_default(),
            })),
        }
    }
}

/// Says how many schools the figures come from, and which are missing (CK-15).
fn coverage(facts: &SummaryFacts<'_>) -> Option<Block> {
    let Coverage { reported, expected, missing } = facts.coverage.as_ref()?;
    if missing.is_empty() {
        return Some(Block::paragraph(format!(
            "Số liệu trong báo cáo tổng hợp từ {reported}/{expected} trường, cơ sở giáo dục."
        )));
    }
    let names = missing.join("; ");
    Some(Block::paragraph(format!(
        "Số liệu trong báo cáo tổng hợp từ {reported}/{expected} trường, cơ sở giáo dục; chưa có số liệu của: {names}."
    )))
}

#[cfg(test)]
mod tests;
