//! The verbs of papers.

use std::{collections::BTreeMap, path::Path, sync::Arc};

use domain::{
    Reason, Refusal,
    reports::{
        paper::{BODY_LENGTH_MAX, Field, FieldValue, GAP, Inputs, PaperContent, Wording, check, check_draft, missing},
        signing::{self, PaperState},
    },
};
use sha2::{Digest, Sha256};

use super::{
    Bundle, adopted, draw,
    filling::{self, Facts},
    frame::{self, Surroundings},
    issued::{ISSUED, Issued},
    queries::{self, Paper},
    store::{self, Composed},
    wordings::{self, CurrentWording},
};
use crate::{
    audit,
    office::Office,
    organisation,
    platform::{Context, Error, Result, Transaction, clock},
    reports::{
        operations::{SUMMARY_REPORT, Saved, Written},
        references,
    },
};

/// A paper to be written.
#[derive(Clone, Debug)]
pub struct NewPaper {
    /// Who issues it.
    pub unit: String,
    /// The school year.
    pub year: String,
    /// Kind, by its name in addresses.
    pub kind: String,
    /// What was typed.
    pub inputs: Inputs,
}

/// What a kind of paper says with these inputs, without keeping it.
///
/// # Errors
/// Refused with every fault of the inputs, or of the template.
pub async fn compose(office: &Office, context: &Context, new: &NewPaper, wording: &Wording) -> Result<PaperContent> {
    compose_as(office, context, new, wording, check).await
}

/// What a draft from a record says: where the record holds nothing, the place stays visibly empty.
///
/// # Errors
/// Refused with every value that is not what its field takes, or with the fault of the template.
pub async fn compose_draft(
    office: &Office,
    context: &Context,
    new: &NewPaper,
    wording: &Wording,
) -> Result<PaperContent> {
    compose_as(office, context, new, wording, check_draft).await
}

/// How typed fields are read: each required one must be filled, or may leave a gap.
type Reading = fn(&[Field], &Inputs) -> std::result::Result<BTreeMap<String, FieldValue>, Refusal>;

async fn compose_as(
    office: &Office,
    context: &Context,
    new: &NewPaper,
    wording: &Wording,
    reading: Reading,
) -> Result<PaperContent> {
    if new.kind == SUMMARY_REPORT {
        return adopted::compose(office, context, new, wording).await;
    }
    let issued = Issued::of(&new.inputs)?;
    let surroundings = Surroundings::issued(office, context, (&new.unit, &new.year), issued.as_ref()).await?;
    let read = reading(&wording.fields, &new.inputs);
    let framed = surroundings.frame(wording, &new.inputs);
    let (values, frame) = match (read, framed) {
        (Ok(values), Ok(frame)) => (values, frame),
        (read, framed) => {
            let of_fields = read.err().map(|refusal| refusal.reasons).unwrap_or_default();
            let reasons = of_fields.into_iter().chain(framed.err().unwrap_or_default()).collect();
            return Err(Refusal { reasons }.into());
        }
    };
    let facts = Facts { values, surroundings: surroundings.values() };
    let body = wording.clone();
    // A template may take its time: off the threads that serve.
    let sheets = tokio::task::spawn_blocking(move || filling::fill(&body, &facts)).await.map_err(Error::inside)??;
    let content = PaperContent::assemble(wording, &frame, sheets);
    references::put_in(office, context, &new.unit, &new.year, content).await
}

/// Writes a new paper as a draft and tells its number here.
///
/// # Errors
/// As [`ready`].
pub async fn create(office: &Office, context: &Context, new: &NewPaper) -> Result<i64> {
    create_as(office, context, new, check).await
}

/// Writes what a record says as a draft with visible gaps; tells its number here.
///
/// # Errors
/// As [`compose_draft`] and [`ready`].
pub async fn create_draft(office: &Office, context: &Context, new: &NewPaper) -> Result<i64> {
    create_as(office, context, new, check_draft).await
}

async fn create_as(office: &Office, context: &Context, new: &NewPaper, reading: Reading) -> Result<i64> {
    let ready = ready_as(office, context, new, reading).await?;
    let mut transaction = office.db().begin().await?;
    let id = create_within(&mut transaction, context, &ready).await?;
    transaction.commit().await?;
    Ok(id)
}

/// A paper that is composed and waits to be written.
#[derive(Debug)]
pub struct ReadyPaper<'a> {
    new: &'a NewPaper,
    composed: Composed,
}

