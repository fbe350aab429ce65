//! The books of numbers: without gap and never twice, whoever signs at the same moment, on either engine.

use domain::guidance::{DocumentType, Origin};
use jiff::civil::date;
use tongket::{
    guidance::{
        numbers::{self, Book, Request},
        queries::books,
    },
    identity::Role,
    platform::{Error, Result},
};

use crate::kit::{TestApp, WARD};

fn request(kind: &str) -> Request<'static> {
    Request {
        unit_code: WARD,
        council: "",
        document_type: DocumentType::of_abbreviation(kind),
        is_normative: false,
        body: "UBND",
        signed_on: date(2026, 6, 21),
        subject: "Tổng kết năm học",
        signer: "Trần Thị Mai",
        document: "",
        out_of_order: "",
    }
}

/// Signs in one transaction: reserves, and gives the number up again where the signing fails.
async fn sign(app: &TestApp, request: &Request<'_>, fails: bool) -> Result<String> {
    let mut transaction = app.office.db().begin().await?;
    let number = numbers::reserve(&mut transaction, &app.context(), request).await?;
    if fails {
        return Err(Error::inside("the signing failed"));
    }
    transaction.commit().await?;
    Ok(number.value.to_string())
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn sixty_officers_at_once_leave_no_gap_and_no_number_twice() {
    let app = std::sync::Arc::new(TestApp::start().await);
    let signing = (0..60).map(|officer| {
        let app = std::sync::Arc::clone(&app);
        // Every fourth signing fails after its number was taken.
        tokio::spawn(async move { (officer % 4 == 0, sign(&app, &request("BC"), officer % 4 == 0).await) })
    });
    let mut given = Vec::new();
    for signed in signing.collect::<Vec<_>>() {
        let (fails, signed) = signed.await.unwrap();
        assert_eq!(signed.is_err(), fails, "{signed:?}");
        given.extend(signed);
    }
    given.sort();
    let expected: Vec<String> = (1..=45).map(|number| format!("{number:02}/BC-UBND")).collect();
    assert_eq!(given, expected);
    let lines = books::lines(&app.office, [WARD, ""], 2026).await.unwrap();
    assert_eq!((lines.len(), books::faults(&lines, "BC")), (45, Vec::new()));
    assert_eq!(app.audit_count("guidance.reserve").await, 45);
}

#[tokio::test]
async fn kinds_councils_and_years_have_books_of_their_own() {
    let app = TestApp::start().await;
    let letter = Request { document_type: None, body: "UBND-VX", ..request("BC") };
    let normative = Request { is_normative: true, ..request("QĐ") };
    let council = Request { council: "Hội đồng thi đua, khen thưởng", body: "HĐTĐKT", ..request("BC") };
    let next_year = Request { signed_on: date(2027, 1, 4), ..request("BC") };
    for (wanted, printed) in [
        (&request("BC"), "01/BC-UBND"),
        (&request("KH"), "01/KH-UBND"),
        (&request("BC"), "02/BC-UBND"),
        (&letter, "01/UBND-VX"),
        (&normative, "01/2026/QĐ-UBND"),
        (&council, "01/BC-HĐTĐKT"),
        (&next_year, "01/BC-UBND"),
        (&request("BC"), "03/BC-UBND"),
    ] {
        assert_eq!(sign(&app, wanted, false).await.unwrap(), printed);
    }
    let place = [WARD, ""];
    let context = app.context();
    numbers::set_rule(&app.office, &context, place, Origin::Own, "VB = TB, CT", "UBND, VX").await.unwrap();
    assert_eq!(sign(&app, &request("TB"), false).await.unwrap(), "01/TB-UBND");
    assert_eq!(sign(&app, &request("CT"), false).await.unwrap(), "02/CT-UBND");
    let unknown = Request { body: "UBNX", ..request("TB") };
    assert!(
        matches!(sign(&app, &unknown, false).await, Err(Error::Refused(refusal)) if refusal.reasons[0].code == "unknown_body")
    );
    assert_eq!(sign(&app, &request("TB"), false).await.unwrap(), "03/TB-UBND", "a refusal takes no number");
}

#[tokio::test]
async fn a_cancelled_number_stays_with_its_reason_and_is_not_given_again() {
    let app = TestApp::start().await;
    sign(&app, &request("BC"), false).await.unwrap();
    let book = Book { unit_code: WARD.to_owned(), council: String::new(), series: "BC".to_owned(), year: 2026 };
    let context = app.context();
    assert!(numbers::cancel(&app.office, &context, &book, 1, " ").await.is_err(), "a reason is needed");
    numbers::cancel(&app.office, &context, &book, 1, "Văn bản trùng").await.unwrap();
    assert!(numbers::cancel(&app.office, &context, &book, 1, "Lần nữa").await.is_err());
    assert!(matches!(numbers::cancel(&app.office, &context, &book, 9, "x").await, Err(Error::NotFound(_))));
    assert_eq!(sign(&app, &request("BC"), false).await.unwrap(), "02/BC-UBND");
    let lines = books::lines(&app.office, [WARD, ""], 2026).await.unwrap();
    assert_eq!((lines[0].printed.as_str(), lines[0].cancel_reason.as_str()), ("01/BC-UBND", "Văn bản trùng"));
    assert!(books::faults(&lines, "BC").is_empty());
}

#[tokio::test]
async fn numbers_of_a_records_system_are_brought_in_and_never_given() {
    let app = TestApp::start().await;
    let context = app.context();
    numbers::set_rule(&app.office, &context, [WARD, ""], Origin::Outside, "", "").await.unwrap();
    let refused = sign(&app, &request("BC"), false).await.unwrap_err();
    assert!(refused.to_string().contains("không cấp số lần thứ hai"), "{refused}");
    let brought = numbers::bring_in(&app.office, &context, "136/BC-UBND", &request("BC")).await.unwrap();
    assert_eq!(brought.book.series, "BC");
    let twice = numbers::bring_in(&app.office, &context, "136/BC-UBND", &request("BC")).await.unwrap_err();
    assert!(twice.to_string().contains("đã có trong sổ"), "{twice}");
    assert!(numbers::bring_in(&app.office, &context, "29-CTr/QU", &request("BC")).await.is_err());
    assert!(numbers::bring_in(&app.office, &context, "136/QD-UBND", &request("BC")).await.is_err());
    // Back to numbers of its own, the book goes on behind the last one.
    numbers::set_rule(&app.office, &context, [WARD, ""], Origin::Own, "", "").await.unwrap();
    assert_eq!(sign(&app, &request("BC"), false).await.unwrap(), "137/BC-UBND");
}

#[tokio::test]
async fn days_and_numbers_out_of_order_need_a_reason() {
    let app = TestApp::start().await;
    let context = app.context();
    let code = |error: Error| match error {
        Error::Refused(refusal) => refusal.reasons[0].code.clone(),
        other => panic!("{other:?}"),
    };
    sign(&app, &request("BC"), false).await.unwrap();
    let earlier = Request { signed_on: date(2026, 6, 20), ..request("BC") };
    assert_eq!(code(sign(&app, &earlier, false).await.unwrap_err()), "day_out_of_order");
    let explained = Request { out_of_order: "Ký trên giấy hôm trước", ..earlier };
    assert_eq!(sign(&app, &explained, false).await.unwrap(), "02/BC-UBND");

    let bring = async |number: &str, reason: &'static str| {
        let request = Request { out_of_order: reason, ..request("BC") };
        numbers::bring_in(&app.office, &context, number, &request).await
    };
    assert_eq!(code(bring("50/BC-UBND", "").await.unwrap_err()), "numbers_skipped");
    assert_eq!(code(bring("950/BC-UBND", "Gõ nhầm").await.unwrap_err()), "numbers_skipped", "too many at once");
    bring("05/BC-UBND", "Số 03, 04 đã dùng ở sổ giấy").await.unwrap();
    let lines = books::lines(&app.office, [WARD, ""], 2026).await.unwrap();
    let told: Vec<(&str, &str)> =
        lines.iter().map(|line| (line.printed.as_str(), line.cancel_reason.as_str())).skip(2).collect();
    let why = "Số 03, 04 đã dùng ở sổ giấy";
    assert_eq!(told, [("03/BC-UBND", why), ("04/BC-UBND", why), ("05/BC-UBND", "")]);
    assert_eq!(lines[1].note, "Ký trên giấy hôm trước");
    let printed: Vec<&str> = books::out_of_order(&lines, "BC").iter().map(|line| line.printed.as_str()).collect();
    assert_eq!(printed, ["02/BC-UBND"]);
    assert_eq!(sign(&app, &request("BC"), false).await.unwrap(), "06/BC-UBND");
    // A day that was cancelled with its number holds nobody up.
    let late = Request { signed_on: date(2026, 12, 31), ..request("TB") };
    assert_eq!(sign(&app, &late, false).await.unwrap(), "01/TB-UBND");
    let book = Book { unit_code: WARD.to_owned(), council: String::new(), series: "TB".to_owned(), year: 2026 };
    assert_eq!(code(sign(&app, &request("TB"), false).await.unwrap_err()), "day_out_of_order");
    numbers::cancel(&app.office, &context, &book, 1, "Ghi nhầm ngày").await.unwrap();
    assert_eq!(sign(&app, &request("TB"), false).await.unwrap(), "02/TB-UBND");
    // A book that begins here goes on from the paper book before it.
    let first = numbers::bring_in(&app.office, &context, "77/KH-UBND", &request("KH")).await.unwrap();
    assert_eq!(first.value.to_string(), "77/KH-UBND");
}

