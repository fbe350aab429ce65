//! The road of a paper over HTTP: review, comments, approval, number, signature, the public page, withdrawal.

use domain::reports::paper::Inputs;
use tongket::{
    guidance::numbers,
    identity::Role,
    reports::{
        papers::{
            Issued,
            operations::{self, NewPaper},
            queries, shipped,
        },
        signing,
    },
};

use crate::kit::{Client, TestApp, WARD, YEAR};

/// A plan with invented content, ready to be presented.
pub(crate) async fn plan(app: &TestApp) -> i64 {
    plan_of(app, None).await
}

/// The same, written down as one that was issued.
async fn plan_of(app: &TestApp, issued: Option<&Issued>) -> i64 {
    let wording = shipped().unwrap().iter().find(|wording| wording.slug == "ke-hoach").unwrap();
    let mut inputs: Inputs = operations::sample(&app.office, &app.context(), WARD, YEAR, wording).await.unwrap();
    inputs.insert("sign_capacity".to_owned(), "head".to_owned());
    inputs.insert("sign_name".to_owned(), "Nguyễn Thị Minh Hoạ".to_owned());
    issued.into_iter().for_each(|issued| issued.put_into(&mut inputs).unwrap());
    let new = NewPaper { unit: WARD.to_owned(), year: YEAR.to_owned(), kind: "ke-hoach".to_owned(), inputs };
    operations::create(&app.office, &app.context(), &new).await.unwrap()
}

/// Presents, approves and signs a paper; gives its check code.
pub(crate) async fn signed(app: &TestApp, id: i64) -> String {
    let context = app.context();
    signing::operations::present(&app.office, &context, id).await.unwrap();
    signing::operations::approve(&app.office, &context, id).await.unwrap();
    signing::operations::sign(&app.office, &context, id, &terms(None)).await.unwrap();
    signing::queries::frozen(&app.office, id).await.unwrap().check_code
}

fn terms(outside_number: Option<&str>) -> signing::SigningTerms {
    signing::SigningTerms {
        signed_on: jiff::civil::date(2026, 6, 21),
        outside_number: outside_number.map(str::to_owned),
        in_spite_of_warnings: "đã đối chiếu".to_owned(),
        out_of_order: String::new(),
    }
}

fn road(id: i64) -> String {
    format!("/van-kien/{YEAR}/{id}/duyet")
}

async fn does(client: &mut Client, id: i64, verb: &str, fields: &[(&str, &str)]) -> u16 {
    let page = road(id);
    client.get(&page).await;
    let fields: Vec<(&str, &str)> = [("verb", verb)].into_iter().chain(fields.iter().copied()).collect();
    client.post(&page, &fields).await.status
}

const SIGN: [(&str, &str); 2] = [("signed_on", "2026-06-21"), ("reason", "Căn cứ minh hoạ, đã đối chiếu")];

