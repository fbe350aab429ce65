//! Reads the fields of one entry, notes what is wrong with them and falls back to what stands once for its group or file.
//!
//! A field that is missing or of the wrong type is noted and a placeholder is returned, so that one load finds every
//! fault; a catalogue with placeholders never leaves the loader.

use serde::de::DeserializeOwned;
use serde::de::value::{Error, StrDeserializer};

use super::document::{Field, Table, Value};
use super::faults::{Faults, Place};
use crate::{Confidence, Label, Source};

/// A table, its name where it is an entry of a larger table, and the group or file around it.
#[derive(Clone, Copy)]
pub(crate) struct Entry<'a> {
    pub(crate) name: &'a str,
    pub(crate) place: Place,
    table: &'a Table,
    around: Option<&'a Entry<'a>>,
}

/// The fields that an entry, its group or its file may give.
pub(crate) const SOURCE_FIELDS: [&str; 2] = ["source", "confidence"];

impl<'a> Entry<'a> {
    pub(crate) fn of_file(table: &'a Table) -> Self {
        Self { name: "", place: table.place, table, around: None }
    }

    /// Notes every field that is none of these.
    pub(crate) fn allow(&self, known: &[&[&str]], faults: &mut Faults) {
        for field in &self.table.fields {
            if !known.iter().any(|names| names.contains(&field.name.as_str())) {
                let expected = known.concat().join(", ");
                let message = format!("không có trường «{}» ở đây; các trường dùng được: {expected}", field.name);
                faults.add(field.place, "unknown_field", message);
            }
        }
    }

