//! What a document rests on, down to the roots; and what a school year rests on, paper by paper.

use axum::extract::{Path, State};
use domain::{
    guidance::{DocumentType, Foundation},
    school_year::SchoolYear,
};
use serde::Serialize;

use super::{Listed, document::related, drawing::drawing, listed, may_read, row};
use crate::{
    guidance::queries::{self, Register, Row},
    identity::Visitor,
    office::Office,
    platform::{
        Error, Result,
        web::{Page, Serde, context, wording},
    },
};

/// Deeper texts are drawn at this depth, so that the page can be read on a telephone.
const DEPTH_MAX: usize = 6;

/// So many papers of a year are drawn, each with all that it rests on.
const PAPER_COUNT_MAX: usize = 12;

/// A text on which another rests.
#[derive(Debug, Serialize)]
pub(super) struct Rest {
    /// How deep it is drawn in the list.
    depth: usize,
    /// 1 for what the root names itself.
    pub(super) level: usize,
    pub(super) relation: &'static str,
    is_repeated: bool,
    pub(super) document: Listed,
}

/// A document with everything that it rests on.
#[derive(Debug, Serialize)]
pub(super) struct Tree {
    pub(super) root: Listed,
    pub(super) rests: Vec<Rest>,
    count: usize,
    lapsed_count: usize,
}

fn tree(register: &Register, visitor: &Visitor, root: &Row) -> Tree {
    let today = visitor.today();
    let rest = |found: &Foundation| {
        let document = register.row(&found.id).filter(|row| may_read(visitor, row))?;
        Some(Rest {
            depth: found.depth.min(DEPTH_MAX),
            level: found.depth,
            relation: found.relation.as_str(),
            is_repeated: found.is_repeated,
            document: listed(register, document, today),
        })
    };
    let rests: Vec<Rest> = register.network.foundations(&root.slug).iter().filter_map(rest).collect();
    let once = || rests.iter().filter(|rest| !rest.is_repeated);
    Tree {
        root: listed(register, root, today),
        count: once().count(),
        lapsed_count: once().filter(|rest| rest.document.lapsed.is_some()).count(),
        rests,
    }
}

/// `GET /van-ban/{document}/can-cu`.
pub async fn show(State(office): State<Office>, visitor: Visitor, Path(slug): Path<String>) -> Result<Page> {
    let register = queries::register(&office).await?;
    let row = row(&register, &visitor, &slug)?;
    let label = wording::text(visitor.language(), "guidance");
    let tree = tree(&register, &visitor, row);
    let title = wording::text(visitor.language(), "foundations-drawing");
    let values = context! {
        drawing => drawing(std::slice::from_ref(&tree), title, visitor.language()),
        tree => Serde(&tree),
        later => Serde(&related(&register, &visitor, &slug, false)),
    };
    let page = Page::new("guidance/foundations.html", visitor, values).crumb(label, "/van-ban");
    Ok(page.crumb(row.name(), format!("/van-ban/{slug}")))
}

/// `GET /nam-hoc/{year}/can-cu`: the office's own papers of the year that guide or plan, and what each rests on.
pub async fn of_year(State(office): State<Office>, visitor: Visitor, Path(year): Path<String>) -> Result<Page> {
    /// Kinds that set out what is to be done; reports and letters tell or ask.
    const GUIDING: [&str; 7] =
        ["plan", "directive", "programme", "guidance", "decision_individual", "resolution_individual", "scheme"];
    let school_year = SchoolYear::parse(&year).ok_or_else(|| Error::NotFound(format!("năm học {year}")))?;
    let register = queries::register(&office).await?;
    let is_of_year = |row: &&Row| {
        row.direction == "out"
            && GUIDING.contains(&row.document_type.as_str())
            && row.issued_on.parse().ok().and_then(SchoolYear::of_day) == Some(school_year)
            && may_read(&visitor, row)
    };
    let papers: Vec<&Row> = register.rows.iter().filter(is_of_year).collect();
    let trees: Vec<Tree> = papers.iter().take(PAPER_COUNT_MAX).map(|row| tree(&register, &visitor, row)).collect();
    let kinds: Vec<&str> =
        GUIDING.iter().filter_map(|kind| DocumentType::of_identifier(kind)).map(|known| known.name).collect();
    let label = wording::text(visitor.language(), "guidance");
    let title = wording::text(visitor.language(), "foundations-drawing");
    let values = context! {
        drawing => drawing(&trees, title, visitor.language()),
        year, trees => Serde(&trees), paper_count => papers.len(), kinds => kinds.join(", ").to_lowercase(),
    };
    Ok(Page::new("guidance/year.html", visitor, values).crumb(label, "/van-ban"))
}
