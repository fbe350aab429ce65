//! Texts lapse on the day that they lapse, the successor in force is named, and no cycle comes in.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use jiff::civil::date;
use proptest::prelude::*;

use super::*;

fn text(id: &str, from: Option<Date>, to: Option<Date>) -> Text {
    Text { id: id.to_owned(), name: format!("Văn bản {id}"), issued_on: from, validity: Validity { from, to } }
}

fn link(from: &str, relation: Relation, to: &str) -> Link {
    Link { from: from.to_owned(), to: to.to_owned(), relation, effective_on: None }
}

/// Decrees that replaced one another, a plan with its bases, and a text whose own term ended.
fn network() -> Network {
    let texts = vec![
        text("91", Some(date(2017, 10, 1)), None),
        text("98", Some(date(2024, 1, 1)), None),
        text("152", Some(date(2025, 7, 1)), None),
        text("42", Some(date(2022, 8, 15)), Some(date(2026, 6, 30))),
        text("29-nq", Some(date(2013, 11, 4)), None),
        text("34-ctr", Some(date(2015, 2, 4)), None),
        text("29-ctr", Some(date(2015, 6, 1)), None),
        text("07", Some(date(2016, 11, 25)), None),
        text("136", Some(date(2017, 7, 26)), None),
        text("bare", None, None),
    ];
    let links = vec![
        link("98", Relation::Replaces, "91"),
        link("152", Relation::Replaces, "98"),
        link("34-ctr", Relation::Implements, "29-nq"),
        link("29-ctr", Relation::Implements, "29-nq"),
        link("07", Relation::Implements, "29-ctr"),
        link("136", Relation::Implements, "07"),
        link("136", Relation::BasedOn, "34-ctr"),
        link("bare", Relation::Repeals, "136"),
    ];
    Network::new(texts, links).unwrap()
}

#[test]
fn a_replaced_text_lapses_the_day_its_successor_enters_into_force() {
    let network = network();
    assert_eq!(network.lapsed_on("98", date(2025, 6, 30)), None);
    let lapse = network.lapsed_on("98", date(2025, 7, 1)).unwrap();
    assert_eq!((lapse.manner, lapse.last_day), (Manner::Replaced, Some(date(2025, 6, 30))));
    assert_eq!(lapse.successor.as_deref(), Some("152"));
    assert_eq!(
        lapse.message(&network, "98"),
        "Văn bản 98 đã hết hiệu lực sau ngày 30/06/2025, được Văn bản 152 thay thế. Hãy dẫn Văn bản 152."
    );
}

#[test]
fn the_successor_is_the_one_in_force_on_the_day() {
    let network = network();
    let then = network.lapsed_on("91", date(2024, 8, 23)).unwrap();
    assert_eq!((then.by.as_deref(), then.successor.as_deref()), (Some("98"), Some("98")));
    let now = network.lapsed_on("91", date(2026, 8, 23)).unwrap();
    assert_eq!((now.by.as_deref(), now.successor.as_deref()), (Some("98"), Some("152")));
}

#[test]
fn an_own_term_ends_without_a_successor() {
    let network = network();
    assert_eq!(network.lapsed_on("42", date(2026, 6, 30)), None);
    let lapse = network.lapsed_on("42", date(2026, 7, 1)).unwrap();
    assert_eq!((lapse.manner, lapse.last_day, lapse.successor.clone()), (Manner::Ended, Some(date(2026, 6, 30)), None));
    assert!(lapse.message(&network, "42").contains("sau ngày 30/06/2026"));
}

#[test]
fn nothing_is_asserted_without_a_date() {
    let network = network();
    assert_eq!(network.lapsed_on("136", date(2030, 1, 1)), None, "the repealing text has no date");
    assert_eq!(network.lapsed_on("nowhere", date(2030, 1, 1)), None);
}

#[test]
fn what_a_plan_rests_on_is_told_in_order_and_once() {
    let found = network().foundations("136");
    let told: Vec<(&str, usize, bool)> =
        found.iter().map(|found| (found.id.as_str(), found.depth, found.is_repeated)).collect();
    assert_eq!(
        told,
        [("07", 1, false), ("29-ctr", 2, false), ("29-nq", 3, false), ("34-ctr", 1, false), ("29-nq", 2, true)]
    );
}

#[test]
fn a_cycle_is_refused_with_its_chain() {
    let mut network = network();
    let refusal = network.add(link("29-nq", Relation::Amends, "136")).unwrap_err();
    assert_eq!(refusal.reasons[0].code, "link_cycle");
    let message = &refusal.reasons[0].message;
    assert!(message.contains("Văn bản 29-nq → Văn bản 136 → ") && message.contains("→ Văn bản 29-nq."), "{message}");
    assert_eq!(network.add(link("98", Relation::BasedOn, "98")).unwrap_err().reasons[0].code, "self_link");
    assert_eq!(network.add(link("98", Relation::BasedOn, "x")).unwrap_err().reasons[0].code, "unknown_text");
}

proptest! {
    #[test]
    fn whatever_is_added_the_network_keeps_its_direction(
        pairs in prop::collection::vec((0_usize..9, 0_usize..9, 0_usize..5), 0..40)
    ) {
        let texts = (0..9).map(|n| text(&n.to_string(), Some(date(2000, 1, 1)), None)).collect();
        let mut network = Network::new(texts, Vec::new()).unwrap();
        for (from, to, relation) in pairs {
            let _ = network.add(link(&from.to_string(), Relation::ALL[relation], &to.to_string()));
        }
        for n in 0..9 {
            let id = n.to_string();
            prop_assert!(network.foundations(&id).iter().all(|found| found.id != id));
            if let Some(lapse) = network.lapsed_on(&id, date(2020, 1, 1)) {
                prop_assert!(lapse.by.is_some());
                let standing = lapse.successor.map(|id| network.lapsed_on(&id, date(2020, 1, 1)));
                prop_assert!(standing.flatten().is_none());
            }
        }
    }
}
