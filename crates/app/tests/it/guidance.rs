//! The register of documents over HTTP: paragraphs pasted, relations, lapses, bases checked before signing.

#[path = "../../../documents/src/attachment/tests/plain_pdf.rs"]
mod plain_pdf;

use std::collections::BTreeMap;

use domain::guidance::{Link, Relation};
use jiff::civil::date;
use tongket::{
    guidance::{Draft, operations, queries},
    identity::Role,
};

use crate::kit::{TestApp, WARD};

/// The two paragraphs of legal bases of a real article of 2017, with their slips.
const FIRST: &str = "Năm học 2016-2017 là năm thứ 2 thực hiện Nghị quyết Đại hội Đảng bộ Quận lần thứ XXII; Chương trình hành động số 34-CTr/TU ngày 04/02/2015 của Ban Thường vụ Thành ủy và Chương trình hành động số 29-CTr/QU ngày 01/6/2015 của Ban Thường vụ Quận ủy về việc thực hiện Nghị quyết số 29-NQ/TW ngày 04/11/2013 của Ban chấp hành trung ương Đảng khóa XI về đổi mới căn bản toàn diện giáo dục và đào tạo.";
const SECOND: &str = "Thực hiện các văn bản chỉ đạo của  Sở Giáo dục và Đào tạo Hải Phòng về việc hướng dẫn thực hiện nhiệm vụ năm học 2016-2017;Chỉ thị số 07 ngày 25  tháng 11 năm 2016 của Chủ tịch UBND quận về nhiệm vụ  năm học 2016 – 2017 của giáo dục mầm non, giáo dục phổ thông và giáo dục thường xuyên; thực hiện; ngành giáo dục quận đã tập trung thực hiện.";

const PASTE: &str = "/van-ban/doc-can-cu";

#[tokio::test]
async fn both_paragraphs_are_recorded_with_one_click_each_and_never_twice() {
    let app = TestApp::start().await;
    let mut client = app.sign_in_as(Role::Officer).await;
    client.get(PASTE).await;
    let read = client.post(PASTE, &[("verb", "read"), ("paragraph", FIRST)]).await;
    assert_eq!(read.status, 200);
    for said in ["34-CTr/TU", "29-CTr/QU", "đã có trong sổ", "Ghi 3 văn bản mới vào sổ", "năm thứ 2 thực hiện"]
    {
        assert!(read.body.contains(said), "«{said}» is missing: {}", read.body);
    }
    let added = client.post(PASTE, &[("verb", "add"), ("paragraph", FIRST)]).await;
    assert_eq!((added.status, added.location()), (303, "/van-ban/doc-can-cu?xong=3"));
    let again = client.post(PASTE, &[("verb", "add"), ("paragraph", FIRST)]).await;
    assert_eq!(again.location(), "/van-ban/doc-can-cu?xong=0", "a paragraph pasted again adds nothing");
    let second = client.post(PASTE, &[("verb", "add"), ("paragraph", SECOND)]).await;
    assert_eq!(second.location(), "/van-ban/doc-can-cu?xong=2");
    let again = client.post(PASTE, &[("verb", "add"), ("paragraph", SECOND)]).await;
    assert_eq!(again.location(), "/van-ban/doc-can-cu?xong=0", "nor do documents without a number");
    let read = client.post(PASTE, &[("verb", "read"), ("paragraph", SECOND)]).await.body;
    assert!(!read.contains("chip open"), "nothing is offered as new: {read}");

    let register = queries::register(&app.office).await.unwrap();
    let links = register.network.earlier("34-ctr-tu-2015");
    assert_eq!(links.len(), 1, "{links:?}");
    assert_eq!((links[0].to.as_str(), links[0].relation), ("29-nq-tw-2013", Relation::Implements));
    let directive = register.rows.iter().find(|row| row.number_raw == "07").unwrap();
    assert_eq!((directive.issuer.as_str(), directive.issued_on.as_str()), ("Chủ tịch UBND quận", "2016-11-25"));
    assert_eq!(app.audit_count("guidance.record").await, 5);
}

