//! A change being put together, with the reasons that speak against it.

use jiff::civil::Date;
use rust_decimal::Decimal;

use super::{Change, NewUnit, Successor};
use crate::organisation::{
    Line, ParentLink, Registry, Row, Succession, SuccessionKind, Unit, UnitCode, UnitKind, Validity, check,
    unit::name_fault,
};
use crate::vietnamese::short_date;
use crate::{Reason, Refusal};

/// The registry, the units already changed, and the reasons so far.
pub(super) struct Draft<'a> {
    registry: &'a Registry,
    on: Date,
    units: Vec<Unit>,
    successions: Vec<Succession>,
    reasons: Vec<Reason>,
}

impl<'a> Draft<'a> {
    pub(super) fn new(registry: &'a Registry, on: Date) -> Self {
        Self { registry, on, units: Vec::new(), successions: Vec::new(), reasons: Vec::new() }
    }

    pub(super) fn refuse(&mut self, code: &str, message: impl Into<String>, at: &str) {
        self.reasons.push(Reason::new(code, message).at(at));
    }

    /// Keeps the unit as it will be.
    pub(super) fn put(&mut self, unit: Unit) {
        match self.units.iter_mut().find(|known| known.code == unit.code) {
            Some(known) => *known = unit,
            None => self.units.push(unit),
        }
    }

    /// The change, if nothing speaks against it and the registry stays sound with it (no cycle, no parent that ends).
    pub(super) fn finish(self) -> Result<Change, Refusal> {
        Refusal::unless_empty(self.reasons)?;
        let change = Change { on: self.on, units: self.units, successions: self.successions };
        self.registry.with(&change).map(|_| change)
    }

    /// The unit as it stands, if it exists on the day and existed the day before.
    pub(super) fn living(&mut self, code: &str) -> Option<Unit> {
        let Some(unit) = self.registry.unit(code) else {
            self.refuse("unknown_unit", format!("Không có đơn vị mang mã {code}."), code);
            return None;
        };
        let existed = self.on.yesterday().is_ok_and(|eve| unit.validity.contains(eve));
        if !(existed && unit.validity.contains(self.on)) {
            let day = short_date(self.on);
            let message =
                format!("{} ({code}) tồn tại {}; không thể thay đổi từ ngày {day}.", unit.latest_name(), unit.validity);
            self.refuse("not_valid", message, code);
            return None;
        }
        Some(unit.clone())
    }

    /// The unit as it stands, if it exists on the day.
    pub(super) fn existing(&mut self, code: &str) -> Option<Unit> {
        let Some(unit) = self.registry.unit(code) else {
            self.refuse("unknown_unit", format!("Không có đơn vị mang mã {code}."), code);
            return None;
        };
        if !unit.validity.contains(self.on) {
            let day = short_date(self.on);
            let message = format!("{} ({code}) tồn tại {}, không có ngày {day}.", unit.latest_name(), unit.validity);
            self.refuse("not_valid", message, code);
            return None;
        }
        Some(unit.clone())
    }

    /// A name that people can write on a form.
    pub(super) fn name(&mut self, name: &str, code: &str) {
        self.reasons.extend(name_fault(name).map(|reason| reason.at(code)));
    }

    /// Whether a unit of this kind can stand under the parent at all.
    pub(super) fn stands_under(&mut self, kind: UnitKind, child: &str, parent: &str) {
        let Some(above) = self.kind_of(parent) else { return };
        if !kind.can_stand_under(above) {
            let (below, above) = (kind.label().0, above.label().0);
            let message = format!("{child} ({below}) không thể trực thuộc {parent} ({above}).");
            self.refuse("wrong_kind", message, child);
        }
    }

    /// Whether what ends can be taken over by the heir: a school by a school, a territory by a territory.
    pub(super) fn hands_over(&mut self, code: &str, heir: &str) {
        let (Some(ended), Some(taking)) = (self.kind_of(code), self.kind_of(heir)) else { return };
        if (ended.is_school(), ended.is_territory()) != (taking.is_school(), taking.is_territory()) {
            let (ended, taking) = (ended.label().0, taking.label().0);
            let message = format!("{code} ({ended}) không thể nhập vào {heir} ({taking}): hai loại đơn vị khác nhau.");
            self.refuse("wrong_kind", message, code);
        }
    }

    fn kind_of(&self, code: &str) -> Option<UnitKind> {
        let drafted = self.units.iter().find(|unit| unit.code.as_str() == code);
        drafted.or(self.registry.unit(code)).map(|unit| unit.kind)
    }

    /// Whether a parent is there for the whole of a span.
    pub(super) fn parent(&mut self, child: &str, parent: &str, span: Validity) {
        match self.registry.unit(parent).map(|unit| unit.validity) {
            None => self.refuse("unknown_parent", format!("Không có đơn vị cấp trên mang mã {parent}."), child),
            Some(life) if !life.covers(span) => {
                let message = format!("Đơn vị cấp trên {parent} tồn tại {life}, không đủ cho {child} ({span}).");
                self.refuse("parent_not_valid", message, child);
            }
            Some(_) => {}
        }
    }

