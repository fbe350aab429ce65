//! Bad files are refused whole, with every row named.

use super::*;

const UNITS: &str = "id,code,name,kind,parent_id,valid_from,valid_to";
const LINKS: &str = "predecessor_id,successor_id,share";

/// Codes and places of the reasons against these rows.
fn refused(units: &[&str], links: &[&str]) -> Vec<(String, String)> {
    let text = |header: &str, rows: &[&str]| format!("{header}\r\n{}\r\n", rows.join("\r\n"));
    let refusal = admin_units::read(&text(UNITS, units), &text(LINKS, links)).unwrap_err();
    refusal.reasons.into_iter().map(|reason| (reason.code, reason.at)).collect()
}

fn expect(units: &[&str], links: &[&str], wanted: &[(&str, &str)]) {
    let found = refused(units, links);
    let found: Vec<(&str, &str)> = found.iter().map(|(code, at)| (code.as_str(), at.as_str())).collect();
    assert_eq!(found, wanted);
}

const PROVINCE: &str = "P1,01,Tỉnh Một,province,,,";
const OLD: &str = "A,00001,Xã An,commune,P1,,2025-06-30";
const NEW: &str = "B,00002,Xã Bình,commune,P1,2025-07-01,";
const NEWER: &str = "C,00003,Xã Cát,commune,P1,2025-07-01,";

#[test]
fn sound_rows_are_taken_with_a_stated_share() {
    let units = format!("\u{feff}{UNITS}\r\n{PROVINCE}\r\n{OLD}\r\n{NEW}\r\n{NEWER}\r\n");
    let registry = admin_units::read(&units, &format!("{LINKS}\r\nA,B,0.4\r\nA,C,0.6\r\n")).unwrap();
    let shares: Vec<String> =
        registry.heirs_on("A", after()).iter().filter_map(|h| h.share).map(|s| s.to_string()).collect();
    assert_eq!(shares, ["0.4", "0.6"]);
    assert_eq!(registry.successions()[0].on, after());
}

#[test]
fn a_unit_may_change_its_name_from_row_to_row() {
    let rows =
        [PROVINCE, "A,00001,Xã An,commune,P1,,2025-06-30", "A,00001,Phường An,commune,P1,2025-07-01,"].join("\n");
    let registry = admin_units::read(&format!("{UNITS}\n{rows}\n"), &format!("{LINKS}\n")).unwrap();
    let unit = registry.unit("A").unwrap();
    assert_eq!((unit.name_on(before()), unit.name_on(after())), ("Xã An", "Phường An"));
    assert_eq!(registry.earlier_names(unit, after()), ["Xã An"]);
}

#[test]
fn overlapping_validity() {
    expect(
        &[PROVINCE, OLD, "A,00001,Xã An Mới,commune,P1,2025-06-30,"],
        &[],
        &[("overlapping_validity", "đơn vị, dòng 3 và 4 (A)")],
    );
}

#[test]
fn a_cycle() {
    expect(
        &[PROVINCE, "A,1,Xã A,commune,B,,", "B,2,Xã B,commune,C,,", "C,3,Xã C,commune,A,,", "D,4,Xã D,commune,A,,"],
        &[],
        &[("cycle", "đơn vị, dòng 3 (A)"), ("cycle", "đơn vị, dòng 4 (B)"), ("cycle", "đơn vị, dòng 5 (C)")],
    );
    let turned = [
        PROVINCE,
        "A,1,Xã A,commune,B,,2024-12-31",
        "A,1,Xã A,commune,P1,2025-01-01,",
        "B,2,Xã B,commune,P1,,2024-12-31",
        "B,2,Xã B,commune,A,2025-01-01,",
    ];
    let rows = turned.join("\n");
    assert!(admin_units::read(&format!("{UNITS}\n{rows}\n"), &format!("{LINKS}\n")).is_ok());
}

