//! What stands before and after the text, worded and in order: the one source from which every output prints its head,
//! title, legal bases, signatures and recipients (Decree 30/2020/NĐ-CP, annex I, II and annex III, models 1.2 to 2.1).

use serde::Serialize;

use super::document::{Annex, AnnexForm, Document, MOTTO, NATIONAL_NAME, Signature};
use super::kind::{DocumentKind, Form};
use super::marks::Mark;

/// What a Party document prints in place of the national name (its own layout rules; default).
pub const PARTY_NAME: &str = "ĐẢNG CỘNG SẢN VIỆT NAM";

/// Cells 1 to 4, 5b, 10b and 11.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Head {
    /// Cơ quan chủ quản, in capitals.
    pub superior: Option<String>,
    /// Cơ quan ban hành, in capitals.
    pub issuer: String,
    /// Quốc hiệu, or the Party's name.
    pub national_name: &'static str,
    /// Tiêu ngữ; a Party document has none.
    pub motto: Option<&'static str>,
    /// `Số: 05/BC-UBND`; what is promulgated with a decision has none.
    pub number: Option<String>,
    /// `V/v …`: only a letter.
    pub letter_subject: Option<String>,
    /// Urgency and circulation, in their frames.
    pub marks: Vec<Mark>,
    /// `Long Biên, ngày …`; minutes have none.
    pub place_and_date: Option<String>,
}

/// Everything before the text.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Opening {
    /// Head; annexes in a file of their own and internal texts have none.
    pub head: Option<Head>,
    /// `Phụ lục`: only an annex in a file of its own.
    pub label: Option<String>,
    /// Tên loại, in capitals; a letter has none.
    pub type_name: Option<String>,
    /// Trích yếu, or the title of an annex or an internal text; a letter says it in its head.
    pub subject: Option<String>,
    /// `(Kèm theo …)`: only an annex in a file of its own.
    pub reference: Option<String>,
    /// Kính gửi.
    pub addressees: Vec<String>,
    /// Who decides, in capitals: only a decision.
    pub authority: Option<String>,
    /// Căn cứ, one per line.
    pub legal_bases: Vec<String>,
    /// `QUYẾT ĐỊNH:`: only a decision.
    pub enacting: Option<&'static str>,
}

/// The lines of one signature: capacity in capitals, then the name.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct SignatureLines {
    /// Cell 7a.
    pub capacity: Vec<String>,
    /// Cell 7b; empty while it is not known.
    pub name: String,
}

/// Everything after the text.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Closing {
    /// The secretary of a meeting, who signs at the left of the chair; the recipients then stand below both.
    pub secretary: Option<SignatureLines>,
    /// Who signs.
    pub signature: SignatureLines,
    /// `Nơi nhận:`
    pub recipients_label: &'static str,
    /// `- Như trên;` … `- Lưu: VT, VHXH.`
    pub recipients: Vec<String>,
}

/// What stands before the text of an annex in the document's own file.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct AnnexOpening {
    /// Head of what is promulgated: without number and date (model 1.3).
    pub head: Option<Head>,
    /// `Phụ lục I`, or the type name in capitals.
    pub label: String,
    /// Title; of an annex in capitals.
    pub title: String,
    /// `(Kèm theo …)`
    pub reference: String,
}

impl Document {
    /// What stands before the text.
    pub fn opening(&self) -> Opening {
        let form = self.kind.form();
        let is_letter = form == Form::Letter;
        let is_annex = form == Form::Annex;
        let is_decision = form == Form::Decision;
        Opening {
            head: form.has_head().then(|| self.head()),
            label: is_annex.then(|| "Phụ lục".to_owned()),
            type_name: self.kind.title(),
            subject: (!is_letter).then(|| if is_annex { self.subject.to_uppercase() } else { self.subject.clone() }),
            reference: self.attached_to.as_ref().filter(|_| is_annex).map(|parent| format!("(Kèm theo {parent})")),
            addressees: self.addressee_lines(),
            authority: self.authority.as_ref().filter(|_| is_decision).map(|line| line.to_uppercase()),
            legal_bases: self.legal_basis_lines(),
            enacting: is_decision.then_some("QUYẾT ĐỊNH:"),
        }
    }

    /// What stands after the text; annexes and internal texts are not signed.
    pub fn closing(&self) -> Option<Closing> {
        self.kind.form().has_head().then(|| Closing {
            secretary: self.secretary.as_ref().map(SignatureLines::of),
            signature: SignatureLines::of(&self.signature),
            recipients_label: "Nơi nhận:",
            recipients: self.recipient_lines(),
        })
    }

