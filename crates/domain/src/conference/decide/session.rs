//! The session: opening, breaks, closing, and the items of the programme one after another.

use super::{Decision, must, must_be_open, must_say};
use crate::{
    Reason, Refusal,
    conference::{Clearance, Conference, Event, Id, Phase, Share},
};

pub(super) fn open(conference: &Conference) -> Result<Decision, Refusal> {
    match conference.phase {
        Phase::Planned => {}
        Phase::Open | Phase::Adjourned => return Err(Refusal::one("already_open", "Hội nghị đã khai mạc.")),
        Phase::Closed => return Err(Refusal::one("closed", "Hội nghị đã bế mạc; không khai mạc lại được.")),
        Phase::Recorded => return Err(Refusal::one("recorded", super::RECORDED)),
    }
    let mut reasons = Vec::new();
    if conference.head.title.trim().is_empty() {
        reasons.push(Reason::new("no_head", "Hãy ghi tên và đơn vị tổ chức hội nghị trước khi khai mạc.").at("title"));
    }
    if let Some(percent) = conference.rules.quorum_percent {
        let replaced = conference.replaced();
        let lines = conference.records.participations.iter();
        let lines = lines.filter(|(id, line)| line.may_vote && !replaced.contains(id));
        let (mut entitled, mut here) = (0_u32, 0_u32);
        for (id, line) in lines {
            let heads = conference.heads_here(id);
            let places = if line.is_group() { line.head_count.unwrap_or(0).max(heads) } else { 1 };
            entitled = entitled.saturating_add(places);
            here = here.saturating_add(heads);
        }
        if !(Share { count: here, of: entitled }).reaches(percent) {
            let message = format!(
                "Mới có {here} trên {entitled} đại biểu có quyền biểu quyết, chưa đủ {percent} %; hãy chờ thêm, hoặc sửa \
                 tỉ lệ trong quy định của hội nghị."
            );
            reasons.push(Reason::new("no_quorum", message));
        }
    }
    Refusal::unless_empty(reasons)?;
    Ok(Event::Opened.into())
}

pub(super) fn adjourn(conference: &Conference, reason: &str) -> Result<Decision, Refusal> {
    must_be_open(conference)?;
    no_open_poll(conference)?;
    Ok(Event::Adjourned { reason: reason.trim().to_owned() }.into())
}

pub(super) fn resume(conference: &Conference) -> Result<Decision, Refusal> {
    must(conference.phase == Phase::Adjourned, "not_adjourned", || "Hội nghị không ở trạng thái tạm nghỉ.".to_owned())?;
    Ok(Event::Resumed.into())
}

pub(super) fn close(conference: &Conference) -> Result<Decision, Refusal> {
    must(!conference.phase.is_over(), "closed", || "Hội nghị đã bế mạc rồi.".to_owned())?;
    must(conference.phase != Phase::Planned, "not_open", || "Hội nghị chưa khai mạc.".to_owned())?;
    no_open_poll(conference)?;
    let mut events = Vec::new();
    if let Some((request, _)) = conference.speaking() {
        events.push(Event::SpeechEnded { request });
    }
    if let Some(item) = conference.current_item {
        events.push(Event::ItemEnded { item });
    }
    if conference.phase == Phase::Adjourned {
        events.push(Event::Resumed);
    }
    events.push(Event::Closed);
    Ok(events.into())
}

/// A conference of which something happened here is closed, not written down: its log tells when.
pub(super) fn record_afterwards(conference: &Conference, basis: &str) -> Result<Decision, Refusal> {
    must(conference.phase != Phase::Recorded, "recorded", || "Hội nghị này đã được ghi lại sau rồi.".to_owned())?;
    let was_run = conference.phase != Phase::Planned || !conference.attendance.is_empty();
    must(!was_run, "was_run_here", || {
        "Hội nghị này đã điểm danh hoặc khai mạc trên hệ thống; hãy bế mạc thay vì ghi lại sau.".to_owned()
    })?;
    must(conference.head.held_on.is_some(), "no_day", || {
        "Hãy ghi ngày đã họp trong thông tin chung trước; giờ không biết thì để trống.".to_owned()
    })?;
    must_say(basis, "Hãy ghi hội nghị được ghi lại từ đâu (tin bài, biên bản giấy …).", "basis")?;
    Ok(Event::RecordedAfterwards { basis: basis.trim().to_owned() }.into())
}

