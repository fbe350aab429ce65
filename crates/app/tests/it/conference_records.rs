//! The papers that a conference leaves: written from whatever the record holds, with visible places for what it does not;
//! under the name of whoever held it; the archive that is given to others.

use std::{
    collections::BTreeMap,
    io::{Cursor, Read as _},
};

use documents::layout;
use domain::{
    conference::{Command, Conference, Entry, HandOut, Head, Part, Participation, Side, Target, Venue},
    reports::paper::GAP,
};
use tongket::{
    conference::{
        live,
        operations::{self, New, archive, found, papers, recording},
        sheet::RecordSheet,
    },
    identity::Role,
    reports::{
        papers::{Bundle, operations as year_papers, queries as written},
        signing,
    },
    shipped,
};

use crate::{
    conference::{done, id_of, opened, refused},
    kit::{Client, TestApp, WARD, YEAR},
};

async fn state(app: &TestApp, id: i64) -> Conference {
    live::hall(&app.office, id).await.unwrap().state().await.clone()
}

/// A conference begun from nothing; its address.
async fn begun(officer: &mut Client, title: &str) -> String {
    officer.get("/hoi-nghi").await;
    let made = officer.post("/hoi-nghi", &[("title", title), ("year", YEAR)]).await;
    let at = made.location().to_owned();
    officer.get(&at).await;
    at
}

#[tokio::test]
async fn an_officer_names_chair_and_secretary_and_the_gaps_of_the_minutes_close() {
    let app = TestApp::start().await;
    let mut officer = app.sign_in_as(Role::Officer).await;
    let at = begun(&mut officer, "Hội nghị triển khai nhiệm vụ").await;
    let (people, record) = (format!("{at}/dai-bieu"), format!("{at}/ho-so"));
    let page = officer.get(&record).await;
    assert!(page.body.contains(&format!("{people}#dieu-hanh")), "{}", page.body);
    let draft = officer.post(&record, &[("kind", "bien-ban")]).await;
    done(&draft);
    let shown = officer.get(draft.location()).await;
    for words in ["Còn để trống", "Chủ trì (chủ tọa)", "Thư ký (người ghi biên bản)", GAP, "Hội nghị triển khai"]
    {
        assert!(shown.body.contains(words), "{words}: {}", shown.body);
    }
    let paper = id_of(draft.location());
    let refused = signing::operations::present(&app.office, &app.context(), paper).await.unwrap_err();
    assert!(format!("{refused:?}").contains("gap"), "{refused:?}");
    let list = "Vũ Một | Hiệu trưởng | Trường A\nVũ Một | Hiệu trưởng | Trường B\nVũ Hai | Hiệu trưởng | Trường B";
    done(&officer.post(&people, &[("verb", "paste"), ("side", "delegate"), ("pasted", list)]).await);
    let appoint = |name: &'static str, role: &'static str, posts: &'static str| {
        [("verb", "appoint"), ("name", name), ("role", role), ("posts", posts)]
    };
    let refused = officer.post(&people, &appoint("vu mot", "chair", "")).await;
    assert!(refused.status == 422 && refused.body.contains("Vũ Một (Trường B)"), "{}", refused.body);
    done(&officer.post(&people, &appoint("Vũ Một (Trường B)", "chair", "")).await);
    done(&officer.post(&people, &appoint("Lê Thị Thư", "secretary", "Chuyên viên Phòng VHXH")).await);
    let held = state(&app, id_of(&at)).await.minutes();
    assert_eq!(
        (held.chair.as_str(), held.secretary.as_str()),
        ("Vũ Một - Hiệu trưởng", "đồng chí Lê Thị Thư - Chuyên viên Phòng VHXH")
    );
    let page = officer.get(&people).await;
    assert!(
        page.body.contains("value=\"chair\"") && page.body.contains("Thôi giao vai cho Lê Thị Thư"),
        "{}",
        page.body
    );
    let head = [
        ("verb", "head"),
        ("title", "Hội nghị triển khai nhiệm vụ"),
        ("held_on", "2026-06-21"),
        ("starts_at", "8h00"),
        ("place", "Hội trường phường"),
        ("plan_number", "136/KH –UBND"),
        ("co_organisers", "Công đoàn phường"),
    ];
    done(&officer.post(&at, &head).await);
    let planned = state(&app, id_of(&at)).await.head;
    let plan = [planned.plan.document_number.as_str(), planned.plan.document_number_raw.as_str()];
    assert_eq!((plan, planned.co_organisers), (["136/KH-UBND", "136/KH –UBND"], vec!["Công đoàn phường".to_owned()]));
    let wrong = head.map(|(name, value)| if name == "plan_number" { (name, "136/QD-UBND") } else { (name, value) });
    assert_eq!(officer.post(&at, &wrong).await.status, 422);
    let plan = papers::write(&app.office, &app.context(), id_of(&at), "ke-hoach").await.unwrap();
    let plan = written::paper(&app.office, plan).await.unwrap().content.documents()[0].to_text();
    assert!(plan.contains("Số: 136/KH-UBND") && plan.contains("Tổ chức Hội nghị triển khai nhiệm vụ"), "{plan}");
    let page = officer.get(&record).await.body;
    assert!(!page.contains(&format!("{people}#dieu-hanh")) && !page.contains(&format!("{at}#head")), "{page}");
    done(&officer.post(&people, &[("verb", "relieve"), ("id", "2")]).await);
    assert_eq!(state(&app, id_of(&at)).await.minutes().chair, "");
}

