//! Scores from approved figures with the reason for every point, ranking, what if, and the gap between two schools.

use domain::{
    Level,
    organisation::{Line, SchoolFacts, Unit, UnitKind, Validity},
    school_year::{SchoolCalendar, SchoolYear},
};
use tongket::{
    evaluation::{gaps, queries},
    identity::Role,
    organisation,
    platform::Error,
    school_year,
};

use crate::kit::TestApp;

const WARD: &str = "N00145";
const FIRST: &str = "80000001";
const SECOND: &str = "80000002";
const SET: &str = "khoi-tieu-hoc";

fn year(text: &str) -> SchoolYear {
    SchoolYear::parse(text).unwrap()
}

/// A ward with two primary schools and the figures of two years.
async fn ward() -> TestApp {
    let app = TestApp::empty().await;
    let school = |code: &str, name: &str| {
        let facts = SchoolFacts { levels: vec![Level::Primary], ..SchoolFacts::default() };
        let unit = Unit::new(code, UnitKind::School, name, Validity::ALWAYS).under(Line::Management, WARD);
        Unit { school: Some(facts), ..unit }
    };
    let units = vec![
        Unit::new(WARD, UnitKind::Commune, "Phường Long Biên", Validity::ALWAYS),
        school(FIRST, "Trường Tiểu học Hoa Sữa"),
        school(SECOND, "Trường Tiểu học Ánh Sao"),
    ];
    organisation::operations::import(&app.office, &app.context(), units, Vec::new()).await.unwrap();
    for text in ["2024-2025", "2025-2026"] {
        let calendar = SchoolCalendar::usual(year(text));
        school_year::operations::open(&app.office, &app.context(), &calendar).await.unwrap();
    }
    for (unit, text, pupils, excellent, good) in [
        (FIRST, "2024-2025", 100.0, 40.0, 27.0),
        (SECOND, "2024-2025", 300.0, 20.0, 27.0),
        (FIRST, "2025-2026", 100.0, 40.0, 30.0),
        (SECOND, "2025-2026", 300.0, 30.0, 30.0),
    ] {
        let start = [("pri_pupil_count", pupils), ("pri_class_count", 4.0)];
        app.approve(unit, "02-TH-DN", &format!("{text}-DN"), 1, &start).await;
        let end = [
            ("pri_rated_count", 100.0),
            ("pri_result_excellent_count", excellent),
            ("pri_result_good_count", good),
            ("pri_grade_completed_count", 99.0),
            ("pri_title_excellent_count", 20.0),
            ("pri_pupil_dropout_count", 0.0),
        ];
        app.approve(unit, "02-TH-CN", &format!("{text}-CN"), 1, &end).await;
    }
    app.add_account("officer", Role::Officer, WARD).await;
    app.add_account("principal", Role::Principal, FIRST).await;
    app
}

#[tokio::test]
async fn every_point_comes_from_the_figures_with_its_reason() {
    let app = ward().await;
    let found = queries::evaluate(&app.office, SET, year("2025-2026"), app.context().today()).await.unwrap();
    let row = found.row(FIRST).unwrap();
    let sheet = found.sheet(row);
    let reason = |code: &str| {
        let items = sheet.fields.iter().flat_map(|field| &field.criteria).flat_map(|criterion| &criterion.items);
        let item = items.into_iter().find(|item| item.code == code).unwrap();
        (item.why.clone(), item.working.clone())
    };
    let (why, working) = reason("result_good");
    assert_eq!(why, "Đạt 70%, thuộc mức từ 65 đến dưới 75: 10/12 điểm.");
    assert!(working.ends_with("= 70"), "{working}");
    assert_eq!(
        reason("result_progress").0,
        "Năm nay 70%, năm học trước 67%, tiến bộ 3, thuộc mức từ 2 trở lên: 5/5 điểm."
    );
    assert_eq!(
        reason("title_excellent").0,
        "Đạt 20%, trên thang từ 0 (0 điểm) đến 40 (5 điểm): (20 − 0) ÷ (40 − 0) × 5: 2,5/5 điểm."
    );
    assert_eq!(reason("dropout").0, "Đạt 0%, thuộc mức dưới 0,01: 5/5 điểm.");
    assert_eq!(reason("teacher_standard").0, "Không có giá trị: chưa có số liệu được duyệt; không tính là 0 điểm.");
    let result = found.result(row);
    assert_eq!((result.score, result.percent, result.rank), (None, None, None), "some figures are missing");
    assert!(result.missing > 0 && result.note.ends_with("mục chưa có giá trị"), "{result:?}");
    assert!(found.row(WARD).is_none(), "the ward is no primary school");
}