#[tokio::test]
async fn a_document_named_twice_is_one_and_a_doubtful_number_is_answered_on_the_page() {
    let app = TestApp::start().await;
    let mut client = app.sign_in_as(Role::Officer).await;
    client.get(PASTE).await;
    let twice = "Quyết định số 912/QĐ-UBND ngày 5/3/2024. Quyết định số 912/QĐ-UBND ngày 5/3/2024.";
    let read = client.post(PASTE, &[("verb", "read"), ("paragraph", twice)]).await.body;
    assert!(read.contains("Đoạn này dẫn 1 văn bản"), "{read}");

    let doubtful = "Căn cứ Quyết định số 136/QD-UBND ngày 5/3/2024 của UBND quận Ngô Quyền.";
    let read = client.post(PASTE, &[("verb", "read"), ("paragraph", doubtful)]).await.body;
    assert!(read.contains("0:suggested") && read.contains("Giữ nguyên 136/QD-UBND"), "{read}");
    let unanswered = client.post(PASTE, &[("verb", "add"), ("paragraph", doubtful)]).await;
    assert!(unanswered.status == 422 && unanswered.body.contains("Hãy chọn câu trả lời"), "{}", unanswered.body);
    let kept = client.post(PASTE, &[("verb", "add"), ("paragraph", doubtful), ("answer", "0:typed")]).await;
    assert_eq!(kept.location(), "/van-ban/doc-can-cu?xong=1");
    let register = queries::register(&app.office).await.unwrap();
    let row = register.rows.iter().find(|row| row.number_raw == "136/QD-UBND").unwrap();
    assert_eq!(row.number, "", "kept as it was typed");
    let again = client.post(PASTE, &[("verb", "add"), ("paragraph", doubtful)]).await;
    assert_eq!(again.location(), "/van-ban/doc-can-cu?xong=0", "what was answered is not asked again: {}", again.body);
    let other = doubtful.replace("136", "137");
    let taken = client.post(PASTE, &[("verb", "add"), ("paragraph", &other), ("answer", "0:suggested")]).await;
    assert_eq!(taken.location(), "/van-ban/doc-can-cu?xong=1");
    let register = queries::register(&app.office).await.unwrap();
    assert!(register.rows.iter().any(|row| row.number == "137/QĐ-UBND"));

    // Who reads in English is asked and refused in English.
    client.get("/ngon-ngu/en?next=/").await;
    let read = client.post(PASTE, &[("verb", "read"), ("paragraph", &doubtful.replace("136", "138"))]).await.body;
    let told = crate::kit::without_originals(&read);
    assert!(told.contains("A D was probably typed") && !told.contains("có phải là"), "{read}");
    client.get("/van-ban/moi").await;
    for number in ["136/QD-UBND", "29/CTr-QU", "136/KHUBND", "00/BC-SGDĐT", "28/8/2017", "98/23/NĐ-CP"] {
        let refused = client.post("/van-ban/moi", &[("direction", "in"), ("number", number), ("subject", "x")]).await;
        let told = crate::kit::between(&refused.body, "was not recorded", "<form class=").unwrap_or_default();
        let told = crate::kit::without_originals(told);
        let is_vietnamese = ["Nếu đúng", "không phải", "Số ", "là một"].iter().any(|words| told.contains(words));
        assert!(refused.status == 422 && !told.is_empty() && !is_vietnamese, "{number}: {told}");
    }
}

