//! Conditions over consecutive years: grades of work, awards, awards in succession.
//!
//! A year of maternity leave is stepped over where the pack says that it counts as working time; where the pack is silent the
//! answer is *cannot tell*. So it is with years before the end of a discipline.

use super::{Answer, Verdict, award_name, label};
use crate::{
    Label,
    awards::{
        dossier::{AwardDossier, days_of},
        pack::{Choice, LeaveKind, Occasion, RuleCode, RulePack, StaffGrade},
    },
    school_year::SchoolYear,
};

/// No dossier goes back further.
const YEARS_BACK_MAX: usize = 20;

/// Which years.
#[derive(Clone, Copy)]
pub(super) struct Span {
    pub(super) years: u16,
    pub(super) disputed: Option<u16>,
    pub(super) same_year: bool,
}

/// How one year stands.
enum InYear {
    Met,
    NotMet(Label),
    Unknown(Label),
}

/// What the walk back from a year found.
#[derive(Default)]
struct Walk {
    /// Years met, the latest first.
    met: Vec<SchoolYear>,
    /// Years stepped over for maternity leave.
    stepped_over: Vec<SchoolYear>,
    /// Rules that would decide and that the pack does not have.
    silent: Vec<Label>,
    /// Where it stopped for good.
    broken: Option<Label>,
    /// Where it could not go on.
    unknown: Option<Label>,
}

fn walk(
    pack: &RulePack,
    dossier: &AwardDossier,
    last: SchoolYear,
    years: u16,
    of: impl Fn(SchoolYear) -> InYear,
) -> Walk {
    let mut found = Walk::default();
    let mut year = last;
    for _ in 0..YEARS_BACK_MAX {
        if found.met.len() >= usize::from(years) {
            break;
        }
        if let Some(why) = before_discipline_ended(dossier, year) {
            if pack.rule(RuleCode::AfterDiscipline).is_some() {
                found.broken = Some(why);
                break;
            }
            found.silent.push(why);
        }
        match of(year) {
            InYear::Met => found.met.push(year),
            _ if dossier.facts.on_leave(LeaveKind::Maternity, year) => {
                found.stepped_over.push(year);
                if pack.rule(RuleCode::MaternityCounts).is_none() {
                    found.silent.push(label(
                        format!("năm học {year} nghỉ thai sản, gói quy tắc không ghi có tính hay không"),
                        format!("maternity leave in {year}, and the pack does not say whether it counts"),
                    ));
                }
            }
            InYear::NotMet(why) => {
                found.broken = Some(why);
                break;
            }
            InYear::Unknown(why) => {
                found.unknown = Some(why);
                break;
            }
        }
        year = year.previous();
    }
    found
}

/// The year ended before a discipline did.
fn before_discipline_ended(dossier: &AwardDossier, year: SchoolYear) -> Option<Label> {
    let (_, last) = days_of(year)?;
    let ended_later = |to: Option<jiff::civil::Date>| to.is_none_or(|to| to > last);
    let discipline = dossier.facts.disciplines.iter().find(|one| one.from <= last && ended_later(one.to))?;
    let (vi, en) = discipline.level.label();
    Some(label(
        format!("năm học {year} nằm trước ngày hết kỷ luật ({vi}) nên chưa được tính"),
        format!("{year} lies before the end of a discipline ({en}) and does not count"),
    ))
}

fn list(years: &[SchoolYear]) -> String {
    let mut years: Vec<String> = years.iter().map(ToString::to_string).collect();
    years.reverse();
    years.join(", ")
}

impl Walk {
    fn settle(self, asked: Label, span: Span) -> Answer {
        let met = self.met.len();
        let mut vi = vec![match met {
            0 => "chưa có năm nào được tính".to_owned(),
            _ => format!("có {met} năm ({})", list(&self.met)),
        }];
        let mut en = vec![match met {
            0 => "no year counts".to_owned(),
            _ => format!("{met} found ({})", list(&self.met)),
        }];
        if !self.stepped_over.is_empty() && self.silent.is_empty() {
            vi.push(format!("năm {} nghỉ thai sản tính là thời gian làm việc", list(&self.stepped_over)));
            en.push(format!("maternity leave in {} counts as working time", list(&self.stepped_over)));
        }
        for why in self.silent.iter().chain(&self.broken).chain(&self.unknown) {
            vi.push(why.vi.clone());
            en.push(why.en.clone());
        }
        let is_full = met >= usize::from(span.years);
        let is_disputed = !is_full && span.disputed.is_some_and(|fewer| met >= usize::from(fewer));
        if is_disputed {
            vi.push(format!("đủ {met} năm theo một nguồn, chưa đủ {} năm theo nguồn khác", span.years));
            en.push(format!("enough by one source that asks fewer than {} years, not by the other", span.years));
        }
        let verdict = if is_full && self.silent.is_empty() {
            Verdict::Passed
        } else if is_full || is_disputed || self.broken.is_none() {
            Verdict::CannotTell
        } else {
            Verdict::NotPassed
        };
        Answer::new(verdict, asked, label(vi.join("; "), en.join("; ")))
    }
}

