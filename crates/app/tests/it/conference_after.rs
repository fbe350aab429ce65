//! After the hall over HTTP: the article with its sources, pictures, tables and certificates, what is forgotten, the
//! papers' layout, the archive.

use std::io::{Cursor, Read as _};

use documents::layout;
use domain::conference::{Command, Conference, Entry, Venue};
use tongket::{
    conference::{
        live,
        operations::{
            self, archive,
            article::{self, Words},
            forget, papers,
        },
        queries,
    },
    identity::Role,
    organisation::operations::{Appointing, Choice, PersonChoice, appoint},
    platform::{Context, Error},
    reports::papers::{Bundle, operations as year_papers},
};

use crate::{
    conference::{done, id_of},
    conference_found::drafted,
    kit::{Answer, Client, TestApp, WARD, YEAR, between},
};

/// A conference that was held: a chair, a secretary and two delegates here, a speech, an agreement, closed. Its address.
pub async fn over(app: &TestApp, officer: &mut Client) -> String {
    officer.get("/hoi-nghi").await;
    let made = officer.post("/hoi-nghi", &[("title", "Hội nghị tổng kết năm học 2025-2026"), ("year", YEAR)]).await;
    let at = made.location().to_owned();
    officer.get(&at).await;
    let head = [
        ("verb", "head"),
        ("title", "Hội nghị tổng kết năm học 2025-2026"),
        ("held_on", "2026-06-21"),
        ("day_part", "morning"),
        ("starts_at", "8h00"),
        ("place", "Hội trường phường"),
    ];
    done(&officer.post(&at, &head).await);
    for (kind, by) in [("opening", "Lê Đức Thọ"), ("report", "Phạm Thị Hồng Nhung"), ("closing", "Lê Đức Thọ")]
    {
        let item = [("kind", kind), ("minutes", "20"), ("by", by)];
        done(&officer.post(&format!("{at}/chuong-trinh"), &item).await);
    }
    let list = "Lê Đức Thọ | Phó Chủ tịch UBND phường | UBND phường |\nNguyễn Thị Mai | Chuyên viên | Phòng VHXH |";
    done(&officer.post(&format!("{at}/dai-bieu"), &[("verb", "paste"), ("side", "host"), ("pasted", list)]).await);
    let list = "Vũ Một | Hiệu trưởng | Trường A | TH\nVũ Hai | Hiệu trưởng | Trường B | THCS";
    done(
        &officer
            .post(
                &format!("{at}/dai-bieu"),
                &[("verb", "paste"), ("side", "delegate"), ("may_vote", "1"), ("pasted", list)],
            )
            .await,
    );
    let guest =
        [("verb", "add_guest"), ("name", "Đỗ Văn Lợi"), ("posts", "Phó Giám đốc Sở"), ("email", "loi@so.example")];
    done(&officer.post(&format!("{at}/moi"), &guest).await);
    for (line, role) in [(1, "chair"), (2, "secretary")] {
        let mut person = state(app, &at).await.records.participations.get(line).unwrap().clone();
        person.role = domain::conference::ParticipationRole::parse(role).unwrap();
        let put = domain::conference::Command::Put(Some(line), domain::conference::Entry::Participation(person));
        operations::command(&app.office, &app.context(), id_of(&at), put).await.unwrap();
    }
    let answer = Command::Answer { participation: 5, is_coming: true, note: "gọi 0912000111".to_owned() };
    operations::command(&app.office, &app.context(), id_of(&at), answer).await.unwrap();
    for (number, who) in ["Lê Đức Thọ", "Nguyễn Thị Mai", "Vũ Một"].into_iter().enumerate() {
        let scan = format!("scan-{number}");
        done(&officer.post(&format!("{at}/diem-danh"), &[("verb", "check_in"), ("who", who), ("scan", &scan)]).await);
    }
    let desk = format!("{at}/dieu-hanh");
    done(&officer.post(&desk, &[("verb", "open")]).await);
    done(&officer.post(&desk, &[("verb", "next")]).await);
    done(&officer.post(&desk, &[("verb", "next")]).await);
    let speech = [
        ("verb", "speech"),
        ("who", "Đỗ Văn Lợi"),
        ("kind", "directive"),
        ("acknowledgement", "ghi nhận kết quả của ngành"),
        ("directives", "Tăng cường ứng dụng CNTT"),
    ];
    done(&officer.post(&desk, &speech).await);
    let task = [
        ("verb", "conclude"),
        ("directive", "1"),
        ("what", "Tăng cường ứng dụng CNTT"),
        ("lead", "Phòng VHXH"),
        ("due_on", "30/9/2026"),
    ];
    done(&officer.post(&desk, &task).await);
    done(&officer.post(&desk, &[("verb", "next")]).await);
    done(&officer.post(&desk, &[("verb", "close")]).await);
    at
}

