//! Units in pre-order: a unit stands before all its descendants, and these follow it without a gap.

use std::collections::HashMap;

use crate::{Reason, Refusal};

/// No unit: the parent of a root.
const NONE: u32 = u32::MAX;

/// A forest of units in pre-order. A *position* is a unit's place in that order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Forest {
    codes: Vec<Box<str>>,
    parents: Vec<u32>,
    ends: Vec<u32>,
    positions: HashMap<Box<str>, u32>,
}

impl Forest {
    /// Orders units given with their parents; siblings and roots keep the order in which they are given.
    ///
    /// # Errors
    /// Every `duplicate_unit`, `unknown_parent` and `cycle`, each with the unit's code.
    pub fn new<S: AsRef<str>>(units: &[(S, Option<S>)]) -> Result<Self, Refusal> {
        let mut reasons = Vec::new();
        let given = index(units, &mut reasons);
        let parents = resolve_parents(units, &given, &mut reasons);
        let order = pre_order(&parents);
        if order.len() < units.len() && reasons.is_empty() {
            reasons = cycles(units, &order);
        }
        Refusal::unless_empty(reasons)?;
        Ok(Self::arranged(units, &parents, &order))
    }

    /// As [`Forest::new`], for units that must hang together.
    ///
    /// # Errors
    /// In addition `several_roots` (one reason for each root after the first) and `no_unit` where none is given.
    pub fn tree<S: AsRef<str>>(units: &[(S, Option<S>)]) -> Result<Self, Refusal> {
        let forest = Self::new(units)?;
        let roots: Vec<usize> = forest.roots().collect();
        let Some(first) = roots.first().map(|&root| forest.code(root)) else {
            return Err(Refusal::one("no_unit", "Không có đơn vị nào; hãy nạp danh mục đơn vị trước."));
        };
        let reasons = roots[1..].iter().map(|&root| {
            let code = forest.code(root);
            let message = format!("Đơn vị {code} không có đơn vị cấp trên, trong khi gốc của cây là {first}.");
            Reason::new("several_roots", message).at(code)
        });
        Refusal::unless_empty(reasons.collect())?;
        Ok(forest)
    }

    fn arranged<S: AsRef<str>>(units: &[(S, Option<S>)], parents: &[u32], order: &[u32]) -> Self {
        let mut position_of = vec![NONE; units.len()];
        for (position, &given) in (0..).zip(order) {
            position_of[given as usize] = position;
        }
        let at = |given: u32| if given == NONE { NONE } else { position_of[given as usize] };
        let codes: Vec<Box<str>> = order.iter().map(|&given| units[given as usize].0.as_ref().into()).collect();
        let parents: Vec<u32> = order.iter().map(|&given| at(parents[given as usize])).collect();
        let mut ends: Vec<u32> = (1..).take(order.len()).collect();
        for position in (0..order.len()).rev() {
            if let Some(end) = ends.get(parents[position] as usize).copied() {
                ends[parents[position] as usize] = end.max(ends[position]);
            }
        }
        let positions = (0..).zip(&codes).map(|(position, code)| (code.clone(), position)).collect();
        Self { codes, parents, ends, positions }
    }

    /// How many units.
    pub fn len(&self) -> usize {
        self.codes.len()
    }

    /// Whether there is no unit.
    pub fn is_empty(&self) -> bool {
        self.codes.is_empty()
    }

    /// The code of the unit at a position.
    pub fn code(&self, position: usize) -> &str {
        &self.codes[position]
    }

    /// All codes in pre-order.
    pub fn codes(&self) -> impl ExactSizeIterator<Item = &str> {
        self.codes.iter().map(AsRef::as_ref)
    }

    /// Where a unit stands.
    pub fn position(&self, code: &str) -> Option<usize> {
        self.positions.get(code).map(|&position| position as usize)
    }

    /// The parent's position; none for a root.
    pub fn parent(&self, position: usize) -> Option<usize> {
        let parent = self.parents[position];
        (parent != NONE).then_some(parent as usize)
    }

    /// The positions of the unit and all its descendants.
    pub fn subtree(&self, position: usize) -> std::ops::Range<usize> {
        position..self.ends[position] as usize
    }

