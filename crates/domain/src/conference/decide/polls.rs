//! Polls: opened, hands keyed, ballots cast, closed.

use super::{Decision, must, must_be_open, must_say};
use crate::{
    Reason, Refusal,
    conference::{
        Ballot, Conference, EntryKind, Event, Id, Poll, PollKind, PollState, Question, SealedBallot, time_of_day,
    },
};

/// The shortest token of a secret ballot: fewer letters could be guessed or meet by chance.
const TOKEN_LENGTH_MIN: usize = 16;

/// With fewer voters a count tells who cast what.
const SECRET_VOTER_COUNT_MIN: usize = 3;

pub(super) fn open(conference: &Conference, question: &Question) -> Result<Decision, Refusal> {
    must_be_open(conference)?;
    let mut reasons = question_faults(question);
    if let Some((_, other)) = conference.open_poll() {
        let message = format!("Đang mở lượt biểu quyết «{}»; hãy đóng hoặc hủy trước.", other.question.text);
        reasons.push(Reason::new("poll_open", message));
    }
    if question.target.is_some_and(|target| !conference.records.has(EntryKind::Target, target)) {
        reasons.push(Reason::new("unknown_reference", "Không có chỉ tiêu này trong hội nghị.").at("target"));
    }
    let here = conference.roll().len();
    if here == 0 {
        let message = "Chưa có đại biểu nào có quyền biểu quyết đã điểm danh; hãy điểm danh trước.";
        reasons.push(Reason::new("nobody_here", message));
    } else if question.is_secret && here < SECRET_VOTER_COUNT_MIN {
        let message = format!("Cần ít nhất {SECRET_VOTER_COUNT_MIN} đại biểu có mặt để phiếu kín giữ được bí mật.");
        reasons.push(Reason::new("too_few_for_secret", message).at("is_secret"));
    }
    Refusal::unless_empty(reasons)?;
    let poll = conference.polls.keys().next_back().map_or(1, |latest| latest.saturating_add(1));
    Ok(Event::PollOpened { poll, question: question.clone() }.into())
}

fn question_faults(question: &Question) -> Vec<Reason> {
    let mut reasons = Vec::new();
    let mut add = |code: &str, message: &str, at: &str| reasons.push(Reason::new(code, message).at(at));
    if question.text.trim().is_empty() {
        add("no_question", "Hãy ghi nội dung biểu quyết.", "text");
    }
    if !question.by_hands && !question.by_devices {
        add("no_way_to_vote", "Hãy chọn giơ tay, thiết bị, hoặc cả hai.", "by_devices");
    }
    if question.is_secret && question.by_hands {
        add("secret_by_hands", "Giơ tay thì không kín; biểu quyết kín chỉ bằng thiết bị.", "is_secret");
    }
    if let PollKind::Choices { options, choice_count_max } = &question.kind {
        let is_blank_or_twice = |(place, option): (usize, &String)| {
            option.trim().is_empty() || options[..place].iter().any(|other| other == option)
        };
        if !(2..=PollKind::OPTION_COUNT_MAX).contains(&options.len()) {
            let message = format!("Hãy ghi từ 2 đến {} phương án.", PollKind::OPTION_COUNT_MAX);
            add("options", &message, "options");
        }
        if options.iter().enumerate().any(is_blank_or_twice) {
            add("options", "Có phương án trống hoặc trùng nhau.", "options");
        }
        if *choice_count_max == 0 || usize::from(*choice_count_max) > options.len() {
            add("choice_count", "Số phương án được chọn phải từ 1 đến số phương án.", "choice_count_max");
        }
        if question.by_hands && *choice_count_max > 1 {
            let message = "Giơ tay chỉ đếm được khi mỗi người chọn một phương án; hãy dùng thiết bị.";
            add("hands_with_many_choices", message, "by_hands");
        }
    }
    reasons
}

fn found(conference: &Conference, poll: Id) -> Result<&Poll, Refusal> {
    let Some(known) = conference.polls.get(&poll) else {
        return Err(Refusal::one("unknown_poll", "Không có lượt biểu quyết này; hãy tải lại trang."));
    };
    let message = match (known.state, known.closed_at) {
        (PollState::Open, _) => return Ok(known),
        (PollState::Closed, Some(at)) => format!("Lượt biểu quyết đã đóng lúc {}.", time_of_day(at)),
        (PollState::Closed, None) => "Lượt biểu quyết đã đóng.".to_owned(),
        (PollState::Cancelled, _) => "Lượt biểu quyết đã hủy.".to_owned(),
    };
    Err(Refusal::one("poll_closed", message))
}

pub(super) fn key_hands(conference: &Conference, poll: Id, block: &str, counts: &[u32]) -> Result<Decision, Refusal> {
    let known = found(conference, poll)?;
    must(known.question.by_hands, "no_hands", || "Lượt biểu quyết này không đếm giơ tay.".to_owned())?;
    let options = known.question.kind.options().len();
    must(counts.len() == options, "counts", || format!("Hãy ghi đủ {options} số đếm, không có ai thì ghi 0."))?;
    let block = block.trim();
    let before = known.hands.get(block).map_or(0, |keyed| sum(keyed));
    let hands = known.hand_count().saturating_sub(before).saturating_add(sum(counts));
    let most = known.present().saturating_sub(known.device_count());
    must(hands <= most, "more_hands_than_delegates", || {
        format!(
            "Tổng số giơ tay {hands} vượt quá {most} đại biểu có mặt chưa biểu quyết bằng thiết bị ({} có mặt, {} đã bấm \
             máy); hãy đếm lại khối này.",
            known.present(),
            known.device_count()
        )
    })?;
    let stands = known.hands.get(block).is_some_and(|keyed| keyed == counts);
    if stands {
        return Ok(Decision::default());
    }
    Ok(Event::HandsKeyed { poll, block: block.to_owned(), counts: counts.to_vec() }.into())
}

