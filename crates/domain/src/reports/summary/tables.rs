//! Tables of a summary report. Every value is a reference; a missing one is `…`.

use super::facts::Completeness;
use super::figures::Figures;
use super::plan::{LevelRows, PlannedRow, Rows, SchoolColumns, row as planned};
use crate::reports::block::{Align, Block, Cell, Column, Row, RowKind, Run, Table};
use crate::reports::figure::{FigureReference, MISSING};
use crate::reports::reference::TARGET;
use crate::school_year::SchoolYear;

/// Figures of last year and this year with their difference.
pub(super) fn two_years(plan: &Rows, figures: &Figures<'_>) -> Option<Block> {
    let (last, this) = (figures.last_year(), figures.facts.year);
    let columns = measured_columns([
        Column::new(format!("Năm học {last}"), Align::Right, 2.2),
        Column::new(format!("Năm học {this}"), Align::Right, 2.2),
        Column::new("Tăng (+), giảm (-)", Align::Right, 2.0),
    ]);
    let rows = numbered(plan, figures, |code| {
        vec![own_cell(figures, code, last), own_cell(figures, code, this), Cell::figure(figures.change_cell(code))]
    });
    finished(&plan.caption, columns, rows, figures, &[])
}

/// Figures over all years.
pub(super) fn trend(plan: &Rows, figures: &Figures<'_>) -> Option<Block> {
    let years = &figures.facts.years;
    let columns = measured_columns(years.iter().map(|year| Column::new(year.to_string(), Align::Right, 2.0)));
    let rows = numbered(plan, figures, |code| years.iter().map(|year| own_cell(figures, code, *year)).collect());
    finished(&plan.caption, columns, rows, figures, &[])
}

/// One line per subject, one column per level.
pub(super) fn levels(plan: &LevelRows, figures: &Figures<'_>) -> Option<Block> {
    let heads = plan.heads.iter().map(|head| Column::new(figures.words(head), Align::Right, 2.0));
    let mut columns = vec![Column::new("TT", Align::Centre, 0.8), Column::new("Nội dung", Align::Left, 4.6)];
    columns.extend(heads);
    let rows = plan.rows.iter().enumerate().map(|(at, row)| {
        let mut parts = row.split('|').map(str::trim);
        let label = parts.next().unwrap_or_default();
        let mut cells = vec![Cell::text((at + 1).to_string()), Cell::text(label)];
        let values = parts.chain(std::iter::repeat("")).take(plan.heads.len());
        cells.extend(values.map(|code| match code {
            "" => Cell::text("–"),
            code => own_cell(figures, code, figures.facts.year),
        }));
        Row { kind: RowKind::Body, cells }
    });
    let rows: Vec<Row> = rows.collect();
    let has_dash = rows.iter().flat_map(|row| &row.cells).any(|cell| cell.printed() == "–");
    let has_school_of_many_levels = figures.facts.schools.iter().any(|school| school.levels.len() > 1);
    let of_many_levels = plan.note_of_many_levels.as_deref().filter(|_| has_school_of_many_levels);
    let remarks: Vec<&str> =
        has_dash.then_some("Dấu “–”: cấp học không có nội dung này.").into_iter().chain(of_many_levels).collect();
    finished(&plan.caption, columns, rows, figures, &remarks)
}

