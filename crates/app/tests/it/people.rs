//! People in posts through the pages: appointed, replaced, ended, mended; and who signs on which day.

use tongket::{identity::Role, organisation::queries};

use crate::kit::{Client, TestApp, WARD};

fn page() -> String {
    format!("/don-vi/{WARD}/chuc-vu")
}

async fn send(client: &mut Client, fields: &[(&str, &str)]) -> u16 {
    client.get(&page()).await;
    client.post(&page(), fields).await.status
}

/// Posts of a ward: 4 is the chair of the People's Committee, 5 a deputy.
fn appoint<'a>(post: &'a str, person: &'a str, from: &'a str) -> Vec<(&'a str, &'a str)> {
    vec![("verb", "appoint"), ("post", post), ("person", person), ("from", from)]
}

#[tokio::test]
async fn the_signers_of_a_ward_are_those_in_office_on_the_day() {
    let app = TestApp::start().await;
    let mut client = app.sign_in_as(Role::Officer).await;
    assert_eq!(send(&mut client, &appoint("usual:4", "Nguyễn Văn An", "2025-07-01")).await, 303);
    let standing = [appoint("usual:5", "Lê Thị Bình", "2025-07-01"), vec![("standing", "yes")]].concat();
    assert_eq!(send(&mut client, &standing).await, 303);
    let post = queries::posts_of(&app.office, WARD).await.unwrap();
    assert_eq!(post.iter().map(|post| post.title.as_str()).collect::<Vec<_>>(), ["Chủ tịch", "Phó Chủ tịch"]);
    let (chair, deputy) = (post[0].code.clone(), post[1].code.clone());
    assert_eq!(send(&mut client, &appoint(&deputy, "Phạm Văn Ánh", "2025-07-01")).await, 303);

    client.get(&page()).await;
    let taken = client.post(&page(), &appoint(&chair, "Trần Thị Cúc", "2026-01-01")).await;
    assert_eq!(taken.status, 422);
    assert!(
        taken.body.contains("Nguyễn Văn An đang giữ") && taken.body.contains("value=\"Trần Thị Cúc\""),
        "{}",
        taken.body
    );
    let replaced =
        [appoint(&chair, "Trần Thị Cúc", "2026-01-01"), vec![("replaces", "yes"), ("acting", "yes")]].concat();
    assert_eq!(send(&mut client, &replaced).await, 303);

    let lines = |day: &str| {
        let (office, day) = (app.office.clone(), day.parse().unwrap());
        async move {
            let signers = queries::signers_on(&office, WARD, day).await.unwrap();
            let line = |one: queries::Holder| format!("{}: {}", one.capacity.join(" / "), one.name);
            signers.into_iter().map(line).collect::<Vec<_>>()
        }
    };
    let deputies = [
        "TM. ỦY BAN NHÂN DÂN / KT. CHỦ TỊCH / PHÓ CHỦ TỊCH: Lê Thị Bình",
        "TM. ỦY BAN NHÂN DÂN / KT. CHỦ TỊCH / PHÓ CHỦ TỊCH: Phạm Văn Ánh",
    ];
    assert_eq!(lines("2025-12-31").await, [&["TM. ỦY BAN NHÂN DÂN / CHỦ TỊCH: Nguyễn Văn An"][..], &deputies].concat());
    assert_eq!(
        lines("2026-01-01").await,
        [&["TM. ỦY BAN NHÂN DÂN / Q. CHỦ TỊCH: Trần Thị Cúc"][..], &deputies].concat()
    );
    assert!(lines("2025-06-30").await.is_empty());
    let head = queries::head_on(&app.office, WARD, "2025-12-31".parse().unwrap()).await.unwrap();
    assert_eq!(head.unwrap().name, "Nguyễn Văn An");
    for language in ["vi", "en"] {
        client.get(&format!("/ngon-ngu/{language}?next=%2F")).await;
        let shown = client.get(&page()).await.body;
        assert!(shown.contains("Q. CHỦ TỊCH") && shown.contains("Nguyễn Văn An"), "{shown}");
        assert!(client.get(&format!("/don-vi/{WARD}")).await.body.contains("Trần Thị Cúc"));
    }
}

#[tokio::test]
async fn terms_end_and_are_mended_and_namesakes_are_asked_about() {
    let app = TestApp::start().await;
    let mut client = app.sign_in_as(Role::Officer).await;
    send(&mut client, &appoint("usual:4", "Nguyễn Văn An", "2025-07-01")).await;
    let day = "2026-06-21".parse().unwrap();
    let holder = queries::holders_on(&app.office, WARD, day).await.unwrap().remove(0);
    let key = [("post", holder.post.as_str()), ("person", holder.person.as_str()), ("known", "2025-07-01")];
    let with = |more: &[(&'static str, &'static str)]| [&key[..], more].concat();

    assert_eq!(send(&mut client, &with(&[("verb", "end_term"), ("last_day", "2025-01-01")])).await, 422);
    assert_eq!(send(&mut client, &with(&[("verb", "end_term"), ("last_day", "")])).await, 422);
    assert_eq!(send(&mut client, &with(&[("verb", "end_term"), ("last_day", "2026-03-31")])).await, 303);
    assert!(queries::holders_on(&app.office, WARD, day).await.unwrap().is_empty());
    let back = with(&[("verb", "correct_term"), ("from", "2025-08-01"), ("to", "")]);
    assert_eq!(send(&mut client, &back).await, 303);
    assert_eq!(send(&mut client, &back).await, 422, "the term begins on another day by now");

    assert_eq!(send(&mut client, &appoint("usual:7", "Nguyễn Văn An", "2026-01-01")).await, 422, "a namesake?");
    assert_eq!(send(&mut client, &appoint("usual:7", "Nguyễn Văn An (P1)", "2026-01-01")).await, 303);
    let other = [appoint("usual:7", "Nguyễn Văn An", "2026-01-01"), vec![("is_namesake", "yes")]].concat();
    assert_eq!(send(&mut client, &other).await, 303);
    let people: Vec<String> = queries::people(&app.office).await.unwrap().into_iter().map(|one| one.code).collect();
    assert_eq!(people, ["P1", "P2"]);
    let name = [("verb", "rename_person"), ("person", "P1"), ("name", "Nguyễn Văn Ân")];
    assert_eq!(send(&mut client, &name).await, 303);
    let add = [("verb", "add_post"), ("title", "Văn thư"), ("body", "government"), ("rank", "5")];
    assert_eq!(send(&mut client, &add).await, 303);
    assert_eq!(send(&mut client, &add).await, 422, "the post is there");
    assert_eq!(send(&mut client, &[("verb", "dismiss")]).await, 422);
    assert_eq!(send(&mut client, &appoint("", "", "ngày mai")).await, 422);
    let mut reader = app.sign_in_as(Role::Reader).await;
    assert_eq!(send(&mut reader, &name).await, 403);
    for (verb, count) in [("appoint", 3), ("end_term", 1), ("correct_term", 1), ("rename", 1), ("add_post", 1)] {
        assert_eq!(app.audit_count(&format!("people.{verb}")).await, count, "{verb}");
    }
}
