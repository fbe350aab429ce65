//! Before the hall, from the quota to the seat: the office invites, a school names its people, a guest answers from a phone
//! without an account.

use fantoccini::Locator;
use tongket::conference::queries;

use super::hall::{act, read, shows};
use crate::{
    kit::SCHOOL,
    stage::{Browser, Stage, WIDTHS},
};

/// Makes a conference with its hall and a first item, signed in as the officer; gives its path.
async fn planned(office: &Browser) -> String {
    office.sign_in("officer").await;
    office.open("/hoi-nghi").await;
    office.fill("#title", "Hội nghị tổng kết").await;
    office.press("form[action='/hoi-nghi'] .btn-primary").await;
    office.fill("#venues input[name=name]", "Hội trường phường").await;
    act(office, "add_venue").await;
    shows(office, "Hội trường phường").await;
    // Nobody is asked before there is a day. A browser's field for days takes them by script in every language.
    office.unfold("#held_on").await;
    office.script("document.querySelector('#held_on').value = '2026-08-14'").await;
    act(office, "head").await;
    shows(office, "14/08/2026").await;
    let at = office.path().await;
    office.open(&format!("{at}/chuong-trinh")).await;
    office.fill("#items input[name=minutes]", "20").await;
    office.fill("#items input[name=by]", "Lê Đức Thọ").await;
    office.press("#items button").await;
    shows(office, "Tổng thời lượng 20 phút").await;
    at
}

/// Two places for each primary school, one for the police; a guest.
async fn invite(office: &Browser, at: &str) {
    office.open(&format!("{at}/moi")).await;
    let each = "form:has(input[value=invite_schools])";
    let level = office.wait_for(&format!("{each} #level")).await;
    level.select_by_value("primary").await.unwrap();
    office.fill(&format!("{each} #delegate_count"), "2").await;
    office.press(&format!("{each} button")).await;
    shows(office, "Trường Tiểu học Hoa Sữa").await;
    office.unfold("#pasted").await;
    office.fill("#pasted", "Công an phường | 1").await;
    act(office, "invite_units").await;
    shows(office, "Công an phường").await;
    let guest = "form:has(input[value=add_guest])";
    office.unfold(guest).await;
    office.fill(&format!("{guest} input[name=name]"), "Đỗ Văn Lợi").await;
    office.fill(&format!("{guest} input[name=posts]"), "Phó Giám đốc Sở").await;
    office.fill(&format!("{guest} input[name=email]"), "loi@so.example").await;
    act(office, "add_guest").await;
    shows(office, "Đỗ Văn Lợi").await;
}

/// A school names a delegate, then somebody in their stead.
async fn name(school: &Browser, page: &str) {
    school.sign_in("principal").await;
    school.open("/hoi-nghi").await;
    school.press(&format!("a[href='{page}']")).await;
    let form = "form:has(input[name=phone])";
    for (name, posts) in [("Trần Thị Một", "Hiệu trưởng"), ("Trần Thị Hai", "Giáo viên")] {
        school.fill(&format!("{form} input[name=name]"), name).await;
        school.fill(&format!("{form} input[name=posts]"), posts).await;
        school.press(&format!("{form} .btn-primary")).await;
        shows(school, name).await;
    }
    assert!(!school.has(form).await, "two places, two names");
    let stead = "form:has(input[name=stead])";
    school.unfold(stead).await;
    school.fill(&format!("{stead} input[name=name]"), "Trần Thị Ba").await;
    school.press(&format!("{stead} button")).await;
    shows(school, "Trần Thị Ba").await;
}