/// One line per school, one column per figure, and the office's line as the total.
pub(super) fn schools(plan: &SchoolColumns, figures: &Figures<'_>) -> Option<Block> {
    let facts = figures.facts;
    if plan.level.is_some_and(|level| !facts.speaks_of(level)) {
        return None;
    }
    let figure = |column| match planned(column) {
        PlannedRow::Figure { code, label } => Some((code, label)),
        PlannedRow::Group(_) => None,
    };
    let codes: Vec<(&str, Option<&str>)> = plan.columns.iter().filter_map(|column| figure(column)).collect();
    let mut columns = vec![Column::new("TT", Align::Centre, 0.7), Column::new("Đơn vị", Align::Left, 4.4)];
    columns
        .extend(codes.iter().map(|(code, label)| Column::new(column_head(figures, code, *label), Align::Right, 1.6)));
    let listed = facts.schools.iter().filter(|school| match plan.level {
        Some(level) => school.levels.contains(&level),
        None => facts.level.is_none_or(|level| school.levels.contains(&level)),
    });
    let mut rows: Vec<Row> = listed
        .enumerate()
        .map(|(at, school)| {
            let values = codes.iter().map(|(code, _)| Cell::figure(figures.cell(code, &school.unit, facts.year)));
            let first = [Cell::text((at + 1).to_string()), Cell::text(&school.name)];
            Row { kind: RowKind::Body, cells: first.into_iter().chain(values).collect() }
        })
        .collect();
    if rows.is_empty() {
        return None;
    }
    let totals = codes.iter().map(|(code, _)| own_cell(figures, code, facts.year));
    let first = [Cell::text(""), Cell::text(figures.words("Toàn {@kind}"))];
    rows.push(Row { kind: RowKind::Total, cells: first.into_iter().chain(totals).collect() });
    finished(&plan.caption, columns, rows, figures, &[])
}

/// Results against targets, and next year's targets. Rows without any target fall away.
pub(super) fn targets(plan: &Rows, figures: &Figures<'_>) -> Option<Block> {
    let (this, next) = (figures.facts.year, figures.facts.year.next());
    let columns = measured_columns([
        Column::new(format!("Chỉ tiêu {this}"), Align::Right, 1.9),
        Column::new(format!("Thực hiện {this}"), Align::Right, 1.9),
        Column::new("Kết quả", Align::Centre, 1.9),
        Column::new(format!("Chỉ tiêu {next}"), Align::Right, 1.9),
    ]);
    let kept = Rows { caption: plan.caption.clone(), rows: with_targets(&plan.rows, figures) };
    let rows = numbered(&kept, figures, |code| {
        let result = match figures.reaches_target(code) {
            Some(true) => "Đạt",
            Some(false) => "Chưa đạt",
            None => MISSING,
        };
        vec![
            target_cell(figures, code, this),
            own_cell(figures, code, this),
            Cell::text(result),
            target_cell(figures, code, next),
        ]
    });
    let has_figures = rows.iter().any(|row| row.kind == RowKind::Body);
    if has_figures { finished(&plan.caption, columns, rows, figures, &[]) } else { None }
}

/// The rows that have a target, and the headings that are left with some below them.
fn with_targets(rows: &[String], figures: &Figures<'_>) -> Vec<String> {
    let mut kept: Vec<String> = Vec::new();
    let mut heading = None;
    for text in rows {
        match planned(text) {
            PlannedRow::Group(_) => heading = Some(text),
            PlannedRow::Figure { code, .. } if figures.facts.targets.contains_key(code) => {
                kept.extend(heading.take().into_iter().chain([text]).cloned());
            }
            PlannedRow::Figure { .. } => {}
        }
    }
    kept
}

fn target_cell(figures: &Figures<'_>, code: &str, year: SchoolYear) -> Cell {
    own_cell(figures, &format!("{TARGET}{code}"), year)
}

fn own_cell(figures: &Figures<'_>, code: &str, year: SchoolYear) -> Cell {
    Cell::figure(figures.cell(code, &figures.facts.office.unit, year))
}

fn column_head(figures: &Figures<'_>, code: &str, label: Option<&str>) -> String {
    let naming = figures.naming(code);
    let label = label.map_or(naming.label, str::to_owned);
    if naming.measure == "%" { format!("{label} (%)") } else { label }
}

/// Ordinal, subject, measure, then the columns of values.
pub(super) fn measured_columns(values: impl IntoIterator<Item = Column>) -> Vec<Column> {
    let mut columns = vec![
        Column::new("TT", Align::Centre, 0.8),
        Column::new("Nội dung", Align::Left, 5.6),
        Column::new("Đơn vị tính", Align::Centre, 2.1),
    ];
    columns.extend(values);
    columns
}

