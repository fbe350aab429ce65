//! The stored form of events, versions 1 to 4. These texts lie in offices' databases: they must be read for ever.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use super::*;

#[test]
fn events_of_version_1_are_read() {
    let read = |text: &str| serde_json::from_str::<Event>(text).unwrap_or_else(|fault| panic!("{text}: {fault}"));
    assert_eq!(read(r#"{"kind":"opened"}"#), Event::Opened);
    let came = read(
        r#"{"kind":"checked_in","participation":3,"client_id":"b1-7","road":"badge","desk":"Bàn 1","venue":null,"heads":1}"#,
    );
    assert!(matches!(came, Event::CheckedIn { participation: 3, road: Road::Badge, scanned_at: None, .. }));
    let put = read(
        r#"{"kind":"entry_put","id":2,"content":{"entry":"agenda_item","kind":"report","title":"","starts_at":"08:10:00","minutes":40}}"#,
    );
    let Event::EntryPut { content: Entry::AgendaItem(item), .. } = put else { panic!() };
    assert_eq!((item.kind, item.minutes), (ItemKind::Report, Some(40)), "fields added later are empty");
    let opened = read(
        r#"{"kind":"poll_opened","poll":1,"question":{"text":"Thông qua","kind":{"by":"yes_no_other"},"by_hands":true,"by_devices":true,"is_secret":false,"target":null}}"#,
    );
    assert!(matches!(opened, Event::PollOpened { poll: 1, .. }));
    let closed = read(
        r#"{"kind":"poll_closed","poll":1,"ballots":[{"token":"abc","choices":[0]},{"token":"def","choices":[2]}]}"#,
    );
    assert!(matches!(closed, Event::PollClosed { ref ballots, .. } if ballots.len() == 2));
    let head = read(
        r#"{"kind":"part_set","part":{"part":"head","title":"Hội nghị","review_year":"2025-2026","held_on":"2026-08-14","day_part":"morning"}}"#,
    );
    let Event::PartSet { part: Part::Head(head) } = head else { panic!() };
    assert_eq!((head.day_part, head.level), (Some(DayPart::Morning), None));
}

#[test]
fn events_of_version_2_are_read() {
    let read = |text: &str| serde_json::from_str::<Event>(text).unwrap_or_else(|fault| panic!("{text}: {fault}"));
    let came = read(
        r#"{"kind":"checked_in","participation":3,"client_id":"b1-7","road":"badge","desk":"Bàn 1","venue":null,"heads":1,"scanned_at":"2026-08-14T00:45:10Z"}"#,
    );
    let Event::CheckedIn { scanned_at, .. } = came else { panic!() };
    assert_eq!(scanned_at, Some("2026-08-14T00:45:10Z".parse().unwrap()));
    let turned = read(r#"{"kind":"screen_turned","screen":"Cánh trái","subject":"bieu-quyet"}"#);
    assert_eq!(turned.kind(), "screen_turned");
}

#[test]
fn events_of_version_3_are_read() {
    let text = r#"{"kind":"recorded_afterwards","basis":"Tin bài đăng ngày 08/09/2017"}"#;
    let recorded: Event = serde_json::from_str(text).unwrap();
    assert_eq!(recorded, Event::RecordedAfterwards { basis: "Tin bài đăng ngày 08/09/2017".to_owned() });
}

#[test]
fn events_of_version_4_are_read() {
    assert_eq!(serde_json::from_str::<Event>(r#"{"kind":"forgotten"}"#).unwrap(), Event::Forgotten);
}

#[test]
fn kinds_and_registers_keep_their_words() {
    assert_eq!(Event::VERSION, 4);
    let words: Vec<&str> = EntryKind::ALL.iter().map(|kind| kind.as_str()).collect();
    assert!(words.iter().all(|word| EntryKind::parse(word).is_some_and(|kind| kind.as_str() == *word)));
    for kind in EntryKind::ALL {
        assert_eq!(serde_json::to_value(kind).unwrap(), kind.as_str());
    }
    let kinds: Vec<&str> = ItemKind::ALL.iter().map(|kind| kind.as_str()).collect();
    assert!(kinds.contains(&"directive_speech") && kinds.contains(&"division_opinion"));
    for kind in ItemKind::ALL {
        assert_eq!(serde_json::to_value(kind).unwrap(), kind.as_str());
        assert_eq!(ItemKind::parse(kind.as_str()), Some(*kind));
    }
    for role in ParticipationRole::ALL {
        assert_eq!(serde_json::to_value(role).unwrap(), role.as_str());
    }
}
