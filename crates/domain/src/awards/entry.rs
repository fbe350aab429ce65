//! What people type about a nominee, line by line, as facts; and facts as the lines that the form shows again.

use std::{collections::BTreeMap, fmt::Display};

use jiff::civil::Date;

use super::{
    dossier::{Discipline, Facts, Initiative, Leave, Members, PastAward, PostTerm},
    pack::{Choice, DisciplineLevel, InitiativeLevel, LeaveKind, Occasion, StaffGrade},
};
use crate::{
    Reason, Refusal,
    school_year::SchoolYear,
    vietnamese::{fold, parse_date, short_date},
};

/// What was typed, by the name of the field.
pub type Typed = BTreeMap<String, String>;

/// Answers to recorded facts are typed in fields of this name and the fact's.
pub const RECORDED: &str = "fact_";

/// Most lines of one field.
const LINE_COUNT_MAX: usize = 60;

/// Reads what was typed; `award_code` finds the code of an award by its code or name.
///
/// # Errors
/// Every line that cannot be read, at its field, with what is expected; then what [`Facts::check`] finds.
pub fn read(typed: &Typed, award_code: &dyn Fn(&str) -> Option<String>) -> Result<Facts, Refusal> {
    let mut desk = Desk { typed, reasons: Vec::new() };
    let facts = Facts {
        gender: Choice::read(desk.text("gender")),
        grades: desk.lines("grades", "năm học | xếp loại", grade).into_iter().collect(),
        awards: desk.lines(
            "awards",
            "năm học | danh hiệu | thường xuyên, chuyên đề hoặc đột xuất | số quyết định",
            |cells| past_award(cells, award_code),
        ),
        awards_known_from: desk.year("awards_known_from"),
        initiatives: desk.lines("initiatives", "năm học | tên sáng kiến | cấp công nhận", initiative),
        initiatives_are_known: desk.is_yes("initiatives_known"),
        disciplines: desk.lines("disciplines", "hình thức | từ ngày | đến ngày", discipline),
        disciplines_are_known: desk.is_yes("disciplines_known"),
        leaves: desk.lines("leaves", "loại nghỉ | từ ngày | đến ngày", leave),
        members: desk.members(),
        recorded: desk.recorded(),
        movement_years: desk.whole("movement_years").and_then(|years| u16::try_from(years).ok()),
        terms: desk.lines("terms", "chức vụ | từ ngày | đến ngày | lãnh đạo", term),
    };
    let mut reasons = desk.reasons;
    reasons.extend(facts.check().err().into_iter().flat_map(|refusal| refusal.reasons));
    Refusal::unless_empty(reasons)?;
    Ok(facts)
}

struct Desk<'a> {
    typed: &'a Typed,
    reasons: Vec<Reason>,
}

