//! The fields of the forms, as typed, and the decision that they ask for.

use domain::{
    Level, Ownership, Reason, Refusal,
    organisation::{
        Line, Registry, SatelliteSite, SchoolFacts, Unit, UnitCode, UnitKind, Validity,
        operations::{Decision, NewUnit, Part, SchoolEdit, Successor},
        read_share,
    },
    vietnamese::{normalise, parse_date},
};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::Kind;

/// A division names at most so many heirs on the page.
const PARTS_MAX: usize = 20;

/// Everything that the forms of all changes ask for; each uses its own fields.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct ChangeForm {
    /// `preview`, `confirm`, `edit` or `more`.
    #[serde(skip_serializing)]
    pub(super) step: String,
    on: String,
    pub(super) basis: String,
    /// Which of several ways: `rename` or `correct`; `into_other`, `take_in` or `into_new`; `facts`, `open` or `close`.
    how: String,
    name: String,
    line: String,
    parent: String,
    professional_parent: String,
    code: String,
    kind: String,
    official_code: String,
    levels: Vec<String>,
    ownership: String,
    site: String,
    others: String,
    into: String,
    part_code: Vec<String>,
    part_name: Vec<String>,
    part_share: Vec<String>,
    main: String,
    child: Vec<String>,
    heir: Vec<String>,
    rest_to_main: String,
}

/// One line of heirs, as typed.
#[derive(Clone, Debug, Serialize)]
pub(super) struct PartLine {
    code: String,
    name: String,
    share: String,
    is_main: bool,
}

impl ChangeForm {
    /// The form as it is first shown.
    pub(super) fn first(kind: Kind, unit: &Unit, registry: &Registry, today: Date) -> Self {
        let parent = |line| {
            let parent = registry.parent_on(unit.code.as_str(), line, today);
            parent.map_or_else(String::new, |parent| parent.code.0.clone())
        };
        let school = unit.school.clone().unwrap_or_default();
        let levels = school.levels.iter().map(|level| level.as_str().to_owned()).collect();
        let mut form = Self { line: Line::Management.as_str().to_owned(), ..Self::default() };
        match kind {
            Kind::Create => form.kind = UnitKind::School.as_str().to_owned(),
            Kind::Rename => form.name = unit.latest_name().to_owned(),
            Kind::School => {
                form.levels = levels;
                form.ownership = school.ownership.map_or("", Ownership::as_str).to_owned();
                form.official_code = unit.official_code.clone().unwrap_or_default();
                form.on = today.to_string();
            }
            Kind::Merge => {
                form.how = "into_other".to_owned();
                form.parent = parent(Line::Management);
                form.professional_parent = parent(Line::Professional);
            }
            Kind::Move | Kind::Split | Kind::Dissolve => {}
        }
        form
    }

    /// Brings typed texts into one form; the lists of heirs to one length.
    pub(super) fn tidy(&mut self) {
        let length = self.part_code.len().max(self.part_name.len()).max(self.part_share.len()).min(PARTS_MAX);
        for list in [&mut self.part_code, &mut self.part_name, &mut self.part_share] {
            list.resize(length, String::new());
            list.iter_mut().for_each(|text| *text = normalise(text));
        }
        for text in [&mut self.name, &mut self.parent, &mut self.professional_parent, &mut self.code, &mut self.into] {
            *text = normalise(text);
        }
    }

    /// One more line for an heir.
    pub(super) fn add_part(&mut self) {
        if self.part_code.len() < PARTS_MAX {
            self.part_code.push(String::new());
            self.tidy();
        }
    }

    /// The lines of heirs: two empty ones at first where a unit is divided, one where it ends.
    pub(super) fn parts(&self, kind: Kind) -> Vec<PartLine> {
        let least = match kind {
            Kind::Split => 2,
            Kind::Dissolve => 1,
            _ => 0,
        };
        let at = |list: &[String], place: usize| list.get(place).cloned().unwrap_or_default();
        let line = |place: usize| PartLine {
            code: at(&self.part_code, place),
            name: at(&self.part_name, place),
            share: at(&self.part_share, place),
            is_main: self.main_place() == place,
        };
        (0..self.part_code.len().max(least)).map(line).collect()
    }

    fn main_place(&self) -> usize {
        self.main.parse().unwrap_or(0)
    }

