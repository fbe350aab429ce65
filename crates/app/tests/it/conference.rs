//! A conference held over HTTP: prepared, delegates in, the queue, a mixed vote, a secret vote, the stream, the papers.

use axum::body::Body;
use domain::conference::{Conference, Event, Side};
use futures_util::StreamExt;
use tongket::{
    conference::{
        live,
        operations::{self, New},
        queries,
    },
    identity::Role,
    office::Office,
};

use crate::kit::{Answer, Client, PATIENCE, TestApp, WARD, YEAR, between};

const LIST: &str = "Họ tên | Chức vụ | Đơn vị | Cấp học\n\
    Nguyễn Thị Mai | Hiệu trưởng | Trường Tiểu học Hoa Sữa | TH\n\
    Trần Văn Bình | Hiệu trưởng | Trường THCS Bồ Câu | THCS\n\
    Lê Thị Cúc | Phó Hiệu trưởng | Trường THCS Bồ Câu | THCS\n\
    Phạm Văn Dũng | Giáo viên | Trường Tiểu học Hoa Sữa | TH\n\
     | các đồng chí lãnh đạo phòng, ban của phường | UBND phường | ";

/// A conference with a programme and delegates, made as an officer makes it; its address.
pub async fn prepared(officer: &mut Client) -> String {
    officer.get("/hoi-nghi").await;
    let made = officer.post("/hoi-nghi", &[("title", "Hội nghị tổng kết"), ("year", YEAR)]).await;
    assert_eq!(made.status, 303, "{}", made.body);
    let at = made.location().to_owned();
    officer.get(&at).await;
    for (kind, minutes) in [("opening", "10"), ("report", "40"), ("discussion", "30")] {
        done(&officer.post(&format!("{at}/chuong-trinh"), &[("kind", kind), ("minutes", minutes)]).await);
    }
    let list = format!("{at}/dai-bieu");
    done(&officer.post(&list, &[("verb", "paste"), ("side", "delegate"), ("may_vote", "1"), ("pasted", LIST)]).await);
    done(&officer.post(&list, &[("verb", "make_links")]).await);
    at
}

pub fn done(answer: &Answer) {
    assert_eq!(answer.status, 303, "{}", answer.body);
}

pub fn refused(answer: &Answer, words: &str) {
    assert!(answer.status == 422 && answer.body.contains(words), "{} {}", answer.status, answer.body);
}

pub fn id_of(at: &str) -> i64 {
    at.rsplit('/').next().unwrap().parse().unwrap()
}

/// The delegates' own pages, by line of the list.
pub async fn phones(app: &TestApp, at: &str) -> Vec<String> {
    queries::links(&app.office, id_of(at)).await.unwrap().into_values().map(|token| format!("/hn/{token}")).collect()
}

pub async fn arrive(officer: &mut Client, at: &str, who: &str, scan: &str) -> Answer {
    officer.post(&format!("{at}/diem-danh"), &[("verb", "check_in"), ("who", who), ("scan", scan)]).await
}

/// Three delegates here, the conference open.
pub async fn opened(app: &TestApp, officer: &mut Client) -> String {
    let at = prepared(officer).await;
    for (number, who) in ["nguyen thi mai", "Trần Văn Bình", "Lê Thị Cúc"].iter().enumerate() {
        done(&arrive(officer, &at, who, &format!("scan-{number}")).await);
    }
    done(&officer.post(&format!("{at}/dieu-hanh"), &[("verb", "open")]).await);
    assert_eq!(state(&app.office, &at).await.count().present, 3);
    at
}

pub async fn state(office: &Office, at: &str) -> Conference {
    live::hall(office, id_of(at)).await.unwrap().state().await.clone()
}

