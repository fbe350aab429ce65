//! What an office sets for its nominations, one set of facts for every page, and verbs that leave nothing half done.

use domain::awards::{Verdict, pack::Occasion};
use tongket::{
    awards::{
        operations::{self, Nomination, Whom, council, decision, settings},
        queries,
    },
    identity::Role,
};

use crate::{
    awards::{new_council, refused, teacher, year},
    kit::{TestApp, WARD, YEAR},
};

const PACK: &str = "award_law_2022_decree_152";

#[tokio::test]
async fn the_matrix_of_grantors_is_the_offices_to_fill_with_the_text_that_says_so() {
    let app = TestApp::start().await;
    let (office, context) = (&app.office, app.context());
    let nomination = teacher("Nguyễn Thị Thu Hà", "grassroots_fighter");
    let id = operations::nominate(office, &context, &nomination).await.unwrap();
    let verdict = async || {
        let (all, filed) = queries::dossier(office, id).await.unwrap();
        let judged = all.judged(&filed.dossier, None, context.today()).unwrap();
        let clause = judged.judgement.clauses.into_iter().find(|clause| clause.code == "grantor").unwrap();
        (clause.verdict, clause.source.text)
    };
    assert_eq!(verdict().await.0, Verdict::NotPassed, "the text names no commune's chair");
    let mut officer = app.sign_in_as(Role::Officer).await;
    let address = format!("/khen-thuong/{YEAR}/tham-quyen");
    let page = officer.get(&address).await.body;
    assert!(page.contains("chưa điền") && page.contains("Điều 80"), "{page}");
    let cell = [("verb", "set"), ("pack", PACK), ("award", "grassroots_fighter"), ("unit_kind", "school")];
    let bare = officer.post(&address, &cell).await;
    assert!(bare.status == 422 && bare.body.contains("văn bản, điều khoản"), "{}", bare.body);
    let filled =
        [cell.as_slice(), &[("grantor", "commune_chair"), ("source", "Quyết định 5/QĐ-UBND, Điều 2")]].concat();
    assert_eq!(officer.post(&address, &filled).await.status, 303);
    assert_eq!(verdict().await, (Verdict::Passed, "Quyết định 5/QĐ-UBND, Điều 2".to_owned()));
    assert!(officer.get(&address).await.body.contains("Quyết định 5/QĐ-UBND, Điều 2"));
    let clear = [("verb", "clear"), ("pack", PACK), ("award", "grassroots_fighter"), ("unit_kind", "school")];
    assert_eq!(officer.post(&address, &clear).await.status, 303);
    assert_eq!(officer.post(&address, &clear).await.status, 404, "an empty cell is not emptied again");
    assert_eq!(verdict().await.0, Verdict::NotPassed);
    assert_eq!(app.sign_in_as(Role::Principal).await.post(&address, &filled).await.status, 403);
    for verb in ["set_grantor", "clear_grantor"] {
        assert_eq!(app.audit_count(&format!("awards.{verb}")).await, 1, "{verb}");
    }
}

#[tokio::test]
async fn after_the_deadline_a_dossier_says_why_it_comes_late_and_what_it_lacks() {
    let app = TestApp::start().await;
    let (office, context) = (&app.office, app.context());
    let id = operations::nominate(office, &context, &teacher("Trần Quốc Việt", "advanced_worker")).await.unwrap();
    let yesterday = context.today().yesterday().unwrap();
    settings::set_deadline(office, &context, (WARD, year()), yesterday).await.unwrap();
    let mut officer = app.sign_in_as(Role::Officer).await;
    let page = officer.get(&format!("/khen-thuong/ho-so/{id}")).await.body;
    assert!(page.contains("Đã quá hạn trình hồ sơ"), "{page}");
    assert!(officer.get(&format!("/khen-thuong/{YEAR}")).await.body.contains("Đã quá hạn trình hồ sơ"));
    assert_eq!(refused(operations::send(office, &context, id, " ").await), ["late"]);
    operations::send(office, &context, id, "Chờ quyết định công nhận sáng kiến").await.unwrap();
    let bare = Nomination {
        whom: Whom::Unit,
        proposal: operations::Proposal::default(),
        ..teacher("", "advanced_collective")
    };
    let other = operations::nominate(office, &context, &bare).await.unwrap();
    let page = officer.get(&format!("/khen-thuong/ho-so/{other}")).await.body;
    assert!(page.contains("thành tích bằng lời; cấp quyết định khen thưởng"), "{page}");
    let wrong = officer.post(&format!("/khen-thuong/{YEAR}"), &[("verb", "due"), ("due_on", "mai")]).await;
    assert_eq!(wrong.status, 422);
}

#[tokio::test]
async fn honours_of_the_register_count_on_every_page_and_are_never_taken_for_what_was_typed() {
    let app = TestApp::start().await;
    let (office, context) = (&app.office, app.context());
    let mut nomination = teacher("Nguyễn Thị Thu Hà", "grassroots_fighter");
    nomination.proposal.facts.awards.clear();
    let id = operations::nominate(office, &context, &nomination).await.unwrap();
    let signed = decision::Signed {
        number: "12/QĐ-UBND".to_owned(),
        signed_on: context.today(),
        granted_by: "Chủ tịch UBND phường".to_owned(),
    };
    let whom = (nomination.unit.as_str(), &nomination.whom);
    let award = ("advanced_worker", year(), Occasion::Annual);
    decision::record_past(office, &context, whom, award, &signed).await.unwrap();
    let (all, filed) = queries::dossier(office, id).await.unwrap();
    assert_eq!((filed.dossier.facts.awards.len(), filed.typed.awards.len()), (1, 0));
    assert_eq!(all.filed(id).unwrap().dossier.facts, filed.dossier.facts, "the list judges by the same facts");
    let mut officer = app.sign_in_as(Role::Officer).await;
    let form = officer.get(&format!("/khen-thuong/ho-so/{id}/sua")).await.body;
    assert!(!form.contains("12/QĐ-UBND"), "what the register holds is not typed again: {form}");
}

#[tokio::test]
async fn a_decision_drafted_by_two_at_once_is_one_paper() {
    let app = TestApp::start().await;
    let (office, context) = (&app.office, app.context());
    let id = operations::nominate(office, &context, &teacher("Nguyễn Thị Thu Hà", "advanced_worker")).await.unwrap();
    operations::send(office, &context, id, "").await.unwrap();
    let sitting = council::open(office, &context, &new_council("open", &[id])).await.unwrap();
    for member in [1, 2] {
        let vote = domain::awards::council::Vote::For;
        council::vote(office, &context, (sitting, id), member, vote).await.unwrap();
    }
    council::conclude(office, &context, (sitting, id), true).await.unwrap();
    council::close(office, &context, sitting).await.unwrap();
    let draft = || decision::decide(office, &context, sitting, "advanced_worker");
    let (first, second) = tokio::join!(draft(), draft());
    let (done, other): (Vec<_>, Vec<_>) = [first, second].into_iter().partition(Result::is_ok);
    assert_eq!((done.len(), other.len()), (1, 1));
    assert_eq!(app.audit_count("papers.create").await, 1, "the loser leaves no paper behind");
    let write = || council::write_minutes(office, &context, sitting, ["8:00", "9:00"]);
    let (first, second) = tokio::join!(write(), write());
    assert_eq!([first.is_ok(), second.is_ok()].iter().filter(|is_ok| **is_ok).count(), 1);
    assert_eq!(app.audit_count("papers.create").await, 2);
}
