//! What units send, through the pages: type, save, send, return, mend, approve; workbooks up and down; the board.

use documents::workbook;
use domain::{
    Level,
    organisation::{Line, SchoolFacts, Unit, UnitKind, Validity},
    school_year::SchoolCalendar,
    submissions::Value,
};
use tongket::{
    identity::Role,
    organisation,
    platform::jobs,
    school_year,
    submissions::{
        SubmissionKey,
        bulk::Keep,
        sources::Sources,
        template,
        workbooks::{self, Terms},
    },
};

use crate::kit::{Client, TestApp};

pub(crate) const PERIOD: &str = "2025-2026-CN";
pub(crate) const FORM: &str = "02-TH-CN";
const WARD: &str = "N00145";
pub(crate) const SCHOOL: &str = "80000001";

/// A ward with `schools` primary schools from 80000001 on, an officer, and a principal of the first.
pub(crate) async fn ward(schools: u32) -> TestApp {
    let app = TestApp::empty().await;
    let mut units = vec![Unit::new(WARD, UnitKind::Commune, "Phường Long Biên", Validity::ALWAYS)];
    units.extend((1..=schools).map(|number| {
        let code = format!("8{number:07}");
        let name = format!("Trường Tiểu học Hoa Sữa {number}");
        let facts = SchoolFacts { levels: vec![Level::Primary], ..SchoolFacts::default() };
        let unit = Unit::new(&code, UnitKind::School, &name, Validity::ALWAYS).under(Line::Management, WARD);
        Unit { school: Some(facts), ..unit }
    }));
    organisation::operations::import(&app.office, &app.context(), units, Vec::new()).await.unwrap();
    let calendar = SchoolCalendar::usual("2025-2026".to_owned().try_into().unwrap());
    school_year::operations::open(&app.office, &app.context(), &calendar).await.unwrap();
    app.add_account("officer", Role::Officer, WARD).await;
    app.add_account("principal", Role::Principal, SCHOOL).await;
    app
}

/// The fields of the form with nought in every cell that is typed, but for the first.
pub(crate) fn noughts(app: &TestApp, first: &str) -> Vec<(String, String)> {
    let form = app.office.catalogue().form(FORM).unwrap();
    let typed = form.cells().enumerate().filter(|(_, cell)| cell.total_of.is_empty());
    let mut fields: Vec<_> = typed.map(|(position, _)| (format!("c{position}"), "0".to_owned())).collect();
    fields[0].1 = first.to_owned();
    fields
}

pub(crate) async fn post(
    client: &mut Client,
    path: &str,
    fields: &[(String, String)],
    verb: &str,
) -> crate::kit::Answer {
    let mut fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    fields.push(("verb", verb));
    client.post(path, &fields).await
}

#[tokio::test]
async fn a_form_goes_from_the_keyboard_to_approval_and_comes_back_once() {
    let app = ward(1).await;
    let mut principal = app.sign_in("principal").await;
    let path = format!("/bieu/{PERIOD}/{FORM}/{SCHOOL}");
    let page = principal.get(&path).await;
    assert_eq!(page.status, 200, "{}", page.body);
    assert!(page.body.contains("name=\"c0\""));
    assert!(page.body.len() < 30 * 1024, "{} bytes", page.body.len());

    let wrong = post(&mut principal, &path, &[("c0".into(), "khoảng 4".into())], "save").await;
    assert_eq!(wrong.status, 422);
    assert!(wrong.body.contains("value=\"khoảng 4\"") && wrong.body.contains("aria-invalid"), "what was typed stays");

    let fields = noughts(&app, "0");
    let saved = post(&mut principal, &format!("{path}/nhap"), &fields, "save").await;
    assert_eq!(saved.status, 200, "{}", saved.body);
    let sent = post(&mut principal, &path, &fields, "submit").await;
    assert_eq!(sent.status, 303, "{}", sent.body);

    let mut officer = app.sign_in("officer").await;
    let page = officer.get(&format!("{path}?o=0")).await;
    assert!(page.body.contains("name=\"r0\""), "{}", page.body);
    let returned =
        officer.post(&path, &[("verb", "return"), ("reason", ""), ("r0", "Thiếu học sinh chuyển đến")]).await;
    assert_eq!(returned.status, 303, "{}", returned.body);
    let school = principal.get(&format!("/truong/{SCHOOL}")).await;
    assert!(school.body.contains("Thiếu học sinh chuyển đến"), "{}", school.body);

    principal.get(&path).await;
    let unchanged = post(&mut principal, &path, &fields, "submit").await;
    assert_eq!(unchanged.status, 422);
    let mended = post(&mut principal, &path, &noughts(&app, "0,0"), "submit").await;
    assert_eq!(mended.status, 422, "the same number in another dress is no correction");
}