#[tokio::test]
async fn a_list_is_pasted_once_and_its_faults_are_named_by_line() {
    let app = TestApp::start().await;
    let mut officer = app.sign_in_as(Role::Officer).await;
    let at = prepared(&mut officer).await;
    let list = format!("{at}/dai-bieu");
    done(&officer.post(&list, &[("verb", "paste"), ("side", "delegate"), ("pasted", LIST)]).await);
    let conference = state(&app.office, &at).await;
    assert_eq!(conference.records.participations.len(), 5, "the same people are not taken twice");
    let from_a_workbook = "\nHọ tên\tChức vụ\tĐơn vị\tCấp học\n\tlãnh đạo phường\tUBND phường\t";
    let group = &operations::delegates::read(from_a_workbook, Side::Host, false).unwrap()[0];
    assert_eq!((group.group.as_str(), group.unit_name.as_str()), ("lãnh đạo phường", "UBND phường"));
    let mai = conference.records.participations.get(1).unwrap();
    assert_eq!(mai.unit_code, crate::kit::SCHOOL, "the unit of that name is known");
    let bad = "\nVũ A | Hiệu trưởng | Trường X | Đại học\n\n | | Trường Y |";
    let refused = officer.post(&list, &[("verb", "paste"), ("side", "delegate"), ("pasted", bad)]).await;
    assert_eq!(refused.status, 422);
    assert!(refused.body.contains("Dòng 2") && refused.body.contains("Dòng 4"), "{}", refused.body);
}

#[tokio::test]
async fn a_second_scan_says_when_and_where_the_first_was_and_a_repeated_one_changes_nothing() {
    let app = TestApp::start().await;
    let mut officer = app.sign_in_as(Role::Officer).await;
    let at = prepared(&mut officer).await;
    let desk = format!("{at}/diem-danh");
    let scan = [("verb", "check_in"), ("who", "Nguyễn Thị Mai"), ("scan", "a-1"), ("ban", "Bàn 2")];
    done(&officer.post(&desk, &scan).await);
    done(&officer.post(&desk, &scan).await);
    let again = arrive(&mut officer, &at, "Nguyễn Thị Mai", "a-2").await;
    assert_eq!(again.status, 422);
    assert!(again.body.contains("đã điểm danh lúc 9 giờ 00 tại Bàn 2"), "{}", again.body);
    let unsure = arrive(&mut officer, &at, "Mai", "a-3").await;
    assert!(unsure.location().contains("tim=Mai"), "the desk is shown whom it may mean: {}", unsure.location());
    assert_eq!(app.audit_count("conference.check_in").await, 1);
    assert_eq!(state(&app.office, &at).await.count().present, 1);
}

#[tokio::test]
async fn a_delegate_asks_for_the_floor_on_the_phone_and_is_called() {
    let app = TestApp::start().await;
    let mut officer = app.sign_in_as(Role::Officer).await;
    let at = opened(&app, &mut officer).await;
    let desk = format!("{at}/dieu-hanh");
    let phones = phones(&app, &at).await;
    let mut phone = app.anonymous();
    done(&phone.post_as_is(&phones[0], &[("verb", "request"), ("topic", "Cơ sở vật chất")]).await);
    let twice = phone.post_as_is(&phones[0], &[("verb", "request"), ("topic", "")]).await;
    assert_eq!(twice.status, 422);
    let other = phone.post_as_is(&phones[1], &[("verb", "withdraw"), ("request", "1")]).await;
    assert_eq!(other.status, 403, "nobody takes back what another asked");
    done(&officer.post(&desk, &[("verb", "call"), ("request", "1")]).await);
    let page = phone.get(&phones[0]).await;
    assert!(page.body.contains("Mời đồng chí phát biểu"), "{}", page.body);
    done(&officer.post(&desk, &[("verb", "end_speech")]).await);
    let note = [("verb", "note"), ("request", "1"), ("summary", "Đề nghị sửa nhà vệ sinh")];
    done(&officer.post(&desk, &note).await);
    let conference = state(&app.office, &at).await;
    let opinion = conference.records.opinions.get(1).unwrap();
    assert_eq!((opinion.topic.as_str(), opinion.unit_name.as_str()), ("Cơ sở vật chất", "Trường Tiểu học Hoa Sữa"));
    assert_eq!(app.audit_count("conference.request_floor").await, 0, "a delegate's own act is its event alone");
    assert_eq!(phone.get("/hn/khong-co-ai").await.status, 404);
}

