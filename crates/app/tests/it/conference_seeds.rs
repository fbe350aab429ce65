//! Two real conferences entered by the commands that users have: every numbered fact of theirs stands in a field of its own,
//! is shown on a page in a place of its own and printed in the paper and the sentence where it belongs; what their articles do
//! not say is empty. The facts are listed in `facts/*.toml`.

use domain::{
    conference::{Block, Conference, EntryKind, FoundArticle, ItemKind, Phase, Side},
    vietnamese::{Abbreviations, fold},
};
use serde::Deserialize;
use serde_json::Value;
use tongket::{
    conference::{
        live,
        operations::{self, New, claims, found, papers, recording},
        queries,
        sheet::RecordSheet,
    },
    identity::Role,
    shipped,
};

use crate::kit::{TestApp, WARD, between};

/// A list of facts.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Facts {
    prefix: String,
    count: usize,
    fact: Vec<Fact>,
}

/// One field of a numbered fact.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Fact {
    id: String,
    /// The place of the record, or of the article that was found.
    at: String,
    /// What it holds; nothing where it must be empty.
    is: Option<Value>,
    /// What the page prints there.
    shown: Option<String>,
    /// The field of the paper that prints it.
    paper: Option<String>,
    /// Words of the article drafted from the record.
    drafted: Option<String>,
}

impl Fact {
    fn is_empty(&self) -> bool {
        matches!(&self.is, None | Some(Value::Null))
            || self.is == Some(Value::from(""))
            || self.is == Some(Value::from(Vec::<Value>::new()))
    }

    /// What is printed.
    fn said(&self) -> String {
        let held = || self.is.as_ref().and_then(Value::as_str).unwrap_or_default().to_owned();
        self.shown.clone().unwrap_or_else(held)
    }
}

/// A seed as an office holds it.
struct Seed {
    facts: Facts,
    id: i64,
    state: Conference,
    article: FoundArticle,
    /// The page of facts and the page of the article.
    facts_page: String,
    article_page: String,
}

/// Enters a seed by the roads of users: the sheet, then that it was held, then the article that told of it.
pub async fn enter(app: &TestApp, file: &str, year: &str) -> i64 {
    let sheet = RecordSheet::parse(shipped::text(&format!("demo/conferences/{file}.toml")).unwrap()).unwrap();
    let context = app.context();
    let new = New { unit_code: WARD.to_owned(), title: sheet.head.title.clone(), year: year.to_owned() };
    let id = operations::create(&app.office, &context, &new).await.unwrap();
    operations::commands(&app.office, &context, id, sheet.commands()).await.unwrap();
    recording::record_afterwards(&app.office, &context, id, "tin bài đã đăng").await.unwrap();
    let text = shipped::text(&format!("demo/conferences/{file}.txt")).unwrap();
    let revision = found::take_over(&app.office, &context, (id, 0), text, "trang tin của quận").await.unwrap();
    found::show(&app.office, &context, (id, revision)).await.unwrap();
    id
}

async fn seed(app: &TestApp, file: &str, year: &str, facts: &str) -> Seed {
    let id = enter(app, file, year).await;
    let state = live::hall(&app.office, id).await.unwrap().state().await.clone();
    let article = found::kept(&app.office, id).await.unwrap().unwrap().article;
    let facts_page = app.sign_in_as(Role::Reader).await.get(&format!("/hoi-nghi/{id}/du-kien")).await.body;
    let article_page = app.sign_in_as(Role::Editor).await.get(&format!("/hoi-nghi/{id}/bai-nguon")).await.body;
    Seed { facts: toml::from_str(facts).unwrap(), id, state, article, facts_page, article_page }
}

impl Seed {
    /// Looks each fact of the record up in its own field, its own place of the page, its paper and its sentence.
    fn walk(&self) -> Vec<String> {
        let mut faults = Vec::new();
        for fact in self.facts.fact.iter().filter(|fact| !fact.at.starts_with("article/")) {
            self.look(fact, &mut faults);
        }
        faults
    }

