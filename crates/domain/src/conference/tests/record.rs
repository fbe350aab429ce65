//! The registers, the run sheet of awards, protocol order and the minutes.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use super::*;
use crate::organisation::people::PostBody;

#[test]
fn a_head_is_checked_and_the_same_head_again_is_no_event() {
    let mut hall = Hall::planned();
    let head = hall.state.head.clone();
    assert!(hall.must(Command::Set(Part::Head(Box::new(head.clone())))).is_empty());
    let wrong = Head {
        title: String::new(),
        organiser_name: String::new(),
        next_year: head.review_year,
        plan: PlanDocument { issued_on: "2026-09-01".parse().ok(), ..PlanDocument::default() },
        ..head
    };
    let expected = ["no_title", "no_organiser", "years", "plan_after_conference"];
    assert_eq!(hall.refused(Command::Set(Part::Head(Box::new(wrong)))), expected);
}

#[test]
fn an_entry_says_something_and_names_only_what_there_is() {
    let mut hall = Hall::planned();
    assert_eq!(hall.refused(Command::Put(None, Entry::Target(Target::default()))), ["says_nothing"]);
    let measure = Measure { target: Some(7), text: "Bồi dưỡng giáo viên".to_owned() };
    assert_eq!(hall.refused(Command::Put(None, Entry::Measure(measure))), ["unknown_reference"]);
    let venue = Entry::Venue(Venue { name: "A".to_owned(), ..Venue::default() });
    assert_eq!(hall.refused(Command::Put(Some(9), venue)), ["unknown_entry"]);
    let text = "a".repeat(60_001);
    assert_eq!(hall.refused(Command::Put(None, Entry::Target(Target { text, ..Target::default() }))), ["too_long"]);
}

#[test]
fn what_is_named_or_has_happened_is_not_taken_away() {
    let mut hall = Hall::opened(1);
    let speech = hall.put(Entry::Speech(Speech { speaker: Some(2), ..Speech::default() }));
    assert_eq!(hall.refused(Command::Remove(EntryKind::Participation, 2)), ["still_used"]);
    assert_eq!(hall.refused(Command::Remove(EntryKind::Participation, 1)), ["has_happened"]);
    hall.must(Command::Remove(EntryKind::Speech, speech));
    hall.must(Command::Remove(EntryKind::Participation, 2));
    assert_eq!(hall.refused(Command::Remove(EntryKind::Participation, 2)), ["unknown_entry"]);
    hall.must(Command::Next);
    assert_eq!(hall.refused(Command::Remove(EntryKind::AgendaItem, 1)), ["has_happened"]);
    hall.must(Command::Remove(EntryKind::AgendaItem, 3));
    assert_eq!(hall.state.order, [1, 2]);
    let id = hall.put(Entry::AgendaItem(AgendaItem::default()));
    assert_eq!(id, 4, "a number is never given twice");
}

#[test]
fn a_unit_names_no_more_delegates_than_it_was_invited_to_send() {
    let mut hall = Hall::planned();
    let unit_name = "Trường THPT Sông Xanh".to_owned();
    hall.put(Entry::Quota(Quota { unit_name: unit_name.clone(), delegate_count: 1, ..Quota::default() }));
    let delegate = |name: &str| {
        let unit_name = unit_name.clone();
        Entry::Participation(Participation { name: name.to_owned(), unit_name, ..Participation::default() })
    };
    let id = hall.put(delegate("Lê Thị Một"));
    assert_eq!(hall.refused(Command::Put(None, delegate("Lê Thị Hai"))), ["over_quota"]);
    hall.must(Command::Put(Some(id), delegate("Lê Thị Hai")));
    let badge = "HS001".to_owned();
    let twice = Entry::Participation(Participation { name: "Vũ A".to_owned(), badge, ..Participation::default() });
    assert_eq!(hall.refused(Command::Put(None, twice)), ["badge_taken"]);
}