#[test]
fn a_parent_that_is_unknown_or_was_dissolved() {
    expect(
        &[
            PROVINCE,
            "L1,001,Quận Một,district,P1,,2025-06-30",
            "B,2,Xã B,commune,L1,2025-07-01,",
            "C,3,Xã C,commune,X,,",
            "D,4,Xã D,commune,L1,,",
        ],
        &[],
        &[
            ("parent_not_valid", "đơn vị, dòng 4 (B)"),
            ("unknown_parent", "đơn vị, dòng 5 (C)"),
            ("parent_not_valid", "đơn vị, dòng 6 (D)"),
        ],
    );
}

#[test]
fn shares_that_do_not_sum_to_one() {
    let units = [PROVINCE, OLD, NEW, NEWER];
    let at = "kế thừa, dòng 2, 3 (A)";
    for links in
        [["A,B,0.4", "A,C,0.5"], ["A,B,0.4", "A,C,part"], ["A,B,whole", "A,C,part"], ["A,B,whole", "A,C,whole"]]
    {
        expect(&units, &links, &[("shares_not_one", at)]);
    }
    expect(&units, &["A,B,0.4"], &[("shares_not_one", "kế thừa, dòng 2 (A → B)")]);
    for links in [["A,B,part", "A,C,part"], ["A,B,part_main", "A,C,part_main"]] {
        expect(&units, &links, &[("main_heir", at)]);
    }
    expect(&units, &["A,B,part_main"], &[("main_heir", "kế thừa, dòng 2 (A → B)")]);
}

#[test]
fn links_to_nowhere() {
    expect(
        &[PROVINCE, OLD, NEW],
        &["A,B,whole", "X,B,whole", "B,A,whole", "A,Y,whole"],
        &[
            ("unknown_predecessor", "kế thừa, dòng 3 (X → B)"),
            ("predecessor_not_ended", "kế thừa, dòng 4 (B → A)"),
            ("unknown_successor", "kế thừa, dòng 5 (A → Y)"),
            ("shares_not_one", "kế thừa, dòng 2, 5 (A)"),
        ],
    );
    expect(
        &[PROVINCE, OLD, "B,2,Xã B,commune,P1,2026-01-01,", "C,3,Xã C,commune,P1,,2025-06-30"],
        &["A,B,whole", "C,C,whole"],
        &[
            ("successor_not_valid", "kế thừa, dòng 2 (A → B)"),
            ("self_succession", "kế thừa, dòng 3 (C → C)"),
            ("successor_not_valid", "kế thừa, dòng 3 (C → C)"),
        ],
    );
    expect(&[PROVINCE, OLD, NEW], &["A,B,whole", "A,B,whole"], &[("duplicate_succession", "kế thừa, dòng 3 (A → B)")]);
}

#[test]
fn rows_that_cannot_be_read() {
    expect(
        &[
            PROVINCE,
            "A,1,Xã A,village,P1,,",
            "B,2,Xã B,commune,P1,1/7/2025,",
            "C,3,Xã C",
            "D,4,Xã D,commune,,,",
            "E F,5,,commune,P1,2025-07-01,2025-06-30",
        ],
        &["A,B,half"],
        &[
            ("bad_kind", "đơn vị, dòng 3"),
            ("bad_date", "đơn vị, dòng 4"),
            ("bad_file", "đơn vị, dòng 5"),
            ("no_parent", "đơn vị, dòng 6"),
            ("bad_share", "kế thừa, dòng 2"),
            ("bad_code", "đơn vị, dòng 7 (E F)"),
            ("no_name", "đơn vị, dòng 7 (E F)"),
            ("bad_validity", "đơn vị, dòng 7 (E F)"),
        ],
    );
    let swapped = admin_units::read(LINKS, UNITS).unwrap_err();
    assert_eq!(codes(&swapped), ["bad_header", "bad_header"]);
    assert!(admin_units::read("", "").is_err());
}
