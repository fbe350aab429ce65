//! Boxes stand in layers, never over one another or outside of the room; words are escaped; every box leads somewhere.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use proptest::prelude::*;

use super::*;

fn node(name: &str) -> Node {
    Node { href: format!("/van-ban/{}", name.len()), name: name.to_owned(), ..Node::default() }
}

fn edge(from: usize, to: usize) -> Edge {
    Edge { from, to, is_dashed: false }
}

fn at(edges: &[Edge], count: usize, room: Room) -> Vec<Placed> {
    placed(edges, &vec![40.0; count], room).0
}

#[test]
fn a_text_stands_below_everything_that_rests_on_it() {
    // 0 rests on 1 and 3; 1 on 2; 2 on 3.
    let boxes = at(&[edge(0, 1), edge(0, 3), edge(1, 2), edge(2, 3)], 4, Room::WIDE);
    assert_eq!(boxes.iter().map(|place| place.layer).collect::<Vec<_>>(), [0, 1, 2, 3]);
    assert!(boxes.windows(2).all(|pair| pair[0].y + pair[0].height < pair[1].y), "{boxes:?}");
}

#[test]
fn neighbours_stand_below_what_rests_on_them() {
    let boxes = at(&[edge(0, 3), edge(1, 2)], 4, Room::WIDE);
    assert!(boxes[0].x < boxes[1].x && boxes[3].x < boxes[2].x, "lines do not cross: {boxes:?}");
}

#[test]
fn the_drawing_is_told_and_safe_and_leads_on() {
    let nodes = vec![
        node(
            "Kế hoạch số 136/KH-UBND về <phát triển> giáo dục & đào tạo của quận trong năm học 2016-2017 và những năm tiếp theo",
        ),
        Node {
            fault: "đã hết hiệu lực".to_owned(),
            note: "Chính phủ · 26/7/2017".to_owned(),
            ..node("Nghị định số 42/2022/NĐ-CP")
        },
    ];
    let legend = ["thực hiện".to_owned(), "căn cứ".to_owned()];
    let edges = vec![Edge { from: 0, to: 1, is_dashed: true }];
    let svg = graph_svg(&Graph { title: "Dựa trên \"gì\"".to_owned(), nodes, edges, legend }, Room::WIDE);
    assert!(
        !svg.contains("<phát") && !svg.contains("style=") && svg.contains("aria-label=\"Dựa trên &quot;gì&quot;\""),
        "{svg}"
    );
    assert!(
        svg.contains("✕ đã hết hiệu lực") && svg.contains("Chính phủ · 26/7/2017") && svg.contains("…</tspan>"),
        "{svg}"
    );
    assert!(svg.contains(">căn cứ<") && !svg.contains(">thực hiện<"), "only lines that are drawn are explained: {svg}");
    assert_eq!(svg.matches("<a href=").count(), 2);
    resvg::usvg::Tree::from_str(&svg, &resvg::usvg::Options::default()).expect("it is sound XML");
}

#[test]
fn nothing_is_drawn_of_nothing() {
    assert!(graph_svg(&Graph::default(), Room::WIDE).ends_with("</svg>"));
}

proptest! {
    #[test]
    fn no_box_lies_on_another_or_outside(pairs in prop::collection::vec((0usize..14, 0usize..14), 0..30), is_wide in any::<bool>()) {
        let edges: Vec<Edge> = pairs.into_iter().filter(|(from, to)| from < to).map(|(from, to)| edge(from, to)).collect();
        let room = if is_wide { Room::WIDE } else { Room::NARROW };
        let boxes = at(&edges, 14, room);
        for (nth, one) in boxes.iter().enumerate() {
            prop_assert!(one.x >= 0.0 && one.x + one.width <= room.width + 1e-6);
            for other in &boxes[nth + 1..] {
                let apart = one.x + one.width <= other.x || other.x + other.width <= one.x
                    || one.y + one.height <= other.y || other.y + other.height <= one.y;
                prop_assert!(apart, "{one:?} {other:?}");
            }
        }
        prop_assert!(edges.iter().all(|edge| boxes[edge.from].layer < boxes[edge.to].layer));
    }
}
