//! A conference in three browsers: the desk, the projector, a delegate's phone. Nobody reloads a page.

use tongket::conference::queries;

use crate::stage::{Browser, Stage, WIDTHS};

const LIST: &str = "Nguyễn Thị Mai | Hiệu trưởng | Trường Tiểu học Hoa Sữa | TH\n\
    Trần Văn Bình | Hiệu trưởng | Trường THCS Bồ Câu | THCS\n\
    Lê Thị Cúc | Phó Hiệu trưởng | Trường THCS Bồ Câu | THCS";

/// Presses the button of the form that sends this verb.
pub async fn act(desk: &Browser, verb: &str) {
    // By script, because an update may put a fresh button in the place of the one just found.
    let button = format!("form:has(input[name=verb][value={verb}]) button");
    desk.wait_for(&button).await;
    desk.script(&format!("document.querySelector('{button}').click()")).await;
}

/// Makes a conference with its delegates by the pages, signed in as the officer; gives its path.
pub async fn listed(desk: &Browser) -> String {
    desk.sign_in("officer").await;
    desk.open("/hoi-nghi").await;
    desk.fill("#title", "Hội nghị tổng kết").await;
    desk.press("form[action='/hoi-nghi'] .btn-primary").await;
    desk.wait_for("#programme").await;
    let at = desk.path().await;
    desk.open(&format!("{at}/chuong-trinh")).await;
    for (minutes, total) in [("10", 10), ("40", 50)] {
        let form = "#items details:last-of-type";
        desk.unfold(&format!("{form} form")).await;
        desk.fill(&format!("{form} input[name=minutes]"), minutes).await;
        desk.press(&format!("{form} button")).await;
        shows(desk, &format!("Tổng thời lượng {total} phút")).await;
    }
    desk.open(&format!("{at}/dai-bieu")).await;
    desk.fill("#pasted", LIST).await;
    act(desk, "paste").await;
    desk.wait_for("tbody tr:nth-child(3)").await;
    act(desk, "make_links").await;
    desk.wait_for("tbody a[href*='/hn/']").await;
    at
}

