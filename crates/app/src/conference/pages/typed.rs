//! What people type into the forms of this room, as facts; every fault at once.

use domain::{
    Level, Reason, Refusal,
    vietnamese::{normalise, parse_date},
};
use jiff::civil::{Date, Time};
use serde::de::DeserializeOwned;
use serde_json::{Map, Value};

/// Fields that are numbers: of an entry, a request, a poll, an option.
const NUMBERS: [&str; 10] =
    ["item", "id", "paper", "request", "poll", "award", "recipient", "target", "directive", "choice"];

/// Fields that a form may send several times.
const MANY: [&str; 2] = ["count", "choice"];

/// A form's fields as they were sent.
pub(super) type Fields = Vec<(String, String)>;

/// What a form asks for. Its verb decides which fields it has, so they are given their kinds before they are read.
///
/// # Errors
/// `form` where a number is none, a field is missing or the verb is not known.
pub(super) fn asked<T: DeserializeOwned>(fields: Fields) -> Result<T, Refusal> {
    let unreadable = || Refusal::one("form", "Không đọc được mẫu đã gửi; hãy tải lại trang rồi gửi lại.");
    let mut asked = Map::new();
    for (name, text) in fields {
        let is_number = NUMBERS.contains(&name.as_str());
        let value = match (is_number, text.trim()) {
            (true, "") => continue,
            (true, number) => Value::from(number.parse::<u32>().map_err(|_| unreadable())?),
            (false, _) => Value::String(text),
        };
        if MANY.contains(&name.as_str()) {
            let all = asked.entry(name).or_insert_with(|| Value::Array(Vec::new()));
            all.as_array_mut().into_iter().for_each(|all| all.push(value.clone()));
        } else {
            asked.insert(name, value);
        }
    }
    serde_json::from_value(Value::Object(asked)).map_err(|_| unreadable())
}

/// Reads fields and keeps what is wrong with them.
#[derive(Debug, Default)]
pub(super) struct Typed {
    reasons: Vec<Reason>,
}

impl Typed {
    /// A line of words.
    pub(super) fn words(text: &str) -> String {
        normalise(text)
    }

    /// Lines of words without blank ones.
    pub(super) fn lines(text: &str) -> Vec<String> {
        text.lines().map(normalise).filter(|line| !line.is_empty()).collect()
    }

    /// A day; none where nothing was typed.
    pub(super) fn day(&mut self, field: &str, text: &str) -> Option<Date> {
        self.read(field, text, parse_date, "ngày", "28/8/2026")
    }

    /// A time of day; none where nothing was typed.
    pub(super) fn time(&mut self, field: &str, text: &str) -> Option<Time> {
        let parse = |text: &str| {
            let text = text.to_lowercase().replace(['h', 'g'], ":");
            let (hour, minute) = text.split_once(':').unwrap_or((&text, "0"));
            let minute = minute.split(':').next().unwrap_or_default();
            let minute = if minute.trim().is_empty() { 0 } else { minute.trim().parse().ok()? };
            Time::new(hour.trim().parse().ok()?, minute, 0, 0).ok()
        };
        self.read(field, text, parse, "giờ trong ngày", "7:30")
    }

    /// A whole number; none where nothing was typed.
    pub(super) fn number<T: std::str::FromStr>(&mut self, field: &str, text: &str) -> Option<T> {
        self.read(field, text, |text| text.parse().ok(), "số nguyên", "40")
    }

    /// A level; none where none is chosen.
    pub(super) fn level(&mut self, field: &str, text: &str) -> Option<Level> {
        self.read(field, text, Level::parse, "cấp học", "THCS")
    }

    /// Anything that is chosen from a list; none where nothing is.
    pub(super) fn chosen<T>(&mut self, field: &str, text: &str, parse: impl Fn(&str) -> Option<T>) -> Option<T> {
        self.read(field, text, parse, "mục trong danh sách", "một mục có sẵn")
    }

    /// What a rule of the domain made of a field; its reasons are kept with the others.
    pub(super) fn taken<T: Default>(&mut self, made: Result<T, Refusal>) -> T {
        made.unwrap_or_else(|refusal| {
            self.reasons.extend(refusal.reasons);
            T::default()
        })
    }

    fn read<T>(
        &mut self,
        field: &str,
        text: &str,
        parse: impl Fn(&str) -> Option<T>,
        what: &str,
        example: &str,
    ) -> Option<T> {
        let text = text.trim();
        if text.is_empty() {
            return None;
        }
        let value = parse(text);
        if value.is_none() {
            let message = format!("«{text}» không phải {what}; hãy ghi như {example}.");
            self.reasons.push(Reason::new("bad_input", message).at(field));
        }
        value
    }

    /// Done reading.
    ///
    /// # Errors
    /// Every field that could not be read.
    pub(super) fn done(self) -> Result<(), Refusal> {
        Refusal::unless_empty(self.reasons)
    }
}
