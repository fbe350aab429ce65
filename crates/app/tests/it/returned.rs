//! Files that come back to a paper: the signed PDF is checked and kept, the Word file compared and taken over; the summary
//! report on the same road.

#[allow(dead_code, reason = "the signer serves two suites")]
#[path = "../../../documents/src/signature/tests/signer.rs"]
mod signer;

use std::{
    io::{Cursor, Read, Write},
    sync::Arc,
};

use domain::reports::paper::{Inputs, PaperContent};
use signer::Authority;
use tongket::{
    identity::Role,
    reports::{
        operations::SUMMARY_REPORT,
        papers::{
            Bundle,
            operations::{self, NewPaper},
            queries, shipped, write,
        },
        signing,
    },
};
use zip::{ZipArchive, ZipWriter, write::SimpleFileOptions};

use crate::{
    kit::{Answer, Client, SCHOOL, TestApp, WARD, YEAR},
    signing::{plan, signed},
};

/// Who signs the kit's plans.
const SIGNER: &str = "Nguyễn Thị Minh Hoạ";

fn road(id: i64, rest: &str) -> String {
    format!("/van-kien/{YEAR}/{id}/{rest}")
}

async fn bytes(app: &TestApp, id: i64, bundle: Bundle) -> Vec<u8> {
    let paper = Arc::new(queries::paper(&app.office, id).await.unwrap());
    write(paper, bundle, &app.context()).await.unwrap().bytes
}

async fn send(client: &mut Client, id: i64, way: &str, file: (&str, &[u8])) -> Answer {
    client.get(&road(id, "duyet")).await;
    client.upload(&road(id, way), &[], &[("file", file.0, file.1)]).await
}