/// The same with the first two here.
async fn prepare(desk: &Browser) -> String {
    let at = listed(desk).await;
    desk.open(&format!("{at}/diem-danh")).await;
    for (typed, name) in [("nguyen thi mai", "Nguyễn Thị Mai"), ("Trần Văn Bình", "Trần Văn Bình")] {
        desk.fill("input[name=who]", typed).await;
        desk.press("section form .btn-primary").await;
        desk.says(".next-step.done", name).await;
    }
    at
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_hall_is_run_on_three_screens_that_follow_by_themselves() {
    let Some(stage) = Stage::open().await else { return };
    let desk = stage.browser(WIDTHS[0]).await;
    let at = prepare(&desk).await;
    let id = at.rsplit('/').next().unwrap().parse().unwrap();
    let token = queries::links(&stage.app.office, id).await.unwrap()[&1].clone();
    let projector = stage.browser(WIDTHS[0]).await;
    projector.sign_in("reader").await;
    projector.open(&format!("{at}/man-chieu")).await;
    let phone = stage.browser(WIDTHS[1]).await;
    phone.open(&format!("/hn/{token}")).await;
    desk.open(&format!("{at}/dieu-hanh")).await;
    arrive(&desk, &projector).await;
    act(&desk, "open").await;
    desk.wait_for("form:has(input[value=next])").await;
    act(&desk, "next").await;
    shows(&projector, "Đón tiếp đại biểu").await;
    ask_and_speak(&desk, &phone, &projector).await;
    vote(&desk, &phone, &projector).await;
    vote_secretly(&desk, &phone, &projector).await;
    capture(&desk).await;
    let mut faults = Vec::new();
    for (name, browser) in [("desk", &desk), ("projector", &projector), ("phone", &phone)] {
        faults.extend(browser.faults().await.into_iter().map(|fault| format!("{name}: {fault}")));
    }
    for path in ["", "/dai-bieu", "/diem-danh", "/ho-so"] {
        desk.open(&format!("{at}{path}")).await;
        faults.extend(desk.faults().await.into_iter().map(|fault| format!("{path}: {fault}")));
    }
    desk.open(&format!("{at}/dieu-hanh")).await;
    close(&desk, &phone, &at).await;
    faults.extend(phone.faults().await.into_iter().map(|fault| format!("phone, over: {fault}")));
    assert!(faults.is_empty(), "{}", faults.join("\n"));
    if let Ok(folder) = std::env::var("TONGKET_SCREENSHOTS") {
        pictures(&stage, &at, &token, &folder).await;
    }
    for browser in [desk, projector, phone] {
        browser.close().await;
    }
}

/// What stands there now; read by script, because updates put new elements in the place of old ones.
pub async fn read(browser: &Browser, selector: &str) -> String {
    let script = format!("return (document.querySelector(\"{selector}\") || document.body).innerText");
    browser.script(&script).await.as_str().unwrap_or_default().to_owned()
}

pub async fn shows(browser: &Browser, words: &str) {
    browser.wait_until(words, async || read(browser, "main").await.contains(words)).await;
}

/// The last one arrives at the desk while the projector looks on.
async fn arrive(desk: &Browser, projector: &Browser) {
    desk.fill("#presence input[name=who]", "lê thị cúc").await;
    act(desk, "check_in").await;
    for (name, screen) in [("desk", desk), ("projector", projector)] {
        let what = format!("three are here on the {name}");
        screen.wait_until(&what, async || read(screen, "[data-field='present']").await == "3").await;
    }
}

/// A secret vote by phones alone: the phone keeps a receipt, and the opened box has it.
async fn vote_secretly(desk: &Browser, phone: &Browser, projector: &Browser) {
    desk.unfold("#text").await;
    desk.fill("#text", "Bầu đại biểu dự hội nghị cấp thành phố").await;
    let choose = "for (const [name, on] of [['by_hands', false], ['is_secret', true]]) \
         document.querySelector(`#poll input[name=${name}]`).checked = on";
    desk.script(choose).await;
    act(desk, "open_poll").await;
    phone.wait_for(".ballot").await;
    shows(phone, "Bầu đại biểu").await;
    phone.press(".ballot label:nth-of-type(2)").await;
    // The poll is still open: nobody learns how anybody voted, and a half-chosen ballot survives an update.
    act(desk, "next").await;
    let chosen = phone.script("return document.querySelector('.ballot input:checked').value").await;
    assert_eq!(chosen, "1", "an update does not touch a half-filled ballot");
    phone.press("form:has(.ballot) button").await;
    phone.wait_for(".receipt").await;
    let receipt = read(phone, ".receipt").await;
    projector.wait_until("one has voted", async || read(projector, "[data-field='poll.voted']").await == "1").await;
    shows(projector, "Bầu đại biểu").await;
    assert!(!read(projector, "main").await.contains("100 %"), "no result while the poll is open");
    act(desk, "close_poll").await;
    desk.wait_for("#text").await;
    projector.wait_for("#shown .result").await;
    let box_link = phone.wait_for("a[href*='/phieu/']").await.attr("href").await.unwrap().unwrap();
    let opened = phone.script(&format!("return fetch('{box_link}').then((answer) => answer.text())")).await;
    let opened = opened.as_str().unwrap_or_default().to_owned();
    assert!(opened.contains(receipt.trim()) && opened.contains("Không đồng ý"), "{receipt}: {opened}");
}

/// A directive speech is captured line by line, and a line becomes a task.
async fn capture(desk: &Browser) {
    desk.unfold("#conclusions input[value=speech]").await;
    desk.fill("#conclusions form:has(input[value=speech]) input[name=who]", "Đỗ Văn Lợi").await;
    desk.fill("#directives", "Tăng cường ứng dụng công nghệ thông tin").await;
    act(desk, "speech").await;
    let task = "#conclusions form:has(input[name=directive])";
    desk.wait_for(task).await;
    desk.fill(&format!("{task} input[name=lead]"), "Phòng VHXH").await;
    desk.fill(&format!("{task} input[name=due_on]"), "30/9/2026").await;
    desk.press(&format!("{task} button")).await;
    desk.wait_until("the task is written", async || {
        let tasks = read(desk, "#conclusions > ol").await;
        tasks.contains("Phòng VHXH") && tasks.contains("30/09/2026")
    })
    .await;
}

/// The conference ends; the phone says so by itself, and the record has everything.
async fn close(desk: &Browser, phone: &Browser, at: &str) {
    act(desk, "close").await;
    shows(phone, "Hội nghị đã bế mạc").await;
    desk.wait_until("the desk says so too", async || !desk.has("form:has(input[value=close]) button").await).await;
    desk.open(&format!("{at}/ho-so")).await;
    for words in ["100 % đại biểu nhất trí (3/3)", "Bầu đại biểu", "Tăng cường ứng dụng công nghệ thông tin"]
    {
        assert!(read(desk, "main").await.contains(words), "{words}: {}", read(desk, "main").await);
    }
}

async fn ask_and_speak(desk: &Browser, phone: &Browser, projector: &Browser) {
    phone.fill("#topic", "Cơ sở vật chất").await;
    // The programme goes on while somebody types: what is typed stays.
    act(desk, "next").await;
    desk.wait_for(".agenda .now").await;
    let kept = phone.script("return document.querySelector('#topic').value").await;
    assert_eq!(kept, "Cơ sở vật chất", "an update does not touch a half-filled form");
    // Nor is what the secretary is writing when somebody asks for the floor.
    let note = "#notes details:last-of-type input[name=summary]";
    desk.fill(note, "Nửa câu chưa xong").await;
    phone.press("form:has(input[value=request]) button").await;
    shows(desk, "Nguyễn Thị Mai").await;
    assert_eq!(desk.script(&format!("return document.querySelector('{note}').value")).await, "Nửa câu chưa xong");
    desk.wait_for("form:has(input[value=call]) button").await;
    act(desk, "call").await;
    shows(phone, "Mời đồng chí phát biểu").await;
    shows(projector, "Nguyễn Thị Mai").await;
    act(desk, "end_speech").await;
}

async fn vote(desk: &Browser, phone: &Browser, projector: &Browser) {
    desk.wait_for("#text").await;
    desk.fill("#text", "Thông qua báo cáo tổng kết").await;
    act(desk, "open_poll").await;
    phone.press(".ballot label:first-of-type").await;
    phone.press("form:has(.ballot) button").await;
    shows(phone, "Đồng chí đã biểu quyết").await;
    shows(projector, "Thông qua báo cáo tổng kết").await;
    desk.fill("form:has(input[value=hands]) label:nth-of-type(2) input", "2").await;
    act(desk, "hands").await;
    projector.wait_until("three have voted", async || read(projector, "[data-field='poll.voted']").await == "3").await;
    act(desk, "close_poll").await;
    shows(projector, "100 % đại biểu nhất trí (3/3)").await;
    shows(phone, "100 % đại biểu nhất trí (3/3)").await;
}

/// Pictures of the hall's pages at both widths.
async fn pictures(stage: &Stage, at: &str, token: &str, folder: &str) {
    std::fs::create_dir_all(folder).unwrap();
    let pages = [
        ("hoi-nghi", "/hoi-nghi".to_owned()),
        ("hoi-nghi-ke-hoach", at.to_owned()),
        ("hoi-nghi-dai-bieu", format!("{at}/dai-bieu")),
        ("hoi-nghi-diem-danh", format!("{at}/diem-danh")),
        ("hoi-nghi-dieu-hanh", format!("{at}/dieu-hanh")),
        ("hoi-nghi-quay", format!("{at}/diem-danh/quay")),
        ("hoi-nghi-chu-toa", format!("{at}/chu-toa")),
        ("hoi-nghi-thu-ky", format!("{at}/thu-ky")),
        ("hoi-nghi-trao-thuong", format!("{at}/trao-thuong")),
        ("hoi-nghi-man-chieu", format!("{at}/man-chieu")),
        ("hoi-nghi-man-chieu-phieu", format!("{at}/man-chieu?xem=bieu-quyet")),
        ("hoi-nghi-ho-so", format!("{at}/ho-so")),
        ("hoi-nghi-dien-thoai", format!("/hn/{token}")),
    ];
    for width in WIDTHS {
        let browser = stage.browser(width).await;
        browser.sign_in("officer").await;
        for (name, path) in &pages {
            browser.open(path).await;
            let file = std::path::Path::new(folder).join(format!("{name}-{width}.png"));
            std::fs::write(file, browser.picture().await).unwrap();
        }
        browser.close().await;
    }
}
