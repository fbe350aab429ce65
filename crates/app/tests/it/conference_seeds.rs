//! Two real conferences entered by the commands that users have: every numbered fact of theirs stands in a field of its
//! own, and what their articles do not say is empty.

use domain::{
    Level,
    conference::{
        Conference, ConferenceKind, DayPart, IssuerKind, ItemKind, Outcome, OverallResult, Participation,
        ParticipationRole, PurposeKind, Side, SpeechKind,
    },
    organisation::{UnitKind, people::PostBody},
    vietnamese::fold,
};
use tongket::{
    conference::{
        live,
        operations::{self, New},
        sheet::RecordSheet,
    },
    identity::Role,
    shipped,
};

use crate::kit::{TestApp, WARD};

type Facts = Vec<(&'static str, bool)>;

async fn entered(app: &TestApp, file: &str, year: &str) -> (i64, Conference) {
    let sheet = RecordSheet::parse(shipped::text(&format!("demo/conferences/{file}.toml")).unwrap()).unwrap();
    let context = app.context();
    let new = New { unit_code: WARD.to_owned(), title: sheet.head.title.clone(), year: year.to_owned() };
    let id = operations::create(&app.office, &context, &new).await.unwrap();
    operations::commands(&app.office, &context, id, sheet.commands()).await.unwrap();
    let hall = live::hall(&app.office, id).await.unwrap();
    let state = hall.state().await.clone();
    (id, state)
}

fn person<'a>(conference: &'a Conference, name: &str) -> &'a Participation {
    conference.records.participations.iter().find(|(_, line)| line.name == name).unwrap().1
}

fn has_group(conference: &Conference, unit: &str, kind: UnitKind) -> bool {
    conference.records.participations.iter().any(|(_, line)| {
        line.is_group() && line.side == Side::Guest && line.unit_name == unit && line.unit_kind == Some(kind)
    })
}

/// Every id from `PREFIX-01` to this number stands once, in one list or the other.
fn assert_whole(prefix: &str, last: usize, held: &Facts, elsewhere: &[(&str, &str)]) {
    let wrong: Vec<&str> = held.iter().filter(|(_, holds)| !holds).map(|(id, _)| *id).collect();
    assert!(wrong.is_empty(), "not held: {wrong:?}");
    let named: Vec<&str> = held.iter().map(|(id, _)| *id).chain(elsewhere.iter().map(|(id, _)| *id)).collect();
    for number in 1..=last {
        let id = format!("{prefix}-{number:02}");
        assert_eq!(named.iter().filter(|name| **name == id).count(), 1, "{id}");
    }
    assert_eq!(named.len(), last);
}

/// Facts of Long Biên that other rooms hold.
const LB_ELSEWHERE: [(&str, &str); 4] = [
    ("LB-56", "portal: headline, byline, posting date, views and picture of the article may be empty"),
    ("LB-57", "portal: the importer of articles unwraps lines"),
    ("LB-58", "portal: the original is kept, search folds its variants"),
    ("LB-59", "organisation: the table of abbreviations"),
];

#[tokio::test]
async fn long_bien_2024_is_held_fact_by_fact() {
    let app = TestApp::start().await;
    let (id, held) = entered(&app, "long-bien-2024", "2023-2024").await;
    let facts: Facts = [lb_head(&held), lb_people(&held), lb_report(&held), lb_floor(&held)].concat();
    assert_whole("LB", 60, &facts, &LB_ELSEWHERE);
    assert!(held.head.place.is_empty() && held.records.awards.is_empty() && held.records.media.is_empty());
    assert!(held.opened_at.is_none() && held.attendance.is_empty(), "the article counts nobody");
    let page = app.sign_in_as(Role::Reader).await.get(&format!("/hoi-nghi/{id}/ho-so")).await;
    for words in ["Nguyễn Thị Thanh Hằng - QUV, Phó Chủ tịch UBND quận", "13/13", "an toàn thực phẩm", "CNTT"]
    {
        assert!(page.body.contains(words), "{words}: {}", page.body);
    }
}

