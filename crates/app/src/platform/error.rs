//! One error type: a refusal that people read, or an inside fault that goes to the log with an incident code.

use domain::Refusal;

/// What every verb returns.
pub type Result<T, E = Error> = std::result::Result<T, E>;

/// Why a verb did not do what was asked.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// A rule said no; every reason is in it.
    #[error("{0}")]
    Refused(#[from] Refusal),
    /// There is no such thing, or the actor may not know that there is.
    #[error("Không tìm thấy {0}.")]
    NotFound(String),
    /// The actor may not do this here.
    #[error("Bạn chưa được giao quyền làm việc này.")]
    Forbidden,
    /// Nobody is signed in.
    #[error("Xin đăng nhập.")]
    SignInNeeded,
    /// The database failed.
    #[error("cơ sở dữ liệu: {0}")]
    Database(#[from] sqlx::Error),
    /// A file or the network failed.
    #[error("tệp: {0}")]
    Io(#[from] std::io::Error),
    /// Something inside is broken.
    #[error("{0}")]
    Inside(String),
}

impl Error {
    /// A refusal for one reason.
    pub fn refused(code: impl Into<String>, message: impl Into<String>) -> Self {
        Self::Refused(Refusal::one(code, message))
    }

    /// An inside fault, from anything that can say what it is.
    pub fn inside(fault: impl std::fmt::Display) -> Self {
        Self::Inside(fault.to_string())
    }
}
