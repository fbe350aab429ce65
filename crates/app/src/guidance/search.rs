//! The register's words: every document's name, issuer, subject and the text of its files, found with or without accents.
//!
//! The index follows the audit lines: whatever process changed a document, the next question takes the change in first.
//! Without an index, or behind another database, it is made from the register's own rows.

use std::{collections::BTreeSet, sync::Arc};

use domain::vietnamese::fold;

use super::queries::{self, Register, Row, files};
use crate::{
    audit,
    office::Office,
    platform::{
        Error, Result,
        search::{Change, Entry, Index},
    },
};

/// The folder of the index in the office's folder.
const FOLDER: &str = "index";

/// Documents that one question finds at most.
const FOUND_MAX: usize = 300;

/// Lines of other rooms that are read again with each question before the index notes that it has seen them.
const LINES_BEHIND_MAX: i64 = 2_000;

/// The longest line that is shown of a text, in characters.
const LINE_LENGTH_MAX: usize = 220;

/// The keys of the documents that hold every word of the question, best first.
///
/// # Errors
/// Where the index or the database cannot be read.
pub async fn find(office: &Office, question: &str) -> Result<Vec<String>> {
    let mut kept = office.search().lock().await;
    let index = match kept.as_ref() {
        Some(index) => Arc::clone(index),
        None => {
            let folder = office.folder().join(FOLDER);
            let opened = tokio::task::spawn_blocking(move || Index::open(&folder)).await.map_err(Error::inside)??;
            Arc::clone(kept.insert(Arc::new(opened)))
        }
    };
    catch_up(office, &index).await?;
    drop(kept);
    let question = question.to_owned();
    tokio::task::spawn_blocking(move || index.find(&question, FOUND_MAX)).await.map_err(Error::inside)?
}

/// Makes the whole index again.
///
/// # Errors
/// As [`find`].
pub async fn rebuild(office: &Office) -> Result<()> {
    let mut kept = office.search().lock().await;
    // The last reader must be gone before its files are.
    *kept = None;
    let folder = office.folder().join(FOLDER);
    if folder.exists() {
        std::fs::remove_dir_all(&folder)?;
    }
    drop(kept);
    find(office, "").await.map(|_| ())
}

async fn catch_up(office: &Office, index: &Arc<Index>) -> Result<()> {
    let latest = audit::latest(office.db()).await?;
    let changed = match index.seen() {
        Some(seen) if seen == latest => return Ok(()),
        Some(seen) if seen < latest => changed_since(office, seen).await?,
        _ => None,
    };
    let is_far_behind = index.seen().is_some_and(|seen| latest - seen > LINES_BEHIND_MAX);
    if changed.as_ref().is_some_and(BTreeSet::is_empty) && !is_far_behind {
        return Ok(());
    }
    let register = queries::register(office).await?;
    let words = files::words(office).await?;
    let is_wanted = |row: &&Row| changed.as_ref().is_none_or(|changed| changed.contains(&row.slug));
    let entries: Vec<Entry> = register.rows.iter().filter(is_wanted).map(|row| entry(row, &words)).collect();
    let index = Arc::clone(index);
    let write = move || match changed {
        None => index.write(Change::All(&entries), latest),
        Some(changed) => index.write(Change::Some(&changed.into_iter().collect::<Vec<_>>(), &entries), latest),
    };
    tokio::task::spawn_blocking(write).await.map_err(Error::inside)?
}

/// The documents that were touched since; none where everything must be read again.
async fn changed_since(office: &Office, seen: i64) -> Result<Option<BTreeSet<String>>> {
    let lines = audit::since(office.db(), seen).await?;
    let of_register = lines.into_iter().filter(|(_, verb, _)| verb.starts_with("guidance."));
    let mut changed = BTreeSet::new();
    for (_, verb, object) in of_register {
        if verb == "guidance.load_pack" {
            return Ok(None);
        }
        changed.insert(object);
    }
    Ok(Some(changed))
}

fn entry(row: &Row, words: &[(String, String)]) -> Entry {
    let mut body = [row.issuer.as_str(), &row.subject, &row.signer, &row.note, &row.number_raw].join("\n");
    for (_, text) in words.iter().filter(|(slug, _)| *slug == row.slug) {
        body.push('\n');
        body.push_str(text);
    }
    Entry { key: row.slug.clone(), title: format!("{} {}", row.name(), row.subject), body }
}

/// The documents found, in the index's order; those whose rows hold the question letter by letter follow.
///
/// # Errors
/// As [`find`].
pub async fn rows<'a>(office: &Office, register: &'a Register, question: &str) -> Result<Vec<&'a Row>> {
    let mut found: Vec<&Row> = find(office, question).await?.iter().filter_map(|slug| register.row(slug)).collect();
    let words: Vec<String> = fold(question).split(' ').filter(|word| !word.is_empty()).map(str::to_owned).collect();
    let holds = |row: &&Row| {
        let text = fold(&format!("{} {} {} {} {}", row.name(), row.number_raw, row.issuer, row.subject, row.signer));
        words.iter().all(|word| text.contains(word))
    };
    let taken: BTreeSet<&str> = found.iter().map(|row| row.slug.as_str()).collect();
    let rest: Vec<&Row> = register.rows.iter().filter(|row| !taken.contains(row.slug.as_str())).filter(holds).collect();
    found.extend(rest);
    Ok(found)
}

/// The line of a document's files that holds most of the question's words; empty where none holds any.
pub fn line(text: &str, question: &str) -> String {
    let question = fold(question);
    let words: Vec<&str> = question.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    let count = |line: &str| {
        let line = fold(line);
        let held: BTreeSet<&str> = line.split(|c: char| !c.is_alphanumeric()).collect();
        words.iter().filter(|word| held.contains(*word)).count()
    };
    let mut best = (0, "");
    for line in text.lines() {
        let held = count(line);
        if held > best.0 {
            best = (held, line);
        }
    }
    let shown: String = best.1.trim().chars().take(LINE_LENGTH_MAX).collect();
    if shown.len() < best.1.trim().len() { format!("{shown}…") } else { shown }
}
