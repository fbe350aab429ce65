//! Changes of the organisation through the pages: previewed, refused with the field, carried out, taken back.

use tongket::{
    identity::Role,
    organisation::queries,
    school_year::queries::{Scope, schools_by_levels},
};

use crate::kit::{Answer, Client, OTHER_SCHOOL, SCHOOL, TestApp, WARD};

/// An office whose officer keeps the whole province, with a second ward.
async fn province() -> (TestApp, Client) {
    let app = TestApp::start().await;
    app.add_account("province", Role::Officer, "N01").await;
    let mut client = app.sign_in("province").await;
    let ward = [("on", "2025-07-01"), ("code", "N00999"), ("name", "Phường Bồ Đề"), ("kind", "commune")];
    deed(&mut client, "/don-vi/N01/thay-doi/lap-moi", &ward).await;
    (app, client)
}

/// Previews a change, then carries it out; the preview.
async fn deed(client: &mut Client, path: &str, fields: &[(&str, &str)]) -> Answer {
    let shown = with_step(client, path, fields, "preview").await;
    assert_eq!(shown.status, 200, "{path}: {}", shown.body);
    let done = with_step(client, path, fields, "confirm").await;
    assert_eq!(done.status, 303, "{path}: {}", done.body);
    shown
}

async fn with_step(client: &mut Client, path: &str, fields: &[(&str, &str)], step: &str) -> Answer {
    client.get(path).await;
    let fields: Vec<(&str, &str)> = fields.iter().copied().chain([("step", step)]).collect();
    client.post(path, &fields).await
}

/// The refusal of a change: 422, with this text, and the name typed still in the form.
async fn refused(client: &mut Client, path: &str, fields: &[(&str, &str)], text: &str) -> Answer {
    let answer = with_step(client, path, fields, "confirm").await;
    assert_eq!(answer.status, 422, "{path}: {}", answer.body);
    assert!(answer.body.contains(text), "no «{text}» in {}", answer.body);
    answer
}

#[tokio::test]
async fn every_form_is_drawn_in_both_languages() {
    let app = TestApp::start().await;
    let mut client = app.sign_in_as(Role::Officer).await;
    for language in ["vi", "en"] {
        client.get(&format!("/ngon-ngu/{language}?next=%2F")).await;
        for change in ["", "/lap-moi", "/doi-ten", "/chuyen", "/sap-nhap", "/chia-tach", "/giai-the", "/truong"] {
            let answer = client.get(&format!("/don-vi/{SCHOOL}/thay-doi{change}")).await;
            assert_eq!(answer.status, 200, "{change}: {}", answer.body);
            assert!(answer.body.len() < 30_000, "{change}: {} bytes", answer.body.len());
        }
        for page in ["/don-vi/nap-danh-sach".to_owned(), format!("/don-vi/{WARD}/chuc-vu")] {
            assert_eq!(client.get(&page).await.status, 200, "{page}");
        }
    }
    assert_eq!(client.get(&format!("/don-vi/{WARD}/thay-doi/truong")).await.status, 404, "a ward is no school");
    assert_eq!(client.get(&format!("/don-vi/{WARD}/thay-doi/xoa")).await.status, 404);
    assert_eq!(client.get("/don-vi/X1/thay-doi").await.status, 404);
    assert_eq!(client.get("/don-vi/N01/thay-doi").await.status, 403, "the ward's officer does not keep the province");
}

