//! The packet of documents and the pictures: files looked over, kept once under their hash, named by entries of the log.

use documents::{attachment, photo};
use domain::conference::{Command, Conference, Entry, HandOut, Id, Media};

use super::{command, live, put_id};
use crate::{
    office::Office,
    platform::{Context, Error, Result, kept},
};

/// The shelf of this room.
const ROOM: &str = "conference";

/// A file as it is handed out.
#[derive(Debug)]
pub struct Stored {
    /// The name under which it is saved.
    pub name: String,
    /// What it is.
    pub kind: attachment::Kind,
    /// Its content.
    pub bytes: Vec<u8>,
}

/// Puts a file into the packet; gives its number there.
///
/// # Errors
/// Every reason of `attachment::admit`; what the conference refuses.
pub async fn add(
    office: &Office,
    context: &Context,
    id: i64,
    paper: HandOut,
    (name, bytes): (&str, Vec<u8>),
) -> Result<Id> {
    let looked_over = tokio::task::spawn_blocking(move || attachment::admit(&bytes).map(|kept| (kept, bytes)));
    let (admitted, bytes) = looked_over.await.map_err(Error::inside)??;
    let sha256 = kept::hash(&bytes);
    kept::keep(&kept::path(office.folder(), ROOM, &sha256, admitted.kind), &bytes)?;
    let paper = HandOut {
        file_name: kept::plain_name(name, admitted.kind),
        media_type: admitted.kind.media_type().to_owned(),
        title: if paper.title.is_empty() { kept::plain_name(name, admitted.kind) } else { paper.title },
        sha256,
        ..paper
    };
    put(office, context, id, Entry::HandOut(paper)).await
}

/// A file of the packet.
///
/// # Errors
/// `NotFound` where the packet does not have it; an inside fault where it was lost or altered.
pub async fn open(office: &Office, paper: &HandOut) -> Result<Stored> {
    let missing = || Error::NotFound("tệp này".to_owned());
    let kind = attachment::Kind::of_media_type(&paper.media_type).ok_or_else(missing)?;
    let path = kept::path(office.folder(), ROOM, &paper.sha256, kind);
    // A name that came with a list was not looked over when it was kept.
    let name = kept::plain_name(&paper.file_name, kind);
    Ok(Stored { name, kind, bytes: kept::read(&path, &paper.sha256).await? })
}

/// Takes a picture in, made small and freed of what the camera wrote into it; gives its number.
///
/// # Errors
/// Every reason of `photo::admit`; what the conference refuses.
pub async fn add_photo(office: &Office, context: &Context, id: i64, media: Media, bytes: Vec<u8>) -> Result<Id> {
    let made = tokio::task::spawn_blocking(move || photo::admit(&bytes)).await.map_err(Error::inside)??;
    let sha256 = kept::hash(&made.bytes);
    kept::keep(&kept::path(office.folder(), ROOM, &sha256, attachment::Kind::Jpeg), &made.bytes)?;
    put(office, context, id, Entry::Media(Media { sha256, ..media })).await
}

/// A picture of the conference by its hash.
///
/// # Errors
/// `NotFound` where the conference does not have it.
pub async fn photo_of(office: &Office, state: &Conference, sha256: &str) -> Result<Vec<u8>> {
    let is_known = !sha256.is_empty() && state.records.media.iter().any(|(_, media)| media.sha256 == sha256);
    if !is_known {
        return Err(Error::NotFound("ảnh này".to_owned()));
    }
    kept::read(&kept::path(office.folder(), ROOM, sha256, attachment::Kind::Jpeg), sha256).await
}

async fn put(office: &Office, context: &Context, id: i64, entry: Entry) -> Result<Id> {
    live::hall(office, id).await?;
    let done = command(office, context, id, Command::Put(None, entry)).await?;
    put_id(&done).ok_or_else(|| Error::inside("an entry without a number"))
}
