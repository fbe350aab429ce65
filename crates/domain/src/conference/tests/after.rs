//! After the hall: the article's draft with its sources, what is forgotten.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use super::*;

#[test]
fn every_sentence_of_the_draft_stands_on_the_record() {
    let mut hall = Hall::opened(3);
    let speech = hall.put(Entry::Speech(Speech {
        speaker: Some(2),
        acknowledgement: "ghi nhận kết quả của ngành".to_owned(),
        ..Speech::default()
    }));
    hall.put(Entry::Directive(Directive {
        speech: Some(speech),
        text: "Tăng cường ứng dụng CNTT".to_owned(),
        ..Directive::default()
    }));
    let opinion =
        Opinion { speaker: Some(1), summary: "Đề nghị sửa nhà vệ sinh".to_owned(), ..Opinion::default() };
    hall.put(Entry::Opinion(opinion));
    let before = Opinion { is_before: true, summary: "đồng ý".to_owned(), ..Opinion::default() };
    hall.put(Entry::Opinion(before));
    let article = hall.state.article();
    let sentences: Vec<&Sentence> = article.paragraphs.iter().flatten().collect();
    let texts: Vec<&str> = sentences.iter().map(|sentence| sentence.text.as_str()).collect();
    let expected = [
        "Ngày 14/08/2026, Ủy ban nhân dân phường Hoa Sữa tổ chức Hội nghị tổng kết năm học 2025-2026 và triển khai nhiệm vụ \
         năm học 2026-2027.",
        "Dự Hội nghị có 3 đại biểu các đơn vị.",
        "Đại biểu Trường Tiểu học Hoa Sữa phát biểu: đề nghị sửa nhà vệ sinh.",
        "Nguyễn Thị Số 2 phát biểu chỉ đạo Hội nghị, ghi nhận kết quả của ngành.",
        "Nội dung chỉ đạo: tăng cường ứng dụng CNTT.",
    ];
    assert_eq!(texts, expected);
    let places = places(&hall.log);
    for sentence in &sentences {
        assert!(!sentence.sources.is_empty(), "{}", sentence.text);
        for source in &sentence.sources {
            let seq = places.get(source).unwrap_or_else(|| panic!("{source:?} is not in the log"));
            assert!(hall.log.iter().any(|recorded| recorded.seq == *seq));
        }
    }
    assert!(Conference::default().article().paragraphs.iter().flatten().all(|one| one.sources == [Source::Head]));
}

/// The sentences of the draft.
fn drafted(hall: &Hall) -> Vec<String> {
    hall.state.article().paragraphs.into_iter().flatten().map(|one| one.text).collect()
}

#[test]
fn the_article_counts_a_place_once_as_the_minutes_do() {
    let mut hall = Hall::planned();
    let stead = |stead, client: &str, name: &str| Command::Substitute {
        client_id: client.to_owned(),
        stead,
        name: name.to_owned(),
        posts: Vec::new(),
        desk: String::new(),
    };
    hall.must(stead(1, "a", "Trần Thị Thay"));
    let (other, _) = hall.state.substitute_of(1).unwrap();
    hall.must(Command::Leave(other));
    hall.must(stead(other, "b", "Nguyễn Thị Số 1"));
    assert_eq!(hall.state.minutes().people, ["Đại biểu các đơn vị: 1 có mặt trên 12 được triệu tập."]);
    assert!(drafted(&hall).contains(&"Dự Hội nghị có 1 đại biểu các đơn vị.".to_owned()), "{:?}", drafted(&hall));
}