#[tokio::test]
async fn a_signed_file_is_checked_kept_shown_and_handed_out() {
    let app = TestApp::start().await;
    let id = plan(&app).await;
    let mut officer = app.sign_in_as(Role::Officer).await;
    let early = send(&mut officer, id, "ban-ky", ("ky.pdf", b"%PDF-1.7")).await;
    assert!(early.status == 422 && early.body.contains("Đang soạn"), "{}", early.body);
    let code = signed(&app, id).await;
    let authority = Authority::new("Tổ chức chứng thực thử nghiệm");
    let pdf = bytes(&app, id, Bundle::Pdf).await;
    let file = signer::signed(&pdf, &authority.person(SIGNER));
    let findings = |pdf: &[u8]| documents::layout::check(pdf).unwrap();
    assert_eq!(findings(&file), findings(&pdf), "a signature changes nothing of the layout");

    let mut reader = app.sign_in_as(Role::Reader).await;
    assert_eq!(send(&mut reader, id, "ban-ky", ("ky.pdf", &file)).await.status, 403);
    assert_eq!(send(&mut officer, id, "ban-ky", ("../../Kế hoạch ký.docx", &file)).await.status, 303);
    let page = officer.get(&road(id, "duyet")).await.body;
    assert!(page.contains("Không đưa ra trang kiểm tra"), "nobody is trusted yet: {page}");
    let public = app.anonymous().get(&format!("/kiem-tra/{code}")).await.body;
    assert!(!public.contains("Bản ký số được lưu giữ"), "a stranger's file is not offered to the public: {public}");
    for word in ["Kế hoạch ký.pdf", SIGNER, "Nguyên vẹn", "Phủ toàn bộ tệp", "Chưa khai báo tin cậy tổ chức cấp"]
    {
        assert!(page.contains(word), "{word}: {page}");
    }
    let known = signing::queries::signed_files(&app.office, id).await.unwrap().remove(0);
    let handed_out = reader.get(&road(id, &format!("ban-ky/{}", known.sha256))).await;
    assert_eq!(handed_out.headers["content-type"], "application/pdf");
    assert_eq!(app.anonymous().get(&road(id, &format!("ban-ky/{}", known.sha256))).await.status, 303);

    // The office declares whom it trusts, and sends the same file again.
    let roots = app.office.folder().join("roots");
    std::fs::create_dir_all(&roots).unwrap();
    std::fs::write(roots.join("thu-nghiem.pem"), authority.pem()).unwrap();
    assert_eq!(send(&mut officer, id, "ban-ky", ("ky.pdf", &file)).await.status, 303);
    let page = officer.get(&road(id, "duyet")).await.body;
    assert!(page.contains("Chứng thư được tin cậy") && !page.contains("Chưa khai báo"), "{page}");
    assert!(page.contains("Chưa kiểm tra thu hồi"), "nothing is asserted without a list: {page}");
    let list = authority.revocation_list(&[&authority.person("Người khác")], (2026, 5, 4));
    std::fs::write(roots.join("thu-nghiem.crl"), list).unwrap();
    assert_eq!(send(&mut officer, id, "ban-ky", ("ky.pdf", &file)).await.status, 303);
    let page = officer.get(&road(id, "duyet")).await.body;
    assert!(page.contains("Chưa bị thu hồi, theo danh sách ngày 01/06/2026"), "{page}");
    assert!(!page.contains("Không đưa ra trang kiểm tra"), "{page}");
    let sha256 = &known.sha256;
    let shown_to_all = async |typed: &str| app.anonymous().get(&format!("/kiem-tra/{typed}")).await.body;
    let public = shown_to_all(&code).await;
    assert!(public.contains(sha256) && public.contains("Bản ký số được lưu giữ"), "{public}");
    for typed in [code.to_uppercase(), code.replace('-', ""), code.replace('-', "%20")] {
        assert!(shown_to_all(&typed).await.contains(sha256), "{typed} is the same code");
    }
    let list = authority.revocation_list(&[&authority.person(SIGNER)], (2026, 5, 4));
    std::fs::write(roots.join("thu-nghiem.crl"), list).unwrap();
    assert_eq!(send(&mut officer, id, "ban-ky", ("ky.pdf", &file)).await.status, 303);
    let page = officer.get(&road(id, "duyet")).await.body;
    assert!(page.contains("Chứng thư đã bị thu hồi") && page.contains("bị thu hồi từ ngày 04/05/2026"), "{page}");
    std::fs::write(roots.join("hong.pem"), "không phải chứng thư").unwrap();
    let refused = send(&mut officer, id, "ban-ky", ("ky.pdf", &file)).await;
    assert!(refused.status == 422 && refused.body.contains("roots/hong.pem"), "{}", refused.body);

    assert!(page.contains("Không đưa ra trang kiểm tra"), "{page}");
    let public = shown_to_all(&code).await;
    assert!(!public.contains(sha256) && !public.contains("Bản ký số được lưu giữ"), "a revoked signer: {public}");
    assert_eq!(signing::queries::signed_files(&app.office, id).await.unwrap().len(), 1, "kept once");
    assert_eq!(app.audit_count("papers.attach_signed").await, 4);

    // The register has it too, once, and finds it by its words.
    let slug = signing::queries::frozen(&app.office, id).await.unwrap().register_slug;
    let shown = officer.get(&format!("/van-ban/{slug}")).await.body;
    assert_eq!(shown.matches("Kế hoạch ký.pdf").count(), 1, "{shown}");
    let found = officer.get("/van-ban?tim=nguyen+thi+minh+hoa+muc+dich+yeu+cau").await.body;
    assert!(found.contains("01/KH-UBND") && found.contains("<q class"), "{found}");
    assert_eq!(app.audit_count("guidance.attach").await, 1);
}

#[tokio::test]
async fn a_file_that_is_not_the_signed_paper_is_refused_with_the_reason() {
    let app = TestApp::start().await;
    let id = plan(&app).await;
    signed(&app, id).await;
    let leaf = Authority::new("CA").person("Trần Văn Khác");
    let pdf = bytes(&app, id, Bundle::Pdf).await;
    let mut leader = app.sign_in_as(Role::Leader).await;
    let mut refused = async |name: &str, file: &[u8], words: &str| {
        let answer = send(&mut leader, id, "ban-ky", (name, file)).await;
        assert!(answer.status == 422 && answer.body.contains(words), "{name}: {} {}", answer.status, answer.body);
    };
    refused("chua-ky.pdf", &pdf, "chưa có chữ ký số").await;
    refused("ban.docx", &bytes(&app, id, Bundle::Docx).await, "phải là tệp PDF").await;
    let mut altered = signer::signed(&pdf, &leaf);
    let at = altered.windows(11).position(|window| window == b"Adobe.PPKLi").unwrap();
    altered[at] = b'B';
    refused("sua.pdf", &altered, "mã băm không khớp").await;

    // Other words under a good signature: the place is named.
    let mut other = queries::paper(&app.office, id).await.unwrap().content.documents()[0].clone();
    other.subject = "Mua sắm ngoài dự toán".to_owned();
    let made_at = jiff::civil::datetime(2026, 6, 21, 9, 0, 0, 0);
    let other = documents::pdf::write(&other, made_at).unwrap().bytes;
    refused("khac.pdf", &signer::signed(&other, &leaf), "Mua sắm ngoài dự toán").await;
    assert!(signing::queries::signed_files(&app.office, id).await.unwrap().is_empty());

    // The right words under another name are kept, and the name is noted.
    assert_eq!(send(&mut leader, id, "ban-ky", ("ky.pdf", &signer::signed(&pdf, &leaf))).await.status, 303);
    let page = leader.get(&road(id, "duyet")).await.body;
    assert!(page.contains("Chứng thư mang tên «Trần Văn Khác»"), "{page}");
}

