//! The queue of speakers and its budgets.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use super::*;

fn ask(participation: Id, topic: &str) -> Command {
    Command::RequestFloor { participation, topic: topic.to_owned(), is_from_desk: false }
}

fn ruled() -> Hall {
    let mut hall = Hall::opened(12);
    let topics = [("Cơ sở vật chất", Some(2)), ("An toàn thực phẩm", None)];
    let topics = topics.map(|(name, speaker_count_max)| Topic { name: name.to_owned(), speaker_count_max });
    let rules = Rules { topics: topics.to_vec(), speech_count_per_unit_max: Some(2), ..Rules::default() };
    hall.must(Command::Set(Part::Rules(rules)));
    hall
}

#[test]
fn speakers_are_called_in_any_order_one_at_a_time() {
    let mut hall = ruled();
    hall.must(ask(1, "Cơ sở vật chất"));
    hall.must(ask(2, "An toàn thực phẩm"));
    assert_eq!(hall.refused(ask(1, "An toàn thực phẩm")), ["already_waiting"]);
    hall.must(Command::CallSpeaker(2));
    hall.minute = 3;
    let events = hall.must(Command::CallSpeaker(1));
    assert_eq!(events.len(), 2, "the speech before ends");
    assert_eq!(hall.state.speaking().unwrap().0, 1);
    assert_eq!(hall.refused(Command::CallSpeaker(2)), ["not_waiting"]);
    hall.must(Command::EndSpeech);
    assert_eq!(hall.refused(Command::EndSpeech), ["nobody_speaks"]);
    let FloorState::Spoken { since, until } = hall.state.floor[&2].state else { panic!() };
    assert_eq!(until.duration_since(since).as_mins(), 3);
    hall.must(ask(2, "Cơ sở vật chất"));
}

#[test]
fn budgets_of_topics_and_units_hold_and_every_reason_is_given() {
    let mut hall = ruled();
    hall.must(ask(1, "Cơ sở vật chất"));
    hall.must(ask(4, "Cơ sở vật chất"));
    assert_eq!(hall.refused(ask(7, "Cơ sở vật chất")), ["unit_budget", "topic_budget"]);
    assert_eq!(hall.refused(ask(2, "Chuyện khác")), ["unknown_topic"]);
    hall.must(Command::WithdrawRequest(2));
    assert!(hall.must(Command::WithdrawRequest(2)).is_empty());
    hall.must(ask(7, "Cơ sở vật chất"));
    assert_eq!(hall.refused(Command::SkipSpeaker(1, String::new())), ["reason_needed"]);
    hall.must(Command::SkipSpeaker(1, "trùng ý kiến".to_owned()));
    assert_eq!(hall.state.waiting().map(|(id, _)| id).collect::<Vec<_>>(), [3]);
}

#[test]
fn who_has_not_spoken_is_known() {
    let mut hall = ruled();
    assert_eq!(hall.state.silent_units().len(), 3);
    hall.must(ask(1, "Cơ sở vật chất"));
    hall.must(Command::CallSpeaker(1));
    assert_eq!(hall.state.silent_units(), ["Trường Mầm non Nắng Mai", "Trường THCS Bồ Câu"]);
    let unit_name = "Trường THCS Bồ Câu".to_owned();
    hall.put(Entry::Opinion(Opinion { unit_name, topic: "Đoàn thể".to_owned(), ..Opinion::default() }));
    assert_eq!(hall.state.silent_units(), ["Trường Mầm non Nắng Mai"]);
}

#[test]
fn nobody_asks_for_the_floor_when_all_is_over() {
    let mut hall = ruled();
    hall.must(ask(1, "Cơ sở vật chất"));
    hall.must(Command::CallSpeaker(1));
    hall.must(Command::Close);
    assert!(hall.state.speaking().is_none());
    assert_eq!(hall.refused(ask(2, "An toàn thực phẩm")), ["closed"]);
}
