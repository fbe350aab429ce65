//! The report in the browser: references in typed text, sentences offered, numbers that changed since one read them.

use domain::{
    Level,
    organisation::{Line, SchoolFacts, Unit, UnitKind, Validity},
    school_year::SchoolCalendar,
};
use tongket::{
    identity::Role,
    organisation,
    reports::{operations, queries, queries::ReportKey},
    school_year,
};

use crate::kit::{Client, TestApp};

const PROVINCE: &str = "N01";
const WARD: &str = "N00145";
const OTHER_WARD: &str = "N00146";
const SCHOOL: &str = "80000001";
const OTHER_WARDS_SCHOOL: &str = "80000003";
const FORM: &str = "02-TH-DN";
const PAGE: &str = "/bao-cao/2025-2026";
const PLACE: &str = "/bao-cao/2025-2026/doan/difficulties?don-vi=N00145&cap=";

fn key() -> ReportKey {
    ReportKey { unit: WARD.to_owned(), year: "2025-2026".to_owned(), level: String::new() }
}

/// Two wards of a province with a primary school each, and the schools' figures of two years.
async fn wards() -> TestApp {
    let app = TestApp::empty().await;
    let under = |code: &str, kind, name: &str, parent| {
        Unit::new(code, kind, name, Validity::ALWAYS).under(Line::Management, parent)
    };
    let school = |code: &str, name: &str, parent| {
        let facts = SchoolFacts { levels: vec![Level::Primary], ..SchoolFacts::default() };
        Unit { school: Some(facts), ..under(code, UnitKind::School, name, parent) }
    };
    let units = vec![
        Unit::new(PROVINCE, UnitKind::Province, "Thành phố Hà Nội", Validity::ALWAYS),
        under(WARD, UnitKind::Commune, "Phường Long Biên", PROVINCE),
        under(OTHER_WARD, UnitKind::Commune, "Phường Bồ Đề", PROVINCE),
        school(SCHOOL, "Trường Tiểu học Hoa Sữa", WARD),
        school(OTHER_WARDS_SCHOOL, "Trường Tiểu học Phù Sa", OTHER_WARD),
    ];
    organisation::operations::import(&app.office, &app.context(), units, Vec::new()).await.unwrap();
    for year in ["2024-2025", "2025-2026"] {
        let calendar = SchoolCalendar::usual(year.to_owned().try_into().unwrap());
        school_year::operations::open(&app.office, &app.context(), &calendar).await.unwrap();
    }
    for (unit, year, pupils) in [
        (SCHOOL, "2024-2025", 600.0),
        (SCHOOL, "2025-2026", 700.0),
        (OTHER_WARDS_SCHOOL, "2024-2025", 700.0),
        (OTHER_WARDS_SCHOOL, "2025-2026", 600.0),
    ] {
        let values = [("pri_pupil_count", pupils), ("pri_class_count", 20.0)];
        app.approve(unit, FORM, &format!("{year}-DN"), 1, &values).await;
    }
    app.add_account("officer", Role::Officer, WARD).await;
    app.add_account("reader", Role::Reader, WARD).await;
    app
}

async fn stored(app: &TestApp, place: &str) -> String {
    queries::texts(&app.office, &key()).await.unwrap().remove(place).unwrap_or_default()
}

async fn save(client: &mut Client, body: &str) -> crate::kit::Answer {
    client.post(PLACE, &[("body", body), ("save", "1")]).await
}

