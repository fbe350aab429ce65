//! The conferences of the demo: two real ones entered from what their articles say (`data/demo/conferences`), and the
//! ward's own, prepared, held and closed by the commands that its officer gives; its article; the next one, a week ahead.

use domain::{
    conference::{
        AgendaItem, Arrival, Award, Command, Conclusion, Directive, Entry, FoundBy, Head, Id, ItemKind, Opinion,
        Outcome, Part, Participation, ParticipationRole, PlanDocument, PollKind, PostTitle, Question, Recipient,
        Resolution, Road, Rules, Side, Speech, Target, Topic, Venue,
    },
    organisation::{UnitKind, people::PostBody},
    school_year::SchoolYear,
};
use jiff::ToSpan;

use super::journey::Journey;
use crate::{
    conference::{
        live,
        operations::{self, New, article, found, honours, put_id, recording},
        sheet::RecordSheet,
    },
    office::Office,
    platform::{Context, Error, Result},
    shipped,
};

/// Conferences told by articles: the file, the year that they review, where the article stood.
const TOLD: [(&str, &str, &str); 2] = [
    ("ngo-quyen-2017", "2016-2017", "trang tin của quận Ngô Quyền, thành phố Hải Phòng"),
    ("long-bien-2024", "2023-2024", "trang tin của quận Long Biên, thành phố Hà Nội"),
];

/// Invented people who come to the ward's conference, a principal for each school in turn.
const PRINCIPALS: [&str; 12] = [
    "Nguyễn Thị Hạnh",
    "Trần Văn Khoa",
    "Lê Thị Minh Nguyệt",
    "Phạm Quốc Việt",
    "Hoàng Thị Thu Trang",
    "Vũ Đình Phúc",
    "Đặng Thị Lan Hương",
    "Bùi Văn Thắng",
    "Đỗ Thị Kim Oanh",
    "Ngô Thanh Tùng",
    "Dương Thị Bích Ngọc",
    "Lý Văn Sơn",
];

pub(super) async fn hold(journey: &mut Journey<'_>) -> Result<()> {
    let (office, context, key) = journey.reporting()?;
    for (file, year, source) in TOLD {
        let sheet = RecordSheet::parse(shipped::text(&format!("demo/conferences/{file}.toml"))?)?;
        journey.tell(&format!("Ghi {}", sheet.head.title));
        let new = New { unit_code: key.unit.clone(), title: sheet.head.title.clone(), year: year.to_owned() };
        let id = operations::create(office, &context, &new).await?;
        operations::commands(office, &context, id, sheet.commands()).await?;
        take_over(office, &context, file, source).await?;
        journey.summary.conferences.push(id.to_string());
        journey.summary.articles.push(format!("{id}/bai-nguon"));
    }
    let year = SchoolYear::parse(&key.year).ok_or_else(|| Error::inside("demo: bad year"))?;
    journey.tell(&format!("Tổ chức hội nghị tổng kết năm học {year}"));
    let id = own(office, &context, &key.unit, year).await?;
    journey.summary.conferences.push(id.to_string());
    publish(office, &context, id).await?;
    journey.summary.articles.push(id.to_string());
    journey.tell("Chuẩn bị hội nghị tuần sau");
    let id = super::coming::plan(office, &context, &key.unit, year).await?;
    journey.summary.conferences.push(id.to_string());
    Ok(())
}

/// Says that a conference was held, and puts the article that told of it beside it: found by the title that it names.
async fn take_over(office: &Office, context: &Context, file: &str, source: &str) -> Result<()> {
    let text = shipped::text(&format!("demo/conferences/{file}.txt"))?;
    let id = found::conference_of(office, &found::read(text)?).await?;
    recording::record_afterwards(office, context, id, &format!("tin bài trên {source}")).await?;
    let revision = found::take_over(office, context, (id, 0), text, source).await?;
    found::show(office, context, (id, revision)).await
}

/// The article of the ward's conference, as it was drafted from the record.
async fn publish(office: &Office, context: &Context, id: i64) -> Result<()> {
    let drafted = article::current(office, id).await?;
    let texts: Vec<String> = drafted.paragraphs.iter().flatten().map(|sentence| sentence.text.clone()).collect();
    let words =
        article::Words {
            title: &drafted.title, byline: "Nguyễn Thị Mai", texts: &texts, ..article::Words::default()
        };
    article::keep(office, context, id, 0, words).await?;
    article::publish(office, context, id, 1).await
}

