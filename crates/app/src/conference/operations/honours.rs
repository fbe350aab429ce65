//! The run sheet of awards is filled from the honours that were decided for the year.

use domain::conference::{Award, Command, Entry, Recipient};

use super::{commands, live};
use crate::{
    awards::queries::{self as awards, honours::Honour},
    conference::queries,
    office::Office,
    platform::{Context, Result},
};

/// Decided honours that are not in the run sheet yet: a line for each award under one decision.
///
/// # Errors
/// `NotFound`; where the database cannot be read.
pub async fn fresh(office: &Office, id: i64) -> Result<Vec<Award>> {
    let listed = queries::one(office, id).await?;
    let decided = decided(office, &listed.unit_code, &listed.year).await?;
    let hall = live::hall(office, id).await?;
    let state = hall.state().await;
    let before = u32::try_from(state.records.awards.len()).unwrap_or(u32::MAX);
    let is_listed = |one: &Award| {
        let mut awards = state.records.awards.iter();
        awards.any(|(_, award)| award.shown_name() == one.shown_name() && award.decision_number == one.decision_number)
    };
    let fresh = decided.into_iter().filter(|one| !is_listed(one));
    Ok(fresh.zip(1_u32..).map(|(award, place)| Award { order: before.saturating_add(place), ..award }).collect())
}

/// Takes every one of them over.
///
/// # Errors
/// As [`fresh`]; what the conference refuses.
pub async fn take_over(office: &Office, context: &Context, id: i64) -> Result<()> {
    let fresh = fresh(office, id).await?.into_iter();
    let put = fresh.map(|award| Command::Put(None, Entry::Award(award))).collect();
    commands(office, context, id, put).await.map(drop)
}

async fn decided(office: &Office, unit: &str, year: &str) -> Result<Vec<Award>> {
    let mut found: Vec<Award> = Vec::new();
    for honour in awards::honours::of_year(office, unit, year).await? {
        let award_title = title_of(&honour);
        let recipient = Recipient { name: honour.nominee_name, unit_code: honour.nominee_unit, ..Recipient::default() };
        let same = |one: &&mut Award| one.award_title == award_title && one.decision_number == honour.decision_number;
        match found.iter_mut().find(same) {
            Some(known) => known.recipients.push(recipient),
            None => found.push(Award {
                award_title,
                granted_by: honour.granted_by,
                decision_number: honour.decision_number,
                decided_on: honour.signed_on.parse().ok(),
                recipients: vec![recipient],
                ..Award::default()
            }),
        }
    }
    Ok(found)
}

/// What the pack of its day calls the award; its code where no pack knows it.
fn title_of(honour: &Honour) -> String {
    let day = honour.signed_on.parse().ok();
    let pack = day.and_then(|day| awards::pack_on(day).ok());
    let known = pack.and_then(|pack| pack.award(&honour.award));
    known.map_or_else(|| honour.award.clone(), |award| award.label.vi.clone())
}
