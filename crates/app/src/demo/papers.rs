//! The papers of the last year, one of each kind, written, presented and signed by the verbs that officers and leaders use;
//! inputs in `data/demo/papers.toml`.

use domain::reports::paper::Inputs;
use serde::Deserialize;

use super::journey::Journey;
use crate::{
    platform::{Error, Result},
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
    inputs: Inputs,
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

pub(super) async fn write(journey: &mut Journey<'_>) -> Result<()> {
    let (office, context, key) = journey.reporting()?;
    let file: Papers =
        toml::from_str(FILE).map_err(|fault| Error::Inside(format!("data/demo/papers.toml: {fault}")))?;
    let folder = office.folder().join("files/documents");
    signing::operations::set_public_address(office, &context, ADDRESS).await?;
    for Paper { kind, road, inputs } in file.paper {
        let wording = find(&kind)?;
        journey.tell(&format!("Soạn {}", wording.label.vi.to_lowercase()));
        let mut all = operations::initial(office, &context, &key.unit, &key.year, wording).await?;
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
