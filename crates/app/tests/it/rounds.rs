//! The road of a score over HTTP: a set opened, self-score with evidence, review, explanation, second review, final points,
//! council, publication, correction; and everything that is refused on the way.

use domain::{
    evaluation::road::{Claim, Entry, LineKind, RoadState, Sitting, Vote, lines},
    school_year::SchoolYear,
};
use jiff::civil::date;
use tongket::{
    evaluation::{
        queries::evaluate,
        road::{Task, operations, queries},
        sets,
    },
    identity::Role,
    platform::Error,
};

use crate::{
    guidance::pdf,
    kit::{Client, OTHER_SCHOOL, SCHOOL, TestApp, WARD, YEAR},
};

pub(crate) const SET: &str = "cntt-truong-hoc";
/// A line judged from evidence, 5 points.
pub(crate) const LESSONS: &str = "lessons_with_it";

fn year() -> SchoolYear {
    SchoolYear::parse(YEAR).unwrap()
}

/// Opens a set for the kit's ward in the usual way; gives the round's number.
pub(crate) async fn opened(app: &TestApp, set: &str) -> i64 {
    let context = app.context();
    let opening = operations::Opening::usual(set, year(), WARD, context.today());
    operations::open_set(&app.office, &context, &opening).await.unwrap()
}

/// The fields of a whole sheet: this many points for what is judged, and nothing of what figures give applies.
pub(crate) async fn sheet(app: &TestApp, points: f64) -> Vec<(String, String)> {
    let known = sets::of_year(&app.office, SET, year()).await.unwrap();
    let mut fields = Vec::new();
    for line in lines(&known.set) {
        match line.kind {
            LineKind::Computed(_) => {
                fields.push((format!("n_{}", line.code), "1".to_owned()));
                fields.push((format!("c_{}", line.code), "Trường mới thành lập".to_owned()));
            }
            LineKind::Judged(item) => {
                let value = match item.test {
                    domain::evaluation::criteria::Test::YesNo { .. } => 1.0,
                    _ => points.min(item.max.number()),
                };
                fields.push((format!("v_{}", line.code), value.to_string().replace('.', ",")));
                fields.push((format!("c_{}", line.code), String::new()));
            }
            _ => {}
        }
    }
    fields
}

pub(crate) async fn does(client: &mut Client, path: &str, verb: &str, fields: &[(String, String)]) -> (u16, String) {
    client.get(path).await;
    let mut sent: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    sent.push(("verb", verb));
    let answer = client.post(path, &sent).await;
    (answer.status, answer.body)
}

pub(crate) fn field(name: &str, value: &str) -> (String, String) {
    (name.to_owned(), value.to_owned())
}

async fn state(app: &TestApp, round: i64, unit: &str) -> RoadState {
    queries::road(&app.office, round, unit).await.unwrap().1.state
}

pub(crate) fn own(round: i64) -> String {
    format!("/cham-diem/{round}/tu-cham/{SCHOOL}")
}

pub(crate) fn reviewed(round: i64) -> String {
    format!("/cham-diem/{round}/tham-dinh/{SCHOOL}")
}

fn codes(error: Error) -> Vec<String> {
    match error {
        Error::Refused(refusal) => refusal.reasons.into_iter().map(|reason| reason.code).collect(),
        other => vec![format!("{other:?}")],
    }
}

/// Takes the kit's school to final points by its verbs, with two points less than it gave itself for the lessons.
async fn finalised(app: &TestApp, round: i64) {
    let (mut principal, mut officer) = (app.sign_in_as(Role::Principal).await, app.sign_in_as(Role::Officer).await);
    let mut fields = sheet(app, 4.0).await;
    assert_eq!(does(&mut principal, &own(round), "submit", &fields).await.0, 303);
    let lessons = fields.iter_mut().find(|(name, _)| *name == format!("v_{LESSONS}")).unwrap();
    lessons.1 = "2".to_owned();
    assert_eq!(does(&mut officer, &reviewed(round), "finish", &fields).await.0, 303);
    let words = [field(&format!("c_{LESSONS}"), "Đã bổ sung sổ theo dõi thiết bị.")];
    assert_eq!(does(&mut principal, &own(round), "explain", &words).await.0, 303);
    let second = [field(&format!("v_{LESSONS}"), "3"), field(&format!("c_{LESSONS}"), "Sổ đủ một học kỳ")];
    assert_eq!(does(&mut officer, &reviewed(round), "second", &second).await.0, 303);
    assert_eq!(does(&mut officer, &reviewed(round), "finalise", &[]).await.0, 303);
}

