//! The rooms with doors: web pages, API, command line and storage of tongket.
//!
//! Read `routes.rs` for every URL and `cli/mod.rs` for every command; each room's `mod.rs` says what it is for.

pub mod audit;
pub mod awards;
pub mod cli;
pub mod conference;
pub mod demo;
pub mod evaluation;
pub mod figures;
pub mod guidance;
pub mod identity;
pub mod office;
pub mod organisation;
pub mod platform;
pub mod reports;
pub mod routes;
pub mod school_year;
pub mod shipped;
pub mod submissions;
pub mod work;
