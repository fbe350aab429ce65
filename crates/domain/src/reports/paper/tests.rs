//! Facts are read or refused all at once; a sheet becomes a document in the office's frame.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use super::*;
use crate::reports::{Issuer, Marks, Signature, SigningCapacity, markup};

const WORDING: &str = r#"
identifier = "invitation"
slug = "giay-moi"
order = 1
document = "invitation"
merge = "guests"
label = { vi = "Giấy mời", en = "Invitation" }
source = { text = "Mẫu 1.7", confidence = "confirmed" }
body = "x"

[[field]]
name = "day"
label = { vi = "Ngày", en = "Day" }
type = "date"
required = true
sample = "28/8/2026"

[[field]]
name = "hour"
label = { vi = "Giờ", en = "Hour" }
type = "time"

[[field]]
name = "guests"
label = { vi = "Khách", en = "Guests" }
type = "table"
columns = [{ name = "name", label = { vi = "Họ tên", en = "Name" } }, { name = "post", label = { vi = "Chức vụ", en = "Post" } }]
"#;

fn inputs(pairs: &[(&str, &str)]) -> Inputs {
    pairs.iter().map(|(name, typed)| ((*name).to_owned(), (*typed).to_owned())).collect()
}

#[test]
fn what_was_typed_becomes_facts() {
    let wording = Wording::parse(WORDING).unwrap();
    let typed =
        inputs(&[("day", " 28/8/2026"), ("hour", "13 giờ 30 phút"), ("guests", "Lê  A | Hiệu trưởng\n\n| Trần B |")]);
    let facts = check(&wording.fields, &typed).unwrap();
    assert_eq!(facts["day"], FieldValue::Date(Some(jiff::civil::date(2026, 8, 28))));
    assert_eq!(facts["hour"], FieldValue::Time(Some((13, 30))));
    let FieldValue::Rows(rows) = &facts["guests"] else { panic!("rows") };
    assert_eq!((rows[0]["name"].as_str(), rows[0]["post"].as_str()), ("Lê A", "Hiệu trưởng"));
    assert_eq!((rows[1]["name"].as_str(), rows[1]["post"].as_str()), ("Trần B", ""));
}

#[test]
fn an_empty_first_cell_stays_an_empty_first_cell() {
    let wording = Wording::parse(WORDING).unwrap();
    let typed = inputs(&[("day", "28/8/2026"), ("guests", " | Hiệu trưởng\n| Trần B | Giáo viên |\n|Lê C|\n|")]);
    let facts = check(&wording.fields, &typed).unwrap();
    let FieldValue::Rows(rows) = &facts["guests"] else { panic!("rows") };
    let rows: Vec<(&str, &str)> = rows.iter().map(|row| (row["name"].as_str(), row["post"].as_str())).collect();
    assert_eq!(rows, [("", "Hiệu trưởng"), ("Trần B", "Giáo viên"), ("Lê C", ""), ("", "")]);
}

#[test]
fn a_draft_leaves_its_required_places_empty_and_tells_which() {
    let wording = Wording::parse(WORDING).unwrap();
    let typed = inputs(&[("hour", "7:30")]);
    let names: Vec<&str> = missing(&wording.fields, &typed).iter().map(|field| field.name.as_str()).collect();
    assert_eq!(names, ["day"]);
    let facts = check_draft(&wording.fields, &typed).unwrap();
    assert_eq!(facts["day"], FieldValue::Gap(FieldType::Date, Vec::new()));
    assert_eq!(facts["guests"], FieldValue::Rows(Vec::new()), "what may be left out is left out");
    assert!(check_draft(&wording.fields, &inputs(&[("hour", "25:00")])).is_err());
}

#[test]
fn every_fault_is_told_at_once_with_its_field() {
    let wording = Wording::parse(WORDING).unwrap();
    let refusal = check(&wording.fields, &inputs(&[("hour", "25:00"), ("guests", "a|b|c")])).unwrap_err();
    let places: Vec<&str> = refusal.reasons.iter().map(|reason| reason.at.as_str()).collect();
    assert_eq!(places, ["day", "hour", "guests"]);
    assert!(refusal.to_string().contains("dòng 1 có 3 ô"), "{refusal}");
    let many = "a\n".repeat(2_001);
    assert!(check(&wording.fields, &inputs(&[("day", "1/1/2026"), ("guests", &many)])).is_err());
    let long = "a".repeat(1_001);
    assert!(check(&wording.fields, &inputs(&[("day", "1/1/2026"), ("guests", &long)])).is_err());
    for hour in ["8", "8h", "8:05", "0h00"] {
        assert!(check(&wording.fields, &inputs(&[("day", "1/1/2026"), ("hour", hour)])).is_ok(), "{hour}");
    }
}

#[test]
fn a_wording_that_does_not_hold_together_is_refused() {
    assert!(Wording::parse("identifier = 1").is_err());
    let fault = Wording::parse(&WORDING.replace("merge = \"guests\"", "merge = \"day\"")).unwrap_err();
    assert!(fault.to_string().contains("day is no table field"), "{fault}");
    let fault = Wording::parse(&WORDING.replace("name = \"hour\"", "name = \"day\"")).unwrap_err();
    assert!(fault.to_string().contains("stands twice"), "{fault}");
}

fn frame() -> PaperFrame {
    PaperFrame {
        issuer: Issuer {
            superior: None, name: "Ủy ban nhân dân phường Bồ Đề Mới".to_owned(), is_party: false
        },
        abbreviation: "UBND".to_owned(),
        drafter: "VHXH".to_owned(),
        place: "Bồ Đề Mới".to_owned(),
        signature: Signature {
            capacity: SigningCapacity::Deputy.lines(Some("Ủy ban nhân dân"), "Chủ tịch", "Phó Chủ tịch"),
            name: "Trần Thị Bình".to_owned(),
        },
        numbered: None,
        marks: Marks::default(),
        notices: Vec::new(),
    }
}

#[test]
fn a_sheet_becomes_a_document_in_the_frame_of_the_office() {
    let wording = Wording::parse(WORDING).unwrap();
    let sheet = markup::parse("@trích-yếu Họp\nKính mời.\n@nơi-nhận Lưu: VT").unwrap();
    let content = PaperContent::assemble(&wording, &frame(), vec![sheet.clone(), sheet.clone()]);
    assert_eq!((content.subject(), content.documents().len()), ("Họp", 2));
    let text = content.documents()[0].to_text();
    assert!(text.contains("/GM-UBND") && text.contains("GIẤY MỜI\nHọp\nKính mời./.\nNơi nhận:\n- Lưu: VT."), "{text}");
    assert!(text.contains("TM. ỦY BAN NHÂN DÂN\nKT. CHỦ TỊCH\nPHÓ CHỦ TỊCH\nTrần Thị Bình"), "{text}");
    let letter = Wording { document: Some(crate::reports::DocumentKind::Letter), ..wording };
    let content = PaperContent::assemble(&letter, &frame(), vec![sheet]);
    assert!(content.documents()[0].to_text().contains("/UBND-VHXH\nV/v Họp\n"));
}
