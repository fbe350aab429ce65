//! The verbs on a temporary office: the whole road, the same content twice, batches, refusals that leave nothing.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use domain::{
    Level,
    organisation::{SchoolFacts, Unit, UnitKind, Validity},
    school_year::SchoolCalendar,
    submissions::{CellRemark, FormValues, SubmissionState, Value},
};

use super::{
    Road, SubmissionKey,
    bulk::{Incoming, Intake, Keep},
    operations, queries,
};
use crate::{
    office::Office,
    organisation,
    platform::{Context, Error},
    school_year,
};

const FORM: &str = "02-TH-CN";
const PERIOD: &str = "2025-2026-CN";

/// An office with primary schools `T1`, `T2` … and one open period.
async fn office(name: &str, schools: usize) -> Office {
    let folder = std::env::temp_dir().join(format!("tongket-submissions-{name}-{}", std::process::id()));
    let _ = std::fs::remove_dir_all(&folder);
    let office = Office::open(&folder, None).await.unwrap();
    let units = (1..=schools).map(|number| school(&format!("T{number}"))).collect();
    organisation::operations::import(&office, &Context::command_line(), units, Vec::new()).await.unwrap();
    let calendar = SchoolCalendar::usual("2025-2026".to_owned().try_into().unwrap());
    school_year::operations::open(&office, &Context::command_line(), &calendar).await.unwrap();
    office
}

fn school(code: &str) -> Unit {
    let facts = SchoolFacts { levels: vec![Level::Primary], ..SchoolFacts::default() };
    let unit = Unit::new(code, UnitKind::School, &format!("Trường Tiểu học {code}"), Validity::ALWAYS);
    Unit { school: Some(facts), ..unit }
}

fn key(unit: &str) -> SubmissionKey {
    SubmissionKey::new(PERIOD, FORM, unit)
}

/// Values that break no rule: every cell nought, but for the first one.
fn values(office: &Office, first: f64) -> FormValues {
    let form = office.catalogue().form(FORM).unwrap();
    let mut values = FormValues::from_cells(vec![Some(Value::Number(0.0)); form.cell_count()]);
    values.set(0, Some(Value::Number(first)));
    values
}

fn incoming(office: &Office, unit: &str, first: f64) -> Incoming {
    Incoming {
        key: key(unit),
        values: values(office, first),
        road: Road::Workbook,
        file_name: format!("{unit}.xlsx"),
        explanations: Vec::new(),
        reason: String::new(),
        faults: Vec::new(),
    }
}

async fn count(office: &Office, table: &'static str) -> i64 {
    let (count,): (i64,) = sqlx::query_as(table).fetch_one(office.db().pool()).await.unwrap();
    count
}

const REVISIONS: &str = "select count(*) from revision";
const AUDIT_LINES: &str = "select count(*) from audit_line where verb like 'submissions.%'";

fn codes(error: Error) -> Vec<String> {
    match error {
        Error::Refused(refusal) => refusal.reasons.into_iter().map(|reason| reason.code).collect(),
        other => panic!("not a refusal: {other}"),
    }
}

#[tokio::test]
async fn the_whole_road_leaves_a_record_of_every_step() {
    let office = office("road", 1).await;
    let context = Context::command_line();
    let key = key("T1");
    operations::save_draft(&office, &context, &key, &values(&office, 1.0), &Default::default()).await.unwrap();
    operations::save_draft(&office, &context, &key, &values(&office, 2.0), &Default::default()).await.unwrap();
    assert_eq!(count(&office, AUDIT_LINES).await, 1, "typing on leaves no audit line each time");
    let sent = operations::submit(&office, &context, incoming(&office, "T1", 3.0)).await.unwrap();
    assert_eq!((sent.revision, sent.is_new), (1, true));
    assert_eq!(count(&office, "select count(*) from draft").await, 0, "the draft went into the revision");
    let remarks = [CellRemark {
        item: office.catalogue().form(FORM).unwrap().cells().next().unwrap().item.to_string(),
        check: String::new(),
        reason: "Kiểm tra lại số chuyển đến".into(),
    }];
    operations::return_for_correction(&office, &context, &key, "", &remarks).await.unwrap();
    let again = operations::submit(&office, &context, incoming(&office, "T1", 3.0)).await.unwrap_err();
    assert_eq!(codes(again), ["unchanged_after_return"]);
    operations::submit(&office, &context, incoming(&office, "T1", 4.0)).await.unwrap();
    let approved = operations::approve(&office, &context, &key, "").await.unwrap();
    assert_eq!((approved.state, approved.approved_revision), (SubmissionState::Approved, 2));
    let late = operations::submit(&office, &context, incoming(&office, "T1", 5.0)).await.unwrap_err();
    assert_eq!(codes(late), ["already_approved"]);
    let closed = operations::close_period(&office, &context, PERIOD, 0, "hết hạn").await.unwrap();
    assert_eq!(closed, std::slice::from_ref(&key));
    assert_eq!(operations::lock(&office, &context, PERIOD).await.unwrap(), [], "locking again changes nothing");
    assert_eq!(codes(operations::reopen(&office, &context, &key, "nhầm").await.unwrap_err()), ["period_closed"]);
    assert_eq!(count(&office, "select count(*) from submission_event").await, 5);
    assert_eq!(count(&office, "select count(*) from cell_remark").await, 1);
    assert_eq!(count(&office, AUDIT_LINES).await, 6);
    assert_eq!(codes(operations::reopen_period(&office, &context, PERIOD, " ").await.unwrap_err()), ["no_reason"]);
    let unlocked = operations::reopen_period(&office, &context, PERIOD, "một trường sửa").await.unwrap();
    assert_eq!(unlocked, std::slice::from_ref(&key));
    let history = queries::history::history(&office, &key).await.unwrap();
    assert_eq!((history.submission.state, history.submission.approved_revision), (SubmissionState::Approved, 2));
    assert_eq!((history.events[0].kind.as_str(), history.events[0].reason.as_str()), ("unlocked", "một trường sửa"));
    let stored = queries::approved_of_year(&office, "2025-2026".to_owned().try_into().unwrap(), &["T1"]).await.unwrap();
    assert_eq!(stored[&("T1".to_owned(), FORM.to_owned())], values(&office, 4.0));
}

