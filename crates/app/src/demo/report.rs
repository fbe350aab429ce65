//! The last stretch of the journey: targets are set, the places of the report are written, the files are made.

use super::journey::Journey;
use crate::{
    platform::Result,
    reports::{
        operations::{self, Format},
        queries::{ReportKey, Target},
        writing,
    },
};

/// Targets of the ward for its last year: invented.
const TARGETS: [(&str, &str, f64); 4] = [
    ("pri_completed_rate", "at_least", 99.5),
    ("sec_graduated_rate", "at_least", 99.5),
    ("sec_learning_good_share", "at_least", 38.0),
    ("pre_kindergarten_underweight_rate", "at_most", 3.0),
];

/// Texts that the officer writes into the places of the report: invented.
const TEXTS: [(&str, &str); 8] = [
    (
        "advantages",
        "Phường mới được thành lập từ ngày 01/7/2025 trên cơ sở các phường cũ; các trường ổn định tổ chức, \
         đội ngũ đoàn kết, cha mẹ học sinh quan tâm phối hợp.",
    ),
    ("difficulties", "Một số trường còn thiếu phòng chức năng; số học sinh tăng nhanh ở khu dân cư mới."),
    (
        "strengths",
        "Quy mô trường lớp ổn định, cơ bản đáp ứng nhu cầu học tập.\n\
         Chất lượng giáo dục các cấp học giữ vững và có mặt tiến bộ; an toàn trường học được bảo đảm.",
    ),
    (
        "shortcomings",
        "Khoảng cách về kết quả học tập giữa các trường còn lớn.\n\
         Một số báo cáo của các trường nộp chậm, phải chỉnh sửa nhiều lần.",
    ),
    ("objective_causes", "Dân số cơ học tăng, quỹ đất dành cho giáo dục hạn chế."),
    ("subjective_causes", "Công tác tham mưu, kiểm tra ở một số trường chưa thường xuyên."),
    (
        "lessons",
        "Bám sát số liệu từ đầu năm để điều chỉnh kịp thời.\n\
         Phân công rõ người, rõ việc, rõ thời hạn; trường có điều kiện tốt giúp trường còn khó khăn.",
    ),
    (
        "orientation",
        "Tiếp tục đổi mới quản trị nhà trường, thu hẹp khoảng cách chất lượng giữa các trường trong phường, \
         đẩy mạnh chuyển đổi số và bảo đảm an toàn trường học.",
    ),
];

pub(super) async fn write(journey: &mut Journey<'_>) -> Result<()> {
    let (office, context, key) = journey.reporting()?;
    let targets: Vec<Target> = TARGETS
        .iter()
        .map(|(code, direction, value)| Target {
            indicator: (*code).to_owned(),
            direction: (*direction).to_owned(),
            value: *value,
        })
        .collect();
    operations::set_targets(office, &context, &key.unit, &key.year, &targets).await?;
    for (place, text) in TEXTS {
        writing::write_text(office, &context, &key, place, text).await?;
    }
    journey.tell("Viết báo cáo tổng kết");
    let folder = office.folder().join("files/documents");
    let saved = operations::save_summary_report(office, &context, &key, &Format::ALL, &folder).await?;
    journey.summary.documents = saved.files;
    Ok(())
}

/// Which report the journey ends with.
pub(super) fn key(unit: &str, year: &str) -> ReportKey {
    ReportKey { unit: unit.to_owned(), year: year.to_owned(), level: String::new() }
}