#[tokio::test]
async fn a_workbook_comes_down_goes_up_and_is_approved_from_the_board() {
    let app = ward(2).await;
    let key = SubmissionKey::new(PERIOD, FORM, SCHOOL);
    let blank = template::workbook_for(&app.office, &key).await.unwrap();
    let form = app.office.catalogue().form(FORM).unwrap();
    let values: Vec<Option<Value>> = form.cells().map(|_| Some(Value::Number(0.0))).collect();
    let filled = filled(&app, &values);

    let mut principal = app.sign_in("principal").await;
    principal.get("/nop-tep").await;
    let refused = principal
        .upload("/nop-tep", &[], &[("files", "trong.xlsx", &blank), ("files", "hong.xlsx", b"PK\x03\x04")])
        .await;
    assert_eq!(refused.status, 200, "{}", refused.body);
    assert!(refused.body.contains("hong.xlsx") && refused.body.contains("/nop-tep/"), "a marked copy is offered");
    let taken = principal.upload("/nop-tep", &[], &[("files", "day.xlsx", &filled)]).await;
    assert!(taken.body.contains("class=\"said\""), "{}", taken.body);

    let mut officer = app.sign_in("officer").await;
    let board = officer.get("/nam-hoc/2025-2026/so-lieu").await;
    assert_eq!(board.status, 200, "{}", board.body);
    assert!(board.body.contains("Hoa Sữa 1") && board.body.contains("Hoa Sữa 2"));
    let act = "/nam-hoc/2025-2026/so-lieu";
    let done = officer.post(act, &[("period", PERIOD), ("verb", "approve"), ("unit", SCHOOL)]).await;
    assert!(done.location().ends_with("xong=duyet-1-0"), "{}", done.location());
    let excel = officer.get("/nam-hoc/2025-2026/so-lieu.xlsx").await;
    assert_eq!(excel.status, 200);
    assert_eq!(principal.post(act, &[("period", PERIOD), ("verb", "approve"), ("unit", SCHOOL)]).await.status, 403);
}

#[tokio::test]
async fn a_large_sending_is_taken_in_by_a_job_whose_page_shows_how_far_it_is() {
    let app = ward(1).await;
    let form = app.office.catalogue().form(FORM).unwrap();
    let filled = filled(&app, &form.cells().map(|_| Some(Value::Number(0.0))).collect::<Vec<_>>());
    let names: Vec<String> = (0..24).map(|number| format!("tep-{number}.xlsx")).collect();
    let mut files: Vec<(&str, &str, &[u8])> = names.iter().map(|name| ("files", name.as_str(), &filled[..])).collect();
    files.push(("files", "hong.xlsx", b"PK\x03\x04"));
    let mut principal = app.sign_in("principal").await;
    principal.get("/nop-tep").await;
    let sent = principal.upload("/nop-tep", &[], &files).await;
    let page = sent.location().to_owned();
    assert!(sent.status == 303 && page.starts_with("/nop-tep/cong-viec/"), "{} {}", sent.status, sent.body);

    let waiting = principal.get(&page).await;
    assert!(waiting.body.contains("Đang chờ đến lượt") && waiting.body.contains("http-equiv=\"refresh\""));
    let mut officer = app.sign_in("officer").await;
    assert!(officer.get(&page).await.status >= 403, "another's sending");
    assert!(jobs::run_one(&app.office, &tongket::work::kinds()).await.unwrap());
    let done = principal.get(&page).await;
    assert!(done.body.contains("Nhận 24 tệp, từ chối 1 tệp") && !done.body.contains("http-equiv"), "{}", done.body);
    let first = done.body.find("hong.xlsx").unwrap();
    assert!(first < done.body.find("tep-0.xlsx").unwrap(), "what was refused stands first");
    assert_eq!(app.audit_count("submissions.put_aside").await, 1);
    let left = app.office.folder().join("files").join("incoming");
    assert_eq!(std::fs::read_dir(left).unwrap().count(), 0, "the files are gone once they are taken in");
}

