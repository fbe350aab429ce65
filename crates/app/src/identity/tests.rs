//! The permission table as people would say it.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use super::{Right, Role};

#[test]
fn the_table_says_what_an_office_expects() {
    use Right::*;
    let rows: Vec<String> = Role::ALL
        .iter()
        .map(|role| {
            let marks = Right::ALL.map(|right| if role.allows(right) { 'x' } else { '.' });
            format!("{:<14}{}", role.as_str(), String::from_iter(marks))
        })
        .collect();
    assert_eq!(
        [
            ReadUnit,
            EnterFigures,
            JudgeFigures,
            RunYear,
            RunEvaluation,
            WriteReport,
            SignPapers,
            KeepRegister,
            ManageUnits,
            ManageAccounts,
            RunConference,
            ChairConference,
            ServeHall,
            WriteArticles
        ],
        Right::ALL
    );
    let expected = [
        "administrator x..x....xx....",
        "officer       xxxxxx.xx.xxxx",
        "leader        x...x.x....x..",
        "principal     xx............",
        "clerk         xx.....x....x.",
        "editor        x............x",
        "reader        x.............",
    ];
    assert_eq!(rows, expected);
}

#[test]
fn roles_are_read_as_they_are_written() {
    for role in Role::ALL {
        assert_eq!(Role::parse(role.as_str()), Some(role));
    }
    assert_eq!(Role::parse("king"), None);
}
