//! A set designed on a form, part by part: values typed, parts added, moved, removed, faults shown where they stand, tried
//! on last year's figures, saved. The form carries the text of the set, so nothing is stored before it is saved and the text
//! editor may take over at any moment.

mod spots;
mod told;
mod widgets;

use axum::{
    extract::{Path, Query, State},
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use domain::{
    Reason, Refusal,
    evaluation::criteria::{
        Finding, Spot,
        draft::{List, Node, SetDraft},
        faults_by_part,
    },
    school_year::SchoolYear,
};
use serde::Serialize;

use self::told::Told;
use super::{
    crumbs,
    own_sets::{self, Asked, Editor},
    trial::Trial,
    unit_of, year_of,
};
use crate::{
    evaluation::drafting::{self, Draft},
    identity::Visitor,
    office::Office,
    platform::{
        Error, Result,
        web::{CsrfForm, Page, Serde, context},
    },
};

/// A set on the form.
struct Desk {
    draft: SetDraft,
    based_on: String,
    /// The part whose values are shown.
    open: Spot,
    /// The rule chosen for it, which may have no value yet.
    rule: String,
    trial: Option<Trial>,
    /// A new set that was not checked yet: nothing is said of what it still lacks.
    is_new: bool,
    /// Whether the set was refused for what the outline shows.
    is_refused: bool,
    /// What else was refused.
    refused: Vec<Reason>,
}

/// So many faults are told above the form; the outline marks the others.
const FAULTS_MAX: usize = 10;

/// A line of the outline.
#[derive(Debug, Serialize)]
struct Line {
    spot: String,
    depth: usize,
    kind: &'static str,
    title: String,
    points: String,
    faults: usize,
    is_open: bool,
}

/// `GET /danh-gia/{year}/bo-rieng/thiet-ke?tu=&ban=`: a set copied, or an empty one.
pub async fn show(
    State(office): State<Office>,
    visitor: Visitor,
    Path(year): Path<String>,
    Query(asked): Query<Asked>,
) -> Result<Page> {
    let (year, unit) = (year_of(&year)?, unit_of(&visitor)?);
    let (draft, based_on) = match asked.from.as_str() {
        "" => (empty(&unit), String::new()),
        _ => {
            let copied = own_sets::copied(&office, &unit, &asked).await?;
            (read(&copied.text)?, copied.based_on)
        }
    };
    let is_new = asked.from.is_empty();
    page(&office, visitor, year, Desk { is_new, ..Desk::of(draft, based_on, Spot::Set) })
}

/// A set with what every set must say.
fn empty(unit: &str) -> SetDraft {
    let mut draft = SetDraft::default();
    let code = format!("bo-{}", unit.to_lowercase().replace('.', "-"));
    let values =
        [("code", code.as_str()), ("version", "1"), ("kind", "school"), ("source", ""), ("confidence", "default")];
    values.iter().for_each(|(name, value)| draft.head.set(name, value));
    draft
}

fn read(text: &str) -> Result<SetDraft, Refusal> {
    let reason = |fault: &domain::figures::pack::PackFault| {
        Reason::new(fault.code, fault.message.clone()).at(format!("dòng {}", fault.line))
    };
    SetDraft::read(text).map_err(|faults| Refusal { reasons: faults.iter().map(reason).collect() })
}

impl Desk {
    fn of(draft: SetDraft, based_on: String, open: Spot) -> Self {
        let open = if draft.part(open).is_some() { open } else { Spot::Set };
        let rule = draft.part(open).map_or("steps", widgets::rule_of).to_owned();
        Self { draft, based_on, open, rule, trial: None, is_new: false, is_refused: false, refused: Vec::new() }
    }

    fn open_at(&mut self, spot: Spot) {
        let (draft, based_on) = (std::mem::take(&mut self.draft), std::mem::take(&mut self.based_on));
        *self = Self { is_new: self.is_new, ..Self::of(draft, based_on, spot) };
    }

    fn outline(&self, faults: &[Finding]) -> Vec<Line> {
        let mut lines = vec![self.line(Spot::Set, 0, faults)];
        let lists =
            [List::Grades, List::FieldGrades, List::Bonuses, List::Deductions, List::Disqualifiers, List::Fields];
        lists.into_iter().for_each(|list| self.list(list, 0, faults, &mut lines));
        lines
    }

    fn list(&self, list: List, depth: usize, faults: &[Finding], lines: &mut Vec<Line>) {
        let nodes: &[Node] = self.draft.list(list).unwrap_or_default();
        for place in 0..nodes.len() {
            let spot = list.spot(place);
            lines.push(self.line(spot, depth, faults));
            match spot {
                Spot::Field(field) if self.is_unfolded(field) => {
                    self.list(List::Criteria(field), depth + 1, faults, lines);
                }
                Spot::Criterion(field, criterion) => self.list(List::Items(field, criterion), depth + 1, faults, lines),
                _ => {}
            }
        }
    }

    fn line(&self, spot: Spot, depth: usize, faults: &[Finding]) -> Line {
        let value = |name: &str| self.draft.part(spot).map_or("", |part| part.value(name)).to_owned();
        let title = if value("vi").is_empty() { value("code") } else { value("vi") };
        let points = match spot {
            Spot::Grade(_) | Spot::FieldGrade(_) => value("from"),
            Spot::Bonus(_) | Spot::Deduction(_) => value("points"),
            _ => value("max"),
        };
        let faults = faults.iter().filter(|fault| self.row_of(fault.spot) == spot).count();
        let (kind, points) = (part_kind(spot), points.replace('.', ","));
        Line { spot: spots::word(spot), depth, kind, title, points, faults, is_open: spot == self.open }
    }

    /// Whether the outline shows what a field holds: the field in which the open part is.
    fn is_unfolded(&self, field: usize) -> bool {
        matches!(self.open, Spot::Field(open) | Spot::Criterion(open, _) | Spot::Item(open, ..) if open == field)
    }

    /// The line of the outline that counts a fault: the field's own where the field is folded.
    fn row_of(&self, spot: Spot) -> Spot {
        match spot {
            Spot::Criterion(field, _) | Spot::Item(field, ..) if !self.is_unfolded(field) => Spot::Field(field),
            spot => self.shown_at(spot),
        }
    }

    /// Where a fault is shown: the single test of a criterion stands on the criterion's own line.
    fn shown_at(&self, spot: Spot) -> Spot {
        match spot {
            Spot::Item(field, criterion, _) if self.draft.part(spot).is_none() => Spot::Criterion(field, criterion),
            spot => spot,
        }
    }

    /// What may be added beside or under the open part.
    fn additions(&self) -> Vec<String> {
        let under = match self.open {
            Spot::Field(field) | Spot::Criterion(field, _) | Spot::Item(field, ..) => Some(format!("criteria.{field}")),
            _ => None,
        };
        let inside = match self.open {
            Spot::Criterion(field, criterion) | Spot::Item(field, criterion, _) => {
                Some(format!("items.{field}.{criterion}"))
            }
            _ => None,
        };
        let lists = ["fields", "grades", "field_grades", "bonuses", "deductions", "disqualifiers"];
        inside.into_iter().chain(under).chain(lists.map(str::to_owned)).collect()
    }
}

fn page(office: &Office, visitor: Visitor, year: SchoolYear, desk: Desk) -> Result<Page> {
    let language = visitor.language();
    let text = desk.draft.written();
    let faults = if desk.is_new { Vec::new() } else { faults_by_part(&text, office.catalogue()) };
    let told: Vec<Told> = faults.iter().map(|fault| Told::of(fault, desk.shown_at(fault.spot), &desk.draft)).collect();
    let own: Vec<&str> = told.iter().filter(|one| one.at == desk.open).map(|one| one.message.as_str()).collect();
    let told = &told[..told.len().min(FAULTS_MAX)];
    let widgets = widgets::widgets(&desk.draft, desk.open, &desk.rule);
    let names = widgets::names(&desk.draft, desk.open, &desk.rule).join(",");
    let is_indicator = desk.draft.part(desk.open).is_some_and(|part| part.value("kind") == "indicator");
    let indicators = match is_indicator && desk.open != Spot::Set {
        true => widgets::indicators(office.catalogue(), &desk.draft, language.as_str()),
        false => Vec::new(),
    };
    let additions: Vec<(String, String)> = desk
        .additions()
        .into_iter()
        .map(|list| (list.split('.').next().unwrap_or_default().to_owned(), list))
        .collect();
    let trial_year = year.previous().to_string();
    let values = context! {
        year => year.to_string(), years => visitor.frame().years.clone(), trial_year, text, based_on => desk.based_on.clone(),
        outline => Serde(&desk.outline(&faults)), open => spots::word(desk.open), is_set => desk.open == Spot::Set,
        part_kind => part_kind(desk.open), widgets => Serde(&widgets), names, own_faults => Serde(&own),
        fault_count => faults.len(), told => Serde(told), is_new => desk.is_new, is_refused => desk.is_refused,
        additions => Serde(&additions), indicators => Serde(&indicators), refused => Serde(&desk.refused),
        trial => Serde(&desk.trial),
    };
    Ok(crumbs(Page::new("evaluation/designer.html", visitor, values), language, year))
}

/// The key of a part's kind.
fn part_kind(spot: Spot) -> &'static str {
    match spot {
        Spot::Set => "set",
        Spot::Field(_) => "field",
        Spot::Criterion(..) => "criterion",
        Spot::Item(..) => "item",
        Spot::Grade(_) => "grade",
        Spot::FieldGrade(_) => "field-grade",
        Spot::Bonus(_) => "bonus",
        Spot::Deduction(_) => "deduction",
        Spot::Disqualifier(_) => "disqualifier",
    }
}