fn filled(app: &TestApp, values: &[Option<Value>]) -> Vec<u8> {
    let form = app.office.catalogue().form(FORM).unwrap();
    let spec = workbook::TemplateSpec {
        catalogue: app.office.catalogue(),
        form,
        unit_code: SCHOOL,
        unit_name: "Trường Tiểu học Hoa Sữa 1",
        office_name: "Phường Long Biên",
        school_year: "2025-2026".to_owned().try_into().unwrap(),
        period_code: PERIOD,
        as_of: "2026-05-31".parse().unwrap(),
        due_on: "2026-06-30".parse().unwrap(),
        values: Some(values),
        previous: None,
        notes: &[],
    };
    workbook::template(&spec).unwrap()
}

#[tokio::test]
async fn every_problem_of_every_file_is_told_and_nothing_is_stored_in_part() {
    let app = ward(1).await;
    let form = app.office.catalogue().form(FORM).unwrap();
    let mut values: Vec<Option<Value>> = form.cells().map(|_| Some(Value::Number(0.0))).collect();
    values[0] = Some(Value::Number(-4.0));
    values[1] = Some(Value::Number(2.5));
    let files = vec![
        ("sai.xlsx".to_owned(), filled(&app, &values)),
        ("rong.zip".to_owned(), b"PK\x05\x06".to_vec()),
        ("thu.txt".to_owned(), b"xin chao".to_vec()),
    ];
    let terms = Terms::plain(Keep::Stored);
    let sources = Sources::in_memory(files);
    let reports = workbooks::import(&app.office, &app.context(), sources, &terms, |_| {}).await.unwrap();
    assert_eq!(reports.iter().map(|r| r.accepted).collect::<Vec<_>>(), [false, false, false]);
    let codes: Vec<&str> = reports[0].problems.iter().map(|problem| problem.code.as_str()).collect();
    assert!(codes.contains(&"out_of_range") && codes.contains(&"not_whole"), "{codes:?}");
    assert!(reports[0].problems.iter().take(2).all(|p| !p.cell.is_empty()), "{:?}", reports[0].problems);
    let wrong = |problem: &&workbook::Problem| ["out_of_range", "not_whole"].contains(&problem.code.as_str());
    for wrong in reports[0].problems.iter().filter(wrong) {
        let again =
            |p: &&workbook::Problem| p.code == "missing_value" && (&p.sheet, &p.cell) == (&wrong.sheet, &wrong.cell);
        assert_eq!(reports[0].problems.iter().filter(again).count(), 0, "{} is not missing as well", wrong.cell);
    }
    assert_eq!(app.audit_count("submissions.submit").await, 0);
}

#[tokio::test]
async fn a_reminder_leads_to_each_form_that_is_owed_in_the_language_of_its_reader() {
    let app = ward(1).await;
    app.add_account("clerk", Role::Clerk, SCHOOL).await;
    for (user, language) in [("principal", "vi"), ("clerk", "en")] {
        let sql = "update account set email = $1, language = $2 where user_name = $3";
        let query = sqlx::query(sql).bind(format!("{user}@truong.example")).bind(language.to_owned());
        query.bind(user.to_owned()).execute(app.office.db().pool()).await.unwrap();
    }
    let mut officer = app.sign_in("officer").await;
    let board = "/nam-hoc/2025-2026/so-lieu";
    officer.get(board).await;
    let done = officer.post(board, &[("period", PERIOD), ("verb", "remind"), ("unit", SCHOOL)]).await;
    assert!(done.location().ends_with("xong=nhac-2"), "{} {}", done.location(), done.body);
    let sql = "select recipient, subject, body from mail order by recipient";
    let letters: Vec<(String, String, String)> = sqlx::query_as(sql).fetch_all(app.office.db().pool()).await.unwrap();
    let [(_, english, in_english), (_, vietnamese, in_vietnamese)] = &letters[..] else { panic!("{letters:?}") };
    assert!(english.starts_with("Figures are due") && vietnamese.starts_with("Nhắc nộp số liệu"));
    let owed = format!("/bieu/{PERIOD}/{FORM}/{SCHOOL}");
    assert!(in_english.contains(&format!("http://localhost{owed}")) && in_english.contains("To Trường Tiểu học"));
    assert!(in_vietnamese.contains(&owed) && in_vietnamese.contains("hạn 30/06/2026"), "{in_vietnamese}");
    assert_eq!(in_vietnamese.matches("/bieu/").count(), 4, "one line for each form of a primary school");
}

