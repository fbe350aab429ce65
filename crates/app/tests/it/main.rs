//! The integration tests: through HTTP as a person would, on SQLite, and on PostgreSQL where `TONGKET_TEST_POSTGRES` names
//! a server. One file per room, one binary.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]
#![allow(unreachable_pub, unused_imports, reason = "the kit serves two suites")]

mod api;
mod award_settings;
mod awards;
mod conference;
mod conference_after;
mod conference_ballots;
mod conference_before;
mod conference_faults;
mod conference_found;
mod conference_honours;
mod conference_many;
mod conference_places;
mod conference_records;
mod conference_seeds;
mod designing;
mod desks;
mod drafts;
mod evaluation;
mod guidance;
mod headers;
mod identity;
mod kit;
mod lists;
mod numbers;
mod organisation;
mod packs;
mod pages;
mod papers;
mod people;
mod received;
mod reports;
mod returned;
mod rounds;
mod routes;
mod signing;
mod sql;
mod submissions;
mod units;
mod wording;
mod year;
