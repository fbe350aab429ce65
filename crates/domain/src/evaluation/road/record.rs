//! What is said of a line at a stage, and a unit's road as the sum of it.

use std::collections::BTreeSet;

use rust_decimal::Decimal;

use super::{Person, RoadState, Stage};
use crate::evaluation::score::Mark;

/// What is said of a line.
#[derive(Clone, Debug, PartialEq)]
pub enum Claim {
    /// A value in the line's own terms: points, 1 for yes, the level reached, a count, so many times.
    Value(Decimal),
    /// It does not apply to the unit; the reason stands in the comment.
    NotApplicable,
    /// What the figures gave at that moment; the comment says from what.
    Computed(Mark),
}

/// The reason for which another's claim is taken over, told as that other's words; empty where there was none.
pub fn agreed(reason: &str) -> String {
    const HEAD: &str = "Đồng ý với lý do đã nêu: ";
    match reason.trim() {
        "" => String::new(),
        reason if reason.starts_with(HEAD) => reason.to_owned(),
        reason => format!("{HEAD}«{reason}»"),
    }
}

/// What somebody hands in for a line; without a claim it is a remark.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Entry {
    /// The line's code.
    pub line: String,
    /// What is said.
    pub claim: Option<Claim>,
    /// Why.
    pub comment: String,
    /// Hashes of the evidence files meant.
    pub evidence: Vec<String>,
}

/// A record to be appended.
#[derive(Clone, Debug, PartialEq)]
pub struct NewRecord {
    /// At which stage.
    pub stage: Stage,
    /// The line's code.
    pub line: String,
    /// What was said.
    pub claim: Option<Claim>,
    /// Why.
    pub comment: String,
    /// Hashes of the evidence files meant.
    pub evidence: Vec<String>,
}

/// A record as it stands, never to be changed.
#[derive(Clone, Debug, PartialEq)]
pub struct Record {
    /// Its place on the unit's road, from 1.
    pub number: u32,
    /// What was said.
    pub what: NewRecord,
    /// Who said it, by user name.
    pub by: String,
    /// For which unit; empty where the program filled it from figures.
    pub of_unit: String,
    /// When, as it is stored.
    pub at: String,
}

impl Record {
    /// Whether it is the word of this person's desk: their own, or a colleague's of the same unit.
    pub fn is_of(&self, person: &Person) -> bool {
        self.by == person.name || person.units.contains(&self.of_unit)
    }

    /// The desk that speaks: the unit; the person where they speak for none.
    fn desk(&self) -> &str {
        if self.of_unit.is_empty() { &self.by } else { &self.of_unit }
    }
}

/// What a verb does to a unit's road.
#[derive(Clone, Debug, PartialEq)]
pub struct Step {
    /// Where the unit stands afterwards.
    pub next: RoadState,
    /// What is appended.
    pub records: Vec<NewRecord>,
}

/// A unit's road so far.
#[derive(Clone, Debug, PartialEq)]
pub struct UnitRoad {
    /// The unit's code.
    pub unit: String,
    /// Where it stands.
    pub state: RoadState,
    /// Every record, oldest first.
    pub records: Vec<Record>,
}

impl UnitRoad {
    /// The road of a unit when the set is opened.
    pub fn begin(unit: &str) -> Self {
        Self { unit: unit.to_owned(), state: RoadState::Opened, records: Vec::new() }
    }

    /// The road as it is shown to somebody who writes at a stage: where desks judge apart, without what the other desks
    /// said there. The whole road where nobody writes.
    #[must_use]
    pub fn seen_by(&self, person: &Person, writes: Option<Stage>) -> Self {
        let apart = writes.filter(|stage| stage.is_apart());
        let is_seen = |record: &&Record| Some(record.what.stage) != apart || record.is_of(person);
        let records = self.records.iter().filter(is_seen).cloned().collect();
        Self { unit: self.unit.clone(), state: self.state, records }
    }

    /// The road as it was when this was the number of its last record.
    #[must_use]
    pub fn until(&self, number: u32) -> Self {
        let records = self.records.iter().filter(|record| record.number <= number).cloned().collect();
        Self { unit: self.unit.clone(), state: self.state, records }
    }

    /// The claim that counts: the last stage's, and of that stage the latest.
    pub fn counting(&self, line: &str) -> Option<&Record> {
        let claims = self.records.iter().filter(|record| record.what.line == line && record.what.claim.is_some());
        claims.max_by_key(|record| (record.what.stage, record.number))
    }

    /// What counts on a line.
    pub fn claim(&self, line: &str) -> Option<&Claim> {
        self.counting(line).and_then(|record| record.what.claim.as_ref())
    }

    /// The latest claim of a stage on a line.
    pub fn said_at(&self, stage: Stage, line: &str) -> Option<&Record> {
        let at_stage = |record: &&Record| record.what.stage == stage && record.what.line == line;
        self.records.iter().rev().filter(at_stage).find(|record| record.what.claim.is_some())
    }

    /// The latest word of a stage on a line, with a claim or without.
    pub fn word_at(&self, stage: Stage, line: &str) -> Option<&Record> {
        self.records.iter().rev().find(|record| record.what.stage == stage && record.what.line == line)
    }

    /// The word with which somebody goes on at a stage: the latest one, but that of the own desk where desks judge apart.
    pub fn own_word(&self, person: &Person, stage: Stage, line: &str) -> Option<&Record> {
        let is_own = |record: &&Record| {
            let is_theirs = !stage.is_apart() || record.is_of(person);
            is_theirs && record.what.stage == stage && record.what.line == line
        };
        self.records.iter().rev().find(is_own)
    }

    /// The claim from which somebody at a stage sets out: what counts, but what counted before it where desks judge apart.
    pub fn set_out(&self, stage: Stage, line: &str) -> Option<&Record> {
        let claims = self.records.iter().filter(|record| record.what.line == line && record.what.claim.is_some());
        let claims = claims.filter(|record| !stage.is_apart() || record.what.stage < stage);
        claims.max_by_key(|record| (record.what.stage, record.number))
    }

    /// The latest claim of each desk on a line at a stage, in the order of the desks' names: who goes on from a colleague's
    /// word sets it right and does not disagree with it.
    pub fn desks_at(&self, stage: Stage, line: &str) -> Vec<&Record> {
        let own =
            |record: &&Record| record.what.stage == stage && record.what.line == line && record.what.claim.is_some();
        let desks: BTreeSet<&str> = self.records.iter().filter(own).map(Record::desk).collect();
        let latest = |desk: &str| self.records.iter().rev().filter(own).find(|record| record.desk() == desk);
        desks.into_iter().filter_map(latest).collect()
    }

    /// The number that the next record gets.
    pub fn next_number(&self) -> u32 {
        self.records.last().map_or(1, |record| record.number + 1)
    }

    /// The road after a step: nothing before it changes.
    #[must_use]
    pub fn after(&self, step: &Step, by: &str, of_unit: &str, at: &str) -> Self {
        let mut records = self.records.clone();
        for (number, what) in (self.next_number()..).zip(&step.records) {
            let (by, of_unit, at) = (by.to_owned(), of_unit.to_owned(), at.to_owned());
            records.push(Record { number, what: what.clone(), by, of_unit, at });
        }
        Self { unit: self.unit.clone(), state: step.next, records }
    }
}
