//! A place is one person's: a substitute and the one in whose stead they come are never both counted, nor both voters.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use proptest::prelude::*;

use super::*;

/// The lines of the unit of the first one.
const NAMED: [Id; 4] = [1, 4, 7, 10];

fn substitute(stead: Id, client: &str, name: &str) -> Command {
    let (client_id, name) = (client.to_owned(), name.to_owned());
    Command::Substitute { client_id, stead, name, posts: Vec::new(), desk: String::new() }
}

/// Named by the unit before the hall, not here yet.
fn named_for(hall: &Hall, stead: Id, name: &str) -> Command {
    let line = hall.state.records.participations.get(stead).unwrap().clone();
    let line = Participation { name: name.to_owned(), badge: String::new(), substitute_for: Some(stead), ..line };
    Command::Put(None, Entry::Participation(line))
}

fn returns(line: Id, client: &str) -> Command {
    Command::ReturnPlace(arrival(line, client))
}

#[test]
fn who_is_replaced_is_not_let_in_beside_the_substitute() {
    let mut hall = Hall::opened(3);
    hall.must(substitute(4, "a", "Trần Thị Thay"));
    let refusal = hall.check_in(4, "b").unwrap_err();
    assert_eq!(codes(&refusal), ["replaced"]);
    assert!(refusal.to_string().contains("Trần Thị Thay đi thay Nguyễn Thị Số 4"), "{refusal}");
    assert_eq!(hall.refused(returns(4, "c")), ["replaced"], "the place is taken");
    assert_eq!((hall.state.count().present, hall.state.count().voters), (4, 4));
    // The substitute leaves, and the delegate comes in the substitute's stead.
    let (other, _) = hall.state.substitute_of(4).unwrap();
    hall.must(Command::Leave(other));
    assert_eq!(codes(&hall.check_in(4, "d").unwrap_err()), ["replaced"]);
    hall.must(substitute(other, "e", "Nguyễn Thị Số 4"));
    assert_eq!(hall.state.count().voters, 4);
}

#[test]
fn the_place_goes_back_while_the_substitute_has_not_come() {
    let mut hall = Hall::planned();
    let put = named_for(&hall, 1, "Trần Thị Thay");
    hall.must(put);
    let (other, _) = hall.state.substitute_of(1).unwrap();
    assert_eq!(hall.state.count().expected, 12 + 5);
    let refusal = hall.check_in(1, "a").unwrap_err();
    assert_eq!(codes(&refusal), ["replaced_by_absent"]);
    assert!(refusal.to_string().contains("Trả lại suất"), "{refusal}");
    hall.must(returns(1, "b"));
    assert!(hall.must(returns(1, "b")).is_empty(), "sent again it changes nothing");
    assert!(!hall.state.records.participations.has(other));
    assert_eq!((hall.state.heads_here(1), hall.state.count().expected), (1, 12 + 5));
    assert_eq!(hall.refused(returns(1, "c")), ["already_here"]);
    let late = named_for(&hall, 1, "Lê Văn Nữa");
    assert_eq!(hall.refused(late), ["already_here"], "who is here needs no substitute");
    assert_eq!(hall.refused(substitute(1, "d", "Lê Văn Nữa")), ["already_here"], "nor at the desk");
}

#[test]
fn a_substitute_is_of_the_same_unit_of_no_group_and_not_of_oneself() {
    let mut hall = Hall::planned();
    let line = hall.state.records.participations.get(1).unwrap().clone();
    let of = |stead, unit_name: &str| {
        let (badge, unit_name) = (String::new(), unit_name.to_owned());
        Entry::Participation(Participation { substitute_for: Some(stead), badge, unit_name, ..line.clone() })
    };
    assert_eq!(hall.refused(Command::Put(None, of(1, "Trường khác"))), ["stead_of_another_unit"]);
    assert_eq!(hall.refused(Command::Put(None, of(13, ""))), ["stead_of_a_group"]);
    assert_eq!(hall.refused(Command::Put(Some(1), of(1, &line.unit_name))), ["stead_of_oneself"]);
    let put = named_for(&hall, 1, "Trần Thị Thay");
    hall.must(put);
    let (other, _) = hall.state.substitute_of(1).unwrap();
    assert_eq!(hall.refused(Command::Put(Some(1), of(other, &line.unit_name))), ["stead_of_oneself"]);
}

