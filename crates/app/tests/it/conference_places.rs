//! Places, desks, guests and badges over HTTP: one place one person; each desk for whom it is; guests once and reachable;
//! badges that nobody guesses; letters that are forgotten.

use domain::conference::{Command, Conference, Entry, Quota};
use tongket::{
    audit,
    conference::{
        live,
        operations::{self, forget, letters},
        queries,
    },
    identity::Role,
};

use crate::{
    conference::{arrive, done, id_of, opened, prepared, refused, state},
    kit::{Client, SCHOOL, TestApp, WARD},
};

#[tokio::test]
async fn a_place_is_one_persons_and_the_desk_chooses() {
    let app = TestApp::start().await;
    let mut officer = app.sign_in_as(Role::Officer).await;
    let at = prepared(&mut officer).await;
    let (id, context, desk) = (id_of(&at), app.context(), format!("{at}/diem-danh"));
    let quota = Quota { unit_code: SCHOOL.to_owned(), delegate_count: 2, ..Quota::default() };
    let quota = Quota { unit_name: "Trường Tiểu học Hoa Sữa".to_owned(), ..quota };
    operations::command(&app.office, &context, id, Command::Put(None, Entry::Quota(quota))).await.unwrap();
    let named = operations::invite::Named { name: "Trần Thị Thay".to_owned(), ..Default::default() };
    operations::invite::send_in_stead(&app.office, &context, id, 1, &named).await.unwrap();
    let asked = arrive(&mut officer, &at, "Nguyễn Thị Mai", "scan-1").await;
    done(&asked);
    let shown = officer.get(asked.location()).await;
    assert!(shown.body.contains("Trần Thị Thay đi thay") && shown.body.contains("return_place"), "{}", shown.body);
    assert_eq!(state(&app.office, &at).await.count().present, 0, "nobody is here yet");
    done(&officer.post(&desk, &[("verb", "return_place"), ("line", "1"), ("scan", "scan-2")]).await);
    let conference = state(&app.office, &at).await;
    assert_eq!((conference.heads_here(1), conference.substitute_of(1)), (1, None));
    // The other delegate of the school is replaced at the desk, and comes after all.
    let stead = [("verb", "substitute"), ("line", "4"), ("scan", "scan-3"), ("name", "Lê Văn Thế")];
    done(&officer.post(&desk, &stead).await);
    refused(&arrive(&mut officer, &at, "Phạm Văn Dũng", "scan-4").await, "mỗi suất một người");
    let scan = r#"[{"scan":"scan-5","line":4}]"#;
    let told = officer.post(&format!("{desk}/dong-bo"), &[("luot", scan)]).await.json();
    assert_eq!(told[0]["state"], "refused", "{told}");
    let list = officer.get(&format!("{desk}/danh-sach")).await.json();
    let of = |line: u64| list["lines"].as_array().unwrap().iter().find(|one| one["id"] == line).unwrap().clone();
    assert_eq!(of(4)["replaced_by"], "Lê Văn Thế");
    let conference = state(&app.office, &at).await;
    let unit = conference.count_by_unit().into_iter().find(|unit| unit.of == "Trường Tiểu học Hoa Sữa").unwrap();
    assert_eq!((unit.count.expected, unit.count.present, unit.count.voters), (2, 2, 2));
    assert!(officer.get(&format!("{at}/dai-bieu")).await.body.contains("Lê Văn Thế đi thay"));
}

#[tokio::test]
async fn a_pasted_delegate_counts_for_the_level_of_the_school() {
    let app = TestApp::start().await;
    let mut officer = app.sign_in_as(Role::Officer).await;
    let at = prepared(&mut officer).await;
    let list =
        "Vũ Thị Không Cấp | Giáo viên | Trường Tiểu học Hoa Sữa |\nVũ Thị Đâu Đó | Giáo viên | Trường nơi khác |";
    let paste = [("verb", "paste"), ("side", "delegate"), ("may_vote", "1"), ("pasted", list)];
    done(&officer.post(&format!("{at}/dai-bieu"), &paste).await);
    done(&arrive(&mut officer, &at, "Vũ Thị Không Cấp", "scan-1").await);
    let conference = state(&app.office, &at).await;
    let levels = conference.count_by_level();
    let primary = levels.iter().find(|of| of.of == Some(domain::Level::Primary)).unwrap();
    assert_eq!((primary.count.present, primary.count.expected), (1, 3));
    let stranger = conference.records.participations.iter().find(|(_, line)| line.name == "Vũ Thị Đâu Đó").unwrap();
    assert_eq!(stranger.1.level, None, "of a unit that is not known nothing is made up");
}