#[tokio::test]
async fn the_board_reads_by_emulation_cluster_where_the_office_has_set_them() {
    let app = ward(3).await;
    let mut officer = app.sign_in("officer").await;
    let (page, board) = ("/nam-hoc/2025-2026/cum", "/nam-hoc/2025-2026/so-lieu");
    assert!(!officer.get(board).await.body.contains("name=\"cum\""), "no clusters, no filter");
    assert!(officer.get(page).await.body.contains("80000002; ; Trường Tiểu học Hoa Sữa 2"));
    let refused = officer.post(page, &[("lines", "80000001; Cụm 1\n70000001; Cụm 1\n80000001; Cụm 2")]).await;
    assert!(refused.status == 422 && refused.body.contains("Dòng 3"), "{}", refused.body);
    assert_eq!(app.audit_count("clusters.set").await, 0, "nothing was taken in part");
    let lines = "80000001; Cụm 1\n80000002; Cụm 2; Hoa Sữa 2\n80000003; Cụm 2";
    assert_eq!(officer.post(page, &[("lines", lines)]).await.status, 303);
    let all = officer.get(board).await.body;
    assert!(
        all.contains("name=\"cum\"") && all.contains("<th scope=\"row\">Cụm 2</th><td class=\"num\">2</td>"),
        "{all}"
    );
    let all_once = "<th scope=\"row\">Toàn bộ, mỗi đơn vị tính một lần</th><td class=\"num\">3</td>";
    assert_eq!(all.matches(all_once).count(), 2, "under the levels and under the clusters: {all}");
    assert!(!all.contains("Trường có nhiều cấp học") && !all.contains("chưa xếp cụm"), "{all}");
    let second = officer.get(&format!("{board}?cum=C%E1%BB%A5m+2")).await.body;
    assert!(!second.contains("Hoa Sữa 1<") && second.contains("Hoa Sữa 2<") && second.contains("Hoa Sữa 3<"));
    assert_eq!(officer.post(page, &[("lines", "80000003;")]).await.status, 303);
    assert!(!officer.get(&format!("{board}?cum=C%E1%BB%A5m+2")).await.body.contains("Hoa Sữa 3<"));
    assert!(officer.get(board).await.body.contains("1 đơn vị chưa xếp cụm"));
    assert_eq!(app.audit_count("clusters.set").await, 2);
    let mut principal = app.sign_in("principal").await;
    principal.get(page).await;
    assert_eq!(principal.post(page, &[("lines", "80000001; Cụm 9")]).await.status, 403);
}

#[tokio::test]
async fn the_board_stays_small_and_pages_at_the_scale_of_a_province() {
    let app = ward(60).await;
    let mut officer = app.sign_in("officer").await;
    let board = officer.get("/nam-hoc/2025-2026/so-lieu").await;
    assert!(board.body.len() < 30 * 1024, "{} bytes", board.body.len());
    assert!(board.body.contains("trang=2"));
    let second = officer.get("/nam-hoc/2025-2026/so-lieu?trang=3").await;
    assert!(second.body.contains("Hoa Sữa"));
    let found = officer.get("/nam-hoc/2025-2026/so-lieu?q=hoa+sua+17").await;
    assert!(found.body.contains("Hoa Sữa 17") && !found.body.contains("Hoa Sữa 18"));
}