/// Rows of a plan, numbered from 1 under each heading.
fn numbered(plan: &Rows, figures: &Figures<'_>, values: impl Fn(&str) -> Vec<Cell>) -> Vec<Row> {
    let mut number = 0;
    plan.rows
        .iter()
        .map(|text| match planned(text) {
            PlannedRow::Group(heading) => {
                number = 0;
                Row { kind: RowKind::Group, cells: vec![Cell::text(figures.words(heading))] }
            }
            PlannedRow::Figure { code, label } => {
                number += 1;
                let naming = figures.naming(code);
                let label = label.map_or(naming.label, str::to_owned);
                let first = [Cell::text(number.to_string()), Cell::text(label), Cell::text(naming.measure)];
                Row { kind: RowKind::Body, cells: first.into_iter().chain(values(code)).collect() }
            }
        })
        .collect()
}

/// The table with a note on what is missing. A table without a single value is not printed.
pub(super) fn finished(
    caption: &str,
    columns: Vec<Column>,
    rows: Vec<Row>,
    figures: &Figures<'_>,
    remarks: &[&str],
) -> Option<Block> {
    let references = || {
        rows.iter().flat_map(|row| &row.cells).flat_map(|cell| &cell.0).filter_map(|run| match run {
            Run::Figure(figure) => Some(figure),
            Run::Text { .. } => None,
        })
    };
    if references().all(|figure| figure.value.is_none()) {
        return None;
    }
    let mut notes: Vec<String> = remarks.iter().map(|remark| (*remark).to_owned()).collect();
    if references().any(|figure| figure.value.is_none()) {
        notes.push(format!("Dấu “{MISSING}”: chưa có số liệu."));
    }
    notes.extend(incomplete(figures, &references().collect::<Vec<_>>()));
    let note = (!notes.is_empty()).then(|| notes.join(" "));
    Some(Block::Table(Table { caption: figures.words(caption), columns, rows, note }))
}

/// So many lines are named; where more lack units, the poorest stands for all.
const NAMED_MAX: usize = 4;

/// A figure of a line that lacks units.
struct Partial<'r> {
    code: &'r str,
    year: SchoolYear,
    made: Completeness,
}

impl Partial<'_> {
    fn n_of(&self) -> String {
        format!("{}/{}", self.made.reported, self.made.expected)
    }
}

/// The office's figures that lack units, in the order of the table; a change hangs on both of its years.
fn partial<'r>(figures: &Figures<'_>, references: &[&'r FigureReference]) -> Vec<Partial<'r>> {
    let office = &figures.facts.office.unit;
    let mut found: Vec<Partial<'r>> = Vec::new();
    for figure in references.iter().filter(|figure| figure.unit == *office) {
        let before = figure.form.compares_years().then(|| figure.year.previous());
        for year in [Some(figure.year), before].into_iter().flatten() {
            let made = figures.facts.figures.completeness(&figure.code, office, year);
            let is_known = found.iter().any(|one| one.code == figure.code && one.year == year);
            if let Some(made) = made.filter(Completeness::is_partial).filter(|_| !is_known) {
                found.push(Partial { code: &figure.code, year, made });
            }
        }
    }
    found
}

/// Says from how many units a line is made, where some are missing; of which year, where that is not the one under report;
/// and, where the table tells changes, that such a line is not compared with the year before.
fn incomplete(figures: &Figures<'_>, references: &[&FigureReference]) -> Option<String> {
    let partial = partial(figures, references);
    let poorest = partial.iter().min_by(|a, b| a.made.share().total_cmp(&b.made.share()))?;
    let is_this_year = |one: &Partial<'_>| one.year == figures.facts.year;
    let tells_changes = references.iter().any(|figure| figure.form.compares_years());
    let uncompared = if tells_changes { ", chưa so sánh với năm trước" } else { "" };
    if partial.len() > NAMED_MAX {
        let of_year = if is_this_year(poorest) { String::new() } else { format!("của năm học {} ", poorest.year) };
        return Some(format!("Có dòng {of_year}mới tổng hợp từ {} đơn vị{uncompared}.", poorest.n_of()));
    }
    let named = partial.iter().map(|one| {
        let of_year = if is_this_year(one) { String::new() } else { format!("năm học {}: ", one.year) };
        format!("{} ({of_year}{})", figures.naming(one.code).label, one.n_of())
    });
    let named = named.collect::<Vec<_>>().join("; ");
    Some(format!("Mới tổng hợp từ một phần đơn vị{uncompared}: {named}."))
}
