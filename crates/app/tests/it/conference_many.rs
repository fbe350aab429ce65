//! Thousands of units: invited in one go, named, written to; with the times printed.
#![allow(clippy::print_stdout, reason = "a measurement is told")]

use std::time::Instant;

use domain::{
    Level,
    conference::{Command, Conference, Entry, Head, Part, Quota, Target},
    organisation::{Line, SchoolFacts, Unit, UnitKind, Validity},
};
use tongket::{
    conference::{
        live,
        operations::{
            self, New,
            invite::{self, Invited, Named},
            letters,
        },
        queries,
    },
    identity::Role,
    organisation,
    platform::Error,
};

use crate::{
    conference::done,
    kit::{TestApp, WARD, YEAR},
};

const UNIT_COUNT: usize = 3_000;

/// The ward with three thousand schools more.
async fn schools(app: &TestApp) {
    let school = |number: usize| Unit {
        school: Some(SchoolFacts { levels: vec![Level::Primary], ..SchoolFacts::default() }),
        ..Unit::new(&code(number), UnitKind::School, &format!("Trường Tiểu học số {number}"), Validity::ALWAYS)
            .under(Line::Management, WARD)
    };
    let units = (0..UNIT_COUNT).map(school).collect();
    organisation::operations::import(&app.office, &app.context(), units, Vec::new()).await.unwrap();
}

fn code(number: usize) -> String {
    format!("8{number:07}")
}

async fn made(app: &TestApp) -> i64 {
    let new = New { unit_code: WARD.to_owned(), title: "Hội nghị tổng kết".to_owned(), year: YEAR.to_owned() };
    let id = operations::create(&app.office, &app.context(), &new).await.unwrap();
    // Nobody is asked before there is a day.
    let head = Head { held_on: "2026-08-14".parse().ok(), ..state(app, id).await.head };
    operations::command(&app.office, &app.context(), id, Command::Set(Part::Head(Box::new(head)))).await.unwrap();
    id
}

async fn state(app: &TestApp, id: i64) -> Conference {
    live::hall(&app.office, id).await.unwrap().state().await.clone()
}

#[tokio::test]
async fn three_thousand_units_are_invited_in_one_go_or_not_at_all() {
    let app = TestApp::start().await;
    schools(&app).await;
    let (id, context) = (made(&app).await, app.context());
    let before = (state(&app, id).await.seq, app.audit_count("conference.put").await);
    let began = Instant::now();
    let invited = Invited { level: Some(Level::Primary), delegate_count: 2 };
    let count = invite::invite_schools(&app.office, &context, id, &invited).await.unwrap();
    let invited_in = began.elapsed();
    assert_eq!(count, UNIT_COUNT + 1, "the kit's own primary school is one more");
    let planned = state(&app, id).await;
    assert_eq!(planned.records.quotas.len(), count);
    assert_eq!(planned.seq, before.0 + count as u64, "one event for each unit");
    assert_eq!(app.audit_count("conference.put").await, before.1 + 1, "one line in the audit for all");
    let again = invite::invite_schools(&app.office, &context, id, &invited).await.unwrap();
    assert_eq!(again, 0, "who is invited stays as they are");
    // One line of three thousand is wrong: nothing is taken.
    let mut quotas: Vec<Quota> = (0..UNIT_COUNT).map(|number| other(number, 1)).collect();
    quotas.push(other(7, 3));
    let refused = invite::invite(&app.office, &context, id, quotas).await.unwrap_err();
    assert!(refused.to_string().contains("Cơ quan số 7"), "{refused}");
    assert_eq!(state(&app, id).await, planned, "nothing of a refused list is left");
    let began = Instant::now();
    let named = Named { name: "Trần Thị Một".to_owned(), ..Named::default() };
    invite::name(&app.office, &context, id, &code(1), &named).await.unwrap();
    let named_in = began.elapsed();
    println!("{count} units invited in {invited_in:?}, one delegate named among them in {named_in:?}");
}

fn other(number: usize, delegate_count: u32) -> Quota {
    Quota { unit_name: format!("Cơ quan số {number}"), delegate_count, ..Quota::default() }
}

#[tokio::test]
async fn the_pages_of_three_thousand_invitations_stay_small() {
    let app = TestApp::start().await;
    let id = made(&app).await;
    let mut officer = app.sign_in_as(Role::Officer).await;
    let at = format!("/hoi-nghi/{id}");
    officer.get(&format!("{at}/moi")).await;
    let pasted: String = (0..UNIT_COUNT).map(|number| format!("Cơ quan số {number}\t1\n")).collect();
    let began = Instant::now();
    done(&officer.post(&format!("{at}/moi"), &[("verb", "invite_units"), ("pasted", &pasted)]).await);
    let pasted_in = began.elapsed();
    let list: String = (0..UNIT_COUNT).map(|number| format!("Vũ Thị {number} | | Cơ quan số {number}\n")).collect();
    let began = Instant::now();
    let paste = [("verb", "paste"), ("side", "delegate"), ("may_vote", "1"), ("pasted", &list)];
    done(&officer.post(&format!("{at}/dai-bieu"), &paste).await);
    let named_in = began.elapsed();
    let began = Instant::now();
    let first = officer.get(&format!("{at}/moi")).await;
    let shown_in = began.elapsed();
    assert!(first.body.len() < 30 << 10, "{} bytes", first.body.len());
    assert!(first.body.contains("Trang 1/75"), "{}", first.body);
    let found = officer.get(&format!("{at}/moi?tim=co+quan+so+2999")).await;
    assert!(found.body.contains("Cơ quan số 2999") && !found.body.contains("Cơ quan số 2998"), "{}", found.body);
    let began = Instant::now();
    let outbox = letters::outbox(&app.office, &app.context(), id, "http://hoi-truong.example").await.unwrap();
    let drawn_in = began.elapsed();
    assert!(outbox.letters.is_empty() && outbox.without_mail.is_empty(), "their units are asked, and have no account");
    println!(
        "{UNIT_COUNT} pasted in {pasted_in:?}, their delegates in {named_in:?}; the page in {shown_in:?}, the outbox in \
         {drawn_in:?}"
    );
}

#[tokio::test]
async fn commands_asked_together_are_written_together_or_not_at_all() {
    let app = TestApp::start().await;
    let (id, context) = (made(&app).await, app.context());
    let before = state(&app, id).await;
    let put = |name: &str| Command::Put(None, Entry::Target(Target { text: name.to_owned(), ..Target::default() }));
    let asked = vec![put("Chỉ tiêu 1"), put(""), Command::Next, put("Chỉ tiêu 2")];
    let Err(Error::Refused(refusal)) = operations::commands(&app.office, &context, id, asked).await else {
        panic!("an empty target and a programme that has not begun")
    };
    assert_eq!(refusal.reasons.len(), 2, "every reason: {refusal:?}");
    assert_eq!(state(&app, id).await, before);
    let done =
        operations::commands(&app.office, &context, id, vec![put("Chỉ tiêu 1"), put("Chỉ tiêu 2")]).await.unwrap();
    assert_eq!((done.events.len(), done.seq), (2, before.seq + 2));
    let log = queries::log(&app.office, id).await.unwrap();
    assert_eq!(Conference::fold(&log), state(&app, id).await, "the log says the same");
}
