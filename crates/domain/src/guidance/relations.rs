//! What rests on what, what has lapsed, and who took its place.
//!
//! Every relation leads from the later text to the earlier one, so the network of all relations has no cycle; one that
//! would close a cycle is refused with the chain that it would close.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::{organisation::Validity, refusal::Refusal, vietnamese::short_date};

#[cfg(test)]
mod tests;

/// How a later text stands to an earlier one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Relation {
    /// Căn cứ.
    BasedOn,
    /// Thực hiện (văn bản cấp trên).
    Implements,
    /// Sửa đổi, bổ sung.
    Amends,
    /// Thay thế.
    Replaces,
    /// Bãi bỏ.
    Repeals,
}

impl Relation {
    /// Every relation, in the order in which pages show them.
    pub const ALL: [Self; 5] = [Self::BasedOn, Self::Implements, Self::Amends, Self::Replaces, Self::Repeals];

    /// The identifier in data and forms.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::BasedOn => "based_on",
            Self::Implements => "implements",
            Self::Amends => "amends",
            Self::Replaces => "replaces",
            Self::Repeals => "repeals",
        }
    }

    /// The relation with this identifier.
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|relation| relation.as_str() == text)
    }

    /// Whether the earlier text is no longer in force afterwards.
    pub fn ends(self) -> bool {
        matches!(self, Self::Replaces | Self::Repeals)
    }

    /// Whether the later text rests on the earlier one.
    pub fn rests(self) -> bool {
        matches!(self, Self::BasedOn | Self::Implements)
    }
}

/// A document as the network sees it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Text {
    /// Its key.
    pub id: String,
    /// How people name it: `Nghị định số 98/2023/NĐ-CP`.
    pub name: String,
    /// The day of issue, if known.
    pub issued_on: Option<Date>,
    /// When it is in force, both days included.
    pub validity: Validity,
}

/// One relation.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Link {
    /// The later text.
    pub from: String,
    /// The earlier text.
    pub to: String,
    /// How the later stands to the earlier.
    pub relation: Relation,
    /// From which day; none where it is the day on which the later text enters into force.
    pub effective_on: Option<Date>,
}

/// Why a text is no longer in force.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Manner {
    /// Its own term ended.
    Ended,
    /// Another text took its place.
    Replaced,
    /// Another text ended it.
    Repealed,
}

/// That a text was no longer in force on a day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Lapse {
    /// Why.
    pub manner: Manner,
    /// Its last day in force.
    pub last_day: Option<Date>,
    /// The text that ended or replaced it, if one is known.
    pub by: Option<String>,
    /// The successor in force on the day asked about, at the end of the chain; none for a text that nothing replaced.
    pub successor: Option<String>,
}

/// A text on which another rests, directly or through others.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Foundation {
    /// Its key.
    pub id: String,
    /// How the text above it rests on it.
    pub relation: Relation,
    /// 1 for what the asked text names itself.
    pub depth: usize,
    /// It stands further up already; what it rests on is not told again.
    pub is_repeated: bool,
}

/// Texts and their relations, free of cycles.
#[derive(Clone, Debug, Default)]
pub struct Network {
    texts: BTreeMap<String, Text>,
    links: BTreeSet<Link>,
    later: BTreeMap<String, Vec<Link>>,
    earlier: BTreeMap<String, Vec<Link>>,
}

impl Network {
    /// A network of these texts and relations.
    ///
    /// # Errors
    /// As [`Self::add`], for the first relation that cannot stand.
    pub fn new(texts: Vec<Text>, links: Vec<Link>) -> Result<Self, Refusal> {
        let texts = texts.into_iter().map(|text| (text.id.clone(), text)).collect();
        let mut network = Self { texts, ..Self::default() };
        let mut links = links;
        links.sort();
        for link in links {
            network.add(link)?;
        }
        Ok(network)
    }

    /// The text with this key.
    pub fn text(&self, id: &str) -> Option<&Text> {
        self.texts.get(id)
    }

    /// Adds a relation; one that stands already changes nothing.
    ///
    /// # Errors
    /// `unknown_text`, `self_link`, `link_cycle` with the chain that would close.
    pub fn add(&mut self, link: Link) -> Result<(), Refusal> {
        for id in [&link.from, &link.to] {
            if !self.texts.contains_key(id) {
                return Err(Refusal::one("unknown_text", format!("Văn bản «{id}» chưa có trong sổ đăng ký.")));
            }
        }
        if link.from == link.to {
            return Err(Refusal::one("self_link", "Một văn bản không thể dẫn chính nó; hãy chọn văn bản khác."));
        }
        if let Some(chain) = self.chain(&link.to, &link.from) {
            let names: Vec<&str> = chain.iter().map(|id| self.name(id)).collect();
            let message = format!(
                "Quan hệ này khép thành vòng: {} → {}. Văn bản sau dẫn văn bản trước, không có chiều ngược lại; \
                 hãy kiểm tra chiều của quan hệ.",
                self.name(&link.from),
                names.join(" → ")
            );
            return Err(Refusal::one("link_cycle", message));
        }
        if self.links.insert(link.clone()) {
            self.later.entry(link.to.clone()).or_default().push(link.clone());
            self.earlier.entry(link.from.clone()).or_default().push(link);
        }
        Ok(())
    }