#[tokio::test]
async fn a_badge_tells_nothing_of_another() {
    let app = TestApp::start().await;
    let mut officer = app.sign_in_as(Role::Officer).await;
    let at = prepared(&mut officer).await;
    operations::seats::give_badges(&app.office, &app.context(), id_of(&at)).await.unwrap();
    let conference = state(&app.office, &at).await;
    let codes = |conference: &Conference| -> Vec<String> {
        let lines = conference.records.participations.iter();
        lines.map(|(_, line)| line.badge.clone()).filter(|badge| !badge.is_empty()).collect()
    };
    let given = codes(&conference);
    assert_eq!(given.len(), 4, "the group wears none");
    for code in &given {
        assert!(code.len() == 8 && code.bytes().all(|byte| byte.is_ascii_alphanumeric()), "{code}");
        assert!(!code.contains(['0', '1', 'I', 'O']), "{code}");
    }
    let starts: std::collections::BTreeSet<&str> = given.iter().map(|code| &code[..4]).collect();
    assert_eq!(starts.len(), 4, "no part is common: {given:?}");
    operations::seats::give_badges(&app.office, &app.context(), id_of(&at)).await.unwrap();
    assert_eq!(codes(&state(&app.office, &at).await), given, "a code stays");
    done(&arrive(&mut officer, &at, &given[0].to_lowercase(), "scan-1").await);
    assert_eq!(state(&app.office, &at).await.heads_here(1), 1);
}

#[tokio::test]
async fn letters_are_forgotten_sent_or_not() {
    let app = TestApp::start().await;
    let mut officer = app.sign_in_as(Role::Officer).await;
    let at = opened(&app, &mut officer).await;
    let (id, context) = (id_of(&at), app.context());
    for (name, email) in [("Đỗ Văn Lợi", "loi@so.example"), ("Lê Thị Sáu", "sau@so.example")] {
        let guest = [("verb", "add_guest"), ("name", name), ("email", email)];
        done(&officer.post(&format!("{at}/moi"), &guest).await);
    }
    let seen = letters::outbox(&app.office, &context, id, "http://o").await.unwrap().seen;
    assert_eq!(letters::send(&app.office, &context, id, "http://o", &seen).await.unwrap(), 2);
    let pool = app.office.db().pool();
    let mark = "update mail set sent_at = '2026-06-21T02:00:00Z' where recipient = 'loi@so.example'";
    sqlx::query(mark).execute(pool).await.unwrap();
    let other = "insert into mail (recipient, subject, body, queued_at) \
         values ('loi@so.example', 'Nhắc nộp biểu', 'Còn 2 ngày', '2026-06-20T02:00:00Z')";
    sqlx::query(other).execute(pool).await.unwrap();
    operations::command(&app.office, &context, id, Command::Close).await.unwrap();
    forget::forget(&app.office, &context, id).await.unwrap();
    let left: Vec<(String, String)> = sqlx::query_as("select subject, body from mail").fetch_all(pool).await.unwrap();
    assert_eq!(left, [("Nhắc nộp biểu".to_owned(), "Còn 2 ngày".to_owned())], "a letter of another room stays");
    let listed: i64 = sqlx::query_scalar("select count(*) from conference_letter").fetch_one(pool).await.unwrap();
    assert_eq!(listed, 0);
    assert!(queries::links(&app.office, id).await.unwrap().is_empty());
}

#[tokio::test]
async fn a_guest_is_invited_once_and_with_an_address_that_is_one() {
    let app = TestApp::start().await;
    let mut officer = app.sign_in_as(Role::Officer).await;
    let at = prepared(&mut officer).await;
    let path = format!("{at}/moi");
    let guest = |name: &'static str, unit: &'static str, email: &'static str| {
        [("verb", "add_guest"), ("name", name), ("unit_name", unit), ("email", email)]
    };
    refused(&officer.post(&path, &guest("Đỗ Văn Lợi", "Sở GDĐT", "khong-phai-thu")).await, "không phải địa chỉ thư");
    done(&officer.post(&path, &guest("Đỗ Văn Lợi", "Sở GDĐT", "loi@so.example")).await);
    refused(&officer.post(&path, &guest("đỗ văn lợi", "Sở GDĐT", "")).await, "đã có trong danh sách");
    refused(&officer.post(&path, &guest("Đỗ Văn Khác", "", "LOI@so.example")).await, "đã có trong danh sách");
    done(&officer.post(&path, &guest("Đỗ Văn Lợi", "Công an phường", "")).await);
}