fn lb_head(held: &Conference) -> Facts {
    let head = &held.head;
    vec![
        ("LB-01", head.day_part == Some(DayPart::Morning)),
        ("LB-02", head.held_on == "2024-08-23".parse().ok()),
        ("LB-03", head.organiser_name == "Phòng GDĐT quận Long Biên" && head.organiser_unit_code == "L01.004-GDDT"),
        ("LB-04", head.kind == ConferenceKind::ReviewAndLaunch),
        ("LB-05", head.review_year.is_some_and(|year| year.to_string() == "2023-2024")),
        ("LB-06", head.next_year.is_some_and(|year| year.to_string() == "2024-2025")),
        ("LB-07", head.level == Some(Level::LowerSecondary)),
        (
            "LB-55",
            head.title_variants.iter().any(|title| title.contains("trọng tâm")) && !head.title.contains("trọng tâm"),
        ),
    ]
}

fn lb_people(held: &Conference) -> Facts {
    let hang = person(held, "Nguyễn Thị Thanh Hằng");
    let post = |place: usize| (hang.posts[place].body, hang.posts[place].title.as_str());
    let hoa = person(held, "Đào Thị Hoa");
    let anh = person(held, "Lê Thị Ngọc Anh");
    let groups = || held.records.participations.iter().map(|(_, line)| line).filter(|line| line.is_group());
    let hosts = held.records.participations.iter().filter(|(_, line)| line.side == Side::Host).count();
    let report = held.programme().find(|(_, item)| item.kind == ItemKind::Report).unwrap().1;
    let reader = report.presenter.and_then(|id| held.records.participations.get(id));
    vec![
        ("LB-08", hang.role == ParticipationRole::DirectingGuest),
        ("LB-09", post(0) == (PostBody::Party, "QUV")),
        ("LB-10", post(1) == (PostBody::Government, "Phó Chủ tịch UBND quận")),
        ("LB-11", has_group(held, "Phòng Nội vụ", UnitKind::SisterDivision)),
        ("LB-12", has_group(held, "Phòng Y tế", UnitKind::SisterDivision)),
        ("LB-13", has_group(held, "Phòng Văn hoá - Thông tin", UnitKind::SisterDivision)),
        ("LB-14", has_group(held, "Ban quản lí dự án", UnitKind::AdvisoryBody)),
        ("LB-15", has_group(held, "Liên đoàn Lao động quận Long Biên", UnitKind::MassOrganisation)),
        ("LB-16", hosts == 4),
        ("LB-17", hoa.posts[0].title == "Trưởng phòng GDĐT" && hoa.side == Side::Host),
        ("LB-18", groups().any(|line| line.group.contains("lãnh đạo Phòng GDĐT"))),
        ("LB-19", groups().any(|line| line.team == "tổ THCS")),
        ("LB-20", groups().any(|line| line.side == Side::Delegate && line.level == Some(Level::LowerSecondary))),
        ("LB-21", reader == Some(anh)),
        ("LB-22", anh.posts[0].title == "Phó trưởng phòng GDĐT"),
        ("LB-60", [hang, hoa, anh].iter().all(|line| line.address_form == "đồng chí")),
    ]
}

fn lb_report(held: &Conference) -> Facts {
    let report = &held.report;
    let highlight = |words: &str| report.highlights.iter().any(|one| one.contains(words));
    let score = report.score_summary.clone().unwrap();
    let agreed = held.records.resolutions.get(1).unwrap();
    vec![
        ("LB-23", report.review_year == held.head.review_year && report.next_year == held.head.next_year),
        ("LB-24", report.overview.contains("giải pháp tích cực")),
        ("LB-25", report.overall_result == Some(OverallResult::Excellent)),
        ("LB-26", highlight("giáo dục văn hoá")),
        ("LB-27", highlight("đạo đức")),
        ("LB-28", highlight("lối sống")),
        ("LB-29", highlight("kỹ năng sống")),
        ("LB-30", highlight("pháp luật")),
        ("LB-31", highlight("thể dục thể thao") && report.list_is_open),
        ("LB-32", report.contributes_to == "thành tích chung của toàn ngành"),
        ("LB-33", (score.met, score.total, score.result_grade.as_str()) == (13, 13, "xuất sắc")),
        ("LB-34", score.scope == "toàn ngành"),
        ("LB-35", agreed.outcome == Outcome::HighConsensus && agreed.poll.is_none()),
        ("LB-36", agreed.subjects.len() == 2 && agreed.subjects[1].contains("trọng tâm nhiệm vụ")),
        ("LB-53", held.closing.remarks[0].contains("nghiêm túc, trang trọng và cởi mở")),
        ("LB-54", held.closing.remarks[1].contains("phấn khởi, tràn đầy niềm tin")),
    ]
}