#[tokio::test]
async fn a_school_is_renamed_from_a_day_and_the_change_taken_back() {
    let app = TestApp::start().await;
    let mut client = app.sign_in_as(Role::Officer).await;
    let path = format!("/don-vi/{SCHOOL}/thay-doi/doi-ten");
    let fields = [("on", "2026-07-01"), ("name", "Trường Tiểu học Hoa Mai"), ("basis", "Quyết định 12/QĐ-UBND")];
    let shown = with_step(&mut client, &path, &fields, "preview").await;
    assert!(shown.body.contains("trước đây: Trường Tiểu học Hoa Sữa"), "{}", shown.body);
    assert_eq!(app.audit_count("organisation.rename").await, 0, "a preview stores nothing");
    let again = with_step(&mut client, &path, &fields, "edit").await;
    assert!(again.status == 200 && again.body.contains("value=\"Trường Tiểu học Hoa Mai\""), "{}", again.body);
    deed(&mut client, &path, &fields).await;
    let page = client.get(&format!("/don-vi/{SCHOOL}?ngay=2026-07-01")).await.body;
    assert!(page.contains("<h1>Trường Tiểu học Hoa Mai</h1>") && page.contains("Quyết định 12/QĐ-UBND"), "{page}");
    let page = client.get(&format!("/don-vi/{SCHOOL}?ngay=30/6/2026")).await.body;
    assert!(page.contains("<h1>Trường Tiểu học Hoa Sữa</h1>"), "{page}");
    assert_eq!(client.get(&format!("/don-vi/{SCHOOL}?ngay=hôm+qua")).await.status, 422);

    let blank = refused(&mut client, &path, &[("on", "hôm nào"), ("name", "Tên gì đó")], "Hãy ghi ngày bắt đầu").await;
    assert!(blank.body.contains("value=\"Tên gì đó\"") && blank.body.contains("href=\"#on\""), "{}", blank.body);
    refused(&mut client, &path, &[("on", "2026-01-01"), ("name", "Trường Khác")], "hãy hủy lần đó trước").await;

    let changes = queries::changes_of(&app.office, SCHOOL).await.unwrap();
    let number = changes[0].id.to_string();
    client.get(&format!("/don-vi/{SCHOOL}/thay-doi")).await;
    assert_eq!(client.post(&format!("/don-vi/{SCHOOL}/thay-doi"), &[("number", &number)]).await.status, 303);
    let unit = app.office.registry().await.unwrap().unit(SCHOOL).unwrap().clone();
    assert_eq!((unit.names.len(), unit.latest_name()), (1, "Trường Tiểu học Hoa Sữa"));
    assert_eq!(client.post(&format!("/don-vi/{SCHOOL}/thay-doi"), &[("number", &number)]).await.status, 422);
    assert_eq!((app.audit_count("organisation.rename").await, app.audit_count("organisation.undo").await), (1, 1));
    let mend = [("on", "2026-06-21"), ("name", "Trường Tiểu học Hoa Sửa"), ("how", "correct")];
    deed(&mut client, &path, &mend).await;
    assert_eq!(app.office.registry().await.unwrap().unit(SCHOOL).unwrap().names.len(), 1);
}

#[tokio::test]
async fn a_school_moves_between_wards_but_not_into_a_circle_or_a_foreign_office() {
    let (app, mut client) = province().await;
    let path = format!("/don-vi/{SCHOOL}/thay-doi/chuyen");
    let fields = [("on", "2026-07-01"), ("line", "management"), ("parent", "N00999")];
    let shown = deed(&mut client, &path, &fields).await;
    assert!(shown.body.contains("Phường Long Biên → Phường Bồ Đề"), "{}", shown.body);
    let page = client.get(&format!("/don-vi/{SCHOOL}?ngay=2026-06-30")).await.body;
    assert!(page.contains(&format!("<a href=\"/don-vi/{WARD}\"><b>Phường Long Biên</b></a>")), "{page}");
    let page = client.get(&format!("/don-vi/{SCHOOL}?ngay=2026-07-01")).await.body;
    assert!(page.contains("<a href=\"/don-vi/N00999\"><b>Phường Bồ Đề</b></a>"), "{page}");

    let other = format!("/don-vi/{OTHER_SCHOOL}/thay-doi/chuyen");
    let to = |parent| [("on", "2026-07-01"), ("line", "management"), ("parent", parent)];
    refused(&mut client, &other, &to("X1"), "Không có đơn vị cấp trên mang mã X1").await;
    refused(
        &mut client,
        &other,
        &[("on", "2025-01-01"), ("line", "management"), ("parent", "N00999")],
        "tồn tại từ 01/07/2025",
    )
    .await;
    let ward = format!("/don-vi/{WARD}/thay-doi/chuyen");
    refused(&mut client, &ward, &to(OTHER_SCHOOL), "nằm dưới").await;
    let mut officer = app.sign_in_as(Role::Officer).await;
    refused(&mut officer, &other, &to("N00999"), "Bạn chưa được giao quyền").await;
    assert_eq!(app.audit_count("organisation.move").await, 1);
}

