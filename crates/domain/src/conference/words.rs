//! Times and names as they are said in the hall.

use jiff::{
    Timestamp,
    civil::DateTime,
    tz::{Offset, TimeZone},
};

use super::{Participation, Poll, PollKind, PollState};

/// Vietnam is seven hours ahead of UTC and has no summer time.
const VIETNAM: Offset = Offset::constant(7);

/// `7 giờ 42`: the time of day in Vietnam.
pub fn time_of_day(at: Timestamp) -> String {
    let time = VIETNAM.to_datetime(at);
    format!("{} giờ {:02}", time.hour(), time.minute())
}

/// Date and time in Vietnam.
pub(super) fn local(at: Timestamp) -> DateTime {
    VIETNAM.to_datetime(at)
}

/// The moment of a date and time in Vietnam.
pub(super) fn in_vietnam(at: DateTime) -> Option<Timestamp> {
    TimeZone::fixed(VIETNAM).to_timestamp(at).ok()
}

/// How a line of the list is read out: `đồng chí <họ tên> - <chức vụ>, <chức vụ>`; a group by its words.
pub fn introduction(line: &Participation) -> String {
    if line.is_group() {
        return line.group.clone();
    }
    let posts: Vec<&str> = line.posts.iter().map(|post| post.title.as_str()).collect();
    let named = format!("{} {}", line.address_form, line.name);
    let named = named.trim();
    if posts.is_empty() { named.to_owned() } else { format!("{named} - {}", posts.join(", ")) }
}

/// A sentence begins with a capital whatever the noted words begin with.
pub(super) fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

impl Poll {
    /// The sentence for the minutes. «100 % đại biểu nhất trí» stands in it only where every delegate who was here was
    /// counted as agreeing.
    pub fn sentence(&self) -> Option<String> {
        if self.state != PollState::Closed {
            return None;
        }
        let tally = self.tally();
        let about = self.question.text.trim_end_matches('.');
        if matches!(self.question.kind, PollKind::YesNoOther) {
            if tally.is_unanimous() {
                return Some(format!("{about}: 100 % đại biểu nhất trí ({0}/{0}).", tally.present));
            }
            let share = |place: usize| {
                let share = tally.share(place);
                format!("{}/{} ({share})", share.count, share.of)
            };
            let others = format!("không đồng ý {}, ý kiến khác {}", share(1), share(2));
            return Some(format!("{about}: đồng ý {}, {others}, không biểu quyết {}.", share(0), tally.not_voted));
        }
        let counts = tally.options.iter().map(|option| format!("«{}» {}", option.option, option.total()));
        let counts: Vec<String> = counts.collect();
        Some(format!("{about}: {}; {} trên {} đại biểu biểu quyết.", counts.join(", "), tally.voted, tally.present))
    }
}
