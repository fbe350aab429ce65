//! Who comes and who is here.

use super::{Decision, must, record};
use crate::{
    Reason, Refusal,
    conference::{
        Arrival, Conference, Entry, EntryKind, Event, FoundBy, Id, Participation, Phase, PostTitle, Road, entries,
        time_of_day,
    },
    vietnamese::fold,
};

/// The longest number of a scan, in bytes.
const CLIENT_ID_LENGTH_MAX: usize = 64;

/// A group larger than this is a slip of the keyboard.
const HEAD_COUNT_MAX: u32 = 20_000;

pub(super) fn answer(
    conference: &Conference,
    participation: Id,
    is_coming: bool,
    note: &str,
) -> Result<Decision, Refusal> {
    line(conference, participation)?;
    must(!conference.phase.is_over(), "closed", || "Hội nghị đã bế mạc.".to_owned())?;
    let note = note.trim().chars().take(500).collect::<String>();
    let stands = conference
        .answers
        .get(&participation)
        .is_some_and(|answer| answer.is_coming == is_coming && answer.note == note);
    Ok(if stands { Decision::default() } else { Event::Answered { participation, is_coming, note }.into() })
}

fn line(conference: &Conference, id: Id) -> Result<&Participation, Refusal> {
    let found = conference.records.participations.get(id);
    found.ok_or_else(|| {
        Refusal::one("unknown_delegate", "Không có người này trong danh sách; hãy tìm theo tên, hoặc thêm đại biểu.")
    })
}

pub(super) fn check_in(conference: &Conference, arrival: &Arrival) -> Result<Decision, Refusal> {
    check_client_id(&arrival.client_id)?;
    let participation = find(conference, &arrival.found_by)?;
    if let Some(known) = conference.scans.get(&arrival.client_id) {
        return must(*known == participation, "scan_reused", || {
            "Mã lượt quét này đã dùng cho người khác; hãy quét lại.".to_owned()
        })
        .map(|()| Decision::default());
    }
    not_replaced(conference, participation)?;
    arrive(conference, arrival, participation)
}

/// Somebody in whose stead another was named comes after all: the other gives the place back, unless they came.
pub(super) fn return_place(conference: &Conference, arrival: &Arrival) -> Result<Decision, Refusal> {
    check_client_id(&arrival.client_id)?;
    let participation = find(conference, &arrival.found_by)?;
    if conference.scans.contains_key(&arrival.client_id) {
        return check_in(conference, arrival);
    }
    let Some((substitute, _)) = conference.substitute_of(participation) else { return check_in(conference, arrival) };
    if conference.attendance.contains_key(&substitute) {
        not_replaced(conference, participation)?;
    }
    let mut events = record::remove(conference, EntryKind::Participation, substitute)?.events;
    events.extend(arrive(conference, arrival, participation)?.events);
    Ok(events.into())
}

/// Who is replaced leaves the place to the substitute: never both are here. Where the substitute has not come, the desk
/// chooses between the two.
fn not_replaced(conference: &Conference, participation: Id) -> Result<(), Refusal> {
    let known = line(conference, participation)?;
    let substitute = conference.substitute_of(participation).filter(|_| !known.is_group());
    let Some((id, substitute)) = substitute else { return Ok(()) };
    let (who, other) = (known.shown_name(), substitute.shown_name());
    Err(match conference.attendance.get(&id) {
        Some(presence) => {
            let at = time_of_day(presence.at);
            let message = format!(
                "{other} đi thay {who} và đã điểm danh lúc {at}; mỗi suất một người. Nếu {other} đã về, hãy ghi {who} là \
                 người đi thay {other}."
            );
            Refusal::one("replaced", message)
        }
        None => {
            let message = format!(
                "{other} được cử đi thay {who} và chưa điểm danh. Nếu {who} vẫn dự, hãy bấm «Trả lại suất» ở bàn đón \
                 tiếp; {other} sẽ ra khỏi danh sách."
            );
            Refusal::from(Reason::new("replaced_by_absent", message).at(participation.to_string()))
        }
    })
}

fn arrive(conference: &Conference, arrival: &Arrival, participation: Id) -> Result<Decision, Refusal> {
    let known = line(conference, participation)?;
    let is_in_time = match (conference.phase, conference.closed_at) {
        (Phase::Recorded, _) => return Err(Refusal::one("recorded", super::RECORDED)),
        (Phase::Closed, Some(closed)) => arrival.scanned_at.is_some_and(|at| at <= closed),
        _ => true,
    };
    must(is_in_time, "closed", || "Hội nghị đã bế mạc nên không điểm danh được nữa.".to_owned())?;
    let venue = arrival.venue.or(known.venue);
    if let Some(venue) = venue {
        must(conference.records.venues.has(venue), "unknown_venue", || {
            "Không có điểm cầu này; hãy chọn lại điểm cầu của bàn đón tiếp.".to_owned()
        })?;
    }
    let heads = heads(known, arrival.heads)?;
    if let Some(before) = conference.attendance.get(&participation).filter(|presence| presence.is_here()) {
        let changes_count = known.is_group() && before.heads != heads;
        if !changes_count {
            let at = before.venue.and_then(|venue| conference.records.venues.get(venue));
            let place = at.map_or_else(String::new, |venue| format!(", {}", venue.name));
            let taken = before.scanned_at.map_or_else(
                || time_of_day(before.at),
                |at| format!("{} (theo đồng hồ máy quét; gửi về lúc {})", time_of_day(at), time_of_day(before.at)),
            );
            let message = format!(
                "{} đã điểm danh lúc {taken} tại {}{place}.",
                known.shown_name(),
                if before.desk.is_empty() { "bàn đón tiếp" } else { &before.desk },
            );
            return Err(Refusal::one("already_here", message));
        }
    }
    let desk = arrival.desk.trim().to_owned();
    let client_id = arrival.client_id.clone();
    let (road, scanned_at) = (arrival.road, arrival.scanned_at);
    Ok(Event::CheckedIn { participation, client_id, road, desk, venue, heads, scanned_at }.into())
}

