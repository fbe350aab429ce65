//! What a command leaves on standard output and standard error.

use std::{io::Write, process::ExitCode};

use serde_json::{Value, json};

use super::Globals;
use crate::platform::Error;

/// The result of a command, for scripts and for people.
#[derive(Debug)]
pub struct Output {
    json: Value,
    text: String,
    notices: Vec<String>,
    failed: bool,
    silent: bool,
}

impl Output {
    /// Done: the JSON document and the same for people.
    pub fn new(json: Value, text: impl Into<String>) -> Self {
        Self { json, text: text.into(), notices: Vec::new(), failed: false, silent: false }
    }

    /// Done, and the command has printed what it had to say itself.
    pub fn silent() -> Self {
        Self { json: Value::Null, text: String::new(), notices: Vec::new(), failed: false, silent: true }
    }

    /// Done with a finding that makes the exit status 1.
    #[must_use]
    pub fn failed_if(mut self, failed: bool) -> Self {
        self.failed = failed;
        self
    }

    /// Done, with words on standard error for whoever looks at the result.
    #[must_use]
    pub fn with_notices(mut self, notices: Vec<String>) -> Self {
        self.notices = notices;
        self
    }

    /// The JSON document at once, for a command that goes on working.
    pub(super) fn print_now(&self) {
        write_out(&self.json.to_string());
    }

    pub(super) fn print(&self, globals: &Globals) -> ExitCode {
        for notice in &self.notices {
            let _ = writeln!(std::io::stderr(), "{notice}");
        }
        if !self.silent {
            write_out(&if globals.json { self.json.to_string() } else { self.text.clone() });
        }
        ExitCode::from(u8::from(self.failed))
    }
}

/// A closed pipe (`tongket … | head`) is no failure worth a panic.
fn write_out(text: &str) {
    if !text.is_empty() {
        let _ = writeln!(std::io::stdout(), "{text}");
    }
}

pub(super) fn fail(globals: &Globals, error: &Error) -> ExitCode {
    let reasons = match error {
        Error::Refused(refusal) => json!(refusal.reasons),
        Error::NotFound(_) => json!([{ "code": "not_found", "message": error.to_string() }]),
        Error::Forbidden | Error::SignInNeeded => json!([{ "code": "forbidden", "message": error.to_string() }]),
        _ => json!([{ "code": "failed", "message": error.to_string() }]),
    };
    if globals.json {
        write_out(&json!({ "refused": reasons }).to_string());
    } else {
        let _ = writeln!(std::io::stderr(), "{error}");
    }
    ExitCode::from(1)
}
