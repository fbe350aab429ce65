//! The plan of the report, as data: sections, their sentences, tables, charts and places.

use serde::Deserialize;

use super::wording;
use crate::Level;
use crate::figures::catalogue::{Catalogue, ItemCode};
use crate::reports::block::Orientation;
use crate::reports::numbering::HeadingRank;

/// A fault of a plan, told to the person who changes it.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct PlanFault(pub String);

/// The plan of a summary report.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SummaryPlan {
    pub(super) subject: String,
    pub(super) closing: String,
    pub(super) preamble: Vec<Content>,
    #[serde(rename = "section")]
    pub(super) sections: Vec<Section>,
    #[serde(rename = "annex", default)]
    pub(super) annexes: Vec<PlannedAnnex>,
}

/// A heading and what stands below it.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Section {
    /// The outline's identifier; places and links use it.
    #[serde(rename = "code")]
    pub(super) _code: String,
    pub(super) rank: HeadingRank,
    pub(super) title: String,
    /// Written only if the report speaks of this level.
    pub(super) level: Option<Level>,
    #[serde(default)]
    pub(super) content: Vec<Content>,
}

/// An annex.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct PlannedAnnex {
    pub(super) title: String,
    pub(super) level: Option<Level>,
    #[serde(default)]
    pub(super) orientation: Orientation,
    pub(super) content: Vec<Content>,
}

/// One thing of a section. Rows are `code`, `code | words in place of its label`, or `# heading over the rows below`.
#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Content {
    /// Sentences of one paragraph, in the grammar of [`wording`].
    Say(Vec<String>),
    /// Sentences with a dash each.
    List(Vec<String>),
    /// Rows of figures: last year, this year, difference.
    YearsTable(Rows),
    /// Rows of figures over all years.
    TrendTable(Rows),
    /// Rows `label | code of each level` under the heads in `heads`.
    LevelsTable(LevelRows),
    /// A line per school, a column per figure, a total line.
    SchoolsTable(SchoolColumns),
    /// Rows of figures against their targets, and next year's targets.
    TargetsTable(Rows),
    /// A line per figure over all years.
    YearsChart(PlannedChart),
    /// Parts of a whole, a bar per year.
    PartsChart(PlannedChart),
    /// A pair of bars per figure: last year and this year.
    CompareChart(PlannedChart),
    /// A pie of this year's figures.
    ShareChart(PlannedChart),
    /// A bar per school of one figure.
    SchoolsChart(SchoolChart),
    /// What is known of emulation and honours: statements, and figures of last year and this year.
    EmulationResults(PlannedEmulation),
    /// Text that a person types.
    Place(PlannedPlace),
}

/// A table of rows.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Rows {
    pub(super) caption: String,
    pub(super) rows: Vec<String>,
}

/// A table with a column per level.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct LevelRows {
    pub(super) caption: String,
    pub(super) heads: Vec<String>,
    /// Said under the table of an office that has a school of several levels, which stands in each of its columns.
    pub(super) note_of_many_levels: Option<String>,
    pub(super) rows: Vec<String>,
}

/// A table with a line per school.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct SchoolColumns {
    pub(super) caption: String,
    pub(super) level: Option<Level>,
    pub(super) columns: Vec<String>,
}

/// A chart of figures.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct PlannedChart {
    /// Titles in the grammar of [`wording`], the most telling first: the first whose figures exist is used.
    pub(super) titles: Vec<String>,
    pub(super) rows: Vec<String>,
}

/// A chart of one figure of all schools of a level.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct SchoolChart {
    pub(super) level: Option<Level>,
    pub(super) code: String,
}

/// The table of emulation and honours.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct PlannedEmulation {
    pub(super) caption: String,
}

/// A place for typed text.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct PlannedPlace {
    pub(super) code: String,
    pub(super) guidance: String,
}

/// A row as read.
pub(super) enum PlannedRow<'a> {
    /// A heading over the rows below.
    Group(&'a str),
    /// A figure, with words in place of its label if the plan gives them.
    Figure { code: &'a str, label: Option<&'a str> },
}