/// A plan that states a number tied to a figure.
async fn plan_with_a_number(app: &TestApp) -> i64 {
    app.approve(SCHOOL, "02-TH-DN", "2025-2026-DN", 1, &[("pri_pupil_count", 1045.0)]).await;
    let wording = shipped().unwrap().iter().find(|wording| wording.slug == "ke-hoach").unwrap();
    let mut inputs: Inputs = operations::sample(&app.office, &app.context(), WARD, YEAR, wording).await.unwrap();
    inputs.insert("purposes".to_owned(), "Đánh giá kết quả của [[pri_pupil_count]] học sinh tiểu học.".to_owned());
    inputs.insert("sign_capacity".to_owned(), "head".to_owned());
    inputs.insert("sign_name".to_owned(), SIGNER.to_owned());
    let new = NewPaper { unit: WARD.to_owned(), year: YEAR.to_owned(), kind: "ke-hoach".to_owned(), inputs };
    operations::create(&app.office, &app.context(), &new).await.unwrap()
}

/// A .docx with one of its parts written anew.
fn with_part(docx: &[u8], part: &str, edit: impl Fn(String) -> String) -> Vec<u8> {
    let mut old = ZipArchive::new(Cursor::new(docx)).unwrap();
    let mut new = ZipWriter::new(Cursor::new(Vec::new()));
    for at in 0..old.len() {
        let mut entry = old.by_index(at).unwrap();
        let name = entry.name().unwrap().into_owned();
        let mut content = Vec::new();
        entry.read_to_end(&mut content).unwrap();
        if name == part {
            content = edit(String::from_utf8(content).unwrap()).into_bytes();
        }
        new.start_file(name, SimpleFileOptions::default()).unwrap();
        new.write_all(&content).unwrap();
    }
    new.finish().unwrap().into_inner()
}

fn edited(docx: &[u8], from: &str, to: &str) -> Vec<u8> {
    with_part(docx, "word/document.xml", |xml| {
        assert!(xml.contains(from), "{from} is not in {xml}");
        xml.replace(from, to)
    })
}

#[tokio::test]
async fn words_edited_in_word_are_listed_and_taken_over() {
    let app = TestApp::start().await;
    let id = plan_with_a_number(&app).await;
    let docx = bytes(&app, id, Bundle::Docx).await;
    let mut officer = app.sign_in_as(Role::Officer).await;
    let same = send(&mut officer, id, "ban-word", ("ke-hoach.docx", &docx)).await;
    assert!(same.status == 422 && same.body.contains("không có gì để nhận"), "{}", same.body);

    let file = edited(&docx, " học sinh tiểu học", " em học sinh tiểu học trong phường");
    let listed = send(&mut officer, id, "ban-word", ("ke-hoach.docx", &file)).await;
    assert_eq!(listed.status, 303, "{}", listed.body);
    let page = officer.get(listed.location()).await;
    assert!(
        page.body.contains("em học sinh tiểu học trong phường") && page.body.contains("1 chỗ nhận được"),
        "{page:?}"
    );
    let before = queries::paper(&app.office, id).await.unwrap();
    assert_eq!(before.revision, 1, "looking changes nothing");
    assert_eq!(officer.post(listed.location(), &[("revision", "7")]).await.status, 422, "another revision");
    assert_eq!(officer.post(listed.location(), &[("revision", "1")]).await.status, 303);

    let after = queries::paper(&app.office, id).await.unwrap();
    assert_eq!((after.revision, after.inputs == before.inputs), (2, true));
    let document = &after.content.documents()[0];
    let text = document.lines().join("\n");
    assert!(text.contains("1.045 em học sinh tiểu học trong phường"), "{text}");
    assert_eq!(document.figures().count(), 1, "the number is still tied");
    let again = officer.get(listed.location()).await;
    assert!(again.status == 200 && again.body.contains("không còn khác"), "{}", again.body);
    let form = officer.get(&road(id, "sua")).await.body;
    assert!(form.contains("câu chữ nhận từ Word sẽ mất"), "{form}");
    let steps = signing::queries::steps(&app.office, id).await.unwrap();
    assert!(steps[0].step == "take_over" && steps[0].reason.contains("1 chỗ"), "{steps:?}");

    // From the leader's desk on, nothing comes in from Word.
    signing::operations::present(&app.office, &app.context(), id).await.unwrap();
    assert_eq!(officer.post(listed.location(), &[("revision", "2")]).await.status, 422);
    let late = send(&mut officer, id, "ban-word", ("ke-hoach.docx", &docx)).await;
    assert!(late.status == 422 && late.body.contains("ở chỗ lãnh đạo"), "{}", late.body);
}