#[test]
fn no_sentence_says_a_word_twice_or_nothing_and_names_keep_their_capitals() {
    let mut hall = Hall::planned();
    let purpose = |text: &str| Purpose { kind: PurposeKind::Assessment, text: text.to_owned() };
    let purposes = ["Đánh giá kết quả", "Đảng bộ phường lãnh đạo", "Cơ sở vật chất"].map(purpose).to_vec();
    let head = Head { review_year: None, purposes, ..hall.state.head.clone() };
    hall.must(Command::Set(Part::Head(Box::new(head))));
    let type_words = "Nghị quyết".to_owned();
    hall.put(Entry::LegalBasis(LegalBasis { type_words, ordinal_year: Some(2), ..LegalBasis::default() }));
    let section = |text: &str| ReportSection { section: "results".to_owned(), text: text.to_owned() };
    let report = ReportFacts {
        overview: "Chất lượng tăng…".to_owned(),
        sections: vec![section(" "), section("Internet đã tới mọi trường!")],
        ..ReportFacts::default()
    };
    hall.must(Command::Set(Part::Report(report)));
    for topic in ["Tham luận về dạy học hai buổi", "Dạy học hai buổi", ""] {
        let (topic, unit_name) = (topic.to_owned(), "Trường A".to_owned());
        let paper = ConferencePaper { topic, unit_name, level: Some(Level::Primary), ..ConferencePaper::default() };
        let paper = Some(hall.put(Entry::ConferencePaper(paper)));
        hall.put(Entry::AgendaItem(AgendaItem { kind: ItemKind::Paper, paper, ..AgendaItem::default() }));
    }
    let texts = drafted(&hall);
    for expected in [
        "Căn cứ Nghị quyết.",
        "Hội nghị nhằm đánh giá kết quả; Đảng bộ phường lãnh đạo; cơ sở vật chất.",
        "Chất lượng tăng…",
        "Báo cáo nêu Internet đã tới mọi trường!",
        "Trường A trình bày tham luận về dạy học hai buổi.",
        "Trường A trình bày tham luận.",
    ] {
        assert!(texts.iter().any(|text| text == expected), "{expected}: {texts:#?}");
    }
    assert_eq!(texts.iter().filter(|text| text.contains("hai buổi")).count(), 2);
    assert!(!texts.iter().any(|text| text.contains("về tham luận") || text == "Báo cáo nêu."), "{texts:#?}");
}

#[test]
fn what_is_forgotten_leaves_the_fold_as_it_was() {
    let mut hall = Hall::planned();
    let line = Participation {
        phone: "0912345678".to_owned(),
        email: "mai@truong.example".to_owned(),
        ..hall.state.records.participations.get(1).unwrap().clone()
    };
    hall.must(Command::Put(Some(1), Entry::Participation(line)));
    let venue = Venue { contact: "nha@truong.example".to_owned(), ..hall.state.records.venues.get(1).unwrap().clone() };
    hall.must(Command::Put(Some(1), Entry::Venue(venue)));
    hall.must(Command::Answer { participation: 1, is_coming: true, note: "gọi số 0912345678".to_owned() });
    hall.check_in(1, "scan-1").unwrap();
    assert_eq!(hall.refused(Command::Forget), ["not_over"]);
    hall.must(Command::Open);
    hall.must(Command::Close);
    let before = hall.state.clone();
    assert_eq!(hall.must(Command::Forget), [Event::Forgotten]);
    assert!(hall.must(Command::Forget).is_empty(), "once");
    let (told, kept) = (serde_json::to_string(&hall.state).unwrap(), hall.state.answers[&1].clone());
    assert!(kept.note.is_empty() && kept.is_coming && kept.at == before.answers[&1].at, "{kept:?}");
    for blanked in Conference::to_forget(&hall.log.clone()) {
        let place = hall.log.iter().position(|recorded| recorded.seq == blanked.seq).unwrap();
        assert_eq!(hall.log[place].at, blanked.at);
        hall.log[place] = blanked;
    }
    let text = serde_json::to_string(&hall.log).unwrap();
    for word in ["0912345678", "mai@truong", "nha@truong"] {
        assert!(!text.contains(word) && !told.contains(word), "{word}: {text} {told}");
    }
    assert_eq!(Conference::fold(&hall.log), hall.state, "the hall in memory and the blanked log agree");
    let mut expected = before;
    expected.forget();
    expected.seq = hall.state.seq;
    assert_eq!(hall.state, expected, "nothing but the forgotten words is gone");
    assert!(Conference::to_forget(&hall.log).is_empty());
}