fn sitting(seen: u32, agree: u32) -> Sitting {
    let vote = Vote { unit: SCHOOL.to_owned(), agree, against: 7 - agree, grade: None, reason: String::new() };
    Sitting { held_on: date(2026, 6, 21), members: 9, present: 7, seen, votes: vec![vote] }
}

#[tokio::test]
async fn a_school_scores_itself_and_every_fault_is_told() {
    let app = TestApp::start().await;
    let (mut officer, mut principal) = (app.sign_in_as(Role::Officer).await, app.sign_in_as(Role::Principal).await);
    let form = officer.get(&format!("/danh-gia/{YEAR}/{SET}/mo-dot")).await.body;
    assert!(form.contains("name=\"self_scored\"") && form.contains("data/criteria/cntt-truong-hoc.toml"), "{form}");
    let days =
        [("self_scored", "2026-06-20"), ("reviewed_1", "2026-06-30"), ("limit", "1"), ("quorum", "67"), ("agree", "0")];
    let wrong = officer.post(&format!("/danh-gia/{YEAR}/{SET}/mo-dot"), &days).await;
    assert_eq!(wrong.status, 422);
    assert!(wrong.body.contains("đã qua") && wrong.body.contains("từ 1 đến 100%"), "{}", wrong.body);
    let days = [
        ("self_scored", "2026-06-25"),
        ("reviewed_1", "2026-06-30"),
        ("limit", "1"),
        ("quorum", "67"),
        ("agree", "51"),
    ];
    let done = officer.post(&format!("/danh-gia/{YEAR}/{SET}/mo-dot"), &days).await;
    assert_eq!((done.status, done.location()), (303, "/cham-diem/1"), "{}", done.body);
    let again = officer.post(&format!("/danh-gia/{YEAR}/{SET}/mo-dot"), &days).await;
    assert!(again.status == 422 && again.body.contains("đã được mở"), "{}", again.body);

    let list = principal.get(&format!("/danh-gia/{YEAR}")).await.body;
    assert!(list.contains("/cham-diem/1"), "{list}");
    let board = principal.get("/cham-diem/1").await.body;
    assert!(board.contains("Hoa Sữa") && !board.contains("Bồ Câu"), "a school sees its own row: {board}");
    let page = principal.get(&own(1)).await.body;
    assert!(
        page.contains("Dùng phần mềm quản lý trực tuyến") && page.len() < 30 * 1024,
        "{} bytes: {page}",
        page.len()
    );

    let wrong = [
        field(&format!("v_{LESSONS}"), "6"),
        field(&format!("c_{LESSONS}"), ""),
        field("v_online_tests", "-1"),
        field("c_online_tests", ""),
        field("n_online_teaching", "1"),
        field("c_online_teaching", ""),
    ];
    let (status, body) = does(&mut principal, &own(1), "save", &wrong).await;
    assert_eq!(status, 422);
    for said in ["6 điểm cao hơn điểm tối đa 5", "-1 nhỏ hơn 0", "đề nghị không áp dụng phải ghi lý do"]
    {
        assert!(body.contains(said), "«{said}»: {body}");
    }
    let text = [field(&format!("v_{LESSONS}"), "bốn"), field(&format!("c_{LESSONS}"), "")];
    assert!(does(&mut principal, &own(1), "save", &text).await.1.contains("không phải là số"));
    let one = [field(&format!("v_{LESSONS}"), "4,5"), field(&format!("c_{LESSONS}"), "Có sổ")];
    assert_eq!(does(&mut principal, &own(1), "save", &one).await.0, 303);
    assert_eq!(does(&mut principal, &own(1), "save", &one).await.0, 303, "the same again");
    let (road, _) = queries::road(&app.office, 1, SCHOOL).await.unwrap();
    assert_eq!(road.records.len(), 1, "what does not change is not written twice");
    let (status, body) = does(&mut principal, &own(1), "submit", &[]).await;
    assert!(status == 422 && body.contains("chưa tự chấm"), "{body}");
    let (context, units) = (app.context(), [SCHOOL.to_owned()]);
    let task = Task { round: 1, unit: SCHOOL, units: &units };
    let entry = Entry { line: "staff_use_it".to_owned(), claim: Some(Claim::Value(5.into())), ..Entry::default() };
    let computed = operations::self_score(&app.office, &context, task, &[entry]).await;
    assert_eq!(codes(computed.unwrap_err()), ["computed_item"]);
}