#[tokio::test]
async fn schools_merge_into_a_new_one_and_posts_end_with_them() {
    let app = TestApp::start().await;
    let mut client = app.sign_in_as(Role::Officer).await;
    let people = format!("/don-vi/{SCHOOL}/chuc-vu");
    client.get(&people).await;
    let head = [("verb", "appoint"), ("post", "usual:1"), ("person", "Trần Thị Mơ"), ("from", "2024-08-01")];
    assert_eq!(client.post(&people, &head).await.status, 303);
    let path = format!("/don-vi/{SCHOOL}/thay-doi/sap-nhap");
    let into = |others| {
        [
            ("on", "2026-07-01"),
            ("how", "into_new"),
            ("others", others),
            ("code", "90000009"),
            ("name", "Trường TH&THCS Sao Mai"),
            ("parent", WARD),
        ]
    };
    refused(&mut client, &path, &into(""), "Sáp nhập cần ít nhất 2 đơn vị").await;
    refused(&mut client, &path, &into(SCHOOL), "được ghi hai lần").await;
    deed(&mut client, &path, &into(OTHER_SCHOOL)).await;
    let registry = app.office.registry().await.unwrap();
    let levels: Vec<&str> = registry
        .unit("90000009")
        .unwrap()
        .school
        .iter()
        .flat_map(|school| &school.levels)
        .map(|level| level.as_str())
        .collect();
    assert_eq!(levels, ["primary", "lower_secondary"]);
    let origins = registry.predecessors("90000009").count();
    assert_eq!(
        (origins, registry.unit(SCHOOL).unwrap().validity.to.unwrap().to_string()),
        (2, "2026-06-30".to_owned())
    );
    let ended = queries::holders_before(&app.office, SCHOOL, "2026-07-01".parse().unwrap()).await.unwrap();
    assert_eq!(
        (ended.len(), ended[0].to.unwrap().to_string()),
        (1, "2026-06-30".to_owned()),
        "her term ended with the school"
    );
    let page = client.get("/don-vi/90000009").await.body;
    assert!(page.contains("Kế thừa từ") && page.contains("Trường THCS Bồ Câu"), "{page}");
    let late = format!("/don-vi/{OTHER_SCHOOL}/thay-doi/sap-nhap");
    refused(
        &mut client,
        &late,
        &[("on", "2027-01-01"), ("how", "into_other"), ("into", "90000009")],
        "không thể thay đổi từ ngày",
    )
    .await;
}

