//! A draft that comes back edited in Word: compared block by block with what stands here; its words may be taken over.
//!
//! Numbers are tied to figures and are not edited in Word: a file in which one was changed is refused with every place.
//! What was typed into the paper's form stays as it was; writing the form anew writes the paper anew.

use std::path::{Path, PathBuf};

use documents::{
    attachment::{self, Kind},
    compare::{self, Change, Comparison, TakenOver},
    inspect,
};
use domain::{
    Reason, Refusal,
    reports::{Document, paper::PaperContent},
};

use super::{
    queries::{self, WordFile, road},
    signed_files::SHELF,
    store::{self, CameBack},
};
use crate::{
    audit,
    office::Office,
    platform::{Context, Error, Result, kept},
    reports::papers::{
        operations::keep_edited,
        queries::{self as papers, Paper},
    },
};

/// What an edited file would change.
#[derive(Debug)]
pub struct Edits {
    /// The file.
    pub file: WordFile,
    /// The changes, in reading order.
    pub changes: Vec<Change>,
    /// Those that cannot be taken over, by their places in the list.
    pub left: Vec<usize>,
}

/// Receives a draft that was edited in Word and gives its hash; nothing of the paper changes yet.
///
/// # Errors
/// Refused with every number that was changed or removed, each with its place; where the file is no Word file, carries
/// macros or links to other files, or changes nothing; where the paper is not with its writer or goes to many.
pub async fn receive(office: &Office, context: &Context, id: i64, name: &str, bytes: Vec<u8>) -> Result<String> {
    let paper = papers::paper(office, id).await?;
    road(office, &paper).await?.rewrite()?;
    let document = only_document(&paper)?.clone();
    let looked_over = tokio::task::spawn_blocking(move || compared(&document, &bytes).map(|found| (found, bytes)));
    let (comparison, bytes) = looked_over.await.map_err(Error::inside)??;
    if comparison.is_unchanged() {
        let message = "Tệp Word không khác văn bản đang soạn ở đây, nên không có gì để nhận.";
        return Err(Error::refused("nothing_changed", message));
    }
    let (sha256, name) = (kept::hash(&bytes), kept::plain_name(name, Kind::Docx));
    kept::keep(&path(office.folder(), &sha256), &bytes)?;
    let byte_count = i64::try_from(bytes.len()).map_err(Error::inside)?;
    let file = CameBack { paper: id, sha256: &sha256, name: &name, byte_count };
    let mut transaction = office.db().begin().await?;
    store::keep_word_file(&mut transaction, context, &file, paper.revision).await?;
    let detail = format!("{name} {sha256}");
    audit::write(&mut transaction, context, "papers.receive_word", &format!("paper/{id}"), &detail).await?;
    transaction.commit().await?;
    Ok(sha256)
}

/// What a received file would change in the paper as it stands now.
///
/// # Errors
/// As [`receive`]; `NotFound` where the paper has no such file.
pub async fn edits(office: &Office, id: i64, sha256: &str) -> Result<Edits> {
    let paper = papers::paper(office, id).await?;
    let (file, comparison, taken) = read(office, &paper, sha256).await?;
    Ok(Edits { file, changes: comparison.changes, left: taken.left })
}

/// Takes the words of a received file over, as the paper's next revision.
///
/// # Errors
/// As [`edits`]; refused where the paper was changed since `revision`, or nothing can be taken over.
pub async fn take_over(office: &Office, context: &Context, id: i64, sha256: &str, revision: i64) -> Result<()> {
    let paper = papers::paper(office, id).await?;
    if paper.revision != revision {
        let message = "Văn bản vừa được người khác sửa. Hãy xem lại các chỗ khác nhau rồi nhận.";
        return Err(Error::refused("changed_meanwhile", message));
    }
    let (file, comparison, taken) = read(office, &paper, sha256).await?;
    let count = comparison.changes.len() - taken.left.len();
    if count == 0 {
        return Err(Error::refused("nothing_changed", "Không có chỗ sửa nào nhận được từ tệp này."));
    }
    let content = PaperContent::Documents(vec![taken.document]);
    let mut transaction = office.db().begin().await?;
    let content_hash = keep_edited(&mut transaction, context, &paper, &content).await?;
    store::mark_taken_over(&mut transaction, id, sha256, revision + 1).await?;
    let words = format!("{count} chỗ, {}", file.name);
    store::keep_step(&mut transaction, context, (id, "take_over"), &content_hash, &words).await?;
    let detail = format!("revision {} {sha256}", revision + 1);
    audit::write(&mut transaction, context, "papers.take_over", &format!("paper/{id}"), &detail).await?;
    Ok(transaction.commit().await?)
}

async fn read(office: &Office, paper: &Paper, sha256: &str) -> Result<(WordFile, Comparison, TakenOver)> {
    let files = queries::word_files(office, paper.id).await?;
    let file = files.into_iter().find(|file| file.sha256 == sha256);
    let file = file.ok_or_else(|| Error::NotFound("tệp này".to_owned()))?;
    road(office, paper).await?.rewrite()?;
    let document = only_document(paper)?.clone();
    let bytes = kept::read(&path(office.folder(), sha256), sha256).await?;
    let work = move || {
        let comparison = compared(&document, &bytes)?;
        let taken = compare::taken_over(&document, &comparison.changes);
        Ok::<_, Refusal>((comparison, taken))
    };
    let (comparison, taken) = tokio::task::spawn_blocking(work).await.map_err(Error::inside)??;
    Ok((file, comparison, taken))
}

fn path(folder: &Path, sha256: &str) -> PathBuf {
    kept::path(folder, SHELF, sha256, Kind::Docx)
}

fn only_document(paper: &Paper) -> Result<&Document, Refusal> {
    match paper.content.documents() {
        [document] => Ok(document),
        _ => {
            let message =
                "Văn bản gửi nhiều người và phôi in chỉ sửa trong phần mềm, vì mỗi người nhận một bản khác nhau.";
            Err(Refusal::one("goes_to_many", message))
        }
    }
}

/// What a file changes; refused with every number that it changes.
fn compared(document: &Document, bytes: &[u8]) -> Result<Comparison, Refusal> {
    if attachment::admit(bytes)?.kind != Kind::Docx {
        let message = "Hãy gửi tệp Word (.docx) đã tải ở trang văn bản này; tệp PDF và ảnh không nhận câu chữ được.";
        return Err(Refusal::one("not_a_word_file", message));
    }
    let comparison = compare::edited(document, &inspect::read(bytes)?);
    let told = |reason: &Reason| Reason::new(&reason.code, format!("{}: {}", reason.at, reason.message));
    Refusal::unless_empty(comparison.refused.iter().map(told).collect())?;
    Ok(comparison)
}
