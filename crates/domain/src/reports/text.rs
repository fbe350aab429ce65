//! A document as plain text: the words and numbers in reading order, without layout.

use super::block::{Cell, Chart, RowKind, Run, Table};
use super::document::Document;
use super::flow::Printed;
use super::opening::{AnnexOpening, Closing};

impl Document {
    /// The document as text: its notices, then its lines. Cells of a row are parted by tabs.
    pub fn to_text(&self) -> String {
        let mut lines = self.notices.clone();
        lines.extend(self.lines());
        lines.join("\n") + "\n"
    }

    /// Every printed line in reading order, without the furniture of the page (page numbers, notices).
    ///
    /// The web preview, DOCX and PDF hold exactly these words and numbers; a test compares them.
    pub fn lines(&self) -> Vec<String> {
        let mut lines = self.opening().lines();
        for (at, body) in self.printed().iter().enumerate() {
            let annex = at.checked_sub(1).and_then(|annex| self.annex_opening(annex));
            lines.extend(annex.iter().flat_map(AnnexOpening::lines));
            body.iter().for_each(|block| push_block(&mut lines, block));
            if at == 0 {
                lines.extend(self.closing().iter().flat_map(Closing::lines));
            }
        }
        lines.retain(|line| !line.trim().is_empty());
        lines
    }
}

fn push_block(lines: &mut Vec<String>, block: &Printed<'_>) {
    match block {
        Printed::Heading { rank, label, title } if rank.is_stacked() => lines.extend([label.clone(), title.clone()]),
        Printed::Heading { label, title, .. } => lines.push(format!("{label} {title}")),
        Printed::Paragraph { runs } | Printed::Centred { runs } => lines.push(printed(runs)),
        Printed::Item { label, runs, .. } => lines.push(format!("{label} {}", printed(runs))),
        Printed::List { items } => lines.extend(items.iter().map(|item| format!("- {}", printed(item)))),
        Printed::Table { caption, table } => push_table(lines, caption, table),
        Printed::Chart { caption, chart, .. } => push_chart(lines, caption, chart),
        Printed::PageBreak => {}
    }
}

fn push_table(lines: &mut Vec<String>, caption: &str, table: &Table) {
    lines.push(caption.to_owned());
    lines.push(table.columns.iter().map(|column| column.head.as_str()).collect::<Vec<_>>().join("\t"));
    for row in &table.rows {
        let cells: Vec<String> = row.cells.iter().map(Cell::printed).collect();
        lines.push(if row.kind == RowKind::Group { cells.concat() } else { cells.join("\t") });
    }
    lines.extend(table.note.clone());
}

fn push_chart(lines: &mut Vec<String>, caption: &str, chart: &Chart) {
    lines.push(caption.to_owned());
    let (heads, rows) = chart.data_table();
    lines.push(heads.join("\t"));
    lines.extend(rows.iter().map(|row| row.join("\t")));
}

fn printed(runs: &[Run]) -> String {
    runs.iter().map(Run::printed).collect()
}
