//! The road of a paper, step by step, and what bars each step.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use jiff::civil::date;

use super::*;
use crate::Reason;
use crate::reports::{Block, Place, sample};

fn comment(text: &str) -> BlockComment {
    BlockComment { place: Some(BlockPlace { body: 0, block: 3 }), text: text.to_owned() }
}

fn codes(refused: Result<Paper, crate::Refusal>) -> Vec<String> {
    refused.unwrap_err().reasons.into_iter().map(|reason| reason.code).collect()
}

fn approved() -> Paper {
    Paper::default().send_to_review(Vec::new()).unwrap().approve("h1").unwrap()
}

#[test]
fn a_paper_goes_its_road() {
    let returned = Paper::default().send_to_review(Vec::new()).unwrap().return_with(&[comment("Sửa câu này")]).unwrap();
    assert_eq!((returned.state, returned.open_comment_count), (PaperState::Returned, 1));
    assert_eq!(codes(returned.clone().send_to_review(Vec::new())), ["comments_open"]);

    let settled = Paper { open_comment_count: 0, ..returned.rewrite().unwrap() };
    let signed = settled.send_to_review(Vec::new()).unwrap().approve("h2").unwrap().sign("h2", Vec::new()).unwrap();
    assert_eq!(signed.state, PaperState::Signed);
    assert_eq!(codes(signed.clone().rewrite()), ["not_open"]);
    assert_eq!(codes(signed.clone().withdraw(" ")), ["reason_needed"]);
    assert_eq!(signed.withdraw("Ký nhầm người").unwrap().state, PaperState::Withdrawn);
}

#[test]
fn what_is_signed_is_what_was_approved() {
    assert_eq!(codes(approved().sign("h2", Vec::new())), ["content_changed"]);
    assert_eq!(codes(approved().sign("h1", vec![Reason::new("signer_missing", "…")])), ["signer_missing"]);
    assert_eq!(codes(Paper::default().sign("h1", Vec::new())), ["wrong_state"]);
}

#[test]
fn an_approval_may_be_taken_back_but_not_in_silence() {
    assert_eq!(codes(approved().return_with(&[])), ["reason_needed"]);
    let returned = approved().return_with(&[comment("Số liệu mới về")]).unwrap();
    assert_eq!((returned.state, returned.approved_hash.as_str()), (PaperState::Returned, ""));
}

#[test]
fn no_step_is_taken_twice_or_out_of_turn() {
    let in_review = Paper::default().send_to_review(Vec::new()).unwrap();
    assert_eq!(codes(in_review.clone().send_to_review(Vec::new())), ["wrong_state"]);
    assert_eq!(codes(in_review.rewrite()), ["not_open"]);
    assert_eq!(codes(approved().approve("h1")), ["wrong_state"]);
    assert_eq!(codes(Paper::default().return_with(&[comment("x")])), ["wrong_state"]);
    assert_eq!(codes(approved().withdraw("lý do")), ["wrong_state"]);
}

#[test]
fn a_signed_file_comes_back_to_a_signed_paper_only() {
    let signed = approved().sign("h1", Vec::new()).unwrap();
    assert!(signed.take_signed_file().is_ok());
    assert!(approved().take_signed_file().is_err() && signed.withdraw("x").unwrap().take_signed_file().is_err());
}

#[test]
fn a_paper_with_gaps_is_not_ready() {
    let mut document = sample::report();
    document.body.push(Block::Place(Place {
        code: "lessons".into(),
        guidance: "Bài học".into(),
        paragraphs: Vec::new(),
    }));
    document.signature.name.clear();
    let faults = faults_at_signing(&document, date(2026, 9, 2), date(2026, 9, 1));
    let codes: Vec<&str> = faults.iter().map(|fault| fault.code.as_str()).collect();
    assert!(codes.contains(&"place_empty") && codes.contains(&"signer_missing") && codes.contains(&"date_in_future"));
}

#[test]
fn every_word_of_a_state_reads_back() {
    for state in PaperState::ALL {
        assert_eq!(PaperState::parse(state.as_str()), Some(state));
    }
}
