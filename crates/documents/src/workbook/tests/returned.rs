//! What people do to a workbook before they send it back.

use rust_xlsxwriter::{Format, Workbook, Worksheet};

use super::*;
use crate::workbook::grid::{Content, for_each_sheet};
use crate::workbook::guard::admit;

type Sheet = (String, Vec<(u32, u16, Content)>);

/// The cells of a workbook, sheet by sheet.
fn sheets_of(bytes: &[u8]) -> Vec<Sheet> {
    let limits = Limits::default();
    let mut sheets = Vec::new();
    for_each_sheet(&admit(bytes, &limits).unwrap(), &limits, |grid| {
        let cells = grid.cells.iter().map(|cell| (cell.row, u16::try_from(cell.column).unwrap(), cell.raw.content()));
        sheets.push((grid.name.to_owned(), cells.collect()));
    })
    .unwrap();
    sheets
}

fn write_cell(sheet: &mut Worksheet, (row, column, content): &(u32, u16, Content)) {
    let percent = Format::new().set_num_format("0.0%");
    match content {
        Content::Number(number) => sheet.write_number(*row, *column, *number).unwrap(),
        Content::Percent(number) => sheet.write_number_with_format(*row, *column, *number, &percent).unwrap(),
        Content::Text(text) => sheet.write_string(*row, *column, text).unwrap(),
        other => panic!("{other:?}"),
    };
}

/// The sample workbook, written anew after somebody had their way with its cells.
fn rewritten(change: impl FnOnce(&mut Vec<Sheet>)) -> Vec<u8> {
    rewritten_and(change, |_, _| {})
}

/// The same, with something done to each sheet, told by its position, after its cells are written.
fn rewritten_and(change: impl FnOnce(&mut Vec<Sheet>), finish: impl Fn(usize, &mut Worksheet)) -> Vec<u8> {
    let mut sheets = sheets_of(&filled(&catalogue()));
    change(&mut sheets);
    let mut workbook = Workbook::new();
    for (position, (name, cells)) in sheets.iter().enumerate() {
        let sheet = workbook.add_worksheet().set_name(name).unwrap();
        cells.iter().for_each(|cell| write_cell(sheet, cell));
        finish(position, sheet);
    }
    workbook.save_to_buffer().unwrap()
}

fn set(sheets: &mut [Sheet], sheet: usize, row: u32, column: u16, content: Content) {
    let cells = &mut sheets[sheet].1;
    cells.retain(|(r, c, _)| (*r, *c) != (row, column));
    cells.push((row, column, content));
}

fn text(text: &str) -> Content {
    Content::Text(text.to_owned())
}

#[test]
fn sheets_may_be_renamed_and_reordered_and_rows_and_columns_moved() {
    let catalogue = catalogue();
    let bytes = rewritten(|sheets| {
        sheets[0].0 = "Số liệu của tôi".to_owned();
        for (_, cells) in sheets.iter_mut() {
            for (row, column, _) in cells.iter_mut().filter(|(row, ..)| *row > 0) {
                *row += if *row > 14 { 9 } else { 2 };
                *column = if *column == 5 { 20 } else { *column };
            }
        }
        sheets.reverse();
    });
    // The identity sheet is moved as well, so only the short forms are left to tell what this is.
    let found = understood(&Forms::new(&catalogue), &bytes);
    assert_eq!(found.values, values(&catalogue));
    assert!(found.problems.iter().all(|problem| problem.code == "identity_tampered"));
}

#[test]
fn numbers_typed_as_text_are_read() {
    let catalogue = catalogue();
    let bytes = rewritten(|sheets| {
        set(sheets, 0, 12, 5, text(" 12 "));
        set(sheets, 0, 16, 5, text("1.250"));
        set(sheets, 1, 8, 5, text("1.234,5"));
        set(sheets, 1, 9, 5, text("98,5 %"));
        set(sheets, 1, 10, 5, text("co\u{301}"));
        set(sheets, 1, 11, 5, text("Mu\u{31b}\u{301}c đô\u{323} 1"));
    });
    let found = understood(&Forms::new(&catalogue), &bytes);
    assert_eq!(found.problems, []);
    assert_eq!(found.values, values(&catalogue));
}

#[test]
fn a_number_shown_in_per_cent_is_scaled_where_the_element_is_a_rate_and_refused_elsewhere() {
    let catalogue = catalogue();
    let bytes = rewritten(|sheets| set(sheets, 1, 9, 5, Content::Percent(0.985)));
    let found = understood(&Forms::new(&catalogue), &bytes);
    assert_eq!((found.problems, found.values), (vec![], values(&catalogue)));
    let bytes = rewritten(|sheets| set(sheets, 0, 12, 5, Content::Percent(0.12)));
    assert_eq!(codes_of(&understood(&Forms::new(&catalogue), &bytes).problems), [("not_a_number", "F13")]);
}

