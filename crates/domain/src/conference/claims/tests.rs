//! What sentences claim, and what of it the record does not say.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use super::*;
use crate::conference::{Entry, Head, LegalBasis, Participation, PlanDocument, PostTitle, Recorded};
use crate::{
    conference::{Event, Part},
    organisation::people::PostBody,
};

fn table() -> Abbreviations {
    Abbreviations::parse(include_str!("../../../../../data/articles/abbreviations.toml")).unwrap()
}

fn told(text: &str) -> Vec<(ClaimKind, String)> {
    claims(text, &table()).into_iter().map(|claim| (claim.kind, claim.text)).collect()
}

#[test]
fn a_sentence_is_taken_apart_into_what_can_be_looked_up() {
    let text = "Ngày 28/8/2017, thực hiện Kế hoạch số 136/KH –UBND ngày 26/ 7 /2017, đ/c Đỗ Văn Lợi - PGĐ Sở GD&ĐT Hải Phòng nêu \
                13/13 chỉ tiêu của năm học 2016 - 2017.";
    let expected = [
        (ClaimKind::Number, "13/13"),
        (ClaimKind::Number, "2016-2017"),
        (ClaimKind::Date, "26/07/2017"),
        (ClaimKind::Date, "28/08/2017"),
        (ClaimKind::DocumentNumber, "136/KH-UBND"),
        (ClaimKind::Person, "Đỗ Văn Lợi"),
        (ClaimKind::Post, "Phó Giám đốc Sở Giáo dục"),
        (ClaimKind::Unit, "Hải Phòng"),
    ];
    let expected: Vec<(ClaimKind, String)> = expected.into_iter().map(|(kind, text)| (kind, text.to_owned())).collect();
    assert_eq!(told(text), expected);
}

#[test]
fn capitals_that_are_no_names_claim_nothing() {
    for text in [
        "Hội nghị đã nghe báo cáo tổng kết.",
        "Dự Hội nghị có đại biểu các đơn vị. Kết quả nổi bật: chất lượng giáo dục.",
        "Các đại biểu nhất trí cao với phương hướng do Đảng và Nhà nước đề ra.",
        "HỘI NGHỊ TỔNG KẾT",
    ] {
        assert_eq!(told(text), [], "{text}");
    }
}

#[test]
fn days_and_numbers_are_read_in_any_usual_way() {
    assert_eq!(told("ngày 25 tháng 11 năm 2016"), told("25/11/2016"));
    assert_eq!(told("có 1.250 em"), told("có 1250 em"));
    assert_eq!(told("đạt 13,5 %"), [(ClaimKind::Number, "13,5".to_owned())]);
    assert_eq!(told("Chỉ thị số 07"), [(ClaimKind::Number, "7".to_owned())]);
    let class = told("Các lớp 5 - THCS đã dự.");
    assert!(class.iter().all(|(kind, _)| *kind != ClaimKind::DocumentNumber), "{class:?}");
}

/// A record with a guest, a host, the plan and a basis.
fn record() -> Conference {
    let post = |title: &str| vec![PostTitle { body: PostBody::Government, title: title.to_owned() }];
    let line = |name: &str, title: &str| {
        Entry::Participation(Participation { name: name.to_owned(), posts: post(title), ..Participation::default() })
    };
    let plan = PlanDocument {
        document_number: "136/KH-UBND".to_owned(),
        issued_on: "2017-07-26".parse().ok(),
        ..PlanDocument::default()
    };
    let head = Head {
        title: "Hội nghị tổng kết năm học 2016-2017".to_owned(),
        organiser_name: "PGDĐT quận Ngô Quyền".to_owned(),
        held_on: "2017-08-28".parse().ok(),
        plan,
        ..Head::default()
    };
    let basis = LegalBasis {
        document_number: "29-NQ/TW".to_owned(),
        issued_on: "2013-11-04".parse().ok(),
        issuer: "Ban chấp hành trung ương Đảng".to_owned(),
        ..LegalBasis::default()
    };
    let events = [
        Event::PartSet { part: Part::Head(Box::new(head)) },
        Event::EntryPut {
            id: 1, content: line("Đỗ Văn Lợi", "Phó Giám đốc Sở Giáo dục và Đào tạo")
        },
        Event::EntryPut { id: 2, content: line("Nguyễn Xuân Phi", "CT HĐND quận") },
        Event::EntryPut { id: 3, content: line("Lò Seo Páo", "Hiệu trưởng") },
        Event::EntryPut { id: 1, content: Entry::LegalBasis(basis) },
    ];
    let at = "2026-06-21T02:00:00Z".parse().unwrap();
    let recorded = |(seq, event)| Recorded { seq, at, actor: String::new(), event };
    Conference::fold(&(1..).zip(events).map(recorded).collect::<Vec<_>>())
}