#[tokio::test]
async fn a_number_changed_in_word_is_refused_with_its_place() {
    let app = TestApp::start().await;
    let id = plan_with_a_number(&app).await;
    let docx = bytes(&app, id, Bundle::Docx).await;
    let mut officer = app.sign_in_as(Role::Officer).await;
    let mut refused = async |name: &str, file: &[u8], words: &[&str]| {
        let answer = send(&mut officer, id, "ban-word", (name, file)).await;
        let is_told = words.iter().all(|word| answer.body.contains(word));
        assert!(answer.status == 422 && is_told, "{name}: {} {}", answer.status, answer.body);
    };
    refused("so.docx", &edited(&docx, "1.045", "1.054"), &["đoạn «Đánh giá kết quả của 1.045", "1.054"]).await;
    refused("ban.pdf", &bytes(&app, id, Bundle::Pdf).await, &["tệp Word (.docx)"]).await;
    let macros = with_part(&docx, "[Content_Types].xml", |xml| {
        xml.replace("wordprocessingml.document.main+xml", "ms-word.document.macroEnabled.main+xml")
            .replace("vnd.openxmlformats-officedocument.ms-word", "vnd.ms-word")
    });
    refused("macro.docx", &macros, &["macro"]).await;
    let linked = with_part(&docx, "word/_rels/document.xml.rels", |xml| {
        let link = "<Relationship Id=\"rId900\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/attachedTemplate\" Target=\"http://example.com/a.dotm\" TargetMode=\"External\"/></Relationships>";
        xml.replace("</Relationships>", link)
    });
    refused("lien-ket.docx", &linked, &["liên kết"]).await;
    assert!(signing::queries::word_files(&app.office, id).await.unwrap().is_empty());
}

/// The page that lists what an edited plan would change.
pub(crate) async fn list_of_edits(app: &TestApp, officer: &mut Client) -> Answer {
    let id = plan(app).await;
    let docx = bytes(app, id, Bundle::Docx).await;
    let file =
        with_part(&docx, "word/document.xml", |xml| xml.replace("Mục đích", "Mục tiêu").replace("Số:", "Số hiệu:"));
    let listed = send(officer, id, "ban-word", ("ke-hoach.docx", &file)).await;
    officer.get(listed.location()).await
}

/// The road and the public page of a paper whose signed file has come back twice, once with a time stamp.
pub(crate) async fn pages_with_a_signed_file(app: &TestApp, officer: &mut Client) -> [Answer; 2] {
    let id = plan(app).await;
    let code = signed(app, id).await;
    let authority = Authority::new("Tổ chức chứng thực thử nghiệm");
    let once = signer::signed(&bytes(app, id, Bundle::Pdf).await, &authority.person(SIGNER));
    let stamped = signer::stamped(&once, &authority.person_between("Dấu thời gian", 2020, 2021));
    for file in [&once, &stamped] {
        assert_eq!(send(officer, id, "ban-ky", ("ky.pdf", file)).await.status, 303);
    }
    [officer.get(&road(id, "duyet")).await, officer.get(&format!("/kiem-tra/{code}")).await]
}

