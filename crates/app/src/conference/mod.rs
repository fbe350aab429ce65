//! The conference: prepared, held live, recorded, concluded.
//!
//! `domain::conference` decides; this room keeps its log, tells every screen and draws the pages. There is one way to
//! write: [`operations::command`], which appends events to the log of a conference in one transaction and folds them into
//! the state kept in memory ([`live`]). A desk's command writes one audit line with its events; what a delegate does alone
//! (a ballot, a request for the floor, an answer) does not: its event is the record, and a second line in another table
//! would only give the order of a secret vote away.
//!
//! Whoever holds [`RUN`] at the organiser prepares and runs its conference; the chair's desk is also open to [`CHAIR`], the
//! other desks of the hall to [`SERVE`]; whoever reads the unit sees it; an invited
//! unit names its delegates. A delegate needs no account: the address in the invitation is theirs. The article belongs to
//! whoever holds [`WRITE`]; once published anybody reads it.

pub mod facts;
pub mod live;
pub mod operations;
pub mod pages;
pub mod queries;
pub mod sheet;
mod store;
mod view;

use crate::identity::Right;

/// The right to prepare and run a conference, at the unit that organises it.
pub const RUN: Right = Right::RunConference;

/// The right to the chair's desk.
pub const CHAIR: Right = Right::ChairConference;

/// The right to check in, to the secretary's desk and to that of the awards.
pub const SERVE: Right = Right::ServeHall;

/// The right to edit and publish the article of a conference.
pub const WRITE: Right = Right::WriteArticles;

pub use live::Halls;
