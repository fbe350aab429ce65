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
        rank: if is_single { 1 } else { 3 },
        is_single,
    };
    let term = |post: &str, person: &str, from: i16, to: Option<i16>| Term {
        post: post.into(),
        person: person.into(),
        validity: Validity { from: Some(date(from, 1, 1)), to: to.map(|year| date(year, 12, 31)) },
        is_acting: false,
        is_standing: false,
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

fn appointment(post: &str, person: &str, replaces: bool) -> Appointment {
    Appointment {
        post: post.into(),
        person: person.into(),
        from: after(),
        is_acting: false,
        is_standing: false,
        replaces,
    }
}

#[test]
fn an_appointment_replaces_the_holder_or_says_who_stands_in_the_way() {
    let (registry, staffing) = (small(), staffing());
    let refusal = staffing.appoint(&registry, &appointment("chair", "p1", false)).unwrap_err();
    assert_eq!(codes(&refusal), ["overlapping_validity"]);
    assert!(refusal.to_string().contains("Trần Văn An"), "{refusal}");
    let later = staffing.appoint(&registry, &appointment("chair", "p1", true)).unwrap();
    let name = |day| later.holders_on("chair", day)[0].name.clone();
    assert_eq!((name(before()), name(after())), ("Trần Văn An".to_owned(), "Nguyễn Thị Bình".to_owned()));
    let wrong = Appointment { is_acting: true, is_standing: true, ..appointment("expert", "p1", false) };
    let refusal = staffing.appoint(&registry, &wrong).unwrap_err();
    assert_eq!(codes(&refusal), ["acting_deputy", "standing_head"]);
    let twice = staffing.appoint(&registry, &appointment("expert", "p1", false)).unwrap_err();
    assert_eq!(codes(&twice), ["overlapping_validity"]);
    let nobody = staffing.appoint(&registry, &appointment("chair", "p9", true)).unwrap_err();
    assert_eq!(codes(&nobody), ["unknown_person"]);
}

#[test]
fn a_term_ends_and_is_mended() {
    let (registry, staffing) = (small(), staffing());
    let ended = staffing.end_term(&registry, "chair", "p2", date(2026, 1, 31)).unwrap();
    assert!(ended.holders_on("chair", date(2026, 2, 1)).is_empty());
    assert_eq!(codes(&staffing.end_term(&registry, "chair", "p2", date(2024, 6, 30)).unwrap_err()), ["unknown_term"]);
    let key = ["chair", "p2"];
    let from = Some(date(2025, 1, 1));
    let sooner = Validity { from: Some(date(2024, 6, 1)), to: None };
    let refusal = staffing.correct_term(&registry, key, from, Some((sooner, false, false))).unwrap_err();
    assert_eq!(codes(&refusal), ["overlapping_validity"]);
    let gone = staffing.correct_term(&registry, key, from, None).unwrap();
    assert!(gone.holders_on("chair", after()).is_empty());
    assert_eq!(codes(&gone.correct_term(&registry, key, from, None).unwrap_err()), ["unknown_term"]);
}

#[test]
fn posts_and_people_are_added_once_and_whole() {
    let (registry, staffing) = (small(), staffing());
    let edit =
        PostEdit { title: " Phó  Chủ tịch UBND ".into(), body: PostBody::Government, rank: 2, is_single: false };
    let more = staffing.with_post(&registry, "A", "vice", &edit).unwrap();
    assert_eq!(more.post("vice").unwrap().title, "Phó Chủ tịch UBND");
    assert_eq!(codes(&more.with_post(&registry, "A", "v2", &edit).unwrap_err()), ["post_exists"]);
    let bad = PostEdit { title: String::new(), rank: 0, ..edit };
    assert_eq!(codes(&more.with_post(&registry, "A", "v2", &bad).unwrap_err()), ["no_title", "bad_rank"]);
    assert_eq!(codes(&more.with_person("p3", "Bình").unwrap_err()), ["no_name"]);
    let standing = Appointment { is_standing: true, ..appointment("vice", "p1", false) };
    let more =
        more.appoint(&registry, &standing).unwrap().appoint(&registry, &appointment("vice", "p2", false)).unwrap();
    let listed: Vec<String> =
        more.terms_on("A", after()).iter().map(|(post, person, _)| format!("{}: {}", post.code, person.code)).collect();
    assert_eq!(listed, ["secretary: p2", "chair: p2", "vice: p1", "vice: p2", "expert: p2", "expert: p1"]);
}

#[test]
fn the_capacity_over_a_signature_follows_the_decree() {
    let post = |title: &str, body, rank| Post {
        code: "x".into(),
        unit: "A".into(),
        title: title.into(),
        body,
        rank,
        is_single: true,
    };
    let (government, school) = (PostBody::Government, PostBody::School);
    let cases = [
        (UnitKind::Commune, post("Chủ tịch", government, 1), false, "TM. ỦY BAN NHÂN DÂN / CHỦ TỊCH"),
        (
            UnitKind::Commune,
            post("Phó Chủ tịch", government, 2),
            false,
            "TM. ỦY BAN NHÂN DÂN / KT. CHỦ TỊCH / PHÓ CHỦ TỊCH",
        ),
        (UnitKind::Commune, post("Chủ tịch", PostBody::Council, 1), false, "TM. HỘI ĐỒNG NHÂN DÂN / CHỦ TỊCH"),
        (UnitKind::ProvinceEducationDepartment, post("Giám đốc", government, 1), true, "Q. GIÁM ĐỐC"),
        (
            UnitKind::CommuneCultureSocialDivision,
            post("Phó Trưởng phòng", government, 2),
            false,
            "KT. TRƯỞNG PHÒNG / PHÓ TRƯỞNG PHÒNG",
        ),
        (UnitKind::School, post("Phó Hiệu trưởng", school, 2), false, "KT. HIỆU TRƯỞNG / PHÓ HIỆU TRƯỞNG"),
        (UnitKind::School, post("Văn thư", school, 3), false, ""),
        (UnitKind::Commune, post("Bí thư Đảng ủy", PostBody::Party, 1), false, ""),
    ];
    for (kind, post, is_acting, wanted) in cases {
        assert_eq!(capacity(kind, &post, None, is_acting).join(" / "), wanted, "{}", post.title);
    }
    let deputy = post("Phó Viện trưởng", government, 2);
    assert_eq!(capacity(UnitKind::SisterDivision, &deputy, Some("Viện trưởng"), false)[0], "KT. VIỆN TRƯỞNG");
    for kind in UnitKind::ALL {
        let heads = usual_posts(*kind).iter().filter(|usual| usual.rank == 1).count();
        assert!(heads > 0 || usual_posts(*kind).is_empty(), "{kind:?} has no head");
    }
}
