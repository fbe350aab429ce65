//! What was found in a cell, understood as a value of its element.

use domain::figures::catalogue::{DataElement, ValueKind};
use domain::submissions::{EntryFault, Value, printed, read_entry};

use super::grid::Content;
use super::problem::{Problem, ProblemCode};

/// A value, perhaps with a doubt that the clerk must confirm.
pub(super) struct Typed {
    pub(super) value: Option<Value>,
    pub(super) doubt: Option<Problem>,
}

impl Typed {
    fn sure(value: Option<Value>) -> Self {
        Self { value, doubt: None }
    }
}

/// Understands the content of a cell of this element.
///
/// # Errors
/// The problem, without its place.
pub(super) fn typed(content: &Content, element: &DataElement) -> Result<Typed, Problem> {
    let kind = &element.value;
    match content {
        Content::Blank => Ok(Typed::sure(None)),
        Content::Number(number) => {
            let value = from_number(*number, element)?;
            Ok(Typed { value, doubt: doubtful_percent(*number, element) })
        }
        Content::Percent(share) => from_percent(*share, element).map(Typed::sure),
        Content::Text(text) => from_text(text, element).map(Typed::sure),
        Content::Boolean(yes) => match kind {
            ValueKind::YesNo => Ok(Typed::sure(Some(Value::Boolean(*yes)))),
            _ => from_text(if *yes { "Có" } else { "Không" }, element).map(Typed::sure),
        },
        Content::Date(text) => match kind {
            ValueKind::Text { .. } => from_text(text, element).map(Typed::sure),
            _ => Err(Problem::error(
                ProblemCode::NotANumber,
                format!(
                    "Ô đang là ngày tháng ({text}), có thể vì gõ dấu / hoặc dấu -. Đổi định dạng ô thành Số (Number) \
                     rồi nhập lại."
                ),
            )),
        },
        Content::Error(error) => Err(Problem::error(
            ProblemCode::FormulaError,
            format!("Công thức trong ô báo lỗi {error}. Sửa công thức hoặc nhập thẳng số."),
        )),
    }
}

fn from_number(number: f64, element: &DataElement) -> Result<Option<Value>, Problem> {
    let kept = match &element.value {
        // The usual case, without the detour over text.
        ValueKind::Count { max } => {
            let fits = number.fract() == 0.0 && number >= 0.0 && max.is_none_or(|max| number <= max);
            fits.then_some(number)
        }
        ValueKind::Decimal { min, max, decimals } if number.is_finite() => {
            let rounded = rounded(number, *decimals);
            let fits = min.is_none_or(|min| rounded >= min) && max.is_none_or(|max| rounded <= max);
            fits.then_some(rounded)
        }
        _ => None,
    };
    match kept {
        Some(number) => Ok(Some(Value::Number(number))),
        None => from_text(&printed(&Value::Number(number)), element),
    }
}

/// Excel turns a typed `98,5%` into 0.985 shown in per cent.
fn from_percent(share: f64, element: &DataElement) -> Result<Option<Value>, Problem> {
    match element.value {
        ValueKind::Decimal { .. } | ValueKind::Count { .. } if element.measure.0 != "%" => {
            let shown = printed(&Value::Number(rounded(share * 100.0, 6)));
            Err(not_a_rate(&format!("{shown} %"), element))
        }
        _ => from_number(rounded(share * 100.0, 9), element),
    }
}

/// A rate between 0 and 1 may be a share that was meant in per cent.
fn doubtful_percent(number: f64, element: &DataElement) -> Option<Problem> {
    let doubtful = element.measure.0 == "%" && number > 0.0 && number < 1.0;
    doubtful.then(|| {
        let (as_is, as_share) = (printed(&Value::Number(number)), printed(&Value::Number(rounded(number * 100.0, 6))));
        let message = format!("Ô tính bằng % đang ghi {as_is}. Nếu ý là {as_share} % thì nhập {as_share}.");
        Problem::warning(ProblemCode::AmbiguousNumber, message)
    })
}

fn from_text(text: &str, element: &DataElement) -> Result<Option<Value>, Problem> {
    let counts = matches!(element.value, ValueKind::Count { .. } | ValueKind::Decimal { .. });
    if counts && element.measure.0 != "%" && text.trim_end().ends_with(['%', '\u{FF05}']) {
        return Err(not_a_rate(text.trim(), element));
    }
    match (read_entry(&element.value, text).map_err(problem)?, &element.value) {
        (Some(Value::Number(number)), ValueKind::Decimal { decimals, .. }) => {
            Ok(Some(Value::Number(rounded(number, *decimals))))
        }
        (value, _) => Ok(value),
    }
}

fn not_a_rate(shown: &str, element: &DataElement) -> Problem {
    let message = format!("«{shown}» là tỉ lệ, ô này tính bằng {}. Nhập số, không kèm dấu %.", element.measure.0);
    Problem::error(ProblemCode::NotANumber, message)
}

fn problem(fault: EntryFault) -> Problem {
    // Entry faults and workbook problems share their stable words.
    Problem { code: fault.code.to_owned(), ..Problem::error(ProblemCode::NotANumber, fault.message) }
}

fn rounded(number: f64, decimals: u8) -> f64 {
    let scale = 10_f64.powi(i32::from(decimals.min(12)));
    let scaled = number * scale;
    if scaled.is_finite() { scaled.round() / scale } else { number }
}