async fn state(app: &TestApp, at: &str) -> Conference {
    live::hall(&app.office, id_of(at)).await.unwrap().state().await.clone()
}

/// A photo as a telephone writes it.
fn photo(width: u32, height: u32) -> Vec<u8> {
    // A grey JPEG of one component would do; the writer of charts makes the PNG that the reader takes too.
    let mut png = b"\x89PNG\r\n\x1a\n".to_vec();
    let mut chunk = |name: &[u8; 4], data: &[u8]| {
        png.extend_from_slice(&u32::try_from(data.len()).unwrap().to_be_bytes());
        let body = [name.as_slice(), data].concat();
        png.extend_from_slice(&body);
        png.extend_from_slice(&crc(&body).to_be_bytes());
    };
    let header = [&width.to_be_bytes()[..], &height.to_be_bytes(), &[8, 0, 0, 0, 0]].concat();
    chunk(b"IHDR", &header);
    let rows = vec![0_u8; usize::try_from(height * (width + 1)).unwrap().min(1 << 20)];
    chunk(b"IDAT", &stored(&rows));
    chunk(b"IEND", &[]);
    png
}

fn crc(data: &[u8]) -> u32 {
    let step = |crc: u32, byte: &u8| {
        (0..8).fold(crc ^ u32::from(*byte), |crc, _| if crc & 1 == 1 { (crc >> 1) ^ 0xEDB8_8320 } else { crc >> 1 })
    };
    !data.iter().fold(!0, step)
}

/// Bytes as zlib keeps them unpacked.
fn stored(data: &[u8]) -> Vec<u8> {
    let mut out = vec![0x78, 0x01];
    let count = data.chunks(60_000).count();
    for (place, part) in data.chunks(60_000).enumerate() {
        let length = u16::try_from(part.len()).unwrap();
        out.push(u8::from(place + 1 == count));
        out.extend_from_slice(&length.to_le_bytes());
        out.extend_from_slice(&(!length).to_le_bytes());
        out.extend_from_slice(part);
    }
    let (a, b) = data.iter().fold((1_u32, 0_u32), |(a, b), byte| {
        let a = (a + u32::from(*byte)) % 65_521;
        (a, (b + a) % 65_521)
    });
    out.extend_from_slice(&((b << 16) | a).to_be_bytes());
    out
}

