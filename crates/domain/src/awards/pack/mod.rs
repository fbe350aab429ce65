//! Award law as dated rule packs (bộ quy tắc theo luật): titles, forms, conditions, rules across all of them, quotas, money.
//!
//! [`load`] reads packs from TOML and lists every fault with file and line. A pack may extend another and then says only
//! what changed; what was never read stays out of it, and the check answers *cannot tell* where it would matter.

mod clauses;
mod inherit;
mod read;
#[cfg(test)]
pub(in crate::awards) mod tests;
mod validate;
mod words;

use jiff::civil::Date;
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use super::quota::Rounding;
use crate::{Label, Source, organisation::Validity};

pub use read::{belongs, load};
pub use words::{
    Choice, DisciplineLevel, Gender, Grantor, InitiativeLevel, LeaveKind, MemberShare, Occasion, StaffGrade,
};

/// A rule pack: the award law of a span of days.
#[derive(Clone, Debug, PartialEq)]
pub struct RulePack {
    /// Code (`award_law_2022_decree_152`).
    pub code: String,
    /// Name.
    pub label: Label,
    /// On which days dossiers are accepted under it.
    pub validity: Validity,
    /// Only its dates are known: every condition is a person's to check.
    pub is_frame: bool,
    /// The texts of law that it is made of.
    pub texts: Vec<String>,
    /// Titles and forms of commendation, in the order in which lists show them.
    pub awards: Vec<AwardRule>,
    /// Rules across all of them.
    pub rules: Vec<CrossRule>,
    /// Quotas.
    pub quotas: Vec<Quota>,
    /// Money, in multiples of the base salary.
    pub money: Vec<Money>,
    /// The base salary over time, where the pack knows it.
    pub base_salary: Vec<BaseSalary>,
    /// Who grants what to units of which kind; empty until an office fills it.
    pub grantors: Vec<GrantorRow>,
    /// How dossiers stand that were accepted before the pack came into force.
    pub transition: Option<Label>,
    /// Where the pack comes from; one that was not read only advises.
    pub source: Source,
}

/// Whether an award is a title or a form of commendation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AwardKind {
    /// Danh hiệu thi đua.
    Title,
    /// Hình thức khen thưởng.
    Form,
}

/// To whom an award may go.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Recipients {
    /// Persons.
    Person,
    /// Collectives.
    Collective,
    /// Either.
    Both,
}

/// A title or a form with its conditions.
#[derive(Clone, Debug, PartialEq)]
pub struct AwardRule {
    /// Identifier (`grassroots_fighter`).
    pub code: String,
    /// Name.
    pub label: Label,
    /// Title or form.
    pub kind: AwardKind,
    /// To whom it may go.
    pub recipients: Recipients,
    /// Who may grant it by the text; empty where not known.
    pub granted_by: Vec<Grantor>,
    /// The article that says so; empty where not known.
    pub grantor_article: String,
    /// Whether the text alone does not settle who grants it to a school under a commune.
    pub needs_matrix: bool,
    /// The conditions, all of which must be met.
    pub clauses: Vec<Clause>,
    /// Where it comes from.
    pub source: Source,
}

/// A condition.
#[derive(Clone, Debug, PartialEq)]
pub struct Clause {
    /// Code, unique beside its siblings.
    pub code: String,
    /// What it asks.
    pub label: Label,
    /// The article exactly as the source gives it; empty where it gives none.
    pub article: String,
    /// What can be computed.
    pub test: Test,
    /// Where it comes from.
    pub source: Source,
}

/// What can be computed about a condition.
#[derive(Clone, Debug, PartialEq)]
pub enum Test {
    /// The grade of work in so many consecutive years up to the year of the award.
    Grade {
        /// At least this.
        grade: StaffGrade,
        /// How many years.
        years: u16,
    },
    /// An award in so many consecutive years.
    Awarded {
        /// Which.
        award: String,
        /// How many years.
        years: u16,
        /// Another source asks for so many only: between the two nothing can be told.
        years_disputed: Option<u16>,
        /// Whether the years must end with the year of the award itself; they may end with the year before otherwise.
        same_year: bool,
    },
    /// An award so many times in succession.
    Times {
        /// Which.
        award: String,
        /// How many times.
        count: u16,
    },
    /// Recognised initiatives.
    Initiatives {
        /// Recognised at this level or above.
        level: InitiativeLevel,
        /// How many.
        count: u16,
        /// Only those of the last so many years.
        years: Option<u16>,
    },
    /// A share of a collective's members.
    Members {
        /// Which members.
        share: MemberShare,
        /// At least so many per cent.
        percent: u16,
    },
    /// Nobody disciplined from this level up in the year of the award.
    NoDiscipline {
        /// From which level.
        level: DisciplineLevel,
    },
    /// A fact that people record with yes or no.
    Recorded {
        /// Its name.
        fact: String,
    },
    /// A thematic movement that has lasted so long.
    ThematicMovement {
        /// How many years.
        years: u16,
    },
    /// So many months in posts; a third less for women leaders where the pack says so.
    InPost {
        /// How many months.
        months: u16,
    },
    /// Only people can judge it.
    Judged,
    /// One of them is enough.
    Any(Vec<Clause>),
    /// All of them.
    All(Vec<Clause>),
}