fn lb_floor(held: &Conference) -> Facts {
    let records = &held.records;
    let opinions: Vec<_> = records.opinions.iter().map(|(_, opinion)| opinion).collect();
    let of_schools = |words: &str| {
        let is_it = |opinion: &&&domain::conference::Opinion| {
            opinion.unit_kind == Some(UnitKind::School) && opinion.topic.contains(words)
        };
        opinions.iter().find(is_it).is_some()
    };
    let divisions = opinions.iter().find(|opinion| opinion.unit_kind == Some(UnitKind::SisterDivision));
    let speech = records.speeches.get(1).unwrap();
    let hang = person(held, "Nguyễn Thị Thanh Hằng");
    let directive = |place: u32, words: &str| records.directives.get(place).unwrap().text.contains(words);
    let unnamed = opinions.iter().all(|opinion| opinion.speaker.is_none() && opinion.speaker_name.is_empty());
    vec![
        ("LB-37", unnamed && opinions.iter().filter(|one| one.unit_kind == Some(UnitKind::School)).count() == 4),
        ("LB-38", of_schools("cải tạo cơ sở vật chất")),
        ("LB-39", of_schools("thi đua, khen thưởng")),
        ("LB-40", of_schools("an toàn thực phẩm")),
        ("LB-41", of_schools("đoàn thể") && opinions[3].list_is_open),
        ("LB-42", divisions.is_some()),
        ("LB-43", divisions.is_some_and(|opinion| opinion.summary.contains("quản lí nhà nước"))),
        ("LB-44", speech.kind == SpeechKind::Directive && speech.speaker == Some(1) && speech.posts == hang.posts),
        ("LB-45", speech.acknowledgement.contains("ghi nhận và đánh giá cao")),
        ("LB-46", records.directives.get(1).unwrap().addressee_level == Some(Level::LowerSecondary)),
        ("LB-47", directive(2, "ứng dụng CNTT")),
        ("LB-48", directive(3, "quản trị nhà trường")),
        (
            "LB-49",
            directive(4, "rút ngắn khoảng cách") && records.directives.get(4).unwrap().indicator == "gap_indicator",
        ),
        ("LB-50", directive(5, "trường chất lượng cao") && records.directives.get(5).unwrap().list_is_open),
        ("LB-51", records.commitments.get(1).unwrap().by_bodies.len() == 3),
        ("LB-52", records.commitments.get(2).unwrap().by_raw == "các phòng ban"),
    ]
}

/// Facts of Ngô Quyền that other rooms hold.
const NQ_ELSEWHERE: [(&str, &str); 17] = [
    ("NQ-01", "portal: breadcrumb"),
    ("NQ-02", "portal: headline; its words are kept as a variant of the title"),
    ("NQ-03", "school_year: both forms of a year are read"),
    ("NQ-04", "portal: day of posting"),
    ("NQ-05", "portal: time of posting"),
    ("NQ-06", "portal: views"),
    ("NQ-25", "planning: school plans; what they are for stands among the purposes"),
    ("NQ-48", "portal: a caption glued to a paragraph"),
    ("NQ-64", "portal: byline"),
    ("NQ-65", "portal: posted 11 days after"),
    ("NQ-67", "organisation: synonyms of posts"),
    ("NQ-68", "organisation: aliases of units"),
    ("NQ-69", "vietnamese: tone positions are folded"),
    ("NQ-70", "organisation: the table of abbreviations"),
    ("NQ-71", "portal: slips are kept in the original"),
    ("NQ-72", "portal: slots of pictures"),
    ("NQ-73", "figures: none are needed"),
];

