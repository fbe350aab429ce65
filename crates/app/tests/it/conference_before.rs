//! Before the hall over HTTP: quotas and naming, letters, answers without an account, documents with rights, opinions,
//! seats and badges, the programme and what is in its way.

use domain::conference::{Command, Conference, Entry, Participation};
use tongket::{
    conference::{live, operations, queries},
    identity::Role,
};

use crate::{
    conference::{done, id_of, refused},
    kit::{Client, OTHER_SCHOOL, SCHOOL, TestApp, YEAR, between},
};

/// An empty conference of the ward; its address.
async fn planned(officer: &mut Client) -> String {
    officer.get("/hoi-nghi").await;
    let made = officer.post("/hoi-nghi", &[("title", "Hội nghị tổng kết"), ("year", YEAR)]).await;
    assert_eq!(made.status, 303, "{}", made.body);
    let at = made.location().to_owned();
    officer.get(&at).await;
    done(&officer.post(&at, &[("verb", "add_venue"), ("name", "Hội trường phường")]).await);
    let head = [
        ("verb", "head"),
        ("title", "Hội nghị tổng kết"),
        ("held_on", "2026-08-14"),
        ("starts_at", "8h00"),
        ("place", "Hội trường phường"),
    ];
    done(&officer.post(&at, &head).await);
    at
}

async fn state(app: &TestApp, at: &str) -> Conference {
    live::hall(&app.office, id_of(at)).await.unwrap().state().await.clone()
}

/// The address of a line's own page.
async fn own_page(app: &TestApp, at: &str, line: u32) -> String {
    format!("/hn/{}", operations::link(&app.office, &app.context(), id_of(at), line).await.unwrap())
}

async fn guest(officer: &mut Client, at: &str, name: &str, email: &str) {
    let guest =
        [("verb", "add_guest"), ("name", name), ("posts", "Phó Giám đốc"), ("unit_name", "Sở GDĐT"), ("email", email)];
    done(&officer.post(&format!("{at}/moi"), &guest).await);
}

#[tokio::test]
async fn an_invited_school_names_its_delegates_and_no_more() {
    let app = TestApp::start().await;
    let mut officer = app.sign_in_as(Role::Officer).await;
    let at = planned(&mut officer).await;
    let invite = [("verb", "invite_schools"), ("level", "primary"), ("delegate_count", "2")];
    done(&officer.post(&format!("{at}/moi"), &invite).await);
    assert_eq!(state(&app, &at).await.records.quotas.len(), 1, "the other school is no primary school");
    let police = |lines: &'static str| [("verb", "invite_units"), ("pasted", lines)];
    refused(&officer.post(&format!("{at}/moi"), &police("Công an phường | 1\nHội Khuyến học | hai")).await, "Dòng 2");
    refused(&officer.post(&format!("{at}/moi"), &police("Công an | 1\nCông an | 2")).await, "đã có số được mời");
    assert_eq!(state(&app, &at).await.records.quotas.len(), 1, "all lines or none");
    done(&officer.post(&format!("{at}/moi"), &police("Công an phường | 1")).await);
    done(&officer.post(&format!("{at}/moi"), &police("Công an phường | 2")).await);
    assert_eq!(state(&app, &at).await.records.quotas.get(2).unwrap().delegate_count, 2, "nobody was named yet");
    let mut quota = state(&app, &at).await.records.quotas.get(2).unwrap().clone();
    quota.venue = Some(1);
    let put = Command::Put(Some(2), Entry::Quota(quota));
    operations::command(&app.office, &app.context(), id_of(&at), put).await.unwrap();
    done(&officer.post(&format!("{at}/moi"), &police("Công an phường | 3")).await);
    let quota = state(&app, &at).await.records.quotas.get(2).unwrap().clone();
    assert_eq!((quota.delegate_count, quota.venue), (3, Some(1)), "where they sit stays as it was");
    let mut principal = app.sign_in_as(Role::Principal).await;
    let list = principal.get("/hoi-nghi").await;
    let page = format!("{at}/cu-dai-bieu/{SCHOOL}");
    assert!(list.body.contains(&page), "{}", list.body);
    principal.get(&page).await;
    let name =
        |name: &'static str| [("verb", "name"), ("name", name), ("posts", "Hiệu trưởng"), ("phone", "0912345678")];
    done(&principal.post(&page, &name("Trần Thị Một")).await);
    done(&principal.post(&page, &name("Trần Thị Hai")).await);
    refused(&principal.post(&page, &name("Trần Thị Ba")).await, "đã cử đủ");
    refused(&principal.post(&page, &[("verb", "name"), ("name", ""), ("email", "khong-phai")]).await, "địa chỉ thư");
    assert_eq!(principal.get(&format!("{at}/cu-dai-bieu/{OTHER_SCHOOL}")).await.status, 403);
    assert_eq!(officer.get(&format!("{at}/cu-dai-bieu/{OTHER_SCHOOL}")).await.status, 404, "it is not invited");
    let stead = [("verb", "name"), ("stead", "1"), ("name", "Trần Thị Ba"), ("posts", "Phó Hiệu trưởng")];
    done(&principal.post(&page, &stead).await);
    let planned = state(&app, &at).await;
    let allotment = &planned.allotments()[0];
    assert_eq!((allotment.named.len(), allotment.coming, allotment.places_left()), (2, 1, 0));
    let third = planned.records.participations.get(3).unwrap();
    assert_eq!((third.substitute_for, third.unit_code.as_str(), third.may_vote), (Some(1), SCHOOL, true));
    let board = officer.get(&format!("{at}/moi")).await;
    assert!(board.body.contains("Trường Tiểu học Hoa Sữa"), "{}", board.body);
    done(&principal.post(&page, &[("verb", "take_off"), ("id", "3")]).await);
    let context = app.context();
    operations::command(&app.office, &context, id_of(&at), Command::Open).await.unwrap();
    refused(&principal.post(&page, &name("Trần Thị Bốn")).await, "đã khai mạc");
}

