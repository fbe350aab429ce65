//! A list of schools through the page: tried, refused whole with its rows, taken.

use tongket::identity::Role;

use crate::kit::{SCHOOL, TestApp, WARD};

const PAGE: &str = "/don-vi/nap-danh-sach";

#[tokio::test]
async fn a_list_is_tried_then_taken_and_a_bad_one_refused_whole() {
    let app = TestApp::start().await;
    let mut client = app.sign_in_as(Role::Officer).await;
    client.get(PAGE).await;
    let list = "Mã trường,Tên trường,Cấp học,Loại hình\n90000021,Trường Mầm non Một,MN,Công lập\n90000022,Trường THCS Hai,THCS,Tư thục\n";
    let fields = [("parent", WARD), ("professional_parent", ""), ("step", "try")];
    let tried = client.upload(PAGE, &fields, &[("file", "truong.csv", list.as_bytes())]).await;
    assert!(tried.status == 200 && tried.body.contains("2 trường mới"), "{}", tried.body);
    assert!(app.office.registry().await.unwrap().unit("90000021").is_none(), "a trial stores nothing");

    let bad = format!("{list}90000023,,MN,\n90000024,Trường Bốn,đại học,\n{SCHOOL},Tên Khác,TH,\n");
    let take = [("parent", WARD), ("professional_parent", ""), ("step", "take")];
    let refused = client.upload(PAGE, &take, &[("file", "truong.csv", bad.as_bytes())]).await;
    assert_eq!(refused.status, 422);
    for text in ["dòng 4", "dòng 5", "đại học"] {
        assert!(refused.body.contains(text), "no {text}: {}", refused.body);
    }
    let rewritten = format!("{list}{SCHOOL},Tên Khác,TH,\n");
    let refused = client.upload(PAGE, &take, &[("file", "truong.csv", rewritten.as_bytes())]).await;
    assert!(refused.status == 422 && refused.body.contains("dòng 4"), "{}", refused.body);
    assert!(app.office.registry().await.unwrap().unit("90000021").is_none(), "nothing is half taken");

    let taken = client.upload(PAGE, &take, &[("file", "truong.csv", list.as_bytes())]).await;
    assert!(taken.status == 200 && taken.body.contains("Đã nạp truong.csv"), "{}", taken.body);
    assert_eq!(client.get("/don-vi/90000022").await.status, 200);
    assert_eq!(app.audit_count("organisation.import").await, 1);
    for broken in [&b"\x00\x01\xff\xfe"[..], b"", b"PK\x03\x04 no zip"] {
        let answer = client.upload(PAGE, &take, &[("file", "truong.xlsx", broken)]).await;
        assert_eq!(answer.status, 422, "{broken:?}: {}", answer.body);
    }
    let elsewhere = [("parent", "N01"), ("step", "take")];
    let foreign = list.replace("9000002", "9000003");
    let refused = client.upload(PAGE, &elsewhere, &[("file", "truong.csv", foreign.as_bytes())]).await;
    assert!(refused.status == 422 && refused.body.contains("chưa được giao quyền"), "{}", refused.body);
}