#[tokio::test]
async fn evidence_is_looked_over_and_opens_only_for_those_who_judge() {
    let app = TestApp::start().await;
    let round = opened(&app, SET).await;
    let mut principal = app.sign_in_as(Role::Principal).await;
    principal.get(&own(round)).await;
    let path = format!("/cham-diem/{round}/minh-chung");
    let fields = [("unit", SCHOOL), ("line", LESSONS)];
    let bad: [(&str, &str, &[u8]); 2] =
        [("file", "so-theo-doi.pdf", b"MZ\x90\0program"), ("file", "anh.png", b"\x89PNG\r\n\x1a\nnothing")];
    let refused = principal.upload(&path, &fields, &bad).await;
    assert_eq!(refused.status, 422);
    assert!(refused.body.contains("so-theo-doi.pdf: Tệp là chương trình"), "{}", refused.body);
    let content = pdf("so theo doi thiet bi");
    let good: [(&str, &str, &[u8]); 1] = [("file", "sổ theo dõi.exe", &content)];
    let done = principal.upload(&path, &fields, &good).await;
    assert_eq!(done.status, 303, "{}", done.body);
    let known = queries::evidence(&app.office, round, SCHOOL).await.unwrap();
    assert_eq!((known.len(), known[0].name.as_str()), (1, "sổ theo dõi.pdf"));
    let address = format!("{path}/{SCHOOL}/{}", known[0].sha256);
    assert_eq!(principal.get(&address).await.status, 200);
    assert_eq!(app.sign_in_as(Role::Officer).await.get(&address).await.status, 200);
    app.add_account("neighbour", Role::Principal, OTHER_SCHOOL).await;
    let mut neighbour = app.sign_in("neighbour").await;
    assert_eq!(neighbour.get(&address).await.status, 403);
    let foreign = neighbour.upload(&path, &fields, &good).await;
    assert_eq!(foreign.status, 403);
    assert_eq!(does(&mut principal, &own(round), "submit", &sheet(&app, 4.0).await).await.0, 303);
    let (road, _) = queries::road(&app.office, round, SCHOOL).await.unwrap();
    let record = road.records.iter().find(|record| record.what.line == LESSONS).unwrap();
    assert_eq!(record.what.evidence, [known[0].sha256.clone()], "the record says which files it means");
    principal.get(&own(round)).await;
    let late = principal.upload(&path, &fields, &good).await;
    assert!(late.status == 422 && late.body.contains("chỉ nộp minh chứng khi"), "{}", late.body);
}

