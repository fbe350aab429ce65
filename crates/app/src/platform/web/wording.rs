//! The words of the screens in both languages, from `locales/{vi,en}.ftl`.
//!
//! A message that a language lacks is a fault in development and tests; an installed office shows the key instead of
//! an error page.

use std::sync::LazyLock;

use domain::vietnamese;
use fluent_bundle::{FluentArgs, FluentResource, FluentValue, concurrent::FluentBundle};
use unic_langid::LanguageIdentifier;

use crate::platform::Language;

type Bundle = FluentBundle<FluentResource>;

const VIETNAMESE: &str = include_str!("../../../locales/vi.ftl");
const ENGLISH: &str = include_str!("../../../locales/en.ftl");

static BUNDLES: LazyLock<[Bundle; 2]> = LazyLock::new(|| [bundle(Language::Vietnamese).0, bundle(Language::English).0]);

/// The text of the file that holds a language's words.
pub fn source(language: Language) -> &'static str {
    match language {
        Language::Vietnamese => VIETNAMESE,
        Language::English => ENGLISH,
    }
}

/// Every fault in a language's file, none in a sound one.
pub fn faults(language: Language) -> Vec<String> {
    bundle(language).1
}

/// The message with this key, or `None` where the language has no such message.
pub fn message(language: Language, key: &str, arguments: Option<&FluentArgs<'_>>) -> Option<String> {
    let bundle = match language {
        Language::Vietnamese => &BUNDLES[0],
        Language::English => &BUNDLES[1],
    };
    let pattern = bundle.get_message(key)?.value()?;
    let mut faults = Vec::new();
    let text = bundle.format_pattern(pattern, arguments, &mut faults);
    if !faults.is_empty() {
        tracing::error!(key, ?faults, "message could not be formatted");
        return None;
    }
    Some(text.into_owned())
}

/// The message for code that is not a template; its key where it is missing.
pub fn text(language: Language, key: &str) -> String {
    message(language, key, None).unwrap_or_else(|| key.to_owned())
}

/// What a figure counts in, by its message `measure-…`; as the packs write it where an office has one of its own.
pub fn measure(language: Language, measure: &str) -> String {
    let plain = vietnamese::unaccented(&measure.replace('%', " percent "));
    let words = plain.split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| !word.is_empty());
    let key = words.fold("measure".to_owned(), |key, word| key + "-" + word);
    message(language, &key, None).unwrap_or_else(|| measure.to_owned())
}

/// What a line of the audit says was done, by its message `verb-…`; the verb itself where it has none.
pub fn verb(language: Language, verb: &str) -> String {
    message(language, &format!("verb-{}", verb.replace('.', "-")), None).unwrap_or_else(|| verb.to_owned())
}

/// What the numbers of a drawing count in, as a line of its own.
pub fn measured_in(language: Language, measure: &str) -> String {
    format!("{}: {}", text(language, "measure"), self::measure(language, measure))
}

fn bundle(language: Language) -> (Bundle, Vec<String>) {
    let identifier: LanguageIdentifier = language.as_str().parse().unwrap_or_default();
    let mut bundle = Bundle::new_concurrent(vec![identifier]);
    bundle.set_use_isolating(false);
    bundle.set_formatter(Some(|value, _| match value {
        FluentValue::Number(number) => Some(whole_or_shortest(number.value)),
        _ => None,
    }));
    let mut faults = Vec::new();
    let resource = FluentResource::try_new(source(language).to_owned()).unwrap_or_else(|(resource, errors)| {
        faults.extend(errors.iter().map(ToString::to_string));
        resource
    });
    if let Err(errors) = bundle.add_resource(resource) {
        faults.extend(errors.iter().map(ToString::to_string));
    }
    (bundle, faults)
}

fn whole_or_shortest(value: f64) -> String {
    let decimals = value.to_string().split_once('.').map_or(0, |(_, fraction)| fraction.len());
    domain::vietnamese::format_number(value, u8::try_from(decimals).unwrap_or(0))
}
