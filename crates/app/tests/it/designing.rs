//! A criteria set designed on its form: parts come and go, faults stand at their place, tried, saved; text and form are one.

use tongket::identity::Role;

use crate::kit::{Client, TestApp, YEAR};

fn address() -> String {
    format!("/danh-gia/{YEAR}/bo-rieng/thiet-ke")
}

/// The set that a page of the designer carries.
fn carried(page: &str) -> String {
    let (_, rest) = page.split_once("<textarea name=\"text\" hidden>").expect("the set stands on the page");
    let (text, _) = rest.split_once("</textarea>").unwrap();
    let marks = [("&lt;", "<"), ("&amp;", "&")];
    marks.iter().fold(text.to_owned(), |text, (escaped, letter)| text.replace(escaped, letter))
}

/// Presses a button of the designer on an open part with these values typed; status and page.
async fn press(client: &mut Client, page: &str, part: &str, typed: &[(&str, &str)], verb: &str) -> (u16, String) {
    let (text, names) = (carried(page), typed.iter().map(|(name, _)| *name).collect::<Vec<_>>().join(","));
    let fields: Vec<(String, &str)> = typed.iter().map(|(name, value)| (format!("v.{name}"), *value)).collect();
    let mut form: Vec<(&str, &str)> =
        vec![("text", &text), ("part", part), ("shown", &names), ("verb", verb), ("trial_year", YEAR)];
    if page.contains("name=\"is_new\"") {
        form.push(("is_new", "true"));
    }
    form.extend(fields.iter().map(|(name, value)| (name.as_str(), *value)));
    let reply = client.post(&address(), &form).await;
    (reply.status, reply.body)
}

#[tokio::test]
async fn a_set_is_designed_part_by_part_and_its_faults_stand_at_their_place() {
    let app = TestApp::start().await;
    let mut officer = app.sign_in_as(Role::Officer).await;
    let page = officer.get(&format!("{}?tu=khoi-tieu-hoc", address())).await.body;
    assert!(page.contains("Bộ tiêu chí không có lỗi") && page.len() < 30 * 1024, "{} bytes: {page}", page.len());
    let (status, page) = press(&mut officer, &page, "set", &[], "add:criteria.0").await;
    assert!(status == 200 && page.contains("điểm chuẩn bằng 0"), "a criterion without points: {page}");
    let typed = [("vi", "Đọc sách"), ("en", "Reading"), ("max", "2,5"), ("kind", "indicator"), ("rule", "linear")];
    let part = part_of(&page, "tieu_chi_1");
    let (_, page) = press(&mut officer, &page, &part, &typed, "keep").await;
    assert!(page.contains("v.indicator") && page.contains("v.linear"), "the fields of this way of scoring: {page}");
    let typed = [("indicator", "pri_completed_rate"), ("rule", "linear"), ("linear", "80..100,0")];
    let (_, page) = press(&mut officer, &page, &part, &typed, "keep").await;
    assert!(page.contains("cộng lại được 44,5"), "the sum is told: {page}");
    let (status, refused) = press(&mut officer, &page, &part, &[("code", "excellent")], "keep").await;
    assert!(status == 422 && refused.contains("đã có phần khác dùng"), "a grade has this code: {refused}");
    let (status, page_with_faults) = press(&mut officer, &page, "set", &[], "save").await;
    assert_eq!(status, 422, "a set with faults is not saved");
    assert!(page_with_faults.contains("tieu_chi_1"), "nothing typed is lost");
    let (_, page) = press(&mut officer, &page, "set", &[], &format!("remove:{part}")).await;
    assert!(page.contains("Bộ tiêu chí không có lỗi"), "{page}");
    let (status, tried) = press(&mut officer, &page, "set", &[], "try").await;
    assert!(status == 200 && tried.contains("Hoa Sữa") && tried.contains("<meter"), "{tried}");
    let (status, _) =
        press(&mut officer, &page, "set", &[("code", "bo-phuong"), ("vi", "Bộ của phường")], "save").await;
    assert_eq!(status, 303);
    let list = officer.get(&format!("/danh-gia/{YEAR}/bo-rieng")).await.body;
    assert!(list.contains("bo-phuong"), "{list}");
}