#[tokio::test]
async fn hands_and_phones_make_one_vote() {
    let app = TestApp::start().await;
    let mut officer = app.sign_in_as(Role::Officer).await;
    let at = opened(&app, &mut officer).await;
    let desk = format!("{at}/dieu-hanh");
    let phones = phones(&app, &at).await;
    let open = [("verb", "open_poll"), ("text", "Thông qua báo cáo"), ("by_hands", "1"), ("by_devices", "1")];
    done(&officer.post(&desk, &open).await);
    let twice = officer.post(&desk, &open).await;
    assert_eq!(twice.status, 422, "two desks that open the same poll open one");
    let mut phone = app.anonymous();
    let vote = |choice: &'static str| [("verb", "vote"), ("poll", "1"), ("choice", choice)];
    done(&phone.post_as_is(&phones[0], &vote("0")).await);
    done(&phone.post_as_is(&phones[0], &vote("0")).await);
    assert_eq!(phone.post_as_is(&phones[0], &vote("1")).await.status, 422);
    let absent = phone.post_as_is(&phones[3], &vote("0")).await;
    assert!(absent.status == 422 && absent.body.contains("chưa điểm danh"), "{}", absent.body);
    let hands = |yes: &'static str| [("verb", "hands"), ("poll", "1"), ("count", yes), ("count", "0"), ("count", "")];
    assert_eq!(officer.post(&desk, &hands("3")).await.status, 422, "one of three has voted by phone");
    done(&officer.post(&desk, &hands("2")).await);
    done(&officer.post(&desk, &[("verb", "close_poll"), ("poll", "1")]).await);
    let page = officer.get(&desk).await;
    assert!(page.body.contains("100 % đại biểu nhất trí (3/3)"), "{}", page.body);
    assert_eq!(app.audit_count("conference.vote").await, 0);
}

#[tokio::test]
async fn a_secret_vote_leaves_no_way_from_person_to_ballot() {
    let app = TestApp::start().await;
    let mut officer = app.sign_in_as(Role::Officer).await;
    let at = opened(&app, &mut officer).await;
    let (id, desk) = (id_of(&at), format!("{at}/dieu-hanh"));
    let phones = phones(&app, &at).await;
    let open = [("verb", "open_poll"), ("text", "Bầu"), ("by_devices", "1"), ("is_secret", "1")];
    done(&officer.post(&desk, &open).await);
    let mut phone = app.anonymous();
    let mut receipts = Vec::new();
    for (voter, choice) in [(2, "0"), (0, "1"), (1, "0")] {
        let page = phone.get(&phones[voter]).await;
        let token = between(&page.body, "name=\"ballot_token\" value=\"", "\"").unwrap().to_owned();
        let vote = [("verb", "vote"), ("poll", "1"), ("choice", choice), ("ballot_token", &token)];
        let taken = phone.post_as_is(&phones[voter], &vote).await;
        assert!(taken.status == 200 && taken.body.contains(&token[..10]), "{}", taken.body);
        let again = phone.post_as_is(&phones[voter], &vote).await;
        assert_eq!(again.status, 200, "an acknowledgement that was lost is given again");
        let stolen = [("verb", "vote"), ("poll", "1"), ("choice", "2"), ("ballot_token", "another-token-of-mine")];
        assert_eq!(phone.post_as_is(&phones[voter], &stolen).await.status, 422, "nobody votes twice");
        receipts.push((token, choice));
    }
    let log = queries::log(&app.office, id).await.unwrap();
    let text: String = log.iter().map(|recorded| serde_json::to_string(recorded).unwrap()).collect();
    assert!(receipts.iter().all(|(token, _)| !text.contains(token.as_str())), "no ballot in the log of an open poll");
    let rows: Vec<(String,)> =
        sqlx::query_as("select ballots from conference_ballot_box").fetch_all(app.office.db().pool()).await.unwrap();
    assert_eq!(rows.len(), 1, "one row holds the whole box");
    assert!(receipts.iter().all(|(token, _)| !rows[0].0.contains(token.as_str())), "and it is sealed");
    assert!(!officer.get(&desk).await.body.contains("<meter"), "no count before the closing");
    done(&officer.post(&desk, &[("verb", "close_poll"), ("poll", "1")]).await);
    let opened = phone.get(&format!("{}/phieu/1", phones[0])).await;
    for (token, choice) in &receipts {
        let option = if *choice == "0" { "Đồng ý" } else { "Không đồng ý" };
        assert!(opened.body.contains(&format!("{}\t{option}", &token[..10])), "{}", opened.body);
    }
    let left: i64 = sqlx::query_scalar("select count(*) from conference_ballot_box")
        .fetch_one(app.office.db().pool())
        .await
        .unwrap();
    assert_eq!(left, 0, "the box was opened into the log");
    let audit: i64 = sqlx::query_scalar("select count(*) from audit_line where actor like 'delegate%'")
        .fetch_one(app.office.db().pool())
        .await
        .unwrap();
    assert_eq!(audit, 0);
}

