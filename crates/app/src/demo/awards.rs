//! The honours of the demo's last year: nominated, held, sent, voted on, decided and recorded by the verbs that people use;
//! who and what stands in `data/demo/awards.toml`.

use domain::{
    awards::{
        council::{Ballot, Vote},
        entry::{self, Typed},
        pack::{Choice, Occasion},
    },
    school_year::SchoolYear,
};
use serde::Deserialize;

use super::journey::Journey;
use crate::{
    awards::{
        operations::{
            self, Nomination, Proposal, Whom,
            council::{self, NewCouncil},
            decision::{self, Signed},
        },
        queries,
    },
    office::Office,
    platform::{Context, Error, Result},
};

const FILE: &str = include_str!("../../../../data/demo/awards.toml");

/// The awards that the ward's chair decides; what the council recommends beyond them goes to the city as a submission.
const DECIDED: [&str; 2] = ["commendation_certificate", "advanced_worker"];

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    council_members: String,
    council_place: String,
    nomination: Vec<Nominated>,
}

/// A nomination; without a name it is the unit's own, without a vote it stays a draft.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Nominated {
    unit: String,
    #[serde(default)]
    name: String,
    #[serde(default)]
    post: String,
    award: String,
    achievement: String,
    grantor: String,
    facts: Typed,
    #[serde(default)]
    vote: String,
    #[serde(default)]
    note: String,
    #[serde(default)]
    hold: String,
}

pub(super) async fn honour(journey: &mut Journey<'_>) -> Result<()> {
    let (office, context, key) = journey.reporting()?;
    let file: File = toml::from_str(FILE).map_err(|fault| Error::Inside(format!("data/demo/awards.toml: {fault}")))?;
    let year = queries::year(&key.year)?;
    journey.tell("Đề nghị khen thưởng");
    let mut voted = Vec::new();
    for one in &file.nomination {
        let id = operations::nominate(office, &context, &one.nomination(year)?).await?;
        if !one.hold.is_empty() {
            operations::hold(office, &context, id, context.today(), &one.hold).await?;
        }
        if let Some(vote) = Vote::parse(&one.vote) {
            operations::send(office, &context, id, &one.note).await?;
            voted.push((id, vote));
        }
    }
    journey.tell("Hội đồng xét khen thưởng");
    let new = NewCouncil {
        unit: key.unit.clone(),
        year,
        held_on: context.today(),
        place: file.council_place,
        ballot: Ballot::Open,
        quorum_percent: None,
        pass_percent: None,
        members: council::read_members(&file.council_members)?,
        dossiers: voted.iter().map(|(id, _)| *id).collect(),
    };
    let meeting = council::open(office, &context, &new).await?;
    vote(office, &context, meeting, &new, &voted).await?;
    council::close(office, &context, meeting).await?;
    council::write_minutes(office, &context, meeting, ["14:00", "15:30"]).await?;
    for award in DECIDED {
        let decided = decision::decide(office, &context, meeting, award).await?;
        let words = Signed {
            number: format!("{}/QĐ-UBND", 100 + decided),
            signed_on: context.today(),
            granted_by: "Chủ tịch Ủy ban nhân dân phường".to_owned(),
        };
        decision::record_honours(office, &context, decided, &words).await?;
    }
    Ok(())
}

/// Every member who attends votes alike on a nomination; the council concludes so.
async fn vote(office: &Office, context: &Context, meeting: i64, new: &NewCouncil, voted: &[(i64, Vote)]) -> Result<()> {
    for (id, vote) in voted {
        for member in new.members.iter().filter(|member| member.is_present) {
            council::vote(office, context, (meeting, *id), member.number, *vote).await?;
        }
        council::conclude(office, context, (meeting, *id), *vote == Vote::For).await?;
    }
    Ok(())
}

impl Nominated {
    fn nomination(&self, year: SchoolYear) -> Result<Nomination> {
        let facts = entry::read(&self.facts, &|code| Some(code.to_owned()))?;
        let whom = match self.name.as_str() {
            "" => Whom::Unit,
            name => Whom::Person { name: name.to_owned(), post: self.post.clone() },
        };
        Ok(Nomination {
            unit: self.unit.clone(),
            whom,
            award: self.award.clone(),
            year,
            occasion: Occasion::Annual,
            proposal: Proposal { achievement: self.achievement.clone(), grantor: Choice::parse(&self.grantor), facts },
        })
    }
}
