//! A form as a page shows it: its parts, each small enough for one page, its lines and cells with values beside last
//! year's; and what was typed into it, read back.

use std::collections::BTreeMap;

use domain::{
    Reason,
    figures::catalogue::{Catalogue, FormCell, ItemCode, StatisticalForm, ValueKind},
    submissions::{FormValues, Value, printed, read_entry},
};
use serde::Serialize;

/// Cells on one page: more make a page of over 30 KB, which a phone on a slow line waits for.
const CELLS_OF_PART_MAX: usize = 78;

/// A form laid out for pages.
#[derive(Debug)]
pub struct Sheet<'a> {
    form: &'a StatisticalForm,
    kinds: Vec<&'a ValueKind>,
    cells: Vec<&'a FormCell>,
    labels: Vec<String>,
    positions: BTreeMap<&'a ItemCode, usize>,
    /// Sections of each part: from, to.
    parts: Vec<(usize, usize)>,
    /// First cell of each section, and the end.
    section_starts: Vec<usize>,
    measures: BTreeMap<&'a str, &'a str>,
}

/// A section of a page.
#[derive(Clone, Debug, Serialize)]
pub struct SectionView {
    number: String,
    title: String,
    columns: Vec<String>,
    lines: Vec<LineView>,
}

/// A line of a section.
#[derive(Clone, Debug, Serialize)]
pub struct LineView {
    number: String,
    label: String,
    /// Whether it only heads the lines below: it has no element, so neither measure nor cells.
    is_heading: bool,
    indent: u8,
    form_code: String,
    measure: String,
    cells: Vec<Option<CellView>>,
}

/// One cell.
#[derive(Clone, Debug, Serialize)]
pub struct CellView {
    /// Position in the form.
    n: usize,
    item: String,
    /// What stands in it, as typed.
    value: String,
    /// Last year's.
    previous: String,
    /// `number`, `choice` or `text`.
    kind: &'static str,
    choices: Vec<String>,
    is_total: bool,
    is_wrong: bool,
    /// Why it was returned.
    remark: String,
}

/// What stands in the cells beside the values.
#[derive(Debug, Default)]
pub struct Marks {
    /// Typed texts that are no values, by position.
    pub typed: BTreeMap<usize, String>,
    /// Items with a fault.
    pub wrong: Vec<String>,
    /// Reasons of the last return, by item.
    pub remarks: BTreeMap<String, String>,
}

impl<'a> Sheet<'a> {
    /// Lays a form out, in a language.
    pub fn of(catalogue: &'a Catalogue, form: &'a StatisticalForm, language: &str) -> Self {
        const NUMBER: &ValueKind = &ValueKind::Decimal { min: None, max: None, decimals: 0 };
        let kinds: BTreeMap<&str, &ValueKind> =
            catalogue.elements.iter().map(|e| (e.code.as_str(), &e.value)).collect();
        let cells: Vec<&FormCell> = form.cells().collect();
        let (mut labels, mut section_starts) = (Vec::new(), vec![0]);
        for section in &form.sections {
            for line in &section.lines {
                for (cell, column) in line.cells.iter().zip(&section.columns) {
                    if cell.is_some() {
                        let (line, column) = (line.label.in_language(language), column.label.in_language(language));
                        labels.push(if section.columns.len() > 1 {
                            format!("{line} – {column}")
                        } else {
                            line.to_owned()
                        });
                    }
                }
            }
            section_starts.push(labels.len());
        }
        Self {
            kinds: cells.iter().map(|cell| kinds.get(cell.item.element.as_str()).copied().unwrap_or(NUMBER)).collect(),
            positions: cells.iter().enumerate().map(|(position, cell)| (&cell.item, position)).collect(),
            parts: parts(&section_starts),
            measures: catalogue.elements.iter().map(|e| (e.code.as_str(), e.measure.0.as_str())).collect(),
            form,
            cells,
            labels,
            section_starts,
        }
    }

    /// How many pages the form takes.
    pub fn part_count(&self) -> usize {
        self.parts.len()
    }

    /// Names of the parts: the numbers of their sections.
    pub fn part_names(&self) -> Vec<String> {
        let number = |section: usize| self.form.sections.get(section).map_or("", |section| section.number.as_str());
        let name = |(from, to): &(usize, usize)| match to - from {
            1 => number(*from).to_owned(),
            _ => format!("{}–{}", number(*from), number(to - 1)),
        };
        self.parts.iter().map(name).collect()
    }

    /// The part in which an item stands.
    pub fn part_of(&self, item: &str) -> usize {
        let position = self.position(item).unwrap_or(0);
        self.parts.iter().position(|(_, to)| position < self.section_starts[*to]).unwrap_or(0)
    }

    /// The position of an item.
    pub fn position(&self, item: &str) -> Option<usize> {
        self.positions.get(&ItemCode::parse(item)?).copied()
    }

    /// The printed name of the cell at this position.
    pub fn label(&self, position: usize) -> &str {
        self.labels.get(position).map_or("", String::as_str)
    }

    /// The item at this position.
    pub fn item(&self, position: usize) -> String {
        self.cells.get(position).map(|cell| cell.item.to_string()).unwrap_or_default()
    }

