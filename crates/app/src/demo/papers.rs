//! The papers of the last year, written, presented and signed by the verbs that officers and leaders use;
//! inputs in `data/demo/papers.toml`.

use domain::reports::paper::Inputs;
use serde::Deserialize;

use super::journey::Journey;
use crate::{
    conference,
    office::Office,
    platform::{Context, Error, Result},
    reports::{
        operations::SUMMARY_REPORT,
        papers::{
            Bundle, find,
            operations::{self, NewPaper},
        },
        signing::{self, SigningTerms},
    },
};

const FILE: &str = include_str!("../../../../data/demo/papers.toml");

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Papers {
    paper: Vec<Paper>,
}

/// A paper; what its inputs leave out is the usual wording.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Paper {
    kind: String,
    #[serde(default)]
    road: Road,
    /// Filled from the record of the ward's conference; `inputs` say only what the record does not hold.
    of_conference: Option<Stage>,
    #[serde(default)]
    inputs: Inputs,
}

/// Which side of the conference a paper is written on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Stage {
    /// While it is prepared, with every paper that is not about it.
    Before,
    /// When it is over.
    After,
}

/// How far a paper goes on its road.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Road {
    /// It stays with the officer.
    #[default]
    Draft,
    /// It lies with the leader.
    Presented,
    /// The leader has approved and signed it.
    Signed,
}

/// The usual address of the demo's own server: the codes on its papers lead there.
const ADDRESS: &str = "http://127.0.0.1:8080";

/// What the leader answers where a warning stands.
const EXPLANATION: &str = "Đã đối chiếu căn cứ và số liệu.";

/// Writes the papers of a stage; `conference` is the number of the ward's own.
pub(super) async fn write(journey: &mut Journey<'_>, stage: Stage, conference: i64) -> Result<()> {
    let (office, officer, key) = journey.reporting()?;
    let context = if stage == Stage::Before { officer } else { journey.officer_at_conference(16)? };
    let file: Papers =
        toml::from_str(FILE).map_err(|fault| Error::Inside(format!("data/demo/papers.toml: {fault}")))?;
    let folder = office.folder().join("files/documents");
    signing::operations::set_public_address(office, &context, ADDRESS).await?;
    let of_stage = file.paper.into_iter().filter(|paper| paper.of_conference.unwrap_or(Stage::Before) == stage);
    for Paper { kind, road, of_conference, inputs } in of_stage {
        let wording = find(&kind)?;
        journey.tell(&format!("Soạn {}", wording.label.vi.to_lowercase()));
        let mut all = match of_conference {
            Some(_) => of_record(office, &context, conference, &kind).await?,
            None => operations::initial(office, &context, &key.unit, &key.year, wording).await?,
        };
        all.extend(inputs);
        let is_adopted = kind == SUMMARY_REPORT;
        let new = NewPaper { unit: key.unit.clone(), year: key.year.clone(), kind, inputs: all };
        let id = operations::create(office, &context, &new).await?;
        send(journey, id, road).await?;
        // The report itself is among the documents already.
        if !is_adopted {
            let saved = operations::save(office, &context, id, &[Bundle::Docx, Bundle::Pdf], &folder).await?;
            journey.summary.documents.extend(saved.files);
        }
    }
    Ok(())
}

/// What the record of a conference says for a kind of paper.
async fn of_record(office: &Office, context: &Context, conference: i64, kind: &str) -> Result<Inputs> {
    let listed = conference::queries::one(office, conference).await?;
    let hall = conference::live::hall(office, conference).await?;
    let state = hall.state().await.clone();
    conference::operations::papers::inputs(office, context, &listed, &state, kind).await
}

/// Sends a paper on its road: the officer presents it, the leader signs it.
async fn send(journey: &Journey<'_>, id: i64, road: Road) -> Result<()> {
    let (office, officer, _) = journey.reporting()?;
    if road >= Road::Presented {
        signing::operations::present(office, &officer, id).await?;
    }
    if road == Road::Signed {
        let leader = journey.leader()?;
        signing::operations::approve(office, &leader, id).await?;
        let in_spite_of_warnings = EXPLANATION.to_owned();
        let terms = SigningTerms {
            signed_on: leader.today(),
            outside_number: None,
            in_spite_of_warnings,
            out_of_order: String::new(),
        };
        signing::operations::sign(office, &leader, id, &terms).await?;
    }
    Ok(())
}