    /// What this text names as earlier: its bases, what it amends, replaces, repeals.
    pub fn earlier(&self, id: &str) -> &[Link] {
        self.earlier.get(id).map_or(&[], Vec::as_slice)
    }

    /// What names this text: what rests on it, amends, replaces or repeals it.
    pub fn later(&self, id: &str) -> &[Link] {
        self.later.get(id).map_or(&[], Vec::as_slice)
    }

    /// Whether the text was out of force on this day, and what stood in its place.
    ///
    /// A text of which no end is known counts as in force: nothing is asserted without a date behind it.
    pub fn lapsed_on(&self, id: &str, day: Date) -> Option<Lapse> {
        let own = self.own_lapse(id, day)?;
        let mut successor = own.by.clone().filter(|_| own.manner != Manner::Repealed);
        // The network has no cycle, so the chain of successors ends.
        while let Some(next) = successor.as_deref().and_then(|by| self.own_lapse(by, day)) {
            match next.by {
                Some(by) if next.manner != Manner::Repealed => successor = Some(by),
                _ => successor = None,
            }
        }
        Some(Lapse { successor, ..own })
    }

    fn own_lapse(&self, id: &str, day: Date) -> Option<Lapse> {
        let text = self.texts.get(id)?;
        let ends = |link: &&Link| link.relation.ends();
        let dated = |link: &Link| self.effective_on(link).map(|from| (from, link.clone()));
        let ended = self.later(id).iter().filter(ends).filter_map(dated).filter(|(from, _)| *from <= day).min();
        let own_end = text.validity.to.filter(|to| *to < day);
        let replaced =
            |link: &Link| if link.relation == Relation::Repeals { Manner::Repealed } else { Manner::Replaced };
        match (ended, own_end) {
            (Some((from, link)), own_end) => {
                let last_day = own_end.into_iter().chain(from.yesterday().ok()).min();
                Some(Lapse { manner: replaced(&link), last_day, by: Some(link.from), successor: None })
            }
            (None, Some(to)) => {
                let by = self.later(id).iter().find(|link| link.relation == Relation::Replaces);
                let by = by.map(|link| link.from.clone());
                Some(Lapse { manner: Manner::Ended, last_day: Some(to), by, successor: None })
            }
            (None, None) => None,
        }
    }

    fn effective_on(&self, link: &Link) -> Option<Date> {
        let from = self.texts.get(&link.from)?;
        link.effective_on.or(from.validity.from).or(from.issued_on)
    }

    /// Everything that the text rests on, each under the text that names it, in the order of the keys.
    pub fn foundations(&self, id: &str) -> Vec<Foundation> {
        let mut seen = BTreeSet::new();
        let mut found = Vec::new();
        let mut waiting: Vec<(&Link, usize)> = self.resting(id, 1);
        while let Some((link, depth)) = waiting.pop() {
            let is_repeated = !seen.insert(link.to.as_str());
            found.push(Foundation { id: link.to.clone(), relation: link.relation, depth, is_repeated });
            if !is_repeated {
                waiting.extend(self.resting(&link.to, depth + 1));
            }
        }
        found
    }

    /// The relations by which a text rests on others, last first.
    fn resting(&self, id: &str, depth: usize) -> Vec<(&Link, usize)> {
        self.earlier(id).iter().rev().filter(|link| link.relation.rests()).map(|link| (link, depth)).collect()
    }

    /// The keys from one text to another that it names through others.
    fn chain(&self, from: &str, to: &str) -> Option<Vec<String>> {
        let mut came_from: BTreeMap<&str, &str> = BTreeMap::new();
        let mut waiting = vec![from];
        while let Some(id) = waiting.pop() {
            for link in self.earlier(id) {
                if link.to != from && !came_from.contains_key(link.to.as_str()) {
                    came_from.insert(&link.to, id);
                    waiting.push(&link.to);
                }
            }
        }
        came_from.get(to)?;
        let mut chain = vec![to.to_owned()];
        let mut at = to;
        while let Some(before) = came_from.get(at) {
            chain.push((*before).to_owned());
            at = before;
        }
        chain.reverse();
        Some(chain)
    }

    fn name<'a>(&'a self, id: &'a str) -> &'a str {
        self.texts.get(id).map_or(id, |text| text.name.as_str())
    }
}

impl Lapse {
    /// What to tell somebody who is about to cite the text: when it lapsed and what stands in its place.
    pub fn message(&self, network: &Network, id: &str) -> String {
        let name = network.name(id);
        let when = self.last_day.map_or_else(String::new, |day| format!(" sau ngày {}", short_date(day)));
        let by = self.by.as_deref().map_or_else(String::new, |by| {
            let verb = if self.manner == Manner::Repealed { "bãi bỏ" } else { "thay thế" };
            format!(", được {} {verb}", network.name(by))
        });
        let mend = match self.successor.as_deref() {
            Some(successor) => format!("Hãy dẫn {}.", network.name(successor)),
            None => "Hãy bỏ căn cứ này hoặc tìm văn bản còn hiệu lực.".to_owned(),
        };
        format!("{name} đã hết hiệu lực{when}{by}. {mend}")
    }
}