/// A grade of work in consecutive years up to the year of the award.
pub(super) fn graded(pack: &RulePack, dossier: &AwardDossier, grade: StaffGrade, years: u16) -> Answer {
    let (vi, en) = grade.label();
    let asked = label(
        format!("{years} năm liên tục từ mức «{vi}» trở lên, đến năm học {}", dossier.year),
        format!("{years} consecutive year(s) at «{en}» or better, up to {}", dossier.year),
    );
    let of = |year: SchoolYear| match dossier.facts.grades.get(&year) {
        Some(own) if *own >= grade => InYear::Met,
        Some(own) => {
            let (vi, en) = own.label();
            InYear::NotMet(label(format!("năm học {year}: {vi}"), format!("{year}: {en}")))
        }
        None => InYear::Unknown(label(format!("năm học {year} chưa có xếp loại"), format!("no grade for {year}"))),
    };
    let span = Span { years, disputed: None, same_year: true };
    walk(pack, dossier, dossier.year, years, of).settle(asked, span)
}

/// An award in consecutive years: they end with the year of the award itself, or, where the clause does not say so, with that
/// year or the one before, whichever tells more.
pub(super) fn awarded(
    pack: &RulePack,
    dossier: &AwardDossier,
    others: &[AwardDossier],
    award: &str,
    span: Span,
) -> Answer {
    let ending = |last: SchoolYear| {
        let name = award_name(pack, award);
        let asked = label(
            format!("{} năm liên tục là {}, đến năm học {last}", span.years, name.vi),
            format!("{} consecutive year(s) as {}, up to {last}", span.years, name.en),
        );
        let of = |year: SchoolYear| award_in(pack, dossier, others, award, year);
        walk(pack, dossier, last, span.years, of).settle(asked, span)
    };
    let own = ending(dossier.year);
    if span.same_year || own.verdict == Verdict::Passed {
        return own;
    }
    let before = ending(dossier.year.previous());
    if own.verdict == Verdict::CannotTell && before.verdict == Verdict::NotPassed { own } else { before }
}

fn award_in(pack: &RulePack, dossier: &AwardDossier, others: &[AwardDossier], award: &str, year: SchoolYear) -> InYear {
    let mut own = dossier.facts.awards.iter().filter(|past| past.award == award && past.year == year);
    if own.clone().any(|past| counts(pack, past.occasion)) {
        return InYear::Met;
    }
    if own.next().is_some() {
        return InYear::NotMet(label(
            format!("năm học {year} chỉ có khen chuyên đề, đột xuất, không làm căn cứ"),
            format!("{year}: only a thematic or unexpected award, which is no base"),
        ));
    }
    let is_nominated =
        |other: &&AwardDossier| other.nominee.key == dossier.nominee.key && other.award == award && other.year == year;
    if let Some(other) = others.iter().find(is_nominated) {
        return InYear::Unknown(label(
            format!("năm học {year} đang được đề nghị ở hồ sơ {}", other.id),
            format!("nominated for {year} in dossier {}", other.id),
        ));
    }
    match dossier.facts.awards_known_from {
        Some(from) if year >= from => {
            InYear::NotMet(label(format!("năm học {year} không có"), format!("none in {year}")))
        }
        _ => InYear::Unknown(label(
            format!("chưa rõ năm học {year} có danh hiệu này hay không"),
            format!("not known whether there was one in {year}"),
        )),
    }
}

/// Thematic and unexpected awards are no base where the pack says so.
pub(super) fn counts(pack: &RulePack, occasion: Occasion) -> bool {
    occasion == Occasion::Annual || pack.rule(RuleCode::ThematicIsNoBase).is_none()
}

/// An award so many times; whether they follow each other without a break only people can see from the decisions.
pub(super) fn times(pack: &RulePack, dossier: &AwardDossier, award: &str, count: u16) -> Answer {
    let name = award_name(pack, award);
    let asked =
        label(format!("{count} lần liên tục là {}", name.vi), format!("{count} times in succession as {}", name.en));
    let mut years: Vec<SchoolYear> = dossier
        .facts
        .awards
        .iter()
        .filter(|past| past.award == award && past.year <= dossier.year && counts(pack, past.occasion))
        .map(|past| past.year)
        .collect();
    years.sort_unstable_by(|left, right| right.cmp(left));
    years.dedup();
    let found = years.len();
    let listed = if years.is_empty() { String::new() } else { format!(" ({})", list(&years)) };
    if found < usize::from(count) {
        let is_known = dossier.facts.awards_known_from.is_some();
        let verdict = if is_known { Verdict::NotPassed } else { Verdict::CannotTell };
        let (vi, en) = if is_known {
            ("", "")
        } else {
            ("; danh sách danh hiệu có thể chưa đủ", "; the list may have gaps")
        };
        return Answer::new(
            verdict,
            asked,
            label(format!("có {found} lần{listed}{vi}"), format!("{found} found{listed}{en}")),
        );
    }
    let found = label(
        format!("có {found} lần{listed}; có liên tục hay không, người xét đối chiếu quyết định"),
        format!("{found} found{listed}; whether they follow each other, people see from the decisions"),
    );
    Answer::new(Verdict::CannotTell, asked, found)
}