#[tokio::test]
async fn a_number_is_kept_as_a_reference_and_printed_as_it_is_today() {
    let app = wards().await;
    let mut officer = app.sign_in("officer").await;
    let typed = "Toàn phường có [[pri_pupil_count]] học sinh tiểu học, [[pri_pupil_count|tăng giảm]] em; \
                 sĩ số [[pri_class_size|thứ hạng/tổng]].";
    let answer = save(&mut officer, typed).await;
    assert_eq!((answer.status, answer.location()), (303, PLACE), "{}", answer.body);
    assert_eq!(stored(&app, "difficulties").await, typed);
    let document = operations::summary_report(&app.office, &app.context(), &key()).await.unwrap();
    let sentence = "Toàn phường có 700 học sinh tiểu học, tăng 100 em; sĩ số đứng thứ 2/2.";
    assert!(document.to_text().contains(sentence), "{}", document.to_text());
    let outline = officer.get(&format!("{PAGE}?don-vi={WARD}")).await.body;
    assert!(outline.contains(">700</span> học sinh tiểu học"), "{outline}");
    assert!(outline.len() < 30 * 1024, "{} bytes", outline.len());
    assert_eq!(app.audit_count("reports.write_text").await, 1);
}

#[tokio::test]
async fn every_reference_that_cannot_be_read_is_named_and_nothing_typed_is_lost() {
    let app = wards().await;
    let mut officer = app.sign_in("officer").await;
    officer.get(PLACE).await;
    let typed =
        format!("Có [[pri_pupil_cuont]] em\n[[pri_pupil_count|điểm %]] [[pri_pupil_count||{OTHER_WARDS_SCHOOL}]]");
    let refused = save(&mut officer, &typed).await;
    assert_eq!(refused.status, 422);
    for needle in [
        "Dòng 1, ký tự 4: không có số liệu mang mã «pri_pupil_cuont»; có phải là «pri_pupil_count» không?",
        "Dòng 2, ký tự 1: «điểm %» chỉ dùng cho tỉ lệ phần trăm",
        "Dòng 2, ký tự 28: đơn vị «80000003» không có hoặc không thuộc đơn vị lập báo cáo",
        "Có [[pri_pupil_cuont]] em",
    ] {
        assert!(refused.body.contains(needle), "{needle}\n{}", refused.body);
    }
    assert_eq!(stored(&app, "difficulties").await, "");
    let own_school = format!("[[pri_pupil_count||{SCHOOL}]] em");
    assert_eq!(save(&mut officer, &own_school).await.status, 303, "a school of the ward may be named");
    let nowhere = "/bao-cao/2025-2026/doan/nowhere?don-vi=N00145&cap=";
    assert_eq!(officer.post(nowhere, &[("body", "x"), ("save", "1")]).await.status, 404);
}

#[tokio::test]
async fn a_sentence_is_offered_kept_edited_dropped_and_offered_again() {
    let app = wards().await;
    let mut officer = app.sign_in("officer").await;
    let page = officer.get(PLACE).await.body;
    assert!(page.len() < 30 * 1024, "{} bytes", page.len());
    let finding = "worse:pri_class_size";
    assert!(page.contains(finding) && page.contains("Sĩ số bình quân một lớp tiểu học"), "{page}");
    assert!(page.contains("<h1>Khó khăn</h1>"), "{page}");
    assert!(page.contains("Ngưỡng mặc định, cần đơn vị xác nhận"));

    let edited = "Sĩ số tăng lên [[pri_class_size]] người/lớp.";
    let keep = [("body", "Câu đã gõ."), (finding, edited), ("keep", finding)];
    assert_eq!(officer.post(PLACE, &keep).await.status, 303);
    assert_eq!(stored(&app, "difficulties").await, format!("Câu đã gõ.\n{edited}"));
    let page = officer.get(PLACE).await.body;
    assert!(!page.contains(&format!("value=\"{finding}\"")) && page.contains(">35,0</span> người/lớp"), "{page}");

    let other = "size:pupil_total";
    assert!(page.contains(other), "{page}");
    let drop = [("body", "Câu đã gõ."), ("drop", other)];
    assert_eq!(officer.post(PLACE, &drop).await.status, 303);
    assert!(!officer.get(PLACE).await.body.contains(&format!("value=\"{other}\"")));
    assert_eq!(officer.post(PLACE, &[("body", "Câu đã gõ."), ("again", "1")]).await.status, 303);
    let page = officer.get(PLACE).await.body;
    assert!(page.contains(&format!("value=\"{other}\"")) && page.contains(&format!("value=\"{finding}\"")));
    assert_eq!(stored(&app, "difficulties").await, "Câu đã gõ.", "what is typed is kept by every button");

    let empty = officer.post(PLACE, &[("body", ""), (finding, "  "), ("keep", finding)]).await;
    assert_eq!(empty.status, 422);
    for verb in ["reports.keep_sentence", "reports.drop_sentence", "reports.offer_again"] {
        assert_eq!(app.audit_count(verb).await, 1, "{verb}");
    }
}

