//! A criteria set on a form: every value as it was typed, right or wrong, in parts that are added, moved and removed.
//!
//! [`SetDraft::read`] and [`SetDraft::written`] go between the form and the text of `data/criteria`; the text is what is
//! kept, so a set may be designed on the form one day and as text the next. A remark in the text stays with the part before
//! which it stands.

mod read;
mod remarks;
mod write;

#[cfg(test)]
mod tests;

use super::Spot;

/// The name under which a part keeps its remarks, line by line: they are no data.
pub const REMARK: &str = "#";

/// A part of a set as it was typed: names of the data format with texts, in their order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Part {
    values: Vec<(String, String)>,
}

impl Part {
    /// What was typed under a name; empty where nothing was.
    pub fn value(&self, name: &str) -> &str {
        self.values.iter().find(|(known, _)| known == name).map_or("", |(_, value)| value)
    }

    /// Keeps what was typed; nothing is kept of an empty text.
    pub fn set(&mut self, name: &str, typed: &str) {
        let typed = typed.trim();
        let place = self.values.iter().position(|(known, _)| known == name);
        match (place, typed.is_empty()) {
            (Some(place), true) => drop(self.values.remove(place)),
            (Some(place), false) => self.values[place].1 = typed.to_owned(),
            (None, true) => {}
            (None, false) => self.values.push((name.to_owned(), typed.to_owned())),
        }
    }

    /// Everything that was typed as data.
    pub fn values(&self) -> impl Iterator<Item = (&str, &str)> {
        self.values.iter().map(|(name, value)| (name.as_str(), value.as_str())).filter(|(name, _)| *name != REMARK)
    }

    fn of<const COUNT: usize>(values: [(&str, &str); COUNT]) -> Self {
        let mut part = Self::default();
        values.iter().for_each(|(name, value)| part.set(name, value));
        part
    }
}

/// A part with the parts inside it: criteria of a field, items of a criterion.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Node {
    /// The part itself.
    pub part: Part,
    /// What it holds.
    pub children: Vec<Node>,
}

/// A list of a set to which parts are added.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum List {
    /// Fields.
    Fields,
    /// Criteria of a field.
    Criteria(usize),
    /// Items of a criterion of a field.
    Items(usize, usize),
    /// Grades of the whole.
    Grades,
    /// Grades of fields.
    FieldGrades,
    /// Bonuses.
    Bonuses,
    /// Deductions.
    Deductions,
    /// Disqualifying events.
    Disqualifiers,
}

impl List {
    /// The part at a place of the list.
    pub fn spot(self, place: usize) -> Spot {
        match self {
            Self::Fields => Spot::Field(place),
            Self::Criteria(field) => Spot::Criterion(field, place),
            Self::Items(field, criterion) => Spot::Item(field, criterion, place),
            Self::Grades => Spot::Grade(place),
            Self::FieldGrades => Spot::FieldGrade(place),
            Self::Bonuses => Spot::Bonus(place),
            Self::Deductions => Spot::Deduction(place),
            Self::Disqualifiers => Spot::Disqualifier(place),
        }
    }

    /// The list in which a part stands, and its place there; none for the set itself.
    pub fn of(spot: Spot) -> Option<(Self, usize)> {
        Some(match spot {
            Spot::Set => return None,
            Spot::Field(place) => (Self::Fields, place),
            Spot::Criterion(field, place) => (Self::Criteria(field), place),
            Spot::Item(field, criterion, place) => (Self::Items(field, criterion), place),
            Spot::Grade(place) => (Self::Grades, place),
            Spot::FieldGrade(place) => (Self::FieldGrades, place),
            Spot::Bonus(place) => (Self::Bonuses, place),
            Spot::Deduction(place) => (Self::Deductions, place),
            Spot::Disqualifier(place) => (Self::Disqualifiers, place),
        })
    }

    /// What codes of new parts begin with.
    fn stem(self) -> &'static str {
        match self {
            Self::Fields => "linh_vuc",
            Self::Criteria(_) => "tieu_chi",
            Self::Items(..) => "muc",
            Self::Grades | Self::FieldGrades => "muc_xep_loai",
            Self::Bonuses => "diem_thuong",
            Self::Deductions => "diem_tru",
            Self::Disqualifiers => "khong_xet",
        }
    }
}

/// A whole set as it was typed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SetDraft {
    /// Code, name, levels, total and the other values of the set itself.
    pub head: Part,
    /// Grades of the whole.
    pub grades: Vec<Node>,
    /// Grades of fields.
    pub field_grades: Vec<Node>,
    /// Bonuses.
    pub bonuses: Vec<Node>,
    /// Deductions.
    pub deductions: Vec<Node>,
    /// Disqualifying events.
    pub disqualifiers: Vec<Node>,
    /// Fields with criteria with items.
    pub fields: Vec<Node>,
}

