//! The verbs of the road.

use domain::{
    Reason, Refusal,
    guidance::DocumentType,
    reports::{
        Document,
        signing::{self, BlockComment, BlockPlace, PaperState},
    },
    vietnamese::short_date,
};
use jiff::{Timestamp, civil::Date};

use super::{
    bearing, freeze,
    outline::outline,
    queries::{self, road},
    stale,
    store::{self, NewComment, Step},
};
use crate::{
    audit,
    guidance::{self, numbers},
    office::Office,
    platform::{Context, Error, Result, Transaction, clock, db},
    reports::papers::{
        boxed_letters,
        queries::{self as papers, Paper},
    },
};

/// The name of the setting that holds the address at which the public reaches this office.
pub const PUBLIC_ADDRESS: &str = "public_address";

/// How many characters of a block a comment quotes.
const QUOTE_LENGTH: usize = 120;

/// The circumstances of a signature.
#[derive(Clone, Debug)]
pub struct SigningTerms {
    /// The day of signing.
    pub signed_on: Date,
    /// The number that the office's records system gave; none to take the next one of the book.
    pub outside_number: Option<String>,
    /// Why the paper is signed in spite of the warnings; may be empty where there is none.
    pub in_spite_of_warnings: String,
    /// Why the day is before that of the draft or of the book's last number, or numbers of the book are left out; stands in
    /// the book. Empty where all is in order.
    pub out_of_order: String,
}

/// Keeps the address at which the public reaches this office; QR codes on papers lead there.
///
/// # Errors
/// Refused where it is no address of the web.
pub async fn set_public_address(office: &Office, context: &Context, address: &str) -> Result<()> {
    let address = address.trim().trim_end_matches('/');
    let is_web = ["https://", "http://"].iter().any(|scheme| {
        address.strip_prefix(scheme).is_some_and(|host| !host.is_empty() && !host.contains(char::is_whitespace))
    });
    if !is_web {
        let message = format!("«{address}» không phải địa chỉ web. Hãy ghi đủ, ví dụ https://gd.phuong.example.");
        return Err(Refusal::from(Reason::new("not_an_address", message).at("--public-address")).into());
    }
    if db::setting(office.db(), PUBLIC_ADDRESS).await?.as_deref() == Some(address) {
        return Ok(());
    }
    let mut transaction = office.db().begin().await?;
    db::set_setting(&mut transaction, PUBLIC_ADDRESS, address).await?;
    audit::write(&mut transaction, context, "papers.set_public_address", address, "").await?;
    Ok(transaction.commit().await?)
}

/// Hands a paper to the leader.
///
/// # Errors
/// Refused with every gap of the content, open comments, or a state that does not allow it; `not_ours` for another body's.
pub async fn present(office: &Office, context: &Context, id: i64) -> Result<()> {
    let paper = papers::paper(office, id).await?;
    let mut faults = over_all(&paper, signing::faults_at_review);
    faults.extend(bearing::not_ours(&paper)?);
    let next = road(office, &paper).await?.send_to_review(faults)?;
    step(office, context, &paper, next.state, "present", "").await
}

/// Keeps a comment on a paper that lies with the leader; it returns with the paper.
///
/// # Errors
/// Refused where the paper is not with the leader, the place is none, or nothing is said.
pub async fn comment(office: &Office, context: &Context, id: i64, comment: &BlockComment) -> Result<()> {
    let paper = papers::paper(office, id).await?;
    // What may be returned may be commented on.
    road(office, &paper).await?.return_with(std::slice::from_ref(comment))?;
    let quoted = comment.place.map(|place| quote(&paper, place)).transpose()?.unwrap_or_default();
    let (body, block) = comment.place.map_or((0, -1), |place| (i64::from(place.body), i64::from(place.block)));
    let new = NewComment { body, block, quoted: &quoted, words: comment.text.trim() };
    let mut transaction = office.db().begin().await?;
    store::comment(&mut transaction, context, id, &new).await?;
    audit::write(&mut transaction, context, "papers.comment", &object(id), &format!("{body}/{block}")).await?;
    Ok(transaction.commit().await?)
}

/// Gives a paper back to its writer with the comments that were made, and a word on the whole.
///
/// # Errors
/// Refused where the paper is not with the leader, or nothing says why.
pub async fn give_back(office: &Office, context: &Context, id: i64, word: &str) -> Result<()> {
    let paper = papers::paper(office, id).await?;
    let on_the_whole = BlockComment { place: None, text: word.trim().to_owned() };
    let next = road(office, &paper).await?.return_with(std::slice::from_ref(&on_the_whole))?;
    let mut transaction = office.db().begin().await?;
    if !on_the_whole.text.is_empty() {
        let new = NewComment { body: 0, block: -1, quoted: "", words: &on_the_whole.text };
        store::comment(&mut transaction, context, id, &new).await?;
    }
    take(&mut transaction, context, &paper, next.state, "give_back", word.trim()).await?;
    Ok(transaction.commit().await?)
}

