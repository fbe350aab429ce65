//! After the hall: the minutes are edited, a photo gets its caption, the article is kept, published and read by anybody, a
//! delegate takes the certificate.

use std::path::Path;

use domain::conference::{
    Arrival, Command, Entry, FoundBy, Head, Part, Participation, ParticipationRole, Road, Speech,
};
use tongket::conference::{live, operations};

use super::hall::{listed, read, shows};
use crate::stage::{Browser, Stage, WIDTHS};

/// The listed conference held: a chair and a secretary from the list, everybody here, a speech, closed.
async fn held(stage: &Stage, at: &str) -> i64 {
    let (office, context) = (&stage.app.office, stage.app.context());
    let id = at.rsplit('/').next().unwrap().parse().unwrap();
    let (head, lines) = {
        let hall = live::hall(office, id).await.unwrap();
        let state = hall.state().await;
        let lines = state.records.participations.iter().map(|(line, who)| (line, who.clone()));
        (state.head.clone(), lines.collect::<Vec<(u32, Participation)>>())
    };
    let (held_on, place) = ("2026-06-21".parse().ok(), "Hội trường phường".to_owned());
    let head = Head { held_on, place, starts_at: "08:00:00".parse().ok(), ..head };
    let roles = [ParticipationRole::parse("chair").unwrap(), ParticipationRole::parse("secretary").unwrap()];
    let mut commands = vec![Command::Set(Part::Head(Box::new(head)))];
    for ((line, who), role) in lines.iter().zip(roles) {
        let person = Participation { role, ..who.clone() };
        commands.push(Command::Put(Some(*line), Entry::Participation(person)));
    }
    commands.extend(lines.iter().map(|(line, _)| {
        Command::CheckIn(Arrival {
            client_id: format!("scan-{line}"),
            found_by: FoundBy::Line(*line),
            road: Road::List,
            desk: "Bàn 1".to_owned(),
            venue: None,
            heads: None,
            scanned_at: None,
        })
    }));
    let speech =
        Speech { speaker: Some(3), text: "Năm học đạt nhiều kết quả.".to_owned(), ..Speech::default() };
    commands.extend([Command::Open, Command::Next, Command::Put(None, Entry::Speech(speech)), Command::Close]);
    operations::commands(office, &context, id, commands).await.unwrap();
    id
}

/// The minutes are drafted from the record and put into the secretary's words; gives the paper's path.
async fn edit_minutes(office: &Browser, at: &str) -> String {
    office.open(&format!("{at}/ho-so")).await;
    office.press("button[value=bien-ban]").await;
    office.wait_for(".page-actions a[href$='/sua']").await;
    let paper = office.path().await;
    office.press(".page-actions a[href$='/sua']").await;
    let course = "form.paper-form textarea";
    office.fill(course, "Đồng chí chủ trì khai mạc, nêu mục đích hội nghị.").await;
    office.press("form.paper-form .btn-primary").await;
    office.wait_for(".page-actions a[href$='/sua']").await;
    shows(office, "nêu mục đích hội nghị").await;
    paper
}

/// A photo with its caption, of an item.
async fn show_photo(editor: &Browser, at: &str, folder: &Path) {
    let file = folder.join("hall.png");
    std::fs::write(&file, editor.picture().await).unwrap();
    editor.open(&format!("{at}/anh")).await;
    editor.fill("#caption", "Toàn cảnh hội nghị").await;
    editor.wait_for("#item").await.select_by_index(1).await.unwrap();
    editor.attach("#files", &file).await;
    editor.press("form:has(#files) .btn-primary").await;
    editor.wait_for("figure img").await;
    shows(editor, "Toàn cảnh hội nghị").await;
}

/// The draft is kept with a headline of its own and a changed sentence, then published.
async fn publish(editor: &Browser, at: &str) {
    editor.open(&format!("{at}/bai-viet")).await;
    editor.fill("#title", "Phường tổng kết năm học").await;
    editor.fill("#byline", "Nguyễn Thị Mai").await;
    let first = editor.script("return document.querySelector('#s1').value").await.as_str().unwrap().to_owned();
    editor.fill("#s1", &format!("{} Hội nghị diễn ra nghiêm túc.", first.trim())).await;
    editor.press("button[value=keep]").await;
    editor.press("button[value=publish]").await;
    editor.wait_for("button[value=withdraw]").await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_conference_is_told_in_minutes_pictures_and_an_article_that_anybody_reads() {
    let Some(stage) = Stage::open().await else { return };
    let (office, narrow) = (stage.browser(WIDTHS[0]).await, stage.browser(WIDTHS[1]).await);
    let at = listed(&office).await;
    let id = held(&stage, &at).await;
    let paper = edit_minutes(&office, &at).await;
    let parts = ["/ho-so", "/bang", "/nhat-ky"].map(|part| format!("{at}{part}"));
    let parts = parts.into_iter().chain([paper.clone(), format!("{paper}/sua")]).collect::<Vec<_>>();
    narrow.sign_in("officer").await;
    let mut faults = Vec::new();
    for browser in [&office, &narrow] {
        faults.extend(browser.faults_of(&parts.iter().map(String::as_str).collect::<Vec<_>>()).await);
    }
    office.sign_in("editor").await;
    show_photo(&office, &at, &stage.folder).await;
    publish(&office, &at).await;
    let written = ["/anh", "/bai-viet"].map(|part| format!("{at}{part}"));
    narrow.sign_in("editor").await;
    for browser in [&office, &narrow] {
        faults.extend(browser.faults_of(&written.each_ref().map(String::as_str)).await);
    }
    // From here on nobody is signed in.
    office.sign_in("").await;
    narrow.sign_in("").await;
    narrow.open("/tin-tuc").await;
    narrow.press(&format!("main a[href='/tin-tuc/{id}']")).await;
    narrow.wait_for("article.news").await;
    for words in [
        "Phường tổng kết năm học",
        "Hội nghị diễn ra nghiêm túc.",
        "Toàn cảnh hội nghị",
        "Nguyễn Thị Mai",
        "1 lượt xem",
    ] {
        assert!(read(&narrow, "main").await.contains(words), "{words}: {}", read(&narrow, "main").await);
    }
    let token = operations::link(&stage.app.office, &stage.app.context(), id, 1).await.unwrap();
    let (public, own) = (format!("/tin-tuc/{id}"), format!("/hn/{token}/thu-moi"));
    for browser in [&office, &narrow] {
        faults.extend(browser.faults_of(&["/tin-tuc", &public, &own]).await);
    }
    let certificate = narrow.wait_for("a[href$='/chung-nhan.pdf']").await.attr("href").await.unwrap().unwrap();
    assert_eq!(narrow.fetched(&certificate).await, (200, "application/pdf".to_owned()));
    assert!(faults.is_empty(), "{}", faults.join("\n"));
    for browser in [office, narrow] {
        browser.close().await;
    }
}
