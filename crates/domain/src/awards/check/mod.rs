//! A dossier against a rule pack, clause by clause: *passed*, *not passed* or *cannot tell*, each with its article, what was
//! found, what is asked and the sentence that says so. It explains and never decides.

mod across;
mod facts;
mod parts;
#[cfg(test)]
mod tests;
mod years;

use serde::Serialize;

use super::{
    dossier::AwardDossier,
    pack::{AwardRule, Clause, RulePack, Test},
};
use crate::{Confidence, Label, Source};

/// What a check can say.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    /// Met.
    Passed,
    /// Not met.
    NotPassed,
    /// Something is unknown, or only people can judge it: a normal answer.
    CannotTell,
}

impl Verdict {
    /// `true`, `false`, or nothing where it cannot be told.
    pub fn ok(self) -> Option<bool> {
        match self {
            Self::Passed => Some(true),
            Self::NotPassed => Some(false),
            Self::CannotTell => None,
        }
    }

    /// The identifier.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Passed => "passed",
            Self::NotPassed => "not_passed",
            Self::CannotTell => "cannot_tell",
        }
    }

    fn words(self) -> (&'static str, &'static str) {
        match self {
            Self::Passed => ("Đạt", "Passed"),
            Self::NotPassed => ("Không đạt", "Not passed"),
            Self::CannotTell => ("Chưa kết luận được", "Cannot tell"),
        }
    }
}

/// What was found against what is asked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Answer {
    pub(super) verdict: Verdict,
    pub(super) found: Label,
    pub(super) asked: Label,
}

/// The answer to one clause.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ClauseAnswer {
    /// Its code; parts of a clause carry the whole's code before them (`excellent_or_initiative.initiative`).
    pub code: String,
    /// What the clause asks, in its own words.
    pub label: Label,
    /// The article exactly as the source gives it; empty where it gives none.
    pub article: String,
    /// Where the clause comes from, and how sure it is.
    pub source: Source,
    /// Passed, not passed, or cannot tell.
    pub verdict: Verdict,
    /// The value found.
    pub found: Label,
    /// The value asked.
    pub asked: Label,
    /// The whole as a sentence.
    pub why: Label,
    /// The parts of a clause that joins several.
    pub parts: Vec<ClauseAnswer>,
}

/// A dossier judged under one pack.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Judgement {
    /// The pack's code.
    pub pack: String,
    /// The award's own clauses first, then the rules across all awards.
    pub clauses: Vec<ClauseAnswer>,
    /// Whether the pack was not read in its text, so that all of it only advises.
    pub only_advises: bool,
}

impl Judgement {
    /// How many clauses passed, did not pass, cannot be told.
    pub fn counts(&self) -> [usize; 3] {
        [Verdict::Passed, Verdict::NotPassed, Verdict::CannotTell]
            .map(|verdict| self.clauses.iter().filter(|clause| clause.verdict == verdict).count())
    }
}

pub(super) fn label(vi: impl Into<String>, en: impl Into<String>) -> Label {
    Label { vi: vi.into(), en: en.into() }
}

impl Answer {
    pub(super) fn new(verdict: Verdict, asked: Label, found: Label) -> Self {
        Self { verdict, found, asked }
    }

    /// The sentence: `Đạt: cần …; có ….`
    fn why(&self) -> Label {
        let (vi, en) = self.verdict.words();
        label(
            format!("{vi}: cần {}; {}.", self.asked.vi, self.found.vi),
            format!("{en}: asked {}; {}.", self.asked.en, self.found.en),
        )
    }

    pub(super) fn into_clause(self, code: String, label: Label, article: String, source: Source) -> ClauseAnswer {
        let why = self.why();
        let Self { verdict, found, asked } = self;
        ClauseAnswer { code, label, article, source, verdict, found, asked, why, parts: Vec::new() }
    }
}

/// Judges a dossier under a pack; `others` are the other dossiers of the office and the year.
pub fn check(pack: &RulePack, dossier: &AwardDossier, others: &[AwardDossier]) -> Judgement {
    let clauses = match pack.award(&dossier.award) {
        Some(award) => {
            let of_award = award.clauses.iter().map(|clause| answer("", clause, pack, dossier, others));
            of_award.chain(across::answers(pack, award, dossier, others)).collect()
        }
        None => vec![not_in_pack(pack, dossier)],
    };
    let only_advises = pack.is_frame || pack.source.confidence != Confidence::Confirmed;
    Judgement { pack: pack.code.clone(), clauses, only_advises }
}

fn not_in_pack(pack: &RulePack, dossier: &AwardDossier) -> ClauseAnswer {
    let asked = label(
        format!("điều kiện của «{}» trong {}", dossier.award, pack.label.vi),
        format!("the conditions of «{}» in {}", dossier.award, pack.label.en),
    );
    let found = if pack.is_frame {
        label(
            "gói quy tắc chỉ có khung, người xét tự đối chiếu văn bản",
            "the pack is only a frame: people check the text",
        )
    } else {
        label("gói quy tắc không có danh hiệu, hình thức này", "the pack has no such award")
    };
    let name = label("Danh hiệu, hình thức có trong gói quy tắc", "The award is in the pack");
    Answer::new(Verdict::CannotTell, asked, found).into_clause(
        "award_in_pack".to_owned(),
        name,
        String::new(),
        pack.source.clone(),
    )
}

fn answer(
    above: &str,
    clause: &Clause,
    pack: &RulePack,
    dossier: &AwardDossier,
    others: &[AwardDossier],
) -> ClauseAnswer {
    let code = if above.is_empty() { clause.code.clone() } else { format!("{above}.{}", clause.code) };
    let (answer, parts) = match &clause.test {
        Test::Any(inner) | Test::All(inner) => {
            let parts: Vec<_> = inner.iter().map(|part| answer(&code, part, pack, dossier, others)).collect();
            (parts::joined(&parts, matches!(clause.test, Test::Any(_))), parts)
        }
        test => (one(test, pack, dossier, others), Vec::new()),
    };
    let settled = answer.into_clause(code, clause.label.clone(), clause.article.clone(), clause.source.clone());
    ClauseAnswer { parts, ..settled }
}

fn one(test: &Test, pack: &RulePack, dossier: &AwardDossier, others: &[AwardDossier]) -> Answer {
    match test {
        Test::Grade { grade, years } => years::graded(pack, dossier, *grade, *years),
        Test::Awarded { award, years, years_disputed, same_year } => {
            let asked = years::Span { years: *years, disputed: *years_disputed, same_year: *same_year };
            years::awarded(pack, dossier, others, award, asked)
        }
        Test::Times { award, count } => years::times(pack, dossier, award, *count),
        Test::Initiatives { level, count, years } => facts::initiatives(pack, dossier, *level, *count, *years),
        Test::Members { share, percent } => facts::members(dossier, *share, *percent),
        Test::NoDiscipline { level } => facts::no_discipline(dossier, *level),
        Test::Recorded { fact } => facts::recorded(dossier, fact),
        Test::ThematicMovement { years } => facts::movement(dossier, *years),
        Test::InPost { months } => facts::in_post(pack, dossier, *months),
        Test::Judged => facts::judged(),
        // Joined clauses are taken apart by the caller.
        Test::Any(_) | Test::All(_) => facts::judged(),
    }
}

/// The name of an award in a pack; its code where the pack does not have it.
pub(super) fn award_name(pack: &RulePack, code: &str) -> Label {
    pack.award(code).map_or_else(|| label(code, code), |award: &AwardRule| award.label.clone())
}
