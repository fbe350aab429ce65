//! What the conference needs and leaves on paper: the plan, letters, script; the minutes, the conclusion notice — filled
//! from the record and written by the
//! verb that officers use for every paper, so that they are edited, reviewed and signed like any other.

mod before;

use domain::{
    conference::{Conference, DayPart, Minutes, Passage},
    reports::paper::{Inputs, missing},
    vietnamese::short_date,
};
use jiff::civil::DateTime;

use crate::{
    conference::{live, queries},
    office::Office,
    platform::{Context, Result},
    reports::papers::{
        self, Issued,
        operations::{self, NewPaper},
    },
};

/// Kinds of papers that are filled from the record, by their names in addresses.
pub const KINDS: [&str; 3] = ["bien-ban", "thong-bao-ket-luan", "chuong-trinh"];

pub use before::KINDS as KINDS_BEFORE;

/// The plan, which may bear its number already.
const PLAN: &str = "ke-hoach";

/// The minutes, which need the most of the record.
const MINUTES: &str = "bien-ban";

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
/// What the record does not hold is left visibly empty in it.
///
/// # Errors
/// Unknown kinds.
pub async fn write(office: &Office, context: &Context, id: i64, kind: &str) -> Result<i64> {
    let listed = queries::one(office, id).await?;
    let hall = live::hall(office, id).await?;
    let state = hall.state().await.clone();
    let mut inputs = inputs(office, context, &listed, &state, kind).await?;
    if kind == INVITATION {
        let units = super::letters::units_without_mail(office, context, id).await?;
        let units = units.into_iter().map(|(unit, places)| format!("{} | cử {places} đại biểu | ", cell(&unit)));
        let guests = inputs.remove("guests").into_iter().chain(units).collect::<Vec<_>>().join("\n");
        inputs.insert("guests".to_owned(), guests);
    }
    let new = NewPaper { unit: listed.unit_code, year: listed.year, kind: kind.to_owned(), inputs };
    operations::create_draft(office, context, &new).await
}

/// What stands in the fields of a paper of this conference: the office's usual wordings, and over them what the record
/// says. A conference that another body held is written down without this office's name, wordings and signer.
///
/// # Errors
/// Unknown kinds.
pub async fn inputs(
    office: &Office,
    context: &Context,
    listed: &queries::Listed,
    state: &Conference,
    kind: &str,
) -> Result<Inputs> {
    let wording = papers::find(kind)?;
    let place = (listed.unit_code.as_str(), listed.year.as_str());
    let issued = issued(state, listed, kind);
    let mut inputs = match &issued {
        Some(issued) if issued.unit_code != listed.unit_code => {
            operations::initial_of_others(office, context, place, wording, issued).await?
        }
        _ => operations::initial(office, context, place.0, place.1, wording).await?,
    };
    if let Some(issued) = &issued {
        issued.put_into(&mut inputs)?;
    }
    inputs.extend(filled(state, kind));
    Ok(inputs)
}

/// Whose paper it is and what it bears, where it is not simply one of the office that keeps the conference.
fn issued(state: &Conference, listed: &queries::Listed, kind: &str) -> Option<Issued> {
    let head = &state.head;
    let is_ours = head.organiser_unit_code == listed.unit_code;
    let plan = (kind == PLAN).then_some(&head.plan).filter(|plan| !plan.document_number.is_empty());
    let (number, issued_on) = plan.map_or_else(Default::default, |plan| (plan.document_number.clone(), plan.issued_on));
    let issued_by = |unit_code: &str, name: &str| Issued {
        unit_code: unit_code.to_owned(),
        name: name.to_owned(),
        day: issued_on.or(head.held_on),
        number: number.clone(),
        issued_on,
    };
    match (is_ours, plan) {
        (true, None) => None,
        (true, Some(_)) => Some(issued_by(&listed.unit_code, &head.organiser_name)),
        (false, Some(plan)) if !plan.issuer.is_empty() => Some(issued_by(&plan.issuer_unit_code, &plan.issuer)),
        (false, _) => Some(issued_by(&head.organiser_unit_code, &head.organiser_name)),
    }
}

