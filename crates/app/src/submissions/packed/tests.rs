//! What a draft keeps beside its values.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use super::*;

const COUNT: ValueKind = ValueKind::Count { max: None };
const TEXT: ValueKind = ValueKind::Text { length_max: 3 };

#[test]
fn a_draft_keeps_what_cannot_be_read_in_every_kind_of_cell() {
    let items = ["a", "b", "c"].map(|code| ItemCode::parse(code).unwrap());
    let shape = Shape { cells: items.iter().zip([&COUNT, &TEXT, &TEXT]).collect() };
    let values = FormValues::from_cells(vec![None, None, Some(Value::Text("xa".to_owned()))]);
    let unread: Unread = [(0, "41x".to_owned()), (1, "dài quá".to_owned())].into();
    let packed = shape.pack_draft(&values, &unread);
    assert_eq!(shape.unread(&packed.texts).unwrap(), unread);
    assert_eq!(shape.unpack(&packed.figures, &packed.texts).unwrap(), values, "and it is no value");
    assert_eq!(shape.unread(&shape.pack(&values).texts).unwrap(), Unread::new(), "a text is a value");
}

#[test]
fn drafts_of_earlier_versions_still_say_what_was_typed() {
    let item = ItemCode::parse("a").unwrap();
    let shape = Shape { cells: vec![(&item, &COUNT)] };
    assert_eq!(shape.unread(r#"{"a":"41x"}"#).unwrap(), [(0, "41x".to_owned())].into());
}