/// A hall with its clock.
struct Held<'a> {
    office: &'a Office,
    context: Context,
    id: i64,
}

impl Held<'_> {
    async fn tell(&self, command: Command) -> Result<Option<Id>> {
        Ok(put_id(&operations::command(self.office, &self.context, self.id, command).await?))
    }

    async fn put(&self, entry: Entry) -> Result<Id> {
        self.tell(Command::Put(None, entry)).await?.ok_or_else(|| Error::inside("an entry without a number"))
    }

    fn minutes_later(&mut self, minutes: i64) {
        self.context.now = self.context.now.saturating_add(minutes.minutes()).unwrap_or(self.context.now);
    }
}

async fn own(office: &Office, context: &Context, unit: &str, year: SchoolYear) -> Result<i64> {
    let next = SchoolYear::starting(year.first_calendar_year() + 1);
    let next_words = next.map_or_else(String::new, |next| next.to_string());
    let title = format!("Hội nghị tổng kết năm học {year} và triển khai nhiệm vụ năm học {next_words}");
    let new = New { unit_code: unit.to_owned(), title: title.clone(), year: year.to_string() };
    let id = operations::create(office, context, &new).await?;
    let mut held = Held { office, context: context.clone(), id };
    let held_on = context.today();
    let head = Head {
        title,
        organiser_unit_code: unit.to_owned(),
        organiser_name: "Ủy ban nhân dân phường Long Biên".to_owned(),
        review_year: Some(year),
        next_year: next,
        held_on: Some(held_on),
        starts_at: jiff::civil::Time::new(10, 0, 0, 0).ok(),
        place: "Hội trường Ủy ban nhân dân phường".to_owned(),
        plan: PlanDocument { issuer: "UBND phường Long Biên".to_owned(), ..PlanDocument::default() },
        ..Head::default()
    };
    held.tell(Command::Set(Part::Head(Box::new(head)))).await?;
    let people = prepare(&held).await?;
    meet(&mut held, &people).await?;
    Ok(id)
}

/// Programme, rules, targets, awards and the list; gives the delegates' lines.
async fn prepare(held: &Held<'_>) -> Result<Vec<Id>> {
    let topics = ["Cơ sở vật chất", "Thi đua, khen thưởng", "An toàn thực phẩm", "Tổ chức nhà trường"];
    let topics = topics.map(|name| Topic { name: name.to_owned(), speaker_count_max: Some(3) }).to_vec();
    let rules = Rules { topics, speech_seconds_max: Some(300), speech_count_per_unit_max: Some(2), ..Rules::default() };
    held.tell(Command::Set(Part::Rules(rules))).await?;
    let name = "Hội trường Ủy ban nhân dân phường".to_owned();
    held.put(Entry::Venue(Venue { name, is_main: true, ..Venue::default() })).await?;
    for (kind, minutes) in [
        (ItemKind::Introduction, 5),
        (ItemKind::Opening, 5),
        (ItemKind::Report, 30),
        (ItemKind::Discussion, 30),
        (ItemKind::DirectiveSpeech, 15),
        (ItemKind::Awards, 10),
        (ItemKind::Resolution, 10),
        (ItemKind::Closing, 5),
    ] {
        held.put(Entry::AgendaItem(AgendaItem { kind, minutes: Some(minutes), ..AgendaItem::default() })).await?;
    }
    let text = "Không còn trường nào có tỉ lệ học sinh bỏ học trên 0,1 %".to_owned();
    held.put(Entry::Target(Target { text, ..Target::default() })).await?;
    let award_form = "Giấy khen của Chủ tịch Ủy ban nhân dân phường".to_owned();
    let recipient = Recipient {
        name: "Trường Mầm non Hoa Sen A".to_owned(),
        represented_by: "Nguyễn Thị Hạnh".to_owned(),
        ..Recipient::default()
    };
    let granted_by = "Chủ tịch Ủy ban nhân dân phường".to_owned();
    let (group, order) = ("Tập thể".to_owned(), 1);
    let award = Award { group, order, award_form, granted_by, recipients: vec![recipient], ..Award::default() };
    held.put(Entry::Award(award)).await?;
    let mut people = Vec::new();
    for line in list(held).await? {
        people.push(held.put(Entry::Participation(line)).await?);
    }
    run_sheet(held, people.first().copied()).await?;
    Ok(people)
}