#[tokio::test]
async fn a_preamble_becomes_the_plans_foundations_down_to_the_root() {
    let app = TestApp::start().await;
    let mut client = app.sign_in_as(Role::Officer).await;
    client.get("/van-ban/moi").await;
    let plan = [
        ("direction", "out"),
        ("number", "136/KH –UBND"),
        ("issued_on", "26/ 7 /2017"),
        ("issuer", "UBND quận Ngô Quyền"),
        ("subject", "Tổ chức Hội nghị tổng kết năm học 2016-2017"),
    ];
    let made = client.post("/van-ban/moi", &plan).await;
    assert_eq!((made.status, made.location()), (303, "/van-ban/136-kh-ubnd-2017"));
    let fields = [("verb", "add"), ("paragraph", FIRST), ("document", "136-kh-ubnd-2017")];
    let added = client.post(PASTE, &fields).await;
    assert_eq!(added.location(), "/van-ban/136-kh-ubnd-2017/can-cu");
    let page = client.get("/van-ban/136-kh-ubnd-2017/can-cu").await.body;
    assert!(page.contains("class=\"rest-2\"") && page.contains("29-NQ/TW"), "{page}");
    assert!(page.contains("(đã nêu ở trên)"), "the resolution carries two programmes and is told once");
    let shown = client.get("/van-ban/136-kh-ubnd-2017").await.body;
    assert!(shown.contains("136/KH-UBND") && shown.contains("26/07/2017"), "{shown}");
}

#[tokio::test]
async fn a_form_with_faults_comes_back_with_every_reason_and_what_was_typed() {
    let app = TestApp::start().await;
    let mut client = app.sign_in_as(Role::Clerk).await;
    client.get("/van-ban/moi").await;
    let typed =
        [("direction", "in"), ("number", "136/QD-UBND"), ("valid_from", "2025-02-01"), ("valid_to", "2025-01-01")];
    let answer = client.post("/van-ban/moi", &typed).await;
    assert_eq!(answer.status, 422);
    assert!(answer.body.contains("có phải là QĐ") && answer.body.contains("trước ngày có hiệu lực"), "{}", answer.body);
    assert!(answer.body.contains("value=\"136/QD-UBND\""), "what was typed is lost");
    let wrong_day =
        client.post("/van-ban/moi", &[("direction", "in"), ("number", "5/CT-UBND"), ("issued_on", "31/02/2025")]).await;
    assert_eq!(wrong_day.status, 422);
    assert!(wrong_day.body.contains("không phải là ngày"), "{}", wrong_day.body);
    assert_eq!(app.audit_count("guidance.record").await, 0);
}

#[tokio::test]
async fn a_document_is_recorded_once_changed_related_and_repealed() {
    let app = TestApp::start().await;
    let mut client = app.sign_in_as(Role::Officer).await;
    client.get("/van-ban/moi").await;
    let typed = [("direction", "in"), ("number", "07/CT-UBND"), ("issued_on", "2024-08-01"), ("issuer", "UBND tỉnh")];
    let made = client.post("/van-ban/moi", &typed).await;
    let address = made.location().to_owned();
    assert_eq!(client.post("/van-ban/moi", &typed).await.status, 422, "the same paper was recorded twice");
    let changed = [("direction", "in"), ("number", "07/CT-UBND"), ("issued_on", "2024-08-01"), ("subject", "Nhiệm vụ")];
    assert_eq!(client.post(&format!("{address}/sua"), &changed).await.status, 303);
    let relation = [("verb", "relate"), ("relation", "based_on"), ("other", "Nghị định số 152/2025/NĐ-CP")];
    assert_eq!(client.post(&address, &relation).await.status, 303);
    let page = client.get(&address).await.body;
    assert!(page.contains("Nhiệm vụ") && page.contains("152/2025/NĐ-CP"), "{page}");
    let circle = [("verb", "relate"), ("relation", "inverse:amends"), ("other", "152/2025/NĐ-CP")];
    let refused = client.post(&address, &circle).await;
    assert_eq!(refused.status, 422);
    assert!(refused.body.contains("khép thành vòng"), "{}", refused.body);
    let unknown = [("verb", "relate"), ("relation", "amends"), ("other", "999/KH-UBND")];
    assert!(client.post(&address, &unknown).await.body.contains("chưa có trong sổ đăng ký"));
    assert_eq!(client.post(&address, &[("verb", "repeal"), ("last_day", "2025-06-30")]).await.status, 303);
    let page = client.get(&address).await.body;
    assert!(page.contains("Hết hiệu lực") && page.contains("30/06/2025"), "{page}");
    for verb in ["record", "change", "relate", "repeal"] {
        assert_eq!(app.audit_count(&format!("guidance.{verb}")).await, 1, "{verb}");
    }
}

