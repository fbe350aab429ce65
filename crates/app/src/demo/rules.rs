//! How invented figures hang together: `data/demo/rules.toml`, one rule an element, compiled for a set of forms.
//!
//! A rule says where an element's value comes from (`pupils 3`, `share pri_pupil_count 0.9 1`,
//! `part pri_rated 0.4`); totals and columns follow from the forms. Compiled once for schools of the same levels, it is
//! then a straight run over numbers, so that a nation's values take seconds.

use std::collections::{BTreeMap, HashMap};

use domain::{
    Level,
    figures::catalogue::{Catalogue, ItemCode, StatisticalForm},
    school_year::SchoolYear,
};
use serde::Deserialize;

use super::{
    noise,
    profile::{Cohort, Profile},
};

/// The file of rules.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Rules {
    /// Bounds of an option's share in its element's own value.
    shares: BTreeMap<String, [f64; 2]>,
    /// Weights of options that split their element.
    spreads: BTreeMap<String, f64>,
    /// One rule an element or helper (a name beginning with `_`).
    elements: BTreeMap<String, String>,
}

/// What a node computes from the school, the year and earlier nodes.
#[derive(Clone, Debug)]
enum Operation {
    Fixed(f64),
    Present(Level),
    Trait { probability: f64 },
    Between { low: f64, high: f64, decimals: i32 },
    Classes(Cohort),
    Pupils { cohort: Cohort, at_end: bool, girls: bool },
    Share { base: usize, low: f64, high: f64 },
    Part(Split),
    Sum(Vec<(f64, usize)>),
    AtMost { part: usize, whole: usize },
    Blank,
}

/// One part of a whole that several elements share out.
#[derive(Clone, Debug)]
struct Split {
    base: usize,
    /// Of a column: all parts without the column as the form shows them, which no part of the column may exceed.
    within: Vec<usize>,
    weights: Vec<f64>,
    position: usize,
    group: u64,
}

#[derive(Clone, Debug)]
struct Node {
    key: u64,
    operation: Operation,
}

/// The rules compiled for schools that fill the same forms.
#[derive(Debug)]
pub(crate) struct Program {
    nodes: Vec<Node>,
    /// The node of every cell, form by form, in the cells' fixed order.
    cells: Vec<Vec<usize>>,
}

impl Rules {
    /// Reads the file.
    pub(crate) fn read(text: &str) -> Result<Self, String> {
        toml::from_str(text).map_err(|fault| format!("data/demo/rules.toml: {fault}"))
    }

    /// Compiles the rules for these forms; names every element that has no rule.
    pub(crate) fn compile(&self, catalogue: &Catalogue, forms: &[&StatisticalForm]) -> Result<Program, Vec<String>> {
        let totals: HashMap<ItemCode, Vec<ItemCode>> = forms
            .iter()
            .flat_map(|form| form.cells())
            .filter(|cell| !cell.total_of.is_empty())
            .map(|cell| (cell.item.clone(), cell.total_of.clone()))
            .collect();
        let mut compiler =
            Compiler { rules: self, catalogue, totals, nodes: Vec::new(), known: HashMap::new(), faults: Vec::new() };
        let cells = forms
            .iter()
            .map(|form| form.cells().map(|c| compiler.node(&c.item.element, c.item.option.as_deref())).collect())
            .collect();
        let Compiler { nodes, mut faults, .. } = compiler;
        faults.sort();
        faults.dedup();
        if faults.is_empty() { Ok(Program { nodes, cells }) } else { Err(faults) }
    }
}

struct Compiler<'a> {
    rules: &'a Rules,
    catalogue: &'a Catalogue,
    totals: HashMap<ItemCode, Vec<ItemCode>>,
    nodes: Vec<Node>,
    known: HashMap<(String, Option<String>, bool), Option<usize>>,
    faults: Vec<String>,
}

