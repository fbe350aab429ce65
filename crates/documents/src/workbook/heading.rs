//! The head of the paper, the column heads and the signatures.

use domain::Confidence;
use domain::figures::catalogue::PeriodKind;
use domain::vietnamese::short_date;
use rust_xlsxwriter::{Format, Worksheet, XlsxError};

use super::layout::{
    CODE_COLUMN, COLUMNS_KEY, KEY_COLUMN, LABEL_COLUMN, MEASURE_COLUMN, NUMBER_COLUMN, SheetLayout, VALUE_COLUMN,
    column_key,
};
use super::table;
use super::write::Draft;

/// Rows that the signatures take below the last line.
pub(super) const SIGNATURE_ROWS: u32 = 7;

/// Height of a line of text of 11 points, in points.
pub(super) const LINE_HEIGHT: f64 = 15.0;

/// The head of the paper on the first sheet.
pub(super) fn write_first(draft: &Draft<'_>, layout: &SheetLayout<'_>, sheet: &mut Worksheet) -> Result<(), XlsxError> {
    let (spec, styles) = (draft.spec, &draft.styles);
    let right = [
        format!("Đơn vị báo cáo: {}", spec.unit_name),
        format!("Đơn vị nhận báo cáo: {}", spec.office_name),
        format!("Mã đơn vị: {} · Mã kỳ báo cáo: {}", spec.unit_code, spec.period_code),
    ];
    let left = [
        (format!("Biểu số: {} (phiên bản {})", spec.form.code, spec.form.version), &styles.form_code),
        (basis(draft), &styles.plain),
        (format!("Nộp trước hoặc trong ngày {}", short_date(spec.due_on)), &styles.plain),
    ];
    let last_column = draft.last_column(layout);
    let width_right = table::width_between(draft, layout, MEASURE_COLUMN, last_column);
    let width_left = table::width_between(draft, layout, NUMBER_COLUMN, LABEL_COLUMN);
    for (row, ((left, style), right)) in (0..).zip(left.into_iter().zip(right)) {
        merge(sheet, [row, row], [NUMBER_COLUMN, LABEL_COLUMN], &left, style)?;
        merge(sheet, [row, row], [MEASURE_COLUMN, last_column], &right, &styles.plain)?;
        let lines = lines_needed(&left, width_left).max(lines_needed(&right, width_right));
        sheet.set_row_height(row, f64::from(lines) * LINE_HEIGHT)?;
    }
    let columns = [NUMBER_COLUMN, last_column];
    let width = table::width_between(draft, layout, NUMBER_COLUMN, last_column);
    let title = spec.form.title.vi.to_uppercase();
    merge(sheet, [3, 3], columns, &title, &styles.title)?;
    sheet.set_row_height(3, f64::from(lines_needed(&title, width * 0.72)) * 19.0 + 6.0)?;
    merge(sheet, [4, 4], columns, &period(draft), &styles.subtitle)?;
    sheet.set_row_height(4, 17.0)?;
    write_notes(draft, 5, columns, width, sheet)
}

/// The two lines above the table on the other sheets.
pub(super) fn write_other(draft: &Draft<'_>, layout: &SheetLayout<'_>, sheet: &mut Worksheet) -> Result<(), XlsxError> {
    let (spec, styles) = (draft.spec, &draft.styles);
    let columns = [NUMBER_COLUMN, draft.last_column(layout)];
    let line = format!("Biểu số: {} - {} - {}", spec.form.code, spec.unit_name, period(draft));
    merge(sheet, [0, 0], columns, &line, &styles.form_code)?;
    let width = table::width_between(draft, layout, columns[0], columns[1]);
    sheet.set_row_height(0, f64::from(lines_needed(&line, width)) * LINE_HEIGHT)?;
    write_notes(draft, 1, columns, width, sheet)
}

/// The hidden keys, the column heads in two rows, and the marks of the columns as on paper.
pub(super) fn write_columns(
    draft: &Draft<'_>,
    layout: &SheetLayout<'_>,
    sheet: &mut Worksheet,
) -> Result<(), XlsxError> {
    let styles = &draft.styles;
    let (keys, group, heads, marks) = (layout.key_row, layout.key_row + 1, layout.key_row + 2, layout.key_row + 3);
    sheet.write_string_with_format(keys, KEY_COLUMN, COLUMNS_KEY, &styles.hidden)?;
    let fixed = ["TT", "Chỉ tiêu", "Đơn vị tính", "Mã số"];
    for ((column, head), mark) in (NUMBER_COLUMN..=CODE_COLUMN).zip(fixed).zip(["A", "B", "C", "D"]) {
        merge(sheet, [group, heads], [column, column], head, &styles.head)?;
        sheet.write_string_with_format(marks, column, mark, &styles.mark)?;
    }
    for (position, column) in (0..layout.columns.len()).zip(VALUE_COLUMN..) {
        sheet.write_string_with_format(keys, column, column_key(position), &styles.hidden)?;
        sheet.write_string_with_format(heads, column, &layout.columns[position].label.vi, &styles.head)?;
        sheet.write_string_with_format(marks, column, (position + 1).to_string(), &styles.mark)?;
    }
    let width = layout.width();
    let title = format!("Năm học {}", draft.spec.school_year);
    merge(sheet, [group, group], [VALUE_COLUMN, VALUE_COLUMN + width.max(1) - 1], &title, &styles.head)?;
    if draft.has_previous() && width > 0 {
        let first = VALUE_COLUMN + width;
        let title = format!("Để so sánh: năm học {}", draft.spec.school_year.previous());
        merge(sheet, [group, group], [first, first + width - 1], &title, &styles.head_previous)?;
        for (head, column) in layout.columns.iter().zip(first..) {
            sheet.write_string_with_format(heads, column, &head.label.vi, &styles.head_previous)?;
            sheet.write_blank(marks, column, &styles.mark)?;
        }
    }
    let lines = |label: &str| lines_needed(label, table::VALUE_WIDTH - 1.0);
    let tallest = layout.columns.iter().map(|column| lines(&column.label.vi)).max().unwrap_or(1);
    sheet.set_row_height(group, if width == 1 { 2.0 * LINE_HEIGHT } else { LINE_HEIGHT + 3.0 })?;
    sheet.set_row_height(heads, f64::from(tallest) * LINE_HEIGHT + 3.0)?;
    sheet.set_row_height(marks, 13.0)?;
    sheet.set_row_hidden(keys)?;
    Ok(())
}

