//! The pages of units and indicators, in both languages.

use domain::organisation::operations::Decision;
use jiff::civil::date;
use tongket::{identity::Role, organisation::operations::apply};

use crate::kit::{OTHER_SCHOOL, SCHOOL, TestApp, WARD, YEAR};

#[tokio::test]
async fn units_are_found_with_and_without_accents_and_show_where_they_stand() {
    let app = TestApp::start().await;
    let mut client = app.sign_in_as(Role::Officer).await;
    for path in
        ["/don-vi".to_owned(), "/don-vi?q=long+bien".to_owned(), format!("/don-vi/{WARD}"), format!("/don-vi/{SCHOOL}")]
    {
        for language in ["vi", "en"] {
            client.get(&format!("/ngon-ngu/{language}?next=%2F")).await;
            let answer = client.get(&path).await;
            assert_eq!(answer.status, 200, "{path}: {}", answer.body);
            assert!(answer.body.len() < 30_000, "{path}: {} bytes", answer.body.len());
        }
    }
    assert!(client.get("/don-vi?q=long+bien").await.body.contains(&format!("/don-vi/{WARD}")));
    assert_eq!(client.get("/don-vi/X1").await.status, 404);
}

#[tokio::test]
async fn indicators_are_listed_and_each_shows_its_working() {
    let app = TestApp::start().await;
    let mut client = app.sign_in_as(Role::Officer).await;
    for language in ["vi", "en"] {
        client.get(&format!("/ngon-ngu/{language}?next=%2F")).await;
        for path in [
            "/chi-so".to_owned(),
            format!("/chi-so?don-vi={SCHOOL}&nam={YEAR}&cap=primary"),
            "/chi-so/pri_class_size".to_owned(),
            format!("/chi-so/pri_class_size?don-vi={SCHOOL}&nam={YEAR}"),
        ] {
            let answer = client.get(&path).await;
            assert_eq!(answer.status, 200, "{path}: {}", answer.body);
        }
    }
    assert_eq!(client.get("/chi-so/none").await.status, 404);
    assert_eq!(client.get("/chi-so?nam=1999-2000").await.status, 404);
}

#[tokio::test]
async fn indicators_on_another_map_say_which_schools_it_does_not_have() {
    let app = TestApp::start().await;
    let dissolved = Decision::Dissolve { code: OTHER_SCHOOL.into(), parts: Vec::new() };
    apply(&app.office, &app.context(), &dissolved, date(2026, 6, 15), "").await.unwrap();
    let asked = |more: &[&str]| {
        let output = app.program().args(["indicators", "--year", YEAR, "--unit", WARD]).args(more).output().unwrap();
        serde_json::from_slice::<serde_json::Value>(&output.stdout).unwrap()
    };
    assert_eq!(asked(&[])["not_on_map"].as_array().unwrap().len(), 0, "the year's own map has it");
    let on_map = asked(&["--on-map", "2026-07-01"]);
    assert_eq!(on_map["not_on_map"][0]["code"], OTHER_SCHOOL, "{on_map}");
}

#[tokio::test]
async fn who_is_looked_for_by_code_is_not_said_to_be_found_by_a_name() {
    let app = TestApp::start().await;
    let renamed = Decision::Rename { code: SCHOOL.into(), name: "Trường Mai Sau".to_owned() };
    apply(&app.office, &app.context(), &renamed, date(2030, 1, 1), "").await.unwrap();
    let mut client = app.sign_in_as(Role::Officer).await;
    let found = client.get(&format!("/don-vi?q={SCHOOL}")).await.body;
    assert!(found.contains(&format!("/don-vi/{SCHOOL}\">")) && !found.contains("Mai Sau"), "{found}");
    assert!(client.get("/don-vi?q=mai+sau").await.body.contains("tìm thấy theo tên Trường Mai Sau"));
}

#[tokio::test]
async fn a_day_that_cannot_be_read_hides_no_missing_name() {
    let app = TestApp::start().await;
    let mut client = app.sign_in_as(Role::Administrator).await;
    let path = format!("/don-vi/{SCHOOL}/thay-doi/doi-ten");
    client.get(&path).await;
    let refused =
        client.post(&path, &[("on", "30/02/2027"), ("name", " "), ("how", "rename"), ("step", "preview")]).await;
    assert_eq!(refused.status, 422);
    assert!(
        refused.body.contains("Hãy ghi ngày bắt đầu") && refused.body.contains("Hãy ghi tên đơn vị"),
        "{}",
        refused.body
    );
}

#[tokio::test]
async fn one_school_is_told_by_a_word_and_levels_stand_as_reports_list_them() {
    let app = TestApp::start().await;
    let standard = [("pri_school_standard_1_count", 1.0), ("pri_school_standard_2_count", 0.0)];
    let primary = [("pri_school_count", 1.0), standard[0], standard[1], ("pri_pupil_count", 600.0)];
    app.approve(SCHOOL, "02-TH-DN", "2025-2026-DN", 1, &primary).await;
    let secondary = [("sec_school_count", 1.0), ("sec_pupil_count", 400.0)];
    app.approve(OTHER_SCHOOL, "03-THCS-DN", "2025-2026-DN", 1, &secondary).await;
    let mut officer = app.sign_in_as(Role::Officer).await;
    let school = officer.get(&format!("/don-vi/{SCHOOL}")).await.body;
    assert!(school.contains("<dt>Đạt chuẩn quốc gia</dt>") && school.contains(">Có</a>"), "{school}");
    let ward = officer.get(&format!("/don-vi/{WARD}")).await.body;
    assert!(ward.contains("<dt>Tỉ lệ trường đạt chuẩn quốc gia, các cấp</dt>"), "{ward}");
    let mut principal = app.sign_in_as(Role::Principal).await;
    let home = principal.get(&format!("/nam-hoc/{YEAR}")).await.body;
    assert!(home.contains("<dt>Đạt chuẩn quốc gia</dt>") && home.contains(">Có</a>"), "{home}");
    let list = officer.get("/chi-so").await.body;
    let at = |code: &str| list.find(&format!("\"/chi-so/{code}\"")).unwrap_or_else(|| panic!("{code}: {list}"));
    assert!(at("pri_pupil_parent_share") < at("sec_pupil_parent_share"));
    assert!(at("sec_pupil_parent_share") < at("school_total"));
    let rate = officer.get("/chi-so/standard_school_rate").await.body;
    assert!(rate.contains(" ÷ ") && rate.contains("<summary>Công thức viết bằng mã</summary>"), "{rate}");
}

#[tokio::test]
async fn a_line_that_only_heads_others_has_neither_measure_nor_cells() {
    let app = TestApp::start().await;
    let mut principal = app.sign_in_as(Role::Principal).await;
    for language in ["vi", "en"] {
        principal.get(&format!("/ngon-ngu/{language}?next=%2F")).await;
        let form = principal.get(&format!("/bieu/2025-2026-DN/02-TH-DN/{SCHOOL}?phan=0")).await.body;
        let heading = if language == "vi" { ">Trong đó:" } else { ">Of which:" };
        let line = form.split("<tr>").find(|line| line.contains(heading)).unwrap_or_else(|| panic!("{form}"));
        assert!(line.contains("<td class=\"small muted\"></td><td class=\"num\"></td>"), "{line}");
    }
}
