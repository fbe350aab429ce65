//! Articles that were published elsewhere: shown with their source, mended word by word, counted, taken whole or not at all,
//! decided on as they were seen; one of our own that is refused.

use serde_json::Value;
use tongket::{
    conference::operations::{
        self, New,
        article::{self, Kept, Words},
        found::{self, Found},
    },
    identity::Role,
    platform::{Error, Result},
};

use crate::{
    conference::{done, id_of, refused},
    conference_after::over,
    conference_seeds::enter,
    kit::{Client, TestApp, WARD, YEAR, between},
};

#[tokio::test]
async fn views_of_the_found_article_and_readings_here_are_told_apart() {
    let app = TestApp::start().await;
    let id = enter(&app, "ngo-quyen-2017", "2016-2017").await;
    let mut anybody = app.anonymous();
    let path = format!("/tin-tuc/{id}/bai-nguon");
    for here in [1, 2] {
        let page = anybody.get(&path).await.body;
        for words in [
            format!("Ngày đăng 08/09/2017 | 09:31 | Lượt xem: {} (4627 ở nơi đăng đầu, {here} tại đây)", 4627 + here),
            "Hoạt động ngành</a>".to_owned(),
            "Nguyễn Thị Thu Hương</b> – Phòng GD&amp;ĐT".to_owned(),
            "trang tin của quận".to_owned(),
            "phát biểu chỉ đạo hội nghị <small".to_owned(),
        ] {
            assert!(page.contains(&words), "{words}: {page}");
        }
    }
    assert!(anybody.get("/tin-tuc").await.body.contains(&path));
    let mut editor = app.sign_in_as(Role::Editor).await;
    let desk = format!("/hoi-nghi/{id}/bai-nguon");
    let shown = editor.get(&desk).await.body;
    let seen = between(&shown, "name=\"revision\" value=\"", "\"").unwrap().to_owned();
    let place = found::kept(&app.office, id)
        .await
        .unwrap()
        .unwrap()
        .article
        .slips
        .iter()
        .position(|slip| slip.found == "đạt đc");
    let mended =
        editor.post(&desk, &[("verb", "mend"), ("revision", &seen), ("place", &place.unwrap().to_string())]).await;
    assert_eq!(mended.status, 303, "{}", mended.body);
    let page = anybody.get(&path).await.body;
    let (text, original) = page.split_once("<pre").unwrap();
    assert!(text.contains("nguyên nhân đạt được") && !text.contains("đạt đc") && original.contains("đạt đc"), "{page}");
    let again = [("verb", "take"), ("revision", "2"), ("text", "Bài khác."), ("source", "báo")];
    assert_eq!(editor.post(&desk, &again).await.status, 422, "while it is public it is not replaced");
    assert_eq!(editor.post(&desk, &[("verb", "hide")]).await.status, 303);
    assert_eq!(anybody.get(&path).await.status, 404);
    assert_eq!(editor.post(&desk, &again).await.status, 303);
    assert_eq!(found::kept(&app.office, id).await.unwrap().unwrap().view_count, 0, "nobody has read the other one");
    assert_eq!(app.audit_count("conference.take_article").await, 2);
}

#[tokio::test]
async fn articles_are_taken_all_or_none_and_every_fault_is_told_with_its_file() {
    let app = TestApp::start().await;
    let id = enter(&app, "ngo-quyen-2017", "2016-2017").await.to_string();
    found::hide(&app.office, &app.context(), id.parse().unwrap()).await.unwrap();
    let file = |name| app.office.folder().join(format!("{name}.txt"));
    let [one, two, none] = ["mot", "hai", "khong-co"].map(file);
    std::fs::write(&one, "Bài thứ nhất.").unwrap();
    std::fs::write(&two, " ").unwrap();
    let take = |files: &[&std::path::PathBuf]| {
        let mut command = app.program();
        command.args(["conference", "take-article", "--from", "báo", "--conference", &id]).args(files);
        let output = command.output().unwrap();
        let json: Value = serde_json::from_slice(&output.stdout).unwrap();
        let codes = json["refused"].as_array().map(|all| all.iter().map(|one| one["code"].clone()).collect::<Vec<_>>());
        (output.status.code(), codes.unwrap_or_default())
    };
    assert_eq!(take(&[&one, &two, &none]), (Some(1), vec!["no_text".into(), "file_not_read".into()]));
    assert_eq!(take(&[&one, &one]), (Some(1), vec!["one_article".into()]));
    assert_eq!(app.audit_count("conference.take_article").await, 1, "nothing was kept beside the one of before");
    assert_eq!(take(&[&one]), (Some(0), Vec::new()));
    [one, two].iter().for_each(|file| std::fs::remove_file(file).unwrap());
}

fn code<T: std::fmt::Debug>(done: Result<T>) -> String {
    match done.unwrap_err() {
        Error::Refused(refusal) => refusal.reasons[0].code.clone(),
        fault => panic!("{fault}"),
    }
}

