//! Recognises a form by what is printed, where the hidden keys are lost: a table copied into a new file, a list typed
//! after the paper. Labels are compared folded, so NFD, `òa`/`oà` and missing accents do not matter.

use std::collections::{HashMap, HashSet};

use domain::figures::catalogue::{Line, Section, StatisticalForm};
use domain::vietnamese::fold;

use super::address::CellRef;
use super::grid::Content;
use super::read::{LooseSheet, ReadCell};

/// Form, unit and period as they stand in the printed head; each where it was found.
#[derive(Debug, Default)]
pub(super) struct PrintedHead {
    pub(super) form: Option<String>,
    pub(super) unit: Option<String>,
    pub(super) period: Option<String>,
}

/// Reads the printed head of the first rows of the sheets.
pub(super) fn printed_head(sheets: &[LooseSheet]) -> PrintedHead {
    const ROWS: usize = 15;
    let mut head = PrintedHead::default();
    let rows = sheets.iter().flat_map(|sheet| sheet.rows.iter().take(ROWS));
    for (_, content) in rows.flat_map(|(_, cells)| cells) {
        let Content::Text(text) = content else { continue };
        let words: Vec<&str> = text.split_whitespace().collect();
        let folded: Vec<String> = words.iter().map(|word| fold(word)).collect();
        let after = |sought: &[&str]| {
            let at = folded.windows(sought.len()).position(|window| window == sought)?;
            words.get(at + sought.len()).map(|word| (*word).to_owned())
        };
        head.form = head.form.take().or_else(|| after(&["bieu", "so:"]));
        head.unit = head.unit.take().or_else(|| after(&["ma", "don", "vi:"]));
        head.period = head.period.take().or_else(|| after(&["ma", "ki", "bao", "cao:"]));
    }
    head
}

/// The lines of a form by their printed code and label; made once per form.
pub(super) struct PrintedLines<'a> {
    lines: Vec<(&'a Section, &'a Line)>,
    by_label: HashMap<String, Vec<usize>>,
    by_code: HashMap<String, Vec<usize>>,
}

impl<'a> PrintedLines<'a> {
    pub(super) fn of(form: &'a StatisticalForm) -> Self {
        let all = form.sections.iter().flat_map(|section| section.lines.iter().map(move |line| (section, line)));
        let lines: Vec<_> = all.filter(|(_, line)| line.cells.iter().any(Option::is_some)).collect();
        let (mut by_label, mut by_code) = (HashMap::<_, Vec<_>>::new(), HashMap::<_, Vec<_>>::new());
        for (at, (_, line)) in lines.iter().enumerate() {
            by_label.entry(folded_label(&line.label.vi)).or_default().push(at);
            if let Some(code) = &line.form_code {
                by_code.entry(fold(code)).or_default().push(at);
            }
        }
        Self { lines, by_label, by_code }
    }

    /// The cells of the form in these sheets.
    pub(super) fn find(&self, sheets: &[LooseSheet]) -> Vec<ReadCell> {
        let mut taken = HashSet::new();
        let mut cells = Vec::new();
        for sheet in sheets {
            let mut heads: Option<Heads> = None;
            let mut next = 0;
            for (position, (row, content)) in sheet.rows.iter().enumerate() {
                if let Some(found) = Heads::find(&sheet.rows[position..]) {
                    heads = Some(found);
                } else if let Some(heads) = &heads
                    && let Some(at) = self.matching(content, heads, next, &taken)
                {
                    taken.insert(at);
                    next = at + 1;
                    let (section, line) = self.lines[at];
                    cells.extend(heads.cells(section, line, content).map(|(item, column, content)| {
                        let at = CellRef { sheet: sheet.sheet, row: *row, column };
                        ReadCell { item, at, content }
                    }));
                }
            }
        }
        cells
    }

    /// The line that a row shows: by code where one is printed, else by label; the first one not behind the last match.
    fn matching(&self, row: &[(u32, Content)], heads: &Heads, next: usize, taken: &HashSet<usize>) -> Option<usize> {
        let label = folded_label(&printed_at(row, heads.label)?);
        let same_label = self.by_label.get(&label).map_or(&[][..], Vec::as_slice);
        let code = heads.code.and_then(|column| printed_at(row, column)).map(|code| fold(&code));
        let same_code = code.and_then(|code| self.by_code.get(&code)).map_or(&[][..], Vec::as_slice);
        let free = |at: &&usize| !taken.contains(*at);
        let both = same_label.iter().filter(|at| same_code.contains(at)).filter(free).min();
        let ahead = same_label.iter().filter(free).filter(|at| **at >= next).min();
        let lone_code = Some(same_code).filter(|found| found.len() == 1).and_then(|found| found.iter().find(free));
        both.or(ahead).or(same_label.iter().find(free)).or(lone_code).copied()
    }
}

/// The printed column heads: where labels and codes stand, and the texts above every column.
struct Heads {
    label: u32,
    code: Option<u32>,
    columns: Vec<(u32, String)>,
}

impl Heads {
    /// Reads the heads at the first of these rows, with the two below for heads of several rows.
    fn find(rows: &[(u32, Vec<(u32, Content)>)]) -> Option<Self> {
        let (_, first) = rows.first()?;
        let folded = |(column, content): &(u32, Content)| match content {
            Content::Text(text) => Some((*column, fold(text))),
            _ => None,
        };
        let top: Vec<(u32, String)> = first.iter().filter_map(folded).collect();
        let column_of = |sought: &str| top.iter().find(|(_, text)| text == sought).map(|(column, _)| *column);
        let label = column_of("chi tieu")?;
        let code = column_of("ma so");
        let right = code.unwrap_or(label);
        let all = rows.iter().take(3).flat_map(|(_, cells)| cells.iter().filter_map(folded));
        let columns = all.filter(|(column, _)| *column > right).collect();
        Some(Self { label, code, columns })
    }

    /// The cells of a line: each column of its section under the first head with that text.
    fn cells<'r>(
        &'r self,
        section: &'r Section,
        line: &'r Line,
        row: &'r [(u32, Content)],
    ) -> impl Iterator<Item = (domain::figures::catalogue::ItemCode, u32, Content)> + 'r {
        section.columns.iter().zip(&line.cells).filter_map(move |(column, cell)| {
            let wanted = fold(&column.label.vi);
            let places = self.columns.iter().filter(|(_, text)| *text == wanted).map(|(column, _)| *column);
            let place = places.min()?;
            let content = row.iter().find(|(column, _)| *column == place).map_or(&Content::Blank, |(_, found)| found);
            Some((cell.as_ref()?.item.clone(), place, content.clone()))
        })
    }
}

fn printed_at(row: &[(u32, Content)], column: u32) -> Option<String> {
    match &row.iter().find(|(at, _)| *at == column)?.1 {
        Content::Text(text) => Some(text.clone()),
        Content::Number(number) => Some(number.to_string()),
        _ => None,
    }
}

/// A label without the signs that show its depth.
pub(super) fn folded_label(label: &str) -> String {
    fold(label.trim_start_matches(|c: char| c.is_whitespace() || "-+•*–—".contains(c)))
}