/// Composes a new paper, for a verb that writes it together with something of its own.
///
/// # Errors
/// As [`compose`]; refused where the summary report that it adopts is on its road already.
pub async fn ready<'a>(office: &Office, context: &Context, new: &'a NewPaper) -> Result<ReadyPaper<'a>> {
    ready_as(office, context, new, check).await
}

async fn ready_as<'a>(
    office: &Office,
    context: &Context,
    new: &'a NewPaper,
    reading: Reading,
) -> Result<ReadyPaper<'a>> {
    if new.kind == SUMMARY_REPORT {
        adopted::refuse_second(office, new).await?;
    }
    let current = wordings::current(office, &new.unit, &new.kind).await?;
    let composed = composed(office, context, new, &current, reading).await?;
    Ok(ReadyPaper { new, composed })
}

/// Writes a composed paper in the transaction of the verb that asks for it; tells its number.
///
/// # Errors
/// Where the database cannot be written.
pub async fn create_within(transaction: &mut Transaction, context: &Context, ready: &ReadyPaper<'_>) -> Result<i64> {
    let NewPaper { unit, year, kind, .. } = ready.new;
    let id = store::insert(transaction, context, (unit, year, kind), &ready.composed).await?;
    audit::write(transaction, context, "papers.create", &object(id), kind).await?;
    Ok(id)
}

/// Writes a paper anew with other inputs and the wording as it is now.
///
/// # Errors
/// As [`compose`]; refused where the paper is not with its writer, or somebody else has changed it since `revision`.
pub async fn change(office: &Office, context: &Context, id: i64, revision: i64, inputs: Inputs) -> Result<()> {
    let paper = queries::paper(office, id).await?;
    let state = PaperState::parse(&paper.state).ok_or_else(|| Error::inside(format!("state {}", paper.state)))?;
    signing::Paper { state, ..signing::Paper::default() }.rewrite()?;
    let current = wordings::current(office, &paper.unit, &paper.kind).await?;
    // A draft from a record may go on having gaps; whose paper it is does not change with its words.
    let has_gaps = !missing(&current.wording.fields, &paper.inputs).is_empty();
    let mut inputs = inputs;
    inputs.extend(paper.inputs.get(ISSUED).map(|issued| (ISSUED.to_owned(), issued.clone())));
    let new = NewPaper { unit: paper.unit, year: paper.year, kind: paper.kind, inputs };
    let composed = composed(office, context, &new, &current, if has_gaps { check_draft } else { check }).await?;
    let mut transaction = office.db().begin().await?;
    if !store::change(&mut transaction, context, id, revision, &composed).await? {
        return Err(changed_meanwhile());
    }
    audit::write(&mut transaction, context, "papers.change", &object(id), &format!("revision {}", revision + 1))
        .await?;
    transaction.commit().await?;
    Ok(())
}

/// The wording with which a paper is written today.
///
/// # Errors
/// `NotFound` for a kind that does not ship.
pub(in crate::reports) async fn wording(office: &Office, new: &NewPaper) -> Result<Wording> {
    Ok(wordings::current(office, &new.unit, &new.kind).await?.wording)
}

async fn composed(
    office: &Office,
    context: &Context,
    new: &NewPaper,
    current: &CurrentWording,
    reading: Reading,
) -> Result<Composed> {
    let content = compose_as(office, context, new, &current.wording, reading).await?;
    let subject = match content.subject() {
        "" => current.wording.label.vi.clone(),
        subject => subject.to_owned(),
    };
    let content = serde_json::to_string(&content).map_err(Error::inside)?;
    Ok(Composed {
        subject,
        wording_version: current.version,
        inputs: serde_json::to_string(&new.inputs).map_err(Error::inside)?,
        content_hash: content_hash(&content),
        content,
    })
}

/// Keeps content that was edited elsewhere as the paper's next revision; what was typed into its form stays as it was.
/// Gives the hash of the content.
///
/// # Errors
/// Refused where somebody else has changed the paper meanwhile.
pub(in crate::reports) async fn keep_edited(
    transaction: &mut Transaction,
    context: &Context,
    paper: &Paper,
    content: &PaperContent,
) -> Result<String> {
    let content = serde_json::to_string(content).map_err(Error::inside)?;
    let composed = Composed {
        subject: paper.subject.clone(),
        wording_version: paper.wording_version,
        inputs: serde_json::to_string(&paper.inputs).map_err(Error::inside)?,
        content_hash: content_hash(&content),
        content,
    };
    match store::change(transaction, context, paper.id, paper.revision, &composed).await? {
        true => Ok(composed.content_hash),
        false => Err(changed_meanwhile()),
    }
}