/// `POST /danh-gia/{year}/bo-rieng/thiet-ke`: takes what was typed, then does one thing.
pub async fn act(
    State(office): State<Office>,
    visitor: Visitor,
    Path(year): Path<String>,
    CsrfForm(typed): CsrfForm<Vec<(String, String)>>,
) -> Result<Response> {
    let (year, unit) = (year_of(&year)?, unit_of(&visitor)?);
    let field = |name: &str| typed.iter().find(|(known, _)| known == name).map_or("", |(_, value)| value.as_str());
    let text = field("text").replace("\r\n", "\n");
    let draft = match read(&text) {
        Ok(draft) => draft,
        Err(refusal) => return unreadable(&office, visitor, (year, &unit), text, refusal).await,
    };
    let open = spots::spot(field("part")).unwrap_or(Spot::Set);
    let mut desk = Desk::of(draft, field("based_on").to_owned(), open);
    if !field("v.rule").is_empty() {
        desk.rule = field("v.rule").to_owned();
    }
    let taken = widgets::apply(&mut desk.draft, desk.open, &typed, &desk.rule);
    if let Some(code) = taken {
        let message = format!("Mã «{code}» đã có phần khác dùng; mỗi mã chỉ dùng một lần.");
        desk.refused.push(Reason::new("duplicate_code", message).at("v-code"));
    }
    let (verb, target) = field("verb").split_once(':').unwrap_or((field("verb"), ""));
    desk.is_new = field("is_new") == "true" && !["check", "try", "save"].contains(&verb);
    let done = match verb {
        _ if !desk.refused.is_empty() => Ok(None),
        "keep" | "check" => Ok(None),
        "open" | "add" | "remove" | "up" | "down" => {
            change(&mut desk, verb, target);
            Ok(None)
        }
        "text" => {
            let editor = Editor::of(desk.draft.written(), desk.based_on, Vec::new());
            return Ok(own_sets::page(&office, visitor, year, &unit, editor).await?.into_response());
        }
        "try" => {
            let text = desk.draft.written();
            let found = drafting::tried(&office, &text, year_of(field("trial_year"))?, visitor.today()).await;
            found.map(|found| {
                desk.trial = Some(Trial::of(&found, &visitor));
                None
            })
        }
        "save" => {
            let draft = Draft { unit, text: desk.draft.written(), based_on: desk.based_on.clone() };
            let saved = drafting::save(&office, &visitor.context(), &draft).await;
            saved.map(|_| Some(format!("/danh-gia/{year}/bo-rieng")))
        }
        verb => return Err(Error::refused("unknown_verb", format!("Không có việc «{verb}». Hãy mở lại trang."))),
    };
    match done {
        Ok(Some(address)) => return Ok(Redirect::to(&address).into_response()),
        Ok(None) => {}
        Err(Error::Refused(refusal)) => {
            // Faults of the set are told at their parts, not by the lines of a text that nobody sees here.
            let of_text = |reason: &Reason| reason.at.starts_with("dòng ");
            desk.is_refused = true;
            desk.refused.extend(refusal.reasons.into_iter().filter(|reason| !of_text(reason)));
        }
        Err(fault) => return Err(fault),
    }
    let is_refused = desk.is_refused || !desk.refused.is_empty();
    let status = if is_refused { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    Ok(page(&office, visitor, year, desk)?.status(status).into_response())
}

/// A text that is no set at all goes back to the text editor with its faults.
async fn unreadable(
    office: &Office,
    visitor: Visitor,
    (year, unit): (SchoolYear, &str),
    text: String,
    refusal: Refusal,
) -> Result<Response> {
    let editor = Editor::of(text, String::new(), refusal.reasons);
    let page = own_sets::page(office, visitor, year, unit, editor).await?;
    Ok(page.status(StatusCode::UNPROCESSABLE_ENTITY).into_response())
}

/// Opens, adds, removes or moves a part; a word that names nothing changes nothing.
fn change(desk: &mut Desk, verb: &str, target: &str) {
    if verb == "add" {
        let Some(spot) = spots::list(target).and_then(|list| desk.draft.add(list)) else { return };
        if let (Spot::Criterion(..) | Spot::Item(..), Some(part)) = (spot, desk.draft.part_mut(spot)) {
            part.set("kind", "evidence");
        }
        return desk.open_at(spot);
    }
    let Some(spot) = spots::spot(target) else { return };
    match verb {
        "open" => desk.open_at(spot),
        "remove" => {
            desk.draft.remove(spot);
            desk.open_at(parent(spot));
        }
        _ => {
            let moved = desk.draft.shift(spot, verb == "up");
            desk.open_at(moved);
        }
    }
}

/// What is opened when a part is gone.
fn parent(spot: Spot) -> Spot {
    match spot {
        Spot::Criterion(field, _) => Spot::Field(field),
        Spot::Item(field, criterion, _) => Spot::Criterion(field, criterion),
        _ => Spot::Set,
    }
}