/// Marks a comment as settled by the writer.
///
/// # Errors
/// Refused where the paper is not with its writer; `NotFound` where no open comment has this number.
pub async fn settle(office: &Office, context: &Context, id: i64, number: i64) -> Result<()> {
    let paper = papers::paper(office, id).await?;
    road(office, &paper).await?.rewrite()?;
    let mut transaction = office.db().begin().await?;
    if !store::settle(&mut transaction, context, id, number).await? {
        return Err(Error::NotFound(format!("ý kiến {number} chưa xử lý")));
    }
    audit::write(&mut transaction, context, "papers.settle", &object(id), &number.to_string()).await?;
    Ok(transaction.commit().await?)
}

/// Accepts a paper as it stands.
///
/// # Errors
/// Refused where it is not in review.
pub async fn approve(office: &Office, context: &Context, id: i64) -> Result<()> {
    let paper = papers::paper(office, id).await?;
    let next = road(office, &paper).await?.approve(&paper.content_hash)?;
    step(office, context, &paper, next.state, "approve", "").await
}

/// Signs an approved paper: takes its number, freezes it, enters it in the register.
///
/// # Errors
/// Refused with every gap; where it is not approved or not as approved; where warnings stand and no reason is given; where
/// the number cannot be given, or is not the one that the paper bears; `not_ours` for another body's paper.
pub async fn sign(office: &Office, context: &Context, id: i64, terms: &SigningTerms) -> Result<String> {
    let paper = papers::paper(office, id).await?;
    let first = paper.content.documents().first().ok_or_else(|| {
        Error::refused("no_number", "Phôi in không có số riêng: số và ngày ghi theo quyết định. Hãy ký quyết định đó.")
    })?;
    let mut faults =
        over_all(&paper, |document| signing::faults_at_signing(document, terms.signed_on, context.today()));
    let warnings = warnings(office, context, &paper, terms.signed_on).await?;
    let reason = terms.in_spite_of_warnings.trim();
    if !warnings.is_empty() && reason.is_empty() {
        let message = format!("Còn {} cảnh báo. Hãy sửa, hoặc ghi lý do vẫn ký.", warnings.len());
        faults.push(Reason::new("warnings_unanswered", message).at("reason"));
    }
    faults.extend(signed_before_drafted(&paper, terms)?);
    faults.extend(bearing::not_ours(&paper)?);
    faults.extend(bearing::numbered_already(first, terms));
    let next = road(office, &paper).await?.sign(&paper.content_hash, faults)?;
    let behind = freeze::behind(office, &paper, terms.signed_on).await?;
    let address = db::setting(office.db(), PUBLIC_ADDRESS).await?;
    let object = object(id);
    let request = request(&paper, first, terms, &object);

    let mut transaction = office.db().begin().await?;
    let number = bearing::take_number(&mut transaction, context, (first, terms), &request).await?;
    is_of_kind(&number, &request)?;
    let frozen = freeze::freeze(&paper, behind, &number, terms.signed_on, address.as_deref())?;
    take(&mut transaction, context, &paper, next.state, "sign", reason).await?;
    let slug = guidance::operations::record_issued(&mut transaction, context, &issued(&paper, first, &frozen)).await?;
    store::freeze(&mut transaction, context, &frozen, &slug).await?;
    store::put_content(&mut transaction, id, &frozen).await?;
    transaction.commit().await?;
    Ok(frozen.printed_number)
}

/// Takes a signed paper back; it stays readable, its number is cancelled in the book with the reason and never given again,
/// and the register says that it is no longer in force.
///
/// # Errors
/// Refused where it is not signed, or no reason is given.
pub async fn withdraw(office: &Office, context: &Context, id: i64, reason: &str) -> Result<()> {
    let paper = papers::paper(office, id).await?;
    let next = road(office, &paper).await?.withdraw(reason)?;
    let slug = queries::frozen(office, id).await?.register_slug;
    let (reason, object) = (reason.trim(), object(id));
    let mut transaction = office.db().begin().await?;
    take(&mut transaction, context, &paper, next.state, "withdraw", reason).await?;
    store::withdraw(&mut transaction, context, id, reason).await?;
    numbers::cancel_of(&mut transaction, context, [&paper.unit, &object], reason).await?;
    if !slug.is_empty() {
        guidance::operations::record_withdrawn(&mut transaction, context, &slug, reason).await?;
    }
    Ok(transaction.commit().await?)
}

