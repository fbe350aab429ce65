//! A box opens with its own key alone, and its length tells nothing but how many ballots there are.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use super::*;

fn ballot(token: &str, choices: &[u8]) -> SealedBallot {
    SealedBallot { token: token.to_owned(), choices: choices.to_vec() }
}

fn key(byte: u8, of: &str) -> Key {
    Key::new(&[byte; KEY_LENGTH], of).unwrap()
}

#[test]
fn a_box_opens_with_its_own_key_and_no_other() {
    let (longest, last) = ("x".repeat(SealedBallot::TOKEN_LENGTH_MAX), 39);
    let ballots = vec![ballot("mã-có-dấu-0123456", &[0]), ballot(&longest, &[0, 3, last]), ballot("y", &[])];
    let sealed = key(1, "7-1").seal(&ballots).unwrap();
    assert_eq!(key(1, "7-1").open(&sealed), Some(ballots));
    assert_eq!(key(2, "7-1").open(&sealed), None);
    assert_eq!(key(1, "7-2").open(&sealed), None, "the box of another poll");
    let (first, rest) = sealed.split_at(1);
    let altered = format!("{}{rest}", if first == "A" { "B" } else { "A" });
    assert_eq!(key(1, "7-1").open(&altered), None);
    assert!(["", "AAAA", "không"].into_iter().all(|stray| key(1, "7-1").open(stray).is_none()));
    assert!(Key::new(&[0; KEY_LENGTH], "7-1").is_none(), "an overwritten key is none");
    assert!(Key::new(&[1; 5], "7-1").is_none());
}

#[test]
fn the_length_of_a_box_tells_only_how_many_ballots_lie_in_it() {
    let key = key(1, "7-1");
    let length = |ballots: &[SealedBallot]| key.seal(ballots).unwrap().len();
    assert_eq!(length(&[ballot("short", &[0])]), length(&[ballot("a-much-longer-token", &[1, 2, 30])]));
    assert_ne!(key.seal(&[ballot("a", &[0])]).unwrap(), key.seal(&[ballot("a", &[0])]).unwrap(), "a nonce each time");
    assert!(key.seal(&[ballot(&"x".repeat(65), &[0])]).is_err());
}