#[test]
fn an_award_is_handed_once_to_each_recipient() {
    let mut hall = Hall::opened(1);
    let recipients = ["Trường A", "Trường B"].map(|name| Recipient { name: name.to_owned(), ..Recipient::default() });
    let award_form = "Cờ thi đua".to_owned();
    let award = hall.put(Entry::Award(Award { award_form, recipients: recipients.to_vec(), ..Award::default() }));
    let hand = |recipient| Command::HandAward {
        award,
        recipient,
        handed_by: "Lê Đức Thọ".to_owned(),
        received_by: "Phạm Thị Thay".to_owned(),
        is_substitute: true,
    };
    hall.must(hand(Some(1)));
    assert_eq!(hall.refused(hand(Some(1))), ["already_handed"]);
    assert_eq!(hall.refused(hand(Some(2))), ["unknown_recipient"]);
    assert_eq!(hall.refused(Command::Remove(EntryKind::Award, award)), ["has_happened"]);
    let course = hall.state.minutes().course;
    assert!(course.iter().any(|part| part.heading == "Trao Cờ thi đua cho Trường B."), "{course:?}");
}

#[test]
fn the_list_follows_protocol_and_lines_placed_by_hand_stand_first() {
    let mut hall = Hall::default();
    let mut add = |name: &str, body, title: &str, list_order| {
        let posts = vec![PostTitle { body, title: title.to_owned() }];
        let name = name.to_owned();
        hall.put(Entry::Participation(Participation {
            name,
            posts,
            list_order,
            side: Side::Guest,
            ..Participation::default()
        }))
    };
    let vice_chair = add("Lê Văn Ba", PostBody::Government, "Phó Chủ tịch UBND phường", None);
    let chair = add("Lê Văn Hai", PostBody::Government, "Chủ tịch UBND phường", None);
    let secretary = add("Lê Văn Một", PostBody::Party, "Bí thư Đảng ủy", None);
    let moved = add("Lê Văn Tư", PostBody::Union, "Chủ tịch Công đoàn", Some(1));
    let order: Vec<Id> = hall.state.protocol_list().iter().map(|(id, _)| *id).collect();
    assert_eq!(order, [moved, secretary, chair, vice_chair]);
    assert_eq!(
        introduction(hall.state.records.participations.get(chair).unwrap()),
        "Lê Văn Hai - Chủ tịch UBND phường"
    );
}

#[test]
fn of_hosts_the_higher_post_stands_first_and_a_school_stays_together() {
    let mut hall = Hall::default();
    let mut add = |name: &str, title: &str, unit: &str, side| {
        let posts = vec![PostTitle { body: PostBody::Government, title: title.to_owned() }];
        let (name, unit_name) = (name.to_owned(), unit.to_owned());
        hall.put(Entry::Participation(Participation { name, posts, unit_name, side, ..Participation::default() }))
    };
    let expert = add("Lê Một", "Chuyên viên", "Phòng Văn hóa - Xã hội", Side::Host);
    let head = add("Lê Hai", "Trưởng phòng", "Phòng Văn hóa - Xã hội", Side::Host);
    let vice_chair = add("Lê Ba", "Phó Chủ tịch UBND phường", "UBND phường", Side::Host);
    let deputy_of_a = add("Lê Tư", "Phó Hiệu trưởng", "Trường A", Side::Delegate);
    let head_of_b = add("Lê Năm", "Hiệu trưởng", "Trường B", Side::Delegate);
    let head_of_a = add("Lê Sáu", "Hiệu trưởng", "Trường A", Side::Delegate);
    let order: Vec<Id> = hall.state.protocol_list().iter().map(|(id, _)| *id).collect();
    assert_eq!(order, [vice_chair, head, expert, head_of_a, deputy_of_a, head_of_b]);
}

