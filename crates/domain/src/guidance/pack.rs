//! The legal texts that ship as data, each with its source and how sure it is.

use std::collections::BTreeSet;

use jiff::civil::Date;
use serde::Deserialize;

use super::{DocumentNumber, DocumentType, Link, Network, Relation, Text};
use crate::{
    organisation::Validity,
    refusal::{Reason, Refusal},
    source::Confidence,
};

#[cfg(test)]
mod tests;

/// A file of shipped texts.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Pack {
    /// The texts.
    #[serde(default, rename = "text")]
    pub texts: Vec<PackText>,
    /// Their relations.
    #[serde(default, rename = "link")]
    pub links: Vec<PackLink>,
}

/// A shipped text.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PackText {
    /// The key, in small letters, figures and hyphens: `30-2020-nd-cp`.
    pub id: String,
    /// Number and code as it may be written; empty for a text of which none is known.
    #[serde(default)]
    pub number: String,
    /// The identifier of the kind: `decree`.
    #[serde(rename = "type")]
    pub document_type: String,
    /// Who issued it; empty where the source does not say.
    #[serde(default)]
    pub issuer: String,
    /// The day of issue, if the source says it.
    pub issued_on: Option<Date>,
    /// The first day in force, if the source says it.
    pub valid_from: Option<Date>,
    /// The last day in force, if the source says it.
    pub valid_to: Option<Date>,
    /// What it is about, in the source's words.
    pub subject: String,
    /// Where that is read.
    pub source: String,
    /// How sure it is.
    pub confidence: Confidence,
}

/// A relation between shipped texts.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PackLink {
    /// The later text.
    pub from: String,
    /// The earlier text.
    pub to: String,
    /// How the later stands to the earlier.
    pub relation: Relation,
    /// From which day, if the source says it.
    pub effective_on: Option<Date>,
    /// Where that is read.
    pub source: String,
    /// How sure it is.
    pub confidence: Confidence,
}

impl Pack {
    /// Reads a pack and holds it to its rules.
    ///
    /// # Errors
    /// Every fault: TOML, a number that may not be written, an unknown kind, a key twice, an end before the beginning,
    /// a relation to nowhere or in a cycle.
    pub fn parse(text: &str) -> Result<Self, Refusal> {
        let pack: Self = toml::from_str(text).map_err(|fault| Refusal::one("toml", fault.to_string()))?;
        let mut reasons = Vec::new();
        let mut seen = BTreeSet::new();
        for text in &pack.texts {
            reasons.extend(text.faults().into_iter().map(|reason| reason.at(&text.id)));
            if !seen.insert(&text.id) {
                reasons.push(Reason::new("id_twice", "Mã văn bản có hai lần.").at(&text.id));
            }
        }
        Refusal::unless_empty(reasons)?;
        pack.network()?;
        Ok(pack)
    }

    /// The texts and relations as a network.
    ///
    /// # Errors
    /// As [`Network::add`].
    pub fn network(&self) -> Result<Network, Refusal> {
        Network::new(self.texts.iter().map(PackText::text).collect(), self.link_list())
    }

    /// The relations, in the pack's order.
    pub fn link_list(&self) -> Vec<Link> {
        let link = |link: &PackLink| Link {
            from: link.from.clone(),
            to: link.to.clone(),
            relation: link.relation,
            effective_on: link.effective_on,
        };
        self.links.iter().map(link).collect()
    }
}

impl PackText {
    /// How people name it: `Nghị định số 30/2020/NĐ-CP`.
    pub fn name(&self) -> String {
        let kind = DocumentType::of_identifier(&self.document_type).map_or("Văn bản", |known| known.name);
        if self.number.is_empty() { format!("{kind} {}", self.subject) } else { format!("{kind} số {}", self.number) }
    }

    fn text(&self) -> Text {
        let validity = Validity { from: self.valid_from, to: self.valid_to };
        Text { id: self.id.clone(), name: self.name(), issued_on: self.issued_on, validity }
    }

    fn faults(&self) -> Vec<Reason> {
        let mut faults = Vec::new();
        if !self.number.is_empty()
            && let Err(refusal) = DocumentNumber::parse(&self.number)
        {
            faults.extend(refusal.reasons);
        }
        if DocumentType::of_identifier(&self.document_type).is_none() {
            faults.push(Reason::new("unknown_type", format!("Không có loại văn bản «{}».", self.document_type)));
        }
        let is_key = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
        if self.id.is_empty() || !self.id.chars().all(is_key) {
            faults.push(Reason::new("id_form", "Mã văn bản chỉ gồm chữ thường không dấu, chữ số và gạch nối."));
        }
        if !(Validity { from: self.valid_from, to: self.valid_to }).is_ordered() {
            faults.push(Reason::new("validity", "Ngày hết hiệu lực trước ngày có hiệu lực."));
        }
        if self.source.trim().is_empty() {
            faults.push(Reason::new("no_source", "Văn bản phải ghi nguồn."));
        }
        faults
    }
}
