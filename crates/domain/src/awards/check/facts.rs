//! Conditions on single facts: initiatives, shares of members, discipline, recorded answers, time in post.

use jiff::{Unit, civil::Date};

use super::{Answer, Verdict, label};
use crate::{
    Label,
    awards::{
        dossier::{AwardDossier, days_of},
        pack::{Choice, DisciplineLevel, Gender, InitiativeLevel, MemberShare, RuleCode, RulePack},
    },
    school_year::SchoolYear,
};

/// So many recognised initiatives at a level or above.
pub(super) fn initiatives(
    pack: &RulePack,
    dossier: &AwardDossier,
    level: InitiativeLevel,
    count: u16,
    years: Option<u16>,
) -> Answer {
    let (vi, en) = level.label();
    let within = |year: SchoolYear| {
        years.is_none_or(|years| {
            year.first_calendar_year() > dossier.year.first_calendar_year() - i16::try_from(years).unwrap_or(i16::MAX)
        })
    };
    let span = years.map_or_else(
        || (String::new(), String::new()),
        |years| (format!(" trong {years} năm học gần nhất"), format!(" in the last {years} school year(s)")),
    );
    let asked = label(
        format!("{count} sáng kiến được công nhận từ {} trở lên{}", vi.to_lowercase(), span.0),
        format!("{count} initiative(s) recognised at {} or above{}", en.to_lowercase(), span.1),
    );
    let counted: Vec<&str> = dossier
        .facts
        .initiatives
        .iter()
        .filter(|one| one.level >= level && one.year <= dossier.year && within(one.year))
        .filter(|one| is_after_discipline(pack, dossier, one.year))
        .map(|one| one.name.as_str())
        .collect();
    let found = counted.len();
    let listed = if found == 0 { String::new() } else { format!(" ({})", counted.join("; ")) };
    let is_known = dossier.facts.initiatives_are_known;
    let verdict = match (found >= usize::from(count), is_known) {
        (true, _) => Verdict::Passed,
        (false, true) => Verdict::NotPassed,
        (false, false) => Verdict::CannotTell,
    };
    let (vi, en) = match verdict {
        Verdict::CannotTell => ("; danh sách sáng kiến chưa được xác nhận là đủ", "; the list may have gaps"),
        _ => ("", ""),
    };
    let found = label(format!("có {found}{listed}{vi}"), format!("{found} found{listed}{en}"));
    Answer::new(verdict, asked, found)
}

/// Achievements count from the end of a discipline, where the pack says so.
fn is_after_discipline(pack: &RulePack, dossier: &AwardDossier, year: SchoolYear) -> bool {
    let Some((_, last)) = days_of(year) else { return true };
    let reaches_past = |to: Option<Date>| to.is_none_or(|to| to > last);
    let is_before = dossier.facts.disciplines.iter().any(|one| one.from <= last && reaches_past(one.to));
    !is_before || pack.rule(RuleCode::AfterDiscipline).is_none()
}

/// A share of a collective's members; exact, nothing is rounded before it is compared.
pub(super) fn members(dossier: &AwardDossier, share: MemberShare, percent: u16) -> Answer {
    let (vi, en) = share.label();
    let asked =
        label(format!("từ {percent}% thành viên trở lên {vi}"), format!("at least {percent}% of the members {en}"));
    let unknown =
        |asked| Answer::new(Verdict::CannotTell, asked, label("chưa ghi số thành viên", "the members are not counted"));
    let Some(members) = dossier.facts.members.filter(|members| members.total > 0) else { return unknown(asked) };
    let own = match share {
        MemberShare::Completed => members.completed,
        MemberShare::Advanced => members.advanced,
    };
    let Some(own) = own else { return unknown(asked) };
    let is_met = u64::from(own) * 100 >= u64::from(members.total) * u64::from(percent);
    let exact = f64::from(own) * 100.0 / f64::from(members.total);
    let shown = crate::vietnamese::format_number(exact, 1);
    let found = label(
        format!("có {own}/{} thành viên, {shown}%", members.total),
        format!("{own} of {} members, {shown}%", members.total),
    );
    Answer::new(if is_met { Verdict::Passed } else { Verdict::NotPassed }, asked, found)
}

