//! Polls: hands, devices, both in one; open and secret; only those present; nothing said that was not counted.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use super::*;

#[test]
fn only_who_is_here_and_entitled_votes_and_only_once() {
    let mut hall = Hall::opened(3);
    let poll = hall.open_poll(yes_or_no(false, true, false));
    hall.vote(poll, 1, 0).unwrap();
    assert!(hall.vote(poll, 1, 0).unwrap().is_empty(), "the same ballot sent again is acknowledged");
    assert_eq!(codes(&hall.vote(poll, 1, 1).unwrap_err()), ["already_voted"]);
    assert_eq!(codes(&hall.vote(poll, 4, 0).unwrap_err()), ["not_here"]);
    assert_eq!(codes(&hall.vote(poll, 13, 0).unwrap_err()), ["not_entitled"]);
    assert_eq!(codes(&hall.vote(poll, 99, 0).unwrap_err()), ["not_entitled"]);
    assert_eq!(codes(&hall.vote(poll, 2, 3).unwrap_err()), ["unknown_option"]);
    assert_eq!(codes(&hall.vote(poll + 1, 2, 0).unwrap_err()), ["unknown_poll"]);
    hall.check_in(4, "late").unwrap();
    hall.vote(poll, 4, 0).unwrap();
    hall.must(Command::Leave(2));
    assert_eq!(codes(&hall.vote(poll, 2, 0).unwrap_err()), ["not_here"]);
    hall.must(Command::ClosePoll(poll, Vec::new()));
    assert_eq!(codes(&hall.vote(poll, 3, 0).unwrap_err()), ["poll_closed"]);
    let tally = hall.state.polls[&poll].tally();
    assert_eq!((tally.present, tally.voted, tally.not_voted), (4, 2, 2));
}

#[test]
fn hands_and_devices_make_one_result_over_those_present() {
    let mut hall = Hall::opened(10);
    let poll = hall.open_poll(yes_or_no(true, true, false));
    hall.vote(poll, 1, 0).unwrap();
    hall.vote(poll, 2, 1).unwrap();
    hall.must(Command::KeyHands(poll, "Khối A".to_owned(), vec![4, 0, 0]));
    hall.must(Command::KeyHands(poll, "Khối A".to_owned(), vec![5, 0, 0]));
    assert_eq!(
        hall.refused(Command::KeyHands(poll, "Khối B".to_owned(), vec![4, 0, 0])),
        ["more_hands_than_delegates"]
    );
    assert_eq!(hall.refused(Command::KeyHands(poll, "Khối B".to_owned(), vec![1])), ["counts"]);
    hall.must(Command::KeyHands(poll, "Khối B".to_owned(), vec![2, 0, 1]));
    assert_eq!(codes(&hall.vote(poll, 3, 0).unwrap_err()), ["all_have_voted"]);
    hall.must(Command::ClosePoll(poll, Vec::new()));
    let tally = hall.state.polls[&poll].tally();
    assert_eq!(tally.options.iter().map(OptionCount::total).collect::<Vec<_>>(), [8, 1, 1]);
    assert_eq!((tally.options[0].by_hands, tally.options[0].by_devices, tally.not_voted), (7, 1, 0));
    let sentence = hall.state.polls[&poll].sentence().unwrap();
    assert!(sentence.contains("đồng ý 8/10 (80 %)") && !sentence.contains("100 %"), "{sentence}");
}