#[tokio::test]
async fn who_reads_in_english_is_told_why_and_in_the_words_of_the_reason_itself() {
    let app = TestApp::start().await;
    let mut officer = app.sign_in_as(Role::Officer).await;
    officer.get("/hoi-nghi").await;
    let made = officer.post("/hoi-nghi", &[("title", "Hội nghị tổng kết"), ("year", YEAR)]).await;
    let at = made.location().to_owned();
    officer.get(&at).await;
    done(&officer.post(&format!("{at}/moi"), &[("verb", "invite_schools"), ("delegate_count", "2")]).await);
    let mut principal = app.sign_in_as(Role::Principal).await;
    principal.get("/ngon-ngu/en?next=/").await;
    let named = [("verb", "name"), ("name", "Trần Thị Một"), ("posts", "Hiệu trưởng")];
    let answer = principal.post(&format!("{at}/cu-dai-bieu/{SCHOOL}"), &named).await;
    refused(&answer, "The day of the conference is not set yet");
    refused(&answer, "lang=\"vi\">Đơn vị tổ chức chưa định ngày");
}

#[tokio::test]
async fn letters_go_out_once_and_as_they_were_seen() {
    let app = TestApp::start().await;
    let mut officer = app.sign_in_as(Role::Officer).await;
    let at = planned(&mut officer).await;
    guest(&mut officer, &at, "Đỗ Văn Lợi", "loi@so.example").await;
    guest(&mut officer, &at, "Nguyễn Xuân Phi", "").await;
    let page = format!("{at}/thu-moi");
    let shown = officer.get(&page).await;
    let own = own_page(&app, &at, 1).await;
    for words in [
        "Kính gửi đồng chí Đỗ Văn Lợi - Phó Giám đốc,",
        &format!("{own}/thu-moi"),
        "8h00, ngày 14/08/2026",
        "Nguyễn Xuân Phi",
    ] {
        assert!(shown.body.contains(words), "{words}: {}", shown.body);
    }
    let seen = between(&shown.body, "name=\"seen\" value=\"", "\"").unwrap().to_owned();
    guest(&mut officer, &at, "Lê Thị Sáu", "sau@so.example").await;
    refused(&officer.post(&page, &[("verb", "send"), ("seen", &seen)]).await, "vừa thay đổi");
    refused(&officer.post(&page, &[("verb", "rewrite"), ("subject", ""), ("body", "Kính {ai}")]).await, "trang_rieng");
    let words = [("verb", "rewrite"), ("subject", "Mời dự {hoi_nghi}"), ("body", "Kính mời {ten}: {trang_rieng}")];
    done(&officer.post(&page, &words).await);
    let shown = officer.get(&page).await;
    assert!(shown.body.contains("Mời dự Hội nghị tổng kết"), "{}", shown.body);
    let seen = between(&shown.body, "name=\"seen\" value=\"", "\"").unwrap().to_owned();
    done(&officer.post(&page, &[("verb", "send"), ("seen", &seen)]).await);
    let waiting: Vec<(String, String)> = sqlx::query_as("select recipient, body from mail order by recipient")
        .fetch_all(app.office.db().pool())
        .await
        .unwrap();
    assert_eq!(waiting.len(), 2);
    assert!(waiting[0].0 == "loi@so.example" && waiting[0].1.ends_with(&format!("{own}/thu-moi")), "{waiting:?}");
    let again = officer.get(&page).await;
    assert!(!again.body.contains("name=\"seen\"") && again.body.contains("đã đưa vào hàng thư"), "{}", again.body);
    done(&officer.post(&format!("{at}/ho-so"), &[("kind", "giay-moi")]).await);
}

