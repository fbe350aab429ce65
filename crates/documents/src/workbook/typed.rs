//! What was found in a cell, understood as a value of its element.

use domain::figures::catalogue::{DataElement, ValueKind};
use domain::figures::formula::round;
use domain::submissions::{EntryFault, Value, printed, read_entry, read_number};

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
        Content::Blank | Content::Uncomputed => Ok(Typed::sure(None)),
        Content::Number(number) => {
            let value = Some(read_number(kind, *number).map_err(problem)?);
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

/// Excel turns a typed `98,5%` into 0.985 shown in per cent.
fn from_percent(share: f64, element: &DataElement) -> Result<Option<Value>, Problem> {
    match element.value {
        ValueKind::Decimal { .. } | ValueKind::Count { .. } if element.measure.0 != "%" => {
            let shown = printed(&Value::Number(round(share * 100.0, 6)));
            Err(not_a_rate(&format!("{shown} %"), element))
        }
        _ => read_number(&element.value, round(share * 100.0, 9)).map(Some).map_err(problem),
    }
}

/// A rate between 0 and 1 may be a share that was meant in per cent.
fn doubtful_percent(number: f64, element: &DataElement) -> Option<Problem> {
    let doubtful = element.measure.0 == "%" && number > 0.0 && number < 1.0;
    doubtful.then(|| {
        let (as_is, as_share) = (printed(&Value::Number(number)), printed(&Value::Number(round(number * 100.0, 6))));
        let message = format!("Ô tính bằng % đang ghi {as_is}. Nếu ý là {as_share} % thì nhập {as_share}.");
        Problem::warning(ProblemCode::AmbiguousNumber, message)
    })
}

fn from_text(text: &str, element: &DataElement) -> Result<Option<Value>, Problem> {
    let counts = matches!(element.value, ValueKind::Count { .. } | ValueKind::Decimal { .. });
    if counts && element.measure.0 != "%" && text.trim_end().ends_with(['%', '\u{FF05}']) {
        return Err(not_a_rate(text.trim(), element));
    }
    read_entry(&element.value, text).map_err(problem)
}

fn not_a_rate(shown: &str, element: &DataElement) -> Problem {
    let message = format!("«{shown}» là tỉ lệ, ô này tính bằng {}. Nhập số, không kèm dấu %.", element.measure.0);
    Problem::error(ProblemCode::NotANumber, message)
}

fn problem(fault: EntryFault) -> Problem {
    // Entry faults and workbook problems share their stable words.
    Problem { code: fault.code.to_owned(), ..Problem::error(ProblemCode::NotANumber, fault.message) }
}
