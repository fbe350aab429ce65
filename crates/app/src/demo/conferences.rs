//! The conferences of the demo: two real ones entered from what their articles say (`data/demo/conferences`), and the
//! ward's own, prepared, held and closed by the commands that its officer gives; its article; the next one, a week ahead.

use domain::{
    conference::{
        AgendaItem, Arrival, Award, Command, Conclusion, DayPart, Directive, Entry, FoundBy, Head, Id, ItemKind,
        Opinion, Outcome, Part, Participation, PlanDocument, PollKind, PostTitle, Question, Resolution, Road, Rules,
        SeatBlock, Side, Speech, Target, Topic, Venue,
    },
    organisation::people::PostBody,
    school_year::SchoolYear,
};
use jiff::{ToSpan, civil::Date};

use super::{cast, journey::Journey};
use crate::{
    conference::{
        live,
        operations::{self, New, article, found, honours, put_id, recording, seats},
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

/// What the chair's conclusions order: what, who leads, with whom, by when.
const TASKS: [(&str, &str, &str, &str); 4] = [
    ("Giao chỉ tiêu năm học 2026-2027 cho từng trường", "Phòng Văn hóa - Xã hội", "Các trường", "trước ngày 30/8/2026"),
    ("Xây dựng kế hoạch giáo dục nhà trường", "Các trường", "Phòng Văn hóa - Xã hội", "trước ngày 15/9/2026"),
    (
        "Rà soát, đề xuất cải tạo cơ sở vật chất",
        "Phòng Kinh tế, Hạ tầng và Đô thị",
        "Các trường",
        "trước ngày 30/9/2026",
    ),
    (
        "Kiểm tra an toàn thực phẩm bếp ăn bán trú",
        "Phòng Văn hóa - Xã hội",
        "Trạm Y tế phường",
        "trước ngày 15/10/2026",
    ),
];

/// What is said from the hall: who by the school's code, the topic, the note.
const SAID: [(&str, &str, &str); 3] = [
    ("90100205", "Cơ sở vật chất", "Đề nghị sửa chữa mái nhà đa năng, bổ sung phòng học bộ môn trước ngày khai giảng"),
    ("90100105", "An toàn thực phẩm", "Chia sẻ cách kiểm tra ba bước và lưu mẫu thức ăn bán trú"),
    ("90100303", "Thi đua, khen thưởng", "Đề nghị cụm thi đua chấm chéo sớm hơn một tháng"),
];

/// Who is away when the honours are handed over; the principal takes hers.
const AWAY: &str = "Đoàn Thị Kim Dung";

/// Enters the conferences that articles tell of and prepares the ward's own; gives its number.
pub(super) async fn prepare(journey: &mut Journey<'_>) -> Result<i64> {
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
    journey.tell(&format!("Chuẩn bị hội nghị tổng kết năm học {}", key.year));
    let id = plan(office, &context, &key.unit, (year_of(&key.year)?, journey.conference_day()?)).await?;
    journey.summary.conferences.push(id.to_string());
    Ok(id)
}

/// Holds the ward's conference, publishes its article, plans the next one.
pub(super) async fn hold(journey: &mut Journey<'_>, id: i64) -> Result<()> {
    let (office, _, key) = journey.reporting()?;
    let context = journey.officer_at_conference(7)?;
    journey.tell(&format!("Tổ chức hội nghị tổng kết năm học {}", key.year));
    let mut held = Held { office, context, id };
    meet(&mut held).await?;
    let context = held.context;
    publish(office, &context, id).await?;
    journey.summary.articles.push(id.to_string());
    journey.tell("Chuẩn bị hội nghị tuần sau");
    let id = super::coming::plan(office, &context, &key.unit, year_of(&key.year)?).await?;
    journey.summary.conferences.push(id.to_string());
    Ok(())
}

fn year_of(words: &str) -> Result<SchoolYear> {
    SchoolYear::parse(words).ok_or_else(|| Error::inside("demo: bad year"))
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
            title: &drafted.title, byline: "Đỗ Hải Yến", texts: &texts, ..article::Words::default()
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

async fn plan(office: &Office, context: &Context, unit: &str, (year, day): (SchoolYear, Date)) -> Result<i64> {
    let next = SchoolYear::starting(year.first_calendar_year() + 1);
    let next_words = next.map_or_else(String::new, |next| next.to_string());
    let title = format!("Hội nghị tổng kết năm học {year} và triển khai nhiệm vụ năm học {next_words}");
    let new = New { unit_code: unit.to_owned(), title: title.clone(), year: year.to_string() };
    let id = operations::create(office, context, &new).await?;
    let held = Held { office, context: context.clone(), id };
    let head = Head {
        title,
        organiser_unit_code: unit.to_owned(),
        organiser_name: "Ủy ban nhân dân phường Long Biên".to_owned(),
        review_year: Some(year),
        next_year: next,
        held_on: Some(day),
        day_part: Some(DayPart::Morning),
        starts_at: jiff::civil::Time::new(8, 0, 0, 0).ok(),
        place: "Hội trường Ủy ban nhân dân phường".to_owned(),
        plan: PlanDocument { issuer: "UBND phường Long Biên".to_owned(), ..PlanDocument::default() },
        ..Head::default()
    };
    held.tell(Command::Set(Part::Head(Box::new(head)))).await?;
    fill(&held, day).await?;
    Ok(id)
}

/// The list, the committee, programme, rules, targets, seats and the honours.
async fn fill(held: &Held<'_>, day: Date) -> Result<()> {
    for line in list(held, day).await? {
        held.put(Entry::Participation(line)).await?;
    }
    for job in cast::jobs(day) {
        held.put(job).await?;
    }
    let topics = ["Cơ sở vật chất", "Thi đua, khen thưởng", "An toàn thực phẩm", "Tổ chức nhà trường"];
    let topics = topics.map(|name| Topic { name: name.to_owned(), speaker_count_max: Some(3) }).to_vec();
    let rules = Rules { topics, speech_seconds_max: Some(300), speech_count_per_unit_max: Some(2), ..Rules::default() };
    held.tell(Command::Set(Part::Rules(rules))).await?;
    let name = "Hội trường Ủy ban nhân dân phường".to_owned();
    let venue = held.put(Entry::Venue(Venue { name, is_main: true, ..Venue::default() })).await?;
    for (kind, minutes, presenter) in [
        (ItemKind::Introduction, 5, 2),
        (ItemKind::Opening, 5, 1),
        (ItemKind::Report, 30, 3),
        (ItemKind::Discussion, 30, 1),
        (ItemKind::DirectiveSpeech, 15, 4),
        (ItemKind::Awards, 10, 1),
        (ItemKind::Resolution, 10, 1),
        (ItemKind::Closing, 5, 1),
    ] {
        let (minutes, presenter) = (Some(minutes), Some(presenter));
        held.put(Entry::AgendaItem(AgendaItem { kind, minutes, presenter, ..AgendaItem::default() })).await?;
    }
    let text = "Không còn trường nào có tỉ lệ học sinh bỏ học trên 0,1 %".to_owned();
    held.put(Entry::Target(Target { text, ..Target::default() })).await?;
    let block = |name: &str, row_count, side| SeatBlock { name: name.to_owned(), row_count, seats_per_row: 12, side };
    let blocks = vec![block("A", 1, Some(Side::Guest)), block("B", 1, Some(Side::Host)), block("C", 3, None)];
    seats::assign(held.office, &held.context, held.id, venue, blocks).await?;
    run_sheet(held, day).await
}

/// The honours that were decided for the year join the run sheet; the chair hands all of them over.
async fn run_sheet(held: &Held<'_>, day: Date) -> Result<()> {
    honours::take_over(held.office, &held.context, held.id).await?;
    for (id, mut award) in awards(held).await? {
        for recipient in award.recipients.iter_mut().filter(|one| one.name.starts_with("Trường ")) {
            recipient.represented_by = cast::principal(held.office, &recipient.unit_code, day).await?.0;
            "Tập thể".clone_into(&mut award.group);
        }
        if award.group.is_empty() {
            "Cá nhân".clone_into(&mut award.group);
        }
        held.tell(Command::Put(Some(id), Entry::Award(Award { presenter: Some(1), ..award }))).await?;
    }
    Ok(())
}

async fn awards(held: &Held<'_>) -> Result<Vec<(Id, Award)>> {
    let hall = live::hall(held.office, held.id).await?;
    let state = hall.state().await;
    Ok(state.records.awards.iter().map(|(id, award)| (id, award.clone())).collect())
}

/// Everybody in the run sheet is called; for who is away the principal takes the award.
async fn hand_out(held: &Held<'_>) -> Result<()> {
    for (award, listed) in awards(held).await? {
        for (recipient, to) in (0..).zip(listed.recipients) {
            let is_substitute = to.name == AWAY;
            let received_by = match (is_substitute, to.represented_by.is_empty()) {
                (true, _) => cast::principal(held.office, &to.unit_code, held.context.today()).await?.0,
                (false, true) => to.name,
                (false, false) => to.represented_by,
            };
            let (recipient, handed_by) = (Some(recipient), cast::CHAIR.to_owned());
            held.tell(Command::HandAward { award, recipient, handed_by, received_by, is_substitute }).await?;
        }
    }
    Ok(())
}

/// The hosts, the guests and whoever heads each of the ward's schools.
async fn list(held: &Held<'_>, day: Date) -> Result<Vec<Participation>> {
    let registry = held.office.registry().await?;
    let mut lines: Vec<Participation> = cast::people().collect();
    let schools = registry.units().iter().filter(|unit| unit.kind.is_school() && unit.validity.contains(day));
    for (place, school) in schools.enumerate() {
        let (name, title) = cast::principal(held.office, school.code.as_str(), day).await?;
        lines.push(Participation {
            name,
            address_form: "đồng chí".to_owned(),
            posts: vec![PostTitle { body: PostBody::School, title }],
            unit_code: school.code.as_str().to_owned(),
            unit_name: school.name_on(day).to_owned(),
            unit_kind: Some(school.kind),
            level: school.school.as_ref().and_then(|facts| facts.levels.first().copied()),
            may_vote: true,
            badge: format!("LB{:03}", place + 1),
            ..Participation::default()
        });
    }
    Ok(lines)
}

/// The lines of the list, as they stand.
async fn listed(held: &Held<'_>) -> Result<Vec<(Id, Participation)>> {
    let hall = live::hall(held.office, held.id).await?;
    let state = hall.state().await;
    Ok(state.records.participations.iter().map(|(id, line)| (id, line.clone())).collect())
}

async fn meet(held: &mut Held<'_>) -> Result<()> {
    let people = listed(held).await?;
    held.minutes_later(45);
    for (place, (line, _)) in people.iter().enumerate() {
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
        held.minutes_later(i64::from(place % 2 == 0));
    }
    held.tell(Command::Open).await?;
    for minutes in [5, 6, 33] {
        held.tell(Command::Next).await?;
        held.minutes_later(minutes);
    }
    held.tell(Command::Next).await?;
    discuss(held, &people).await?;
    conclude(held).await?;
    resolve(held, &people).await
}

async fn discuss(held: &mut Held<'_>, people: &[(Id, Participation)]) -> Result<()> {
    for (request, (school, topic, summary)) in (1..).zip(SAID) {
        let Some(participation) = people.iter().find(|(_, line)| line.unit_code == school).map(|(id, _)| *id) else {
            continue;
        };
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

/// The guest's directives, the tasks that follow from them, the honours.
async fn conclude(held: &mut Held<'_>) -> Result<()> {
    held.tell(Command::Next).await?;
    let acknowledgement =
        "ghi nhận nỗ lực của các nhà trường trong năm học đầu tiên của mô hình chính quyền hai cấp; khoảng cách chất \
         lượng giữa các trường còn lớn, cần tập trung thu hẹp"
            .to_owned();
    let speech = Speech { speaker: Some(4), order: 1, acknowledgement, ..Speech::default() };
    let speech = Some(held.put(Entry::Speech(speech)).await?);
    for (what, lead, partners, due_words) in TASKS {
        let text = what.to_owned();
        let directive = Directive { speech, text: text.clone(), ..Directive::default() };
        let directive = Some(held.put(Entry::Directive(directive)).await?);
        let task = Conclusion {
            directive,
            what: text,
            lead: lead.to_owned(),
            partners: vec![partners.to_owned()],
            due_words: due_words.to_owned(),
            ..Conclusion::default()
        };
        held.put(Entry::Conclusion(task)).await?;
    }
    held.minutes_later(14);
    held.tell(Command::Next).await?;
    hand_out(held).await?;
    held.minutes_later(8);
    held.tell(Command::Next).await.map(drop)
}

/// The hall votes, and the chair closes.
async fn resolve(held: &mut Held<'_>, people: &[(Id, Participation)]) -> Result<()> {
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
    let everybody = people.iter().filter(|(_, line)| line.may_vote).count();
    let everybody = u32::try_from(everybody).unwrap_or(0);
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