/// The honours that were decided for the year join the run sheet; the chair hands all of them over.
async fn run_sheet(held: &Held<'_>, chair: Option<Id>) -> Result<()> {
    honours::take_over(held.office, &held.context, held.id).await?;
    for (id, award) in awards(held).await? {
        let group = if award.group.is_empty() { "Cá nhân".to_owned() } else { award.group.clone() };
        held.tell(Command::Put(Some(id), Entry::Award(Award { presenter: chair, group, ..award }))).await?;
    }
    Ok(())
}

async fn awards(held: &Held<'_>) -> Result<Vec<(Id, Award)>> {
    let hall = live::hall(held.office, held.id).await?;
    let state = hall.state().await;
    Ok(state.records.awards.iter().map(|(id, award)| (id, award.clone())).collect())
}

/// Everybody in the run sheet is called; the last one is away, and a colleague takes the award.
async fn hand_out(held: &Held<'_>) -> Result<()> {
    let called: Vec<(Id, u32, Recipient)> = awards(held)
        .await?
        .into_iter()
        .flat_map(|(id, award)| (0..).zip(award.recipients).map(move |(place, to)| (id, place, to)))
        .collect();
    let last = called.len().saturating_sub(1);
    for (number, (award, recipient, to)) in called.into_iter().enumerate() {
        let is_substitute = number > 0 && number == last;
        let own = if to.represented_by.is_empty() { to.name } else { to.represented_by };
        let received_by = if is_substitute { "Hoàng Thị Thu Trang".to_owned() } else { own };
        let handed_by = "Lê Đức Thọ".to_owned();
        let recipient = Some(recipient);
        held.tell(Command::HandAward { award, recipient, handed_by, received_by, is_substitute }).await?;
    }
    Ok(())
}

/// The chair, the secretary and the principals of the ward's schools.
async fn list(held: &Held<'_>) -> Result<Vec<Participation>> {
    let registry = held.office.registry().await?;
    let leader = |name: &str, title: &str, role| Participation {
        name: name.to_owned(),
        address_form: "đồng chí".to_owned(),
        posts: vec![PostTitle { body: PostBody::Government, title: title.to_owned() }],
        unit_name: "Ủy ban nhân dân phường Long Biên".to_owned(),
        unit_kind: Some(UnitKind::CommunePeopleCommittee),
        role,
        side: Side::Host,
        may_vote: true,
        badge: String::new(),
        ..Participation::default()
    };
    let mut lines = vec![
        leader("Lê Đức Thọ", "Phó Chủ tịch Ủy ban nhân dân phường", ParticipationRole::Chair),
        leader("Nguyễn Thị Mai", "Chuyên viên Phòng Văn hóa - Xã hội", ParticipationRole::Secretary),
    ];
    let today = held.context.today();
    let schools = registry.units().iter().filter(|unit| unit.kind.is_school() && unit.validity.contains(today));
    for (place, school) in schools.enumerate() {
        let name = PRINCIPALS[place % PRINCIPALS.len()].to_owned();
        lines.push(Participation {
            name,
            address_form: "đồng chí".to_owned(),
            posts: vec![PostTitle { body: PostBody::School, title: "Hiệu trưởng".to_owned() }],
            unit_code: school.code.as_str().to_owned(),
            unit_name: school.name_on(today).to_owned(),
            unit_kind: Some(school.kind),
            level: school.school.as_ref().and_then(|facts| facts.levels.first().copied()),
            may_vote: true,
            badge: format!("LB{:03}", place + 1),
            ..Participation::default()
        });
    }
    Ok(lines)
}