impl SetDraft {
    /// The parts of a list; none where the part that holds it is not there.
    pub fn list(&self, list: List) -> Option<&[Node]> {
        let nodes = match list {
            List::Fields => &self.fields,
            List::Criteria(field) => &self.fields.get(field)?.children,
            List::Items(field, criterion) => &self.fields.get(field)?.children.get(criterion)?.children,
            List::Grades => &self.grades,
            List::FieldGrades => &self.field_grades,
            List::Bonuses => &self.bonuses,
            List::Deductions => &self.deductions,
            List::Disqualifiers => &self.disqualifiers,
        };
        Some(nodes)
    }

    fn list_mut(&mut self, list: List) -> Option<&mut Vec<Node>> {
        Some(match list {
            List::Fields => &mut self.fields,
            List::Criteria(field) => &mut self.fields.get_mut(field)?.children,
            List::Items(field, criterion) => &mut self.fields.get_mut(field)?.children.get_mut(criterion)?.children,
            List::Grades => &mut self.grades,
            List::FieldGrades => &mut self.field_grades,
            List::Bonuses => &mut self.bonuses,
            List::Deductions => &mut self.deductions,
            List::Disqualifiers => &mut self.disqualifiers,
        })
    }

    /// A part; none where it is not there.
    pub fn part(&self, spot: Spot) -> Option<&Part> {
        match List::of(spot) {
            None => Some(&self.head),
            Some((list, place)) => self.list(list)?.get(place).map(|node| &node.part),
        }
    }

    /// A part to be changed; none where it is not there.
    pub fn part_mut(&mut self, spot: Spot) -> Option<&mut Part> {
        match List::of(spot) {
            None => Some(&mut self.head),
            Some((list, place)) => self.list_mut(list)?.get_mut(place).map(|node| &mut node.part),
        }
    }

    /// Adds an empty part with a code that is free; gives its place. A criterion that had one test of its own hands it to
    /// its first item.
    pub fn add(&mut self, list: List) -> Option<Spot> {
        let code = self.free_code(list.stem());
        if let List::Items(field, criterion) = list {
            let own = &mut self.fields.get_mut(field)?.children.get_mut(criterion)?;
            if own.children.is_empty() {
                let first = own.first_item();
                own.children.push(first);
            }
        }
        let nodes = self.list_mut(list)?;
        nodes.push(Node { part: Part::of([("code", &code)]), children: Vec::new() });
        let place = nodes.len() - 1;
        Some(list.spot(place))
    }

    /// Removes a part with everything in it.
    pub fn remove(&mut self, spot: Spot) {
        let Some((list, place)) = List::of(spot) else { return };
        if let Some(nodes) = self.list_mut(list).filter(|nodes| place < nodes.len()) {
            nodes.remove(place);
        }
    }

    /// Moves a part before the one in front of it, or behind the one after it; gives its new place.
    pub fn shift(&mut self, spot: Spot, is_up: bool) -> Spot {
        let Some((list, place)) = List::of(spot) else { return spot };
        let other = if is_up { place.checked_sub(1) } else { place.checked_add(1) };
        let nodes = self.list_mut(list);
        match (nodes, other) {
            (Some(nodes), Some(other)) if other < nodes.len() && place < nodes.len() => {
                nodes.swap(place, other);
                list.spot(other)
            }
            _ => spot,
        }
    }

    /// Whether a part may have this code: it has it already, or no part has.
    pub fn is_free(&self, code: &str, spot: Spot) -> bool {
        self.part(spot).is_some_and(|part| part.value("code") == code) || !self.codes().contains(&code)
    }

    fn free_code(&self, stem: &str) -> String {
        let codes = self.codes();
        let free = (1..).map(|number| format!("{stem}_{number}")).find(|code| !codes.contains(&code.as_str()));
        free.unwrap_or_default()
    }

    fn codes(&self) -> Vec<&str> {
        let mut codes: Vec<&str> = Vec::new();
        let lists =
            [&self.grades, &self.field_grades, &self.bonuses, &self.deductions, &self.disqualifiers, &self.fields];
        lists.into_iter().for_each(|nodes| collect(nodes, &mut codes));
        codes
    }
}

fn collect<'a>(nodes: &'a [Node], codes: &mut Vec<&'a str>) {
    for node in nodes {
        codes.push(node.part.value("code"));
        collect(&node.children, codes);
    }
}

/// What a criterion keeps for itself when its test becomes the first of several items.
const OF_CRITERION: [&str; 7] = ["code", "number", "vi", "en", "weight", "cap", REMARK];

impl Node {
    /// The criterion's own test as an item; the criterion keeps its name and settings.
    fn first_item(&mut self) -> Self {
        let mut item = Part::of([("code", &format!("{}_1", self.part.value("code")))]);
        for name in ["vi", "en"] {
            let value = self.part.value(name).to_owned();
            item.set(name, &value);
        }
        let is_test = |(name, _): &(String, String)| !OF_CRITERION.contains(&name.as_str());
        let (test, own) = std::mem::take(&mut self.part.values).into_iter().partition(is_test);
        self.part.values = own;
        item.values.extend::<Vec<_>>(test);
        Self { part: item, children: Vec::new() }
    }
}