#[tokio::test]
async fn offices_are_judged_over_the_schools_under_them() {
    let app = ward().await;
    let set = "muoi-ba-linh-vuc";
    let found = queries::evaluate(&app.office, set, year("2025-2026"), app.context().today()).await.unwrap();
    assert_eq!(found.units.len(), 1);
    let sheet = found.sheet(found.row(WARD).unwrap());
    let item = |code: &str| {
        let mut items = sheet.fields.iter().flat_map(|field| &field.criteria).flat_map(|criterion| &criterion.items);
        items.find(|item| item.code == code).unwrap().why.clone()
    };
    assert!(item("pri_results").starts_with("Đạt 65%"), "(70 + 60) of 200 pupils: {}", item("pri_results"));
    assert!(item("sec_learning").starts_with("Không áp dụng: đơn vị không có cấp Trung học cơ sở"));
    assert!(item("movements").contains("chưa có người chấm"));
}

#[tokio::test]
async fn what_cannot_be_scored_is_refused_with_its_reason() {
    let app = ward().await;
    let today = app.context().today();
    let refused = async |set, text| match queries::evaluate(&app.office, set, year(text), today).await {
        Err(Error::Refused(refusal)) => refusal.reasons[0].code.clone(),
        Err(Error::NotFound(_)) => "not_found".to_owned(),
        _ => "scored".to_owned(),
    };
    assert_eq!(refused("khong-co", "2025-2026").await, "not_found");
    assert_eq!(refused("muoi-lam-linh-vuc-2008", "2025-2026").await, "not_in_force");
    assert_eq!(refused("muoi-lam-linh-vuc-2008", "2008-2009").await, "frame_only");
    assert_eq!(refused(SET, "2023-2024").await, "not_found", "a year that was never opened");
    assert_eq!(refused(SET, "2025-2026").await, "scored");
}

#[tokio::test]
async fn the_gap_between_two_schools_narrows_and_the_weaker_one_lifted_the_average_of_the_pupils_judged() {
    let app = ward().await;
    let span = (year("2023-2024"), year("2025-2026"));
    let found = gaps::measure(&app.office, "pri_result_good_or_better_share", span, WARD).await.unwrap();
    let spread = |place: usize| found.years[place].gap.as_ref().unwrap().distribution.clone();
    assert_eq!(found.years.len(), 2, "only years that were opened");
    assert_eq!((spread(0).mean, spread(0).sd, spread(1).mean, spread(1).sd), (57.0, 10.0, 65.0, 5.0));
    assert_eq!(found.panel.units.len(), 2);
    let finding = found.finding.clone().unwrap();
    assert!(
        finding.starts_with("Khoảng cách giữa các trường thu hẹp: hệ số biến thiên từ 17,5% (2024-2025) đến 7,7%"),
        "{finding}"
    );
    let lifted = found.lifted.as_ref().unwrap();
    assert_eq!((lifted.before, lifted.after), (57.0, 65.0));
    assert_eq!((found.schools[lifted.units[0].unit].as_str(), lifted.units[0].own_change), (SECOND, 6.5));
    assert!(found.beta.is_none(), "two schools make no line");
    let asked = ["--from", "2022-2023", "--to", "2025-2026", "--unit", WARD];
    let mut program = app.program();
    program.args(["gaps", "--indicator", "pri_result_good_or_better_share"]).args(asked);
    let told = program.output().unwrap();
    let document: serde_json::Value = serde_json::from_slice(&told.stdout).unwrap();
    assert_eq!(document["years"].as_array().unwrap().len(), 2);
    let said = String::from_utf8_lossy(&told.stderr);
    assert!(said.contains("Không tính 2022-2023, 2023-2024: chưa có số liệu."), "{said}");
}