    /// The heir chosen for a unit below; empty where none was.
    pub(super) fn heir_of(&self, child: &str) -> &str {
        let place = self.child.iter().position(|code| code == child);
        place.and_then(|place| self.heir.get(place)).map_or("", String::as_str)
    }

    /// The day, where it can be read.
    pub(super) fn day(&self) -> Option<Date> {
        parse_date(&self.on)
    }

    /// The fields as names and values, for the hidden fields of the preview.
    pub(super) fn fields(&self) -> Vec<(String, String)> {
        let text = serde_html_form::to_string(self).unwrap_or_default();
        let pairs: Vec<(String, String)> = serde_html_form::from_str(&text).unwrap_or_default();
        let lists = ["part_code", "part_name", "part_share", "child", "heir"];
        pairs.into_iter().filter(|(name, value)| !value.is_empty() || lists.contains(&name.as_str())).collect()
    }

    /// The decision and its day.
    pub(super) fn decision(&self, kind: Kind, unit: &Unit, registry: &Registry) -> Result<(Decision, Date), Refusal> {
        let mut reasons = Vec::new();
        let on = self.day();
        if on.is_none() {
            reasons.push(Reason::new("bad_date", "Hãy ghi ngày bắt đầu, ví dụ 01/07/2026.").at("on"));
            // What the day does not bear on is told with it, not after it.
            if matches!(kind, Kind::Create | Kind::Rename) && normalise(&self.name).is_empty() {
                reasons.push(Reason::new("no_name", "Hãy ghi tên đơn vị.").at("name"));
            }
        }
        let on = on.unwrap_or(Date::MIN);
        let code = unit.code.clone();
        let decision = match kind {
            Kind::Create => Decision::Create { unit: self.new_unit(unit, &mut reasons) },
            Kind::Rename if self.how == "correct" => Decision::CorrectName { code, name: self.name.clone() },
            Kind::Rename => Decision::Rename { code, name: self.name.clone() },
            Kind::Move => {
                let line = Line::parse(&self.line).unwrap_or(Line::Management);
                Decision::Move { code, line, parent: UnitCode(self.parent.clone()) }
            }
            Kind::Merge => self.merge(unit, registry, on),
            Kind::Split => {
                let parts = self.heirs(unit, on, &mut reasons);
                let children = self.placed(unit, registry, &parts, on);
                Decision::Split { code, parts, children }
            }
            Kind::Dissolve => Decision::Dissolve { code, parts: self.heirs(unit, on, &mut reasons) },
            Kind::School => match self.how.as_str() {
                "open" => Decision::OpenSite { code, name: self.site.clone() },
                "close" => Decision::CloseSite { code, name: self.site.clone() },
                _ => Decision::DescribeSchool { code, facts: self.facts() },
            },
        };
        Refusal::unless_empty(reasons)?;
        Ok((decision, on))
    }

    fn levels(&self) -> Vec<Level> {
        self.levels.iter().filter_map(|level| Level::parse(level)).collect()
    }

    fn facts(&self) -> SchoolEdit {
        SchoolEdit {
            official_code: Some(self.official_code.clone()),
            levels: self.levels(),
            ownership: Ownership::parse(&self.ownership),
        }
    }

    fn new_unit(&self, under: &Unit, reasons: &mut Vec<Reason>) -> NewUnit {
        let kind = UnitKind::parse(&self.kind).unwrap_or_else(|| {
            reasons.push(Reason::new("bad_kind", "Hãy chọn loại đơn vị.").at("kind"));
            UnitKind::School
        });
        if kind.is_school() && self.levels().is_empty() {
            reasons.push(Reason::new("no_level", "Hãy chọn ít nhất một cấp học.").at("levels"));
        }
        let mut parents = vec![(Line::Management, under.code.clone())];
        if !self.professional_parent.is_empty() {
            parents.push((Line::Professional, UnitCode(self.professional_parent.clone())));
        }
        let day = Validity { from: self.day(), to: None };
        let sites = self.site.lines().map(normalise).filter(|name| !name.is_empty());
        let school = SchoolFacts {
            levels: self.levels(),
            ownership: Ownership::parse(&self.ownership),
            sites: sites.map(|name| SatelliteSite { name, validity: day }).collect(),
        };
        NewUnit {
            code: UnitCode(self.code.clone()),
            official_code: Some(normalise(&self.official_code)).filter(|code| !code.is_empty()),
            kind,
            name: self.name.clone(),
            parents,
            school: kind.is_school().then_some(school),
        }
    }