#[tokio::test]
async fn an_invited_person_answers_reads_and_writes_without_an_account() {
    let app = TestApp::start().await;
    let mut officer = app.sign_in_as(Role::Officer).await;
    let at = planned(&mut officer).await;
    let paste = [
        ("verb", "paste"),
        ("side", "delegate"),
        ("may_vote", "1"),
        ("pasted", "Vũ Một | Hiệu trưởng | Trường A | TH\nVũ Hai | Hiệu trưởng | Trường B | THCS"),
    ];
    done(&officer.post(&format!("{at}/dai-bieu"), &paste).await);
    let packet = format!("{at}/tai-lieu");
    officer.get(&packet).await;
    let pdf = documents::pdf::write_badges(
        &documents::pdf::BadgeHead::default(),
        &[],
        "2026-06-21T09:00:00".parse().unwrap(),
    );
    let pdf = pdf.unwrap().bytes;
    for (title, readers, level) in [("Chỉ tiêu THCS", "everyone", "lower_secondary"), ("Kịch bản", "presidium", "")]
    {
        let fields = [("title", title), ("readers", readers), ("level", level)];
        done(&officer.upload(&packet, &fields, &[("files", "a.pdf", &pdf)]).await);
    }
    refused(&officer.upload(&packet, &[], &[("files", "a.pdf", b"MZ\x90")]).await, "chương trình chạy được");
    done(
        &officer
            .post(
                &format!("{at}/gop-y"),
                &[("verb", "ask"), ("question", "Góp ý dự thảo chỉ tiêu"), ("readers", "everyone")],
            )
            .await,
    );
    let (one, two) = (own_page(&app, &at, 1).await, own_page(&app, &at, 2).await);
    let mut phone = app.anonymous();
    let page = phone.get(&format!("{two}/thu-moi")).await;
    assert!(page.body.contains("Chỉ tiêu THCS") && !page.body.contains("Kịch bản"), "{}", page.body);
    assert_eq!(phone.get(&format!("{two}/tai-lieu/1")).await.status, 200);
    assert_eq!(phone.get(&format!("{one}/tai-lieu/1")).await.status, 404, "not of the level");
    assert_eq!(phone.get(&format!("{two}/tai-lieu/2")).await.status, 404, "only for the presidium");
    let mut reader = app.sign_in_as(Role::Reader).await;
    assert_eq!(reader.get(&format!("{packet}/2")).await.status, 403);
    let invitation = format!("{one}/thu-moi");
    let opinion = |text: &'static str| [("verb", "opinion"), ("question", "1"), ("text", text)];
    done(&phone.post_as_is(&invitation, &opinion("Nên bỏ chỉ tiêu 4")).await);
    done(&phone.post_as_is(&invitation, &opinion("Đồng ý với dự thảo")).await);
    done(&phone.post_as_is(&invitation, &[("verb", "answer"), ("is_coming", "yes"), ("note", "ăn chay")]).await);
    done(&phone.post_as_is(&format!("{two}/thu-moi"), &[("verb", "substitute"), ("name", "Vũ Ba")]).await);
    refused(
        &phone.post_as_is(&format!("{two}/thu-moi"), &[("verb", "substitute"), ("name", "Vũ Tư")]).await,
        "Đã có người đi thay",
    );
    let planned = state(&app, &at).await;
    assert_eq!(planned.records.opinions.len(), 1, "a second answer replaces the first");
    assert_eq!(planned.records.opinions.get(1).unwrap().text, "Đồng ý với dự thảo");
    assert!(planned.answers[&1].is_coming && !planned.answers[&2].is_coming);
    assert_eq!(planned.records.participations.get(3).unwrap().unit_name, "Trường B");
    done(&phone.post_as_is(&format!("{two}/thu-moi"), &[("verb", "answer"), ("is_coming", "yes")]).await);
    let planned = state(&app, &at).await;
    assert!(
        planned.answers[&2].is_coming && planned.substitute_of(2).is_none(),
        "who comes after all needs no substitute"
    );
    let board = officer.get(&format!("{at}/gop-y")).await;
    assert!(board.body.contains("Đồng ý với dự thảo") && board.body.contains("Vũ Một"), "{}", board.body);
    assert!(planned.minutes().opinions.is_empty(), "what was written before the meeting was not said in it");
}

