//! What the road of papers reads: steps taken, comments, what was frozen, files that came back, what the public may see.

use documents::signature::SignatureReport;
use domain::{
    Refusal,
    reports::{
        paper::PaperContent,
        signing::{Paper as Road, PaperState},
    },
};
use serde::Serialize;
use sqlx::FromRow;

use crate::{
    office::Office,
    platform::{Error, Result},
    reports::papers::queries::Paper,
};

const STEPS: &str =
    "select number, step, reason, taken_at, taken_by from paper_step where paper_id = $1 order by number";

const APPROVED_HASH: &str = "select content_hash from paper_step where paper_id = $1 and step = 'approve' \
     order by number desc limit 1";

const COMMENTS: &str = "select number, body, block, quoted, words, made_at, made_by, settled_at, settled_by \
     from paper_comment where paper_id = $1 order by number";

const FROZEN: &str = "select check_code, printed_number, book, signed_on, signer, content, content_hash, figures, sources, \
     rules, frozen_at, frozen_by, withdrawn_at, withdraw_reason, register_slug from paper_frozen where paper_id = $1";

const CARD: &str = "select p.kind, p.subject, p.unit_code, f.check_code, f.printed_number, f.signed_on, f.signer, \
     f.content_hash, f.withdrawn_at, f.withdraw_reason \
     from paper_frozen f join paper p on p.id = f.paper_id where f.check_code = $1";

const SIGNED_FILES: &str = "select sha256, name, byte_count, findings, attached_at, attached_by \
     from paper_signed_file where paper_id = $1 order by attached_at, sha256";

const SIGNED_FILES_OF_CARD: &str = "select s.sha256, s.name, s.byte_count, s.findings, s.attached_at, s.attached_by \
     from paper_signed_file s join paper_frozen f on f.paper_id = s.paper_id where f.check_code = $1 \
     order by s.attached_at, s.sha256";

const WORD_FILES: &str = "select sha256, name, byte_count, compared_revision, became_revision, received_at, received_by \
     from paper_word_file where paper_id = $1 order by received_at, sha256";

/// A step that was taken.
#[derive(Clone, Debug, FromRow, Serialize)]
pub struct StepLine {
    /// Number, from 1.
    pub number: i64,
    /// `present`, `give_back`, `approve`, `sign`, `withdraw`.
    pub step: String,
    /// Why, where it was said.
    pub reason: String,
    /// When.
    pub taken_at: String,
    /// By whom.
    pub taken_by: String,
}

/// What a reviewer said.
#[derive(Clone, Debug, FromRow, Serialize)]
pub struct CommentLine {
    /// Number, from 1.
    pub number: i64,
    /// 0 for the paper's own text, n for its n-th annex.
    pub body: i64,
    /// The block in that body, from 0; -1 for the whole paper.
    pub block: i64,
    /// The block's first words as they stood.
    pub quoted: String,
    /// What was said.
    pub words: String,
    /// When.
    pub made_at: String,
    /// By whom.
    pub made_by: String,
    /// When it was settled; empty while it is open.
    pub settled_at: String,
    /// By whom.
    pub settled_by: String,
}

/// A frozen paper.
#[derive(Clone, Debug, FromRow)]
pub struct FrozenRow {
    /// The code under which the public finds it.
    pub check_code: String,
    /// Number and code as printed.
    pub printed_number: String,
    /// The book in which the number stands.
    pub book: String,
    /// The day of signing.
    pub signed_on: String,
    /// Who signed.
    pub signer: String,
    /// The content as signed, as JSON.
    pub content: String,
    /// Its SHA-256 in hexadecimal digits.
    pub content_hash: String,
    /// The figures that it states, as JSON.
    pub figures: String,
    /// The revisions behind them, as JSON.
    pub sources: String,
    /// The rules by which it was made, as JSON.
    pub rules: String,
    /// When it was frozen.
    pub frozen_at: String,
    /// By whom.
    pub frozen_by: String,
    /// When it was withdrawn; empty while it stands.
    pub withdrawn_at: String,
    /// Why.
    pub withdraw_reason: String,
    /// Its key in the register of documents; empty where it is not there.
    pub register_slug: String,
}

impl FrozenRow {
    /// The content as signed.
    ///
    /// # Errors
    /// Where the stored content cannot be read.
    pub fn read_content(&self) -> Result<PaperContent> {
        serde_json::from_str(&self.content).map_err(Error::inside)
    }
}

/// A signed file that came back.
#[derive(Clone, Debug, FromRow)]
pub struct SignedFile {
    /// SHA-256 of the file, in hexadecimal digits.
    pub sha256: String,
    /// The name under which it came.
    pub name: String,
    /// Its length.
    pub byte_count: i64,
    /// What was found of its signatures, as JSON.
    pub findings: String,
    /// When it came.
    pub attached_at: String,
    /// Who brought it.
    pub attached_by: String,
}

impl SignedFile {
    /// Whether it may be shown to anyone as the original: somebody's signature is on it, and every signature is intact and
    /// by a certificate that the office trusts and that was in force.
    ///
    /// # Errors
    /// Where the stored findings cannot be read.
    pub fn is_accepted(&self) -> Result<bool> {
        let reports = self.reports()?;
        let by_somebody = reports.iter().any(|report| !report.is_timestamp);
        Ok(by_somebody && reports.iter().all(|report| report.intact && report.trusted))
    }

