//! The record: its parts, the entries of its registers, the run sheet of awards.

use super::{Decision, must};
use crate::{
    Reason, Refusal,
    conference::{Command, Conference, Directive, Entry, EntryKind, Event, Id, Part, Speech, entries},
};

pub(super) fn set(conference: &Conference, part: &Part) -> Result<Decision, Refusal> {
    let (faults, stands) = match part {
        Part::Head(head) => (head.faults(), conference.head == **head),
        Part::Rules(rules) => (rules.faults(), conference.rules == *rules),
        Part::Report(report) => (report.faults(), conference.report == *report),
        Part::Closing(closing) => (Vec::new(), conference.closing == *closing),
    };
    Refusal::unless_empty(faults)?;
    Ok(if stands { Decision::default() } else { Event::PartSet { part: part.clone() }.into() })
}

pub(super) fn put(conference: &Conference, id: Option<Id>, entry: &Entry) -> Result<Decision, Refusal> {
    let kind = entry.kind();
    if let Some(id) = id {
        must(conference.records.has(kind, id), "unknown_entry", || unknown(kind, id))?;
    }
    let id = id.unwrap_or_else(|| conference.records.next_id(kind));
    Refusal::unless_empty(entries::faults(conference, id, entry))?;
    Ok(Event::EntryPut { id, content: entry.clone() }.into())
}

/// A speech and what it asked for, under the numbers that they are given together.
pub(super) fn speak(conference: &Conference, speech: &Speech, directives: &[String]) -> Result<Decision, Refusal> {
    let id = conference.records.next_id(EntryKind::Speech);
    let first = conference.records.next_id(EntryKind::Directive);
    let mut reasons = entries::faults(conference, id, &Entry::Speech(speech.clone()));
    let mut events = vec![Event::EntryPut { id, content: Entry::Speech(speech.clone()) }];
    for ((number, place), text) in (first..).zip(1..).zip(directives) {
        let directive = Directive { text: text.clone(), ..Directive::default() };
        let faults = entries::faults(conference, number, &Entry::Directive(directive.clone()));
        reasons.extend(faults.into_iter().map(|fault| fault.at(format!("chỉ đạo {place}"))));
        let content = Entry::Directive(Directive { speech: Some(id), ..directive });
        events.push(Event::EntryPut { id: number, content });
    }
    Refusal::unless_empty(reasons)?;
    Ok(events.into())
}

fn unknown(kind: EntryKind, id: Id) -> String {
    format!("Không có {} số {id}; có thể người khác vừa xóa, hãy tải lại trang.", kind.name())
}

pub(super) fn remove(conference: &Conference, kind: EntryKind, id: Id) -> Result<Decision, Refusal> {
    must(conference.records.has(kind, id), "unknown_entry", || unknown(kind, id))?;
    let mut reasons: Vec<Reason> = entries::users(conference, kind, id)
        .into_iter()
        .map(|user| {
            let message = format!("{} số {id} đang được {} nhắc đến; hãy sửa chỗ đó trước.", kind.name(), user.name());
            Reason::new("still_used", message)
        })
        .collect();
    if let Some(what) = happened(conference, kind, id) {
        let message = format!("{} số {id} {what} nên không xóa được; biên bản cần giữ việc đã diễn ra.", kind.name());
        reasons.push(Reason::new("has_happened", message));
    }
    Refusal::unless_empty(reasons)?;
    Ok(Event::EntryRemoved { register: kind, id }.into())
}

/// What an entry did in the hall, so that the log must go on naming it.
fn happened(conference: &Conference, kind: EntryKind, id: Id) -> Option<&'static str> {
    match kind {
        EntryKind::Participation => {
            let was_here = conference.attendance.contains_key(&id);
            let asked = conference.floor.values().any(|request| request.participation == id);
            was_here.then_some("đã điểm danh").or(asked.then_some("đã đăng ký phát biểu"))
        }
        EntryKind::AgendaItem => conference.progress.contains_key(&id).then_some("đã diễn ra"),
        EntryKind::Award => conference.handed.contains_key(&id).then_some("đã trao"),
        EntryKind::Target => {
            let is_asked = conference.polls.values().any(|poll| poll.question.target == Some(id));
            is_asked.then_some("đã đưa ra biểu quyết")
        }
        EntryKind::Venue => {
            let was_used = conference.attendance.values().any(|presence| presence.venue == Some(id));
            was_used.then_some("đã có người điểm danh")
        }
        _ => None,
    }
}

pub(super) fn order(conference: &Conference, items: &[Id]) -> Result<Decision, Refusal> {
    let sorted = |items: &[Id]| {
        let mut items = items.to_vec();
        items.sort_unstable();
        items
    };
    must(sorted(items) == sorted(&conference.order), "not_the_programme", || {
        "Thứ tự mới không có đủ các mục của chương trình; có thể chương trình vừa đổi, hãy tải lại trang.".to_owned()
    })?;
    Ok(if items == conference.order { Decision::default() } else { Event::Ordered { items: items.to_vec() }.into() })
}

pub(super) fn hand_award(conference: &Conference, command: &Command) -> Result<Decision, Refusal> {
    let Command::HandAward { award, recipient, handed_by, received_by, is_substitute } = command else {
        return Ok(Decision::default());
    };
    super::must_be_open(conference)?;
    let Some(known) = conference.records.awards.get(*award) else {
        return Err(Refusal::one("unknown_entry", unknown(EntryKind::Award, *award)));
    };
    let has_recipient = |place: u32| usize::try_from(place).is_ok_and(|place| place < known.recipients.len());
    must(recipient.is_none_or(has_recipient), "unknown_recipient", || {
        "Không có người nhận này trong danh sách trao thưởng.".to_owned()
    })?;
    let handed = conference.handed.get(award).map_or(&[][..], Vec::as_slice);
    let before = handed.iter().find(|handing| handing.recipient == *recipient);
    must(before.is_none(), "already_handed", || {
        let at = before.map_or_else(String::new, |handing| crate::conference::time_of_day(handing.at));
        format!("Phần thưởng này đã trao lúc {at}.")
    })?;
    Ok(Event::AwardHanded {
        award: *award,
        recipient: *recipient,
        handed_by: handed_by.trim().to_owned(),
        received_by: received_by.trim().to_owned(),
        is_substitute: *is_substitute,
    }
    .into())
}