    /// The positions of the children, in order.
    pub fn children(&self, position: usize) -> impl Iterator<Item = usize> + '_ {
        let end = self.ends[position] as usize;
        self.siblings(position + 1, end)
    }

    /// The positions of the roots, in order.
    pub fn roots(&self) -> impl Iterator<Item = usize> + '_ {
        self.siblings(0, self.len())
    }

    fn siblings(&self, first: usize, end: usize) -> impl Iterator<Item = usize> + '_ {
        let next = move |&position: &usize| Some(self.ends[position] as usize).filter(|&next| next < end);
        std::iter::successors(Some(first).filter(|&first| first < end), next)
    }

    /// The positions of the ancestors, from the parent to the root.
    pub fn ancestors(&self, position: usize) -> impl Iterator<Item = usize> + '_ {
        std::iter::successors(self.parent(position), |&ancestor| self.parent(ancestor))
    }

    /// The nearest unit whose subtree holds all of these; none where they are in different trees or there are none.
    pub fn meeting_place(&self, units: &[usize]) -> Option<usize> {
        let (&first, rest) = units.split_first().filter(|_| units.iter().all(|unit| *unit < self.len()))?;
        let holds_all = |&unit: &usize| rest.iter().all(|other| self.subtree(unit).contains(other));
        std::iter::once(first).chain(self.ancestors(first)).find(holds_all)
    }
}

fn index<'a, S: AsRef<str>>(units: &'a [(S, Option<S>)], reasons: &mut Vec<Reason>) -> HashMap<&'a str, u32> {
    let mut given = HashMap::with_capacity(units.len());
    for (number, (code, _)) in (0..).zip(units) {
        let code = code.as_ref();
        if given.insert(code, number).is_some() {
            let message = format!("Mã đơn vị {code} xuất hiện hơn một lần; mỗi đơn vị chỉ được có một mã.");
            reasons.push(Reason::new("duplicate_unit", message).at(code));
        }
    }
    given
}

fn resolve_parents<S: AsRef<str>>(
    units: &[(S, Option<S>)],
    given: &HashMap<&str, u32>,
    reasons: &mut Vec<Reason>,
) -> Vec<u32> {
    let mut resolve = |(code, parent): &(S, Option<S>)| {
        let Some(parent) = parent else { return NONE };
        given.get(parent.as_ref()).copied().unwrap_or_else(|| {
            let (code, parent) = (code.as_ref(), parent.as_ref());
            let message = format!("Đơn vị cấp trên {parent} của đơn vị {code} không có trong danh mục.");
            reasons.push(Reason::new("unknown_parent", message).at(code));
            NONE
        })
    };
    units.iter().map(&mut resolve).collect()
}

/// The given numbers in pre-order; units in or under a cycle are left out.
fn pre_order(parents: &[u32]) -> Vec<u32> {
    let mut next_sibling = vec![NONE; parents.len()];
    let mut first_child = vec![NONE; parents.len()];
    let mut first_root = NONE;
    for number in (0..parents.len()).rev() {
        let first = first_child.get_mut(parents[number] as usize).unwrap_or(&mut first_root);
        next_sibling[number] = *first;
        *first = u32::try_from(number).unwrap_or(NONE);
    }
    let mut order = Vec::with_capacity(parents.len());
    let mut open = vec![first_root];
    while let Some(number) = open.pop() {
        if number == NONE {
            continue;
        }
        order.push(number);
        open.push(next_sibling[number as usize]);
        open.push(first_child[number as usize]);
    }
    order
}

fn cycles<S: AsRef<str>>(units: &[(S, Option<S>)], reached: &[u32]) -> Vec<Reason> {
    let mut is_reached = vec![false; units.len()];
    for &number in reached {
        is_reached[number as usize] = true;
    }
    let unreached = units.iter().zip(&is_reached).filter(|(_, reached)| !**reached);
    unreached
        .map(|((code, _), _)| {
            let code = code.as_ref();
            let message = format!("Chuỗi đơn vị cấp trên của {code} đi thành vòng tròn; hãy sửa lại đơn vị cấp trên.");
            Reason::new("cycle", message).at(code)
        })
        .collect()
}