#[tokio::test]
async fn a_school_of_two_levels_is_invited_once_and_nobody_before_there_is_a_day() {
    let app = TestApp::start().await;
    let change = "update unit set levels = 'primary lower_secondary' where code = $1";
    let mut transaction = app.office.db().begin().await.unwrap();
    sqlx::query(change).bind(SCHOOL).execute(&mut *transaction).await.unwrap();
    audit::write(&mut transaction, &app.context(), "organisation.change", SCHOOL, "").await.unwrap();
    transaction.commit().await.unwrap();
    let mut officer = app.sign_in_as(Role::Officer).await;
    let at = prepared(&mut officer).await;
    for level in ["primary", "lower_secondary"] {
        let invite = [("verb", "invite_schools"), ("level", level), ("delegate_count", "3")];
        done(&officer.post(&format!("{at}/moi"), &invite).await);
    }
    let conference = state(&app.office, &at).await;
    let of_school = conference.records.quotas.iter().filter(|(_, quota)| quota.unit_code == SCHOOL);
    assert_eq!(of_school.map(|(_, quota)| quota.delegate_count).collect::<Vec<_>>(), [3]);
    assert_eq!(conference.records.quotas.len(), 2, "and the other school by its own level");
    let mut principal = app.sign_in_as(Role::Principal).await;
    let page = format!("{at}/cu-dai-bieu/{SCHOOL}");
    assert!(!principal.get("/hoi-nghi").await.body.contains(&page), "nobody is asked before there is a day");
    assert!(principal.get(&page).await.body.contains("chưa định ngày"));
    refused(&principal.post(&page, &[("verb", "name"), ("name", "Trần Thị Một")]).await, "chưa định ngày");
    let head = [("verb", "head"), ("title", "Hội nghị tổng kết"), ("held_on", "2026-08-14")];
    officer.get(&at).await;
    done(&officer.post(&at, &head).await);
    assert!(principal.get("/hoi-nghi").await.body.contains(&page));
    done(&principal.post(&page, &[("verb", "name"), ("name", "Trần Thị Một")]).await);
}

/// Signs in somebody with a role at the ward.
async fn at_the_ward(app: &TestApp, name: &str, role: Role) -> Client {
    app.add_account(name, role, WARD).await;
    app.sign_in(name).await
}

#[tokio::test]
async fn each_desk_is_for_whom_it_is() {
    let app = TestApp::start().await;
    let mut officer = app.sign_in_as(Role::Officer).await;
    let at = opened(&app, &mut officer).await;
    let (mut leader, mut clerk) =
        (at_the_ward(&app, "lanh-dao", Role::Leader).await, at_the_ward(&app, "van-thu", Role::Clerk).await);
    let desk = |name: &str| format!("{at}/{name}");
    for (name, chairs, serves) in [
        ("chu-toa", 200, 403),
        ("thu-ky", 403, 200),
        ("trao-thuong", 403, 200),
        ("diem-danh", 403, 200),
        ("dieu-hanh", 403, 403),
    ] {
        assert_eq!(leader.get(&desk(name)).await.status, chairs, "the leader at {name}");
        assert_eq!(clerk.get(&desk(name)).await.status, serves, "the clerk at {name}");
        assert_eq!(officer.get(&desk(name)).await.status, 200);
    }
    done(&leader.post(&desk("chu-toa"), &[("verb", "next")]).await);
    let poll = [("verb", "open_poll"), ("text", "Thông qua"), ("by_hands", "1")];
    done(&leader.post(&desk("chu-toa"), &poll).await);
    assert_eq!(clerk.post(&desk("thu-ky"), &[("verb", "close_poll"), ("poll", "1")]).await.status, 403);
    assert_eq!(leader.post(&desk("chu-toa"), &[("verb", "note"), ("summary", "x")]).await.status, 403);
    let note = [("verb", "note"), ("unit_name", "Trường A"), ("summary", "Đề nghị sửa mái")];
    done(&clerk.post(&desk("thu-ky"), &note).await);
    let seen = leader.get(&desk("chu-toa")).await.body;
    assert!(
        seen.contains(&format!("href=\"{at}/chu-toa\"")) && !seen.contains(&format!("href=\"{at}/thu-ky\"")),
        "{seen}"
    );
    assert!(!seen.contains(&format!("href=\"{at}/diem-danh\"")));
    let hall = live::hall(&app.office, id_of(&at)).await.unwrap();
    assert_eq!(hall.state().await.records.opinions.len(), 1);
}