#[tokio::test]
async fn the_book_is_kept_and_printed_through_its_page() {
    let app = TestApp::start().await;
    sign(&app, &request("BC"), false).await.unwrap();
    let mut client = app.sign_in_as(Role::Officer).await;
    let page = client.get("/van-ban/so?nam=2026").await.body;
    assert!(page.contains("01/BC-UBND") && page.contains("Trần Thị Mai"), "{page}");
    let cancel = [("verb", "cancel"), ("series", "BC"), ("number", "1"), ("reason", "Ký nhầm")];
    assert_eq!(client.post("/van-ban/so?nam=2026", &cancel).await.status, 303);
    let bring_in = [("verb", "bring_in"), ("number", "7/KH-UBND"), ("signed_on", "2026-06-20")];
    assert_eq!(client.post("/van-ban/so?nam=2026", &bring_in).await.status, 422, "a number is brought in as printed");
    let bring_in = [("verb", "bring_in"), ("number", "07/KH-UBND"), ("signed_on", "2026-06-20")];
    assert_eq!(client.post("/van-ban/so?nam=2026", &bring_in).await.status, 303);
    let rule = [("verb", "rule"), ("origin", "own"), ("groups", "VB = XX"), ("abbreviations", "ubnd")];
    assert_eq!(client.post("/van-ban/so?nam=2026", &rule).await.status, 422);
    let page = client.get("/van-ban/so?nam=2026").await.body;
    assert!(page.contains("Ký nhầm") && page.contains("07/KH-UBND") && page.contains("nhập từ ngoài"), "{page}");
    let workbook = client.get("/van-ban/so.xlsx?nam=2026").await;
    assert_eq!(workbook.status, 200);
    assert!(workbook.body.starts_with("PK"));
}
