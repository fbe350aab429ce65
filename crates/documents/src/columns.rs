//! Widths of a table's columns: as the wording declares them, but a column that has more room than its words fill gives
//! of it to those whose words would be broken.

use domain::reports::{Align, Cell, Chart, Column, Emphasis, Row, RowKind, Run, Table};

use crate::fonts::text_width;

const POINTS_PER_MM: f64 = 72.0 / 25.4;

/// What rules and the room beside them take of a cell, in points.
const BESIDE_PT: f64 = 9.5;

/// How much longer a line may be than the sum of its letters.
const KERNED: f64 = 1.01;

/// What a column keeps of its declared width, however short its words are: empty ones are for writing in by hand.
const KEPT: f64 = 0.6;

/// The letters of a table with so many columns, in points: the more columns, the smaller.
pub(crate) fn size_pt(columns: usize) -> f64 {
    match columns {
        0..=6 => 12.0,
        7..=9 => 11.0,
        10..=12 => 10.0,
        _ => 9.0,
    }
}

/// The letters of the table under a chart, in points.
pub(crate) const CHART_PT: f64 = 11.0;

/// The table of a chart's data: first column words, the others numbers.
pub(crate) fn chart_data(chart: &Chart) -> Table {
    let (heads, rows) = chart.data_table();
    let column = |(at, head): (usize, &String)| match at {
        0 => Column::new(head, Align::Left, 2.0),
        _ => Column::new(head, Align::Right, 1.0),
    };
    let row = |row: &Vec<String>| Row { kind: RowKind::Body, cells: row.iter().map(Cell::text).collect() };
    Table {
        caption: String::new(),
        columns: heads.iter().enumerate().map(column).collect(),
        rows: rows.iter().map(row).collect(),
        note: None,
    }
}

/// The widths of columns that are as wide as their words need, in millimetres; narrower where the room is.
pub(crate) fn fitted_mm(table: &Table, size_pt: f64, room_mm: f64) -> Vec<f64> {
    /// Room beside the words, more than between rules.
    const AIR_PT: f64 = 14.0;
    let wanted = |(at, column): (usize, &Column)| {
        let cells = table.rows.iter().filter_map(|row| row.cells.get(at));
        let words = cells.map(|cell| text_width(&cell.printed(), false, size_pt));
        words.fold(text_width(&column.head, true, size_pt), f64::max) * KERNED + AIR_PT
    };
    let widths: Vec<f64> = table.columns.iter().enumerate().map(|column| wanted(column) / POINTS_PER_MM).collect();
    let shrunk = (room_mm / widths.iter().sum::<f64>()).min(1.0);
    widths.into_iter().map(|width| width * shrunk).collect()
}

/// The widths of a table's columns, in millimetres; together they fill the room.
pub(crate) fn widths_mm(table: &Table, room_mm: f64) -> Vec<f64> {
    let whole: f64 = table.columns.iter().map(|column| column.width).sum();
    let declared: Vec<f64> =
        table.columns.iter().map(|column| room_mm * column.width / whole.max(f64::MIN_POSITIVE)).collect();
    let wanted = wanted_mm(table);
    let spare: Vec<f64> =
        declared.iter().zip(&wanted).map(|(own, wanted)| (own - wanted.max(own * KEPT)).max(0.0)).collect();
    let mut lacking: Vec<(f64, usize)> = declared
        .iter()
        .zip(&wanted)
        .enumerate()
        .filter(|(_, (own, wanted))| wanted > own)
        .map(|(at, (own, wanted))| (wanted - own, at))
        .collect();
    // Who lacks least is helped first: most cells then stand on one line.
    lacking.sort_by(|one, other| one.0.total_cmp(&other.0));
    let all_spare: f64 = spare.iter().sum();
    let mut left = all_spare;
    let mut widths = declared;
    for (lack, at) in lacking {
        let given = lack.min(left);
        widths[at] += given;
        left -= given;
    }
    let taken = (all_spare - left) / all_spare.max(f64::MIN_POSITIVE);
    for (width, spare) in widths.iter_mut().zip(&spare) {
        *width -= spare * taken;
    }
    widths
}

/// Which rows stand on one line in columns of these widths: their height is then known before they are laid out.
pub(crate) fn flat_rows(table: &Table, widths_mm: &[f64], size: f64) -> Vec<bool> {
    let fits = |words: &str, bold: bool, width_mm: f64| {
        text_width(words, bold, size) * KERNED + BESIDE_PT <= width_mm * POINTS_PER_MM
    };
    let is_flat = |row: &Row| match row.kind {
        RowKind::Group => row.cells.iter().all(|cell| fits(&cell.printed(), true, widths_mm.iter().sum())),
        kind => row.cells.iter().zip(widths_mm).all(|(Cell(runs), width)| {
            let bold = kind == RowKind::Total || runs.iter().any(|run| run.emphasis() != Emphasis::Plain);
            fits(&runs.iter().map(Run::printed).collect::<String>(), bold, *width)
        }),
    };
    table.rows.iter().map(is_flat).collect()
}