#[tokio::test]
async fn the_article_stands_on_the_record_and_is_read_by_anybody() {
    let app = TestApp::start().await;
    let mut officer = app.sign_in_as(Role::Officer).await;
    let at = over(&app, &mut officer).await;
    let (page, public) = (format!("{at}/bai-viet"), format!("/tin-tuc/{}", id_of(&at)));
    let mut editor = app.sign_in_as(Role::Editor).await;
    let draft = editor.get(&page).await;
    for words in [
        "Sáng 21/06/2026, tại Hội trường phường",
        "Đồng chí Đỗ Văn Lợi - Phó Giám đốc Sở phát biểu chỉ đạo Hội nghị, ghi nhận kết quả",
        "nhat-ky?viec=",
    ] {
        assert!(draft.body.contains(words), "{words}: {}", draft.body);
    }
    let seq = between(&draft.body, "nhat-ky?viec=", "#").unwrap();
    let log = editor.get(&format!("{at}/nhat-ky?viec={seq}")).await;
    assert!(log.body.contains(&format!("<tr id=\"e{seq}\">")) && log.body.contains("<mark>"), "{}", log.body);
    assert!(log.body.contains("đại biểu Đỗ Văn Lợi"), "who was written down: {}", log.body);
    assert_eq!(app.anonymous().get(&public).await.status, 404, "a draft is not public");
    let texts: Vec<String> = draft
        .body
        .split("name=\"sentence\"")
        .skip(1)
        .map(|part| between(part, ">", "</textarea>").unwrap().to_owned())
        .collect();
    let keep = |texts: &[String], revision: &str| {
        let mut fields = vec![("verb".to_owned(), "keep".to_owned()), ("revision".to_owned(), revision.to_owned())];
        fields.extend([
            ("title".to_owned(), "Hội nghị tổng kết năm học".to_owned()),
            ("byline".to_owned(), "Nguyễn Thị Mai".to_owned()),
        ]);
        fields.extend(texts.iter().map(|text| ("sentence".to_owned(), text.clone())));
        fields
    };
    let mut invented = texts.clone();
    invented[0] = format!("{} Có 450 đại biểu dự.", invented[0]);
    editor.get(&page).await;
    done(&posted(&mut editor, &page, keep(&invented, "0")).await);
    let refused = editor.post(&page, &[("verb", "publish"), ("revision", "1")]).await;
    assert!(refused.status == 422 && refused.body.contains("«450» (số) trong câu 1"), "{}", refused.body);
    assert_eq!(posted(&mut editor, &page, keep(&texts, "0")).await.status, 422, "somebody kept it meanwhile");
    done(&posted(&mut editor, &page, keep(&texts, "1")).await);
    done(&editor.post(&page, &[("verb", "publish"), ("revision", "2")]).await);
    let pictures = format!("{at}/anh");
    editor.get(&pictures).await;
    let large =
        editor.upload(&pictures, &[("caption", "Toàn cảnh")], &[("files", "a.png", &photo(7_500, 8_000))]).await;
    assert!(large.status == 422 && large.body.contains("60 triệu"), "{}", large.body);
    done(
        &editor
            .upload(
                &pictures,
                &[("caption", "Toàn cảnh hội nghị"), ("item", "2")],
                &[("files", "a.png", &photo(640, 480))],
            )
            .await,
    );
    let mut anybody = app.anonymous();
    let picture = read_by(&mut anybody, &public).await;
    done(&editor.post(&page, &[("verb", "withdraw")]).await);
    assert_eq!(anybody.get(&picture).await.status, 404, "taken down with its pictures");
}

/// The public page read three times, its readings counted; gives the address of its picture.
async fn read_by(anybody: &mut Client, public: &str) -> String {
    for views in [1, 2] {
        let read = anybody.get(public).await;
        assert_eq!(read.status, 200);
        for words in [
            &format!("{views} lượt xem"),
            "Nguyễn Thị Mai",
            "Toàn cảnh hội nghị",
            "Hoạt động ngành",
            "Đăng lúc 21/06/2026 09:00",
        ] {
            assert!(read.body.contains(words), "{words}: {}", read.body);
        }
    }
    let read = anybody.get(public).await;
    let picture = between(&read.body, "<img src=\"", "\"").unwrap().to_owned();
    assert_eq!(anybody.get(&picture).await.headers["content-type"], "image/jpeg");
    picture
}