#[test]
fn every_bad_cell_is_named_at_once() {
    let catalogue = catalogue();
    let bytes = rewritten(|sheets| {
        set(sheets, 0, 12, 5, text("mười hai"));
        set(sheets, 0, 13, 5, Content::Number(1.5));
        set(sheets, 1, 8, 5, Content::Number(-1.0));
        set(sheets, 1, 9, 5, Content::Number(0.985));
        set(sheets, 1, 10, 5, text("chắc là có"));
        set(sheets, 1, 11, 5, text("Mức độ 7"));
        set(sheets, 1, 12, 5, text(&"dài ".repeat(100)));
    });
    let found = understood(&Forms::new(&catalogue), &bytes);
    let expected = [
        ("not_a_number", "F13"),
        ("not_whole", "F14"),
        ("out_of_range", "F9"),
        ("ambiguous_number", "F10"),
        ("not_a_choice", "F11"),
        ("not_a_choice", "F12"),
        ("text_too_long", "F13"),
    ];
    assert_eq!(codes_of(&found.problems), expected);
    assert!(!found.is_accepted());
}

#[test]
fn a_value_merged_over_its_neighbours_is_read_and_one_merged_away_is_missing() {
    let catalogue = catalogue();
    let forms = Forms::new(&catalogue);
    let plain = Format::new();
    let across = rewritten_and(
        |_| {},
        |position, sheet| {
            if position == 0 {
                sheet.merge_range(12, 5, 12, 7, "", &plain).unwrap();
                sheet.write_number(12, 5, 12.0).unwrap();
            }
        },
    );
    let found = understood(&forms, &across);
    assert_eq!((found.problems, found.values), (vec![], values(&catalogue)));
    let down = rewritten_and(
        |_| {},
        |position, sheet| {
            if position == 0 {
                sheet.merge_range(17, 5, 18, 5, "", &plain).unwrap();
                sheet.write_number(17, 5, 500.0).unwrap();
            }
        },
    );
    let found = understood(&forms, &down);
    assert_eq!(codes_of(&found.problems), [("missing_value", "F19")]);
    assert!(found.problems[0].message.contains("Học sinh lớp 2"), "{}", found.problems[0].message);
}

#[test]
fn hidden_rows_and_columns_count_like_any_other() {
    let catalogue = catalogue();
    let bytes = rewritten_and(
        |_| {},
        |_, sheet| {
            for row in [12, 17, 18] {
                sheet.set_row_hidden(row).unwrap();
            }
            sheet.set_column_hidden(5).unwrap();
            sheet.set_column_hidden(6).unwrap();
        },
    );
    let found = understood(&Forms::new(&catalogue), &bytes);
    assert_eq!((found.problems, found.values), (vec![], values(&catalogue)));
}

/// The filled sample with another content in cells of its first sheet: `t`, the value and where.
fn with_raw_cells(cells: &[(&str, &str)]) -> Vec<u8> {
    let bytes = filled(&catalogue());
    super::edited(&bytes, "xl/worksheets/sheet1.xml", |mut xml| {
        for (place, value) in cells {
            let start = xml.find(&format!("<c r=\"{place}\"")).unwrap();
            let end = start + xml[start..].find("</c>").unwrap();
            let style = xml[start..end].split("s=\"").nth(1).unwrap().split('"').next().unwrap().to_owned();
            xml.replace_range(start..end, &format!("<c r=\"{place}\" s=\"{style}\" t=\"e\"><v>{value}</v>"));
        }
        xml
    })
}

#[test]
fn an_error_of_a_formula_known_or_not_is_a_problem_of_its_cell() {
    let catalogue = catalogue();
    let forms = Forms::new(&catalogue);
    let errors = [("F13", "#REF!"), ("F14", "#SPILL!"), ("F18", "#CALC!"), ("F19", "#PYTHON!")];
    let found = understood(&forms, &with_raw_cells(&errors));
    assert_eq!(codes_of(&found.problems), errors.map(|(place, _)| ("formula_error", place)));
    for (problem, (_, error)) in found.problems.iter().zip(errors) {
        assert!(problem.message.contains(error), "{}", problem.message);
    }
    assert_eq!(found.values.iter().filter(|value| value.is_none()).count(), errors.len());
    // Sheets before and after the one at fault are read once each.
    let second = understood(&forms, &with_raw_cells(&[("F13", "#SPILL!")]));
    assert_eq!(codes_of(&second.problems), [("formula_error", "F13")]);
    assert_eq!(second.sheet_names.len(), 3);
}

#[test]
fn an_error_that_was_pasted_as_text_is_told_as_one() {
    let catalogue = catalogue();
    let bytes = rewritten(|sheets| {
        set(sheets, 0, 12, 5, text("#REF!"));
        set(sheets, 0, 13, 5, text("Err:502"));
    });
    let found = understood(&Forms::new(&catalogue), &bytes);
    assert_eq!(codes_of(&found.problems), [("formula_error", "F13"), ("formula_error", "F14")]);
}