impl Desk<'_> {
    fn text(&self, name: &str) -> &str {
        self.typed.get(name).map_or("", |text| text.trim())
    }

    fn is_yes(&self, name: &str) -> bool {
        self.text(name) == "yes"
    }

    fn refuse(&mut self, name: &str, message: String) {
        self.reasons.push(Reason::new("bad_line", message).at(name));
    }

    fn lines<T>(&mut self, name: &str, expected: &str, read: impl Fn(&[&str]) -> Option<T>) -> Vec<T> {
        let text = self.text(name).to_owned();
        let lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
        let mut found = Vec::new();
        for (number, line) in (1..).zip(lines) {
            if number > LINE_COUNT_MAX {
                self.refuse(name, format!("Quá {LINE_COUNT_MAX} dòng; chỉ ghi những gì cần cho hồ sơ này."));
                break;
            }
            let cells: Vec<&str> = line.split('|').map(str::trim).collect();
            match read(&cells) {
                Some(one) => found.push(one),
                None => self.refuse(name, format!("Dòng {number} «{line}» chưa đọc được; ghi theo dạng: {expected}.")),
            }
        }
        found
    }

    fn year(&mut self, name: &str) -> Option<SchoolYear> {
        let text = self.text(name).to_owned();
        if text.is_empty() {
            return None;
        }
        let year = SchoolYear::parse(&text);
        if year.is_none() {
            self.refuse(name, format!("«{text}» không phải là năm học dạng 2024-2025."));
        }
        year
    }

    fn whole(&mut self, name: &str) -> Option<u32> {
        let text = self.text(name).to_owned();
        if text.is_empty() {
            return None;
        }
        let number = text.parse().ok();
        if number.is_none() {
            self.refuse(name, format!("«{text}» không phải là số nguyên không âm."));
        }
        number
    }

    fn members(&mut self) -> Option<Members> {
        let total = self.whole("members_total");
        let [completed, advanced, women] =
            ["members_completed", "members_advanced", "members_women"].map(|name| self.whole(name));
        if total.is_none() && [completed, advanced, women].iter().any(Option::is_some) {
            self.refuse("members_total", "Hãy ghi tổng số thành viên của tập thể.".to_owned());
        }
        Some(Members { total: total?, completed, advanced, women })
    }

    fn recorded(&self) -> BTreeMap<String, bool> {
        let answer = |(name, text): (&String, &String)| {
            let fact = name.strip_prefix(RECORDED)?;
            match text.as_str() {
                "yes" => Some((fact.to_owned(), true)),
                "no" => Some((fact.to_owned(), false)),
                _ => None,
            }
        };
        self.typed.iter().filter_map(answer).collect()
    }
}

fn grade(cells: &[&str]) -> Option<(SchoolYear, StaffGrade)> {
    let [year, grade] = cells else { return None };
    // People write the last words of the grade only.
    let short = |known: StaffGrade| {
        let words = match known {
            StaffGrade::Excellent => ["xuất sắc", "hoàn thành xuất sắc"],
            StaffGrade::Good => ["tốt", "hoàn thành tốt"],
            StaffGrade::Completed => ["hoàn thành", "đạt"],
            StaffGrade::NotCompleted => ["không hoàn thành", "chưa hoàn thành"],
        };
        words.iter().any(|word| fold(word) == fold(grade))
    };
    let grade = Choice::read(grade).or_else(|| StaffGrade::all().iter().copied().find(|known| short(*known)));
    Some((SchoolYear::parse(year)?, grade?))
}

fn past_award(cells: &[&str], award_code: &dyn Fn(&str) -> Option<String>) -> Option<PastAward> {
    let (year, award, rest) = match cells {
        [year, award, rest @ ..] if rest.len() <= 2 => (year, award, rest),
        _ => return None,
    };
    let short = |text: &str| {
        let typed = fold(text);
        Occasion::read(text).or_else(|| {
            let words = [
                ("thường xuyên", Occasion::Annual),
                ("chuyên đề", Occasion::Thematic),
                ("đột xuất", Occasion::Unexpected),
            ];
            words.into_iter().find(|(word, _)| fold(word) == typed).map(|(_, occasion)| occasion)
        })
    };
    let occasion = match rest.first() {
        None | Some(&"") => Occasion::Annual,
        Some(text) => short(text)?,
    };
    let decision = rest.get(1).map_or_else(String::new, |text| (*text).to_owned());
    Some(PastAward { award: award_code(award)?, year: SchoolYear::parse(year)?, occasion, decision })
}

fn initiative(cells: &[&str]) -> Option<Initiative> {
    let [year, name, level] = cells else { return None };
    let level = InitiativeLevel::read(level).or_else(|| match fold(level).as_str() {
        short if short == fold("cơ sở") => Some(InitiativeLevel::Grassroots),
        short if short == fold("tỉnh") || short == fold("cấp tỉnh") => Some(InitiativeLevel::Province),
        _ => None,
    })?;
    let is_named = !name.is_empty();
    is_named.then_some(())?;
    Some(Initiative { year: SchoolYear::parse(year)?, name: (*name).to_owned(), level })
}