#[tokio::test]
async fn ngo_quyen_2017_is_held_fact_by_fact() {
    let app = TestApp::start().await;
    let (id, held) = entered(&app, "ngo-quyen-2017", "2016-2017").await;
    let facts: Facts = [nq_bases(&held), nq_head(&held), nq_people(&held), nq_report(&held), nq_floor(&held)].concat();
    assert_whole("NQ", 73, &facts, &NQ_ELSEWHERE);
    assert!(held.head.day_part.is_none() && held.head.starts_at.is_none() && held.head.place.is_empty());
    assert_eq!(fold("Quận ủy"), fold("Quận uỷ"));
    let page = app.sign_in_as(Role::Reader).await.get(&format!("/hoi-nghi/{id}/ho-so")).await;
    for words in
        ["Khúc Văn Phung - Phó Chủ tịch UBND quận phát biểu chỉ đạo", "29-CTr/QU", "ảnh không còn", "Bằng khen"]
    {
        assert!(page.body.contains(words), "{words}: {}", page.body);
    }
}

fn nq_bases(held: &Conference) -> Facts {
    let basis = |place: u32| held.records.bases.get(place).unwrap();
    let congress = basis(1);
    vec![
        ("NQ-07", congress.document_number.is_empty() && congress.ordinal_year == Some(2) && congress.term == "XXII"),
        ("NQ-08", basis(3).document_number == "34-CTr/TU" && basis(3).issued_on == "2015-02-04".parse().ok()),
        ("NQ-09", basis(3).issuer == "Ban Thường vụ Thành ủy"),
        ("NQ-10", basis(4).document_number == "29-CTr/QU" && basis(4).issued_on == "2015-06-01".parse().ok()),
        ("NQ-11", basis(4).issuer == "Ban Thường vụ Quận ủy"),
        (
            "NQ-12",
            [3, 4].iter().all(|place| basis(*place).implements == Some(2)) && basis(2).document_number == "29-NQ/TW",
        ),
        ("NQ-13", basis(2).term == "XI" && basis(2).issuer_kind == IssuerKind::PartyBody),
        ("NQ-14", basis(2).subject_line.contains("đổi mới căn bản toàn diện")),
        ("NQ-15", basis(5).document_number.is_empty() && basis(5).is_several),
        ("NQ-16", basis(6).document_number_raw == "số 07" && basis(6).issued_on == "2016-11-25".parse().ok()),
        ("NQ-17", basis(6).issuer_kind == IssuerKind::OfficeHolder),
        ("NQ-18", basis(6).subject_line.contains("giáo dục mầm non") && basis(6).sectors.contains(&Level::Continuing)),
    ]
}

fn nq_head(held: &Conference) -> Facts {
    let head = &held.head;
    let purpose = |kind: PurposeKind| head.purposes.iter().any(|purpose| purpose.kind == kind);
    let both = purpose(PurposeKind::Shortcomings) && purpose(PurposeKind::Causes);
    vec![
        ("NQ-20", purpose(PurposeKind::Assessment)),
        ("NQ-21", purpose(PurposeKind::Strengths)),
        ("NQ-22", both),
        ("NQ-23", purpose(PurposeKind::Lessons)),
        ("NQ-24", purpose(PurposeKind::Targets) && purpose(PurposeKind::Measures)),
        ("NQ-26", head.held_on == "2017-08-28".parse().ok() && head.day_part.is_none()),
        ("NQ-27", head.plan.document_number == "136/KH-UBND" && head.plan.document_number_raw == "136/KH –UBND"),
        ("NQ-28", head.plan.issued_on == "2017-07-26".parse().ok()),
        ("NQ-29", head.plan.issuer == "UBND quận Ngô Quyền"),
        ("NQ-30", head.organiser_name == "PGDĐT quận Ngô Quyền" && head.organiser_name != head.plan.issuer),
        ("NQ-31", head.level.is_none()),
        ("NQ-66", head.planning_lead_days() == Some(33)),
    ]
}

