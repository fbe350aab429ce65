//! What follows a citation's head: date, issuer, subject.

use std::ops::Range;

use super::{
    Citation, CitedNumber, IssuerKind, Span,
    anchor::{self, Anchor, Named},
    scan::date_span,
    words::{Word, stands},
};

/// Words with which a subject begins; those that are kept are part of what the document does.
const SUBJECT_LEADS: [(&str, bool); 12] = [
    ("về việc", false),
    ("về", false),
    ("quy định", true),
    ("ban hành", true),
    ("hướng dẫn", true),
    ("sửa đổi", true),
    ("phê duyệt", true),
    ("công bố", true),
    ("thành lập", true),
    ("triển khai", true),
    ("bãi bỏ", true),
    ("tổ chức", true),
];

/// Completes a citation; also the word at which reading goes on, so that citations inside a subject are found.
pub(super) fn complete(text: &str, words: &[Word<'_>], anchor: &Anchor) -> (Citation, usize) {
    let mut tail = Tail { text, words, at: anchor.next, end: anchor.next };
    let meeting = if matches!(anchor.named, Named::Meeting) { tail.issuer_words() } else { None };
    let issued_on = tail.date();
    let issuer = meeting.or_else(|| tail.issuer());
    let subject = match &anchor.named {
        Named::Law(name) => {
            tail.year_of_law();
            Some(name.clone())
        }
        Named::Nothing | Named::Meeting => tail.subject(),
    };
    let span = |range: Range<usize>| bytes(words, &range).map(|range| Span::of(text, range));
    let issuer = issuer.and_then(span);
    let subject = subject.and_then(span);
    let end = subject.as_ref().map_or(0, |subject| subject.range.end);
    let end = words[..tail.end.max(anchor.next)].last().map_or(end, |word| word.range.end.max(end));
    let citation = Citation {
        range: words[anchor.from].range.start..end,
        type_words: span(anchor.kind_words.clone()).map_or_else(String::new, |span| span.text),
        document_type: anchor.document_type,
        is_plural: is_plural(words, anchor.from),
        number: anchor.number.clone(),
        issued_on,
        issuer_kind: issuer.as_ref().map(|issuer| issuer_kind(&issuer.text)),
        term: issuer.as_ref().map_or_else(String::new, |issuer| term(&issuer.text)),
        issuer,
        subject,
        ordinal_year: ordinal_year(words, anchor.from),
        links: Vec::new(),
    };
    (citation, tail.at)
}

fn bytes(words: &[Word<'_>], range: &Range<usize>) -> Option<Range<usize>> {
    let inside = words.get(range.clone())?;
    Some(inside.first()?.range.start..inside.last()?.range.end)
}

/// A reader that goes forward over the words after a head.
struct Tail<'a> {
    text: &'a str,
    words: &'a [Word<'a>],
    /// The word to be read next; a subject is not jumped over.
    at: usize,
    /// The end of what belongs to the citation.
    end: usize,
}

impl Tail<'_> {
    fn key(&self, at: usize) -> &str {
        self.words.get(at).map_or("", |word| word.key.as_str())
    }

    /// `ngày 26/ 7 /2017`, `, ngày 25 tháng 11 năm 2016`, `(ngày …)`.
    fn date(&mut self) -> Option<jiff::civil::Date> {
        let skip = usize::from([",", "("].contains(&self.key(self.at)));
        let at = self.at + skip;
        if self.key(at) != "ngày" {
            return None;
        }
        let (span, date) = date_span(self.text, self.words.get(at + 1)?.range.start)?;
        self.at = self.words.partition_point(|word| word.range.start < span.end);
        self.at += usize::from(self.key(self.at) == ")");
        self.end = self.at;
        Some(date)
    }

    /// `năm 2022` behind the name of a law.
    fn year_of_law(&mut self) {
        let is_year = self.key(self.at + 1).len() == 4 && self.key(self.at + 1).parse::<u16>().is_ok();
        if self.key(self.at) == "năm" && is_year {
            self.at += 2;
            self.end = self.end.max(self.at);
        }
    }

    fn issuer(&mut self) -> Option<Range<usize>> {
        let at = self.at + usize::from(self.key(self.at) == ",");
        let lead = ["của", "do"].contains(&self.key(at));
        if !lead || self.words.get(at + 1).is_none_or(|next| !next.is_capital()) {
            return None;
        }
        self.at = at + 1;
        self.issuer_words()
    }

    /// The words of an issuer from here to where something else begins.
    fn issuer_words(&mut self) -> Option<Range<usize>> {
        let from = self.at;
        while self.at < self.words.len() && !self.issuer_ends_at(self.at, from) {
            self.at += 1;
        }
        self.end = self.at;
        (from < self.at).then_some(from..self.at)
    }

    fn issuer_ends_at(&self, at: usize, from: usize) -> bool {
        match self.key(at) {
            ";" | "," | "." | ":" | "ngày" => true,
            // A bracket may hold the term: «(khóa XI)».
            "(" => self.key(at + 1) != "khóa",
            "và" => anchor::begins(self.text, self.words, at + 1),
            _ => at > from && subject_lead(self.words, at).is_some() && !self.words[at].is_capital(),
        }
    }

    fn subject(&mut self) -> Option<Range<usize>> {
        let at = self.at + usize::from(self.key(self.at) == ",");
        let (length, is_kept) = subject_lead(self.words, at)?;
        let from = if is_kept { at } else { at + length };
        let mut end = at + length;
        // What a comma may end, a full number in front has begun: «số 136/KH-UBND ban hành …».
        while end < self.words.len() && !self.subject_ends_at(end) {
            end += 1;
        }
        self.at = at + length;
        self.end = end;
        (from < end).then_some(from..end)
    }

    fn subject_ends_at(&self, at: usize) -> bool {
        let next_begins = || anchor::begins(self.text, self.words, at + 1);
        match self.key(at) {
            ";" => true,
            "." => self.is_end_of_sentence(at),
            "và" => next_begins(),
            "," => next_begins() || self.words.get(at + 1).is_none_or(Word::is_capital),
            "căn" => self.words[at].is_capital(),
            _ => false,
        }
    }

    /// A full stop, not the one of `TP. Hải Phòng` or of `1.000`.
    fn is_end_of_sentence(&self, at: usize) -> bool {
        let before = at.checked_sub(1).and_then(|before| self.words.get(before));
        let is_short = before.is_some_and(|word| word.text.len() <= 3 && word.text.chars().all(char::is_uppercase));
        match self.words.get(at + 1) {
            None => true,
            Some(next) => !is_short && next.range.start > self.words[at].range.end && !next.text.starts_with('/'),
        }
    }
}