#[tokio::test]
async fn seats_are_given_by_block_and_badges_are_printed() {
    let app = TestApp::start().await;
    let mut officer = app.sign_in_as(Role::Officer).await;
    let at = planned(&mut officer).await;
    let list: String =
        (1..=10).map(|number| format!("Vũ {number} | Hiệu trưởng | Trường {} | TH\n", number % 3)).collect();
    done(&officer.post(&format!("{at}/dai-bieu"), &[("verb", "paste"), ("side", "delegate"), ("pasted", &list)]).await);
    guest(&mut officer, &at, "Đỗ Văn Lợi", "").await;
    let page = format!("{at}/cho-ngoi");
    refused(&officer.post(&page, &[("verb", "assign"), ("id", "1"), ("blocks", "A | mười")]).await, "số nguyên");
    let blocks = "A | 1 | 4 | khách mời\nB | 2 | 4 | đại biểu";
    done(&officer.post(&page, &[("verb", "assign"), ("id", "1"), ("blocks", blocks)]).await);
    let planned = state(&app, &at).await;
    assert_eq!(planned.records.participations.get(11).unwrap().seat, "A1-01");
    let seated = planned.records.participations.iter().filter(|(_, line)| !line.seat.is_empty()).count();
    assert_eq!(seated, 9, "eight seats for ten delegates, one guest");
    let shown = officer.get(&page).await;
    assert!(shown.body.contains("2 người chưa có ghế"), "{}", shown.body);
    done(&officer.post(&page, &[("verb", "badges")]).await);
    assert_eq!(state(&app, &at).await.records.participations.get(3).unwrap().badge.len(), 8);
    let pdf = officer.get(&format!("{at}/the.pdf")).await;
    assert!(pdf.status == 200 && pdf.body.starts_with("%PDF"), "{}", pdf.status);
    let sheet = officer.get(&format!("{at}/the?trang=2")).await;
    assert_eq!(sheet.body.matches("<svg").count() - officer.get("/hoi-nghi").await.body.matches("<svg").count(), 3);
}