fn nq_people(held: &Conference) -> Facts {
    let loi = person(held, "Đỗ Văn Lợi");
    let phi = person(held, "Nguyễn Xuân Phi");
    let thuan = person(held, "Lương Văn Thuấn");
    let order: Vec<&str> = held.protocol_list().iter().take(2).map(|(_, line)| line.name.as_str()).collect();
    let group = |words: &str| held.records.participations.iter().any(|(_, line)| line.group.contains(words));
    let posts: Vec<&str> = phi.posts.iter().map(|post| post.title.as_str()).collect();
    let of_schools = |word: &str| {
        let lines = held.records.participations.iter().filter(|(_, line)| line.unit_kind == Some(UnitKind::School));
        lines.into_iter().any(|(_, line)| line.posts.iter().any(|post| post.title == word))
    };
    let four = ["Bí thư chi bộ", "Hiệu trưởng", "Phó Hiệu trưởng", "Chủ tịch công đoàn"];
    let report = held.programme().find(|(_, item)| item.kind == ItemKind::Report).unwrap().1;
    let reader = report.presenter.and_then(|id| held.records.participations.get(id));
    vec![
        ("NQ-32", loi.list_order == Some(1)),
        ("NQ-33", posts == ["Thành ủy viên", "Bí thư Quận uỷ", "CT HĐND quận"]),
        ("NQ-34", order == ["Đỗ Văn Lợi", "Nguyễn Xuân Phi"]),
        ("NQ-35", group("HĐND - UBND")),
        ("NQ-36", group("phòng ban chuyên môn")),
        ("NQ-37", group("lãnh đạo, chuyên viên PGD&ĐT")),
        ("NQ-38", four.into_iter().all(of_schools)),
        ("NQ-39", ["MN", "tiểu học", "THCS", "TT GDNN-GDTX"].into_iter().all(group)),
        ("NQ-40", reader == Some(thuan)),
        ("NQ-41", thuan.posts[0].title == "Trưởng phòng GD&ĐT"),
    ]
}

fn nq_report(held: &Conference) -> Facts {
    let section = |name: &str| held.report.sections.iter().any(|section| section.section == name);
    let agreed = held.records.resolutions.get(1).unwrap();
    vec![
        ("NQ-19", held.report.overall_result == Some(OverallResult::Excellent)),
        ("NQ-42", section("conditions")),
        ("NQ-43", section("results") && section("shortcomings")),
        ("NQ-44", section("orientation")),
        ("NQ-45", held.records.targets.get(1).unwrap().text.contains("các bậc học")),
        ("NQ-46", held.records.measures.get(1).unwrap().target == Some(1)),
        ("NQ-62", agreed.outcome == Outcome::Consensus && agreed.subjects.len() == 2),
        ("NQ-63", held.closing.remarks[0].contains("quyết tâm thực hiện thắng lợi")),
    ]
}

fn nq_floor(held: &Conference) -> Facts {
    let records = &held.records;
    let kinds: Vec<ItemKind> = held.programme().map(|(_, item)| item.kind).collect();
    let speakers: Vec<_> = held.speeches().into_iter().map(|(_, speech)| speech).collect();
    let caption = |place: u32| records.media.get(place).unwrap();
    let award = |place: u32| records.awards.get(place).unwrap();
    let awards_item = held.programme().find(|(_, item)| item.kind == ItemKind::Awards).map(|(id, _)| id);
    let paper = records.papers.get(1).unwrap();
    let phi_speaks = speakers.iter().any(|speech| speech.speaker == Some(2));
    let order = [ItemKind::Report, ItemKind::Paper, ItemKind::DirectiveSpeech, ItemKind::Awards, ItemKind::Closing];
    vec![
        ("NQ-47", paper.speaker.is_none() && paper.speaker_name.is_empty() && paper.topic.contains("các bậc học")),
        ("NQ-49", kinds == order),
        ("NQ-50", speakers[0].speaker == Some(1) && speakers[0].order == 1),
        (
            "NQ-51",
            speakers[1].speaker_name == "Khúc Văn Phung" && speakers[1].posts[0].title == "Phó Chủ tịch UBND quận",
        ),
        ("NQ-52", speakers[1].speaker.is_none()),
        ("NQ-53", !phi_speaks),
        ("NQ-54", caption(1).caption.contains("Đỗ Văn Lợi") && caption(1).person == Some(1)),
        ("NQ-55", caption(2).caption.contains("Khúc Văn Phung")),
        ("NQ-56", caption(3).item == awards_item && awards_item.is_some()),
        ("NQ-57", award(1).award_form == "Cờ thi đua xuất sắc"),
        ("NQ-58", award(2).award_title == "Tập thể Lao động xuất sắc"),
        ("NQ-59", award(3).award_form == "Bằng khen"),
        ("NQ-60", (1..=3).all(|place| award(place).granted_by == "UBND thành phố")),
        ("NQ-61", (1..=3).all(|place| award(place).recipients.is_empty())),
    ]
}
