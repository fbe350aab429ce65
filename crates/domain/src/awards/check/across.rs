//! The rules across all awards: to whom, by whom, holds, one achievement one award.

use super::{Answer, ClauseAnswer, Verdict, label};
use crate::{
    Label, Source,
    awards::{
        dossier::AwardDossier,
        pack::{AwardRule, Choice, RuleCode, RulePack},
    },
    vietnamese::short_date,
};

/// The answers, in the order in which the page shows them.
pub(super) fn answers(
    pack: &RulePack,
    award: &AwardRule,
    dossier: &AwardDossier,
    others: &[AwardDossier],
) -> Vec<ClauseAnswer> {
    vec![recipient(award, dossier), grantor(pack, award, dossier), hold(pack, dossier), once(pack, dossier, others)]
}

fn recipient(award: &AwardRule, dossier: &AwardDossier) -> ClauseAnswer {
    let is_person = dossier.nominee.is_person;
    let asked = match (award.recipients.takes(true), award.recipients.takes(false)) {
        (true, true) => label("cá nhân hoặc tập thể", "a person or a collective"),
        (true, false) => label("cá nhân", "a person"),
        _ => label("tập thể", "a collective"),
    };
    let found = if is_person { label("là cá nhân", "a person") } else { label("là tập thể", "a collective") };
    let verdict = if award.recipients.takes(is_person) { Verdict::Passed } else { Verdict::NotPassed };
    let name = label("Đúng đối tượng", "The right recipient");
    Answer::new(verdict, asked, found).into_clause("recipient".to_owned(), name, String::new(), award.source.clone())
}

fn grantor(pack: &RulePack, award: &AwardRule, dossier: &AwardDossier) -> ClauseAnswer {
    let named = |grantors: &mut dyn Iterator<Item = (&'static str, &'static str)>| {
        let (vi, en): (Vec<&str>, Vec<&str>) = grantors.unzip();
        label(vi.join(" hoặc "), en.join(" or "))
    };
    let row = pack.grantors.iter().find(|row| row.award == award.code && row.unit_kind == dossier.nominee.unit_kind);
    let mut source = award.source.clone();
    let asked = match row {
        Some(row) => {
            source = row.source.clone();
            named(&mut std::iter::once(row.grantor.label()))
        }
        None if award.granted_by.is_empty() => label("cấp có thẩm quyền", "whoever is competent"),
        None => named(&mut award.granted_by.iter().map(|grantor| grantor.label())),
    };
    let (verdict, found) = match (dossier.grantor, row) {
        (None, _) => (Verdict::CannotTell, label("chưa ghi cấp quyết định", "nobody has said who is to grant it")),
        (Some(chosen), Some(row)) => {
            (if chosen == row.grantor { Verdict::Passed } else { Verdict::NotPassed }, chosen_words(chosen.label()))
        }
        (Some(chosen), None) if award.granted_by.is_empty() => {
            let (vi, en) = chosen.label();
            (Verdict::CannotTell, label(format!("{vi}; chưa rõ thẩm quyền"), format!("{en}; competence unknown")))
        }
        (Some(chosen), None) if !award.granted_by.contains(&chosen) => {
            (Verdict::NotPassed, chosen_words(chosen.label()))
        }
        (Some(chosen), None) if award.needs_matrix => {
            let (vi, en) = chosen.label();
            let vi = format!("{vi}; ma trận thẩm quyền với đơn vị thuộc xã, phường chưa được điền");
            (Verdict::CannotTell, label(vi, format!("{en}; the matrix of competence for units of communes is empty")))
        }
        (Some(chosen), None) => (Verdict::Passed, chosen_words(chosen.label())),
    };
    let name = label("Đúng thẩm quyền quyết định", "The competent grantor");
    let article = if row.is_some() { String::new() } else { award.grantor_article.clone() };
    Answer::new(verdict, asked, found).into_clause("grantor".to_owned(), name, article, source)
}

fn chosen_words((vi, en): (&'static str, &'static str)) -> Label {
    label(format!("đề nghị {vi}"), format!("proposed: {en}"))
}

/// The rule's own words, article and source; the pack's where it has no such rule.
fn by_rule(pack: &RulePack, code: RuleCode, name: Label) -> (Label, String, Source) {
    match pack.rule(code) {
        Some(rule) => (rule.label.clone(), rule.article.clone(), rule.source.clone()),
        None => (name, String::new(), pack.source.clone()),
    }
}

fn hold(pack: &RulePack, dossier: &AwardDossier) -> ClauseAnswer {
    let name = label("Không đang tạm dừng xét", "Not on hold");
    let (name, article, source) = by_rule(pack, RuleCode::Hold, name);
    let asked = label("không đang tạm dừng xét", "no hold that stands");
    let (verdict, found) = match dossier.hold() {
        Some(hold) => {
            let since = short_date(hold.since);
            let vi = format!("tạm dừng từ {since}: {}; soạn tiếp được, chưa trình được", hold.reason);
            (Verdict::NotPassed, label(vi, format!("on hold since {since}: {}; may be drafted, not sent", hold.reason)))
        }
        None => (Verdict::Passed, label("không có", "none")),
    };
    Answer::new(verdict, asked, found).into_clause("hold".to_owned(), name, article, source)
}

fn once(pack: &RulePack, dossier: &AwardDossier, others: &[AwardDossier]) -> ClauseAnswer {
    let name = label("Một thành tích chỉ khen một lần", "One achievement, one award");
    let (name, article, source) = by_rule(pack, RuleCode::OneAchievement, name);
    let asked = label("không trùng hồ sơ khác", "no other dossier of the same");
    let twins: Vec<String> = dossier.duplicates(others).iter().map(|other| other.id.to_string()).collect();
    let (verdict, found) = if twins.is_empty() {
        (Verdict::Passed, label("không trùng", "none"))
    } else {
        let list = twins.join(", ");
        (Verdict::NotPassed, label(format!("trùng với hồ sơ {list}"), format!("the same as dossier {list}")))
    };
    Answer::new(verdict, asked, found).into_clause("one_achievement".to_owned(), name, article, source)
}