#[test]
fn a_line_that_stands_twice_with_other_figures_is_a_problem() {
    let catalogue = catalogue();
    let bytes = rewritten(|sheets| {
        let copy: Vec<_> = sheets[0].1.iter().filter(|(row, ..)| *row == 12).cloned().collect();
        sheets[0].1.extend(copy.into_iter().map(|(_, column, content)| (40, column, content)));
        set(sheets, 0, 40, 5, Content::Number(13.0));
    });
    assert_eq!(codes_of(&understood(&Forms::new(&catalogue), &bytes).problems), [("duplicate_line", "F41")]);
}

#[test]
fn a_changed_identity_is_told() {
    let catalogue = catalogue();
    let bytes = rewritten(|sheets| set(sheets, 2, 3, 1, text("79000999")));
    assert_eq!(codes_of(&understood(&Forms::new(&catalogue), &bytes).problems)[0].0, "identity_tampered");
}

#[test]
fn a_table_pasted_into_a_new_file_is_known_by_what_is_printed() {
    let catalogue = catalogue();
    let pasted = rewritten(|sheets| {
        sheets.truncate(2);
        for (_, cells) in sheets.iter_mut() {
            // Hidden column and row are not copied; the head of the paper is lost too.
            cells.retain(|(row, column, content)| {
                *column > 0
                    && *row > 3
                    && !matches!(content, Content::Text(text) if text.starts_with("c1") && text.len() == 2)
            });
        }
    });
    let read = read(&pasted, "dan.xlsx", &Limits::default()).unwrap();
    let forms = Forms::new(&catalogue);
    assert_eq!(codes_of(&interpret(&read, &forms, &Expectation::default()).problems), [("identity_missing", "")]);
    let expected = Expectation { form: Some("02-TH-CN"), unit: Some("79000123"), period: Some("2025-2026-CN") };
    let found = interpret(&read, &forms, &expected);
    assert_eq!(found.problems, []);
    assert_eq!(found.values, values(&catalogue));
}

/// The first two lines below each other on the first sheet whose labels differ: rows of both and the label's column.
fn two_lines(sheets: &[Sheet]) -> (u32, u32) {
    let label =
        |row: u32| sheets[0].1.iter().find(|(r, c, _)| (*r, *c) == (row, 2)).map(|(.., content)| content.clone());
    let is_key = |content: &Content| matches!(content, Content::Text(text) if crate::workbook::layout::parse_line_key(text).is_some());
    let keys = sheets[0].1.iter().filter(|(_, column, content)| *column == 0 && is_key(content));
    let keyed: Vec<u32> = keys.map(|(row, ..)| *row).filter(|row| label(*row).is_some()).collect();
    keyed.windows(2).map(|pair| (pair[0], pair[1])).find(|(a, b)| label(*a) != label(*b)).unwrap()
}

#[test]
fn rows_that_were_sorted_without_their_hidden_keys_are_read_under_neither_line() {
    let catalogue = catalogue();
    let mut rows = (0, 0);
    let bytes = rewritten(|sheets| {
        let (a, b) = two_lines(sheets);
        rows = (a, b);
        for (row, ..) in sheets[0].1.iter_mut().filter(|(_, column, _)| *column > 0) {
            *row = if *row == a {
                b
            } else if *row == b {
                a
            } else {
                *row
            };
        }
    });
    let found = understood(&Forms::new(&catalogue), &bytes);
    let told: Vec<&Problem> = found.problems.iter().filter(|problem| problem.code == "label_mismatch").collect();
    assert_eq!(told.len(), 2, "{:?}", found.problems);
    assert_eq!(told[0].cell, format!("C{}", rows.0 + 1));
    assert!(told[0].message.contains(&format!("A{}", rows.0 + 1)), "{}", told[0].message);
    assert!(found.problems.iter().all(|problem| problem.code != "missing_value"), "{:?}", found.problems);
}

#[test]
fn a_mistyped_or_decomposed_label_does_no_harm() {
    let catalogue = catalogue();
    let bytes = rewritten(|sheets| {
        let (a, b) = two_lines(sheets);
        set(sheets, 0, a, 2, text("Tong so gi do"));
        let label = sheets[0].1.iter().find(|(r, c, _)| (*r, *c) == (b, 2)).map(|(.., content)| content.clone());
        let Some(Content::Text(label)) = label else { panic!() };
        set(sheets, 0, b, 2, text(&label.to_uppercase()));
    });
    let found = understood(&Forms::new(&catalogue), &bytes);
    assert!(found.problems.iter().all(|problem| problem.code != "label_mismatch"), "{:?}", found.problems);
    assert_eq!(found.values, values(&catalogue));
}
