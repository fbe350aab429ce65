//! The conference in the hall: a small one of invented people, its log kept beside it.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod after;
mod attendance;
mod before;
mod floor;
mod log;
mod places;
mod polls;
mod record;
mod session;
mod stored;

use jiff::{Timestamp, ToSpan};

use super::*;
use crate::{Level, Refusal, organisation::UnitKind, school_year::SchoolYear};

/// A conference with its log, as an office would keep it.
#[derive(Clone, Default)]
struct Hall {
    state: Conference,
    log: Vec<Recorded>,
    /// What lies in the boxes of secret polls, apart from the log.
    sealed: Vec<SealedBallot>,
    minute: i64,
}

impl Hall {
    /// Twelve delegates of three schools, a chair, a secretary and a group of guests, before the opening.
    fn planned() -> Self {
        let mut hall = Self::default();
        let head = Head {
            title: "Hội nghị tổng kết năm học 2025-2026 và triển khai nhiệm vụ năm học 2026-2027".to_owned(),
            organiser_name: "Ủy ban nhân dân phường Hoa Sữa".to_owned(),
            review_year: SchoolYear::parse("2025-2026"),
            next_year: SchoolYear::parse("2026-2027"),
            held_on: "2026-08-14".parse().ok(),
            starts_at: "08:00:00".parse().ok(),
            ..Head::default()
        };
        hall.must(Command::Set(Part::Head(Box::new(head))));
        hall.put(Entry::Venue(Venue {
            name: "Hội trường phường".to_owned(), is_main: true, ..Venue::default()
        }));
        for number in 1..=12_u32 {
            let (unit, level) = match number % 3 {
                0 => ("Trường THCS Bồ Câu", Level::LowerSecondary),
                1 => ("Trường Tiểu học Hoa Sữa", Level::Primary),
                _ => ("Trường Mầm non Nắng Mai", Level::Preschool),
            };
            hall.put(Entry::Participation(Participation {
                name: format!("Nguyễn Thị Số {number}"),
                badge: format!("HS{number:03}"),
                unit_name: unit.to_owned(),
                unit_kind: Some(UnitKind::School),
                level: Some(level),
                may_vote: true,
                ..Participation::default()
            }));
        }
        hall.put(Entry::Participation(Participation {
            group: "các đồng chí lãnh đạo phòng, ban của phường".to_owned(),
            head_count: Some(5),
            side: Side::Guest,
            ..Participation::default()
        }));
        for (kind, minutes) in [(ItemKind::Opening, 10), (ItemKind::Report, 40), (ItemKind::Discussion, 30)] {
            hall.put(Entry::AgendaItem(AgendaItem { kind, minutes: Some(minutes), ..AgendaItem::default() }));
        }
        hall
    }

    /// The same after the opening, with the first so many delegates here.
    fn opened(here: u32) -> Self {
        let mut hall = Self::planned();
        for number in 1..=here {
            hall.check_in(number, &format!("scan-{number}")).unwrap();
        }
        hall.must(Command::Open);
        hall
    }

    fn now(&self) -> Timestamp {
        "2026-08-14T01:00:00Z".parse::<Timestamp>().unwrap() + self.minute.minutes()
    }

    fn try_do(&mut self, command: &Command) -> Result<Vec<Event>, Refusal> {
        let decision = decide(&self.state, command)?;
        for event in &decision.events {
            let seq = self.state.seq + 1;
            let recorded = Recorded { seq, at: self.now(), actor: "mai".to_owned(), event: event.clone() };
            self.state.apply(&recorded);
            self.log.push(recorded);
        }
        self.sealed.extend(decision.sealed);
        Ok(decision.events)
    }

    fn must(&mut self, command: Command) -> Vec<Event> {
        self.try_do(&command).unwrap_or_else(|refusal| panic!("{command:?}: {refusal}"))
    }

    fn refused(&mut self, command: Command) -> Vec<String> {
        match self.try_do(&command) {
            Ok(events) => panic!("{command:?} gave {events:?}"),
            Err(refusal) => refusal.reasons.into_iter().map(|reason| reason.code).collect(),
        }
    }

    fn put(&mut self, entry: Entry) -> Id {
        let events = self.must(Command::Put(None, entry));
        let Some(Event::EntryPut { id, .. }) = events.first() else { panic!("{events:?}") };
        *id
    }

    fn check_in(&mut self, line: Id, client_id: &str) -> Result<Vec<Event>, Refusal> {
        self.try_do(&Command::CheckIn(arrival(line, client_id)))
    }

    fn open_poll(&mut self, question: Question) -> Id {
        let events = self.must(Command::OpenPoll(question));
        let Some(Event::PollOpened { poll, .. }) = events.first() else { panic!("{events:?}") };
        *poll
    }

    fn vote(&mut self, poll: Id, participation: Id, choice: u8) -> Result<Vec<Event>, Refusal> {
        let token = format!("token-of-nobody-{:04}", 9_999 - participation * 37);
        self.try_do(&Command::Vote(Ballot { poll, participation, choices: vec![choice], token }))
    }
}

fn arrival(line: Id, client_id: &str) -> Arrival {
    Arrival {
        client_id: client_id.to_owned(),
        found_by: FoundBy::Line(line),
        road: Road::List,
        desk: "Bàn 1".to_owned(),
        venue: None,
        heads: None,
        scanned_at: None,
    }
}

fn yes_or_no(by_hands: bool, by_devices: bool, is_secret: bool) -> Question {
    let text = "Thông qua chỉ tiêu năm học 2026-2027".to_owned();
    Question { text, kind: PollKind::YesNoOther, by_hands, by_devices, is_secret, target: None }
}

fn codes(refusal: &Refusal) -> Vec<&str> {
    refusal.reasons.iter().map(|reason| reason.code.as_str()).collect()
}
