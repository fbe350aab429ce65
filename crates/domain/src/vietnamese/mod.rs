//! Vietnamese writing: folding for search, order of names, numbers and dates as offices print them.
//!
//! Texts arrive in NFC or NFD, with tones in either style (`hoà`, `hòa`), with hard blanks from word processors and
//! with full-width digits; every function here takes them all.

mod abbreviations;
mod date;
mod fold;
mod number;
mod order;
mod syllable;

#[cfg(test)]
mod tests;

pub use abbreviations::{Abbreviation, AbbreviationKind, Abbreviations};
pub use date::{long_date, parse_date, short_date};
pub use fold::{fold, lower_first, normalise, unaccented};
pub use number::{NumberFault, format_number, parse_number, roman};
pub use order::{person_sort_key, sort_key};