#[test]
fn a_hundred_percent_is_said_only_where_everybody_was_counted() {
    let mut hall = Hall::opened(4);
    let poll = hall.open_poll(yes_or_no(true, false, false));
    hall.must(Command::KeyHands(poll, String::new(), vec![3, 0, 0]));
    assert_eq!(hall.state.polls[&poll].sentence(), None, "nothing is said of an open poll");
    let unanimous = |poll| {
        Entry::Resolution(Resolution {
            subjects: vec!["báo cáo".to_owned()],
            outcome: Outcome::Unanimous,
            poll: Some(poll),
            ..Resolution::default()
        })
    };
    assert_eq!(hall.refused(Command::Put(None, unanimous(poll))), ["outcome_not_counted"]);
    hall.must(Command::ClosePoll(poll, Vec::new()));
    assert_eq!(hall.refused(Command::Put(None, unanimous(poll))), ["outcome_not_counted"]);
    let poll = hall.open_poll(yes_or_no(true, false, false));
    hall.must(Command::KeyHands(poll, String::new(), vec![4, 0, 0]));
    hall.must(Command::ClosePoll(poll, Vec::new()));
    assert!(hall.state.polls[&poll].sentence().unwrap().contains("100 % đại biểu nhất trí (4/4)"));
    hall.put(unanimous(poll));
}

#[test]
fn a_share_is_rounded_but_never_to_what_it_misses() {
    let printed = |count, of| Share { count, of }.to_string();
    assert_eq!(
        [(13, 14), (1, 11), (1, 8), (14, 14), (0, 9), (0, 0), (1, 3)].map(|(count, of)| printed(count, of)),
        ["92,9 %", "9,1 %", "12,5 %", "100 %", "0 %", "0 %", "33,3 %"]
    );
    assert_eq!([printed(9_999, 10_000), printed(4_999, 10_000), printed(1, 2)], ["99,9 %", "49,9 %", "50 %"]);
    let of = |count, of| Share { count, of };
    assert_eq!([of(5_001, 10_000), of(1, 2)].map(Share::is_majority), [true, false], "never by the rounded share");
    assert_eq!([of(6_666, 10_000), of(2, 3)].map(|share| share.reaches(66)), [true, true]);
    assert!(!of(5_999, 10_000).reaches(60));
}

#[test]
fn a_share_is_never_rounded_up_to_a_hundred() {
    let option = |by_hands| OptionCount { option: String::new(), by_hands, by_devices: 0 };
    let tally = Tally { options: vec![option(9_999), option(1)], present: 10_000, voted: 10_000, not_voted: 0 };
    assert_eq!((tally.share(0).tenths(), tally.is_unanimous()), (999, false));
    let nobody = Tally { options: vec![option(0)], present: 0, voted: 0, not_voted: 0 };
    assert!(!nobody.is_unanimous());
    assert_eq!(Tally { options: vec![option(3), option(3)], ..nobody }.winner(), None);
}

#[test]
fn a_secret_ballot_is_in_no_event_before_the_closing_and_under_no_name_after_it() {
    let mut hall = Hall::opened(5);
    let poll = hall.open_poll(yes_or_no(false, true, true));
    for (voter, choice) in [(3, 0), (1, 1), (5, 0), (2, 2)] {
        let events = hall.vote(poll, voter, choice).unwrap();
        assert_eq!(events, [Event::SecretBallotMarked { poll, participation: voter }]);
    }
    assert_eq!(codes(&hall.vote(poll, 3, 1).unwrap_err()), ["already_voted"]);
    let open = hall.state.polls[&poll].tally();
    assert_eq!((open.voted, open.options.iter().map(OptionCount::total).sum::<u32>()), (4, 0));
    assert_eq!(hall.refused(Command::ClosePoll(poll, hall.sealed[1..].to_vec())), ["box_does_not_match"]);
    let mut stuffed = hall.sealed.clone();
    stuffed[0] = stuffed[1].clone();
    assert_eq!(hall.refused(Command::ClosePoll(poll, stuffed)), ["box_does_not_match"]);
    let events = hall.must(Command::ClosePoll(poll, hall.sealed.clone()));
    let [Event::PollClosed { ballots, .. }] = &events[..] else { panic!("{events:?}") };
    assert!(ballots.is_sorted(), "the order of the box is that of the tokens");
    assert_ne!(*ballots, hall.sealed, "and not that of the voting");
    let counts: Vec<u32> = hall.state.polls[&poll].tally().options.iter().map(OptionCount::total).collect();
    assert_eq!(counts, [2, 1, 1]);
}