#[test]
fn the_minutes_hold_what_happened_and_nothing_else() {
    let mut hall = Hall::opened(3);
    let chair =
        Participation { role: ParticipationRole::Chair, ..hall.state.records.participations.get(1).unwrap().clone() };
    hall.must(Command::Put(Some(1), Entry::Participation(chair)));
    hall.must(Command::Next);
    hall.must(Command::SkipItem(2, "báo cáo đã gửi trước".to_owned()));
    let speech = Speech { speaker: Some(2), acknowledgement: "ghi nhận kết quả".to_owned(), ..Speech::default() };
    hall.put(Entry::Speech(speech));
    let poll = hall.open_poll(yes_or_no(true, false, false));
    hall.must(Command::KeyHands(poll, String::new(), vec![3, 0, 0]));
    hall.must(Command::ClosePoll(poll, Vec::new()));
    let conclusion =
        Conclusion { what: "Giao chỉ tiêu".to_owned(), lead: "Phòng VHXH".to_owned(), ..Conclusion::default() };
    hall.put(Entry::Conclusion(conclusion));
    hall.minute = 95;
    hall.must(Command::Close);
    let minutes = hall.state.minutes();
    assert_eq!(minutes.start.unwrap().time().to_string(), "08:00:00");
    assert_eq!(minutes.end.unwrap().time().to_string(), "09:35:00");
    assert_eq!((minutes.chair_name.as_str(), minutes.secretary_name.as_str()), ("Nguyễn Thị Số 1", ""));
    assert_eq!(minutes.people, ["Đại biểu các đơn vị: 3 có mặt trên 12 được triệu tập."]);
    let course = [
        "Khai mạc.",
        "- Nguyễn Thị Số 2 phát biểu chỉ đạo: ghi nhận kết quả.",
        "- Thông qua chỉ tiêu năm học 2026-2027: 100 % đại biểu nhất trí (3/3).",
        "Báo cáo tổng kết và phương hướng nhiệm vụ: không tiến hành (báo cáo đã gửi trước).",
    ];
    assert_eq!(told(&minutes), course);
    assert_eq!(minutes.judgement, ["Ghi nhận kết quả."]);
    assert_eq!((minutes.tasks.len(), minutes.tasks[0].lead.as_str()), (1, "Phòng VHXH"));
}

/// The course as lines, what happened in an item under it.
fn told(minutes: &Minutes) -> Vec<String> {
    let lines = |passage: &Passage| {
        let under = passage.lines.iter().map(|line| format!("- {line}"));
        std::iter::once(passage.heading.clone()).chain(under).collect::<Vec<_>>()
    };
    minutes.course.iter().flat_map(lines).collect()
}

#[test]
fn awards_and_agreements_stand_at_their_items_and_the_closing_is_last() {
    let mut hall = Hall::planned();
    for kind in [ItemKind::Awards, ItemKind::Resolution, ItemKind::Closing] {
        hall.put(Entry::AgendaItem(AgendaItem { kind, ..AgendaItem::default() }));
    }
    hall.put(Entry::Award(Award { award_form: "Bằng khen".to_owned(), ..Award::default() }));
    let subjects = vec!["báo cáo".to_owned()];
    hall.put(Entry::Resolution(Resolution { subjects, ..Resolution::default() }));
    hall.must(Command::Set(Part::Closing(Closing { remarks: vec!["Hội nghị thành công.".to_owned()] })));
    hall.must(Command::RecordAfterwards("biên bản giấy".to_owned()));
    let course = told(&hall.state.minutes());
    let after = course.iter().skip_while(|line| *line != "Khen thưởng.").map(String::as_str).collect::<Vec<_>>();
    let expected = [
        "Khen thưởng.",
        "- Trao Bằng khen.",
        "Biểu quyết, thống nhất chỉ tiêu.",
        "- Hội nghị thống nhất báo cáo.",
        "Bế mạc.",
        "- Hội nghị thành công.",
    ];
    assert_eq!(after, expected);
}