    pub(super) fn create(&mut self, unit: &NewUnit) {
        let code = unit.code.as_str();
        if self.registry.unit(code).is_some() || self.units.iter().any(|known| known.code == unit.code) {
            self.refuse("code_taken", format!("Mã {code} đã dùng cho một đơn vị khác; mã không được dùng lại."), code);
        }
        if !unit.code.is_well_formed() {
            let message = format!("Mã «{code}» không hợp lệ; chỉ dùng chữ cái không dấu, chữ số và . - _");
            self.refuse("bad_code", message, code);
        }
        if unit.name.trim().is_empty() {
            self.refuse("no_name", format!("Đơn vị {code} chưa có tên."), code);
        }
        for (place, (line, parent)) in unit.parents.iter().enumerate() {
            if unit.parents[..place].iter().any(|(known, _)| known == line) {
                self.refuse("line_twice", format!("{code} có hai cấp trên {}.", line.label()), code);
            }
            self.parent(code, parent.as_str(), Validity::from(self.on));
            self.stands_under(unit.kind, code, parent.as_str());
        }
        self.name(&unit.name, code);
        self.put(unit.on_day(self.on));
    }

    /// The successor's code; a new one is created, an existing one must be there on the day.
    pub(super) fn successor(&mut self, successor: &Successor) -> UnitCode {
        match successor {
            Successor::New(unit) => {
                self.create(unit);
                unit.code.clone()
            }
            Successor::Existing(code) => {
                if self.registry.unit_on(code.as_str(), self.on).is_none() {
                    let day = short_date(self.on);
                    self.refuse("not_valid", format!("Đơn vị kế thừa {code} không tồn tại ngày {day}."), code.as_str());
                }
                code.clone()
            }
        }
    }

    /// Ends a unit the day before, with its names, parents and sites.
    pub(super) fn end(&mut self, code: &str) {
        let Some(mut unit) = self.living(code) else { return };
        let starts = unit.names.iter().map(|name| name.validity).chain(unit.parents.iter().map(|link| link.validity));
        if starts.filter_map(|span| span.from).any(|from| from >= self.on) {
            let message = format!("{code} đã có thay đổi ghi từ ngày này trở đi; hãy hủy thay đổi đó trước.");
            self.refuse("later_change", message, code);
        }
        unit.validity = unit.validity.until(self.on);
        clip(&mut unit.names, self.on, |name| &mut name.validity);
        clip(&mut unit.parents, self.on, |link| &mut link.validity);
        if let Some(school) = &mut unit.school {
            clip(&mut school.sites, self.on, |site| &mut site.validity);
        }
        self.put(unit);
    }

    pub(super) fn succeed(&mut self, from: &str, to: &UnitCode, kind: SuccessionKind, share: Option<Decimal>) {
        let succession = Succession { predecessor: from.into(), successor: to.clone(), kind, share, on: self.on };
        self.successions.push(succession);
    }

    /// The units that would still be under this one on the day or later and do not end themselves.
    pub(super) fn children_after(&self, code: &str) -> Vec<UnitCode> {
        let stays = |link: &ParentLink| link.parent.as_str() == code && link.validity.to.is_none_or(|to| to >= self.on);
        let children = self.registry.ever_children(code).map(|child| self.current(child));
        let staying = children.filter(|child| child.parents.iter().any(stays));
        staying.map(|child| child.code.clone()).collect()
    }

    fn current<'b>(&'b self, unit: &'b Unit) -> &'b Unit {
        self.units.iter().find(|known| known.code == unit.code).unwrap_or(unit)
    }

    /// Puts a child of an ended unit under its heir, on every line where it was under that unit.
    pub(super) fn follow(&mut self, child: &UnitCode, from: &str, to: &str) {
        let Some(unit) = self.registry.unit(child.as_str()) else { return };
        let mut unit = self.current(unit).clone();
        let mut moved = Vec::new();
        for link in unit.parents.iter_mut().filter(|link| link.parent.as_str() == from) {
            if link.validity.to.is_some_and(|to| to < self.on) {
                continue;
            }
            if link.validity.from.is_some_and(|from| from >= self.on) {
                link.parent = to.into();
            } else {
                let after = Validity { from: Some(self.on), to: link.validity.to };
                moved.push(ParentLink { line: link.line, parent: to.into(), validity: after });
                link.validity = link.validity.until(self.on);
            }
        }
        unit.parents.extend(moved);
        unit.parents.sort_by_key(|link| (link.line, link.validity.from));
        self.put(unit);
    }

    /// The rule of shares, on the heirs recorded so far.
    pub(super) fn check_shares(&mut self, code: &str) {
        let rows: Vec<Row<Succession>> = self.successions.iter().cloned().map(Row::unnumbered).collect();
        let rows: Vec<&Row<Succession>> = rows.iter().collect();
        if !rows.is_empty() {
            self.reasons.extend(check::division(code, &rows));
        }
    }
}

/// Ends what lasts to the day or beyond; what begins then is dropped.
pub(super) fn clip<T>(spans: &mut Vec<T>, on: Date, validity: impl Fn(&mut T) -> &mut Validity) {
    spans.retain_mut(|span| validity(span).from.is_none_or(|from| from < on));
    for span in spans {
        let validity = validity(span);
        if validity.to.is_none_or(|to| to >= on) {
            *validity = validity.until(on);
        }
    }
}

/// Ends the parent on a line and links another one from the day to the end of the unit's life.
pub(super) fn link_from(unit: &mut Unit, line: Line, parent: &str, on: Date) {
    for link in unit.parents.iter_mut().filter(|link| link.line == line && link.validity.contains(on)) {
        link.validity = link.validity.until(on);
    }
    let validity = Validity { from: Some(on), to: unit.validity.to };
    unit.parents.push(ParentLink { line, parent: parent.into(), validity });
    unit.parents.sort_by_key(|link| (link.line, link.validity.from));
}