#[tokio::test]
async fn a_neighbour_checks_what_it_was_given_and_nobody_the_own_unit() {
    let app = TestApp::start().await;
    let round = opened(&app, SET).await;
    app.add_account("neighbour", Role::Principal, OTHER_SCHOOL).await;
    let (mut neighbour, mut officer) = (app.sign_in("neighbour").await, app.sign_in_as(Role::Officer).await);
    assert_eq!(neighbour.get(&reviewed(round)).await.status, 403);
    let board = format!("/cham-diem/{round}");
    let wrong = [field("lines", &format!("{SCHOOL}; {SCHOOL}\n99999999; {OTHER_SCHOOL}; khong_co"))];
    let (status, body) = does(&mut officer, &board, "assign", &wrong).await;
    assert!(status == 422 && body.contains("không tự kiểm tra chéo") && body.contains("không thuộc đợt"), "{body}");
    let given = [field("lines", &format!("{SCHOOL}; {OTHER_SCHOOL}; {LESSONS}"))];
    assert_eq!(does(&mut officer, &board, "assign", &given).await.0, 303);
    let mut principal = app.sign_in_as(Role::Principal).await;
    assert_eq!(does(&mut principal, &own(round), "submit", &sheet(&app, 4.0).await).await.0, 303);
    let own_points = does(&mut principal, &reviewed(round), "save", &sheet(&app, 5.0).await).await;
    assert_eq!(own_points.0, 403, "{}", own_points.1);
    let page = neighbour.get(&reviewed(round)).await.body;
    assert_eq!(page.matches("name=\"v_").count(), 1, "one line was given: {page}");
    let others = [field("v_online_tests", "1"), field("c_online_tests", "")];
    let (status, body) = does(&mut neighbour, &reviewed(round), "save", &others).await;
    assert!(status == 422 && body.contains("giao cho người thẩm định khác"), "{body}");
    let theirs = [field(&format!("v_{LESSONS}"), "1"), field(&format!("c_{LESSONS}"), "Sổ trống")];
    assert_eq!(does(&mut neighbour, &reviewed(round), "save", &theirs).await.0, 303);
    let own_view = neighbour.get(&reviewed(round)).await.body;
    assert!(own_view.contains("Sổ trống") && own_view.contains("1 mục chênh lệch"), "{own_view}");
    app.add_account("deputy", Role::Principal, OTHER_SCHOOL).await;
    let colleague = app.sign_in("deputy").await.get(&reviewed(round)).await.body;
    assert!(colleague.contains("Sổ trống"), "the own school's word: {colleague}");
    assert_eq!(does(&mut neighbour, &reviewed(round), "finish", &theirs).await.0, 403, "the office ends the review");
    let list = officer.get(&format!("{board}/chenh-lech")).await.body;
    assert!(list.contains("Kiểm tra chéo: 1/5 điểm") && list.contains("Tự chấm: 4/5 điểm"), "{list}");
    let ring = does(&mut officer, &board, "ring", &[]).await;
    assert_eq!(ring.0, 303, "{}", ring.1);
    assert_eq!(queries::assignments(&app.office, round).await.unwrap().len(), 2);
    let alone = Task { round, unit: SCHOOL, units: &[SCHOOL.to_owned()] };
    let refused = operations::review(&app.office, &app.context(), alone, Some(&[String::new()]), &[]).await;
    assert_eq!(codes(refused.unwrap_err()), ["own_unit"]);
}

/// Neither points nor a grade of a school that was left out: not in what was published, not on its pages.
async fn nothing_is_told_of_who_was_left_out(app: &TestApp, round: i64, officer: &mut Client) {
    let results_of = queries::results(&app.office, round, 1).await.unwrap();
    let left_out = &results_of.iter().find(|(unit, _)| unit == OTHER_SCHOOL).unwrap().1;
    assert_eq!(left_out["state"], "left_out");
    for judged in ["score", "percent", "grade", "grade_label", "rank"] {
        assert!(left_out[judged].is_null(), "{judged} of a school that was left out: {left_out}");
    }
    assert_eq!(left_out["statement"], "", "how many fields reached which grade");
    let all = officer.get(&format!("/cham-diem/{round}/ket-qua")).await.body;
    let sheet = officer.get(&format!("/danh-gia/{YEAR}/{SET}/{OTHER_SCHOOL}")).await;
    let head = crate::kit::between(&sheet.body, "<dl class=\"kpis\">", "</dl>").unwrap();
    assert!(!head.contains("chưa có giá trị"), "{head}");
    assert!(!sheet.body.contains("Chưa đủ số liệu"), "{}", sheet.body);
    let why = "<b>Không chấm trong đợt này: Trường không tham gia chấm CNTT năm nay.</b>";
    assert!(sheet.body.contains(why), "{}", sheet.body);
    let row = crate::kit::between(&all, "Bồ Câu", "</tr>").unwrap();
    assert!(
        row.contains("<td class=\"num nowrap\" data-head=\"Điểm\">–</td>") && row.contains("không chấm trong đợt này"),
        "{row}"
    );
}

