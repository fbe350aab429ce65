//! What the conference needs and leaves on paper: the plan, letters, script; the minutes, the conclusion notice — filled
//! from the record and written by the
//! verb that officers use for every paper, so that they are edited, reviewed and signed like any other.

mod before;

use domain::{
    conference::{Conference, Minutes},
    reports::paper::Inputs,
    vietnamese::short_date,
};
use jiff::civil::DateTime;

use crate::{
    conference::{live, queries},
    office::Office,
    platform::{Context, Result},
    reports::papers::{
        self,
        operations::{self, NewPaper},
    },
};

/// Kinds of papers that are filled from the record, by their names in addresses.
pub const KINDS: [&str; 3] = ["bien-ban", "thong-bao-ket-luan", "chuong-trinh"];

pub use before::KINDS as KINDS_BEFORE;

/// The letters, which go to units too.
const INVITATION: &str = "giay-moi";

/// Every kind that the record fills, in the order of the file.
pub fn kinds() -> impl Iterator<Item = &'static str> {
    KINDS_BEFORE.into_iter().chain(KINDS)
}

/// The longest line of a paper's field, in characters.
const LINE_LENGTH_MAX: usize = 980;

/// Writes a paper of the conference as a draft; tells its number among the papers of the year.
///
/// # Errors
/// What the record does not hold and the paper must say, field by field; unknown kinds.
pub async fn write(office: &Office, context: &Context, id: i64, kind: &str) -> Result<i64> {
    let listed = queries::one(office, id).await?;
    let wording = papers::find(kind)?;
    let mut inputs = operations::initial(office, context, &listed.unit_code, &listed.year, wording).await?;
    let hall = live::hall(office, id).await?;
    inputs.extend(filled(&*hall.state().await, kind));
    if kind == INVITATION {
        let units = super::letters::units_without_mail(office, context, id).await?;
        let units = units.into_iter().map(|(unit, places)| format!("{} | cử {places} đại biểu | ", cell(&unit)));
        let guests = inputs.remove("guests").into_iter().chain(units).collect::<Vec<_>>().join("\n");
        inputs.insert("guests".to_owned(), guests);
    }
    let new = NewPaper { unit: listed.unit_code, year: listed.year, kind: kind.to_owned(), inputs };
    operations::create(office, context, &new).await
}

/// What the record says for the fields of a kind of paper.
pub fn filled(conference: &Conference, kind: &str) -> Inputs {
    let minutes = conference.minutes();
    let fields = match kind {
        "bien-ban" => of_minutes(conference, &minutes),
        "thong-bao-ket-luan" => of_conclusions(conference, &minutes),
        "chuong-trinh" => of_programme(conference),
        other => before::filled(conference, other),
    };
    let said = fields.into_iter().filter(|(_, value)| !value.is_empty());
    said.map(|(name, value)| (name.to_owned(), value)).collect()
}

type Fields = Vec<(&'static str, String)>;

fn day(conference: &Conference) -> String {
    conference.head.held_on.map_or_else(String::new, short_date)
}

/// When it begins, as `8h05`.
fn start(conference: &Conference) -> String {
    let first = conference.schedule().first().and_then(|slot| slot.starts_at).or(conference.head.starts_at);
    first.map_or_else(String::new, |at| time_text(at.hour(), at.minute()))
}

/// Who conducts, as the letters name them.
fn chair_words(conference: &Conference) -> String {
    conference.minutes().chair
}

fn of_minutes(conference: &Conference, minutes: &Minutes) -> Fields {
    let planned = conference.head.starts_at.map(|time| time_text(time.hour(), time.minute()));
    let time = |at: Option<DateTime>| at.map(|at| time_text(at.hour(), at.minute()));
    let opinions = minutes.opinions.iter().map(|(unit, content)| format!("{} | {}", cell(unit), cell(content)));
    vec![
        ("subject", conference.head.title.clone()),
        ("day", day(conference)),
        ("start", time(minutes.start).or(planned).unwrap_or_default()),
        ("place", conference.head.place.clone()),
        ("people", lines(minutes.people.iter().cloned())),
        ("chair", minutes.chair.clone()),
        ("secretary", minutes.secretary.clone()),
        ("course", lines(minutes.course.iter().cloned())),
        ("opinions", lines(opinions)),
        ("end", time(minutes.end).unwrap_or_default()),
        ("chair_name", minutes.chair_name.clone()),
        ("secretary_name", minutes.secretary_name.clone()),
    ]
}

fn of_conclusions(conference: &Conference, minutes: &Minutes) -> Fields {
    let people: Vec<&str> = minutes.people.iter().map(|line| line.trim_end_matches('.')).collect();
    let tasks = minutes.tasks.iter().map(|task| {
        let what = task.what.trim_end_matches('.');
        [what, &task.lead, &task.partners, &task.due].map(cell).join(" | ")
    });
    vec![
        ("subject", format!("Kết luận tại {}", conference.head.title)),
        ("day", day(conference)),
        ("place", conference.head.place.clone()),
        ("chair", minutes.chair.clone()),
        ("people", cut(&people.join("; "))),
        ("judgement", lines(minutes.judgement.iter().cloned())),
        ("tasks", lines(tasks)),
    ]
}

fn of_programme(conference: &Conference) -> Fields {
    let slots = conference.schedule();
    let rows = conference.programme().zip(&slots).map(|((_, item), slot)| {
        let at = |time: Option<jiff::civil::Time>| time.map(|time| time_text(time.hour(), time.minute()));
        let time = match (at(slot.starts_at), at(slot.ends_at)) {
            (Some(start), Some(end)) => format!("{start} - {end}"),
            (Some(start), None) => start,
            _ => String::new(),
        };
        let presenter = item.presenter.and_then(|id| conference.records.participations.get(id));
        let by = presenter.map_or(item.presenter_words.as_str(), |line| line.shown_name());
        [time.as_str(), item.shown_title(), by].map(cell).join(" | ")
    });
    let place = conference.head.place.clone();
    vec![("day", day(conference)), ("start", start(conference)), ("place", place), ("agenda", lines(rows))]
}

/// `8h05`.
fn time_text(hour: i8, minute: i8) -> String {
    format!("{hour}h{minute:02}")
}

fn lines(all: impl Iterator<Item = String>) -> String {
    let all: Vec<String> = all.map(|line| cut(&line.split_whitespace().collect::<Vec<_>>().join(" "))).collect();
    all.join("\n")
}

fn cut(line: &str) -> String {
    if line.chars().count() <= LINE_LENGTH_MAX {
        return line.to_owned();
    }
    let kept: String = line.chars().take(LINE_LENGTH_MAX - 2).collect();
    format!("{kept} …")
}

/// A cell of a table field: bars would part it.
fn cell(text: &str) -> String {
    text.replace('|', "/").split_whitespace().collect::<Vec<_>>().join(" ")
}