/// A strange name, a wrong day and a wrong code are told with their sentence; a name may be kept with a reason, which the log
/// tells; a figure, a day and a code may not.
#[tokio::test]
async fn nothing_that_the_record_does_not_hold_is_published_silently() {
    let app = TestApp::start().await;
    let mut officer = app.sign_in_as(Role::Officer).await;
    let (at, drafted, texts) = drafted(&app, &mut officer).await;
    let (page, id, context) = (format!("{at}/bai-viet"), id_of(&at), app.context());
    let no_reasons = vec![String::new(); texts.len()];
    let mut revision = 0;
    for (added, code, may_be_kept) in [
        (" Dự còn có đồng chí Trần Văn Lạ.", "strange_person", true),
        (" Dự còn có đồng chí Vũ Hai.", "strange_person", true),
        (" Tới dự có Bí thư Thành ủy.", "strange_post", true),
        (" Trường Tiểu học Sao Mai được khen.", "strange_unit", true),
        (" Hội nghị họp lại ngày 22/6/2026.", "strange_date", false),
        (" Theo Kế hoạch số 21/KH-UBND.", "strange_document_number", false),
    ] {
        let mut edited = texts.clone();
        edited[0].push_str(added);
        let mut reasons = no_reasons.clone();
        for is_excused in [false, true] {
            reasons[0] =
                if is_excused { "ban biên tập đã gọi điện xác minh".to_owned() } else { String::new() };
            let words =
                Words { title: &drafted.title, byline: "Nguyễn Thị Mai", texts: &edited, reasons: &reasons };
            article::keep(&app.office, &context, id, revision, words).await.unwrap();
            revision += 1;
            let published = article::publish(&app.office, &context, id, revision).await;
            if is_excused && may_be_kept {
                published.unwrap();
                article::withdraw(&app.office, &context, id).await.unwrap();
                continue;
            }
            let Err(Error::Refused(refusal)) = published else { panic!("{added} was published") };
            assert!(refusal.reasons.iter().all(|reason| reason.code == code && reason.at == "s1"), "{refusal:?}");
            let shown = officer.get(&page).await.body;
            assert!(shown.contains(&format!("data-strange=\"{}\"", code.trim_start_matches("strange_"))), "{shown}");
            if added.contains("Vũ Hai") {
                assert!(refusal.reasons[0].message.contains("hồ sơ có nói ở Vũ Hai"), "{refusal:?}");
            }
        }
    }
    let told = async || app.audit_count("conference.keep_strange_name").await;
    assert_eq!(told().await, 4);
    // A reason beside a sentence with nothing strange tells nothing; what is added in public is told at once.
    let mut reasons = no_reasons;
    reasons[0] = "ban biên tập đã gọi điện xác minh".to_owned();
    let words = |texts| Words { title: &drafted.title, byline: "Nguyễn Thị Mai", texts, reasons: &reasons };
    article::keep(&app.office, &context, id, revision, words(&texts)).await.unwrap();
    article::publish(&app.office, &context, id, revision + 1).await.unwrap();
    assert_eq!(told().await, 4);
    let mut edited = texts.clone();
    edited[0].push_str(" Dự còn có đồng chí Trần Văn Lạ.");
    article::keep(&app.office, &context, id, revision + 1, words(&edited)).await.unwrap();
    assert_eq!(told().await, 5);
    article::withdraw(&app.office, &context, id).await.unwrap();
    revision += 2;
    let words =
        Words {
            title: "Hội nghị năm 1999 của Trần Văn Lạ", byline: "Nguyễn Thị Mai", texts: &texts, reasons: &[]
        };
    article::keep(&app.office, &context, id, revision, words).await.unwrap();
    let published = article::publish(&app.office, &context, id, revision + 1).await;
    let Err(Error::Refused(refusal)) = published else { panic!("published") };
    let codes: Vec<&str> = refusal.reasons.iter().map(|reason| reason.code.as_str()).collect();
    assert_eq!(codes, ["strange_number", "strange_person"], "the headline is looked at too");
}

/// What the public reads was looked over, whoever else writes at the same moment.
#[tokio::test]
async fn nothing_goes_public_beside_the_look_over() {
    let app = TestApp::start().await;
    let mut officer = app.sign_in_as(Role::Officer).await;
    let (at, drafted, texts) = drafted(&app, &mut officer).await;
    let (id, context) = (id_of(&at), app.context());
    let mut strange = texts.clone();
    strange[0].push_str(" Có 450 đại biểu dự.");
    let words = |texts| Words { title: &drafted.title, byline: "Nguyễn Thị Mai", texts, reasons: &[] };
    let mut revision = 0;
    for round in 0..12 {
        article::keep(&app.office, &context, id, revision, words(&texts)).await.unwrap();
        let publish = article::publish(&app.office, &context, id, revision + 1);
        let keep = article::keep(&app.office, &context, id, revision + 1, words(&strange));
        let done = if round % 2 == 0 {
            tokio::join!(publish, keep)
        } else {
            let (kept, published) = tokio::join!(keep, publish);
            (published, kept)
        };
        let now = article::current(&app.office, id).await.unwrap();
        let is_strange = now.printed().concat().contains("450");
        assert!(now.published_at.is_empty() || !is_strange, "round {round}: {done:?}");
        revision = now.revision;
        article::withdraw(&app.office, &context, id).await.unwrap();
    }
}

async fn posted(client: &mut Client, path: &str, fields: Vec<(String, String)>) -> Answer {
    let fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    client.post(path, &fields).await
}