fn subject_lead(words: &[Word<'_>], at: usize) -> Option<(usize, bool)> {
    if words.get(at)?.text == "V" && stands(words, at, "v / v").is_some() {
        return Some((3, false));
    }
    SUBJECT_LEADS.iter().find_map(|(lead, is_kept)| Some((stands(words, at, lead)?, *is_kept)))
}

fn is_plural(words: &[Word<'_>], from: usize) -> bool {
    from.checked_sub(1).is_some_and(|before| ["các", "những"].contains(&words[before].key.as_str()))
}

/// `là năm thứ 2 thực hiện` right before the citation.
fn ordinal_year(words: &[Word<'_>], from: usize) -> Option<u32> {
    const IN_WORDS: [&str; 5] = ["nhất", "hai", "ba", "tư", "năm"];
    let start = from.checked_sub(5)?;
    stands(words, start, "năm thứ")?;
    stands(words, start + 3, "thực hiện")?;
    let said = words[start + 2].key.as_str();
    let in_words = || IN_WORDS.iter().zip(1..).find_map(|(word, number)| (*word == said).then_some(number));
    said.parse().ok().or_else(in_words)
}

/// The Roman numeral of `khóa XI` or `lần thứ XXII`.
fn term(issuer: &str) -> String {
    let words: Vec<&str> = issuer.split([' ', '(', ')', ',']).filter(|word| !word.is_empty()).collect();
    let is_roman = |word: &str| !word.is_empty() && word.chars().all(|c| "IVXLC".contains(c));
    let is_lead = |word: &str| ["khóa", "khoá", "thứ"].contains(&word);
    words
        .windows(2)
        .find(|pair| is_lead(pair[0]) && is_roman(pair[1]))
        .map_or_else(String::new, |pair| pair[1].to_owned())
}

/// What an issuer is, by the words with which it begins.
fn issuer_kind(issuer: &str) -> IssuerKind {
    const HOLDERS: [&str; 9] = [
        "chủ tịch",
        "phó chủ tịch",
        "bộ trưởng",
        "thủ tướng",
        "giám đốc",
        "trưởng phòng",
        "hiệu trưởng",
        "chánh",
        "tổng",
    ];
    const PARTY: [&str; 12] = [
        "ban chấp hành",
        "ban thường vụ",
        "ban bí thư",
        "bộ chính trị",
        "thành ủy",
        "tỉnh ủy",
        "quận ủy",
        "huyện ủy",
        "đảng",
        "đại hội đảng",
        "đại hội đại biểu đảng",
        "hội nghị trung ương",
    ];
    let words = super::words::words(issuer);
    let opens = |phrase: &&str| stands(&words, 0, phrase).is_some();
    match () {
        () if HOLDERS.iter().any(opens) => IssuerKind::OfficeHolder,
        () if PARTY.iter().any(opens) => IssuerKind::Party,
        () => IssuerKind::Body,
    }
}

impl CitedNumber {
    /// Whether any number is given.
    pub fn is_given(&self) -> bool {
        !matches!(self, Self::Missing)
    }
}