    /// The other units that are named, split at blanks, commas and line ends.
    fn others(&self) -> Vec<UnitCode> {
        let words = self.others.split(|letter: char| letter.is_whitespace() || matches!(letter, ',' | ';'));
        words.filter(|word| !word.is_empty()).map(UnitCode::from).collect()
    }

    fn merge(&self, unit: &Unit, registry: &Registry, on: Date) -> Decision {
        let own = [unit.code.clone()];
        match self.how.as_str() {
            "take_in" => Decision::Merge { codes: self.others(), into: Successor::Existing(unit.code.clone()) },
            "into_new" => {
                let codes: Vec<UnitCode> = own.into_iter().chain(self.others()).collect();
                let into = Successor::New(self.merged(unit, &codes, registry, on));
                Decision::Merge { codes, into }
            }
            _ => Decision::Merge {
                codes: own.into_iter().chain(self.others()).collect(),
                into: Successor::Existing(UnitCode(self.into.clone())),
            },
        }
    }

    /// A new unit in the place of several, under the parents that the form names.
    fn merged(&self, unit: &Unit, codes: &[UnitCode], registry: &Registry, on: Date) -> NewUnit {
        let others: Vec<&Unit> = codes.iter().filter_map(|code| registry.unit(code.as_str())).collect();
        let parents = [(Line::Management, &self.parent), (Line::Professional, &self.professional_parent)];
        let parents = parents.into_iter().filter(|(_, code)| !code.is_empty());
        let parents = parents.map(|(line, code)| (line, UnitCode(code.clone()))).collect();
        NewUnit { parents, ..NewUnit::in_place_of(unit, &others, &self.code, &self.name, on) }
    }

    /// The heirs of the lines that are not empty. A line with a name makes a unit in the place of the one that ends; a
    /// line without names one that exists.
    fn heirs(&self, unit: &Unit, on: Date, reasons: &mut Vec<Reason>) -> Vec<Part> {
        let mut parts = Vec::new();
        for place in 0..self.part_code.len() {
            let (code, name, share) = (&self.part_code[place], &self.part_name[place], &self.part_share[place]);
            if code.is_empty() && name.is_empty() && share.is_empty() {
                continue;
            }
            let share = read_share(share).unwrap_or_else(|reason| {
                reasons.push(reason.at(format!("share{place}")));
                None
            });
            let successor = match name.is_empty() {
                true => Successor::Existing(UnitCode(code.clone())),
                false => Successor::New(NewUnit::in_place_of(unit, &[], code, name, on)),
            };
            parts.push(Part { successor, share, is_main: place == self.main_place() });
        }
        parts
    }

    /// Each unit below with the heir chosen for it; where the rest goes to the main heir, those without a choice.
    fn placed(&self, unit: &Unit, registry: &Registry, parts: &[Part], on: Date) -> Vec<(UnitCode, UnitCode)> {
        let heir_code = |part: &Part| match &part.successor {
            Successor::New(unit) => unit.code.clone(),
            Successor::Existing(code) => code.clone(),
        };
        let main = parts.iter().find(|part| part.is_main).map(heir_code);
        let main = main.filter(|_| !self.rest_to_main.is_empty());
        let heir = |child: &Unit| match self.heir_of(child.code.as_str()) {
            "" => main.clone(),
            chosen => Some(chosen.into()),
        };
        let children = registry.children_from(unit.code.as_str(), on).into_iter();
        children.filter_map(|child| Some((child.code.clone(), heir(child)?))).collect()
    }
}

/// The reason with the field that mends it as its place; none where no field does.
pub(super) fn at_field(reason: &Reason) -> Reason {
    let field = match reason.code.as_str() {
        "no_name" | "same_name" => "name",
        "bad_date" | "later_change" | "not_valid" => "on",
        "unknown_parent" | "parent_not_valid" | "same_parent" | "cycle" | "line_twice" => "parent",
        "code_taken" | "bad_code" => "code",
        "no_level" => "levels",
        "bad_kind" => "kind",
        "site_exists" | "unknown_site" => "site",
        "too_few" | "shares_not_one" | "main_heir" | "into_itself" | "named_twice" | "unknown_unit" => "parts",
        "child_unassigned" | "unknown_heir" => "children",
        "bad_share" => reason.at.as_str(),
        _ => "",
    };
    Reason { at: field.to_owned(), ..reason.clone() }
}
