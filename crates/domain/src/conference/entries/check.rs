//! What an entry must satisfy to stand in its register, and what stands on it.

use crate::{
    Reason,
    conference::{Conference, Entry, EntryKind, Id, Outcome, PollState, invited, seating},
};

use super::{Clearance, ConferencePaper, PaperUse, Participation, Resolution};

/// The longest text of one field, in characters.
const TEXT_LENGTH_MAX: usize = 60_000;

/// Every reason why the entry cannot stand under this number.
pub(in crate::conference) fn faults(conference: &Conference, id: Id, entry: &Entry) -> Vec<Reason> {
    let mut reasons = Vec::new();
    let (must_say, what) = said(entry);
    if must_say.trim().is_empty() {
        let message = format!("Hãy ghi {what}; một dòng trống không lưu được.");
        reasons.push(Reason::new("says_nothing", message).at(entry.kind().as_str()));
    }
    if longest(entry) > TEXT_LENGTH_MAX {
        let message = format!("Một ô dài quá {TEXT_LENGTH_MAX} ký tự; hãy rút gọn hoặc đính kèm tệp.");
        reasons.push(Reason::new("too_long", message).at(entry.kind().as_str()));
    }
    for (kind, named) in references(entry) {
        let is_known = match kind {
            Named::Register(kind) => conference.records.has(kind, named),
            Named::Poll => conference.polls.contains_key(&named),
            Named::Request => conference.floor.contains_key(&named),
        };
        if !is_known {
            let message = format!("Không có {} số {named} trong hội nghị này.", kind.name());
            reasons.push(Reason::new("unknown_reference", message).at(entry.kind().as_str()));
        }
    }
    match entry {
        Entry::Venue(venue) => reasons.extend(seating::faults(&venue.blocks)),
        Entry::Quota(quota) => reasons.extend(invited::quota_faults(conference, id, quota)),
        Entry::Participation(line) => reasons.extend(line_faults(conference, id, line)),
        Entry::ConferencePaper(paper) => reasons.extend(paper_faults(paper)),
        Entry::Resolution(resolution) => reasons.extend(resolution_faults(conference, resolution)),
        _ => {}
    }
    reasons
}

/// The field without which an entry says nothing.
fn said(entry: &Entry) -> (&str, &'static str) {
    match entry {
        Entry::Venue(venue) => (&venue.name, "tên điểm cầu"),
        Entry::Quota(quota) => (quota.unit_key(), "đơn vị được mời"),
        Entry::Participation(line) => (line.shown_name(), "họ tên, hoặc mô tả nhóm đại biểu"),
        Entry::AgendaItem(item) => (item.shown_title(), "nội dung của mục"),
        Entry::ConferencePaper(paper) => (
            if paper.topic.is_empty() { paper.level.map_or("", crate::Level::as_str) } else { &paper.topic },
            "chủ đề tham luận, hoặc cấp học được giao",
        ),
        Entry::Job(job) => (if job.what.is_empty() { &job.committee_post } else { &job.what }, "việc cần làm"),
        Entry::HandOut(paper) => (&paper.title, "tên tài liệu"),
        Entry::Consultation(asked) => (&asked.question, "nội dung xin ý kiến"),
        Entry::LegalBasis(basis) => {
            (if basis.subject_line.is_empty() { &basis.type_words } else { &basis.subject_line }, "căn cứ")
        }
        Entry::Target(target) => (&target.text, "chỉ tiêu"),
        Entry::Measure(measure) => (&measure.text, "giải pháp"),
        Entry::Award(award) => (award.shown_name(), "danh hiệu hoặc hình thức khen thưởng"),
        Entry::Opinion(opinion) => {
            let words = [&opinion.topic, &opinion.summary, &opinion.text];
            (words.into_iter().find(|words| !words.is_empty()).map_or("", String::as_str), "nội dung ý kiến")
        }
        Entry::Speech(speech) => {
            let is_by_nobody = speech.speaker.is_none() && speech.speaker_name.trim().is_empty();
            (if is_by_nobody { "" } else { "named" }, "người phát biểu")
        }
        Entry::Directive(directive) => (&directive.text, "nội dung chỉ đạo"),
        Entry::Commitment(commitment) => (&commitment.text, "nội dung cam kết"),
        Entry::Conclusion(conclusion) => (&conclusion.what, "việc phải làm"),
        Entry::Resolution(resolution) => {
            (resolution.subjects.first().map_or("", String::as_str), "nội dung thống nhất")
        }
        Entry::Media(media) => (if media.caption.is_empty() { &media.sha256 } else { &media.caption }, "chú thích ảnh"),
    }
}

fn longest(entry: &Entry) -> usize {
    let text = match entry {
        Entry::ConferencePaper(paper) => &paper.text,
        Entry::Opinion(opinion) => &opinion.text,
        Entry::Speech(speech) => &speech.text,
        Entry::Directive(directive) => &directive.text,
        Entry::Conclusion(conclusion) => &conclusion.what,
        entry => return said(entry).0.chars().count(),
    };
    text.chars().count()
}

/// What an entry may name.
#[derive(Clone, Copy)]
enum Named {
    Register(EntryKind),
    Poll,
    Request,
}

impl Named {
    fn name(self) -> &'static str {
        match self {
            Self::Register(kind) => kind.name(),
            Self::Poll => "lượt biểu quyết",
            Self::Request => "lượt đăng ký phát biểu",
        }
    }
}