#[tokio::test]
async fn a_lapsed_basis_is_told_before_signing_with_its_successor() {
    let app = TestApp::start().await;
    let texts = [
        "Căn cứ Nghị định số 98/2023/NĐ-CP ngày 31/12/2023 của Chính phủ".to_owned(),
        "Căn cứ Nghị định số 30/2020/NĐ-CP ngày 05 tháng 3 năm 2020 của Chính phủ về công tác văn thư".to_owned(),
        "Căn cứ Kế hoạch số 12/QĐ-UBND ngày 01/01/2027 của UBND phường".to_owned(),
        "Căn cứ Nghị định số 152/25/NĐ-CP của Chính phủ".to_owned(),
    ];
    let told = operations::check_bases(&app.office, &texts, date(2026, 6, 21)).await.unwrap();
    let codes: Vec<(usize, &str)> = told.iter().map(|warning| (warning.text, warning.code)).collect();
    assert_eq!(
        codes,
        [(0, "lapsed"), (2, "kind_differs"), (2, "issued_later"), (2, "unregistered"), (3, "number_in_doubt")]
    );
    assert_eq!((told[0].successor.as_str(), told[0].document.as_str()), ("152-2025-nd-cp", "98-2023-nd-cp"));
    assert!(
        told[0].message.contains("30/06/2025") && told[0].message.contains("152/2025/NĐ-CP"),
        "{}",
        told[0].message
    );
    let before = operations::check_bases(&app.office, &texts[..1], date(2024, 8, 23)).await.unwrap();
    assert_eq!(before, [], "in the summer of 2024 the decree was in force");
    let early =
        operations::check_bases(&app.office, &["Nghị định số 152/2025/NĐ-CP".to_owned()], date(2025, 6, 1)).await;
    assert_eq!(early.unwrap()[0].code, "not_in_force_yet");
    // What the shipped wordings cite is known, and said to wait for a confirmation.
    for basis in [
        "Căn cứ Luật Giáo dục ngày 14 tháng 6 năm 2019",
        "Căn cứ Luật Tổ chức chính quyền địa phương ngày 16 tháng 6 năm 2025",
    ] {
        let told = operations::check_bases(&app.office, &[basis.to_owned()], date(2026, 6, 21)).await.unwrap();
        assert_eq!(told.iter().map(|warning| warning.code).collect::<Vec<_>>(), ["unconfirmed"], "{basis}: {told:?}");
        assert!(told[0].message.contains("chờ xác nhận"), "{told:?}");
    }
}

#[tokio::test]
async fn the_register_is_found_without_accents_and_belongs_to_its_unit() {
    let app = TestApp::start().await;
    let draft = Draft {
        direction: "in".to_owned(),
        number: "05/BC-PVHXH".to_owned(),
        subject: "Kết quả kiểm tra bếp ăn bán trú".to_owned(),
        ..Draft::default()
    };
    operations::record(&app.office, &app.context(), WARD, &draft).await.unwrap();
    let mut officer = app.sign_in_as(Role::Officer).await;
    let found = officer.get("/van-ban?tim=bep+an+ban+tru").await.body;
    assert!(found.contains("05/BC-PVHXH") && !found.contains("30/2020"), "{found}");
    assert!(officer.get("/van-ban?tim=khong+co+gi+ca").await.body.contains("Không có văn bản nào như vậy"));
    let mut clerk = app.sign_in_as(Role::Clerk).await;
    assert!(!clerk.get("/van-ban").await.body.contains("05/BC-PVHXH"), "a school reads its own register");
    assert_eq!(clerk.get("/van-ban/05-bc-pvhxh").await.status, 404);
    assert!(clerk.get("/van-ban?chieu=law").await.body.contains("30/2020/NĐ-CP"), "the law is everyone's");
}

