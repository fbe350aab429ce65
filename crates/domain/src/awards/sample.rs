//! Invented nominees for tests.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use super::{
    dossier::{AwardDossier, Facts, Initiative, Nominee, PastAward},
    pack::{Grantor, InitiativeLevel, Occasion, StaffGrade},
};
use crate::school_year::SchoolYear;

/// A school year.
pub(super) fn year(text: &str) -> SchoolYear {
    SchoolYear::parse(text).unwrap()
}

/// A dossier of an invented teacher for the year 2025-2026, with nothing known yet.
pub(super) fn teacher(award: &str) -> AwardDossier {
    AwardDossier {
        id: 1,
        nominee: Nominee {
            key: "person:P1".to_owned(),
            is_person: true,
            name: "Nguyễn Thị Thu Hà".to_owned(),
            post: "Giáo viên".to_owned(),
            unit: "90000001".to_owned(),
            unit_kind: "school".to_owned(),
        },
        award: award.to_owned(),
        year: year("2025-2026"),
        occasion: Occasion::Annual,
        achievement: "Hoàn thành xuất sắc nhiệm vụ năm học".to_owned(),
        grantor: Some(Grantor::UnitHead),
        accepted_on: None,
        facts: Facts::default(),
        holds: Vec::new(),
    }
}

/// A dossier of an invented school.
pub(super) fn school(award: &str) -> AwardDossier {
    let own = teacher(award);
    let nominee = Nominee {
        key: "unit:90000001".to_owned(),
        is_person: false,
        name: "Trường Tiểu học Hoa Sữa".to_owned(),
        post: String::new(),
        ..own.nominee.clone()
    };
    AwardDossier { id: 2, nominee, ..own }
}

/// A yearly award of the past.
pub(super) fn past(award: &str, text: &str) -> PastAward {
    PastAward { award: award.to_owned(), year: year(text), occasion: Occasion::Annual, decision: String::new() }
}

/// An initiative.
pub(super) fn initiative(text: &str, level: InitiativeLevel) -> Initiative {
    Initiative { year: year(text), name: format!("Sáng kiến {text}"), level }
}

/// Grades of work by year.
pub(super) fn graded(facts: &mut Facts, grades: &[(&str, StaffGrade)]) {
    facts.grades.extend(grades.iter().map(|(text, grade)| (year(text), *grade)));
}