/// A told conference, entered from its sheet.
async fn told(app: &TestApp, file: &str, year: &str) -> i64 {
    let sheet = RecordSheet::parse(shipped::text(&format!("demo/conferences/{file}.toml")).unwrap()).unwrap();
    let context = app.context();
    let new = New { unit_code: WARD.to_owned(), title: sheet.head.title.clone(), year: year.to_owned() };
    let id = operations::create(&app.office, &context, &new).await.unwrap();
    operations::commands(&app.office, &context, id, sheet.commands()).await.unwrap();
    recording::record_afterwards(&app.office, &context, id, "tin bài").await.unwrap();
    id
}

/// Every letter of a paper, and its layout judged.
async fn printed(app: &TestApp, id: i64, kind: &str) -> String {
    let paper = papers::write(&app.office, &app.context(), id, kind).await.unwrap_or_else(|e| panic!("{kind}: {e:?}"));
    let folder = app.office.folder().join("printed");
    let saved = year_papers::save(&app.office, &app.context(), paper, &[Bundle::Docx], &folder).await.unwrap();
    let judged = layout::check(&std::fs::read(&saved.files[0]).unwrap()).unwrap();
    assert_eq!(judged.findings, [], "{kind}");
    let paper = written::paper(&app.office, paper).await.unwrap();
    paper.content.documents().iter().map(domain::reports::Document::to_text).collect()
}

