//! Results that a superior office gave: the two that are known, recorded, corrected, traced, told in the report.

use domain::school_year::SchoolCalendar;
use tongket::{
    awards::operations::{
        Whom,
        decision::{self, Signed},
    },
    identity::Role,
    reports::{operations, queries::ReportKey},
    school_year,
};

use crate::kit::{SCHOOL, TestApp, WARD, YEAR};

async fn report(app: &TestApp, year: &str) -> String {
    let key = ReportKey { unit: WARD.to_owned(), year: year.to_owned(), level: String::new() };
    operations::summary_report(&app.office, &app.context(), &key).await.unwrap().to_text()
}

#[tokio::test]
async fn the_statement_of_thirteen_is_recorded_traced_and_printed() {
    let app = TestApp::start().await;
    for year in ["2021-2022", "2023-2024"] {
        let calendar = SchoolCalendar::usual(year.to_owned().try_into().unwrap());
        school_year::operations::open(&app.office, &app.context(), &calendar).await.unwrap();
    }
    let mut officer = app.sign_in_as(Role::Officer).await;
    let page = |year: &str| format!("/danh-gia/{year}/cap-tren");
    let long_bien = [
        ("scope", ""),
        ("contributors", "lower_secondary"),
        ("total", "13"),
        ("excellent", "13"),
        ("graded_by", "Sở Giáo dục và Đào tạo Hà Nội"),
        ("document", "báo cáo tại hội nghị tổng kết cấp THCS ngày 23/8/2024"),
    ];
    officer.get(&page("2023-2024")).await;
    let done = officer.post(&page("2023-2024"), &long_bien).await;
    assert_eq!(done.status, 303, "{}", done.body);
    let shown = officer.get(&page("2023-2024")).await.body;
    let told = "Toàn ngành đạt 13/13 chỉ tiêu Xuất sắc năm học 2023-2024, có phần đóng góp của cấp Trung học cơ sở";
    assert!(shown.contains(told) && shown.contains("officer"), "{shown}");
    assert!(report(&app, "2023-2024").await.contains(told));

    let hai_ba_trung = [
        ("total", "13"),
        ("excellent", "11"),
        ("good", "13"),
        ("graded_by", "Sở Giáo dục và Đào tạo Hà Nội"),
        ("document", "tin tổng kết năm học của quận"),
    ];
    officer.get(&page("2021-2022")).await;
    assert_eq!(officer.post(&page("2021-2022"), &hai_ba_trung).await.status, 303);
    assert!(report(&app, "2021-2022").await.contains("13/13 chỉ tiêu Xuất sắc, Tốt (trong đó 11/13 Xuất sắc)"));
    assert!(!report(&app, "2023-2024").await.contains("2021-2022, có"), "each year tells its own");
}

#[tokio::test]
async fn a_received_result_changes_only_by_a_correction_with_its_reason() {
    let app = TestApp::start().await;
    let mut officer = app.sign_in_as(Role::Officer).await;
    let page = format!("/danh-gia/{YEAR}/cap-tren");
    let with = |excellent: &'static str, correction: &'static str| {
        vec![
            ("total", "13"),
            ("excellent", excellent),
            ("graded_by", "Sở GDĐT"),
            ("document", "TB 12"),
            ("correction", correction),
        ]
    };
    officer.get(&page).await;
    let faults =
        officer.post(&page, &[("total", "13"), ("excellent", "14"), ("graded_by", ""), ("document", "")]).await;
    assert_eq!(faults.status, 422);
    for needle in ["số đạt lớn hơn tổng số", "Hãy ghi cơ quan", "để tra lại được"] {
        assert!(faults.body.contains(needle), "{needle}: {}", faults.body);
    }
    assert_eq!(officer.post(&page, &with("12", "")).await.status, 303);
    officer.get(&page).await;
    assert_eq!(officer.post(&page, &with("12", "")).await.status, 422, "the same again");
    assert_eq!(officer.post(&page, &with("13", "")).await.status, 422, "no reason");
    assert_eq!(officer.post(&page, &with("13", "Sở đính chính ngày 20/6")).await.status, 303);
    let shown = officer.get(&page).await.body;
    assert!(shown.contains("<s>Toàn ngành đạt 12/13") && shown.contains("Sở đính chính ngày 20/6"), "{shown}");
    let told = report(&app, YEAR).await;
    assert!(told.contains("13/13 chỉ tiêu Xuất sắc") && !told.contains("12/13"), "{told}");
    assert_eq!(app.audit_count("evaluation.record_received").await, 2);
    let mut reader = app.sign_in_as(Role::Reader).await;
    reader.get(&page).await;
    assert_eq!(reader.post(&page, &with("1", "x")).await.status, 403);
}

#[tokio::test]
async fn honours_that_are_recorded_stand_in_the_report_as_figures() {
    let app = TestApp::start().await;
    assert!(!report(&app, YEAR).await.contains("quyết định khen thưởng đã ghi nhận"));
    let whom = Whom::Person { name: "Nguyễn Thị Thu Hà".to_owned(), post: "Giáo viên".to_owned() };
    let signed = Signed {
        number: "45/QĐ-UBND".to_owned(),
        signed_on: "2026-06-20".parse().unwrap(),
        granted_by: "Chủ tịch UBND phường".to_owned(),
    };
    let year = YEAR.to_owned().try_into().unwrap();
    let given = ("advanced_worker", year, domain::awards::pack::Occasion::Annual);
    decision::record_past(&app.office, &app.context(), (SCHOOL, &whom), given, &signed).await.unwrap();
    let told = report(&app, YEAR).await;
    assert!(told.contains("Lao động tiên tiến") && told.contains("quyết định khen thưởng đã ghi nhận"), "{told}");
}