#[tokio::test]
async fn shipped_texts_come_once_and_cannot_be_rewritten() {
    let app = TestApp::start().await;
    let before = queries::register(&app.office).await.unwrap();
    tongket::guidance::pack::load(&app.office).await.unwrap();
    assert_eq!(queries::register(&app.office).await.unwrap().rows, before.rows);
    assert_eq!(app.audit_count("guidance.load_pack").await, 1);
    let change = operations::change(&app.office, &app.context(), "30-2020-nd-cp", &Draft::default()).await;
    assert!(change.unwrap_err().to_string().contains("đi kèm chương trình"));
    let amending = Link {
        from: "07-2026-tt-bgddt".to_owned(),
        to: "30-2020-nd-cp".to_owned(),
        relation: Relation::BasedOn,
        effective_on: None,
    };
    operations::relate(&app.office, &app.context(), &amending).await.unwrap();
}

/// A PDF of one page that says this, in letters that every PDF reader has.
pub(crate) fn pdf(words: &str) -> Vec<u8> {
    let drawn = format!("BT /F1 14 Tf 72 720 Td ({words}) Tj ET");
    plain_pdf::of_objects(&[
        "<< /Type /Catalog /Pages 2 0 R >>".to_owned(),
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>".to_owned(),
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R \
         /Resources << /Font << /F1 << /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >> >> >> >>"
            .to_owned(),
        format!("<< /Length {} >>\nstream\n{drawn}\nendstream", drawn.len()),
    ])
}

/// A Word file of our own with Vietnamese words in it.
fn word_file() -> (Vec<u8>, String) {
    let document = domain::reports::sample::report();
    let made_at = jiff::civil::datetime(2026, 6, 21, 9, 0, 0, 0);
    (documents::docx::write(&document, made_at).unwrap(), document.subject)
}

#[tokio::test]
async fn the_words_of_files_are_found_with_or_without_accents_and_the_index_can_be_thrown_away() {
    let app = TestApp::start().await;
    let mut client = app.sign_in_as(Role::Officer).await;
    let (bytes, subject) = word_file();
    let draft = Draft { direction: "out".to_owned(), number: "05/BC-UBND".to_owned(), ..Draft::default() };
    let slug = operations::record(&app.office, &app.context(), WARD, &draft).await.unwrap();
    let page = format!("/van-ban/{slug}");
    let plain = domain::vietnamese::unaccented(&subject);
    let question = format!("/van-ban?tim={}", plain.replace(' ', "+"));
    assert!(!client.get(&question).await.body.contains("05/BC-UBND"), "nothing is attached yet");
    client.get(&page).await;
    let files: [(&str, &str, &[u8]); 2] =
        [("file", "..\\..\\báo cáo.exe", &bytes), ("file", "scan.doc", &pdf("Zwetschge in the canteen"))];
    let sent = client.upload(&format!("{page}/tep"), &[], &files).await;
    assert_eq!(sent.status, 303, "{}", sent.body);
    let shown = client.get(&page).await.body;
    assert!(shown.contains(">báo cáo.docx<") && shown.contains(">scan.pdf<"), "named by what they are: {shown}");
    for question in [question.as_str(), "/van-ban?tim=zwetschge"] {
        let found = client.get(question).await.body;
        assert!(found.contains("05/BC-UBND") && found.contains("<q class"), "{question}: {found}");
    }
    tongket::guidance::search::rebuild(&app.office).await.unwrap();
    assert!(client.get(&question).await.body.contains("05/BC-UBND"), "lost with the old index");

    let address = shown.split("href=\"").find(|part| part.contains("/tep/") && part.contains("báo cáo")).unwrap();
    let address = address.split('"').next().unwrap().to_owned();
    let file = client.get(&address).await;
    assert_eq!(file.status, 200);
    assert!(file.headers["content-disposition"].to_str().unwrap().starts_with("attachment"));
    let sha256 = address.rsplit('/').next().unwrap().to_owned();
    client.get(&page).await;
    assert_eq!(client.post(&page, &[("verb", "detach"), ("file", &sha256)]).await.status, 303);
    assert_eq!(client.get(&address).await.status, 404);
    assert!(!client.get(&question).await.body.contains("05/BC-UBND"), "a file taken away is still found");
    let mut clerk = app.sign_in_as(Role::Clerk).await;
    assert_eq!(clerk.get(&address).await.status, 404, "a school cannot read the ward's files");
    assert_eq!((app.audit_count("guidance.attach").await, app.audit_count("guidance.detach").await), (2, 1));
}

