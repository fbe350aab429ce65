//! Changes of the organisation from a day on: create, rename, move, merge, split, dissolve.
//!
//! Each verb decides on the registry as it stands and returns the units as they will be, or every reason against it.
//! [`Registry::with`] then takes the change whole. Nothing before the day is altered: old years are read in the old tree.

mod decision;
mod draft;
mod effect;
mod school;

use jiff::civil::Date;
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use super::{
    DatedName, Line, ParentLink, Registry, SchoolFacts, Succession, SuccessionKind, Unit, UnitCode, UnitKind, Validity,
};
use crate::vietnamese::normalise;
use crate::{Level, Refusal};
use draft::Draft;

pub use decision::Decision;
pub use effect::{Effect, effects};
pub use school::{SchoolEdit, close_site, describe_school, open_site};

/// A decided change.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Change {
    /// The first day on which it holds.
    pub on: Date,
    /// Units as they are after the change, whole records; those of a known code replace it.
    pub units: Vec<Unit>,
    /// Successions that the change adds.
    pub successions: Vec<Succession>,
}

/// A unit to be created.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NewUnit {
    /// Its key, never used before.
    pub code: UnitCode,
    /// The official code, where it has one already.
    pub official_code: Option<String>,
    /// Kind.
    pub kind: UnitKind,
    /// Name.
    pub name: String,
    /// Its parent on each line that it has.
    pub parents: Vec<(Line, UnitCode)>,
    /// For schools.
    pub school: Option<SchoolFacts>,
}

impl NewUnit {
    /// A unit in the place of one that ends, and of others that end with it: of its kind, under its parents of that day;
    /// a school with the levels of all and its ownership. Sites are not taken over: a decision names them anew.
    pub fn in_place_of(ended: &Unit, others: &[&Unit], code: &str, name: &str, on: Date) -> Self {
        let taught = |level: &Level| {
            let mut schools = others.iter().copied().chain([ended]).flat_map(|unit| &unit.school);
            schools.any(|school| school.levels.contains(level))
        };
        let school = ended.school.as_ref().map(|school| SchoolFacts {
            levels: Level::ALL.into_iter().filter(taught).collect(),
            ownership: school.ownership,
            sites: Vec::new(),
        });
        let parent = |line| Some((line, ended.parent_on(line, on)?.parent.clone()));
        Self {
            code: code.into(),
            official_code: None,
            kind: ended.kind,
            name: name.to_owned(),
            parents: Line::ALL.into_iter().filter_map(parent).collect(),
            school,
        }
    }

    fn on_day(&self, on: Date) -> Unit {
        let validity = Validity::from(on);
        let link = |(line, parent): &(Line, UnitCode)| ParentLink { line: *line, parent: parent.clone(), validity };
        Unit {
            official_code: self.official_code.clone(),
            parents: self.parents.iter().map(link).collect(),
            school: self.school.clone(),
            ..Unit::new(self.code.as_str(), self.kind, &normalise(&self.name), validity)
        }
    }
}

/// Who takes over: a unit made by the same decision, or one that exists.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Successor {
    /// Created on that day.
    New(NewUnit),
    /// Exists on that day and goes on.
    Existing(UnitCode),
}

/// One heir of a unit that is divided.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Part {
    /// Who.
    pub successor: Successor,
    /// The share that the decision states; on every heir or on none.
    pub share: Option<Decimal>,
    /// Whether this is the default heir.
    pub is_main: bool,
}

/// Creates a unit. Refusals: `code_taken`, `bad_code`, `no_name`, `name_long`, `unknown_parent`, `parent_not_valid`,
/// `wrong_kind`, `line_twice`.
///
/// # Errors
/// Every reason at once, in Vietnamese.
pub fn create(registry: &Registry, unit: &NewUnit, on: Date) -> Result<Change, Refusal> {
    let mut draft = Draft::new(registry, on);
    draft.create(unit);
    draft.finish()
}