async fn meet(held: &mut Held<'_>, people: &[Id]) -> Result<()> {
    for (place, line) in people.iter().enumerate() {
        let arrival = Arrival {
            client_id: format!("demo-{line}"),
            found_by: FoundBy::Line(*line),
            road: Road::List,
            desk: "Bàn 1".to_owned(),
            venue: Some(1),
            heads: None,
            scanned_at: None,
        };
        held.tell(Command::CheckIn(arrival)).await?;
        held.minutes_later(i64::from(place % 4 == 0));
    }
    held.tell(Command::Open).await?;
    for minutes in [5, 6, 33] {
        held.tell(Command::Next).await?;
        held.minutes_later(minutes);
    }
    held.tell(Command::Next).await?;
    discuss(held, people).await?;
    conclude(held, people).await
}

async fn discuss(held: &mut Held<'_>, people: &[Id]) -> Result<()> {
    let said = [
        (2, "Cơ sở vật chất", "Đề nghị sửa chữa mái nhà đa năng, bổ sung phòng học bộ môn trước ngày khai giảng"),
        (5, "An toàn thực phẩm", "Chia sẻ cách kiểm tra ba bước và lưu mẫu thức ăn bán trú"),
        (8, "Thi đua, khen thưởng", "Đề nghị cụm thi đua chấm chéo sớm hơn một tháng"),
    ];
    for (request, (place, topic, summary)) in (1..).zip(said) {
        let Some(participation) = people.get(place).copied() else { continue };
        held.tell(Command::RequestFloor { participation, topic: topic.to_owned(), is_from_desk: true }).await?;
        held.tell(Command::CallSpeaker(request)).await?;
        held.minutes_later(4);
        held.tell(Command::EndSpeech).await?;
        let opinion = Opinion {
            request: Some(request),
            speaker: Some(participation),
            topic: topic.to_owned(),
            summary: summary.to_owned(),
            ..Opinion::default()
        };
        held.put(Entry::Opinion(opinion)).await?;
    }
    Ok(())
}

async fn conclude(held: &mut Held<'_>, people: &[Id]) -> Result<()> {
    held.tell(Command::Next).await?;
    let acknowledgement =
        "ghi nhận nỗ lực của các nhà trường trong năm học đầu tiên của mô hình chính quyền hai cấp".to_owned();
    let speech = Speech { speaker: people.first().copied(), order: 1, acknowledgement, ..Speech::default() };
    let speech = held.put(Entry::Speech(speech)).await?;
    let text = "Rà soát cơ sở vật chất, hoàn thành sửa chữa trước ngày khai giảng".to_owned();
    let directive = held
        .put(Entry::Directive(Directive { speech: Some(speech), text: text.clone(), ..Directive::default() }))
        .await?;
    let task = Conclusion {
        directive: Some(directive),
        what: text,
        lead: "Phòng Văn hóa - Xã hội".to_owned(),
        partners: vec!["Các trường trên địa bàn".to_owned()],
        due_words: "trước ngày khai giảng".to_owned(),
        ..Conclusion::default()
    };
    held.put(Entry::Conclusion(task)).await?;
    held.minutes_later(14);
    held.tell(Command::Next).await?;
    hand_out(held).await?;
    held.minutes_later(8);
    held.tell(Command::Next).await?;
    let text = "Thông qua báo cáo tổng kết và chỉ tiêu năm học mới".to_owned();
    let question = Question {
        text: text.clone(),
        kind: PollKind::YesNoOther,
        by_hands: true,
        by_devices: true,
        is_secret: false,
        target: Some(1),
    };
    held.tell(Command::OpenPoll(question)).await?;
    let everybody = u32::try_from(people.len()).unwrap_or(0);
    held.tell(Command::KeyHands(1, "Cả hội trường".to_owned(), vec![everybody, 0, 0])).await?;
    held.minutes_later(2);
    held.tell(Command::ClosePoll(1, Vec::new())).await?;
    let resolution = Resolution {
        subjects: vec!["báo cáo tổng kết".to_owned(), "chỉ tiêu, giải pháp của năm học mới".to_owned()],
        outcome: Outcome::Unanimous,
        poll: Some(1),
        target: Some(1),
        words: String::new(),
    };
    held.put(Entry::Resolution(resolution)).await?;
    held.tell(Command::Next).await?;
    held.minutes_later(5);
    held.tell(Command::Close).await?;
    Ok(())
}
