//! Filling in a template. It sees the content handed to it and a handful of filters; no file, no other template, no
//! function, no clock. How much it may do is bounded: instructions, depth, length of what it writes.

use std::{collections::BTreeMap, io};

use domain::{
    Reason, Refusal,
    reports::{
        markup::{self, Sheet},
        paper::{FieldType, FieldValue, GAP, Wording},
    },
    vietnamese,
};
use jiff::civil::{Date, Weekday};
use minijinja::{Environment, Error, ErrorKind, UndefinedBehavior, Value, context, syntax::SyntaxConfig};

use crate::platform::web::Serde;

/// Instructions that one filling may take: enough for some tens of thousands of rows.
const FUEL: u64 = 3_000_000;

/// Depth of loops in loops and macros in macros.
const DEPTH_MAX: usize = 40;

/// Most bytes that one filling may write: about 600 pages.
const OUTPUT_BYTES_MAX: usize = 4 << 20;

/// What a template is filled in with.
#[derive(Clone, Debug)]
pub(super) struct Facts {
    /// The fields as read.
    pub(super) values: BTreeMap<String, FieldValue>,
    /// The office and the year, by name.
    pub(super) surroundings: Value,
}

/// The sheets that a wording says: one, or one for each row that it merges.
///
/// # Errors
/// Refused with the line of the template, or with the lines of what it wrote that cannot be read.
pub(super) fn fill(wording: &Wording, facts: &Facts) -> Result<Vec<Sheet>, Refusal> {
    let environment = environment(&wording.body).map_err(|error| template_fault(&wording.body, &error))?;
    let rows: Vec<Option<Value>> = match wording.merge.as_ref().and_then(|field| facts.values.get(field)) {
        Some(FieldValue::Rows(rows)) => rows.iter().map(|row| Some(Value::from(Serde(row)))).collect(),
        Some(FieldValue::Gap(kind, columns)) => vec![gap(*kind, columns).get_item_by_index(0).ok()],
        _ => vec![None],
    };
    let values = Value::from_pairs(facts.values.iter().map(|(name, value)| (name.clone(), shown(value))));
    rows.into_iter()
        .map(|row| {
            let guest = row.map_or_else(|| context! {}, |row| context! { guest => row });
            let content = context! { ..guest, ..values.clone(), ..facts.surroundings.clone() };
            let text = written(&environment, content).map_err(|error| template_fault(&wording.body, &error))?;
            markup::parse(&text).map_err(|faults| markup_faults(&text, &faults))
        })
        .collect()
}

/// Whether a template can be read at all.
///
/// # Errors
/// Refused with the line.
pub(super) fn check(body: &str) -> Result<(), Refusal> {
    environment(body).map(drop).map_err(|error| template_fault(body, &error))
}

const NAME: &str = "paper";

fn environment(body: &str) -> Result<Environment<'_>, Error> {
    let mut environment = Environment::empty();
    environment.set_undefined_behavior(UndefinedBehavior::Strict);
    environment.set_syntax(SyntaxConfig::builder().trim_blocks(true).lstrip_blocks(true).build()?);
    environment.set_fuel(Some(FUEL));
    environment.set_recursion_limit(DEPTH_MAX);
    environment.set_formatter(|out, state, value| match value.as_str() {
        Some(words) => out.write_str(&markup::escaped(words)).map_err(Error::from),
        None => minijinja::escape_formatter(out, state, value),
    });
    environment.add_filter("length", |value: &Value| value.len().unwrap_or(0));
    environment.add_filter("upper", |words: &str| words.to_uppercase());
    environment.add_filter("lower", |words: &str| words.to_lowercase());
    environment.add_filter("lower_first", vietnamese::lower_first);
    environment.add_filter("join", join);
    environment.add_filter("number", |number: f64, decimals: Option<u8>| {
        vietnamese::format_number(number, decimals.unwrap_or(0))
    });
    environment.add_filter("roman", vietnamese::roman);
    environment.add_template_owned(NAME, body.to_owned())?;
    Ok(environment)
}

fn join(list: &Value, between: Option<&str>) -> Result<String, Error> {
    let parts: Vec<String> = list.try_iter()?.map(|part| part.to_string()).collect();
    Ok(parts.join(between.unwrap_or(", ")))
}

fn written(environment: &Environment<'_>, content: Value) -> Result<String, Error> {
    let mut output = Bounded(Vec::new());
    environment.get_template(NAME)?.render_captured_to(content, &mut output)?;
    String::from_utf8(output.0).map_err(|_| Error::new(ErrorKind::WriteFailure, "not UTF-8"))
}

/// Takes so many bytes and no more.
struct Bounded(Vec<u8>);