/// A summary report whose places are all written.
async fn ready_report(app: &TestApp) -> NewPaper {
    app.approve(SCHOOL, "02-TH-DN", "2025-2026-DN", 1, &[("pri_pupil_count", 1045.0)]).await;
    let key =
        tongket::reports::queries::ReportKey { unit: WARD.to_owned(), year: YEAR.to_owned(), level: String::new() };
    let outline = tongket::reports::desk::outline(&app.office, &app.context(), &key).await.unwrap();
    for place in outline.places {
        let words = "Nội dung minh hoạ.";
        tongket::reports::writing::write_text(&app.office, &app.context(), &key, &place.code, words).await.unwrap();
    }
    let inputs = [("sign_capacity", "head"), ("sign_name", SIGNER)];
    let inputs = inputs.map(|(name, value)| (name.to_owned(), value.to_owned())).into();
    NewPaper { unit: WARD.to_owned(), year: YEAR.to_owned(), kind: SUMMARY_REPORT.to_owned(), inputs }
}

#[tokio::test]
async fn the_summary_report_goes_the_road_of_papers() {
    let app = TestApp::start().await;
    let new = ready_report(&app).await;
    let mut officer = app.sign_in_as(Role::Officer).await;
    let report = officer.get(&format!("/bao-cao/{YEAR}")).await.body;
    let form = format!("/van-kien/{YEAR}/moi/{SUMMARY_REPORT}");
    assert!(report.contains(&form), "{report}");
    assert!(officer.get(&format!("{form}?cap=primary")).await.body.contains("value=\"primary\" selected"));
    let fields = [("sign_capacity", "head"), ("sign_name", SIGNER)];
    let made = officer.post(&form, &fields).await;
    assert_eq!(made.status, 303, "{}", made.body);
    let id: i64 = made.location().rsplit('/').next().unwrap().parse().unwrap();
    assert_eq!(officer.get(made.location()).await.status, 200);
    let second = officer.post(&form, &fields).await;
    assert!(second.status == 422 && second.body.contains("đã được đưa vào trình ký"), "{}", second.body);
    let drafted = operations::create_draft(&app.office, &app.context(), &new).await;
    assert!(format!("{drafted:?}").contains("already_adopted"), "{drafted:?}");
    assert!(officer.get(&format!("/bao-cao/{YEAR}")).await.body.contains("Văn bản trình ký của báo cáo này"));
    let wording = officer.get(&format!("/van-kien/{YEAR}/mau/{SUMMARY_REPORT}")).await;
    assert_eq!(wording.status, 404, "its words are no template");

    // A figure that changes while the leader reads is told before the signature.
    signing::operations::present(&app.office, &app.context(), id).await.unwrap();
    let mut leader = app.sign_in_as(Role::Leader).await;
    let told = async |leader: &mut Client| leader.get(&road(id, "duyet")).await.body.contains("Số liệu đã thay đổi");
    assert!(!told(&mut leader).await);
    app.approve(SCHOOL, "02-TH-DN", "2025-2026-DN", 2, &[("pri_pupil_count", 1100.0)]).await;
    assert!(told(&mut leader).await);

    let code = signed_as_is(&app, id).await;
    let paper = queries::paper(&app.office, id).await.unwrap();
    let PaperContent::Documents(documents) = &paper.content else { panic!("{:?}", paper.content) };
    assert_eq!(documents[0].number_line(), "Số: 01/BC-UBND");
    assert_eq!(documents[0].signature.name, SIGNER);
    assert!(documents[0].figures().count() > 0);
    let frozen = signing::queries::frozen(&app.office, id).await.unwrap();
    assert!(frozen.sources.contains("02-TH-DN"), "{}", frozen.sources);
    assert!(app.anonymous().get(&format!("/kiem-tra/{code}")).await.body.contains("Báo cáo tổng kết"));
    assert_eq!(documents::layout::check(&bytes(&app, id, Bundle::Pdf).await).unwrap().findings, []);
    let register = officer.get("/van-ban").await.body;
    assert!(register.contains("01/BC-UBND"), "{register}");
}

/// Approves and signs a paper that lies with the leader.
async fn signed_as_is(app: &TestApp, id: i64) -> String {
    let context = app.context();
    signing::operations::approve(&app.office, &context, id).await.unwrap();
    let terms = signing::SigningTerms {
        signed_on: jiff::civil::date(2026, 6, 21),
        outside_number: None,
        in_spite_of_warnings: "đã đối chiếu".to_owned(),
        out_of_order: String::new(),
    };
    signing::operations::sign(&app.office, &context, id, &terms).await.unwrap();
    signing::queries::frozen(&app.office, id).await.unwrap().check_code
}