    /// What was found of its signatures when it came.
    ///
    /// # Errors
    /// Where the stored findings cannot be read.
    pub fn reports(&self) -> Result<Vec<SignatureReport>> {
        serde_json::from_str(&self.findings).map_err(Error::inside)
    }
}

/// An edited Word file that came back.
#[derive(Clone, Debug, FromRow, Serialize)]
pub struct WordFile {
    /// SHA-256 of the file, in hexadecimal digits.
    pub sha256: String,
    /// The name under which it came.
    pub name: String,
    /// Its length.
    pub byte_count: i64,
    /// The revision of the paper with which it was compared.
    pub compared_revision: i64,
    /// The revision that it became; 0 while its words are not taken over.
    pub became_revision: i64,
    /// When it came.
    pub received_at: String,
    /// Who brought it.
    pub received_by: String,
}

/// What anyone may know of a signed paper.
#[derive(Clone, Debug, FromRow, Serialize)]
pub struct PublicCard {
    /// Kind, by its name in addresses.
    pub kind: String,
    /// Trích yếu.
    pub subject: String,
    /// Who issued it, by code.
    pub unit_code: String,
    /// The code under which it is found.
    pub check_code: String,
    /// Number and code as printed.
    pub printed_number: String,
    /// The day of signing.
    pub signed_on: String,
    /// Who signed.
    pub signer: String,
    /// SHA-256 of the content as signed.
    pub content_hash: String,
    /// When it was withdrawn; empty while it stands.
    pub withdrawn_at: String,
    /// Why.
    pub withdraw_reason: String,
}

/// The steps of a paper, the first first.
///
/// # Errors
/// Where the database cannot be read.
pub async fn steps(office: &Office, paper: i64) -> Result<Vec<StepLine>> {
    Ok(sqlx::query_as(STEPS).bind(paper).fetch_all(office.db().pool()).await?)
}

/// What reviewers said of a paper, in the order in which they said it.
///
/// # Errors
/// Where the database cannot be read.
pub async fn comments(office: &Office, paper: i64) -> Result<Vec<CommentLine>> {
    Ok(sqlx::query_as(COMMENTS).bind(paper).fetch_all(office.db().pool()).await?)
}

/// The paper as far as its road is concerned.
///
/// # Errors
/// Where the database cannot be read.
pub async fn road(office: &Office, paper: &Paper) -> Result<Road> {
    let state = state(paper)?;
    let open = comments(office, paper.id).await?.iter().filter(|comment| comment.settled_at.is_empty()).count();
    let approved_hash = match state {
        PaperState::Approved | PaperState::Signed | PaperState::Withdrawn => {
            let row: Option<(String,)> =
                sqlx::query_as(APPROVED_HASH).bind(paper.id).fetch_optional(office.db().pool()).await?;
            row.map(|(hash,)| hash).unwrap_or_default()
        }
        _ => String::new(),
    };
    Ok(Road { state, approved_hash, open_comment_count: u32::try_from(open).unwrap_or(u32::MAX) })
}

/// The state of a paper.
///
/// # Errors
/// Where the stored word is none.
pub fn state(paper: &Paper) -> Result<PaperState> {
    PaperState::parse(&paper.state).ok_or_else(|| Error::inside(format!("paper {} in state {}", paper.id, paper.state)))
}

/// What was frozen of a paper.
///
/// # Errors
/// Refused where it is not signed.
pub async fn frozen(office: &Office, paper: i64) -> Result<FrozenRow> {
    let row = sqlx::query_as(FROZEN).bind(paper).fetch_optional(office.db().pool()).await?;
    row.ok_or_else(|| Refusal::one("not_signed", "Văn bản chưa được ký nên chưa có bản chốt.").into())
}

/// What anyone may know of the paper with this code.
///
/// # Errors
/// `NotFound` where no signed paper has it.
pub async fn card(office: &Office, check_code: &str) -> Result<PublicCard> {
    let row = sqlx::query_as(CARD).bind(check_code.to_owned()).fetch_optional(office.db().pool()).await?;
    row.ok_or_else(|| Error::NotFound("văn bản có mã kiểm tra này".to_owned()))
}

/// The signed files of a paper, in the order in which they came.
///
/// # Errors
/// Where the database cannot be read.
pub async fn signed_files(office: &Office, paper: i64) -> Result<Vec<SignedFile>> {
    Ok(sqlx::query_as(SIGNED_FILES).bind(paper).fetch_all(office.db().pool()).await?)
}

/// The signed files of the paper with this code.
///
/// # Errors
/// Where the database cannot be read.
pub async fn signed_files_of_card(office: &Office, check_code: &str) -> Result<Vec<SignedFile>> {
    let question = sqlx::query_as(SIGNED_FILES_OF_CARD).bind(check_code.to_owned());
    Ok(question.fetch_all(office.db().pool()).await?)
}

/// The edited Word files of a paper, in the order in which they came.
///
/// # Errors
/// Where the database cannot be read.
pub async fn word_files(office: &Office, paper: i64) -> Result<Vec<WordFile>> {
    Ok(sqlx::query_as(WORD_FILES).bind(paper).fetch_all(office.db().pool()).await?)
}