    fn look(&self, fact: &Fact, faults: &mut Vec<String>) {
        let mut fault = |what: &str| faults.push(format!("{} {}: {what}", fact.id, fact.at));
        if fact.at != "head/lead_days" && !self.holds(fact) {
            fault(&format!("holds {:?}", held(&self.state, &fact.at)));
        }
        let place = format!("data-field=\"{}\">", fact.at);
        let printed = self.facts_page.contains(&place).then(|| between(&self.facts_page, &place, "</dd>").unwrap());
        let expected = (!fact.is_empty()).then(|| escaped(&fact.said()));
        if printed != expected.as_deref() {
            fault(&format!("the page prints {printed:?}"));
        }
        let other = changed(&self.state, &fact.at);
        if let Some(paper) = &fact.paper {
            let (kind, field) = paper.split_once('/').unwrap();
            let count = |state: &Conference| {
                papers::filled(state, kind)
                    .get(field)
                    .map_or(0, |text| text.to_lowercase().matches(&fact.said().to_lowercase()).count())
            };
            if count(&self.state) == 0 {
                fault(&format!("{paper} does not print «{}»", fact.said()));
            }
            if other.as_ref().is_some_and(|other| count(other) >= count(&self.state)) {
                fault(&format!("{paper} prints it from elsewhere"));
            }
        }
        if let Some(words) = &fact.drafted {
            let count = |state: &Conference| told(state).matches(words.as_str()).count();
            if count(&self.state) == 0 {
                fault(&format!("no sentence says «{words}»: {}", told(&self.state)));
            }
            if other.as_ref().is_some_and(|other| count(other) >= count(&self.state)) {
                fault(&format!("«{words}» is said from elsewhere"));
            }
        }
    }

    fn holds(&self, fact: &Fact) -> bool {
        match (&fact.is, held(&self.state, &fact.at)) {
            (None, value) => matches!(value, None | Some(Value::Null)),
            (Some(expected), value) => value.as_ref() == Some(expected),
        }
    }

    /// What the page of the article prints for a fact of it.
    fn of_article(&self, name: &str) -> &str {
        let printed = between(&self.article_page, &format!("data-fact=\"{name}\">"), "</dd>").unwrap();
        if printed.contains("bài không nói") { "" } else { printed }
    }

    /// Every number from the first to the last stands in the list.
    fn is_whole(&self) -> Vec<String> {
        let known = |id: &String| self.facts.fact.iter().any(|fact| fact.id == *id);
        let all = (1..=self.facts.count).map(|number| format!("{}-{number:02}", self.facts.prefix));
        all.filter(|id| !known(id)).collect()
    }

    /// Facts of the article that are plain words of its page.
    fn walk_article(&self) -> Vec<String> {
        let plain = ["breadcrumb", "category", "title", "published_on", "published_at", "views_there", "byline"];
        let plain = plain.into_iter().chain(["byline_unit", "days_after", "joined_lines"]);
        let wrong = plain.filter_map(|name| {
            let fact = self.facts.fact.iter().find(|fact| fact.at == format!("article/{name}"))?;
            let printed = self.of_article(name);
            (printed != escaped(&fact.said())).then(|| format!("{} {name}: {printed}", fact.id))
        });
        wrong.collect()
    }
}

