//! What signing tools print on the page beside a signature: who signed, for whom, when, with which address.
//!
//! A line counts as that only where all of it is of that form and true of a signature in the file: a name that the
//! certificate or the paper bears, the day of signing, an address without another word.

use std::collections::BTreeSet;

use domain::reports::Document;
use domain::vietnamese::unaccented;
use jiff::civil::Date;

use super::signed::words_of;

/// What is known of a signature in the file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Stamp {
    /// The name on the certificate.
    pub signer: String,
    /// The day of signing in Vietnam; none where the signature does not tell.
    pub day: Option<Date>,
}

/// What follows a word that a signing tool prints.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Value {
    Name,
    Time,
    Mail,
}

/// Without accents, the longer before those that they hold.
const LABELS: [(&str, Value); 13] = [
    ("digitally signed by", Value::Name),
    ("nguoi ky", Value::Name),
    ("ky boi", Value::Name),
    ("duoc ky boi", Value::Name),
    ("signed by", Value::Name),
    ("co quan", Value::Name),
    ("don vi", Value::Name),
    ("thoi gian ky", Value::Time),
    ("ngay ky", Value::Time),
    ("signing time", Value::Time),
    ("date", Value::Time),
    ("e-mail", Value::Mail),
    ("email", Value::Mail),
];

/// Every name that a stamp may bear, in words: signers by certificate and by the paper, the issuer and the body above it.
pub(super) fn names(frozen: &[Document], stamps: &[Stamp]) -> BTreeSet<String> {
    let of_papers = frozen.iter().flat_map(|document| {
        let superior = document.issuer.superior.as_deref().unwrap_or_default();
        [document.signature.name.as_str(), &document.issuer.name, superior]
    });
    let all = of_papers.chain(stamps.iter().map(|stamp| stamp.signer.as_str()));
    all.flat_map(|name| words_of(&unaccented(name))).collect()
}

/// Whether a line is a stamp's and nothing else.
pub(super) fn is_of_stamp(line: &str, stamps: &[Stamp], names: &BTreeSet<String>) -> bool {
    let line = unaccented(line);
    let is_signer =
        stamps.iter().any(|stamp| !stamp.signer.is_empty() && words_of(&unaccented(&stamp.signer)) == words_of(&line));
    if is_signer {
        return true;
    }
    let fields = fields(&line);
    let is_true = |(value, words): &(Value, &str)| match value {
        Value::Name => is_name(words, names),
        Value::Time => is_time(words, stamps),
        Value::Mail => is_mail(words),
    };
    !fields.is_empty() && fields.iter().all(is_true)
}

/// The labelled fields of a line; none where it does not begin with a label.
fn fields(line: &str) -> Vec<(Value, &str)> {
    let mut found: Vec<(usize, usize, Value)> = Vec::new();
    for (label, value) in LABELS {
        for (at, _) in line.match_indices(label) {
            let is_word = at == 0 || line[..at].ends_with(' ');
            let end = at + label.len();
            let is_whole = line[end..].starts_with([':', ' ']);
            if is_word && is_whole && !found.iter().any(|(from, to, _)| (*from..*to).contains(&at)) {
                found.push((at, end, value));
            }
        }
    }
    found.sort_unstable_by_key(|(at, ..)| *at);
    // A label that another, longer one holds is no field of its own.
    found.dedup_by(|next, before| next.0 < before.1);
    if found.first().is_none_or(|(at, ..)| *at != 0) {
        return Vec::new();
    }
    let ends = found.iter().skip(1).map(|(at, ..)| *at).chain([line.len()]);
    found
        .iter()
        .zip(ends)
        .map(|((_, from, value), to)| (*value, line[*from..to].trim_matches([':', ' ', ','])))
        .collect()
}

fn is_name(words: &str, names: &BTreeSet<String>) -> bool {
    const WORDS_MAX: usize = 16;
    let words = words_of(words);
    (1..=WORDS_MAX).contains(&words.len()) && words.iter().all(|word| names.contains(word))
}

fn is_mail(words: &str) -> bool {
    let is_of_mail = |c: char| c.is_ascii_alphanumeric() || "@._%+-".contains(c);
    let parts: Vec<&str> = words.split('@').collect();
    words.chars().all(is_of_mail) && matches!(parts.as_slice(), [one, host] if !one.is_empty() && host.contains('.'))
}

/// `23/11/2026 10:00:00 +07:00`, `2026.11.23 10:00:00 +07'00'`: a real day, no further than a day from that of a signature.
fn is_time(words: &str, stamps: &[Stamp]) -> bool {
    const NUMBERS_MAX: usize = 8;
    if !words.chars().all(|c| c.is_ascii_digit() || "/-.:+' zt".contains(c)) {
        return false;
    }
    let numbers: Vec<&str> = words.split(|c: char| !c.is_ascii_digit()).filter(|number| !number.is_empty()).collect();
    let ([first, month, last, rest @ ..], true) = (numbers.as_slice(), numbers.len() <= NUMBERS_MAX) else {
        return false;
    };
    let (day, year) = if first.len() == 4 { (last, first) } else { (first, last) };
    let day = match (year.parse(), month.parse(), day.parse()) {
        (Ok(year), Ok(month), Ok(day)) => Date::new(year, month, day),
        _ => return false,
    };
    let is_clock = rest.iter().all(|number| number.len() <= 2 || *number == "0700")
        && rest.iter().take(2).all(|n| n.parse().is_ok_and(|n: u32| n < 60));
    let is_near = |day: Date| {
        let mut days = stamps.iter().filter_map(|stamp| stamp.day).peekable();
        let is_unknown = days.peek().is_none();
        is_unknown || days.any(|signed| day.since(signed).is_ok_and(|apart| apart.get_days().abs() <= 1))
    };
    is_clock && day.is_ok_and(is_near)
}