#[tokio::test]
async fn a_paper_is_reviewed_returned_settled_approved_signed_and_checked() {
    let app = TestApp::start().await;
    let address = "https://gd.phuong-minh-hoa.example/";
    signing::operations::set_public_address(&app.office, &app.context(), address).await.unwrap();
    assert!(signing::operations::set_public_address(&app.office, &app.context(), "gd.phuong").await.is_err());
    let id = plan(&app).await;
    let (mut officer, mut leader) = (app.sign_in_as(Role::Officer).await, app.sign_in_as(Role::Leader).await);
    assert_eq!(does(&mut leader, id, "approve", &[]).await, 422, "nobody has presented it");
    assert_eq!(does(&mut officer, id, "present", &[]).await, 303);
    assert_eq!(does(&mut officer, id, "approve", &[]).await, 403, "its writer does not approve it");
    let home = format!("/nam-hoc/{YEAR}");
    let first = leader.get(&home).await.body;
    assert!(first.contains("1 văn kiện chờ bạn") && first.contains(&road(id)), "what waits stands first: {first}");
    assert!(!officer.get(&home).await.body.contains("chờ bạn"), "nothing waits for who does not sign");

    assert_eq!(does(&mut leader, id, "give_back", &[]).await, 422, "nothing says why");
    let comment = [("place", "0/0"), ("words", "Ghi rõ thời gian tổ chức")];
    assert_eq!(does(&mut leader, id, "comment", &comment).await, 303);
    assert_eq!(does(&mut leader, id, "comment", &[("place", "9/9"), ("words", "x")]).await, 422);
    assert_eq!(does(&mut leader, id, "give_back", &[("words", "Xem lại phần kinh phí")]).await, 303);
    assert_eq!(does(&mut officer, id, "present", &[]).await, 422, "two comments are open");
    let shown = officer.get(&road(id)).await.body;
    assert!(shown.contains("Ghi rõ thời gian tổ chức") && shown.contains("Xem lại phần kinh phí"), "{shown}");
    for number in ["1", "2"] {
        assert_eq!(does(&mut officer, id, "settle", &[("comment", number)]).await, 303);
    }
    assert_eq!(does(&mut officer, id, "present", &[]).await, 303);
    assert_eq!(does(&mut leader, id, "approve", &[]).await, 303);

    assert_eq!(does(&mut leader, id, "sign", &[("signed_on", "2026-06-22"), SIGN[1]]).await, 422, "tomorrow");
    assert_eq!(does(&mut leader, id, "sign", &[("signed_on", "hôm qua"), SIGN[1]]).await, 422);
    assert_eq!(does(&mut leader, id, "sign", &SIGN).await, 303);
    let frozen = signing::queries::frozen(&app.office, id).await.unwrap();
    assert_eq!(frozen.printed_number, "01/KH-UBND");
    let document = &frozen.read_content().unwrap().documents()[0].clone();
    assert_eq!(document.number_line(), "Số: 01/KH-UBND");
    assert_eq!(document.date, Some(jiff::civil::date(2026, 6, 21)));
    let address = format!("https://gd.phuong-minh-hoa.example/kiem-tra/{}", frozen.check_code);
    assert_eq!(document.check_url.as_deref(), Some(address.as_str()));

    let public = app.anonymous().get(&format!("/kiem-tra/{}", frozen.check_code)).await;
    assert_eq!(public.status, 200);
    assert!(public.body.contains("01/KH-UBND") && public.body.contains(&frozen.content_hash), "{}", public.body);
    assert_eq!(app.anonymous().get("/kiem-tra/aaaa-bbbb-cccc-dddd").await.status, 404);
    let register = officer.get("/van-ban").await.body;
    assert!(register.contains("01/KH-UBND"), "what was signed stands in the register: {register}");

    assert_eq!(does(&mut leader, id, "sign", &SIGN).await, 422, "a paper is signed once");
    assert_eq!(does(&mut leader, id, "withdraw", &[("reason", "")]).await, 422);
    assert_eq!(does(&mut leader, id, "withdraw", &[("reason", "Ban hành nhầm")]).await, 303);
    let public = app.anonymous().get(&format!("/kiem-tra/{}", frozen.check_code)).await.body;
    assert!(public.contains("Ban hành nhầm"), "{public}");
}

#[tokio::test]
async fn a_paper_that_is_taken_back_leaves_its_number_cancelled_and_is_no_basis_any_more() {
    let app = TestApp::start().await;
    let id = plan(&app).await;
    signed(&app, id).await;
    let mut officer = app.sign_in_as(Role::Officer).await;
    let book = "/van-ban/so?nam=2026";
    assert!(!officer.get(book).await.body.contains("Ban hành nhầm"));
    signing::operations::withdraw(&app.office, &app.context(), id, " Ban hành nhầm ").await.unwrap();
    let shown = officer.get(book).await.body;
    assert!(shown.contains("<s>01/KH-UBND</s>") && shown.contains("Ban hành nhầm"), "{shown}");
    assert_eq!(app.audit_count("guidance.cancel_number").await, 1);

    let slug = signing::queries::frozen(&app.office, id).await.unwrap().register_slug;
    let register = tongket::guidance::queries::register(&app.office).await.unwrap();
    let row = register.row(&slug).unwrap();
    assert_eq!((row.number.as_str(), row.note.as_str()), ("01/KH-UBND", "Đã thu hồi: Ban hành nhầm"));
    let tomorrow = jiff::civil::date(2026, 6, 22);
    assert!(register.network.lapsed_on(&slug, tomorrow).is_some(), "{row:?}");

    let next = plan(&app).await;
    signed(&app, next).await;
    let number = signing::queries::frozen(&app.office, next).await.unwrap().printed_number;
    assert_eq!(number, "02/KH-UBND", "a cancelled number is never given again");
    assert!(signing::operations::withdraw(&app.office, &app.context(), id, "Lần nữa").await.is_err());
}

