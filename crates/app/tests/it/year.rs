//! The year on one page.

use domain::{
    organisation::{
        Line,
        operations::{Decision, NewUnit},
    },
    school_year::{SchoolCalendar, SchoolYear},
};
use jiff::civil::date;
use tongket::{identity::Role, organisation::operations::apply, school_year};

use crate::kit::{OTHER_SCHOOL, SCHOOL, TestApp, WARD, YEAR};

#[tokio::test]
async fn the_first_page_leads_to_the_latest_year() {
    let app = TestApp::start().await;
    let mut client = app.sign_in_as(Role::Officer).await;
    assert_eq!(client.get("/").await.location(), format!("/nam-hoc/{YEAR}"));
    assert_eq!(client.get("/nam-hoc/1999-2000").await.status, 404);
    assert_eq!(app.anonymous().get("/").await.location(), "/dang-nhap?next=%2F");
    let page = client.get(&format!("/nam-hoc/{YEAR}")).await.body;
    assert!(page.contains("<a href=\"/tin-tuc\">Đọc tin bài</a>"), "the last step is open: {page}");
    let door = app.anonymous().get("/dang-nhap").await.body;
    assert!(door.contains("<a href=\"/tin-tuc\">"), "the public finds its pages: {door}");
}

#[tokio::test]
async fn the_page_says_what_comes_next_to_each_role() {
    let app = TestApp::start().await;
    let mut officer = app.sign_in_as(Role::Officer).await;
    let page = officer.get("/nam-hoc/2025-2026").await.body;
    assert!(page.contains("Còn 9 ngày đến hạn nộp") && page.contains("Xem và nhắc"), "{page}");
    assert!(page.contains("8 biểu chưa gửi"), "two schools with four forms each: {page}");
    let mut clerk = app.sign_in_as(Role::Clerk).await;
    let page = clerk.get("/nam-hoc/2025-2026").await.body;
    assert!(page.contains("4 biểu chưa gửi") && page.contains("Điền biểu"), "the clerk sees one school: {page}");
    assert!(page.len() < 30_000, "{} bytes", page.len());
}

#[tokio::test]
async fn a_period_is_closed_with_a_reason_and_opened_again() {
    let app = TestApp::start().await;
    let mut client = app.sign_in_as(Role::Officer).await;
    let page = format!("/nam-hoc/{YEAR}/ky-bao-cao");
    client.get(&page).await;
    let refused = client.post(&page, &[("verb", "close"), ("period", "2025-2026-CN")]).await;
    assert_eq!(refused.status, 422, "forms are pending and no reason was given");
    let reason = "Chốt để tổng hợp gửi Sở";
    let close = [("verb", "close"), ("period", "2025-2026-CN"), ("reason", reason)];
    assert_eq!(client.post(&page, &close).await.status, 303);
    let shown = client.get(&page).await.body;
    assert!(shown.contains("đã chốt") && shown.contains(reason), "{shown}");
    let reopen = [("verb", "reopen"), ("period", "2025-2026-CN"), ("reason", "Một trường sửa số liệu")];
    assert_eq!(client.post(&page, &reopen).await.status, 303);
    assert_eq!(app.audit_count("school_year.close").await + app.audit_count("school_year.reopen").await, 2);
    let mut clerk = app.sign_in_as(Role::Clerk).await;
    clerk.get(&page).await;
    assert_eq!(clerk.post(&page, &close).await.status, 403);
}

#[tokio::test]
async fn the_next_year_is_opened_and_a_period_added() {
    let app = TestApp::start().await;
    let mut client = app.sign_in_as(Role::Officer).await;
    client.get(&format!("/nam-hoc/{YEAR}/ky-bao-cao")).await;
    assert_eq!(client.post("/nam-hoc", &[("year", "2026-2027")]).await.status, 303);
    let page = "/nam-hoc/2026-2027/ky-bao-cao";
    let add = [
        ("verb", "add"),
        ("slug", "so-ket-hk1"),
        ("label", "Sơ kết học kỳ I"),
        ("as_of", "2027-01-15"),
        ("due_on", "2027-01-30"),
        ("forms", "02-TH-CN"),
    ];
    assert_eq!(client.post(page, &add).await.status, 303);
    let shown = client.get(page).await.body;
    assert!(shown.contains("Sơ kết học kỳ I") && shown.contains("Đầu năm học 2026-2027"), "{shown}");
}