/// A day that may be left open: outside, whether it can be read; inside, the day.
fn open_day(cell: Option<&&str>) -> Option<Option<Date>> {
    match cell {
        None | Some(&"") => Some(None),
        Some(text) => parse_date(text).map(Some),
    }
}

fn discipline(cells: &[&str]) -> Option<Discipline> {
    let (level, from) = (cells.first()?, cells.get(1)?);
    Some(Discipline { level: DisciplineLevel::read(level)?, from: parse_date(from)?, to: open_day(cells.get(2))? })
}

fn leave(cells: &[&str]) -> Option<Leave> {
    let [kind, from, to] = cells else { return None };
    let kind = LeaveKind::read(kind).or_else(|| (fold(kind) == fold("thai sản")).then_some(LeaveKind::Maternity))?;
    Some(Leave { kind, from: parse_date(from)?, to: parse_date(to)? })
}

fn term(cells: &[&str]) -> Option<PostTerm> {
    let (post, from) = (cells.first()?, cells.get(1)?);
    let leads = cells.get(3).is_some_and(|cell| fold(cell) == fold("lãnh đạo"));
    Some(PostTerm { post: (*post).to_owned(), from: parse_date(from)?, to: open_day(cells.get(2))?, leads })
}

/// The facts as the form shows them: what [`read`] would read again.
pub fn written(facts: &Facts, award_name: &dyn Fn(&str) -> String) -> Typed {
    let day = |day: Option<Date>| day.map_or_else(String::new, short_date);
    let yes = |truth: bool| if truth { "yes".to_owned() } else { String::new() };
    let number = |number: Option<u32>| number.map_or_else(String::new, |number| number.to_string());
    let members = facts.members.unwrap_or_default();
    let fields = [
        ("gender", facts.gender.map_or_else(String::new, |gender| gender.as_str().to_owned())),
        ("grades", lines(facts.grades.iter().map(|(year, grade)| format!("{year} | {}", grade.label().0)))),
        (
            "awards",
            lines(facts.awards.iter().map(|past| {
                let name = award_name(&past.award);
                format!("{} | {name} | {} | {}", past.year, past.occasion.label().0, past.decision)
            })),
        ),
        ("awards_known_from", facts.awards_known_from.map_or_else(String::new, |year| year.to_string())),
        (
            "initiatives",
            lines(facts.initiatives.iter().map(|one| format!("{} | {} | {}", one.year, one.name, one.level.label().0))),
        ),
        ("initiatives_known", yes(facts.initiatives_are_known)),
        (
            "disciplines",
            lines(
                facts
                    .disciplines
                    .iter()
                    .map(|one| format!("{} | {} | {}", one.level.label().0, short_date(one.from), day(one.to))),
            ),
        ),
        ("disciplines_known", yes(facts.disciplines_are_known)),
        (
            "leaves",
            lines(
                facts
                    .leaves
                    .iter()
                    .map(|one| format!("{} | {} | {}", one.kind.label().0, short_date(one.from), short_date(one.to))),
            ),
        ),
        ("members_total", number(facts.members.map(|members| members.total))),
        ("members_completed", number(members.completed)),
        ("members_advanced", number(members.advanced)),
        ("members_women", number(members.women)),
        ("movement_years", number(facts.movement_years.map(u32::from))),
        (
            "terms",
            lines(facts.terms.iter().map(|term| {
                let leads = if term.leads { "lãnh đạo" } else { "" };
                format!("{} | {} | {} | {leads}", term.post, short_date(term.from), day(term.to))
            })),
        ),
    ];
    let recorded = facts
        .recorded
        .iter()
        .map(|(fact, truth)| (format!("{RECORDED}{fact}"), if *truth { "yes" } else { "no" }.to_owned()));
    fields.into_iter().map(|(name, text)| (name.to_owned(), text)).chain(recorded).collect()
}

fn lines(lines: impl Iterator<Item = impl Display>) -> String {
    lines.map(|line| line.to_string()).collect::<Vec<_>>().join("\n")
}