#[tokio::test]
async fn a_ward_is_split_with_shares_and_its_schools_placed() {
    let (app, mut client) = province().await;
    let path = format!("/don-vi/{WARD}/thay-doi/chia-tach");
    let fields = |shares: [&'static str; 2], rest: &'static str| {
        vec![
            ("on", "2026-07-01"),
            ("part_code", "N01001"),
            ("part_name", "Phường Long Biên Đông"),
            ("part_share", shares[0]),
            ("part_code", "N01002"),
            ("part_name", "Phường Long Biên Tây"),
            ("part_share", shares[1]),
            ("main", "0"),
            ("child", SCHOOL),
            ("heir", "N01002"),
            ("child", OTHER_SCHOOL),
            ("heir", ""),
            ("rest_to_main", rest),
        ]
    };
    let bad = refused(&mut client, &path, &fields(["0,7", "0,2"], "yes"), "Tổng tỉ lệ").await;
    assert!(bad.body.contains("value=\"Phường Long Biên Tây\"") && bad.body.contains("0,9"), "{}", bad.body);
    refused(&mut client, &path, &fields(["0,7", "bảy phần"], "yes"), "bảy phần").await;
    refused(&mut client, &path, &fields(["70%", "30%"], ""), "về đơn vị kế thừa nào").await;
    let more = with_step(&mut client, &path, &fields(["70%", "30%"], "yes"), "more").await;
    assert_eq!((more.status, more.body.matches("name=\"part_code\"").count()), (200, 3));
    let shown = deed(&mut client, &path, &fields(["70%", "30%"], "yes")).await;
    assert!(
        shown.body.contains("tỉ lệ 0,7") && shown.body.contains("Phường Long Biên → Phường Long Biên Tây"),
        "{}",
        shown.body
    );
    let registry = app.office.registry().await.unwrap();
    let day = "2026-07-01".parse().unwrap();
    let parent = |code| registry.parent_on(code, domain::organisation::Line::Management, day).unwrap().code.0.clone();
    assert_eq!((parent(SCHOOL), parent(OTHER_SCHOOL)), ("N01002".to_owned(), "N01001".to_owned()));
    assert_eq!(registry.heirs_on(WARD, day)[0].share.unwrap().to_string(), "0.7");
    assert_eq!(client.get(&format!("/don-vi/{WARD}?ngay=2026-07-01")).await.status, 200, "a day on which it is gone");
}

#[tokio::test]
async fn a_unit_is_dissolved_only_when_nothing_hangs_on_it() {
    let (app, mut client) = province().await;
    let ward = format!("/don-vi/{WARD}/thay-doi/giai-the");
    refused(&mut client, &ward, &[("on", "2026-07-01")], "còn trực thuộc").await;
    let into = [("on", "2026-07-01"), ("part_code", "N00999"), ("part_name", ""), ("part_share", ""), ("main", "0")];
    deed(&mut client, &ward, &into).await;
    let school = format!("/don-vi/{SCHOOL}/thay-doi/giai-the");
    deed(&mut client, &school, &[("on", "2027-06-01")]).await;
    let registry = app.office.registry().await.unwrap();
    assert_eq!(registry.unit(SCHOOL).unwrap().validity.to.unwrap().to_string(), "2027-05-31");
    assert_eq!(app.audit_count("organisation.dissolve").await, 2);
    for scope in [Scope::Everything, Scope::Beneath("N00999")] {
        let last_day = school_count(&app, scope, "2027-05-31").await;
        assert_eq!(
            last_day,
            school_count(&app, scope, "2027-06-01").await + 1,
            "a unit counts on its last day: {scope:?}"
        );
    }
    let child =
        [("on", "2026-08-01"), ("code", "90000010"), ("name", "Trường Mới"), ("kind", "school"), ("levels", "primary")];
    refused(&mut client, &format!("/don-vi/{WARD}/thay-doi/lap-moi"), &child, "tồn tại đến 30/06/2026").await;
}

async fn school_count(app: &TestApp, scope: Scope<'_>, day: &str) -> i64 {
    let by_levels = schools_by_levels(&app.office, scope, day).await.unwrap();
    by_levels.iter().map(|(_, count)| count).sum()
}

#[tokio::test]
async fn units_of_any_kind_are_created_and_schools_described() {
    let app = TestApp::start().await;
    let mut client = app.sign_in_as(Role::Officer).await;
    let path = format!("/don-vi/{WARD}/thay-doi/lap-moi");
    let division = [
        ("on", "2025-07-01"),
        ("code", "N00145-VHXH"),
        ("name", "Phòng Văn hóa - Xã hội"),
        ("kind", "commune_culture_social_division"),
    ];
    deed(&mut client, &path, &division).await;
    let team = [("on", "2025-07-01"), ("code", "N00145-VHXH-GD"), ("name", "Tổ Giáo dục"), ("kind", "team")];
    deed(&mut client, "/don-vi/N00145-VHXH/thay-doi/lap-moi", &team).await;
    refused(&mut client, &path, &division, "đã dùng cho một đơn vị khác").await;
    let school = [("on", "2026-08-01"), ("code", "mã trường"), ("name", ""), ("kind", "school")];
    let answer = refused(&mut client, &path, &school, "ít nhất một cấp học").await;
    assert!(answer.body.contains("value=\"mã trường\""), "{}", answer.body);
    let school = [
        ("on", "2026-08-01"),
        ("code", "90000011"),
        ("name", "Trường Mầm non Sao Mai"),
        ("kind", "school"),
        ("levels", "preschool"),
        ("ownership", "private"),
        ("site", "Thôn Hạ\nThôn Thượng"),
    ];
    deed(&mut client, &path, &school).await;

    let facts = "/don-vi/90000011/thay-doi/truong";
    client.get(facts).await;
    let edit = [
        ("how", "facts"),
        ("on", "2026-08-01"),
        ("levels", "preschool"),
        ("levels", "primary"),
        ("ownership", "public"),
    ];
    assert_eq!(client.post(facts, &edit).await.status, 303);
    client.get(facts).await;
    assert_eq!(client.post(facts, &[("how", "facts"), ("on", "2026-08-01")]).await.status, 422, "no level");
    client.get(facts).await;
    assert_eq!(client.post(facts, &[("how", "close"), ("on", "2027-01-01"), ("site", "Thôn Hạ")]).await.status, 303);
    client.get(facts).await;
    assert_eq!(client.post(facts, &[("how", "open"), ("on", "2026-09-01"), ("site", "thôn thượng")]).await.status, 422);
    let unit = app.office.registry().await.unwrap().unit("90000011").unwrap().clone();
    let school = unit.school.unwrap();
    let ends: Vec<bool> = school.sites.iter().map(|site| site.validity.to.is_some()).collect();
    assert_eq!((school.levels.len(), ends), (2, vec![true, false]));
    for verb in ["describe_school", "close_site"] {
        assert_eq!(app.audit_count(&format!("organisation.{verb}")).await, 1, "{verb}");
    }
}