/// Gives a unit another name. Refusals: `unknown_unit`, `not_valid`, `no_name`, `name_long`, `same_name`,
/// `later_change`.
///
/// # Errors
/// Every reason at once, in Vietnamese.
pub fn rename(registry: &Registry, code: &str, name: &str, on: Date) -> Result<Change, Refusal> {
    let mut draft = Draft::new(registry, on);
    let name = normalise(name);
    if name.is_empty() {
        draft.refuse("no_name", "Chưa ghi tên mới.", code);
    }
    draft.name(&name, code);
    if let Some(mut unit) = draft.living(code) {
        if unit.name_on(on) == name {
            draft.refuse("same_name", format!("Đơn vị {code} đã mang tên «{name}» vào ngày này."), code);
        }
        if unit.names.iter().any(|name| name.validity.from.is_some_and(|from| from >= on)) {
            draft.refuse(
                "later_change",
                format!("Đơn vị {code} đã có lần đổi tên từ ngày này trở đi; hãy hủy lần đó trước."),
                code,
            );
        }
        draft::clip(&mut unit.names, on, |name| &mut name.validity);
        unit.names.push(DatedName { name, validity: Validity { from: Some(on), to: unit.validity.to } });
        draft.put(unit);
    }
    draft.finish()
}

/// Mends the name that a unit bears on a day, without a new period: it was written wrongly. Refusals: `unknown_unit`,
/// `not_valid`, `no_name`, `name_long`, `same_name`.
///
/// # Errors
/// Every reason at once, in Vietnamese.
pub fn correct_name(registry: &Registry, code: &str, name: &str, on: Date) -> Result<Change, Refusal> {
    let mut draft = Draft::new(registry, on);
    let name = normalise(name);
    if name.is_empty() {
        draft.refuse("no_name", "Chưa ghi tên đúng.", code);
    }
    draft.name(&name, code);
    if let Some(mut unit) = draft.existing(code) {
        match unit.names.iter_mut().find(|known| known.validity.contains(on)) {
            Some(known) if known.name == name => {
                draft.refuse("same_name", format!("Đơn vị {code} đã mang tên «{name}» vào ngày này."), code);
            }
            Some(known) => known.name = name,
            None => unit.names.push(DatedName { name, validity: unit.validity }),
        }
        draft.put(unit);
    }
    draft.finish()
}

/// Puts a unit under another parent on one line. Refusals: `unknown_unit`, `not_valid`, `unknown_parent`,
/// `parent_not_valid`, `wrong_kind`, `same_parent`, `cycle`, `later_change`.
///
/// # Errors
/// Every reason at once, in Vietnamese.
pub fn move_under(registry: &Registry, code: &str, line: Line, parent: &str, on: Date) -> Result<Change, Refusal> {
    let mut draft = Draft::new(registry, on);
    let unit = draft.living(code);
    let until = unit.as_ref().and_then(|unit| unit.validity.to);
    draft.parent(code, parent, Validity { from: Some(on), to: until });
    let above = registry.ancestors_on(parent, line, on);
    if parent == code || above.iter().any(|unit| unit.code.as_str() == code) {
        draft.refuse("cycle", format!("{parent} là chính {code} hoặc nằm dưới {code}; không thể làm cấp trên."), code);
    } else if let Some(unit) = &unit {
        draft.stands_under(unit.kind, code, parent);
    }
    if let Some(mut unit) = unit {
        if unit.parent_on(line, on).is_some_and(|link| link.parent.as_str() == parent) {
            draft.refuse(
                "same_parent",
                format!("{code} đã trực thuộc {parent} ({}) vào ngày này.", line.label()),
                code,
            );
        }
        let is_later = |link: &ParentLink| link.line == line && link.validity.from.is_some_and(|from| from >= on);
        if unit.parents.iter().any(is_later) {
            draft.refuse(
                "later_change",
                format!("{code} đã có lần chuyển cấp trên từ ngày này trở đi; hãy hủy lần đó trước."),
                code,
            );
        }
        draft::link_from(&mut unit, line, parent, on);
        draft.put(unit);
    }
    draft.finish()
}

