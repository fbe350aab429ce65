//! What is wrong with a set, in the words of its form: where the data format names a value, people read the name of its
//! field.

use domain::evaluation::criteria::{Finding, Spot, draft::SetDraft};
use serde::Serialize;

use super::{part_kind, spots, widgets};
use crate::platform::{Language, web::wording};

/// A fault with the part to open.
#[derive(Debug, Serialize)]
pub(super) struct Told {
    #[serde(skip)]
    pub(super) at: Spot,
    spot: String,
    /// The part, where the message names a field of it and not the part itself.
    part: String,
    pub(super) message: String,
}

impl Told {
    /// A fault that is shown at a part.
    pub(super) fn of(fault: &Finding, at: Spot, draft: &SetDraft) -> Self {
        let rule = draft.part(at).map_or("steps", widgets::rule_of);
        let mut names = widgets::names(draft, at, rule);
        names.retain(|name| fault.message.contains(&quoted(name)));
        let message = match names.first() {
            _ if fault.code == "missing_rule" => missing(at, "rule"),
            Some(name) if fault.code.starts_with("missing_") => missing(at, name),
            _ => names.iter().fold(fault.message.clone(), |message, name| {
                let field = quoted(&label(at, name));
                message
                    .replace(&format!("trường {}", quoted(name)), &format!("ô {field}"))
                    .replace(&quoted(name), &field)
            }),
        };
        let part = if names.is_empty() { String::new() } else { title(draft, at) };
        Self { at, spot: spots::word(at), part, message }
    }
}

fn missing(at: Spot, name: &str) -> String {
    format!("chưa điền ô {}", quoted(&label(at, name)))
}

fn label(at: Spot, name: &str) -> String {
    wording::text(Language::Vietnamese, &widgets::key(at, name))
}

fn quoted(name: &str) -> String {
    format!("«{name}»")
}

/// `Tiêu chí «Đọc sách»`; a part without a name by its code.
fn title(draft: &SetDraft, at: Spot) -> String {
    let kind = wording::text(Language::Vietnamese, &format!("design-part-{}", part_kind(at)));
    let name = draft.part(at).map(|part| part.value(if part.value("vi").is_empty() { "code" } else { "vi" }));
    match name.filter(|_| at != Spot::Set) {
        Some(name) => format!("{kind} {}", quoted(name)),
        None => kind,
    }
}
