//! Nothing of the report is lost by cutting it, and no part is too long.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use domain::reports::{Block as Content, sample};

use super::*;

/// The sample with a table of so many rows in its body.
fn document(row_count: usize) -> Document {
    let mut document = sample::report();
    let found = document.body.iter().find_map(|block| match block {
        Content::Table(table) => Some(table.clone()),
        _ => None,
    });
    let mut table = found.expect("the sample has a table");
    table.rows = table.rows.iter().cycle().take(row_count).cloned().collect();
    document.body.push(Content::Table(table));
    document
}

fn rows(parts: &[Part<'_>]) -> usize {
    let rows = |block: &Block<'_>| if let Block::Rows(rows) = block { rows.table.rows.len() } else { 0 };
    parts.iter().flat_map(|part| &part.blocks).map(rows).sum()
}

#[test]
fn a_long_table_is_spread_over_parts_that_fit() {
    let (short, long) = (document(0), document(3_000));
    let (few, many) = (parts(&short), parts(&long));
    assert_eq!(rows(&many) - rows(&few), 3_000);
    assert!(
        many.iter().all(|part| part.weight <= WEIGHT_MAX),
        "{:?}",
        many.iter().map(|p| p.weight).collect::<Vec<_>>()
    );
    assert_eq!(entries(&many, None).len(), entries(&few, None).len(), "the list of parts stays short");
    let last = many.iter().rposition(|part| part.count > 1).unwrap();
    let shown = entries(&many, Some(last));
    assert_eq!(shown.iter().filter(|entry| entry.is_shown).count(), 1);
    assert_eq!((many[last].place, many[last].count), (many[last].count, many[last].place));
}

#[test]
fn a_note_stands_under_the_last_rows_only() {
    let mut document = document(2_000);
    if let Some(Content::Table(table)) = document.body.last_mut() {
        table.note = Some("Nguồn: thử".to_owned());
    }
    let parts = parts(&document);
    let noted = parts
        .iter()
        .flat_map(|part| &part.blocks)
        .filter(|block| matches!(block, Block::Rows(rows) if rows.table.note == Some("Nguồn: thử")));
    assert_eq!(noted.count(), 1);
}