#[tokio::test]
async fn the_state_is_rebuilt_from_the_log_and_sees_what_another_process_wrote() {
    let app = TestApp::start().await;
    let mut officer = app.sign_in_as(Role::Officer).await;
    let at = opened(&app, &mut officer).await;
    let here = state(&app.office, &at).await;
    let other = app.another_process().await;
    assert_eq!(state(&other, &at).await, here, "the fold of the log is the state");
    let context = app.context();
    operations::command(&other, &context, id_of(&at), domain::conference::Command::Next).await.unwrap();
    done(&officer.post(&format!("{at}/dieu-hanh"), &[("verb", "next")]).await);
    let (here, there) = (state(&app.office, &at).await, state(&other, &at).await);
    assert_eq!(here.current_item, Some(2), "both wrote, one after the other");
    assert_eq!(here, there);
    let log = queries::log(&app.office, id_of(&at)).await.unwrap();
    assert!(log.iter().zip(1..).all(|(recorded, place)| recorded.seq == place), "no gap, no place twice");
}

#[tokio::test]
async fn many_ballots_at_once_are_all_counted_once() {
    let app = TestApp::start().await;
    let context = app.context();
    let new = New { unit_code: WARD.to_owned(), title: "Hội nghị lớn".to_owned(), year: YEAR.to_owned() };
    let id = operations::create(&app.office, &context, &new).await.unwrap();
    let lines: String =
        (1..=120).map(|number| format!("Đại biểu {number} | | Trường Tiểu học Hoa Sữa | TH\n")).collect();
    let lines = operations::delegates::read(&lines, domain::conference::Side::Delegate, true).unwrap();
    operations::delegates::import(&app.office, &context, id, lines).await.unwrap();
    let command = |command| operations::command(&app.office, &context, id, command);
    for number in 1..=120_u32 {
        let arrival = domain::conference::Arrival {
            client_id: format!("s{number}"),
            found_by: domain::conference::FoundBy::Line(number),
            road: domain::conference::Road::List,
            desk: String::new(),
            venue: None,
            heads: None,
            scanned_at: None,
        };
        command(domain::conference::Command::CheckIn(arrival)).await.unwrap();
    }
    command(domain::conference::Command::Open).await.unwrap();
    let question = domain::conference::Question {
        text: "Thông qua".to_owned(),
        kind: domain::conference::PollKind::YesNoOther,
        by_hands: false,
        by_devices: true,
        is_secret: true,
        target: None,
    };
    command(domain::conference::Command::OpenPoll(question)).await.unwrap();
    let ballot = |participation: u32, round: u32| {
        domain::conference::Command::Vote(domain::conference::Ballot {
            poll: 1,
            participation,
            choices: vec![u8::try_from(participation % 3).unwrap()],
            token: format!("a-token-that-nobody-guesses-{}-{round}", participation * 7 % 121),
        })
    };
    let all = (0..2).flat_map(|round| (1..=120).map(move |number| (number, round)));
    let answers = futures_util::future::join_all(all.map(|(number, round)| command(ballot(number, round)))).await;
    assert_eq!(answers.iter().filter(|answer| answer.is_ok()).count(), 120, "each voter once");
    command(domain::conference::Command::ClosePoll(1, Vec::new())).await.unwrap();
    let hall = live::hall(&app.office, id).await.unwrap();
    let tally = hall.state().await.polls[&1].tally();
    assert_eq!(tally.options.iter().map(|option| option.total()).collect::<Vec<_>>(), [40, 40, 40]);
}