#[test]
fn a_question_that_cannot_be_asked_gets_every_reason() {
    let mut hall = Hall::opened(2);
    let none = Question { text: " ".to_owned(), ..yes_or_no(false, false, false) };
    assert_eq!(hall.refused(Command::OpenPoll(none)), ["no_question", "no_way_to_vote"]);
    let bad = Question {
        kind: PollKind::Choices { options: vec!["A".to_owned(), "A".to_owned()], choice_count_max: 3 },
        target: Some(9),
        ..yes_or_no(true, true, true)
    };
    let codes = ["secret_by_hands", "options", "choice_count", "hands_with_many_choices", "unknown_reference"];
    let found = hall.refused(Command::OpenPoll(bad));
    assert_eq!(found, [&codes[..], &["too_few_for_secret"]].concat());
    let mut empty = Hall::opened(0);
    assert_eq!(empty.refused(Command::OpenPoll(yes_or_no(true, false, false))), ["nobody_here"]);
}

#[test]
fn two_desks_that_open_the_same_poll_open_one() {
    let mut hall = Hall::opened(3);
    hall.open_poll(yes_or_no(true, true, false));
    assert_eq!(hall.refused(Command::OpenPoll(yes_or_no(true, true, false))), ["poll_open"]);
    assert_eq!(hall.refused(Command::Close), ["poll_open"]);
    assert_eq!(hall.refused(Command::CancelPoll(1, String::new())), ["reason_needed"]);
    hall.must(Command::CancelPoll(1, "câu hỏi chưa rõ".to_owned()));
    assert_eq!(hall.refused(Command::ClosePoll(1, Vec::new())), ["poll_closed"]);
    hall.open_poll(yes_or_no(true, true, false));
}

#[test]
fn several_options_are_chosen_within_the_limit() {
    let mut hall = Hall::opened(3);
    let options = ["Cơ sở vật chất", "Chuyển đổi số", "Thi đua"].map(str::to_owned).to_vec();
    let kind = PollKind::Choices { options, choice_count_max: 2 };
    let poll = hall.open_poll(Question { kind, ..yes_or_no(false, true, false) });
    let mut cast = |participation, choices: &[u8]| {
        hall.try_do(&Command::Vote(Ballot { poll, participation, choices: choices.to_vec(), token: String::new() }))
    };
    assert_eq!(codes(&cast(1, &[]).unwrap_err()), ["choice_count"]);
    assert_eq!(codes(&cast(1, &[0, 1, 2]).unwrap_err()), ["choice_count"]);
    assert_eq!(codes(&cast(1, &[1, 1]).unwrap_err()), ["unknown_option"]);
    cast(1, &[2, 0]).unwrap();
    cast(2, &[0]).unwrap();
    hall.must(Command::ClosePoll(poll, Vec::new()));
    let tally = hall.state.polls[&poll].tally();
    assert_eq!(tally.winner(), Some(0));
    assert_eq!(tally.options.iter().map(OptionCount::total).collect::<Vec<_>>(), [2, 0, 1]);
}

#[test]
fn who_may_vote_only_since_the_opening_of_a_poll_is_told_so() {
    let mut hall = Hall::planned();
    let line = hall.state.records.participations.get(1).unwrap().clone();
    let may_vote = |may_vote| Command::Put(Some(1), Entry::Participation(Participation { may_vote, ..line.clone() }));
    hall.must(may_vote(false));
    for number in 1..=3 {
        hall.check_in(number, &format!("scan-{number}")).unwrap();
    }
    hall.must(Command::Open);
    let poll = hall.open_poll(yes_or_no(false, true, false));
    hall.must(may_vote(true));
    let refusal = hall.vote(poll, 1, 0).unwrap_err();
    assert_eq!(codes(&refusal), ["not_on_roll"], "nobody has voted for this place");
    assert!(refusal.to_string().contains("sau khi mở lượt này"), "{refusal}");
    hall.must(Command::ClosePoll(poll, Vec::new()));
    let poll = hall.open_poll(yes_or_no(false, true, false));
    hall.vote(poll, 1, 0).unwrap();
}