#[tokio::test]
async fn a_score_goes_the_whole_road_and_a_published_result_changes_by_a_correction_alone() {
    let app = TestApp::start().await;
    let round = opened(&app, SET).await;
    let today = app.context().today();
    let before = evaluate(&app.office, SET, year(), today).await.unwrap();
    assert_eq!(before.result(before.row(SCHOOL).unwrap()).rank, None, "nobody has judged anything yet");
    finalised(&app, round).await;
    assert_eq!(state(&app, round, SCHOOL).await, RoadState::Finalised);
    let found = evaluate(&app.office, SET, year(), today).await.unwrap();
    let result = found.result(found.row(SCHOOL).unwrap());
    assert!(result.is_final && result.rank == Some(1) && result.missing == 0, "{result:?}");
    let (road, _) = queries::road(&app.office, round, SCHOOL).await.unwrap();
    assert_eq!(road.claim(LESSONS), Some(&Claim::Value(3.into())));
    let stages = road.records.iter().filter(|record| record.what.line == LESSONS).count();
    assert_eq!(stages, 5, "self, review, explanation, second review, final: nothing is overwritten");

    let mut officer = app.sign_in_as(Role::Officer).await;
    let council = format!("/cham-diem/{round}/hoi-dong");
    let page = officer.get(&council).await.body;
    assert!(page.contains("Hoa Sữa") && !page.contains("Bồ Câu"), "{page}");
    let context = app.context();
    let first = operations::council_decide(&app.office, &context, round, &sitting(0, 6)).await;
    first.unwrap();
    let second = operations::council_decide(&app.office, &context, round, &sitting(0, 6)).await;
    assert!(codes(second.unwrap_err()).contains(&"another_council".to_owned()), "two councils at once");
    let (status, body) = does(&mut officer, &council, "publish", &[]).await;
    assert!(status == 422 && body.contains(OTHER_SCHOOL), "the other school is not decided: {body}");
    let other = format!("/cham-diem/{round}/tham-dinh/{OTHER_SCHOOL}");
    let out = [field("reason", "Trường không tham gia chấm CNTT năm nay")];
    assert_eq!(does(&mut officer, &other, "leave_out", &out).await.0, 303);
    assert_eq!(does(&mut officer, &council, "publish", &[]).await.0, 303);
    assert_eq!(state(&app, round, SCHOOL).await, RoadState::Published);
    let results = format!("/cham-diem/{round}/ket-qua");
    let mut principal = app.sign_in_as(Role::Principal).await;
    let shown = principal.get(&results).await.body;
    assert!(shown.contains("Hoa Sữa") && shown.contains("1<span class=\"muted\">/1"), "{shown}");
    let sets = principal.get(&format!("/danh-gia/{YEAR}")).await.body;
    let own = format!("<a href=\"/danh-gia/{YEAR}/{SET}/{SCHOOL}\"><b>Hạng 1/1</b></a>");
    assert!(sets.contains(&own) && sets.contains("của trường bạn"), "where the school stands: {sets}");
    let sets = officer.get(&format!("/danh-gia/{YEAR}")).await.body;
    assert!(!sets.contains("Hạng 1/1") && !sets.contains("của trường bạn"), "no school is the office's own: {sets}");
    nothing_is_told_of_who_was_left_out(&app, round, &mut officer).await;

    let unchanged =
        [field(&format!("v_{LESSONS}"), "3"), field(&format!("c_{LESSONS}"), ""), field("reason", "Khiếu nại")];
    let (status, body) = does(&mut officer, &reviewed(round), "correct", &unchanged).await;
    assert!(status == 422 && body.contains("Không có mục nào thay đổi"), "{body}");
    let mut change = unchanged.clone();
    change[0].1 = "5".to_owned();
    assert_eq!(does(&mut officer, &reviewed(round), "correct", &change).await.0, 303);
    let published = queries::publications(&app.office, round).await.unwrap();
    assert_eq!((published.len(), published[1].reason.as_str()), (2, "Khiếu nại"));
    let score = async |number| {
        let results = queries::results(&app.office, round, number).await.unwrap();
        results[0].1["score"].as_f64().unwrap()
    };
    assert_eq!(score(2).await - score(1).await, 2.0, "the first publication stays as it was");
    let shown = principal.get(&results).await.body;
    assert!(shown.contains("Khiếu nại"), "{shown}");
    for verb in [
        "open_set",
        "submit_self_score",
        "finish_review",
        "explain",
        "second_review",
        "finalise",
        "council_decide",
        "correct",
    ] {
        assert_eq!(app.audit_count(&format!("evaluation.{verb}")).await, 1, "{verb}");
    }
    assert_eq!(app.audit_count("evaluation.publish").await, 2);
}