#[tokio::test]
async fn an_import_that_was_cut_off_is_run_again() {
    let office = office("again", 300).await;
    let context = Context::command_line();
    let all = || (1..=300).map(|n| incoming(&office, &format!("T{n}"), f64::from(n))).collect::<Vec<_>>();
    let half = all().into_iter().take(120).collect();
    Intake::new(&office, &context).accept(half, Keep::Stored).await.unwrap();
    let verdicts = Intake::new(&office, &context).accept(all(), Keep::Stored).await.unwrap();
    let fresh = |is_new: bool| verdicts.iter().filter(|v| v.outcome.as_ref().unwrap().is_new == is_new).count();
    assert_eq!((verdicts.len(), fresh(true), fresh(false)), (300, 180, 120));
    assert!(verdicts.iter().zip(1..).all(|(verdict, n)| verdict.key.unit == format!("T{n}")), "in the order sent");
    assert_eq!(count(&office, REVISIONS).await, 300);
    assert_eq!(count(&office, AUDIT_LINES).await, 3, "one for each batch that changed something");
    let keys: Vec<SubmissionKey> = (1..=300).map(|n| key(&format!("T{n}"))).chain([key("T999")]).collect();
    let approvals = operations::approve_many(&office, &context, &keys, "").await.unwrap();
    assert_eq!((approvals.approved.len(), approvals.refused.len()), (300, 1));
}

#[tokio::test]
async fn what_is_refused_leaves_nothing_behind() {
    let office = office("refused", 2).await;
    let context = Context::command_line();
    let mut short = incoming(&office, "T1", 1.0);
    short.values = FormValues::from_cells(vec![None; 3]);
    let mut strange = incoming(&office, "T9", 1.0);
    strange.key.period = "2024-2025-CN".to_owned();
    let mut other_form = incoming(&office, "T1", 1.0);
    other_form.key.form = "01-MN-CN".to_owned();
    let cells = office.catalogue().form("01-MN-CN").unwrap().cell_count();
    other_form.values = FormValues::from_cells(vec![Some(Value::Number(0.0)); cells]);
    let batch = vec![
        short,
        strange,
        other_form,
        incoming(&office, "T2", 1.0),
        incoming(&office, "T2", 1.0),
        incoming(&office, "T2", 2.0),
    ];
    let verdicts = Intake::new(&office, &context).accept(batch.clone(), Keep::DryRun).await.unwrap();
    assert_eq!(count(&office, REVISIONS).await, 0, "a dry run stores nothing");
    let said = |position: usize| {
        let refusal = verdicts[position].outcome.as_ref().unwrap_err();
        refusal.reasons.iter().map(|reason| reason.code.as_str()).collect::<Vec<_>>()
    };
    assert_eq!(said(0), ["old_version"]);
    assert_eq!(said(1), ["wrong_period", "wrong_unit"]);
    assert_eq!(said(2), ["wrong_unit"]);
    assert!(verdicts[3].outcome.is_ok() && verdicts[4].outcome.is_ok());
    assert_eq!(said(5), ["sent_twice"]);
    Intake::new(&office, &context).accept(batch, Keep::Stored).await.unwrap();
    assert_eq!(count(&office, REVISIONS).await, 1);
}