/// What a signer should know before signing on a day: numbers that changed since the paper was written, bases that have
/// lapsed or cannot be checked, letters that the typeface lacks, no public address.
///
/// # Errors
/// Where the figures or the register cannot be read.
pub async fn warnings(office: &Office, context: &Context, paper: &Paper, signed_on: Date) -> Result<Vec<Reason>> {
    let mut found: Vec<Reason> = stale::changed_figures(office, context, paper).await?.into_iter().collect();
    if let Some(document) = paper.content.documents().first() {
        let bases = guidance::operations::check_bases(office, &document.legal_bases, signed_on).await?;
        found.extend(bases.into_iter().map(|warning| Reason::new(warning.code, warning.message).at("Căn cứ")));
    }
    found.extend(boxed_letters(&paper.content).into_iter().map(|line| {
        let message = format!("bản PDF sẽ in ô vuông □ thay cho {}, vì phông chữ không có.", line.letters.join(", "));
        Reason::new("boxed_letters", message).at(line.at)
    }));
    if db::setting(office.db(), PUBLIC_ADDRESS).await?.is_none() {
        let message = "Chưa khai báo địa chỉ công khai của hệ thống nên văn bản in ra không có mã QR để kiểm tra. \
                       Khai báo bằng lệnh: tongket serve --public-address https://…";
        found.push(Reason::new("no_public_address", message));
    }
    Ok(found)
}

/// A paper is not signed before it was written, unless it is said why.
fn signed_before_drafted(paper: &Paper, terms: &SigningTerms) -> Result<Option<Reason>> {
    let made_at: Timestamp = paper.created_at.parse().map_err(Error::inside)?;
    let drafted_on = clock::in_vietnam(made_at).date();
    if terms.signed_on >= drafted_on || !terms.out_of_order.trim().is_empty() {
        return Ok(None);
    }
    let message = format!(
        "Ngày ký {} đứng trước ngày soạn văn bản {}. Hãy kiểm tra ngày ký, hoặc ghi lý do ghi ngày lùi; lý do nằm lại trong sổ.",
        short_date(terms.signed_on),
        short_date(drafted_on)
    );
    Ok(Some(Reason::new("signed_before_drafted", message).at("out_of_order")))
}

fn request<'a>(
    paper: &'a Paper,
    document: &'a Document,
    terms: &'a SigningTerms,
    object: &'a str,
) -> numbers::Request<'a> {
    let abbreviation = document.kind.abbreviation();
    let body = abbreviation.and_then(|kind| document.code.strip_prefix(kind)).unwrap_or(&document.code);
    numbers::Request {
        unit_code: &paper.unit,
        council: "",
        document_type: abbreviation.and_then(DocumentType::of_abbreviation),
        is_normative: false,
        body: body.trim_start_matches('-'),
        signed_on: terms.signed_on,
        subject: &paper.subject,
        signer: &document.signature.name,
        document: object,
        out_of_order: &terms.out_of_order,
    }
}

/// A number from outside names its kind; it must be the paper's.
fn is_of_kind(number: &numbers::Number, request: &numbers::Request<'_>) -> Result<(), Refusal> {
    if number.value.document_type() == request.document_type {
        return Ok(());
    }
    let message = format!("Số {} không phải số của loại văn bản này. Hãy kiểm tra lại số đã cấp.", number.value);
    Err(Reason::new("kind_differs", message).at("outside_number").into())
}

fn issued<'a>(
    paper: &'a Paper,
    document: &'a Document,
    frozen: &'a freeze::Frozen,
) -> guidance::operations::Issued<'a> {
    guidance::operations::Issued {
        unit_code: &paper.unit,
        number: &frozen.printed_number,
        document_type: document.kind.abbreviation().and_then(DocumentType::of_abbreviation),
        issuer: &document.issuer.name,
        issued_on: frozen.signed_on,
        subject: &paper.subject,
        signer: &frozen.signer,
        bases: &document.legal_bases,
    }
}

/// The faults of all documents of a paper, each said once.
fn over_all(paper: &Paper, faults: impl Fn(&Document) -> Vec<Reason>) -> Vec<Reason> {
    let mut found: Vec<Reason> = Vec::new();
    for fault in paper.content.documents().iter().flat_map(faults) {
        if !found.contains(&fault) {
            found.push(fault);
        }
    }
    found
}

/// The first words of a block, as a comment quotes them.
fn quote(paper: &Paper, place: BlockPlace) -> Result<String, Refusal> {
    let outline = outline(paper);
    let found = outline.into_iter().find(|line| line.place == place);
    let nowhere = || Refusal::one("no_such_block", "Đoạn được chọn không còn trong văn bản. Hãy mở lại rồi chọn lại.");
    Ok(found.ok_or_else(nowhere)?.words.chars().take(QUOTE_LENGTH).collect())
}

async fn step(
    office: &Office,
    context: &Context,
    paper: &Paper,
    to: PaperState,
    verb: &'static str,
    reason: &str,
) -> Result<()> {
    let mut transaction = office.db().begin().await?;
    take(&mut transaction, context, paper, to, verb, reason).await?;
    Ok(transaction.commit().await?)
}

async fn take(
    transaction: &mut Transaction,
    context: &Context,
    paper: &Paper,
    to: PaperState,
    verb: &'static str,
    reason: &str,
) -> Result<()> {
    let from = queries::state(paper)?;
    let content_hash = &paper.content_hash;
    store::take(transaction, context, &Step { paper: paper.id, from, to, verb, content_hash, reason }).await?;
    audit::write(transaction, context, &format!("papers.{verb}"), &object(paper.id), content_hash).await
}

fn object(id: i64) -> String {
    format!("paper/{id}")
}