#[tokio::test]
async fn the_programme_names_what_is_in_its_way_and_the_committee_ticks_off_its_jobs() {
    let app = TestApp::start().await;
    let mut officer = app.sign_in_as(Role::Officer).await;
    let at = planned(&mut officer).await;
    done(
        &officer
            .post(
                &format!("{at}/dai-bieu"),
                &[("verb", "paste"), ("side", "host"), ("pasted", "Lê Đức Thọ | Phó Chủ tịch | UBND phường |")],
            )
            .await,
    );
    let page = format!("{at}/chuong-trinh");
    let item = |kind: &'static str, start: &'static str, by: &'static str| {
        [("kind", kind), ("starts_at", start), ("minutes", "30"), ("presenter", by)]
    };
    done(&officer.post(&page, &item("opening", "8h00", "1")).await);
    done(&officer.post(&page, &item("report", "8h20", "1")).await);
    let shown = officer.get(&page).await;
    for words in ["chồng giờ với “Khai mạc”", "cùng người với “Khai mạc”", "Tổng thời lượng 60 phút"]
    {
        assert!(shown.body.contains(words), "{words}: {}", shown.body);
    }
    let moved = [("item", "2"), ("starts_at", "8h30"), ("minutes", "40"), ("presenter", "1")];
    done(&officer.post(&page, &moved).await);
    assert!(officer.get(&page).await.body.contains("không vướng chỗ nào"));
    let script = officer.post(&format!("{at}/ho-so"), &[("kind", "kich-ban")]).await;
    assert_eq!(script.status, 303, "{}", script.body);
    let paper = officer.get(script.location()).await;
    assert!(paper.body.contains("Trân trọng kính mời Lê Đức Thọ - Phó Chủ tịch khai mạc Hội nghị."), "{}", paper.body);
    let jobs = format!("{at}/ban-to-chuc");
    officer.get(&jobs).await;
    let job = [("verb", "put"), ("what", "In tài liệu"), ("name", "Nguyễn Thị Mai"), ("due_on", "20/6/2026")];
    done(&officer.post(&jobs, &job).await);
    assert!(officer.get(&jobs).await.body.contains("1 việc quá hạn"));
    done(&officer.post(&jobs, &[("verb", "done"), ("id", "1")]).await);
    let shown = officer.get(&jobs).await;
    assert!(shown.body.contains("Đã xong 1 trên 1 việc") && !shown.body.contains("quá hạn"), "{}", shown.body);
}

#[tokio::test]
async fn next_year_takes_plan_quotas_committee_programme_and_guests() {
    let app = TestApp::start().await;
    let mut officer = app.sign_in_as(Role::Officer).await;
    let at = planned(&mut officer).await;
    done(&officer.post(&format!("{at}/moi"), &[("verb", "invite_schools"), ("delegate_count", "1")]).await);
    guest(&mut officer, &at, "Đỗ Văn Lợi", "loi@so.example").await;
    done(
        &officer
            .post(&format!("{at}/ban-to-chuc"), &[("verb", "put"), ("what", "In tài liệu"), ("due_on", "20/6/2026")])
            .await,
    );
    done(&officer.post(&format!("{at}/chuong-trinh"), &[("kind", "opening"), ("presenter", "1")]).await);
    let own = own_page(&app, &at, 1).await;
    done(&app.anonymous().post_as_is(&format!("{own}/thu-moi"), &[("verb", "answer"), ("is_coming", "yes")]).await);
    let delegate = Participation { name: "Vũ A".to_owned(), unit_code: SCHOOL.to_owned(), ..Participation::default() };
    let put = Command::Put(None, Entry::Participation(delegate));
    operations::command(&app.office, &app.context(), id_of(&at), put).await.unwrap();
    officer.get("/hoi-nghi").await;
    let like = id_of(&at).to_string();
    let made = officer.post("/hoi-nghi", &[("title", "Năm sau"), ("year", "2026-2027"), ("like", &like)]).await;
    done(&made);
    let next = state(&app, made.location()).await;
    let (old, head) = (state(&app, &at).await, &next.head);
    assert_eq!((head.title.as_str(), head.place.as_str(), head.held_on), ("Năm sau", "Hội trường phường", None));
    assert_eq!(next.records.quotas.len(), old.records.quotas.len());
    let names: Vec<&str> = next.records.participations.iter().map(|(_, line)| line.name.as_str()).collect();
    assert_eq!(names, ["Đỗ Văn Lợi"], "guests are asked again, delegates are named anew");
    assert_eq!(next.records.items.get(1).unwrap().presenter_words, "Đỗ Văn Lợi");
    assert_eq!(next.records.jobs.get(1).unwrap().due_on, None);
    assert!(next.answers.is_empty() && queries::links(&app.office, id_of(made.location())).await.unwrap().is_empty());
}
