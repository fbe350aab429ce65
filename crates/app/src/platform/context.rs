//! Who acts, when, and in which request: handed to every verb, so that nothing reads a clock or a global.

use jiff::{Timestamp, civil::Date};

use super::clock;

/// Who acts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Actor {
    /// A signed-in person, by user name.
    Person(String),
    /// The command line on the office's own machine.
    CommandLine,
    /// A background job.
    Job(&'static str),
}

impl Actor {
    /// How audit lines and records name the actor.
    pub fn name(&self) -> &str {
        match self {
            Self::Person(user_name) => user_name,
            Self::CommandLine => "command-line",
            Self::Job(name) => name,
        }
    }
}

/// The circumstances of one verb.
#[derive(Clone, Debug)]
pub struct Context {
    /// When it happens.
    pub now: Timestamp,
    /// Who does it.
    pub actor: Actor,
    /// The request's identifier, the same in log, audit line and error page.
    pub request: String,
}

impl Context {
    /// The circumstances of a command typed at the office's machine.
    pub fn command_line() -> Self {
        let now = clock::now();
        Self { now, actor: Actor::CommandLine, request: format!("cli-{}", now.as_second()) }
    }

    /// Today in Vietnam.
    pub fn today(&self) -> Date {
        clock::date_in_vietnam(self.now)
    }

    /// The time as it is stored: RFC 3339 in UTC.
    pub fn stamp(&self) -> String {
        self.now.to_string()
    }
}
