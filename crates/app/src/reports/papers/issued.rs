//! A paper that another body issued, or that bears its number already, written down again in this office: what the
//! reviewing office may not put its own name, laws and signer to.

use domain::{
    guidance::DocumentNumber,
    organisation::Registry,
    reports::paper::{Inputs, Numbered},
};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::{
    platform::{Error, Result},
    reports::issuer::{self, IssuerFacts},
};

/// The input under which it travels with what was typed; no form has it.
pub(super) const ISSUED: &str = "issued";

/// Whose paper it is and what it bears.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Issued {
    /// Code of the issuing unit; empty where it is none of ours.
    pub unit_code: String,
    /// The issuer in words.
    pub name: String,
    /// The day on which it has that name.
    pub day: Option<Date>,
    /// The number that the paper bears; empty for a draft.
    pub number: String,
    /// The day of issue that it bears.
    pub issued_on: Option<Date>,
}

impl Issued {
    /// Lets it travel with the inputs of a paper.
    ///
    /// # Errors
    /// Where it cannot be written down.
    pub fn put_into(&self, inputs: &mut Inputs) -> Result<()> {
        inputs.insert(ISSUED.to_owned(), serde_json::to_string(self).map_err(Error::inside)?);
        Ok(())
    }

    /// What travels with these inputs; none where the paper is this office's own and bears no number.
    ///
    /// # Errors
    /// Where it cannot be read: nobody's paper is taken for this office's own.
    pub(in crate::reports) fn of(inputs: &Inputs) -> Result<Option<Self>> {
        inputs.get(ISSUED).map(|text| serde_json::from_str(text).map_err(Error::inside)).transpose()
    }

    /// The issuer on its day; `today` where no day is known.
    pub(super) fn issuer(&self, registry: &Registry, today: Date) -> IssuerFacts {
        match registry.unit(&self.unit_code) {
            Some(unit) => issuer::facts(registry, unit, self.day.unwrap_or(today)),
            None => issuer::named(&self.name),
        }
    }

    /// The number and the day that it bears.
    pub(super) fn numbered(&self) -> Option<Numbered> {
        let number = DocumentNumber::parse(&self.number).ok();
        let number = number.map(|number| (number.number(), number.code()));
        (number.is_some() || self.issued_on.is_some()).then_some(Numbered { number, date: self.issued_on })
    }
}