#[tokio::test]
async fn a_figure_that_changes_behind_a_final_point_marks_it_and_changes_nothing() {
    let app = TestApp::start().await;
    let round = opened(&app, "khoi-tieu-hoc").await;
    let good = |share: f64| {
        [("pri_rated_count", 100.0), ("pri_result_excellent_count", share), ("pri_result_good_count", 0.0)]
    };
    app.approve(SCHOOL, "02-TH-CN", &format!("{YEAR}-CN"), 1, &good(70.0)).await;
    let units = [WARD.to_owned()];
    let task = Task { round, unit: SCHOOL, units: &units };
    let own = Task { units: &[SCHOOL.to_owned()], ..task };
    let (office, context) = (&app.office, app.context());
    operations::submit_self_score(office, &context, own).await.unwrap();
    operations::finish_review(office, &context, task).await.unwrap();
    operations::finalise(office, &context, task, &[]).await.unwrap();
    let points = async || {
        let found = evaluate(office, "khoi-tieu-hoc", year(), context.today()).await.unwrap();
        let row = found.row(SCHOOL).unwrap();
        (found.result(row).so_far, found.rechecks(row))
    };
    let (before, none) = points().await;
    assert!(none.is_empty(), "{none:?}");
    app.approve(SCHOOL, "02-TH-CN", &format!("{YEAR}-CN"), 2, &good(20.0)).await;
    let (after, marked) = points().await;
    assert_eq!(after, before, "a final point stands");
    assert!(marked.iter().any(|one| one.line == "result_good"), "{marked:?}");
    let mut officer = app.sign_in_as(Role::Officer).await;
    let page = officer.get(&reviewed(round)).await.body;
    assert!(page.contains("cần kiểm tra lại") && page.contains("Đạt 20%"), "{page}");
    let sheet = officer.get(&format!("/danh-gia/{YEAR}/khoi-tieu-hoc/{SCHOOL}")).await.body;
    assert!(sheet.contains("Đã chốt") && sheet.contains("Số liệu nay cho: Đạt 20%"), "{sheet}");
}

#[tokio::test]
async fn the_office_reminds_extends_and_keeps_units_that_are_gone_out() {
    let app = TestApp::start().await;
    let round = opened(&app, SET).await;
    let mut officer = app.sign_in_as(Role::Officer).await;
    let board = format!("/cham-diem/{round}");
    sqlx::query("update account set email = 'truong@minh-hoa.example' where user_name = 'principal'")
        .execute(app.office.db().pool())
        .await
        .unwrap();
    assert_eq!(does(&mut officer, &board, "remind", &[field("unit", SCHOOL)]).await.0, 303);
    let letters: i64 = sqlx::query_scalar("select count(*) from mail where recipient = 'truong@minh-hoa.example'")
        .fetch_one(app.office.db().pool())
        .await
        .unwrap();
    assert_eq!(letters, 1);
    let more = [field("stage", "self_scored"), field("until", "2026-07-31"), field("reason", "")];
    assert_eq!(does(&mut officer, &board, "extend", &more).await.0, 422, "no reason");
    let more = [field("stage", "self_scored"), field("until", "2026-07-31"), field("reason", "Mất điện diện rộng")];
    assert_eq!(does(&mut officer, &board, "extend", &more).await.0, 303);
    let deadlines = queries::round(&app.office, round).await.unwrap().deadlines;
    assert!(deadlines.0.values().all(|day| *day >= date(2026, 7, 31)), "later stages move along: {deadlines:?}");
    assert_eq!(officer.get("/cham-diem/99").await.status, 404);
    let clerk = app.sign_in_as(Role::Clerk).await.get(&format!("{board}/hoi-dong")).await;
    assert_eq!(clerk.status, 403);
}

