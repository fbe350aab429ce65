//! Honours: from a nomination through the council to a decision and the register; holds, quotas, two packs, secret votes.

use domain::awards::pack::{Choice, Grantor, Occasion, StaffGrade};
use domain::awards::{Facts, council::Tally, dossier::PastAward};
use domain::school_year::SchoolYear;
use tongket::{
    awards::{
        operations::{
            self, Nomination, Proposal, Whom,
            council::{self, NewCouncil},
            decision,
        },
        queries::{self, honours},
    },
    identity::Role,
    platform::Error,
    reports::papers,
};

use crate::kit::{OTHER_SCHOOL, SCHOOL, TestApp, WARD, YEAR};

pub(crate) fn year() -> SchoolYear {
    SchoolYear::parse(YEAR).unwrap()
}

fn past(award: &str) -> PastAward {
    PastAward { award: award.to_owned(), year: year(), occasion: Occasion::Annual, decision: String::new() }
}

/// A teacher with excellent work and no initiative, for a title.
pub(crate) fn teacher(name: &str, award: &str) -> Nomination {
    let facts = Facts {
        grades: [(year(), StaffGrade::Excellent)].into(),
        awards: if award == "grassroots_fighter" { vec![past("advanced_worker")] } else { Vec::new() },
        initiatives_are_known: true,
        recorded: [("movements".to_owned(), true)].into(),
        ..Facts::default()
    };
    Nomination {
        unit: SCHOOL.to_owned(),
        whom: Whom::Person { name: name.to_owned(), post: "Giáo viên".to_owned() },
        award: award.to_owned(),
        year: year(),
        occasion: Occasion::Annual,
        proposal: Proposal {
            achievement: format!("Thành tích của {name}"),
            grantor: Some(Grantor::CommuneChair),
            facts,
        },
    }
}

pub(crate) fn new_council(ballot: &str, dossiers: &[i64]) -> NewCouncil {
    let members = "Nguyễn Văn An | Phó Chủ tịch UBND phường | Chủ tịch Hội đồng\n\
                   Trần Thị Bình | Chuyên viên | Ủy viên, thư ký\nLê Văn Cường | Hiệu trưởng | | vắng";
    NewCouncil {
        unit: WARD.to_owned(),
        year: year(),
        held_on: "2026-06-21".parse().unwrap(),
        place: "Phòng họp UBND phường".to_owned(),
        ballot: domain::awards::council::Ballot::parse(ballot).unwrap(),
        quorum_percent: None,
        pass_percent: None,
        members: council::read_members(members).unwrap(),
        dossiers: dossiers.to_vec(),
    }
}

/// A dossier that was sent and a council that sits on it: what the pages show.
pub async fn plan(app: &TestApp) -> (i64, i64) {
    let (office, context) = (&app.office, app.context());
    let id = operations::nominate(office, &context, &teacher("Nguyễn Thị Thu Hà", "advanced_worker")).await.unwrap();
    operations::send(office, &context, id, "").await.unwrap();
    (id, council::open(office, &context, &new_council("open", &[id])).await.unwrap())
}

