//! The permission table as people would say it.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use super::{Right, Role};

#[test]
fn the_table_says_what_an_office_expects() {
    let expected = [
        ("administrator", "read_unit run_year manage_units manage_accounts"),
        (
            "officer",
            "read_unit enter_figures judge_figures run_year run_evaluation write_report keep_register manage_units \
             run_conference chair_conference serve_hall write_articles",
        ),
        ("leader", "read_unit run_evaluation sign_papers chair_conference"),
        ("principal", "read_unit enter_figures"),
        ("clerk", "read_unit enter_figures keep_register serve_hall"),
        ("editor", "read_unit write_articles"),
        ("reader", "read_unit"),
    ];
    let rights = |role: Role| {
        let allowed = Right::ALL.iter().filter(|right| role.allows(**right));
        allowed.map(|right| right.as_str()).collect::<Vec<_>>().join(" ")
    };
    let rows: Vec<(&str, String)> = Role::ALL.iter().map(|role| (role.as_str(), rights(*role))).collect();
    assert_eq!(rows, expected.map(|(role, rights)| (role, rights.to_owned())));
}

#[test]
fn roles_are_read_as_they_are_written() {
    for role in Role::ALL {
        assert_eq!(Role::parse(role.as_str()), Some(role));
    }
    assert_eq!(Role::parse("king"), None);
}
