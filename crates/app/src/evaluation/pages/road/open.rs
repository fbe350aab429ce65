//! Opening a set for a year: deadlines, the limit of differences, who sees what, the council's rules.

use axum::{
    extract::{Path, State},
    response::Redirect,
};
use domain::{
    Reason, Refusal,
    evaluation::{
        Points,
        road::{Deadlines, Sight, Stage},
    },
    vietnamese::parse_number,
};

use super::{lines::Sent, word};
use crate::{
    evaluation::{
        pages::{unit_of, year_of},
        road::operations::{self, Opening},
        sets,
    },
    identity::Visitor,
    office::Office,
    platform::{
        Result,
        web::{CsrfForm, Page, Serde, context, wording},
    },
};

/// `GET /danh-gia/{year}/{set}/mo-dot`.
pub async fn show(
    State(office): State<Office>,
    visitor: Visitor,
    Path((year, set)): Path<(String, String)>,
) -> Result<Page> {
    let (year, unit) = (year_of(&year)?, unit_of(&visitor)?);
    let known = sets::of_year(&office, &set, year).await?;
    let usual = Opening::usual(&set, year, &unit, visitor.today());
    let language = visitor.language();
    let stages: Vec<(&str, &str, String)> = usual
        .deadlines
        .0
        .iter()
        .map(|(stage, day)| (stage.as_str(), word(stage.label(), language), day.to_string()))
        .collect();
    let values = context! {
        year => year.to_string(), set, label => Serde(&known.set.label), version => known.set.version, file => known.file.clone(),
        source => known.set.source.text.clone(), confidence => Serde(known.set.source.confidence), stages => Serde(&stages),
        limit => usual.limit.to_string(), quorum => usual.quorum_percent, agree => usual.agree_percent,
        sights => Sight::ALL.map(Sight::as_str).to_vec(), sight => usual.sight.as_str(),
    };
    let sets_label = wording::text(language, "evaluation-sets");
    Ok(Page::new("evaluation/open.html", visitor, values)
        .crumb(year.to_string(), format!("/nam-hoc/{year}"))
        .crumb(sets_label, format!("/danh-gia/{year}")))
}

/// `POST /danh-gia/{year}/{set}/mo-dot`.
pub async fn act(
    State(office): State<Office>,
    visitor: Visitor,
    Path((year, set)): Path<(String, String)>,
    CsrfForm(pairs): CsrfForm<Vec<(String, String)>>,
) -> Result<Redirect> {
    let (year, unit, sent) = (year_of(&year)?, unit_of(&visitor)?, Sent::of(pairs));
    let opening = opening(&sent, Opening::usual(&set, year, &unit, visitor.today()))?;
    let id = operations::open_set(&office, &visitor.context(), &opening).await?;
    Ok(Redirect::to(&format!("/cham-diem/{id}")))
}

fn opening(sent: &Sent, usual: Opening) -> Result<Opening, Refusal> {
    let mut reasons = Vec::new();
    let mut deadlines = Deadlines::default();
    for stage in Stage::ALL {
        let text = sent.field(stage.as_str());
        match text.parse() {
            Ok(day) => {
                deadlines.0.insert(stage, day);
            }
            // A stage without a day has no end.
            Err(_) if text.is_empty() => {}
            Err(_) => {
                let message = format!("Hạn bước «{}»: «{text}» không phải ngày.", stage.label().0);
                reasons.push(Reason::new("not_a_date", message).at(stage.as_str()));
            }
        }
    }
    let mut number = |name: &str, what: &str| match parse_number(sent.field(name)) {
        Ok(number) if number >= 0.0 => number,
        _ => {
            let message = format!("{what}: «{}» không phải số từ 0 trở lên.", sent.field(name));
            reasons.push(Reason::new("not_a_number", message).at(name.to_owned()));
            0.0
        }
    };
    let limit = Points::rounded(number("limit", "Mức chênh lệch phải giải trình"));
    let (quorum, agree) = (number("quorum", "Tỉ lệ dự họp"), number("agree", "Tỉ lệ đồng ý"));
    let sight = Sight::parse(sent.field("sight")).unwrap_or(usual.sight);
    Refusal::unless_empty(reasons)?;
    // Percents far out of range stay out of range.
    let (quorum_percent, agree_percent) = (quorum.min(1000.0) as u32, agree.min(1000.0) as u32);
    Ok(Opening { deadlines, limit, sight, quorum_percent, agree_percent, ..usual })
}
