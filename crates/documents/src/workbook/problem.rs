//! What can be wrong with a workbook: stable codes, and a message that names the cell and the mend.

use serde::{Deserialize, Serialize};

use domain::figures::catalogue::Severity;

/// One thing that is wrong, at a cell, at a sheet or with the whole file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Problem {
    /// Name of the sheet; empty where the whole file is meant.
    pub sheet: String,
    /// The cell in A1 notation; empty where the sheet or the file is meant.
    pub cell: String,
    /// A stable word: one of [`codes`], or the code of a check rule where the arithmetic of the catalogue speaks.
    pub code: String,
    /// Whether it blocks the submission.
    pub severity: Severity,
    /// What is wrong and how to mend it, in Vietnamese.
    pub message: String,
}

impl Problem {
    /// A problem that blocks, with the whole file.
    pub fn error(code: ProblemCode, message: impl Into<String>) -> Self {
        let (sheet, cell) = (String::new(), String::new());
        Self { sheet, cell, code: code.as_str().to_owned(), severity: Severity::Error, message: message.into() }
    }

    /// A problem that is accepted with a reason, with the whole file.
    pub fn warning(code: ProblemCode, message: impl Into<String>) -> Self {
        Self { severity: Severity::Warning, ..Self::error(code, message) }
    }

    /// The same problem, at a cell.
    #[must_use]
    pub fn at(mut self, sheet: impl Into<String>, cell: impl Into<String>) -> Self {
        self.sheet = sheet.into();
        self.cell = cell.into();
        self
    }

    /// Whether it blocks.
    pub fn is_error(&self) -> bool {
        self.severity == Severity::Error
    }
}

macro_rules! problem_codes {
    ($($variant:ident $code:literal $vi:literal $en:literal;)+) => {
        /// The stable words for what can be wrong with a workbook.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        pub enum ProblemCode {
            $(#[doc = $en] $variant,)+
        }

        impl ProblemCode {
            /// The word that scripts rely on.
            pub fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $code,)+ }
            }
        }

        /// Every code with its meaning in Vietnamese and in English, in the order in which a file is examined.
        pub fn codes() -> &'static [(&'static str, &'static str, &'static str)] {
            &[$(($code, $vi, $en),)+]
        }
    };
}

problem_codes! {
    TooLarge "too_large" "Tệp hoặc nội dung giải nén quá lớn" "The file, or what it unpacks to, is too large";
    ZipBomb "zip_bomb" "Tệp nén có dấu hiệu phá hoại (bom nén)" "The archive unpacks to far more than an honest workbook";
    Encrypted "encrypted" "Tệp đặt mật khẩu mở" "The file is protected by a password";
    HasMacros "has_macros" "Tệp chứa macro" "The file contains macros";
    Unreadable "unreadable" "Tệp hỏng hoặc không phải bảng tính" "The file is damaged or not a workbook";
    IdentityMissing "identity_missing" "Không nhận ra biểu, đơn vị hoặc kỳ báo cáo" "Form, unit or period cannot be told";
    IdentityTampered "identity_tampered" "Phần nhận dạng của biểu mẫu đã bị sửa" "The workbook's identity was altered";
    UnknownForm "unknown_form" "Mã biểu không có trong danh mục" "The form is not in the catalogue";
    WrongForm "wrong_form" "Không phải biểu đang cần nộp" "Another form than the expected one";
    WrongUnit "wrong_unit" "Biểu mẫu của đơn vị khác" "The workbook belongs to another unit";
    WrongPeriod "wrong_period" "Biểu mẫu của kỳ báo cáo khác" "The workbook belongs to another period";
    OldVersion "old_version" "Biểu mẫu thuộc phiên bản khác" "The workbook was made for another version of the form";
    UnknownLine "unknown_line" "Dòng không thuộc biểu" "A line that the form does not have";
    DuplicateLine "duplicate_line" "Một dòng xuất hiện hai lần" "A line stands twice";
    LabelMismatch "label_mismatch" "Nhãn nhìn thấy trái với mã ẩn của dòng hoặc cột" "The visible label contradicts the hidden key of the line or column";
    UnmatchedLine "unmatched_line" "Không tìm thấy dòng của biểu trong tệp" "A line of the form was not found in the file";
    FormulaError "formula_error" "Công thức báo lỗi" "A formula gives an error";
    FormulaUncomputed "formula_uncomputed" "Công thức chưa có kết quả" "A formula without a result";
    NotANumber "not_a_number" "Không phải là số" "Not a number";
    AmbiguousNumber "ambiguous_number" "Số có thể hiểu theo hai cách" "A number that can be read in two ways";
    NotWhole "not_whole" "Phải là số nguyên" "Must be a whole number";
    OutOfRange "out_of_range" "Ngoài khoảng cho phép" "Outside the permitted range";
    NotAChoice "not_a_choice" "Không có trong danh sách lựa chọn" "Not one of the choices";
    TextTooLong "text_too_long" "Văn bản quá dài" "The text is too long";
    MissingValue "missing_value" "Ô bắt buộc còn trống" "A required cell is empty";
    SumMismatch "sum_mismatch" "Tổng không bằng các số thành phần" "A total differs from the sum of its parts";
}
