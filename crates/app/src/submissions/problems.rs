//! Every stable word for what can be wrong with a sent workbook, whoever says it: reader, checks or verbs.

use documents::workbook;

/// Words of the checks and of the verbs, beside those of the workbook reader.
const FURTHER: [(&str, &str, &str); 9] = [
    ("rule_broken", "Không đúng quy tắc kiểm tra số liệu", "A check rule does not hold"),
    ("jump", "Tăng hoặc giảm bất thường so với năm trước", "An unusual jump against last year"),
    ("two_values", "Cùng một chỉ tiêu ghi khác nhau ở hai biểu", "One item has two values in two forms"),
    ("over_100", "Tỉ lệ vượt quá 100 %", "A rate above 100 %"),
    ("already_approved", "Biểu đã được duyệt", "The form is approved already"),
    ("period_closed", "Kỳ báo cáo đã chốt", "The reporting period is closed"),
    ("sent_twice", "Hai tệp khác nhau cho cùng biểu, đơn vị, kỳ", "Two different files for one form, unit and period"),
    ("unchanged_after_return", "Biểu bị trả lại nhưng gửi lên không đổi", "A returned form came back unchanged"),
    ("reason_needed", "Cảnh báo cần lý do", "A warning needs a reason"),
];

/// Code, meaning in Vietnamese, meaning in English; each code once, in the order in which a file is examined.
pub fn codes() -> impl Iterator<Item = (&'static str, &'static str, &'static str)> {
    workbook::codes().iter().chain(&FURTHER).copied()
}
