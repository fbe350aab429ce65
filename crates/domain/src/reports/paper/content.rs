//! What a template has said, inside the frame of the office: a document or a sheet with placed words.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::wording::Wording;
use crate::reports::certificate::Certificate;
use crate::reports::document::{Document, Issuer, Signature};
use crate::reports::figure::FigureReference;
use crate::reports::marks::Marks;
use crate::reports::markup::Sheet;

/// What every paper of an office shares, whatever its template says.
#[derive(Clone, Debug, PartialEq)]
pub struct PaperFrame {
    /// Who issues.
    pub issuer: Issuer,
    /// The body in codes: `UBND`.
    pub abbreviation: String,
    /// The unit that drafts, in codes: `VHXH`.
    pub drafter: String,
    /// Place name before the date.
    pub place: String,
    /// Who signs, unless the template says it.
    pub signature: Signature,
    /// The number and the day that it bears already, where it is a paper of the past written down again.
    pub numbered: Option<Numbered>,
    /// Urgency and circulation.
    pub marks: Marks,
    /// Notices at the foot of every page.
    pub notices: Vec<String>,
}

/// What a paper of the past is known by.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Numbered {
    /// Its running number and the code after it (`136`, `KH-UBND`).
    pub number: Option<(u32, String)>,
    /// The day of issue.
    pub date: Option<Date>,
}

/// The content of a paper: what is frozen at signing and drawn in every format.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PaperContent {
    /// One document, or one for each guest.
    Documents(Vec<Document>),
    /// Sheets of words for preprinted paper.
    Certificates(Vec<Certificate>),
}

impl PaperContent {
    /// Puts what a template has said, once or for each row, into the office's frame.
    pub fn assemble(wording: &Wording, frame: &PaperFrame, sheets: Vec<Sheet>) -> Self {
        match wording.document {
            Some(kind) => {
                let document = |sheet| document(Document::draft(kind), frame, sheet);
                Self::Documents(sheets.into_iter().map(document).collect())
            }
            None => Self::Certificates(sheets.into_iter().filter_map(|sheet| sheet.certificate).collect()),
        }
    }

    /// The subject under which the paper stands in lists.
    pub fn subject(&self) -> &str {
        match self {
            Self::Documents(documents) => documents.first().map_or("", |document| &document.subject),
            Self::Certificates(_) => "",
        }
    }

    /// The documents; none for sheets.
    pub fn documents(&self) -> &[Document] {
        match self {
            Self::Documents(documents) => documents,
            Self::Certificates(_) => &[],
        }
    }

    /// All numbers that are tied to figures.
    pub fn figures(&self) -> impl Iterator<Item = &FigureReference> {
        self.documents().iter().flat_map(Document::figures)
    }
}

fn document(draft: Document, frame: &PaperFrame, sheet: Sheet) -> Document {
    let code = match draft.kind.abbreviation() {
        Some(abbreviation) => format!("{abbreviation}-{}", frame.abbreviation),
        None => format!("{}-{}", frame.abbreviation, frame.drafter),
    };
    let numbered = frame.numbered.clone().unwrap_or_default();
    let (number, code) = match numbered.number {
        Some((number, code)) => (Some(number), code),
        None => (None, code.trim_end_matches('-').to_owned()),
    };
    Document {
        issuer: frame.issuer.clone(),
        number,
        code,
        date: numbered.date,
        place: frame.place.clone(),
        subject: sheet.subject,
        addressees: sheet.addressees,
        authority: sheet.authority,
        legal_bases: sheet.legal_bases,
        body: sheet.body,
        signature: sheet.signature.unwrap_or_else(|| frame.signature.clone()),
        secretary: sheet.secretary,
        recipients: sheet.recipients,
        annexes: sheet.annexes,
        attached_to: sheet.attached_to,
        marks: frame.marks,
        notices: frame.notices.clone(),
        ..draft
    }
}