/// Merges units into one; the units under them follow. Refusals: `too_few`, `named_twice`, `unknown_unit`, `not_valid`,
/// `later_change`, `into_itself`, `wrong_kind`, and those of [`create`].
///
/// # Errors
/// Every reason at once, in Vietnamese.
pub fn merge(registry: &Registry, codes: &[&str], into: &Successor, on: Date) -> Result<Change, Refusal> {
    let mut draft = Draft::new(registry, on);
    let least = if matches!(into, Successor::New(_)) { 2 } else { 1 };
    if codes.len() < least {
        draft.refuse("too_few", format!("Sáp nhập cần ít nhất {least} đơn vị."), "");
    }
    let heir = draft.successor(into);
    for (place, &code) in codes.iter().enumerate() {
        if codes[..place].contains(&code) {
            draft.refuse("named_twice", format!("Đơn vị {code} được ghi hai lần."), code);
        } else if heir.as_str() == code {
            draft.refuse("into_itself", format!("Đơn vị {code} không thể sáp nhập vào chính mình."), code);
        } else {
            draft.end(code);
            draft.hands_over(code, heir.as_str());
            draft.succeed(code, &heir, SuccessionKind::Merge, None);
        }
    }
    for &code in codes {
        for child in draft.children_after(code) {
            draft.follow(&child, code, heir.as_str());
        }
    }
    draft.finish()
}

/// Divides a unit among several. `children` says which heir each unit below goes to; all must be named. Refusals:
/// `too_few`, `shares_not_one`, `main_heir`, `child_unassigned`, `unknown_heir`, and those of [`merge`].
///
/// # Errors
/// Every reason at once, in Vietnamese.
pub fn split(
    registry: &Registry,
    code: &str,
    parts: &[Part],
    children: &[(UnitCode, UnitCode)],
    on: Date,
) -> Result<Change, Refusal> {
    let mut draft = Draft::new(registry, on);
    if parts.len() < 2 {
        draft.refuse(
            "too_few",
            "Chia tách cần ít nhất 2 đơn vị kế thừa; nếu chỉ có một thì dùng sáp nhập hoặc đổi tên.",
            code,
        );
    }
    let heirs = pass_on(&mut draft, code, parts);
    for child in draft.children_after(code) {
        match children.iter().find(|(unit, _)| *unit == child).map(|(_, heir)| heir) {
            Some(heir) if heirs.contains(heir) => draft.follow(&child, code, heir.as_str()),
            Some(heir) => {
                draft.refuse(
                    "unknown_heir",
                    format!("{heir} không phải là đơn vị kế thừa của {code}."),
                    child.as_str(),
                );
            }
            None => {
                let message = format!("Chưa ghi {child} (trực thuộc {code}) về đơn vị kế thừa nào.");
                draft.refuse("child_unassigned", message, child.as_str());
            }
        }
    }
    draft.finish()
}

/// Ends a unit, with heirs or without. With one heir the units below follow it; otherwise they must have been moved
/// before. Refusals: `has_children`, `shares_not_one`, `main_heir`, and those of [`merge`].
///
/// # Errors
/// Every reason at once, in Vietnamese.
pub fn dissolve(registry: &Registry, code: &str, parts: &[Part], on: Date) -> Result<Change, Refusal> {
    let mut draft = Draft::new(registry, on);
    let heirs = pass_on(&mut draft, code, parts);
    for child in draft.children_after(code) {
        match &heirs[..] {
            [only] => draft.follow(&child, code, only.as_str()),
            _ => {
                let message = format!("{child} còn trực thuộc {code}; hãy chuyển sang đơn vị khác trước khi giải thể.");
                draft.refuse("has_children", message, child.as_str());
            }
        }
    }
    draft.finish()
}

/// Ends the unit and records its heirs with their kinds.
fn pass_on(draft: &mut Draft<'_>, code: &str, parts: &[Part]) -> Vec<UnitCode> {
    draft.end(code);
    let mut heirs: Vec<UnitCode> = Vec::with_capacity(parts.len());
    for part in parts {
        let heir = draft.successor(&part.successor);
        if heir.as_str() == code {
            draft.refuse("into_itself", format!("Đơn vị {code} không thể kế thừa chính mình."), code);
        }
        draft.hands_over(code, heir.as_str());
        if heirs.contains(&heir) {
            draft.refuse("named_twice", format!("Đơn vị {heir} được ghi hai lần."), heir.as_str());
        }
        let kind = match (parts.len(), part.is_main) {
            (1, _) => SuccessionKind::Whole,
            (_, true) => SuccessionKind::PartMain,
            (_, false) => SuccessionKind::Part,
        };
        draft.succeed(code, &heir, kind, part.share);
        heirs.push(heir);
    }
    draft.check_shares(code);
    heirs
}