/// Words that a paper of a told conference must print.
const TOLD: [(&str, &str, &str, &[&str]); 7] = [
    (
        "long-bien-2024",
        "2023-2024",
        "bien-ban",
        &[
            "(buổi sáng), ngày 23 tháng 8 năm 2024",
            "Nguyễn Thị Thanh Hằng - QUV, Phó Chủ tịch UBND quận (chỉ đạo Hội nghị)",
            "Đào Thị Hoa - Trưởng phòng GDĐT",
            "13/13 chỉ tiêu thi đua xếp loại xuất sắc (toàn ngành)",
            "thành tích chung của toàn ngành",
            "hoạt động thể dục thể thao…",
            "nhất trí cao với báo cáo tổng kết năm học; những trọng tâm nhiệm vụ của năm học mới",
            "các trường THCS\tcông tác đảm bảo an toàn thực phẩm",
            "đánh giá cao những kết quả mà cấp THCS",
            "Nội dung chỉ đạo đối với cấp học",
            "triển khai hiệu quả mô hình trường chất lượng cao…",
            "Cam kết của QU-HĐND-UBND quận",
            "Cam kết của các phòng ban",
            "tràn đầy niềm tin",
        ],
    ),
    ("long-bien-2024", "2023-2024", "thong-bao-ket-luan", &["rút ngắn khoảng cách của các trường", "cấp THCS"]),
    ("long-bien-2024", "2023-2024", "chuong-trinh", &["Lê Thị Ngọc Anh - Phó trưởng phòng GDĐT", "(buổi sáng)"]),
    (
        "ngo-quyen-2017",
        "2016-2017",
        "bien-ban",
        &[
            "Đỗ Văn Lợi - Phó Giám đốc Sở Giáo dục và Đào tạo",
            "CT HĐND quận",
            "Lương Văn Thuấn - Trưởng phòng GD&ĐT",
            "Tham luận của đại diện các bậc học.",
            "Khúc Văn Phung - Phó Chủ tịch UBND quận phát biểu chỉ đạo",
            "Trao Cờ thi đua xuất sắc của UBND thành phố",
            "Trao Tập thể Lao động xuất sắc của UBND thành phố",
            "những chỉ tiêu chính cho các bậc học",
            "quyết tâm thực hiện thắng lợi",
        ],
    ),
    (
        "ngo-quyen-2017",
        "2016-2017",
        "ke-hoach",
        &[
            "UBND QUẬN NGÔ QUYỀN",
            "Số: 136/KH-UBND",
            "Ngô Quyền, ngày 26 tháng 7 năm 2017",
            "Nghị quyết Đại hội Đảng bộ Quận lần thứ XXII",
            "29-CTr/QU ngày 01 tháng 6 năm 2015 của Ban Thường vụ Quận ủy thực hiện Nghị quyết số 29-NQ/TW",
            "Chỉ thị số 07 ngày 25 tháng 11 năm 2016 của Chủ tịch UBND quận",
            "rút kinh nghiệm thực hiện nhiệm vụ",
        ],
    ),
    ("ngo-quyen-2017", "2016-2017", "chuong-trinh", &["Tham luận của đại diện các bậc học", "Trao thưởng Cờ thi đua"]),
    ("ngo-quyen-2017", "2016-2017", "danh-sach-dai-bieu", &["của PGDĐT quận Ngô Quyền", "7 thành phần chưa ghi số"]),
];

#[tokio::test]
async fn a_told_conference_is_printed_under_the_name_of_who_held_it_with_gaps_for_what_is_not_told() {
    let app = TestApp::start().await;
    let mut known: Vec<(&str, i64)> = Vec::new();
    for (file, year, kind, words) in TOLD {
        let id = match known.iter().find(|(name, _)| *name == file) {
            Some((_, id)) => *id,
            None => told(&app, file, year).await,
        };
        known.push((file, id));
        let text = printed(&app, id, kind).await;
        for word in words {
            assert!(text.contains(word), "{file} {kind}: {word}\n{text}");
        }
        let ours = ["phường Long Biên", "PHƯỜNG LONG BIÊN", "Luật Tổ chức chính quyền địa phương"];
        assert!(ours.iter().all(|word| !text.contains(word)), "{file} {kind}: {text}");
        assert!(kind == "danh-sach-dai-bieu" || text.contains(GAP), "{file} {kind}: {text}");
        assert!(!text.contains("của .") && !text.contains(" ,"), "{text}");
    }
    for (_, id) in [known[0], known[3]] {
        for kind in ["giay-moi", "kich-ban"] {
            printed(&app, id, kind).await;
        }
    }
}

/// A paper of this conference as a PDF.
async fn pdf(app: &TestApp, id: i64) -> Vec<u8> {
    let paper = papers::write(&app.office, &app.context(), id, "bien-ban").await.unwrap();
    let folder = app.office.folder().join("printed");
    let saved = year_papers::save(&app.office, &app.context(), paper, &[Bundle::Pdf], &folder).await.unwrap();
    std::fs::read(&saved.files[0]).unwrap()
}

/// The files of a conference's archive, by name.
async fn packed(app: &TestApp, id: i64) -> BTreeMap<String, Vec<u8>> {
    let bytes = archive::pack(&app.office, &app.context(), id).await.unwrap();
    let mut zip = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    let mut files = BTreeMap::new();
    for place in 0..zip.len() {
        let mut file = zip.by_index(place).unwrap();
        let mut bytes = Vec::new();
        file.read_to_end(&mut bytes).unwrap();
        files.insert(file.name().unwrap().into_owned(), bytes);
    }
    files
}

