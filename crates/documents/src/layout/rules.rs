//! The rules as data: where each stands in the decree and what it expects.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use domain::Label;

use super::finding::both;

/// One rule.
pub(super) struct Rule {
    /// The place in the decree.
    pub(super) article: Label,
    /// What is expected; empty where [`Look`] tells it.
    pub(super) expected: Label,
}

/// How a part of a document must look (annex I, V).
#[derive(Clone, Copy, Debug)]
pub(super) struct Look {
    /// Least and greatest size, in points.
    pub(super) size_pt: (f64, f64),
    /// `None` where both are allowed.
    pub(super) bold: Option<bool>,
    pub(super) italic: bool,
    pub(super) upper: bool,
}

/// All rules by their code.
pub(super) fn rules() -> &'static BTreeMap<String, Rule> {
    static RULES: OnceLock<BTreeMap<String, Rule>> = OnceLock::new();
    RULES.get_or_init(|| {
        let rule = |row: Vec<String>| match <[String; 4]>::try_from(row) {
            Ok([code, article, vi, en]) => Some((
                code,
                Rule { article: both(article.clone(), article_in_english(&article)), expected: both(vi, en) },
            )),
            Err(_) => None,
        };
        rows(include_str!("../../../../data/nd30/rules.csv")).filter_map(rule).collect()
    })
}

/// The names of the decree's divisions; its numbers are the same in both languages.
fn article_in_english(article: &str) -> String {
    [("Phụ lục", "Annex"), ("Phần", "Part"), ("Mục", "Section"), ("(các mẫu văn bản)", "(models)")]
        .into_iter()
        .fold(article.to_owned(), |text, (vi, en)| text.replace(vi, en))
}

/// All looks by the identifier of their part.
pub(super) fn looks() -> &'static BTreeMap<String, Look> {
    static LOOKS: OnceLock<BTreeMap<String, Look>> = OnceLock::new();
    LOOKS.get_or_init(|| rows(include_str!("../../../../data/nd30/layout.csv")).filter_map(|row| look(&row)).collect())
}

/// Type names, folded for comparing, with their abbreviations.
pub(super) fn types() -> &'static BTreeMap<String, String> {
    static TYPES: OnceLock<BTreeMap<String, String>> = OnceLock::new();
    TYPES.get_or_init(|| {
        let kind = |row: Vec<String>| {
            let name = row.get(1)?.split(" (").next()?.to_owned();
            Some((domain::vietnamese::fold(&name), row.get(2)?.clone()))
        };
        rows(include_str!("../../../../data/nd30/document-types.csv")).filter_map(kind).collect()
    })
}

fn look(row: &[String]) -> Option<(String, Look)> {
    let size = |at: usize| row.get(at)?.parse::<f64>().ok();
    let style = row.get(6)?;
    let bold = if style.contains('(') { None } else { Some(style.contains("bold")) };
    let look = Look {
        size_pt: (size(4)?, size(5)?),
        bold,
        italic: style.contains("italic"),
        upper: row.get(3)?.starts_with("upper"),
    };
    Some((row.get(2)?.clone(), look))
}

/// The rows of a table after its head: fields parted by commas, in quotes where they hold one.
fn rows(table: &str) -> impl Iterator<Item = Vec<String>> + '_ {
    table.lines().skip(1).filter(|line| !line.is_empty()).map(|line| {
        let (mut fields, mut in_quotes) = (vec![String::new()], false);
        for c in line.chars() {
            match c {
                '"' => in_quotes = !in_quotes,
                ',' if !in_quotes => fields.push(String::new()),
                c => fields.last_mut().into_iter().for_each(|field| field.push(c)),
            }
        }
        fields
    })
}
