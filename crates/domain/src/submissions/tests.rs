//! Every transition from every state, the rule on warnings, entry of values, differences.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use proptest::prelude::*;

use super::*;
use crate::figures::catalogue::ValueKind;
use crate::{Reason, Refusal};

fn standing_in(state: SubmissionState) -> Submission {
    let sent = !matches!(state, SubmissionState::NotStarted | SubmissionState::Draft);
    Submission {
        state,
        latest_revision: if sent { 3 } else { 0 },
        approved_revision: if state.counts() { 3 } else { 0 },
    }
}

fn clean() -> Sending<'static> {
    Sending { errors: &[], unexplained: &[], rule: Unexplained::Refused }
}

/// The states from which the verb is accepted while the period is open.
fn accepted(verb: impl Fn(Submission) -> Result<Submission, Refusal>) -> Vec<SubmissionState> {
    SubmissionState::ALL.into_iter().filter(|state| verb(standing_in(*state)).is_ok()).collect()
}

#[test]
fn each_verb_is_accepted_from_its_own_states_only() {
    use PeriodState::{Closed, Open};
    use SubmissionState::{Approved, Draft, Locked, NotStarted, Returned, Submitted};
    let cells = [CellRemark { item: "a".into(), check: String::new(), reason: "sai".into() }];
    assert_eq!(accepted(|s| s.save_draft(Open)), [NotStarted, Draft, Submitted, Returned]);
    assert_eq!(accepted(|s| s.submit(Open, &clean())), [NotStarted, Draft, Submitted, Returned]);
    assert_eq!(accepted(|s| s.return_for_correction(Open, "", &cells)), [Submitted, Approved]);
    assert_eq!(accepted(|s| s.approve(Open, 0, "")), [Submitted, Approved]);
    assert_eq!(standing_in(Locked).approve(Open, 0, "").unwrap_err().reasons[0].code, "locked");
    assert_eq!(accepted(|s| s.reopen(Open, "nhầm")), [Approved, Locked]);
    assert_eq!(accepted(|s| s.lock(Closed)), [Approved, Locked]);
    assert_eq!(accepted(|s| s.lock(Open)), [Locked]);
}

#[test]
fn a_closed_period_changes_nothing() {
    use PeriodState::Closed;
    assert!(accepted(|s| s.save_draft(Closed)).is_empty());
    assert!(accepted(|s| s.submit(Closed, &clean())).is_empty());
    assert!(accepted(|s| s.return_for_correction(Closed, "sai", &[])).is_empty());
    assert!(accepted(|s| s.reopen(Closed, "nhầm")).is_empty());
    assert_eq!(accepted(|s| s.approve(Closed, 0, "")), [SubmissionState::Approved], "and that changes nothing");
}

#[test]
fn the_whole_road_counts_revisions_and_points_at_the_approved_one() {
    let open = PeriodState::Open;
    let sent = Submission::default().save_draft(open).unwrap().submit(open, &clean()).unwrap();
    assert_eq!((sent.state, sent.latest_revision, sent.approved_revision), (SubmissionState::Submitted, 1, 0));
    let back = sent.return_for_correction(open, "sai số lớp", &[]).unwrap();
    let again = back.save_draft(open).unwrap();
    assert_eq!(again.state, SubmissionState::Returned, "a draft does not hide that the form came back");
    let approved = again.submit(open, &clean()).unwrap().approve(open, 0, "").unwrap();
    assert_eq!((approved.latest_revision, approved.approved_revision), (2, 2));
    assert_eq!(approved.approve(open, 0, "").unwrap(), approved);
    let withdrawn = approved.return_for_correction(open, "phát hiện sai", &[]).unwrap();
    assert_eq!(withdrawn.approved_revision, 0);
    let locked = approved.lock(PeriodState::Closed).unwrap();
    assert_eq!(locked.state, SubmissionState::Locked);
    assert_eq!(locked.reopen(open, "Sở yêu cầu").unwrap().state, SubmissionState::Submitted);
}

#[test]
fn all_reasons_are_told_at_once() {
    let errors = [Reason::new("sum_mismatch", "tổng sai").at("a"), Reason::new("out_of_range", "quá lớn").at("b")];
    let warnings = [Reason::new("jump", "tăng đột biến").at("c")];
    let sending = Sending { errors: &errors, unexplained: &warnings, rule: Unexplained::Refused };
    let refusal = Submission::default().submit(PeriodState::Open, &sending).unwrap_err();
    assert_eq!(refusal.reasons.iter().map(|r| r.at.as_str()).collect::<Vec<_>>(), ["a", "b", "c"]);
    let blank = [CellRemark { item: "a".into(), check: String::new(), reason: "  ".into() }];
    let refusal = Submission::default().return_for_correction(PeriodState::Open, "", &blank).unwrap_err();
    assert_eq!(
        refusal.reasons.iter().map(|r| r.code.as_str()).collect::<Vec<_>>(),
        ["wrong_state", "reason_needed", "reason_needed"]
    );
}

