//! The run sheet of awards from the honours that were decided to the last handing: who hands, who receives, a substitute, done.

use domain::awards::pack::Occasion;
use tongket::{
    awards::operations::{
        Whom,
        decision::{self, Signed},
    },
    identity::Role,
};

use crate::{
    conference::{done, opened, state},
    kit::{SCHOOL, TestApp, YEAR, between},
};

#[tokio::test]
async fn decided_honours_are_taken_over_called_and_handed_out() {
    let app = TestApp::start().await;
    let year = domain::school_year::SchoolYear::parse(YEAR).unwrap();
    let signed = Signed {
        number: "101/QĐ-UBND".to_owned(),
        signed_on: "2026-06-20".parse().unwrap(),
        granted_by: "Chủ tịch UBND phường".to_owned(),
    };
    for name in ["Chu Thị Thảo", "Hà Thu Trang"] {
        let whom = Whom::Person { name: name.to_owned(), post: "Giáo viên".to_owned() };
        let given = ("advanced_worker", year, Occasion::Annual);
        decision::record_past(&app.office, &app.context(), (SCHOOL, &whom), given, &signed).await.unwrap();
    }
    let mut officer = app.sign_in_as(Role::Officer).await;
    let at = opened(&app, &mut officer).await;
    let page = format!("{at}/khen-thuong");
    let fresh = officer.get(&page).await.body;
    assert!(fresh.contains("101/QĐ-UBND") && fresh.contains("value=\"take_over\""), "{fresh}");
    done(&officer.post(&page, &[("verb", "take_over")]).await);
    let taken = officer.get(&page).await.body;
    assert!(taken.contains("Chu Thị Thảo; Hà Thu Trang") && !taken.contains("value=\"take_over\""), "{taken}");
    let set = [("verb", "set"), ("id", "1"), ("by", "Lê Đức Thọ"), ("group", "Cá nhân"), ("place", "1")];
    done(&officer.post(&page, &set).await);
    let desk = format!("{at}/trao-thuong");
    let called = officer.get(&desk).await.body;
    assert!(called.contains("Cá nhân") && called.contains("đã trao 0 / 2"), "{called}");
    for (recipient, received_by) in [("0", ""), ("1", "Hoàng Thị Thu Trang")] {
        let hand = [
            ("verb", "hand"),
            ("award", "1"),
            ("recipient", recipient),
            ("handed_by", "Lê Đức Thọ"),
            ("received_by", received_by),
        ];
        done(&officer.post(&desk, &hand).await);
        assert_eq!(officer.post(&desk, &hand).await.status, 422, "nothing is handed twice");
    }
    let handed = officer.get(&page).await.body;
    let row = between(&handed, "Chu Thị Thảo; Hà Thu Trang", "</td>").unwrap();
    for words in
        ["Đã trao 2/2", "Lê Đức Thọ → Chu Thị Thảo<", "Lê Đức Thọ → Hoàng Thị Thu Trang (nhận thay: Hà Thu Trang)"]
    {
        assert!(row.contains(words), "{words}: {row}");
    }
    let conference = state(&app.office, &at).await;
    assert_eq!(conference.handed[&1].len(), 2);
    assert!(officer.get(&desk).await.body.contains("đã trao 2 / 2"));
}