pub(crate) fn refused<T: std::fmt::Debug>(done: Result<T, Error>) -> Vec<String> {
    match done {
        Err(Error::Refused(refusal)) => refusal.reasons.into_iter().map(|reason| reason.code).collect(),
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn a_dossier_is_judged_by_the_law_of_its_day_and_shown_under_another() {
    let app = TestApp::start().await;
    let (office, context) = (&app.office, app.context());
    let id = operations::nominate(office, &context, &teacher("Nguyễn Thị Thu Hà", "grassroots_fighter")).await.unwrap();
    let (all, filed) = queries::dossier(office, id).await.unwrap();
    let answer = |pack: Option<&str>, code: &str| {
        let judged = all.judged(&filed.dossier, pack, context.today()).unwrap();
        let clause = judged.judgement.clauses.iter().find(|clause| clause.code == code).unwrap();
        (judged.pack.code.clone(), clause.verdict.ok())
    };
    assert_eq!(answer(None, "excellent_or_initiative"), ("award_law_2022_decree_152".to_owned(), Some(true)));
    assert_eq!(
        answer(Some("award_law_2026"), "excellent_and_initiative"),
        ("award_law_2026".to_owned(), Some(false)),
        "the or became an and"
    );
    let mut officer = app.sign_in_as(Role::Officer).await;
    let own = officer.get(&format!("/khen-thuong/ho-so/{id}")).await.body;
    assert!(own.contains("Điều 23 Luật 06/2022/QH15") && own.contains("Đạt: cần một trong 2 điều kiện"), "{own}");
    assert!(own.contains("Không đạt: cần Thủ trưởng đơn vị"), "the commune's chair is none of the grantors: {own}");
    let other = officer.get(&format!("/khen-thuong/ho-so/{id}?goi=award_law_2026")).await.body;
    assert!(other.contains("chỉ để tham khảo") && other.contains("Không đạt: cần đủ 2 điều kiện"), "{other}");
    assert_eq!(officer.get("/khen-thuong/ho-so/99").await.status, 404);
}

#[tokio::test]
async fn a_hold_stops_sending_and_a_clause_that_is_not_met_asks_for_a_word() {
    let app = TestApp::start().await;
    let (office, context) = (&app.office, app.context());
    let id = operations::nominate(office, &context, &teacher("Trần Quốc Việt", "grassroots_fighter")).await.unwrap();
    let day = context.today();
    assert_eq!(refused(operations::hold(office, &context, id, day, " ").await), ["no_reason"]);
    operations::hold(office, &context, id, day, "Đang giải quyết đơn tố cáo").await.unwrap();
    assert_eq!(refused(operations::hold(office, &context, id, day, "lần nữa").await), ["on_hold_already"]);
    assert_eq!(refused(operations::send(office, &context, id, "").await), ["on_hold"]);
    let revised = Proposal { achievement: "Dạy giỏi".to_owned(), ..teacher("", "grassroots_fighter").proposal };
    operations::amend(office, &context, id, 1, &revised).await.unwrap();
    assert_eq!(refused(operations::amend(office, &context, id, 1, &revised).await), ["changed_meanwhile"]);
    let before = day.yesterday().unwrap();
    assert_eq!(refused(operations::release(office, &context, id, before, "xong").await), ["bad_day"]);
    operations::release(office, &context, id, day, "Tố cáo không đúng").await.unwrap();
    assert_eq!(refused(operations::send(office, &context, id, "").await), ["needs_word"]);
    operations::send(office, &context, id, "Đề nghị Hội đồng xem xét").await.unwrap();
    assert_eq!(refused(operations::send(office, &context, id, "").await), ["already_sent"]);
    assert_eq!(refused(operations::amend(office, &context, id, 2, &revised).await), ["already_sent"]);
    for (verb, count) in [("nominate", 1), ("hold", 1), ("release", 1), ("amend", 1), ("send", 1)] {
        assert_eq!(app.audit_count(&format!("awards.{verb}")).await, count, "{verb}");
    }
}

#[tokio::test]
async fn bad_nominations_are_refused_with_every_reason() {
    let app = TestApp::start().await;
    let (office, context) = (&app.office, app.context());
    let nominate = async |nomination: &Nomination| operations::nominate(office, &context, nomination).await;
    let unknown = Nomination { award: "hero".to_owned(), ..teacher("", "advanced_worker") };
    assert_eq!(refused(nominate(&unknown).await), ["unknown_award", "no_name"]);
    let collective = Nomination { whom: Whom::Unit, ..teacher("", "advanced_worker") };
    assert_eq!(refused(nominate(&collective).await), ["wrong_recipient"]);
    nominate(&teacher("Nguyễn Thị Thu Hà", "advanced_worker")).await.unwrap();
    assert_eq!(refused(nominate(&teacher("Nguyễn thị thu hà", "advanced_worker")).await), ["nominated_already"]);
    let nowhere = Nomination { unit: "00000000".to_owned(), ..teacher("Ai", "advanced_worker") };
    assert!(matches!(nominate(&nowhere).await, Err(Error::NotFound(_))));
}

#[tokio::test]
async fn the_quota_is_live_and_the_office_may_set_its_own() {
    let app = TestApp::start().await;
    let (office, context) = (&app.office, app.context());
    for number in 0..7 {
        operations::nominate(office, &context, &teacher(&format!("Giáo viên {number}"), "advanced_worker"))
            .await
            .unwrap();
    }
    operations::nominate(office, &context, &teacher("Giáo viên 1", "grassroots_fighter")).await.unwrap();
    let pack = queries::pack_on(context.today()).unwrap();
    let room = async || {
        let all = queries::of_year(office, WARD, year()).await.unwrap();
        let own = all.headroom(pack).into_iter().find(|one| one.award == "grassroots_fighter").unwrap();
        (own.base, own.limit, own.used, own.left)
    };
    assert_eq!(room().await, (7, 1, 1, 0), "15% of 7 is 1,05");
    let mut officer = app.sign_in_as(Role::Officer).await;
    officer.get(&format!("/khen-thuong/{YEAR}")).await;
    let form = [("award", "grassroots_fighter"), ("percent", "12,5"), ("rounding", "up"), ("base", "40")];
    assert_eq!(officer.post(&format!("/khen-thuong/{YEAR}"), &form).await.status, 303);
    assert_eq!(room().await, (40, 5, 1, 4));
    let bad = [("award", "grassroots_fighter"), ("percent", "nhiều"), ("rounding", "down"), ("base", "x")];
    officer.get(&format!("/khen-thuong/{YEAR}")).await;
    assert_eq!(officer.post(&format!("/khen-thuong/{YEAR}"), &bad).await.status, 422);
    let mut clerk = app.sign_in_as(Role::Clerk).await;
    let list = clerk.get(&format!("/khen-thuong/{YEAR}")).await;
    assert_eq!(list.status, 200);
    assert!(list.body.contains("Giáo viên 1") && !list.body.contains("Chỉ tiêu còn lại"), "{}", list.body);
}

#[tokio::test]
async fn an_open_vote_leads_to_minutes_a_decision_and_the_register_of_honours() {
    let app = TestApp::start().await;
    let (office, context) = (&app.office, app.context());
    let (first, meeting) = plan(&app).await;
    let late = operations::nominate(office, &context, &teacher("Lê Văn Ba", "advanced_worker")).await.unwrap();
    assert_eq!(
        refused(council::open(office, &context, &new_council("open", &[late])).await),
        ["council_open", "not_sent"]
    );

    let vote = |text| domain::awards::council::Vote::parse(text).unwrap();
    assert_eq!(refused(council::vote(office, &context, (meeting, first), 3, vote("for")).await), ["absent"]);
    council::vote(office, &context, (meeting, first), 1, vote("against")).await.unwrap();
    council::vote(office, &context, (meeting, first), 1, vote("for")).await.unwrap();
    assert_eq!(refused(council::count(office, &context, (meeting, first), Tally::default()).await), ["open_vote"]);
    assert_eq!(refused(council::close(office, &context, meeting).await), ["no_conclusion"]);
    council::conclude(office, &context, (meeting, first), true).await.unwrap();
    assert_eq!(refused(decision::decide(office, &context, meeting, "advanced_worker").await), ["still_open"]);
    council::close(office, &context, meeting).await.unwrap();
    assert_eq!(refused(council::vote(office, &context, (meeting, first), 1, vote("for")).await), ["closed"]);

    let paper = council::write_minutes(office, &context, meeting, ["8:00", "9:30"]).await.unwrap();
    let minutes = papers::queries::paper(office, paper).await.unwrap();
    assert!(minutes.inputs["course"].contains("1/2 phiếu đồng ý (50,0%)"), "{}", minutes.inputs["course"]);
    assert!(minutes.inputs["course"].contains("chưa được đơn vị đặt"), "{}", minutes.inputs["course"]);

    assert_eq!(refused(decision::decide(office, &context, meeting, "merit_certificate").await), ["nobody_approved"]);
    let id = decision::decide(office, &context, meeting, "advanced_worker").await.unwrap();
    assert_eq!(refused(decision::decide(office, &context, meeting, "advanced_worker").await), ["decided_already"]);
    let drafted = honours::decision(office, id).await.unwrap();
    let paper = papers::queries::paper(office, drafted.paper_id).await.unwrap();
    assert_eq!(paper.kind, "quyet-dinh-khen-thuong");
    assert!(
        paper.inputs["persons"]
            .contains("Nguyễn Thị Thu Hà | Giáo viên | Trường Tiểu học Hoa Sữa | 0,3 lần mức lương cơ sở")
    );
    assert!(paper.inputs["form"].contains("“Lao động tiên tiến”"));

    let signed = |number: &str, on: &str| decision::Signed {
        number: number.to_owned(),
        signed_on: on.parse().unwrap(),
        granted_by: "Chủ tịch UBND phường Long Biên".to_owned(),
    };
    let early = decision::record_honours(office, &context, id, &signed("", "2026-06-20")).await;
    assert_eq!(refused(early), ["no_number", "too_early"]);
    let done = decision::record_honours(office, &context, id, &signed("45/QĐ-UBND", "2026-06-21")).await;
    assert_eq!(done.unwrap(), 1);
    let again = decision::record_honours(office, &context, id, &signed("45/QĐ-UBND", "2026-06-21")).await;
    assert_eq!(refused(again), ["recorded_already"]);

    let mut officer = app.sign_in_as(Role::Officer).await;
    let history = officer.get(&format!("/khen-thuong/lich-su/{SCHOOL}")).await.body;
    assert!(history.contains("Nguyễn Thị Thu Hà") && history.contains("45/QĐ-UBND"), "{history}");
    let counted = officer.get(&format!("/khen-thuong/{YEAR}/thong-ke")).await.body;
    assert!(counted.contains("Lao động tiên tiến") && counted.contains("Trường: 1"), "{counted}");
    let next =
        Nomination { award: "grassroots_fighter".to_owned(), ..teacher("Nguyễn Thị Thu Hà", "advanced_worker") };
    let next = operations::nominate(office, &context, &next).await.unwrap();
    let (all, filed) = queries::dossier(office, next).await.unwrap();
    let judged = all.judged(&filed.dossier, None, context.today()).unwrap();
    let base = judged.judgement.clauses.iter().find(|clause| clause.code == "advanced_worker").unwrap();
    assert_eq!(base.verdict.ok(), Some(true), "the register's own honour comes with the dossier: {}", base.why.vi);
}

#[tokio::test]
async fn a_secret_vote_leaves_no_members_choice_anywhere() {
    let app = TestApp::start().await;
    let (office, context) = (&app.office, app.context());
    let id = operations::nominate(office, &context, &teacher("Nguyễn Thị Thu Hà", "advanced_worker")).await.unwrap();
    operations::send(office, &context, id, "").await.unwrap();
    let meeting = council::open(office, &context, &new_council("secret", &[id])).await.unwrap();
    let vote = domain::awards::council::Vote::For;
    assert_eq!(refused(council::vote(office, &context, (meeting, id), 1, vote).await), ["secret_vote"]);
    let tally = |approving, opposing| Tally { approving, opposing, blank: 0 };
    assert_eq!(refused(council::count(office, &context, (meeting, id), tally(2, 1)).await), ["too_many_votes"]);
    council::count(office, &context, (meeting, id), tally(2, 0)).await.unwrap();
    let votes: i64 = sqlx::query_scalar("select count(*) from award_vote").fetch_one(office.db().pool()).await.unwrap();
    assert_eq!((votes, app.audit_count("awards.vote").await), (0, 0));
    let sitting = queries::council::sitting(office, meeting).await.unwrap();
    assert_eq!((sitting.items[0].tally.approving, sitting.items[0].votes.len()), (2, 0));
    let mut officer = app.sign_in_as(Role::Officer).await;
    let page = officer.get(&format!("/khen-thuong/hoi-dong/{meeting}")).await.body;
    assert!(page.contains("2/2 phiếu đồng ý") && !page.contains("name=\"vote\""), "{page}");
    let act = [("verb", "conclude"), ("dossier", &id.to_string()), ("conclusion", "declined")];
    assert_eq!(officer.post(&format!("/khen-thuong/hoi-dong/{meeting}"), &act).await.status, 303);
    assert_eq!(officer.post(&format!("/khen-thuong/hoi-dong/{meeting}"), &[("verb", "close")]).await.status, 303);
    let list = officer.get(&format!("/khen-thuong/{YEAR}")).await.body;
    assert!(list.contains("Hội đồng không đề nghị"), "{list}");
}

#[tokio::test]
async fn a_meeting_without_quorum_is_mended_or_adjourned_and_its_dossiers_come_before_another() {
    let app = TestApp::start().await;
    let (office, context) = (&app.office, app.context());
    let id = operations::nominate(office, &context, &teacher("Nguyễn Thị Thu Hà", "advanced_worker")).await.unwrap();
    operations::send(office, &context, id, "").await.unwrap();
    let new = NewCouncil { quorum_percent: Some(100), ..new_council("secret", &[id]) };
    let meeting = council::open(office, &context, &new).await.unwrap();
    let mut officer = app.sign_in_as(Role::Officer).await;
    let address = format!("/khen-thuong/hoi-dong/{meeting}");
    assert_eq!(officer.post(&address, &[("verb", "adjourn"), ("reason", "")]).await.status, 422);
    assert_eq!(officer.post(&address, &[("verb", "attend"), ("member", "3"), ("is_present", "1")]).await.status, 303);
    assert!(queries::council::sitting(office, meeting).await.unwrap().meeting.quorum().is_met.unwrap());
    assert_eq!(officer.post(&address, &[("verb", "attend"), ("member", "3"), ("is_present", "0")]).await.status, 303);
    let adjourn = [("verb", "adjourn"), ("reason", "Đồng chí Cường đi công tác")];
    assert_eq!(officer.post(&address, &adjourn).await.status, 303);
    let page = officer.get(&address).await.body;
    assert!(page.contains("Đồng chí Cường đi công tác"), "{page}");
    assert_eq!(refused(council::write_minutes(office, &context, meeting, ["8:00", "9:00"]).await), ["adjourned"]);
    assert!(council::open(office, &context, &new_council("secret", &[id])).await.unwrap() > meeting);
}

#[tokio::test]
async fn two_desks_that_end_a_meeting_at_once_end_it_once_and_its_conclusions_are_what_the_book_says() {
    let app = TestApp::start().await;
    let (office, context) = (&app.office, app.context());
    for name in ["Nguyễn Thị Một", "Nguyễn Thị Hai", "Nguyễn Thị Ba", "Nguyễn Thị Bốn", "Nguyễn Thị Năm"]
    {
        let dossier = operations::nominate(office, &context, &teacher(name, "advanced_worker")).await.unwrap();
        operations::send(office, &context, dossier, "").await.unwrap();
        let meeting = council::open(office, &context, &new_council("open", &[dossier])).await.unwrap();
        let vote = domain::awards::council::Vote::For;
        council::vote(office, &context, (meeting, dossier), 1, vote).await.unwrap();
        council::conclude(office, &context, (meeting, dossier), true).await.unwrap();
        let (closed, adjourned) = tokio::join!(
            council::close(office, &context, meeting),
            council::adjourn(office, &context, meeting, "Mất điện"),
        );
        assert_ne!(closed.is_ok(), adjourned.is_ok(), "{closed:?} {adjourned:?}");
        let sitting = queries::council::sitting(office, meeting).await.unwrap();
        let told = (sitting.council.adjourned.is_empty(), sitting.items[0].is_approved.is_some());
        assert_eq!(told, (closed.is_ok(), closed.is_ok()), "only what was ended without conclusions has none");
        let other = if closed.is_ok() { adjourned } else { closed };
        assert_eq!(refused(other), ["closed"]);
    }
    let ended = app.audit_count("awards.close_council").await + app.audit_count("awards.adjourn_council").await;
    assert_eq!(ended, 5, "an end that did not happen is in no audit");
}

#[tokio::test]
async fn a_school_nominates_its_own_through_the_form_and_no_other() {
    let app = TestApp::start().await;
    let mut clerk = app.sign_in_as(Role::Clerk).await;
    let address = format!("/khen-thuong/{YEAR}/de-nghi");
    assert_eq!(clerk.get(&address).await.status, 200);
    let form = |unit: &'static str, grades: &'static str| {
        vec![
            ("unit", unit),
            ("whom", "person"),
            ("name", "Phạm Thị Dung"),
            ("post", "Giáo viên"),
            ("award", "advanced_worker"),
            ("occasion", "annual"),
            ("achievement", "Hoàn thành tốt nhiệm vụ"),
            ("grantor", "commune_chair"),
            ("grades", grades),
            ("fact_movements", "yes"),
        ]
    };
    let bad = clerk.post(&address, &form(SCHOOL, "2025-2026 | giỏi")).await;
    assert_eq!(bad.status, 422);
    assert!(bad.body.contains("Dòng 1 «2025-2026 | giỏi»") && bad.body.contains("Phạm Thị Dung"), "{}", bad.body);
    assert_eq!(clerk.post(&address, &form(OTHER_SCHOOL, "2025-2026 | tốt")).await.status, 403);
    let done = clerk.post(&address, &form(SCHOOL, "2025-2026 | tốt")).await;
    assert_eq!(done.status, 303, "{}", done.body);
    let page = clerk.get(done.location()).await.body;
    assert!(page.contains("Đạt: cần 1 năm liên tục") && page.contains("Trình hồ sơ"), "{page}");
    let edit = clerk.get(&format!("{}/sua", done.location())).await.body;
    assert!(edit.contains("2025-2026 | Hoàn thành tốt nhiệm vụ"), "{edit}");
    assert_eq!(
        clerk.post(done.location(), &[("verb", "hold"), ("day", "2026-06-21"), ("reason", "x")]).await.status,
        403
    );
    assert_eq!(clerk.post(done.location(), &[("verb", "send")]).await.status, 303);
    let past = [
        ("award", "advanced_worker"),
        ("year", "2023-2024"),
        ("occasion", "annual"),
        ("number", "12/QĐ-UBND"),
        ("signed_on", "2024-07-01"),
        ("granted_by", "Chủ tịch UBND quận"),
        ("name", "Phạm Thị Dung"),
    ];
    clerk.get(&format!("/khen-thuong/lich-su/{SCHOOL}")).await;
    assert_eq!(clerk.post(&format!("/khen-thuong/lich-su/{SCHOOL}"), &past).await.status, 303);
    assert!(clerk.get(&format!("/khen-thuong/lich-su/{SCHOOL}")).await.body.contains("12/QĐ-UBND"));
}
