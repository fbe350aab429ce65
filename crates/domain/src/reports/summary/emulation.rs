//! Emulation and honours in a report: results told by superior offices, scores, ranks, gaps and honours as figures.
//!
//! The figures are no items of the catalogue: whoever gathers the facts brings their names along. What is not there is
//! neither said nor counted; the place below it stays open for a person.

use std::collections::BTreeMap;

use super::{figures::Figures, tables};
use crate::{
    figures::catalogue::Direction,
    reports::{
        block::{Align, Block, Cell, Column, Row, RowKind, Run},
        reference::Naming,
    },
    school_year::SchoolYear,
};

/// What is known of emulation and honours.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct EmulationFacts {
    /// Sentences with their source in them: a result received from above, the finding on a gap.
    pub statements: Vec<String>,
    /// Figures, in the order in which the table lists them.
    pub figures: Vec<EmulationFigure>,
}

/// A figure of the reporting unit.
#[derive(Clone, Debug, PartialEq)]
pub struct EmulationFigure {
    /// Code, apart from every code of the catalogue (`award:advanced_worker`, `score:khoi-thcs`).
    pub code: String,
    /// Name.
    pub label: String,
    /// What it counts in.
    pub measure: String,
    /// Decimals in print.
    pub decimals: u8,
    /// Which way is better.
    pub direction: Direction,
    /// Values by year; a year without one is not in it.
    pub values: BTreeMap<SchoolYear, f64>,
    /// Where it comes from, for the note under the table.
    pub source: String,
}

impl EmulationFacts {
    /// The figure with this code.
    pub(in crate::reports) fn figure(&self, code: &str) -> Option<&EmulationFigure> {
        self.figures.iter().find(|figure| figure.code == code)
    }
}

impl EmulationFigure {
    pub(in crate::reports) fn naming(&self) -> Naming {
        Naming {
            label: self.label.clone(),
            measure: self.measure.clone(),
            decimals: self.decimals,
            direction: self.direction,
            is_number: true,
        }
    }
}

/// The statements as a list, then the figures of last year and this year; nothing where nothing is known.
pub(super) fn results(caption: &str, figures: &Figures<'_>) -> Vec<Block> {
    let facts = &figures.facts.emulation;
    let mut blocks = Vec::new();
    if !facts.statements.is_empty() {
        blocks.push(Block::List(facts.statements.iter().map(|text| vec![Run::text(text)]).collect()));
    }
    let (last, this) = (figures.last_year(), figures.facts.year);
    let unit = &figures.facts.office.unit;
    let known = facts.figures.iter().filter(|one| one.values.contains_key(&last) || one.values.contains_key(&this));
    let mut sources: Vec<&str> = Vec::new();
    let mut rows = Vec::new();
    for (number, one) in (1..).zip(known) {
        if !one.source.is_empty() && !sources.contains(&one.source.as_str()) {
            sources.push(&one.source);
        }
        let first = [Cell::text(number.to_string()), Cell::text(&one.label), Cell::text(&one.measure)];
        let values = [last, this].map(|year| Cell::figure(figures.cell(&one.code, unit, year)));
        rows.push(Row { kind: RowKind::Body, cells: first.into_iter().chain(values).collect() });
    }
    let columns = tables::measured_columns([
        Column::new(format!("Năm học {last}"), Align::Right, 2.2),
        Column::new(format!("Năm học {this}"), Align::Right, 2.2),
    ]);
    let source = format!("Nguồn: {}.", sources.join("; "));
    let table = tables::finished(caption, columns, rows, figures, &[]).map(|block| match block {
        Block::Table(mut table) if !sources.is_empty() => {
            table.note = Some(table.note.map_or_else(|| source.clone(), |note| format!("{note} {source}")));
            Block::Table(table)
        }
        block => block,
    });
    blocks.extend(table);
    blocks
}