#[tokio::test]
async fn an_office_makes_its_own_set_tries_it_and_takes_it_into_use() {
    let app = TestApp::start().await;
    let mut officer = app.sign_in_as(Role::Officer).await;
    let address = format!("/danh-gia/{YEAR}/bo-rieng");
    let copy = officer.get(&format!("{address}?tu=khoi-tieu-hoc")).await.body;
    assert!(
        copy.contains("code = &quot;khoi-tieu-hoc-n00145&quot;") && copy.len() < 30 * 1024,
        "{} bytes: {copy}",
        copy.len()
    );
    let shipped = sets::of_year(&app.office, "khoi-tieu-hoc", year()).await.unwrap().text;
    let own = shipped.replace("code = \"khoi-tieu-hoc\"", "code = \"tieu-hoc-phuong\"");
    let wrong = own.replacen("max = 100", "max = 90", 1);
    let checked = officer.post(&address, &[("verb", "check"), ("text", &wrong)]).await;
    assert!(checked.status == 422 && checked.body.contains("<b>dòng "), "the place of the fault: {}", checked.body);
    assert!(checked.body.contains("cộng lại được 100"), "{}", checked.body);
    let taken = officer.post(&address, &[("verb", "save"), ("text", &shipped)]).await;
    assert!(taken.status == 422 && taken.body.contains("đặt mã khác"), "{}", taken.body);
    let tried = officer.post(&address, &[("verb", "try"), ("text", &own), ("trial_year", YEAR)]).await;
    assert!(tried.status == 200 && tried.body.contains("Hoa Sữa"), "{}", tried.body);
    assert_eq!(officer.get(&format!("/danh-gia/{YEAR}/tieu-hoc-phuong")).await.status, 404, "a trial keeps nothing");
    assert_eq!(officer.post(&address, &[("verb", "save"), ("text", &own)]).await.status, 303);
    assert_eq!(officer.get(&format!("/danh-gia/{YEAR}/tieu-hoc-phuong")).await.status, 404, "a draft is not in use");
    let again = own.replace("Bộ tiêu chí", "Bộ  tiêu chí");
    let overwritten = officer.post(&address, &[("verb", "save"), ("text", &again)]).await;
    assert!(overwritten.status == 422 && overwritten.body.contains("Phiên bản phải là 2"), "{}", overwritten.body);
    let used = officer.post(&address, &[("verb", "use"), ("code", "tieu-hoc-phuong"), ("version", "1")]).await;
    assert_eq!(used.status, 303, "{}", used.body);
    assert_eq!(officer.get(&format!("/danh-gia/{YEAR}/tieu-hoc-phuong")).await.status, 200);
    let round = opened(&app, "tieu-hoc-phuong").await;
    let second = own.replacen("version = 1", "version = 2", 1);
    assert_eq!(officer.post(&address, &[("verb", "save"), ("text", &second)]).await.status, 303);
    officer.post(&address, &[("verb", "use"), ("code", "tieu-hoc-phuong"), ("version", "2")]).await;
    let versions = officer.get(&address).await.body;
    assert_eq!(versions.matches("đang dùng từ").count(), 1, "{versions}");
    assert!(versions.contains("đã thay bằng phiên bản 2"), "{versions}");
    let list = officer.get(&format!("/danh-gia/{YEAR}")).await.body;
    assert_eq!(list.matches("href=\"/danh-gia/2025-2026/tieu-hoc-phuong\"").count(), 1, "{list}");
    let board = officer.get(&format!("/cham-diem/{round}")).await.body;
    assert!(board.contains("đã đổi sau khi mở") && board.contains("nay là phiên bản 2"), "{board}");
}
