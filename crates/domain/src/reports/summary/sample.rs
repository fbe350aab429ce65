//! Invented figures of an invented ward for any catalogue: for tests, benchmarks and looking at the layout.
//!
//! Values are plausible in size only; they come from the code's letters, so the same catalogue gives the same report.

use std::collections::BTreeMap;

use super::emulation::EmulationFacts;
use super::facts::{Completeness, Coverage, FigureSource, Office, SchoolFacts, SummaryFacts, Target};
use crate::Level;
use crate::figures::catalogue::Catalogue;
use crate::reports::sample::INVENTED;
use crate::school_year::SchoolYear;

/// The ward's unit.
pub const WARD: &str = "P01";

/// Invented figures of every code that a catalogue knows.
pub struct InventedFigures {
    measures: BTreeMap<String, String>,
    schools: BTreeMap<String, Vec<Level>>,
}

impl InventedFigures {
    /// Figures for this catalogue and these schools.
    pub fn new(catalogue: &Catalogue, schools: &[SchoolFacts]) -> Self {
        let elements = catalogue.elements.iter().map(|element| (element.code.clone(), element.measure.0.clone()));
        let indicators = catalogue.indicators.iter().map(|known| (known.code.clone(), known.measure.0.clone()));
        Self {
            measures: elements.chain(indicators).collect(),
            schools: schools.iter().map(|school| (school.unit.clone(), school.levels.clone())).collect(),
        }
    }
}

impl FigureSource for InventedFigures {
    fn value(&self, code: &str, unit: &str, year: SchoolYear) -> Option<f64> {
        let element = code.split('.').next().unwrap_or(code);
        let measure = self.measures.get(element)?;
        if let Some(levels) = self.schools.get(unit)
            && level_of(code).is_some_and(|level| !levels.contains(&level))
        {
            return None;
        }
        let turn = f64::from(year.first_calendar_year() - 2022);
        let chance = chance(code, unit);
        if measure == "%" {
            return Some((58.0 + 38.0 * chance + 0.7 * turn).min(100.0));
        }
        let whole = if self.schools.contains_key(unit) { 1.0 } else { 24.0 };
        Some(((20.0 + 60.0 * chance + turn) * whole).round())
    }

    /// One form of one school is missing: that of its staff.
    fn completeness(&self, code: &str, unit: &str, year: SchoolYear) -> Option<Completeness> {
        let is_missing = code.starts_with("teacher_") && unit == WARD && year == SchoolYear::known(2025);
        Some(Completeness { reported: if is_missing { 23 } else { 24 }, expected: 24 })
    }
}

/// The level that a code's prefix names.
fn level_of(code: &str) -> Option<Level> {
    let prefixes = [
        ("pre_", Level::Preschool),
        ("pri_", Level::Primary),
        ("sec_", Level::LowerSecondary),
        ("con_", Level::Continuing),
    ];
    prefixes.into_iter().find(|(prefix, _)| code.starts_with(prefix)).map(|(_, level)| level)
}

/// A number from 0 to 1 that depends on the letters only (FNV-1a with a last mixing).
fn chance(code: &str, unit: &str) -> f64 {
    let hash = code
        .bytes()
        .chain(unit.bytes())
        .fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3));
    let mixed = (hash ^ (hash >> 29)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    (mixed >> 40) as f64 / f64::from(1_u32 << 24)
}

/// Twenty-four invented schools of four levels, one of two levels.
pub fn schools() -> Vec<SchoolFacts> {
    const NAMES: [&str; 8] =
        ["Ánh Dương", "Hoa Sen", "Phù Sa", "Bình Minh", "Đồng Xanh", "Sao Mai", "Sông Hồng", "Tuổi Thơ"];
    let school = |at: usize, prefix: &str, name: &str, levels: &[Level]| SchoolFacts {
        unit: format!("P01-{at:02}"),
        name: format!("{prefix} {name}"),
        levels: levels.to_vec(),
    };
    let kinds: [(&str, &[Level], usize); 4] = [
        ("Trường Mầm non", &[Level::Preschool], 8),
        ("Trường Tiểu học", &[Level::Primary], 8),
        ("Trường THCS", &[Level::LowerSecondary], 6),
        ("Trường TH và THCS", &[Level::Primary, Level::LowerSecondary], 1),
    ];
    let mut schools = Vec::new();
    for (prefix, levels, count) in kinds {
        schools.extend(NAMES.iter().take(count).map(|name| (prefix, *name, levels)));
    }
    schools.push(("Trung tâm GDNN-GDTX", "Long Xuyên Mới", &[Level::Continuing]));
    (1..).zip(schools).map(|(at, (prefix, name, levels))| school(at, prefix, name, levels)).collect()
}

/// The facts of the invented ward for the year 2025-2026.
pub fn facts<'a>(catalogue: &'a Catalogue, figures: &'a dyn FigureSource) -> SummaryFacts<'a> {
    let years: Vec<SchoolYear> = (2022..=2025).map(SchoolYear::known).collect();
    let target = |this_year, next_year| Target { this_year: Some(this_year), next_year: Some(next_year) };
    SummaryFacts {
        office: Office {
            unit: WARD.to_owned(),
            superior: Some("Thành phố Hà Nội".to_owned()),
            name: "Ủy ban nhân dân phường Bồ Đề Mới".to_owned(),
            area: "phường Bồ Đề Mới".to_owned(),
            place: "Bồ Đề Mới".to_owned(),
            document_code: "BC-UBND".to_owned(),
            capacity: vec!["TM. ỦY BAN NHÂN DÂN".into(), "KT. CHỦ TỊCH".into(), "PHÓ CHỦ TỊCH".into()],
            signer: "Nguyễn Thị Thuỳ Dương".to_owned(),
        },
        year: SchoolYear::known(2025),
        years,
        level: None,
        catalogue,
        figures,
        schools: schools(),
        coverage: Some(Coverage { reported: 23, expected: 24, missing: vec!["Trường Tiểu học Sao Mai".into()] }),
        targets: BTreeMap::from([
            ("pre_enrolment_5_rate".to_owned(), target(90.0, 95.5)),
            ("pri_completed_rate".to_owned(), target(75.0, 80.0)),
            ("sec_graduated_rate".to_owned(), target(99.5, 99.5)),
            ("standard_school_rate".to_owned(), target(70.0, 75.0)),
        ]),
        emulation: EmulationFacts::default(),
        texts: BTreeMap::from([
            ("strengths".to_owned(), "Quy mô trường, lớp ổn định.\nChất lượng giáo dục được giữ vững.".to_owned()),
            ("lessons".to_owned(), "Phân công rõ người, rõ việc, rõ thời hạn.".to_owned()),
        ]),
        legal_bases: Vec::new(),
        addressees: vec!["Sở Giáo dục và Đào tạo thành phố Hà Nội".to_owned()],
        recipients: vec![
            "Như trên".into(),
            "Thường trực HĐND phường".into(),
            "Các trường".into(),
            "Lưu: VT, VHXH".into(),
        ],
        notices: vec![INVENTED.to_owned()],
    }
}
