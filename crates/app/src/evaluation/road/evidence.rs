//! Evidence files (minh chứng): looked over like every file of a stranger, kept once under the hash of their content.
//! They are attached to a line and never taken away, since records refer to them.

use std::path::PathBuf;

use documents::attachment::{self, Kind};
use domain::{
    Reason, Refusal,
    evaluation::road::{RoadState, lines},
};
use serde::Serialize;

use super::{Task, queries, store};
use crate::{
    audit,
    office::Office,
    platform::{Context, Error, Result, kept},
};

/// So many files stand behind one line.
const FILE_COUNT_MAX: usize = 10;

/// A file behind a line.
#[derive(Clone, Debug, Serialize, sqlx::FromRow)]
pub struct EvidenceRow {
    /// The line.
    pub line: String,
    /// The hash of its content, also its address.
    pub sha256: String,
    /// The name under which it came.
    pub name: String,
    /// What it is.
    pub media_type: String,
    /// Its size.
    pub byte_count: i64,
    /// When it was attached.
    pub attached_at: String,
    /// By whom.
    pub attached_by: String,
}

/// A file as it is handed out.
#[derive(Debug)]
pub struct Stored {
    /// The name under which it came.
    pub name: String,
    /// What it is.
    pub kind: Kind,
    /// Its content.
    pub bytes: Vec<u8>,
}

/// Attaches a file to a line of a unit's sheet while the unit still scores itself or explains. Gives its hash.
///
/// # Errors
/// Every reason of [`attachment::admit`] (too large, a program in disguise, an unknown format); an unknown line; a road
/// that has gone on; too many files.
pub async fn attach(
    office: &Office,
    context: &Context,
    task: Task<'_>,
    line: &str,
    (name, bytes): (&str, Vec<u8>),
) -> Result<String> {
    let round = queries::round(office, task.round).await?;
    let (_, standing) = queries::road(office, task.round, task.unit).await?;
    let mut reasons = Vec::new();
    if !lines(&round.set).iter().any(|known| known.code == line) {
        let message = format!("Bộ tiêu chí này không có mục mang mã «{line}».");
        reasons.push(Reason::new("unknown_item", message).at("line"));
    }
    if !matches!(standing.state, RoadState::Opened | RoadState::Reviewed) {
        let message = format!(
            "Đơn vị đang ở bước «{}»: chỉ nộp minh chứng khi tự chấm hoặc giải trình.",
            standing.state.label().0
        );
        reasons.push(Reason::new("out_of_order", message));
    }
    let known = queries::evidence(office, task.round, task.unit).await?;
    if known.iter().filter(|file| file.line == line).count() >= FILE_COUNT_MAX {
        let message = format!("Mỗi mục nhiều nhất {FILE_COUNT_MAX} tệp minh chứng.");
        reasons.push(Reason::new("too_many_files", message).at("line"));
    }
    let looked_over =
        tokio::task::spawn_blocking(move || attachment::admit(&bytes).map(|attachment| (attachment, bytes)));
    let (attachment, bytes) = match looked_over.await.map_err(Error::inside)? {
        Ok(found) => found,
        Err(refusal) => {
            reasons.extend(refusal.reasons);
            return Err(Refusal { reasons }.into());
        }
    };
    Refusal::unless_empty(reasons)?;
    let sha256 = kept::hash(&bytes);
    let row = EvidenceRow {
        line: line.to_owned(),
        sha256: sha256.clone(),
        name: kept::plain_name(name, attachment.kind),
        media_type: attachment.kind.media_type().to_owned(),
        byte_count: i64::try_from(bytes.len()).map_err(Error::inside)?,
        attached_at: context.stamp(),
        attached_by: context.actor.name().to_owned(),
    };
    let mut transaction = office.db().begin().await?;
    // Written before the line that names it: a line never points at nothing.
    kept::keep(&path(office, &sha256, attachment.kind), &bytes)?;
    if store::attach(&mut transaction, task, &row).await? {
        let object = format!("{}/{}", task.round, task.unit);
        audit::write(&mut transaction, context, "evaluation.attach", &object, &format!("{line} {sha256}")).await?;
    }
    transaction.commit().await?;
    Ok(sha256)
}

/// A unit's file.
///
/// # Errors
/// `NotFound` where the unit does not have it; an inside fault where its content was lost or altered.
pub async fn open(office: &Office, round: i64, unit: &str, sha256: &str) -> Result<Stored> {
    let known = queries::evidence(office, round, unit).await?.into_iter().find(|file| file.sha256 == sha256);
    let known = known.ok_or_else(|| Error::NotFound("tệp này".to_owned()))?;
    let kind = Kind::of_media_type(&known.media_type);
    let kind = kind.ok_or_else(|| Error::inside(format!("media type {}", known.media_type)))?;
    let bytes = kept::read(&path(office, sha256, kind), sha256).await?;
    Ok(Stored { name: known.name, kind, bytes })
}

fn path(office: &Office, sha256: &str, kind: Kind) -> PathBuf {
    kept::path(office.folder(), "evaluation", sha256, kind)
}