#[tokio::test]
async fn files_that_are_not_papers_are_refused_with_their_names() {
    let app = TestApp::start().await;
    let mut client = app.sign_in_as(Role::Officer).await;
    let draft = Draft { direction: "in".to_owned(), number: "05/BC-UBND".to_owned(), ..Draft::default() };
    let slug = operations::record(&app.office, &app.context(), WARD, &draft).await.unwrap();
    let page = format!("/van-ban/{slug}");
    client.get(&page).await;
    let files: [(&str, &str, &[u8]); 3] = [
        ("file", "quyet-dinh.pdf", b"MZ\x90\x00 a program"),
        ("file", "ke-hoach.docx", b"<html><script>alert(1)</script>"),
        ("file", "anh.png", b"\x89PNG\r\n\x1a\nnothing"),
    ];
    let refused = client.upload(&format!("{page}/tep"), &[], &files).await;
    assert_eq!(refused.status, 422);
    for said in ["quyet-dinh.pdf: Tệp là chương trình", "ke-hoach.docx: Tệp là trang web", "anh.png: Ảnh bị hỏng"]
    {
        assert!(refused.body.contains(said), "«{said}»: {}", refused.body);
    }
    let none = client.upload(&format!("{page}/tep"), &[], &[]).await;
    assert_eq!(none.status, 422);
    assert_eq!(app.audit_count("guidance.attach").await, 0);
}

#[tokio::test]
async fn a_year_shows_what_its_papers_rest_on() {
    let app = TestApp::start().await;
    let mut client = app.sign_in_as(Role::Officer).await;
    let address = "/nam-hoc/2025-2026/can-cu";
    assert!(client.get(address).await.body.contains("chưa có văn bản đi nào"));
    let draft = Draft {
        direction: "out".to_owned(),
        number: "120/KH-UBND".to_owned(),
        issued_on: Some(date(2026, 6, 15)),
        ..Draft::default()
    };
    let slug = operations::record(&app.office, &app.context(), WARD, &draft).await.unwrap();
    let preamble = "Căn cứ Nghị định số 98/2023/NĐ-CP của Chính phủ;";
    let context = app.context();
    operations::record_cited(&app.office, &context, WARD, preamble, Some(&slug), &BTreeMap::new()).await.unwrap();
    let page = client.get(address).await.body;
    assert!(page.contains("120/KH-UBND") && page.contains("98/2023/NĐ-CP") && page.contains("06/2022/QH15"), "{page}");
    assert!(page.contains("1 văn bản trong số này đã hết hiệu lực") && page.contains("152/2025/NĐ-CP"), "{page}");
    // Drawn for a screen and for a telephone, each text once, without a style that the page's policy would drop.
    let [wide, narrow] = ["rests-wide", "rests-narrow"].map(|class| {
        let drawing = page.split(class).nth(1).unwrap().split("</svg>").next().unwrap();
        (drawing.matches("<a href=\"/van-ban/").count(), drawing.matches("<path d=").count())
    });
    assert_eq!((wide, narrow), ((3, 4), (3, 4)), "three texts, two lines and what the two kinds of lines mean: {page}");
    assert!(!page.contains("style=") && page.contains("✕ Đã được thay thế"), "{page}");
    let alone = client.get(&format!("/van-ban/{slug}/can-cu")).await.body;
    assert!(alone.contains("role=\"group\" aria-label=\"Văn bản ở trên"), "{alone}");
    assert_eq!(client.get("/nam-hoc/nonsense/can-cu").await.status, 404);
}