    /// The sections of a part with what stands in their cells.
    pub fn sections(
        &self,
        part: usize,
        values: &FormValues,
        previous: Option<&FormValues>,
        marks: &Marks,
        language: &str,
    ) -> Vec<SectionView> {
        let Some((from, to)) = self.parts.get(part).copied() else { return Vec::new() };
        let mut position = self.section_starts[from];
        let sections = &self.form.sections[from..to];
        let view = |section: &domain::figures::catalogue::Section| SectionView {
            number: section.number.clone(),
            title: section.title.in_language(language).to_owned(),
            columns: section.columns.iter().map(|column| column.label.in_language(language).to_owned()).collect(),
            lines: section
                .lines
                .iter()
                .map(|line| LineView {
                    number: line.number.clone(),
                    label: line.label.in_language(language).to_owned(),
                    is_heading: line.element.is_none(),
                    indent: line.indent,
                    form_code: line.form_code.clone().unwrap_or_default(),
                    measure: self.measure(line.element.as_deref()).to_owned(),
                    cells: line
                        .cells
                        .iter()
                        .map(|cell| {
                            cell.as_ref().map(|_| {
                                position += 1;
                                self.cell(position - 1, values, previous, marks)
                            })
                        })
                        .collect(),
                })
                .collect(),
        };
        sections.iter().map(view).collect()
    }

    fn measure(&self, element: Option<&str>) -> &str {
        element.and_then(|element| self.measures.get(element)).copied().unwrap_or("")
    }

    fn cell(&self, position: usize, values: &FormValues, previous: Option<&FormValues>, marks: &Marks) -> CellView {
        let item = self.item(position);
        let shown = |value: Option<&Value>| value.map(printed).unwrap_or_default();
        let typed = marks.typed.get(&position).cloned();
        let (kind, choices) = match self.kinds[position] {
            ValueKind::Count { .. } | ValueKind::Decimal { .. } => ("number", Vec::new()),
            ValueKind::YesNo => ("choice", vec!["Có".to_owned(), "Không".to_owned()]),
            ValueKind::Choice { choices } => ("choice", choices.clone()),
            ValueKind::Text { .. } => ("text", Vec::new()),
        };
        CellView {
            n: position,
            is_wrong: typed.is_some() || marks.wrong.contains(&item),
            value: typed.unwrap_or_else(|| shown(values.get(position))),
            previous: shown(previous.and_then(|previous| previous.get(position))),
            kind,
            choices,
            is_total: self.is_total(position),
            remark: marks.remarks.get(&item).cloned().unwrap_or_default(),
            item,
        }
    }

    fn is_total(&self, position: usize) -> bool {
        !self.cells[position].total_of.is_empty()
    }

    /// Reads what was typed (`c12` → text) into the values and adds up the totals. Texts that are no values leave their
    /// cell empty and stay in `unread` until they are typed anew; the reason against each, also against those of parts
    /// that were typed earlier.
    pub fn read(
        &self,
        typed: &BTreeMap<String, String>,
        values: &mut FormValues,
        unread: &mut BTreeMap<usize, String>,
    ) -> Vec<Reason> {
        let mut reasons = Vec::new();
        for (position, kind) in self.kinds.iter().enumerate().filter(|(position, _)| !self.is_total(*position)) {
            let Some(text) = typed.get(&format!("c{position}")).or_else(|| unread.get(&position)).cloned() else {
                continue;
            };
            match read_entry(kind, &text) {
                Ok(value) => {
                    values.set(position, value);
                    unread.remove(&position);
                }
                Err(fault) => {
                    values.set(position, None);
                    let message = format!("{}: {}", self.label(position), fault.message);
                    reasons.push(Reason::new(fault.code, message).at(self.item(position)));
                    unread.insert(position, text);
                }
            }
        }
        self.add_up(values);
        reasons
    }

    /// Fills every total whose parts all have a value; totals of totals take further rounds.
    pub fn add_up(&self, values: &mut FormValues) {
        for _ in 0..4 {
            for (position, cell) in self.cells.iter().enumerate().filter(|(_, cell)| !cell.total_of.is_empty()) {
                let part = |item: &ItemCode| match values.get(*self.positions.get(item)?) {
                    Some(Value::Number(number)) => Some(*number),
                    _ => None,
                };
                let sum: Option<f64> = cell.total_of.iter().map(part).sum();
                values.set(position, sum.map(Value::Number));
            }
        }
    }

    /// The totals of a part as they stand: position and text, for a page that is saved while it is being filled.
    pub fn totals(&self, part: usize, values: &FormValues) -> Vec<(usize, String)> {
        let Some((from, to)) = self.parts.get(part) else { return Vec::new() };
        (self.section_starts[*from]..self.section_starts[*to])
            .filter(|position| self.is_total(*position))
            .map(|position| (position, values.get(position).map(printed).unwrap_or_default()))
            .collect()
    }
}

/// Parts sections into runs that fit a page; a section is never parted.
fn parts(section_starts: &[usize]) -> Vec<(usize, usize)> {
    let count = section_starts.len() - 1;
    let (mut parts, mut from) = (Vec::new(), 0);
    for section in 0..count {
        if section > from && section_starts[section + 1] - section_starts[from] > CELLS_OF_PART_MAX {
            parts.push((from, section));
            from = section;
        }
    }
    if count > from {
        parts.push((from, count));
    }
    parts
}
