//! Times and names as they are said in the hall.

use jiff::{
    Timestamp,
    civil::DateTime,
    tz::{Offset, TimeZone},
};

use super::{
    AgendaItem, Award, Conference, ConferencePaper, Handing, Id, LegalBasis, Opinion, Participation, Poll, PollKind,
    PollState, PostTitle, Speech,
};
use crate::vietnamese::lower_first;

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
    with_posts(format!("{} {}", line.address_form, line.name).trim(), &line.posts)
}

fn with_posts(name: &str, posts: &[PostTitle]) -> String {
    let posts: Vec<&str> = posts.iter().map(|post| post.title.as_str()).collect();
    if posts.is_empty() { name.to_owned() } else { format!("{name} - {}", posts.join(", ")) }
}

impl Conference {
    /// Somebody of the list as they are read out.
    fn introduced(&self, line: Option<Id>) -> Option<String> {
        line.and_then(|id| self.records.participations.get(id)).map(introduction)
    }

    /// Who does an item of the programme; empty where nobody is named.
    pub fn presenter_words(&self, item: &AgendaItem) -> String {
        self.introduced(item.presenter).unwrap_or_else(|| item.presenter_words.clone())
    }

    /// Who reads a paper; empty where nobody is named.
    pub(super) fn reader_words(&self, paper: &ConferencePaper) -> String {
        self.introduced(paper.speaker).unwrap_or_else(|| paper.speaker_name.clone())
    }

    /// Who makes a speech.
    pub(super) fn speaker_words(&self, speech: &Speech) -> String {
        self.introduced(speech.speaker).unwrap_or_else(|| with_posts(&speech.speaker_name, &speech.posts))
    }

    /// Who hands an award over; empty where nobody is named.
    pub(super) fn hander_words(&self, award: &Award) -> String {
        self.introduced(award.presenter).unwrap_or_else(|| award.presenter_words.clone())
    }

    /// Every document that the conference rests on, cited in full with what it carries out.
    pub fn basis_words(&self) -> impl Iterator<Item = String> {
        self.bases_with_carried_out().map(|(basis, other)| basis.words_in_full(other))
    }

    /// The same as papers list their bases: `Căn cứ …`, the day in full.
    pub fn basis_lines(&self) -> impl Iterator<Item = String> {
        self.bases_with_carried_out().map(|(basis, other)| format!("Căn cứ {}", basis.official_words(other)))
    }

    fn bases_with_carried_out(&self) -> impl Iterator<Item = (&LegalBasis, Option<&LegalBasis>)> {
        let bases = &self.records.bases;
        bases.iter().map(|(_, basis)| (basis, basis.implements.and_then(|id| bases.get(id))))
    }

    /// The unit of which an opinion is: its own words for it, else the speaker's unit.
    pub(super) fn unit_of_opinion(&self, opinion: &Opinion) -> String {
        let speaker = opinion.speaker.and_then(|id| self.records.participations.get(id));
        match speaker.filter(|_| opinion.unit_name.is_empty()) {
            Some(line) => line.unit_name.clone(),
            None => opinion.unit_words(),
        }
    }
}

/// To whom an award was handed: its recipients by name; where the whole line was handed at once, who took it.
pub(super) fn handed_to<'a>(award: &'a Award, handings: &'a [Handing]) -> Vec<&'a str> {
    let named = |handing: &'a Handing| match handing.recipient {
        Some(place) => award.recipients.get(usize::try_from(place).ok()?).map(|to| to.name.as_str()),
        None => Some(handing.received_by.as_str()),
    };
    handings.iter().filter_map(named).filter(|name| !name.is_empty()).collect()
}

/// A sentence begins with a capital whatever the noted words begin with.
pub(super) fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

/// A sentence with its mark; a list that goes on has one already.
pub(super) fn ended(text: &str) -> String {
    let text = text.trim_end_matches(['.', ';', ',', ' ']);
    if text.ends_with(['…', '!', '?']) { text.to_owned() } else { format!("{text}.") }
}

/// Names that begin with one capital and go on small, and words that begin no other: they keep it inside a sentence.
const NAMES: [&str; 7] = ["Hội nghị", "Đảng", "Nhà nước", "Quốc hội", "Chính phủ", "Đoàn thanh niên", "Internet"];

/// Words inside a sentence: they begin small where they are common words, which their second word tells («Cơ sở vật chất»);
/// a name has capitals in both («Hoa Sữa»), an abbreviation several in one.
pub(super) fn in_a_sentence(text: &str) -> String {
    let text = text.trim();
    let mut words = text.split_whitespace();
    let (first, second) = (words.next().unwrap_or_default(), words.next().unwrap_or_default());
    let begins = |name: &&str| text.strip_prefix(name).is_some_and(|rest| !rest.starts_with(char::is_alphanumeric));
    let is_name = first.chars().skip(1).any(char::is_uppercase) || NAMES.iter().any(begins);
    if is_name || !second.starts_with(char::is_lowercase) { text.to_owned() } else { lower_first(text) }
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
