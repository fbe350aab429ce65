//! The record of a conference as one file that opens without this program: `record.json` by the names of the glossary,
//! `events.jsonl` as they happened, `index.html` to read, `documents/` with the minutes, the conclusion notice and the articles,
//! `photos/` by their numbers in the record, `packet/` with the papers that were handed out.
//!
//! An archive is given to others: telephone numbers, mail addresses and what guests wrote to the office are never in it.

use std::io::{Cursor, Write as _};

use domain::{
    conference::{Conference, Recorded},
    reports::paper::FieldType,
    vietnamese::long_date,
};
use serde_json::json;
use zip::{ZipWriter, write::SimpleFileOptions};

use super::{article, found, packet, papers};
use crate::{
    conference::{facts, queries, view},
    office::Office,
    platform::{
        Context, Error, Language, Result,
        web::{Serde, context, templates},
    },
    reports::papers::{
        self as year_papers, Bundle, draw,
        operations::{NewPaper, compose_draft},
    },
};

/// Packs the archive.
///
/// # Errors
/// `NotFound`; where the log cannot be read. A paper that the record cannot fill yet is left out and named in the record.
pub async fn pack(office: &Office, context: &Context, id: i64) -> Result<Vec<u8>> {
    let listed = queries::one(office, id).await?;
    let log: Vec<Recorded> = queries::log(office, id).await?.into_iter().map(for_others).collect();
    let conference = Conference::fold(&log);
    let mut files: Files = Vec::new();
    let mut left_out = Vec::new();
    for kind in papers::kinds() {
        match document(office, context, &listed, &conference, kind).await {
            Ok(pieces) => files.extend(pieces),
            Err(Error::Refused(refusal)) => left_out.push(json!({ "kind": kind, "reasons": refusal.reasons })),
            Err(error) => return Err(error),
        }
    }
    let (articles, more) = published(office, id, &conference).await?;
    files.extend(more);
    files.extend(handed_out(office, &conference).await?);
    let names: Vec<&str> = files.iter().map(|(name, _)| name.as_str()).collect();
    let record = json!({
        "conference": listed, "record": conference, "articles": articles, "polls": polls(&conference), "events": log.len(),
        "documents": names, "documents_left_out": left_out, "exported_at": context.stamp(),
    });
    let mut lines = String::new();
    for recorded in &log {
        lines.push_str(&serde_json::to_string(recorded).map_err(Error::inside)?);
        lines.push('\n');
    }
    let index = index(&conference, &names)?;
    let record = serde_json::to_vec_pretty(&record).map_err(Error::inside)?;
    let whole = [
        ("record.json".to_owned(), record),
        ("events.jsonl".to_owned(), lines.into_bytes()),
        ("index.html".to_owned(), index.into_bytes()),
    ];
    zip(whole.into_iter().chain(files))
}

/// The article as it is kept, the one that was taken over, the pictures.
async fn published(office: &Office, id: i64, conference: &Conference) -> Result<(serde_json::Value, Files)> {
    let mut files: Files = Vec::new();
    let own = article::current(office, id).await?;
    let own = (own.revision > 0).then_some(own);
    if let Some(own) = &own {
        let text = [vec![own.title.clone()], own.printed(), vec![own.byline.clone()]].concat().join("\n\n");
        files.push(("documents/bai-viet.txt".to_owned(), text.into_bytes()));
    }
    let taken = found::kept(office, id).await?;
    if let Some(taken) = &taken {
        files.push(("documents/bai-nguon.txt".to_owned(), taken.article.original.clone().into_bytes()));
    }
    let pictures = conference.records.media.iter().filter(|(_, media)| !media.sha256.is_empty());
    for (number, media) in pictures {
        let bytes = packet::photo_of(office, conference, &media.sha256).await?;
        files.push((format!("photos/{number}.jpg"), bytes));
    }
    let taken = taken.map(|taken| {
        json!({ "article": taken.article, "source": taken.source, "taken_at": taken.taken_at, "view_count": taken.view_count })
    });
    Ok((json!({ "own": own, "taken_over": taken }), files))
}

/// The event without what belongs to a person and not to the record.
fn for_others(recorded: Recorded) -> Recorded {
    Recorded { event: recorded.event.without_personal_data().unwrap_or(recorded.event), ..recorded }
}