#[test]
fn the_roll_of_an_open_poll_holds_a_place_once() {
    let mut hall = Hall::opened(4);
    let poll = hall.open_poll(yes_or_no(false, true, false));
    hall.vote(poll, 1, 0).unwrap();
    hall.must(Command::Leave(1));
    hall.must(Command::Leave(2));
    hall.must(substitute(1, "a", "Thay Một"));
    hall.must(substitute(2, "b", "Thay Hai"));
    assert_eq!(hall.state.polls[&poll].present(), 4, "four places");
    let (of_one, _) = hall.state.substitute_of(1).unwrap();
    let (of_two, _) = hall.state.substitute_of(2).unwrap();
    assert_eq!(codes(&hall.vote(poll, of_one, 0).unwrap_err()), ["place_has_voted"]);
    hall.vote(poll, of_two, 0).unwrap();
    hall.vote(poll, 3, 0).unwrap();
    hall.vote(poll, 4, 0).unwrap();
    hall.must(Command::ClosePoll(poll, Vec::new()));
    assert!(hall.state.polls[&poll].tally().is_unanimous());
}

#[test]
fn who_is_replaced_counts_for_no_quorum() {
    let mut hall = Hall::planned();
    hall.must(Command::Set(Part::Rules(Rules { quorum_percent: Some(100), ..Rules::default() })));
    for line in 2..=12 {
        hall.check_in(line, &format!("s{line}")).unwrap();
    }
    assert_eq!(hall.refused(Command::Open), ["no_quorum"]);
    hall.must(substitute(1, "a", "Trần Thị Thay"));
    hall.must(Command::Open);
}

/// What desk and unit may press about a place, sensible or not.
fn press() -> impl Strategy<Value = (u8, Id, u32)> {
    (0..9_u8, 0..24_u32, 0..40_u32)
}

fn pressed(hall: &Hall, (what, line, scan): (u8, Id, u32)) -> Command {
    let client = format!("scan-{scan}");
    match what {
        0..=2 => Command::CheckIn(arrival(line, &client)),
        3 => substitute(line, &client, &format!("Thay {line}")),
        4 => returns(line, &client),
        5 => Command::Leave(line),
        6 if hall.state.records.participations.has(line) => named_for(hall, line, &format!("Cử thay {line}")),
        7 => Command::Remove(EntryKind::Participation, line),
        _ => match hall.state.open_poll() {
            Some((poll, _)) if scan % 3 == 0 => Command::ClosePoll(poll, Vec::new()),
            Some((poll, _)) => {
                Command::Vote(Ballot { poll, participation: line, choices: vec![0], token: String::new() })
            }
            None => Command::OpenPoll(yes_or_no(false, true, false)),
        },
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(120))]

    #[test]
    fn a_unit_never_has_more_voters_than_places(presses in prop::collection::vec(press(), 0..80)) {
        let mut hall = Hall::opened(2);
        let unit = hall.state.records.participations.get(1).unwrap().unit_name.clone();
        let places = u32::try_from(NAMED.len()).unwrap();
        hall.put(Entry::Quota(Quota { unit_name: unit.clone(), delegate_count: places, ..Quota::default() }));
        for press in presses {
            let command = pressed(&hall, press);
            let _ = hall.try_do(&command);
            let of_unit = |id: &Id| hall.state.records.participations.get(*id).is_some_and(|line| line.unit_name == unit);
            let count = hall.state.count_by_unit().into_iter().find(|of| of.of == unit).map(|of| of.count).unwrap();
            prop_assert!(count.voters <= places && count.present <= places && count.expected <= places, "{:?}", count);
            for poll in hall.state.polls.values() {
                prop_assert!(poll.roll.keys().filter(|line| of_unit(line)).count() <= NAMED.len());
                prop_assert!(poll.voted.iter().filter(|line| of_unit(line)).count() <= NAMED.len());
                prop_assert!(poll.device_count() <= poll.present());
            }
        }
    }
}