impl Compiler<'_> {
    /// The node of an item as the form shows it: a total is the sum of its parts.
    fn node(&mut self, element: &str, option: Option<&str>) -> usize {
        let item = ItemCode { element: element.to_owned(), option: option.map(str::to_owned) };
        match self.totals.get(&item).cloned() {
            Some(parts) => self.once(element, option, true, |compiler| {
                let parts = parts.iter().map(|p| (1.0, compiler.node(&p.element, p.option.as_deref()))).collect();
                Operation::Sum(parts)
            }),
            None => self.raw(element, option),
        }
    }

    /// The node of an item by its own rule.
    fn raw(&mut self, element: &str, option: Option<&str>) -> usize {
        self.once(element, option, false, |compiler| compiler.by_rule(element, option))
    }

    /// Makes a node at most once; a rule that needs itself is a fault.
    fn once(
        &mut self,
        element: &str,
        option: Option<&str>,
        total: bool,
        make: impl FnOnce(&mut Self) -> Operation,
    ) -> usize {
        let name = (element.to_owned(), option.map(str::to_owned), total);
        match self.known.get(&name) {
            Some(Some(node)) => return *node,
            Some(None) => {
                self.faults.push(format!("{element}: the rule needs itself"));
                return self.push(element, option, Operation::Blank);
            }
            None => {}
        }
        self.known.insert(name.clone(), None);
        let operation = make(self);
        let node = self.push(element, option, operation);
        self.known.insert(name, Some(node));
        node
    }

    fn push(&mut self, element: &str, option: Option<&str>, operation: Operation) -> usize {
        let key = noise::mix(&[noise::key(element), noise::key(option.unwrap_or_default())]);
        self.nodes.push(Node { key, operation });
        self.nodes.len() - 1
    }

    fn by_rule(&mut self, element: &str, option: Option<&str>) -> Operation {
        let rules = self.rules;
        let own = option.and_then(|option| rules.elements.get(&format!("{element}.{option}")));
        if let Some(rule) = own {
            return self.operation(element, None, rule);
        }
        let Some(rule) = rules.elements.get(element) else {
            self.faults.push(format!("{element}: no rule"));
            return Operation::Blank;
        };
        let verb = rule.split_whitespace().next().unwrap_or_default();
        let follows = ["pupils", "pupils_end", "part", "sum", "blank"].contains(&verb);
        match option {
            None => self.operation(element, None, rule),
            Some(option) if follows && rules.shares.contains_key(option) => self.at_most(element, option, rule),
            Some(_) if follows => self.operation(element, option, rule),
            Some(option) => self.by_option(element, option),
        }
    }

    /// Girls are never more than pupils, whatever the rounding did.
    fn at_most(&mut self, element: &str, option: &str, rule: &str) -> Operation {
        let operation = self.operation(element, Some(option), rule);
        let part = self.push(element, Some(option), operation);
        Operation::AtMost { part, whole: self.node(element, None) }
    }

    /// A column whose element's rule says nothing about columns: a share, or one part of the element's own value.
    fn by_option(&mut self, element: &str, option: &str) -> Operation {
        let rules = self.rules;
        if let Some([low, high]) = rules.shares.get(option) {
            let base = self.node(element, if option == "minority_female" { Some("minority") } else { None });
            return Operation::Share { base, low: *low, high: *high };
        }
        let options: Vec<&str> = self
            .catalogue
            .element(element)
            .map(|e| e.options.iter().map(|o| o.code.as_str()).filter(|o| rules.spreads.contains_key(*o)).collect())
            .unwrap_or_default();
        let Some(position) = options.iter().position(|known| *known == option) else {
            self.faults.push(format!("{element}.{option}: no rule for the column"));
            return Operation::Blank;
        };
        let weights = options.iter().map(|option| rules.spreads[*option]).collect();
        let base = self.raw(element, None);
        Operation::Part(Split { base, within: Vec::new(), weights, position, group: noise::key(element) })
    }

    fn operation(&mut self, element: &str, option: Option<&str>, rule: &str) -> Operation {
        let words: Vec<&str> = rule.split_whitespace().collect();
        let number = |at: usize| words.get(at).and_then(|word| word.parse::<f64>().ok());
        match (words.first().copied(), number(1), number(2), number(3)) {
            (Some("is"), Some(value), ..) => Operation::Fixed(value),
            (Some("present"), ..) => Operation::Present(cohort(element, 1.0).level),
            (Some("trait"), Some(probability), ..) => Operation::Trait { probability },
            (Some("between"), Some(low), Some(high), decimals) => {
                Operation::Between { low, high, decimals: decimals.unwrap_or(0.0) as i32 }
            }
            (Some("classes"), Some(grade), ..) => Operation::Classes(cohort(element, grade)),
            (Some("pupils"), Some(grade), ..) => self.pupils(element, option, cohort(element, grade), false),
            (Some("pupils_end"), Some(grade), ..) => self.pupils(element, option, cohort(element, grade), true),
            (Some("share"), _, Some(low), Some(high)) => {
                Operation::Share { base: self.node(words[1], None), low, high }
            }
            (Some("part"), _, Some(_), _) => self.part(element, option, words[1]),
            (Some("sum"), ..) => self.sum(option, &words[1..]),
            (Some("blank"), ..) => Operation::Blank,
            _ => {
                self.faults.push(format!("{element}: cannot read the rule «{rule}»"));
                Operation::Blank
            }
        }
    }

    fn pupils(&mut self, element: &str, option: Option<&str>, cohort: Cohort, at_end: bool) -> Operation {
        match option {
            None => Operation::Pupils { cohort, at_end, girls: false },
            Some("female") => Operation::Pupils { cohort, at_end, girls: true },
            Some(option) => self.by_option(element, option),
        }
    }

    /// `part BASE/GROUP WEIGHT`: all elements of the group together are the base, column by column.
    fn part(&mut self, element: &str, option: Option<&str>, base: &str) -> Operation {
        let group = self.rules.elements.iter().filter_map(|(name, rule)| {
            let mut words = rule.split_whitespace();
            let same = words.next() == Some("part") && words.next() == Some(base);
            same.then(|| (name.as_str(), words.next().and_then(|w| w.parse().ok()).unwrap_or(0.0)))
        });
        let mut group: Vec<(&str, f64)> = group.collect();
        // Heavier parts first would hide "good before bad": the packs' order is the order of merit.
        let order = |name: &str| self.catalogue.elements.iter().position(|known| known.code == name);
        group.sort_by_key(|(name, _)| order(name));
        let position = group.iter().position(|(name, _)| *name == element).unwrap_or(0);
        let weights = group.iter().map(|(_, weight)| *weight).collect();
        let whole = base.split('/').next().unwrap_or(base);
        let is_within = option.is_some_and(|option| self.rules.shares.contains_key(option));
        let names = group.iter().filter(|_| is_within).map(|(name, _)| *name).collect::<Vec<_>>();
        let within = names.into_iter().map(|name| self.node(name, None)).collect();
        Operation::Part(Split { base: self.node(whole, option), within, weights, position, group: noise::key(base) })
    }

    /// `sum A B -C`: column by column.
    fn sum(&mut self, option: Option<&str>, terms: &[&str]) -> Operation {
        let terms = terms.iter().map(|term| match term.strip_prefix('-') {
            Some(name) => (-1.0, self.node(name, option)),
            None => (1.0, self.node(term, option)),
        });
        Operation::Sum(terms.collect())
    }
}

