//! One error type: a refusal that people read, or an inside fault that goes to the log with an incident code.

use std::{
    io::{Error as IoError, ErrorKind},
    path::Path,
};

use domain::Refusal;

use super::Language;

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

    /// A file or folder of this machine that could not be read, told to whoever named it.
    pub fn not_read(path: &Path, fault: &IoError, language: Language) -> Self {
        Self::refused("file_not_read", why_not_read(&path.display().to_string(), fault, language))
    }

    /// An inside fault, from anything that can say what it is.
    pub fn inside(fault: impl std::fmt::Display) -> Self {
        Self::Inside(fault.to_string())
    }
}

/// Why the machine did not open or read what has this name, and the mend.
pub fn why_not_read(name: &str, fault: &IoError, language: Language) -> String {
    use Language::{English, Vietnamese};
    match (fault.kind(), language) {
        (ErrorKind::NotFound, Vietnamese) => {
            format!("Không có tệp hoặc thư mục «{name}». Hãy kiểm tra tên và đường dẫn.")
        }
        (ErrorKind::NotFound, English) => format!("There is no file or folder «{name}». Check its name and path."),
        (ErrorKind::PermissionDenied, Vietnamese) => format!("Không được quyền đọc «{name}». Hãy xin quyền đọc."),
        (ErrorKind::PermissionDenied, English) => format!("«{name}» may not be read. Ask for the right to read it."),
        (ErrorKind::InvalidData, Vietnamese) => format!("Tệp «{name}» không phải chữ UTF-8. Hãy lưu lại dạng UTF-8."),
        (ErrorKind::InvalidData, English) => format!("The file «{name}» is not UTF-8 text. Save it again as UTF-8."),
        (_, Vietnamese) => format!("Không đọc được «{name}». Hãy chép về máy này rồi thử lại."),
        (_, English) => format!("«{name}» cannot be read. Copy it to this machine and try again."),
    }
}

#[cfg(test)]
mod tests;
