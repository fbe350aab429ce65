//! Lines that cannot be read are all told; a unit stands in one cluster.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use super::*;

#[test]
fn lines_are_read_with_or_without_the_name_of_the_school() {
    let text = "90100101; Cụm 1; Trường Mầm non Hoa Sen\n\n90100102\tCụm  2\n90100103;\n";
    let read = read_lines(text).unwrap();
    let expected = [("90100101", "Cụm 1"), ("90100102", "Cụm 2"), ("90100103", "")];
    assert_eq!(read, expected.map(|(unit, cluster)| (unit.to_owned(), cluster.to_owned())));
}

#[test]
fn every_line_at_fault_is_told() {
    let long = "x".repeat(81);
    let refusal = read_lines(&format!("90100101\n90100102; A\n90100102; B\n90100103; {long}")).unwrap_err();
    let codes: Vec<&str> = refusal.reasons.iter().map(|reason| reason.code.as_str()).collect();
    assert_eq!(codes, ["unreadable_line", "unit_twice", "cluster_name"]);
    assert!(refusal.reasons[1].message.starts_with("Dòng 3:"), "{}", refusal.reasons[1].message);
}