fn cohort(element: &str, grade: f64) -> Cohort {
    let level = match element.trim_start_matches('_').split('_').next() {
        Some("pre") => Level::Preschool,
        Some("pri") => Level::Primary,
        Some("con") => Level::Continuing,
        _ => Level::LowerSecondary,
    };
    Cohort { level, grade: grade as i64 }
}

impl Program {
    /// The values of every cell of every form for this school and year; NaN where the cell stays empty.
    pub(crate) fn run(&self, profile: &Profile, year: SchoolYear) -> Vec<Vec<f64>> {
        let mut values: Vec<f64> = Vec::with_capacity(self.nodes.len());
        for node in &self.nodes {
            let value = node.value(profile, year, &values);
            values.push(value);
        }
        self.cells.iter().map(|form| form.iter().map(|node| values[*node]).collect()).collect()
    }
}

impl Node {
    fn value(&self, profile: &Profile, year: SchoolYear, earlier: &[f64]) -> f64 {
        match &self.operation {
            Operation::Fixed(value) => *value,
            Operation::Blank => f64::NAN,
            Operation::Present(level) => f64::from(u8::from(profile.teaches(*level))),
            Operation::Trait { probability } => f64::from(u8::from(profile.has(*probability, self.key, year))),
            Operation::Between { low, high, decimals } => {
                let scale = 10_f64.powi(*decimals);
                (profile.fraction(*low, *high, self.key, year) * scale).round() / scale
            }
            Operation::Classes(cohort) => profile.classes(*cohort, year),
            Operation::Pupils { cohort, at_end, girls } => {
                let pupils = if *at_end { profile.pupils_at_end(*cohort, year) } else { profile.pupils(*cohort, year) };
                if *girls { profile.girls(*cohort, year, pupils) } else { pupils }
            }
            Operation::Share { base, low, high } => {
                (earlier[*base] * profile.fraction(*low, *high, self.key, year)).round()
            }
            Operation::Part(split) => split.value(profile, year, earlier),
            Operation::AtMost { part, whole } => earlier[*part].min(earlier[*whole]),
            Operation::Sum(terms) => terms.iter().map(|(sign, node)| sign * earlier[*node]).sum::<f64>().max(0.0),
        }
    }
}

impl Split {
    /// Cut at rounded borders, so that the parts add up to the whole. A column is cut in proportion to the parts without
    /// it: girls of a part are then never more than its pupils, and still add up to all girls.
    fn value(&self, profile: &Profile, year: SchoolYear, earlier: &[f64]) -> f64 {
        let weight = |at: usize| match self.within.get(at) {
            Some(part) => earlier[*part],
            None => profile.weight(self.weights[at], at, self.weights.len(), self.group, year),
        };
        let all: f64 = (0..self.weights.len()).map(weight).sum();
        if all == 0.0 {
            return 0.0;
        }
        let border = |parts: usize| (earlier[self.base] * (0..parts).map(weight).sum::<f64>() / all).round();
        border(self.position + 1) - border(self.position)
    }
}