#[tokio::test]
async fn every_link_of_the_year_leads_somewhere() {
    let app = TestApp::start().await;
    let mut client = app.sign_in_as(Role::Officer).await;
    let mut dead = Vec::new();
    for page in [format!("/nam-hoc/{YEAR}"), format!("/nam-hoc/{YEAR}/ky-bao-cao"), format!("/truong/{SCHOOL}")] {
        let body = client.get(&page).await.body;
        for link in body.split("href=\"/").skip(1).filter_map(|part| part.split('"').next()) {
            let link = format!("/{}", link.replace("&amp;", "&"));
            let answer = client.get(&link).await;
            if answer.status >= 400 {
                dead.push(format!("{page} -> {link}: {}", answer.status));
            }
        }
    }
    assert!(dead.is_empty(), "{}", dead.join("\n"));
}

/// Between two marks of a page, so that a test does not read another period's card.
fn card<'a>(page: &'a str, title: &str) -> &'a str {
    let from = page.find(title).unwrap_or_else(|| panic!("no card {title}: {page}"));
    &page[from..from + page[from..].find("</section>").unwrap()]
}

#[tokio::test]
async fn a_past_year_counts_the_schools_of_its_own_day() {
    let app = TestApp::start().await;
    let before = app.sign_in_as(Role::Officer).await.get(&format!("/nam-hoc/{YEAR}")).await.body;
    assert!(before.contains("8 biểu chưa gửi") && before.contains("2 trường"), "{before}");
    let registry = app.office.registry().await.unwrap();
    let school = registry.unit(SCHOOL).unwrap();
    let founded = NewUnit::in_place_of(school, &[], "90000003", "Trường Tiểu học Mới", date(2026, 6, 10));
    let founded = Decision::Create { unit: founded };
    let dissolved = Decision::Dissolve { code: OTHER_SCHOOL.into(), parts: Vec::new() };
    for (decision, on) in [(founded, date(2026, 6, 10)), (dissolved, date(2026, 6, 15))] {
        apply(&app.office, &app.context(), &decision, on, "").await.unwrap();
    }
    let mut client = app.sign_in_as(Role::Officer).await;
    let after = client.get(&format!("/nam-hoc/{YEAR}")).await.body;
    assert!(after.contains("8 biểu chưa gửi") && after.contains("2 trường"), "{after}");
    let periods = client.get(&format!("/nam-hoc/{YEAR}/ky-bao-cao")).await.body;
    assert!(card(&periods, "Cuối năm học 2025-2026").contains("0/8"), "{periods}");
}

#[tokio::test]
async fn more_time_is_told_everywhere_and_a_closed_period_gets_none() {
    let app = TestApp::start().await;
    let mut client = app.sign_in_as(Role::Officer).await;
    let page = format!("/nam-hoc/{YEAR}/ky-bao-cao");
    client.get(&page).await;
    let extend = [
        ("verb", "extend"),
        ("period", "2025-2026-CN"),
        ("until", "2026-07-15"),
        ("form", ""),
        ("unit", ""),
        ("reason", "bão lũ"),
    ];
    assert_eq!(client.post(&page, &extend).await.status, 303);
    let shown = client.get(&page).await.body;
    let shown = card(&shown, "Cuối năm học 2025-2026");
    assert!(
        shown.contains("15/07/2026") && shown.contains("bão lũ") && shown.contains("(hạn đặt ban đầu 30/06/2026)"),
        "{shown}"
    );
    for place in [format!("/nam-hoc/{YEAR}"), format!("/nam-hoc/{YEAR}/so-lieu"), format!("/truong/{SCHOOL}")] {
        let shown = client.get(&place).await.body;
        assert!(shown.contains("15/07/2026") && !shown.contains("30/06/2026"), "{place}: {shown}");
    }
    let close = [("verb", "close"), ("period", "2025-2026-CN"), ("reason", "thử")];
    assert_eq!(client.post(&page, &close).await.status, 303);
    let later = extend.map(|(name, value)| if name == "until" { (name, "2026-08-15") } else { (name, value) });
    let refused = client.post(&page, &later).await;
    assert!(refused.status == 422 && refused.body.contains("mở lại kỳ trước"), "{}", refused.body);
}