/// What is strange in words that stand on the head and on the first guest, with the place that knows it.
fn strange(edited: &str) -> Vec<(ClaimKind, String, Option<Source>)> {
    let guest = Source::Entry { register: EntryKind::Participation, id: 1 };
    let text = "Ngày 28/08/2017, đồng chí Đỗ Văn Lợi - Phó Giám đốc Sở Giáo dục và Đào tạo dự Hội nghị.".to_owned();
    let drafted = Sentence { text, sources: vec![Source::Head, guest] };
    let found = record().lookup(&table()).strange_claims(edited, &drafted);
    found.into_iter().map(|one| (one.claim.kind, one.claim.text, one.elsewhere)).collect()
}

#[test]
fn what_the_places_of_a_sentence_say_may_be_said_in_other_words() {
    for edited in [
        "Hôm 28/8/2017, đ/c Đỗ Văn Lợi, PGĐ Sở GD&ĐT, đã tới dự.",
        "Theo Kế hoạch số 136/KH-UBND ngày 26/7/2017, đồng chí Lợi đã tới dự hội nghị của Phòng GD&ĐT quận Ngô Quyền.",
        "Tổng kết năm học 2016 – 2017.",
    ] {
        assert_eq!(strange(edited), [], "{edited}");
    }
}

#[test]
fn a_strange_name_a_wrong_day_and_a_wrong_code_are_told() {
    let cases = [
        ("đồng chí Đỗ Văn Lộc dự Hội nghị.", ClaimKind::Person, "Đỗ Văn Lộc"),
        ("đồng chí Đỗ Văn dự Hội nghị.", ClaimKind::Person, "Đỗ Văn"),
        ("Ngày 26/8/2017, Hội nghị diễn ra.", ClaimKind::Date, "26/08/2017"),
        ("Theo Kế hoạch số 136/QĐ-UBND.", ClaimKind::DocumentNumber, "136/QĐ-UBND"),
        ("Theo Kế hoạch số 137/KH-UBND.", ClaimKind::DocumentNumber, "137/KH-UBND"),
        ("đồng chí Đỗ Văn Lợi - Giám đốc Công an, dự.", ClaimKind::Post, "Giám đốc Công an"),
        ("đồng chí Đỗ Văn Lợi - Giám đốc Sở Giáo dục và Đào tạo dự.", ClaimKind::Post, "Giám đốc Sở Giáo dục"),
        ("Có 45 đại biểu dự.", ClaimKind::Number, "45"),
        ("Hội nghị của quận Hồng Bàng.", ClaimKind::Unit, "Hồng Bàng"),
    ];
    for (edited, kind, text) in cases {
        assert_eq!(strange(edited), [(kind, text.to_owned(), None)], "{edited}");
    }
}

#[test]
fn what_another_place_of_the_record_says_is_told_with_that_place() {
    let line = |id| Some(Source::Entry { register: EntryKind::Participation, id });
    let basis = Some(Source::Entry { register: EntryKind::LegalBasis, id: 1 });
    let found = strange("đồng chí Nguyễn Xuân Phi dự Hội nghị.");
    assert_eq!(found, [(ClaimKind::Person, "Nguyễn Xuân Phi".to_owned(), line(2))]);
    let found = strange("Thực hiện Nghị quyết số 29-NQ/TW ngày 04/11/2013.");
    let day = (ClaimKind::Date, "04/11/2013".to_owned(), basis);
    assert_eq!(found, [day, (ClaimKind::DocumentNumber, "29-NQ/TW".to_owned(), basis)]);
    let found = strange("đồng chí Lò Seo Páo dự Hội nghị.");
    assert_eq!(found, [(ClaimKind::Person, "Lò Seo Páo".to_owned(), line(3))]);
}