/// The next message of a stream: its number and its text.
async fn message(stream: &mut (impl futures_util::Stream<Item = String> + Unpin)) -> (u64, serde_json::Value) {
    let mut news = stream.filter(|text| std::future::ready(!text.starts_with(':')));
    let text = tokio::time::timeout(PATIENCE, news.next()).await.expect("no news").unwrap();
    let number = between(&text, "id: ", "\n").or_else(|| between(&text, "id:", "\n")).unwrap().trim().parse().unwrap();
    let data = text.split("data:").nth(1).unwrap();
    (number, serde_json::from_str(data.lines().next().unwrap().trim()).unwrap())
}

#[tokio::test]
async fn a_screen_hears_what_is_new_and_is_right_again_after_it_was_away() {
    let app = TestApp::start().await;
    let mut officer = app.sign_in_as(Role::Officer).await;
    let at = opened(&app, &mut officer).await;
    let path = format!("{at}/truc-tiep");
    let mut screen = officer.stream(&path, None).await;
    let (first, now) = message(&mut screen).await;
    assert_eq!((now["phase"].as_str(), now["present"].as_u64()), (Some("open"), Some(3)));
    assert_eq!(app.office.halls().listener_count(), 1);
    let metrics = officer.get("/metrics").await.body;
    assert!(metrics.contains("tongket_hall_screens 1"), "{metrics}");
    done(&officer.post(&format!("{at}/dieu-hanh"), &[("verb", "next")]).await);
    let (second, now) = message(&mut screen).await;
    assert!(second > first && now["item"]["title"] == "Khai mạc", "{now}");
    drop(screen);
    done(&arrive(&mut officer, &at, "Phạm Văn Dũng", "late").await);
    let phone = phones(&app, &at).await[0].clone();
    let mut back = app.anonymous().stream(&format!("{phone}/truc-tiep"), Some(second)).await;
    let (third, now) = message(&mut back).await;
    assert!(third > second && now["present"] == 4, "what was missed is there with the first message: {now}");
    let mut fresh = app.anonymous().stream(&format!("{phone}/truc-tiep"), Some(third)).await;
    done(&officer.post(&format!("{at}/dieu-hanh"), &[("verb", "adjourn")]).await);
    let (fourth, now) = message(&mut fresh).await;
    assert!(fourth > third && now["phase"] == "adjourned", "who knew everything hears only what is new: {now}");
    assert_eq!(app.anonymous().get(&path).await.status, 303, "the desk's stream is behind the door");
}

