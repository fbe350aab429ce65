//! Papers: every kind says the same in text, page, DOCX and PDF; hostile templates and inputs are refused or drawn whole.

use documents::{
    inspect,
    layout::{self, Scope},
};
use domain::reports::paper::{Inputs, PaperContent, Wording};
use tongket::{
    identity::Role,
    platform::Error,
    reports::papers::{
        Bundle, draw,
        operations::{self, NewPaper},
        queries, shipped,
    },
};

use crate::kit::{TestApp, WARD, YEAR};

const MADE_AT: jiff::civil::DateTime = jiff::civil::datetime(2026, 6, 30, 9, 5, 0, 0);

/// Words without blanks, and without what outputs draw in their own way: dashes before items, tabs between cells.
fn squeezed(text: &str) -> String {
    text.chars().filter(|letter| !letter.is_whitespace() && *letter != '-').collect()
}

/// How often each word stands in a text; marks at its ends are left out.
fn counted(text: &str) -> std::collections::BTreeMap<String, usize> {
    let mut counts = std::collections::BTreeMap::new();
    for word in text.split(|letter: char| !letter.is_alphanumeric()).filter(|word| !word.is_empty()) {
        *counts.entry(word.to_owned()).or_default() += 1;
    }
    counts
}

async fn sample_of(app: &TestApp, wording: &Wording) -> NewPaper {
    let inputs = operations::sample(&app.office, &app.context(), WARD, YEAR, wording).await.unwrap();
    NewPaper { unit: WARD.to_owned(), year: YEAR.to_owned(), kind: wording.slug.clone(), inputs }
}

/// The words of a page's sheet.
fn words_of(html: &str) -> String {
    let (mut words, mut in_tag) = (String::new(), false);
    for letter in html.chars() {
        match letter {
            '<' => in_tag = true,
            '>' => in_tag = false,
            letter if !in_tag => words.push(letter),
            _ => {}
        }
    }
    words.replace("&amp;", "&").replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"").replace("&#39;", "'")
}

#[tokio::test]
async fn every_kind_says_the_same_in_text_page_docx_and_pdf() {
    let app = TestApp::start().await;
    let mut client = app.sign_in_as(Role::Officer).await;
    for wording in shipped().unwrap() {
        let new = sample_of(&app, wording).await;
        let id = operations::create(&app.office, &app.context(), &new).await.unwrap();
        let paper = queries::paper(&app.office, id).await.unwrap();
        let page = client.get(&format!("/van-kien/{YEAR}/{id}")).await;
        assert_eq!(page.status, 200, "{}: {}", wording.slug, page.body);
        let PaperContent::Documents(documents) = &paper.content else {
            assert!(draw(&paper.content, &paper.subject, Bundle::Pdf, MADE_AT).unwrap().page_count >= Some(1));
            continue;
        };
        let first = &documents[..1];
        let lines = first[0].lines();
        let expected = squeezed(&lines.concat());
        let sheet = page.body.split("<article").nth(1).unwrap().split("</article>").next().unwrap();
        let sheet = sheet.split_once('>').unwrap().1;
        assert_eq!(squeezed(&words_of(sheet)), expected, "{}: page", wording.slug);
        let alone = PaperContent::Documents(first.to_vec());
        for bundle in [Bundle::Docx, Bundle::Pdf] {
            let bytes = draw(&alone, &paper.subject, bundle, MADE_AT).unwrap().bytes;
            // A reader of a file takes columns and cells in its own order, so the words are counted.
            let (mut found, wanted) = (counted(&inspect::text(&bytes).unwrap()), counted(&lines.join(" ")));
            for (word, count) in wanted {
                let there = found.remove(&word).unwrap_or(0);
                assert!(there >= count, "{} {bundle:?}: «{word}» {there} of {count}", wording.slug);
            }
        }
        assert!(!lines.iter().any(|line| line.contains("{{") || line.contains("None")), "{}: {lines:?}", wording.slug);
    }
}