#[tokio::test]
async fn a_found_article_is_published_mended_and_replaced_only_as_it_was_seen() {
    let app = TestApp::start().await;
    let (id, context) = (enter(&app, "ngo-quyen-2017", "2016-2017").await, app.context());
    let (office, text) =
        (&app.office, "Nguyên nhân đạt đc kết quả,ba giải nhất và hai giải nhì.\n\nHội nghị hoan nghênh các thầy cô.");
    found::hide(office, &context, id).await.unwrap();
    assert_eq!(found::take_over(office, &context, (id, 1), text, "báo").await.unwrap(), 2);
    assert_eq!(code(found::show(office, &context, (id, 1)).await), "changed_meanwhile");
    assert_eq!(code(found::mend(office, &context, (id, 1), 0).await), "changed_meanwhile");
    assert_eq!(code(found::take_over(office, &context, (id, 1), "Bài ba.", "báo").await), "changed_meanwhile");
    assert_eq!(code(found::take_over(office, &context, (id, 0), "Bài ba.", "báo").await), "changed_meanwhile");
    let desks = tokio::join!(found::mend(office, &context, (id, 2), 0), found::mend(office, &context, (id, 2), 1));
    assert!(desks.0.is_ok() != desks.1.is_ok(), "one of two desks reads again: {desks:?}");
    let kept = found::kept(office, id).await.unwrap().unwrap();
    assert_eq!((kept.revision, kept.article.slips.iter().filter(|slip| slip.is_mended).count()), (3, 1));
    found::show(office, &context, (id, 3)).await.unwrap();
    let article = found::read("Bài khác.").unwrap();
    let late = Found { conference: id, revision: 3, article: article.clone(), source: "báo" };
    let replaced = found::keep(office, &context, std::slice::from_ref(&late), false).await;
    assert_eq!(code(replaced), "changed_meanwhile", "it was made public while the other text was looked over");
    let new = New { unit_code: WARD.to_owned(), title: "Hội nghị khác".to_owned(), year: YEAR.to_owned() };
    let conference = operations::create(office, &context, &new).await.unwrap();
    let first = Found { conference, revision: 0, article, source: "báo" };
    assert_eq!(code(found::keep(office, &context, &[first, late], true).await), "changed_meanwhile");
    assert!(found::kept(office, conference).await.unwrap().is_none(), "all of them, or none");
}

/// A conference that is over, its article as it is drafted, and the article's sentences.
pub async fn drafted(app: &TestApp, officer: &mut Client) -> (String, Kept, Vec<String>) {
    let at = over(app, officer).await;
    let drafted = article::draft(&app.office, id_of(&at)).await.unwrap();
    let texts = drafted.paragraphs.iter().flatten().map(|one| one.text.clone()).collect();
    (at, drafted, texts)
}

#[tokio::test]
async fn a_refused_article_is_shown_as_it_was_typed_with_a_place_for_the_reason() {
    let app = TestApp::start().await;
    let mut officer = app.sign_in_as(Role::Officer).await;
    let (at, drafted, mut texts) = drafted(&app, &mut officer).await;
    let (page, id, context) = (format!("{at}/bai-viet"), id_of(&at), app.context());
    let words = Words { title: &drafted.title, byline: "Nguyễn Thị Mai", texts: &texts, reasons: &[] };
    article::keep(&app.office, &context, id, 0, words).await.unwrap();
    article::publish(&app.office, &context, id, 1).await.unwrap();
    let last = texts.len() - 1;
    texts[last].push_str(" Dự còn có đồng chí Trần Văn Lạ.");
    let fields = |why: &'static str| {
        let head =
            [("verb", "keep"), ("revision", "1"), ("title", "Hội nghị tổng kết năm học"), ("byline", "Lê Thị Mới")];
        let sentences = texts.iter().map(|text| ("sentence", text.as_str()));
        let reasons = (0..=last).map(move |place| ("reason", if place == last { why } else { "" }));
        head.into_iter().chain(sentences).chain(reasons).collect::<Vec<_>>()
    };
    officer.get(&page).await;
    let again = officer.post(&page, &fields("")).await;
    let number = last + 1;
    for words in [
        "«Trần Văn Lạ»",
        "đồng chí Trần Văn Lạ.</textarea>",
        "value=\"Lê Thị Mới\"",
        &format!("href=\"#s{number}\""),
        &format!("id=\"r{number}\" name=\"reason\""),
    ] {
        refused(&again, words);
    }
    done(&officer.post(&page, &fields("ban biên tập đã gọi điện xác minh")).await);
    assert_eq!(article::current(&app.office, id).await.unwrap().byline, "Lê Thị Mới");
}

#[tokio::test]
async fn an_article_that_a_colleague_has_rewritten_meanwhile_is_neither_published_nor_thrown_away() {
    let app = TestApp::start().await;
    let mut officer = app.sign_in_as(Role::Officer).await;
    let (at, drafted, mut texts) = drafted(&app, &mut officer).await;
    let (page, id, context) = (format!("{at}/bai-viet"), id_of(&at), app.context());
    for revision in 0..2 {
        let words = Words { title: &drafted.title, byline: "Nguyễn Thị Mai", texts: &texts, reasons: &[] };
        article::keep(&app.office, &context, id, revision, words).await.unwrap();
        texts[0].push_str(" Hội nghị diễn ra nghiêm túc.");
    }
    for verb in ["publish", "redraft"] {
        officer.get(&page).await;
        let answer = officer.post(&page, &[("verb", verb), ("revision", "1")]).await;
        refused(&answer, "Hội nghị diễn ra nghiêm túc.");
        let kept = article::current(&app.office, id).await.unwrap();
        assert_eq!((kept.revision, kept.published_at.as_str()), (2, ""), "{verb}");
    }
    let shown = officer.get(&page).await.body;
    let revision = between(&shown, "name=\"revision\" value=\"", "\"").unwrap().to_owned();
    done(&officer.post(&page, &[("verb", "publish"), ("revision", &revision)]).await);
    assert!(!article::current(&app.office, id).await.unwrap().published_at.is_empty());
}
