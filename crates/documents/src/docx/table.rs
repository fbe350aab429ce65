//! Tables: those of the content, whose head is repeated, and the borderless ones that place the head and the signature.

use domain::reports::{Align, Cell, Chart, Column, Row, RowKind, Table};

use super::paragraph::{Paragraph, Stand, twips};
use super::xml::{Element, element, value};
use crate::columns;

/// A table of the content across `room_mm`; caption and note are paragraphs of the caller.
pub(super) fn data(table: &Table, caption: &str, room_mm: f64) -> Element {
    styled(table, caption, room_mm, Style::for_columns(table.columns.len()))
}

fn styled(table: &Table, caption: &str, room_mm: f64, style: Style) -> Element {
    let widths: Vec<i64> = columns::widths_mm(table, room_mm).into_iter().map(twips).collect();
    let head = table
        .columns
        .iter()
        .zip(&widths)
        .map(|(column, width)| cell(*width, 1, Paragraph::new(style.head).words(&column.head).build()));
    let rows = table.rows.iter().map(|row| body_row(row, &table.columns, &widths, style));
    frame(&widths, caption).child(element("w:tr").child(row_properties(true)).children(head)).children(rows)
}

/// The table of a chart's data.
pub(super) fn chart_data(chart: &Chart, caption: &str, room_mm: f64) -> Element {
    styled(&columns::chart_data(chart), caption, room_mm, Style::CHART)
}

/// A borderless table of one row of cells, each a stack of paragraphs, with widths in millimetres.
pub(super) fn placing(rows: Vec<Vec<Vec<Element>>>, widths_mm: &[f64]) -> Element {
    let widths: Vec<i64> = widths_mm.iter().map(|mm| twips(*mm)).collect();
    let properties = element("w:tblPr")
        .child(element("w:tblW").attribute("w:w", widths.iter().sum::<i64>()).attribute("w:type", "dxa"))
        .child(value("w:jc", "center"))
        .child(element("w:tblLayout").attribute("w:type", "fixed"))
        .child(cell_margins(0));
    let rows = rows.into_iter().map(|cells| {
        let cells = cells.into_iter().zip(&widths).map(|(content, width)| {
            let properties =
                element("w:tcPr").child(element("w:tcW").attribute("w:w", width).attribute("w:type", "dxa"));
            element("w:tc").child(properties).children(content)
        });
        element("w:tr").child(row_properties(false)).children(cells)
    });
    element("w:tbl").child(properties).child(grid(&widths)).children(rows)
}

/// Styles of head and body, by how many columns must fit.
#[derive(Clone, Copy)]
struct Style {
    head: &'static str,
    body: &'static str,
}

impl Style {
    /// The data of a chart.
    const CHART: Self = Self { head: "TableHead11", body: "TableText11" };

    /// The same steps as in the PDF's layout.
    fn for_columns(count: usize) -> Self {
        match count {
            0..=6 => Self { head: "TableHead", body: "TableText" },
            7..=9 => Self { head: "TableHead11", body: "TableText11" },
            10..=12 => Self { head: "TableHead10", body: "TableText10" },
            _ => Self { head: "TableHead9", body: "TableText9" },
        }
    }
}

fn body_row(row: &Row, columns: &[Column], widths: &[i64], style: Style) -> Element {
    let line = element("w:tr").child(row_properties(false));
    if row.kind == RowKind::Group {
        let words = row.cells.first().map(Cell::printed).unwrap_or_default();
        let paragraph = Paragraph::new(style.head).stand(Stand::Left).words(&words).build();
        return line.child(cell(widths.iter().sum(), columns.len(), paragraph));
    }
    let style = if row.kind == RowKind::Total { style.head } else { style.body };
    let cells = row.cells.iter().zip(columns).zip(widths).map(|((content, column), width)| {
        let stand = match column.align {
            Align::Left => Stand::Left,
            Align::Centre => Stand::Centre,
            Align::Right => Stand::Right,
        };
        cell(*width, 1, Paragraph::new(style).stand(stand).runs(&content.0).build())
    });
    line.children(cells)
}

fn frame(widths: &[i64], caption: &str) -> Element {
    let look = element("w:tblLook").attribute("w:val", "0020").attribute("w:firstRow", 1).attribute("w:noVBand", 1);
    let properties = element("w:tblPr")
        .child(value("w:tblStyle", "TableGrid"))
        .child(element("w:tblW").attribute("w:w", widths.iter().sum::<i64>()).attribute("w:type", "dxa"))
        .child(value("w:jc", "center"))
        .child(element("w:tblLayout").attribute("w:type", "fixed"))
        .child(cell_margins(twips(1.2)))
        .child(look)
        .child(value("w:tblCaption", caption));
    element("w:tbl").child(properties).child(grid(widths))
}

fn cell_margins(side: i64) -> Element {
    let margin = |name| element(name).attribute("w:w", side).attribute("w:type", "dxa");
    element("w:tblCellMar").child(margin("w:left")).child(margin("w:right"))
}

fn grid(widths: &[i64]) -> Element {
    element("w:tblGrid").children(widths.iter().map(|width| element("w:gridCol").attribute("w:w", width)))
}

/// No row is torn by a page; a head is repeated on every page.
fn row_properties(head: bool) -> Element {
    element("w:trPr").child(element("w:cantSplit")).children(head.then(|| element("w:tblHeader")))
}

fn cell(width: i64, span: usize, content: Element) -> Element {
    let properties = element("w:tcPr")
        .child(element("w:tcW").attribute("w:w", width).attribute("w:type", "dxa"))
        .children((span > 1).then(|| value("w:gridSpan", span)))
        .child(value("w:vAlign", "center"));
    element("w:tc").child(properties).child(content)
}
