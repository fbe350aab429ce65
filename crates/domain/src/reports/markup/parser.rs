//! Reading markup line by line, with every fault at once.

use super::inline::{parts, plain, runs};
use super::places;
use super::tables::DraftTable;
use super::{MarkupFault, Sheet};
use crate::reports::block::{Block, Orientation, Run};
use crate::reports::document::{Annex, AnnexForm, Signature};
use crate::reports::numbering::HeadingRank;
use crate::vietnamese::unaccented;

/// Most lines of one paper: about 300 pages.
const LINE_COUNT_MAX: usize = 20_000;

/// Most faults that are told at once.
const FAULT_COUNT_MAX: usize = 20;

/// Reads a text in markup.
///
/// # Errors
/// Every fault with its line, up to twenty.
pub fn parse(text: &str) -> Result<Sheet, Vec<MarkupFault>> {
    let mut parser = Parser::default();
    for (at, line) in text.lines().enumerate() {
        parser.line = at + 1;
        if at >= LINE_COUNT_MAX {
            parser.fault(format!("văn bản dài quá {LINE_COUNT_MAX} dòng; hãy tách thành nhiều văn bản"));
            break;
        }
        parser.read(line.trim());
        if parser.faults.len() >= FAULT_COUNT_MAX {
            break;
        }
    }
    parser.end_group();
    if parser.faults.is_empty() { Ok(parser.sheet) } else { Err(parser.faults) }
}

#[derive(Default)]
struct Parser {
    sheet: Sheet,
    line: usize,
    faults: Vec<MarkupFault>,
    list: Vec<Vec<Run>>,
    table: Option<DraftTable>,
}

impl Parser {
    fn fault(&mut self, message: impl Into<String>) {
        self.faults.push(MarkupFault { line: self.line, message: message.into() });
    }

    fn read(&mut self, line: &str) {
        if let Some(rest) = line.strip_prefix('|') {
            self.end_list();
            return self.table_line(rest);
        }
        self.end_table();
        if let Some(item) = line.strip_prefix("- ") {
            let item = self.runs(item);
            return self.list.push(item);
        }
        self.end_list();
        match line.chars().next() {
            None => {}
            Some('@') => self.directive(&line[1..]),
            Some('#') => self.heading(&line[1..]),
            Some('+') => self.item(&line[1..]),
            Some('>') => {
                let runs = self.runs(&line[1..]);
                self.push(Block::Centred(runs));
            }
            Some(_) => {
                let runs = self.runs(line);
                if !runs.is_empty() {
                    self.push(Block::Paragraph(runs));
                }
            }
        }
    }

    fn runs(&mut self, text: &str) -> Vec<Run> {
        runs(text).unwrap_or_else(|message| {
            self.fault(message);
            Vec::new()
        })
    }

    fn push(&mut self, block: Block) {
        match self.sheet.annexes.last_mut() {
            Some(annex) => annex.body.push(block),
            None => self.sheet.body.push(block),
        }
    }

    fn end_list(&mut self) {
        if !self.list.is_empty() {
            let items = std::mem::take(&mut self.list);
            self.push(Block::List(items));
        }
    }

    fn end_table(&mut self) {
        match self.table.take().map(DraftTable::finish) {
            None => {}
            Some(Ok(table)) => self.push(Block::Table(table)),
            Some(Err(message)) => self.faults.push(MarkupFault { line: self.line.saturating_sub(1).max(1), message }),
        }
    }

    fn end_group(&mut self) {
        self.end_list();
        self.end_table();
    }

    fn table_line(&mut self, rest: &str) {
        let table = self.table.get_or_insert_default();
        if let Err(message) = table.read(rest) {
            self.fault(message);
        }
    }

    /// `I Tên mục`: the word after `#` says the rank.
    fn heading(&mut self, text: &str) {
        let (word, title) = word(text);
        match rank(word) {
            Some(rank) if !title.is_empty() => self.push(Block::heading(rank, plain(title))),
            Some(_) => self.fault(format!("sau #{word} cần có tiêu đề")),
            None => {
                self.fault(format!("không có cấp #{word}; dùng #Phần, #Chương, #Mục, #Tiểu-mục, #I, #Điều, #1 hoặc #a"))
            }
        }
    }

    fn item(&mut self, text: &str) {
        let (word, words) = word(text);
        match rank(word).filter(|rank| *rank >= HeadingRank::Article) {
            Some(rank) => {
                let runs = self.runs(words);
                self.push(Block::Item { rank, runs });
            }
            None => self.fault(format!("không có cấp +{word}; dùng +Điều, +1 hoặc +a")),
        }
    }