#[tokio::test]
async fn a_signed_paper_never_changes() {
    let app = TestApp::start().await;
    let id = plan(&app).await;
    let context = app.context();
    let present = signing::operations::present(&app.office, &context, id).await;
    present.unwrap();
    let before = queries::paper(&app.office, id).await.unwrap();
    let changed = operations::change(&app.office, &context, id, before.revision, before.inputs.clone()).await;
    assert!(changed.is_err(), "it lies with the leader");
    signing::operations::approve(&app.office, &context, id).await.unwrap();
    let wrong = signing::operations::sign(&app.office, &context, id, &terms(Some("12/BC-UBND"))).await;
    assert!(wrong.is_err(), "a plan cannot carry a report's number");
    let number = signing::operations::sign(&app.office, &context, id, &terms(Some("136/KH-UBND"))).await.unwrap();
    assert_eq!(number, "136/KH-UBND");
    let after = queries::paper(&app.office, id).await.unwrap();
    assert!(operations::change(&app.office, &context, id, after.revision, after.inputs).await.is_err());

    let next = plan(&app).await;
    signing::operations::present(&app.office, &context, next).await.unwrap();
    signing::operations::approve(&app.office, &context, next).await.unwrap();
    let again = signing::operations::sign(&app.office, &context, next, &terms(Some("136/KH-UBND"))).await;
    assert!(again.is_err(), "a number is given once");
    let number = signing::operations::sign(&app.office, &context, next, &terms(None)).await.unwrap();
    assert_eq!(number, "137/KH-UBND", "the book goes on after what was brought in; the refused signing took none");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn papers_signed_at_once_while_the_register_is_read_are_all_signed() {
    const PAPERS: usize = 12;
    let app = std::sync::Arc::new(TestApp::start().await);
    let context = app.context();
    let mut ids = Vec::new();
    for _ in 0..PAPERS {
        let id = plan(&app).await;
        signing::operations::present(&app.office, &context, id).await.unwrap();
        signing::operations::approve(&app.office, &context, id).await.unwrap();
        ids.push(id);
    }
    let signing = ids.into_iter().map(|id| {
        let app = std::sync::Arc::clone(&app);
        tokio::spawn(async move { signing::operations::sign(&app.office, &app.context(), id, &terms(None)).await })
    });
    let signing: Vec<_> = signing.collect();
    // Whoever reads meanwhile, for the warnings of the next paper or for a page, sees a register that holds together.
    let readers: Vec<_> = (0..4)
        .map(|_| {
            let app = std::sync::Arc::clone(&app);
            tokio::spawn(async move {
                for _ in 0..60 {
                    tongket::guidance::queries::register(&app.office).await.unwrap();
                }
            })
        })
        .collect();
    let mut numbers = Vec::new();
    for signed in signing {
        numbers.push(signed.await.unwrap().unwrap());
    }
    for reader in readers {
        reader.await.unwrap();
    }
    numbers.sort();
    let expected: Vec<String> = (1..=PAPERS).map(|number| format!("{number:02}/KH-UBND")).collect();
    assert_eq!(numbers, expected);
    let register = tongket::guidance::queries::register(&app.office).await.unwrap();
    assert!(!register.relations.is_empty(), "each signing ties bases, or there was nothing to race for");
}

#[tokio::test]
async fn a_number_on_a_signed_paper_is_cancelled_by_taking_the_paper_back() {
    let app = TestApp::start().await;
    let id = plan(&app).await;
    let code = signed(&app, id).await;
    let mut officer = app.sign_in_as(Role::Officer).await;
    let cancel = [("verb", "cancel"), ("series", "KH"), ("number", "1"), ("reason", "Ghi nhầm")];
    officer.get("/van-ban/so?nam=2026").await;
    let refused = officer.post("/van-ban/so?nam=2026", &cancel).await;
    assert!(refused.status == 422 && refused.body.contains("rồi thu hồi văn bản"), "{}", refused.body);
    let public = app.anonymous().get(&format!("/kiem-tra/{code}")).await.body;
    assert!(public.contains("Văn bản đang có giá trị"), "{public}");
    signing::operations::withdraw(&app.office, &app.context(), id, "Ghi nhầm").await.unwrap();
    let again = officer.post("/van-ban/so?nam=2026", &cancel).await;
    assert!(again.status == 422 && again.body.contains("đã được hủy"), "{}", again.body);
}

#[tokio::test]
async fn an_earlier_day_needs_a_reason_that_stands_in_the_book() {
    let app = TestApp::start().await;
    let context = app.context();
    let approved = async || {
        let id = plan(&app).await;
        signing::operations::present(&app.office, &context, id).await.unwrap();
        signing::operations::approve(&app.office, &context, id).await.unwrap();
        id
    };
    let code = |answer: Result<String, tongket::platform::Error>| match answer {
        Err(tongket::platform::Error::Refused(refusal)) => refusal.reasons[0].code.clone(),
        other => panic!("{other:?}"),
    };
    let id = approved().await;
    let on = |year: i16, month: i8, day: i8, reason: &str| signing::SigningTerms {
        signed_on: jiff::civil::date(year, month, day),
        out_of_order: reason.to_owned(),
        ..terms(None)
    };
    let sign = async |id: i64, terms: signing::SigningTerms| {
        signing::operations::sign(&app.office, &context, id, &terms).await
    };
    assert_eq!(code(sign(id, on(1999, 1, 1, "")).await), "signed_before_drafted");
    assert_eq!(sign(id, terms(None)).await.unwrap(), "01/KH-UBND", "a refusal opens no book and takes no number");
    let reason = "Bản giấy đã ký ngày này";
    assert_eq!(sign(approved().await, on(2026, 6, 19, reason)).await.unwrap(), "02/KH-UBND");
    let mut officer = app.sign_in_as(Role::Officer).await;
    let book = officer.get("/van-ban/so?nam=2026").await.body;
    assert!(book.contains(reason) && book.contains("ngày đứng trước số liền trước: 02/KH-UBND"), "{book}");
}

fn refused<T: std::fmt::Debug>(answer: Result<T, tongket::platform::Error>) -> Vec<String> {
    match answer {
        Err(tongket::platform::Error::Refused(refusal)) => refusal.reasons.into_iter().map(|one| one.code).collect(),
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn a_paper_that_bears_a_number_is_signed_with_it_and_gets_no_second_one() {
    let app = TestApp::start().await;
    let context = app.context();
    let day = jiff::civil::date(2026, 6, 21);
    let (number, issued_on) = ("136/KH-UBND".to_owned(), Some(day));
    let issued = Issued { unit_code: WARD.to_owned(), number, issued_on, ..Issued::default() };
    let id = plan_of(&app, Some(&issued)).await;
    signing::operations::present(&app.office, &context, id).await.unwrap();
    signing::operations::approve(&app.office, &context, id).await.unwrap();
    let sign = async |terms: signing::SigningTerms| signing::operations::sign(&app.office, &context, id, &terms).await;
    assert_eq!(refused(sign(terms(None)).await), ["numbered_already"]);
    assert_eq!(refused(sign(terms(Some("137/KH-UBND"))).await), ["numbered_already"]);
    let out_of_order = "Ký trước khi chép vào đây".to_owned();
    let other_day = jiff::civil::date(2026, 6, 20);
    let earlier = signing::SigningTerms { signed_on: other_day, out_of_order, ..terms(Some("136/KH-UBND")) };
    assert_eq!(refused(sign(earlier).await), ["numbered_already"]);
    let page = app.sign_in_as(Role::Leader).await.get(&road(id)).await.body;
    assert!(page.contains("value=\"136/KH-UBND\"") && page.contains("value=\"2026-06-21\""), "{page}");
    assert_eq!(sign(terms(Some("136/KH-UBND"))).await.unwrap(), "136/KH-UBND");
}

#[tokio::test]
async fn a_paper_takes_up_the_number_that_stands_in_the_book_for_it() {
    let app = TestApp::start().await;
    let context = app.context();
    let day = jiff::civil::date(2026, 6, 21);
    let request = numbers::Request {
        unit_code: WARD,
        council: "",
        document_type: None,
        is_normative: false,
        body: "",
        signed_on: day,
        subject: "",
        signer: "",
        document: "",
        out_of_order: "",
    };
    for printed in ["12/KH-UBND", "13/KH-UBND"] {
        numbers::bring_in(&app.office, &context, printed, &request).await.unwrap();
    }
    let approved = async |number: Option<&str>| {
        let issued = number.map(|number| Issued {
            unit_code: WARD.to_owned(),
            number: number.to_owned(),
            issued_on: Some(day),
            ..Issued::default()
        });
        let id = plan_of(&app, issued.as_ref()).await;
        signing::operations::present(&app.office, &context, id).await.unwrap();
        signing::operations::approve(&app.office, &context, id).await.unwrap();
        id
    };
    let sign = async |id: i64| signing::operations::sign(&app.office, &context, id, &terms(Some("12/KH-UBND"))).await;
    assert_eq!(refused(sign(approved(None).await).await), ["number_taken"], "nothing says that it is this paper's");
    let id = approved(Some("12/KH-UBND")).await;
    assert_eq!(sign(id).await.unwrap(), "12/KH-UBND");
    assert_eq!(refused(sign(approved(Some("12/KH-UBND")).await).await), ["number_taken"], "it is on a paper now");
    signing::operations::withdraw(&app.office, &context, id, "Ghi nhầm").await.unwrap();
    let book = app.sign_in_as(Role::Officer).await.get("/van-ban/so?nam=2026").await.body;
    assert!(book.contains("Ghi nhầm"), "taking the paper back cancels its line: {book}");
}

#[tokio::test]
async fn a_paper_of_another_body_is_written_down_and_not_signed_here() {
    let app = TestApp::start().await;
    let context = app.context();
    let theirs = Issued { name: "UBND quận Ngô Quyền".to_owned(), ..Issued::default() };
    let id = plan_of(&app, Some(&theirs)).await;
    let presented = signing::operations::present(&app.office, &context, id).await;
    assert!(refused(presented).contains(&"not_ours".to_owned()));
    // One that an earlier program let through.
    let in_review = "update paper set state = 'in_review' where id = $1";
    sqlx::query(in_review).bind(id).execute(app.office.db().pool()).await.unwrap();
    signing::operations::approve(&app.office, &context, id).await.unwrap();
    let signed = signing::operations::sign(&app.office, &context, id, &terms(None)).await;
    assert!(refused(signed).contains(&"not_ours".to_owned()));
    let mut inputs = queries::paper(&app.office, id).await.unwrap().inputs;
    inputs.insert("issued".to_owned(), "?".to_owned());
    let new = NewPaper { unit: WARD.to_owned(), year: YEAR.to_owned(), kind: "ke-hoach".to_owned(), inputs };
    let composed = operations::create(&app.office, &context, &new).await;
    assert!(composed.is_err(), "a paper of which nobody can tell whose it is does not become this office's own");
}

#[tokio::test]
async fn two_leaders_who_sign_at_once_sign_once() {
    let app = TestApp::start().await;
    let id = plan(&app).await;
    let context = app.context();
    signing::operations::present(&app.office, &context, id).await.unwrap();
    signing::operations::approve(&app.office, &context, id).await.unwrap();
    let terms = terms(None);
    let sign = || signing::operations::sign(&app.office, &context, id, &terms);
    let (one, other) = tokio::join!(sign(), sign());
    assert_eq!([one.is_ok(), other.is_ok()].iter().filter(|done| **done).count(), 1, "{one:?} {other:?}");
    assert_eq!(signing::queries::frozen(&app.office, id).await.unwrap().printed_number, "01/KH-UBND");
}