#[test]
fn the_minutes_go_with_the_log_and_not_register_by_register() {
    let mut hall = Hall::planned();
    for kind in [ItemKind::DirectiveSpeech, ItemKind::Awards, ItemKind::Closing] {
        hall.put(Entry::AgendaItem(AgendaItem { kind, ..AgendaItem::default() }));
    }
    let award = hall.put(Entry::Award(Award { award_form: "Cờ thi đua".to_owned(), ..Award::default() }));
    let handed = Command::HandAward {
        award,
        recipient: None,
        handed_by: String::new(),
        received_by: "Trường A".to_owned(),
        is_substitute: false,
    };
    hall.check_in(1, "scan-1").unwrap();
    hall.must(Command::Open);
    hall.must(Command::StartItem(5));
    hall.must(handed);
    hall.must(Command::StartItem(1));
    let poll = hall.open_poll(yes_or_no(true, false, false));
    hall.must(Command::KeyHands(poll, String::new(), vec![1, 0, 0]));
    hall.must(Command::ClosePoll(poll, Vec::new()));
    hall.must(Command::StartItem(4));
    let speech = |words: &str| Speech { speaker: Some(2), text: words.to_owned(), ..Speech::default() };
    hall.put(Entry::Speech(speech("làm tốt")));
    hall.must(Command::StartItem(6));
    hall.put(Entry::Opinion(Opinion { text: "muộn".to_owned(), ..Opinion::default() }));
    hall.must(Command::Close);
    hall.put(Entry::Speech(speech("thêm một ý")));
    let course = [
        "Khen thưởng.",
        "- Trao Cờ thi đua cho Trường A.",
        "Khai mạc.",
        "- Thông qua chỉ tiêu năm học 2026-2027: 100 % đại biểu nhất trí (1/1).",
        "Phát biểu chỉ đạo.",
        "- Nguyễn Thị Số 2 phát biểu chỉ đạo: làm tốt.",
        "- Nguyễn Thị Số 2 phát biểu chỉ đạo: thêm một ý.",
        "Bế mạc.",
        "- Các ý kiến được ghi tại phần Ý kiến thảo luận.",
    ];
    assert_eq!(told(&hall.state.minutes()), course);
    assert_eq!(Conference::fold(&hall.log), hall.state);
}

#[test]
fn a_speech_that_was_taken_away_leaves_the_item_to_whom_the_programme_names() {
    let mut hall = Hall::planned();
    let opening = hall.state.records.items.get(1).unwrap().clone();
    let opening = AgendaItem { presenter: Some(3), ..opening };
    hall.must(Command::Put(Some(1), Entry::AgendaItem(opening)));
    hall.check_in(1, "scan-1").unwrap();
    hall.must(Command::Open);
    hall.must(Command::StartItem(1));
    let speech = Speech { kind: SpeechKind::Opening, speaker: Some(2), ..Speech::default() };
    let speech = hall.put(Entry::Speech(speech));
    assert_eq!(told(&hall.state.minutes()), ["Khai mạc.", "- Nguyễn Thị Số 2 khai mạc."]);
    hall.must(Command::Remove(EntryKind::Speech, speech));
    assert_eq!(told(&hall.state.minutes()), ["Khai mạc: Nguyễn Thị Số 3."]);
}

#[test]
fn a_speech_in_an_item_for_something_else_leaves_its_speaker_there() {
    let mut hall = Hall::planned();
    let report = hall.state.records.items.get(2).unwrap().clone();
    hall.must(Command::Put(Some(2), Entry::AgendaItem(AgendaItem { presenter: Some(3), ..report })));
    hall.check_in(1, "scan-1").unwrap();
    hall.must(Command::Open);
    hall.must(Command::StartItem(2));
    hall.put(Entry::Speech(Speech { speaker: Some(2), text: "làm tốt…".to_owned(), ..Speech::default() }));
    let course = [
        "Báo cáo tổng kết và phương hướng nhiệm vụ: Nguyễn Thị Số 3.",
        "- Nguyễn Thị Số 2 phát biểu chỉ đạo: làm tốt…",
    ];
    assert_eq!(told(&hall.state.minutes()), course);
}

#[test]
fn opinions_stand_with_the_opinions_of_divisions_and_are_pointed_at_once() {
    let remark = "Các ý kiến được ghi tại phần Ý kiến thảo luận.";
    let told_of = |kind| {
        let mut hall = Hall::planned();
        hall.must(Command::Remove(EntryKind::AgendaItem, 3));
        hall.put(Entry::AgendaItem(AgendaItem { kind, ..AgendaItem::default() }));
        for text in ["một", "hai", "ba"] {
            hall.put(Entry::Opinion(Opinion { text: text.to_owned(), ..Opinion::default() }));
        }
        hall.must(Command::RecordAfterwards("biên bản giấy".to_owned()));
        told(&hall.state.minutes())
    };
    let course = told_of(ItemKind::DivisionOpinion);
    assert_eq!(course.last().unwrap(), &format!("- {remark}"), "{course:?}");
    let course = told_of(ItemKind::Closing);
    assert_eq!(course.iter().filter(|line| *line == remark).count(), 1, "{course:?}");
}