    fn directive(&mut self, text: &str) {
        let (name, rest) = word(text);
        let name = unaccented(name.trim_end_matches(':'));
        let words = plain(rest);
        let list = match name.as_str() {
            "kinh-gui" => &mut self.sheet.addressees,
            "can-cu" => &mut self.sheet.legal_bases,
            "noi-nhan" => &mut self.sheet.recipients,
            _ => return self.single(&name, rest, words),
        };
        if !words.is_empty() {
            list.push(words);
        }
    }

    fn single(&mut self, name: &str, rest: &str, words: String) {
        match name {
            "trich-yeu" => self.sheet.subject = words,
            "tham-quyen" => self.sheet.authority = Some(words).filter(|words| !words.is_empty()),
            "kem-theo" => self.sheet.attached_to = Some(words).filter(|words| !words.is_empty()),
            "ky" => self.sheet.signature = Some(signature(rest)),
            "ky-trai" => self.sheet.secretary = Some(signature(rest)),
            "phu-luc" => self.annex(rest),
            "ban-hanh" => self.promulgated(rest),
            "sang-trang" => self.push(Block::PageBreak),
            "kho" => self.sheet_size(rest),
            "o" => self.placed(rest),
            _ => self.fault(format!(
                "không có chỉ dẫn @{name}; các chỉ dẫn: @trích-yếu, @kính-gửi, @thẩm-quyền, @căn-cứ, @nơi-nhận, @ký, \
                 @ký-trái, @phụ-lục, @ban-hành, @kèm-theo, @sang-trang, @khổ, @ô"
            )),
        }
    }

    fn annex(&mut self, rest: &str) {
        let parts = parts(rest);
        let (orientation, title) = match parts[..] {
            [direction, title] if unaccented(direction) == "ngang" => (Orientation::Landscape, title),
            [title] => (Orientation::Portrait, title),
            _ => return self.fault("viết @phụ-lục Tên phụ lục, hoặc @phụ-lục ngang | Tên phụ lục"),
        };
        let title = plain(title);
        self.sheet.annexes.push(Annex { form: AnnexForm::Annex, title, orientation, body: Vec::new() });
    }

    fn promulgated(&mut self, rest: &str) {
        let [type_name, title] = parts(rest)[..] else {
            return self.fault("viết @ban-hành Quy chế | Tên văn bản được ban hành");
        };
        let form = AnnexForm::Promulgated { type_name: plain(type_name) };
        let annex = Annex { form, title: plain(title), orientation: Orientation::Portrait, body: Vec::new() };
        self.sheet.annexes.push(annex);
    }

    fn sheet_size(&mut self, rest: &str) {
        match places::sheet(rest) {
            Ok(sheet) => self.sheet.certificate = Some(sheet),
            Err(message) => self.fault(message),
        }
    }

    fn placed(&mut self, rest: &str) {
        match (places::placed(rest), &mut self.sheet.certificate) {
            (Ok(place), Some(sheet)) => sheet.texts.push(place),
            (Ok(_), None) => self.fault("trước @ô cần có @khổ rộng cao (mm), ví dụ @khổ 297 210"),
            (Err(message), _) => self.fault(message),
        }
    }
}

/// The first word and what follows it.
fn word(text: &str) -> (&str, &str) {
    let (word, rest) = text.split_once(char::is_whitespace).unwrap_or((text, ""));
    (word, rest.trim())
}

fn rank(word: &str) -> Option<HeadingRank> {
    Some(match unaccented(word).as_str() {
        "phan" => HeadingRank::Part,
        "chuong" => HeadingRank::Chapter,
        "muc" => HeadingRank::Section,
        "tieu-muc" => HeadingRank::Subsection,
        "i" => HeadingRank::Roman,
        "dieu" => HeadingRank::Article,
        "1" => HeadingRank::Clause,
        "a" => HeadingRank::Point,
        _ => return None,
    })
}

/// `TM. A / KT. B / C | Họ tên`.
fn signature(text: &str) -> Signature {
    let parts = parts(text);
    let capacity = parts.first().map_or("", |part| part);
    let capacity = capacity.split(" / ").map(plain).filter(|line| !line.is_empty()).collect();
    Signature { capacity, name: parts.get(1).map(|name| plain(name)).unwrap_or_default() }
}