/// The entries that an entry names.
fn references(entry: &Entry) -> Vec<(Named, Id)> {
    use EntryKind as Kind;
    let register = Named::Register;
    let named: Vec<(Named, Option<Id>)> = match entry {
        Entry::Quota(quota) => vec![(register(Kind::Venue), quota.venue)],
        Entry::Participation(line) => {
            vec![(register(Kind::Venue), line.venue), (register(Kind::Participation), line.substitute_for)]
        }
        Entry::AgendaItem(item) => {
            vec![(register(Kind::Participation), item.presenter), (register(Kind::ConferencePaper), item.paper)]
        }
        Entry::ConferencePaper(paper) => vec![(register(Kind::Participation), paper.speaker)],
        Entry::LegalBasis(basis) => vec![(register(Kind::LegalBasis), basis.implements)],
        Entry::Measure(measure) => vec![(register(Kind::Target), measure.target)],
        Entry::Award(award) => vec![(register(Kind::Participation), award.presenter)],
        Entry::Opinion(opinion) => {
            let of_question = (register(Kind::Consultation), opinion.consultation);
            vec![(register(Kind::Participation), opinion.speaker), (Named::Request, opinion.request), of_question]
        }
        Entry::Speech(speech) => vec![(register(Kind::Participation), speech.speaker)],
        Entry::Directive(directive) => vec![(register(Kind::Speech), directive.speech)],
        Entry::Commitment(commitment) => vec![(register(Kind::Speech), commitment.speech)],
        Entry::Conclusion(conclusion) => vec![(register(Kind::Directive), conclusion.directive)],
        Entry::Resolution(resolution) => {
            vec![(Named::Poll, resolution.poll), (register(Kind::Target), resolution.target)]
        }
        Entry::Media(media) => {
            vec![(register(Kind::Participation), media.person), (register(Kind::AgendaItem), media.item)]
        }
        Entry::Venue(_) | Entry::Job(_) | Entry::HandOut(_) | Entry::Consultation(_) | Entry::Target(_) => Vec::new(),
    };
    named.into_iter().filter_map(|(kind, id)| Some((kind, id?))).collect()
}

/// The entries that name this one, so that it cannot be taken away.
pub(in crate::conference) fn users(conference: &Conference, kind: EntryKind, id: Id) -> Vec<EntryKind> {
    let mut users = Vec::new();
    let mut look = |user: Entry| {
        let names = references(&user)
            .into_iter()
            .any(|(named, of)| matches!(named, Named::Register(named) if named == kind) && of == id);
        if names && !users.contains(&user.kind()) {
            users.push(user.kind());
        }
    };
    conference.records.each(&mut look);
    users
}

fn line_faults(conference: &Conference, id: Id, line: &Participation) -> Vec<Reason> {
    let mut reasons = Vec::new();
    let others = || conference.records.participations.iter().filter(|(other, _)| *other != id);
    if !line.badge.is_empty() && others().any(|(_, other)| other.badge == line.badge) {
        let message = format!("Mã thẻ {} đã cấp cho người khác; mỗi thẻ một mã.", line.badge);
        reasons.push(Reason::new("badge_taken", message).at("badge"));
    }
    if line.is_group() && line.substitute_for.is_some() {
        let message = "Người đi thay phải có họ tên.";
        reasons.push(Reason::new("substitute_without_name", message).at("name"));
    }
    let stead = line.substitute_for;
    if stead.is_some() && others().any(|(_, other)| other.substitute_for == stead) {
        let message = "Đã có người đi thay đại biểu này; nếu đổi lần nữa, hãy ghi đi thay người đi thay.";
        reasons.push(Reason::new("already_replaced", message).at("name"));
    }
    reasons.extend(invited::stead_faults(conference, id, line));
    reasons.extend(invited::line_faults(conference, id, line));
    reasons
}

fn paper_faults(paper: &ConferencePaper) -> Vec<Reason> {
    let mut reasons = Vec::new();
    if paper.used != PaperUse::Undecided && paper.clearance != Clearance::Cleared {
        let message = "Tham luận chưa được duyệt nên chưa thể chọn đọc hoặc in vào kỷ yếu; hãy duyệt trước.";
        reasons.push(Reason::new("not_cleared", message).at("used"));
    }
    if paper.clearance == Clearance::Returned && paper.remark.trim().is_empty() {
        let message = "Hãy ghi góp ý khi trả lại tham luận.";
        reasons.push(Reason::new("reason_needed", message).at("remark"));
    }
    reasons
}

/// A counted outcome needs the poll that counted it, and «100 %» a poll in which everybody agreed.
fn resolution_faults(conference: &Conference, resolution: &Resolution) -> Vec<Reason> {
    let poll = resolution.poll.and_then(|poll| conference.polls.get(&poll));
    let closed = poll.filter(|poll| poll.state == PollState::Closed).map(|poll| poll.tally());
    let least = conference.rules.majority_percent;
    let fault = match (resolution.outcome, closed) {
        (Outcome::Unanimous, None) | (Outcome::Majority, None) => {
            "Kết quả có số đếm phải dựa trên một lượt biểu quyết đã đóng; nếu không đếm, hãy chọn «nhất trí cao» hoặc \
             «thống nhất»."
        }
        (Outcome::Unanimous, Some(tally)) if !tally.is_unanimous() => {
            "Lượt biểu quyết này không có 100 % đại biểu nhất trí; hãy chọn kết quả đúng với số đếm."
        }
        (Outcome::Majority, Some(tally)) if !tally.share(0).is_majority() => {
            "Số đồng ý chưa quá nửa số đại biểu có mặt; hãy chọn kết quả đúng với số đếm."
        }
        (Outcome::Majority, Some(tally)) if least.is_some_and(|percent| !tally.share(0).reaches(percent)) => {
            "Số đồng ý chưa đạt tỉ lệ thông qua của quy định hội nghị; hãy chọn kết quả đúng với số đếm."
        }
        _ => return Vec::new(),
    };
    vec![Reason::new("outcome_not_counted", fault).at("outcome")]
}