impl io::Write for Bounded {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if self.0.len() + bytes.len() > OUTPUT_BYTES_MAX {
            return Err(io::Error::new(io::ErrorKind::FileTooLarge, "too long"));
        }
        self.0.extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// A fact as a template sees it; what was not typed is empty.
fn shown(value: &FieldValue) -> Value {
    match value {
        FieldValue::Text(words) => Value::from(words.as_str()),
        FieldValue::Date(date) => date.map_or(Value::from(()), date_value),
        FieldValue::Time(time) => time.map_or(Value::from(()), |(hour, minute)| {
            context! {
                long => format!("{hour} giờ {minute:02}"),
                short => format!("{hour:02}h{minute:02}"),
            }
        }),
        FieldValue::Number(number) => number.map_or(Value::from(()), Value::from),
        FieldValue::Lines(lines) => Value::from_iter(lines.iter().map(String::as_str)),
        FieldValue::Rows(rows) => Value::from(Serde(rows)),
        FieldValue::Gap(kind, columns) => gap(*kind, columns),
    }
}

/// The place of something unknown, dotted as on a printed form.
fn gap(kind: FieldType, columns: &[String]) -> Value {
    match kind {
        FieldType::Text | FieldType::Number => Value::from(GAP),
        FieldType::Date => context! {
            Long => format!("Ngày {GAP} tháng {GAP} năm {GAP}"),
            long => format!("ngày {GAP} tháng {GAP} năm {GAP}"),
            short => GAP,
            weekday => format!("thứ {GAP}"),
        },
        FieldType::Time => context! { long => format!("{GAP} giờ {GAP}"), short => GAP },
        FieldType::Lines => Value::from_iter([GAP]),
        FieldType::Table => {
            let row: BTreeMap<&str, &str> = columns.iter().map(|column| (column.as_str(), GAP)).collect();
            Value::from_iter([Value::from(Serde(row))])
        }
    }
}

/// `long`: ngày 28 tháng 8 năm 2026 · `Long`: Ngày … · `short`: 28/08/2026 · `weekday`: Thứ Sáu.
fn date_value(date: Date) -> Value {
    let weekday = match date.weekday() {
        Weekday::Monday => "thứ Hai",
        Weekday::Tuesday => "thứ Ba",
        Weekday::Wednesday => "thứ Tư",
        Weekday::Thursday => "thứ Năm",
        Weekday::Friday => "thứ Sáu",
        Weekday::Saturday => "thứ Bảy",
        Weekday::Sunday => "Chủ nhật",
    };
    let long = vietnamese::long_date(date);
    context! {
        Long => format!("N{}", &long[1..]),
        long,
        short => vietnamese::short_date(date),
        weekday,
    }
}

fn template_fault(body: &str, error: &Error) -> Refusal {
    let detail = error.detail().unwrap_or_default();
    let plain = |words: &str| words.to_owned();
    let (code, said) = match error.kind() {
        ErrorKind::OutOfFuel => ("template_endless", plain("mẫu chạy quá lâu; hãy bỏ vòng lặp thừa.")),
        ErrorKind::WriteFailure => {
            ("template_output", format!("văn bản viết ra dài quá {} MB.", OUTPUT_BYTES_MAX >> 20))
        }
        ErrorKind::UndefinedError => ("template_name", plain("mẫu dùng một tên không có trong dữ liệu.")),
        ErrorKind::SyntaxError => ("template_syntax", format!("cú pháp của mẫu sai{}.", in_vietnamese(detail))),
        ErrorKind::UnknownFilter => ("template_filter", format!("không có bộ lọc này{}.", named(detail))),
        ErrorKind::UnknownFunction | ErrorKind::UnknownMethod => {
            ("template_calls", format!("mẫu không được gọi hàm này{}.", named(detail)))
        }
        ErrorKind::TemplateNotFound | ErrorKind::BadInclude => {
            ("template_other_file", plain("mẫu không được gọi tệp khác."))
        }
        _ if detail.contains("recursion limit") => {
            ("template_nested", plain("mẫu gọi lồng nhau quá sâu; hãy bỏ lời gọi chính nó."))
        }
        _ => ("bad_template", plain("không điền được mẫu; hãy kiểm tra phép tính và bộ lọc ở dòng này.")),
    };
    let line = error.line().map_or_else(String::new, |line| {
        // What ends too early ends on the last line that says something.
        let words = body.lines().take(line).filter(|words| !words.trim().is_empty()).last();
        format!("Dòng {line} của mẫu, «{}»: ", shortened(words.unwrap_or_default()))
    });
    Reason::new(code, format!("{line}{said}")).at("body").into()
}

/// So much of a line that it is found again.
fn shortened(line: &str) -> String {
    line.trim().chars().take(80).collect()
}

/// The name in `filter upper2 is unknown`.
fn named(detail: &str) -> String {
    let before = detail.split(" is unknown").next().unwrap_or_default();
    let name = before.rsplit(' ').next().unwrap_or_default();
    if name.is_empty() || name.len() == detail.len() { String::new() } else { format!(": {name}") }
}

/// What the engine says of a fault of syntax, where its words are known; nothing rather than half a sentence.
fn in_vietnamese(detail: &str) -> String {
    const WORDS: [(&str, &str); 12] = [
        ("unexpected end of input", "mẫu hết giữa chừng"),
        ("unexpected end of raw block", "khối raw chưa đóng"),
        ("unexpected end of comment", "chú thích chưa đóng"),
        ("template exceeds maximum recursion limits", "ngoặc lồng nhau quá sâu"),
        ("end of variable block", "dấu }}"),
        ("end of block", "dấu %}"),
        ("unexpected ", "không ngờ gặp "),
        (", expected ", ", cần "),
        ("unknown statement ", "không có lệnh "),
        ("identifier", "tên"),
        ("integer", "số"),
        ("string", "chuỗi chữ"),
    ];
    let told = WORDS.iter().fold(detail.to_owned(), |text, (english, words)| text.replace(english, words));
    let is_known = told != detail
        && !["is", "the", "of", "not", "must", "end"].iter().any(|word| told.split(' ').any(|one| one == *word));
    if is_known { format!(": {told}") } else { String::new() }
}

fn markup_faults(text: &str, faults: &[markup::MarkupFault]) -> Refusal {
    let reasons = faults.iter().map(|fault| {
        let line = shortened(text.lines().nth(fault.line - 1).unwrap_or_default());
        Reason::new("bad_markup", format!("Dòng «{line}»: {}.", fault.message)).at("body")
    });
    Refusal { reasons: reasons.collect() }
}