#[tokio::test]
async fn one_form_gets_its_own_day_and_one_school_more_time() {
    let app = TestApp::start().await;
    let mut client = app.sign_in_as(Role::Officer).await;
    let page = format!("/nam-hoc/{YEAR}/ky-bao-cao");
    client.get(&page).await;
    let period = ("period", "2025-2026-CN");
    let set = [("verb", "deadline"), period, ("form", "02-TH-CN"), ("due_on", "2026-06-25")];
    assert_eq!(client.post(&page, &set).await.status, 303);
    let more = |unit: &'static str| {
        [
            ("verb", "extend"),
            period,
            ("form", "02-TH-CN"),
            ("unit", unit),
            ("until", "2026-07-03"),
            ("reason", "dịch sởi"),
        ]
    };
    let refused = client.post(&page, &more("90009999")).await;
    assert!(
        refused.status == 422 && refused.body.contains("value=\"90009999\"") && refused.body.contains("dịch sởi"),
        "{}",
        refused.body
    );
    assert_eq!(client.post(&page, &more(SCHOOL)).await.status, 303);
    let form = client.get(&format!("/bieu/2025-2026-CN/02-TH-CN/{SCHOOL}")).await.body;
    assert!(form.contains("03/07/2026"), "{form}");
    let shown = client.get(&page).await.body;
    let shown = card(&shown, "Cuối năm học 2025-2026");
    assert!(shown.contains("02-TH-CN: 25/06/2026") && shown.contains("Trường Tiểu học Hoa Sữa"), "{shown}");
    assert!(client.get(&format!("/truong/{SCHOOL}")).await.body.contains("03/07/2026"));
}

#[tokio::test]
async fn a_period_of_the_office_s_own_gathers_the_forms_chosen_for_it() {
    let app = TestApp::start().await;
    let mut client = app.sign_in_as(Role::Officer).await;
    let page = format!("/nam-hoc/{YEAR}/ky-bao-cao");
    assert!(client.get(&page).await.body.contains("Học kỳ I: 05/09/2025 – 18/01/2026"));
    let faulty = [("verb", "add"), ("label", "Sơ kết"), ("slug", "SO KET"), ("as_of", "2026-01-15"), ("due_on", "")];
    let refused = client.post(&page, &faulty).await;
    assert_eq!(refused.status, 422);
    assert!(refused.body.contains("value=\"Sơ kết\"") && !refused.body.contains("slug :"), "{}", refused.body);
    for said in ["Mã kỳ «SO KET»", "Hãy ghi ngày", "ít nhất một biểu"] {
        assert!(refused.body.contains(said), "{said}: {}", refused.body);
    }
    let add = [
        ("verb", "add"),
        ("label", "Sơ kết học kỳ I"),
        ("slug", "so-ket-hk1"),
        ("as_of", "2026-01-15"),
        ("due_on", "2026-01-30"),
        ("forms", "02-TH-CN"),
    ];
    assert_eq!(client.post(&page, &add).await.status, 303);
    let shown = client.get(&page).await.body;
    assert!(card(&shown, "Sơ kết học kỳ I").contains("0/1"), "one primary school owes one form: {shown}");
    let mut clerk = app.sign_in_as(Role::Clerk).await;
    let form = format!("/bieu/2025-2026-so-ket-hk1/02-TH-CN/{SCHOOL}");
    assert_eq!(clerk.get(&form).await.status, 200);
    assert_eq!(clerk.get(&format!("{form}/mau.xlsx")).await.status, 200);
    assert_eq!(clerk.get(&format!("/bieu/2025-2026-so-ket-hk1/05-DN-CN/{SCHOOL}")).await.status, 422);
    assert!(clerk.get(&format!("/truong/{SCHOOL}")).await.body.contains("Sơ kết học kỳ I"));
}