#[tokio::test]
async fn tables_and_certificates_are_of_those_who_were_here() {
    let app = TestApp::start().await;
    let mut officer = app.sign_in_as(Role::Officer).await;
    let at = over(&app, &mut officer).await;
    let page = officer.get(&format!("{at}/bang")).await;
    assert!(page.body.contains("Có mặt 3 trên"), "{}", page.body);
    for file in ["diem-danh.xlsx", "bieu-quyet.xlsx"] {
        let workbook = officer.get(&format!("{at}/{file}")).await;
        assert!(workbook.status == 200 && workbook.body.starts_with("PK"), "{file}: {}", workbook.status);
    }
    let all = officer.get(&format!("{at}/chung-nhan.pdf")).await;
    assert!(all.status == 200 && all.body.starts_with("%PDF"), "{}", all.status);
    let context = app.context();
    let own = |line| operations::link(&app.office, &context, id_of(&at), line);
    let (here, absent) = (own(3).await.unwrap(), own(4).await.unwrap());
    let mut phone = app.anonymous();
    assert_eq!(phone.get(&format!("/hn/{here}/chung-nhan.pdf")).await.status, 200);
    assert_eq!(phone.get(&format!("/hn/{absent}/chung-nhan.pdf")).await.status, 422);
}

#[tokio::test]
async fn personal_data_are_forgotten_after_the_set_time_and_the_record_stands() {
    let app = TestApp::start().await;
    let mut officer = app.sign_in_as(Role::Officer).await;
    let at = over(&app, &mut officer).await;
    let id = id_of(&at);
    let venue =
        Venue { name: "Hội trường phường".to_owned(), contact: "0987654321".to_owned(), ..Venue::default() };
    operations::command(&app.office, &app.context(), id, Command::Put(None, Entry::Venue(venue))).await.unwrap();
    let facts = officer.get(&format!("{at}/du-kien")).await.body;
    assert!(facts.contains("Hội trường phường") && !facts.contains("0987654321"), "{facts}");
    let board = format!("{at}/moi");
    assert!(officer.get(&board).await.body.contains("gọi 0912000111"));
    let before = state(&app, &at).await;
    operations::link(&app.office, &app.context(), id, 5).await.unwrap();
    let later = |days: i64| {
        let context = app.context();
        Context { now: context.now + jiff::SignedDuration::from_hours(24 * days), ..context }
    };
    assert!(forget::forget_due(&app.office, &later(89)).await.unwrap().is_empty(), "not yet");
    assert_eq!(forget::forget_due(&app.office, &later(91)).await.unwrap(), [id]);
    assert!(forget::forget_due(&app.office, &later(92)).await.unwrap().is_empty(), "once");
    let bodies: Vec<(String,)> =
        sqlx::query_as("select body from conference_event").fetch_all(app.office.db().pool()).await.unwrap();
    assert!(!officer.get(&board).await.body.contains("0912000111"), "nor is it in the memory of the running program");
    for word in ["loi@so.example", "0987654321", "0912000111"] {
        assert!(bodies.iter().all(|(body,)| !body.contains(word)), "{word}: {bodies:?}");
    }
    assert!(queries::links(&app.office, id).await.unwrap().is_empty());
    assert_eq!(app.audit_count("conference.forget").await, 1);
    let fresh = app.another_process().await;
    let after = live::hall(&fresh, id).await.unwrap().state().await.clone();
    assert_eq!(after, state(&app, &at).await, "the hall in memory and the fold of the log agree");
    assert_eq!(after.minutes(), before.minutes());
    assert_eq!(after.records.participations.get(5).unwrap().name, "Đỗ Văn Lợi");
    let log = queries::log(&app.office, id).await.unwrap();
    assert!(log.iter().zip(1..).all(|(recorded, place)| recorded.seq == place));
    officer.get(&format!("{at}/bang")).await;
    let path = format!("{at}/thong-tin-ca-nhan");
    assert_eq!(officer.post(&path, &[("verb", "days"), ("days", "0")]).await.status, 422);
    done(&officer.post(&path, &[("verb", "days"), ("days", "30")]).await);
    assert_eq!(forget::days(&app.office).await.unwrap(), 30);
}