#[tokio::test]
async fn every_kind_passes_the_layout_check_in_both_formats() {
    let app = TestApp::start().await;
    let mut wrong = String::new();
    for wording in shipped().unwrap() {
        let mut new = sample_of(&app, wording).await;
        new.inputs.insert("sign_name".to_owned(), "Lê Thị Bình".to_owned());
        let content = operations::compose(&app.office, &app.context(), &new, wording).await.unwrap();
        let is_preprinted = matches!(content, PaperContent::Certificates(_));
        for bundle in [Bundle::Docx, Bundle::Pdf].into_iter().filter(|bundle| !is_preprinted || *bundle == Bundle::Pdf)
        {
            let judgement = layout::check(&draw(&content, "x", bundle, MADE_AT).unwrap().bytes).unwrap();
            assert_eq!(judgement.scope == Scope::Nothing, is_preprinted, "{} {bundle:?}", wording.slug);
            for finding in &judgement.findings {
                wrong.push_str(&format!("{} {bundle:?}: {:?}\n", wording.slug, finding.in_language("en")));
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}

async fn refusal(app: &TestApp, wording: &Wording) -> String {
    let new = sample_of(app, wording).await;
    match operations::compose(&app.office, &app.context(), &new, wording).await {
        Err(Error::Refused(refusal)) => refusal.to_string(),
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn a_template_reaches_nothing_and_does_not_go_on_for_ever() {
    let app = TestApp::start().await;
    let notice = shipped().unwrap().iter().find(|wording| wording.slug == "thong-bao").unwrap();
    let with = |body: &str| Wording { body: body.to_owned(), ..notice.clone() };
    let nested = "{% for a in subject %}{% for b in subject %}{% for c in subject %}{% for d in subject %}{% for e in \
                  subject %}x{% endfor %}{% endfor %}{% endfor %}{% endfor %}{% endfor %}";
    let endless = "{% macro f() %}{{ f() }}{% endmacro %}{{ f() }}";
    let long = "{% set a = 'xxxxxxxxxx' * 90000 %}{{ a }}{{ a }}{{ a }}{{ a }}{{ a }}{{ a }}";
    for (body, told) in [
        (nested, "quá lâu"),
        (endless, ""),
        (long, "dài quá"),
        ("x\n{{ nothing.at_all }}", "Dòng 2"),
        ("{% include 'x' %}", ""),
        ("{{ range(10) }}", ""),
        ("{% for x in y %}", "cú pháp"),
        ("#Z sai", "không có cấp #Z"),
    ] {
        let said = refusal(&app, &with(body)).await;
        assert!(said.contains(told), "{body}: {said}");
    }
}

#[tokio::test]
async fn hostile_inputs_are_words_and_long_ones_are_drawn_or_refused() {
    let app = TestApp::start().await;
    let list = shipped().unwrap().iter().find(|wording| wording.slug == "danh-sach-dai-bieu").unwrap();
    let mut new = sample_of(&app, list).await;
    let title = "Danh sách rất dài ".repeat(23);
    new.inputs.insert("title".to_owned(), title.trim().to_owned());
    new.inputs.insert("guests".to_owned(), "#Phần *x* {{ office }} | @ký | Nguyễn 𠮷 😀 Ánh".to_owned());
    new.inputs.insert("delegates".to_owned(), "Trần Văn A | Hiệu trưởng | Trường Hoa\n".repeat(2_000));
    let content = operations::compose(&app.office, &app.context(), &new, list).await.unwrap();
    let text = content.documents()[0].to_text();
    assert!(text.contains("#Phần *x* {{ office }}\t@ký\tNguyễn 𠮷 😀 Ánh"), "words stay words");
    let pdf = draw(&content, "x", Bundle::Pdf, MADE_AT).unwrap();
    assert!(pdf.page_count >= Some(40), "{:?}", pdf.page_count);
    new.inputs.insert("delegates".to_owned(), "A | B | C\n".repeat(2_001));
    new.inputs.insert("title".to_owned(), String::new());
    let Err(Error::Refused(refused)) = operations::compose(&app.office, &app.context(), &new, list).await else {
        panic!("2,001 rows are too many")
    };
    let places: Vec<&str> = refused.reasons.iter().map(|reason| reason.at.as_str()).collect();
    assert_eq!(places, ["title", "delegates"]);
}

#[tokio::test]
async fn a_paper_is_written_changed_and_taken_away_in_the_browser() {
    let app = TestApp::start().await;
    let mut client = app.sign_in_as(Role::Officer).await;
    assert_eq!(client.get(&format!("/van-kien/{YEAR}")).await.status, 200);
    let address = format!("/van-kien/{YEAR}/moi/thong-bao");
    let form = client.get(&address).await;
    assert!(form.body.contains("name=\"subject\"") && form.body.contains("Các trường trên địa bàn"), "{}", form.body);
    let refused = client.post(&address, &[("unit", WARD), ("subject", "Về việc nghỉ hè")]).await;
    assert_eq!(refused.status, 422);
    assert!(
        refused.body.contains("Về việc nghỉ hè") && refused.body.contains("href=\"#paragraphs\""),
        "{}",
        refused.body
    );
    let filled = [
        ("unit", WARD),
        ("subject", "Về việc nghỉ hè"),
        ("paragraphs", "Các trường nghỉ từ ngày 01/6/2026."),
        ("recipients", "Lưu: VT"),
        ("sign_capacity", "deputy"),
        ("sign_title", "Phó Chủ tịch"),
        ("sign_name", "Lê Thị Bình"),
    ];
    let made = client.post(&address, &filled).await;
    assert_eq!(made.status, 303, "{}", made.body);
    let paper = made.location().to_owned();
    let page = client.get(&paper).await.body;
    assert!(page.contains("KT. CHỦ TỊCH") && page.contains("01/6/2026./."), "{page}");
    assert!(page.len() < 30_000, "{} bytes", page.len());
    let edit = format!("{paper}/sua");
    assert_eq!(client.get(&edit).await.status, 200);
    let mut changed = filled.to_vec();
    changed[1].1 = "Về việc nghỉ hè năm 2026";
    changed.push(("revision", "1"));
    assert_eq!(client.post(&edit, &changed).await.status, 303);
    let late = client.post(&edit, &changed).await;
    assert_eq!(late.status, 422, "somebody else has changed it since revision 1");
    assert!(late.body.contains("vừa được người khác sửa"), "{}", late.body);
    for (format, kind) in [("docx", "wordprocessingml"), ("pdf", "application/pdf")] {
        let file = client.get(&format!("{paper}/tai/{format}")).await;
        assert_eq!(file.status, 200);
        assert!(file.headers["content-type"].to_str().unwrap().contains(kind));
    }
    assert_eq!(client.get(&format!("{paper}/tai/exe")).await.status, 404);
    assert_eq!(app.audit_count("papers.create").await + app.audit_count("papers.change").await, 2);
    let mut reader = app.sign_in_as(Role::Reader).await;
    assert_eq!(reader.get(&paper).await.status, 200);
    assert_eq!(reader.get(&edit).await.status, 403);
}

#[tokio::test]
async fn an_office_keeps_its_own_wording_with_its_history() {
    let app = TestApp::start().await;
    let mut client = app.sign_in_as(Role::Officer).await;
    let address = format!("/van-kien/{YEAR}/mau/thong-bao");
    let page = client.get(&address).await.body;
    assert!(page.contains("Mẫu kèm theo phần mềm") && page.contains("THÔNG BÁO"), "{page}");
    let broken = client.post(&address, &[("unit", WARD), ("body", "{{ sai }}"), ("verb", "keep")]).await;
    assert_eq!(broken.status, 422);
    assert!(broken.body.contains("Dòng 1 của mẫu, «{{ sai }}»"), "{}", broken.body);
    let body = "@trích-yếu {{ subject }}\nKính thưa các đơn vị.\n@nơi-nhận Lưu: VT";
    let preview = client.post(&format!("{address}/xem"), &[("unit", WARD), ("body", body)]).await;
    assert!(preview.body.contains("Kính thưa các đơn vị./."), "{}", preview.body);
    let kept =
        client.post(&address, &[("unit", WARD), ("body", body), ("note", "Thêm lời mở"), ("verb", "keep")]).await;
    assert_eq!(kept.status, 303, "{}", kept.body);
    let page = client.get(&address).await.body;
    assert!(page.contains("Phiên bản 1 của cơ quan") && page.contains("Thêm lời mở"), "{page}");
    let notice = shipped().unwrap().iter().find(|wording| wording.slug == "thong-bao").unwrap();
    let id = operations::create(&app.office, &app.context(), &sample_of(&app, notice).await).await.unwrap();
    let paper = queries::paper(&app.office, id).await.unwrap();
    assert_eq!(paper.wording_version, 1);
    assert!(paper.content.documents()[0].to_text().contains("Kính thưa các đơn vị./."));
}

#[tokio::test]
async fn who_reads_in_english_is_told_in_english_what_is_wrong_with_a_template_and_where() {
    let app = TestApp::start().await;
    let mut client = app.sign_in_as(Role::Officer).await;
    client.get("/ngon-ngu/en?next=/").await;
    let address = format!("/van-kien/{YEAR}/mau/thong-bao");
    client.get(&address).await;
    for (body, told) in [
        ("@trích-yếu X\n{{ sai }}", "The line «{{ sai }}» uses a name"),
        ("@trích-yếu X\n{% for x in y %}\n\n", "The line «{% for x in y %}» is not written"),
        ("{{ subject|lower2 }}", "The line «{{ subject|lower2 }}» uses a filter"),
        ("{% include 'x' %}", "take in other files, as the line «{% include "),
        ("{{ range(10) }}", "call what the line «{{ range(10) }}» calls"),
        ("#Z sai", "The line «#Z sai» cannot be read"),
    ] {
        let answer = client.post(&address, &[("unit", WARD), ("body", body), ("verb", "keep")]).await;
        let faults = crate::kit::between(&answer.body, "<section class=\"faults\"", "</section>").unwrap();
        assert!(answer.status == 422 && faults.contains(told), "{body}: {faults}");
        assert!(!crate::kit::without_originals(faults).contains("Dòng"), "{body}: {faults}");
    }
}

#[tokio::test]
async fn an_empty_template_is_refused_and_a_kept_version_is_opened_again() {
    let app = TestApp::start().await;
    let mut client = app.sign_in_as(Role::Officer).await;
    let address = format!("/van-kien/{YEAR}/mau/thong-bao");
    client.get(&address).await;
    for body in ["", " \r\n ", "{# không có gì #}"] {
        let refused = client.post(&address, &[("unit", WARD), ("body", body), ("verb", "keep")]).await;
        assert_eq!(refused.status, 422, "«{body}»: {}", refused.body);
        assert!(refused.body.contains("Mẫu đang trống"), "«{body}»: {}", refused.body);
    }
    let preview = client.post(&format!("{address}/xem"), &[("unit", WARD), ("body", "")]).await;
    assert!(preview.status == 200 && preview.body.contains("Mẫu đang trống"), "{}", preview.body);
    for (body, note) in [("@trích-yếu {{ subject }}\nLời cũ.", "một"), ("@trích-yếu {{ subject }}\nLời mới.", "hai")]
    {
        let kept = client.post(&address, &[("unit", WARD), ("body", body), ("note", note), ("verb", "keep")]).await;
        assert_eq!(kept.status, 303, "{}", kept.body);
    }
    // One that an earlier program let through does not shut the page, nor the papers of the kind.
    let empty = "insert into wording_version (unit_code, kind, version, body, note, written_at, written_by) \
                 values ($1, 'thong-bao', 3, '', '', '2026-06-21T02:00:00Z', 'x')";
    sqlx::query(empty).bind(WARD).execute(app.office.db().pool()).await.unwrap();
    let page = client.get(&address).await;
    assert!(page.status == 200 && page.body.contains("THÔNG BÁO"), "{}", page.body);
    assert!(page.body.contains("phien-ban=1") && page.body.contains("phien-ban=0"), "{}", page.body);
    let first = client.get(&format!("{address}?phien-ban=1")).await.body;
    assert!(first.contains("Lời cũ.") && first.contains("Đang mở lại phiên bản 1"), "{first}");
    assert_eq!(client.get(&format!("{address}?phien-ban=9")).await.status, 404);
    let body = "@trích-yếu {{ subject }}\nLời cũ.";
    let kept = client.post(&address, &[("unit", WARD), ("body", body), ("verb", "keep")]).await;
    assert_eq!(kept.status, 303, "{}", kept.body);
    assert!(client.get(&address).await.body.contains("Phiên bản 4 của cơ quan"));
}

#[tokio::test]
async fn a_printed_sheet_asked_for_in_another_form_is_refused() {
    let app = TestApp::start().await;
    let sheet = shipped().unwrap().iter().find(|wording| wording.slug == "giay-khen").unwrap();
    let id = operations::create(&app.office, &app.context(), &sample_of(&app, sheet).await).await.unwrap();
    let folder = app.office.folder().join("out");
    let refused = operations::save(&app.office, &app.context(), id, &[Bundle::Docx, Bundle::Zip], &folder).await;
    assert!(refused.unwrap_err().to_string().contains("chỉ có dạng pdf, không có dạng docx, zip"));
    let both = operations::save(&app.office, &app.context(), id, &[Bundle::Docx, Bundle::Pdf], &folder).await.unwrap();
    assert_eq!(both.files.len(), 1);
    let none = app.program().args(["check-document", "nope.pdf"]).output().unwrap();
    assert!(!none.status.success());
    assert!(String::from_utf8_lossy(&none.stdout).contains("Không có tệp hoặc thư mục «nope.pdf»"), "{none:?}");
    let none = app.program().args(["--lang", "en", "check-document", "nope.pdf"]).output().unwrap();
    assert!(String::from_utf8_lossy(&none.stdout).contains("There is no file or folder «nope.pdf»"), "{none:?}");
}

#[tokio::test]
async fn letters_to_many_come_as_one_pdf_one_docx_or_a_zip() {
    let app = TestApp::start().await;
    let invitation = shipped().unwrap().iter().find(|wording| wording.slug == "giay-moi").unwrap();
    let mut new = sample_of(&app, invitation).await;
    let guests: Vec<String> = (1..=12).map(|n| format!("Ông Khách {n} | Hiệu trưởng | Trường {n}")).collect();
    new.inputs.insert("guests".to_owned(), guests.join("\n"));
    let content = operations::compose(&app.office, &app.context(), &new, invitation).await.unwrap();
    assert_eq!(content.documents().len(), 12);
    let pdf = draw(&content, "x", Bundle::Pdf, MADE_AT).unwrap();
    assert_eq!(pdf.page_count, Some(12), "each letter has its own page");
    assert!(squeezed(&inspect::text(&pdf.bytes).unwrap()).contains("ÔngKhách12"));
    let docx = draw(&content, "x", Bundle::Docx, MADE_AT).unwrap();
    assert!(squeezed(&inspect::text(&docx.bytes).unwrap()).contains("ÔngKhách12"));
    let zip = draw(&content, "x", Bundle::Zip, MADE_AT).unwrap();
    let mut archive = zip::ZipArchive::new(std::io::Cursor::new(zip.bytes)).unwrap();
    assert_eq!(archive.len(), 12);
    assert_eq!(archive.by_index(0).unwrap().name().unwrap(), "001-ong-khach-1.pdf");
    let empty = Inputs::from([("guests".to_owned(), String::new())]);
    assert!(
        operations::compose(&app.office, &app.context(), &NewPaper { inputs: empty, ..new }, invitation).await.is_err()
    );
}

#[tokio::test]
async fn conference_papers_tell_their_minutes_and_are_bound() {
    let app = TestApp::start().await;
    let mut client = app.sign_in_as(Role::Reader).await;
    let volume = format!("/van-kien/{YEAR}/tap-tham-luan");
    let none = client.get(&volume).await;
    assert!(none.status == 422 && none.body.contains("chưa có tham luận"), "{}", none.body);
    let wording = shipped().unwrap().iter().find(|wording| wording.slug == "tham-luan").unwrap();
    let mut titles = Vec::new();
    for title in ["Thu hẹp khoảng cách chất lượng", "Bữa ăn bán trú an toàn"] {
        let mut new = sample_of(&app, wording).await;
        new.inputs.insert("title".to_owned(), title.to_owned());
        let id = operations::create(&app.office, &app.context(), &new).await.unwrap();
        let page = client.get(&format!("/van-kien/{YEAR}/{id}")).await.body;
        assert!(page.contains("đọc khoảng 1 phút (150 tiếng một phút, mặc định)"), "{page}");
        titles.push(title);
    }
    assert!(client.get(&format!("/van-kien/{YEAR}")).await.body.contains(&volume));
    assert_eq!(client.get(&volume).await.headers["content-type"], "application/pdf");
    let written = operations::volume(&app.office, &app.context(), WARD, YEAR).await.unwrap();
    let text = inspect::text(&written.bytes).unwrap();
    let rows: Vec<&str> = text.lines().filter(|line| titles.iter().any(|title| line.contains(title))).collect();
    assert!(rows[0].contains("I\tThu hẹp") && rows[0].contains("\t1\t2"), "{rows:?}");
    assert!(rows[1].contains("II\tBữa ăn") && rows[1].contains("\t1\t3"), "{rows:?}");
    assert_eq!(written.page_count, Some(3));
}

#[tokio::test]
async fn letters_that_the_typeface_lacks_are_told_before_anybody_prints_them() {
    let app = TestApp::start().await;
    let wording = shipped().unwrap().iter().find(|wording| wording.slug == "ke-hoach").unwrap();
    let mut new = sample_of(&app, wording).await;
    let id = operations::create(&app.office, &app.context(), &new).await.unwrap();
    let mut officer = app.sign_in_as(Role::Officer).await;
    let page = format!("/van-kien/{YEAR}/{id}");
    assert!(!officer.get(&page).await.body.contains("boxed-letters"), "nothing is lacking");

    new.inputs.insert("sign_name".to_owned(), "Nguyễn 𠮷 Ánh".to_owned());
    operations::change(&app.office, &app.context(), id, 1, new.inputs).await.unwrap();
    let told = officer.get(&page).await.body;
    for words in ["Có chữ mà phông chữ in không có", "<q>Nguyễn 𠮷 Ánh</q>", "𠮷 (U+20BB7)"] {
        assert!(told.contains(words), "«{words}»: {told}");
    }
    let warnings = officer.get(&format!("{page}/duyet")).await.body;
    assert!(warnings.contains("Nguyễn 𠮷 Ánh:") && warnings.contains("ô vuông □ thay cho 𠮷"), "{warnings}");
    let folder = app.office.folder().join("out");
    let saved = operations::save(&app.office, &app.context(), id, &[Bundle::Pdf], &folder).await.unwrap();
    assert_eq!(saved.boxed_letters.len(), 1);
    assert_eq!((saved.boxed_letters[0].at.as_str(), saved.boxed_letters[0].letters.len()), ("Nguyễn 𠮷 Ánh", 1));
    let pdf = std::fs::read(&saved.files[0]).unwrap();
    assert!(inspect::text(&pdf).unwrap().contains("Nguyễn □ Ánh"), "the file shows what was told");
}
