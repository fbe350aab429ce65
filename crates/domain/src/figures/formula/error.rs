//! What can be wrong with a formula, and where.

use std::fmt;

/// The kinds of fault. `as_str` is the stable word that scripts rely on (formula.md, section 12).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum ErrorCode {
    /// The text is not a formula.
    Syntax,
    /// A function that does not exist.
    UnknownName,
    /// Known to DHIS2, or to us in another place, but not offered here.
    Unsupported,
    /// A wrong number of arguments.
    Arity,
    /// Nested deeper than [`super::DEPTH_MAX`].
    TooDeep,
    /// A value of the wrong type.
    Type,
    /// An argument outside its limits.
    Range,
    /// A constant that the catalogue does not define.
    UnknownConstant,
    /// An item that the catalogue does not define (found by the checker alone).
    UnknownItem,
    /// Quantities of different measures added or compared (found by the checker alone).
    Measure,
}

impl ErrorCode {
    /// The word for scripts.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Syntax => "syntax",
            Self::UnknownName => "unknown_name",
            Self::Unsupported => "unsupported",
            Self::Arity => "arity",
            Self::TooDeep => "too_deep",
            Self::Type => "type",
            Self::Range => "range",
            Self::UnknownConstant => "unknown_constant",
            Self::UnknownItem => "unknown_item",
            Self::Measure => "measure",
        }
    }
}

/// One fault of a formula.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{message}")]
pub struct FormulaError {
    /// The kind.
    pub code: ErrorCode,
    /// What is wrong and how to mend it, in Vietnamese.
    pub message: String,
    /// Characters (not bytes) before the fault.
    pub at: usize,
}

impl FormulaError {
    pub(super) fn new(code: ErrorCode, at: usize, message: impl Into<String>) -> Self {
        Self { code, message: message.into(), at }
    }

    pub(super) fn syntax(at: usize, message: impl Into<String>) -> Self {
        Self::new(ErrorCode::Syntax, at, message)
    }

    pub(super) fn unsupported(at: usize, name: impl fmt::Display) -> Self {
        let message = format!("«{name}» có trong DHIS2 nhưng không dùng được ở đây; hãy viết lại không dùng «{name}»");
        Self::new(ErrorCode::Unsupported, at, message)
    }
}