/// The word of the part with this code: its place among the lines of its table in the text.
fn part_of(page: &str, code: &str) -> String {
    let text = carried(page);
    let (mut field, mut criterion, mut is_inside) = (0_usize, 0_usize, false);
    for line in text.lines() {
        match line {
            "[[field]]" => (field, criterion, is_inside) = (field + 1, 0, false),
            "[field.criteria]" => is_inside = true,
            line if is_inside && line.starts_with(&format!("{code} = ")) => break,
            line if is_inside && line.contains(" = {") => criterion += 1,
            _ => {}
        }
    }
    format!("f{}.c{criterion}", field - 1)
}

#[tokio::test]
async fn a_new_set_begins_empty_and_says_what_it_lacks_when_asked() {
    let app = TestApp::start().await;
    let mut officer = app.sign_in_as(Role::Officer).await;
    let page = officer.get(&address()).await.body;
    let field = |name: &str| page.find(&format!("name=\"v.{name}\"")).unwrap();
    assert!(field("vi") < field("levels") && field("levels") < field("max") && field("max") < field("code"), "{page}");
    let typed = [("vi", "Bộ mới"), ("levels", "primary")];
    let (_, added) = press(&mut officer, &page, "set", &typed, "add:fields").await;
    for page in [&page, &added] {
        assert!(
            page.contains("Đặt tên bộ") && !page.contains("class=\"faults\"") && !page.contains("✕"),
            "nothing is wrong yet: {page}"
        );
    }
    let (_, checked) = press(&mut officer, &added, "f0", &[("vi", "Kết quả")], "check").await;
    for told in
        ["Thông tin chung của bộ: chưa điền ô «Tên tiếng Anh»", "Lĩnh vực «Kết quả»: chưa điền ô «Tên tiếng Anh»"]
    {
        assert!(checked.contains(told), "{told}: {checked}");
    }
    assert!(!checked.contains("trường «"), "no names of the data format: {checked}");
    let (status, _) = press(&mut officer, &page, "set", &[], "save").await;
    assert_eq!(status, 422, "what lacks everything is not saved");
}

#[tokio::test]
async fn text_and_form_take_over_from_each_other_with_every_remark() {
    let app = TestApp::start().await;
    let mut officer = app.sign_in_as(Role::Officer).await;
    let page = officer.get(&format!("{}?tu=khoi-tieu-hoc", address())).await.body;
    assert!(carried(&page).starts_with("# Bộ tiêu chí khởi đầu"), "the remark of the shipped set: {page}");
    let (_, page) = press(&mut officer, &page, "f0", &[("#", "Theo kết luận\nngày 5/8")], "keep").await;
    assert!(carried(&page).contains("# Theo kết luận\n# ngày 5/8\n[[field]]"), "{}", carried(&page));
    let page = officer.get(&address()).await.body;
    let (_, page) = press(&mut officer, &page, "set", &[("vi", "Bộ \"mới\"")], "add:fields").await;
    let (status, editor) = press(&mut officer, &page, "f0", &[("vi", "Kết quả")], "text").await;
    assert!(status == 200 && editor.contains("<textarea") && editor.contains("Kết quả"), "{editor}");
    let broken = [("verb", "open:set"), ("text", "code = \"a")];
    let reply = officer.post(&address(), &broken).await;
    assert!(reply.status == 422 && reply.body.contains("<b>dòng 1</b>"), "no TOML at all: {}", reply.body);
    assert!(reply.body.contains("code = &quot;a"), "what was typed stays");
    let unknown = [("verb", "fly"), ("text", "code = \"a\"")];
    assert_eq!(officer.post(&address(), &unknown).await.status, 422);
    assert_eq!(app.sign_in_as(Role::Clerk).await.get(&address()).await.status, 403);
}
