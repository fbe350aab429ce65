//! The papers of the last year, one of each kind, written by the verb that officers use; inputs in `data/demo/papers.toml`.

use domain::reports::paper::Inputs;
use serde::Deserialize;

use super::journey::Journey;
use crate::{
    platform::{Error, Result},
    reports::papers::{
        Bundle,
        operations::{self, NewPaper},
        shipped,
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
    inputs: Inputs,
}

pub(super) async fn write(journey: &mut Journey<'_>) -> Result<()> {
    let (office, context, key) = journey.reporting()?;
    let file: Papers =
        toml::from_str(FILE).map_err(|fault| Error::Inside(format!("data/demo/papers.toml: {fault}")))?;
    let folder = office.folder().join("files/documents");
    for Paper { kind, inputs } in file.paper {
        let wording = shipped()?.iter().find(|wording| wording.slug == kind);
        let wording = wording.ok_or_else(|| Error::Inside(format!("data/demo/papers.toml: {kind}")))?;
        journey.tell(&format!("Soạn {}", wording.label.vi.to_lowercase()));
        let mut all = operations::initial(office, &context, &key.unit, &key.year, wording).await?;
        all.extend(inputs);
        let new = NewPaper { unit: key.unit.clone(), year: key.year.clone(), kind, inputs: all };
        let id = operations::create(office, &context, &new).await?;
        let saved = operations::save(office, &context, id, &[Bundle::Docx, Bundle::Pdf], &folder).await?;
        journey.summary.documents.extend(saved.files);
    }
    Ok(())
}