#[tokio::test]
async fn the_archive_is_for_others_and_tells_everything_else() {
    let app = TestApp::start().await;
    let mut officer = app.sign_in_as(Role::Officer).await;
    let at = begun(&mut officer, "Hội nghị triển khai nhiệm vụ").await;
    let (id, context) = (id_of(&at), app.context());
    let guest = Participation {
        name: "Đỗ Văn Lợi".to_owned(),
        phone: "0912345678".to_owned(),
        email: "loi@so.example".to_owned(),
        side: Side::Guest,
        ..Participation::default()
    };
    let venue =
        Venue { name: "Hội trường phường".to_owned(), contact: "0987654321".to_owned(), ..Venue::default() };
    let target =
        |number: u32| Entry::Target(Target { text: format!("Chỉ tiêu số {number}."), ..Target::default() });
    let entries = [Entry::Participation(guest), Entry::Venue(venue)].into_iter().chain((1..=62).map(target));
    let mut commands: Vec<Command> = entries.map(|entry| Command::Put(None, entry)).collect();
    commands.push(Command::Answer { participation: 1, is_coming: true, note: "gọi riêng cho tôi".to_owned() });
    operations::commands(&app.office, &context, id, commands).await.unwrap();
    let files = packed(&app, id).await;
    for word in ["loi@so.example", "0912345678", "0987654321", "gọi riêng cho tôi"] {
        let has_it = |bytes: &[u8]| bytes.windows(word.len()).any(|part| part == word.as_bytes());
        let told: Vec<&String> = files.iter().filter(|(_, bytes)| has_it(bytes)).map(|(name, _)| name).collect();
        assert!(told.is_empty(), "{word} stands in {told:?}");
    }
    let index = String::from_utf8(files["index.html"].clone()).unwrap();
    for words in ["Đỗ Văn Lợi", "Hội trường phường", "Chỉ tiêu số 62.", "href=\"record.json\""] {
        assert!(index.contains(words), "{words}: {index}");
    }
    let page = officer.get(&format!("{at}/du-kien")).await.body;
    assert!(page.contains("Chỉ tiêu số 12.") && !page.contains("Chỉ tiêu số 13."), "{page}");
    assert!(page.contains("… và 50 mục nữa") && !index.contains("mục nữa"), "{page}");
}

/// A conference whose packet holds this file once for each of these readers; its number and the file.
async fn handed_out(app: &TestApp, officer: &mut Client, file: &str, readers: &[&str]) -> (i64, Vec<u8>) {
    let at = begun(officer, "Hội nghị triển khai nhiệm vụ").await;
    let (id, path) = (id_of(&at), format!("{at}/tai-lieu"));
    let pdf = pdf(app, id).await;
    officer.get(&path).await;
    for readers in readers {
        let fields = [("title", "Báo cáo"), ("readers", *readers), ("level", "")];
        done(&officer.upload(&path, &fields, &[("files", file, &pdf)]).await);
    }
    (id, pdf)
}

#[tokio::test]
async fn papers_of_the_packet_stand_in_the_archive_under_names_that_lead_to_them() {
    let app = TestApp::start().await;
    let mut officer = app.sign_in_as(Role::Officer).await;
    let (id, pdf) = handed_out(&app, &mut officer, "Báo cáo #2 & 'x'.pdf", &["everyone"]).await;
    // A list names a file as it likes.
    let known = state(&app, id).await.records.hand_outs.get(1).unwrap().clone();
    let listed = HandOut { file_name: "../../thoat ra.pdf".to_owned(), ..known };
    let put = Command::Put(None, Entry::HandOut(listed));
    operations::command(&app.office, &app.context(), id, put).await.unwrap();
    let files = packed(&app, id).await;
    let names: Vec<&str> = files.keys().map(String::as_str).filter(|name| name.contains("packet")).collect();
    assert_eq!(names, ["packet/1-Báo cáo #2 & 'x'.pdf", "packet/2-thoat ra.pdf"]);
    assert!(names.iter().all(|name| files[*name] == pdf));
    let index = String::from_utf8(files["index.html"].clone()).unwrap();
    let link = "<a href=\"packet/1-B%C3%A1o%20c%C3%A1o%20%232%20%26%20%27x%27.pdf\">packet/1-Báo cáo #2 &amp; &#39;x&#39;.pdf</a>";
    assert!(index.contains(link), "{index}");
}