/// Nobody disciplined from a level up in the year of the award.
pub(super) fn no_discipline(dossier: &AwardDossier, level: DisciplineLevel) -> Answer {
    let (vi, en) = level.label();
    let asked = label(
        format!("không có ai bị kỷ luật từ {} trở lên trong năm học {}", vi.to_lowercase(), dossier.year),
        format!("nobody disciplined from {} up in {}", en.to_lowercase(), dossier.year),
    );
    let in_year = |from: Date, to: Option<Date>| {
        days_of(dossier.year).is_some_and(|(first, last)| from <= last && to.is_none_or(|to| to >= first))
    };
    let hits: Vec<_> =
        dossier.facts.disciplines.iter().filter(|one| one.level >= level && in_year(one.from, one.to)).collect();
    if let Some(worst) = hits.iter().map(|one| one.level).max() {
        let (vi, en) = worst.label();
        let found = label(
            format!("có {} trường hợp, nặng nhất: {}", hits.len(), vi.to_lowercase()),
            format!("{} case(s), the gravest: {}", hits.len(), en.to_lowercase()),
        );
        return Answer::new(Verdict::NotPassed, asked, found);
    }
    if dossier.facts.disciplines_are_known {
        return Answer::new(Verdict::Passed, asked, label("đã xác nhận không có", "confirmed that there is none"));
    }
    Answer::new(Verdict::CannotTell, asked, label("chưa ai xác nhận về kỷ luật", "nobody has confirmed it"))
}

/// An answer that people recorded.
pub(super) fn recorded(dossier: &AwardDossier, fact: &str) -> Answer {
    let asked = label("xác nhận là có", "a recorded yes");
    let (verdict, found) = match dossier.facts.recorded.get(fact) {
        Some(true) => (Verdict::Passed, label("đã ghi: có", "recorded: yes")),
        Some(false) => (Verdict::NotPassed, label("đã ghi: không", "recorded: no")),
        None => (Verdict::CannotTell, label("chưa ai ghi", "nobody has recorded it")),
    };
    Answer::new(verdict, asked, found)
}

/// A thematic movement that has lasted so long.
pub(super) fn movement(dossier: &AwardDossier, years: u16) -> Answer {
    let asked = label(
        format!("dẫn đầu phong trào chuyên đề kéo dài từ {years} năm"),
        format!("the lead of a thematic movement of {years} years or more"),
    );
    match dossier.facts.movement_years {
        Some(own) => {
            let verdict = if own >= years { Verdict::Passed } else { Verdict::NotPassed };
            Answer::new(verdict, asked, label(format!("có {own} năm"), format!("{own} years")))
        }
        None => Answer::new(Verdict::CannotTell, asked, label("chưa ghi số năm", "the years are not recorded")),
    }
}

/// Time in posts that lead; women leaders need a part less where the pack says so.
pub(super) fn in_post(pack: &RulePack, dossier: &AwardDossier, months: u16) -> Answer {
    let rule = pack.rule(RuleCode::WomenLeadersTerm).and_then(|rule| rule.number);
    let is_woman = dossier.facts.gender == Some(Gender::Female);
    let needed = match rule {
        Some(part) if is_woman && part > 1 => u32::from(months) * u32::from(part - 1) / u32::from(part),
        _ => u32::from(months),
    };
    let asked = label(format!("{needed} tháng giữ chức vụ"), format!("{needed} months in post"));
    let leading: Vec<_> = dossier.facts.terms.iter().filter(|term| term.leads).collect();
    if leading.is_empty() {
        return Answer::new(Verdict::CannotTell, asked, label("chưa ghi thời gian giữ chức vụ", "no term is recorded"));
    }
    let end = days_of(dossier.year).map(|(_, last)| last);
    let of = |from: Date, to: Option<Date>| {
        let last = to.into_iter().chain(end).min()?;
        let span = from.until((Unit::Month, last.tomorrow().ok()?)).ok()?;
        u32::try_from(span.get_months()).ok()
    };
    let found: u32 = leading.iter().filter_map(|term| of(term.from, term.to)).sum();
    let note: Label = match rule {
        Some(part) if is_woman => label(
            format!(" (nữ lãnh đạo được giảm một phần {part} của {months} tháng)"),
            format!(" (women leaders are spared one part in {part} of {months} months)"),
        ),
        _ => label("", ""),
    };
    let found_label = label(format!("có {found} tháng{}", note.vi), format!("{found} months{}", note.en));
    Answer::new(if found >= needed { Verdict::Passed } else { Verdict::NotPassed }, asked, found_label)
}

/// Only people can judge it.
pub(super) fn judged() -> Answer {
    let asked = label("người xét đánh giá", "a judgement by people");
    Answer::new(Verdict::CannotTell, asked, label("phần mềm không đánh giá thay", "the program does not judge"))
}
