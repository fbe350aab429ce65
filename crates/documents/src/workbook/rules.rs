//! What a cell lets the clerk type: drop-downs and limits, with messages in Vietnamese.

use domain::figures::catalogue::ValueKind;
use rust_xlsxwriter::{DataValidation, DataValidationRule, Formula, Worksheet, XlsxError};

use super::address::{a1, column_letters};
use super::identity;
use super::layout::Place;
use super::write::Draft;

/// First column of the identity sheet that holds choices too long for a drop-down's own text.
pub(super) const FIRST_CHOICE_COLUMN: u16 = 5;

/// Excel keeps at most 255 characters of choices in the cell's rule itself.
const CHOICES_LENGTH_MAX: usize = 255;

/// Adds one rule per kind of value for all the sheet's cells of that kind.
pub(super) fn write(draft: &Draft<'_>, position: usize, sheet: &mut Worksheet) -> Result<(), XlsxError> {
    let mut kinds: Vec<(&ValueKind, Vec<Place>)> = Vec::new();
    for (_, cell) in draft.cells.iter().enumerate().filter(|(at, _)| !draft.parts.contains_key(at)) {
        let place = draft.layout.place(&cell.item).filter(|place| place.sheet == position);
        let element = draft.elements.get(cell.item.element.as_str());
        let (Some(place), Some(element)) = (place, element) else { continue };
        match kinds.iter_mut().find(|(kind, _)| **kind == element.value) {
            Some((_, places)) => places.push(place),
            None => kinds.push((&element.value, vec![place])),
        }
    }
    for (kind, places) in kinds {
        let (Some(rule), Some(first)) = (rule(draft, kind)?, places.first()) else { continue };
        let rule = rule.set_multi_range(ranges(&places));
        sheet.add_data_validation(first.row, first.column, first.row, first.column, &rule)?;
    }
    Ok(())
}

/// The choices that stand on the identity sheet because they are too long for the rule itself, in pack order.
pub(super) fn long_choices<'a>(draft: &Draft<'a>) -> Vec<&'a [String]> {
    let mut found: Vec<&[String]> = Vec::new();
    for cell in &draft.cells {
        if let Some(ValueKind::Choice { choices }) = draft.elements.get(cell.item.element.as_str()).map(|e| &e.value)
            && joined_length(choices) > CHOICES_LENGTH_MAX
            && !found.contains(&choices.as_slice())
        {
            found.push(choices);
        }
    }
    found
}

fn joined_length(choices: &[String]) -> usize {
    // A comma inside a choice would split it, so such a list is treated as too long.
    if choices.iter().any(|choice| choice.contains(',')) {
        return usize::MAX;
    }
    choices.iter().map(|choice| choice.chars().count() + 1).sum()
}

fn rule(draft: &Draft<'_>, kind: &ValueKind) -> Result<Option<DataValidation>, XlsxError> {
    let rule = DataValidation::new();
    let (rule, input) = match kind {
        ValueKind::Count { max } => count_rule(rule, *max),
        ValueKind::Decimal { min, max, .. } => decimal_rule(rule, *min, *max),
        ValueKind::YesNo => (rule.allow_list_strings(&["Có", "Không"])?, "Chọn Có hoặc Không.".to_owned()),
        ValueKind::Choice { choices } if joined_length(choices) <= CHOICES_LENGTH_MAX => {
            (rule.allow_list_strings(choices)?, "Chọn một mục trong danh sách.".to_owned())
        }
        ValueKind::Choice { choices } => {
            let Some(at) = long_choices(draft).iter().position(|list| *list == choices.as_slice()) else {
                return Ok(None);
            };
            let letters = column_letters(u32::from(FIRST_CHOICE_COLUMN) + u32::try_from(at).unwrap_or(0));
            let list = format!("={}!${letters}$1:${letters}${}", identity::SHEET, choices.len());
            (rule.allow_list_formula(Formula::new(list)), "Chọn một mục trong danh sách.".to_owned())
        }
        ValueKind::Text { length_max } => (
            rule.allow_text_length(DataValidationRule::LessThanOrEqualTo(u32::from(*length_max))),
            format!("Nhập văn bản, tối đa {length_max} ký tự."),
        ),
    };
    let message = format!("{input} Bấm Hủy (Cancel) rồi nhập lại.");
    Ok(Some(rule.set_input_message(&input)?.set_error_title("Giá trị không hợp lệ")?.set_error_message(message)?))
}

fn count_rule(rule: DataValidation, max: Option<f64>) -> (DataValidation, String) {
    const ABSENT: &str = "Không có thì ghi 0; chưa có số liệu thì để trống.";
    match max {
        // The writer takes limits of 32 bits; a larger one is checked when the workbook comes back.
        Some(max) if max <= f64::from(i32::MAX) => (
            rule.allow_whole_number(DataValidationRule::Between(0, max as i32)),
            format!("Nhập số nguyên từ 0 đến {}. {ABSENT}", max as i32),
        ),
        _ => (
            rule.allow_whole_number(DataValidationRule::GreaterThanOrEqualTo(0)),
            format!("Nhập số nguyên từ 0 trở lên. {ABSENT}"),
        ),
    }
}

fn decimal_rule(rule: DataValidation, min: Option<f64>, max: Option<f64>) -> (DataValidation, String) {
    let print = |number: f64| number.to_string().replace('.', ",");
    match (min, max) {
        (Some(min), Some(max)) => (
            rule.allow_decimal_number(DataValidationRule::Between(min, max)),
            format!("Nhập số từ {} đến {}.", print(min), print(max)),
        ),
        (Some(min), None) => (
            rule.allow_decimal_number(DataValidationRule::GreaterThanOrEqualTo(min)),
            format!("Nhập số từ {} trở lên.", print(min)),
        ),
        (None, Some(max)) => (
            rule.allow_decimal_number(DataValidationRule::LessThanOrEqualTo(max)),
            format!("Nhập số không quá {}.", print(max)),
        ),
        (None, None) => (
            rule.allow_decimal_number(DataValidationRule::Between(-1e15, 1e15)),
            "Nhập số; dùng dấu phẩy cho phần thập phân.".to_owned(),
        ),
    }
}

/// The places as ranges joined by blanks, neighbours below each other taken together.
fn ranges(places: &[Place]) -> String {
    let mut sorted: Vec<(u16, u32)> = places.iter().map(|place| (place.column, place.row)).collect();
    sorted.sort_unstable();
    let mut ranges: Vec<(u16, u32, u32)> = Vec::new();
    for (column, row) in sorted {
        match ranges.last_mut() {
            Some((same, _, last)) if (*same, *last + 1) == (column, row) => *last = row,
            _ => ranges.push((column, row, row)),
        }
    }
    let text = |(column, first, last): (u16, u32, u32)| {
        let column = u32::from(column);
        if first == last { a1(first, column) } else { format!("{}:{}", a1(first, column), a1(last, column)) }
    };
    ranges.into_iter().map(text).collect::<Vec<_>>().join(" ")
}