    /// The field of this entry itself.
    fn own(&self, name: &str) -> Option<&'a Field> {
        self.table.fields.iter().find(|field| field.name == name)
    }

    /// The field of this entry, else that of its group, else that of its file.
    fn nearest(&self, name: &str) -> Option<&'a Field> {
        self.own(name).or_else(|| self.around.and_then(|around| around.nearest(name)))
    }

    pub(crate) fn has(&self, name: &str) -> bool {
        self.own(name).is_some()
    }

    /// The place of a field, at the group or file where it stands there; that of the entry where there is none.
    pub(crate) fn place_of(&self, name: &str) -> Place {
        self.nearest(name).map_or(self.place, |field| field.place)
    }

    pub(crate) fn text(&self, name: &str, faults: &mut Faults) -> Option<String> {
        let field = self.nearest(name)?;
        match &field.value {
            Value::Text(text) if !text.trim().is_empty() => Some(text.trim().to_owned()),
            _ => wrong_type(field, "một đoạn chữ trong dấu nháy", faults),
        }
    }

    /// A text of this entry alone: what its group or file says under the same name means something else.
    pub(crate) fn own_text(&self, name: &str, faults: &mut Faults) -> Option<String> {
        if self.has(name) { self.text(name, faults) } else { None }
    }

    /// A text that must be there.
    pub(crate) fn required_text(&self, name: &str, faults: &mut Faults) -> String {
        if self.nearest(name).is_none() {
            faults.add(self.place, "missing_field", format!("thiếu trường «{name}»"));
        }
        self.text(name, faults).unwrap_or_default()
    }

    pub(crate) fn number(&self, name: &str, faults: &mut Faults) -> Option<f64> {
        let field = self.nearest(name)?;
        match field.value {
            Value::Number(number) if number.is_finite() => Some(number),
            _ => wrong_type(field, "một số", faults),
        }
    }

    /// A whole number from 0 to 65535.
    pub(crate) fn count(&self, name: &str, faults: &mut Faults) -> Option<u16> {
        let number = self.number(name, faults)?;
        if number.fract() == 0.0 && (0.0..=65535.0).contains(&number) {
            return Some(number as u16);
        }
        let field = self.nearest(name)?;
        wrong_type(field, "một số nguyên không âm", faults)
    }

    pub(crate) fn truth(&self, name: &str, faults: &mut Faults) -> bool {
        let Some(field) = self.nearest(name) else { return false };
        match field.value {
            Value::Truth(truth) => truth,
            _ => wrong_type(field, "true hoặc false", faults).unwrap_or_default(),
        }
    }

    /// A list of texts, each with its place; empty where the field is missing.
    pub(crate) fn texts(&self, name: &str, faults: &mut Faults) -> Vec<(Place, String)> {
        let Some(field) = self.nearest(name) else { return Vec::new() };
        let Value::List(items) = &field.value else {
            return wrong_type(field, "một danh sách chữ trong ngoặc vuông", faults).unwrap_or_default();
        };
        let mut texts = Vec::with_capacity(items.len());
        for (place, item) in items {
            match item {
                Value::Text(text) => texts.push((*place, text.clone())),
                _ => faults.add(*place, "wrong_type", format!("«{name}» phải là danh sách chữ trong dấu nháy")),
            }
        }
        texts
    }

    /// One of the words of an enumeration of the catalogue.
    pub(crate) fn word<T: DeserializeOwned>(&self, name: &str, faults: &mut Faults) -> Option<T> {
        let text = self.text(name, faults)?;
        match T::deserialize(StrDeserializer::<Error>::new(&text)) {
            Ok(value) => Some(value),
            Err(error) => {
                faults.add(self.place_of(name), "bad_value", format!("«{name}» không nhận giá trị «{text}» ({error})"));
                None
            }
        }
    }

    /// A word that must be there; `otherwise` stands in where it is missing.
    pub(crate) fn required_word<T: DeserializeOwned>(&self, name: &str, otherwise: T, faults: &mut Faults) -> T {
        if self.nearest(name).is_none() {
            faults.add(self.place, "missing_field", format!("thiếu trường «{name}»"));
        }
        self.word(name, faults).unwrap_or(otherwise)
    }

    /// The entry's own name in both languages.
    pub(crate) fn label(&self, faults: &mut Faults) -> Label {
        for (name, language) in [("vi", "tiếng Việt"), ("en", "tiếng Anh")] {
            if self.own(name).is_none() {
                faults.add(self.place, "missing_label", format!("thiếu tên {language} (trường «{name}»)"));
            }
        }
        let mut own = |name| self.own(name).and_then(|_| self.text(name, faults)).unwrap_or_default();
        Label { vi: own("vi"), en: own("en") }
    }

    /// The entry's own name, or this one where it gives none.
    pub(crate) fn label_or(&self, otherwise: &Label, faults: &mut Faults) -> Label {
        let mut own = |name| self.own(name).and_then(|_| self.text(name, faults));
        Label {
            vi: own("vi").unwrap_or_else(|| otherwise.vi.clone()),
            en: own("en").unwrap_or_else(|| otherwise.en.clone()),
        }
    }

    /// Where the entry comes from: its own word, else its group's, else its file's.
    pub(crate) fn source(&self, faults: &mut Faults) -> Source {
        for name in SOURCE_FIELDS {
            if self.nearest(name).is_none() {
                let message = format!("thiếu trường «{name}»: ghi tại mục này, tại nhóm hoặc một lần ở đầu tệp");
                faults.add(self.place, "missing_source", message);
            }
        }
        let text = self.text("source", faults).unwrap_or_default();
        Source { text, confidence: self.word("confidence", faults).unwrap_or(Confidence::Default) }
    }

    /// The entries of a field that is a list of tables or a table of named tables, in order.
    pub(crate) fn entries<'b>(&'b self, name: &str, faults: &mut Faults) -> Vec<Entry<'b>> {
        let Some(field) = self.own(name) else { return Vec::new() };
        let mut entries = Vec::new();
        match &field.value {
            Value::Table(table) => {
                for inner in &table.fields {
                    match &inner.value {
                        Value::Table(table) => {
                            entries.push(Entry { name: &inner.name, place: inner.place, table, around: Some(self) });
                        }
                        _ => wrong_type(inner, "một bảng { … }", faults).unwrap_or_default(),
                    }
                }
            }
            Value::List(items) => {
                for (place, item) in items {
                    match item {
                        Value::Table(table) => {
                            entries.push(Entry { name: "", place: *place, table, around: Some(self) });
                        }
                        _ => faults.add(*place, "wrong_type", format!("«{name}» phải là danh sách bảng {{ … }}")),
                    }
                }
            }
            _ => wrong_type(field, "một bảng hoặc danh sách bảng", faults).unwrap_or_default(),
        }
        entries
    }
}

fn wrong_type<T>(field: &Field, expected: &str, faults: &mut Faults) -> Option<T> {
    faults.add(field.place, "wrong_type", format!("«{}» phải là {expected}", field.name));
    None
}