/// The rules across all titles and forms.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RuleCode {
    /// A lower form is no precondition for a higher one.
    NoLadder,
    /// Unexpected and thematic awards are no base upward.
    ThematicIsNoBase,
    /// Hold while something is being checked.
    Hold,
    /// Achievements count from the end of a discipline.
    AfterDiscipline,
    /// Maternity leave counts as working time.
    MaternityCounts,
    /// Among equals women come first.
    TieWomen,
    /// Women leaders need less time in post.
    WomenLeadersTerm,
    /// One achievement, one award.
    OneAchievement,
    /// The forms of reports in the annex.
    ReportForms,
}

/// A rule across all titles and forms.
#[derive(Clone, Debug, PartialEq)]
pub struct CrossRule {
    /// Which.
    pub code: RuleCode,
    /// What it says.
    pub label: Label,
    /// The article exactly as the source gives it; empty where it gives none.
    pub article: String,
    /// Its number: per cent of women for ties, the part of a term that women leaders are spared (3 for one third).
    pub number: Option<u16>,
    /// Where it comes from.
    pub source: Source,
}

/// At most so many of an award.
#[derive(Clone, Debug, PartialEq)]
pub struct Quota {
    /// Code.
    pub code: String,
    /// Name.
    pub label: Label,
    /// Which award is limited.
    pub award: String,
    /// The award whose number is the base; none for all people.
    pub of: Option<String>,
    /// Per cent of the base.
    pub percent: Decimal,
    /// What becomes of a fraction.
    pub rounding: Rounding,
    /// Shown beside, never applied.
    pub is_comparison: bool,
    /// Where it comes from.
    pub source: Source,
}

/// The money that goes with an award.
#[derive(Clone, Debug, PartialEq)]
pub struct Money {
    /// The award, or a model that is no award of the pack.
    pub code: String,
    /// Its name, where it is no award of the pack.
    pub label: Option<Label>,
    /// Multiple of the base salary.
    pub multiple: Decimal,
    /// Where it comes from.
    pub source: Source,
}

/// The base salary (lương cơ sở) from a day on.
#[derive(Clone, Debug, PartialEq)]
pub struct BaseSalary {
    /// First day.
    pub from: Date,
    /// Đồng a month.
    pub amount: Decimal,
    /// Where it comes from.
    pub source: Source,
}

/// Who grants an award to units of a kind.
#[derive(Clone, Debug, PartialEq)]
pub struct GrantorRow {
    /// The award.
    pub award: String,
    /// The kind of the unit (`school`).
    pub unit_kind: String,
    /// Who grants it.
    pub grantor: Grantor,
    /// Where it comes from.
    pub source: Source,
}

impl RulePack {
    /// The award with this code.
    pub fn award(&self, code: &str) -> Option<&AwardRule> {
        self.awards.iter().find(|award| award.code == code)
    }

    /// A rule, where the pack has it.
    pub fn rule(&self, code: RuleCode) -> Option<&CrossRule> {
        self.rules.iter().find(|rule| rule.code == code)
    }

    /// The quota on an award that an office starts from.
    pub fn quota(&self, award: &str) -> Option<&Quota> {
        self.quotas.iter().find(|quota| quota.award == award && !quota.is_comparison)
    }

    /// The money for an award.
    pub fn money(&self, award: &str) -> Option<&Money> {
        self.money.iter().find(|money| money.code == award)
    }

    /// The base salary on a day, where the pack knows it.
    pub fn base_salary_on(&self, day: Date) -> Option<&BaseSalary> {
        self.base_salary.iter().filter(|salary| salary.from <= day).max_by_key(|salary| salary.from)
    }

    /// The names of the facts that people record for this award, in the order of the conditions, each once.
    pub fn recorded_facts(&self, award: &str) -> Vec<(&str, &Label)> {
        let mut facts: Vec<(&str, &Label)> = Vec::new();
        for clause in self.award(award).into_iter().flat_map(|award| &award.clauses) {
            clause.collect_facts(&mut facts);
        }
        facts
    }
}

impl Clause {
    fn collect_facts<'a>(&'a self, facts: &mut Vec<(&'a str, &'a Label)>) {
        match &self.test {
            Test::Recorded { fact } if facts.iter().all(|(known, _)| known != fact) => facts.push((fact, &self.label)),
            Test::Any(parts) | Test::All(parts) => parts.iter().for_each(|part| part.collect_facts(facts)),
            _ => {}
        }
    }
}

impl Recipients {
    /// Whether a person, or a collective, may have it.
    pub fn takes(self, is_person: bool) -> bool {
        match self {
            Self::Person => is_person,
            Self::Collective => !is_person,
            Self::Both => true,
        }
    }
}

/// The pack of the day on which a dossier was accepted.
pub fn on(packs: &[RulePack], accepted_on: Date) -> Option<&RulePack> {
    packs.iter().find(|pack| pack.validity.contains(accepted_on))
}

/// The packs later than this one that let earlier dossiers have their better rules.
pub fn later_that_may_be_better<'a>(packs: &'a [RulePack], pack: &RulePack, today: Date) -> Vec<&'a RulePack> {
    let begins = |pack: &RulePack| pack.validity.from;
    packs
        .iter()
        .filter(|later| later.transition.is_some() && begins(later) > begins(pack))
        .filter(|later| begins(later).is_some_and(|from| from <= today))
        .collect()
}
