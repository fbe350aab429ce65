//! The page templates, embedded in the binary, once per language so that words need no context.

use std::sync::LazyLock;

use domain::vietnamese;
use fluent_bundle::{FluentArgs, FluentValue};
use include_dir::{Dir, include_dir};
use jiff::{Timestamp, civil::Date, tz::TimeZone};
use minijinja::{
    AutoEscape, Environment, Error, ErrorKind, Output, State, UndefinedBehavior, Value, escape_formatter,
    value::{Kwargs, ValueKind},
};

use super::{assets, english, wording};
use crate::platform::{Language, Result, clock};

static FILES: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/templates");

static ENVIRONMENTS: LazyLock<[Environment<'static>; 2]> = LazyLock::new(|| Language::ALL.map(environment));

/// The mark for no data, in tables and beside labels.
const NO_DATA: &str = "–";

/// Draws a template; every fault names the template and the line.
pub fn render(language: Language, template: &str, values: Value) -> Result<String> {
    let environment = &ENVIRONMENTS[usize::from(language == Language::English)];
    let drawn = environment.get_template(template).and_then(|template| template.render(values));
    drawn.map_err(|error| crate::platform::Error::inside(format!("{error:#}")))
}

/// Draws a template that is not a file.
#[cfg(test)]
pub(super) fn render_text(language: Language, source: &str, values: Value) -> Result<String, Error> {
    ENVIRONMENTS[usize::from(language == Language::English)].render_named_str("text.html", source, values)
}

/// Every template's name and text, by name.
pub fn all() -> Vec<(&'static str, &'static str)> {
    let mut found = Vec::new();
    collect(&FILES, &mut found);
    found.sort_unstable();
    found
}

fn collect(folder: &'static Dir<'static>, found: &mut Vec<(&'static str, &'static str)>) {
    found.extend(folder.files().filter_map(|file| Some((file.path().to_str()?, file.contents_utf8()?))));
    folder.dirs().for_each(|below| collect(below, found));
}

fn environment(language: Language) -> Environment<'static> {
    let mut environment = Environment::new();
    environment.set_undefined_behavior(UndefinedBehavior::Strict);
    environment.set_loader(|name| Ok(FILES.get_file(name).and_then(|file| file.contents_utf8()).map(str::to_owned)));
    environment.set_formatter(write_escaped);
    environment.add_global("language", language.as_str());
    environment.add_function("t", move |key: &str, arguments: Kwargs| translate(language, key, &arguments));
    environment.add_function("asset", |path: &str| assets::url(path));
    environment.add_filter("label", move |label: Value| label.get_attr(language.as_str()));
    environment.add_filter("measure", move |measure: &str| wording::measure(language, measure));
    environment.add_filter("verb", move |verb: &str| wording::verb(language, verb));
    environment.add_filter("told", move |reason: Value| told(language, &reason));
    environment.add_filter("place", place);
    environment.add_filter("number", number);
    environment.add_filter("date", |text: Value| on_day(&text, vietnamese::short_date));
    environment.add_filter("long_date", |text: Value| on_day(&text, vietnamese::long_date));
    environment.add_filter("datetime", datetime);
    environment.add_filter("roman", vietnamese::roman);
    environment
}

/// Escapes what HTML needs escaped and no more: addresses stay readable and pages small.
fn write_escaped(out: &mut Output<'_>, state: &mut State<'_, '_>, value: &Value) -> Result<(), Error> {
    let is_plain = value.is_safe() || !matches!(state.auto_escape(), AutoEscape::Html);
    let Some(text) = value.as_str().filter(|_| !is_plain) else {
        return escape_formatter(out, state, value);
    };
    let mut rest = text;
    while let Some(at) = rest.find(['&', '<', '>', '"', '\'']) {
        out.write_str(&rest[..at])?;
        out.write_str(match rest.as_bytes()[at] {
            b'&' => "&amp;",
            b'<' => "&lt;",
            b'>' => "&gt;",
            b'"' => "&quot;",
            _ => "&#39;",
        })?;
        rest = &rest[at + 1..];
    }
    out.write_str(rest)?;
    Ok(())
}

fn translate(language: Language, key: &str, arguments: &Kwargs) -> Result<String, Error> {
    let mut words = FluentArgs::new();
    for name in arguments.args() {
        let value: Value = arguments.get(name)?;
        words.set(name.to_owned(), word(&value));
    }
    match wording::message(language, key, Some(&words)) {
        Some(text) => Ok(text),
        None if cfg!(debug_assertions) => {
            let fault = format!("no message «{key}» in {}", language.as_str());
            Err(Error::new(ErrorKind::UnknownFunction, fault))
        }
        None => {
            tracing::error!(key, language = language.as_str(), "untranslated");
            Ok(key.to_owned())
        }
    }
}

fn word(value: &Value) -> FluentValue<'static> {
    match (value.kind(), f64::try_from(value.clone())) {
        (ValueKind::Number, Ok(number)) => FluentValue::from(number),
        _ => FluentValue::from(value.to_string()),
    }
}

/// What a reason (or anything else with a `code` and a `message`) says: in English by its code, where that has words.
fn told(language: Language, reason: &Value) -> Result<Value, Error> {
    let (code, message) = (reason.get_attr("code")?, reason.get_attr("message")?);
    let known = code.as_str().zip(message.as_str()).filter(|_| language == Language::English);
    let in_english = known.and_then(|(code, message)| english::message(code, message));
    Ok(in_english.map_or(message, Value::from))
}

/// Where a reason stands, for people: the bare name of a form's field says nothing to them.
fn place(at: &str) -> String {
    let is_field = at.chars().all(|letter| letter.is_ascii_lowercase() || letter == '_');
    if is_field { String::new() } else { at.to_owned() }
}

/// Vietnamese form in both languages: the figures are official, and one form cannot be misread for the other.
fn number(value: &Value, decimals: Option<u8>) -> Result<String, Error> {
    if value.is_none() {
        return Ok(NO_DATA.to_owned());
    }
    let number = f64::try_from(value.clone())?;
    Ok(vietnamese::format_number(number, decimals.unwrap_or(0)))
}

fn on_day(text: &Value, write: fn(Date) -> String) -> String {
    let date = text.as_str().and_then(|text| text.get(..10)).and_then(|text| text.parse().ok());
    date.map_or_else(|| NO_DATA.to_owned(), write)
}

fn datetime(text: &Value) -> String {
    let moment = text.as_str().and_then(|text| text.parse::<Timestamp>().ok());
    let zone = TimeZone::get(clock::TIME_ZONE).unwrap_or(TimeZone::UTC);
    moment.map_or_else(|| NO_DATA.to_owned(), |at| at.to_zoned(zone).strftime("%d/%m/%Y %H:%M").to_string())
}
