//! A document as plain text: the words and numbers in reading order, without layout.

use super::block::{Cell, Chart, RowKind, Run, Table};
use super::document::{Document, MOTTO, NATIONAL_NAME};
use super::flow::Printed;

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
        let mut lines = self.opening_lines();
        for (at, body) in self.printed().iter().enumerate() {
            if let Some(annex) = at.checked_sub(1) {
                lines.extend([
                    self.annex_label(annex),
                    self.annexes[annex].title.to_uppercase(),
                    self.annex_reference(),
                ]);
            }
            body.iter().for_each(|block| push_block(&mut lines, block));
            if at == 0 {
                lines.extend(self.closing_lines());
            }
        }
        lines.retain(|line| !line.trim().is_empty());
        lines
    }

    fn opening_lines(&self) -> Vec<String> {
        let mut lines: Vec<String> = self.issuer.superior.iter().map(|name| name.to_uppercase()).collect();
        lines.extend([self.issuer.name.to_uppercase(), NATIONAL_NAME.to_owned(), MOTTO.to_owned()]);
        lines.extend([self.number_line(), self.place_and_date_line()]);
        lines.extend(self.kind.title());
        lines.push(self.subject.clone());
        lines.extend(self.addressee_lines());
        lines.extend(self.legal_basis_lines());
        lines
    }

    fn closing_lines(&self) -> Vec<String> {
        let mut lines = vec!["Nơi nhận:".to_owned()];
        lines.extend(self.recipient_lines());
        lines.extend(self.signature.capacity.iter().map(|line| line.to_uppercase()));
        lines.push(self.signature.name.clone());
        lines
    }
}

fn push_block(lines: &mut Vec<String>, block: &Printed<'_>) {
    match block {
        Printed::Heading { rank, label, title } if rank.is_stacked() => lines.extend([label.clone(), title.clone()]),
        Printed::Heading { label, title, .. } => lines.push(format!("{label} {title}")),
        Printed::Paragraph { runs } => lines.push(printed(runs)),
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
