//! Facts worth a sentence, found by arithmetic over the indicators of one unit and year.

use serde::{Deserialize, Serialize};

use super::phrasebook::{Phrasebook, Thresholds};
use crate::figures::basis::whole_of_share;
use crate::figures::catalogue::{Catalogue, Direction, Indicator};
use crate::figures::formula::Formula;
use crate::reports::figure::FigureForm;
use crate::reports::reference::{Naming, Rank, Teller};
use crate::reports::summary::{Completeness, SummaryFacts};
use crate::{Confidence, Level};

/// What kind of fact it is, in the order in which facts are told.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FindingKind {
    /// The target was not reached (for a ceiling: it was exceeded).
    TargetMissed,
    /// The target was reached.
    TargetMet,
    /// A notable change for the worse.
    Worse,
    /// A notable change for the better.
    Better,
    /// A notable change of an amount of which neither way is better.
    Size,
    /// Places lost among the sibling units.
    RankDown,
    /// Places won.
    RankUp,
}

/// Whether a fact speaks for the office.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Tone {
    /// A strength.
    Good,
    /// A shortcoming.
    Bad,
    /// Neither.
    Plain,
}

impl FindingKind {
    /// Every kind, in order.
    pub const ALL: [Self; 7] =
        [Self::TargetMissed, Self::TargetMet, Self::Worse, Self::Better, Self::Size, Self::RankDown, Self::RankUp];

    /// The identifier.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::TargetMissed => "target_missed",
            Self::TargetMet => "target_met",
            Self::Worse => "worse",
            Self::Better => "better",
            Self::Size => "size",
            Self::RankDown => "rank_down",
            Self::RankUp => "rank_up",
        }
    }

    /// Whether it speaks for the office.
    pub fn tone(self) -> Tone {
        match self {
            Self::TargetMet | Self::Better | Self::RankUp => Tone::Good,
            Self::TargetMissed | Self::Worse | Self::RankDown => Tone::Bad,
            Self::Size => Tone::Plain,
        }
    }
}

/// A fact with everything that it rests on.
#[derive(Clone, Debug, PartialEq)]
pub struct Finding {
    /// Kind.
    pub kind: FindingKind,
    /// The indicator.
    pub code: String,
    /// The level that it speaks of; none for the whole unit.
    pub level: Option<Level>,
    /// The indicator's group (`scale`, `staff`, `results` …).
    pub group: String,
    /// This year's value, rounded as printed.
    pub this_year: f64,
    /// Last year's.
    pub last_year: Option<f64>,
    /// The target of this year.
    pub target: Option<f64>,
    /// The place this year.
    pub rank: Option<Rank>,
    /// From which difference on it is a fact, in points, per cent or places; 0 for targets.
    pub threshold: f64,
    /// How sure the threshold is.
    pub confidence: Confidence,
    /// How many times the threshold (for targets: of the threshold of a change).
    pub weight: f64,
    /// The whole of a share over few cases: the codes that add up to it.
    pub few_cases: Option<Vec<String>>,
    /// Set where units are missing from the figure.
    pub partial: Option<Completeness>,
}

impl Finding {
    /// A stable name: kind and indicator. A unit has at most one finding of a name in a year.
    pub fn key(&self) -> String {
        format!("{}:{}", self.kind.as_str(), self.code)
    }
}

/// Whether the indicator is a plain measure of one unit and year: it reads no other year or unit and no norm, so that a
/// change of it means what it says.
fn is_plain(indicator: &Indicator) -> bool {
    let plain = |formula: &Formula| {
        formula.constants().is_empty() && formula.references().iter().all(|read| !read.previous && !read.parent)
    };
    indicator.measure.0 != "điểm %" && Formula::parse(&indicator.formula).is_ok_and(|formula| plain(&formula))
}

/// Every finding of the report's unit and year, of the levels of which it speaks, in the order of this module.
pub fn findings(facts: &SummaryFacts<'_>, teller: &Teller<'_>, book: &Phrasebook) -> Vec<Finding> {
    let spoken = |indicator: &&Indicator| match indicator.level {
        Some(level) => facts.speaks_of(level),
        None => facts.level.is_none(),
    };
    let plain = facts.catalogue.indicators.iter().filter(spoken).filter(|indicator| is_plain(indicator));
    let finder = Finder { teller, thresholds: &book.threshold, catalogue: facts.catalogue, facts };
    let mut found: Vec<(usize, Finding)> = Vec::new();
    for (at, indicator) in plain.enumerate() {
        found.extend(finder.of(indicator).into_iter().map(|finding| (at, finding)));
    }
    found.sort_by(|(a_at, a), (b_at, b)| a.kind.cmp(&b.kind).then(b.weight.total_cmp(&a.weight)).then(a_at.cmp(b_at)));
    found.into_iter().map(|(_, finding)| finding).collect()
}