fn sum(counts: &[u32]) -> u32 {
    counts.iter().fold(0, |sum, count| sum.saturating_add(*count))
}

pub(super) fn vote(conference: &Conference, ballot: &Ballot) -> Result<Decision, Refusal> {
    let known = found(conference, ballot.poll)?;
    let question = &known.question;
    must(question.by_devices, "no_devices", || "Lượt biểu quyết này chỉ đếm giơ tay.".to_owned())?;
    must_be_here(conference, known, ballot.participation)?;
    let choices = choices(question, &ballot.choices)?;
    if known.voted.contains(&ballot.participation) {
        let is_same = !question.is_secret && known.cast.get(&ballot.participation) == Some(&choices);
        return must(is_same, "already_voted", || {
            "Đại biểu đã biểu quyết ở lượt này; mỗi người biểu quyết một lần.".to_owned()
        })
        .map(|()| Decision::default());
    }
    let taken = known.device_count().saturating_add(known.hand_count());
    must(taken < known.present(), "all_have_voted", || {
        "Số giơ tay đã đếm cộng số bấm máy bằng số đại biểu có mặt; nếu anh chị chưa giơ tay, hãy báo thư ký đếm lại."
            .to_owned()
    })?;
    let (poll, participation) = (ballot.poll, ballot.participation);
    if !question.is_secret {
        return Ok(Event::BallotCast { poll, participation, choices }.into());
    }
    must((TOKEN_LENGTH_MIN..=SealedBallot::TOKEN_LENGTH_MAX).contains(&ballot.token.len()), "token", || {
        "Phiếu kín thiếu mã ngẫu nhiên; hãy tải lại trang.".to_owned()
    })?;
    let sealed = SealedBallot { token: ballot.token.clone(), choices };
    Ok(Decision { events: vec![Event::SecretBallotMarked { poll, participation }], sealed: Some(sealed) })
}

/// Only who is here and entitled votes by device, and only for oneself: a group's hands are counted.
fn must_be_here(conference: &Conference, poll: &Poll, participation: Id) -> Result<(), Refusal> {
    let line = conference.records.participations.get(participation);
    let Some(line) = line.filter(|line| line.may_vote) else {
        return Err(Refusal::one("not_entitled", "Anh chị không có quyền biểu quyết tại hội nghị này."));
    };
    must(!line.is_group(), "group", || "Một nhóm không biểu quyết bằng thiết bị; hãy đếm giơ tay.".to_owned())?;
    let name = line.shown_name();
    must(conference.heads_here(participation) > 0, "not_here", || {
        format!("{name} chưa điểm danh; chỉ đại biểu có mặt được biểu quyết. Hãy đến bàn đón tiếp.")
    })?;
    if poll.roll.contains_key(&participation) {
        return Ok(());
    }
    let sharers = conference.place_sharers(participation);
    must(poll.voted.is_disjoint(&sharers), "place_has_voted", || {
        format!("Suất của {name} đã biểu quyết ở lượt này; mỗi suất một phiếu.")
    })?;
    let message = format!("{name} vào danh sách biểu quyết sau khi mở lượt này; anh chị biểu quyết từ lượt sau.");
    Err(Refusal::one("not_on_roll", message))
}

/// The options chosen, in their order.
fn choices(question: &Question, chosen: &[u8]) -> Result<Vec<u8>, Refusal> {
    let (options, most) = (question.kind.options().len(), question.kind.choice_count_max());
    let mut choices = chosen.to_vec();
    choices.sort_unstable();
    choices.dedup();
    let is_known = choices.iter().all(|choice| usize::from(*choice) < options);
    must(is_known && choices.len() == chosen.len(), "unknown_option", || {
        "Phiếu có phương án không có trong câu hỏi, hoặc chọn một phương án hai lần.".to_owned()
    })?;
    must((1..=most).contains(&choices.len()), "choice_count", || match most {
        1 => "Hãy chọn một phương án.".to_owned(),
        _ => format!("Hãy chọn từ 1 đến {most} phương án."),
    })?;
    Ok(choices)
}

pub(super) fn close(conference: &Conference, poll: Id, ballots: &[SealedBallot]) -> Result<Decision, Refusal> {
    let known = found(conference, poll)?;
    let mut ballots = ballots.to_vec();
    ballots.sort();
    if known.question.is_secret {
        let is_whole = u32::try_from(ballots.len()).is_ok_and(|count| count == known.device_count());
        let is_sound = ballots.windows(2).all(|pair| pair[0].token != pair[1].token)
            && ballots.iter().all(|ballot| choices(&known.question, &ballot.choices).is_ok());
        must(is_whole && is_sound, "box_does_not_match", || {
            format!(
                "Hòm phiếu có {} phiếu, danh sách đã bỏ phiếu có {} người; hãy giữ nguyên hiện trạng và báo quản trị.",
                ballots.len(),
                known.device_count()
            )
        })?;
    } else {
        must(ballots.is_empty(), "not_secret", || "Lượt biểu quyết này không kín nên không có hòm phiếu.".to_owned())?;
    }
    Ok(Event::PollClosed { poll, ballots }.into())
}

pub(super) fn cancel(conference: &Conference, poll: Id, reason: &str) -> Result<Decision, Refusal> {
    found(conference, poll)?;
    must_say(reason, "Hãy ghi lý do hủy lượt biểu quyết; biên bản sẽ nêu.", "reason")?;
    Ok(Event::PollCancelled { poll, reason: reason.trim().to_owned() }.into())
}