#[test]
fn warnings_need_a_reason_at_one_end_or_the_other() {
    let open = PeriodState::Open;
    let warnings = [Reason::new("jump", "tăng đột biến").at("c")];
    let refused = Sending { errors: &[], unexplained: &warnings, rule: Unexplained::Refused };
    assert!(Submission::default().submit(open, &refused).is_err());
    let standing = Sending { rule: Unexplained::Stand, ..refused };
    let sent = Submission::default().submit(open, &standing).unwrap();
    assert_eq!(sent.approve(open, 1, " ").unwrap_err().reasons[0].code, "warning_needs_reason");
    assert_eq!(sent.approve(open, 1, "đúng thực tế").unwrap().state, SubmissionState::Approved);
}

#[test]
fn what_a_closed_period_locked_is_approved_again_once_it_is_reopened() {
    let approved = Submission { state: SubmissionState::Approved, latest_revision: 3, approved_revision: 3 };
    let locked = approved.lock(PeriodState::Closed).unwrap();
    assert_eq!(locked.unlock(PeriodState::Closed, "sửa").unwrap_err().reasons[0].code, "period_closed");
    assert_eq!(locked.unlock(PeriodState::Open, " ").unwrap_err().reasons[0].code, "reason_needed");
    assert_eq!(locked.unlock(PeriodState::Open, "sửa"), Ok(approved));
    let waiting = Submission { state: SubmissionState::Submitted, ..approved };
    assert_eq!(waiting.unlock(PeriodState::Open, "sửa"), Ok(waiting), "what was not locked is left as it is");
}

#[test]
fn entries_are_read_as_offices_type_them() {
    let count = ValueKind::Count { max: Some(5000.0) };
    assert_eq!(read_entry(&count, " 1.234 "), Ok(Some(Value::Number(1234.0))));
    assert_eq!(read_entry(&count, "  "), Ok(None));
    let code = |kind: &ValueKind, text: &str| read_entry(kind, text).unwrap_err().code;
    assert_eq!(code(&count, "12,5"), "not_whole");
    assert_eq!(code(&count, "-3"), "out_of_range");
    assert_eq!(code(&count, "9999"), "out_of_range");
    assert_eq!(code(&count, "khoảng 40"), "not_a_number");
    assert_eq!(code(&count, "1,234"), "ambiguous_number");
    let choices = ValueKind::Choice { choices: vec!["Mức độ 1".into(), "Chưa đạt".into()] };
    assert_eq!(read_entry(&choices, "muc do 1"), Ok(Some(Value::Text("Mức độ 1".into()))));
    assert_eq!(code(&choices, "Mức độ 9"), "not_a_choice");
    assert_eq!(read_entry(&ValueKind::YesNo, "có"), Ok(Some(Value::Boolean(true))));
    assert_eq!(code(&ValueKind::Text { length_max: 3 }, "dài quá"), "text_too_long");
}

#[test]
fn a_number_is_held_to_the_decimals_and_limits_of_its_element_by_whatever_road_it_comes() {
    let rate = ValueKind::Decimal { min: Some(0.0), max: Some(100.0), decimals: 1 };
    let rounded = [("98,4499", 98.4499, 98.4), ("98,45", 98.45, 98.5), ("100,04", 100.04, 100.0), ("1,25", 1.25, 1.3)];
    for (typed, found, kept) in rounded {
        assert_eq!(read_entry(&rate, typed), Ok(Some(Value::Number(kept))), "{typed}");
        assert_eq!(read_number(&rate, found), Ok(Value::Number(kept)), "{found}");
    }
    let code = |kind: &ValueKind, number: f64| read_number(kind, number).unwrap_err().code;
    assert_eq!(code(&rate, 100.05), "out_of_range");
    assert_eq!(code(&rate, f64::NAN), "not_a_number");
    let count = ValueKind::Count { max: Some(50.0) };
    assert_eq!(
        (code(&count, 1.5), code(&count, -1.0), code(&count, 51.0)),
        ("not_whole", "out_of_range", "out_of_range")
    );
    assert_eq!(read_number(&count, -0.0).unwrap().to_text(), "0");
    assert_eq!(read_number(&ValueKind::YesNo, 1.0), Ok(Value::Boolean(true)));
    assert_eq!(code(&ValueKind::YesNo, 7.0), "not_a_choice");
}

proptest! {
    #[test]
    fn what_is_printed_reads_back(
        whole in prop_oneof![0_i64..1000, 0_i64..10_000_000], thousandths in 0_i64..1000,
    ) {
        let value = Value::Number((whole * 1000 + thousandths) as f64 / 1000.0);
        let kind = ValueKind::Decimal { min: None, max: None, decimals: 3 };
        prop_assert_eq!(read_entry(&kind, &printed(&value)), Ok(Some(value)));
    }
}