struct Finder<'a> {
    teller: &'a Teller<'a>,
    thresholds: &'a Thresholds,
    catalogue: &'a Catalogue,
    facts: &'a SummaryFacts<'a>,
}

/// What makes a value a fact: kind, threshold, and how far beyond it.
struct Notable {
    kind: FindingKind,
    threshold: f64,
    weight: f64,
}

impl Finder<'_> {
    fn of(&self, indicator: &Indicator) -> Vec<Finding> {
        let (unit, year) = (self.teller.unit(), self.teller.year());
        let Some(this_year) = self.teller.value(&indicator.code, unit, year) else { return Vec::new() };
        let partial = self.partial(indicator);
        if partial.is_some_and(|partial| partial.share() * 100.0 < self.thresholds.coverage) {
            return Vec::new();
        }
        let naming = self.teller.naming(&indicator.code);
        let notable = [self.target(indicator, &naming), self.change(indicator, &naming), self.rank(indicator)];
        let finding = |notable: Notable| Finding {
            kind: notable.kind,
            code: indicator.code.clone(),
            level: indicator.level,
            group: indicator.group.clone(),
            this_year,
            last_year: self.teller.value(&indicator.code, unit, year.previous()),
            target: self.teller.target(&indicator.code, unit, year),
            rank: self.teller.rank(&indicator.code, unit, year),
            threshold: notable.threshold,
            confidence: self.thresholds.confidence,
            weight: notable.weight,
            few_cases: self.few_cases(indicator),
            partial,
        };
        notable.into_iter().flatten().map(finding).collect()
    }

    fn amount(&self, code: &str, form: FigureForm) -> Option<f64> {
        self.teller.tell(code, self.teller.unit(), self.teller.year(), form).value
    }

    fn target(&self, indicator: &Indicator, naming: &Naming) -> Option<Notable> {
        let gap = self.amount(&indicator.code, FigureForm::TargetGap)?;
        let met = if naming.direction == Direction::Down { gap <= 0.0 } else { gap >= 0.0 };
        let kind = if met { FindingKind::TargetMet } else { FindingKind::TargetMissed };
        Some(Notable { kind, threshold: 0.0, weight: gap.abs() / self.thresholds.points })
    }

    fn change(&self, indicator: &Indicator, naming: &Naming) -> Option<Notable> {
        let difference = self.amount(&indicator.code, FigureForm::Change)?;
        let (moved, threshold) = if naming.is_percent() {
            (difference, self.thresholds.points)
        } else {
            (self.amount(&indicator.code, FigureForm::RelativeChange)?, self.thresholds.relative)
        };
        let kind = match (naming.direction, difference > 0.0) {
            (Direction::Up, true) | (Direction::Down, false) => FindingKind::Better,
            (Direction::Up, false) | (Direction::Down, true) => FindingKind::Worse,
            (Direction::Neutral, _) if naming.is_amount() => FindingKind::Size,
            (Direction::Neutral, _) => return None,
        };
        (difference != 0.0 && moved.abs() >= threshold).then(|| Notable {
            kind,
            threshold,
            weight: moved.abs() / threshold,
        })
    }

    /// Only where one way is better: a place by size says nothing of the work.
    fn rank(&self, indicator: &Indicator) -> Option<Notable> {
        if indicator.direction == Direction::Neutral {
            return None;
        }
        let places = self.amount(&indicator.code, FigureForm::RankChange)?;
        let kind = if places > 0.0 { FindingKind::RankUp } else { FindingKind::RankDown };
        let threshold = self.thresholds.places;
        (places != 0.0 && places.abs() >= threshold).then(|| Notable {
            kind,
            threshold,
            weight: places.abs() / threshold,
        })
    }

    fn few_cases(&self, indicator: &Indicator) -> Option<Vec<String>> {
        let whole: Vec<String> =
            whole_of_share(self.catalogue, &indicator.code)?.iter().map(ToString::to_string).collect();
        let (unit, year) = (self.teller.unit(), self.teller.year());
        let cases: Option<Vec<f64>> = whole.iter().map(|code| self.teller.value(code, unit, year)).collect();
        (cases?.iter().sum::<f64>() < self.thresholds.few_cases).then_some(whole)
    }

    fn partial(&self, indicator: &Indicator) -> Option<Completeness> {
        let (unit, year) = (self.teller.unit(), self.teller.year());
        self.facts.figures.completeness(&indicator.code, unit, year).filter(Completeness::is_partial)
    }
}