/// The narrowest room in which a head stands on two lines.
fn on_two_lines(head: &str, size_pt: f64) -> f64 {
    let whole = text_width(head, true, size_pt);
    let broken = head
        .match_indices(' ')
        .map(|(at, _)| text_width(&head[..at], true, size_pt).max(text_width(&head[at + 1..], true, size_pt)));
    broken.fold(whole, f64::min)
}

/// How wide each column would have to be for each of its cells to stand on one line and its head on two.
fn wanted_mm(table: &Table) -> Vec<f64> {
    let size = size_pt(table.columns.len());
    let mut wanted: Vec<f64> = table.columns.iter().map(|column| on_two_lines(&column.head, size)).collect();
    for row in table.rows.iter().filter(|row| row.kind != RowKind::Group) {
        for (wanted, cell) in wanted.iter_mut().zip(&row.cells) {
            *wanted = wanted.max(text_width(&cell.printed(), row.kind == RowKind::Total, size));
        }
    }
    wanted.into_iter().map(|points| (points * KERNED + BESIDE_PT) / POINTS_PER_MM + 0.01).collect()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

    use domain::reports::{Align, Column};

    use super::*;

    fn table(school: &str) -> Table {
        let heads = [("TT", 1.0), ("Đơn vị", 4.0), ("Ghi chú", 3.0)];
        let row = |kind, cells: [&str; 3]| Row { kind, cells: cells.map(Cell::text).to_vec() };
        Table {
            caption: String::new(),
            columns: heads.map(|(head, width)| Column::new(head, Align::Left, width)).to_vec(),
            rows: vec![row(RowKind::Body, ["1", school, ""])],
            note: None,
        }
    }

    #[test]
    fn a_column_with_room_to_spare_gives_to_the_one_that_lacks_it() {
        let widths = widths_mm(&table("Trường Tiểu học Nguyễn Đình Chiểu cơ sở hai Long Biên"), 165.0);
        assert!((widths.iter().sum::<f64>() - 165.0).abs() < 1e-6, "{widths:?}");
        assert!(widths[1] > 165.0 / 2.0 + 10.0, "{widths:?}");
        assert!(widths[2] >= 165.0 * 3.0 / 8.0 * KEPT - 1e-6, "{widths:?}");
    }

    #[test]
    fn a_head_keeps_two_lines() {
        let mut table = table("Trường Tiểu học Nguyễn Đình Chiểu cơ sở hai Long Biên, khu phố Một");
        table.columns[2].head = "Tăng (+), giảm (-)".to_owned();
        let room = on_two_lines(&table.columns[2].head, 12.0) / POINTS_PER_MM;
        assert!(widths_mm(&table, 120.0)[2] > room);
    }

    #[test]
    fn a_row_is_flat_where_every_cell_has_its_room() {
        let name = "Trường Tiểu học Nguyễn Đình Chiểu cơ sở hai Long Biên";
        let table = table(name);
        assert_eq!(flat_rows(&table, &widths_mm(&table, 165.0), 12.0), [true]);
        assert_eq!(flat_rows(&table, &[20.0, 60.0, 60.0], 12.0), [false]);
    }

    #[test]
    fn columns_of_a_chart_are_as_wide_as_their_words() {
        let table = table("Trường Tiểu học Nguyễn Đình Chiểu cơ sở hai Long Biên");
        let widths = fitted_mm(&table, CHART_PT, 165.0);
        assert!(widths[0] < 12.0 && widths[1] > 60.0 && widths.iter().sum::<f64>() < 150.0, "{widths:?}");
        assert_eq!(flat_rows(&table, &widths, CHART_PT), [true]);
        let narrow = fitted_mm(&table, CHART_PT, 80.0);
        assert!((narrow.iter().sum::<f64>() - 80.0).abs() < 1e-6, "{narrow:?}");
        assert_eq!(flat_rows(&table, &narrow, CHART_PT), [false]);
    }

    #[test]
    fn what_fits_stays_as_declared() {
        let widths = widths_mm(&table("Trường A"), 160.0);
        assert!(widths.iter().zip([20.0, 80.0, 60.0]).all(|(width, declared)| (width - declared).abs() < 1e-6));
    }
}