#[tokio::test]
async fn minutes_notice_and_programme_keep_the_layout_of_the_decree() {
    let app = TestApp::start().await;
    let mut officer = app.sign_in_as(Role::Officer).await;
    let at = over(&app, &mut officer).await;
    let head = Appointing {
        // Chủ tịch of the people's committee.
        post: Choice::Usual(4),
        person: PersonChoice::New { name: "Trần Minh Quang".to_owned(), is_namesake: false },
        from: "2026-01-01".parse().unwrap(),
        is_acting: false,
        is_standing: false,
        replaces: false,
    };
    appoint(&app.office, &app.context(), WARD, &head).await.unwrap();
    for kind in papers::KINDS {
        let paper = papers::write(&app.office, &app.context(), id_of(&at), kind).await.unwrap();
        let folder = app.office.folder().join("printed");
        let saved =
            year_papers::save(&app.office, &app.context(), paper, &[Bundle::Docx, Bundle::Pdf], &folder).await.unwrap();
        for path in saved.files {
            let judgement = layout::check(&std::fs::read(&path).unwrap()).unwrap();
            assert_eq!(judgement.findings, [], "{}", path.display());
        }
    }
}

#[tokio::test]
async fn the_archive_holds_the_documents() {
    let app = TestApp::start().await;
    let mut officer = app.sign_in_as(Role::Officer).await;
    let at = over(&app, &mut officer).await;
    let bytes = archive::pack(&app.office, &app.context(), id_of(&at)).await.unwrap();
    let mut zip = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    let names: Vec<String> =
        (0..zip.len()).map(|place| zip.by_index(place).unwrap().name().unwrap().into_owned()).collect();
    for name in [
        "documents/bien-ban.docx",
        "documents/bien-ban.pdf",
        "documents/thong-bao-ket-luan.pdf",
        "documents/chuong-trinh.docx",
        "events.jsonl",
        "index.html",
    ] {
        assert!(names.iter().any(|known| known == name), "{name} is not in {names:?}");
    }
    let mut record = String::new();
    zip.by_name("record.json").unwrap().read_to_string(&mut record).unwrap();
    let record: serde_json::Value = serde_json::from_str(&record).unwrap();
    assert_eq!(record["conference"]["phase"], "closed");
    assert!(record["documents"].as_array().unwrap().len() >= 6);
}

#[tokio::test]
async fn a_conference_that_cannot_be_read_keeps_no_other_from_being_forgotten() {
    let app = TestApp::start().await;
    let mut officer = app.sign_in_as(Role::Officer).await;
    let broken = id_of(&over(&app, &mut officer).await);
    let whole = id_of(&over(&app, &mut officer).await);
    let spoil = "update conference_event set body = 'x' where conference_id = $1 and seq = 1";
    sqlx::query(spoil).bind(broken).execute(app.office.db().pool()).await.unwrap();
    let fresh = app.another_process().await;
    let context = app.context();
    let later = Context { now: context.now + jiff::SignedDuration::from_hours(24 * 91), ..context };
    forget::forget_due(&fresh, &later).await.unwrap_err();
    let forgotten = |id| queries::around::forgotten_at(&fresh, id);
    assert!(forgotten(whole).await.unwrap().is_some() && forgotten(broken).await.unwrap().is_none());
}

#[tokio::test]
async fn the_command_line_lists_shows_exports_and_forgets() {
    let app = TestApp::start().await;
    let mut officer = app.sign_in_as(Role::Officer).await;
    let at = over(&app, &mut officer).await;
    let id = id_of(&at).to_string();
    let asked = |words: &[&str]| -> serde_json::Value {
        let output = app.program().arg("conference").args(words).output().unwrap();
        let text = String::from_utf8(output.stdout).unwrap();
        assert!(output.status.success(), "{words:?}: {text} {}", String::from_utf8_lossy(&output.stderr));
        serde_json::from_str(&text).unwrap()
    };
    assert_eq!(asked(&["list"])["conferences"][0]["phase"], "closed");
    let shown = asked(&["show", &id]);
    assert_eq!(shown["conference"]["title"], "Hội nghị tổng kết năm học 2025-2026");
    assert_eq!(shown["record"]["phase"], "closed");
    let file = app.office.folder().join("export.zip");
    let exported = asked(&["export", &id, "--out", file.to_str().unwrap()]);
    let bytes = std::fs::read(&file).unwrap();
    assert_eq!(exported["bytes"], bytes.len());
    let mut zip = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    assert!(zip.by_name("documents/bien-ban.pdf").is_ok());
    assert_eq!(asked(&["forget", &id])["forgotten"], serde_json::json!([id_of(&at)]));
    let output = app.program().args(["conference", "show", "99"]).output().unwrap();
    assert!(!output.status.success());
}