fn changed_meanwhile() -> Error {
    let message = "Văn bản vừa được người khác sửa. Hãy mở lại để xem bản mới rồi sửa tiếp.";
    Error::refused("changed_meanwhile", message)
}

/// SHA-256 of stored content, in hexadecimal digits.
pub fn content_hash(content: &str) -> String {
    Sha256::digest(content.as_bytes()).iter().map(|byte| format!("{byte:02x}")).collect()
}

/// What stands in the form of a new paper: the usual wordings, and the head in office as the signer.
///
/// # Errors
/// `NotFound` for a unit, a year or a kind that is not known.
pub async fn initial(office: &Office, context: &Context, unit: &str, year: &str, wording: &Wording) -> Result<Inputs> {
    let surroundings = Surroundings::of(office, context, unit, year).await?;
    let fields = wording.fields.iter().filter(|field| !field.initial.is_empty());
    let fields = fields.map(|field| (field.name.clone(), surroundings.worded(&field.initial)));
    let head = organisation::queries::head_on(office, unit, context.today()).await?;
    let signer = head.map(|head| (frame::SIGNER.to_owned(), head.name));
    Ok(fields.chain([(frame::CAPACITY.to_owned(), "head".to_owned())]).chain(signer).collect())
}

/// What stands in the form of a paper of another body: nothing that is this office's own wording, and an empty place
/// for the signer. Only what holds for whoever issues is worded for it.
///
/// # Errors
/// As [`initial`].
pub async fn initial_of_others(
    office: &Office,
    context: &Context,
    (unit, year): (&str, &str),
    wording: &Wording,
    issued: &Issued,
) -> Result<Inputs> {
    let surroundings = Surroundings::issued(office, context, (unit, year), Some(issued)).await?;
    let is_worded = |field: &&Field| WORDED_FOR_OTHERS.contains(&field.name.as_str());
    let fields = wording.fields.iter().filter(is_worded);
    let fields = fields.map(|field| (field.name.clone(), surroundings.worded(&field.initial)));
    let unsigned =
        [(frame::CAPACITY, "head"), (frame::SIGNER, GAP)].map(|(name, typed)| (name.to_owned(), typed.to_owned()));
    let mut inputs: Inputs = fields.chain(unsigned).collect();
    if wording.field(RECIPIENTS).is_some() {
        inputs.insert(RECIPIENTS.to_owned(), format!("{GAP}\nLưu: VT"));
    }
    issued.put_into(&mut inputs)?;
    Ok(inputs)
}

/// Fields whose usual words hold for whoever issues.
const WORDED_FOR_OTHERS: [&str; 2] = ["attached", "ending"];

/// The field of those to whom a paper goes.
const RECIPIENTS: &str = "recipients";

/// Invented inputs with which the preview of a template is filled in.
///
/// # Errors
/// As [`initial`].
pub async fn sample(office: &Office, context: &Context, unit: &str, year: &str, wording: &Wording) -> Result<Inputs> {
    let surroundings = Surroundings::of(office, context, unit, year).await?;
    let sample = |text: &str| surroundings.worded(text);
    Ok(wording.fields.iter().map(|field| (field.name.clone(), sample(field.shown_sample()))).collect())
}

/// A template may have lines and still write nothing.
fn says_something(content: &PaperContent) -> Result<(), Refusal> {
    let is_silent = match content {
        PaperContent::Documents(documents) => documents.iter().all(|one| one.body.is_empty() && one.annexes.is_empty()),
        PaperContent::Certificates(sheets) => sheets.is_empty(),
    };
    if is_silent { wordings::not_empty("") } else { Ok(()) }
}