#[tokio::test]
async fn the_minutes_and_the_conclusion_notice_are_filled_from_the_record() {
    let app = TestApp::start().await;
    let mut officer = app.sign_in_as(Role::Officer).await;
    let at = opened(&app, &mut officer).await;
    let (desk, record) = (format!("{at}/dieu-hanh"), format!("{at}/ho-so"));
    officer.get(&record).await;
    let early = officer.post(&record, &[("kind", "bien-ban")]).await;
    let early = officer.get(early.location()).await;
    assert!(early.body.contains("Còn để trống"), "the record does not say yet where it was and who signs");
    officer.get(&record).await;
    let head = [
        ("verb", "head"),
        ("title", "Hội nghị tổng kết"),
        ("held_on", "2026-06-21"),
        ("starts_at", "8h00"),
        ("place", "Hội trường phường"),
    ];
    done(&officer.post(&at, &head).await);
    let context = app.context();
    for (line, role) in [(1, "chair"), (2, "secretary")] {
        let mut person = state(&app.office, &at).await.records.participations.get(line).unwrap().clone();
        person.role = domain::conference::ParticipationRole::parse(role).unwrap();
        let put = domain::conference::Command::Put(Some(line), domain::conference::Entry::Participation(person));
        operations::command(&app.office, &context, id_of(&at), put).await.unwrap();
    }
    done(&officer.post(&desk, &[("verb", "next")]).await);
    let speech = [
        ("verb", "speech"),
        ("who", "Nguyễn Xuân Phi"),
        ("kind", "directive"),
        ("acknowledgement", "ghi nhận kết quả của ngành"),
        ("directives", "Tăng cường ứng dụng CNTT\nRút ngắn khoảng cách giữa các trường"),
    ];
    done(&officer.post(&desk, &speech).await);
    let task = [
        ("verb", "conclude"),
        ("directive", "1"),
        ("what", "Tăng cường ứng dụng CNTT"),
        ("lead", "Phòng Văn hóa - Xã hội"),
        ("partners", "Các trường"),
        ("due_on", "30/9/2026"),
    ];
    done(&officer.post(&desk, &task).await);
    assert!(officer.get(&desk).await.body.contains("Nguyễn Xuân Phi"), "a speaker who is not in the list is named");
    done(&officer.post(&desk, &[("verb", "close")]).await);
    officer.get(&record).await;
    for (kind, words) in [
        ("bien-ban", "Nguyễn Xuân Phi phát biểu chỉ đạo: ghi nhận kết quả của ngành."),
        ("thong-bao-ket-luan", "Tăng cường ứng dụng CNTT."),
        ("chuong-trinh", "Báo cáo tổng kết"),
    ] {
        let made = officer.post(&record, &[("kind", kind)]).await;
        assert!(made.status == 303 && made.location().starts_with("/van-kien/"), "{kind}: {}", made.body);
        let sheet = officer.get(made.location()).await;
        assert!(sheet.body.contains(words), "{kind}: {}", sheet.body);
        officer.get(&record).await;
    }
}

#[tokio::test]
async fn last_years_conference_gives_its_programme_and_not_its_people() {
    let app = TestApp::start().await;
    let mut officer = app.sign_in_as(Role::Officer).await;
    let last = opened(&app, &mut officer).await;
    officer.get("/hoi-nghi").await;
    let like = id_of(&last).to_string();
    let made = officer.post("/hoi-nghi", &[("title", "Năm sau"), ("year", "2026-2027"), ("like", &like)]).await;
    done(&made);
    let next = state(&app.office, made.location()).await;
    assert_eq!((next.order.len(), next.records.participations.len()), (3, 0));
    assert!(next.opened_at.is_none() && next.polls.is_empty());
    let events = queries::log(&app.office, id_of(made.location())).await.unwrap();
    assert!(events.iter().all(|recorded| matches!(recorded.event, Event::PartSet { .. } | Event::EntryPut { .. })));
}