#[test]
fn the_article_and_the_minutes_say_an_agreement_and_an_award_in_the_same_words() {
    let mut hall = Hall::opened(1);
    let subjects = vec!["chỉ tiêu lớp hai buổi".to_owned()];
    hall.put(Entry::Resolution(Resolution { subjects, outcome: Outcome::NotAgreed, ..Resolution::default() }));
    let award = hall.put(Entry::Award(Award { award_form: "Cờ thi đua".to_owned(), ..Award::default() }));
    hall.must(Command::HandAward {
        award,
        recipient: None,
        handed_by: String::new(),
        received_by: "Trường A".to_owned(),
        is_substitute: false,
    });
    let article = hall.state.article();
    let sentences: Vec<&str> = article.paragraphs.iter().flatten().map(|one| one.text.as_str()).collect();
    let course = told(&hall.state.minutes());
    assert!(course.contains(&"Hội nghị không thống nhất chỉ tiêu lớp hai buổi.".to_owned()), "{course:?}");
    assert!(sentences.contains(&"Hội nghị không thống nhất chỉ tiêu lớp hai buổi."), "{sentences:?}");
    assert!(course.contains(&"Trao Cờ thi đua cho Trường A.".to_owned()), "{course:?}");
    assert!(sentences.contains(&"Hội nghị đã trao Cờ thi đua cho Trường A."), "{sentences:?}");
}

#[test]
fn what_is_told_of_a_conference_stands_under_its_items_and_no_sentence_is_broken() {
    let mut hall = Hall::planned();
    let topic = "Tham luận của đại diện các bậc học".to_owned();
    let paper = hall.put(Entry::ConferencePaper(ConferencePaper { topic, ..ConferencePaper::default() }));
    assert_eq!(hall.state.words_of_paper(paper).unwrap(), "Tham luận của đại diện các bậc học");
    let topic = "Dạy học hai buổi".to_owned();
    let of_unit = ConferencePaper { topic, unit_name: "Trường A".to_owned(), ..ConferencePaper::default() };
    let paper = hall.put(Entry::ConferencePaper(of_unit));
    assert_eq!(hall.state.words_of_paper(paper).unwrap(), "Tham luận «Dạy học hai buổi» của Trường A");
    let speech = hall.put(Entry::Speech(Speech { speaker: Some(2), ..Speech::default() }));
    let text = "tăng cường ứng dụng CNTT".to_owned();
    hall.put(Entry::Directive(Directive { speech: Some(speech), text, list_is_open: true, ..Directive::default() }));
    let promise = Commitment {
        speech: Some(speech),
        by_raw: "các phòng ban".to_owned(),
        text: "phối hợp".to_owned(),
        ..Commitment::default()
    };
    hall.put(Entry::Commitment(promise));
    hall.put(Entry::Award(Award { award_form: "Cờ thi đua".to_owned(), ..Award::default() }));
    hall.must(Command::Set(Part::Closing(Closing { remarks: vec!["Hội nghị thành công.".to_owned()] })));
    hall.must(Command::RecordAfterwards("biên bản giấy".to_owned()));
    let course = told(&hall.state.minutes());
    let last = [
        "Nguyễn Thị Số 2 phát biểu chỉ đạo.",
        "Nội dung chỉ đạo: tăng cường ứng dụng CNTT…",
        "Cam kết của các phòng ban: phối hợp.",
        "Trao Cờ thi đua.",
        "Hội nghị thành công.",
    ];
    assert_eq!(course[3..], last);
}

