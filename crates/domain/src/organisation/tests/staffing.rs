//! People in posts over time.

use super::people::*;
use super::*;

fn staffing() -> Staffing {
    let person = |code: &str, name: &str| Person { code: code.into(), name: name.into() };
    let post = |code: &str, title: &str, body, is_single| Post {
        code: code.into(),
        unit: "A".into(),
        title: title.into(),
        body,
        rank: 1,
        is_single,
    };
    let term = |post: &str, person: &str, from: i16, to: Option<i16>| Term {
        post: post.into(),
        person: person.into(),
        validity: Validity { from: Some(date(from, 1, 1)), to: to.map(|year| date(year, 12, 31)) },
        is_acting: false,
    };
    Staffing {
        people: vec![person("p1", "Nguyễn Thị Bình"), person("p2", "Trần Văn An")],
        posts: vec![
            post("chair", "Chủ tịch UBND", PostBody::Government, true),
            post("secretary", "Bí thư", PostBody::Party, true),
            post("expert", "Chuyên viên", PostBody::Government, false),
        ],
        terms: vec![
            term("chair", "p1", 2020, Some(2024)),
            term("chair", "p2", 2025, None),
            term("secretary", "p2", 2025, None),
            term("expert", "p1", 2025, None),
            term("expert", "p2", 2025, None),
        ],
    }
}

#[test]
fn posts_are_held_by_date_and_read_out_party_first() {
    let staffing = staffing();
    assert!(staffing.faults(&small()).is_empty());
    let names = |post, day| staffing.holders_on(post, day).iter().map(|person| person.name.clone()).collect::<Vec<_>>();
    assert_eq!(names("chair", date(2024, 12, 31)), ["Nguyễn Thị Bình"]);
    assert_eq!(names("chair", date(2025, 1, 1)), ["Trần Văn An"]);
    assert_eq!(names("expert", after()), ["Trần Văn An", "Nguyễn Thị Bình"]);
    let posts = staffing.posts_on("p2", after());
    assert_eq!(posts.iter().map(|post| post.code.as_str()).collect::<Vec<_>>(), ["secretary", "chair", "expert"]);
}

#[test]
fn two_holders_of_one_post_are_a_fault() {
    let mut staffing = staffing();
    staffing.terms[0].validity.to = None;
    staffing.terms[2].person = "p9".into();
    staffing.terms[3].post = "nothing".into();
    let faults: Vec<String> = staffing.faults(&small()).into_iter().map(|reason| reason.code).collect();
    assert_eq!(faults, ["unknown_person", "unknown_post", "overlapping_validity"]);
}