/// The files of the packet, by their numbers in the record.
async fn handed_out(office: &Office, conference: &Conference) -> Result<Files> {
    let mut files: Files = Vec::new();
    for (number, paper) in conference.records.hand_outs.iter().filter(|(_, paper)| !paper.sha256.is_empty()) {
        let stored = packet::open(office, paper).await?;
        files.push((format!("packet/{number}-{}", stored.name), stored.bytes));
    }
    Ok(files)
}

type Files = Vec<(String, Vec<u8>)>;

fn polls(conference: &Conference) -> Vec<serde_json::Value> {
    let polls = conference.polls.iter();
    polls.map(|(id, poll)| json!({ "poll": id, "tally": poll.tally(), "sentence": poll.sentence() })).collect()
}

async fn document(
    office: &Office,
    context: &Context,
    listed: &queries::Listed,
    conference: &Conference,
    kind: &str,
) -> Result<Vec<(String, Vec<u8>)>> {
    let wording = year_papers::find(kind)?;
    let told = papers::filled(conference, kind);
    let is_substance = |name: &String| {
        wording.field(name).is_some_and(|field| matches!(field.kind, FieldType::Lines | FieldType::Table))
    };
    if !told.keys().any(is_substance) {
        return Err(Error::refused("nothing_to_say", "Hồ sơ chưa có nội dung cho văn bản này."));
    }
    let inputs = papers::inputs(office, context, listed, conference, kind).await?;
    let (unit, year) = (listed.unit_code.clone(), listed.year.clone());
    let new = NewPaper { unit, year, kind: kind.to_owned(), inputs };
    let content = compose_draft(office, context, &new, wording).await?;
    let (subject, made_at) = (content.subject().to_owned(), crate::platform::clock::in_vietnam(context.now));
    let kind = kind.to_owned();
    let drawing = move || {
        [Bundle::Docx, Bundle::Pdf]
            .into_iter()
            .map(|bundle| {
                let written = draw(&content, &subject, bundle, made_at)?;
                Ok((format!("documents/{kind}.{}", bundle.extension()), written.bytes))
            })
            .collect::<Result<Vec<_>>>()
    };
    tokio::task::spawn_blocking(drawing).await.map_err(Error::inside)?
}

fn index(conference: &Conference, documents: &[&str]) -> Result<String> {
    let minutes = conference.minutes();
    let polls: Vec<_> = conference.polls.iter().map(|(id, poll)| view::poll_view(*id, poll)).collect();
    let tasks: Vec<_> = minutes
        .tasks
        .iter()
        .map(|task| {
            context! { what => task.what.as_str(), lead => task.lead.as_str(), partners => task.partners.as_str(), due => task.due.as_str() }
        })
        .collect();
    let groups = facts::facts(conference, Language::Vietnamese, usize::MAX)?;
    let files = [documents, &["record.json", "events.jsonl"]].concat();
    let values = context! {
        title => conference.head.title.as_str(), organiser => conference.head.organiser_name.as_str(),
        when_and_where => when_and_where(conference), people => minutes.people, course => Serde(&minutes.course),
        opinions => Serde(&minutes.opinions), tasks, polls => Serde(&polls), groups => Serde(&groups),
        files => Serde(&files),
    };
    templates::render(Language::Vietnamese, "conference/archive.html", values)
}

/// The day, the place and how many were here, as far as they are known.
fn when_and_where(conference: &Conference) -> String {
    let opened = conference.minutes().start.map(|at| at.date());
    let day = opened.or(conference.head.held_on).map(long_date);
    let place = (!conference.head.place.is_empty()).then(|| conference.head.place.clone());
    let here: u32 = conference.attendance.values().map(|presence| presence.heads).sum();
    let here = (here > 0).then(|| format!("{here} người có mặt"));
    [day, place, here].into_iter().flatten().collect::<Vec<_>>().join(" · ")
}

fn zip(files: impl Iterator<Item = (String, Vec<u8>)>) -> Result<Vec<u8>> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in files {
        zip.start_file(name, SimpleFileOptions::default()).map_err(Error::inside)?;
        zip.write_all(&bytes)?;
    }
    Ok(zip.finish().map_err(Error::inside)?.into_inner())
}