/// A conference of every state that pages show: an open poll, a closed one, somebody speaking, an award, a task.
pub async fn held(app: &TestApp) {
    let mut officer = app.sign_in_as(Role::Officer).await;
    let at = opened(app, &mut officer).await;
    let desk = format!("{at}/dieu-hanh");
    let plan: [&[(&str, &str)]; 5] = [
        &[("verb", "add_paper"), ("topic", "Thu hẹp khoảng cách"), ("unit_name", "Trường THCS Bồ Câu")],
        &[("verb", "add_target"), ("text", "Không có học sinh bỏ học"), ("level", "primary")],
        &[("verb", "add_award"), ("form", "Bằng khen"), ("recipients", "Trường A\nTrường B")],
        &[("verb", "add_venue"), ("name", "Điểm cầu 2")],
        &[("verb", "rules"), ("speech_minutes", "5"), ("topics", "Cơ sở vật chất | 3\nAn toàn thực phẩm")],
    ];
    for form in plan {
        done(&officer.post(&at, form).await);
    }
    let steps: [&[(&str, &str)]; 10] = [
        &[("verb", "next")],
        &[("verb", "ask"), ("who", "Trần Văn Bình"), ("topic", "Cơ sở vật chất")],
        &[("verb", "call"), ("request", "1")],
        &[("verb", "ask"), ("who", "Lê Thị Cúc"), ("topic", "An toàn thực phẩm")],
        &[("verb", "open_poll"), ("text", "Thông qua báo cáo"), ("by_hands", "1")],
        &[("verb", "hands"), ("poll", "1"), ("count", "2"), ("count", "1"), ("count", "0")],
        &[("verb", "close_poll"), ("poll", "1")],
        &[("verb", "speech"), ("who", "Khúc Văn Phung"), ("kind", "directive"), ("directives", "Đổi mới")],
        &[("verb", "conclude"), ("what", "Giao chỉ tiêu"), ("lead", "UBND phường")],
        &[("verb", "open_poll"), ("text", "Thông qua chỉ tiêu"), ("by_devices", "1"), ("by_hands", "1")],
    ];
    for form in steps {
        done(&officer.post(&desk, form).await);
    }
    Box::pin(around(app, &mut officer, &at)).await;
}

/// What stands around the hall: an invited school, a question, seats and badges, a public article.
async fn around(app: &TestApp, officer: &mut Client, at: &str) {
    let forms: [(&str, &[(&str, &str)]); 6] = [
        ("/ban-to-chuc", &[("verb", "put"), ("what", "In tài liệu"), ("due_on", "20/6/2026")]),
        ("/moi", &[("verb", "invite_schools"), ("level", "primary"), ("delegate_count", "2")]),
        ("/moi", &[("verb", "add_guest"), ("name", "Đỗ Văn Lợi"), ("email", "loi@so.example")]),
        ("/gop-y", &[("verb", "ask"), ("question", "Góp ý dự thảo"), ("readers", "everyone")]),
        ("/cho-ngoi", &[("verb", "assign"), ("id", "1"), ("blocks", "A | 2 | 4 |")]),
        ("/cho-ngoi", &[("verb", "badges")]),
    ];
    for (path, form) in forms {
        done(&officer.post(&format!("{at}{path}"), form).await);
    }
    let (id, context) = (id_of(at), app.context());
    let article = operations::article::current(&app.office, id).await.unwrap();
    let texts: Vec<String> = article.paragraphs.into_iter().flatten().map(|sentence| sentence.text).collect();
    let (title, byline) = ("Hội nghị tổng kết", "Nguyễn Thị Mai");
    let words = operations::article::Words { title, byline, texts: &texts, reasons: &[] };
    operations::article::keep(&app.office, &context, id, 0, words).await.unwrap();
    operations::article::publish(&app.office, &context, id, 1).await.unwrap();
}

/// The delegates' pages in the states that they have.
pub async fn phones_of<F>(app: &TestApp, speaking: impl Fn(Client) -> F) -> Vec<(&'static str, Answer)>
where
    F: Future<Output = Client>,
{
    let all = queries::list(&app.office).await.unwrap();
    let at = format!("/hoi-nghi/{}", all[0].id);
    let phones = phones(app, &at).await;
    let mut phone = speaking(app.anonymous()).await;
    let voting = phone.get(&phones[0]).await;
    phone.post_as_is(&phones[2], &[("verb", "vote"), ("poll", "2"), ("choice", "0")]).await;
    let voted = phone.get(&phones[2]).await;
    let absent = phone.get(&phones[3]).await;
    let invitation = phone.get(&format!("{}/thu-moi", phones[0])).await;
    let stream = phone.send(axum::http::Request::get("/hn/none/truc-tiep"), Body::empty()).await;
    vec![
        ("a delegate who may vote", voting),
        ("one who has voted", voted),
        ("one who is not here", absent),
        ("an invitation", invitation),
        ("no stream", stream),
    ]
}