#[test]
fn a_chair_of_the_council_is_no_chair_of_the_committee() {
    let guest = Source::Entry { register: EntryKind::Participation, id: 2 };
    let drafted = Sentence { text: "Đồng chí Nguyễn Xuân Phi dự.".to_owned(), sources: vec![guest] };
    let record = record();
    let strange = |text: &str| record.lookup(&table()).strange_claims(text, &drafted);
    assert_eq!(strange("Đồng chí Nguyễn Xuân Phi - Chủ tịch HĐND quận dự."), []);
    let found = strange("Đồng chí Nguyễn Xuân Phi - Chủ tịch UBND quận dự.");
    assert_eq!(found.len(), 1);
    assert_eq!((found[0].claim.kind, found[0].claim.text.as_str()), (ClaimKind::Post, "Chủ tịch Ủy ban nhân dân"));
}

#[test]
fn a_deputy_is_no_chief_and_both_are_said_where_both_stand() {
    for (text, post) in [
        ("đồng chí Phó Thủ tướng dự", "Phó Thủ tướng"),
        ("đồng chí Phó Tổng Biên tập dự", "Phó Tổng Biên tập"),
        ("Đồng chí Lợi (Phó), Giám đốc, dự", "Giám đốc"),
    ] {
        assert!(told(text).contains(&(ClaimKind::Post, post.to_owned())), "{text}: {:?}", told(text));
    }
    let said = |text: &str| Said::of([text], &table());
    let chief = &claims("Mời Giám đốc Sở Y tế.", &table())[0];
    assert!(!said("Phó Giám đốc Sở Y tế").says(chief));
    assert!(said("Phó Giám đốc Sở Y tế, Giám đốc Sở Y tế").says(chief));
}

/// Every field by which an entry names another, given a number that nothing else has.
#[test]
fn what_an_entry_names_is_no_figure_that_it_says() {
    use crate::conference::{
        AgendaItem, Award, Commitment, Conclusion, ConferencePaper, Directive, Measure, Media, Opinion, Quota,
        Recipient, Resolution, Speech,
    };
    let (other, code) = (Some(777), "777".to_owned());
    let recipients = vec![Recipient { unit_code: code.clone(), ..Recipient::default() }];
    let entries = [
        Entry::Quota(Quota { venue: other, unit_code: code.clone(), ..Quota::default() }),
        Entry::Participation(Participation {
            venue: other,
            substitute_for: other,
            list_order: other,
            badge: code.clone(),
            phone: code.clone(),
            unit_code: code.clone(),
            ..Participation::default()
        }),
        Entry::AgendaItem(AgendaItem { presenter: other, paper: other, ..AgendaItem::default() }),
        Entry::ConferencePaper(ConferencePaper {
            speaker: other,
            unit_code: code.clone(),
            ..ConferencePaper::default()
        }),
        Entry::LegalBasis(LegalBasis { implements: other, document: code.clone(), ..LegalBasis::default() }),
        Entry::Measure(Measure { target: other, ..Measure::default() }),
        Entry::Award(Award { presenter: other, order: 777, recipients, ..Award::default() }),
        Entry::Opinion(Opinion { speaker: other, request: other, consultation: other, ..Opinion::default() }),
        Entry::Speech(Speech { speaker: other, order: 777, ..Speech::default() }),
        Entry::Directive(Directive { speech: other, ..Directive::default() }),
        Entry::Commitment(Commitment { speech: other, ..Commitment::default() }),
        Entry::Conclusion(Conclusion { directive: other, lead_unit_code: code.clone(), ..Conclusion::default() }),
        Entry::Resolution(Resolution { poll: other, target: other, ..Resolution::default() }),
        Entry::Media(Media { person: other, item: other, sha256: code, ..Media::default() }),
    ];
    let at = "2026-06-21T02:00:00Z".parse().unwrap();
    for content in entries {
        let register = content.kind();
        let event = Event::EntryPut { id: 1, content };
        let record = Conference::fold(&[Recorded { seq: 1, at, actor: String::new(), event }]);
        let words = record.words_at(Source::Entry { register, id: 1 });
        assert!(!words.iter().any(|words| words.contains("777")), "{register:?}: {words:?}");
    }
}

