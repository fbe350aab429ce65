//! A draft is its school's own: who judges sees what was sent; what cannot be read yet is kept; what was done is said once.

use crate::kit::between;
use crate::submissions::{FORM, PERIOD, SCHOOL, noughts, post, ward};

fn path() -> String {
    format!("/bieu/{PERIOD}/{FORM}/{SCHOOL}")
}

#[tokio::test]
async fn an_unsent_draft_is_shown_to_those_who_fill_and_to_nobody_else() {
    let app = ward(1).await;
    let mut principal = app.sign_in("principal").await;
    principal.get(&path()).await;
    assert_eq!(post(&mut principal, &path(), &noughts(&app, "0"), "submit").await.status, 303);
    principal.get(&path()).await;
    let saved = post(&mut principal, &path(), &[("c0".into(), "731".into())], "save").await;
    assert_eq!(saved.status, 303, "{}", saved.body);
    let own = principal.get(&path()).await.body;
    assert!(own.contains("value=\"731\"") && own.contains("bản nháp chưa gửi"), "{own}");

    let mut officer = app.sign_in("officer").await;
    let judged = officer.get(&path()).await.body;
    assert!(judged.contains("<b id=\"t0\">0</b>") && !judged.contains(">731<"), "what was sent: {judged}");
    assert!(judged.contains("bản nháp chưa gửi"), "at most a note of it");
    let asked = officer.get(&format!("{}?nhap=1", path())).await.body;
    assert!(asked.contains("value=\"731\""), "who fills for the school goes on from its draft");
    officer.get(&path()).await;
    let approved = officer.post(&path(), &[("verb", "approve"), ("reason", "Đã đối chiếu")]).await;
    assert_eq!(approved.status, 303, "{}", approved.body);
    for reader in [&mut officer, &mut principal] {
        let after = reader.get(&path()).await.body;
        assert!(after.contains("<b id=\"t0\">0</b>") && !after.contains(">731<"), "what was approved: {after}");
    }
}

#[tokio::test]
async fn an_unreadable_cell_is_told_with_all_other_problems_and_stays_as_it_was_typed() {
    let app = ward(1).await;
    let mut principal = app.sign_in("principal").await;
    principal.get(&path()).await;
    let sent = post(&mut principal, &path(), &[("c0".into(), "41x".into())], "submit").await;
    assert_eq!(sent.status, 422);
    let list = between(&sent.body, "class=\"faults\"", "</section>").unwrap();
    assert!(
        list.matches("<li>").count() > 1,
        "the empty cells are named at once with the unreadable one: {}",
        sent.body
    );
    let kept = principal.get(&path()).await.body;
    assert!(kept.contains("value=\"41x\""), "a draft that is said to be kept is kept: {kept}");
    assert_eq!(post(&mut principal, &path(), &[("c0".into(), "41".into())], "save").await.status, 303);
    let mended = principal.get(&path()).await.body;
    assert!(mended.contains("value=\"41\"") && !mended.contains("41x"), "{mended}");
}

#[tokio::test]
async fn an_unreadable_cell_of_one_part_does_not_hold_up_another() {
    let app = ward(1).await;
    let mut principal = app.sign_in("principal").await;
    let page = principal.get(&path()).await.body;
    assert!(page.contains("phan=1"), "a form of several parts: {page}");
    assert_eq!(post(&mut principal, &path(), &[("c0".into(), "41x".into())], "next").await.status, 422);
    let other = post(&mut principal, &path(), &[("phan".into(), "1".into())], "save").await;
    assert_eq!((other.status, other.location()), (303, format!("{}?phan=1", path()).as_str()), "{}", other.body);
    let saved = post(&mut principal, &format!("{}/nhap", path()), &[("phan".into(), "1".into())], "save").await;
    assert!(saved.status == 200 && !saved.body.contains("41x"), "{}", saved.body);
    let sent = post(&mut principal, &path(), &[("phan".into(), "1".into())], "submit").await;
    assert!(sent.status == 422 && sent.body.contains("41x"), "{}", sent.body);
}

#[tokio::test]
async fn what_was_done_on_the_board_is_said_on_the_page_that_follows() {
    let app = ward(2).await;
    let mut officer = app.sign_in("officer").await;
    let board = "/nam-hoc/2025-2026/so-lieu";
    officer.get(board).await;
    for (verb, word) in [("remind", "nhac-"), ("approve", "duyet-0-0")] {
        let done = officer.post(board, &[("period", PERIOD), ("verb", verb), ("unit", SCHOOL)]).await;
        assert!(done.location().contains(word), "{}", done.location());
        let page = officer.get(done.location()).await;
        assert_eq!(page.status, 200, "{verb}: {}", page.body);
        assert!(page.body.contains("class=\"said\""), "{verb}");
    }
    for (word, says) in [("duyet-9-2", true), ("duyet-9-0", true), ("nhac-0", true), ("nhac", false), ("x-y", false)] {
        let page = officer.get(&format!("{board}?ky={PERIOD}&xong={word}")).await;
        assert_eq!(page.status, 200, "{word}: {}", page.body);
        assert_eq!(page.body.contains("class=\"said\""), says, "{word}");
    }
}

#[tokio::test]
async fn too_much_is_told_with_the_limit_and_the_mend() {
    let app = ward(1).await;
    let mut principal = app.sign_in("principal").await;
    principal.get(&path()).await;
    let much = "1".repeat(3 << 20);
    let refused = principal.post(&path(), &[("c0", &much)]).await;
    assert_eq!(refused.status, 422);
    assert!(refused.body.contains("vượt mức 2 MB"), "{}", refused.body);
    principal.get("/nop-tep").await;
    let file = vec![b'x'; 80 << 20];
    let refused = principal.upload("/nop-tep", &[], &[("files", "to.xlsx", &file)]).await;
    assert!(refused.status == 422 && refused.body.contains("vượt mức"), "{} {}", refused.status, refused.body);
    assert!(!refused.body.contains("multipart"), "{}", refused.body);
}