fn told(state: &Conference) -> String {
    let sentences = state.article().paragraphs.into_iter().flatten();
    sentences.map(|sentence| sentence.text).collect::<Vec<_>>().join("\n")
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

/// Part or entry of a place, and the way to the field in it.
fn parts(at: &str) -> (Option<(EntryKind, u32)>, &str, String) {
    let (first, rest) = at.split_once('/').unwrap();
    match EntryKind::parse(first) {
        Some(kind) => {
            let (id, rest) = rest.split_once('/').unwrap();
            (Some((kind, id.parse().unwrap())), first, format!("/{rest}"))
        }
        None => (None, first, format!("/{rest}")),
    }
}

/// What the record holds at a place.
fn held(state: &Conference, at: &str) -> Option<Value> {
    let (entry, part, way) = parts(at);
    let whole = match entry {
        Some((kind, id)) => serde_json::to_value(state.records.entry(kind, id)?).unwrap(),
        None => serde_json::to_value(state).unwrap().get(part)?.clone(),
    };
    whole.pointer(&way).cloned()
}

/// The conference with something else in that one field; none where the field can hold nothing else that is readable.
fn changed(state: &Conference, at: &str) -> Option<Conference> {
    let (entry, part, way) = parts(at);
    let whole = serde_json::to_value(state).unwrap();
    let place = match entry {
        Some((kind, id)) => {
            let registers = whole.get("records").unwrap().as_object().unwrap();
            let content = serde_json::to_value(state.records.entry(kind, id)?).unwrap();
            let mut bare = content.clone();
            bare.as_object_mut().unwrap().remove("entry");
            let number = id.to_string();
            let is_it = |register: &&String| registers[*register]["entries"].get(&number) == Some(&bare);
            let register = registers.keys().find(is_it).unwrap();
            format!("/records/{register}/entries/{id}{way}")
        }
        None => format!("/{part}{way}"),
    };
    [Value::from("‹khác›"), Value::Null, Value::from(7), Value::from(false)].into_iter().find_map(|other| {
        let mut whole = whole.clone();
        *whole.pointer_mut(&place)? = other;
        serde_json::from_value(whole).ok()
    })
}

#[tokio::test]
async fn long_bien_2024_is_held_fact_by_fact() {
    let app = TestApp::start().await;
    let seed = seed(&app, "long-bien-2024", "2023-2024", include_str!("facts/long-bien.toml")).await;
    assert_eq!(seed.is_whole(), [""; 0]);
    assert_eq!(seed.walk(), [""; 0]);
    assert_eq!(seed.walk_article(), [""; 0]);
    let state = &seed.state;
    assert!(state.head.place.is_empty() && state.records.awards.is_empty() && state.records.media.is_empty());
    assert!(
        state.records.opinions.iter().all(|(_, one)| one.speaker.is_none() && one.speaker_name.is_empty()),
        "LB-37"
    );
    let hosts = state.records.participations.iter().filter(|(_, line)| line.side == Side::Host).count();
    assert_eq!(hosts, 4, "LB-16: the host's side apart");
    // LB-55: both wordings of the title lead to this one conference.
    for title in [&state.head.title, &state.head.title_variants[0]] {
        let told = found::read(&format!("{title} diễn ra ngày 23/8/2024.")).unwrap();
        assert_eq!(found::conference_of(&app.office, &told).await.unwrap(), seed.id, "{title}");
    }
    lb_original(&seed);
}

/// LB-57, LB-58, LB-59: lines are joined, the words stand as they were found, abbreviations are known.
fn lb_original(seed: &Seed) {
    let original = shipped::text("demo/conferences/long-bien-2024.txt").unwrap();
    assert_eq!(seed.article.original, original);
    assert!(seed.article_page.contains(&escaped("tổ chức Hội\nnghị tổng kết")), "the original keeps its lines");
    let first = seed.article.blocks[0].text();
    assert!(first.contains("tổ chức Hội nghị tổng kết năm học 2023-2024"), "{first}");
    for spelling in ["quản lí", "quản lý", "Văn hoá", "2024- 2025", "đặt được", "đạo cấp học Tập trung"]
    {
        let unwrapped: Vec<&str> = seed.article.blocks.iter().map(Block::text).collect();
        assert!(unwrapped.join(" ").contains(&domain::vietnamese::normalise(spelling)), "{spelling}");
    }
    assert_eq!(fold("quản lí"), fold("quản lý"));
    assert_eq!(fold("Văn hoá"), fold("Văn hóa"));
    abbreviations(seed, &["GDĐT", "THCS", "QUV", "UBND", "CNTT", "QU", "HĐND"]);
}

/// The page writes every abbreviation of the article out.
fn abbreviations(seed: &Seed, expected: &[&str]) {
    let table: &Abbreviations = claims::abbreviations().unwrap();
    let text: Vec<&str> = seed.article.blocks.iter().map(Block::text).collect();
    let text = format!("{} {}", text.join(" "), seed.article.byline_unit);
    let used: Vec<&str> = table.used_in(&text).into_iter().flat_map(|(short, _)| short).collect();
    for short in expected {
        let is_known = used.iter().any(|one| one.split([' ', '-']).any(|part| part == *short) || one == short);
        assert!(is_known, "{short} is not among {used:?}");
    }
    assert!(seed.article_page.contains("data-fact=\"abbreviation\">"), "{}", seed.article_page);
}

#[tokio::test]
async fn ngo_quyen_2017_is_held_fact_by_fact() {
    let app = TestApp::start().await;
    let seed = seed(&app, "ngo-quyen-2017", "2016-2017", include_str!("facts/ngo-quyen.toml")).await;
    assert_eq!(seed.is_whole(), [""; 0]);
    assert_eq!(seed.walk(), [""; 0]);
    assert_eq!(seed.walk_article(), [""; 0]);
    let state = &seed.state;
    let kinds: Vec<ItemKind> = state.programme().map(|(_, item)| item.kind).collect();
    let order = [ItemKind::Report, ItemKind::Paper, ItemKind::DirectiveSpeech, ItemKind::Awards, ItemKind::Closing];
    assert_eq!(kinds, order, "NQ-49");
    let list: Vec<&str> = state.protocol_list().iter().take(2).map(|(_, line)| line.name.as_str()).collect();
    assert_eq!(list, ["Đỗ Văn Lợi", "Nguyễn Xuân Phi"], "NQ-34: the guest from outside first");
    assert!(state.records.speeches.iter().all(|(_, speech)| speech.speaker != Some(2)), "NQ-53");
    assert!(
        between(&seed.facts_page, "data-fact=\"unlisted_speaker\">", "</p>").unwrap().contains("Khúc Văn Phung"),
        "NQ-52"
    );
    assert!(between(&seed.facts_page, "data-fact=\"lead_days\">", "</p>").unwrap().contains("33 ngày"), "NQ-66");
    assert!(state.head.starts_at.is_none() && state.head.place.is_empty());
    nq_original(&seed);
}

/// NQ-48, NQ-67 to NQ-72: captions, spellings, abbreviations, slips of the article as it was found.
fn nq_original(seed: &Seed) {
    let article = &seed.article;
    assert_eq!(article.original, shipped::text("demo/conferences/ngo-quyen-2017.txt").unwrap());
    let pictures: Vec<(&str, bool)> = article
        .blocks
        .iter()
        .filter_map(|block| match block {
            Block::Picture { caption, is_glued } => Some((caption.as_str(), *is_glued)),
            Block::Paragraph { .. } => None,
        })
        .collect();
    assert_eq!(pictures[0], ("Tham luận của đại diện các bậc học", true), "NQ-48");
    let captions: Vec<&str> = seed.state.records.media.iter().map(|(_, media)| media.caption.as_str()).collect();
    assert_eq!(pictures[1..].iter().map(|(caption, _)| *caption).collect::<Vec<_>>(), captions, "NQ-72");
    assert_eq!(seed.article_page.matches("ảnh không còn").count(), 4);
    let table = claims::abbreviations().unwrap();
    for spelling in ["Phó GĐ Sở", "PGĐ Sở", "Phó Giám đốc Sở"] {
        assert!(article.original.contains(spelling.trim_end_matches(" Sở")), "{spelling}");
        assert_eq!(table.expand(spelling), "Phó Giám đốc Sở", "NQ-67");
    }
    for spelling in ["PGDĐT", "PGD&ĐT", "Phòng GD&ĐT"] {
        assert!(article.original.contains(spelling), "{spelling}");
        assert_eq!(table.expand(spelling), "Phòng Giáo dục và Đào tạo", "NQ-68");
    }
    assert!(article.original.contains("Quận ủy") && article.original.contains("Quận uỷ"));
    assert_eq!(fold("Quận ủy"), fold("Quận uỷ"), "NQ-69");
    abbreviations(seed, &["Đ/c", "đ/c", "GĐ", "PGĐ", "CT", "HĐND", "UBND", "PGD&ĐT", "GD&ĐT", "MN", "THCS", "LĐXS"]);
    assert!(article.original.contains("Ban Thường vụ") && !article.original.contains("BTV"), "written out");
    for slip in ["đạt đc", "với về", "; thực hiện;"] {
        assert!(
            article.slips.iter().any(|one| one.found == slip && !one.is_mended),
            "NQ-71 {slip}: {:?}",
            article.slips
        );
        assert!(article.original.contains(slip), "{slip}");
    }
}

#[tokio::test]
async fn the_seeds_are_held_and_not_planned_and_nothing_is_made_up() {
    let app = TestApp::start().await;
    let mut reader = app.sign_in_as(Role::Reader).await;
    for (file, year, day) in
        [("long-bien-2024", "2023-2024", "23/08/2024"), ("ngo-quyen-2017", "2016-2017", "28/08/2017")]
    {
        let id = enter(&app, file, year).await;
        let state = live::hall(&app.office, id).await.unwrap().state().await.clone();
        assert_eq!((state.phase, state.opened_at, state.closed_at), (Phase::Recorded, None, None));
        assert!(state.attendance.is_empty() && state.progress.is_empty() && state.handed.is_empty());
        assert_eq!(queries::one(&app.office, id).await.unwrap().phase, "recorded");
        let record = reader.get(&format!("/hoi-nghi/{id}/ho-so")).await.body;
        assert!(record.contains("Đã họp, ghi lại sau") && record.contains("tin bài đã đăng"), "{record}");
        let list = reader.get("/hoi-nghi").await.body;
        assert!(list.contains(day) && list.contains("Đã họp, ghi lại sau"), "{list}");
        for command in [domain::conference::Command::Open, domain::conference::Command::Close] {
            assert!(operations::command(&app.office, &app.context(), id, command).await.is_err());
        }
        let minutes = papers::filled(&state, "bien-ban");
        assert!(!minutes.contains_key("start") && !minutes.contains_key("end"), "hours that nobody knows");
    }
}

#[tokio::test]
async fn the_record_knows_whatever_the_article_says() {
    let app = TestApp::start().await;
    for (file, year) in [("long-bien-2024", "2023-2024"), ("ngo-quyen-2017", "2016-2017")] {
        let id = enter(&app, file, year).await;
        let article = found::kept(&app.office, id).await.unwrap().unwrap().article;
        let text: Vec<&str> = article.blocks.iter().map(Block::text).collect();
        let unknown = claims::unknown(&app.office, id, &text.join("\n")).await.unwrap();
        assert_eq!(unknown, [], "{file}");
    }
}

#[tokio::test]
async fn the_drafted_article_tells_the_facts_in_the_order_of_the_found_one() {
    let app = TestApp::start().await;
    let orders: [(&str, &str, &[&str]); 2] = [
        (
            "long-bien-2024",
            "2023-2024",
            &[
                "Sáng 23/08/2024",
                "chỉ đạo Hội nghị có đồng chí Nguyễn Thị Thanh Hằng",
                "Phòng Nội vụ",
                "Đào Thị Hoa",
                "Lê Thị Ngọc Anh",
                "13/13",
                "nhất trí cao",
                "cải tạo cơ sở vật chất",
                "các phòng ban của Quận",
                "ghi nhận và đánh giá cao",
                "ứng dụng CNTT",
                "QU-HĐND-UBND",
                "nghiêm túc, trang trọng",
            ],
        ),
        (
            "ngo-quyen-2017",
            "2016-2017",
            &[
                "năm thứ 2",
                "Chỉ thị số 07",
                "Ngày 28/08/2017",
                "136/KH-UBND",
                "đánh giá khái quát",
                "Đỗ Văn Lợi",
                "Nguyễn Xuân Phi",
                "Lương Văn Thuấn",
                "hoàn thành xuất sắc",
                "nghe tham luận",
                "Khúc Văn Phung",
                "Cờ thi đua xuất sắc",
                "thống nhất chỉ tiêu",
                "quyết tâm thực hiện thắng lợi",
            ],
        ),
    ];
    for (file, year, words) in orders {
        let id = enter(&app, file, year).await;
        let text = told(&*live::hall(&app.office, id).await.unwrap().state().await);
        let places: Vec<Option<usize>> = words.iter().map(|words| text.find(words)).collect();
        assert!(places.iter().all(Option::is_some) && places.is_sorted(), "{file} {places:?}: {text}");
    }
}