#[test]
fn the_number_of_the_presenter_is_no_number_of_schools() {
    let mut record = record();
    let item = crate::conference::AgendaItem { presenter: Some(12), minutes: Some(40), ..Default::default() };
    let at = "2026-06-21T03:00:00Z".parse().unwrap();
    let event = Event::EntryPut { id: 1, content: Entry::AgendaItem(item) };
    record.apply(&Recorded { seq: 99, at, actor: String::new(), event });
    let sources = vec![Source::Entry { register: EntryKind::AgendaItem, id: 1 }];
    let drafted = Sentence { text: "Hội nghị nghe báo cáo.".to_owned(), sources };
    let strange = |text: &str| record.lookup(&table()).strange_claims(text, &drafted);
    assert_eq!(strange("Hội nghị nghe báo cáo 40 phút."), []);
    let found = strange("Hội nghị nghe báo cáo của 12 trường.");
    assert_eq!(found.len(), 1);
    assert_eq!((found[0].claim.text.as_str(), found[0].elsewhere), ("12", None));
}

#[test]
fn spellings_of_one_post_and_of_one_office_are_one() {
    let table = table();
    for (spellings, long) in [
        (vec!["Phó GĐ Sở", "PGĐ Sở", "Phó Giám đốc Sở"], "Phó Giám đốc Sở"),
        (vec!["PGDĐT", "PGD&ĐT", "Phòng GD&ĐT"], "Phòng Giáo dục và Đào tạo"),
    ] {
        assert!(spellings.iter().all(|spelling| table.expand(spelling) == long), "{spellings:?}");
    }
    assert_eq!(table.expand("PGD"), "PGD", "PGĐ is no PGD");
    assert_eq!(table.expand("CT HĐND quận"), "Chủ tịch Hội đồng nhân dân quận");
    assert_eq!(table.expand("CT GDPT 2018"), "CT GDPT 2018", "no chair: a programme, or a directive");
    let used: Vec<(Vec<&str>, &str)> =
        table.used_in("đ/c PGĐ và Phó GĐ").into_iter().map(|(short, known)| (short, known.long.as_str())).collect();
    assert_eq!(used, [(vec!["đ/c"], "đồng chí"), (vec!["PGĐ", "Phó GĐ"], "Phó Giám đốc"), (vec!["GĐ"], "Giám đốc")]);
}

/// The record with something more in it.
fn with(content: Entry) -> Conference {
    let mut record = record();
    let at = "2026-06-21T03:00:00Z".parse().unwrap();
    record.apply(&Recorded { seq: 99, at, actor: String::new(), event: Event::EntryPut { id: 1, content } });
    record
}

#[test]
fn a_share_is_said_only_where_both_its_numbers_stand_together() {
    use crate::conference::Target;
    let unknown = |text: &str, of: &str| {
        let target = Target { text: text.to_owned(), unit_of_value: of.to_owned(), ..Target::default() };
        let claims = with(Entry::Target(target)).lookup(&table()).unknown_claims("Có 12/15 chỉ tiêu.");
        claims.into_iter().map(|claim| claim.text).collect::<Vec<_>>()
    };
    assert_eq!(unknown("Giao 15 chỉ tiêu", "tại 12 trường"), ["12/15"]);
    assert_eq!(unknown("Đạt 12 trên 15 chỉ tiêu", ""), [""; 0]);
}

#[test]
fn how_many_came_is_in_the_record() {
    let mut record = record();
    let came = |participation| Event::CheckedIn {
        participation,
        client_id: format!("scan-{participation}"),
        road: crate::conference::Road::List,
        desk: String::new(),
        venue: None,
        heads: 1,
        scanned_at: None,
    };
    let at = "2026-06-21T03:00:00Z".parse().unwrap();
    let events = [came(1), came(2), came(3), Event::Left { participation: 3 }];
    for (seq, event) in (100..).zip(events) {
        record.apply(&Recorded { seq, at, actor: String::new(), event });
    }
    let table = table();
    let lookup = record.lookup(&table);
    let guest = Source::Entry { register: EntryKind::Participation, id: 1 };
    let drafted = Sentence { text: "Đồng chí Đỗ Văn Lợi dự.".to_owned(), sources: vec![guest] };
    let found = lookup.strange_claims("Có 2 đại biểu dự.", &drafted);
    assert_eq!(found[0].elsewhere, Some(Source::Attendance), "two are here still");
    let article: Vec<Sentence> = record.article().paragraphs.into_iter().flatten().collect();
    let printed = article.iter().find(|one| one.sources == [Source::Attendance]).unwrap();
    assert_eq!(printed.text, "Dự Hội nghị có 3 đại biểu các đơn vị.");
    assert_eq!(lookup.unknown_claims(&printed.text), [], "three came");
}