#[test]
fn a_basis_is_cited_with_what_it_carries_out() {
    let basis = |type_words: &str, number: &str| LegalBasis {
        type_words: type_words.to_owned(),
        document_number: number.to_owned(),
        ..LegalBasis::default()
    };
    let congress =
        LegalBasis {
            term: "XXII".to_owned(), ordinal_year: Some(2), ..basis("Nghị quyết Đại hội Đảng bộ Quận", "")
        };
    assert_eq!(congress.words_in_full(None), "Nghị quyết Đại hội Đảng bộ Quận lần thứ XXII (năm thứ 2 thực hiện)");
    let resolution = LegalBasis { term: "XI".to_owned(), ..basis("Nghị quyết", "29-NQ/TW") };
    let programme =
        LegalBasis { issued_on: "2015-02-04".parse().ok(), ..basis("Chương trình hành động", "34-CTr/TU") };
    assert_eq!(
        programme.words_in_full(Some(&resolution)),
        "Chương trình hành động số 34-CTr/TU ngày 04/02/2015 thực hiện Nghị quyết số 29-NQ/TW"
    );
}

#[test]
fn a_paper_cites_its_bases_with_the_day_in_full_and_says_about_once() {
    let mut hall = Hall::planned();
    let basis = |subject_line: &str, ordinal_year| LegalBasis {
        type_words: "Chỉ thị".to_owned(),
        document_number: "09/CT-TTg".to_owned(),
        issued_on: "2015-02-04".parse().ok(),
        subject_line: subject_line.to_owned(),
        ordinal_year,
        ..LegalBasis::default()
    };
    hall.put(Entry::LegalBasis(basis("Về việc tăng cường giáo dục", Some(2))));
    hall.put(Entry::LegalBasis(basis("nhiệm vụ trọng tâm", None)));
    let lines: Vec<String> = hall.state.basis_lines().collect();
    let expected = [
        "Căn cứ Chỉ thị số 09/CT-TTg ngày 04 tháng 02 năm 2015 về việc tăng cường giáo dục",
        "Căn cứ Chỉ thị số 09/CT-TTg ngày 04 tháng 02 năm 2015 về nhiệm vụ trọng tâm",
    ];
    assert_eq!(lines, expected);
    let words: Vec<String> = hall.state.basis_words().collect();
    assert_eq!(words[0], "Chỉ thị số 09/CT-TTg ngày 04/02/2015 về việc tăng cường giáo dục (năm thứ 2 thực hiện)");
}

#[test]
fn a_plan_number_is_read_by_the_grammar_of_the_register() {
    let typed = |text: &str| PlanDocument::default().numbered(text);
    let plan = typed("136/KH –UBND").unwrap();
    assert_eq!((plan.document_number.as_str(), plan.document_number_raw.as_str()), ("136/KH-UBND", "136/KH –UBND"));
    assert_eq!(plan.clone().numbered("136/KH-UBND").unwrap(), plan, "what the form shows is not typed anew");
    assert_eq!(plan.numbered(" ").unwrap(), PlanDocument::default());
    for wrong in ["136/KHUBND", "136/QD-UBND", "kế hoạch"] {
        assert_eq!(typed(wrong).unwrap_err().reasons[0].at, "plan_number", "{wrong}");
    }
}

#[test]
fn a_speech_is_put_down_with_all_its_directives_or_not_at_all() {
    let mut hall = Hall::planned();
    let speech = Speech { speaker: Some(2), ..Speech::default() };
    let first = hall.put(Entry::Speech(speech.clone()));
    let asked = |second: &str| Command::Speak(speech.clone(), vec!["Giữ vững sĩ số.".to_owned(), second.to_owned()]);
    let refusal = hall.try_do(&asked(&"dài ".repeat(20_000))).unwrap_err();
    let told: Vec<_> = refusal.reasons.iter().map(|reason| (reason.code.as_str(), reason.at.as_str())).collect();
    assert_eq!(told, [("too_long", "chỉ đạo 2")]);
    assert_eq!((hall.state.records.speeches.len(), hall.state.records.directives.len()), (1, 0));
    hall.must(asked("Bồi dưỡng giáo viên."));
    let of: Vec<_> = hall.state.records.directives.iter().map(|(_, directive)| directive.speech).collect();
    assert_eq!(of, [Some(first + 1), Some(first + 1)], "they are of their own speech");
}
