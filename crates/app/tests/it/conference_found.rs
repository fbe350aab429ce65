//! Articles that were published elsewhere: shown with their source, mended word by word, counted, taken whole or not at all.

use serde_json::Value;
use tongket::{conference::operations::found, identity::Role};

use crate::{conference_seeds::enter, kit::TestApp};

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
    editor.get(&desk).await;
    let place = found::kept(&app.office, id)
        .await
        .unwrap()
        .unwrap()
        .article
        .slips
        .iter()
        .position(|slip| slip.found == "đạt đc");
    let mended = editor.post(&desk, &[("verb", "mend"), ("place", &place.unwrap().to_string())]).await;
    assert_eq!(mended.status, 303, "{}", mended.body);
    let page = anybody.get(&path).await.body;
    let (text, original) = page.split_once("<pre").unwrap();
    assert!(text.contains("nguyên nhân đạt được") && !text.contains("đạt đc") && original.contains("đạt đc"), "{page}");
    let again = [("verb", "take"), ("text", "Bài khác."), ("source", "báo")];
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
    let file = |name| std::env::temp_dir().join(format!("tongket-{name}-{}.txt", std::process::id()));
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