#[tokio::test]
async fn the_archive_leaves_out_what_not_everybody_reads_and_what_was_lost() {
    let app = TestApp::start().await;
    let mut officer = app.sign_in_as(Role::Officer).await;
    let (id, _) = handed_out(&app, &mut officer, "a.pdf", &["everyone", "presidium", "voters"]).await;
    let left_out = |files: &BTreeMap<String, Vec<u8>>| {
        let record: serde_json::Value = serde_json::from_slice(&files["record.json"]).unwrap();
        let left_out = record["files_left_out"].as_array().unwrap().clone();
        left_out.iter().map(|one| format!("{} {}", one["id"], one["reasons"][0]["code"])).collect::<Vec<_>>()
    };
    let files = packed(&app, id).await;
    let names: Vec<&String> = files.keys().filter(|name| name.starts_with("packet")).collect();
    assert_eq!(names, ["packet/1-a.pdf"]);
    assert_eq!(left_out(&files), ["2 \"not_for_everyone\"", "3 \"not_for_everyone\""]);
    std::fs::remove_dir_all(app.office.folder().join("files").join("conference")).unwrap();
    let files = packed(&app, id).await;
    assert!(files.keys().all(|name| !name.starts_with("packet")) && files.contains_key("index.html"));
    assert_eq!(left_out(&files)[0], "1 \"file_lost\"");
}

#[tokio::test]
async fn a_speech_goes_into_the_record_with_its_directives_or_not_at_all() {
    let app = TestApp::start().await;
    let mut officer = app.sign_in_as(Role::Officer).await;
    let at = opened(&app, &mut officer).await;
    let (desk, id) = (format!("{at}/dieu-hanh"), id_of(&at));
    let speech = |directives: &str| {
        let fields = [("verb", "speech"), ("who", "Đỗ Văn Lợi"), ("kind", "directive"), ("directives", directives)];
        fields.map(|(name, value)| (name, value.to_owned()))
    };
    let too_long = speech(&format!("Giữ vững sĩ số\n{}", "a".repeat(60_001)));
    let sent = too_long.each_ref().map(|(name, value)| (*name, value.as_str()));
    refused(&officer.post(&desk, &sent).await, "60000 ký tự");
    assert_eq!(state(&app, id).await.records.speeches.len(), 0, "sent again it stands there once");
    let shorter = speech("Giữ vững sĩ số\nBồi dưỡng giáo viên");
    done(&officer.post(&desk, &shorter.each_ref().map(|(name, value)| (*name, value.as_str()))).await);
    let records = state(&app, id).await.records;
    let of: Vec<_> = records.directives.iter().map(|(_, directive)| directive.speech).collect();
    assert_eq!((records.speeches.len(), of), (1, vec![Some(1), Some(1)]));
}

#[tokio::test]
async fn an_article_leads_to_the_conference_of_its_day_however_the_day_is_written() {
    let app = TestApp::start().await;
    let (title, context) = ("Hội nghị triển khai nhiệm vụ", app.context());
    let new = New { unit_code: WARD.to_owned(), title: title.to_owned(), year: YEAR.to_owned() };
    let id = operations::create(&app.office, &context, &new).await.unwrap();
    let head = live::hall(&app.office, id).await.unwrap().state().await.head.clone();
    let head = Head { held_on: "2025-08-01".parse().ok(), ..head };
    operations::command(&app.office, &context, id, Command::Set(Part::Head(Box::new(head)))).await.unwrap();
    let found = async |day: &str| {
        let article = found::read(&format!("{title} diễn ra {day}.")).unwrap();
        found::conference_of(&app.office, &article).await
    };
    for day in ["1/8/2025", "sáng 01/8/2025", "1-8-2025", "ngày 01 tháng 8 năm 2025", "ngày 01/ 08 /2025"] {
        assert_eq!(found(day).await.unwrap(), id, "{day}");
    }
    for day in ["21/8/2025", "1/8/2024", "ngày 11 tháng 8 năm 2025"] {
        assert!(found(day).await.is_err(), "{day}");
    }
}
