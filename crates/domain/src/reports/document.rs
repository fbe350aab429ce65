//! A document whole: head, title, legal bases, body, signature, recipients, annexes.
//!
//! The methods give the lines that every output prints, with the punctuation of Decree 30/2020/NĐ-CP, annex I, so that
//! no writer words them again.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::block::{Block, Orientation, figures_of};
use super::figure::FigureReference;
use super::kind::DocumentKind;
use super::marks::Marks;
use super::opening::is_counted;
use crate::vietnamese::{long_date, roman};

/// Quốc hiệu (cell 1).
pub const NATIONAL_NAME: &str = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM";

/// Tiêu ngữ (cell 1).
pub const MOTTO: &str = "Độc lập - Tự do - Hạnh phúc";

/// The language of a document's words.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Language {
    /// Vietnamese: every official document.
    #[default]
    Vi,
    /// English: a courtesy translation.
    En,
}

impl Language {
    /// The language's tag with its region, as files carry it.
    pub fn tag(self) -> &'static str {
        match self {
            Self::Vi => "vi-VN",
            Self::En => "en-GB",
        }
    }
}

/// Who issues (cell 2).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Issuer {
    /// Cơ quan chủ quản trực tiếp, if any: `THÀNH PHỐ HÀ NỘI`, as printed but in any case.
    pub superior: Option<String>,
    /// Cơ quan ban hành, as it stands in a sentence: `Ủy ban nhân dân phường Long Biên`.
    pub name: String,
    /// Whether it is a body of the Party, whose documents have the Party's head and grammar of numbers.
    #[serde(default)]
    pub is_party: bool,
}

/// Who signs (cells 7a and 7b).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Signature {
    /// Lines over the name, from the capacity down: `TM. ỦY BAN NHÂN DÂN`, `KT. CHỦ TỊCH`, `PHÓ CHỦ TỊCH`.
    pub capacity: Vec<String>,
    /// Full name without academic rank; empty while it is not known.
    pub name: String,
}

/// What an annex is.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AnnexForm {
    /// `Phụ lục` (model 2.1).
    #[default]
    Annex,
    /// A text that a decision promulgates or approves (model 1.3): `Quy chế`, `Quy định`, `Kế hoạch`.
    Promulgated {
        /// Its type name.
        type_name: String,
    },
}

/// An annex: its own pages, its own page numbers.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Annex {
    /// What it is.
    #[serde(default)]
    pub form: AnnexForm,
    /// Title; of an annex printed in capitals.
    pub title: String,
    /// How its sheets stand.
    pub orientation: Orientation,
    /// Content.
    pub body: Vec<Block>,
}

/// An official document.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Document {
    /// Kind: gives the type name.
    pub kind: DocumentKind,
    /// Language of the words.
    pub language: Language,
    /// Who issues.
    pub issuer: Issuer,
    /// Number in the register; none in a draft.
    pub number: Option<u32>,
    /// Code after the stroke: `BC-UBND`.
    pub code: String,
    /// Place name before the date.
    pub place: String,
    /// Date of issue; none in a draft.
    pub date: Option<Date>,
    /// Trích yếu.
    pub subject: String,
    /// Kính gửi: only submissions, reports to a superior, letters.
    pub addressees: Vec<String>,
    /// Who decides: the head's title, or the name of the body that decides as one (notes 6 to models 1.2 and 1.3).
    #[serde(default)]
    pub authority: Option<String>,
    /// Căn cứ, without the final mark; a decision's last one is `Theo đề nghị của …`.
    pub legal_bases: Vec<String>,
    /// Content.
    pub body: Vec<Block>,
    /// Who signs.
    pub signature: Signature,
    /// The secretary of a meeting, who signs at the left of its chair.
    #[serde(default)]
    pub secretary: Option<Signature>,
    /// Nơi nhận, without dash and final mark; the last one is `Lưu: VT, …`.
    pub recipients: Vec<String>,
    /// Annexes.
    pub annexes: Vec<Annex>,
    /// The document that an annex in a file of its own goes with: `Kế hoạch số …/KH-UBND ngày … của …`.
    #[serde(default)]
    pub attached_to: Option<String>,
    /// Urgency and circulation.
    #[serde(default)]
    pub marks: Marks,
    /// The address at which a reader can check the document; printed as a QR code at the foot of the first page.
    #[serde(default)]
    pub check_url: Option<String>,
    /// Notices that stand at the foot of every page: that the data are invented, that this is a draft.
    pub notices: Vec<String>,
}

/// Room left for what is written in by hand or by the records system.
const BLANK: &str = "\u{a0}\u{a0}\u{a0}\u{a0}\u{a0}\u{a0}\u{a0}\u{a0}";