/// Seats by block, badges, a question to the invited, a paper in the packet.
async fn furnish(office: &Browser, at: &str, paper: &std::path::Path) {
    office.open(&format!("{at}/cho-ngoi")).await;
    office.fill("textarea[name=blocks]", "A | 1 | 2 | khách mời\nB | 1 | 4 | đại biểu").await;
    act(office, "assign").await;
    office.wait_for(".seat-rows .seat").await;
    office.press("button[value=badges]").await;
    office.press("a[href$='/the']").await;
    office.wait_for("main svg").await;
    office.open(&format!("{at}/gop-y")).await;
    office.fill("#question", "Góp ý dự thảo chỉ tiêu năm học tới").await;
    act(office, "ask").await;
    shows(office, "Góp ý dự thảo chỉ tiêu").await;
    office.open(&format!("{at}/tai-lieu")).await;
    office.fill("#title", "Dự thảo báo cáo").await;
    office.attach("#files", paper).await;
    office.press("form:has(#files) .btn-primary").await;
    shows(office, "Dự thảo báo cáo").await;
}

/// The guest's phone: says that they come, finds badge, seat and packet, writes an opinion.
async fn answer(guest: &Browser, page: &str) {
    guest.open(page).await;
    guest.fill("#note", "Xin đến trước 15 phút").await;
    guest.press("button[value=yes]").await;
    guest.wait_for(".chip.done").await;
    for words in ["A1-01", "Dự thảo báo cáo", "Góp ý dự thảo chỉ tiêu"] {
        assert!(read(guest, "main").await.contains(words), "{words}: {}", read(guest, "main").await);
    }
    let paper = guest.wait_for("a[href*='/tai-lieu/']").await.attr("href").await.unwrap().unwrap();
    assert_eq!(guest.fetched(&paper).await, (200, "image/png".to_owned()));
    guest.fill("textarea[name=text]", "Đồng ý với dự thảo").await;
    guest.press("form:has(textarea[name=text]) button").await;
    guest
        .wait_until("the opinion is kept", async || {
            guest.script("return document.querySelector('textarea[name=text]')?.defaultValue").await
                == "Đồng ý với dự thảo"
                && guest.has("form:has(textarea[name=text])").await
        })
        .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_conference_is_prepared_by_the_office_a_school_and_a_guest() {
    let Some(stage) = Stage::open().await else { return };
    let (office, narrow) = (stage.browser(WIDTHS[0]).await, stage.browser(WIDTHS[1]).await);
    let at = planned(&office).await;
    let id = at.rsplit('/').next().unwrap().parse().unwrap();
    invite(&office, &at).await;
    let naming = format!("{at}/cu-dai-bieu/{SCHOOL}");
    name(&narrow, &naming).await;
    let mut faults = narrow.faults_of(&[&naming]).await;
    let paper = stage.folder.join("paper.png");
    std::fs::write(&paper, narrow.picture().await).unwrap();
    furnish(&office, &at, &paper).await;
    office.open(&format!("{at}/thu-moi")).await;
    shows(&office, "loi@so.example").await;
    let token = queries::links(&stage.app.office, id).await.unwrap()[&1].clone();
    let own = format!("/hn/{token}/thu-moi");
    let letters = office.script("return document.querySelector('main').textContent").await;
    assert!(letters.as_str().unwrap().contains(&own), "the letter leads to the guest's own page: {letters}");
    narrow.sign_in("").await;
    answer(&narrow, &own).await;
    faults.extend(narrow.faults_of(&[&own]).await);
    office.open(&format!("{at}/gop-y")).await;
    shows(&office, "Đồng ý với dự thảo").await;
    office.open(&format!("{at}/moi")).await;
    let comes = office.client.find(Locator::Css("#guests .chip.done")).await.unwrap().text().await.unwrap();
    assert!(comes.contains('✓'), "{comes}");
    let parts = ["", "/chuong-trinh", "/ban-to-chuc", "/moi", "/thu-moi", "/tai-lieu", "/gop-y", "/khen-thuong"];
    let parts = parts.into_iter().chain(["/cho-ngoi", "/the", "/dai-bieu"]).map(|part| format!("{at}{part}"));
    let parts: Vec<String> = parts.chain([naming, own]).collect();
    let parts: Vec<&str> = parts.iter().map(String::as_str).collect();
    narrow.sign_in("officer").await;
    for browser in [&office, &narrow] {
        faults.extend(browser.faults_of(&parts).await);
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
    for browser in [office, narrow] {
        browser.close().await;
    }
}