/// Keeps an office's own version of a wording, over the one that ships; earlier versions stay.
///
/// # Errors
/// Refused with the fault where the body cannot be read, or does not fill in with the sample; where it is too long; where
/// it changes nothing.
pub async fn rewrite_wording(
    office: &Office,
    context: &Context,
    (unit, year, kind): (&str, &str, &str),
    body: &str,
    note: &str,
) -> Result<i64> {
    let current = wordings::editable(office, unit, kind).await?;
    let body = body.replace("\r\n", "\n");
    let length = body.chars().count();
    if length > BODY_LENGTH_MAX {
        let message = format!("Mẫu dài {length} ký tự; tối đa {BODY_LENGTH_MAX}.");
        return Err(Refusal::from(Reason::new("template_too_long", message).at("body")).into());
    }
    if body.trim() == current.wording.body.trim() {
        return Err(Refusal::from(Reason::new("template_unchanged", "Mẫu chưa có gì thay đổi.").at("body")).into());
    }
    wordings::not_empty(&body)?;
    filling::check(&body)?;
    let wording = Wording { body, ..current.wording };
    let inputs = sample(office, context, unit, year, &wording).await?;
    let new = NewPaper { unit: unit.to_owned(), year: year.to_owned(), kind: kind.to_owned(), inputs };
    says_something(&compose(office, context, &new, &wording).await?)?;
    let version = current.version + 1;
    let mut transaction = office.db().begin().await?;
    if !store::insert_wording(&mut transaction, context, (unit, kind, version), &wording.body, note.trim()).await? {
        return Err(Error::refused("changed_meanwhile", "Mẫu vừa được người khác sửa. Hãy mở lại rồi sửa tiếp."));
    }
    let detail = format!("version {version}");
    audit::write(&mut transaction, context, "papers.rewrite_wording", &format!("{unit}/{kind}"), &detail).await?;
    transaction.commit().await?;
    Ok(version)
}

/// Writes a paper into a folder, in every form asked for in which it comes.
///
/// # Errors
/// Where the folder cannot be written; `format_not_available` where the paper comes in none of the forms.
pub async fn save(office: &Office, context: &Context, id: i64, bundles: &[Bundle], folder: &Path) -> Result<Saved> {
    let paper = Arc::new(queries::paper(office, id).await?);
    let is_certificate = matches!(paper.content, PaperContent::Certificates(_));
    let fitting: Vec<Bundle> =
        bundles.iter().copied().filter(|bundle| !is_certificate || *bundle == Bundle::Pdf).collect();
    if fitting.is_empty() && !bundles.is_empty() {
        let asked: Vec<&str> = bundles.iter().map(|bundle| bundle.extension()).collect();
        let message = format!("Phôi in chỉ có dạng pdf, không có dạng {}. Hãy chọn pdf.", asked.join(", "));
        return Err(Error::refused("format_not_available", message));
    }
    let mut saved = Saved {
        number: paper.content.documents().first().and_then(|document| document.number),
        files: Vec::new(),
        page_count: None,
        figure_count: paper.content.figures().count(),
        boxed_letters: draw::boxed_letters(&paper.content),
    };
    std::fs::create_dir_all(folder)?;
    for bundle in fitting {
        let written = draw::write(Arc::clone(&paper), bundle, context).await?;
        let path = folder.join(file_name(&paper, bundle));
        std::fs::write(&path, written.bytes)?;
        saved.files.push(path);
        saved.page_count = saved.page_count.or(written.page_count);
    }
    Ok(saved)
}

/// The kind of conference papers, by its name in addresses.
pub const CONFERENCE_PAPER: &str = "tham-luan";

/// The conference papers of a unit's year bound as one PDF with a contents, in the order in which they were written.
///
/// # Errors
/// Refused where there is none; `NotFound` for a unit or a year that is not known.
pub async fn volume(office: &Office, context: &Context, unit: &str, year: &str) -> Result<Written> {
    let surroundings = Surroundings::of(office, context, unit, year).await?;
    let mut ids: Vec<i64> = queries::list(office, unit, year)
        .await?
        .iter()
        .filter(|line| line.kind == CONFERENCE_PAPER)
        .map(|line| line.id)
        .collect();
    ids.sort_unstable();
    let mut papers = Vec::new();
    for id in ids {
        papers.extend_from_slice(queries::paper(office, id).await?.content.documents());
    }
    if papers.is_empty() {
        let message = format!("Năm học {year} chưa có tham luận nào để đóng tập. Hãy soạn tham luận trước.");
        return Err(Error::refused("no_papers", message));
    }
    let occasion = surroundings.worded(OCCASION);
    let made_at = clock::in_vietnam(context.now);
    let write = move || documents::pdf::write_volume(&occasion, &papers, made_at);
    let pdf = tokio::task::spawn_blocking(write).await.map_err(Error::inside)?.map_err(Error::inside)?;
    Ok(Written { bytes: pdf.bytes, page_count: Some(pdf.pages) })
}

/// The meeting at which conference papers are read.
const OCCASION: &str = "Hội nghị tổng kết năm học {year} và triển khai nhiệm vụ năm học {next_year}";

/// The name of a paper's file.
pub fn file_name(paper: &Paper, bundle: Bundle) -> String {
    format!("{}-{}-{}-{}.{}", paper.kind, paper.year, paper.unit, paper.id, bundle.extension())
}

fn object(id: i64) -> String {
    format!("paper/{id}")
}
