//! What every room stands on: the database, the clock, errors and the web frame. Nothing here knows a school.

pub mod archive;
pub mod clock;
pub mod context;
pub mod db;
pub mod dialect;
pub mod error;
pub mod jobs;
pub mod kept;
pub mod language;
pub mod mail;
pub mod search;
pub mod secrets;
pub mod settings;
pub mod web;
pub mod wire;

pub use context::{Actor, Context};
pub use db::{Db, Transaction};
pub use error::{Error, Result};
pub use language::Language;
pub use settings::{Clock, PasswordCost, Settings};