impl Document {
    /// An empty draft of a kind: no number, no date, no words.
    pub fn draft(kind: DocumentKind) -> Self {
        Self {
            kind,
            language: Language::Vi,
            issuer: Issuer { superior: None, name: String::new(), is_party: false },
            number: None,
            code: String::new(),
            place: String::new(),
            date: None,
            subject: String::new(),
            addressees: Vec::new(),
            authority: None,
            legal_bases: Vec::new(),
            body: Vec::new(),
            signature: Signature { capacity: Vec::new(), name: String::new() },
            secretary: None,
            recipients: Vec::new(),
            annexes: Vec::new(),
            attached_to: None,
            marks: Marks::default(),
            check_url: None,
            notices: Vec::new(),
        }
    }

    /// `Số: 05/BC-UBND`, of a Party body `Số 05-BC/ĐU`; a draft leaves room for the number.
    pub fn number_line(&self) -> String {
        let (colon, stroke) = if self.issuer.is_party { ("", '-') } else { (":", '/') };
        match self.number {
            Some(number) => format!("Số{colon} {number:02}{stroke}{}", self.code),
            None => format!("Số{colon}{BLANK}{stroke}{}", self.code),
        }
    }

    /// `Long Biên, ngày 05 tháng 01 năm 2026`; a draft leaves room for day, month and year.
    pub fn place_and_date_line(&self) -> String {
        match self.date {
            Some(date) => format!("{}, {}", self.place, long_date(date)),
            None => format!("{}, ngày … tháng … năm …", self.place),
        }
    }

    /// The title under which the file is known: type name and subject.
    pub fn full_title(&self) -> String {
        match self.kind.title() {
            Some(_) => format!("{}: {}", self.kind.name(), self.subject),
            None => self.subject.clone(),
        }
    }

    /// `Kính gửi: …`, or a heading line and one dash line per addressee.
    pub fn addressee_lines(&self) -> Vec<String> {
        match self.addressees.as_slice() {
            [] => Vec::new(),
            [one] => vec![format!("Kính gửi: {one}")],
            many => {
                std::iter::once("Kính gửi:".to_owned()).chain(closed(many).map(|line| format!("- {line}"))).collect()
            }
        }
    }

    /// Legal bases, each with `;`, the last with `.`.
    pub fn legal_basis_lines(&self) -> Vec<String> {
        closed(&self.legal_bases).collect()
    }

    /// `- Như trên;` … `- Lưu: VT, VHXH.`
    pub fn recipient_lines(&self) -> Vec<String> {
        closed(&self.recipients).map(|line| format!("- {line}")).collect()
    }

    /// `Phụ lục`, or `Phụ lục I` where there are two or more; what is promulgated is not counted.
    pub fn annex_label(&self, at: usize) -> String {
        let counted = |annexes: &[Annex]| annexes.iter().filter(|annex| is_counted(annex)).count();
        match counted(&self.annexes) {
            0 | 1 => "Phụ lục".to_owned(),
            _ => {
                let number = counted(self.annexes.get(..=at).unwrap_or(&self.annexes));
                format!("Phụ lục {}", roman(u32::try_from(number).unwrap_or(u32::MAX)))
            }
        }
    }

    /// `(Kèm theo Báo cáo số 05/BC-UBND ngày … của …)`: number and date stay blank until they are known. Of a decision it names
    /// who decides.
    pub fn annex_reference(&self) -> String {
        let number = self.number.map_or_else(|| "…".to_owned(), |number| format!("{number:02}"));
        let date = self.date.map_or_else(|| "ngày … tháng … năm …".to_owned(), long_date);
        let stroke = if self.issuer.is_party { '-' } else { '/' };
        let by = self.authority.as_deref().unwrap_or(&self.issuer.name);
        format!("(Kèm theo {} số {number}{stroke}{} {date} của {by})", self.kind.name(), self.code)
    }

    /// The bodies in reading order: the document's own, then each annex's.
    pub fn bodies(&self) -> impl Iterator<Item = &[Block]> {
        std::iter::once(self.body.as_slice()).chain(self.annexes.iter().map(|annex| annex.body.as_slice()))
    }

    /// All numbers that the document states and the figures behind them, in reading order.
    pub fn figures(&self) -> impl Iterator<Item = &FigureReference> {
        self.bodies().flatten().flat_map(figures_of)
    }
}

/// Lines with `;` after each and `.` after the last; a mark that was typed is not doubled.
fn closed(lines: &[String]) -> impl Iterator<Item = String> {
    let last = lines.len().saturating_sub(1);
    lines.iter().enumerate().map(move |(at, line)| {
        let bare = line.trim().trim_end_matches([';', '.']);
        format!("{bare}{}", if at == last { '.' } else { ';' })
    })
}
