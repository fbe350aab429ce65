//! The record of a conference as one file that opens without this program: `record.json` by the names of the glossary,
//! `events.jsonl` as they happened, `index.html` to read, `documents/` with the minutes, the conclusion notice and the articles,
//! `photos/` by their numbers in the record, `packet/` with the papers that were handed out.
//!
//! An archive is given to others: telephone numbers, mail addresses and what guests wrote to the office are never in it, nor
//! papers of the packet that not everybody was given.

use std::io::{Cursor, Write as _};

use domain::{
    Reason,
    conference::{Conference, EntryKind, Id, Readers, Recorded},
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
/// `NotFound`; where the log cannot be read. A paper that the record cannot fill yet is left out and named in the record, as is
/// a file that is not for everybody or that was lost.
pub async fn pack(office: &Office, context: &Context, id: i64) -> Result<Vec<u8>> {
    let listed = queries::one(office, id).await?;
    let log: Vec<Recorded> = queries::log(office, id).await?.into_iter().map(for_others).collect();
    let conference = Conference::fold(&log);
    let mut packed = Packed::default();
    let mut left_out = Vec::new();
    for kind in papers::kinds() {
        match document(office, context, &listed, &conference, kind).await {
            Ok(pieces) => packed.files.extend(pieces),
            Err(Error::Refused(refusal)) => left_out.push(json!({ "kind": kind, "reasons": refusal.reasons })),
            Err(error) => return Err(error),
        }
    }
    let articles = published(office, id, &conference, &mut packed).await?;
    handed_out(office, &conference, &mut packed).await;
    let names: Vec<&str> = packed.files.iter().map(|(name, _)| name.as_str()).collect();
    let record = json!({
        "conference": listed, "record": conference, "articles": articles, "polls": polls(&conference), "events": log.len(),
        "documents": names, "documents_left_out": left_out, "files_left_out": packed.left_out,
        "exported_at": context.stamp(),
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
    zip(whole.into_iter().chain(packed.files))
}

/// What goes into the archive, and what of the record does not, with the reason.
#[derive(Default)]
struct Packed {
    files: Files,
    left_out: Vec<serde_json::Value>,
}

impl Packed {
    /// Takes the file of an entry; one that cannot be read does not keep the others back.
    fn take(&mut self, (register, id): (EntryKind, Id), read: Result<(String, Vec<u8>)>) {
        match read {
            Ok(file) => self.files.push(file),
            Err(fault) => {
                tracing::warn!(%fault, register = register.as_str(), id, "a file is left out of the archive");
                let message =
                    "Tệp đã mất hoặc đã bị sửa trên máy chủ; hãy báo người quản trị khôi phục từ bản sao lưu.";
                self.leave_out((register, id), Reason::new("file_lost", message));
            }
        }
    }

    fn leave_out(&mut self, (register, id): (EntryKind, Id), reason: Reason) {
        self.left_out.push(json!({ "register": register.as_str(), "id": id, "reasons": [reason] }));
    }
}

/// The article as it is kept, the one that was taken over, the pictures.
async fn published(
    office: &Office,
    id: i64,
    conference: &Conference,
    packed: &mut Packed,
) -> Result<serde_json::Value> {
    let own = article::current(office, id).await?;
    let own = (own.revision > 0).then_some(own);
    if let Some(own) = &own {
        let text = [vec![own.title.clone()], own.printed(), vec![own.byline.clone()]].concat().join("\n\n");
        packed.files.push(("documents/bai-viet.txt".to_owned(), text.into_bytes()));
    }
    let taken = found::kept(office, id).await?;
    if let Some(taken) = &taken {
        let original = taken.article.original.clone();
        packed.files.push(("documents/bai-nguon.txt".to_owned(), original.into_bytes()));
    }
    let pictures = conference.records.media.iter().filter(|(_, media)| !media.sha256.is_empty());
    for (number, media) in pictures {
        let read = packet::photo_of(office, conference, &media.sha256).await;
        packed.take((EntryKind::Media, number), read.map(|bytes| (format!("photos/{number}.jpg"), bytes)));
    }
    let taken = taken.map(|taken| {
        json!({ "article": taken.article, "source": taken.source, "taken_at": taken.taken_at, "view_count": taken.view_count })
    });
    Ok(json!({ "own": own, "taken_over": taken }))
}

/// The event without what belongs to a person and not to the record.
fn for_others(recorded: Recorded) -> Recorded {
    Recorded { event: recorded.event.without_personal_data().unwrap_or(recorded.event), ..recorded }
}

/// The files of the packet that everybody was given, by their numbers in the record.
async fn handed_out(office: &Office, conference: &Conference, packed: &mut Packed) {
    for (number, paper) in conference.records.hand_outs.iter().filter(|(_, paper)| !paper.sha256.is_empty()) {
        let of = (EntryKind::HandOut, number);
        if paper.readers == Readers::Everyone {
            let read = packet::open(office, paper).await;
            packed.take(of, read.map(|stored| (format!("packet/{number}-{}", stored.name), stored.bytes)));
        } else {
            let message =
                "Tài liệu không phát cho mọi người dự nên không đi theo hồ sơ; ai được đọc thì xem tại trang tài liệu.";
            packed.leave_out(of, Reason::new("not_for_everyone", message));
        }
    }
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
