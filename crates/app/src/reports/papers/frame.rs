//! The office around a paper: who issues, who signs, what the template may say of both.

use domain::{
    Level, Reason,
    reports::{
        Circulation, DocumentKind, Issuer, Marks, Signature, SigningCapacity, Urgency,
        paper::{GAP, Inputs, Numbered, PaperFrame, Wording},
    },
    school_year::SchoolYear,
};
use minijinja::{Value, context};

use super::issued::Issued;
use crate::{
    office::Office,
    platform::{Context, Error, Result, db},
    reports::issuer::{self, IssuerFacts},
};

/// The capacity in which the paper is signed.
pub(super) const CAPACITY: &str = "sign_capacity";
/// The signer's own title.
pub(super) const SIGNER_TITLE: &str = "sign_title";
/// The signer's name.
pub(super) const SIGNER: &str = "sign_name";
/// Urgency.
pub(super) const URGENCY: &str = "urgency";
/// Circulation.
pub(super) const CIRCULATION: &str = "circulation";

/// The level of schooling of a summary report; empty for the whole sector.
pub(super) const LEVEL: &str = "level";

/// Choices of a field of the frame: identifier, Vietnamese, English.
pub(super) type Choices = Vec<(&'static str, &'static str, &'static str)>;

/// The urgencies that may be chosen.
pub(super) fn urgencies() -> Choices {
    vec![
        ("", "Thường", "Ordinary"),
        ("urgent", "KHẨN", "Urgent"),
        ("very_urgent", "THƯỢNG KHẨN", "Very urgent"),
        ("express", "HOẢ TỐC", "Express"),
    ]
}

/// The circulations that may be chosen.
pub(super) fn circulations() -> Choices {
    vec![
        ("", "Không hạn chế", "Unrestricted"),
        ("return", "XEM XONG TRẢ LẠI", "Return after reading"),
        ("internal", "LƯU HÀNH NỘI BỘ", "Internal"),
    ]
}

/// The levels to which a summary report may be narrowed.
pub(super) fn levels() -> Choices {
    let choice = |level: Level| {
        let (vi, en) = level.label();
        (level.as_str(), vi, en)
    };
    std::iter::once(("", "Toàn ngành", "The whole sector")).chain(Level::ALL.map(choice)).collect()
}

/// The capacities that may be chosen.
pub(super) fn capacities() -> Choices {
    let choice = |capacity: SigningCapacity| {
        let (vi, en) = capacity.label();
        (capacity.as_str(), vi, en)
    };
    SigningCapacity::ALL.map(choice).to_vec()
}

/// An office and a year, as papers know them.
#[derive(Clone, Debug)]
pub(super) struct Surroundings {
    pub(super) issuer: IssuerFacts,
    year: SchoolYear,
    numbered: Option<Numbered>,
    notices: Vec<String>,
}

impl Surroundings {
    /// What is known of a unit in a year.
    ///
    /// # Errors
    /// `NotFound` for a unit or a year that is not known.
    pub(super) async fn of(office: &Office, context: &Context, unit: &str, year: &str) -> Result<Self> {
        Self::issued(office, context, (unit, year), None).await
    }

    /// What is known of a unit in a year, for a paper that may be another body's or bear its number already.
    ///
    /// # Errors
    /// As [`Self::of`].
    pub(super) async fn issued(
        office: &Office,
        context: &Context,
        (unit, year): (&str, &str),
        issued: Option<&Issued>,
    ) -> Result<Self> {
        let year = SchoolYear::parse(year).ok_or_else(|| Error::NotFound(format!("năm học {year}")))?;
        let registry = office.registry().await?;
        let known = registry.unit(unit).ok_or_else(|| Error::NotFound(format!("đơn vị {unit}")))?;
        let day = known.validity.to.map_or(context.today(), |last| last.min(context.today()));
        let invented = db::setting(office.db(), "invented_data").await?;
        Ok(Self {
            issuer: issued.map_or_else(|| issuer::facts(&registry, known, day), |issued| issued.issuer(&registry, day)),
            year,
            numbered: issued.and_then(Issued::numbered),
            notices: invented.map(|_| domain::reports::sample::INVENTED.to_owned()).into_iter().collect(),
        })
    }

    /// What templates may say.
    pub(super) fn values(&self) -> Value {
        let IssuerFacts { superior, name, area, kind, place, abbreviation, head, authority, .. } = self.issuer.clone();
        context! {
            office => context! { superior, name, area, kind, place, abbreviation, head, authority },
            year => self.year.to_string(),
            last_year => self.year.previous().to_string(),
            next_year => self.year.next().to_string(),
            gap => GAP,
        }
    }

    /// A usual wording with the office and the year put in: `Tổng kết năm học {year}`.
    pub(super) fn worded(&self, text: &str) -> String {
        text.replace("{year}", &self.year.to_string())
            .replace("{next_year}", &self.year.next().to_string())
            .replace("{office}", &self.issuer.name)
            .replace("{place}", &self.issuer.place)
            .replace("{authority}", &self.issuer.authority)
            .replace("{abbreviation}", &self.issuer.abbreviation)
            .replace("{head}", &self.issuer.head)
    }

    /// The frame of one paper, by what was chosen for it.
    pub(super) fn frame(&self, wording: &Wording, inputs: &Inputs) -> std::result::Result<PaperFrame, Vec<Reason>> {
        let chosen = |name: &str| inputs.get(name).map_or("", |typed| typed.trim());
        let mut faults = Vec::new();
        let mut one_of = |name: &str, choices: Choices| {
            let value = chosen(name);
            if !value.is_empty() && choices.iter().all(|(known, _, _)| *known != value) {
                faults.push(Reason::new("bad_input", format!("Không có lựa chọn «{value}».")).at(name));
            }
        };
        one_of(CAPACITY, capacities());
        one_of(URGENCY, urgencies());
        one_of(CIRCULATION, circulations());
        if !faults.is_empty() {
            return Err(faults);
        }
        let capacity = SigningCapacity::parse(chosen(CAPACITY)).unwrap_or_default();
        // A decision is the head's own (notes 6 to models 1.2 and 1.3); other papers are the body's.
        let is_collective = wording.document != Some(DocumentKind::Decision);
        let collective = self.issuer.collective.as_deref().filter(|_| is_collective);
        Ok(PaperFrame {
            issuer: Issuer { superior: self.issuer.superior.clone(), name: self.issuer.name.clone(), is_party: false },
            abbreviation: self.issuer.abbreviation.clone(),
            drafter: self.issuer.drafter.clone(),
            place: self.issuer.place.clone(),
            signature: Signature {
                capacity: capacity.lines(collective, &self.issuer.head, chosen(SIGNER_TITLE)),
                name: chosen(SIGNER).to_owned(),
            },
            numbered: self.numbered.clone(),
            marks: Marks { urgency: urgency(chosen(URGENCY)), circulation: circulation(chosen(CIRCULATION)) },
            notices: self.notices.clone(),
        })
    }
}

fn urgency(chosen: &str) -> Option<Urgency> {
    match chosen {
        "urgent" => Some(Urgency::Urgent),
        "very_urgent" => Some(Urgency::VeryUrgent),
        "express" => Some(Urgency::Express),
        _ => None,
    }
}

fn circulation(chosen: &str) -> Option<Circulation> {
    match chosen {
        "return" => Some(Circulation::ReturnAfterReading),
        "internal" => Some(Circulation::Internal),
        _ => None,
    }
}