/// What the record says for the fields of a kind of paper.
pub fn filled(conference: &Conference, kind: &str) -> Inputs {
    let minutes = conference.minutes();
    let fields = match kind {
        MINUTES => of_minutes(conference, &minutes),
        "thong-bao-ket-luan" => of_conclusions(conference, &minutes),
        "chuong-trinh" => of_programme(conference),
        other => before::filled(conference, other),
    };
    let said = fields.into_iter().filter(|(_, value)| !value.is_empty());
    said.map(|(name, value)| (name.to_owned(), value)).collect()
}

/// The fields that the minutes need and that nothing in the record fills, by name, in the order of the form.
///
/// # Errors
/// Where the shipped wording cannot be read.
pub fn lacks(conference: &Conference) -> Result<Vec<&'static str>> {
    let lacking = missing(&papers::find(MINUTES)?.fields, &filled(conference, MINUTES));
    Ok(lacking.into_iter().map(|field| field.name.as_str()).collect())
}

type Fields = Vec<(&'static str, String)>;

fn day(conference: &Conference) -> String {
    conference.head.held_on.map_or_else(String::new, short_date)
}

/// The part of the day, as it is said.
fn part(conference: &Conference) -> String {
    let words = conference.head.day_part.map(|part| match part {
        DayPart::Morning => "buổi sáng",
        DayPart::Afternoon => "buổi chiều",
        DayPart::WholeDay => "cả ngày",
    });
    words.unwrap_or_default().to_owned()
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
    // What the log says stands together: its hour beside its own day, not beside the planned one.
    let opened_on = minutes.start.map(|at| short_date(at.date()));
    let closed_on = minutes.end.map(|at| short_date(at.date())).filter(|day| Some(day) != opened_on.as_ref());
    let opinions = minutes.opinions.iter().map(|(unit, content)| format!("{} | {}", cell(unit), cell(content)));
    vec![
        ("subject", conference.head.title.clone()),
        ("day", opened_on.unwrap_or_else(|| day(conference))),
        ("part", if minutes.start.is_some() { String::new() } else { part(conference) }),
        ("start", time(minutes.start).or(planned).unwrap_or_default()),
        ("place", conference.head.place.clone()),
        ("people", lines(minutes.people.iter().cloned())),
        ("chair", minutes.chair.clone()),
        ("secretary", minutes.secretary.clone()),
        ("course", lines(minutes.course.iter().flat_map(passage_lines))),
        ("opinions", lines(opinions)),
        ("end", time(minutes.end).unwrap_or_default()),
        ("end_day", closed_on.unwrap_or_default()),
        ("chair_name", minutes.chair_name.clone()),
        ("secretary_name", minutes.secretary_name.clone()),
    ]
}

/// An item, and what happened in it as lines with a dash.
fn passage_lines(passage: &Passage) -> impl Iterator<Item = String> {
    let under = passage.lines.iter().map(|line| format!("- {line}"));
    std::iter::once(passage.heading.clone()).chain(under)
}

fn of_conclusions(conference: &Conference, minutes: &Minutes) -> Fields {
    let people: Vec<&str> = minutes.people.iter().map(|line| line.trim_end_matches('.')).collect();
    let tasks = minutes.tasks.iter().map(|task| {
        let what = task.what.trim_end_matches('.');
        [what, &task.lead, &task.partners, &task.due].map(cell).join(" | ")
    });
    vec![
        ("subject", format!("Kết luận tại {}", conference.head.title)),
        ("meeting", conference.head.title.clone()),
        ("day", minutes.start.map_or_else(|| day(conference), |at| short_date(at.date()))),
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
        let by = conference.presenter_words(item);
        [time.as_str(), item.shown_title(), &by].map(cell).join(" | ")
    });
    let place = conference.head.place.clone();
    vec![
        ("subject", conference.head.title.clone()),
        ("day", day(conference)),
        ("part", part(conference)),
        ("start", start(conference)),
        ("place", place),
        ("agenda", lines(rows)),
    ]
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