#[tokio::test]
async fn an_office_younger_than_a_period_counts_the_schools_that_it_took_over() {
    let app = TestApp::start().await;
    let last_year = SchoolCalendar::usual(SchoolYear::parse("2024-2025").unwrap());
    school_year::operations::open(&app.office, &app.context(), &last_year).await.unwrap();
    let (young, founded) = ("N00999", date(2025, 7, 1));
    let registry = app.office.registry().await.unwrap();
    let unit = NewUnit::in_place_of(registry.unit(WARD).unwrap(), &[], young, "Phường Bồ Đề", founded);
    apply(&app.office, &app.context(), &Decision::Create { unit }, founded, "").await.unwrap();
    for code in [SCHOOL, OTHER_SCHOOL] {
        let taken_over = Decision::Move { code: code.into(), line: Line::Management, parent: young.into() };
        apply(&app.office, &app.context(), &taken_over, founded, "").await.unwrap();
    }
    app.add_account("young", Role::Officer, young).await;
    let mut client = app.sign_in("young").await;
    let page = "/nam-hoc/2024-2025/ky-bao-cao";
    let shown = client.get(page).await.body;
    assert!(card(&shown, "Cuối năm học 2024-2025").contains("0/8"), "{shown}");
    let shown = client.get("/nam-hoc/2024-2025").await.body;
    assert!(shown.contains("8 biểu chưa gửi") && shown.contains("2 trường"), "{shown}");
    let refused = client.post(page, &[("verb", "close"), ("period", "2024-2025-CN")]).await;
    assert_eq!(refused.status, 422, "forms are pending and no reason was given");
}

#[tokio::test]
async fn a_period_is_closed_for_every_school_and_by_the_topmost_office() {
    let app = TestApp::start().await;
    let (neighbour, founded) = ("N00999", date(2025, 7, 1));
    let registry = app.office.registry().await.unwrap();
    let unit = NewUnit::in_place_of(registry.unit(WARD).unwrap(), &[], neighbour, "Phường Bồ Đề", founded);
    apply(&app.office, &app.context(), &Decision::Create { unit }, founded, "").await.unwrap();
    app.add_account("neighbour", Role::Officer, neighbour).await;
    let page = format!("/nam-hoc/{YEAR}/ky-bao-cao");
    let close = [("verb", "close"), ("period", "2025-2026-CN")];
    let mut client = app.sign_in("neighbour").await;
    client.get(&page).await;
    assert_eq!(client.post(&page, &close).await.status, 422, "it has no school, but closing locks the forms of all");

    app.add_account("province", Role::Officer, "N01").await;
    let mut ward = app.sign_in_as(Role::Officer).await;
    let shown = ward.get(&page).await.body;
    let is_told = shown.contains("Cơ quan cấp trên mở, gia hạn và chốt kỳ báo cáo");
    assert!(is_told && !shown.contains("name=\"verb\""), "the periods are the province's: {shown}");
    let with_reason = [close[0], close[1], ("reason", "Chốt để tổng hợp")];
    assert_eq!(ward.post(&page, &with_reason).await.status, 403);
    assert_eq!(ward.post("/nam-hoc", &[("year", "2026-2027")]).await.status, 403);
    let mut province = app.sign_in("province").await;
    province.get(&page).await;
    assert_eq!(province.post(&page, &close).await.status, 422);
    assert_eq!(province.post(&page, &with_reason).await.status, 303);
}