#[tokio::test]
async fn a_unit_sees_its_own_sheet_and_place_and_an_office_all_of_them() {
    let app = ward().await;
    let (mut officer, mut principal) = (app.sign_in("officer").await, app.sign_in("principal").await);
    let list = officer.get("/danh-gia/2025-2026").await.body;
    assert!(list.contains("/danh-gia/2025-2026/khoi-tieu-hoc") && !list.contains("2008"), "{list}");
    let ranking = officer.get(&format!("/danh-gia/2025-2026/{SET}")).await;
    assert!(ranking.body.contains("Hoa Sữa") && ranking.body.contains("Ánh Sao"), "{}", ranking.body);
    let own = principal.get(&format!("/danh-gia/2025-2026/{SET}")).await.body;
    assert!(own.contains("Hoa Sữa") && !own.contains("Ánh Sao"), "{own}");
    let sheet = principal.get(&format!("/danh-gia/2025-2026/{SET}/{FIRST}?muc=result_good&gia-tri=80")).await.body;
    assert!(sheet.contains("thuộc mức từ 65 đến dưới 75: 10/12 điểm."), "{sheet}");
    assert!(sheet.contains("Hoàn thành tốt trở lên: 10 điểm → 12 điểm."), "{sheet}");
    assert!(sheet.len() < 30 * 1024, "{} bytes", sheet.len());
    assert_eq!(principal.get(&format!("/danh-gia/2025-2026/{SET}/{SECOND}")).await.status, 403);
    assert_eq!(officer.get(&format!("/danh-gia/2025-2026/{SET}/{WARD}")).await.status, 404);
    let gap = officer
        .get(&format!("/khoang-cach/pri_result_good_or_better_share?don-vi={WARD}&tu=2024-2025&den=2025-2026"))
        .await;
    assert!(gap.body.contains("<svg") && gap.body.contains("thu hẹp") && gap.body.contains("Ánh Sao"), "{}", gap.body);
    assert!(gap.body.len() < 30 * 1024, "{} bytes", gap.body.len());
    assert_eq!(officer.get("/khoang-cach/khong_co").await.status, 404);
    let english = officer.get("/ngon-ngu/en?next=%2F").await;
    assert_eq!(english.status, 303);
    for page in [
        "/danh-gia/2025-2026".to_owned(),
        format!("/danh-gia/2025-2026/{SET}/{FIRST}"),
        format!("/khoang-cach/pri_class_size?don-vi={WARD}"),
    ] {
        let answer = officer.get(&page).await;
        assert_eq!(answer.status, 200, "{page}: {}", answer.body);
    }
    // The words of a drawing are the reader's own; of its title only the unit has a Vietnamese name.
    let share = format!("pri_result_good_or_better_share?don-vi={WARD}&tu=2024-2025&den=2025-2026&nam=2025-2026");
    for (page, is_unit_named) in [("khoang-cach", false), ("chi-so", true)] {
        let answer = officer.get(&format!("/{page}/{share}")).await.body;
        let mut drawings = answer.split("<svg").skip(1).filter_map(|rest| rest.split("</svg>").next());
        let drawing = drawings.find(|drawing| drawing.contains(">Unit: %<")).expect(page);
        assert!(!drawing.contains("Đơn vị tính"), "{page}: {drawing}");
        assert!(is_unit_named || drawing.chars().all(|c| c.is_ascii() || c == '–'), "{page}: {drawing}");
    }
}