/// Place and date, who drew the form up, and the head of the unit.
pub(super) fn write_signature(
    draft: &Draft<'_>,
    layout: &SheetLayout<'_>,
    sheet: &mut Worksheet,
) -> Result<(), XlsxError> {
    let styles = &draft.styles;
    let (row, left) = (layout.end_row() + 1, [NUMBER_COLUMN, LABEL_COLUMN]);
    let right = [MEASURE_COLUMN, draft.last_column(layout)];
    merge(sheet, [row, row], right, "…………, ngày …… tháng …… năm ………", &styles.signature_note)?;
    merge(sheet, [row + 1, row + 1], left, "Người lập biểu", &styles.signature)?;
    merge(sheet, [row + 1, row + 1], right, "Thủ trưởng đơn vị", &styles.signature)?;
    merge(sheet, [row + 2, row + 2], left, "(Ký, họ tên)", &styles.signature_note)?;
    merge(sheet, [row + 2, row + 2], right, "(Ký, đóng dấu, họ tên)", &styles.signature_note)?;
    Ok(())
}

/// What the form rests on, with how sure that is.
fn basis(draft: &Draft<'_>) -> String {
    let source = &draft.spec.form.source;
    let doubt = match source.confidence {
        Confidence::Confirmed => "",
        Confidence::SecondHand => " (theo nguồn thứ cấp)",
        Confidence::Default => " (mặc định, cần đơn vị xác nhận)",
    };
    format!("Nguồn biểu mẫu: {}{doubt}", source.text)
}

fn period(draft: &Draft<'_>) -> String {
    let spec = draft.spec;
    let kind = match spec.form.period {
        PeriodKind::StartOfYear => "Kỳ đầu năm học",
        PeriodKind::EndOfYear => "Kỳ cuối năm học",
        PeriodKind::Custom => "Kỳ báo cáo của năm học",
    };
    format!("{kind} {}, số liệu đến ngày {}", spec.school_year, short_date(spec.as_of))
}

/// The notes of the specification in one row (flat where there is none), and how to fill in the next.
fn write_notes(
    draft: &Draft<'_>,
    row: u32,
    columns: [u16; 2],
    width: f64,
    sheet: &mut Worksheet,
) -> Result<(), XlsxError> {
    const GUIDANCE: &str = "Nhập vào ô nền vàng. Ô nền xanh tự cộng. Ô có dấu # không nhập. \
                            Không có thì ghi 0; chưa có số liệu thì để trống.";
    let notes = draft.spec.notes.join(". ");
    merge(sheet, [row, row], columns, &notes, &draft.styles.notes)?;
    let height = if notes.is_empty() { 4.0 } else { f64::from(lines_needed(&notes, width)) * LINE_HEIGHT };
    sheet.set_row_height(row, height)?;
    merge(sheet, [row + 1, row + 1], columns, GUIDANCE, &draft.styles.guidance)?;
    sheet.set_row_height(row + 1, f64::from(lines_needed(GUIDANCE, width * 1.05)) * LINE_HEIGHT)?;
    Ok(())
}

/// How many lines a text takes in a column of so many characters.
pub(super) fn lines_needed(text: &str, width: f64) -> u32 {
    let lines = |part: &str| {
        let length = u32::try_from(part.chars().count()).unwrap_or(u32::MAX);
        (f64::from(length) / width.max(1.0)).ceil().clamp(1.0, 20.0) as u32
    };
    text.lines().map(lines).sum::<u32>().max(1)
}

/// Merges cells, or writes the one cell where there is nothing to merge.
fn merge(
    sheet: &mut Worksheet,
    rows: [u32; 2],
    columns: [u16; 2],
    text: &str,
    format: &Format,
) -> Result<(), XlsxError> {
    if rows[0] == rows[1] && columns[0] >= columns[1] {
        sheet.write_string_with_format(rows[0], columns[0], text, format)?;
    } else {
        sheet.merge_range(rows[0], columns[0], rows[1], columns[1], text, format)?;
    }
    Ok(())
}
