//! Whatever is asked of a conference, in whatever order: nothing fails, the log is the record, the counts add up.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::collections::BTreeSet;

use proptest::prelude::*;

use super::*;

/// Something that somebody in the hall might press, sensible or not.
fn press() -> impl Strategy<Value = Command> {
    let line = 0..15_u32;
    let poll = 0..4_u32;
    let arrives = (line.clone(), 0..30_u32, prop::option::of(0..9_u32))
        .prop_map(|(line, scan, heads)| Command::CheckIn(Arrival { heads, ..arrival(line, &format!("scan-{scan}")) }));
    let question = (any::<bool>(), any::<bool>(), any::<bool>())
        .prop_map(|(hands, devices, secret)| Command::OpenPoll(yes_or_no(hands, devices, secret)));
    let ballot = (poll.clone(), line.clone(), prop::collection::vec(0..4_u8, 0..3)).prop_map(
        |(poll, participation, choices)| {
            let token = format!("random-token-{:05}", (participation * 7_919 + poll * 101) % 99_991);
            Command::Vote(Ballot { poll, participation, choices, token })
        },
    );
    let hands = (poll.clone(), 0..3_u32, prop::collection::vec(0..9_u32, 2..5))
        .prop_map(|(poll, block, counts)| Command::KeyHands(poll, format!("Khối {block}"), counts));
    let asks = (line.clone(), any::<bool>()).prop_map(|(participation, is_from_desk)| Command::RequestFloor {
        participation,
        topic: String::new(),
        is_from_desk,
    });
    let request = 0..6_u32;
    prop_oneof![
        4 => arrives,
        4 => ballot,
        2 => hands,
        2 => question,
        2 => asks,
        1 => line.clone().prop_map(Command::Leave),
        1 => (poll.clone(), any::<bool>()).prop_map(|(poll, gives_up)| match gives_up {
            true => Command::CancelPoll(poll, "thử lại".to_owned()),
            false => Command::ClosePoll(poll, Vec::new()),
        }),
        1 => Just(Command::Open), 1 => Just(Command::Next), 1 => Just(Command::Resume), 1 => Just(Command::EndSpeech),
        1 => Just(Command::Adjourn(String::new())),
        1 => prop::bool::weighted(0.1).prop_map(|ends| if ends { Command::Close } else { Command::Next }),
        1 => request.clone().prop_map(Command::CallSpeaker),
        1 => request.clone().prop_map(Command::WithdrawRequest),
        1 => (request, any::<bool>()).prop_map(|(id, why)| {
            Command::SkipSpeaker(id, if why { "x".to_owned() } else { String::new() })
        }),
        1 => (0..5_u32).prop_map(Command::StartItem),
        1 => Just(Command::Order(vec![3, 1, 2])),
        1 => (0..15_u32).prop_map(|id| Command::Remove(EntryKind::Participation, id)),
    ]
}

/// Presses one thing after another; a secret poll is closed with what lies in its box.
fn held(presses: &[Command]) -> Hall {
    let mut hall = Hall::planned();
    for command in presses {
        hall.minute += 1;
        let opened = hall.state.open_poll().map(|(id, _)| id);
        let command = match command {
            Command::ClosePoll(poll, _) => Command::ClosePoll(*poll, hall.sealed.clone()),
            command => command.clone(),
        };
        let _ = hall.try_do(&command);
        if hall.state.open_poll().map(|(id, _)| id) != opened {
            hall.sealed.clear();
        }
    }
    hall
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn the_fold_of_the_log_is_the_state_from_any_snapshot(
        presses in prop::collection::vec(press(), 0..60),
        cut in 0..80_usize,
    ) {
        let hall = held(&presses);
        prop_assert_eq!(&Conference::fold(&hall.log), &hall.state);
        let cut = cut.min(hall.log.len());
        let written = serde_json::to_string(&Conference::fold(&hall.log[..cut])).unwrap();
        let mut resumed: Conference = serde_json::from_str(&written).unwrap();
        hall.log.iter().for_each(|recorded| resumed.apply(recorded));
        prop_assert_eq!(&resumed, &hall.state);
        hall.log.iter().for_each(|recorded| resumed.apply(recorded));
        prop_assert_eq!(&resumed, &hall.state, "folding in twice changes nothing");
        let seq = u64::try_from(cut).unwrap();
        prop_assert_eq!(Conference::fold_until(&hall.log, seq), Conference::fold(&hall.log[..cut]));
    }

    #[test]
    fn events_survive_being_stored(presses in prop::collection::vec(press(), 0..60)) {
        for recorded in held(&presses).log {
            let text = serde_json::to_string(&recorded.event).unwrap();
            let kind = format!("{{\"kind\":\"{}\"", recorded.event.kind());
            prop_assert!(text.starts_with(&kind), "{}", text);
            prop_assert_eq!(serde_json::from_str::<Event>(&text).unwrap(), recorded.event);
        }
    }

    #[test]
    fn nobody_votes_twice_and_the_counts_add_up(presses in prop::collection::vec(press(), 0..80)) {
        let hall = held(&presses);
        let mut ballots = BTreeSet::new();
        for recorded in &hall.log {
            if let Event::BallotCast { poll, participation, .. } | Event::SecretBallotMarked { poll, participation } =
                recorded.event
            {
                prop_assert!(ballots.insert((poll, participation)), "voted twice");
            }
        }
        for (id, poll) in &hall.state.polls {
            let tally = poll.tally();
            let devices = ballots.iter().filter(|(of, _)| of == id).count();
            prop_assert_eq!(usize::try_from(poll.device_count()).unwrap(), devices);
            prop_assert!(tally.voted <= tally.present);
            prop_assert_eq!(tally.voted + tally.not_voted, tally.present);
            let sum: u32 = tally.options.iter().map(OptionCount::total).sum();
            let is_hidden = poll.question.is_secret && poll.state != PollState::Closed;
            let expected = if is_hidden { 0 } else { tally.voted };
            prop_assert_eq!(sum, expected);
            let says_all = poll.sentence().is_some_and(|sentence| sentence.contains("100 % đại biểu"));
            prop_assert_eq!(says_all, poll.state == PollState::Closed && tally.is_unanimous());
        }
        let present: u32 = hall.state.count_by_unit().iter().map(|unit| unit.count.present).sum();
        prop_assert_eq!(present, hall.state.count().present);
        let by_level: u32 = hall.state.count_by_level().iter().map(|level| level.count.expected).sum();
        prop_assert_eq!(by_level, hall.state.count().expected);
    }

    #[test]
    fn a_secret_choice_reaches_the_log_only_with_all_others(presses in prop::collection::vec(press(), 0..80)) {
        let hall = held(&presses);
        let mut tokens_seen_early = 0;
        for recorded in &hall.log {
            let text = serde_json::to_string(&recorded.event).unwrap();
            let is_closing = matches!(recorded.event, Event::PollClosed { .. });
            tokens_seen_early += usize::from(text.contains("random-token") && !is_closing);
        }
        prop_assert_eq!(tokens_seen_early, 0);
    }
}