/// What a conference that goes on still needs is not forgotten.
pub(super) fn forget(conference: &Conference) -> Result<Decision, Refusal> {
    must(conference.phase.is_over(), "not_over", || {
        "Hội nghị chưa bế mạc nên thông tin liên hệ còn cần dùng.".to_owned()
    })?;
    Ok(if conference.has_personal_data() { Event::Forgotten.into() } else { Decision::default() })
}

fn no_open_poll(conference: &Conference) -> Result<(), Refusal> {
    must(conference.open_poll().is_none(), "poll_open", || {
        "Còn một lượt biểu quyết đang mở; hãy đóng hoặc hủy trước.".to_owned()
    })
}

pub(super) fn start(conference: &Conference, item: Id) -> Result<Decision, Refusal> {
    must_be_open(conference)?;
    let Some(known) = conference.records.items.get(item) else {
        return Err(Refusal::one("unknown_item", "Không có mục này trong chương trình; hãy tải lại trang."));
    };
    must(conference.current_item != Some(item), "already_running", || {
        format!("Mục «{}» đang diễn ra.", known.shown_title())
    })?;
    let paper = known.paper.and_then(|paper| conference.records.papers.get(paper));
    must(paper.is_none_or(|paper| paper.clearance == Clearance::Cleared), "paper_not_cleared", || {
        "Tham luận của mục này chưa được duyệt; hãy duyệt trước khi mời trình bày.".to_owned()
    })?;
    let mut events = ending(conference);
    events.push(Event::ItemStarted { item });
    Ok(events.into())
}

fn ending(conference: &Conference) -> Vec<Event> {
    let speech = conference.speaking().map(|(request, _)| Event::SpeechEnded { request });
    let item = conference.current_item.map(|item| Event::ItemEnded { item });
    speech.into_iter().chain(item).collect()
}

pub(super) fn next(conference: &Conference) -> Result<Decision, Refusal> {
    must_be_open(conference)?;
    match conference.next_item() {
        Some(item) => start(conference, item),
        None => {
            let events = ending(conference);
            must(!events.is_empty(), "programme_over", || "Chương trình đã hết; hãy bế mạc.".to_owned())?;
            Ok(events.into())
        }
    }
}

pub(super) fn skip(conference: &Conference, item: Id, reason: &str) -> Result<Decision, Refusal> {
    must_be_open(conference)?;
    must(conference.records.items.has(item), "unknown_item", || {
        "Không có mục này trong chương trình; hãy tải lại trang.".to_owned()
    })?;
    let is_over = conference.progress.get(&item).is_some_and(super::super::Progress::is_over);
    must(!is_over, "already_over", || "Mục này đã kết thúc hoặc đã bỏ qua.".to_owned())?;
    must_say(reason, "Hãy ghi lý do bỏ qua mục này; biên bản sẽ nêu.", "reason")?;
    Ok(Event::ItemSkipped { item, reason: reason.trim().to_owned() }.into())
}

/// More screens than a hall has.
const SCREEN_COUNT_MAX: usize = 20;

/// The longest name of a screen or subject, in letters.
const SCREEN_NAME_LENGTH_MAX: usize = 40;

pub(super) fn turn_screen(conference: &Conference, screen: &str, subject: &str) -> Result<Decision, Refusal> {
    let (screen, subject) = (screen.trim(), subject.trim());
    let is_sound = |text: &str| text.chars().count() <= SCREEN_NAME_LENGTH_MAX;
    must(!screen.is_empty() && is_sound(screen) && is_sound(subject), "screen_name", || {
        format!("Hãy đặt tên màn hình, không quá {SCREEN_NAME_LENGTH_MAX} chữ.")
    })?;
    let known = conference.screens.get(screen).map_or("", String::as_str);
    must(conference.screens.len() < SCREEN_COUNT_MAX || !known.is_empty(), "too_many_screens", || {
        format!("Đã có {SCREEN_COUNT_MAX} màn hình; hãy trả một màn hình về tự động trước.")
    })?;
    if known == subject {
        return Ok(Decision::default());
    }
    Ok(Event::ScreenTurned { screen: screen.to_owned(), subject: subject.to_owned() }.into())
}