/// Reads a row of a plan.
pub(super) fn row(text: &str) -> PlannedRow<'_> {
    match (text.strip_prefix('#'), text.split_once('|')) {
        (Some(heading), _) => PlannedRow::Group(heading.trim()),
        (None, Some((code, label))) => PlannedRow::Figure { code: code.trim(), label: Some(label.trim()) },
        (None, None) => PlannedRow::Figure { code: text.trim(), label: None },
    }
}

impl SummaryPlan {
    /// Reads a plan from TOML.
    ///
    /// # Errors
    /// Where the text is not a plan, with the line; or a sentence cannot be read.
    pub fn parse(text: &str) -> Result<Self, PlanFault> {
        let plan: Self = toml::from_str(text).map_err(|error| PlanFault(error.to_string()))?;
        for sentence in plan.sentences() {
            wording::check(sentence).map_err(|fault| PlanFault(format!("{fault}: «{sentence}»")))?;
        }
        Ok(plan)
    }

    /// Codes that the plan names and the catalogue does not know, in order and once each.
    pub fn unknown_codes(&self, catalogue: &Catalogue) -> Vec<String> {
        let known = |code: &str| {
            catalogue.indicator(code).is_some()
                || ItemCode::parse(code).is_some_and(|item| {
                    catalogue.element(&item.element).is_some_and(|element| match &item.option {
                        None => true,
                        Some(option) => element.options.iter().any(|known| known.code == *option),
                    })
                })
        };
        let mut unknown: Vec<String> = Vec::new();
        for code in self.codes() {
            if !known(&code) && !unknown.contains(&code) {
                unknown.push(code);
            }
        }
        unknown
    }

    /// The codes of the places for typed text, in reading order.
    pub fn places(&self) -> Vec<&str> {
        self.contents()
            .filter_map(|content| match content {
                Content::Place(place) => Some(place.code.as_str()),
                _ => None,
            })
            .collect()
    }

    /// The same plan with nothing under its headings but the places, for those who ask only where they stand.
    pub fn places_alone(&self) -> Self {
        let mut plan = self.clone();
        let contents = plan.sections.iter_mut().map(|section| &mut section.content);
        let annexes = plan.annexes.iter_mut().map(|annex| &mut annex.content);
        for content in contents.chain(annexes).chain([&mut plan.preamble]) {
            content.retain(|content| matches!(content, Content::Place(_)));
        }
        plan
    }

    fn contents(&self) -> impl Iterator<Item = &Content> {
        let sections = self.sections.iter().flat_map(|section| &section.content);
        self.preamble.iter().chain(sections).chain(self.annexes.iter().flat_map(|annex| &annex.content))
    }

    fn sentences(&self) -> impl Iterator<Item = &str> {
        self.contents().flat_map(|content| match content {
            Content::Say(sentences) | Content::List(sentences) => sentences.iter().map(String::as_str).collect(),
            Content::YearsChart(chart)
            | Content::PartsChart(chart)
            | Content::CompareChart(chart)
            | Content::ShareChart(chart) => chart.titles.iter().map(String::as_str).collect(),
            _ => Vec::new(),
        })
    }

    fn codes(&self) -> Vec<String> {
        let of_row = |text: &String| match row(text) {
            PlannedRow::Group(_) => None,
            PlannedRow::Figure { code, .. } => Some(code.to_owned()),
        };
        let mut codes: Vec<String> = self.sentences().flat_map(wording::codes).collect();
        for content in self.contents() {
            match content {
                Content::YearsTable(table) | Content::TrendTable(table) | Content::TargetsTable(table) => {
                    codes.extend(table.rows.iter().filter_map(of_row));
                }
                Content::YearsChart(chart)
                | Content::PartsChart(chart)
                | Content::CompareChart(chart)
                | Content::ShareChart(chart) => codes.extend(chart.rows.iter().filter_map(of_row)),
                Content::SchoolsTable(table) => codes.extend(table.columns.iter().filter_map(of_row)),
                Content::LevelsTable(table) => codes.extend(table.rows.iter().flat_map(|row| {
                    row.split('|').skip(1).map(|code| code.trim().to_owned()).filter(|code| !code.is_empty())
                })),
                Content::SchoolsChart(chart) => codes.push(chart.code.clone()),
                Content::Say(_) | Content::List(_) | Content::EmulationResults(_) | Content::Place(_) => {}
            }
        }
        codes
    }
}
