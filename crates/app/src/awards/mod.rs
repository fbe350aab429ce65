//! Who is honoured: nominations checked clause by clause, the emulation council, decisions, the honours of people and units.
//!
//! Verbs of who proposes (a school for itself, an office for its units): `nominate`, `amend`. Of the office: `hold`,
//! `release`, `send`, `set_quota`; `council`: `open`, `vote`, `count`, `conclude`, `close`, `write_minutes`; `decision`:
//! `decide` (drafts the paper with its list), `record_honours`, `record_past`. The law is `domain::awards`, its packs ship in
//! `data/awards`; what it says stops nothing but the sending of a dossier on hold. Votes are people's, and so are conclusions.

pub mod operations;
pub mod pages;
pub mod queries;
mod store;