    /// What stands before an annex, counted from 0.
    pub fn annex_opening(&self, at: usize) -> Option<AnnexOpening> {
        let annex = self.annexes.get(at)?;
        let reference = self.annex_reference();
        Some(match &annex.form {
            AnnexForm::Annex => {
                AnnexOpening { head: None, label: self.annex_label(at), title: annex.title.to_uppercase(), reference }
            }
            AnnexForm::Promulgated { type_name } => AnnexOpening {
                head: Some(self.bare_head()),
                label: type_name.to_uppercase(),
                title: annex.title.clone(),
                reference,
            },
        })
    }

    fn head(&self) -> Head {
        let letter_subject = (self.kind == DocumentKind::Letter).then(|| format!("V/v {}", without_v_v(&self.subject)));
        Head {
            number: Some(self.number_line()),
            letter_subject,
            marks: self.marks.printed(),
            place_and_date: (self.kind.form() != Form::Minutes).then(|| self.place_and_date_line()),
            ..self.bare_head()
        }
    }

    /// Issuer and national name alone.
    fn bare_head(&self) -> Head {
        let is_party = self.issuer.is_party;
        Head {
            superior: self.issuer.superior.as_ref().map(|name| name.to_uppercase()),
            issuer: self.issuer.name.to_uppercase(),
            national_name: if is_party { PARTY_NAME } else { NATIONAL_NAME },
            motto: (!is_party).then_some(MOTTO),
            number: None,
            letter_subject: None,
            marks: Vec::new(),
            place_and_date: None,
        }
    }
}

/// The annexes that are counted `Phụ lục I, II …`: what is promulgated has its own name.
pub(super) fn is_counted(annex: &Annex) -> bool {
    annex.form == AnnexForm::Annex
}

impl SignatureLines {
    fn of(signature: &Signature) -> Self {
        Self {
            capacity: signature.capacity.iter().map(|line| line.to_uppercase()).collect(),
            name: signature.name.clone(),
        }
    }
}

impl Head {
    /// The lines in reading order.
    pub fn lines(&self) -> impl Iterator<Item = String> {
        let names = self.superior.iter().cloned().chain([self.issuer.clone(), self.national_name.to_owned()]);
        let motto = self.motto.iter().map(|motto| (*motto).to_owned());
        let left = self.number.iter().chain(&self.letter_subject).cloned();
        let marks = self.marks.iter().map(|mark| mark.words.to_owned());
        let lines: Vec<String> = names.chain(motto).chain(left).chain(marks).collect();
        lines.into_iter().chain(self.place_and_date.clone())
    }

    /// Whether a second row stands below the names.
    pub fn has_number_row(&self) -> bool {
        self.number.is_some() || self.place_and_date.is_some()
    }
}

impl Opening {
    /// The lines in reading order.
    pub fn lines(&self) -> Vec<String> {
        let mut lines: Vec<String> = self.head.iter().flat_map(Head::lines).collect();
        lines.extend([&self.label, &self.type_name, &self.subject, &self.reference].into_iter().flatten().cloned());
        lines.extend(self.addressees.iter().cloned());
        lines.extend(self.authority.clone());
        lines.extend(self.legal_bases.iter().cloned());
        lines.extend(self.enacting.map(str::to_owned));
        lines
    }
}

impl AnnexOpening {
    /// The lines in reading order.
    pub fn lines(&self) -> Vec<String> {
        let head = self.head.iter().flat_map(Head::lines);
        head.chain([self.label.clone(), self.title.clone(), self.reference.clone()]).collect()
    }
}

impl SignatureLines {
    /// Capacity, then name.
    pub fn lines(&self) -> impl Iterator<Item = &String> {
        self.capacity.iter().chain([&self.name])
    }
}

impl Closing {
    /// The lines in reading order: recipients left of the signature; for minutes both signatures, then the recipients.
    pub fn lines(&self) -> Vec<String> {
        let recipients = std::iter::once(self.recipients_label.to_owned()).chain(self.recipients.iter().cloned());
        match &self.secretary {
            None => recipients.chain(self.signature.lines().cloned()).collect(),
            Some(secretary) => secretary.lines().chain(self.signature.lines()).cloned().chain(recipients).collect(),
        }
    }
}

/// What follows `V/v` or `Về việc`, which are not doubled.
fn without_v_v(subject: &str) -> &str {
    let bare = ["V/v", "v/v", "Về việc", "về việc"].iter().find_map(|opening| subject.trim().strip_prefix(opening));
    bare.unwrap_or(subject).trim()
}