#[tokio::test]
async fn a_number_is_found_and_put_in_without_saving() {
    let app = wards().await;
    let mut officer = app.sign_in("officer").await;
    officer.get(PLACE).await;
    let found = officer.post(PLACE, &[("body", "Sĩ số"), ("q", "si so binh quan mot lop"), ("find", "1")]).await;
    assert_eq!(found.status, 200);
    assert!(found.body.contains("value=\"[[pri_class_size|tăng giảm]]\""), "{}", found.body);
    assert!(
        found.body.contains(">tăng 5,0</button>") && found.body.contains("năm trước</span> 30,0"),
        "{}",
        found.body
    );
    let put = officer.post(PLACE, &[("body", "Sĩ số"), ("q", ""), ("insert", "[[pri_class_size]]")]).await;
    assert!(put.body.contains(">Sĩ số [[pri_class_size]]</textarea>") && put.body.contains(">35,0</span>"));
    assert_eq!(stored(&app, "difficulties").await, "");
}

#[tokio::test]
async fn a_reader_sees_which_numbers_changed_and_which_vanished_since_reading() {
    let app = wards().await;
    let mut officer = app.sign_in("officer").await;
    officer.get(PLACE).await;
    save(&mut officer, "Có [[pri_pupil_count]] em. Sĩ số [[pri_class_size]] em một lớp.").await;
    let mut reader = app.sign_in("reader").await;
    let changes = format!("{PAGE}/thay-doi?don-vi={WARD}");
    assert!(reader.get(&changes).await.body.contains("Hãy đánh dấu đã đọc"));
    assert_eq!(reader.post(&changes, &[]).await.status, 303);
    assert!(reader.get(&changes).await.body.contains("Không có số liệu nào thay đổi"));

    app.approve(SCHOOL, FORM, "2025-2026-DN", 2, &[("pri_pupil_count", 690.0)]).await;
    let page = reader.get(&changes).await.body;
    assert!(page.contains("Có 690 em."), "{page}");
    assert!(page.contains(">700</td>") && page.contains("<b>690</b>"), "{page}");
    assert!(page.contains("1 chỗ thiếu số liệu"), "{page}");
    assert!(page.contains("Sĩ số [chưa có số liệu: Sĩ số bình quân một lớp] em một lớp."), "{page}");
    let outline = reader.get(&format!("{PAGE}?don-vi={WARD}")).await.body;
    assert!(
        outline.contains("số liệu đã đổi từ lần bạn đọc trước") && outline.contains("class=\"flagged\""),
        "{outline}"
    );
    let others = officer.get(&changes).await.body;
    assert!(others.contains("Hãy đánh dấu đã đọc"), "a reading is one person's own");
    assert_eq!(app.audit_count("reports.mark_read").await, 1);
}

#[tokio::test]
async fn who_only_reads_sees_the_text_and_changes_nothing() {
    let app = wards().await;
    let mut reader = app.sign_in("reader").await;
    let page = reader.get(PLACE).await.body;
    assert!(!page.contains("<textarea") && !page.contains("name=\"keep\""), "{page}");
    assert_eq!(save(&mut reader, "Đã sửa").await.status, 403);
    assert_eq!(reader.get(&format!("{PAGE}/doan/strengths?don-vi={OTHER_WARD}&cap=")).await.status, 403);
}