fn check_client_id(client_id: &str) -> Result<(), Refusal> {
    must(!client_id.is_empty() && client_id.len() <= CLIENT_ID_LENGTH_MAX, "scan_number", || {
        "Lượt quét thiếu mã riêng; hãy tải lại trang điểm danh.".to_owned()
    })
}

fn heads(line: &Participation, counted: Option<u32>) -> Result<u32, Refusal> {
    if !line.is_group() {
        return Ok(1);
    }
    let heads = counted.or(line.head_count).unwrap_or(0);
    must((1..=HEAD_COUNT_MAX).contains(&heads), "head_count", || {
        format!("Hãy ghi số người có mặt của nhóm «{}».", line.group)
    })?;
    Ok(heads)
}

fn find(conference: &Conference, found_by: &FoundBy) -> Result<Id, Refusal> {
    let lines = || conference.records.participations.iter();
    match found_by {
        FoundBy::Line(id) => line(conference, *id).map(|_| *id),
        FoundBy::Badge(badge) => {
            let badge = badge.trim();
            let found = lines().find(|(_, line)| !badge.is_empty() && line.badge.eq_ignore_ascii_case(badge));
            found.map(|(id, _)| id).ok_or_else(|| {
                let message = format!("Không có thẻ mang mã «{badge}»; hãy tìm theo tên.");
                Refusal::one("unknown_badge", message)
            })
        }
        FoundBy::Name(name) => {
            let wanted = fold(name);
            let found: Vec<(Id, &Participation)> =
                lines().filter(|(_, line)| !wanted.is_empty() && fold(line.shown_name()) == wanted).collect();
            match found[..] {
                [(id, _)] => Ok(id),
                [] => Err(Refusal::one("unknown_name", format!("Không có ai tên «{}» trong danh sách.", name.trim()))),
                _ => Err(Refusal { reasons: found.into_iter().map(|(id, line)| namesake(id, line)).collect() }),
            }
        }
    }
}

/// One of several people of the same name: the place of the reason is the line to choose.
fn namesake(id: Id, line: &Participation) -> Reason {
    let place = if line.unit_name.is_empty() { "chưa ghi đơn vị" } else { &line.unit_name };
    Reason::new("several_of_that_name", format!("{} ({place})", line.shown_name())).at(id.to_string())
}

pub(super) fn substitute(
    conference: &Conference,
    client_id: &str,
    stead: Id,
    (name, posts): (&str, &[PostTitle]),
    desk: &str,
) -> Result<Decision, Refusal> {
    check_client_id(client_id)?;
    if conference.scans.contains_key(client_id) {
        return Ok(Decision::default());
    }
    must(!conference.phase.is_over(), "closed", || "Hội nghị đã bế mạc.".to_owned())?;
    let invited = line(conference, stead)?;
    must(!name.trim().is_empty(), "no_name", || "Hãy ghi họ tên người đi thay.".to_owned())?;
    if let Some((_, before)) = conference.substitute_of(stead) {
        let (who, invited) = (before.shown_name(), invited.shown_name());
        let message = format!("{who} đã đi thay {invited}; hãy điểm danh người đó.");
        return Err(Refusal::one("already_substituted", message));
    }
    let id = conference.records.next_id(EntryKind::Participation);
    let line = Participation {
        name: name.trim().to_owned(),
        posts: posts.to_vec(),
        substitute_for: Some(stead),
        group: String::new(),
        head_count: None,
        badge: String::new(),
        phone: String::new(),
        email: String::new(),
        ..invited.clone()
    };
    let venue = line.venue;
    let content = Entry::Participation(line);
    Refusal::unless_empty(entries::faults(conference, id, &content))?;
    let (client_id, desk) = (client_id.to_owned(), desk.trim().to_owned());
    let road = Road::Name;
    let arrives = Event::CheckedIn { participation: id, client_id, road, desk, venue, heads: 1, scanned_at: None };
    Ok(vec![Event::EntryPut { id, content }, arrives].into())
}

pub(super) fn leave(conference: &Conference, participation: Id) -> Result<Decision, Refusal> {
    let known = line(conference, participation)?;
    let is_here = conference.attendance.get(&participation).is_some_and(super::super::Presence::is_here);
    must(is_here, "not_here", || format!("{} chưa điểm danh hoặc đã ra về.", known.shown_name()))?;
    Ok(Event::Left { participation }.into())
}
